// SPDX-License-Identifier: Apache-2.0

//! Who is found guilty of what, by which keys, and who forgives.
//!
//! pallet-offences remembers reports, the offences pallet knows keys and takes slashes, pallet-grandpa
//! checks votes.

use crate::{
	configs::consensus::Producers, AccountId, Authorship, Elections, OffenceReports, Offences,
	Rewards, Runtime, RuntimeEvent, Session, SessionKeys, Staking,
};
use alloc::vec::Vec;
use eventum_elections::MAX_MEMBERS;
use eventum_offences::{Equivocation, KeyOwnership, Offender, Owner, Scene, MAX_SETS};
use eventum_primitives::{offence::Member, traits::KeyHistory, EpochIndex};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64, Get},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_grandpa::{AuthorityId as GrandpaId, EquivocationOffence, TimeSlot};
use pallet_session::SessionHandler;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::{
	key_types::{AURA, GRANDPA},
	traits::OpaqueKeys,
	KeyTypeId,
};
use sp_staking::offence::{OffenceError, ReportOffence};

/// Epochs for which an offence can be reported.
const REPORT_EPOCHS: EpochIndex = 8;

/// Full epochs in which a slash can be cancelled.
const CANCEL_EPOCHS: EpochIndex = 7;

/// Epochs after which nothing that was done can still be reported, cancelled or slashed.
pub const LIABLE_EPOCHS: EpochIndex = REPORT_EPOCHS + CANCEL_EPOCHS + 1;

/// Blocks that a report of an equivocation waits in the pool.
const LONGEVITY: u64 = 64;

/// Picoseconds in which the two votes of an equivocation are verified.
const VOTES_WEIGHT: u64 = 2 * 60_000_000;

/// What consensus does with keys.
type Consensus = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;

/// Hands the keys of a session to consensus, and notes those of each new set.
pub struct NotedKeys;

impl NotedKeys {
	/// Aura was given the first members as producers.
	fn note<Keys: OpaqueKeys>(validators: &[(AccountId, Keys)]) {
		let producers = pallet_aura::Authorities::<Runtime>::decode_len().unwrap_or_default();
		let members: Option<Vec<_>> = validators
			.iter()
			.map(|(account, keys)| {
				let aura = keys.get::<AuraId>(AURA)?.into();
				let grandpa = keys.get::<GrandpaId>(GRANDPA)?.into();
				Some(Member { account: account.clone(), aura, grandpa })
			})
			.collect();
		let producers = producers.try_into().unwrap_or(u32::MAX);
		Offences::note(Session::current_index(), producers, members.unwrap_or_default());
	}
}

impl SessionHandler<AccountId> for NotedKeys {
	const KEY_TYPE_IDS: &'static [KeyTypeId] =
		<Consensus as SessionHandler<AccountId>>::KEY_TYPE_IDS;

	fn on_genesis_session<Keys: OpaqueKeys>(validators: &[(AccountId, Keys)]) {
		<Consensus as SessionHandler<AccountId>>::on_genesis_session(validators);
		Self::note(validators);
	}

	fn on_new_session<Keys: OpaqueKeys>(
		changed: bool,
		validators: &[(AccountId, Keys)],
		queued: &[(AccountId, Keys)],
	) {
		<Consensus as SessionHandler<AccountId>>::on_new_session(changed, validators, queued);
		if changed {
			Self::note(validators);
		}
	}

	fn on_before_session_ending() {
		<Consensus as SessionHandler<AccountId>>::on_before_session_ending();
	}

	fn on_disabled(index: u32) {
		<Consensus as SessionHandler<AccountId>>::on_disabled(index);
	}
}

/// Takes note of the equivocations that pallet-grandpa has checked.
pub struct GrandpaOffences;

fn equivocation(owner: &Owner, slot: &TimeSlot, members: u32) -> Equivocation {
	Equivocation {
		account: owner.account.clone(),
		scene: Scene { session: owner.session, members },
		round: (slot.set_id, slot.round),
	}
}

impl ReportOffence<AccountId, Owner, EquivocationOffence<Owner>> for GrandpaOffences {
	fn report_offence(
		reporters: Vec<AccountId>,
		offence: EquivocationOffence<Owner>,
	) -> Result<(), OffenceError> {
		let EquivocationOffence { time_slot, validator_set_count, offender, .. } = offence;
		Offences::report_equivocation(
			reporters.into_iter().next(),
			equivocation(&offender, &time_slot, validator_set_count),
		)
	}

	fn is_known_offence(offenders: &[Owner], slot: &TimeSlot) -> bool {
		offenders.iter().all(|owner| Offences::is_known_equivocation(&equivocation(owner, slot, 0)))
	}
}

/// Author of the block.
pub struct Author;
impl Get<Option<AccountId>> for Author {
	fn get() -> Option<AccountId> {
		Authorship::author()
	}
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = Offender;
	type OnOffenceHandler = Offences;
}

impl eventum_offences::Config for Runtime {
	type CancelOrigin = EnsureRoot<AccountId>;
	type Slots = Producers;
	type Author = Author;
	type Staking = Staking;
	type Discipline = Elections;
	type Treasury = Rewards;
	type Reports = OffenceReports;
	type MaxMembers = ConstU32<MAX_MEMBERS>;
	type ReportEpochs = ConstU32<REPORT_EPOCHS>;
	type CancelEpochs = ConstU32<CANCEL_EPOCHS>;
	type WeightInfo = eventum_offences::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

parameter_types! {
	/// Sets of GRANDPA whose sessions are remembered: those whose keys are.
	pub const MaxSetIdSessionEntries: u64 = MAX_SETS as u64;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = GrandpaWeights;
	type MaxAuthorities = ConstU32<MAX_MEMBERS>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type KeyOwnerProof = KeyOwnership;
	type EquivocationReportSystem = pallet_grandpa::EquivocationReportSystem<
		Self,
		GrandpaOffences,
		Offences,
		ConstU64<LONGEVITY>,
	>;
}

/// Weights of pallet-grandpa's calls: votes are verified, all else is the offences pallet's.
pub struct GrandpaWeights;
impl pallet_grandpa::WeightInfo for GrandpaWeights {
	fn report_equivocation(members: u32, _nominators: u32) -> Weight {
		use eventum_offences::WeightInfo;
		let report = eventum_offences::weights::SubstrateWeight::<Runtime>::report_equivocation(
			members.min(MAX_MEMBERS),
		);
		let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(5);
		report.saturating_add(Weight::from_parts(VOTES_WEIGHT, 0)).saturating_add(reads)
	}

	fn note_stalled() -> Weight {
		<() as pallet_grandpa::WeightInfo>::note_stalled()
	}
}
