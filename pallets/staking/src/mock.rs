// SPDX-License-Identifier: Apache-2.0

//! A runtime with staking, and delegates, time and epochs that tests set.

use crate as eventum_staking;
use crate::{Bucket, GenesisBucket};
use eventum_primitives::{traits, AccountId, Balance, BucketId, EpochIndex, Moment};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	storage::with_storage_layer,
	traits::{fungible::InspectHold, ConstU128},
	PalletId,
};
use sp_runtime::{traits::IdentityLookup, BuildStorage};

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
	pub type Staking = eventum_staking::Pallet<Test>;
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
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
}

parameter_types! {
	pub static Now: Moment = 0;
	pub static Epoch: EpochIndex = 0;
	pub static Registered: Vec<AccountId> = vec![];
	pub static MaxBuckets: u32 = 1_000;
	pub const PotId: PalletId = PalletId(*b"evt/vote");
	pub const MinAmount: Balance = 100;
	pub const Day: Moment = DAY;
	pub const UnbondingDays: u32 = 3;
}

pub struct Settings;
impl traits::Clock for Settings {
	fn now() -> Moment {
		Now::get()
	}

	fn chain_time() -> Moment {
		Now::get()
	}
}

impl traits::Delegates for Settings {
	fn is_delegate(account: &AccountId) -> bool {
		Registered::get().contains(account)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Settings {
	fn register(delegate: &AccountId) {
		Registered::mutate(|all| all.push(delegate.clone()));
	}

	fn set_epoch(epoch: EpochIndex) {
		Epoch::set(epoch);
	}

	fn set_time(now: Moment) {
		Now::set(now);
	}
}

impl eventum_staking::Config for Test {
	type Delegates = Settings;
	type Clock = Settings;
	type Epoch = Epoch;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type PotId = PotId;
	type MinAmount = MinAmount;
	type MaxBuckets = MaxBuckets;
	type Day = Day;
	type UnbondingDays = UnbondingDays;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Settings;
}

pub(crate) const EXISTENTIAL_DEPOSIT: Balance = 10;
pub(crate) const DAY: Moment = 1_000;
/// When tests begin.
pub(crate) const START: Moment = 500_000;
/// What each account holds at first.
pub(crate) const FUNDS: Balance = 1_000_000;
/// Delegates that are registered.
pub(crate) const ANNA: AccountId = AccountId::new([101; 32]);
pub(crate) const BERT: AccountId = AccountId::new([102; 32]);
/// Whence rewards come, and where slashes go.
pub(crate) const RESERVE: AccountId = AccountId::new([200; 32]);
pub(crate) const POOL: AccountId = AccountId::new([201; 32]);

/// The account with this number.
pub(crate) fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

pub(crate) fn by(number: u8) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(number))
}

/// A chain with these buckets, at block 1 and in epoch 10. All accounts have `funds`.
pub(crate) fn chain_with(funds: Balance, buckets: Vec<GenesisBucket>) -> sp_io::TestExternalities {
	Now::set(START);
	Epoch::set(10);
	MaxBuckets::set(1_000);
	Registered::set(vec![ANNA, BERT]);
	let balances = (0..=u8::MAX).map(|number| (account(number), funds)).collect();
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		staking: eventum_staking::GenesisConfig { buckets, ..Default::default() },
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| System::set_block_number(1));
	chain
}

pub(crate) fn chain() -> sp_io::TestExternalities {
	chain_with(FUNDS, vec![])
}

/// Runs `test`, then checks the invariants and that no supply was lost or made.
pub(crate) fn run<R>(test: impl FnOnce() -> R) -> R {
	chain().execute_with(|| {
		let result = test();
		check();
		result
	})
}

pub(crate) fn check() {
	Staking::do_try_state().unwrap();
	assert_eq!(Balances::total_issuance(), 256 * FUNDS + EXISTENTIAL_DEPOSIT);
}

/// Creates a bucket that renews itself; tells its number.
pub(crate) fn create(owner: u8, delegate: AccountId, amount: Balance, days: u32) -> BucketId {
	assert_ok!(Staking::create(by(owner), delegate, amount, days, true));
	crate::NextBucket::<Test>::get() - 1
}

pub(crate) fn bucket(id: BucketId) -> Bucket {
	crate::Buckets::<Test>::get(id).unwrap()
}

/// What is in the buckets of an account by the currency's account.
pub(crate) fn held(number: u8) -> Balance {
	Balances::balance_on_hold(&crate::HoldReason::Bucket.into(), &account(number))
}

pub(crate) fn free(number: u8) -> Balance {
	Balances::free_balance(account(number))
}

/// What an account is owed with all that its buckets have earned.
pub(crate) fn owed(number: u8) -> Balance {
	Staking::dues(account(number)).owed
}

/// Pays the voters of a delegate; tells what was taken.
pub(crate) fn reward(delegate: AccountId, amount: Balance) -> Balance {
	<Staking as traits::Staking>::reward(&RESERVE, &delegate, amount)
}

pub(crate) fn next_epoch() {
	Epoch::mutate(|epoch| *epoch += 1);
}

pub(crate) fn pass_days(days: u64) {
	Now::mutate(|now| *now += days * DAY);
}

/// Anyone claims for an account; what fails leaves nothing behind, as with a transaction.
pub(crate) fn claim(number: u8, buckets: &[BucketId]) -> sp_runtime::DispatchResult {
	let buckets = buckets.to_vec().try_into().unwrap();
	with_storage_layer(|| Staking::claim(by(99), account(number), buckets))
}
