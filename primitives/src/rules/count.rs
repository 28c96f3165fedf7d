// SPDX-License-Identifier: Apache-2.0

//! What a count means: whether a round is decided, and how.
//!
//! [`evaluate`] is a pure function of the votes with their times: it finds the earliest moment at
//! which something must be pushed. [`decide`] tells, from a running tally and a clock, whether it is
//! worth evaluating; what it says binds nobody.

use super::{agreement::agrees, reward::lower_median};
use crate::{
	bits::Bits,
	definition::{ConsensusMode, Definition, EventKind},
	outcome::{Detail, EndedBy, Push, RoundResult},
	report::{excuse_tag, marker_tag, Tag},
	value::Answer,
	FeedId, Hash, JoinIndex, Moment, Ppb, Round, PPB,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::BoundedVec;

/// Least time between two confirmations.
pub const CONFIRMATION_INTERVAL: Moment = 1_000;

/// A report as the count sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Vote {
	/// Whose.
	pub reporter: JoinIndex,
	/// For what.
	pub tag: Tag,
	/// When, by the cut.
	pub at: Moment,
}

/// What the last push of the round said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Previous {
	/// The moment that it was counted at.
	pub at: Moment,
	/// Its result.
	pub result: RoundResult,
	/// How many agreed.
	pub agreed: u32,
}

/// What earlier outcomes of the feed say, and a count goes on from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Before {
	/// What the last push of the round said.
	pub previous: Option<Previous>,
	/// Who was excused by the end of the first round; nobody while that one is counted.
	pub excused: Bits,
}

/// What a round is counted by: the part of a feed's definition and state that matters here.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Rules {
	/// Hash of the chain's first block.
	pub genesis: Hash,
	/// The feed.
	pub feed: FeedId,
	/// Reporters that joined.
	pub joined: u32,
	/// Reporters that are needed.
	pub min_people: u32,
	/// The feed's absolute end.
	pub end: Moment,
	/// The definition's start of the event, if it has one.
	pub start: Option<Moment>,
	/// Votes that must agree.
	pub min_consensus: u32,
	/// The share they must exceed.
	pub consensus_rule: Ppb,
	/// When results are pushed.
	pub mode: ConsensusMode,
	/// Share of the joined that ends a round.
	pub share: Option<Ppb>,
	/// Silence that ends a round.
	pub quiet: Option<Moment>,
	/// Rounds at most.
	pub max_rounds: u32,
	/// Whether an answer can say that the series is over.
	pub series: bool,
}

/// A decided push, without the parts that only the node knows.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Evaluation {
	/// Why it is pushed.
	pub push: Push,
	/// What the votes come to.
	pub result: RoundResult,
	/// Votes for the result.
	pub agreed: u32,
	/// Votes counted.
	pub total: u32,
	/// The moment it is counted at.
	pub at: Moment,
	/// Arrival of the first counted report, `at` if there is none.
	pub first_at: Moment,
	/// When the event was.
	pub start_event: Moment,
	/// Who voted, who agreed, and when.
	pub detail: Detail,
	/// Who is excused.
	pub excused: Bits,
}

impl Rules {
	/// The rules of a feed that reports from `start` on.
	pub fn new(
		genesis: Hash,
		feed: FeedId,
		definition: &Definition,
		joined: u32,
		start: Moment,
	) -> Self {
		Self {
			genesis,
			feed,
			joined,
			min_people: definition.min_people,
			end: definition.end(start),
			start: definition.reporting_timestamp,
			min_consensus: definition.min_consensus,
			consensus_rule: definition.consensus_rule,
			mode: definition.consensus_mode,
			share: definition.stop_voting.share,
			quiet: definition.stop_voting.quiet,
			max_rounds: definition.max_rounds(),
			series: definition.event != EventKind::Single,
		}
	}

	/// What agreement on `tag` means in `round`.
	pub fn meaning(&self, round: Round, tag: Tag) -> RoundResult {
		let is = |answer| marker_tag(&self.genesis, self.feed, round, &answer) == Some(tag);
		if is(Answer::Undetermined) {
			RoundResult::Undetermined
		} else if self.series && is(Answer::Stop) {
			RoundResult::Stop
		} else {
			RoundResult::Agreed(tag)
		}
	}

	/// Whether so many are excused that too few are left.
	pub fn is_deserted(&self, excused: u32) -> bool {
		excused > 0 && self.joined.saturating_sub(excused) < self.min_people
	}

	/// Whether so many votes and excuses end a round at once, and by what.
	fn ended_by_votes(&self, voted: u32, excused: u32) -> Option<EndedBy> {
		let shared = |share: Ppb| {
			voted >= self.min_consensus
				&& u64::from(voted) * u64::from(PPB) >= u64::from(share) * u64::from(self.joined)
		};
		if self.is_deserted(excused) {
			Some(EndedBy::Excuses)
		} else if voted.saturating_add(excused) >= self.joined && voted > 0 {
			Some(EndedBy::All)
		} else if self.share.is_some_and(shared) {
			Some(EndedBy::Share)
		} else {
			None
		}
	}

	/// When time alone ends a round whose last report came at `last`, and by what.
	fn ended_by_time(&self, last: Option<Moment>) -> (Moment, EndedBy) {
		match (last, self.quiet) {
			(Some(last), Some(quiet)) if last.saturating_add(quiet) < self.end => {
				(last.saturating_add(quiet), EndedBy::Quiet)
			}
			_ => (self.end, EndedBy::At),
		}
	}

	/// Whether the end of `round` with `result` is the end of the feed.
	pub fn ends_feed(&self, round: Round, result: &RoundResult, ended_by: EndedBy) -> bool {
		round.saturating_add(1) >= self.max_rounds
			|| *result == RoundResult::Stop
			|| matches!(ended_by, EndedBy::At | EndedBy::Excuses)
	}

	/// What `agreed` votes for the leading `result` of `total` come to.
	fn outcome(&self, result: RoundResult, agreed: u32, total: u32) -> RoundResult {
		if agrees(agreed, total, self.min_consensus, self.consensus_rule) {
			result
		} else {
			RoundResult::None
		}
	}
}

/// The votes counted so far.
#[derive(Default)]
struct Tally {
	/// Each counted reporter's tag and time.
	votes: BTreeMap<JoinIndex, (Tag, Moment)>,
	/// Reporters with two answers: neither counts.
	double: BTreeSet<JoinIndex>,
	/// Reporters that said they cannot report: nothing that they say later counts.
	excused: BTreeSet<JoinIndex>,
	counts: BTreeMap<Tag, u32>,
}

impl Tally {
	fn add(&mut self, vote: &Vote) {
		let Vote { reporter, tag, at } = *vote;
		if self.double.contains(&reporter) {
			return;
		}
		match self.votes.get(&reporter).copied() {
			Some((earlier, _)) if earlier == tag => {}
			Some((earlier, _)) => {
				self.votes.remove(&reporter);
				self.double.insert(reporter);
				if let Some(count) = self.counts.get_mut(&earlier) {
					*count = count.saturating_sub(1);
				}
			}
			None => {
				self.votes.insert(reporter, (tag, at));
				let count = self.counts.entry(tag).or_default();
				*count = count.saturating_add(1);
			}
		}
	}

	/// Excuses a reporter that has said nothing yet.
	fn excuse(&mut self, reporter: JoinIndex) {
		if !self.votes.contains_key(&reporter) && !self.double.contains(&reporter) {
			self.excused.insert(reporter);
		}
	}

	/// The tag with the most votes, ties to the smaller tag: with a rule of at least half no tie
	/// can be an agreement.
	fn leading(&self) -> Option<(Tag, u32)> {
		self.counts
			.iter()
			.filter(|(_, count)| **count > 0)
			.max_by_key(|(tag, count)| (**count, core::cmp::Reverse(**tag)))
			.map(|(tag, count)| (*tag, *count))
	}

	fn total(&self) -> u32 {
		self.votes.len() as u32
	}

	fn excuses(&self) -> u32 {
		self.excused.len() as u32
	}
}

/// Finds the earliest push after the previous one that the votes call for, looking no further than
/// `horizon`. Votes after it are ignored, as are votes of indices beyond the joined and of the excused.
///
/// An excuse is a vote with [`excuse_tag`]. It is heeded in the first round, if its reporter has said
/// nothing before.
pub fn evaluate(
	rules: &Rules,
	round: Round,
	votes: &[Vote],
	before: &Before,
	horizon: Moment,
) -> Option<Evaluation> {
	let previous = before.previous;
	let excuse = excuse_tag(&rules.genesis, rules.feed);
	let mut ordered: Vec<&Vote> =
		votes.iter().filter(|vote| vote.at <= horizon && vote.reporter < rules.joined).collect();
	ordered.sort_unstable_by_key(|vote| (vote.at, vote.reporter, vote.tag));
	let excused = before.excused.iter().filter(|index| *index < rules.joined).collect();
	let mut tally = Tally { excused, ..Default::default() };
	let mut last = None;
	for group in ordered.chunk_by(|one, other| one.at == other.at) {
		let now = group.first()?.at;
		let (deadline, ended_by) = rules.ended_by_time(last);
		if deadline < now {
			return Some(finish(rules, round, &tally, deadline, ended_by));
		}
		for vote in group {
			if vote.tag == excuse {
				if round == 0 {
					tally.excuse(vote.reporter);
				}
			} else if !tally.excused.contains(&vote.reporter) {
				tally.add(vote);
				last = Some(now);
			}
		}
		if let Some(ended_by) = rules.ended_by_votes(tally.total(), tally.excuses()) {
			if ended_by == EndedBy::Excuses {
				// The feed comes to nothing, so nothing is counted.
				tally = Tally { excused: tally.excused, ..Default::default() };
			}
			return Some(finish(rules, round, &tally, now, ended_by));
		}
		if previous.is_none_or(|previous| now > previous.at) {
			if let Some(push) = interim(rules, round, &tally, previous, now) {
				return Some(push);
			}
		}
	}
	let (deadline, ended_by) = rules.ended_by_time(last);
	(deadline <= horizon).then(|| finish(rules, round, &tally, deadline, ended_by))
}

/// What the tally comes to: result, votes for it.
fn standing(rules: &Rules, round: Round, tally: &Tally) -> (RoundResult, u32) {
	let Some((tag, agreed)) = tally.leading() else { return (RoundResult::None, 0) };
	match rules.outcome(rules.meaning(round, tag), agreed, tally.total()) {
		RoundResult::None => (RoundResult::None, 0),
		result => (result, agreed),
	}
}

/// A push before the round is over, if the definition asks for such and there is news.
fn interim(
	rules: &Rules,
	round: Round,
	tally: &Tally,
	previous: Option<Previous>,
	now: Moment,
) -> Option<Evaluation> {
	if rules.mode == ConsensusMode::Final {
		return None;
	}
	let (result, agreed) = standing(rules, round, tally);
	let push = interim_push(&result, agreed, previous, now)?;
	Some(evaluation(rules, round, tally, now, push))
}

fn interim_push(
	result: &RoundResult,
	agreed: u32,
	previous: Option<Previous>,
	now: Moment,
) -> Option<Push> {
	match previous {
		None => (*result != RoundResult::None).then_some(Push::Provisional),
		Some(previous) if previous.result != *result => Some(Push::Corrected),
		Some(previous) => {
			let due = now >= previous.at.saturating_add(CONFIRMATION_INTERVAL);
			(due && agreed > previous.agreed).then_some(Push::Confirmed)
		}
	}
}

fn finish(rules: &Rules, round: Round, tally: &Tally, at: Moment, ended_by: EndedBy) -> Evaluation {
	let (result, _) = standing(rules, round, tally);
	let ends_feed = rules.ends_feed(round, &result, ended_by);
	evaluation(rules, round, tally, at, Push::Final { ended_by, ends_feed })
}

fn evaluation(rules: &Rules, round: Round, tally: &Tally, at: Moment, push: Push) -> Evaluation {
	let (result, agreed) = standing(rules, round, tally);
	let leading = tally.leading().map(|(tag, _)| tag);
	let agreeing = |tag: &Tag| result == RoundResult::None || Some(*tag) == leading;
	let first_at = tally.votes.values().map(|(_, at)| *at).min().unwrap_or(at);
	let mut times: Vec<Moment> =
		tally.votes.values().filter(|(tag, _)| agreeing(tag)).map(|(_, at)| *at).collect();
	times.sort_unstable();
	let start_event = rules.start.or_else(|| lower_median(&times)).unwrap_or(at);
	let (mut voted, mut agreed_bits) = (Bits::new(rules.joined), Bits::new(rules.joined));
	let mut offsets = Vec::with_capacity(tally.votes.len());
	for (reporter, (tag, at)) in &tally.votes {
		voted.set(*reporter);
		if agreeing(tag) {
			agreed_bits.set(*reporter);
		}
		let offset = at.saturating_sub(first_at);
		offsets.push(Compact(u32::try_from(offset).unwrap_or(u32::MAX)));
	}
	Evaluation {
		push,
		result,
		agreed,
		total: tally.total(),
		at,
		first_at,
		start_event,
		detail: Detail { voted, agreed: agreed_bits, times: BoundedVec::truncate_from(offsets) },
		excused: Bits::of(rules.joined, tally.excused.iter().copied()),
	}
}

/// A running tally, as a member keeps it between evaluations.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Summary {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// The tag with the most votes and their number.
	pub leading: Option<(Tag, u32)>,
	/// Reporters that voted.
	pub voted: u32,
	/// Reporters that are excused.
	pub excused: u32,
	/// Arrival of the newest report that is no excuse.
	pub last: Option<Moment>,
	/// What the last push said.
	pub previous: Option<Previous>,
	/// The member's clock.
	pub now: Moment,
}

/// What a running tally seems to call for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Decision {
	/// Nothing yet; without new reports look again at this time.
	Open {
		/// When time alone may decide.
		until: Moment,
	},
	/// A push before the round is over.
	Interim,
	/// The round is over.
	Concluded,
}

/// Tells whether a round is worth evaluating.
pub fn decide(rules: &Rules, summary: &Summary) -> Decision {
	let Summary { feed: _, round, leading, voted, excused, last, previous, now } = summary;
	let (deadline, _) = rules.ended_by_time(*last);
	if rules.ended_by_votes(*voted, *excused).is_some() || *now >= deadline {
		return Decision::Concluded;
	}
	if rules.mode == ConsensusMode::Confirmations {
		let (tag, votes) = leading.unwrap_or_default();
		let (result, agreed) = match rules.outcome(rules.meaning(*round, tag), votes, *voted) {
			RoundResult::None => (RoundResult::None, 0),
			result => (result, votes),
		};
		let last = last.unwrap_or(*now);
		if interim_push(&result, agreed, *previous, last).is_some() {
			return Decision::Interim;
		}
	}
	Decision::Open { until: deadline }
}

#[cfg(test)]
mod tests;
