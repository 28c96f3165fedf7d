// SPDX-License-Identifier: Apache-2.0

//! From a cut to a signature: the leader composes an outcome, members compose it again and sign if
//! theirs is equal. Both use [`compose`], so they can differ only in what they know.

use super::{
	cut,
	round::{RoundState, ASK_AGAIN},
	Effect, Rulebook, Setup, Write,
};
use eventum_primitives::{
	log::SignedHead,
	outcome::{Detail, Outcome, RoundResult},
	rules::count::Vote as CountVote,
	Hash, Moment,
};
use eventum_wire::{
	heads,
	message::{Proposal, Vote, MAX_WANTED},
	Message,
};
use std::collections::BTreeSet;

/// Why a proposal cannot be judged yet, or ever.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
	/// Sign it.
	Equal(Box<Detail>),
	/// Wait for what was asked for.
	Wait,
	/// It does not follow from its cut.
	Wrong(&'static str),
}

/// The reports of a cut as votes; the hashes of those that are not known here otherwise.
fn votes(
	state: &RoundState,
	setup: &Setup,
	heads: &[SignedHead],
) -> Option<Result<Vec<CountVote>, Vec<Hash>>> {
	let mut logs = Vec::with_capacity(heads.len());
	for signed in heads {
		let log = if signed.member == setup.own {
			state.own.log()
		} else {
			state.peers.get(&signed.member)?.log()
		};
		logs.push(log.prefix(&signed.head)?);
	}
	let (mut votes, mut unknown) = (Vec::new(), Vec::new());
	for (report, at) in cut::times(&logs) {
		match state.reports.get(&report) {
			Some((known, _)) => {
				votes.push(CountVote { reporter: known.reporter, tag: known.tag, at })
			}
			None => unknown.push(report),
		}
	}
	Some(if unknown.is_empty() { Ok(votes) } else { Err(unknown) })
}

/// The outcome that follows from a cut at a finalized block, with its detail.
fn compose(
	state: &RoundState,
	setup: &Setup,
	rules: &dyn Rulebook,
	heads: &[SignedHead],
	votes: Vec<CountVote>,
	block: Hash,
	view: u32,
) -> Option<(Outcome, Detail)> {
	let spec_version = rules.spec_version(&block)?;
	let horizon: Moment = cut::horizon(heads);
	let (feed, round) = (setup.feed, state.round);
	let evaluation = rules.evaluate(&block, feed, round, votes, state.before(), horizon)?;
	let answer = match evaluation.result {
		RoundResult::Agreed(tag) => {
			let report = state.answers.get(&tag)?;
			rules.answer(feed, round, report)?.try_into().ok()?
		}
		_ => Default::default(),
	};
	let outcome = Outcome {
		feed,
		round,
		sequence: state.sequence().saturating_add(1),
		view,
		block,
		spec_version,
		cut: cut::hash(heads),
		push: evaluation.push,
		result: evaluation.result,
		agreed: evaluation.agreed,
		total: evaluation.total,
		at: evaluation.at,
		first_at: evaluation.first_at,
		start_event: evaluation.start_event,
		answer,
		detail: evaluation.detail.hash(),
		excused: evaluation.excused,
	};
	Some((outcome, evaluation.detail))
}

/// Signs an outcome unless another was signed in this view; the vote to send.
fn sign(
	state: &mut RoundState,
	setup: &Setup,
	rules: &dyn Rulebook,
	outcome: &Outcome,
	detail: Detail,
	effects: &mut Vec<Effect>,
) -> Option<Vote> {
	let Outcome { sequence, view, .. } = *outcome;
	let payload = outcome.payload(&setup.genesis);
	if state.signed.get(&(sequence, view)).is_some_and(|before| *before != payload) {
		return None;
	}
	let signature = rules.sign(&setup.key, &payload)?;
	state.signed.insert((sequence, view), payload);
	effects.push(Effect::Write(Write::Signed(state.round, sequence, view, payload)));
	effects.push(Effect::Write(Write::Detail(state.round, sequence, detail.clone())));
	state.votes.learn(setup, payload, outcome, Some(detail));
	let (feed, round, member) = (setup.feed, state.round, setup.own);
	let vote = Vote { feed, round, sequence, view, payload, member, signature };
	state.votes.add(setup, &vote);
	Some(vote)
}

/// As the leader of the current view: proposes what the best q logs come to, once per view.
pub(super) fn try_propose(
	state: &mut RoundState,
	setup: &Setup,
	rules: &dyn Rulebook,
	effects: &mut Vec<Effect>,
) -> Option<Vote> {
	let view = state.view?.number;
	let sequence = state.sequence().saturating_add(1);
	if setup.committee.leader(state.round, view) != setup.own
		|| state.signed.contains_key(&(sequence, view))
	{
		return None;
	}
	// If that comes to nothing any more, another cut is made the next time.
	let (block, heads) = match state.vouched.take() {
		Some(vouched) => vouched,
		None => (rules.finalized()?, best_cut(state, setup)?),
	};
	let cut = cut::hash(&heads);
	if state.tried == Some(cut) {
		return None;
	}
	state.tried = Some(cut);
	let votes = votes(state, setup, &heads)?.ok()?;
	let (outcome, detail) = compose(state, setup, rules, &heads, votes, block, view)?;
	state.tried = None;
	let vote = sign(state, setup, rules, &outcome, detail, effects)?;
	state.vouched = Some((block, heads.clone()));
	effects.push(Effect::Broadcast(Message::Proposal(Proposal { outcome, cut: heads })));
	effects.push(Effect::Broadcast(Message::Vote(vote.clone())));
	Some(vote)
}

/// The heads of q logs whose every report is known here, of those that promise most.
fn best_cut(state: &RoundState, setup: &Setup) -> Option<Vec<SignedHead>> {
	let known = |member| {
		let (log, head) = if member == setup.own {
			(state.own.log(), state.own.head()?)
		} else {
			let peer = state.peers.get(&member)?;
			(peer.log(), peer.head()?)
		};
		let mut entries = log.prefix(&head.head)?.iter();
		entries.all(|entry| state.reports.contains_key(&entry.report)).then(|| head.clone())
	};
	let members = setup.members().filter(|member| !setup.excluded.contains(member));
	let mut heads: Vec<SignedHead> = members.filter_map(known).collect();
	heads.sort_by_key(|signed| (std::cmp::Reverse(signed.head.upto), signed.member));
	heads.truncate(setup.quorum());
	heads.sort_by_key(|signed| signed.member);
	(heads.len() == setup.quorum()).then_some(heads)
}

/// Judges the proposals that wait, asking for what is lacking; the votes that came of it.
pub(super) fn try_sign(
	state: &mut RoundState,
	setup: &Setup,
	rules: &dyn Rulebook,
	now: Moment,
	effects: &mut Vec<Effect>,
) -> Vec<Vote> {
	let mut cast = Vec::new();
	for (leader, mut waiting) in std::mem::take(&mut state.proposals) {
		let mut wants = Vec::new();
		let verdict = judge(state, setup, rules, &waiting.proposal, &mut wants);
		if now >= waiting.ask_again && !wants.is_empty() {
			waiting.ask_again = now.saturating_add(ASK_AGAIN);
			effects.append(&mut wants);
		}
		let Proposal { outcome, cut } = &waiting.proposal;
		match verdict {
			Verdict::Equal(detail) => {
				state.judged(leader, outcome.sequence, now);
				if let Some(vote) = sign(state, setup, rules, outcome, *detail, effects) {
					state.vouched = Some((outcome.block, cut.clone()));
					effects.push(Effect::Broadcast(Message::Vote(vote.clone())));
					cast.push(vote);
				}
			}
			Verdict::Wait => {
				state.proposals.insert(leader, waiting);
			}
			Verdict::Wrong(why) => {
				state.judged(leader, outcome.sequence, now);
				log::warn!(
					target: crate::LOG,
					"feed {} round {}: a proposal of view {} is refused: {why}",
					setup.feed,
					state.round,
					outcome.view,
				);
			}
		}
	}
	cast
}

/// Whether the parts of a proposal fit together; cheap things first.
pub(super) fn is_sound(setup: &Setup, proposal: &Proposal) -> bool {
	let Proposal { outcome, cut } = proposal;
	let members: BTreeSet<_> = cut.iter().map(|signed| signed.member).collect();
	cut.len() == setup.quorum()
		&& members.len() == cut.len()
		&& cut
			.iter()
			.all(|signed| signed.head.feed == outcome.feed && signed.head.round == outcome.round)
		&& cut::hash(cut) == outcome.cut
		&& cut.iter().all(|signed| heads::verify(&setup.genesis, &setup.committee, signed))
}

fn judge(
	state: &RoundState,
	setup: &Setup,
	rules: &dyn Rulebook,
	proposal: &Proposal,
	wants: &mut Vec<Effect>,
) -> Verdict {
	let Proposal { outcome, cut } = proposal;
	let (feed, round) = (setup.feed, state.round);
	let leader = setup.committee.leader(round, outcome.view);
	let votes = match votes(state, setup, cut) {
		Some(Ok(votes)) => votes,
		Some(Err(mut reports)) => {
			reports.truncate(MAX_WANTED);
			let want = Message::WantReports { feed, round, reports };
			wants.push(Effect::Send(leader, want));
			return Verdict::Wait;
		}
		None => {
			for signed in cut.iter().filter(|signed| signed.member != setup.own) {
				let log = state.peers.get(&signed.member).map(|peer| peer.log());
				let have = log.map_or(0, |log| log.len());
				if log.is_none_or(|log| log.prefix(&signed.head).is_none()) {
					let member = signed.member;
					let want = Message::WantLog { feed, round, member, from: have };
					wants.push(Effect::Send(leader, want));
				}
			}
			return Verdict::Wait;
		}
	};
	match rules.spec_version(&outcome.block) {
		None => return Verdict::Wait,
		Some(version) if version != outcome.spec_version => {
			return Verdict::Wrong("it names another runtime version than its block has")
		}
		Some(_) => {}
	}
	match compose(state, setup, rules, cut, votes, outcome.block, outcome.view) {
		Some((ours, detail)) if ours == *outcome => Verdict::Equal(Box::new(detail)),
		Some(_) => Verdict::Wrong("its cut comes to another outcome"),
		None => Verdict::Wrong("its cut comes to nothing yet"),
	}
}
