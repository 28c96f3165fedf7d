// SPDX-License-Identifier: Apache-2.0

//! Tests of the accounts.

use crate::{mock::*, *};
use frame_support::{
	assert_ok,
	traits::{
		fungible::Mutate,
		tokens::{Fortitude, Precision, Preservation},
		Hooks,
	},
};

fn pool() -> Balance {
	Balances::free_balance(Rewards::reward_pool())
}

fn reserve() -> Balance {
	Balances::free_balance(Rewards::delegate_reserve())
}

fn withdraw(amount: Balance) -> Credit<AccountId, Balances> {
	<Balances as Balanced<_>>::withdraw(
		&account(1),
		amount,
		Precision::Exact,
		Preservation::Preserve,
		Fortitude::Polite,
	)
	.unwrap()
}

#[test]
fn genesis_mints_what_it_says() {
	chain(7_000, 40).execute_with(|| {
		assert_eq!((pool(), reserve()), (7_000, 40));
		assert_eq!(Balances::total_issuance(), 2_000 + 7_040);
		assert_ok!(Rewards::do_try_state());
	});
}

#[test]
fn genesis_gives_at_least_the_existential_deposit() {
	chain(0, 3).execute_with(|| {
		assert_eq!((pool(), reserve()), (10, 10));
		assert_ok!(Rewards::do_try_state());
	});
}

#[test]
fn dust_goes_into_the_pool() {
	run(|| {
		assert_ok!(Balances::transfer_allow_death(
			RuntimeOrigin::signed(account(1)),
			account(2),
			995
		));
		assert_eq!(Balances::total_balance(&account(1)), 0);
		assert_eq!(pool(), 505);
		System::assert_has_event(Event::<Test>::PoolReceived { amount: 5 }.into());
	});
}

#[test]
fn imbalances_arrive_whole_however_small() {
	run(|| {
		ToPool::<Test>::on_unbalanced(withdraw(1));
		ToReserve::<Test>::on_unbalanced(withdraw(2));
		ToReserve::<Test>::on_unbalanceds([withdraw(30), withdraw(3)].into_iter());
		ToPool::<Test>::on_unbalanced(Credit::<AccountId, Balances>::default());
		assert_eq!((pool(), reserve()), (501, 535));
	});
}

#[test]
fn accounts_outlive_being_drained() {
	run(|| {
		let (drained, reserve) = (Rewards::reward_pool(), Rewards::delegate_reserve());
		let all = Balances::free_balance(&drained);
		assert!(<Balances as Mutate<_>>::transfer(&drained, &reserve, all, Preservation::Preserve)
			.is_err());
		assert_ok!(<Balances as Mutate<_>>::transfer(
			&drained,
			&reserve,
			all,
			Preservation::Expendable
		));
		// The provider reference keeps the account; the chain's check tells that it was drained.
		assert!(System::account_exists(&drained));
		assert!(Rewards::do_try_state().is_err());
		ToPool::<Test>::on_unbalanced(withdraw(10));
		assert_eq!(pool(), 10);
	});
}

#[test]
fn try_state_detects_a_missing_account() {
	chain(500, 500).execute_with(|| {
		frame_system::Account::<Test>::remove(Rewards::delegate_reserve());
		assert!(Rewards::do_try_state().is_err());
	});
}

#[test]
fn the_two_accounts_differ() {
	Rewards::integrity_test();
	assert_ne!(Rewards::reward_pool(), Rewards::delegate_reserve());
}
