// SPDX-License-Identifier: Apache-2.0

//! # Delegates
//!
//! Who stands for election to make and finalize blocks: registration, profiles, sharing plans,
//! complaints, and the ranking by votes.
//!
//! ## Overview
//!
//! An account with session keys and an own bucket of at least [`Config::MinSelfStake`] registers as a
//! delegate with a **profile** and a **plan**: the shares of its rewards that go to its voters. A
//! change of the plan is announced one full epoch ahead, so that voters can leave before it counts.
//! Voters can file a **complaint**, which is shown beside the profile.
//!
//! Retiring and standing again cost nothing. A retired delegate can **resign** once nothing that it did
//! while it had a seat can be slashed any more; its bucket is then its own again.
//!
//! ```text
//! register ──▶ Active ◀──activate / retire──▶ Retired ──resign, 16 epochs later──▶ gone
//! ```
//!
//! ## Low Level
//!
//! **The ranking is computed, not kept**: of at most [`Config::MaxDelegates`] delegates, whoever asks
//! reads votes and sorts. It is right at every block, and a vote costs nothing extra. An election,
//! once an epoch, pays for one pass.
//!
//! **Eligible** is who is active, has session keys, and still has the least own stake: a slash may have
//! taken some of it. On probation a tenth of the votes counts.
//!
//! **Accounts.** The account that registered is what voters vote for; it alone changes anything. It
//! names an *operator*, whose transactions set session keys and run the node, and a *reward* account. An
//! operator serves one delegate.
//!
//! ## Configuration
//!
//! | item | what to give |
//! |---|---|
//! | `Staking` | the staking pallet |
//! | `Seats` | who is in a frozen, queued or active set, and who has session keys |
//! | `Clock` | time that complaints bear |
//! | `Epoch` | the running epoch |
//! | `Currency`, `RuntimeHoldReason` | Balances; the runtime's hold reason |
//! | `MinSelfStake` | least own bucket, 1,200,000 EVT |
//! | `MaxDelegates` | delegates at most, 1,000 |
//! | `ReportEpochs` | epochs in which an offence can be reported and slashed, 16 |
//! | `ComplaintDeposit` | held for a complaint until it is withdrawn |
//! | `WeightInfo` | `SubstrateWeight<Runtime>` |
//!
//! Genesis: `delegates`, a list of [`GenesisDelegate`]. Their own buckets are bound by the genesis of
//! staking, which comes later in the order of pallets.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod candidates;
mod complaints;
#[cfg(test)]
mod mock;
mod ranking;
mod registry;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

use alloc::vec::Vec;
use eventum_primitives::{
	delegate::{Accounts, Name, Plan, Profile, Text, MAX_TEXT},
	traits, AccountId, Balance, BucketId, EpochIndex, Hash,
};

pub use pallet::*;
pub use ranking::RANKING_PAGE;
pub use types::*;
pub use weights::WeightInfo;

/// What benchmarks need of others.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper {
	/// Gives an account session keys, and a bucket to register with.
	fn prepare(account: &AccountId) -> BucketId;
	/// Gives an account a bucket that votes for a delegate.
	fn vote(voter: &AccountId, delegate: &AccountId) -> BucketId;
	/// Sets the running epoch.
	fn set_epoch(epoch: EpochIndex);
}

/// Who stands for election to make and finalize blocks.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::fungible::MutateHold};
	use frame_system::pallet_prelude::*;
	#[cfg(feature = "try-runtime")]
	use sp_runtime::TryRuntimeError;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of delegates.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId, Hash = Hash> {
		/// Votes and own buckets.
		type Staking: traits::Staking;

		/// Elected sets and session keys.
		type Seats: traits::Seats;

		/// Time that complaints bear.
		type Clock: traits::Clock;

		/// The running epoch.
		type Epoch: Get<EpochIndex>;

		/// EVT.
		type Currency: MutateHold<AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>;

		/// The runtime's hold reason.
		type RuntimeHoldReason: From<HoldReason>;

		/// Least amount of a delegate's own bucket.
		type MinSelfStake: Get<Balance>;

		/// Delegates that can be registered.
		#[pallet::constant]
		type MaxDelegates: Get<u32>;

		/// Epochs in which an offence can be reported and slashed.
		#[pallet::constant]
		type ReportEpochs: Get<u32>;

		/// Held for a complaint.
		#[pallet::constant]
		type ComplaintDeposit: Get<Balance>;

		/// Weights of calls.
		type WeightInfo: WeightInfo;

		/// What benchmarks need of others.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Why funds are held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Deposits for complaints.
		#[codec(index = 0)]
		Complaint,
	}

	/// Delegates. They pay with their own bucket; [`Config::MaxDelegates`] at most.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Delegates<T: Config> = CountedStorageMap<_, Blake2_128Concat, AccountId, Delegate>;

	/// What delegates say of themselves.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Profiles<T> = StorageMap<_, Blake2_128Concat, AccountId, Profile>;

	/// What delegates share with their voters, now, before, and from when on.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type PlansOf<T> = StorageMap<_, Blake2_128Concat, AccountId, Plans, ValueQuery>;

	/// Delegates by name, in lower case.
	///
	/// Hasher: names are chosen by their owners.
	#[pallet::storage]
	pub type Names<T> = StorageMap<_, Blake2_128Concat, Name, AccountId>;

	/// Delegates by the operator that is not the delegate itself.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Operators<T> = StorageMap<_, Blake2_128Concat, AccountId, AccountId>;

	/// Complaints by delegate and by who complains, who pays with a deposit. They outlast the delegate.
	///
	/// Hashers: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Complaints<T> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		AccountId,
		Blake2_128Concat,
		AccountId,
		(Complaint, Balance),
	>;

	/// Delegates at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Each account and name once.
		pub delegates: Vec<GenesisDelegate>,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _marker: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (account, name, blocks, epochs) in self.delegates.iter().cloned() {
				let name = Name::try_from(name).expect("delegates genesis: name too long");
				let profile = Profile { name, ..Default::default() };
				let parts = sp_runtime::Percent::from_parts;
				let plan = Plan { blocks: parts(blocks), epochs: parts(epochs) };
				let key = Pallet::<T>::ensure_new(&account, &profile)
					.expect("delegates genesis: every delegate must be able to register");
				Pallet::<T>::enlist(account, key, profile, plan);
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A delegate was registered.
		Registered {
			/// The delegate.
			delegate: AccountId,
			/// Its name.
			name: Name,
			/// What it shares.
			plan: Plan,
		},
		/// A delegate changed what it says of itself.
		ProfileChanged {
			/// The delegate.
			delegate: AccountId,
			/// Its name.
			name: Name,
		},
		/// A delegate announced another plan.
		PlanChanged {
			/// The delegate.
			delegate: AccountId,
			/// What it will share.
			plan: Plan,
			/// The first epoch that this is for.
			from: EpochIndex,
		},
		/// A delegate named other accounts.
		AccountsChanged {
			/// The delegate.
			delegate: AccountId,
			/// Who acts and takes for it.
			accounts: Accounts,
		},
		/// A delegate no longer stands for election.
		Retired {
			/// The delegate.
			delegate: AccountId,
		},
		/// A delegate stands for election again.
		Activated {
			/// The delegate.
			delegate: AccountId,
		},
		/// A delegate is one no more, and its bucket its own again.
		Resigned {
			/// Who was the delegate.
			delegate: AccountId,
		},
		/// A voter complained about a delegate.
		Complained {
			/// The delegate.
			delegate: AccountId,
			/// The voter.
			by: AccountId,
		},
		/// A complaint was withdrawn.
		ComplaintWithdrawn {
			/// The delegate.
			delegate: AccountId,
			/// Who had complained.
			by: AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is a delegate already.
		AlreadyRegistered,
		/// The account is no delegate.
		NotRegistered,
		/// There are as many delegates as there can be: wait until one resigns.
		TooManyDelegates,
		/// A name is of 3 to 32 ASCII letters, digits, `-`, `_` and `.`.
		InvalidName,
		/// Another delegate has this name, perhaps in other case.
		NameTaken,
		/// A text is no UTF-8.
		NotText,
		/// The own bucket holds less than the least: add to it.
		StakeTooSmall,
		/// The delegate has no session keys: set them first.
		NoSessionKeys,
		/// A plan that was announced has not come into effect: announce the next one after that.
		NoticeRuns,
		/// It is so already.
		NothingChanges,
		/// The operator serves another delegate or is one.
		OperatorTaken,
		/// The delegate is in a set that is frozen, queued or active: wait for the epoch's end.
		Seated,
		/// The delegate must retire first.
		NotRetired,
		/// What the delegate did can still be reported: wait.
		StillAccountable,
		/// The bucket is not the signer's, or does not vote for the delegate.
		NoVoter,
		/// The account has not complained about the delegate.
		NoComplaint,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxDelegates::get() > 0, "nobody could register");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Register as a delegate, with a bucket of one's own, which is bound until one resigns.
		///
		/// **Origin**: signed by the account that voters will vote for. It needs session keys.
		///
		/// **Emits** [`Event::Registered`].
		#[pallet::call_index(0)]
		pub fn register(
			origin: OriginFor<T>,
			#[pallet::compact] bucket: BucketId,
			profile: Profile,
			plan: Plan,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(who, bucket, profile, plan)
		}

		/// Change what is said of a delegate.
		///
		/// **Origin**: signed by the delegate.
		///
		/// **Emits** [`Event::ProfileChanged`].
		#[pallet::call_index(1)]
		pub fn set_profile(origin: OriginFor<T>, profile: Profile) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_profile(who, profile)
		}

		/// Announce another plan. It is for rewards from the second epoch after this one on.
		///
		/// **Origin**: signed by the delegate.
		///
		/// **Emits** [`Event::PlanChanged`].
		#[pallet::call_index(2)]
		pub fn set_plan(origin: OriginFor<T>, plan: Plan) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_plan(who, plan)
		}

		/// Name the accounts that act and take for a delegate.
		///
		/// **Origin**: signed by the delegate.
		///
		/// **Emits** [`Event::AccountsChanged`].
		#[pallet::call_index(3)]
		pub fn set_accounts(origin: OriginFor<T>, accounts: Accounts) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_accounts(who, accounts)
		}

		/// Stand for election no more. Not while in a set that is frozen, queued or active.
		///
		/// **Origin**: signed by the delegate.
		///
		/// **Emits** [`Event::Retired`].
		#[pallet::call_index(4)]
		pub fn retire(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(who)
		}

		/// Stand for election again.
		///
		/// **Origin**: signed by the delegate.
		///
		/// **Emits** [`Event::Activated`].
		#[pallet::call_index(5)]
		pub fn activate(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_activate(who)
		}

		/// Be a delegate no more, some epochs after retiring. The own bucket is released.
		///
		/// **Origin**: signed by the delegate.
		///
		/// **Emits** [`Event::Resigned`].
		#[pallet::call_index(6)]
		pub fn resign(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_resign(who)
		}

		/// Complain about a delegate in public, or say it in other words. A deposit is held until the
		/// complaint is withdrawn.
		///
		/// **Origin**: signed by the owner of a bucket that votes for the delegate.
		///
		/// **Emits** [`Event::Complained`].
		#[pallet::call_index(7)]
		pub fn complain(
			origin: OriginFor<T>,
			delegate: AccountId,
			#[pallet::compact] bucket: BucketId,
			evidence: Hash,
			text: Text<MAX_TEXT>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_complain(who, delegate, bucket, evidence, text)
		}

		/// Take back a complaint, and get back the deposit.
		///
		/// **Origin**: signed by who complained.
		///
		/// **Emits** [`Event::ComplaintWithdrawn`].
		#[pallet::call_index(8)]
		pub fn withdraw_complaint(origin: OriginFor<T>, delegate: AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_complaint(who, delegate)
		}
	}
}
