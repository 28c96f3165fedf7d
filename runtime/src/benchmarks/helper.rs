// SPDX-License-Identifier: Apache-2.0

//! What benchmarks need of this runtime.

use crate::{
	configs::{
		consensus::{MAX_DELEGATES, MAX_PRODUCERS},
		governance::{dynamic_params::reputation, RuntimeParameters},
	},
	AccountId, Committees, Runtime, SessionKeys, EVT,
};
use alloc::vec::Vec;
use codec::Encode;
use eventum_primitives::{vald, FeedId};
use frame_benchmarking::account;
use frame_support::BoundedVec;
use sp_core::{ed25519, sr25519};

/// Puts the runtime into states that benchmarks begin with.
pub struct Helper;

impl eventum_beacon::BenchmarkHelper for Helper {
	fn give_slot(slot: u64, author: sr25519::Public) {
		pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(slot));
		let producers = (0..MAX_PRODUCERS).map(|_| author.into()).collect();
		pallet_aura::Authorities::<Runtime>::put(BoundedVec::truncate_from(producers));
	}
}

/// Made-up session keys.
fn session_keys(number: u32) -> SessionKeys {
	let key = [number as u8; 32];
	SessionKeys {
		aura: sr25519::Public::from_raw(key).into(),
		grandpa: ed25519::Public::from_raw(key).into(),
	}
}

impl eventum_clock::BenchmarkHelper for Helper {
	/// There are as many validators as there can be, all of whom have changed their keys twice.
	fn prepare(slot: u64) {
		pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(slot));
		let validators: Vec<AccountId> =
			(0..MAX_DELEGATES).map(|number| account("validator", number, 0)).collect();
		for (validator, number) in validators.iter().zip(MAX_DELEGATES..) {
			pallet_session::NextKeys::<Runtime>::insert(validator, session_keys(number));
		}
		let queued: Vec<_> = validators.iter().cloned().zip((0..).map(session_keys)).collect();
		pallet_session::Validators::<Runtime>::put(validators);
		pallet_session::QueuedKeys::<Runtime>::put(queued);
		pallet_session::QueuedChanged::<Runtime>::put(true);
	}
}

impl eventum_markets::BenchmarkHelper for Helper {
	fn seat(feed: FeedId, keys: Vec<vald::Public>) {
		Committees::seat(feed, keys).expect("the registry has room for a committee");
	}
}

impl cumulus_pallet_session_benchmarking::Config for Runtime {
	fn generate_session_keys_and_proof(owner: AccountId) -> (SessionKeys, Vec<u8>) {
		let generated = SessionKeys::generate(&owner.encode(), None);
		(generated.keys, generated.proof.encode())
	}
}

impl frame_system_benchmarking::Config for Runtime {}

impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

/// The parameter that the benchmark sets: all cost the same.
impl Default for RuntimeParameters {
	fn default() -> Self {
		Self::Reputation(reputation::Parameters::Price(reputation::Price, Some(EVT)))
	}
}
