// SPDX-License-Identifier: Apache-2.0

//! Who earns what, and from when. Rewards are such that shares come out even: others lose less than a
//! unit.

use crate::{mock::*, *};
use eventum_primitives::traits::Staking as _;
use frame_support::assert_ok;

#[test]
fn votes_earn_from_the_epoch_after_they_were_cast() {
	run(|| {
		create(1, ANNA, 1_000, 0);
		assert_eq!(reward(ANNA, 500), 0, "nobody earns yet");
		next_epoch();
		create(2, ANNA, 3_000, 0);
		assert_eq!(reward(ANNA, 500), 500);
		System::assert_last_event(Event::<Test>::Rewarded { delegate: ANNA, amount: 500 }.into());
		assert_eq!((owed(1), owed(2)), (500, 0));
		next_epoch();
		assert_eq!(reward(ANNA, 2_000), 2_000);
		assert_eq!((owed(1), owed(2)), (1_000, 1_500));
	});
}

#[test]
fn votes_earn_after_epochs_in_which_nothing_happened() {
	run(|| {
		create(1, ANNA, 1_000, 0);
		next_epoch();
		create(2, ANNA, 1_000, 0);
		for _ in 0..5 {
			next_epoch();
		}
		assert_eq!(reward(ANNA, 500), 500);
		assert_eq!((owed(1), owed(2)), (250, 250));
	});
}

#[test]
fn several_rewards_of_one_epoch_leave_newcomers_out() {
	run(|| {
		create(1, ANNA, 1_000, 0);
		next_epoch();
		reward(ANNA, 125);
		create(2, ANNA, 1_000, 0);
		reward(ANNA, 250);
		create(3, ANNA, 2_000, 0);
		reward(ANNA, 500);
		assert_eq!((owed(1), owed(2), owed(3)), (875, 0, 0));
		next_epoch();
		reward(ANNA, 1_000);
		assert_eq!((owed(1), owed(2), owed(3)), (1_125, 250, 500));
		// Whoever is credited first, and however late, gets the same.
		next_epoch();
		next_epoch();
		assert_ok!(claim(3, &[2]));
		reward(ANNA, 1_000);
		assert_ok!(claim(2, &[1]));
		assert_eq!((free(3), free(2)), (FUNDS - 2_000 + 500, FUNDS - 1_000 + 500));
		assert_eq!((owed(1), owed(2), owed(3)), (1_375, 0, 500));
	});
}

#[test]
fn who_leaves_forfeits_the_running_epoch() {
	run(|| {
		let id = create(1, ANNA, 1_000, 0);
		create(2, ANNA, 1_000, 0);
		next_epoch();
		reward(ANNA, 1_000);
		next_epoch();
		assert_ok!(Staking::move_votes(by(1), id, BERT));
		assert_eq!(owed(1), 500, "what was paid before stays");
		reward(ANNA, 500);
		assert_eq!((owed(1), owed(2)), (500, 1_000));
		assert_eq!(reward(BERT, 500), 0, "it earns nowhere in this epoch");
		// Coming back at once does not help.
		assert_ok!(Staking::move_votes(by(1), id, ANNA));
		reward(ANNA, 500);
		assert_eq!((owed(1), owed(2)), (500, 1_500));
		next_epoch();
		reward(ANNA, 1_000);
		assert_eq!((owed(1), owed(2)), (1_000, 2_000));
	});
}

#[test]
fn what_was_there_goes_on_earning_when_a_bucket_grows() {
	run(|| {
		let id = create(1, ANNA, 1_000, 0);
		create(2, ANNA, 1_000, 0);
		next_epoch();
		assert_ok!(Staking::add(by(1), id, 2_000));
		assert_ok!(Staking::add(by(1), id, 1_000));
		reward(ANNA, 1_000);
		assert_eq!((owed(1), owed(2)), (500, 500));
		next_epoch();
		reward(ANNA, 5_000);
		assert_eq!((owed(1), owed(2)), (4_500, 1_500));
	});
}

#[test]
fn a_longer_term_counts_from_the_next_epoch_and_a_lost_one_at_once() {
	run(|| {
		let id = create(1, ANNA, 500_000, 0);
		create(2, ANNA, 500_000, 0);
		next_epoch();
		assert_ok!(Staking::extend(by(1), id, 1_050));
		reward(ANNA, 125_000);
		assert_eq!((owed(1), owed(2)), (62_500, 62_500));
		assert_ok!(Staking::set_auto_renew(by(1), id, false));
		reward(ANNA, 125_000);
		assert_eq!((owed(1), owed(2)), (125_000, 125_000), "what is left was there before");
		next_epoch();
		reward(ANNA, 500_000);
		let votes = (bucket(0).votes, bucket(1).votes);
		assert_eq!(owed(1), 125_000 + 500_000 * votes.0 / (votes.0 + votes.1));
		next_epoch();
		assert_ok!(Staking::set_auto_renew(by(1), id, true));
		assert_ok!(Staking::set_auto_renew(by(1), id, false));
		assert_eq!(bucket(0).earning(Epoch::get()), votes.0);
	});
}

#[test]
fn splitting_and_merging_forfeit_nothing() {
	run(|| {
		let id = create(1, ANNA, 1_000, 0);
		create(2, ANNA, 1_000, 0);
		next_epoch();
		assert_ok!(Staking::add(by(1), id, 500));
		assert_ok!(Staking::split(by(1), id, 600));
		let earning = |id| bucket(id).earning(Epoch::get());
		assert_eq!((earning(0), earning(2)), (900, 100), "as many as before");
		reward(ANNA, 1_000);
		assert_eq!((owed(1), owed(2)), (500, 500));
		assert_ok!(Staking::merge(by(1), 0, 2));
		assert_eq!(earning(2), 1_000);
		reward(ANNA, 1_000);
		assert_eq!((owed(1), owed(2)), (1_000, 1_000));
		next_epoch();
		reward(ANNA, 2_500);
		assert_eq!((owed(1), owed(2)), (2_500, 2_000));
	});
}

#[test]
fn a_gift_brings_the_running_epochs_share_but_not_what_was_paid() {
	run(|| {
		let id = create(1, ANNA, 1_000, 0);
		next_epoch();
		reward(ANNA, 500);
		assert_ok!(Staking::transfer(by(1), id, account(2)));
		assert_eq!((owed(1), owed(2)), (500, 0));
		reward(ANNA, 500);
		assert_eq!((owed(1), owed(2)), (500, 500));
		// Who has no bucket any more still gets what it is owed.
		assert_ok!(claim(1, &[]));
		assert_eq!(free(1), FUNDS - 1_000 + 500);
		assert_eq!(Voters::<Test>::get(account(1)), Voter::default());
	});
}

#[test]
fn what_an_unlocked_bucket_earned_stays_owed() {
	run(|| {
		assert_ok!(Staking::create(by(1), ANNA, 1_000, 0, false));
		next_epoch();
		reward(ANNA, 500);
		next_epoch();
		assert_ok!(Staking::unlock(by(1), 0));
		assert_eq!(reward(ANNA, 500), 0);
		pass_days(3);
		assert_ok!(Staking::withdraw(by(1), 0));
		assert_eq!(owed(1), 500);
		assert_ok!(claim(1, &[]));
		assert_eq!(free(1), FUNDS + 500);
	});
}

#[test]
fn nothing_is_taken_that_cannot_be_shared() {
	run(|| {
		let reserve = Balances::free_balance(RESERVE);
		assert_eq!(reward(ANNA, 100), 0, "no votes at all");
		create(1, ANNA, 100, 0);
		next_epoch();
		assert_eq!(reward(ANNA, 0), 0);
		assert_eq!(reward(ANNA, FUNDS), 0, "the payer must keep its existential deposit");
		assert_eq!(reward(ANNA, FUNDS * 2), 0);
		assert_eq!(Balances::free_balance(RESERVE), reserve);
		assert_eq!(Staking::reward(&RESERVE, &ANNA, 7), 7);
		assert_eq!(Balances::free_balance(RESERVE), reserve - 7);
		assert_eq!(Balances::free_balance(Staking::pot()), EXISTENTIAL_DEPOSIT + 7);
	});
}

#[test]
fn remainders_stay_in_the_pot() {
	run(|| {
		for owner in 1..=3 {
			create(owner, ANNA, 1_000, 0);
		}
		next_epoch();
		reward(ANNA, 100);
		for (owner, id) in [(1, 0), (2, 1), (3, 2)] {
			assert_ok!(claim(owner, &[id]));
			assert_eq!(free(owner), FUNDS - 1_000 + 33);
		}
		assert_eq!(Balances::free_balance(Staking::pot()), EXISTENTIAL_DEPOSIT + 1);
	});
}
