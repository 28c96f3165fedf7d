// SPDX-License-Identifier: Apache-2.0

//! Who sits, and who may not any more.

use crate::{pallet::Config, Active, Epoch, Event, Expelled, Frozen, Pallet, Queued, Sessions};
use eventum_primitives::{
	rules::probation::LONGEST,
	traits::{Candidates, Discipline, Seats},
	AccountId,
};

/// Of this many producers one is disabled at most.
const DISABLED_OF: u32 = 3;

impl<T: Config> Seats for Pallet<T> {
	fn is_seated(account: &AccountId) -> bool {
		let elected = || Frozen::<T>::get().map(|ballot| ballot.term);
		Active::<T>::get().members.contains(account)
			|| Queued::<T>::get().is_some_and(|term| term.members.contains(account))
			|| elected().is_some_and(|term| term.members.contains(account))
	}

	fn has_keys(account: &AccountId) -> bool {
		T::Sessions::has_keys(account)
	}
}

impl<T: Config> Discipline for Pallet<T> {
	fn expel(account: &AccountId) {
		T::Candidates::set_probation(account, LONGEST);
		let until = Epoch::<T>::get().saturating_add(1).saturating_add(LONGEST);
		Expelled::<T>::mutate(|all| match all.iter_mut().find(|(other, _)| other == account) {
			Some((_, old)) => *old = until,
			// There are more places than delegates.
			None => drop(all.try_push((account.clone(), until))),
		});
		Self::disable_expelled();
		Self::deposit_event(Event::MemberExpelled { account: account.clone(), until });
	}
}

impl<T: Config> Pallet<T> {
	/// Disables the slots of producers that are out. If they are too many, those that were expelled
	/// last keep theirs.
	pub(crate) fn disable_expelled() {
		let expelled = Expelled::<T>::get();
		if expelled.is_empty() {
			return;
		}
		let term = Active::<T>::get();
		let most = term.producers.saturating_sub(1).checked_div(DISABLED_OF).unwrap_or_default();
		let producing = |place: &u32| *place < term.producers;
		let places = expelled.iter().filter_map(|(account, _)| term.place(account));
		let most = usize::try_from(most).unwrap_or_default();
		places.filter(producing).take(most).for_each(T::Sessions::disable);
	}
}
