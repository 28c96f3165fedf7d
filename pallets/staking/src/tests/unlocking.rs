// SPDX-License-Identifier: Apache-2.0

//! From the end of a term to the money.

use crate::{mock::*, *};
use eventum_primitives::{apis::Lock, traits::Staking as _};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

/// How far a bucket's unlocking is, and when it could be withdrawn.
fn lock(id: BucketId) -> (Lock, Moment) {
	let view = Staking::bucket(id).unwrap();
	(view.lock, view.withdrawable_at)
}

#[test]
fn a_bucket_is_unlocked_step_by_step() {
	run(|| {
		let id = create(1, ANNA, 1_000, 30);
		assert_eq!(lock(id), (Lock::Renewing, START + 33 * DAY));
		pass_days(100);
		assert_eq!(lock(id), (Lock::Renewing, START + 133 * DAY));
		assert_noop!(Staking::unlock(by(1), id), Error::<Test>::Renews);

		assert_ok!(Staking::set_auto_renew(by(1), id, false));
		pass_days(29);
		assert_eq!(lock(id), (Lock::Running, START + 133 * DAY));
		assert_noop!(Staking::unlock(by(1), id), Error::<Test>::TermRuns);
		assert_noop!(Staking::withdraw(by(1), id), Error::<Test>::NotUnlocked);

		pass_days(2);
		assert_eq!(lock(id), (Lock::Over, START + 134 * DAY), "a day was lost");
		assert!(Staking::votes(&ANNA) > 0, "it votes on");
		assert_noop!(Staking::unlock(by(2), id), Error::<Test>::NotOwner);
		assert_noop!(Staking::unlock(RuntimeOrigin::none(), id), DispatchError::BadOrigin);
		assert_ok!(Staking::unlock(by(1), id));
		let until = START + 134 * DAY;
		System::assert_last_event(Event::<Test>::Unlocked { bucket: id, until }.into());
		assert_eq!(Staking::votes(&ANNA), 0);
		assert_eq!(lock(id), (Lock::Unbonding, until));
		assert_noop!(Staking::unlock(by(1), id), Error::<Test>::Unbonding);

		Now::set(until - 1);
		assert_noop!(Staking::withdraw(by(1), id), Error::<Test>::StillUnbonding);
		Now::set(until);
		assert_eq!(lock(id), (Lock::Withdrawable, until));
		assert_eq!(held(1), 1_000);
		assert_noop!(Staking::withdraw(by(2), id), Error::<Test>::NotOwner);
		assert_noop!(Staking::withdraw(RuntimeOrigin::none(), id), DispatchError::BadOrigin);
		assert_ok!(Staking::withdraw(by(1), id));
		let event = Event::<Test>::Withdrawn { bucket: id, owner: account(1), amount: 1_000 };
		System::assert_last_event(event.into());
		assert_eq!((held(1), free(1)), (0, FUNDS));
		assert_noop!(Staking::withdraw(by(1), id), Error::<Test>::NoBucket);
		assert_eq!(Voters::<Test>::get(account(1)), Voter::default());
	});
}

#[test]
fn a_bucket_of_no_days_is_unlocked_at_once() {
	run(|| {
		assert_ok!(Staking::create(by(1), ANNA, 1_000, 0, false));
		assert_eq!(lock(0), (Lock::Over, START + 3 * DAY));
		assert_ok!(Staking::unlock(by(1), 0));
		pass_days(3);
		assert_ok!(Staking::withdraw(by(1), 0));
	});
}

#[test]
fn an_unlocked_bucket_can_only_be_withdrawn_or_given_away() {
	run(|| {
		assert_ok!(Staking::create(by(1), ANNA, 1_000, 0, false));
		let other = create(1, ANNA, 1_000, 5);
		assert_ok!(Staking::unlock(by(1), 0));
		assert_noop!(Staking::add(by(1), 0, 5), Error::<Test>::Unbonding);
		assert_noop!(Staking::extend(by(1), 0, 5), Error::<Test>::Unbonding);
		assert_noop!(Staking::set_auto_renew(by(1), 0, true), Error::<Test>::Unbonding);
		assert_noop!(Staking::move_votes(by(1), 0, BERT), Error::<Test>::Unbonding);
		assert_noop!(Staking::split(by(1), 0, 500), Error::<Test>::Unbonding);
		assert_noop!(Staking::merge(by(1), 0, other), Error::<Test>::Unbonding);
		assert_noop!(Staking::merge(by(1), other, 0), Error::<Test>::Unbonding);
		let payout = Payout::Compound(0);
		assert_noop!(Staking::set_payout(by(1), payout), Error::<Test>::Unbonding);
		assert_noop!(Staking::bind_own(&ANNA, &account(1), 0), Error::<Test>::Unbonding);
		assert_ok!(Staking::transfer(by(1), 0, account(2)));
		pass_days(3);
		assert_ok!(Staking::withdraw(by(2), 0));
		assert_eq!((free(1), free(2)), (FUNDS - 2_000, FUNDS + 1_000));
	});
}
