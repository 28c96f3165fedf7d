// SPDX-License-Identifier: Apache-2.0

//! What runtime APIs answer.

use crate::{
	pallet::Config, Active, Alive, Epoch, Frozen, Pallet, Queued, Statements, Term, Work,
	KEPT_EPOCHS,
};
use alloc::vec::Vec;
use eventum_primitives::{
	epoch::{Runway, Schedule, Seat, Slots, Statement},
	traits::{Grid, Treasury},
	AccountId, EpochIndex,
};
use frame_support::traits::{fungible::Inspect, Get};

/// 10^18 × ln 2.
const LN_2: u64 = 693_147_180_559_945_309;

impl<T: Config> Pallet<T> {
	/// What a delegate has to do and has done in the epoch of the last block.
	pub fn schedule(delegate: AccountId) -> Schedule {
		let (term, work) = (Active::<T>::get(), Work::<T>::get());
		let production = work.of(term.place(&delegate));
		let epoch = Self::current_epoch();
		let seat = seat(&term, &delegate);
		Schedule {
			epoch,
			seat,
			slots: (seat == Seat::Produces)
				.then(|| Self::slots(&term, &delegate, work.slot?, epoch))
				.flatten(),
			production,
			alive: Alive::<T>::get().contains(&delegate),
			owed: Self::budget().blocks(production.made),
			next: Self::next_seat(&delegate),
		}
	}

	fn slots(term: &Term, delegate: &AccountId, now: u64, epoch: EpochIndex) -> Option<Slots> {
		let every = u64::from(term.producers);
		let place = u64::from(term.place(delegate)?);
		let first = now.checked_add(1)?;
		let wait = place.checked_add(every)?.checked_sub(first.checked_rem(every)?)?;
		let next = first.checked_add(wait.checked_rem(every)?)?;
		let last = u64::from(epoch).checked_add(1)?.checked_mul(T::Grid::epoch_slots().into())?;
		(next <= last).then_some(Slots { next, every: term.producers, last })
	}

	fn next_seat(delegate: &AccountId) -> Option<Seat> {
		if let Some(term) = Queued::<T>::get() {
			return Some(seat(&term, delegate));
		}
		let ballot = Frozen::<T>::get()?;
		let elected = ballot.term.place(delegate).is_some();
		Some(if elected { Seat::Elected } else { Seat::Out })
	}

	/// Statements of a delegate from an epoch on, in order, at most `limit` and [`KEPT_EPOCHS`].
	pub fn statements(
		delegate: AccountId,
		from: EpochIndex,
		limit: u32,
	) -> Vec<(EpochIndex, Statement)> {
		let last = Epoch::<T>::get();
		let limit = usize::try_from(limit.min(KEPT_EPOCHS)).unwrap_or_default();
		(from.max(last.saturating_sub(KEPT_EPOCHS))..=last)
			.filter_map(|epoch| Some((epoch, Statements::<T>::get(epoch, &delegate)?)))
			.take(limit)
			.collect()
	}

	/// How long the delegate reserve lasts.
	pub fn runway() -> Runway {
		let reserve = T::Currency::balance(&T::Treasury::delegate_reserve());
		let rate = T::RewardRate::get();
		Runway {
			reserve,
			budget: rate.mul_floor(reserve),
			half_life: LN_2.checked_div(rate.deconstruct()),
		}
	}
}

/// What an account is in a set that is drawn.
fn seat(term: &Term, account: &AccountId) -> Seat {
	match term.place(account) {
		None => Seat::Out,
		Some(place) if place < term.producers => Seat::Produces,
		Some(_) => Seat::Finalizes,
	}
}
