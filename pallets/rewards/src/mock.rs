// SPDX-License-Identifier: Apache-2.0

//! A runtime with balances whose dust goes into the reward pool.

use crate as eventum_rewards;
use eventum_primitives::{AccountId, Balance};
use frame_support::{derive_impl, parameter_types, traits::ConstU128, PalletId};
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
	pub type Rewards = eventum_rewards::Pallet<Test>;
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
	type DustRemoval = eventum_rewards::ToPool<Test>;
	type ExistentialDeposit = ConstU128<10>;
}

parameter_types! {
	pub const PoolId: PalletId = PalletId(*b"evt/pool");
	pub const ReserveId: PalletId = PalletId(*b"evt/rsrv");
}

impl eventum_rewards::Config for Test {
	type Currency = Balances;
	type PoolId = PoolId;
	type ReserveId = ReserveId;
}

/// The account with this number.
pub(crate) fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

/// A chain whose accounts 1 and 2 hold 1,000 each and whose genesis mints these amounts.
pub(crate) fn chain(pool: Balance, reserve: Balance) -> sp_io::TestExternalities {
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: vec![(account(1), 1_000), (account(2), 1_000)],
			..Default::default()
		},
		rewards: eventum_rewards::GenesisConfig { pool, reserve, ..Default::default() },
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| System::set_block_number(1));
	chain
}

/// Runs `test` on a chain with 500 in each account, then checks the invariants and that no supply was
/// lost.
pub(crate) fn run(test: impl FnOnce()) {
	chain(500, 500).execute_with(|| {
		test();
		Rewards::do_try_state().unwrap();
		assert_eq!(Balances::total_issuance(), 3_000);
	});
}
