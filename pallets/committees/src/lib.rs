// SPDX-License-Identifier: Apache-2.0

//! # Committees
//!
//! Validation nodes: who is registered, who is drawn for a feed, who accepted, and what they ask.
//!
//! ## Overview
//!
//! An operator registers one node with a bond and a minimum fee per counted report. For a feed whose
//! reporters are fixed, a committee is drawn uniformly among the nodes that are online, cheap enough,
//! reputable enough, have enough free bond, and have no part in the feed. Each accepts by a signature of
//! its `vald` key, which sets the collateral aside of its bond, so that one EVT never backs two feeds.
//! Who does not accept in time is replaced and counts as offline until it says that it is back.
//!
//! Nodes do this by themselves: the off-chain worker accepts, and says that it is back, for every
//! `vald` key in the keystore. An operator who wants no more feeds calls [`Pallet::rest`]; one who
//! serves none may [`Pallet::unregister`].
//!
//! ```text
//! request ──▶ Seeding ──seed known──▶ Accepting ──all accepted──▶ committee ──dismiss──▶ gone
//!                ▲                       │ window over
//!                └──────── attempt + 1 ◀─┘ ──after the last attempt──▶ failed, gone
//! ```
//!
//! A member that signed what cannot all be true is **proven false** by that alone: by two outcomes of
//! one view, by heads that are not of one log, by a receipt that its log does not bear out
//! ([`eventum_primitives::fault`]). It loses what it set aside for the feed, its pay there, and
//! reputation. Honest members collect such proofs, and their off-chain workers hand them in.
//!
//! ## Low Level
//!
//! **Nobody draws from a set that was fitted to the seed.** A draw is frozen in block b and uses the
//! beacon output of block b + 2. It is made over the first n places of the registry, n as of b, and
//! passes over a node that has changed since in anything that decides whether it can be a member
//! (including its place: the last node moves into a gap, and counts as changed). So a change after b
//! can take a node out of the draw, but not bring one in, nor shift the numbers drawn.
//!
//! **Bounded.** A draw looks at [`Config::MaxDrawReads`] places at most. It draws all members that are
//! missing or none; if there are too few, the next attempt comes when the window to accept is over. Members who accepted stay over later attempts.
//!
//! **Refusals.** The pool refuses what authorizes itself as `InvalidTransaction::Custom(n)`, n being the
//! number of this pallet's error in the metadata.
//!
//! **Order.** [`traits::Committees::poll`] must run regularly (each block, say); a draw of which nobody
//! asks until its output is forgotten is frozen anew. In `dismiss`, a member of which `served` says
//! nothing is not penalised.
//!
//! **Keys.** A member is asked at the intake key and peer id that it had when it was drawn: keep the
//! old ones until those feeds are settled.
//!
//! ## Configuration
//!
//! | item | what to give |
//! |---|---|
//! | `Currency`, `RuntimeHoldReason` | Balances; the runtime's hold reason |
//! | `Beacon`, `Clock`, `Reputation`, `Feeds` | the pallets of these names (`Feeds`: markets) |
//! | `Slash` | takes what false members lose, e.g. `eventum_rewards::ToPool<Runtime>` |
//! | `MinBond` | least bond, e.g. 1,000 EVT |
//! | `MaxNodes` | nodes at most, 1,000 |
//! | `MaxDrawReads` | places a draw looks at, 256 |
//! | `MaxReplacements` | replacement rounds, 10 |
//! | `AcceptWindow` | milliseconds of chain time, 120,000 |
//! | `WeightInfo` | `SubstrateWeight<Runtime>` |
//!
//! The runtime must implement `CreateAuthorizedTransaction` for the calls of this pallet and have
//! `AuthorizeCall` in its extensions. The pallet must come after Balances in the order of pallets (its
//! genesis holds bonds), and after Beacon. Genesis: `nodes`, a list of
//! [`GenesisNode`]. Weights of what other pallets call by trait: `request`, `draw` (of n places
//! looked at), `replace` and `dismiss` (of m members) of [`WeightInfo`].

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod authorize;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod draw;
mod faults;
#[cfg(test)]
mod mock;
mod offchain;
mod registry;
mod sampling;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
mod views;
pub mod weights;

use alloc::{boxed::Box, vec::Vec};
use eventum_primitives::{
	committee::{Committee, IntakeKey, PeerId},
	fault::{Fault, Lie},
	traits, vald, AccountId, Balance, BlockNumber, FeedId, Hash, Moment, Score,
};

pub use pallet::*;
pub use types::*;
pub use views::NODES_PAGE;
pub use weights::WeightInfo;

const LOG_TARGET: &str = "runtime::committees";

/// Blocks between the freeze of a draw and the block whose beacon output decides it.
pub const SEED_DELAY: BlockNumber = 2;

/// Least score of a member, in hundredths.
pub const MIN_SCORE: Score = 100;

/// A node at genesis: operator, key that signs, intake key, peer id, minimum fee and bond.
pub type GenesisNode = (AccountId, vald::Public, IntakeKey, Vec<u8>, Balance, Balance);

/// Validation nodes, their bonds, and the random committees that count reports.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{BalancedHold, Credit, Mutate, MutateHold},
			OnUnbalanced,
		},
	};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	#[cfg(feature = "try-runtime")]
	use sp_runtime::TryRuntimeError;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of committees.
	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>>
		+ frame_system::Config<AccountId = AccountId, Hash = Hash>
	{
		/// Randomness that draws are made with.
		type Beacon: traits::Beacon;

		/// Time that acceptance runs on.
		type Clock: traits::Clock;

		/// What keeps the unreliable out.
		type Reputation: traits::Reputation;

		/// The feeds that committees serve.
		type Feeds: traits::Feeds;

		/// EVT.
		type Currency: MutateHold<AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>
			+ Mutate<AccountId>
			+ BalancedHold<AccountId>;

		/// The runtime's hold reason.
		type RuntimeHoldReason: From<HoldReason>;

		/// Takes what members that are proven false lose.
		type Slash: OnUnbalanced<CreditOf<Self>>;

		/// Least bond of a node.
		#[pallet::constant]
		type MinBond: Get<Balance>;

		/// Nodes that can be registered.
		#[pallet::constant]
		type MaxNodes: Get<u32>;

		/// Places of the registry that one draw looks at.
		#[pallet::constant]
		type MaxDrawReads: Get<u32>;

		/// Attempts after the first, before a feed is told that it gets no committee.
		type MaxReplacements: Get<u32>;

		/// Chain time in milliseconds that members have to accept.
		type AcceptWindow: Get<Moment>;

		/// Weights of calls, and of what other pallets call by trait.
		type WeightInfo: WeightInfo;
	}

	/// EVT on its way out of a bond.
	pub(crate) type CreditOf<T> = Credit<AccountId, <T as Config>::Currency>;

	/// Why funds are held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Bond of a validation node.
		#[codec(index = 0)]
		Bond,
	}

	/// Registered nodes, by operator. The operator pays with its bond; [`Config::MaxNodes`] at most.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Nodes<T> = StorageMap<_, Blake2_128Concat, AccountId, Node>;

	/// Operators by the key that signs for their node.
	///
	/// Hasher: keys are chosen by their owners.
	#[pallet::storage]
	pub type Keys<T> = StorageMap<_, Blake2_128Concat, vald::Public, AccountId>;

	/// Operators by place, 0..[`NodeCount`] without gaps: what draws are made from.
	///
	/// Hasher: places are counted by the chain.
	#[pallet::storage]
	pub type Registry<T> = StorageMap<_, Twox64Concat, u32, AccountId>;

	/// Number of registered nodes.
	#[pallet::storage]
	pub type NodeCount<T> = StorageValue<_, u32, ValueQuery>;

	/// What each registered node asks, rising.
	#[pallet::storage]
	pub type Fees<T: Config> = StorageValue<_, BoundedVec<Balance, T::MaxNodes>, ValueQuery>;

	/// Lower median of [`Fees`]: what a requester is recommended to offer.
	#[pallet::storage]
	pub type MedianFee<T> = StorageValue<_, Balance, ValueQuery>;

	/// Committees in the making. The feed's requester pays with the protocol fee.
	///
	/// Hasher: feeds are counted by the chain.
	#[pallet::storage]
	pub type Draws<T> = StorageMap<_, Twox64Concat, FeedId, PendingDraw>;

	/// Complete committees, until they are dismissed.
	///
	/// Hasher: feeds are counted by the chain.
	#[pallet::storage]
	pub type Committees<T> = StorageMap<_, Twox64Concat, FeedId, Committee>;

	/// Members of complete committees that were proven false, a bit each by their place; until their
	/// committee is dismissed. The members pay with what they set aside.
	///
	/// Hasher: feeds are counted by the chain.
	#[pallet::storage]
	pub type ProvenFalse<T> = StorageMap<_, Twox64Concat, FeedId, u64, ValueQuery>;

	/// Feeds that each key serves or has been asked to serve. Iterated off chain only.
	///
	/// Hashers: keys are chosen by their owners, feeds are counted by the chain.
	#[pallet::storage]
	pub type Serving<T> =
		StorageDoubleMap<_, Blake2_128Concat, vald::Public, Twox64Concat, FeedId, ()>;

	/// Nodes at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Nodes whose operators hold at least their bond.
		pub nodes: Vec<GenesisNode>,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _marker: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (operator, vald, intake, peer, min_fee, bond) in self.nodes.iter().cloned() {
				let peer = PeerId::try_from(peer).expect("committees genesis: peer id too long");
				Pallet::<T>::do_register(operator, vald, intake, peer, min_fee, bond)
					.expect("committees genesis: every node must be able to register");
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A node was registered.
		Registered {
			/// Its operator.
			operator: AccountId,
			/// The key that signs for it.
			vald: vald::Public,
			/// Its bond.
			bond: Balance,
		},
		/// A node's fee, intake key or peer id was set.
		Updated {
			/// Its operator.
			operator: AccountId,
		},
		/// A node's bond was raised.
		BondRaised {
			/// Its operator.
			operator: AccountId,
			/// The whole bond.
			bond: Balance,
		},
		/// A node left, and its bond was given back.
		Unregistered {
			/// Its operator.
			operator: AccountId,
		},
		/// Whether a node is offered feeds changed.
		StatusChanged {
			/// Its operator.
			operator: AccountId,
			/// What it is now.
			status: Status,
		},
		/// A feed's draw was frozen and waits for its seed.
		DrawStarted {
			/// The feed.
			feed: FeedId,
			/// Number of the attempt, from 0.
			attempt: u32,
		},
		/// A feed's missing members were drawn and may accept.
		MembersDrawn {
			/// The feed.
			feed: FeedId,
			/// Number of the attempt.
			attempt: u32,
			/// Chain time until which they may.
			deadline: Moment,
		},
		/// A member accepted a feed.
		Accepted {
			/// The feed.
			feed: FeedId,
			/// The member's operator.
			operator: AccountId,
		},
		/// Every member of a feed's committee has accepted.
		CommitteeReady {
			/// The feed.
			feed: FeedId,
		},
		/// No committee could be had for a feed.
		DrawFailed {
			/// The feed.
			feed: FeedId,
		},
		/// A member lied, and lost what it had set aside for the feed.
		ProvenFalse {
			/// The feed.
			feed: FeedId,
			/// The member's operator.
			operator: AccountId,
			/// What it lied about.
			lie: Lie,
			/// What it lost.
			slashed: Balance,
		},
		/// A committee, or the draw for it, was ended.
		Dismissed {
			/// The feed.
			feed: FeedId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account operates a node already: update that one.
		AlreadyRegistered,
		/// Another node signs with this key: generate a fresh one.
		KeyInUse,
		/// As many nodes are registered as can be: wait until one leaves.
		RegistryFull,
		/// The bond is below the least, or what is free of it below the collateral: bond more.
		BondTooSmall,
		/// A signature is not the key's on this chain over what it must cover: sign that.
		BadProof,
		/// A peer id must not be empty.
		InvalidPeer,
		/// The account operates no node, or no node signs with the key.
		NotRegistered,
		/// Part of the bond stands behind feeds: rest, and wait until they are settled.
		StillServing,
		/// Only a node that was found offline can say that it is back.
		NotOffline,
		/// No committee is being drawn for the feed.
		NoDraw,
		/// The node was not drawn for the feed, or was replaced.
		NotDrawn,
		/// The node has accepted the feed already.
		AlreadyAccepted,
		/// A committee was requested for the feed already.
		AlreadyRequested,
		/// No committee has so many or so few members.
		InvalidSize,
		/// The feed has no complete committee (any more): faults are punished until it is settled.
		NoCommittee,
		/// The committee has no member of that place: read it from the chain.
		UnknownMember,
		/// The member was proven false in this feed before, and has lost what it could.
		AlreadyProven,
		/// The parts of a proof must be about one feed, round, member, and of outcomes one view.
		UnrelatedParts,
		/// All that the proof shows can be true: the member kept its word.
		NoContradiction,
		/// The entries must be the last of the head's log, as many as are needed, and no more.
		BadTrail,
		/// The head must promise that nothing is added any more at the receipt's time.
		NotCovered,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn offchain_worker(now: BlockNumberFor<T>) {
			use sp_runtime::traits::SaturatedConversion;
			Self::do_duties(now.saturated_into());
		}

		fn integrity_test() {
			assert!(T::MaxNodes::get() > 0, "no node could register");
			assert!(
				T::MaxDrawReads::get() >= eventum_primitives::committee::MAX_MEMBERS,
				"a draw could not find a whole committee"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Register a validation node, and hold its bond.
		///
		/// **Origin**: signed by the operator.
		///
		/// **Details**: `proof` is the signature of `vald` over [`Pallet::registration`].
		///
		/// **Emits** [`Event::Registered`].
		#[pallet::call_index(0)]
		pub fn register(
			origin: OriginFor<T>,
			vald: vald::Public,
			intake: IntakeKey,
			peer: PeerId,
			min_fee: Balance,
			bond: Balance,
			proof: vald::Signature,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::ensure_proof(&operator, &vald, &intake, &peer, &proof)?;
			Self::do_register(operator, vald, intake, peer, min_fee, bond)
		}

		/// Set what is given of a node's minimum fee, intake key and peer id, for feeds drawn from now
		/// on.
		///
		/// **Origin**: signed by the operator.
		///
		/// **Emits** [`Event::Updated`].
		#[pallet::call_index(1)]
		pub fn update(
			origin: OriginFor<T>,
			min_fee: Option<Balance>,
			intake: Option<IntakeKey>,
			peer: Option<PeerId>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_update(operator, min_fee, intake, peer)
		}

		/// Raise a node's bond by `amount`.
		///
		/// **Origin**: signed by the operator.
		///
		/// **Emits** [`Event::BondRaised`].
		#[pallet::call_index(2)]
		pub fn bond_more(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_bond_more(operator, amount)
		}

		/// Be offered no more feeds, or be offered feeds again.
		///
		/// **Origin**: signed by the operator.
		///
		/// **Emits** [`Event::StatusChanged`].
		#[pallet::call_index(3)]
		pub fn rest(origin: OriginFor<T>, resting: bool) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_rest(operator, resting)
		}

		/// Leave, and get the bond back. Nothing of it may stand behind a feed.
		///
		/// **Origin**: signed by the operator.
		///
		/// **Emits** [`Event::Unregistered`].
		#[pallet::call_index(4)]
		pub fn unregister(origin: OriginFor<T>) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_unregister(operator)
		}

		/// Accept a feed that the node with this key was drawn for, and set the collateral aside.
		///
		/// **Origin**: authorized by the node's signature over [`Pallet::acceptance`].
		///
		/// **Emits** [`Event::Accepted`], and [`Event::CommitteeReady`] for the last member.
		#[pallet::call_index(5)]
		#[pallet::weight((T::WeightInfo::accept(), DispatchClass::Operational))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_accept())]
		#[pallet::authorize(Self::authorize_accept)]
		pub fn accept(
			origin: OriginFor<T>,
			feed: FeedId,
			key: vald::Public,
			_signature: vald::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_accept(feed, &key)
		}

		/// Be offered feeds again after having been found offline.
		///
		/// **Origin**: authorized by the node's signature over [`Pallet::word`].
		///
		/// **Emits** [`Event::StatusChanged`].
		#[pallet::call_index(6)]
		#[pallet::weight((T::WeightInfo::online(), DispatchClass::Operational))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_online())]
		#[pallet::authorize(Self::authorize_online)]
		pub fn online(
			origin: OriginFor<T>,
			key: vald::Public,
			_signature: vald::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_online(&key)
		}

		/// Prove that a member lied: it loses what it set aside for the feed, its pay, and reputation.
		///
		/// **Origin**: authorized by the proof, once for each member of a feed; free.
		///
		/// **Emits** [`Event::ProvenFalse`].
		#[pallet::call_index(7)]
		#[pallet::weight((T::WeightInfo::report_fault(), DispatchClass::Operational, Pays::No))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_report_fault(fault.entries()))]
		#[pallet::authorize(|source, fault| Self::authorize_fault(source, fault))]
		pub fn report_fault(origin: OriginFor<T>, fault: Box<Fault>) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_report_fault(&fault)
		}
	}
}
