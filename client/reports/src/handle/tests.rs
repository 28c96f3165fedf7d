// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{intake::Config, io::Write, metrics::Metrics, testing::*};
use codec::Encode;
use eventum_primitives::committee::Member;
use eventum_wire::{seal, Receipt};
use sp_keystore::testing::MemoryKeystore;

/// Notes what is forwarded, and refuses it.
#[derive(Default)]
struct Others {
	own: Option<PeerId>,
	forwarded: Mutex<Vec<(PeerId, usize)>>,
}

#[async_trait::async_trait]
impl Forward for Others {
	fn own_peer(&self) -> PeerId {
		self.own.expect("set by the test")
	}

	async fn forward(&self, peer: PeerId, envelopes: &[Vec<u8>]) -> Vec<Answer> {
		self.forwarded.lock().push((peer, envelopes.len()));
		vec![Err(IntakeError::MemberUnreachable); envelopes.len()]
	}
}

struct Node {
	handle: ReportsHandle,
	worker: async_channel::Receiver<Input>,
	others: Arc<Others>,
	peers: Vec<PeerId>,
	store: Arc<Store>,
	events: broadcast::Sender<Event>,
	_base: tempfile::TempDir,
}

/// A node that is members 1 and 2 of [`feed`], and member 0 of a feed that it does not serve yet.
fn node() -> Node {
	let peers: Vec<PeerId> = (0..4).map(|_| PeerId::random()).collect();
	let mut elsewhere = view(series());
	let mut committee = committee();
	let members = committee.members.iter().zip(&peers);
	let members = members.map(|(member, peer)| Member {
		peer: peer.to_bytes().try_into().unwrap(),
		..member.clone()
	});
	committee.members = members.collect::<Vec<_>>().try_into().unwrap();
	elsewhere.committee = Some(committee);

	let base = tempfile::tempdir().unwrap();
	let (input, worker) = async_channel::bounded(64);
	let table = FeedTable::default();
	table.insert(served(feed(), view(series())));
	let store = Arc::new(Store::open(&base.path().join("reports.redb")).unwrap());
	let others = Arc::new(Others { own: Some(peers[0]), ..Default::default() });
	let keystore = Arc::new(MemoryKeystore::new());
	let events = event_channel();
	let config = Config { openers: 1, verifiers: 1, ..Default::default() };
	let handle = ReportsHandle::new(Parts {
		intake: Intake::start(genesis(), table.clone(), input.clone(), config, Metrics::default())
			.unwrap(),
		table,
		forwarder: others.clone(),
		chain: Arc::new(OneFeed(elsewhere_id(), elsewhere)),
		store: store.clone(),
		identities: Identities::load(keystore, base.path(), &[]).unwrap(),
		worker: input,
		events: events.clone(),
	});
	Node { handle, worker, others, peers, store, events, _base: base }
}

impl Node {
	/// Certifies these pushes of [`feed`], as the worker does.
	fn publish(&self, pushes: &[Push]) {
		let certificates =
			pushes.iter().map(|(round, sequence)| certificate(feed(), *round, *sequence));
		let certificates: Vec<_> = certificates.collect();
		self.store
			.write(&certificates.iter().cloned().map(Write::Certificate).collect::<Vec<_>>())
			.unwrap();
		for certificate in certificates {
			let certified = self.handle.0.parts.table.get(feed()).unwrap().certified(certificate);
			let _ = self.events.send(Event::Certified(Arc::new(certified)));
		}
	}
}

fn place(certificate: &Certificate) -> Push {
	(certificate.outcome.round, certificate.outcome.sequence)
}

fn elsewhere_id() -> FeedId {
	FeedId { market: 50, index: 0 }
}

fn envelope(feed: FeedId, member: u8, reporter: u32) -> Vec<u8> {
	let report = report_of(feed, 0, reporter, 7);
	let key = intake_key(member).public();
	seal::seal_report(&key, &genesis(), member, &report).unwrap().encode()
}

#[test]
fn envelopes_go_where_their_members_are_and_answers_come_in_order() {
	use IntakeError as E;
	let node = node();
	let worker = node.worker.clone();
	std::thread::spawn(move || {
		let batches = std::iter::from_fn(|| match worker.recv_blocking() {
			Ok(Input::Verified(reports)) => Some(reports),
			_ => None,
		});
		for verified in batches.flatten() {
			if let crate::io::Source::Envelope { member, respond } = verified.source {
				let receipt = Receipt {
					feed: verified.feed,
					round: verified.round,
					report: verified.hash,
					at: 1,
					member,
					signature: Default::default(),
				};
				respond.send(Ok(receipt)).unwrap();
			}
		}
	});
	let nowhere = FeedId { market: 1, index: 1 };
	let envelopes = vec![
		envelope(elsewhere_id(), 3, 0),
		envelope(feed(), 1, 1),
		b"rubbish".to_vec(),
		envelope(elsewhere_id(), 2, 0),
		envelope(nowhere, 0, 0),
		envelope(elsewhere_id(), 0, 0),
		envelope(elsewhere_id(), 3, 1),
		envelope(elsewhere_id(), 9, 1),
	];
	let answers = block_on(node.handle.submit(envelopes));
	let errors: Vec<_> = answers.iter().map(|answer| answer.as_ref().err().copied()).collect();
	assert_eq!(
		errors,
		[
			Some(E::MemberUnreachable),
			None,
			Some(E::MalformedEnvelope),
			Some(E::MemberUnreachable),
			Some(E::UnknownFeed),
			Some(E::UnknownFeed),
			Some(E::MemberUnreachable),
			Some(E::UnknownMember),
		]
	);
	assert_eq!(answers[1].as_ref().unwrap().report, report_of(feed(), 0, 1, 7).hash());
	let mut forwarded = node.others.forwarded.lock().clone();
	forwarded.sort_by_key(|(_, count)| *count);
	assert_eq!(forwarded, [(node.peers[2], 1), (node.peers[3], 2)], "one request for each node");
}

#[test]
fn a_subscription_misses_nothing_and_repeats_nothing() {
	let node = node();
	let publish = |round, sequence| node.publish(&[(round, sequence)]);
	publish(0, 1);
	publish(0, 2);
	let stream = node.handle.outcomes(feed(), (0, 1)).unwrap();
	publish(0, 3);
	publish(1, 1);
	let other = Event::Settled(elsewhere_id());
	node.events.send(other).unwrap();
	let all = std::thread::spawn(move || {
		block_on(stream.map(|certificate| place(&certificate)).collect::<Vec<_>>())
	});
	std::thread::sleep(Duration::from_millis(100));
	publish(1, 4);
	node.events.send(Event::Settled(feed())).unwrap();
	assert_eq!(all.join().unwrap(), [(0, 2), (0, 3), (1, 1), (1, 4)]);
	assert!(node.handle.outcomes(elsewhere_id(), (0, 0)).is_none(), "not served here");
}

#[test]
fn calls_are_refused_when_there_is_no_room_for_them() {
	let node = node();
	let calls = &node.handle.0.calls;
	let all = calls.take(CALL_MEMORY - 1_500).unwrap();
	// Two envelopes of some 300 bytes each do not fit with their text.
	let envelopes = vec![envelope(elsewhere_id(), 3, 0), envelope(elsewhere_id(), 2, 0)];
	let answers = block_on(node.handle.submit(envelopes.clone()));
	assert_eq!(answers, [Err(IntakeError::Overloaded), Err(IntakeError::Overloaded)]);
	assert!(node.others.forwarded.lock().is_empty());
	drop(all);
	block_on(node.handle.submit(envelopes));
	assert_eq!(node.others.forwarded.lock().len(), 2);
	assert_eq!(calls.used(), 0);
}

#[test]
fn whoever_listens_to_everything_gets_every_certificate_once() {
	let node = node();
	// Of these the first two were taken before the node ended.
	node.publish(&[(0, 1), (0, 2), (0, 3)]);
	let mut everything = node.handle.everything(BTreeMap::from([(feed(), (0, 2))]));
	let mut next = || match block_on(everything.next()).unwrap() {
		Event::Certified(certified) => place(&certified.certificate),
		other => panic!("{other:?}"),
	};
	node.events.send(Event::Serving(feed())).unwrap();
	assert_eq!(next(), (0, 3));
	// More than a slow listener may be behind.
	let pushes: Vec<Push> = (1..EVENTS as Round + 500).map(|round| (round, 1)).collect();
	node.publish(&pushes);
	node.publish(&[(9_000, 1)]);
	for push in pushes {
		assert_eq!(next(), push);
	}
	assert_eq!(next(), (9_000, 1));
	node.publish(&[(9_001, 1)]);
	assert_eq!(next(), (9_001, 1), "what was read is not given again");
	node.events.send(Event::Settled(feed())).unwrap();
	assert!(matches!(block_on(everything.next()), Some(Event::Settled(_))));
}
