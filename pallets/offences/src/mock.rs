// SPDX-License-Identifier: Apache-2.0

//! A runtime with offences, and slots, own buckets and elected sets that tests set.

use crate as eventum_offences;
use crate::{Evidence, Offender, Slash, SlashId};
use codec::Encode;
use eventum_primitives::{
	beacon::{self, SlotAuthor},
	offence::{Authored, DoubleAuthorship, Member},
	traits::{self, KeyHistory},
	AccountId, Balance, BucketId, Hash,
};
use frame_support::{
	derive_impl,
	dispatch::DispatchResult,
	parameter_types,
	traits::{ConstU32, Hooks},
};
use frame_system::{
	offchain::{CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase},
	EnsureRoot,
};
use sp_core::{crypto::VrfSecret, ed25519, sr25519, Pair};
use sp_runtime::{
	traits::{BlakeTwo256, Header as _, IdentityLookup},
	BuildStorage, Digest, DigestItem,
};
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
	pub type Reports = pallet_offences::Pallet<Test>;

	#[runtime::pallet_index(2)]
	pub type Offences = eventum_offences::Pallet<Test>;
}

type TxExtension = frame_system::AuthorizeCall<Test>;
pub(crate) type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, TxExtension>;
pub(crate) type Header = sp_runtime::generic::Header<u32, BlakeTwo256>;
type Block = sp_runtime::generic::Block<Header, Extrinsic>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId>;
}

impl pallet_offences::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = Offender;
	type OnOffenceHandler = Offences;
}

impl<LocalCall> CreateTransactionBase<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extrinsic = Extrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<LocalCall> CreateTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl<LocalCall> CreateAuthorizedTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() -> TxExtension {
		TxExtension::new()
	}
}

parameter_types! {
	pub static Slot: u64 = 0;
	/// What is in own buckets.
	pub static Stakes: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// What was slashed: from whom, how much, and who got it.
	pub static Slashed: Vec<(AccountId, Balance, AccountId)> = vec![];
	/// Who was expelled, each time.
	pub static Expelled: Vec<AccountId> = vec![];
	/// Author of the block.
	pub static Author: Option<AccountId> = None;
}

pub struct World;
impl SlotAuthor for World {
	fn slot() -> u64 {
		Slot::get()
	}

	fn epoch(slot: u64) -> u64 {
		slot / EPOCH
	}

	fn author(_slot: u64) -> Option<sr25519::Public> {
		None
	}
}

impl traits::Staking for World {
	fn votes(_delegate: &AccountId) -> Balance {
		0
	}

	fn votes_for(_owner: &AccountId, _bucket: BucketId, _delegate: &AccountId) -> bool {
		false
	}

	fn own_stake(delegate: &AccountId) -> Balance {
		Stakes::get().get(delegate).copied().unwrap_or(0)
	}

	fn bind_own(_delegate: &AccountId, _owner: &AccountId, _bucket: BucketId) -> DispatchResult {
		Ok(())
	}

	fn release_own(_delegate: &AccountId) {}

	/// As from a bucket: nothing goes to an account that cannot exist.
	fn slash_own(delegate: &AccountId, amount: Balance, to: &AccountId) -> Balance {
		let amount = amount.min(Self::own_stake(delegate));
		if *to == NOBODY || amount == 0 {
			return 0;
		}
		Stakes::mutate(|all| *all.entry(delegate.clone()).or_default() -= amount);
		Slashed::mutate(|all| all.push((delegate.clone(), amount, to.clone())));
		amount
	}

	fn reward(_from: &AccountId, _delegate: &AccountId, _amount: Balance) -> Balance {
		0
	}
}

impl traits::Discipline for World {
	fn expel(account: &AccountId) {
		Expelled::mutate(|all| all.push(account.clone()));
	}
}

impl traits::Treasury for World {
	fn reward_pool() -> AccountId {
		POOL
	}

	fn delegate_reserve() -> AccountId {
		AccountId::new([251; 32])
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for World {
	fn set_slot(slot: u64) {
		Slot::set(slot);
	}

	fn register(delegate: &AccountId) {
		Stakes::mutate(|all| all.insert(delegate.clone(), STAKE));
	}
}

impl eventum_offences::Config for Test {
	type CancelOrigin = EnsureRoot<AccountId>;
	type Slots = World;
	type Author = Author;
	type Staking = World;
	type Discipline = World;
	type Treasury = World;
	type Reports = Reports;
	type MaxMembers = ConstU32<36>;
	type ReportEpochs = ConstU32<8>;
	type CancelEpochs = ConstU32<7>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// Slots of an epoch.
pub(crate) const EPOCH: u64 = 10;
/// The slot of the block at which tests begin, in epoch 10.
pub(crate) const NOW: u64 = 105;
/// Members of the first set: accounts 1 to 6, of whom 1 to 4 produce.
pub(crate) const MEMBERS: u8 = 6;
/// The first slot of the chain that account 1 owns.
pub(crate) const OWNED: u64 = 100;
pub(crate) const STAKE: Balance = 1_000_000;
pub(crate) const GENESIS: Hash = Hash::repeat_byte(9);
pub(crate) const POOL: AccountId = AccountId::new([250; 32]);
/// An account that cannot exist.
pub(crate) const NOBODY: AccountId = AccountId::new([249; 32]);

/// The account with this number.
pub(crate) fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

pub(crate) fn by(number: u8) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(number))
}

/// Keys are made of an account's number and of how often it changed them.
pub(crate) fn aura(number: u8, change: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[number.wrapping_add(change.wrapping_mul(50)); 32])
}

pub(crate) fn member(number: u8, change: u8) -> Member {
	let aura = aura(number, change).public();
	let grandpa = ed25519::Pair::from_seed(&[number.wrapping_add(change.wrapping_mul(50)); 32]);
	Member { account: account(number), aura, grandpa: grandpa.public() }
}

/// The usual members begin to act, with keys that were changed so often.
pub(crate) fn note(session: u32, change: u8) {
	Offences::note(session, 4, (1..=MEMBERS).map(|number| member(number, change)).collect());
}

/// A chain at [`NOW`], whose first set has acted from genesis on.
pub(crate) fn chain() -> sp_io::TestExternalities {
	Slashed::take();
	Expelled::take();
	Author::set(Some(account(3)));
	Stakes::set((1..=36).map(|number| (account(number), STAKE)).collect());
	let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| {
		System::set_block_number(1);
		frame_system::BlockHash::<Test>::insert(0, GENESIS);
		Slot::set(0);
		note(0, 0);
		Slot::set(NOW);
	});
	chain
}

/// Runs `test`, then checks the invariants.
pub(crate) fn run<R>(test: impl FnOnce() -> R) -> R {
	chain().execute_with(|| {
		let result = test();
		Offences::do_try_state().unwrap();
		result
	})
}

/// A header like any other of this author, for a slot and a chain.
pub(crate) fn header(
	by: &sr25519::Pair,
	number: u32,
	slot: u64,
	genesis: Hash,
) -> Authored<Header> {
	let previous = Hash::repeat_byte(3);
	let transcript = beacon::transcript(genesis, previous, slot, slot / EPOCH);
	let logs = vec![
		DigestItem::PreRuntime(*b"aura", slot.encode()),
		beacon::digest_item(&by.vrf_sign(&transcript)),
	];
	let zero = Hash::zero();
	let mut header = Header::new(number, zero, zero, zero, Digest { logs });
	let seal = by.sign(header.hash().as_bytes());
	header.digest_mut().push(DigestItem::Seal(*b"aura", seal.encode()));
	Authored { header, previous }
}

/// Two blocks by one key for one slot.
pub(crate) fn evidence(by: &sr25519::Pair, slot: u64) -> Box<Evidence<Test>> {
	let [first, second] = [1, 2].map(|number| header(by, number, slot, GENESIS));
	Box::new(DoubleAuthorship { first, second })
}

/// Begins a block in the first slot of an epoch.
pub(crate) fn begin_epoch(epoch: u64) {
	Slot::set(epoch * EPOCH);
	let block = System::block_number() + 1;
	System::set_block_number(block);
	Offences::on_initialize(block);
}

pub(crate) fn slash(id: SlashId) -> Option<Slash> {
	crate::Slashes::<Test>::get(id)
}

pub(crate) fn stake(number: u8) -> Balance {
	<World as traits::Staking>::own_stake(&account(number))
}
