// SPDX-License-Identifier: Apache-2.0

//! Members that are killed at any moment and start again with what is on their disks.

use super::{book::*, play::*};
use crate::committee::*;

/// A kill at a random moment.
fn any_kill(play: &mut Play) -> Kill {
	let members = play.engines.len() as u64;
	let point = match play.dice.below(4) {
		0 => Point::BeforeCommit,
		1 => Point::BeforeSending,
		_ => Point::WhileSending(play.dice.below(6) as usize),
	};
	let member = play.dice.below(members) as MemberIndex;
	Kill { member, after: play.dice.below(120), point }
}

/// The reports that stand on a member's disk: what it has receipted, or may have.
fn kept(play: &Play) -> BTreeSet<Hash> {
	let entry = |write: &Write| match write {
		Write::Entry(_, _, entry) => Some(entry.report),
		_ => None,
	};
	play.disks.iter().flatten().filter_map(entry).collect()
}

#[test]
fn a_member_that_restarts_keeps_its_word() {
	let mut play = Play::new(4, rules(6));
	for reporter in 0..5 {
		play.report(&[0, 1, 2], 0, reporter, 1);
	}
	play.run(100, |_| false);
	let restored = play.restored(1);
	let head = restored.head.clone().unwrap();
	assert_eq!(restored.entries.len(), 5);
	play.restart(1);
	play.report(&[1, 2, 3], 0, 5, 1);
	play.run(10_000, |play| play.all_have(0));
	assert_eq!(play.outcome(0).agreed, 6);
	let promised = |write: &Write| match write {
		Write::Head(signed) => Some(signed.head),
		_ => None,
	};
	let numbers: Vec<_> = play.disks[1].iter().filter_map(promised).map(|h| h.number).collect();
	assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "no number is used twice");
	assert!(numbers.last() > Some(&head.head.number));
}

#[test]
fn a_clock_that_goes_back_breaks_no_promise() {
	let mut play = Play::new(4, rules(6));
	for reporter in 0..6 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
		play.run(50, |_| false);
		play.now -= 45;
	}
	play.run(10_000, |play| play.all_have(0));
	assert_eq!(play.outcome(0).agreed, 6);
	assert!(play.convicted().is_empty());
	for disk in &play.disks {
		let mut promised = 0;
		for write in disk {
			match write {
				Write::Head(signed) => promised = signed.head.upto,
				Write::Entry(_, _, entry) => assert!(entry.at > promised),
				_ => {}
			}
		}
	}
}

#[test]
fn nothing_that_is_kept_is_lost_whenever_a_member_is_killed() {
	for seed in 0..60 {
		let members = [4, 7, 10][seed as usize % 3];
		let mut play = Play::seeded(members, rules(6), seed);
		let kill = any_kill(&mut play);
		play.kill = Some(kill);
		for reporter in 0..6 {
			let first = play.dice.below(u64::from(members)) as MemberIndex;
			let to = [first, (first + 1) % members, (first + 2) % members];
			play.report(&to, 0, reporter, 1);
			play.run(15, |_| false);
		}
		let down = play.dice.below(3_000);
		play.run(down, |_| false);
		if play.engines[usize::from(kill.member)].is_none() {
			play.restart(kill.member);
		}
		play.kill = None;
		play.run(60_000, |play| play.all_have(0));
		let outcome = play.outcome(0);
		assert_eq!(outcome.agreed as usize, kept(&play).len(), "seed {seed}: {kill:?}");
		assert_eq!(outcome.agreed, 6, "seed {seed}: two others have every report");
		assert!(play.convicted().is_empty());
	}
}

#[test]
fn a_committee_that_is_killed_again_and_again_comes_to_its_outcome() {
	for seed in 100..116 {
		let mut play = Play::seeded(4, rules(6), seed);
		for reporter in 0..6 {
			play.report(&[0, 1, 2, 3], 0, reporter, 1);
		}
		for _ in 0..12 {
			let kill = any_kill(&mut play);
			play.kill = Some(Kill { after: kill.after / 4, ..kill });
			let up = play.dice.below(400);
			play.run(up, |_| false);
			for member in play.members() {
				if play.engines[usize::from(member)].is_none() && play.dice.happens(700) {
					play.restart(member);
				}
			}
		}
		play.kill = None;
		for member in play.members() {
			if play.engines[usize::from(member)].is_none() {
				play.restart(member);
			}
		}
		play.run(120_000, |play| play.all_have(0));
		assert_eq!(play.outcome(0).agreed as usize, kept(&play).len(), "seed {seed}");
		assert!(play.convicted().is_empty(), "seed {seed}");
	}
}

#[test]
fn a_member_that_was_killed_remembers_who_lied() {
	let mut play = Play::new(4, rules(4));
	let liar = play.setup.committee.leader(0, 0);
	play.corrupt([liar], super::lies::Lie::TwoOutcomes);
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	play.run(20_000, |play| play.all_have(0));
	assert_eq!(play.convicted(), [liar].into());
	let other = (liar + 1) % 4;
	assert_eq!(play.restored(other).excluded, [liar].into());
}
