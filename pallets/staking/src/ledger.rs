// SPDX-License-Identifier: Apache-2.0

//! Buckets and the tallies of delegates: the only place that writes either.
//!
//! A bucket is *settled* (its earnings credited to its owner) before it is *weighed* (its votes in the
//! delegate's tally changed), so that earnings are reckoned with the votes that earned them.

use crate::{
	pallet::Config, Bucket, Buckets, Checkpoints, Error, Fresh, NextBucket, Owned, Pallet,
	Supporters, Tallies, Tally, Term, Voter, Voters,
};
use eventum_primitives::{rules::shares::earned, AccountId, Balance, BucketId, EpochIndex, Moment};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// A bucket of `who` that votes.
	pub(crate) fn voting(id: BucketId, who: &AccountId) -> Result<Bucket, DispatchError> {
		let bucket = Self::owned(id, who)?;
		ensure!(!bucket.is_unbonding(), Error::<T>::Unbonding);
		Ok(bucket)
	}

	/// A bucket of `who`.
	pub(crate) fn owned(id: BucketId, who: &AccountId) -> Result<Bucket, DispatchError> {
		let bucket = Buckets::<T>::get(id).ok_or(Error::<T>::NoBucket)?;
		ensure!(bucket.owner == *who, Error::<T>::NotOwner);
		Ok(bucket)
	}

	/// Adds a bucket that has no votes yet; at most `earning` of those it gets earn in the running
	/// epoch.
	pub(crate) fn open(mut bucket: Bucket, earning: Balance) -> BucketId {
		let id = NextBucket::<T>::get();
		NextBucket::<T>::put(id.saturating_add(1));
		Self::own_one_more(id, &bucket.owner);
		Self::join(id, &mut bucket, earning);
		Buckets::<T>::insert(id, bucket);
		id
	}

	/// Removes a bucket that has no votes.
	pub(crate) fn close(id: BucketId, bucket: &Bucket) {
		Self::own_one_less(id, &bucket.owner);
		Buckets::<T>::remove(id);
	}

	/// Keeps a bucket of which amount or term may have changed.
	pub(crate) fn keep(id: BucketId, bucket: Bucket) {
		Self::reweigh(id, bucket, 0);
	}

	/// Moves `amount` of a bucket into a new one. As many votes earn as before.
	pub(crate) fn divide(id: BucketId, mut bucket: Bucket, amount: Balance) -> BucketId {
		Self::settle(&mut bucket);
		let part = Bucket { amount, votes: 0, fresh: None, ..bucket.clone() };
		let earning = bucket.earning(T::Epoch::get());
		bucket.amount = bucket.amount.saturating_sub(amount);
		let rest = Self::reweigh(id, bucket, 0);
		Self::open(part, earning.saturating_sub(rest))
	}

	/// Moves all of a bucket into another. As many votes earn as before.
	pub(crate) fn unite(id: BucketId, mut bucket: Bucket, into: BucketId, mut target: Bucket) {
		let earning = Self::leave(id, &mut bucket);
		Self::close(id, &bucket);
		target.amount = target.amount.saturating_add(bucket.amount);
		Self::reweigh(into, target, earning);
	}

	/// Ends the voting of a bucket.
	pub(crate) fn retire(id: BucketId, mut bucket: Bucket, until: Moment) {
		Self::leave(id, &mut bucket);
		bucket.term = Term::Unbonding { until };
		Buckets::<T>::insert(id, bucket);
	}

	/// Keeps a bucket with the votes that are its due. Of these at most `more` earn in the running epoch
	/// that did not before. Tells how many earn.
	fn reweigh(id: BucketId, mut bucket: Bucket, more: Balance) -> Balance {
		Self::settle(&mut bucket);
		let epoch = T::Epoch::get();
		let earning = bucket.earning(epoch).saturating_add(more);
		let votes = bucket.due_votes();
		Self::weigh(&mut bucket, votes, earning);
		let earning = bucket.earning(epoch);
		Buckets::<T>::insert(id, bucket);
		earning
	}

	/// Makes a bucket vote for another delegate; its votes earn from the next epoch on.
	pub(crate) fn redirect(id: BucketId, bucket: &mut Bucket, delegate: AccountId) {
		Self::leave(id, bucket);
		bucket.delegate = delegate;
		Self::join(id, bucket, 0);
		Buckets::<T>::insert(id, bucket);
	}

	/// Takes the votes of a bucket from its delegate. Tells how many of them earned.
	fn leave(id: BucketId, bucket: &mut Bucket) -> Balance {
		Self::settle(bucket);
		let earning = bucket.earning(T::Epoch::get());
		Self::weigh(bucket, 0, 0);
		Supporters::<T>::remove(&bucket.delegate, id);
		earning
	}

	fn join(id: BucketId, bucket: &mut Bucket, earning: Balance) {
		Supporters::<T>::insert(&bucket.delegate, id, ());
		let votes = bucket.due_votes();
		Self::weigh(bucket, votes, earning);
	}

	/// Gives a bucket to another account.
	pub(crate) fn hand_over(id: BucketId, mut bucket: Bucket, to: AccountId) {
		Self::settle(&mut bucket);
		Self::own_one_less(id, &bucket.owner);
		Self::own_one_more(id, &to);
		bucket.owner = to;
		Buckets::<T>::insert(id, bucket);
	}

	/// Credits the owner of a bucket with what it has earned, and stores the bucket.
	pub(crate) fn credit(id: BucketId, mut bucket: Bucket) {
		Self::settle(&mut bucket);
		Buckets::<T>::insert(id, bucket);
	}

	/// What a bucket has earned since it was last settled.
	pub(crate) fn pending(bucket: &Bucket) -> Balance {
		let Some(tally) = Tallies::<T>::get(&bucket.delegate) else { return 0 };
		let epoch = T::Epoch::get();
		let Some(fresh) = bucket.fresh.filter(|fresh| fresh.epoch < epoch) else {
			return earned(&[(bucket.earning(epoch), bucket.index, tally.index)]);
		};
		// Until the end of the epoch in which some were cast, only the others earned.
		let end = if fresh.epoch == tally.epoch {
			tally.index
		} else {
			Checkpoints::<T>::get(&bucket.delegate, fresh.epoch).index
		};
		let others = bucket.votes.saturating_sub(fresh.votes);
		earned(&[(others, bucket.index, end), (bucket.votes, end, tally.index)])
	}

	fn settle(bucket: &mut Bucket) {
		let amount = Self::pending(bucket);
		if amount > 0 {
			Self::change_voter(&bucket.owner, |voter| {
				voter.owed = voter.owed.saturating_add(amount)
			});
		}
		bucket.index = Tallies::<T>::get(&bucket.delegate).map_or(0, |tally| tally.index);
		let epoch = T::Epoch::get();
		if let Some(fresh) = bucket.fresh.take_if(|fresh| fresh.epoch < epoch) {
			Self::leave_checkpoint(&bucket.delegate, fresh.epoch);
		}
	}

	/// Gives a settled bucket so many votes, of which at most `earning` earn in the running epoch.
	fn weigh(bucket: &mut Bucket, votes: Balance, earning: Balance) {
		let mut tally = Self::tally(&bucket.delegate);
		let epoch = tally.epoch;
		let fresh_before = bucket.votes.saturating_sub(bucket.earning(epoch));
		let fresh = votes.saturating_sub(earning);
		tally.votes = tally.votes.saturating_sub(bucket.votes).saturating_add(votes);
		tally.fresh = tally.fresh.saturating_sub(fresh_before).saturating_add(fresh);
		if fresh_before == 0 && fresh > 0 {
			Checkpoints::<T>::mutate(&bucket.delegate, epoch, |checkpoint| {
				checkpoint.buckets = checkpoint.buckets.saturating_add(1)
			});
		} else if fresh_before > 0 && fresh == 0 {
			Self::leave_checkpoint(&bucket.delegate, epoch);
		}
		bucket.votes = votes;
		bucket.fresh = (fresh > 0).then_some(Fresh { epoch, votes: fresh });
		bucket.index = tally.index;
		Self::put_tally(&bucket.delegate, tally);
	}

	/// A delegate's tally as of the running epoch. With the first change in an epoch the one before is
	/// over for the delegate: its fresh votes are fresh no more, and where the index stood is noted for
	/// their buckets.
	pub(crate) fn tally(delegate: &AccountId) -> Tally {
		let epoch = T::Epoch::get();
		let Some(mut tally) = Tallies::<T>::get(delegate) else { return Tally::new(epoch) };
		if tally.epoch < epoch {
			if tally.fresh > 0 {
				Checkpoints::<T>::mutate_exists(delegate, tally.epoch, |slot| {
					if let Some(checkpoint) = slot {
						checkpoint.index = tally.index;
					}
				});
			}
			tally = Tally { fresh: 0, epoch, ..tally };
		}
		tally
	}

	/// Keeps a tally for as long as there are votes.
	pub(crate) fn put_tally(delegate: &AccountId, tally: Tally) {
		if tally.votes == 0 {
			Tallies::<T>::remove(delegate);
		} else {
			Tallies::<T>::insert(delegate, tally);
		}
	}

	fn leave_checkpoint(delegate: &AccountId, epoch: EpochIndex) {
		Checkpoints::<T>::mutate_exists(delegate, epoch, |slot| {
			if let Some(checkpoint) = slot {
				checkpoint.buckets = checkpoint.buckets.saturating_sub(1);
				if checkpoint.buckets == 0 {
					*slot = None;
				}
			}
		});
	}

	/// Whether an account can have one more bucket.
	pub(crate) fn ensure_room(owner: &AccountId) -> DispatchResult {
		let full = Voters::<T>::get(owner).buckets >= T::MaxBuckets::get();
		ensure!(!full, Error::<T>::TooManyBuckets);
		Ok(())
	}

	fn own_one_more(id: BucketId, owner: &AccountId) {
		Owned::<T>::insert(owner, id, ());
		Self::change_voter(owner, |voter| voter.buckets = voter.buckets.saturating_add(1));
	}

	fn own_one_less(id: BucketId, owner: &AccountId) {
		Owned::<T>::remove(owner, id);
		Self::change_voter(owner, |voter| voter.buckets = voter.buckets.saturating_sub(1));
	}

	/// Changes what is kept of a voter; nothing is, of one without buckets and dues.
	pub(crate) fn change_voter<R>(owner: &AccountId, change: impl FnOnce(&mut Voter) -> R) -> R {
		Voters::<T>::mutate_exists(owner, |slot| {
			let mut voter = slot.take().unwrap_or_default();
			let result = change(&mut voter);
			*slot = (voter.buckets > 0 || voter.owed > 0).then_some(voter);
			result
		})
	}
}
