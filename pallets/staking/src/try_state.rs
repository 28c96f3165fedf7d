// SPDX-License-Identifier: Apache-2.0

//! What must always hold.

use crate::{
	pallet::Config, Bucket, Buckets, Checkpoints, HoldReason, NextBucket, Own, Owned, Pallet,
	Supporters, Tallies, Voters,
};
use alloc::{collections::BTreeMap, vec::Vec};
use eventum_primitives::{AccountId, Balance, BucketId, EpochIndex};
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, InspectHold},
		Get,
	},
};
use sp_runtime::TryRuntimeError;

type All = [(BucketId, Bucket)];

impl<T: Config> Pallet<T> {
	/// Invariants:
	///
	/// - each bucket has the votes that its amount and term give, and no index knows a bucket that is
	///   not there;
	/// - what is on hold of each account is the sum of its buckets;
	/// - the votes of each delegate are the sum of those of its buckets, and so are the fresh ones of the
	///   running epoch;
	/// - checkpoints count the buckets that need them;
	/// - the pot holds at least what voters are owed.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let all: Vec<(BucketId, Bucket)> = Buckets::<T>::iter().collect();
		Self::check_buckets(&all)?;
		Self::check_own(&all)?;
		Self::check_owners(&all)?;
		Self::check_tallies(&all)?;
		Self::check_checkpoints(&all)?;
		Self::check_pot(&all)
	}

	fn check_buckets(all: &All) -> Result<(), TryRuntimeError> {
		let epoch = T::Epoch::get();
		for (id, bucket) in all {
			ensure!(*id < NextBucket::<T>::get(), "a bucket has a number that is not given yet");
			ensure!(
				bucket.votes == bucket.due_votes(),
				"a bucket has not the votes that are its due"
			);
			let supports = Supporters::<T>::contains_key(&bucket.delegate, id);
			ensure!(
				supports != bucket.is_unbonding(),
				"a bucket votes if and only if it is locked"
			);
			let owned = Owned::<T>::contains_key(&bucket.owner, id);
			ensure!(owned, "a bucket is not noted with its owner");
			if let Some(fresh) = bucket.fresh {
				ensure!(fresh.epoch <= epoch, "votes were cast in an epoch to come");
				let some = fresh.votes > 0 && fresh.votes <= bucket.votes;
				ensure!(some, "more or less than its votes are fresh of a bucket");
			}
		}
		let voting = all.iter().filter(|(_, bucket)| !bucket.is_unbonding()).count();
		ensure!(Owned::<T>::iter_keys().count() == all.len(), "an owner's bucket is gone");
		ensure!(Supporters::<T>::iter_keys().count() == voting, "a supporter's bucket is gone");
		Ok(())
	}

	fn check_own(all: &All) -> Result<(), TryRuntimeError> {
		let mut own = 0usize;
		for (id, bucket) in all.iter().filter(|(_, bucket)| bucket.own) {
			ensure!(!bucket.is_unbonding(), "an own bucket is unlocked");
			let bound = Own::<T>::get(&bucket.delegate);
			ensure!(bound == Some(*id), "a bucket is not the own one of its delegate");
			own = own.saturating_add(1);
		}
		ensure!(Own::<T>::iter_keys().count() == own, "an own bucket is none");
		Ok(())
	}

	fn check_owners(all: &All) -> Result<(), TryRuntimeError> {
		let mut owners = BTreeMap::<AccountId, (u32, Balance)>::new();
		for (_, bucket) in all {
			let (count, sum) = owners.entry(bucket.owner.clone()).or_default();
			*count = count.saturating_add(1);
			*sum = sum.saturating_add(bucket.amount);
		}
		for (owner, voter) in Voters::<T>::iter() {
			let (count, sum) = owners.remove(&owner).unwrap_or_default();
			ensure!(voter.buckets == count, "the buckets of a voter are miscounted");
			ensure!(count <= T::MaxBuckets::get(), "a voter has too many buckets");
			ensure!(count > 0 || voter.owed > 0, "a voter that is none is kept");
			let held = T::Currency::balance_on_hold(&HoldReason::Bucket.into(), &owner);
			ensure!(held == sum, "what is on hold is not what is in buckets");
		}
		ensure!(owners.is_empty(), "the owner of a bucket is not noted");
		Ok(())
	}

	fn check_tallies(all: &All) -> Result<(), TryRuntimeError> {
		let epoch = T::Epoch::get();
		let mut sums = BTreeMap::<AccountId, (Balance, Balance)>::new();
		for (_, bucket) in all {
			let (votes, fresh) = sums.entry(bucket.delegate.clone()).or_default();
			*votes = votes.saturating_add(bucket.votes);
			*fresh = fresh.saturating_add(bucket.votes.saturating_sub(bucket.earning(epoch)));
		}
		for (delegate, tally) in Tallies::<T>::iter() {
			let (votes, fresh) = sums.remove(&delegate).unwrap_or_default();
			ensure!(tally.votes == votes && votes > 0, "votes are not the sum of the buckets'");
			ensure!(tally.epoch <= epoch, "a tally is of an epoch to come");
			ensure!(tally.fresh <= votes, "more votes are fresh than there are");
			let counted = if tally.epoch == epoch { tally.fresh } else { 0 };
			ensure!(counted == fresh, "fresh votes are not the sum of the buckets'");
		}
		let rest = sums.values().all(|(votes, _)| *votes == 0);
		ensure!(rest, "votes are in no tally");
		Ok(())
	}

	fn check_checkpoints(all: &All) -> Result<(), TryRuntimeError> {
		let mut needed = BTreeMap::<(AccountId, EpochIndex), u32>::new();
		for (_, bucket) in all {
			if let Some(fresh) = bucket.fresh {
				let count = needed.entry((bucket.delegate.clone(), fresh.epoch)).or_default();
				*count = count.saturating_add(1);
			}
		}
		for (delegate, epoch, checkpoint) in Checkpoints::<T>::iter() {
			let count = needed.remove(&(delegate, epoch));
			ensure!(count == Some(checkpoint.buckets), "a checkpoint miscounts its buckets");
		}
		ensure!(needed.is_empty(), "a checkpoint is missing");
		Ok(())
	}

	fn check_pot(all: &All) -> Result<(), TryRuntimeError> {
		let credited = Voters::<T>::iter_values().map(|voter| voter.owed);
		let pending = all.iter().map(|(_, bucket)| Self::pending(bucket));
		let owed = credited.chain(pending).fold(0, |sum: Balance, due| sum.saturating_add(due));
		let least = owed.saturating_add(T::Currency::minimum_balance());
		ensure!(T::Currency::balance(&Self::pot()) >= least, "the pot holds less than is owed");
		Ok(())
	}
}
