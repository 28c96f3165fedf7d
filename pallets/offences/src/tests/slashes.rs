// SPDX-License-Identifier: Apache-2.0

//! What offences cost, when it is taken, and how it is cancelled.

use crate::{mock::*, *};
use eventum_primitives::traits::Slashes as _;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use sp_staking::offence::OffenceError;

/// A member of the first set, of six, equivocates in a round.
fn equivocation(number: u8, round: u64) -> Equivocation {
	let scene = Scene { session: 0, members: 6 };
	Equivocation { account: account(number), scene, round: (0, round) }
}

fn equivocate(number: u8, round: u64) -> Result<(), OffenceError> {
	Offences::report_equivocation(Some(account(9)), equivocation(number, round))
}

/// What is booked against a delegate.
fn booked(number: u8) -> Vec<Balance> {
	let mut all: Vec<_> = Slashes::<Test>::iter().collect();
	all.sort_by_key(|(id, _)| *id);
	let of = |slash: &Slash| slash.offender.account == account(number);
	all.into_iter().filter(|(_, slash)| of(slash)).map(|(_, slash)| slash.amount).collect()
}

#[test]
fn equivocators_pay_for_each_other_the_difference() {
	run(|| {
		assert!(!Offences::is_known_equivocation(&equivocation(1, 5)));
		assert_eq!(equivocate(1, 5), Ok(()));
		assert!(Offences::is_known_equivocation(&equivocation(1, 5)));
		assert_eq!(booked(1), [STAKE / 4]);
		assert_eq!(equivocate(1, 5), Err(OffenceError::DuplicateReport));
		assert_eq!(equivocate(2, 5), Ok(()));
		assert_eq!((booked(1), booked(2)), (vec![STAKE / 4, STAKE * 3 / 4], vec![STAKE]));
		assert_eq!(equivocate(3, 5), Ok(()));
		assert_eq!((booked(1).len(), booked(2).len(), booked(3)), (2, 1, vec![STAKE]));
		assert_eq!(Expelled::get(), [1, 2, 3].map(account));
	});
}

#[test]
fn of_many_rounds_of_a_set_the_dearest_counts() {
	run(|| {
		for round in 5..9 {
			assert_eq!(equivocate(1, round), Ok(()));
		}
		assert_eq!(booked(1), [STAKE / 4]);
		assert_eq!(equivocate(2, 8), Ok(()));
		assert_eq!(booked(1), [STAKE / 4, STAKE * 3 / 4]);
		assert_eq!(Expelled::get(), [1, 2].map(account));
		// In another set it is another offence.
		note(1, 0);
		let scene = Scene { session: 1, members: 6 };
		let again = Equivocation { account: account(4), scene, round: (1, 1) };
		assert_eq!(equivocate(4, 3), Ok(()));
		assert_eq!(Offences::report_equivocation(None, again), Ok(()));
		assert_eq!(booked(4), [STAKE / 4, STAKE / 4]);
	});
}

#[test]
fn shares_are_of_what_there_was_at_the_first_report() {
	run(|| {
		assert_eq!(equivocate(1, 5), Ok(()));
		begin_epoch(18);
		assert_eq!(stake(1), STAKE * 3 / 4);
		assert_eq!(equivocate(2, 5), Ok(()));
		assert_eq!(booked(1), [STAKE * 3 / 4]);
		begin_epoch(26);
		assert_eq!((stake(1), stake(2)), (0, 0));
	});
}

#[test]
fn absence_costs_twice_as_much_each_time_and_expels_nobody() {
	run(|| {
		for epoch in 7..10 {
			Offences::absent(&account(1), epoch);
			Offences::absent(&account(2), epoch);
			Offences::absent(&account(2), epoch);
		}
		let expected = [STAKE / 1_000, STAKE / 500, STAKE / 250];
		assert_eq!((booked(1), booked(2)), (expected.to_vec(), expected.to_vec()));
		assert!(Expelled::get().is_empty());
		begin_epoch(18);
		let taken = expected.iter().sum::<Balance>();
		assert_eq!((stake(1), stake(2)), (STAKE - taken, STAKE - taken));
		assert!(Slashed::get().iter().all(|(_, _, to)| *to == POOL), "nobody reported it");
	});
}

#[test]
fn who_has_nothing_is_expelled_all_the_same() {
	run(|| {
		Stakes::take();
		assert_eq!(equivocate(1, 5), Ok(()));
		assert_eq!((Expelled::get(), NextSlash::<Test>::get()), (vec![account(1)], 0));
	});
}

#[test]
fn slashes_are_taken_after_seven_full_epochs() {
	run(|| {
		assert_eq!(equivocate(1, 5), Ok(()));
		begin_epoch(17);
		assert_eq!(stake(1), STAKE);
		begin_epoch(18);
		assert_eq!((stake(1), slash(0)), (STAKE * 3 / 4, None));
		let (reward, pooled) = (STAKE / 40, STAKE / 4 - STAKE / 40);
		System::assert_last_event(Event::<Test>::Taken { id: 0, pooled, reward }.into());
		let expected = [(account(1), reward, account(9)), (account(1), pooled, POOL)];
		assert_eq!(Slashed::get(), expected);
		begin_epoch(19);
		assert_eq!(stake(1), STAKE * 3 / 4);
	});
}

#[test]
fn who_reports_itself_or_cannot_be_paid_gets_nothing() {
	run(|| {
		let report = |by, number| Offences::report_equivocation(Some(by), equivocation(number, 5));
		assert_eq!(report(account(1), 1), Ok(()));
		assert_eq!(slash(0).unwrap().reporter, None);
		assert_eq!(report(NOBODY, 2), Ok(()));
		begin_epoch(18);
		assert!(Slashed::get().iter().all(|(_, _, to)| *to == POOL));
		assert_eq!((stake(1), stake(2)), (0, 0));
	});
}

#[test]
fn no_more_is_taken_than_there_is() {
	run(|| {
		assert_eq!(equivocate(1, 5), Ok(()));
		Stakes::mutate(|all| all.insert(account(1), 100));
		begin_epoch(18);
		let expected = [(account(1), 10, account(9)), (account(1), 90, POOL)];
		assert_eq!((stake(1), Slashed::get()), (0, expected.to_vec()));
	});
}

#[test]
fn a_cancelled_slash_is_not_taken_and_no_repeat() {
	run(|| {
		let report = |slot| Offences::report_double_authorship(by(9), evidence(&aura(1, 0), slot));
		assert_ok!(report(OWNED));
		assert_noop!(Offences::cancel_slash(by(1), 0), DispatchError::BadOrigin);
		assert_noop!(Offences::cancel_slash(RuntimeOrigin::root(), 1), Error::<Test>::NoSlash);
		assert_ok!(Offences::cancel_slash(RuntimeOrigin::root(), 0));
		System::assert_last_event(Event::<Test>::Cancelled { id: 0 }.into());
		assert_noop!(Offences::cancel_slash(RuntimeOrigin::root(), 0), Error::<Test>::NoSlash);
		assert!(report(OWNED).is_err(), "it is not reported again");

		assert_ok!(report(OWNED + 4));
		assert_eq!(booked(1), [STAKE / 20]);
		Offences::absent(&account(2), 9);
		assert_ok!(Offences::cancel_slash(RuntimeOrigin::root(), 2));
		Offences::absent(&account(2), 10);
		assert_eq!(booked(2), [STAKE / 1_000]);
		begin_epoch(18);
		assert_eq!((stake(1), stake(2)), (STAKE * 19 / 20, STAKE * 999 / 1_000));
		assert_noop!(Offences::cancel_slash(RuntimeOrigin::root(), 1), Error::<Test>::NoSlash);
	});
}

#[test]
fn a_cancelled_equivocation_costs_the_difference_only() {
	run(|| {
		assert_eq!(equivocate(1, 5), Ok(()));
		assert_ok!(Offences::cancel_slash(RuntimeOrigin::root(), 0));
		assert_eq!(equivocate(2, 5), Ok(()));
		assert_eq!(booked(1), [STAKE * 3 / 4]);
	});
}

#[test]
fn many_slashes_are_taken_over_some_blocks() {
	run(|| {
		for epoch in 0..10 {
			Offences::absent(&account(1), epoch);
		}
		Offences::absent(&account(2), 9);
		let cancelled = [0, 3, 9];
		for id in cancelled {
			assert_ok!(Offences::cancel_slash(RuntimeOrigin::root(), id));
		}
		begin_epoch(18);
		assert_eq!((Slashed::get().len(), FirstSlash::<Test>::get()), (6, 8));
		begin_epoch(18);
		assert_eq!((Slashed::get().len(), FirstSlash::<Test>::get()), (8, 11));
		begin_epoch(18);
		assert_eq!((Slashed::get().len(), FirstSlash::<Test>::get()), (8, 11));
	});
}
