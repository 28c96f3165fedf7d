// SPDX-License-Identifier: Apache-2.0

//! The own buckets of delegates, and all else that delegates use of staking.

use crate::{pallet::Config, Buckets, Error, Event, HoldReason, Own, Pallet, Tallies};
use eventum_primitives::{traits::Staking, AccountId, Balance, BucketId};
use frame_support::{
	defensive, ensure,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
	},
};
use sp_runtime::DispatchResult;

impl<T: Config> Staking for Pallet<T> {
	fn votes(delegate: &AccountId) -> Balance {
		Tallies::<T>::get(delegate).map_or(0, |tally| tally.votes)
	}

	fn votes_for(owner: &AccountId, id: BucketId, delegate: &AccountId) -> bool {
		Self::voting(id, owner).is_ok_and(|bucket| bucket.delegate == *delegate)
	}

	fn own_stake(delegate: &AccountId) -> Balance {
		Own::<T>::get(delegate).and_then(Buckets::<T>::get).map_or(0, |bucket| bucket.amount)
	}

	fn bind_own(delegate: &AccountId, owner: &AccountId, id: BucketId) -> DispatchResult {
		let mut bucket = Self::voting(id, owner)?;
		ensure!(!bucket.own, Error::<T>::OwnBucket);
		ensure!(!Own::<T>::contains_key(delegate), Error::<T>::HasOwnBucket);
		if bucket.delegate != *delegate {
			Self::redirect(id, &mut bucket, delegate.clone());
		}
		bucket.own = true;
		Self::keep(id, bucket);
		Own::<T>::insert(delegate, id);
		Self::deposit_event(Event::OwnBound { bucket: id, delegate: delegate.clone() });
		Ok(())
	}

	fn release_own(delegate: &AccountId) {
		let Some(id) = Own::<T>::take(delegate) else { return };
		let Some(mut bucket) = Buckets::<T>::get(id) else {
			defensive!("an own bucket is gone");
			return;
		};
		bucket.own = false;
		Self::keep(id, bucket);
		Self::deposit_event(Event::OwnReleased { bucket: id, delegate: delegate.clone() });
	}

	fn slash_own(delegate: &AccountId, amount: Balance, to: &AccountId) -> Balance {
		let Some(id) = Own::<T>::get(delegate) else { return 0 };
		let Some(mut bucket) = Buckets::<T>::get(id) else {
			defensive!("an own bucket is gone");
			return 0;
		};
		let amount = amount.min(bucket.amount);
		if amount == 0 {
			return 0;
		}
		let taken = T::Currency::transfer_on_hold(
			&HoldReason::Bucket.into(),
			&bucket.owner,
			to,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		);
		let Ok(amount) = taken else { return 0 };
		bucket.amount = bucket.amount.saturating_sub(amount);
		Self::keep(id, bucket);
		Self::deposit_event(Event::Slashed { bucket: id, delegate: delegate.clone(), amount });
		amount
	}

	fn reward(from: &AccountId, delegate: &AccountId, amount: Balance) -> Balance {
		Self::do_reward(from, delegate, amount)
	}
}
