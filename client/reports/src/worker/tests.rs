// SPDX-License-Identifier: Apache-2.0

//! The worker on a real store, with a chain of one feed and peers that the tests speak for.

use super::{inputs::MAX_WAITING, *};
use crate::{
	io::{Answer, Repeated, Source, Verified, Write},
	memory::Memory,
	network::outbox::Outbox,
	testing::*,
};
use codec::Decode;
use eventum_primitives::{
	duties::{DoubleAnswers, Faults, DOUBLE_ANSWERS_KEY, FAULTS_KEY},
	log::{chain, Head, LogEntry},
	outcome::{EndedBy, Push},
	report::Report,
	BlockNumber,
};
use eventum_wire::message::{Batch, LogUpdate};
use futures::channel::oneshot;
use sc_network_types::PeerId;
use sp_core::offchain::{testing::TestPersistentOffchainDB, OffchainStorage};
use sp_keystore::{testing::MemoryKeystore, Keystore};

/// Member 1 of [`feed`] on a node of its own; the test is the other members.
struct Node {
	inputs: async_channel::Sender<Input>,
	store: Arc<Store>,
	memory: Memory,
	peers: Vec<PeerId>,
	outbox: Arc<Outbox>,
	offchain: TestPersistentOffchainDB,
}

fn node(base: &std::path::Path) -> Node {
	let peers: Vec<PeerId> = (0..4).map(|_| PeerId::random()).collect();
	let mut view = view(series());
	let committee = view.committee.as_mut().unwrap();
	for (member, peer) in committee.members.iter_mut().zip(&peers) {
		member.peer = peer.to_bytes().try_into().unwrap();
	}
	let keystore = Arc::new(MemoryKeystore::new());
	let seed = format!("0x{}", hex::encode([101; 32]));
	let key = keystore.ed25519_generate_new(vald::KEY_TYPE, Some(&seed)).unwrap();
	assert_eq!(vald::Public::from(key), committee.members[1].vald);
	let store = Arc::new(Store::open(&base.join("reports.redb")).unwrap());
	let network = Outboxes::default();
	let outbox = network.open(peers[0]);
	let (inputs, receiver) = async_channel::bounded(64);
	let offchain = TestPersistentOffchainDB::new();
	let worker = Worker::new(Parts {
		chain: Arc::new(OneFeed(feed(), view)),
		keys: Identities::load(keystore, base, &[]).unwrap(),
		store: store.clone(),
		table: FeedTable::default(),
		network,
		duties: Duties::new(offchain.clone()),
		events: crate::handle::event_channel(),
		metrics: Metrics::default(),
		inputs: receiver,
	});
	let worker = worker.unwrap();
	std::thread::spawn(move || block_on(worker.run()));
	Node { inputs, store, memory: Memory::new(1 << 20), peers, outbox, offchain }
}

impl Node {
	/// Hands a report in, as the intake does.
	fn report(&self, report: &Report) -> oneshot::Receiver<Answer> {
		self.verified(report, 0, None)
	}

	/// The same by another key, that its reporter has since block `key`, or of one who has given another
	/// answer before.
	fn verified(
		&self,
		report: &Report,
		key: BlockNumber,
		earlier: Option<Hash>,
	) -> oneshot::Receiver<Answer> {
		let (respond, answer) = oneshot::channel();
		let verified = Verified {
			feed: report.body.feed,
			round: report.body.round,
			reporter: 0,
			hash: report.hash(),
			tag: report.body.tag,
			key,
			report: Arc::new(report.clone()),
			earlier,
			source: Source::Envelope { member: 1, respond },
			permit: self.memory.take(1_000).unwrap(),
		};
		self.inputs.send_blocking(Input::Verified(vec![verified])).unwrap();
		answer
	}

	fn repeat(&self, report: &Report) -> oneshot::Receiver<Answer> {
		let (respond, answer) = oneshot::channel();
		let (hash, round) = (report.hash(), report.body.round);
		let repeated = Repeated { feed: feed(), round, hash, member: 1, respond };
		self.inputs.send_blocking(Input::Repeated(repeated)).unwrap();
		answer
	}

	/// Says something as member 0.
	fn say(&self, message: Message) {
		let permit = Memory::new(1).take(1).unwrap();
		let input = Input::Peer { peer: self.peers[0], messages: vec![message], permit };
		self.inputs.send_blocking(input).unwrap();
	}

	/// The next message to member 0 that `wanted` takes.
	fn heard<T>(&self, wanted: impl Fn(Message) -> Option<T>) -> T {
		block_on(async {
			loop {
				let next = tokio::time::timeout(Duration::from_secs(10), self.outbox.next());
				let batch = Batch::read(&next.await.expect("in time")).unwrap();
				if let Some(found) = batch.messages.into_iter().find_map(&wanted) {
					return found;
				}
			}
		})
	}

	fn log(&self) -> Vec<Hash> {
		let stored = self.store.load(feed(), 1, 0).unwrap().unwrap_or_default();
		let log = stored.get(&0).map(|round| round.log.clone()).unwrap_or_default();
		log.into_iter().map(|entry| entry.report).collect()
	}
}

#[test]
fn a_report_leaves_memory_when_it_is_on_disk_and_is_given_to_who_lacks_it() {
	let base = tempfile::tempdir().unwrap();
	let node = node(base.path());
	let report = report_of(feed(), 0, 0, 7);
	let receipt = block_on(node.report(&report)).unwrap().unwrap();
	assert_eq!(receipt.report, report.hash());
	assert_eq!(node.log(), [report.hash()]);
	assert_eq!(node.memory.used(), 0, "its round is open, and it is not in memory");
	let (feed, round) = (feed(), 0);
	node.say(Message::WantReports { feed, round, reports: vec![report.hash()] });
	let given = node.heard(|message| match message {
		Message::Report(report) => Some(report),
		_ => None,
	});
	assert_eq!(given, report);
}

#[test]
fn nothing_is_promised_before_it_is_on_disk() {
	let base = tempfile::tempdir().unwrap();
	let node = node(base.path());
	let report = report_of(feed(), 0, 0, 7);
	let disk = node.store.hold();
	let mut answer = node.report(&report);
	// There is time for some heads.
	std::thread::sleep(Duration::from_millis(300));
	assert_eq!(answer.try_recv(), Ok(None), "a receipt for what is in memory alone");
	assert!(node.memory.used() > 0);
	while let Some(batch) = node.outbox.next().now_or_never() {
		let said = Batch::read(&batch).unwrap().messages;
		assert!(said.iter().all(|message| matches!(message, Message::Status { .. })), "{said:?}");
	}
	drop(disk);
	assert_eq!(block_on(answer).unwrap().unwrap().report, report.hash());
	node.heard(|message| matches!(message, Message::Log(_)).then_some(()));
	assert_eq!(node.log(), [report.hash()]);
}

#[test]
fn what_waits_for_its_round_is_not_kept_in_memory_either() {
	let base = tempfile::tempdir().unwrap();
	let node = node(base.path());
	let early = report_of(feed(), 1, 0, 7);
	let answer = node.report(&early);
	// The answer to this one comes after the other has been looked at.
	block_on(node.report(&report_of(feed(), 0, 0, 7))).unwrap().unwrap();
	assert_eq!(node.memory.used(), 0);
	assert_eq!(node.store.report(feed(), 1, &early.hash()).unwrap(), Some(early.clone()));
	let mut waiting: Vec<_> = (0..MAX_WAITING).map(|_| node.repeat(&early)).collect();
	let refused = block_on(waiting.pop().unwrap()).unwrap();
	assert_eq!(refused, Err(eventum_wire::IntakeError::Overloaded), "enough wait for its receipt");
	assert_eq!(block_on(async { futures::poll!(answer) }), std::task::Poll::Pending);
}

#[test]
fn no_receipt_is_given_for_what_is_not_in_the_log() {
	let base = tempfile::tempdir().unwrap();
	let report = report_of(feed(), 0, 0, 7);
	{
		// As another member of this node, or a report that waited for its round, leaves it.
		let store = Store::open(&base.path().join("reports.redb")).unwrap();
		let (hash, report) = (report.hash(), Arc::new(report.clone()));
		store.write(&[Write::Report { hash, reporter: 0, report }]).unwrap();
	}
	let node = node(base.path());
	let receipt = block_on(node.repeat(&report)).unwrap().unwrap();
	assert_eq!(receipt.report, report.hash());
	assert_eq!(node.log(), [report.hash()]);
}

#[test]
fn a_receipt_is_given_again_after_the_round_and_none_for_what_came_too_late() {
	let base = tempfile::tempdir().unwrap();
	let node = node(base.path());
	let report = report_of(feed(), 0, 0, 7);
	let receipt = block_on(node.report(&report)).unwrap().unwrap();
	let mut last = certificate(feed(), 0, 1);
	last.outcome.push = Push::Final { ended_by: EndedBy::All, ends_feed: false };
	let payload = last.outcome.payload(&genesis());
	let signatures = [0, 2, 3].map(|member| (member, sp_core::Pair::sign(&vald(member), &payload)));
	last.signatures = signatures.to_vec().try_into().unwrap();
	node.say(Message::Certificate(last));
	let late = block_on(node.report(&report_of(feed(), 0, 1, 7))).unwrap();
	assert_eq!(late, Err(eventum_wire::IntakeError::Late));
	assert_eq!(block_on(node.repeat(&report)).unwrap(), Ok(receipt));
	let late = block_on(node.repeat(&report_of(feed(), 0, 1, 7))).unwrap();
	assert_eq!(late, Err(eventum_wire::IntakeError::Late));
}

#[test]
fn a_report_whose_key_acts_no_more_is_refused_and_can_come_again() {
	let base = tempfile::tempdir().unwrap();
	let node = node(base.path());
	let report = report_of(feed(), 0, 0, 7);
	let refused = block_on(node.verified(&report, 5, None)).unwrap();
	assert_eq!(refused, Err(eventum_wire::IntakeError::BadSignature));
	assert!(node.log().is_empty());
	block_on(node.report(&report)).unwrap().unwrap();
	assert_eq!(node.log(), [report.hash()]);
}

/// A head of member 0's log, as it publishes it with one entry of this report.
fn log_with(report: Hash) -> Message {
	let entry = LogEntry { report, at: 5 };
	let hash = chain(&Hash::zero(), &entry);
	let head = Head { feed: feed(), round: 0, number: 1, length: 1, hash, upto: 5 };
	let sign = |payload: &[u8; 32]| Some(sp_core::Pair::sign(&vald(0), payload));
	let head = heads::sign(&genesis(), &[(0, head)], sign).unwrap().remove(0);
	Message::Log(LogUpdate { head, from: 0, entries: vec![entry] })
}

#[test]
fn a_proof_is_passed_on_kept_over_a_restart_and_left_for_the_chain() {
	let base = tempfile::tempdir().unwrap();
	{
		let node = node(base.path());
		node.say(log_with(Hash::repeat_byte(1)));
		node.say(log_with(Hash::repeat_byte(2)));
		let fault = node.heard(|message| match message {
			Message::Fault(fault) => Some(fault),
			_ => None,
		});
		assert_eq!(fault.verify(&genesis(), &committee(), eventum_wire::ed25519_verify), Ok(()));
		assert_eq!(node.store.faults(&[], 9).unwrap()[0].1, *fault);
	}
	let copy = tempfile::tempdir().unwrap();
	std::fs::copy(base.path().join("reports.redb"), copy.path().join("reports.redb")).unwrap();
	let node = node(copy.path());
	// The answer comes after the chain has been followed.
	block_on(node.report(&report_of(feed(), 0, 0, 7))).unwrap().unwrap();
	let prefix = sp_core::offchain::STORAGE_PREFIX;
	let left = OffchainStorage::get(&node.offchain, prefix, FAULTS_KEY).unwrap();
	let left = Faults::decode(&mut &left[..]).unwrap();
	assert_eq!((left.len(), left[0].member), (1, 0));
	// The log of the proven liar is not followed any more.
	node.say(log_with(Hash::repeat_byte(1)));
	block_on(node.report(&report_of(feed(), 0, 1, 7))).unwrap().unwrap();
	assert_eq!(node.store.faults(&[], 9).unwrap().len(), 1);
}

#[test]
fn two_answers_are_left_for_the_chain_as_proof() {
	let base = tempfile::tempdir().unwrap();
	let [first, second] = [7, 8].map(|value| report_of(feed(), 0, 0, value));
	{
		let node = node(base.path());
		block_on(node.report(&first)).unwrap().unwrap();
		let answer = node.verified(&second, 0, Some(first.hash()));
		assert_eq!(block_on(answer).unwrap(), Err(eventum_wire::IntakeError::DoubleAnswer));
	}
	let copy = tempfile::tempdir().unwrap();
	std::fs::copy(base.path().join("reports.redb"), copy.path().join("reports.redb")).unwrap();
	let node = node(copy.path());
	block_on(node.report(&report_of(feed(), 0, 0, 9))).unwrap().unwrap_err();
	let prefix = sp_core::offchain::STORAGE_PREFIX;
	let left = OffchainStorage::get(&node.offchain, prefix, DOUBLE_ANSWERS_KEY).unwrap();
	assert_eq!(DoubleAnswers::decode(&mut &left[..]).unwrap(), [(first, second)]);
}
