// SPDX-License-Identifier: Apache-2.0

//! Claiming, compounding and forwarding.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};

/// Account 1 has a bucket that has earned 500; tells its number.
fn earned() -> BucketId {
	let id = create(1, ANNA, 1_000, 0);
	next_epoch();
	assert_eq!(reward(ANNA, 500), 500);
	id
}

fn paid(amount: Balance, payout: Payout) {
	let event = Event::<Test>::Paid { owner: account(1), amount, payout };
	System::assert_last_event(event.into());
}

#[test]
fn anyone_claims_for_anybody() {
	run(|| {
		let id = earned();
		assert_ok!(claim(1, &[id]));
		paid(500, Payout::Free);
		assert_eq!((free(1), free(99)), (FUNDS - 500, FUNDS));
		assert_noop!(claim(1, &[id]), Error::<Test>::NothingOwed);
	});
}

#[test]
fn claim_refuses() {
	run(|| {
		let id = earned();
		let strangers = create(2, ANNA, 1_000, 0);
		assert_noop!(claim(1, &[id, strangers]), Error::<Test>::NotOwner);
		assert_noop!(claim(1, &[77]), Error::<Test>::NoBucket);
		assert_noop!(claim(1, &[]), Error::<Test>::NothingOwed);
		let none = RuntimeOrigin::none();
		let claim = Staking::claim(none, account(1), Default::default());
		assert_noop!(claim, DispatchError::BadOrigin);
	});
}

#[test]
fn a_claim_names_several_buckets_and_one_twice_is_paid_once() {
	run(|| {
		let id = earned();
		let other = create(1, ANNA, 1_000, 0);
		next_epoch();
		reward(ANNA, 1_000);
		assert_ok!(claim(1, &[other, id, id, other]));
		paid(1_500, Payout::Free);
	});
}

#[test]
fn rewards_compound() {
	run(|| {
		let id = earned();
		assert_ok!(Staking::set_payout(by(1), Payout::Compound(id)));
		let event = Event::<Test>::PayoutSet { owner: account(1), payout: Payout::Compound(id) };
		System::assert_last_event(event.into());
		assert_ok!(claim(1, &[id]));
		paid(500, Payout::Compound(id));
		assert_eq!((bucket(id).amount, held(1), free(1)), (1_500, 1_500, FUNDS - 1_000));
		// Compounding costs nothing of the running epoch.
		create(2, ANNA, 1_000, 0);
		reward(ANNA, 500);
		assert_eq!(owed(1), 500);
	});
}

#[test]
fn rewards_compound_into_another_bucket_that_has_earned_too() {
	run(|| {
		let id = earned();
		let other = create(1, ANNA, 1_000, 91);
		next_epoch();
		reward(ANNA, 1_000);
		assert_ok!(Staking::set_payout(by(1), Payout::Compound(other)));
		let all = owed(1);
		assert_ok!(claim(1, &[id]));
		let amount = bucket(other).amount - 1_000;
		assert_eq!(owed(1), all - amount, "what the other has earned is owed on");
		assert_ok!(claim(1, &[]));
		assert_eq!(bucket(other).amount, 1_000 + all);
	});
}

#[test]
fn what_cannot_be_compounded_goes_to_the_voter() {
	run(|| {
		let id = earned();
		assert_ok!(Staking::create(by(1), ANNA, 1_000, 0, false));
		assert_ok!(Staking::set_payout(by(1), Payout::Compound(1)));
		assert_ok!(Staking::unlock(by(1), 1));
		assert_ok!(claim(1, &[id]));
		paid(500, Payout::Free);

		assert_ok!(Staking::set_payout(by(1), Payout::Compound(id)));
		reward(ANNA, 250);
		assert_ok!(Staking::transfer(by(1), id, account(2)));
		assert_ok!(claim(1, &[]));
		paid(250, Payout::Free);
		assert_eq!(bucket(id).amount, 1_000);
	});
}

#[test]
fn rewards_are_forwarded() {
	run(|| {
		let id = earned();
		assert_ok!(Staking::set_payout(by(1), Payout::Forward(account(50))));
		assert_ok!(claim(1, &[id]));
		paid(500, Payout::Forward(account(50)));
		assert_eq!((free(1), free(50)), (FUNDS - 1_000, FUNDS + 500));

		// An account that is not there takes no less than the existential deposit.
		let nobody = AccountId::new(*b"an account that does not exist..");
		assert_ok!(Staking::set_payout(by(1), Payout::Forward(nobody.clone())));
		reward(ANNA, 9);
		assert_noop!(claim(1, &[id]), TokenError::BelowMinimum);
		reward(ANNA, 9);
		assert_ok!(claim(1, &[id]));
		assert_eq!(Balances::free_balance(nobody), 17, "less a remainder");
		assert_ok!(Staking::set_payout(by(1), Payout::Free));
	});
}

#[test]
fn set_payout_refuses() {
	run(|| {
		let strangers = create(2, ANNA, 1_000, 0);
		assert_noop!(Staking::set_payout(by(1), Payout::Free), Error::<Test>::NoVoter);
		create(1, ANNA, 1_000, 0);
		let set = |payout| Staking::set_payout(by(1), payout);
		assert_noop!(set(Payout::Compound(strangers)), Error::<Test>::NotOwner);
		assert_noop!(set(Payout::Compound(77)), Error::<Test>::NoBucket);
		let none = RuntimeOrigin::none();
		assert_noop!(Staking::set_payout(none, Payout::Free), DispatchError::BadOrigin);
	});
}
