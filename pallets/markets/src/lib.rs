// SPDX-License-Identifier: Apache-2.0

//! # Markets
//!
//! Markets, feeds, escrow, joining, certificates, settlement.
//!
//! ## Overview
//!
//! A requester creates a **market** of 1 to 64 **feeds**, pays a protocol fee and locks, for each
//! feed, the reward and the most that its committee can earn. Reporters **join** a feed with a stake.
//! When joining ends the membership freezes and a committee is drawn; its members count reports off
//! chain and hand in **certificates**. After the dispute window they hand in **details**, from which
//! stakes and rewards are reckoned, and the feed is **settled**. What cannot be finished is **void**:
//! everything is given back (and a small part of the reward paid to those who joined, if excuses left
//! too few of them). Either way a record stays for the history time.
//!
//! ### Following a stake
//!
//! | where | what happens |
//! |---|---|
//! | `joining.rs`, `do_join` | the stake is held and noted in the reporter's entry |
//! | `joining.rs`, `do_leave` | before joining ends: released whole |
//! | `certificates.rs`, `reckoning.rs` | nothing moves; votes and rewards are noted in the entry |
//! | `double_answers.rs` | two answers proven: all of it is forfeited at once |
//! | `settlement.rs`, `pay_page` | the entry is taken: released, less what dissent or absence without an excuse forfeits |
//! | `settlement.rs`, `refund_page` | the entry is taken: released whole |
//!
//! `lifecycle.rs` says when; it alone moves a feed from state to state. `agenda.rs` calls it when a
//! feed's time has come.
//!
//! ## Low Level
//!
//! Nobody's transaction is needed for a feed to end: every feed has exactly one entry in the agenda
//! until it is forgotten, and every state has a time after which it is left. Work per block is bounded
//! by [`Config::AgendaBudget`]; a page has at most 64 reporters.
//!
//! Certificates and details are authorized calls: anyone may hand them in, without a fee, because what
//! makes them valid is in them. The pool refuses bad ones as `InvalidTransaction::Custom(n)`, n being
//! the number of this pallet's error in the metadata.
//!
//! Invariants ([`Pallet::do_try_state`]): what is on hold is exactly what entries and feeds say;
//! each feed has its one agenda entry; pages, memberships and counts of reporters agree; a feed's
//! course agrees with its outcomes; markets know how many of their feeds are kept.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod agenda;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod certificates;
mod creation;
mod double_answers;
mod duties;
mod errors;
mod events;
mod fees;
mod joining;
mod lifecycle;
#[cfg(test)]
mod mock;
mod reading;
mod reckoning;
mod settlement;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

use frame_support::pallet_macros::import_section;

use creation::bytes_of_fields;
pub use creation::Cost;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Target of this pallet's log lines.
pub(crate) const LOG_TARGET: &str = "runtime::markets";

#[import_section(errors::errors)]
#[import_section(events::events)]
/// Questions and their rewards, from creation by outcomes to payment.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::boxed::Box;
	use eventum_primitives::{
		committee::MAX_MEMBERS,
		definition::{Definition, FeedInput, Text, MAX_ANSWER, MAX_FEEDS},
		outcome::{Certificate, Detail, Push, RoundResult},
		report::{Report, ReportKey},
		rules::fee::FeeTerms,
		traits::{Clock, Committees, Reputation, Treasury},
		AccountId, Balance, FeedId, Hash, JoinIndex, MarketId, Moment, Round, Sequence,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{BalancedHold, Inspect, Mutate, MutateHold},
	};
	use frame_system::{
		ensure_authorized, offchain::CreateAuthorizedTransaction, pallet_prelude::*,
	};
	use sp_runtime::Perbill;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of markets. The runtime must have `frame_system::AuthorizeCall` among its
	/// transaction extensions.
	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>>
		+ frame_system::Config<AccountId = AccountId, Hash = Hash>
	{
		/// Time.
		type Clock: Clock;

		/// Committees that count.
		type Committees: Committees;

		/// Scores of reporters.
		type Reputation: Reputation;

		/// Where forfeits and fees go.
		type Treasury: Treasury;

		/// EVT.
		type Currency: Inspect<AccountId, Balance = Balance>
			+ Mutate<AccountId>
			+ MutateHold<AccountId, Reason = Self::RuntimeHoldReason>
			+ BalancedHold<AccountId>;

		/// All reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Wait for certificates after a feed's end, and for details after the dispute window, in
		/// chain time.
		type CertificateGrace: Get<Moment>;

		/// Shortest dispute window.
		type MinDisputeTime: Get<Moment>;

		/// How often over the committee's fees are locked.
		type FeeMargin: Get<u32>;

		/// Part of the reward that is paid as protocol fee.
		type ProtocolFeeShare: Get<Perbill>;

		/// Least protocol fee.
		type MinProtocolFee: Get<Balance>;

		/// Part of the reward that is paid to those counted when nothing was agreed.
		type NoAgreementShare: Get<Perbill>;

		/// Part of the reward that is paid to those who joined when excuses left too few of them.
		type ExcuseShare: Get<Perbill>;

		/// How long the record of a feed is kept after its end.
		type HistoryTime: Get<Moment>;

		/// What the agenda may take of a block; must have room for one page.
		#[pallet::constant]
		type AgendaBudget: Get<Weight>;

		/// What [`Committees::poll`] takes at most.
		#[pallet::constant]
		type PollWeight: Get<Weight>;

		/// Weights of this pallet.
		type WeightInfo: WeightInfo;

		/// Makes what benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// What benchmarks need of other pallets.
	#[cfg(feature = "runtime-benchmarks")]
	pub trait BenchmarkHelper {
		/// Makes [`Config::Committees`] give a feed a complete committee whose members have these keys.
		fn seat(feed: FeedId, keys: alloc::vec::Vec<eventum_primitives::vald::Public>);
	}

	/// Why EVT is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A requester's reward and fees for a feed.
		Escrow,
		/// A reporter's stake in a feed.
		Stake,
	}

	/// Number of the next market.
	#[pallet::storage]
	pub type NextMarket<T> = StorageValue<_, MarketId, ValueQuery>;

	/// Markets by number, until their last feed is forgotten. Paid by the protocol fee.
	// Hasher: numbers are given by us.
	#[pallet::storage]
	pub type Markets<T> = StorageMap<_, Twox64Concat, MarketId, Market>;

	/// Feeds, until the history time after their end is over.
	// Hasher: numbers are given by us.
	#[pallet::storage]
	pub type Feeds<T> = StorageMap<_, Twox64Concat, FeedId, Feed>;

	/// What is counted and paid in a feed; as long as the feed is known.
	// Hasher: numbers are given by us.
	#[pallet::storage]
	pub type Definitions<T> = StorageMap<_, Twox64Concat, FeedId, Definition>;

	/// What people read about a feed; as long as the feed is known.
	// Hasher: numbers are given by us.
	#[pallet::storage]
	pub type Texts<T> = StorageMap<_, Twox64Concat, FeedId, Text>;

	/// Reporters of a feed in the order of joining, 64 to a page, until they are paid.
	// Hasher: numbers are given by us.
	#[pallet::storage]
	pub type ReporterPages<T> = StorageMap<_, Twox64Concat, (FeedId, u32), Reporters, ValueQuery>;

	/// What an account is to a feed, until the feed is settled or void.
	// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Memberships<T> =
		StorageDoubleMap<_, Twox64Concat, FeedId, Blake2_128Concat, AccountId, Membership>;

	/// The newest certified outcome of each round, as long as the feed is known.
	// Hasher: rounds are counted.
	#[pallet::storage]
	pub type Outcomes<T> =
		StorageDoubleMap<_, Twox64Concat, FeedId, Twox64Concat, Round, RoundRecord>;

	/// When which feed is looked at: one entry for each.
	// Hasher: keys must sort by time; they are moments, which the trie has few levels for.
	#[pallet::storage]
	pub type Agenda<T> = StorageDoubleMap<_, Identity, When, Twox64Concat, FeedId, ()>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			Self::run_agenda()
		}

		fn offchain_worker(now: BlockNumberFor<T>) {
			Self::do_duties(now);
		}

		fn integrity_test() {
			let needed = T::WeightInfo::agenda_look().saturating_add(Self::heaviest_step());
			assert!(T::AgendaBudget::get().all_gte(needed), "the agenda needs room for a page");
			const { assert!(MAX_MEMBERS <= u64::BITS, "signers of an outcome are kept as bits") };
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Creates a market of all these feeds, or none of them.
		///
		/// Pays the protocol fee of each feed and locks its reward and the most that its committee can
		/// earn.
		///
		/// **Origin**: the requester. **Emits** `MarketCreated`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_market(feeds.len() as u32, bytes_of_fields(feeds)))]
		pub fn create_market(
			origin: OriginFor<T>,
			feeds: BoundedVec<FeedInput, ConstU32<MAX_FEEDS>>,
		) -> DispatchResult {
			let requester = ensure_signed(origin)?;
			Self::do_create_market(requester, feeds)
		}

		/// Joins a feed. Holds the stake; only `report_key` signs reports, so that the device that
		/// reports need not hold the funds.
		///
		/// **Origin**: the reporter. **Emits** `Joined`, and `JoiningClosed` if it was the last place.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::join())]
		pub fn join(origin: OriginFor<T>, feed: FeedId, report_key: ReportKey) -> DispatchResult {
			let account = ensure_signed(origin)?;
			Self::do_join(feed, account, report_key)
		}

		/// Leaves a feed that is still joining; the stake comes back. There is no return.
		///
		/// **Origin**: the reporter. **Emits** `Left`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::leave())]
		pub fn leave(origin: OriginFor<T>, feed: FeedId) -> DispatchResult {
			let account = ensure_signed(origin)?;
			Self::do_leave(feed, account)
		}

		/// Changes the key that signs a reporter's reports. Until reporting opens the change acts at once,
		/// then from the next round on: the one after the round whose final outcome names this block or a
		/// later one.
		///
		/// **Origin**: the reporter. **Emits** `ReportKeySet`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_report_key())]
		pub fn set_report_key(
			origin: OriginFor<T>,
			feed: FeedId,
			key: ReportKey,
		) -> DispatchResult {
			let account = ensure_signed(origin)?;
			Self::do_set_report_key(feed, account, key)
		}

		/// Records a certified outcome, or adds signatures to a final one.
		///
		/// **Origin**: authorized by the signatures of a quorum. **Emits** `OutcomeCertified` and, if
		/// it was the last one missing, `FeedConcluded`; or `SignaturesAdded`.
		#[pallet::call_index(4)]
		#[pallet::weight((
			T::WeightInfo::submit_certificate(certificate.signatures.len() as u32),
			DispatchClass::Operational,
			Pays::No,
		))]
		#[pallet::weight_of_authorize(
			T::WeightInfo::authorize_submit_certificate(certificate.signatures.len() as u32)
		)]
		#[pallet::authorize(Self::authorize_certificate)]
		pub fn submit_certificate(
			origin: OriginFor<T>,
			certificate: Certificate,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_submit_certificate(certificate)
		}

		/// Reckons a round from its detail.
		///
		/// **Origin**: authorized by the hash in the certified outcome. **Emits** `RoundReckoned`.
		#[pallet::call_index(5)]
		#[pallet::weight((
			T::WeightInfo::submit_detail(detail.voted.capacity().div_ceil(PAGE)),
			DispatchClass::Operational,
			Pays::No,
		))]
		#[pallet::weight_of_authorize(
			T::WeightInfo::authorize_submit_detail(detail.voted.capacity())
		)]
		#[pallet::authorize(Self::authorize_detail)]
		pub fn submit_detail(
			origin: OriginFor<T>,
			feed: FeedId,
			round: Round,
			detail: Detail,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_submit_detail(feed, round, detail)
		}

		/// Sets what the committee of a series is paid per counted report, in rounds whose first report
		/// comes after this. Locks what a higher fee can cost beyond what is locked; what is locked and
		/// not paid comes back in the end.
		///
		/// **Origin**: the requester. **Emits** `FeeSet`, and `FeeTooLow` if too few members ask so
		/// little.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_fee(MAX_MEMBERS))]
		pub fn set_fee(origin: OriginFor<T>, feed: FeedId, terms: FeeTerms) -> DispatchResult {
			let requester = ensure_signed(origin)?;
			Self::do_set_fee(feed, requester, terms)
		}

		/// Proves that a reporter gave two answers in one round: it forfeits its whole stake.
		///
		/// **Origin**: authorized by the reporter's two signatures. **Emits** `DoubleAnswerProven`.
		#[pallet::call_index(9)]
		#[pallet::weight((
			T::WeightInfo::report_double_answer(),
			DispatchClass::Operational,
			Pays::No,
		))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_report_double_answer())]
		#[pallet::authorize(|source, first, second| {
			Self::authorize_double_answer(source, first, second)
		})]
		pub fn report_double_answer(
			origin: OriginFor<T>,
			first: Box<Report>,
			second: Box<Report>,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_report_double_answer(&first, &second)
		}
	}
}
