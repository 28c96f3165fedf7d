// SPDX-License-Identifier: Apache-2.0

//! What runtime APIs answer.

use crate::{pallet::Config, Bucket, Buckets, Owned, Pallet, Supporters, Term, Voters};
use alloc::vec::Vec;
use eventum_primitives::{
	apis::{BucketView, DuesView, Lock},
	traits::Clock,
	AccountId, BucketId,
};
use frame_support::traits::Get;

/// Buckets in one answer of [`Pallet::voters`] at most.
pub const VOTERS_PAGE: u32 = 100;

impl<T: Config> Pallet<T> {
	/// A bucket.
	pub fn bucket(id: BucketId) -> Option<BucketView> {
		Buckets::<T>::get(id).map(|bucket| Self::view(id, bucket))
	}

	/// All buckets of an account in the order of creation.
	pub fn buckets(owner: AccountId) -> Vec<BucketView> {
		let mut ids: Vec<BucketId> = Owned::<T>::iter_key_prefix(owner).collect();
		ids.sort_unstable();
		ids.into_iter().filter_map(Self::bucket).collect()
	}

	/// Buckets that vote for a delegate, in no order, after `cursor`, at most `limit` and
	/// [`VOTERS_PAGE`].
	pub fn voters(delegate: AccountId, cursor: Option<BucketId>, limit: u32) -> Vec<BucketView> {
		let ids = match cursor {
			None => Supporters::<T>::iter_key_prefix(&delegate),
			Some(last) => {
				let from = Supporters::<T>::hashed_key_for(&delegate, last);
				Supporters::<T>::iter_key_prefix_from(&delegate, from)
			}
		};
		ids.take(limit.min(VOTERS_PAGE) as usize).filter_map(Self::bucket).collect()
	}

	/// What an account is owed, with what its buckets have earned until now. Looks at all its buckets:
	/// off chain only.
	pub fn dues(owner: AccountId) -> DuesView {
		let voter = Voters::<T>::get(&owner);
		let pending = Owned::<T>::iter_key_prefix(owner)
			.filter_map(Buckets::<T>::get)
			.map(|bucket| Self::pending(&bucket));
		DuesView {
			owed: pending.fold(voter.owed, |sum, amount| sum.saturating_add(amount)),
			buckets: voter.buckets,
			payout: voter.payout,
		}
	}

	fn view(id: BucketId, bucket: Bucket) -> BucketView {
		let now = T::Clock::now();
		let lock = match bucket.term {
			Term::Renewing => Lock::Renewing,
			Term::Ending { at } if at > now => Lock::Running,
			Term::Ending { .. } => Lock::Over,
			Term::Unbonding { until } if until > now => Lock::Unbonding,
			Term::Unbonding { .. } => Lock::Withdrawable,
		};
		let withdrawable_at = match bucket.term {
			Term::Unbonding { until } => until,
			_ => Self::term_end(&bucket).saturating_add(Self::unbonding_time()),
		};
		let (earning, pending) = (bucket.earning(T::Epoch::get()), Self::pending(&bucket));
		let Bucket { owner, delegate, amount, days, own, votes, .. } = bucket;
		BucketView {
			id,
			owner,
			delegate,
			amount,
			days,
			own,
			lock,
			withdrawable_at,
			votes,
			earning,
			pending,
		}
	}
}
