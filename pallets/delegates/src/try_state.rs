// SPDX-License-Identifier: Apache-2.0

//! What must always hold.

use crate::{
	pallet::Config, Complaints, Delegates, HoldReason, Names, Operators, Pallet, PlansOf, Profiles,
};
use alloc::collections::BTreeMap;
use eventum_primitives::{rules::probation::LONGEST, AccountId, Balance};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Invariants:
	///
	/// - each delegate has one profile with a name that is its alone, and plans in order of time;
	/// - operators are those that delegates name, and no delegates themselves;
	/// - deposits for complaints are on hold.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_delegates()?;
		Self::check_complaints()
	}

	fn check_delegates() -> Result<(), TryRuntimeError> {
		let (mut count, mut operators) = (0u32, 0usize);
		for (account, delegate) in Delegates::<T>::iter() {
			count = count.saturating_add(1);
			let profile = Profiles::<T>::get(&account).ok_or("a delegate has no profile")?;
			ensure!(profile.check().is_ok(), "a profile cannot be shown");
			let named = Names::<T>::get(profile.name_key());
			ensure!(named.as_ref() == Some(&account), "a name is not its delegate's");
			let plans = PlansOf::<T>::get(&account);
			ensure!(!plans.is_empty(), "a delegate has no plan");
			ensure!(plans.is_sorted_by(|one, next| one.0 < next.0), "plans are not in order");
			// The rest of the running epoch may come on top.
			let longest = LONGEST.saturating_add(1);
			ensure!(Self::probation_left(&delegate) <= longest, "a probation is too long");
			let operator = delegate.accounts.operator;
			if operator != account {
				operators = operators.saturating_add(1);
				let served = Operators::<T>::get(&operator);
				ensure!(served.as_ref() == Some(&account), "an operator serves another");
				let delegate = Delegates::<T>::contains_key(&operator);
				ensure!(!delegate, "an operator is a delegate");
			}
		}
		ensure!(count == Delegates::<T>::count(), "delegates are miscounted");
		ensure!(count <= T::MaxDelegates::get(), "there are too many delegates");
		let all = usize::try_from(count).unwrap_or(usize::MAX);
		ensure!(Profiles::<T>::iter_keys().count() == all, "a profile is nobody's");
		ensure!(Names::<T>::iter_keys().count() == all, "a name is nobody's");
		ensure!(PlansOf::<T>::iter_keys().count() == all, "plans are nobody's");
		ensure!(Operators::<T>::iter_keys().count() == operators, "an operator serves nobody");
		Ok(())
	}

	fn check_complaints() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<AccountId, Balance>::new();
		for (_, by, (_, deposit)) in Complaints::<T>::iter() {
			let sum = deposits.entry(by).or_default();
			*sum = sum.saturating_add(deposit);
		}
		for (by, sum) in deposits {
			let held = T::Currency::balance_on_hold(&HoldReason::Complaint.into(), &by);
			ensure!(held == sum, "deposits for complaints are not on hold");
		}
		Ok(())
	}
}
