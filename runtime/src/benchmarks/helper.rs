// SPDX-License-Identifier: Apache-2.0

//! What benchmarks need of this runtime.

use crate::{
	configs::governance::{
		dynamic_params::{delegates, reputation},
		RuntimeParameters,
	},
	AccountId, Balance, Balances, Clock, Committees, Delegates, Runtime, RuntimeOrigin, Session,
	SessionKeys, Staking, System, EVT,
};
use alloc::vec::Vec;
use codec::Encode;
use eventum_elections::MAX_PRODUCERS;
use eventum_primitives::{
	delegate::{Plan, Profile},
	traits, vald, BucketId, EpochIndex, FeedId, Moment,
};
use frame_support::{
	traits::{fungible::Mutate, Get},
	BoundedVec,
};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
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
	fn prepare(slot: u64) {
		pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(slot));
	}
}

/// Gives an account enough EVT for a bucket of the least own stake, and some more.
fn endow(account: &AccountId) -> Balance {
	let stake = delegates::MinSelfStake::get();
	let _ = Balances::mint_into(account, stake.saturating_mul(2));
	stake
}

/// A bucket of an account that votes for a delegate.
fn bucket(owner: &AccountId, delegate: &AccountId) -> BucketId {
	let amount = endow(owner);
	let id = eventum_staking::NextBucket::<Runtime>::get();
	let origin = RuntimeOrigin::signed(owner.clone());
	Staking::create(origin, delegate.clone(), amount, 91, true).expect("it can pay for a bucket");
	id
}

/// Makes an account a delegate, if it is none, whose name is made of its first bytes.
fn register(account: &AccountId) {
	if <Delegates as traits::Delegates>::is_delegate(account) {
		return;
	}
	set_keys(account);
	let id = bucket(account, account);
	let name = alloc::format!("{:x?}", &account.encode()[..8]).replace([' ', '[', ']', ','], "");
	let profile = Profile { name: BoundedVec::truncate_from(name.into()), ..Default::default() };
	Delegates::register(RuntimeOrigin::signed(account.clone()), id, profile, Plan::default())
		.expect("it has keys and a bucket");
}

/// Gives an account session keys that the benchmarks' keystore holds.
fn set_keys(account: &AccountId) -> SessionKeys {
	endow(account);
	let generated = SessionKeys::generate(&account.encode(), None);
	let origin = RuntimeOrigin::signed(account.clone());
	Session::set_keys(origin, generated.keys.clone(), generated.proof.encode())
		.expect("the keys are new, and it can pay for them");
	generated.keys
}

impl eventum_staking::BenchmarkHelper for Helper {
	fn register(delegate: &AccountId) {
		register(delegate);
	}

	fn set_epoch(epoch: EpochIndex) {
		eventum_elections::Epoch::<Runtime>::put(epoch);
	}

	fn set_time(now: Moment) {
		eventum_clock::Now::<Runtime>::put(now);
	}
}

impl eventum_delegates::BenchmarkHelper for Helper {
	fn prepare(account: &AccountId) -> BucketId {
		set_keys(account);
		bucket(account, account)
	}

	fn vote(voter: &AccountId, delegate: &AccountId) -> BucketId {
		bucket(voter, delegate)
	}

	fn set_epoch(epoch: EpochIndex) {
		eventum_elections::Epoch::<Runtime>::put(epoch);
	}
}

impl eventum_elections::BenchmarkHelper for Helper {
	fn candidate(account: &AccountId) -> AuraId {
		register(account);
		let keys = pallet_session::NextKeys::<Runtime>::get(account);
		keys.expect("it has just registered").aura
	}

	/// All members have changed their keys since the set was queued.
	fn seat(members: &[AccountId]) {
		let queued: Vec<_> = members.iter().cloned().zip((0..).map(session_keys)).collect();
		pallet_session::Validators::<Runtime>::put(members.to_vec());
		pallet_session::QueuedKeys::<Runtime>::put(queued);
		pallet_session::QueuedChanged::<Runtime>::put(true);
	}

	fn set_slot(slot: u64) {
		pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(slot));
		if slot % Clock::session_slots() == 0 {
			System::set_block_number(System::block_number().max(2));
			eventum_clock::SessionStart::<Runtime>::put(System::block_number());
		}
	}

	fn set_keys(account: &AccountId) {
		set_keys(account);
	}
}

impl eventum_offences::BenchmarkHelper for Helper {
	fn set_slot(slot: u64) {
		pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(slot));
	}

	fn register(delegate: &AccountId) {
		register(delegate);
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
