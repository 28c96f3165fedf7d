// SPDX-License-Identifier: Apache-2.0

//! What happens with each block, and at the turn of sessions and epochs.

use crate::{
	pallet::Config, Active, Ballot, Epoch, Event, Expelled, Frozen, Least, Members, Oldest, Pallet,
	Queued, Record, Sessions, SetSize, Term, WeightInfo, Work, MAX_MEMBERS, MAX_PRODUCERS,
	SEED_DELAY,
};
use alloc::vec::Vec;
use eventum_primitives::{
	epoch::Size,
	rules::election::{arrange, freeze},
	traits::{Candidates, Grid},
	AccountId, BlockNumber, EpochIndex,
};
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The last epoch whose rewards have not all been paid.
	pub fn epoch() -> EpochIndex {
		Epoch::<T>::get()
	}

	/// The epoch that the slot of this block lies in.
	pub(crate) fn current_epoch() -> EpochIndex {
		T::Grid::epoch_of(T::Grid::slot())
	}

	/// How many of the active set produce.
	pub fn producers() -> u32 {
		Active::<T>::get().producers
	}

	/// The active set in the order of its slots.
	pub fn active() -> Term {
		Active::<T>::get()
	}

	/// Whether sets can be of this size.
	pub(crate) fn is_sound(size: Size) -> bool {
		let Size { members, producers } = size;
		producers > 0
			&& producers <= members
			&& members <= MAX_MEMBERS
			&& producers <= MAX_PRODUCERS
	}

	pub(crate) fn begin_block() -> Weight {
		let slot = T::Grid::slot();
		let counted = Work::<T>::mutate(|work| work.count(slot));
		let weight = T::WeightInfo::begin_block();
		let Some((last, halt)) = counted else {
			// The first block.
			Epoch::<T>::put(T::Grid::epoch_of(slot));
			Oldest::<T>::put(T::Grid::epoch_of(slot));
			return weight;
		};
		let more = if T::Grid::session_begins() {
			Self::begin_session(slot, last, halt)
		} else {
			Self::pay_some()
		};
		weight.saturating_add(more)
	}

	fn begin_session(slot: u64, last: u64, halt: bool) -> Weight {
		let mut weight = T::WeightInfo::begin_session();
		let (ended, epoch) = (T::Grid::epoch_of(last), T::Grid::epoch_of(slot));
		if ended < epoch {
			weight = weight.saturating_add(Self::close(ended));
			let term = Queued::<T>::take().unwrap_or_else(Active::<T>::get);
			Work::<T>::put(Record::new(Some(slot), term.producers, halt));
			Active::<T>::put(term);
		}
		match T::Grid::sessions_left() {
			1 => weight = weight.saturating_add(Self::fix_members(epoch.saturating_add(1))),
			// The draw takes it.
			0 => {}
			_ => Frozen::<T>::kill(),
		}
		T::Sessions::rotate();
		Self::disable_expelled();
		weight
	}

	/// Fixes the members of the next epoch.
	pub(crate) fn fix_members(epoch: EpochIndex) -> Weight {
		Expelled::<T>::mutate(|all| all.retain(|(_, until)| *until > Epoch::<T>::get()));
		let mut standings = T::Candidates::standings();
		let looked_at = u32::try_from(standings.len()).unwrap_or(u32::MAX);
		let expelled = Expelled::<T>::get();
		standings.retain(|(account, _)| expelled.iter().all(|(other, _)| other != account));
		let size = SetSize::<T>::get();
		if let Some(members) = freeze(standings, size.members, Least::<T>::get()) {
			let members = Members::truncate_from(members);
			Self::deposit_event(Event::MembersFixed { epoch, members: members.clone() });
			let term = Term { members, producers: size.producers };
			Frozen::<T>::put(Ballot { term, frozen_at: Self::block() });
		}
		T::WeightInfo::fix_members(looked_at)
	}

	/// The set of the next epoch, when pallet-session asks for it: at the start of an epoch's last
	/// session.
	pub fn draw() -> Option<Vec<AccountId>> {
		if T::Grid::sessions_left() > 0 {
			return None;
		}
		let epoch = Self::current_epoch().saturating_add(1);
		let drawn = Frozen::<T>::take().and_then(|ballot| Self::arrange(epoch, ballot));
		let event = match &drawn {
			Some(term) => Event::ProducersDrawn { epoch, term: term.clone() },
			None => Event::SetStays { epoch },
		};
		Self::deposit_event(event);
		let term = drawn?;
		let members = term.members.to_vec();
		Queued::<T>::put(term);
		Some(members)
	}

	/// Who was expelled since the members were fixed is none any more.
	fn arrange(epoch: EpochIndex, ballot: Ballot) -> Option<Term> {
		if Self::block() < ballot.frozen_at.saturating_add(SEED_DELAY) {
			return None;
		}
		let expelled = Expelled::<T>::get();
		let Term { mut members, producers } = ballot.term;
		members.retain(|member| expelled.iter().all(|(other, _)| other != member));
		let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
		if count < Least::<T>::get() {
			return None;
		}
		let members = Members::truncate_from(arrange(T::Seed::get(), epoch, &members));
		Some(Term { members, producers: producers.min(count) })
	}

	pub(crate) fn block() -> BlockNumber {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}
}
