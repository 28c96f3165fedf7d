// SPDX-License-Identifier: Apache-2.0

//! What must always hold.

use crate::{
	pallet::Config, Active, Epoch, Frozen, Least, Oldest, Pallet, Queued, SetSize, Statements,
	Term, Unpaid, Work,
};
use alloc::collections::BTreeSet;
use eventum_primitives::{epoch::Size, traits::Grid};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Invariants:
	///
	/// - sets have each member once, and no more producers than members;
	/// - the record is that of the active set;
	/// - the epoch that is being paid is the running one, and its dues are of different delegates;
	/// - statements are of epochs that are over, or being paid, and are not too old.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let active = Active::<T>::get();
		check_set(&active)?;
		Queued::<T>::get().map_or(Ok(()), |term| check_set(&term))?;
		if let Some(ballot) = Frozen::<T>::get() {
			let enough = ballot.term.members.len() >= Least::<T>::get() as usize;
			ensure!(enough, "too few members are elected");
			ensure!(is_unique(&ballot.term), "an account is elected twice");
			ensure!(ballot.frozen_at <= Self::block(), "members were fixed in a block to come");
		}
		let size = SetSize::<T>::get();
		ensure!(size == Size::default() || Self::is_sound(size), "sets cannot be of that size");
		let work = Work::<T>::get();
		ensure!(
			work.producers.len() == active.producers as usize,
			"the record is not of the active set"
		);
		if let Some(slot) = work.slot {
			ensure!(slot <= T::Grid::slot(), "the last block was in a slot to come");
		}
		Self::check_payments()
	}

	fn check_payments() -> Result<(), TryRuntimeError> {
		let epoch = Epoch::<T>::get();
		ensure!(epoch <= Self::current_epoch(), "the running epoch has not begun");
		let unpaid = Unpaid::<T>::get();
		if let Some(closing) = &unpaid {
			ensure!(closing.epoch == epoch, "another epoch than the running one is being paid");
			ensure!(!closing.dues.is_empty(), "an epoch is all paid and not over");
			let delegates: BTreeSet<_> = closing.dues.iter().map(|due| &due.delegate).collect();
			ensure!(delegates.len() == closing.dues.len(), "a delegate would be paid twice");
		}
		for (of, delegate) in Statements::<T>::iter_keys() {
			ensure!(of >= Oldest::<T>::get(), "a statement is too old");
			ensure!(of < epoch || unpaid.is_some(), "a statement is of an epoch that is not over");
			let due = unpaid.iter().flat_map(|closing| &closing.dues);
			let twice = of == epoch && due.into_iter().any(|due| due.delegate == delegate);
			ensure!(!twice, "a delegate has a statement and is not paid");
		}
		Ok(())
	}
}

fn check_set(term: &Term) -> Result<(), TryRuntimeError> {
	ensure!(is_unique(term), "an account is elected twice");
	let enough = term.members.len() >= term.producers as usize;
	ensure!(enough, "more produce than are elected");
	Ok(())
}

fn is_unique(term: &Term) -> bool {
	let unique: BTreeSet<_> = term.members.iter().collect();
	unique.len() == term.members.len()
}
