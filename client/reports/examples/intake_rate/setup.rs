// SPDX-License-Identifier: Apache-2.0

//! Feeds, their reporters and reports, and a chain that knows them.

use codec::Encode;
use eventum_primitives::{
	apis::{FeedView, NodeView, OutcomeView, ReporterView, Stage},
	committee::{Committee, Member},
	definition::{
		ConsensusMode, Currency, Definition, EventKind, Field, FieldType, Gate, ScalarType,
		StopVoting, Text, Visibility,
	},
	report::{Report, ReportKey},
	rules::{
		count::{Before, Decision, Evaluation, Summary, Vote},
		fee::FeeTerms,
	},
	vald,
	value::{Answer, Scalar, Value},
	AccountId, FeedId, Hash, Moment, Round, EVT, PPB,
};
use eventum_reports::{
	chain::{Chain, ChainError, Finalized},
	keys::{Identities, Identity},
};
use eventum_wire::{client::make_report, seal, Envelope};
use futures::{stream::BoxStream, StreamExt};
use sc_network_types::PeerId;
use sp_core::{crypto::ByteArray, ed25519, sr25519, Pair};
use sp_keystore::{testing::MemoryKeystore, Keystore};
use sp_runtime::FixedU64;
use std::{collections::BTreeSet, path::Path, sync::Arc};

/// Feeds that reports are for.
pub(crate) const FEEDS: usize = 3;
/// Reporters of each feed.
pub(crate) const REPORTERS: u32 = 10_000;

/// The same people in each feed, and a report of each of them in each.
pub(crate) struct Crowd {
	pub(crate) genesis: Hash,
	pub(crate) pairs: Vec<sr25519::Pair>,
	pub(crate) reports: Vec<Report>,
}

/// Bytes of a report.
pub(crate) fn length(report: &Report) -> usize {
	report.encoded_size()
}

fn feeds() -> impl Iterator<Item = FeedId> {
	(0..FEEDS as u16).map(|index| FeedId { market: 1, index })
}

/// A node with one key of its own.
pub(crate) fn identities(base: &Path) -> Identities {
	let keystore = MemoryKeystore::new();
	keystore
		.ed25519_generate_new(vald::KEY_TYPE, Some("//Alice"))
		.expect("the keystore is in memory");
	Identities::load(Arc::new(keystore), base, &[])
		.expect("a secret can be made")
		.with_pairs(|_| ed25519::Pair::from_string("//Alice", None).ok())
}

impl Crowd {
	pub(crate) fn new() -> Self {
		let genesis = Hash::repeat_byte(1);
		let pairs: Vec<_> = (0..REPORTERS)
			.map(|index| sr25519::Pair::from_seed(&Hash::from_low_u64_be(index.into()).0))
			.collect();
		let definition = definition();
		let reports = feeds()
			.flat_map(|feed| pairs.iter().map(move |pair| (feed, pair)))
			.map(|(feed, pair)| report(&genesis, feed, &definition, pair))
			.collect();
		Self { genesis, pairs, reports }
	}

	pub(crate) fn envelopes(&self, intake: &[u8; 32]) -> Vec<Envelope> {
		let seal = |report| seal::seal_report(intake, &self.genesis, 0, report);
		self.reports.iter().map(|report| seal(report).expect("the key is a proper one")).collect()
	}

	/// A chain on which a node is the first of four members, and the other three.
	pub(crate) fn chain(&self, first: &Identity) -> (Feeds, Vec<PeerId>) {
		let peers: Vec<PeerId> = (0..4).map(|_| PeerId::random()).collect();
		let members: Vec<Member> = peers
			.iter()
			.zip(0..)
			.map(|(peer, index): (_, u8)| Member {
				operator: AccountId::new([index + 1; 32]),
				vald: match index {
					0 => first.vald.clone(),
					_ => vald::Public::from_slice(&[index; 32]).expect("32 bytes"),
				},
				intake: first.intake.public(),
				peer: peer.to_bytes().try_into().expect("peer ids are short"),
				accepted: true,
			})
			.collect();
		let members = members.try_into().expect("4 is less than 64");
		let committee = Committee { seed: Hash::zero(), members, collateral: EVT };
		let reporter = |(pair, index): (&sr25519::Pair, u32)| ReporterView {
			account: account(pair),
			keys: vec![(0, ReportKey::Sr25519(pair.public()))].try_into().expect("one key"),
			index,
			stake: 0,
			early: true,
		};
		let reporters = self.pairs.iter().zip(0..).map(reporter).collect();
		let feeds = Feeds { genesis: self.genesis, view: view(committee), reporters };
		(feeds, peers[1..].to_vec())
	}
}

fn account(pair: &sr25519::Pair) -> AccountId {
	AccountId::new(pair.public().0)
}

fn report(genesis: &Hash, feed: FeedId, definition: &Definition, pair: &sr25519::Pair) -> Report {
	let answer = Answer::Values(vec![
		Value::Scalar(Scalar::Text("a place in the sun".into())),
		Value::Scalar(Scalar::Integer(7)),
		Value::Scalar(Scalar::Integer(8)),
	]);
	let sign = |message: &[u8]| pair.sign(message).0;
	make_report(genesis, feed, 0, &account(pair), definition, &answer, 1, sign)
		.expect("the answer is of the definition's types")
}

/// A chain that stands still, with feeds that are reported in.
pub(crate) struct Feeds {
	genesis: Hash,
	view: FeedView,
	reporters: Vec<ReporterView>,
}

impl Chain for Feeds {
	fn genesis(&self) -> Hash {
		self.genesis
	}

	fn finalized(&self) -> Result<Finalized, ChainError> {
		Ok(Finalized { hash: Hash::zero(), number: 1, spec_version: 1 })
	}

	fn finalized_at(&self, _: Hash) -> Result<Option<Finalized>, ChainError> {
		self.finalized().map(Some)
	}

	fn finalized_blocks(&self) -> BoxStream<'static, Hash> {
		futures::stream::pending().boxed()
	}

	fn served_feeds(&self, _: Hash, _: &[vald::Public]) -> Result<BTreeSet<FeedId>, ChainError> {
		Ok(feeds().collect())
	}

	fn feed(&self, _: Hash, _: FeedId) -> Result<Option<FeedView>, ChainError> {
		Ok(Some(self.view.clone()))
	}

	fn reporters(&self, _: Hash, _: FeedId) -> Result<Vec<ReporterView>, ChainError> {
		Ok(self.reporters.clone())
	}

	fn decide(&self, _: Hash, rounds: Vec<Summary>) -> Result<Vec<Decision>, ChainError> {
		Ok(rounds.iter().map(|_| Decision::Open { until: Moment::MAX }).collect())
	}

	fn evaluate(
		&self,
		_: Hash,
		_: FeedId,
		_: Round,
		_: Vec<Vote>,
		_: Before,
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

fn view(committee: Committee) -> FeedView {
	let text = Text {
		name: Default::default(),
		description: Default::default(),
		rules: None,
		categories: Default::default(),
		location: Default::default(),
		webhook_url: Default::default(),
	};
	FeedView {
		requester: AccountId::new([9; 32]),
		definition: definition(),
		text,
		stage: Stage::Reporting,
		joined: REPORTERS,
		reporting_from: Some(0),
		end: None,
		committee: Some(committee),
		final_rounds: 0,
		settled_rounds: 0,
		next_stake: 0,
		rekeyed: 0,
		fee: FeeTerms::Fixed(1),
		average_reputation: 300,
	}
}

fn definition() -> Definition {
	let field = |name: &str, scalar| Field {
		name: name.as_bytes().to_vec().try_into().expect("names are short"),
		field_type: FieldType::Scalar(scalar),
	};
	let fields = vec![
		field("where", ScalarType::Text { max_length: 244 }),
		field("home", ScalarType::Integer),
		field("away", ScalarType::Integer),
	];
	Definition {
		fields: fields.try_into().expect("three are less than 16"),
		event: EventKind::Single,
		min_people: 4,
		max_people: REPORTERS,
		min_consensus: 3,
		consensus_rule: PPB / 2,
		consensus_mode: ConsensusMode::Final,
		reward: EVT,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(0),
		join_bonus: FixedU64::from_u32(1),
		committee_size: 4,
		gate: Gate::default(),
		time_to_join: 0,
		reporting_timestamp: None,
		stop_voting: StopVoting::default(),
		start_dispute_time: 0,
		max_dispute_time: 60_000,
		cross_validate: 0,
		visibility: Visibility::Public { tag_key: [1; 32], access_secret: [2; 32] },
		validation_fee: None,
		default_value: None,
	}
}
