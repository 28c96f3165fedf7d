// SPDX-License-Identifier: Apache-2.0

//! A runtime with committees, a beacon that counts, a clock that tests set, and markets and reputation
//! that tests fill in.

use crate as eventum_committees;
use crate::{Call, GenesisNode, Node, Nodes, Step};
use eventum_primitives::{
	committee::PeerId,
	traits::{self, CommitteeTerms, Conduct, Draw, Offence},
	vald, AccountId, Balance, BlockNumber, FeedId, Hash, Moment, Score,
};
use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResult,
	pallet_prelude::TransactionSource,
	parameter_types,
	traits::{tokens::imbalance::ResolveTo, Authorize, ConstU32},
};
use frame_system::offchain::{
	CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase,
};
use sp_core::{ed25519, Pair};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, IdentityLookup},
	transaction_validity::{TransactionValidityError, ValidTransaction},
	BuildStorage,
};
use std::sync::Arc;

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
	pub type Committees = eventum_committees::Pallet<Test>;
}

type TxExtension = frame_system::AuthorizeCall<Test>;
pub(crate) type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, TxExtension>;
type Block = sp_runtime::generic::Block<sp_runtime::generic::Header<u32, BlakeTwo256>, Extrinsic>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = frame_support::traits::ConstU128<1>;
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
	pub static ChainTime: Moment = 0;
	/// Blocks of which the beacon remembers outputs.
	pub static Memory: BlockNumber = 200;
	/// What the beacon's outputs are derived from.
	pub static World: u64 = 0;
	pub static Reporters: Vec<(FeedId, AccountId)> = vec![];
	pub static Completed: Vec<FeedId> = vec![];
	pub static Scores: Vec<(AccountId, Score)> = vec![];
	pub static Flagged: Vec<AccountId> = vec![];
	pub static Offences: Vec<(AccountId, Offence)> = vec![];
	pub static MaxDrawReads: u32 = 64;
	pub const Pool: AccountId = AccountId::new([250; 32]);
	pub const MinBond: Balance = 100;
	pub const MaxReplacements: u32 = 10;
	pub const AcceptWindow: Moment = 1_000;
}

pub struct CountingBeacon;
impl traits::Beacon for CountingBeacon {
	fn output_at(block: BlockNumber) -> Option<Hash> {
		let age = System::block_number().checked_sub(block)?;
		(age < Memory::get()).then(|| {
			let seed = [World::get().to_le_bytes(), u64::from(block).to_le_bytes()].concat();
			Hash::from(sp_io::hashing::blake2_256(&seed))
		})
	}
}

pub struct SetClock;
impl traits::Clock for SetClock {
	fn now() -> Moment {
		ChainTime::get()
	}

	fn chain_time() -> Moment {
		ChainTime::get()
	}
}

pub struct Listed;
impl traits::Feeds for Listed {
	fn is_reporter(feed: FeedId, account: &AccountId) -> bool {
		Reporters::get().contains(&(feed, account.clone()))
	}

	fn on_committee_ready(feed: FeedId) {
		Completed::mutate(|completed| completed.push(feed));
	}
}

impl traits::Reputation for Listed {
	fn score(account: &AccountId) -> Score {
		let scores = Scores::get();
		scores.iter().rev().find(|(who, _)| who == account).map_or(300, |(_, score)| *score)
	}

	fn is_flagged(account: &AccountId) -> bool {
		Flagged::get().contains(account)
	}

	fn penalise(account: &AccountId, offence: Offence) {
		Offences::mutate(|offences| offences.push((account.clone(), offence)));
	}

	fn settle(_payer: &AccountId, _limit: Score, _conducts: Vec<(AccountId, Conduct)>) {}

	fn gain_budget(_fee: Balance) -> Score {
		0
	}
}

impl eventum_committees::Config for Test {
	type Beacon = CountingBeacon;
	type Clock = SetClock;
	type Reputation = Listed;
	type Feeds = Listed;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Slash = ResolveTo<Pool, Balances>;
	type MinBond = MinBond;
	type MaxNodes = ConstU32<100>;
	type MaxDrawReads = MaxDrawReads;
	type MaxReplacements = MaxReplacements;
	type AcceptWindow = AcceptWindow;
	type WeightInfo = ();
}

pub(crate) const GENESIS: Hash = Hash::repeat_byte(9);
pub(crate) const FEED: FeedId = FeedId { market: 7, index: 1 };
pub(crate) const BOND: Balance = 1_000;
/// What accounts hold beside the bonds of genesis.
pub(crate) const FUNDS: Balance = 10_000;

/// The account with this number.
pub(crate) fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

/// The pair of the node of the operator with this number.
pub(crate) fn pair(number: u8) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[number; 32])
}

/// The key of the node of the operator with this number.
pub(crate) fn key(number: u8) -> vald::Public {
	pair(number).public().into()
}

pub(crate) fn sign(number: u8, payload: [u8; 32]) -> vald::Signature {
	pair(number).sign(&payload).into()
}

pub(crate) fn peer(number: u8) -> PeerId {
	PeerId::truncate_from(vec![number; 38])
}

/// What the operator with this number gives at genesis: fee = its number.
pub(crate) fn genesis_node(number: u8) -> GenesisNode {
	(account(number), key(number), [number; 32], peer(number).into(), number.into(), BOND)
}

/// A chain with nodes 1..=count registered at genesis, at block 1. Accounts 1..=200 have funds.
pub(crate) fn chain(count: u8) -> sp_io::TestExternalities {
	ChainTime::set(0);
	Memory::set(200);
	World::set(0);
	MaxDrawReads::set(64);
	Reporters::take();
	Completed::take();
	Scores::take();
	Flagged::take();
	Offences::take();
	let people = (1..=200).map(|number| (account(number), FUNDS + BOND));
	let balances = people.chain([(Pool::get(), 1)]).collect();
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		committees: eventum_committees::GenesisConfig {
			nodes: (1..=count).map(genesis_node).collect(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| {
		frame_system::BlockHash::<Test>::insert(0, GENESIS);
		System::set_block_number(1);
	});
	chain
}

/// Adds a keystore with the keys of these nodes.
pub(crate) fn add_keystore(chain: &mut sp_io::TestExternalities, numbers: &[u8]) {
	let keystore = MemoryKeystore::new();
	for number in numbers {
		let seed = sp_core::bytes::to_hex(&[*number; 32], false);
		keystore.insert(vald::KEY_TYPE, &seed, key(*number).as_ref()).unwrap();
	}
	chain.register_extension(KeystoreExt(Arc::new(keystore)));
}

/// A chain without nodes that can make keys.
#[cfg(feature = "runtime-benchmarks")]
pub(crate) fn benchmark_chain() -> sp_io::TestExternalities {
	let mut chain = chain(0);
	add_keystore(&mut chain, &[]);
	chain
}

/// Runs `test` on a chain with this many nodes, then checks the invariants.
pub(crate) fn run<R>(count: u8, test: impl FnOnce() -> R) -> R {
	chain(count).execute_with(|| {
		let result = test();
		Committees::do_try_state().unwrap();
		result
	})
}

pub(crate) fn next_blocks(count: u32) {
	System::set_block_number(System::block_number() + count);
}

/// What a feed asks for, unless a test is about it.
pub(crate) fn terms(size: u32) -> CommitteeTerms {
	CommitteeTerms { size, requester: account(200), collateral: 400, max_fee: 1_000 }
}

/// Requests a committee on these terms, and has its members drawn.
pub(crate) fn draw(feed: FeedId, terms: CommitteeTerms) -> Vec<u8> {
	assert_ok!(<Committees as traits::Committees>::request(feed, terms));
	redraw(feed)
}

/// Has the missing members drawn two blocks later, and tells who is a member or asked to be.
pub(crate) fn redraw(feed: FeedId) -> Vec<u8> {
	next_blocks(2);
	assert_eq!(<Committees as traits::Committees>::poll(feed), Draw::Pending);
	members(feed)
}

/// Lets the window to accept go by, and has the missing members drawn anew.
pub(crate) fn redraw_later(feed: FeedId) -> Vec<u8> {
	ChainTime::mutate(|time| *time += AcceptWindow::get());
	assert_eq!(<Committees as traits::Committees>::poll(feed), Draw::Pending);
	redraw(feed)
}

/// The numbers of the operators of a feed's members, in order.
pub(crate) fn members(feed: FeedId) -> Vec<u8> {
	let members = match crate::Draws::<Test>::get(feed) {
		Some(draw) => draw.members,
		None => crate::Committees::<Test>::get(feed).unwrap().members,
	};
	members.iter().map(|member| AsRef::<[u8]>::as_ref(&member.operator)[0]).collect()
}

/// Whether members have been drawn and may accept.
pub(crate) fn accepting(feed: FeedId) -> bool {
	crate::Draws::<Test>::get(feed)
		.is_some_and(|draw| matches!(draw.step, Step::Accepting { .. }) && draw.missing() == 0)
}

pub(crate) fn node(number: u8) -> Node {
	Nodes::<Test>::get(account(number)).unwrap()
}

pub(crate) fn accept_call(feed: FeedId, number: u8) -> Call<Test> {
	let attempt = crate::Draws::<Test>::get(feed).map_or(0, |draw| draw.attempt);
	let signature = sign(number, Committees::acceptance(feed, attempt));
	Call::accept { feed, key: key(number), signature }
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

/// The node accepts the feed as a transaction would.
pub(crate) fn accept(feed: FeedId, number: u8) -> DispatchResult {
	authorize(accept_call(feed, number)).expect("the acceptance is valid");
	dispatch(accept_call(feed, number))
}

/// Requests a committee, and lets all its members accept.
pub(crate) fn committee(feed: FeedId, terms: CommitteeTerms) -> Vec<u8> {
	let members = draw(feed, terms);
	for number in &members {
		assert_ok!(accept(feed, *number));
	}
	members
}
