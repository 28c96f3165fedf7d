// SPDX-License-Identifier: Apache-2.0

//! # Clock
//!
//! Slot length, the grid of epochs and sessions, and *chain time*.
//!
//! ## Overview
//!
//! One runtime blob serves all presets, so what differs between them in time is state: length of a
//! slot, slots per epoch, sessions per epoch. They are set at genesis and never change.
//!
//! **Sessions and epochs** lie on a fixed grid of slot numbers: session number = slot / slots per
//! session. A session ends in the first block whose slot belongs to a later session, whatever the
//! number of blocks made; after a stall the clock goes on from the current slot and the skipped
//! sessions never existed. The first block only notes where on the grid the chain starts.
//!
//! **Chain time** is the timestamp less all time lost in halts: of a gap between two consecutive
//! blocks, what exceeds [`HALT_SLOTS`] slots. Windows that people must use run on chain time, so a
//! halt closes no window.
//!
//! ## Low Level
//!
//! The pallet must come after Aura (which sets the slot) in the order of hooks, and before whoever
//! rotates sessions by it.
//! Both times are of the last timestamp inherent: in `on_initialize` they are still the parent's.

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
pub mod weights;

use eventum_primitives::{traits::Grid, EpochIndex};
use frame_support::{
	traits::{Get, OnTimestampSet},
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::TryRuntimeError;

pub use pallet::*;
pub use weights::WeightInfo;

/// Slot length in milliseconds where no genesis state can be read.
pub const DEFAULT_SLOT_DURATION: u64 = 2_000;

/// Slots per epoch of a genesis that does not say otherwise.
pub const DEFAULT_EPOCH_SLOTS: u32 = 60;

/// Sessions per epoch of a genesis that does not say otherwise.
pub const DEFAULT_SESSIONS_PER_EPOCH: u32 = 6;

/// Shortest window for people of a genesis that does not say otherwise: an hour.
pub const DEFAULT_SHORTEST_WINDOW: u64 = 3_600_000;

/// Gap between two blocks, in slots, beyond which time counts as lost in a halt.
pub const HALT_SLOTS: u64 = 6;

/// Time on the grid of slots: when sessions and epochs end, and what time it is.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of the clock.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Slot of the current block.
		type Slot: Get<u64>;

		/// Weights of the hooks.
		type WeightInfo: WeightInfo;

		/// Makes what benchmarks need of the runtime.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// What benchmarks need of the runtime.
	#[cfg(feature = "runtime-benchmarks")]
	pub trait BenchmarkHelper {
		/// Makes `slot` the current one.
		fn prepare(slot: u64);
	}

	/// Length of a slot in milliseconds. Fixed at genesis.
	#[pallet::storage]
	pub type SlotDuration<T> =
		StorageValue<_, u64, ValueQuery, frame_support::traits::ConstU64<DEFAULT_SLOT_DURATION>>;

	/// Slots per epoch. Fixed at genesis.
	#[pallet::storage]
	pub type EpochSlots<T> =
		StorageValue<_, u32, ValueQuery, frame_support::traits::ConstU32<DEFAULT_EPOCH_SLOTS>>;

	/// Sessions per epoch. Fixed at genesis.
	#[pallet::storage]
	pub type SessionsPerEpoch<T> = StorageValue<
		_,
		u32,
		ValueQuery,
		frame_support::traits::ConstU32<DEFAULT_SESSIONS_PER_EPOCH>,
	>;

	/// Shortest window in milliseconds that people are given to act, such as to dispute. Fixed at
	/// genesis: short on chains where programs play the people.
	#[pallet::storage]
	pub type ShortestWindow<T> = StorageValue<_, u64, ValueQuery>;

	/// Session of the grid that the last block belongs to; `None` before the first block.
	#[pallet::storage]
	pub type Session<T> = StorageValue<_, u64>;

	/// Block in which the current session began.
	#[pallet::storage]
	pub type SessionStart<T> = StorageValue<_, BlockNumberFor<T>, ValueQuery>;

	/// Timestamp of the last block in milliseconds.
	#[pallet::storage]
	pub type Now<T> = StorageValue<_, u64, ValueQuery>;

	/// Milliseconds lost in halts since genesis.
	#[pallet::storage]
	pub type Lost<T> = StorageValue<_, u64, ValueQuery>;

	/// Time of this chain.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// Length of a slot in milliseconds.
		pub slot_duration: u64,
		/// Slots per epoch; a multiple of `sessions_per_epoch`.
		pub epoch_slots: u32,
		/// Sessions per epoch.
		pub sessions_per_epoch: u32,
		/// Shortest window in milliseconds that people are given to act.
		pub shortest_window: u64,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _marker: core::marker::PhantomData<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self {
				slot_duration: DEFAULT_SLOT_DURATION,
				epoch_slots: DEFAULT_EPOCH_SLOTS,
				sessions_per_epoch: DEFAULT_SESSIONS_PER_EPOCH,
				shortest_window: DEFAULT_SHORTEST_WINDOW,
				_marker: Default::default(),
			}
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			SlotDuration::<T>::put(self.slot_duration);
			EpochSlots::<T>::put(self.epoch_slots);
			SessionsPerEpoch::<T>::put(self.sessions_per_epoch);
			ShortestWindow::<T>::put(self.shortest_window);
			if let Err(error) = Pallet::<T>::check_grid() {
				panic!("clock genesis: {error:?}");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			Self::advance(now)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Length of a slot in milliseconds; [`DEFAULT_SLOT_DURATION`] where there is no state to read,
	/// as in the integrity tests that every runtime generates.
	pub fn slot_duration() -> u64 {
		#[cfg(feature = "std")]
		if sp_externalities::with_externalities(|_| ()).is_none() {
			return DEFAULT_SLOT_DURATION;
		}
		SlotDuration::<T>::get().max(1)
	}

	/// Slots of one session.
	pub fn session_slots() -> u64 {
		let sessions = SessionsPerEpoch::<T>::get().max(1);
		u64::from(EpochSlots::<T>::get().checked_div(sessions).unwrap_or(1).max(1))
	}

	/// Epoch that `slot` lies in.
	pub fn epoch_of(slot: u64) -> u64 {
		slot.checked_div(u64::from(EpochSlots::<T>::get())).unwrap_or_default()
	}

	/// Epoch that the current block lies in.
	pub fn epoch() -> u64 {
		Self::epoch_of(T::Slot::get())
	}

	/// Session of the grid that `slot` lies in.
	pub fn session_of(slot: u64) -> u64 {
		slot.checked_div(Self::session_slots()).unwrap_or_default()
	}

	/// Position of a session of the grid within its epoch, from 0.
	pub fn session_in_epoch(session: u64) -> u64 {
		session.checked_rem(u64::from(SessionsPerEpoch::<T>::get())).unwrap_or_default()
	}

	/// Length of an epoch in milliseconds.
	pub fn epoch_duration() -> u64 {
		Self::slot_duration().saturating_mul(u64::from(EpochSlots::<T>::get()))
	}

	/// Shortest window in milliseconds that people are given to act.
	pub fn shortest_window() -> u64 {
		ShortestWindow::<T>::get()
	}

	/// Timestamp of the last block in milliseconds.
	pub fn now() -> u64 {
		Now::<T>::get()
	}

	/// Timestamp less all time lost in halts, in milliseconds.
	pub fn chain_time() -> u64 {
		Now::<T>::get().saturating_sub(Lost::<T>::get())
	}

	/// Whether a session of the grid ended with the block before `block`. True in exactly one block
	/// per boundary crossed, never in the first block.
	pub fn session_ends(block: BlockNumberFor<T>) -> bool {
		block > 1u32.into() && SessionStart::<T>::get() == block
	}

	/// Moves to the session of the current slot. The timestamp of this block, which has no hook of its
	/// own to return a weight, is charged here, too.
	fn advance(block: BlockNumberFor<T>) -> Weight {
		let session = Self::session_of(T::Slot::get());
		let last = Session::<T>::get();
		let weight = if last.is_some_and(|last| session <= last) {
			T::WeightInfo::within_session()
		} else {
			Session::<T>::put(session);
			SessionStart::<T>::put(block);
			T::WeightInfo::end_session()
		};
		weight.saturating_add(T::WeightInfo::on_timestamp_set())
	}

	fn check_grid() -> Result<(), TryRuntimeError> {
		let (slots, sessions) = (EpochSlots::<T>::get(), SessionsPerEpoch::<T>::get());
		if SlotDuration::<T>::get() == 0 {
			return Err("a slot has no length".into());
		}
		if slots == 0 || sessions == 0 || slots.checked_rem(sessions) != Some(0) {
			return Err("an epoch is not a whole number of sessions".into());
		}
		Ok(())
	}

	/// Invariants: the grid divides evenly; no more time was lost than has passed; the current
	/// session began in a block that exists.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_grid()?;
		if Lost::<T>::get() > Now::<T>::get() {
			return Err("more time lost than passed".into());
		}
		if SessionStart::<T>::get() > frame_system::Pallet::<T>::block_number() {
			return Err("the session begins in the future".into());
		}
		Ok(())
	}
}

impl<T: Config> OnTimestampSet<u64> for Pallet<T> {
	fn on_timestamp_set(moment: u64) {
		let last = Now::<T>::get();
		Now::<T>::put(moment);
		if last == 0 {
			return;
		}
		let tolerated = Self::slot_duration().saturating_mul(HALT_SLOTS);
		let excess = moment.saturating_sub(last).saturating_sub(tolerated);
		if excess > 0 {
			Lost::<T>::mutate(|lost| *lost = lost.saturating_add(excess));
		}
	}
}

impl<T: Config> Grid for Pallet<T> {
	fn slot() -> u64 {
		T::Slot::get()
	}

	fn epoch_slots() -> u32 {
		EpochSlots::<T>::get()
	}

	fn epoch_of(slot: u64) -> EpochIndex {
		Self::epoch_of(slot).try_into().unwrap_or(EpochIndex::MAX)
	}

	fn session_begins() -> bool {
		Self::session_ends(frame_system::Pallet::<T>::block_number())
	}

	fn sessions_left() -> u32 {
		let done = Self::session_in_epoch(Self::session_of(T::Slot::get())).saturating_add(1);
		let all = SessionsPerEpoch::<T>::get();
		all.saturating_sub(u32::try_from(done).unwrap_or(all))
	}
}

impl<T: Config> eventum_primitives::traits::Clock for Pallet<T> {
	fn now() -> u64 {
		Self::now()
	}

	fn chain_time() -> u64 {
		Self::chain_time()
	}
}
