// SPDX-License-Identifier: Apache-2.0

//! What members sign, and what they do not.

use super::{book::*, lies::Lie, play::*};
use crate::committee::*;
use eventum_primitives::{outcome::RoundResult, rules::count::Rules};
use eventum_wire::message::Proposal;

/// What the members would sign if they believed the leader of view 0.
fn lie(play: &mut Play, change: impl Fn(&mut eventum_wire::message::Proposal)) -> bool {
	let leader = play.setup.committee.leader(0, 0);
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	// Members 0..4 publish their logs; nobody proposes, for the leader says nothing.
	let mut proposal = None;
	for _ in 0..200 {
		play.run(1, |_| false);
		play.queue.retain(|(_, from, _, message)| {
			if let (true, Message::Proposal(honest)) = (*from == leader, message) {
				proposal = Some(honest.clone());
			}
			*from != leader || !matches!(message, Message::Proposal(_) | Message::Vote(_))
		});
		if proposal.is_some() {
			break;
		}
	}
	let mut proposal = proposal.expect("the leader proposes");
	change(&mut proposal);
	let payload = proposal.outcome.payload(&GENESIS);
	let target = (leader + 1) % 4;
	let before = play.disks[usize::from(target)].len();
	play.deliver(leader, target, Message::Proposal(proposal));
	play.disks[usize::from(target)][before..]
		.iter()
		.any(|write| matches!(write, Write::Signed(_, _, _, signed) if *signed == payload))
}

#[test]
fn members_sign_nothing_but_what_the_cut_comes_to() {
	let play = || Play::new(4, rules(4));
	assert!(lie(&mut play(), |_| {}), "the honest proposal is signed");
	assert!(!lie(&mut play(), |proposal| proposal.outcome.result = RoundResult::None));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.agreed -= 1));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.spec_version += 1));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.detail = Hash::zero()));
	assert!(!lie(&mut play(), |proposal| {
		proposal.cut.pop();
	}));
	assert!(!lie(&mut play(), |proposal| {
		proposal.cut[0].head.upto += 1;
		proposal.outcome.cut = cut::hash(&proposal.cut);
	}));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.view = 1), "it does not lead that view");
}

#[test]
fn certificates_of_two_views_say_the_same() {
	let mut play = Play::new(4, Rules { quiet: Some(300), ..rules(5) });
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	// The votes of the first view are lost; meanwhile logs go on.
	let mut proposals: Vec<Proposal> = Vec::new();
	while proposals.iter().all(|proposal| proposal.outcome.view == 0) {
		play.run(1, |_| false);
		assert!(play.now < START + 10_000, "a second view comes");
		if play.now == START + 900 {
			play.report(&[0], 0, 4, 0);
		}
		play.queue.retain(|(_, _, _, message)| {
			if let Message::Proposal(proposal) = message {
				proposals.push(proposal.clone());
			}
			!matches!(message, Message::Vote(_))
		});
	}
	let (first, second) = (&proposals[0].outcome, &proposals.last().unwrap().outcome);
	assert_eq!(second.view, 1);
	let same = eventum_primitives::outcome::Outcome { view: 0, ..second.clone() };
	assert_eq!(*first, same);
	play.run(10_000, |play| play.all_have(0));
	assert_eq!(play.outcome(0).agreed, 4);
}

#[test]
fn a_leader_is_heard_in_any_view_but_takes_nobody_there() {
	let mut play = Play::new(4, rules(4));
	let leader = play.setup.committee.leader(0, 0);
	play.corrupt([leader], Lie::Jump);
	// Its friends in the far views are the only ones that it talks to.
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	for _ in 0..900 {
		play.run(1, |_| false);
		play.queue.retain(|(_, from, _, message)| match message {
			Message::Proposal(proposal) => *from != leader || proposal.outcome.view > 0,
			Message::Vote(vote) => vote.view == 0 || *from != leader,
			_ => true,
		});
	}
	// The others go on in their own views and certify there.
	play.run(10_000, |play| play.all_have(0));
	assert_eq!(play.outcome(0).agreed, 4);
}

#[test]
fn a_leader_that_proposes_without_end_gets_few_signatures() {
	let mut play = Play::new(4, rules(4));
	let leader = play.setup.committee.leader(0, 0);
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	let mut proposal = None;
	while proposal.is_none() {
		play.run(1, |_| false);
		play.queue.retain(|(_, _, _, message)| {
			if let Message::Proposal(honest) = message {
				proposal = Some(honest.clone());
			}
			!matches!(message, Message::Proposal(_) | Message::Vote(_))
		});
	}
	let proposal = proposal.unwrap();
	let target = (leader + 1) % 4;
	for turn in 0..100 {
		let outcome =
			eventum_primitives::outcome::Outcome { view: turn * 4, ..proposal.outcome.clone() };
		let cut = proposal.cut.clone();
		play.deliver(leader, target, Message::Proposal(Proposal { outcome, cut }));
		play.now += 1;
	}
	let disk = &play.disks[usize::from(target)];
	let signed = disk.iter().filter(|write| matches!(write, Write::Signed(..))).count();
	assert_eq!(signed, 1, "one in half a second");
}
