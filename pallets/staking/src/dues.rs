// SPDX-License-Identifier: Apache-2.0

//! What voters earn, and how they get it.

use crate::{pallet::Config, Error, Event, HoldReason, Pallet, Voters};
use eventum_primitives::{bucket::Payout, rules::shares::raise, AccountId, Balance, BucketId};
use frame_support::{
	ensure,
	traits::{
		fungible::{Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
};
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account that holds what voters are owed.
	pub fn pot() -> AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// Takes `amount` from an account for those who voted for a delegate when the epoch began.
	pub(crate) fn do_reward(from: &AccountId, delegate: &AccountId, amount: Balance) -> Balance {
		if amount == 0 {
			return 0;
		}
		let mut tally = Self::tally(delegate);
		let Some(index) = raise(tally.index, amount, tally.earning()) else { return 0 };
		let paid = T::Currency::transfer(from, &Self::pot(), amount, Preservation::Preserve);
		if paid.is_err() {
			return 0;
		}
		tally.index = index;
		Self::put_tally(delegate, tally);
		Self::deposit_event(Event::Rewarded { delegate: delegate.clone(), amount });
		amount
	}

	pub(crate) fn do_set_payout(owner: AccountId, payout: Payout) -> DispatchResult {
		ensure!(Voters::<T>::get(&owner).buckets > 0, Error::<T>::NoVoter);
		if let Payout::Compound(id) = payout {
			Self::voting(id, &owner)?;
		}
		Self::change_voter(&owner, |voter| voter.payout = payout.clone());
		Self::deposit_event(Event::PayoutSet { owner, payout });
		Ok(())
	}

	/// Credits an account with what these of its buckets have earned, and pays all that it is owed.
	pub(crate) fn do_claim(owner: AccountId, buckets: &[BucketId]) -> DispatchResult {
		for id in buckets {
			let bucket = Self::owned(*id, &owner)?;
			Self::credit(*id, bucket);
		}
		let (amount, payout) = Self::change_voter(&owner, |voter| {
			(core::mem::take(&mut voter.owed), voter.payout.clone())
		});
		ensure!(amount > 0, Error::<T>::NothingOwed);
		let payout = Self::pay(&owner, amount, payout)?;
		Self::deposit_event(Event::Paid { owner, amount, payout });
		Ok(())
	}

	/// Pays out of the pot; tells where it went.
	fn pay(owner: &AccountId, amount: Balance, payout: Payout) -> Result<Payout, DispatchError> {
		let to = match &payout {
			Payout::Compound(id) => {
				if let Ok(mut bucket) = Self::voting(*id, owner) {
					T::Currency::transfer_and_hold(
						&HoldReason::Bucket.into(),
						&Self::pot(),
						owner,
						amount,
						Precision::Exact,
						Preservation::Preserve,
						Fortitude::Polite,
					)?;
					bucket.amount = bucket.amount.saturating_add(amount);
					Self::keep(*id, bucket);
					return Ok(payout);
				}
				owner
			}
			Payout::Free => owner,
			Payout::Forward(account) => account,
		};
		T::Currency::transfer(&Self::pot(), to, amount, Preservation::Preserve)?;
		Ok(if to == owner { Payout::Free } else { payout.clone() })
	}
}
