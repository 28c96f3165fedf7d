// SPDX-License-Identifier: Apache-2.0

//! Delivery against real HTTP servers.

use super::*;
use crate::testing::{certificate, committee, outcome, pair, simple_feed, FEED, FINAL};
use base64::{engine::general_purpose::STANDARD, Engine};
use eventum_primitives::{outcome::Push, vald};
use futures::channel::mpsc::{unbounded, UnboundedSender};
use parking_lot::Mutex;
use sp_core::{ed25519, Pair};
use std::{
	io::{BufRead, BufReader, Read, Write},
	net::{TcpListener, TcpStream},
	path::Path,
	thread,
};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok";
const BROKEN: &str = "HTTP/1.1 500 Broken\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[derive(Clone, Debug)]
struct Request {
	line: String,
	headers: HashMap<String, String>,
	body: String,
	at: Instant,
}

/// An HTTP server on a thread; answers the n-th request by `answer(n)`.
struct Server {
	port: u16,
	requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
	fn start(answer: impl Fn(usize, &mut TcpStream) + Send + Sync + 'static) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let port = listener.local_addr().unwrap().port();
		let requests = Arc::new(Mutex::new(Vec::new()));
		let (seen, answer) = (requests.clone(), Arc::new(answer));
		thread::spawn(move || {
			for stream in listener.incoming() {
				let (mut stream, seen, answer) = (stream.unwrap(), seen.clone(), answer.clone());
				thread::spawn(move || {
					let Some(request) = read(&stream) else { return };
					let number = {
						let mut seen = seen.lock();
						seen.push(request);
						seen.len() - 1
					};
					answer(number, &mut stream);
				});
			}
		});
		Self { port, requests }
	}

	fn saying(answers: &'static [&'static str]) -> Self {
		Self::start(|number, stream| {
			let answer = answers[number.min(answers.len() - 1)];
			stream.write_all(answer.as_bytes()).unwrap();
		})
	}

	fn url(&self) -> String {
		format!("http://127.0.0.1:{}/hook", self.port)
	}

	fn requests(&self) -> Vec<Request> {
		self.requests.lock().clone()
	}
}

fn read(stream: &TcpStream) -> Option<Request> {
	let mut reader = BufReader::new(stream);
	let mut line = String::new();
	reader.read_line(&mut line).ok()?;
	let mut headers = HashMap::new();
	loop {
		let mut header = String::new();
		reader.read_line(&mut header).ok()?;
		match header.trim_end().split_once(": ") {
			Some((name, value)) => headers.insert(name.to_lowercase(), value.to_owned()),
			None => break,
		};
	}
	let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
	reader.read_exact(&mut body).ok()?;
	Some(Request { line, headers, body: String::from_utf8(body).ok()?, at: Instant::now() })
}

/// A running delivery.
struct Node {
	inputs: UnboundedSender<Input>,
	announced: Arc<Mutex<Vec<(FeedId, Round, Sequence)>>>,
	dead: Arc<dyn DeadLetters>,
	taken: BTreeMap<FeedId, (Round, Sequence)>,
	task: tokio::task::JoinHandle<()>,
}

fn signer() -> Signer {
	Arc::new(|key: &vald::Public, message: &[u8]| {
		let of = |member: &u8| vald::Public::from(pair(*member).public()) == *key;
		(0..64).find(of).map(|member| pair(member).sign(message))
	})
}

impl Node {
	fn start(directory: &Path, allow_private: bool) -> Self {
		let config =
			Config { base_path: directory.into(), allow_private, genesis: Hash::repeat_byte(1) };
		let announced = Arc::new(Mutex::new(Vec::new()));
		let announce: Announce = Arc::new({
			let announced = announced.clone();
			move |feed, round, sequence| announced.lock().push((feed, round, sequence))
		});
		let delivery = Delivery::new(config, signer(), announce).unwrap();
		let (dead, taken) = (delivery.dead_letters(), delivery.taken());
		let (inputs, receiver) = unbounded();
		Self { inputs, announced, dead, taken, task: tokio::spawn(delivery.run(receiver)) }
	}

	fn tell(&self, input: Input) {
		self.inputs.unbounded_send(input).unwrap();
	}

	fn delivered(&self) -> usize {
		self.announced.lock().len()
	}

	async fn stop(self) {
		drop(self.inputs);
		self.task.await.unwrap();
	}
}

/// A certified push to `url`, on a node that holds the keys of the members so many places after the
/// leader.
fn certified(url: &str, push: Push, sequence: Sequence, ranks: &[u8]) -> Input {
	let committee = committee(4);
	let outcome = outcome(push, sequence);
	let leader = committee.leader(outcome.round, outcome.view);
	let local = ranks
		.iter()
		.map(|rank| (leader + rank) % 4)
		.map(|member| (member, pair(member).public().into()))
		.collect();
	Input::Certified(Arc::new(Certified {
		certificate: certificate(outcome),
		feed: Arc::new(simple_feed(url)),
		committee,
		local,
	}))
}

/// Waits until something holds.
async fn until(what: &str, limit: Duration, holds: impl Fn() -> bool) {
	let end = Instant::now() + limit;
	while !holds() {
		assert!(Instant::now() < end, "not in time: {what}");
		tokio::time::sleep(Duration::from_millis(10)).await;
	}
}

const SOON: Duration = Duration::from_secs(5);

async fn pause(milliseconds: u64) {
	tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

/// Checks a request's signature as a receiver would; gives the member that made it.
fn signer_of(request: &Request) -> Option<u8> {
	let (id, timestamp) = (&request.headers["webhook-id"], &request.headers["webhook-timestamp"]);
	let encoded = request.headers["webhook-signature"].strip_prefix("v1a,")?;
	let signature = ed25519::Signature::try_from(&STANDARD.decode(encoded).ok()?[..]).ok()?;
	let message = format!("{id}.{timestamp}.{}", request.body);
	(0..4).find(|member| ed25519::Pair::verify(&signature, &message, &pair(*member).public()))
}

#[tokio::test]
async fn the_leader_posts_at_once_and_signs() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[OK]);
	let node = Node::start(directory.path(), true);
	let input = certified(&server.url(), Push::Provisional, 4, &[0]);
	node.tell(input.clone());
	until("success", SOON, || node.delivered() == 1).await;
	assert_eq!(*node.announced.lock(), [(FEED, 3, 4)]);

	let requests = server.requests();
	let [request] = &requests[..] else { panic!("{requests:?}") };
	assert_eq!(request.line.trim_end(), "POST /hook HTTP/1.1");
	assert_eq!(request.headers["content-type"], "application/json");
	assert_eq!(request.headers["webhook-id"], "12-0-3-4");
	let timestamp: u64 = request.headers["webhook-timestamp"].parse().unwrap();
	let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
	assert!(timestamp.abs_diff(now) <= 5);
	assert_eq!(signer_of(request), Some(committee(4).leader(3, 0)));
	let Input::Certified(certified) = &input else { unreachable!() };
	assert_eq!(request.body, body(&certified.certificate, &certified.feed, &certified.committee));

	node.tell(input);
	pause(200).await;
	assert_eq!(server.requests().len(), 1, "the same certificate is not posted again");
	assert_eq!(node.dead.pending(), 0);
}

#[tokio::test]
async fn what_failed_is_posted_again_with_the_same_id_and_body() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[BROKEN, OK]);
	let node = Node::start(directory.path(), true);
	node.tell(certified(&server.url(), Push::Provisional, 1, &[0]));
	until("the failure", SOON, || !node.dead.failing().is_empty()).await;
	let failing = node.dead.failing();
	let [letter] = &failing[..] else { panic!("{failing:?}") };
	assert_eq!((letter.attempts, &letter.url), (1, &server.url()));
	assert!(letter.reason.contains("500") && letter.at > letter.since, "{letter:?}");
	until("success", SOON, || node.delivered() == 1).await;
	assert!(node.dead.failing().is_empty());
	let requests = server.requests();
	let [first, second] = &requests[..] else { panic!("{requests:?}") };
	assert!(second.at - first.at >= Duration::from_millis(900));
	assert_eq!(first.headers["webhook-id"], second.headers["webhook-id"]);
	assert_eq!(first.body, second.body);
	assert!(signer_of(second).is_some());
}

#[tokio::test]
async fn redirects_are_not_followed() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[
		"HTTP/1.1 307 Elsewhere\r\nlocation: /inner\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
	]);
	let node = Node::start(directory.path(), true);
	node.tell(certified(&server.url(), Push::Provisional, 1, &[0]));
	until("a second attempt", SOON, || server.requests().len() == 2).await;
	assert!(server.requests().iter().all(|request| request.line.starts_with("POST /hook ")));
	assert_eq!(node.delivered(), 0);
}

#[tokio::test]
async fn a_receiver_that_is_gone_makes_a_dead_letter_that_is_kept() {
	let directory = tempfile::tempdir().unwrap();
	let server =
		Server::saying(&["HTTP/1.1 410 Gone\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"]);
	let node = Node::start(directory.path(), true);
	node.tell(certified(&server.url(), FINAL, 1, &[0]));
	until("the dead letter", SOON, || !node.dead.dead_letters().is_empty()).await;
	let letters = node.dead.dead_letters();
	let [letter] = &letters[..] else { panic!("{letters:?}") };
	assert_eq!((letter.feed, letter.round, letter.sequence), (FEED, 3, 1));
	assert_eq!((letter.attempts, &letter.url), (1, &server.url()));
	assert!(letter.reason.contains("410"), "{}", letter.reason);
	node.stop().await;

	let node = Node::start(directory.path(), true);
	assert_eq!(node.dead.dead_letters(), letters);
	node.tell(certified(&server.url(), FINAL, 1, &[0]));
	pause(200).await;
	assert_eq!(server.requests().len(), 1, "what was given up stays given up");
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
	let directory = tempfile::tempdir().unwrap();
	let written = Arc::new(Mutex::new(None));
	let counter = written.clone();
	let server = Server::start(move |_, stream| {
		stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
		let mut count = 0_usize;
		while stream.write_all(&[b'x'; 65_536]).is_ok() {
			count += 65_536;
		}
		*counter.lock() = Some(count);
	});
	let node = Node::start(directory.path(), true);
	node.tell(certified(&server.url(), Push::Provisional, 1, &[0]));
	until("success", SOON, || node.delivered() == 1).await;
	until("the end of the answer", SOON, || written.lock().is_some()).await;
	let count = written.lock().unwrap();
	assert!(count < 64 * 1024 * 1024, "{count} bytes went into buffers");
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_is_left_and_holds_up_nobody() {
	let directory = tempfile::tempdir().unwrap();
	let silent = Server::start(|_, stream| {
		thread::sleep(Duration::from_secs(20));
		let _ = stream.write_all(OK.as_bytes());
	});
	let server = Server::saying(&[OK]);
	let node = Node::start(directory.path(), true);
	node.tell(certified(&silent.url(), Push::Provisional, 1, &[0]));
	until("the attempt", SOON, || silent.requests().len() == 1).await;
	let started = Instant::now();
	let Input::Certified(other) = certified(&server.url(), Push::Provisional, 1, &[0]) else {
		unreachable!()
	};
	let mut other = Arc::unwrap_or_clone(other);
	other.certificate.outcome.feed.market = 13;
	node.tell(Input::Certified(Arc::new(other)));
	until("the other feed's success", SOON, || node.delivered() == 1).await;
	assert!(started.elapsed() < Duration::from_secs(2));
	until("a second attempt", Duration::from_secs(15), || silent.requests().len() == 2).await;
	assert!(started.elapsed() >= Duration::from_secs(10));
}

#[tokio::test]
async fn addresses_of_inner_networks_are_refused() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[OK]);
	let node = Node::start(directory.path(), false);
	node.tell(certified(&server.url(), FINAL, 1, &[0]));
	until("the dead letter", SOON, || !node.dead.dead_letters().is_empty()).await;
	let reason = node.dead.dead_letters()[0].reason.clone();
	assert!(reason.contains("127.0.0.1"), "{reason}");

	// A name may stand for something else tomorrow: it is tried again.
	let named = format!("http://localhost:{}/hook", server.port);
	node.tell(certified(&named, FINAL, 2, &[0]));
	pause(1_500).await;
	assert_eq!((node.dead.pending(), node.dead.dead_letters().len()), (1, 1));
	assert!(server.requests().is_empty());
	node.stop().await;

	let node = Node::start(directory.path(), true);
	until("success once it is allowed", SOON, || node.delivered() == 1).await;
}

#[tokio::test]
async fn other_writings_of_inner_addresses_are_refused_too() {
	let poster = Poster::new(Arc::new(|_, _| None), false);
	let urls = [
		"http://2130706433/",
		"http://0x7f.1/",
		"http://0177.0.0.1/",
		"http://127.1/",
		"http://0/",
		"http://[::1]/",
		"http://[::ffff:127.0.0.1]/",
		"http://[fd00::1]/",
		"http://user@10.0.0.1/",
		"http://169.254.169.254/latest/",
		"ftp://8.8.8.8/",
		"no URL",
	];
	for url in urls {
		let key = pair(0).public().into();
		let posted = poster.post(Letter { url, id: "1", body: "", key: &key }).await;
		assert!(matches!(posted, Err(PostError::Hopeless(_))), "{url}: {posted:?}");
	}
}

#[tokio::test]
async fn a_name_is_resolved_once() {
	let server = Server::saying(&[OK]);
	let poster = Poster::new(signer(), true);
	// By itself the name leads nowhere: what was found when the address was checked is all that counts.
	let address = ([127, 0, 0, 1], server.port).into();
	let client = poster.client(("hook.invalid".into(), vec![address])).unwrap();
	let url = format!("http://hook.invalid:{}/hook", server.port);
	let answer = client.post(url).body("{}").send().await.unwrap();
	assert!(answer.status().is_success());
	assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_waits_is_posted_after_a_restart() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[BROKEN, OK]);
	let node = Node::start(directory.path(), true);
	node.tell(certified(&server.url(), Push::Provisional, 1, &[0]));
	until("the attempt", SOON, || server.requests().len() == 1).await;
	pause(200).await;
	assert_eq!(node.dead.pending(), 1);
	node.stop().await;

	let node = Node::start(directory.path(), true);
	assert_eq!(node.dead.pending(), 1);
	until("success", SOON, || node.delivered() == 1).await;
	let requests = server.requests();
	assert_eq!(requests[0].body, requests[1].body);
	node.stop().await;

	let node = Node::start(directory.path(), true);
	assert_eq!(node.dead.pending(), 0, "what is done does not come back");
	node.stop().await;
}

#[tokio::test]
async fn the_next_member_takes_over_after_two_seconds() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[OK]);
	let node = Node::start(directory.path(), true);
	let start = Instant::now();
	node.tell(certified(&server.url(), Push::Provisional, 1, &[1]));
	until("success", SOON, || node.delivered() == 1).await;
	let waited = server.requests()[0].at - start;
	assert!((1_990..2_500).contains(&waited.as_millis()), "{waited:?}");
	assert_eq!(signer_of(&server.requests()[0]), Some((committee(4).leader(3, 0) + 1) % 4));
}

#[tokio::test]
async fn nobody_takes_over_when_the_leader_was_successful() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[OK]);
	let node = Node::start(directory.path(), true);
	node.tell(certified(&server.url(), Push::Provisional, 1, &[1, 2]));
	pause(500).await;
	assert_eq!(node.dead.pending(), 2);
	node.tell(Input::Delivered { feed: FEED, round: 3, sequence: 1 });
	pause(2_500).await;
	assert_eq!((server.requests().len(), node.dead.pending()), (0, 0));
}

#[tokio::test]
async fn finals_come_from_one_more_member_than_can_lie() {
	let directory = tempfile::tempdir().unwrap();
	let server = Server::saying(&[OK]);
	let node = Node::start(directory.path(), true);
	node.tell(Input::Delivered { feed: FEED, round: 3, sequence: 1 });
	node.tell(certified(&server.url(), FINAL, 1, &[0, 1, 2, 3]));
	until("success", SOON, || node.delivered() == 2).await;
	pause(300).await;
	let requests = server.requests();
	let leader = committee(4).leader(3, 0);
	let mut signers: Vec<_> = requests.iter().filter_map(signer_of).collect();
	signers.sort_unstable_by_key(|member| (member + 4 - leader) % 4);
	assert_eq!(signers, [leader, (leader + 1) % 4]);
	assert_eq!(requests[0].headers["webhook-id"], requests[1].headers["webhook-id"]);
	assert_eq!(requests[0].body, requests[1].body);
	assert_eq!(node.dead.pending(), 0);
}

#[tokio::test]
async fn every_fault_of_a_receiver_is_named() {
	const SLOW: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n";
	const MOVED: &str = "HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n";
	const HUGE: &[u8] = b"HTTP/1.1 503 Full\r\ncontent-length: 9999999999\r\n\r\n";
	let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
	let broken = Server::saying(&[BROKEN]);
	let moved = Server::saying(&[MOVED]);
	let rubbish = Server::saying(&["welcome\r\n\r\n"]);
	let silent = Server::start(|_, _| ());
	let huge = Server::start(|_, stream| {
		stream.write_all(HUGE).unwrap();
		while stream.write_all(&[b'x'; 65_536]).is_ok() {}
	});
	let slow = Server::start(|_, stream| {
		stream.write_all(SLOW).unwrap();
		while stream.write_all(b"x").is_ok() {
			thread::sleep(Duration::from_millis(200));
		}
	});
	let cases = [
		(format!("http://127.0.0.1:{closed}/"), "no connection"),
		(broken.url().replace("http:", "https:"), "no connection"),
		(broken.url(), "the receiver answered 500"),
		(moved.url(), "redirects are not followed"),
		(rubbish.url(), "the post broke off"),
		(silent.url(), "the post broke off"),
		(huge.url(), "the receiver answered 503"),
		("http://nowhere.invalid/".into(), "nowhere.invalid is not found"),
	];
	let poster = Poster::new(signer(), true);
	let key = pair(0).public().into();
	let post = |url| poster.post(Letter { url, id: "1", body: "{}", key: &key });
	for (url, reason) in &cases {
		let started = Instant::now();
		match post(url).await {
			Err(PostError::Failed(named)) => assert!(named.contains(reason), "{url}: {named}"),
			other => panic!("{url}: {other:?}"),
		}
		assert!(started.elapsed() < Duration::from_secs(8), "{url}");
	}
	let started = Instant::now();
	post(&slow.url()).await.expect("its status is all that counts");
	assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn what_was_taken_up_is_known_after_a_restart() {
	let directory = tempfile::tempdir().unwrap();
	let node = Node::start(directory.path(), true);
	assert!(node.taken.is_empty());
	// Of these the second is not this node's to post yet, and the first not any more.
	node.tell(certified("http://127.0.0.1:1/", Push::Provisional, 1, &[1]));
	node.tell(certified("http://127.0.0.1:1/", Push::Confirmed, 2, &[1]));
	until("both are taken up", SOON, || node.dead.pending() == 1).await;
	node.stop().await;
	let node = Node::start(directory.path(), true);
	assert_eq!(node.taken, BTreeMap::from([(FEED, (3, 2))]));
	node.tell(Input::Settled(FEED));
	node.stop().await;
	assert!(Node::start(directory.path(), true).taken.is_empty(), "it is over");
}

/// Posts to a receiver of another make, `RECEIVER_URL`, whose node tells the keys of [`pair`] 0 to 3.
#[tokio::test]
#[ignore = "needs a receiver"]
async fn a_foreign_library_verifies_the_posts() {
	let url = std::env::var("RECEIVER_URL").expect("RECEIVER_URL is where to post");
	let directory = tempfile::tempdir().unwrap();
	let node = Node::start(directory.path(), true);
	node.tell(certified(&url, Push::Provisional, 1, &[0]));
	until("success", SOON, || node.delivered() == 1).await;
	node.tell(certified(&url, FINAL, 2, &[0, 1, 2, 3]));
	until("success of both", SOON, || node.delivered() == 3).await;
}
