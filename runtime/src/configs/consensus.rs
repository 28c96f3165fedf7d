// SPDX-License-Identifier: Apache-2.0

//! Who makes blocks, when, and what follows from it.
//!
//! Validators are those of genesis. Elections take over at two seams: [`pallet_session::Config`]'s
//! `SessionManager`, which answers `None` until then, and [`Rotation`], which ends a session at each
//! boundary of the clock's grid.

use crate::{
	configs::money::deposit, weights, AccountId, Aura, Balance, Balances, BlockNumber, Clock,
	Runtime, RuntimeEvent, Session, SessionKeys,
};
use eventum_primitives::beacon::SlotAuthor;
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64, EstimateNextSessionRotation, Get, OneSessionHandler},
	weights::Weight,
};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::{
	traits::{ConvertInto, OpaqueKeys},
	Permill,
};

/// Most producers there can be at once.
pub const MAX_PRODUCERS: u32 = 24;

/// Most consensus delegates there can be at once.
pub const MAX_DELEGATES: u32 = 36;

/// Length of a slot, from genesis.
pub struct SlotDuration;
impl Get<u64> for SlotDuration {
	fn get() -> u64 {
		Clock::slot_duration()
	}
}

/// Least time between blocks: half a slot.
pub struct MinimumPeriod;
impl Get<u64> for MinimumPeriod {
	fn get() -> u64 {
		Clock::slot_duration().saturating_div(2)
	}
}

/// Slot of the current block, as Aura knows it.
pub struct CurrentSlot;
impl Get<u64> for CurrentSlot {
	fn get() -> u64 {
		pallet_aura::CurrentSlot::<Runtime>::get().into()
	}
}

/// Owners of slots, as Aura knows them.
pub struct Producers;
impl SlotAuthor for Producers {
	fn slot() -> u64 {
		CurrentSlot::get()
	}

	fn epoch(slot: u64) -> u64 {
		Clock::epoch_of(slot)
	}

	fn author(slot: u64) -> Option<sp_core::sr25519::Public> {
		let producers = pallet_aura::Authorities::<Runtime>::get();
		let index = slot.checked_rem(producers.len().try_into().ok()?)?;
		producers.get(usize::try_from(index).ok()?).cloned().map(Into::into)
	}
}

/// Ends a session of pallet-session whenever one of the clock's grid ends.
///
/// pallet-session would charge a whole block for a rotation it makes by itself; the clock charges what
/// was measured, so that the boundary block has room for transactions.
pub struct Rotation;
impl eventum_clock::OnSessionEnd for Rotation {
	fn on_session_end(_grid: u64) {
		Session::rotate_session();
	}
}

/// Sessions on the clock's grid of slots, as far as pallet-session asks.
pub struct GridSessions;
impl pallet_session::ShouldEndSession<BlockNumber> for GridSessions {
	/// Never: [`Rotation`] does it.
	fn should_end_session(_now: BlockNumber) -> bool {
		false
	}
}

impl GridSessions {
	fn slots_done() -> u64 {
		CurrentSlot::get().checked_rem(Clock::session_slots()).unwrap_or_default()
	}
}

impl EstimateNextSessionRotation<BlockNumber> for GridSessions {
	fn average_session_length() -> BlockNumber {
		Clock::session_slots().try_into().unwrap_or(BlockNumber::MAX)
	}

	fn estimate_current_session_progress(_now: BlockNumber) -> (Option<Permill>, Weight) {
		let done = Self::slots_done().saturating_add(1);
		(
			Some(Permill::from_rational(done, Clock::session_slots())),
			<Runtime as frame_system::Config>::DbWeight::get().reads(3),
		)
	}

	fn estimate_next_session_rotation(now: BlockNumber) -> (Option<BlockNumber>, Weight) {
		let left = Clock::session_slots().saturating_sub(Self::slots_done());
		(
			BlockNumber::try_from(left).ok().map(|left| now.saturating_add(left)),
			<Runtime as frame_system::Config>::DbWeight::get().reads(3),
		)
	}
}

/// Aura, given the first [`MAX_PRODUCERS`] of the session's validators: a set is ordered producers
/// first, so that Aura's indices are the session's.
pub struct AuraProducers;

impl sp_runtime::BoundToRuntimeAppPublic for AuraProducers {
	type Public = AuraId;
}

impl OneSessionHandler<AccountId> for AuraProducers {
	type Key = AuraId;

	fn on_genesis_session<'a, I>(validators: I)
	where
		I: Iterator<Item = (&'a AccountId, AuraId)> + 'a,
	{
		let producers: alloc::vec::Vec<_> = validators.take(MAX_PRODUCERS as usize).collect();
		<Aura as OneSessionHandler<AccountId>>::on_genesis_session(producers.into_iter());
	}

	fn on_new_session<'a, I>(changed: bool, validators: I, queued: I)
	where
		I: Iterator<Item = (&'a AccountId, AuraId)> + 'a,
	{
		let now: alloc::vec::Vec<_> = validators.take(MAX_PRODUCERS as usize).collect();
		let next: alloc::vec::Vec<_> = queued.take(MAX_PRODUCERS as usize).collect();
		<Aura as OneSessionHandler<AccountId>>::on_new_session(
			changed,
			now.into_iter(),
			next.into_iter(),
		);
	}

	fn on_disabled(index: u32) {
		if index < MAX_PRODUCERS {
			<Aura as OneSessionHandler<AccountId>>::on_disabled(index);
		}
	}
}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = (Aura, Clock);
	type MinimumPeriod = MinimumPeriod;
	type WeightInfo = weights::pallet_timestamp::WeightInfo<Runtime>;
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type MaxAuthorities = ConstU32<MAX_PRODUCERS>;
	type DisabledValidators = Session;
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type SlotDuration = SlotDuration;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Runtime, Aura>;
	type EventHandler = ();
}

impl eventum_beacon::Config for Runtime {
	type Slots = Producers;
	type WeightInfo = eventum_beacon::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl eventum_clock::Config for Runtime {
	type Slot = CurrentSlot;
	type OnSessionEnd = Rotation;
	type WeightInfo = eventum_clock::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

parameter_types! {
	/// Deposit for registering session keys.
	pub const KeyDeposit: Balance = deposit(3, 128);
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = GridSessions;
	type NextSessionRotation = GridSessions;
	type SessionManager = ();
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = weights::pallet_session::WeightInfo<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// None of its calls can be made: there are no proofs of key ownership, and nobody is Root.
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<MAX_DELEGATES>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = ConstU64<0>;
	type KeyOwnerProof = sp_core::Void;
	type EquivocationReportSystem = ();
}
