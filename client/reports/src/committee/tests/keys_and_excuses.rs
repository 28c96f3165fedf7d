// SPDX-License-Identifier: Apache-2.0

//! Reports that came before their round's keys were known, and reporters who cannot report.

use super::{super::*, book::*, play::*};
use crate::committee::feed::{FeedEngine, Restored};
use eventum_primitives::{
	bits::Bits,
	outcome::{EndedBy, Push, RoundResult},
	rules::count::Rules,
};
use std::collections::BTreeSet;

#[test]
fn a_report_that_came_early_is_logged_when_the_keys_of_its_round_are_known() {
	let mut play = Play::new(4, Rules { max_rounds: 2, series: true, ..rules(4) });
	play.book.read = false;
	play.book.rekeyed = [2].into();
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	for reporter in [1, 2, 3] {
		play.report(&[0, 1, 2, 3], 1, reporter, 1);
	}
	let logged = |play: &Play, member: usize| {
		let second = |write: &&Write| matches!(write, Write::Entry(1, ..));
		play.disks[member].iter().filter(second).count()
	};
	play.run(1_000, |_| false);
	assert!(play.all_have(0));
	// The round is open by now, but nobody knows whose keys act in it.
	play.report(&[0, 1, 2, 3], 1, 0, 1);
	play.run(20, |_| false);
	assert!((0..4).all(|member| logged(&play, member) == 0), "nobody knows who has which key");
	play.book.read = true;
	play.run(20, |_| false);
	assert!((0..4).all(|member| logged(&play, member) == 3));
	let old = report(1, 2, 1).hash();
	let refused: BTreeSet<_> =
		play.refused.iter().map(|(member, hash, _)| (*member, *hash)).collect();
	assert_eq!(refused, (0..4).map(|member| (member, old)).collect());
	assert!(play.refused.iter().all(|(_, _, error)| *error == IntakeError::BadSignature));
	// With its new key it can say the same again.
	play.report(&[0, 1, 2, 3], 1, 2, 1);
	play.run(2_000, |play| play.all_have(1));
	assert_eq!(play.outcome(1).total, 4);
}

#[test]
fn who_is_excused_follows_from_the_cut() {
	// The fifth tells some members that it cannot report, and others an answer.
	let ways: [(&[MemberIndex], &[MemberIndex]); 4] = [
		(&[0, 1], &[2, 3]),
		(&[0], &[1, 2, 3]),
		(&[1, 2, 3], &[0]),
		(&[0, 1, 2, 3], &[0, 1, 2, 3]),
	];
	for (excused, told) in ways {
		let mut play = Play::new(4, Rules { max_rounds: 2, series: true, ..rules(5) });
		play.take(excused, excuse(4));
		play.report(told, 0, 4, 1);
		for reporter in 0..4 {
			play.report(&[0, 1, 2], 0, reporter, 1);
		}
		play.run(5_000, |play| play.all_have(0));
		let first = play.outcome(0);
		assert_eq!(first.total + first.excused.count(), 5);
		for reporter in 0..5 {
			play.report(&[1, 2, 3], 1, reporter, 1);
		}
		play.run(5_000, |play| play.all_have(1));
		let second = play.outcome(1);
		assert_eq!((&second.excused, second.total), (&first.excused, first.total));
		let certificate = play.final_of(2, 0).cloned();
		let restored = Restored { round: 1, last_final: certificate, ..Default::default() };
		let engine = FeedEngine::restore(setup_of(&play.setup, 2), restored);
		assert_eq!(engine.excused(), first.excused, "also after a restart");
	}
}

#[test]
fn too_few_left_end_the_feed() {
	let mut play = Play::new(4, Rules { min_people: 4, ..rules(5) });
	for reporter in 0..3 {
		play.report(&[0, 1, 2], 0, reporter, 1);
	}
	play.take(&[1, 2, 3], excuse(3));
	play.take(&[0, 1, 3], excuse(4));
	play.run(2_000, |play| play.all_have(0));
	let outcome = play.outcome(0);
	assert_eq!(outcome.push, Push::Final { ended_by: EndedBy::Excuses, ends_feed: true });
	assert_eq!((outcome.result, outcome.total), (RoundResult::None, 0));
	assert_eq!(outcome.excused, Bits::of(5, [3, 4]));
	assert!(play.engines.iter().flatten().all(FeedEngine::ended));
}
