// SPDX-License-Identifier: Apache-2.0

//! Who makes blocks, when, and what follows from it.
//!
//! Elections turn the sessions of pallet-session at the boundaries of the clock's grid, and say who sits.

use crate::{
	configs::{money::deposit, offences::NotedKeys},
	weights, AccountId, Aura, Balance, Balances, BlockNumber, Clock, Delegates, Elections, Runtime,
	RuntimeEvent, Session, SessionKeys,
};
use alloc::vec::Vec;
use eventum_elections::MAX_PRODUCERS;
use eventum_primitives::{beacon::SlotAuthor, traits::Candidates};
use frame_support::{
	dispatch::DispatchResult,
	parameter_types,
	traits::{ConstBool, ConstU32, EstimateNextSessionRotation, Get, OneSessionHandler},
	weights::Weight,
};
use frame_system::RawOrigin;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::{traits::Convert, Permill, RuntimeAppPublic};

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

/// The account that session keys are of: that of the delegate whose operator signs, or else the
/// signer's. A delegate had keys, and paid their deposit, when it registered; so an operator pays none.
pub struct KeysOf;
impl Convert<AccountId, Option<AccountId>> for KeysOf {
	fn convert(account: AccountId) -> Option<AccountId> {
		Some(Delegates::served_by(&account).unwrap_or(account))
	}
}

/// The sets of pallet-session: those that are elected.
pub struct ElectedSets;
impl pallet_session::SessionManager<AccountId> for ElectedSets {
	fn new_session(_index: u32) -> Option<Vec<AccountId>> {
		Elections::draw()
	}

	fn new_session_genesis(_index: u32) -> Option<Vec<AccountId>> {
		Some(Elections::active().members.into_inner())
	}

	fn start_session(_index: u32) {}

	fn end_session(_index: u32) {}
}

/// pallet-session, as elections use it.
pub struct Sessions;
impl eventum_elections::Sessions for Sessions {
	fn rotate() {
		Session::rotate_session();
	}

	fn disable(index: u32) {
		Session::disable_index(index);
	}

	fn has_keys(account: &AccountId) -> bool {
		pallet_session::NextKeys::<Runtime>::contains_key(account)
	}

	fn owner(key: &AuraId) -> Option<AccountId> {
		Session::key_owner(AuraId::ID, key.as_ref())
	}

	fn purge(account: AccountId) -> DispatchResult {
		Session::purge_keys(RawOrigin::Signed(account).into())
	}
}

/// Sessions on the clock's grid of slots, as far as pallet-session asks.
pub struct GridSessions;
impl pallet_session::ShouldEndSession<BlockNumber> for GridSessions {
	/// Never: pallet-session would charge a whole block for it. Elections do it, and charge what it costs.
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

/// Aura, given those of the session's validators that produce: a set is ordered producers first, so
/// that Aura's indices are the session's.
pub struct AuraProducers;

impl AuraProducers {
	/// How many of a session's validators produce.
	fn count() -> usize {
		Elections::producers() as usize
	}
}

impl sp_runtime::BoundToRuntimeAppPublic for AuraProducers {
	type Public = AuraId;
}

impl OneSessionHandler<AccountId> for AuraProducers {
	type Key = AuraId;

	fn on_genesis_session<'a, I>(validators: I)
	where
		I: Iterator<Item = (&'a AccountId, AuraId)> + 'a,
	{
		let producers: Vec<_> = validators.take(Self::count()).collect();
		<Aura as OneSessionHandler<AccountId>>::on_genesis_session(producers.into_iter());
	}

	fn on_new_session<'a, I>(changed: bool, validators: I, queued: I)
	where
		I: Iterator<Item = (&'a AccountId, AuraId)> + 'a,
	{
		let now: Vec<_> = validators.take(Self::count()).collect();
		let next: Vec<_> = queued.take(Self::count()).collect();
		<Aura as OneSessionHandler<AccountId>>::on_new_session(
			changed,
			now.into_iter(),
			next.into_iter(),
		);
	}

	fn on_disabled(index: u32) {
		if index < Elections::producers() {
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
	type ValidatorIdOf = KeysOf;
	type ShouldEndSession = GridSessions;
	type NextSessionRotation = GridSessions;
	type SessionManager = ElectedSets;
	type SessionHandler = NotedKeys;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = weights::pallet_session::WeightInfo<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}
