// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{
	chain::{ChainError, Finalized},
	intake::Config,
	io::Write,
	metrics::Metrics,
	testing::*,
};
use codec::Encode;
use eventum_primitives::{
	apis::{NodeView, OutcomeView, ReporterView},
	committee::Member,
	rules::count::{Decision, Evaluation, Previous, Summary, Vote},
	Moment,
};
use eventum_wire::{seal, Certified, Receipt};
use futures::executor::block_on;
use sp_keystore::testing::MemoryKeystore;
use std::collections::BTreeSet;

/// A chain with one feed, served by a committee of which each member is a node of its own.
struct OneFeed(FeedId, FeedView);

impl Chain for OneFeed {
	fn genesis(&self) -> Hash {
		genesis()
	}

	fn finalized(&self) -> Result<Finalized, ChainError> {
		Ok(Finalized { hash: Hash::zero(), number: 1, spec_version: 1 })
	}

	fn finalized_at(&self, _: Hash) -> Result<Option<Finalized>, ChainError> {
		self.finalized().map(Some)
	}

	fn finalized_blocks(&self) -> BoxStream<'static, Hash> {
		futures::stream::empty().boxed()
	}

	fn served_feeds(&self, _: Hash, _: &[vald::Public]) -> Result<BTreeSet<FeedId>, ChainError> {
		Ok([self.0].into())
	}

	fn feed(&self, _: Hash, feed: FeedId) -> Result<Option<FeedView>, ChainError> {
		Ok((feed == self.0).then(|| self.1.clone()))
	}

	fn reporters(&self, _: Hash, _: FeedId) -> Result<Vec<ReporterView>, ChainError> {
		Ok(reporters(4))
	}

	fn decide(&self, _: Hash, _: Vec<Summary>) -> Result<Vec<Decision>, ChainError> {
		Ok(Vec::new())
	}

	fn evaluate(
		&self,
		_: Hash,
		_: FeedId,
		_: Round,
		_: Vec<Vote>,
		_: Option<Previous>,
		_: Moment,
	) -> Result<Option<Evaluation>, ChainError> {
		Ok(None)
	}

	fn outcomes(
		&self,
		_: Hash,
		_: FeedId,
		_: Round,
		_: u32,
	) -> Result<Vec<OutcomeView>, ChainError> {
		Ok(Vec::new())
	}

	fn node_by_key(&self, _: Hash, _: vald::Public) -> Result<Option<NodeView>, ChainError> {
		Ok(None)
	}
}

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

fn elsewhere_id() -> FeedId {
	FeedId { market: 50, index: 0 }
}

fn envelope(feed: FeedId, member: u8, reporter: u32) -> Vec<u8> {
	let report = report_of(feed, 0, reporter, 7);
	let key = seal::public_key(&intake_secret(member));
	seal::seal_report(&key, &genesis(), member, &report).unwrap().encode()
}

#[test]
fn envelopes_go_where_their_members_are_and_answers_come_in_order() {
	use IntakeError as E;
	let node = node();
	let worker = node.worker.clone();
	std::thread::spawn(move || {
		while let Ok(Input::Verified(verified)) = worker.recv_blocking() {
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
	let place =
		|certificate: &Certificate| (certificate.outcome.round, certificate.outcome.sequence);
	let publish = |round, sequence| {
		let certificate = certificate(feed(), round, sequence);
		node.store.write(&[Write::Certificate(certificate.clone())]).unwrap();
		let certified = Certified {
			certificate,
			feed: Arc::new(view(series())),
			committee: committee(),
			local: Vec::new(),
		};
		let _ = node.events.send(Event::Certified(Arc::new(certified)));
	};
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
