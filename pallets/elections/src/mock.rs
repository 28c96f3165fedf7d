// SPDX-License-Identifier: Apache-2.0

//! A runtime with elections, whose candidates, votes, sessions and slots tests set.

use crate as eventum_elections;
use crate::{Call, Sessions};
use eventum_primitives::{
	delegate::Plan,
	epoch::{Heartbeat, Size},
	traits::{self, Grid as _},
	AccountId, Balance, BucketId, EpochIndex, Hash,
};
use frame_support::{
	derive_impl,
	dispatch::DispatchResult,
	pallet_prelude::TransactionSource,
	parameter_types,
	traits::{fungible::Mutate, tokens::Preservation, Authorize, ConstU128, OnInitialize},
};
use frame_system::{
	offchain::{CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase},
	EnsureRoot,
};
use sp_consensus_aura::sr25519::AuthorityId;
use sp_core::{sr25519, Pair};
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, IdentityLookup},
	transaction_validity::{TransactionValidityError, ValidTransaction},
	BuildStorage, Perquintill,
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
	pub type Balances = pallet_balances::Pallet<Test>;

	#[runtime::pallet_index(2)]
	pub type Elections = eventum_elections::Pallet<Test>;
}

type TxExtension = frame_system::AuthorizeCall<Test>;
pub(crate) type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, TxExtension>;
type Block = sp_runtime::generic::Block<sp_runtime::generic::Header<u32, BlakeTwo256>, Extrinsic>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = Block;
	type BlockHashCount = frame_support::traits::ConstU32<250>;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
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
	/// Whether the block is the first of a session.
	pub static SessionBegins: bool = false;
	/// Votes that count, by delegate.
	pub static Votes: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// Epochs of probation left, by delegate.
	pub static Probation: BTreeMap<AccountId, u32> = BTreeMap::new();
	/// What delegates share with voters.
	pub static Plans: BTreeMap<AccountId, Plan> = BTreeMap::new();
	/// Who is operator of whom.
	pub static Operators: BTreeMap<AccountId, AccountId> = BTreeMap::new();
	/// Delegates none of whose votes earn.
	pub static Idle: Vec<AccountId> = vec![];
	/// Who was absent, and in which epoch.
	pub static Absences: Vec<(AccountId, EpochIndex)> = vec![];
	/// The set that is queued for the next session, and whose session it is.
	pub static QueuedSet: Vec<AccountId> = vec![];
	pub static ActiveSet: Vec<AccountId> = vec![];
	pub static Disabled: Vec<u32> = vec![];
	pub static Rotations: u32 = 0;
	pub static Purged: Vec<AccountId> = vec![];
	pub static Seed: Hash = Hash::zero();
	/// A thousandth.
	pub static Rate: Perquintill = Perquintill::from_parts(1_000_000_000_000_000);
}

/// Slots of an epoch, of six sessions.
pub(crate) const EPOCH: u32 = 60;
/// Slots of a session.
const SESSION: u64 = 10;
/// The epoch in which tests begin: with its first slot.
pub(crate) const FIRST: EpochIndex = 10;
/// What the reserve holds at first: 600 for each block of an epoch, and 24,000 for votes.
pub(crate) const RESERVE: Balance = 60_000_000;

pub struct World;

impl traits::Grid for World {
	fn slot() -> u64 {
		Slot::get()
	}

	fn epoch_slots() -> u32 {
		EPOCH
	}

	fn epoch_of(slot: u64) -> EpochIndex {
		(slot / u64::from(EPOCH)) as EpochIndex
	}

	fn session_begins() -> bool {
		SessionBegins::get()
	}

	fn sessions_left() -> u32 {
		5 - (Slot::get() / SESSION % 6) as u32
	}
}

impl Sessions for World {
	fn rotate() {
		Rotations::mutate(|count| *count += 1);
		let queued = QueuedSet::get();
		if queued != ActiveSet::get() {
			Disabled::take();
		}
		ActiveSet::set(queued);
		if let Some(set) = Elections::draw() {
			QueuedSet::set(set);
		}
	}

	fn disable(index: u32) {
		Disabled::mutate(|all| {
			if !all.contains(&index) {
				all.push(index);
			}
		});
	}

	fn has_keys(account: &AccountId) -> bool {
		*account != account_of(99)
	}

	fn owner(key: &AuthorityId) -> Option<AccountId> {
		(1..=60).find(|number| pair(*number).public() == (*key).clone().into()).map(account_of)
	}

	fn purge(account: AccountId) -> DispatchResult {
		Purged::mutate(|all| all.push(account));
		Ok(())
	}
}

impl traits::Delegates for World {
	fn is_delegate(account: &AccountId) -> bool {
		Votes::get().contains_key(account)
	}
}

impl traits::Candidates for World {
	fn standings() -> Vec<(AccountId, Balance)> {
		Votes::get().into_iter().collect()
	}

	fn probation(delegate: &AccountId) -> u32 {
		Probation::get().get(delegate).copied().unwrap_or(0)
	}

	fn set_probation(delegate: &AccountId, epochs: u32) {
		Probation::mutate(|all| all.insert(delegate.clone(), epochs));
	}

	fn plan(delegate: &AccountId, _epoch: EpochIndex) -> Plan {
		Plans::get().get(delegate).copied().unwrap_or_default()
	}

	fn served_by(account: &AccountId) -> Option<AccountId> {
		if Votes::get().contains_key(account) {
			return Some(account.clone());
		}
		Operators::get().get(account).cloned()
	}

	fn reward_account(delegate: &AccountId) -> Option<AccountId> {
		Votes::get().contains_key(delegate).then(|| reward_account(delegate))
	}
}

impl traits::Staking for World {
	fn votes(delegate: &AccountId) -> Balance {
		Votes::get().get(delegate).copied().unwrap_or(0)
	}

	fn votes_for(_owner: &AccountId, _bucket: BucketId, _delegate: &AccountId) -> bool {
		false
	}

	fn own_stake(_delegate: &AccountId) -> Balance {
		0
	}

	fn bind_own(_delegate: &AccountId, _owner: &AccountId, _bucket: BucketId) -> DispatchResult {
		Ok(())
	}

	fn release_own(_delegate: &AccountId) {}

	fn slash_own(_delegate: &AccountId, _amount: Balance, _to: &AccountId) -> Balance {
		0
	}

	fn reward(from: &AccountId, delegate: &AccountId, amount: Balance) -> Balance {
		if amount == 0 || Idle::get().contains(delegate) {
			return 0;
		}
		Balances::transfer(from, &voters_account(), amount, Preservation::Preserve).unwrap()
	}
}

impl traits::Slashes for World {
	fn absent(delegate: &AccountId, epoch: EpochIndex) {
		Absences::mutate(|all| all.push((delegate.clone(), epoch)));
	}
}

impl traits::Treasury for World {
	fn reward_pool() -> AccountId {
		account_of(201)
	}

	fn delegate_reserve() -> AccountId {
		account_of(200)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for World {
	fn candidate(account: &AccountId) -> AuthorityId {
		Votes::mutate(|votes| votes.insert(account.clone(), 1_000));
		pair(1).public().into()
	}

	fn seat(members: &[AccountId]) {
		QueuedSet::set(members.to_vec());
		ActiveSet::set(members.to_vec());
	}

	fn set_slot(slot: u64) {
		SessionBegins::set(slot % SESSION == 0);
		Slot::set(slot);
	}

	fn set_keys(_account: &AccountId) {}
}

impl eventum_elections::Config for Test {
	type Grid = World;
	type Sessions = World;
	type Candidates = World;
	type Staking = World;
	type Slashes = World;
	type Treasury = World;
	type Currency = Balances;
	type Seed = Seed;
	type RewardRate = Rate;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// The account with this number.
pub(crate) fn account_of(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

pub(crate) fn accounts(numbers: impl IntoIterator<Item = u8>) -> Vec<AccountId> {
	numbers.into_iter().map(account_of).collect()
}

/// The number of an account.
pub(crate) fn number_of(account: &AccountId) -> u8 {
	AsRef::<[u8]>::as_ref(account)[0]
}

/// What gets what a delegate keeps.
pub(crate) fn reward_account(delegate: &AccountId) -> AccountId {
	account_of(100 + number_of(delegate))
}

pub(crate) fn voters_account() -> AccountId {
	account_of(202)
}

/// The author's key of the delegate with this number.
pub(crate) fn pair(number: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[number; 32])
}

/// A chain of delegates 1 to `members`, all elected, with as many votes as ten times their number.
pub(crate) fn chain(members: u8, size: Size) -> sp_io::TestExternalities {
	Slot::set(0);
	SessionBegins::set(false);
	Votes::set((1..=members).map(|one| (account_of(one), 10 * Balance::from(one))).collect());
	Probation::take();
	Plans::take();
	Operators::take();
	Idle::take();
	Absences::take();
	Disabled::take();
	Rotations::take();
	Purged::take();
	Seed::set(Hash::repeat_byte(7));
	QueuedSet::set(accounts(1..=members));
	ActiveSet::set(accounts(1..=members));
	let balances = vec![(account_of(200), RESERVE), (voters_account(), 1)];
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		elections: eventum_elections::GenesisConfig {
			members: accounts(1..=members),
			seats: size.members,
			producers: size.producers,
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap();
	storage.into()
}

/// A chain of six delegates of whom all are elected and four produce, after the first block of
/// [`FIRST`]. Checks the invariants after `test`.
pub(crate) fn run(test: impl FnOnce()) {
	chain(6, Size { members: 6, producers: 4 }).execute_with(|| {
		block(first_slot(FIRST));
		test();
		Elections::do_try_state().unwrap();
	});
}

/// The first slot of an epoch.
pub(crate) fn first_slot(epoch: EpochIndex) -> u64 {
	u64::from(epoch) * u64::from(EPOCH)
}

/// Makes the block of a slot, and checks the invariants.
pub(crate) fn block(slot: u64) {
	step(slot);
	Elections::do_try_state().unwrap();
}

/// Makes the block of a slot.
pub(crate) fn step(slot: u64) {
	let number = System::block_number() + 1;
	System::set_block_number(number);
	frame_system::BlockHash::<Test>::insert(number - 1, hash(number - 1));
	SessionBegins::set(number > 1 && Slot::get() / SESSION < slot / SESSION);
	Slot::set(slot);
	<Elections as OnInitialize<u32>>::on_initialize(number);
}

/// Makes a block in each slot up to this one.
pub(crate) fn blocks_to(slot: u64) {
	while Slot::get() < slot {
		block(Slot::get() + 1);
	}
}

/// Makes all blocks up to the first of an epoch, for whose set members prove life if they are among
/// these.
pub(crate) fn epoch(next: EpochIndex, alive: impl IntoIterator<Item = u8>) {
	for number in alive {
		beat(number).unwrap();
	}
	blocks_to(first_slot(next));
}

/// Pays all that is due for the last epoch.
pub(crate) fn pay() {
	block(Slot::get() + 1);
	while crate::Unpaid::<Test>::exists() {
		block(Slot::get() + 1);
	}
}

pub(crate) fn hash(number: u32) -> Hash {
	Hash::from_low_u64_be(1_000 + u64::from(number))
}

/// A heartbeat that names the last block.
pub(crate) fn heartbeat() -> Heartbeat {
	let finalized = System::block_number() - 1;
	Heartbeat { epoch: World::epoch_of(Slot::get()), finalized, hash: hash(finalized) }
}

pub(crate) fn heartbeat_call(heartbeat: Heartbeat, number: u8) -> Call<Test> {
	let signature = pair(number).sign(&Elections::heartbeat_payload(&heartbeat)).into();
	Call::heartbeat { heartbeat, key: pair(number).public().into(), signature }
}

/// Whether the pool lets a call in.
pub(crate) fn authorize(call: Call<Test>) -> Result<ValidTransaction, TransactionValidityError> {
	RuntimeCall::from(call)
		.authorize(TransactionSource::External)
		.expect("the call authorizes itself")
		.map(|(valid, _)| valid)
}

/// Dispatches a call as authorized.
pub(crate) fn dispatch(call: Call<Test>) -> DispatchResult {
	RuntimeCall::from(call)
		.dispatch(frame_system::RawOrigin::Authorized.into())
		.map(|_| ())
		.map_err(|error| error.error)
}

/// The delegate with this number proves life.
pub(crate) fn beat(number: u8) -> DispatchResult {
	let call = heartbeat_call(heartbeat(), number);
	authorize(call.clone()).expect("the heartbeat is valid");
	dispatch(call)
}
