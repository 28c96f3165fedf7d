// SPDX-License-Identifier: Apache-2.0

//! What the members of a played committee read: the rules, the chain, and each other's reports.

use super::super::*;
use eventum_primitives::{
	definition::ConsensusMode,
	report::{excuse_tag, tag, Body, Report},
	rules::count::{self, Before, Rules},
};
use sp_core::Pair;
use std::collections::{BTreeSet, HashMap};

pub(super) const FEED: FeedId = FeedId { market: 3, index: 0 };
pub(super) const GENESIS: Hash = Hash::repeat_byte(7);
pub(super) const START: Moment = 1_000_000;

/// What all members know: the rules, everybody's keys, the reports that are on somebody's disk.
pub(super) struct Book {
	pub(super) rules: Rules,
	pub(super) keys: Vec<ed25519::Pair>,
	pub(super) reports: HashMap<Hash, Report>,
	/// The newest block that each member knows as finalized.
	pub(super) finalized: Vec<u64>,
	/// The block with which the runtime's second version begins.
	pub(super) upgrade: u64,
	/// Whether members have read the block that opens a round.
	pub(super) read: bool,
	/// Who has another key in the next round than in the first.
	pub(super) rekeyed: BTreeSet<JoinIndex>,
}

/// The book as one member reads it.
pub(super) struct Reader<'a> {
	book: &'a Book,
	member: MemberIndex,
}

impl Book {
	pub(super) fn new(rules: Rules, members: u8) -> Self {
		Self {
			rules,
			keys: (0..members).map(|i| ed25519::Pair::from_seed(&[i + 1; 32])).collect(),
			reports: HashMap::new(),
			finalized: vec![9; usize::from(members)],
			upgrade: u64::MAX,
			read: true,
			rekeyed: BTreeSet::new(),
		}
	}

	pub(super) fn reader(&self, member: MemberIndex) -> Reader<'_> {
		Reader { book: self, member }
	}

	pub(super) fn sign(&self, member: MemberIndex, payload: &[u8; 32]) -> ed25519::Signature {
		self.keys[usize::from(member)].sign(payload)
	}
}

impl Rulebook for Reader<'_> {
	fn finalized(&self) -> Option<Hash> {
		Some(Hash::from_low_u64_be(self.book.finalized[usize::from(self.member)]))
	}

	fn spec_version(&self, block: &Hash) -> Option<u32> {
		let number = block.to_low_u64_be();
		let known = number <= self.book.finalized[usize::from(self.member)];
		known.then(|| 1 + u32::from(number >= self.book.upgrade))
	}

	fn evaluate(
		&self,
		_: &Hash,
		_: FeedId,
		round: Round,
		votes: Vec<Vote>,
		before: Before,
		horizon: Moment,
	) -> Option<Evaluation> {
		count::evaluate(&self.book.rules, round, &votes, &before, horizon)
	}

	fn open_round(&self, _: FeedId, _: Round, block: &Hash) -> bool {
		self.book.read && self.spec_version(block).is_some()
	}

	fn keeps_key(&self, _: FeedId, _: Round, reporter: JoinIndex) -> bool {
		!self.book.rekeyed.contains(&reporter)
	}

	fn answer(&self, _: FeedId, _: Round, report: &Hash) -> Option<Vec<u8>> {
		Some(vec![0, self.book.reports.get(report)?.body.sealed[0]])
	}

	fn sign(&self, key: &vald::Public, payload: &[u8; 32]) -> Option<ed25519::Signature> {
		let mut keys = self.book.keys.iter();
		let pair = keys.find(|pair| vald::Public::from(pair.public()) == *key)?;
		Some(pair.sign(payload))
	}
}

pub(super) fn rules(joined: u32) -> Rules {
	Rules {
		genesis: GENESIS,
		feed: FEED,
		joined,
		min_people: 1,
		end: START + 60_000,
		start: None,
		min_consensus: 2,
		consensus_rule: 666_666_667,
		mode: ConsensusMode::Final,
		share: None,
		quiet: None,
		max_rounds: 1,
		series: false,
	}
}

pub(super) fn report(round: Round, reporter: JoinIndex, answer: u8) -> Report {
	let body = Body {
		genesis: GENESIS,
		feed: FEED,
		round,
		reporter: [reporter as u8; 32].into(),
		tag: tag(&[0; 32], &GENESIS, FEED, round, &[0, answer]),
		sealed: vec![answer].try_into().unwrap(),
		sent_at: 0,
	};
	Report { body, signature: [0; 64] }
}

pub(super) fn counted(report: &Report) -> Counted {
	let Body { round, reporter, tag, .. } = &report.body;
	let reporter: &[u8; 32] = reporter.as_ref();
	let (round, tag, reporter) = (*round, *tag, u32::from(reporter[0]));
	Counted { round, hash: report.hash(), reporter, tag }
}

pub(super) fn excuse(reporter: JoinIndex) -> Report {
	let Report { body, signature } = report(0, reporter, 0);
	let tag = excuse_tag(&GENESIS, FEED);
	Report { body: Body { tag, sealed: Default::default(), ..body }, signature }
}
