// SPDX-License-Identifier: Apache-2.0

//! What owners do with their buckets.

use crate::{pallet::Config, Bucket, Error, Event, HoldReason, Pallet, Term};
use eventum_primitives::{
	rules::vote::MAX_DAYS,
	traits::{Clock, Delegates},
	AccountId, Balance, BucketId, Moment,
};
use frame_support::{
	ensure,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
		Get,
	},
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create(
		owner: AccountId,
		delegate: AccountId,
		amount: Balance,
		days: u32,
		auto_renew: bool,
	) -> Result<BucketId, DispatchError> {
		ensure!(amount >= T::MinAmount::get(), Error::<T>::AmountTooSmall);
		ensure!(days <= MAX_DAYS, Error::<T>::TermTooLong);
		Self::ensure_votable(&owner, &delegate)?;
		Self::ensure_room(&owner)?;
		T::Currency::hold(&HoldReason::Bucket.into(), &owner, amount)?;
		let term = if auto_renew { Term::Renewing } else { Self::ending(days) };
		let bucket = Bucket {
			owner: owner.clone(),
			delegate: delegate.clone(),
			amount,
			days,
			term,
			own: false,
			votes: 0,
			fresh: None,
			index: 0,
		};
		let votes = bucket.due_votes();
		let id = Self::open(bucket, 0);
		Self::deposit_event(Event::Created { bucket: id, owner, delegate, amount, votes });
		Ok(id)
	}

	pub(crate) fn do_add(id: BucketId, who: AccountId, amount: Balance) -> DispatchResult {
		let mut bucket = Self::voting(id, &who)?;
		ensure!(amount > 0, Error::<T>::NothingChanges);
		T::Currency::hold(&HoldReason::Bucket.into(), &who, amount)?;
		bucket.amount = bucket.amount.saturating_add(amount);
		let all = bucket.amount;
		Self::keep(id, bucket);
		Self::deposit_event(Event::Added { bucket: id, amount: all });
		Ok(())
	}

	pub(crate) fn do_extend(id: BucketId, who: AccountId, days: u32) -> DispatchResult {
		let mut bucket = Self::voting(id, &who)?;
		ensure!(days <= MAX_DAYS, Error::<T>::TermTooLong);
		ensure!(days >= bucket.days, Error::<T>::TermTooShort);
		ensure!(days > bucket.days || !bucket.renews(), Error::<T>::NothingChanges);
		if !bucket.renews() {
			bucket.term = Self::ending(days);
		}
		bucket.days = days;
		Self::keep(id, bucket);
		Self::deposit_event(Event::Extended { bucket: id, days });
		Ok(())
	}

	pub(crate) fn do_set_auto_renew(
		id: BucketId,
		who: AccountId,
		auto_renew: bool,
	) -> DispatchResult {
		let mut bucket = Self::voting(id, &who)?;
		ensure!(auto_renew != bucket.renews(), Error::<T>::NothingChanges);
		bucket.term = if auto_renew { Term::Renewing } else { Self::ending(bucket.days) };
		Self::keep(id, bucket);
		Self::deposit_event(Event::AutoRenewSet { bucket: id, auto_renew });
		Ok(())
	}

	pub(crate) fn do_move_votes(
		id: BucketId,
		who: AccountId,
		delegate: AccountId,
	) -> DispatchResult {
		let mut bucket = Self::voting(id, &who)?;
		ensure!(!bucket.own, Error::<T>::OwnBucket);
		ensure!(bucket.delegate != delegate, Error::<T>::NothingChanges);
		Self::ensure_votable(&who, &delegate)?;
		let from = bucket.delegate.clone();
		Self::redirect(id, &mut bucket, delegate.clone());
		Self::deposit_event(Event::VotesMoved {
			bucket: id,
			from,
			to: delegate,
			votes: bucket.votes,
		});
		Ok(())
	}

	/// The votes of the two earn as those of the one did. Rounding may cost a vote.
	pub(crate) fn do_split(id: BucketId, who: AccountId, amount: Balance) -> DispatchResult {
		let bucket = Self::voting(id, &who)?;
		ensure!(!bucket.own, Error::<T>::OwnBucket);
		let least = T::MinAmount::get();
		let rest = bucket.amount.saturating_sub(amount);
		ensure!(amount >= least && rest >= least, Error::<T>::AmountTooSmall);
		Self::ensure_room(&who)?;
		let new = Self::divide(id, bucket, amount);
		Self::deposit_event(Event::Split { bucket: id, new, amount });
		Ok(())
	}

	pub(crate) fn do_merge(id: BucketId, who: AccountId, into: BucketId) -> DispatchResult {
		ensure!(id != into, Error::<T>::NothingChanges);
		let bucket = Self::voting(id, &who)?;
		let target = Self::voting(into, &who)?;
		ensure!(!bucket.own, Error::<T>::OwnBucket);
		ensure!(bucket.delegate == target.delegate, Error::<T>::DelegatesDiffer);
		ensure!(Self::term_end(&target) >= Self::term_end(&bucket), Error::<T>::UnlocksSooner);
		let amount = target.amount.saturating_add(bucket.amount);
		Self::unite(id, bucket, into, target);
		Self::deposit_event(Event::Merged { bucket: id, into, amount });
		Ok(())
	}

	pub(crate) fn do_transfer(id: BucketId, who: AccountId, to: AccountId) -> DispatchResult {
		let bucket = Self::owned(id, &who)?;
		ensure!(!bucket.own, Error::<T>::OwnBucket);
		ensure!(who != to, Error::<T>::NothingChanges);
		Self::ensure_room(&to)?;
		T::Currency::transfer_on_hold(
			&HoldReason::Bucket.into(),
			&who,
			&to,
			bucket.amount,
			Precision::Exact,
			Restriction::OnHold,
			Fortitude::Polite,
		)?;
		Self::hand_over(id, bucket, to.clone());
		Self::deposit_event(Event::Transferred { bucket: id, from: who, to });
		Ok(())
	}

	pub(crate) fn do_unlock(id: BucketId, who: AccountId) -> DispatchResult {
		let bucket = Self::voting(id, &who)?;
		ensure!(!bucket.own, Error::<T>::OwnBucket);
		let now = T::Clock::now();
		match bucket.term {
			Term::Ending { at } if at <= now => {}
			Term::Ending { .. } => return Err(Error::<T>::TermRuns.into()),
			Term::Renewing | Term::Unbonding { .. } => return Err(Error::<T>::Renews.into()),
		}
		let until = now.saturating_add(Self::unbonding_time());
		Self::retire(id, bucket, until);
		Self::deposit_event(Event::Unlocked { bucket: id, until });
		Ok(())
	}

	pub(crate) fn do_withdraw(id: BucketId, who: AccountId) -> DispatchResult {
		let bucket = Self::owned(id, &who)?;
		let Term::Unbonding { until } = bucket.term else {
			return Err(Error::<T>::NotUnlocked.into());
		};
		ensure!(until <= T::Clock::now(), Error::<T>::StillUnbonding);
		let (reason, amount) = (HoldReason::Bucket.into(), bucket.amount);
		T::Currency::release(&reason, &who, amount, Precision::Exact)?;
		Self::close(id, &bucket);
		Self::deposit_event(Event::Withdrawn { bucket: id, owner: who, amount });
		Ok(())
	}

	/// Others can vote for delegates only; everyone can vote for itself, so that it has a bucket to
	/// register with.
	fn ensure_votable(owner: &AccountId, delegate: &AccountId) -> DispatchResult {
		let votable = owner == delegate || T::Delegates::is_delegate(delegate);
		ensure!(votable, Error::<T>::NoDelegate);
		Ok(())
	}

	/// A term of so many days that begins now.
	fn ending(days: u32) -> Term {
		Term::Ending { at: T::Clock::now().saturating_add(Self::length(days)) }
	}

	/// When the term of a bucket could be over at the earliest.
	pub(crate) fn term_end(bucket: &Bucket) -> Moment {
		let now = T::Clock::now();
		match bucket.term {
			Term::Renewing => now.saturating_add(Self::length(bucket.days)),
			Term::Ending { at } => at.max(now),
			Term::Unbonding { .. } => now,
		}
	}

	/// So many days in milliseconds.
	fn length(days: u32) -> Moment {
		T::Day::get().saturating_mul(days.into())
	}

	/// Time between unlocking and withdrawing.
	pub(crate) fn unbonding_time() -> Moment {
		Self::length(T::UnbondingDays::get())
	}
}
