// SPDX-License-Identifier: Apache-2.0

//! # Staking
//!
//! EVT that people lock to vote for delegates, and what they earn by it.
//!
//! ## Overview
//!
//! A voter locks EVT in a **bucket**: amount, term in days, whether the term renews itself, and the
//! delegate it votes for. Amount and term make its votes ([`eventum_primitives::rules::vote`]), and
//! the votes of a delegate are at every moment the sum of those of its buckets. Votes can be moved to
//! another delegate at any time.
//!
//! A delegate's voters share what is paid to them in proportion to their votes. **Votes that were cast
//! in an epoch do not earn in it**, and who leaves forfeits the running epoch: hopping to the best
//! payer at the last block gains nothing. What a bucket had before it grew goes on earning, so that
//! compounding costs nothing.
//!
//! ```text
//! create ──▶ Renewing ◀──set_auto_renew──▶ Ending ──term over, unlock──▶ Unbonding ──withdraw──▶ gone
//!    └───────────────────────────────────────▲      votes on until then      votes no more
//! ```
//!
//! A term begins when the bucket is created without renewing itself, when it is told not to renew
//! itself any more, and when it is extended.
//!
//! ## Low Level
//!
//! **Nothing here loops over voters.** A delegate has an index, all rewards so far per vote
//! ([`eventum_primitives::rules::shares`]), and a bucket the index up to which its owner has been
//! credited. Votes cast in epoch e earn from where the index stood at the end of e. With the first
//! change in a later epoch that is noted in [`Checkpoints`], which is kept for as long as a bucket needs
//! it. A claim names the buckets it is for.
//!
//! **The epoch** is the caller's: [`Config::Epoch`] must move on only after all rewards of an epoch have
//! been shared out.
//!
//! **Money.** Buckets are on hold of their owners. What voters are owed is in the pot, from the
//! moment it was shared out. Shares are rounded down: less than a unit for each claim stays in the pot
//! for good. [`traits::Staking::reward`] takes nothing if nobody earns.
//!
//! **Own buckets.** One bucket of a delegate may be bound as its own; it counts for more if it renews
//! itself, and it alone can be slashed. Until it is released it cannot be unlocked, split, merged
//! into another, given away, or vote for another.
//!
//! ## Configuration
//!
//! | item | what to give |
//! |---|---|
//! | `Delegates` | the delegates pallet |
//! | `Clock` | time; terms run on timestamps, so that an unlock date is a date |
//! | `Epoch` | the epoch whose rewards have not all been shared out |
//! | `Currency`, `RuntimeHoldReason` | Balances; the runtime's hold reason |
//! | `PotId` | id from which the account that holds what voters are owed derives |
//! | `MinAmount` | least amount of a bucket, 100 EVT |
//! | `MaxBuckets` | buckets of an account, 1,000 |
//! | `Day` | a day in milliseconds: 86,400,000, less where programs play the people |
//! | `UnbondingDays` | days between unlocking and withdrawing, 3 |
//! | `WeightInfo` | `SubstrateWeight<Runtime>` |
//!
//! The pallet has no hooks. It must come after Balances and the delegates pallet in the order of
//! pallets: its genesis holds EVT, and the delegates that are voted for must be known. Genesis:
//! `buckets`, a list of [`GenesisBucket`]. The pot is raised to the existential deposit if it holds
//! less. Weights of what other pallets call by trait: `reward`, `bind_own`, `release_own` and
//! `slash_own` of [`WeightInfo`].

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod buckets;
mod dues;
mod events;
mod ledger;
#[cfg(test)]
mod mock;
mod own;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
mod views;
pub mod weights;

use alloc::vec::Vec;
use eventum_primitives::{
	bucket::Payout, traits, AccountId, Balance, BucketId, EpochIndex, Moment,
};
use frame_support::pallet_macros::import_section;

pub use pallet::*;
pub use types::*;
pub use views::VOTERS_PAGE;
pub use weights::WeightInfo;

/// Buckets that one claim can name.
pub const MAX_CLAIMED: u32 = 64;

/// A bucket at genesis: owner, delegate, amount, days, whether it renews itself, and whether it is the
/// delegate's own.
pub type GenesisBucket = (AccountId, AccountId, Balance, u32, bool, bool);

/// What benchmarks need of others.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper {
	/// Makes an account a delegate.
	fn register(delegate: &AccountId);
	/// Sets the running epoch.
	fn set_epoch(epoch: EpochIndex);
	/// Sets the time.
	fn set_time(now: Moment);
}

#[import_section(events::events)]
/// EVT locked to vote for delegates, and what it earns.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use eventum_primitives::traits::Staking;
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{Inspect, Mutate, MutateHold},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	#[cfg(feature = "try-runtime")]
	use sp_runtime::TryRuntimeError;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of staking.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId> {
		/// Whom votes can be cast for.
		type Delegates: traits::Delegates;

		/// Time that terms run on.
		type Clock: traits::Clock;

		/// The running epoch: the last one whose rewards have not all been shared out.
		type Epoch: Get<EpochIndex>;

		/// EVT.
		type Currency: MutateHold<AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>
			+ Mutate<AccountId>;

		/// The runtime's hold reason.
		type RuntimeHoldReason: From<HoldReason>;

		/// Id of the account that holds what voters are owed.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// Least amount of a bucket.
		type MinAmount: Get<Balance>;

		/// Buckets that an account can have.
		#[pallet::constant]
		type MaxBuckets: Get<u32>;

		/// Length of a day in milliseconds.
		type Day: Get<Moment>;

		/// Days between unlocking and withdrawing.
		type UnbondingDays: Get<u32>;

		/// Weights of calls, and of what other pallets call by trait.
		type WeightInfo: WeightInfo;

		/// What benchmarks need of others.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Why funds are held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// EVT in buckets.
		#[codec(index = 0)]
		Bucket,
	}

	/// Buckets. The owner pays with what is locked, [`Config::MinAmount`] at least when it is created.
	///
	/// Hasher: buckets are counted by the chain.
	#[pallet::storage]
	pub type Buckets<T> = StorageMap<_, Twox64Concat, BucketId, Bucket>;

	/// The number that the next bucket will get.
	#[pallet::storage]
	pub type NextBucket<T> = StorageValue<_, BucketId, ValueQuery>;

	/// Buckets by owner; [`Config::MaxBuckets`] at most of each. Iterated off chain only.
	///
	/// Hashers: accounts are chosen by their owners, buckets are counted by the chain.
	#[pallet::storage]
	pub type Owned<T> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Twox64Concat, BucketId, ()>;

	/// Buckets by the delegate they vote for. Iterated off chain only.
	///
	/// Hashers: accounts are chosen by their owners, buckets are counted by the chain.
	#[pallet::storage]
	pub type Supporters<T> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Twox64Concat, BucketId, ()>;

	/// The votes for each delegate that has any.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Tallies<T> = StorageMap<_, Blake2_128Concat, AccountId, Tally>;

	/// Where the index of a delegate stood at the end of an epoch, for as long as there is a bucket
	/// that has earned from there on and has not been credited with it. One at most for each bucket.
	///
	/// Hashers: accounts are chosen by their owners, epochs are counted by the chain.
	#[pallet::storage]
	pub type Checkpoints<T> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		AccountId,
		Twox64Concat,
		EpochIndex,
		Checkpoint,
		ValueQuery,
	>;

	/// Accounts with buckets, or with something owed.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Voters<T> = StorageMap<_, Blake2_128Concat, AccountId, Voter, ValueQuery>;

	/// The own buckets of delegates.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Own<T> = StorageMap<_, Blake2_128Concat, AccountId, BucketId>;

	/// Buckets at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Buckets whose owners hold at least their amount.
		pub buckets: Vec<GenesisBucket>,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _marker: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let pot = Pallet::<T>::pot();
			frame_system::Pallet::<T>::inc_providers(&pot);
			let missing =
				T::Currency::minimum_balance().saturating_sub(T::Currency::total_balance(&pot));
			T::Currency::mint_into(&pot, missing)
				.expect("staking genesis: the existential deposit must fit into the supply");
			for (owner, delegate, amount, days, renews, own) in self.buckets.iter().cloned() {
				let made =
					Pallet::<T>::do_create(owner.clone(), delegate.clone(), amount, days, renews);
				let id =
					made.expect("staking genesis: every bucket must be such as could be created");
				if own {
					Pallet::<T>::bind_own(&delegate, &owner, id)
						.expect("staking genesis: a delegate has one own bucket");
				}
			}
		}
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no bucket of this number.
		NoBucket,
		/// The bucket is another account's.
		NotOwner,
		/// The account has as many buckets as it can have: merge some.
		TooManyBuckets,
		/// A bucket would hold less than the least amount.
		AmountTooSmall,
		/// A term is of 1,050 days at most.
		TermTooLong,
		/// A term cannot be made shorter: give at least the days that it has.
		TermTooShort,
		/// The account is no delegate. Others than itself cannot vote for it.
		NoDelegate,
		/// The bucket is so already.
		NothingChanges,
		/// The bucket is a delegate's own: it must retire first.
		OwnBucket,
		/// The delegate has an own bucket already.
		HasOwnBucket,
		/// The bucket is unlocked and can only be withdrawn.
		Unbonding,
		/// The term of the bucket renews itself: turn that off first.
		Renews,
		/// The term of the bucket is not over.
		TermRuns,
		/// The bucket must be unlocked first.
		NotUnlocked,
		/// The bucket cannot be withdrawn yet.
		StillUnbonding,
		/// The buckets vote for different delegates: move the votes of one first.
		DelegatesDiffer,
		/// The bucket to merge into could be unlocked sooner: extend it first.
		UnlocksSooner,
		/// The account has no bucket.
		NoVoter,
		/// The account is owed nothing yet, as far as these buckets tell.
		NothingOwed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxBuckets::get() > 0, "nobody could vote");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Lock EVT for so many days (0 to 1,050), and vote for a delegate with it.
		///
		/// **Origin**: signed by whom the bucket will belong to.
		///
		/// **Details**: the votes earn from the next epoch on. Accounts that are no delegates yet can
		/// be voted for by themselves.
		///
		/// **Emits** [`Event::Created`].
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::create(), DispatchClass::Operational))]
		pub fn create(
			origin: OriginFor<T>,
			delegate: AccountId,
			#[pallet::compact] amount: Balance,
			days: u32,
			auto_renew: bool,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_create(owner, delegate, amount, days, auto_renew).map(|_| ())
		}

		/// Add EVT to a bucket. What is in it goes on earning; what is added, from the next epoch on.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::Added`].
		#[pallet::call_index(1)]
		#[pallet::weight((T::WeightInfo::add(), DispatchClass::Operational))]
		pub fn add(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add(bucket, who, amount)
		}

		/// Give a bucket a term of so many days: at least as many as it has. If it does not renew itself,
		/// the term begins now.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::Extended`].
		#[pallet::call_index(2)]
		#[pallet::weight((T::WeightInfo::extend(), DispatchClass::Operational))]
		pub fn extend(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			days: u32,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_extend(bucket, who, days)
		}

		/// Let the term of a bucket renew itself, or let it run out: the whole term then begins now.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::AutoRenewSet`].
		#[pallet::call_index(3)]
		#[pallet::weight((T::WeightInfo::set_auto_renew(), DispatchClass::Operational))]
		pub fn set_auto_renew(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			auto_renew: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_auto_renew(bucket, who, auto_renew)
		}

		/// Vote for another delegate. What the old one's voters get for the running epoch is forfeited;
		/// the votes earn from the next epoch on.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::VotesMoved`].
		#[pallet::call_index(4)]
		#[pallet::weight((T::WeightInfo::move_votes(), DispatchClass::Operational))]
		pub fn move_votes(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			delegate: AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_move_votes(bucket, who, delegate)
		}

		/// Move part of a bucket into a new one with the same term and delegate. Nothing is forfeited.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::Split`].
		#[pallet::call_index(5)]
		pub fn split(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_split(bucket, who, amount)
		}

		/// Pour a bucket into another one that votes for the same delegate and cannot be unlocked
		/// sooner. Nothing is forfeited; additional votes earn from the next epoch on.
		///
		/// **Origin**: signed by the owner of both.
		///
		/// **Emits** [`Event::Merged`].
		#[pallet::call_index(6)]
		pub fn merge(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			#[pallet::compact] into: BucketId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_merge(bucket, who, into)
		}

		/// Give a bucket to another account, which must exist. What it has earned stays with its owner
		/// until now; the running epoch's share goes with the bucket.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::Transferred`].
		#[pallet::call_index(7)]
		pub fn transfer(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			to: AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_transfer(bucket, who, to)
		}

		/// Unlock a bucket whose term is over: it votes no more, and can be withdrawn some days later.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::Unlocked`].
		#[pallet::call_index(8)]
		#[pallet::weight((T::WeightInfo::unlock(), DispatchClass::Operational))]
		pub fn unlock(origin: OriginFor<T>, #[pallet::compact] bucket: BucketId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unlock(bucket, who)
		}

		/// Get back what was in an unlocked bucket.
		///
		/// **Origin**: signed by the bucket's owner.
		///
		/// **Emits** [`Event::Withdrawn`].
		#[pallet::call_index(9)]
		#[pallet::weight((T::WeightInfo::withdraw(), DispatchClass::Operational))]
		pub fn withdraw(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(bucket, who)
		}

		/// Say where what the votes earn shall go when it is claimed: to the voter (as at first), into one
		/// of its buckets, or to another account.
		///
		/// **Origin**: signed by an account with buckets.
		///
		/// **Emits** [`Event::PayoutSet`].
		#[pallet::call_index(10)]
		pub fn set_payout(origin: OriginFor<T>, payout: Payout) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_payout(owner, payout)
		}

		/// Pay a voter what it is owed, with what the buckets named have earned until now.
		///
		/// **Origin**: signed by anyone.
		///
		/// **Emits** [`Event::Paid`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::claim(buckets.len() as u32))]
		pub fn claim(
			origin: OriginFor<T>,
			owner: AccountId,
			buckets: BoundedVec<BucketId, ConstU32<MAX_CLAIMED>>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(owner, &buckets)
		}
	}
}
