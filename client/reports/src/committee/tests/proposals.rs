// SPDX-License-Identifier: Apache-2.0

//! What members sign, and what they do not.

use super::{book::*, lies::Lie, play::*};
use crate::committee::*;
use eventum_primitives::{
	outcome::{Certificate, RoundResult},
	rules::count::Rules,
};
use eventum_wire::message::{Proposal, Vote as Signed};
use std::collections::BTreeMap;

/// What the leader of view 0 proposes when all have voted; nobody else gets it.
fn proposed(play: &mut Play, leader: MemberIndex) -> Proposal {
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
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
	proposal.expect("the leader proposes")
}

/// What a member has signed, as it stands on its disk.
fn signed(play: &Play, member: MemberIndex) -> Vec<[u8; 32]> {
	let payload = |write: &Write| match write {
		Write::Signed(_, _, _, payload) => Some(*payload),
		_ => None,
	};
	play.disks[usize::from(member)].iter().filter_map(payload).collect()
}

/// Whether a member would sign what the leader of view 0 makes of its proposal.
fn lie(play: &mut Play, change: impl Fn(&mut Proposal)) -> bool {
	let leader = play.setup.committee.leader(0, 0);
	let mut proposal = proposed(play, leader);
	change(&mut proposal);
	let payload = proposal.outcome.payload(&GENESIS);
	let target = (leader + 1) % 4;
	play.deliver(leader, target, Message::Proposal(proposal));
	signed(play, target).contains(&payload)
}

/// Lets an outcome name the cut that comes with it.
fn recut(proposal: &mut Proposal) {
	proposal.outcome.cut = cut::hash(&proposal.cut);
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
	let few = |proposal: &mut Proposal| {
		proposal.cut.pop();
		recut(proposal);
	};
	assert!(!lie(&mut play(), few), "logs of fewer members than a quorum");
	let twice = |proposal: &mut Proposal| {
		proposal.cut[1] = proposal.cut[0].clone();
		recut(proposal);
	};
	assert!(!lie(&mut play(), twice), "one log twice");
	let forged = |proposal: &mut Proposal| {
		proposal.cut[0].head.upto += 1;
		recut(proposal);
	};
	let mut deceived = play();
	assert!(!lie(&mut deceived, forged), "a promise that nobody made");
	assert!(deceived.faults.iter().all(BTreeMap::is_empty), "nobody is accused of it");
	assert!(!lie(&mut play(), |proposal| proposal.outcome.view = 1), "it does not lead that view");
}

#[test]
fn a_member_signs_one_outcome_in_a_view_also_after_a_restart() {
	let mut play = Play::new(4, rules(4));
	let leader = play.setup.committee.leader(0, 0);
	let one = proposed(&mut play, leader);
	play.run(5, |_| false);
	// By the log of the member that was left out the votes come to the same: as good an outcome.
	let is_in_cut = |member: &MemberIndex| one.cut.iter().any(|head| head.member == *member);
	let left_out = play.members().find(|member| !is_in_cut(member)).unwrap();
	let newest = play.disks[usize::from(left_out)].iter().rev().find_map(|write| match write {
		Write::Head(head) => Some(head.clone()),
		_ => None,
	});
	let mut other = one.clone();
	other.cut[0] = newest.unwrap();
	other.cut.sort_by_key(|head| head.member);
	recut(&mut other);
	let [one, other] = [one, other].map(Message::Proposal);
	let [first, second] = [(leader + 1) % 4, (leader + 2) % 4];

	play.deliver(leader, first, one.clone());
	let payload = signed(&play, first);
	assert_eq!(payload.len(), 1);
	play.deliver(leader, first, other.clone());
	assert_eq!(signed(&play, first), payload);
	play.restart(first);
	play.run(30, |_| false);
	play.deliver(leader, first, other.clone());
	assert_eq!(signed(&play, first), payload, "what was signed is remembered");
	play.deliver(leader, second, other);
	assert_eq!(signed(&play, second).len(), 1, "who has signed nothing signs it");
	assert_ne!(signed(&play, second), payload);
}

#[test]
fn forged_votes_and_certificates_are_not_taken() {
	let mut play = Play::new(4, rules(4));
	let leader = play.setup.committee.leader(0, 0);
	let proposal = proposed(&mut play, leader);
	let (outcome, payload) = (proposal.outcome.clone(), proposal.outcome.payload(&GENESIS));
	let target = (leader + 1) % 4;
	let vote = |play: &Play, member, by| {
		let (round, sequence, view) = (0, 1, 0);
		let signature = play.book.sign(by, &payload);
		Message::Vote(Signed { feed: FEED, round, sequence, view, payload, member, signature })
	};
	play.deliver(leader, target, Message::Proposal(proposal));
	// The leader votes in the name of all, and makes certificates of that.
	let others: Vec<_> = play.members().filter(|member| *member != target).collect();
	for member in &others {
		let forged = vote(&play, *member, leader);
		play.deliver(leader, target, forged);
	}
	let signature = play.book.sign(leader, &payload);
	let all = play.members().map(|member| (member, signature)).collect::<Vec<_>>();
	for signatures in [all, vec![(leader, signature)], vec![(leader, signature); 3], vec![]] {
		let signatures = signatures.try_into().unwrap();
		let forged = Certificate { outcome: outcome.clone(), signatures };
		play.deliver(leader, target, Message::Certificate(forged));
	}
	assert!(play.certificates[usize::from(target)].is_empty());
	for member in others {
		let honest = vote(&play, member, member);
		play.deliver(member, target, honest);
	}
	assert_eq!(play.certificates[usize::from(target)][&(0, 1)].signatures.len(), 4);
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
