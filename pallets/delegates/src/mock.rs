// SPDX-License-Identifier: Apache-2.0

//! A runtime with delegates, and votes, seats, time and epochs that tests set.

use crate as eventum_delegates;
use crate::GenesisDelegate;
use eventum_primitives::{
	delegate::{Plan, Profile},
	traits, AccountId, Balance, BucketId, EpochIndex, Hash, Moment,
};
use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResult,
	ensure, parameter_types,
	traits::{fungible::InspectHold, ConstU128, ConstU32},
};
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, Percent};
use std::collections::BTreeMap;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;

	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;

	#[runtime::pallet_index(2)]
	pub type Delegates = eventum_delegates::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = frame_system::mocking::MockBlock<Test>;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
}

parameter_types! {
	pub static Now: Moment = 0;
	pub static Epoch: EpochIndex = 0;
	pub static MaxDelegates: u32 = 10;
	/// Accounts with session keys.
	pub static Keyed: Vec<AccountId> = vec![];
	/// Accounts in elected sets.
	pub static Seated: Vec<AccountId> = vec![];
	/// Votes by delegate.
	pub static Votes: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// What is in an account's only bucket, whose number is the account's.
	pub static Stakes: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// Who has an own bucket.
	pub static Bound: Vec<AccountId> = vec![];
	/// Who votes, and for whom.
	pub static Supports: Vec<(AccountId, AccountId)> = vec![];
}

pub struct World;
impl traits::Clock for World {
	fn now() -> Moment {
		Now::get()
	}

	fn chain_time() -> Moment {
		Now::get()
	}
}

impl traits::Seats for World {
	fn is_seated(account: &AccountId) -> bool {
		Seated::get().contains(account)
	}

	fn has_keys(account: &AccountId) -> bool {
		Keyed::get().contains(account)
	}
}

impl traits::Staking for World {
	fn votes(delegate: &AccountId) -> Balance {
		Votes::get().get(delegate).copied().unwrap_or(0)
	}

	fn votes_for(owner: &AccountId, bucket: BucketId, delegate: &AccountId) -> bool {
		bucket == number_of(owner) && Supports::get().contains(&(owner.clone(), delegate.clone()))
	}

	fn own_stake(delegate: &AccountId) -> Balance {
		if !Bound::get().contains(delegate) {
			return 0;
		}
		Stakes::get().get(delegate).copied().unwrap_or(0)
	}

	fn bind_own(delegate: &AccountId, owner: &AccountId, bucket: BucketId) -> DispatchResult {
		ensure!(bucket == number_of(owner), DispatchError::Other("no such bucket"));
		Bound::mutate(|bound| bound.push(delegate.clone()));
		Ok(())
	}

	fn release_own(delegate: &AccountId) {
		Bound::mutate(|bound| bound.retain(|other| other != delegate));
	}

	fn slash_own(_delegate: &AccountId, _amount: Balance, _to: &AccountId) -> Balance {
		0
	}

	fn reward(_from: &AccountId, _delegate: &AccountId, _amount: Balance) -> Balance {
		0
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for World {
	fn prepare(account: &AccountId) -> BucketId {
		Keyed::mutate(|keyed| keyed.push(account.clone()));
		Stakes::mutate(|stakes| stakes.insert(account.clone(), MIN_STAKE));
		number_of(account)
	}

	fn vote(voter: &AccountId, delegate: &AccountId) -> BucketId {
		Supports::mutate(|all| all.push((voter.clone(), delegate.clone())));
		number_of(voter)
	}

	fn set_epoch(epoch: EpochIndex) {
		Epoch::set(epoch);
	}
}

impl eventum_delegates::Config for Test {
	type Staking = World;
	type Seats = World;
	type Clock = World;
	type Epoch = Epoch;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type MinSelfStake = ConstU128<MIN_STAKE>;
	type MaxDelegates = MaxDelegates;
	type ReportEpochs = ConstU32<8>;
	type ComplaintDeposit = ConstU128<DEPOSIT>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

pub(crate) const MIN_STAKE: Balance = 1_200;
pub(crate) const DEPOSIT: Balance = 50;
pub(crate) const FUNDS: Balance = 1_000;

/// The account with this number.
pub(crate) fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

fn number_of(account: &AccountId) -> BucketId {
	AsRef::<[u8]>::as_ref(account)[0].into()
}

pub(crate) fn by(number: u8) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(number))
}

pub(crate) fn plan(blocks: u8, epochs: u8) -> Plan {
	Plan { blocks: Percent::from_percent(blocks), epochs: Percent::from_percent(epochs) }
}

pub(crate) fn profile(name: &str) -> Profile {
	Profile { name: name.as_bytes().to_vec().try_into().unwrap(), ..Default::default() }
}

/// A chain with these delegates, at block 1 and in epoch 10. Accounts 1 to 9 have session keys, a
/// bucket that is enough to register with, and funds.
pub(crate) fn chain(delegates: Vec<GenesisDelegate>) -> sp_io::TestExternalities {
	Now::set(77_000);
	Epoch::set(10);
	MaxDelegates::set(10);
	Keyed::set((1..=9).map(account).collect());
	Stakes::set((1..=9).map(|number| (account(number), MIN_STAKE)).collect());
	Seated::take();
	Votes::take();
	Bound::take();
	Supports::take();
	let balances = (1..=9).map(|number| (account(number), FUNDS)).collect();
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		delegates: eventum_delegates::GenesisConfig { delegates, ..Default::default() },
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| System::set_block_number(1));
	chain
}

/// Runs `test`, then checks the invariants.
pub(crate) fn run<R>(test: impl FnOnce() -> R) -> R {
	chain(vec![]).execute_with(|| {
		let result = test();
		Delegates::do_try_state().unwrap();
		result
	})
}

/// Registers the account with this number.
pub(crate) fn register(number: u8) {
	let profile = profile(&format!("delegate-{number}"));
	assert_ok!(Delegates::register(by(number), number.into(), profile, plan(10, 20)));
}

pub(crate) fn held(number: u8) -> Balance {
	Balances::balance_on_hold(&crate::HoldReason::Complaint.into(), &account(number))
}

/// Hash that stands for evidence.
pub(crate) const EVIDENCE: Hash = Hash::repeat_byte(5);
