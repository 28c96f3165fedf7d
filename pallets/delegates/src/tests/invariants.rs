// SPDX-License-Identifier: Apache-2.0

//! The state check: that it holds whatever happens, and that it sees what is wrong.

use crate::{
	mock::{Delegates, *},
	*,
};
use frame_support::{assert_ok, traits::fungible::MutateHold};
use proptest::prelude::*;

/// Breaks a sound state by `damage`: the check must see it.
fn is_seen(damage: impl FnOnce()) {
	chain(vec![]).execute_with(|| {
		register(1);
		register(2);
		let accounts = Accounts { operator: account(11), reward: account(1) };
		assert_ok!(Delegates::set_accounts(by(1), accounts));
		assert_ok!(Delegates::set_plan(by(1), plan(1, 2)));
		Supports::set(vec![(account(3), account(1))]);
		let words = Default::default();
		assert_ok!(Delegates::complain(by(3), account(1), 3, EVIDENCE, words));
		assert_ok!(Delegates::do_try_state());
		damage();
		assert!(Delegates::do_try_state().is_err());
	});
}

fn damage_delegate(damage: impl FnOnce(&mut Delegate)) {
	crate::Delegates::<Test>::mutate(account(1), |one| damage(one.as_mut().unwrap()));
}

#[test]
fn try_state_detects_what_is_missing_or_nobodys() {
	is_seen(|| crate::Delegates::<Test>::remove(account(2)));
	is_seen(|| Profiles::<Test>::remove(account(1)));
	is_seen(|| Profiles::<Test>::insert(account(5), profile("anna")));
	is_seen(|| Names::<Test>::remove(profile("delegate-1").name));
	is_seen(|| Names::<Test>::insert(profile("delegate-1").name, account(2)));
	is_seen(|| Names::<Test>::insert(profile("anna").name, account(2)));
	is_seen(|| PlansOf::<Test>::remove(account(1)));
	is_seen(|| PlansOf::<Test>::insert(account(5), PlansOf::<Test>::get(account(1))));
	is_seen(|| Operators::<Test>::remove(account(11)));
	is_seen(|| Operators::<Test>::insert(account(11), account(2)));
	is_seen(|| Operators::<Test>::insert(account(12), account(2)));
	is_seen(|| MaxDelegates::set(1));
}

#[test]
fn try_state_detects_what_is_wrong_with_a_delegate() {
	is_seen(|| damage_delegate(|one| one.trusted_from = 10 + 50));
	is_seen(|| damage_delegate(|one| one.accounts.operator = account(2)));
	is_seen(|| {
		damage_delegate(|one| one.accounts.operator = account(2));
		Operators::<Test>::remove(account(11));
		Operators::<Test>::insert(account(2), account(1));
	});
	is_seen(|| {
		Profiles::<Test>::mutate(account(1), |one| {
			one.as_mut().unwrap().web = vec![0xff].try_into().unwrap()
		})
	});
	is_seen(|| {
		PlansOf::<Test>::mutate(account(1), |plans| {
			*plans = Plans::truncate_from(plans.iter().rev().copied().collect())
		})
	});
}

#[test]
fn try_state_detects_a_deposit_that_is_not_held() {
	is_seen(|| {
		Complaints::<Test>::mutate(account(1), account(3), |one| one.as_mut().unwrap().1 += 1)
	});
	is_seen(|| {
		assert_ok!(Balances::hold(&HoldReason::Complaint.into(), &account(3), 1));
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn any_history_keeps_the_invariants(
		steps in prop::collection::vec((0u8..10, 1u8..=4, 1u8..=4, 0u8..3), 1..80),
	) {
		chain(vec![]).execute_with(|| {
			for (what, number, other, choice) in steps {
				let name = profile(["anna", "Anna", "bert"][choice as usize]);
				let _ = match what {
					0 | 1 => Delegates::register(by(number), number.into(), name, plan(choice, other)),
					2 => Delegates::set_profile(by(number), name),
					3 => Delegates::set_plan(by(number), plan(choice, other)),
					4 => {
						let operator = account(other + 10 * (choice % 2));
						let accounts = Accounts { operator, reward: account(other) };
						Delegates::set_accounts(by(number), accounts)
					}
					5 => Delegates::retire(by(number)),
					6 => Delegates::activate(by(number)),
					7 => Delegates::resign(by(number)),
					8 => {
						Supports::set(vec![(account(number), account(other))]);
						let words = Default::default();
						Delegates::complain(by(number), account(other), number.into(), EVIDENCE, words)
							.and_then(|()| match choice {
								0 => Delegates::withdraw_complaint(by(number), account(other)),
								_ => Ok(()),
							})
					}
					_ => {
						Epoch::mutate(|epoch| *epoch += EpochIndex::from(choice) * 5);
						Ok(())
					}
				};
				Delegates::do_try_state().unwrap();
				// Who has an own bucket bound is who is a delegate.
				let mut bound = Bound::get();
				bound.sort();
				let mut all: Vec<_> = crate::Delegates::<Test>::iter_keys().collect();
				all.sort();
				prop_assert_eq!(bound, all);
			}
			Ok(())
		})?;
	}
}
