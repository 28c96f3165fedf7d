// SPDX-License-Identifier: Apache-2.0

//! Tests of reputation.

use crate::{
	mock::{Reputation, *},
	*,
};
use eventum_primitives::{traits::Reputation as _, EVT};
use frame_support::{assert_ok, traits::Hooks};
use proptest::prelude::*;
use sp_runtime::BuildStorage;

fn score(number: u8) -> Score {
	Reputation::score(&account(number))
}

fn penalise(number: u8, offence: Offence) {
	Reputation::penalise(&account(number), offence);
}

fn commend(number: u8, payer: u8) {
	serve(number, payer, 100);
}

fn serve(number: u8, payer: u8, limit: Score) {
	let conduct = Conduct { offence: None, served: true };
	Reputation::settle(&account(payer), limit, vec![(account(number), conduct)]);
}

fn flagged(number: u8) -> bool {
	Reputation::is_flagged(&account(number))
}

#[test]
fn everyone_starts_at_three() {
	run(|| {
		assert_eq!(score(1), 300);
		assert!(!flagged(1));
		assert!(Records::<Test>::get(account(1)).is_none());
	});
}

#[test]
fn offences_cost_what_the_rules_say() {
	for (offence, points) in [
		(Offence::Absent, 50),
		(Offence::NotServed, 50),
		(Offence::DoubleAnswer, 300),
		(Offence::ProvenFalse, 300),
		(Offence::Dissented { dissents: 1, rounds: 1 }, 100),
		(Offence::Dissented { dissents: 1, rounds: 3 }, 33),
		(Offence::Dissented { dissents: 2, rounds: 3 }, 67),
		(Offence::Dissented { dissents: 1, rounds: 8 }, 13),
		(Offence::Dissented { dissents: 5, rounds: 4 }, 100),
	] {
		run(|| {
			penalise(1, offence);
			assert_eq!(score(1), 300 - points, "{offence:?}");
			System::assert_last_event(
				Event::<Test>::ScoreChanged {
					account: account(1),
					score: 300 - points,
					change: -points,
					reason: offence.into(),
				}
				.into(),
			);
		});
	}
}

#[test]
fn what_costs_nothing_is_no_offence() {
	run(|| {
		for offence in [
			Offence::Dissented { dissents: 0, rounds: 3 },
			Offence::Dissented { dissents: 1, rounds: 0 },
			Offence::Dissented { dissents: 1, rounds: 1_000 },
		] {
			penalise(1, offence);
		}
		assert!(Records::<Test>::get(account(1)).is_none());
	});
}

#[test]
fn multiplier_grows_with_offences_and_stays_at_three() {
	run(|| {
		let mut seen = vec![];
		for _ in 0..6 {
			let before = score(1);
			penalise(1, Offence::Absent);
			seen.push(before - score(1));
		}
		assert_eq!(seen, [50, 75, 100, 125, 150, 150]);
	});
}

#[test]
fn three_wrong_plays_from_the_start_flag_at_once() {
	run(|| {
		let wrong = Offence::Dissented { dissents: 1, rounds: 1 };
		penalise(1, wrong);
		penalise(1, wrong);
		assert_eq!(score(1), 50);
		assert!(!flagged(1));
		penalise(1, wrong);
		assert_eq!(score(1), -150);
		assert!(flagged(1));
	});
}

#[test]
fn an_offence_is_forgotten_every_thirty_epochs() {
	run(|| {
		penalise(1, Offence::Absent);
		penalise(1, Offence::Absent);
		let offences = || Reputation::record(&account(1)).offences;
		pass(29);
		assert_eq!(offences(), 2);
		pass(1);
		assert_eq!(offences(), 1);
		pass(30);
		assert_eq!(offences(), 0);
		pass(10_000);
		assert_eq!(offences(), 0);
		let before = score(1);
		penalise(1, Offence::Absent);
		assert_eq!(score(1), before - 50);
	});
}

#[test]
fn a_look_between_does_not_delay_forgetting() {
	run(|| {
		penalise(1, Offence::Absent);
		penalise(1, Offence::Absent);
		pass(40);
		// A deed in between writes the record: ten of the next thirty epochs have gone by.
		commend(1, 2);
		pass(20);
		assert_eq!(Reputation::record(&account(1)).offences, 0);
	});
}

#[test]
fn idle_accounts_drift_to_three_from_both_sides() {
	run(|| {
		penalise(1, Offence::Absent);
		pass(1);
		assert_eq!(score(1), 250);
		pass(1);
		assert_eq!(score(1), 251);
		pass(500);
		assert_eq!(score(1), 300);

		for payer in 10..20 {
			commend(2, payer);
		}
		assert_eq!(score(2), 350);
		pass(11);
		assert_eq!(score(2), 340);
		pass(u32::MAX / 2);
		assert_eq!(score(2), 300);
	});
}

#[test]
fn who_is_active_every_epoch_does_not_drift() {
	run(|| {
		for payer in 0..30 {
			commend(1, payer);
			pass(1);
		}
		assert_eq!(score(1), 450);
	});
}

#[test]
fn scores_of_genesis_drift_from_the_first_block() {
	run(|| {
		assert_eq!(score(9), 500);
		pass(11);
		assert_eq!(score(9), 490);
		penalise(9, Offence::Absent);
		assert_eq!(score(9), 440);
		Reputation::on_initialize(2);
		assert_eq!(Start::<Test>::get(), Some(FIRST));
	});
}

#[test]
fn gains_dwindle_with_the_same_payer() {
	run(|| {
		let gain = |payer| {
			let before = score(1);
			commend(1, payer);
			score(1) - before
		};
		assert_eq!((0..7).map(|_| gain(2)).collect::<Vec<_>>(), [5, 2, 1, 1, 1, 0, 0]);
		// Eight others make the chain forget the payer.
		assert!((10..18).all(|payer| gain(payer) == 5));
		assert_eq!(gain(2), 5);
	});
}

#[test]
fn gains_are_limited() {
	run(|| {
		serve(1, 2, 3);
		assert_eq!(score(1), 303);
		serve(1, 3, 0);
		serve(1, 3, -7);
		assert_eq!(score(1), 303);
		assert_eq!(Records::<Test>::get(account(1)).unwrap().payers.len(), 1);
	});
}

#[test]
fn a_feed_is_settled_in_one_change() {
	run(|| {
		let both =
			Conduct { offence: Some(Offence::Dissented { dissents: 1, rounds: 2 }), served: true };
		let neither = Conduct { offence: None, served: false };
		Reputation::settle(&account(9), 100, vec![(account(1), both), (account(2), neither)]);
		assert_eq!(score(1), 300 - 50 + 5);
		let changes = System::events().len();
		assert_eq!(changes, 1);
		System::assert_last_event(
			Event::<Test>::ScoreChanged {
				account: account(1),
				score: 255,
				change: -45,
				reason: Reason::Dissented,
			}
			.into(),
		);
		assert!(Records::<Test>::get(account(2)).is_none());
	});
}

#[test]
fn budget_follows_the_fee() {
	run(|| {
		assert_eq!(Reputation::gain_budget(EVT), 10);
		assert_eq!(Reputation::gain_budget(EVT / 10 - 1), 0);
		assert_eq!(Reputation::gain_budget(Balance::MAX), Score::MAX);
		Price::set(0);
		assert_eq!(Reputation::gain_budget(EVT), 0);
	});
}

#[test]
fn scores_stay_within_bounds() {
	run(|| {
		for _ in 0..9 {
			penalise(1, Offence::DoubleAnswer);
		}
		assert_eq!(score(1), -1_000);
		for payer in 0..200 {
			commend(2, payer);
		}
		assert_eq!(score(2), 1_000);
	});
}

/// Brings account 1 down to the given score.
fn sink_to(target: Score) {
	let now = Epoch::get();
	let mut record = Record { touched: Some(now), last_offence: now, ..Record::new(target + 50) };
	record.penalise(Offence::Absent, now);
	Records::<Test>::insert(account(1), record);
	assert_eq!(score(1), target);
}

#[test]
fn below_one_for_thirty_epochs_is_flagged() {
	run(|| {
		sink_to(50);
		pass(29);
		assert_eq!(score(1), 78);
		assert!(!flagged(1));
		pass(1);
		assert!(flagged(1));
		// Drift brings it to 1.00 in epoch 51 and above in 52.
		pass(21);
		assert_eq!(score(1), 100);
		assert!(flagged(1));
		pass(1);
		assert_eq!(score(1), 101);
		assert!(!flagged(1));
	});
}

#[test]
fn back_at_one_in_time_is_not_flagged() {
	run(|| {
		sink_to(71);
		pass(29);
		assert_eq!(score(1), 99);
		pass(1);
		assert_eq!(score(1), 100);
		assert!(!flagged(1));
	});
}

#[test]
fn flagged_below_zero_until_above_one() {
	run(|| {
		sink_to(-1);
		assert!(flagged(1));
		pass(50);
		assert_eq!(score(1), 48);
		assert!(flagged(1));
		for payer in 10..20 {
			commend(1, payer);
		}
		assert_eq!(score(1), 98);
		assert!(flagged(1));
		commend(1, 30);
		assert!(!flagged(1));
		penalise(1, Offence::Absent);
		assert!(!flagged(1));
	});
}

#[test]
#[should_panic(expected = "out of bounds")]
fn genesis_refuses_a_score_out_of_bounds() {
	let reputation =
		GenesisConfig::<Test> { scores: vec![(account(1), 1_001)], ..Default::default() };
	let _ = RuntimeGenesisConfig { reputation, ..Default::default() }.build_storage();
}

#[test]
fn try_state_detects_what_is_wrong() {
	let good = Record { touched: Some(FIRST), ..Record::new(300) };
	for bad in [
		Record { score: 1_001, ..good.clone() },
		Record { score: -1_001, ..good.clone() },
		Record { touched: Some(FIRST + 1), ..good.clone() },
		Record { last_offence: FIRST + 1, ..good.clone() },
		Record { score: 99, ..good.clone() },
		Record { standing: Standing::Flagged, ..good.clone() },
		Record { standing: Standing::Low { since: FIRST }, ..good.clone() },
		Record { score: 50, standing: Standing::Low { since: FIRST + 1 }, ..good.clone() },
	] {
		run(|| {
			Records::<Test>::insert(account(1), &bad);
			assert!(Reputation::do_try_state().is_err(), "{bad:?}");
			Records::<Test>::insert(account(1), &good);
			assert_ok!(Reputation::do_try_state());
		});
	}
	run(|| {
		Start::<Test>::put(FIRST + 1);
		assert!(Reputation::do_try_state().is_err());
		Start::<Test>::put(FIRST);
	});
}

proptest! {
	/// Whatever happens, records stay sound, and looking at one changes nothing.
	#[test]
	fn any_history_keeps_the_invariants(
		deeds in prop::collection::vec((0u8..6, 0u8..3, 0u32..70), 1..60),
	) {
		run(|| {
			for (deed, payer, epochs) in deeds {
				match deed {
					0 => commend(1, payer),
					1 => penalise(1, Offence::Absent),
					2 => penalise(1, Offence::Dissented { dissents: u32::from(payer), rounds: 2 }),
					3 => penalise(1, Offence::DoubleAnswer),
					_ => commend(1, deed * 10 + payer),
				}
				Reputation::do_try_state().unwrap();
				let seen = score(1);
				if let Some(record) = Records::<Test>::get(account(1)) {
					if record.touched == Some(Epoch::get()) {
						prop_assert_eq!(record.score, seen);
					}
				}
				pass(epochs);
				let later = score(1);
				// Time alone moves a score toward 3.00, never past it.
				prop_assert!((later - 300).abs() <= (seen - 300).abs());
				prop_assert!((later - 300) * (seen - 300) >= 0);
				if flagged(1) {
					prop_assert!(later <= LOW);
				}
			}
			Ok(())
		})?;
	}
}
