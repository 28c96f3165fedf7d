// SPDX-License-Identifier: Apache-2.0

//! As many liars as a committee bears: the outcome is right, there is one, and no honest member is
//! ever proven false.

use super::{book::*, lies::Lie, play::*};
use crate::committee::*;
use eventum_primitives::{
	outcome::RoundResult,
	rules::{count::Rules, quorum::faults},
};

const LIES: [Lie; 11] = [
	Lie::Silent,
	Lie::Late(700),
	Lie::Withhold,
	Lie::Hide,
	Lie::Wrong,
	Lie::TwoOutcomes,
	Lie::TwoLogs,
	Lie::LeaveOut,
	Lie::Jump,
	Lie::Future,
	Lie::Junk,
];

/// A committee with as many liars as it bears, the first leader among them.
fn corrupted(members: u8, rules: Rules, lie: Lie, seed: u64) -> Play {
	let mut play = Play::seeded(members, rules, seed);
	let first = play.setup.committee.leader(0, 0);
	let liars = (0..faults(u32::from(members))).map(|i| (first + i as u8 * 2) % members);
	play.corrupt(liars, lie);
	play
}

/// Each reporter gives its report to one member more than may lie.
fn eight_reports(play: &mut Play, answer: impl Fn(u32) -> u8) {
	let members = play.engines.len() as u32;
	for reporter in 0..8 {
		let first = play.dice.below(u64::from(members)) as u32;
		let to: Vec<_> =
			(0..=faults(members)).map(|i| ((first + i) % members) as MemberIndex).collect();
		play.report(&to, 0, reporter, answer(reporter));
		play.run(9, |_| false);
	}
}

#[test]
fn liars_change_no_outcome() {
	for members in [4, 7, 10] {
		for (lie, seed) in LIES.into_iter().zip(0..) {
			println!("{members} members, {lie:?}");
			let mut play = corrupted(members, rules(8), lie, seed);
			eight_reports(&mut play, |reporter| u8::from(reporter < 6));
			play.run(30_000, |play| play.all_have(0));
			let outcome = play.outcome(0);
			assert_eq!((outcome.agreed, outcome.total), (6, 8), "{members} members, {lie:?}");
			assert_eq!(outcome.answer.to_vec(), [0, 1]);
			play.convicted();
		}
	}
}

#[test]
fn liars_change_no_outcome_in_a_bad_network() {
	for members in [4, 7] {
		for (lie, seed) in LIES.into_iter().zip(50..) {
			println!("{members} members, {lie:?}");
			let mut play = corrupted(members, rules(8), lie, seed);
			play.net = Net { delay: (10, 90), lose: 20, twice: 50, sides: None };
			eight_reports(&mut play, |_| 1);
			play.run(60_000, |play| play.all_have(0));
			assert_eq!(play.outcome(0).agreed, 8, "{members} members, {lie:?}");
			play.convicted();
		}
	}
}

#[test]
fn liars_do_not_stop_a_series() {
	for (lie, seed) in LIES.into_iter().zip(90..) {
		let rules = Rules { max_rounds: 3, series: true, ..rules(4) };
		let mut play = corrupted(4, rules, lie, seed);
		let honest = play.honest();
		for round in 0..3 {
			for reporter in 0..4 {
				play.report(&honest[..2], round, reporter, 1);
			}
			play.run(20_000, |play| play.all_have(round));
			assert!(matches!(play.outcome(round).result, RoundResult::Agreed(_)), "{lie:?}");
		}
		play.convicted();
	}
}

#[test]
fn a_leader_and_its_friends_who_sign_twice_are_convicted() {
	for members in [4, 7, 10] {
		let mut play = corrupted(members, rules(8), Lie::TwoOutcomes, 3);
		eight_reports(&mut play, |_| 1);
		play.run(30_000, |play| play.all_have(0));
		play.run(500, |_| false);
		let liars: BTreeSet<_> = play.liars.keys().copied().collect();
		assert_eq!(play.convicted(), liars, "{members} members");
		// Every honest member has what the chain needs.
		for member in play.honest() {
			let known: BTreeSet<_> = play.faults[usize::from(member)].keys().copied().collect();
			assert_eq!(known, liars, "member {member} of {members}");
		}
	}
}

#[test]
fn who_promises_most_and_shows_two_logs_is_convicted_and_left_out() {
	for members in [4, 7, 10] {
		let mut play = corrupted(members, rules(8), Lie::TwoLogs, 4);
		eight_reports(&mut play, |_| 1);
		play.run(30_000, |play| play.all_have(0));
		play.run(2_000, |_| false);
		let convicted = play.convicted();
		assert!(!convicted.is_empty(), "{members} members");
	}
}
