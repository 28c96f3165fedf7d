// SPDX-License-Identifier: Apache-2.0

//! What the tests of this crate share: a feed with a committee of four and a few reporters, all with
//! real keys.

use crate::{
	chain::{Chain, ChainError, Finalized},
	table::{LocalMember, ServedFeed},
};
use eventum_primitives::{
	apis::{FeedView, NodeView, OutcomeView, ReporterView, Stage},
	committee::{Committee, Member, MemberIndex},
	definition::{
		ConsensusMode, Currency, Definition, EventKind, Field, FieldType, Gate, ScalarType,
		StopVoting, Text, Visibility,
	},
	outcome::{Certificate, Outcome, Push, RoundResult},
	report::{Body, Report, ReportKey},
	rules::{
		count::{Before, Decision, Evaluation, Summary, Vote},
		fee::FeeTerms,
	},
	vald,
	value::{Answer, Scalar, Value},
	AccountId, FeedId, Hash, JoinIndex, Moment, Round, Sequence, EVT, PPB,
};
use eventum_wire::{client::make_report, seal::SecretKey};
use futures::{stream::BoxStream, StreamExt};
use sp_core::{ed25519, sr25519, Pair};
use sp_runtime::FixedU64;
use std::{collections::BTreeSet, future::Future, sync::Arc};

pub(crate) fn genesis() -> Hash {
	Hash::repeat_byte(0xab)
}

pub(crate) fn feed() -> FeedId {
	FeedId { market: 12, index: 3 }
}

pub(crate) fn vald(member: MemberIndex) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[100 + member; 32])
}

pub(crate) fn intake_key(member: MemberIndex) -> SecretKey {
	SecretKey::new(&[50 + member; 32])
}

pub(crate) fn account(reporter: JoinIndex) -> AccountId {
	AccountId::new([reporter as u8 + 1; 32])
}

/// Reporters with an even index sign with ed25519, others with sr25519.
pub(crate) fn report_key(reporter: JoinIndex) -> ReportKey {
	let seed = [reporter as u8 + 1; 32];
	if reporter.is_multiple_of(2) {
		ReportKey::Ed25519(ed25519::Pair::from_seed(&seed).public())
	} else {
		ReportKey::Sr25519(sr25519::Pair::from_seed(&seed).public())
	}
}

pub(crate) fn sign(reporter: JoinIndex, message: &[u8]) -> [u8; 64] {
	let seed = [reporter as u8 + 1; 32];
	if reporter.is_multiple_of(2) {
		ed25519::Pair::from_seed(&seed).sign(message).0
	} else {
		sr25519::Pair::from_seed(&seed).sign(message).0
	}
}

pub(crate) fn committee() -> Committee {
	let members = (0..4).map(|index| Member {
		operator: AccountId::new([200 + index; 32]),
		vald: vald(index).public().into(),
		intake: intake_key(index).public(),
		peer: vec![index; 38].try_into().unwrap(),
		accepted: true,
	});
	Committee {
		seed: Hash::zero(),
		members: members.collect::<Vec<_>>().try_into().unwrap(),
		collateral: EVT,
	}
}

pub(crate) fn definition(event: EventKind) -> Definition {
	let field =
		Field { name: Default::default(), field_type: FieldType::Scalar(ScalarType::Integer) };
	Definition {
		fields: vec![field].try_into().unwrap(),
		event,
		min_people: 4,
		max_people: 200,
		min_consensus: 3,
		consensus_rule: PPB / 2,
		consensus_mode: ConsensusMode::Confirmations,
		reward: 10 * EVT,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(2),
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

pub(crate) fn series() -> EventKind {
	EventKind::Multiple { max_rounds: 3, max_time: 3_600_000 }
}

pub(crate) fn view(event: EventKind) -> FeedView {
	FeedView {
		requester: AccountId::new([9; 32]),
		definition: definition(event),
		text: Text {
			name: Default::default(),
			description: Default::default(),
			rules: None,
			categories: Default::default(),
			location: Default::default(),
			webhook_url: Default::default(),
		},
		stage: Stage::Reporting,
		joined: 100,
		reporting_from: Some(1),
		end: Some(u64::MAX),
		committee: Some(committee()),
		final_rounds: 0,
		settled_rounds: 0,
		next_stake: 0,
		rekeyed: 0,
		fee: FeeTerms::Fixed(1),
		average_reputation: 300,
	}
}

pub(crate) fn reporters(count: u32) -> Vec<ReporterView> {
	let reporter = |index| ReporterView {
		account: account(index),
		keys: vec![(0, report_key(index))].try_into().unwrap(),
		index,
		stake: 0,
		early: true,
	};
	(0..count).map(reporter).collect()
}

/// A feed of which this node is the members 1 and 2.
pub(crate) fn served(id: FeedId, view: FeedView) -> ServedFeed {
	let committee = Arc::new(committee());
	let local = [1, 2].map(|index| LocalMember {
		index,
		key: vald(index).public().into(),
		intake: intake_key(index),
	});
	ServedFeed::new(id, Arc::new(view), committee, local.into(), &reporters(100), 0)
}

/// A proper report that says `value`.
pub(crate) fn report_of(feed: FeedId, round: Round, reporter: JoinIndex, value: i128) -> Report {
	let answer = Answer::Values(vec![Value::Scalar(Scalar::Integer(value))]);
	report_saying(feed, round, reporter, &answer)
}

pub(crate) fn report_saying(
	feed: FeedId,
	round: Round,
	reporter: JoinIndex,
	answer: &Answer,
) -> Report {
	let sign = |message: &[u8]| sign(reporter, message);
	let report = make_report(
		&genesis(),
		feed,
		round,
		&account(reporter),
		&definition(series()),
		answer,
		7,
		sign,
	)
	.unwrap();
	// The same answer gives the same report, so that tests can name it.
	fixed::first(feed, round, reporter, report)
}

pub(crate) fn signed(reporter: JoinIndex, body: Body) -> Report {
	let signature = sign(reporter, &body.signed_bytes());
	Report { body, signature }
}

pub(crate) fn certificate(feed: FeedId, round: Round, sequence: Sequence) -> Certificate {
	let outcome = Outcome {
		feed,
		round,
		sequence,
		view: 0,
		block: Hash::zero(),
		spec_version: 1,
		cut: Hash::zero(),
		push: Push::Provisional,
		result: RoundResult::None,
		agreed: 0,
		total: 0,
		at: 1,
		first_at: 1,
		start_event: 1,
		answer: Default::default(),
		detail: Hash::zero(),
		excused: Default::default(),
	};
	Certificate { outcome, signatures: Default::default() }
}

/// Runs a future that may look at the clock.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
	let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
	runtime.unwrap().block_on(future)
}

/// A chain with one feed, served by a committee of which each member is a node of its own.
pub(crate) struct OneFeed(pub(crate) FeedId, pub(crate) FeedView);

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
		futures::stream::pending().boxed()
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

/// Sealing is random; reports once made are remembered.
mod fixed {
	use super::*;
	use parking_lot::Mutex;
	use std::{collections::HashMap, sync::LazyLock};

	type Key = (FeedId, Round, JoinIndex, Hash);
	static MADE: LazyLock<Mutex<HashMap<Key, Report>>> = LazyLock::new(Mutex::default);

	pub(super) fn first(feed: FeedId, round: Round, reporter: JoinIndex, report: Report) -> Report {
		let key = (feed, round, reporter, report.body.tag);
		MADE.lock().entry(key).or_insert(report).clone()
	}
}
