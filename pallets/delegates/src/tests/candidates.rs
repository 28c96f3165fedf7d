// SPDX-License-Identifier: Apache-2.0

//! What elections ask, and do.

use crate::{
	mock::{Delegates, *},
	*,
};
use eventum_primitives::traits::Candidates;
use frame_support::assert_ok;

#[test]
fn probation_runs_down_with_epochs() {
	run(|| {
		register(1);
		let one = account(1);
		assert_eq!(Delegates::probation(&one), 0);
		Delegates::set_probation(&one, 6);
		assert_eq!(Delegates::probation(&one), 7, "the rest of this epoch, and six");
		Epoch::set(11);
		assert_eq!(Delegates::probation(&one), 6);
		Epoch::set(16);
		assert_eq!(Delegates::probation(&one), 1);
		Epoch::set(17);
		assert_eq!(Delegates::probation(&one), 0);
	});
}

#[test]
fn who_is_no_delegate_is_left_alone() {
	run(|| {
		Delegates::set_probation(&account(1), 6);
		assert_eq!(Delegates::probation(&account(1)), 0);
		assert_eq!(Delegates::reward_account(&account(1)), None);
		assert_eq!(Delegates::plan(&account(1), 10), Plan::default());
	});
}

#[test]
fn plan_and_reward_account_are_told() {
	run(|| {
		register(1);
		assert_eq!(Delegates::reward_account(&account(1)), Some(account(1)));
		let accounts = Accounts { operator: account(1), reward: account(9) };
		assert_ok!(Delegates::set_accounts(by(1), accounts));
		assert_ok!(Delegates::set_plan(by(1), plan(3, 4)));
		assert_eq!(Delegates::reward_account(&account(1)), Some(account(9)));
		assert_eq!(Delegates::plan(&account(1), 11), plan(10, 20));
		assert_eq!(Delegates::plan(&account(1), 12), plan(3, 4));
	});
}
