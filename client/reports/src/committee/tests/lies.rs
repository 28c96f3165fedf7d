// SPDX-License-Identifier: Apache-2.0

//! The lies that members of a [`Play`] tell. A liar runs what an honest member runs; what it says is
//! twisted on its way out. Liars know each other and lie alike.

use super::{book::*, play::*};
use crate::committee::*;
use eventum_primitives::{
	log::{chain, Head},
	outcome::Outcome,
};
use eventum_wire::{
	heads,
	message::{LogUpdate, Proposal, Vote as Signed},
};
use std::collections::BTreeMap;

/// How a member lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lie {
	/// It says nothing.
	Silent,
	/// All that it says comes so much later.
	Late(Moment),
	/// It gives away no report.
	Withhold,
	/// It shows nobody its log.
	Hide,
	/// It puts up and signs wrong outcomes.
	Wrong,
	/// It shows one half of the members one outcome and the other half another, and signs both.
	TwoOutcomes,
	/// It shows one half of the members a log that lacks the reports of reporter 0.
	TwoLogs,
	/// It shows all members such a log, though it receipts those reports.
	LeaveOut,
	/// It puts up its outcomes in views far ahead, too.
	Jump,
	/// It promises for the far future.
	Future,
	/// It signs any number of things that are no outcomes.
	Junk,
}

/// A member that lies.
pub(super) struct Liar {
	lie: Lie,
	/// Its log so far.
	log: Vec<LogEntry>,
	/// The outcomes that it has seen or made.
	outcomes: BTreeMap<[u8; 32], Outcome>,
}

impl Liar {
	pub(super) fn new(lie: Lie) -> Self {
		Self { lie, log: Vec::new(), outcomes: BTreeMap::new() }
	}
}

/// What a liar says instead of an outcome.
fn wrong(outcome: &Outcome) -> Outcome {
	Outcome { agreed: outcome.agreed + 1, ..outcome.clone() }
}

impl Play {
	/// What of a message leaves its sender, and how late.
	pub(super) fn twist(
		&mut self,
		from: MemberIndex,
		to: MemberIndex,
		message: Message,
	) -> Vec<(Moment, Message)> {
		// Friends are told the truth.
		let odd = to % 2 == 1 && !self.liars.contains_key(&to);
		let Some(liar) = self.liars.get_mut(&from) else { return vec![(0, message)] };
		if let Message::Proposal(proposal) = &message {
			let payload = proposal.outcome.payload(&GENESIS);
			liar.outcomes.insert(payload, proposal.outcome.clone());
		}
		match (liar.lie, message) {
			(Lie::Silent, _) => vec![],
			(Lie::Late(late), message) => vec![(late, message)],
			(Lie::Withhold, Message::Report(_)) | (Lie::Hide, Message::Log(_)) => vec![],
			(Lie::Wrong, Message::Proposal(proposal)) => vec![(0, self.other(&proposal))],
			(Lie::TwoOutcomes, Message::Proposal(proposal)) if odd => {
				vec![(0, self.other(&proposal))]
			}
			(Lie::Wrong, Message::Vote(vote)) => self.other_vote(from, vote),
			(Lie::TwoOutcomes, Message::Vote(vote)) if odd => self.other_vote(from, vote),
			(Lie::TwoLogs, Message::Log(update)) if odd => self.other_log(from, update),
			(Lie::LeaveOut, Message::Log(update)) => self.other_log(from, update),
			(Lie::Future, Message::Log(update)) if update.head.member == from => {
				let head = Head { upto: update.head.head.upto + 1_000_000_000, ..update.head.head };
				let head = self.publish(from, head);
				vec![(0, Message::Log(LogUpdate { head, ..update }))]
			}
			(Lie::Jump, Message::Proposal(proposal)) => {
				let members = self.engines.len() as u32;
				let ahead = (1..5).map(|turn| {
					let view = proposal.outcome.view + turn * 1_000 * members;
					let outcome = Outcome { view, ..proposal.outcome.clone() };
					(0, Message::Proposal(Proposal { outcome, cut: proposal.cut.clone() }))
				});
				ahead.chain([(0, Message::Proposal(proposal.clone()))]).collect()
			}
			(_, message) => vec![(0, message)],
		}
	}

	/// What a liar says with each tick besides.
	pub(super) fn pester(&mut self, from: MemberIndex) {
		if self.liars.get(&from).is_none_or(|liar| liar.lie != Lie::Junk) {
			return;
		}
		for to in self.members().filter(|to| *to != from) {
			for number in 0..8u64 {
				let payload = *Hash::from_low_u64_be(self.now * 8 + number).as_fixed_bytes();
				let signature = self.book.sign(from, &payload);
				let (round, sequence, view) = (0, 1, number as u32);
				let vote =
					Signed { feed: FEED, round, sequence, view, payload, member: from, signature };
				self.post(from, to, Message::Vote(vote));
			}
		}
	}

	fn other(&self, proposal: &Proposal) -> Message {
		let outcome = wrong(&proposal.outcome);
		Message::Proposal(Proposal { outcome, cut: proposal.cut.clone() })
	}

	/// A vote for what liars say instead, or for nothing that anyone knows.
	fn other_vote(&mut self, from: MemberIndex, vote: Signed) -> Vec<(Moment, Message)> {
		if vote.member != from {
			return vec![(0, Message::Vote(vote))];
		}
		let outcomes = self.liars.values().find_map(|liar| liar.outcomes.get(&vote.payload));
		let payload = outcomes.map_or([9; 32], |outcome| wrong(outcome).payload(&GENESIS));
		let signature = self.book.sign(from, &payload);
		vec![(0, Message::Vote(Signed { payload, signature, ..vote }))]
	}

	/// Its log without the reports of reporter 0.
	fn other_log(&mut self, from: MemberIndex, update: LogUpdate) -> Vec<(Moment, Message)> {
		if update.head.member != from {
			return vec![(0, Message::Log(update))];
		}
		let hidden = |entry: &LogEntry| {
			let report = &self.book.reports[&entry.report];
			counted(report).reporter == 0
		};
		let liar = self.liars.get_mut(&from).expect("it is a liar");
		let known = liar.log.len().saturating_sub(update.from as usize);
		liar.log.extend(update.entries.iter().skip(known));
		let covered = &liar.log[..update.head.head.length as usize];
		let shown: Vec<LogEntry> = covered.iter().filter(|entry| !hidden(entry)).copied().collect();
		let before = covered[..update.from as usize].iter().filter(|entry| !hidden(entry)).count();
		let hash = shown.iter().fold(Hash::zero(), |hash, entry| chain(&hash, entry));
		let head = Head { length: shown.len() as u32, hash, ..update.head.head };
		let head = self.publish(from, head);
		let entries = shown[before..].to_vec();
		vec![(0, Message::Log(LogUpdate { head, from: before as u32, entries }))]
	}

	/// A head that a liar has made up, signed.
	pub(super) fn publish(&self, from: MemberIndex, head: Head) -> SignedHead {
		let sign = |payload: &[u8; 32]| Some(self.book.sign(from, payload));
		heads::sign(&GENESIS, &[(from, head)], sign).unwrap().remove(0)
	}

	/// Makes these members lie.
	pub(super) fn corrupt(&mut self, liars: impl IntoIterator<Item = MemberIndex>, lie: Lie) {
		self.liars.extend(liars.into_iter().map(|member| (member, Liar::new(lie))));
	}
}
