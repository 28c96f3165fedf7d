// SPDX-License-Identifier: Apache-2.0

//! What elections ask of delegates, and do to them.

use crate::{pallet::Config, Delegates, Operators, Pallet};
use alloc::vec::Vec;
use eventum_primitives::{delegate::Plan, traits::Candidates, AccountId, Balance, EpochIndex};
use frame_support::traits::Get;

impl<T: Config> Candidates for Pallet<T> {
	fn standings() -> Vec<(AccountId, Balance)> {
		Delegates::<T>::iter()
			.map(|(account, delegate)| {
				let counted = Self::counted(&account, &delegate);
				(account, counted)
			})
			.collect()
	}

	fn probation(delegate: &AccountId) -> u32 {
		Delegates::<T>::get(delegate).map_or(0, |one| Self::probation_left(&one))
	}

	fn set_probation(delegate: &AccountId, epochs: u32) {
		let trusted_from = T::Epoch::get().saturating_add(1).saturating_add(epochs);
		Delegates::<T>::mutate(delegate, |slot| {
			if let Some(one) = slot {
				one.trusted_from = trusted_from;
			}
		});
	}

	fn plan(delegate: &AccountId, epoch: EpochIndex) -> Plan {
		Self::plan_at(delegate, epoch)
	}

	fn served_by(account: &AccountId) -> Option<AccountId> {
		if Delegates::<T>::contains_key(account) {
			return Some(account.clone());
		}
		Operators::<T>::get(account)
	}

	fn reward_account(delegate: &AccountId) -> Option<AccountId> {
		Delegates::<T>::get(delegate).map(|one| one.accounts.reward)
	}
}
