// SPDX-License-Identifier: Apache-2.0

//! Own buckets of delegates.

use crate::{mock::*, *};
use eventum_primitives::{rules::vote, traits::Staking as _};
use frame_support::{assert_noop, assert_ok};

/// Anna's own bucket, which account 1 owns.
fn bound() -> BucketId {
	let id = create(1, account(1), 10_000, 91);
	assert_ok!(Staking::bind_own(&ANNA, &account(1), id));
	id
}

#[test]
fn an_own_bucket_votes_for_its_delegate_and_counts_for_more() {
	run(|| {
		let id = bound();
		let event = Event::<Test>::OwnBound { bucket: id, delegate: ANNA };
		System::assert_last_event(event.into());
		assert_eq!(Staking::own_stake(&ANNA), 10_000);
		assert_eq!(Staking::votes(&ANNA), vote::votes(10_000, 91, true, true));
		assert_eq!(Staking::votes(&account(1)), 0);
		assert_ok!(Staking::set_auto_renew(by(1), id, false));
		assert_eq!(Staking::votes(&ANNA), vote::votes(10_000, 91, false, false));

		Staking::release_own(&ANNA);
		let event = Event::<Test>::OwnReleased { bucket: id, delegate: ANNA };
		System::assert_last_event(event.into());
		assert_eq!((Staking::own_stake(&ANNA), Own::<Test>::get(ANNA)), (0, None));
		assert_ok!(Staking::set_auto_renew(by(1), id, true));
		assert_eq!(Staking::votes(&ANNA), vote::votes(10_000, 91, true, false));
		Staking::release_own(&ANNA);
	});
}

#[test]
fn bind_own_refuses() {
	run(|| {
		let (id, other) = (bound(), create(1, ANNA, 1_000, 91));
		assert_noop!(Staking::bind_own(&ANNA, &account(1), other), Error::<Test>::HasOwnBucket);
		assert_noop!(Staking::bind_own(&BERT, &account(1), id), Error::<Test>::OwnBucket);
		assert_noop!(Staking::bind_own(&BERT, &account(2), other), Error::<Test>::NotOwner);
		assert_noop!(Staking::bind_own(&BERT, &account(2), 77), Error::<Test>::NoBucket);
		assert_ok!(Staking::bind_own(&BERT, &account(1), other));
	});
}

#[test]
fn an_own_bucket_stays() {
	run(|| {
		let (id, other) = (bound(), create(1, ANNA, 1_000, 91));
		assert_noop!(Staking::move_votes(by(1), id, BERT), Error::<Test>::OwnBucket);
		assert_noop!(Staking::split(by(1), id, 1_000), Error::<Test>::OwnBucket);
		assert_noop!(Staking::merge(by(1), id, other), Error::<Test>::OwnBucket);
		assert_noop!(Staking::transfer(by(1), id, account(2)), Error::<Test>::OwnBucket);
		assert_ok!(Staking::set_auto_renew(by(1), id, false));
		pass_days(91);
		assert_noop!(Staking::unlock(by(1), id), Error::<Test>::OwnBucket);
		assert_ok!(Staking::extend(by(1), id, 100));
		assert_ok!(Staking::add(by(1), id, 5));
		assert_ok!(Staking::set_auto_renew(by(1), id, true));
		assert_ok!(Staking::merge(by(1), other, id));
		Staking::release_own(&ANNA);
		assert_ok!(Staking::move_votes(by(1), id, BERT));
	});
}

#[test]
fn only_the_own_bucket_is_slashed() {
	run(|| {
		let id = bound();
		create(2, ANNA, 10_000, 0);
		next_epoch();
		reward(ANNA, 1_000);
		let earned = owed(1);
		assert_eq!(Staking::slash_own(&ANNA, 2_500, &POOL), 2_500);
		let event = Event::<Test>::Slashed { bucket: id, delegate: ANNA, amount: 2_500 };
		System::assert_last_event(event.into());
		assert_eq!((bucket(id).amount, held(1), free(1)), (7_500, 7_500, FUNDS - 10_000));
		assert_eq!(Balances::free_balance(POOL), FUNDS + 2_500);
		assert_eq!(Staking::votes(&ANNA), 10_000 + vote::votes(7_500, 91, true, true));
		assert_eq!((held(2), owed(1)), (10_000, earned));
		assert_eq!(Staking::slash_own(&BERT, 1, &POOL), 0, "no own bucket");
	});
}

#[test]
fn a_bucket_can_be_slashed_to_nothing_and_filled_again() {
	run(|| {
		let id = bound();
		next_epoch();
		reward(ANNA, 1_000);
		assert_ok!(Staking::add(by(1), id, 100));
		assert_eq!(Staking::slash_own(&ANNA, Balance::MAX, &POOL), 10_100);
		assert_eq!((Staking::votes(&ANNA), held(1), owed(1)), (0, 0, 999));
		assert_eq!(Staking::slash_own(&ANNA, 5, &POOL), 0);
		assert_eq!(reward(ANNA, 5), 0);
		check();
		next_epoch();
		create(2, ANNA, 10_000, 0);
		assert_ok!(Staking::add(by(1), id, 5_000));
		check();
		next_epoch();
		reward(ANNA, 1_000);
		assert_eq!(owed(1) - 999, 1_000 * bucket(id).votes / (10_000 + bucket(id).votes));
	});
}
