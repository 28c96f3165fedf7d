// SPDX-License-Identifier: Apache-2.0

//! # Offences
//!
//! What members of elected sets must not do, how it is proven, and what it costs.
//!
//! ## Overview
//!
//! | offence | proven by | slash of the own bucket | at once |
//! |---|---|---|---|
//! | GRANDPA equivocation | two votes in one round (pallet-grandpa checks them) | `min((3k/n)², 1)` for k offenders of n in a round, the most of any round of a set once | expelled |
//! | double authorship | two blocks for one slot | 5 %, twice as much each time | expelled |
//! | absence for an epoch | elections | 0.1 %, twice as much each time | |
//!
//! Formulas: [`eventum_primitives::rules::slash`]. Voters' buckets are never slashed.
//!
//! Anyone can report double authorship by transaction, which costs nothing if it is true. Nodes watch
//! for it and report it by themselves; then the author of the block that has the report counts as the
//! reporter, as it does with GRANDPA's reports. Of what is taken, 10 % goes to the reporter, unless it
//! reported itself, and all else to the reward pool.
//!
//! ```text
//! report ──▶ pallet-offences ──▶ booked ──7 full epochs──▶ taken
//!                 │                 └──cancel_slash──▶ nothing
//!                 └──▶ expelled, which is not undone
//! ```
//!
//! ## Low Level
//!
//! **Key history.** With each set that begins to act its accounts and keys are kept for 8 epochs after
//! it ceased. Who signed is looked up there and not in pallet-session: replacing a key does not dodge a
//! slash. Slots belong to sets by the blocks of this chain: the owner of a slot is who could make a
//! block in it on this chain.
//!
//! **Chains.** A block's beacon signature covers the genesis hash, and its seal covers that signature:
//! blocks of another chain prove nothing here. GRANDPA's votes name no chain: who uses its keys on two
//! chains is slashed.
//!
//! **Repeated reports.** pallet-offences refuses the same offence of the same account twice, and asks
//! again about the others when one more is found out in a round. Only the difference is booked then.
//!
//! **Amounts** are fixed when they are booked: a share of what the own bucket held. Less is taken if
//! less is there. The own bucket must therefore stay bound as long as something can be reported and
//! taken: 8 epochs for reports, 7 to cancel, and the one in which it is taken.
//!
//! ## Configuration
//!
//! | item | what to give |
//! |---|---|
//! | `CancelOrigin` | who can cancel a slash |
//! | `Slots` | slot of the block, and epochs of slots |
//! | `Author` | author of the block |
//! | `Staking`, `Discipline`, `Treasury` | staking, elections, rewards |
//! | `Reports` | pallet-offences, whose handler is this pallet |
//! | `MaxMembers` | members of a set, 36 |
//! | `ReportEpochs` | epochs for which an offence can be reported, 8 |
//! | `CancelEpochs` | full epochs in which a slash can be cancelled, 7 |
//! | `WeightInfo` | `SubstrateWeight<Runtime>` |
//!
//! The runtime calls [`traits::KeyHistory::note`] whenever a set begins to act, from genesis on, after
//! Aura has set the slot of the block. Weights of what others call by trait: `note`, `absent` and
//! `report_equivocation` of [`WeightInfo`].

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod history;
mod kinds;
#[cfg(test)]
mod mock;
mod reports;
mod slashes;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

use alloc::boxed::Box;
use eventum_primitives::{beacon::SlotAuthor, traits, AccountId, Balance, EpochIndex};

pub use kinds::*;
pub use pallet::*;
pub use reports::Evidence;
pub use types::*;
pub use weights::WeightInfo;

/// Slashes that are taken, or passed over because they were cancelled, in one block at most.
pub const MAX_TAKEN: usize = 8;

/// What benchmarks need of others.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper {
	/// Makes `slot` the current one.
	fn set_slot(slot: u64);
	/// Makes an account a delegate with an own bucket.
	fn register(delegate: &AccountId);
}

/// Slashes of what delegates are proven to have done, and the keys that prove whose it was.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::ConstU32};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	#[cfg(feature = "try-runtime")]
	use sp_runtime::TryRuntimeError;
	use sp_staking::{offence::ReportOffence, SessionIndex};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of offences.
	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>>
		+ frame_system::Config<AccountId = AccountId, Hash = eventum_primitives::Hash>
	{
		/// Who can cancel a slash.
		type CancelOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Slot of the block, and epochs of slots.
		type Slots: SlotAuthor;

		/// Author of the block.
		type Author: Get<Option<AccountId>>;

		/// Own buckets.
		type Staking: traits::Staking;

		/// Elected sets.
		type Discipline: traits::Discipline;

		/// Where slashes go.
		type Treasury: traits::Treasury;

		/// Remembers what was reported. It must hand what is new to this pallet.
		type Reports: ReportOffence<AccountId, Offender, Equivocation>
			+ ReportOffence<AccountId, Offender, DoubleAuthored>
			+ ReportOffence<AccountId, Offender, Absent>;

		/// Members of a set.
		#[pallet::constant]
		type MaxMembers: Get<u32>;

		/// Epochs for which an offence can be reported.
		#[pallet::constant]
		type ReportEpochs: Get<EpochIndex>;

		/// Full epochs in which a slash can be cancelled.
		#[pallet::constant]
		type CancelEpochs: Get<EpochIndex>;

		/// Weights of calls, and of what others call by trait.
		type WeightInfo: WeightInfo;

		/// What benchmarks need of others.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// When the sets that are remembered began to act, the oldest first.
	#[pallet::storage]
	pub type Starts<T> = StorageValue<_, BoundedVec<Start, ConstU32<MAX_SETS>>, ValueQuery>;

	/// Sets by the session in which they began to act, as many as [`Starts`].
	///
	/// Hasher: sessions are counted by the chain.
	#[pallet::storage]
	pub type Sets<T: Config> =
		StorageMap<_, Twox64Concat, SessionIndex, KeySet<<T as Config>::MaxMembers>>;

	/// What equivocations cost members of the sets that are remembered.
	///
	/// Hashers: sessions are counted by the chain, accounts are chosen by their owners.
	#[pallet::storage]
	pub type Charges<T> =
		StorageDoubleMap<_, Twox64Concat, SessionIndex, Blake2_128Concat, AccountId, Charge>;

	/// How often delegates did what costs twice as much each time. Kept for good: one for each
	/// delegate that ever did.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Records<T> = StorageMap<_, Blake2_128Concat, AccountId, Record, ValueQuery>;

	/// Slashes that can still be cancelled.
	///
	/// Hasher: slashes are counted by the chain.
	#[pallet::storage]
	pub type Slashes<T> = StorageMap<_, Twox64Concat, SlashId, Slash>;

	/// The number of the first slash that may not have been taken.
	#[pallet::storage]
	pub type FirstSlash<T> = StorageValue<_, SlashId, ValueQuery>;

	/// The number that the next slash will get.
	#[pallet::storage]
	pub type NextSlash<T> = StorageValue<_, SlashId, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A slash was booked. It is taken in the epoch in which it is due, unless it is cancelled.
		Booked {
			/// Its number.
			id: SlashId,
			/// Whom it is for, and for what.
			slash: Slash,
		},
		/// A slash was cancelled.
		Cancelled {
			/// Its number.
			id: SlashId,
		},
		/// A slash was taken.
		Taken {
			/// Its number.
			id: SlashId,
			/// What went into the reward pool.
			pooled: Balance,
			/// What the reporter got.
			reward: Balance,
		},
	}

	#[pallet::error]
	#[derive(PartialEq)]
	pub enum Error<T> {
		/// The headers are not both for one slot.
		SlotsDiffer,
		/// The headers are of one block.
		SameBlock,
		/// The slot is yet to come.
		FutureSlot,
		/// It is too long ago, or from before the first block.
		TooOld,
		/// This was reported before.
		AlreadyReported,
		/// A header was not sealed by the owner of the slot.
		BadSeal,
		/// A header is not one for this chain: its beacon signature is missing, or over another
		/// genesis, or the output of the parent is not what was given.
		BadBeacon,
		/// There is no such slash, or it was taken or cancelled.
		NoSlash,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			Self::take_due()
		}

		fn integrity_test() {
			assert!(T::MaxMembers::get() > 0, "nobody could be in a set");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Report two blocks that were made for one slot. It costs nothing if it is true.
		///
		/// **Origin**: signed by who will get a part of the slash.
		///
		/// **Emits** [`Event::Booked`], if the delegate has something left.
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::report_double_authorship(), DispatchClass::Operational))]
		pub fn report_double_authorship(
			origin: OriginFor<T>,
			evidence: Box<Evidence<T>>,
		) -> DispatchResultWithPostInfo {
			let reporter = ensure_signed(origin)?;
			Self::do_report_double_authorship(Some(reporter), &evidence)?;
			Ok(Pays::No.into())
		}

		/// Report two blocks that were made for one slot, for the block's author.
		///
		/// **Origin**: authorized by the evidence.
		///
		/// **Emits** [`Event::Booked`], if the delegate has something left.
		#[pallet::call_index(1)]
		#[pallet::weight((
			T::WeightInfo::report_double_authorship_unsigned(),
			DispatchClass::Operational,
			Pays::No,
		))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_report_double_authorship_unsigned())]
		#[pallet::authorize(|source, evidence| Self::authorize_report(source, evidence))]
		pub fn report_double_authorship_unsigned(
			origin: OriginFor<T>,
			evidence: Box<Evidence<T>>,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_report_double_authorship(T::Author::get(), &evidence)
		}

		/// Cancel a slash that was not taken. A repeat that was cancelled counts as none. The delegate
		/// remains expelled.
		///
		/// **Origin**: [`Config::CancelOrigin`].
		///
		/// **Emits** [`Event::Cancelled`].
		#[pallet::call_index(2)]
		#[pallet::weight((T::WeightInfo::cancel_slash(), DispatchClass::Operational))]
		pub fn cancel_slash(
			origin: OriginFor<T>,
			#[pallet::compact] id: SlashId,
		) -> DispatchResult {
			T::CancelOrigin::ensure_origin(origin)?;
			Self::do_cancel(id)
		}
	}
}
