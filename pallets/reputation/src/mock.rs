// SPDX-License-Identifier: Apache-2.0

//! A runtime with reputation and an epoch that tests set.

use crate as eventum_reputation;
use eventum_primitives::{AccountId, Balance, EVT};
use frame_support::{derive_impl, parameter_types, traits::Hooks};
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
	pub type Reputation = eventum_reputation::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Block = frame_system::mocking::MockBlock<Test>;
	type Lookup = IdentityLookup<AccountId>;
}

parameter_types! {
	pub static Epoch: u32 = 0;
	pub static Price: Balance = EVT / 10;
}

impl eventum_reputation::Config for Test {
	type Epoch = Epoch;
	type Price = Price;
}

/// The epoch in which the mock's chain begins.
pub(crate) const FIRST: u32 = 1_000;

/// The account with this number.
pub(crate) fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

/// Runs `test` on a chain that has just begun in epoch [`FIRST`] with account 9 at 5.00, then checks
/// the invariants.
pub(crate) fn run<R>(test: impl FnOnce() -> R) -> R {
	Epoch::set(0);
	Price::set(EVT / 10);
	let storage = RuntimeGenesisConfig {
		reputation: eventum_reputation::GenesisConfig {
			scores: vec![(account(9), 500)],
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap();
	sp_io::TestExternalities::new(storage).execute_with(|| {
		Epoch::set(FIRST);
		System::set_block_number(1);
		Reputation::on_initialize(1);
		let result = test();
		Reputation::do_try_state().unwrap();
		result
	})
}

/// Lets epochs go by.
pub(crate) fn pass(epochs: u32) {
	Epoch::mutate(|epoch| *epoch += epochs);
}
