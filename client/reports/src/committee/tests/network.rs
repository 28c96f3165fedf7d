// SPDX-License-Identifier: Apache-2.0

//! Networks that lose, repeat, delay and part.

use super::{book::*, play::*};
use crate::committee::*;

/// Eight reporters give the same answer to three members each.
fn eight_reports(play: &mut Play) {
	let members = play.engines.len() as u64;
	for reporter in 0..8 {
		let first = play.dice.below(members);
		let to: Vec<_> = (0..3).map(|i| ((first + i) % members) as MemberIndex).collect();
		play.report(&to, 0, reporter, 1);
		play.run(7, |_| false);
	}
}

#[test]
fn loss_delay_repetition_and_disorder_cost_time_only() {
	for members in [4, 7, 10] {
		for seed in 0..6 {
			let mut play = Play::seeded(members, rules(8), seed);
			play.net = Net { delay: (20, 150), lose: 50, twice: 100, sides: None };
			eight_reports(&mut play);
			play.run(60_000, |play| play.all_have(0));
			assert_eq!(play.outcome(0).agreed, 8, "{members} members, seed {seed}");
			assert!(play.convicted().is_empty());
		}
	}
}

#[test]
fn halves_decide_nothing_alone_and_agree_when_they_meet() {
	for members in [4u8, 7, 10] {
		for seed in 0..4 {
			let mut play = Play::seeded(members, rules(8), seed);
			play.net.sides = Some((0..members).map(|member| member % 2).collect());
			eight_reports(&mut play);
			play.run(8_000, |_| false);
			assert!(play.certificates.iter().all(|known| known.is_empty()), "no half is a quorum");
			play.net.sides = None;
			play.run(60_000, |play| play.all_have(0));
			assert_eq!(play.outcome(0).agreed, 8, "{members} members, seed {seed}");
			assert!(play.convicted().is_empty());
		}
	}
}

#[test]
fn a_minority_that_was_cut_off_learns_what_came_of_it() {
	for (members, cut_off) in [(4, 1), (7, 2), (10, 3)] {
		let mut play = Play::seeded(members, rules(8), 5);
		play.net.sides = Some((0..members).map(|member| u8::from(member < cut_off)).collect());
		for reporter in 0..8 {
			play.report(&[cut_off, cut_off + 1], 0, reporter, 1);
		}
		let others = cut_off..members;
		play.run(30_000, |play| others.clone().all(|m| play.final_of(m, 0).is_some()));
		assert!((0..cut_off).all(|member| play.final_of(member, 0).is_none()));
		play.net.sides = None;
		play.run(5_000, |play| play.all_have(0));
		assert_eq!(play.outcome(0).agreed, 8);
	}
}
