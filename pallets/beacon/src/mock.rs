// SPDX-License-Identifier: Apache-2.0

//! A runtime with a beacon and two producers who take turns.

use crate as eventum_beacon;
use eventum_primitives::beacon::{self, SlotAuthor};
use frame_support::{derive_impl, parameter_types, traits::Hooks};
use sp_core::{
	crypto::VrfSecret,
	sr25519::{Pair, Public},
	Pair as _, H256,
};
use sp_runtime::{BuildStorage, Digest, DigestItem};

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
	pub type Beacon = eventum_beacon::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

parameter_types! {
	pub static Slot: u64 = 0;
	pub static Producers: u8 = 2;
}

/// Key of the producer with this number.
pub(crate) fn producer(number: u8) -> Pair {
	Pair::from_seed(&[number; 32])
}

pub struct Turns;
impl SlotAuthor for Turns {
	fn slot() -> u64 {
		Slot::get()
	}

	fn epoch(slot: u64) -> u64 {
		slot / 10
	}

	fn author(slot: u64) -> Option<Public> {
		let number = slot.checked_rem(Producers::get().into())?;
		Some(producer(number as u8).public())
	}
}

impl eventum_beacon::Config for Test {
	type Slots = Turns;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Turns;
}

#[cfg(feature = "runtime-benchmarks")]
impl eventum_beacon::BenchmarkHelper for Turns {
	fn give_slot(slot: u64, author: Public) {
		Slot::set(slot);
		assert_eq!(
			Self::author(slot),
			Some(author),
			"the producers' keys are made of their numbers"
		);
	}
}

pub(crate) const GENESIS: H256 = H256::repeat_byte(9);

/// A chain with the given genesis hash.
pub(crate) fn chain() -> sp_io::TestExternalities {
	let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| {
		Slot::set(0);
		Producers::set(2);
		frame_system::BlockHash::<Test>::insert(0, GENESIS);
	});
	chain
}

/// Runs `test` on a chain, then checks the invariants.
pub(crate) fn run(test: impl FnOnce()) {
	chain().execute_with(|| {
		test();
		Beacon::do_try_state().unwrap();
	});
}

/// What the owner of `slot` puts into a block that follows the current one.
pub(crate) fn honest(slot: u64) -> DigestItem {
	let claim = Beacon::claim(slot).unwrap();
	let number = (slot % u64::from(Producers::get())) as u8;
	beacon::digest_item(&producer(number).vrf_sign(&claim.transcript(GENESIS, slot)))
}

/// Begins the next block in `slot` with these digest items.
pub(crate) fn begin(slot: u64, items: Vec<DigestItem>) {
	let number = System::block_number() + 1;
	let parent = if number == 1 { GENESIS } else { H256::repeat_byte(number as u8) };
	System::initialize(&number, &parent, &Digest { logs: items });
	Slot::set(slot);
}

/// Makes the next block in `slot`, honestly.
pub(crate) fn block_in(slot: u64) {
	let item = honest(slot);
	begin(slot, vec![item]);
	Beacon::on_initialize(System::block_number());
}
