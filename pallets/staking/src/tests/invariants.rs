// SPDX-License-Identifier: Apache-2.0

//! The state check sees what is wrong.

use crate::{mock::*, *};
use eventum_primitives::traits::Staking as _;
use frame_support::{
	assert_ok,
	traits::fungible::{Mutate, MutateHold},
};

/// Breaks a sound state (an own bucket, votes fresh and not, one bucket unbonding, dues) by `damage`:
/// the check must see it.
fn is_seen(damage: impl FnOnce()) {
	chain().execute_with(|| {
		let own = create(1, account(1), 10_000, 91);
		assert_ok!(Staking::bind_own(&ANNA, &account(1), own));
		create(2, ANNA, 1_000, 0);
		create(2, BERT, 1_000, 0);
		next_epoch();
		assert_ok!(Staking::add(by(2), 1, 500));
		reward(ANNA, 1_000);
		assert_ok!(Staking::create(by(3), BERT, 1_000, 0, false));
		assert_ok!(Staking::unlock(by(3), 3));
		check();
		damage();
		assert!(Staking::do_try_state().is_err());
	});
}

fn damage_bucket(id: BucketId, damage: impl FnOnce(&mut Bucket)) {
	Buckets::<Test>::mutate(id, |bucket| damage(bucket.as_mut().unwrap()));
}

fn damage_tally(damage: impl FnOnce(&mut Tally)) {
	Tallies::<Test>::mutate(ANNA, |tally| damage(tally.as_mut().unwrap()));
}

#[test]
fn try_state_detects_broken_buckets() {
	is_seen(|| damage_bucket(1, |bucket| bucket.days = 5));
	is_seen(|| damage_bucket(1, |bucket| bucket.owner = account(3)));
	is_seen(|| damage_bucket(1, |bucket| bucket.fresh = None));
	is_seen(|| damage_bucket(1, |bucket| bucket.fresh.as_mut().unwrap().votes = 1_501));
	is_seen(|| damage_bucket(1, |bucket| bucket.fresh.as_mut().unwrap().epoch = 12));
	is_seen(|| damage_bucket(2, |bucket| bucket.fresh = Some(Fresh { epoch: 10, votes: 0 })));
	is_seen(|| NextBucket::<Test>::put(3));
	is_seen(|| Buckets::<Test>::remove(2));
	is_seen(|| Buckets::<Test>::remove(3));
}

#[test]
fn try_state_detects_broken_indices() {
	is_seen(|| Owned::<Test>::remove(account(2), 1));
	is_seen(|| Owned::<Test>::insert(account(2), 0, ()));
	is_seen(|| Supporters::<Test>::remove(ANNA, 1));
	is_seen(|| Supporters::<Test>::insert(ANNA, 2, ()));
	is_seen(|| Supporters::<Test>::insert(BERT, 3, ()));
}

#[test]
fn try_state_detects_broken_own_buckets() {
	is_seen(|| Own::<Test>::remove(ANNA));
	is_seen(|| Own::<Test>::insert(ANNA, 1));
	is_seen(|| Own::<Test>::insert(BERT, 2));
	is_seen(|| damage_bucket(0, |bucket| bucket.own = false));
}

#[test]
fn try_state_detects_broken_voters_and_holds() {
	is_seen(|| Voters::<Test>::remove(account(2)));
	is_seen(|| Voters::<Test>::mutate(account(2), |voter| voter.buckets = 1));
	is_seen(|| Voters::<Test>::insert(account(9), Voter::default()));
	is_seen(|| MaxBuckets::set(1));
	is_seen(|| {
		assert_ok!(Balances::hold(&HoldReason::Bucket.into(), &account(2), 1));
	});
}

#[test]
fn try_state_detects_broken_tallies() {
	is_seen(|| damage_tally(|tally| tally.votes += 1));
	is_seen(|| damage_tally(|tally| tally.fresh += 1));
	is_seen(|| damage_tally(|tally| tally.epoch += 1));
	is_seen(|| {
		next_epoch();
		damage_tally(|tally| tally.fresh = tally.votes + 1)
	});
	is_seen(|| Tallies::<Test>::remove(ANNA));
	is_seen(|| Tallies::<Test>::insert(account(9), Tally::new(10)));
}

#[test]
fn try_state_detects_broken_checkpoints() {
	is_seen(|| Checkpoints::<Test>::remove(ANNA, 11));
	is_seen(|| Checkpoints::<Test>::mutate(ANNA, 11, |one| one.buckets += 1));
	is_seen(|| Checkpoints::<Test>::insert(ANNA, 3, Checkpoint { index: 0, buckets: 1 }));
}

#[test]
fn try_state_detects_an_empty_pot() {
	is_seen(|| {
		assert_ok!(Balances::burn_from(
			&Staking::pot(),
			2,
			frame_support::traits::tokens::Preservation::Preserve,
			frame_support::traits::tokens::Precision::Exact,
			frame_support::traits::tokens::Fortitude::Polite,
		));
	});
	is_seen(|| Voters::<Test>::mutate(account(2), |voter| voter.owed += 2));
}
