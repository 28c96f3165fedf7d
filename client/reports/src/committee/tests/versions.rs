// SPDX-License-Identifier: Apache-2.0

//! A runtime upgrade while a feed reports.

use super::{book::*, play::*};
use crate::committee::*;

/// Whether a member has signed anything.
fn signed(play: &Play, member: MemberIndex) -> bool {
	play.disks[usize::from(member)].iter().any(|write| matches!(write, Write::Signed(..)))
}

/// A committee whose first leader has seen the upgrade finalized, and nobody else.
fn leader_ahead() -> (Play, MemberIndex) {
	let mut play = Play::new(4, rules(4));
	play.book.upgrade = 20;
	let leader = play.setup.committee.leader(0, 0);
	play.book.finalized[usize::from(leader)] = 20;
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	(play, leader)
}

#[test]
fn members_wait_for_the_version_that_an_outcome_names() {
	let (mut play, leader) = leader_ahead();
	play.run(500, |_| false);
	let others: Vec<_> = play.members().filter(|member| *member != leader).collect();
	assert!(signed(&play, leader));
	assert!(!others.iter().any(|member| signed(&play, *member)), "they do not know the block");
	play.book.finalized = vec![20; 4];
	play.run(200, |play| play.all_have(0));
	let outcome = play.outcome(0);
	assert_eq!((outcome.spec_version, outcome.view, outcome.agreed), (2, 0, 4));
}

#[test]
fn a_leader_behind_an_upgrade_is_followed_at_the_version_of_its_block() {
	let mut play = Play::new(4, rules(4));
	play.book.upgrade = 20;
	play.book.finalized = vec![20; 4];
	let leader = play.setup.committee.leader(0, 0);
	play.book.finalized[usize::from(leader)] = 19;
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	play.run(900, |play| play.all_have(0));
	assert_eq!(play.outcome(0).spec_version, 1);
}

#[test]
fn who_stays_behind_does_not_hold_the_others_up() {
	let (mut play, _) = leader_ahead();
	let straggler = (0..4).find(|m| play.book.finalized[usize::from(*m)] < 20).unwrap();
	play.book.finalized = vec![20; 4];
	play.book.finalized[usize::from(straggler)] = 9;
	play.run(5_000, |play| play.all_have(0));
	assert_eq!(play.outcome(0).spec_version, 2);
	assert!(!signed(&play, straggler), "it took the others' certificate");
}
