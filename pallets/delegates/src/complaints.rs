// SPDX-License-Identifier: Apache-2.0

//! What voters complain of.

use crate::{pallet::Config, Complaint, Complaints, Delegates, Error, Event, HoldReason, Pallet};
use eventum_primitives::{
	delegate::{Text, MAX_TEXT},
	traits::{Clock, Staking},
	AccountId, BucketId, Hash,
};
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Get},
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_complain(
		by: AccountId,
		delegate: AccountId,
		bucket: BucketId,
		evidence: Hash,
		text: Text<MAX_TEXT>,
	) -> DispatchResult {
		ensure!(Delegates::<T>::contains_key(&delegate), Error::<T>::NotRegistered);
		ensure!(T::Staking::votes_for(&by, bucket, &delegate), Error::<T>::NoVoter);
		ensure!(core::str::from_utf8(&text).is_ok(), Error::<T>::NotText);
		let complaint = Complaint { evidence, text, at: T::Clock::now() };
		let deposit = match Complaints::<T>::get(&delegate, &by) {
			Some((_, held)) => held,
			None => {
				let deposit = T::ComplaintDeposit::get();
				T::Currency::hold(&HoldReason::Complaint.into(), &by, deposit)?;
				deposit
			}
		};
		Complaints::<T>::insert(&delegate, &by, (complaint, deposit));
		Self::deposit_event(Event::Complained { delegate, by });
		Ok(())
	}

	pub(crate) fn do_withdraw_complaint(by: AccountId, delegate: AccountId) -> DispatchResult {
		let (_, deposit) = Complaints::<T>::take(&delegate, &by).ok_or(Error::<T>::NoComplaint)?;
		T::Currency::release(&HoldReason::Complaint.into(), &by, deposit, Precision::Exact)?;
		Self::deposit_event(Event::ComplaintWithdrawn { delegate, by });
		Ok(())
	}
}
