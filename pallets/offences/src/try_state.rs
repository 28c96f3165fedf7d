// SPDX-License-Identifier: Apache-2.0

//! What must always hold.

use crate::{
	pallet::Config, Charges, FirstSlash, Misdeed, NextSlash, Pallet, Records, Sets, Slashes, Starts,
};
use eventum_primitives::beacon::SlotAuthor;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Invariants:
	///
	/// - sets are remembered in order of time, each with its keys, and nothing is kept of others;
	/// - slashes have numbers that were given out, are due in order, and those for repeats are counted.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_history()?;
		Self::check_slashes()
	}

	fn check_history() -> Result<(), TryRuntimeError> {
		let starts = Starts::<T>::get();
		let ordered =
			starts.is_sorted_by(|one, next| one.session < next.session && one.slot <= next.slot);
		ensure!(ordered, "sets are not in order");
		let future = starts.last().is_some_and(|last| last.slot > T::Slots::slot());
		ensure!(!future, "a set begins in the future");
		for start in &starts {
			let set = Sets::<T>::get(start.session).ok_or("a set is not kept")?;
			ensure!(set.producers <= set.count(), "more produce than there are members");
		}
		ensure!(Sets::<T>::iter_keys().count() == starts.len(), "a set is kept for nothing");
		for (session, _, charge) in Charges::<T>::iter() {
			ensure!(Sets::<T>::contains_key(session), "a charge is kept for nothing");
			ensure!(charge.amount <= charge.stake, "an equivocation cost more than there was");
		}
		Ok(())
	}

	fn check_slashes() -> Result<(), TryRuntimeError> {
		let (first, next) = (FirstSlash::<T>::get(), NextSlash::<T>::get());
		ensure!(first <= next, "a slash was taken before it was booked");
		let latest = Self::epoch().saturating_add(T::CancelEpochs::get()).saturating_add(1);
		let mut last = 0;
		for id in first..next {
			let Some(slash) = Slashes::<T>::get(id) else { continue };
			ensure!(slash.amount > 0, "a slash is of nothing");
			ensure!(last <= slash.due && slash.due <= latest, "slashes are not due in order");
			ensure!(slash.reporter.as_ref() != Some(&slash.offender.account), "it pays itself");
			last = slash.due;
			let record = Records::<T>::get(&slash.offender.account);
			let counted = match slash.offender.misdeed {
				Misdeed::Equivocation { .. } => true,
				Misdeed::DoubleAuthorship { .. } => record.double_authorships > 0,
				Misdeed::Absence { .. } => record.absences > 0,
			};
			ensure!(counted, "a repeat was not counted");
		}
		let pending = Slashes::<T>::iter_keys().all(|id| (first..next).contains(&id));
		ensure!(pending, "a slash can no longer be taken");
		Ok(())
	}
}
