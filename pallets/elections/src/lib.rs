// SPDX-License-Identifier: Apache-2.0

//! # Elections
//!
//! Epochs: who makes and finalizes blocks, who did and did not, and what they get for it.
//!
//! ## Overview
//!
//! The delegates with the most votes are the **members** of an epoch's set. They finalize blocks; some
//! of them, drawn anew for each epoch, are its **producers**, who own its slots in turns. An epoch is a
//! number of slots and of sessions on the grid, and a set is made in its predecessor's last sessions:
//!
//! ```text
//! start of the last session but one   the members are fixed: votes after this do not count
//! start of the last session           beacon output since then decides who produces, and the order
//! start of the next epoch             the set becomes the active one
//! ```
//!
//! So nobody knows the seed when the members are fixed. If they are too few, or a halt skips one of the
//! two sessions, the last set stays.
//!
//! Each block is counted for who made it, and each slot without one against its owner
//! ([`eventum_primitives::rules::blame`]). Who missed too many is on probation
//! ([`eventum_primitives::rules::probation`]). Delegates prove life once an epoch, with a block that they
//! know to be final.
//!
//! At the end of an epoch part of the delegate reserve is paid out
//! ([`eventum_primitives::rules::reserve`]): 60 % for blocks, 40 % to the best with proof of life. Of
//! both, the delegate's plan gives a part to its voters. What each did and got is in its
//! [`Statement`], which is kept for [`KEPT_EPOCHS`] epochs.
//!
//! ## Low Level
//!
//! **A slot belongs to the set in its parent block's state.** So the first block of an epoch is still the
//! old set's, and a set's record ends with it: in an epoch without stalls it has as many slots as an epoch.
//!
//! **Sessions.** pallet-session would charge a whole block for a rotation that it makes by itself, so
//! this pallet makes it, by [`Sessions`], and charges what was measured. pallet-session asks for a set
//! one session before it becomes active; [`Pallet::draw`] answers.
//!
//! **Paying takes several blocks**, [`PAID_PER_BLOCK`] delegates in each, so that the first block of an
//! epoch has room for transactions. Until all are paid, [`Pallet::epoch`] is the epoch that is being paid;
//! the slots already belong to the next one. Should the next one end before, the rest is paid at once.
//! What cannot be paid stays in the reserve: for missed blocks, and for voters if nobody's votes earn.
//!
//! **Out.** Who is expelled for an offence is not elected while its probation lasts, and its slots are
//! disabled, now and in a set that it is already elected to. Never more than a third of the producers are
//! disabled, or the chain might stop.
//!
//! **Hooks.** `on_initialize` must run after Aura, Authorship, Beacon and Clock, because it may replace
//! the set that owns the block's slot.
//!
//! ## Configuration
//!
//! | item | what to give |
//! |---|---|
//! | `Grid` | the clock |
//! | `Sessions` | pallet-session |
//! | `Candidates` | the delegates pallet |
//! | `Staking` | the staking pallet |
//! | `Slashes` | the offences pallet |
//! | `Treasury` | the rewards pallet |
//! | `Currency` | Balances |
//! | `Seed` | the mix of all beacon output until this block |
//! | `RewardRate` | share of the reserve that an epoch may spend |
//! | `AdminOrigin` | who changes the size of sets: governance |
//! | `WeightInfo` | `SubstrateWeight<Runtime>` |
//!
//! Genesis: `members` in the order of their slots, and the `size` of sets. The pallet must come before
//! Session in the order of pallets, whose genesis asks for the first set. Weight of what other pallets call
//! by trait: `expel` of [`WeightInfo`].

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod discipline;
mod heartbeats;
#[cfg(test)]
mod mock;
mod offchain;
mod payments;
#[cfg(test)]
mod tests;
mod try_state;
mod turns;
mod types;
mod views;
pub mod weights;

use alloc::vec::Vec;
use eventum_primitives::{
	epoch::{Heartbeat, Size, Statement},
	traits, AccountId, Balance, EpochIndex, Hash,
};
use frame_support::dispatch::DispatchResult;
use sp_consensus_aura::sr25519::{AuthorityId, AuthoritySignature};

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Delegates that are paid for their votes, if they prove life: the best of all.
pub const BEST: u32 = 100;
/// Delegates that are paid in one block.
pub const PAID_PER_BLOCK: u32 = 16;
/// Epochs for which statements are kept.
pub const KEPT_EPOCHS: u32 = 90;
/// Blocks behind which what a delegate knows to be final is no proof of life.
pub const LIVELY: u32 = 64;
/// Fewest members of a new set, unless there were fewer at genesis.
pub const LEAST_MEMBERS: u32 = 4;
/// Blocks between the one that fixes the members and the one that draws, at least.
pub const SEED_DELAY: u32 = 2;

pub(crate) const LOG_TARGET: &str = "eventum::elections";

/// pallet-session, as elections use it.
pub trait Sessions {
	/// Ends the session: the set that is queued becomes the active one, and [`Pallet::draw`] is asked for
	/// the next.
	fn rotate();
	/// Disables a producer of the active set, until the set changes.
	fn disable(index: u32);
	/// Whether an account has session keys.
	fn has_keys(account: &AccountId) -> bool;
	/// Whose key this is.
	fn owner(key: &AuthorityId) -> Option<AccountId>;
	/// Drops the keys of an account.
	fn purge(account: AccountId) -> DispatchResult;
}

/// What benchmarks need of others.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper {
	/// Makes an account a delegate that can be elected, with votes that earn, and an author's key.
	fn candidate(account: &AccountId) -> AuthorityId;
	/// Makes these the active set of pallet-session.
	fn seat(members: &[AccountId]);
	/// Makes `slot` that of the current block, which begins a session if it is the first of one.
	fn set_slot(slot: u64);
	/// Gives an account session keys, which it set by itself.
	fn set_keys(account: &AccountId);
}

/// Epochs: who is elected, who produces, what that is paid, and who is absent.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::fungible::Mutate};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	use sp_runtime::Perquintill;
	#[cfg(feature = "try-runtime")]
	use sp_runtime::TryRuntimeError;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of elections.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId, Hash = Hash>
		+ CreateAuthorizedTransaction<Call<Self>>
	{
		/// Slots, sessions and epochs.
		type Grid: traits::Grid;

		/// Session keys and active sets.
		type Sessions: Sessions;

		/// Who stands for election.
		type Candidates: traits::Candidates;

		/// Takes what voters get.
		type Staking: traits::Staking;

		/// Takes absences.
		type Slashes: traits::Slashes;

		/// Names the delegate reserve.
		type Treasury: traits::Treasury;

		/// EVT.
		type Currency: Mutate<AccountId, Balance = Balance>;

		/// Mix of all beacon output until this block.
		type Seed: Get<Hash>;

		/// Share of the reserve that an epoch may spend.
		type RewardRate: Get<Perquintill>;

		/// Who changes the size of sets.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Weights of calls and hooks.
		type WeightInfo: WeightInfo;

		/// What benchmarks need of others.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// The first epoch of which not all is paid.
	#[pallet::storage]
	pub type Epoch<T> = StorageValue<_, EpochIndex, ValueQuery>;

	/// How many are elected, and how many of them produce, from the next freeze on.
	#[pallet::storage]
	pub type SetSize<T> = StorageValue<_, Size, ValueQuery>;

	/// Fewest members of a new set. Fixed at genesis.
	#[pallet::storage]
	pub type Least<T> = StorageValue<_, u32, ValueQuery>;

	/// The set that owns the slots.
	#[pallet::storage]
	pub type Active<T> = StorageValue<_, Term, ValueQuery>;

	/// The set that is drawn for the next epoch.
	#[pallet::storage]
	pub type Queued<T> = StorageValue<_, Term>;

	/// The members of the next epoch, until it is drawn who produces.
	#[pallet::storage]
	pub type Frozen<T> = StorageValue<_, Ballot>;

	/// What the active set did.
	#[pallet::storage]
	pub type Work<T> = StorageValue<_, Record, ValueQuery>;

	/// Delegates that proved life in the epoch of the last block.
	#[pallet::storage]
	pub type Alive<T> =
		StorageValue<_, BoundedBTreeSet<AccountId, ConstU32<MAX_CANDIDATES>>, ValueQuery>;

	/// Who was expelled, in the order in which they were, and the first epoch that they can be elected
	/// in again.
	#[pallet::storage]
	pub type Expelled<T> =
		StorageValue<_, BoundedVec<(AccountId, EpochIndex), ConstU32<MAX_CANDIDATES>>, ValueQuery>;

	/// The epoch that is being paid.
	#[pallet::storage]
	pub type Unpaid<T> = StorageValue<_, Closing>;

	/// What delegates did and got. The reserve pays for them: they are dropped after [`KEPT_EPOCHS`]
	/// epochs.
	///
	/// Hashers: epochs are counted by the chain, accounts are chosen by their owners.
	#[pallet::storage]
	pub type Statements<T> =
		StorageDoubleMap<_, Twox64Concat, EpochIndex, Blake2_128Concat, AccountId, Statement>;

	/// The oldest epoch of which there may be statements.
	#[pallet::storage]
	pub type Oldest<T> = StorageValue<_, EpochIndex, ValueQuery>;

	/// The first set.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Members, each with session keys, in the order of their slots.
		pub members: Vec<AccountId>,
		/// How many are elected.
		pub seats: u32,
		/// How many of them produce, now and later.
		pub producers: u32,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _marker: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let count = self.members.len() as u32;
			let size = Size { members: self.seats, producers: self.producers };
			assert!(
				size == Size::default() || Pallet::<T>::is_sound(size),
				"elections genesis: sets must have producers, and not too many members"
			);
			let members = Members::try_from(self.members.clone())
				.expect("elections genesis: there are too many members");
			let term = Term { members, producers: self.producers.min(count) };
			Least::<T>::put(count.clamp(1, LEAST_MEMBERS));
			SetSize::<T>::put(size);
			// The chain begins within an epoch.
			Work::<T>::put(Record::new(None, term.producers, true));
			Active::<T>::put(term);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The members of an epoch are fixed.
		MembersFixed {
			/// The epoch.
			epoch: EpochIndex,
			/// The members, best first.
			members: Members,
		},
		/// It is drawn who produces in an epoch.
		ProducersDrawn {
			/// The epoch.
			epoch: EpochIndex,
			/// The members in the order of their slots, and how many of the first produce.
			term: Term,
		},
		/// There is no new set for an epoch: too few can be elected, or a halt was in the way.
		SetStays {
			/// The epoch.
			epoch: EpochIndex,
		},
		/// A delegate got its part of an epoch's rewards.
		Paid {
			/// The delegate.
			delegate: AccountId,
			/// The epoch.
			epoch: EpochIndex,
			/// What its reward account got.
			kept: Balance,
			/// What its voters got.
			voters: Balance,
		},
		/// An epoch's rewards are all paid.
		EpochPaid {
			/// The epoch.
			epoch: EpochIndex,
		},
		/// A delegate missed too many slots.
		OnProbation {
			/// The delegate.
			delegate: AccountId,
			/// Epochs of probation, from the next one on.
			epochs: u32,
		},
		/// A delegate proved life.
		ProvedAlive {
			/// The delegate.
			delegate: AccountId,
			/// The epoch.
			epoch: EpochIndex,
		},
		/// An account is out for an offence.
		MemberExpelled {
			/// The account.
			account: AccountId,
			/// The first epoch that it can be elected in again.
			until: EpochIndex,
		},
		/// Sets will be of another size.
		SizeSet {
			/// How many are elected, and how many of them produce.
			size: Size,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The key is no delegate's.
		NoDelegate,
		/// The epoch is not this one.
		WrongEpoch,
		/// The delegate has proven life in this epoch.
		AlreadyAlive,
		/// The block is too old, or none yet.
		FarBehind,
		/// The block is not of this chain.
		WrongBlock,
		/// More delegates have proven life than can be registered.
		TooManyAlive,
		/// There must be producers, not more than members, and neither more than can be.
		InvalidSize,
		/// The account is a delegate, or its operator: it must resign first.
		StillDelegate,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			Self::begin_block()
		}

		fn offchain_worker(now: BlockNumberFor<T>) {
			use sp_runtime::SaturatedConversion;
			Self::do_duties(now.saturated_into());
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Prove that a delegate is alive, once in an epoch.
		///
		/// **Origin**: authorized by the signature of the delegate's author's key over
		/// [`Pallet::heartbeat_payload`].
		///
		/// **Emits** [`Event::ProvedAlive`].
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::heartbeat(), DispatchClass::Operational))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_heartbeat())]
		#[pallet::authorize(Self::authorize_heartbeat)]
		pub fn heartbeat(
			origin: OriginFor<T>,
			heartbeat: Heartbeat,
			key: AuthorityId,
			_signature: AuthoritySignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_heartbeat(heartbeat, &key)
		}

		/// Let sets be of another size from the next freeze on.
		///
		/// **Origin**: governance.
		///
		/// **Emits** [`Event::SizeSet`].
		#[pallet::call_index(1)]
		pub fn set_size(origin: OriginFor<T>, size: Size) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			ensure!(Self::is_sound(size), Error::<T>::InvalidSize);
			SetSize::<T>::put(size);
			Self::deposit_event(Event::SizeSet { size });
			Ok(())
		}

		/// Drop one's session keys, and get back their deposit. Delegates need theirs: what they did can be
		/// reported, and who is elected must have keys.
		///
		/// **Origin**: signed by who is no delegate, and no delegate's operator.
		#[pallet::call_index(2)]
		pub fn purge_keys(origin: OriginFor<T>) -> DispatchResult {
			use eventum_primitives::traits::Candidates;
			let who = ensure_signed(origin)?;
			ensure!(T::Candidates::served_by(&who).is_none(), Error::<T>::StillDelegate);
			T::Sessions::purge(who)
		}
	}
}
