// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{intake::Config, testing::*};
use codec::Encode;
use eventum_primitives::committee::{Committee, Member};
use eventum_wire::message::{MAX_MESSAGES, MAX_NOTIFICATION};
use parking_lot::Mutex;
use sc_network::service::traits::Direction;
use tokio::sync::{mpsc as tokio_mpsc, oneshot};

/// What was asked of the network.
#[derive(Default)]
struct Asked {
	charged: Mutex<Vec<(PeerId, &'static str)>>,
	kept: Mutex<HashSet<PeerId>>,
}

struct Net(PeerId, Arc<Asked>);

impl Peers for Net {
	fn own(&self) -> PeerId {
		self.0
	}

	fn charge(&self, peer: PeerId, cost: ReputationChange) {
		assert!(cost.value < 0);
		self.1.charged.lock().push((peer, cost.reason));
	}

	fn keep(&self, peers: HashSet<PeerId>) {
		self.1.kept.lock().extend(peers);
	}

	fn leave(&self, peers: Vec<PeerId>) {
		self.1.kept.lock().retain(|peer| !peers.contains(peer));
	}

	fn cut(&self, _: PeerId) {}
}

/// A protocol whose events come from the test, and whose notifications go to it.
#[derive(Debug)]
struct Wire {
	events: tokio_mpsc::UnboundedReceiver<NotificationEvent>,
	sent: tokio_mpsc::UnboundedSender<(PeerId, Vec<u8>)>,
	name: ProtocolName,
}

struct Sink(PeerId, tokio_mpsc::UnboundedSender<(PeerId, Vec<u8>)>);

#[async_trait::async_trait]
impl MessageSink for Sink {
	fn send_sync_notification(&self, _: Vec<u8>) {
		unreachable!("a full queue would close the stream")
	}

	async fn send_async_notification(&self, sent: Vec<u8>) -> Result<(), sc_network::error::Error> {
		self.1.send((self.0, sent)).map_err(|_| sc_network::error::Error::ChannelClosed)
	}
}

#[async_trait::async_trait]
impl NotificationService for Wire {
	async fn open_substream(&mut self, _: PeerId) -> Result<(), ()> {
		Err(())
	}

	async fn close_substream(&mut self, _: PeerId) -> Result<(), ()> {
		Err(())
	}

	fn send_sync_notification(&mut self, _: &PeerId, _: Vec<u8>) {
		unreachable!("a full queue would close the stream")
	}

	async fn send_async_notification(
		&mut self,
		_: &PeerId,
		_: Vec<u8>,
	) -> Result<(), sc_network::error::Error> {
		unreachable!("each peer has a sink")
	}

	async fn set_handshake(&mut self, _: Vec<u8>) -> Result<(), ()> {
		Err(())
	}

	fn try_set_handshake(&mut self, _: Vec<u8>) -> Result<(), ()> {
		Err(())
	}

	async fn next_event(&mut self) -> Option<NotificationEvent> {
		self.events.recv().await
	}

	fn clone(&mut self) -> Result<Box<dyn NotificationService>, ()> {
		Err(())
	}

	fn protocol(&self) -> &ProtocolName {
		&self.name
	}

	fn message_sink(&self, peer: &PeerId) -> Option<Box<dyn MessageSink>> {
		Some(Box::new(Sink(*peer, self.sent.clone())))
	}
}

struct Node {
	events: tokio_mpsc::UnboundedSender<NotificationEvent>,
	sent: tokio_mpsc::UnboundedReceiver<(PeerId, Vec<u8>)>,
	worker: async_channel::Receiver<Input>,
	outboxes: Outboxes,
	asked: Arc<Asked>,
	own: PeerId,
	/// The other members of the committee of [`feed`].
	members: Vec<PeerId>,
}

fn node() -> Node {
	node_with(Memory::new(INBOUND_MEMORY))
}

fn node_with(memory: Memory) -> Node {
	let (events, receiver) = tokio_mpsc::unbounded_channel();
	let (sender, sent) = tokio_mpsc::unbounded_channel();
	let (input, worker) = async_channel::bounded(64);
	let peers: Vec<PeerId> = (0..4).map(|_| PeerId::random()).collect();
	let table = FeedTable::default();
	let mut feed = served(feed(), view(series()));
	let members = feed.committee.members.iter().zip(&peers);
	let members = members
		.map(|(member, peer)| Member {
			peer: peer.to_bytes().try_into().unwrap(),
			..member.clone()
		})
		.collect::<Vec<_>>();
	feed.committee =
		Arc::new(Committee { members: members.try_into().unwrap(), ..(*feed.committee).clone() });
	table.insert(feed);
	let config = Config { openers: 1, verifiers: 1, ..Default::default() };
	let intake =
		Intake::start(genesis(), table.clone(), input.clone(), config, Metrics::default()).unwrap();
	let (asked, outboxes) = (Arc::<Asked>::default(), Outboxes::default());
	let gossip = Gossip {
		service: Box::new(Wire { events: receiver, sent: sender, name: "/test".into() }),
		network: Arc::new(Net(peers[1], asked.clone())),
		outboxes: outboxes.clone(),
		table,
		intake,
		worker: input,
		memory,
		budgets: HashMap::new(),
		reserved: HashSet::new(),
		metrics: Metrics::default(),
	};
	tokio::spawn(gossip.run());
	let own = peers[1];
	let members = peers.into_iter().filter(|peer| *peer != own).collect();
	Node { events, sent, worker, outboxes, asked, own, members }
}

impl Node {
	fn opened(&self, peer: PeerId) {
		let opened = NotificationEvent::NotificationStreamOpened {
			peer,
			direction: Direction::Inbound,
			handshake: Vec::new(),
			negotiated_fallback: None,
		};
		self.events.send(opened).unwrap();
	}

	fn received(&self, peer: PeerId, notification: Vec<u8>) {
		let event = NotificationEvent::NotificationReceived { peer, notification };
		self.events.send(event).unwrap();
	}

	async fn charge(&self) -> (PeerId, &'static str) {
		for _ in 0..200 {
			if let Some(charged) = self.asked.charged.lock().pop() {
				return charged;
			}
			tokio::time::sleep(Duration::from_millis(5)).await;
		}
		panic!("nobody was charged")
	}

	async fn is_let_in(&self, peer: PeerId) -> bool {
		let (result_tx, result) = oneshot::channel();
		let handshake = Vec::new();
		let event = NotificationEvent::ValidateInboundSubstream { peer, handshake, result_tx };
		self.events.send(event).unwrap();
		result.await.unwrap() == ValidationResult::Accept
	}
}

fn status(feed: FeedId, round: u32) -> Message {
	Message::Status { feed, round, sequence: 0 }
}

fn batch(messages: Vec<Message>) -> Vec<u8> {
	Batch { messages }.encode()
}

#[tokio::test]
async fn only_members_are_let_in_and_kept() {
	let node = node();
	let [first, second, third] = node.members[..] else { panic!() };
	assert!(!node.is_let_in(first).await, "before any committee is known");
	node.outboxes.set_members([first, second, node.own].into());
	tokio::time::sleep(Duration::from_millis(50)).await;
	assert_eq!(*node.asked.kept.lock(), [first, second].into(), "never itself");
	assert!(node.is_let_in(first).await && !node.is_let_in(third).await);
	node.outboxes.set_members([second, third].into());
	tokio::time::sleep(Duration::from_millis(50)).await;
	assert_eq!(*node.asked.kept.lock(), [second, third].into());
	assert!(!node.is_let_in(first).await && node.is_let_in(third).await);
}

#[tokio::test]
async fn reports_go_to_the_intake_and_the_rest_to_the_worker() {
	let node = node();
	let peer = node.members[0];
	node.opened(peer);
	assert!(matches!(node.worker.recv().await, Ok(Input::Connected(other)) if other == peer));
	let report = report_of(feed(), 0, 3, 7);
	let (one, two) = (status(feed(), 1), status(feed(), 2));
	let messages = vec![one.clone(), Message::Report(report.clone()), two.clone()];
	node.received(peer, batch(messages));
	let (mut verified, mut said) = (None, None);
	for _ in 0..2 {
		match node.worker.recv().await.unwrap() {
			Input::Verified(reports) => verified = reports.into_iter().next(),
			Input::Peer { messages, .. } => said = Some(messages),
			other => panic!("{other:?}"),
		}
	}
	assert_eq!(verified.unwrap().hash, report.hash());
	assert_eq!(said.unwrap(), [one, two]);
	assert!(node.asked.charged.lock().is_empty());
	node.events.send(NotificationEvent::NotificationStreamClosed { peer }).unwrap();
	assert!(matches!(node.worker.recv().await, Ok(Input::Disconnected(_))));
	assert!(!node.outboxes.is_connected(&peer));
}

#[tokio::test]
async fn rubbish_and_floods_are_charged() {
	let node = node();
	let peer = node.members[0];
	node.opened(peer);
	node.received(peer, b"rubbish".to_vec());
	assert_eq!(node.charge().await, (peer, MALFORMED.reason));
	let long = [batch(vec![status(feed(), 1)]), vec![0]].concat();
	node.received(peer, long);
	assert_eq!(node.charge().await, (peer, MALFORMED.reason));

	let outsider = PeerId::random();
	node.opened(outsider);
	node.received(outsider, batch(vec![status(feed(), 1)]));
	assert_eq!(node.charge().await, (outsider, FOREIGN.reason));
	let settled = FeedId { market: 1, index: 0 };
	node.received(peer, batch(vec![status(settled, 1)]));

	for _ in 0..=(RATE.bytes * 4.0) as u64 / MAX_NOTIFICATION {
		node.received(peer, vec![0; MAX_NOTIFICATION as usize]);
	}
	while node.charge().await != (peer, TOO_MUCH.reason) {}
}

#[tokio::test]
async fn a_flood_of_small_messages_is_charged_too() {
	let node = node();
	let peer = node.members[0];
	node.opened(peer);
	// They are about a feed that is not served, so that nothing of them reaches the worker.
	let settled = FeedId { market: 1, index: 0 };
	let many = batch(vec![status(settled, 1); MAX_MESSAGES]);
	for _ in 0..2 * (RATE.messages * 4.0) as usize / MAX_MESSAGES {
		node.received(peer, many.clone());
	}
	assert_eq!(node.charge().await, (peer, TOO_MUCH.reason));
}

#[tokio::test]
async fn what_there_is_no_room_for_is_dropped() {
	let node = node_with(Memory::new(10 * OVERHEAD));
	let peer = node.members[0];
	node.opened(peer);
	node.worker.recv().await.unwrap();
	node.received(peer, batch(vec![status(feed(), 1); 10]));
	node.received(peer, batch(vec![status(feed(), 2)]));
	let Ok(Input::Peer { messages, .. }) = node.worker.recv().await else { panic!() };
	assert_eq!(messages, [status(feed(), 2)]);
	assert!(node.asked.charged.lock().is_empty(), "it is not the peer's fault");
}

#[tokio::test]
async fn what_is_left_in_an_outbox_is_sent() {
	let mut node = node();
	let [first, second, _] = node.members[..] else { panic!() };
	node.opened(first);
	node.opened(second);
	node.worker.recv().await.unwrap();
	node.worker.recv().await.unwrap();
	assert_eq!(node.outboxes.send_all(&node.members, &status(feed(), 1)), 2);
	assert!(node.outboxes.send(&second, &status(feed(), 2)));
	let mut got = HashMap::<PeerId, Vec<Message>>::new();
	while got.values().map(Vec::len).sum::<usize>() < 3 {
		let (peer, bytes) = node.sent.recv().await.unwrap();
		got.entry(peer).or_default().extend(Batch::read(&bytes).unwrap().messages);
	}
	assert_eq!(got[&first], [status(feed(), 1)]);
	assert_eq!(got[&second], [status(feed(), 1), status(feed(), 2)]);
}
