// SPDX-License-Identifier: Apache-2.0

//! What a committee comes to when nobody lies.

use super::{book::*, play::*};
use crate::committee::Logged;
use eventum_primitives::{
	definition::ConsensusMode,
	outcome::{EndedBy, Push, RoundResult},
	rules::count::Rules,
};

#[test]
fn all_vote_and_all_members_certify_one_outcome() {
	for members in [4, 7, 10] {
		let mut play = Play::new(members, rules(10));
		for reporter in 0..10 {
			let to: Vec<_> = (0..3).map(|i| ((reporter + i) % u32::from(members)) as u8).collect();
			play.report(&to, 0, reporter, u8::from(reporter < 8));
		}
		play.run(900, |play| play.all_have(0));
		let outcome = play.outcome(0);
		assert_eq!((outcome.agreed, outcome.total), (8, 10));
		assert_eq!(outcome.push, Push::Final { ended_by: EndedBy::All, ends_feed: true });
		assert_eq!(outcome.view, 0, "nobody was late");
		assert_eq!(outcome.answer.to_vec(), [0, 1]);
	}
}

#[test]
fn silence_of_as_many_as_may_lie_changes_nothing() {
	for (members, dead) in [(4, 1), (7, 2), (10, 3)] {
		for first in 0..members {
			let mut play = Play::new(members, rules(6));
			for i in 0..dead {
				play.engines[usize::from((first + i) % members)] = None;
			}
			let alive: Vec<_> =
				(0..members).filter(|m| play.engines[*m as usize].is_some()).collect();
			for reporter in 0..6 {
				play.report(&alive[..3], 0, reporter, 1);
			}
			play.run(20_000, |play| play.all_have(0));
			assert_eq!(play.outcome(0).agreed, 6);
		}
	}
}

#[test]
fn a_series_runs_through_and_stragglers_catch_up() {
	let rules = Rules { max_rounds: 5, series: true, ..rules(4) };
	let mut play = Play::new(4, rules);
	let straggler = play.engines[3].take();
	for round in 0..5 {
		for reporter in 0..4 {
			play.report(&[0, 1, 2], round, reporter, round as u8);
		}
		play.run(10_000, |play| play.final_of(0, round).is_some() && play.all_have(round));
		let ends_feed = round == 4;
		let push = Push::Final { ended_by: EndedBy::All, ends_feed };
		assert_eq!(play.outcome(round).push, push);
	}
	play.engines[3] = straggler;
	play.run(10_000, |play| (0..5).all(|round| play.all_have(round)));
	assert_eq!(play.outcome(4).agreed, 4);
}

#[test]
fn a_lost_receipt_is_given_again_while_its_round_is_in_memory() {
	let rules = Rules { max_rounds: 3, series: true, ..rules(4) };
	let mut play = Play::new(4, rules);
	let again = |play: &mut Play, round, answer| {
		let (now, counted) = (play.now, counted(&report(round, 0, answer)));
		play.engines[0].as_mut().unwrap().report(counted, now, &mut Vec::new())
	};
	for round in 0..3 {
		for reporter in 0..4 {
			play.report(&[0, 1, 2], round, reporter, 1);
		}
		let Logged::At(first) = again(&mut play, round, 1) else { panic!("it is in the log") };
		play.run(10_000, |play| play.all_have(round));
		assert!(play.now > first);
		assert_eq!(again(&mut play, round, 1), Logged::At(first));
		assert_eq!(again(&mut play, round, 0), Logged::Late, "it never came in time");
	}
	assert!(matches!(again(&mut play, 1, 1), Logged::At(_)), "the round before the last");
	assert_eq!(again(&mut play, 0, 1), Logged::Late, "forgotten");
}

#[test]
fn two_answers_count_for_nothing() {
	let mut play = Play::new(4, Rules { quiet: Some(500), ..rules(5) });
	for reporter in 0..3 {
		play.report(&[0, 1, 2], 0, reporter, 1);
	}
	// One answer to each half of the committee.
	play.report(&[0, 1], 0, 4, 1);
	play.report(&[2, 3], 0, 4, 0);
	play.run(20_000, |play| play.all_have(0));
	let outcome = play.outcome(0);
	assert_eq!((outcome.agreed, outcome.total), (3, 3));
	assert_eq!(outcome.push, Push::Final { ended_by: EndedBy::Quiet, ends_feed: true });
}

#[test]
fn time_alone_ends_a_round_without_votes() {
	let mut play = Play::new(4, Rules { end: START + 700, ..rules(5) });
	play.run(20_000, |play| play.all_have(0));
	let outcome = play.outcome(0);
	assert_eq!((outcome.result, outcome.total, outcome.at), (RoundResult::None, 0, START + 700));
}

#[test]
fn a_first_agreement_is_pushed_confirmed_and_corrected() {
	let mode = ConsensusMode::Confirmations;
	let mut play = Play::new(4, Rules { mode, quiet: Some(8_000), ..rules(50) });
	let tick = |play: &mut Play, reporters: std::ops::Range<u32>, answer| {
		for reporter in reporters {
			play.report(&[0, 1, 2], 0, reporter, answer);
			play.run(20, |_| false);
		}
		play.run(1_500, |_| false);
	};
	tick(&mut play, 0..3, 1);
	tick(&mut play, 3..6, 1);
	tick(&mut play, 6..10, 0);
	tick(&mut play, 10..30, 0);
	play.run(30_000, |play| play.all_have(0));
	let pushes: Vec<_> =
		play.certificates[0].values().map(|c| (c.outcome.push, c.outcome.result)).collect();
	assert!(matches!(pushes[0], (Push::Provisional, RoundResult::Agreed(_))));
	assert!(pushes.iter().any(|(push, _)| *push == Push::Confirmed));
	assert!(pushes
		.iter()
		.any(|(push, result)| { *push == Push::Corrected && *result == RoundResult::None }));
	assert!(pushes.last().unwrap().0.is_final());
	assert_eq!(play.outcome(0).agreed, 24);
}
