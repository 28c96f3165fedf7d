// SPDX-License-Identifier: Apache-2.0

//! A runtime with markets, and stand-ins for clock, committees, reputation and treasury that tests
//! set and look into.

use crate as eventum_markets;
use codec::Encode;
use eventum_primitives::{
	committee::{Committee, Member},
	definition::*,
	outcome::{Certificate, Detail, EndedBy, Outcome, Push, RoundResult},
	report::{self, ReportKey},
	traits::{self, CommitteeTerms, Conduct, Draw, Offence},
	AccountId, Balance, FeedId, Hash, Moment, Score, EVT, MILLI_EVT,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold},
		Hooks,
	},
	weights::Weight,
};
use sp_core::{ed25519, sr25519, Pair};
use sp_runtime::{
	traits::{BlakeTwo256, IdentityLookup},
	BuildStorage, DispatchError, DispatchResult, FixedU64, Perbill,
};
use std::collections::BTreeMap;

pub(crate) type Extension = frame_system::AuthorizeCall<Test>;
pub(crate) type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, Extension>;
type Block = sp_runtime::generic::Block<sp_runtime::generic::Header<u64, BlakeTwo256>, Extrinsic>;

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
	pub type Markets = eventum_markets::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = MILLI_EVT;
	pub static Now: Moment = START;
	pub static Lost: Moment = 0;
	/// Answers of the draw; `Pending` when it is empty.
	pub static Draws: Vec<Draw> = Vec::new();
	pub static Requests: Vec<(FeedId, CommitteeTerms)> = Vec::new();
	pub static RefuseRequests: bool = false;
	pub static Seated: BTreeMap<FeedId, Committee> = BTreeMap::new();
	pub static Dismissals: Vec<(FeedId, Vec<bool>)> = Vec::new();
	/// What each member of a committee asks per counted report.
	pub static MinFees: Vec<Balance> = Vec::new();
	pub static Median: Balance = RECOMMENDED_FEE;
	/// Members that were proven false, a bit each.
	pub static ProvenFalse: u64 = 0;
	pub static Scores: BTreeMap<AccountId, Score> = BTreeMap::new();
	pub static FlaggedAccounts: Vec<AccountId> = Vec::new();
	pub static Penalties: Vec<(AccountId, Offence)> = Vec::new();
	pub static Commendations: Vec<(AccountId, AccountId, Score)> = Vec::new();
	pub static AgendaBudget: Weight = Weight::from_parts(400_000_000_000, u64::MAX);
	pub const PollWeight: Weight = Weight::from_parts(1_000_000, 0);
	pub const CertificateGrace: Moment = HOUR;
	pub const MinDisputeTime: Moment = 1_000;
	pub const FeeMargin: u32 = 2;
	pub const ProtocolFeeShare: Perbill = Perbill::from_percent(1);
	pub const MinProtocolFee: Balance = EVT;
	pub const NoAgreementShare: Perbill = Perbill::from_percent(20);
	pub const ExcuseShare: Perbill = Perbill::from_percent(2);
	pub const HistoryTime: Moment = 90 * 86_400_000;
}

/// When tests begin.
pub(crate) const START: Moment = 1_800_000_000_000;
pub(crate) const HOUR: Moment = 3_600_000;
pub(crate) const MINUTE: Moment = 60_000;
/// What the registry's nodes ask.
pub(crate) const RECOMMENDED_FEE: Balance = MILLI_EVT;

pub struct TestClock;
impl traits::Clock for TestClock {
	fn now() -> Moment {
		Now::get()
	}

	fn chain_time() -> Moment {
		Now::get() - Lost::get()
	}
}

pub struct TestCommittees;
impl traits::Committees for TestCommittees {
	fn request(feed: FeedId, terms: CommitteeTerms) -> DispatchResult {
		if RefuseRequests::get() {
			return Err(DispatchError::Other("no nodes"));
		}
		Requests::mutate(|all| all.push((feed, terms)));
		Ok(())
	}

	fn poll(feed: FeedId) -> Draw {
		let draw =
			Draws::mutate(|draws| if draws.is_empty() { None } else { Some(draws.remove(0)) })
				.unwrap_or(Draw::Pending);
		if draw == Draw::Ready {
			seat(feed, size_of(feed));
		}
		draw
	}

	fn get(feed: FeedId) -> Option<Committee> {
		Seated::get().get(&feed).cloned()
	}

	fn proven_false(_feed: FeedId) -> u64 {
		ProvenFalse::get()
	}

	fn dismiss(feed: FeedId, served: &[bool]) {
		Seated::mutate(|all| all.remove(&feed));
		Dismissals::mutate(|all| all.push((feed, served.to_vec())));
	}

	fn recommended_fee() -> Balance {
		Median::get()
	}

	fn willing(_feed: FeedId, fee: Balance) -> u32 {
		MinFees::get().iter().filter(|asked| **asked <= fee).count() as u32
	}
}

pub struct TestReputation;
impl traits::Reputation for TestReputation {
	fn score(account: &AccountId) -> Score {
		Scores::get().get(account).copied().unwrap_or(300)
	}

	fn is_flagged(account: &AccountId) -> bool {
		FlaggedAccounts::get().contains(account)
	}

	fn penalise(account: &AccountId, offence: Offence) {
		Penalties::mutate(|all| all.push((account.clone(), offence)));
	}

	fn settle(payer: &AccountId, limit: Score, conducts: Vec<(AccountId, Conduct)>) {
		for (account, Conduct { offence, served }) in conducts {
			if let Some(offence) = offence {
				Self::penalise(&account, offence);
			}
			if served {
				Commendations::mutate(|all| all.push((account, payer.clone(), limit)));
			}
		}
	}

	fn gain_budget(fee: Balance) -> Score {
		(fee / (EVT / 100)) as Score
	}
}

pub struct TestTreasury;
impl traits::Treasury for TestTreasury {
	fn reward_pool() -> AccountId {
		POOL
	}

	fn delegate_reserve() -> AccountId {
		RESERVE
	}
}

impl eventum_markets::Config for Test {
	type Clock = TestClock;
	type Committees = TestCommittees;
	type Reputation = TestReputation;
	type Treasury = TestTreasury;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CertificateGrace = CertificateGrace;
	type MinDisputeTime = MinDisputeTime;
	type FeeMargin = FeeMargin;
	type ProtocolFeeShare = ProtocolFeeShare;
	type MinProtocolFee = MinProtocolFee;
	type NoAgreementShare = NoAgreementShare;
	type ExcuseShare = ExcuseShare;
	type HistoryTime = HistoryTime;
	type AgendaBudget = AgendaBudget;
	type PollWeight = PollWeight;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = TestCommittees;
}

#[cfg(feature = "runtime-benchmarks")]
impl eventum_markets::BenchmarkHelper for TestCommittees {
	fn seat(feed: FeedId, keys: Vec<eventum_primitives::vald::Public>) {
		seat_keys(feed, keys);
	}
}

impl<LocalCall> frame_system::offchain::CreateTransactionBase<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = Extrinsic;
}

impl<LocalCall> frame_system::offchain::CreateTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extension = Extension;

	fn create_transaction(call: RuntimeCall, extension: Extension) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl<LocalCall> frame_system::offchain::CreateAuthorizedTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() -> Extension {
		Extension::new()
	}
}

pub(crate) const REQUESTER: AccountId = AccountId::new([0xaa; 32]);
pub(crate) const POOL: AccountId = AccountId::new([0xbb; 32]);
pub(crate) const RESERVE: AccountId = AccountId::new([0xcc; 32]);
pub(crate) const FEED: FeedId = FeedId { market: 0, index: 0 };
pub(crate) const GENESIS: Hash = Hash::repeat_byte(9);
pub(crate) const TAG_KEY: [u8; 32] = [7; 32];
/// What each reporter and the requester have at first.
pub(crate) const FUNDS: Balance = 1_000_000 * EVT;
/// Reporters that have funds.
pub(crate) const PEOPLE: u32 = 200;

pub(crate) fn person(number: u32) -> AccountId {
	let mut bytes = [1; 32];
	bytes[..4].copy_from_slice(&number.to_be_bytes());
	AccountId::new(bytes)
}

pub(crate) fn operator(number: u32) -> AccountId {
	let mut bytes = [2; 32];
	bytes[..4].copy_from_slice(&number.to_be_bytes());
	AccountId::new(bytes)
}

pub(crate) fn report_key(number: u32) -> ReportKey {
	let mut bytes = [3; 32];
	bytes[..4].copy_from_slice(&number.to_be_bytes());
	ReportKey::Sr25519(sr25519::Public::from_raw(bytes))
}

pub(crate) fn node(number: u32) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[number as u8; 32])
}

fn size_of(feed: FeedId) -> u32 {
	let requests = Requests::get();
	requests.iter().find(|(id, _)| *id == feed).map_or(4, |(_, terms)| terms.size)
}

/// Gives a feed a complete committee.
pub(crate) fn seat(feed: FeedId, size: u32) {
	seat_keys(feed, (0..size).map(|number| node(number).public().into()).collect());
}

fn seat_keys(feed: FeedId, keys: Vec<eventum_primitives::vald::Public>) {
	let members = keys
		.into_iter()
		.zip(0..)
		.map(|(vald, number)| Member {
			operator: operator(number),
			vald,
			intake: [0; 32],
			peer: Default::default(),
			accepted: true,
		})
		.collect::<Vec<_>>()
		.try_into()
		.unwrap();
	let committee = Committee { seed: Hash::zero(), members, collateral: 0 };
	Seated::mutate(|all| all.insert(feed, committee));
}

pub(crate) struct ExtBuilder;

impl ExtBuilder {
	/// Runs `test`; then checks the invariants, that no EVT came or went, and that nothing is held
	/// that no feed knows of.
	pub(crate) fn build_and_execute(test: impl FnOnce()) {
		Self::build().execute_with(|| {
			let supply = Balances::total_issuance();
			test();
			assert_eq!(Balances::total_issuance(), supply, "supply is conserved");
			Markets::do_try_state().unwrap();
			assert_no_stray_holds();
		});
	}

	pub(crate) fn build() -> sp_io::TestExternalities {
		let people = (0..PEOPLE).map(person).chain([REQUESTER]);
		let balances = people.map(|account| (account, FUNDS)).chain([(POOL, EVT), (RESERVE, EVT)]);
		let balances = pallet_balances::GenesisConfig::<Test> {
			balances: balances.collect(),
			..Default::default()
		};
		let storage =
			RuntimeGenesisConfig { balances, ..Default::default() }.build_storage().unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		#[cfg(feature = "runtime-benchmarks")]
		ext.register_extension(sp_keystore::KeystoreExt::new(
			sp_keystore::testing::MemoryKeystore::new(),
		));
		ext.execute_with(|| {
			System::set_block_number(1);
			frame_system::BlockHash::<Test>::insert(0, GENESIS);
			Now::set(START);
			Lost::set(0);
			Draws::set(Vec::new());
			Requests::set(Vec::new());
			RefuseRequests::set(false);
			Seated::set(BTreeMap::new());
			Dismissals::set(Vec::new());
			MinFees::set(vec![RECOMMENDED_FEE; 4]);
			Median::set(RECOMMENDED_FEE);
			ProvenFalse::set(0);
			Scores::set(BTreeMap::new());
			FlaggedAccounts::set(Vec::new());
			Penalties::set(Vec::new());
			Commendations::set(Vec::new());
			AgendaBudget::set(Weight::from_parts(400_000_000_000, u64::MAX));
		});
		ext
	}
}

/// Holds of all accounts are those that feeds and reporters know of.
pub(crate) fn assert_no_stray_holds() {
	let held: Balance = frame_system::Account::<Test>::iter()
		.map(|(account, _)| Balances::total_balance_on_hold(&account))
		.sum();
	let escrows: Balance =
		crate::Feeds::<Test>::iter_values().map(|feed| feed.escrow.total()).sum();
	let stakes: Balance =
		crate::ReporterPages::<Test>::iter_values().flatten().map(|reporter| reporter.stake).sum();
	assert_eq!(held, escrows + stakes, "holds are known");
}

/// A single boolean event: 3 of at most 10 people, 30 EVT, K = 1, one hour to join, two to report.
pub(crate) fn definition() -> Definition {
	Definition {
		fields: vec![Field {
			name: Default::default(),
			field_type: FieldType::Scalar(ScalarType::Boolean),
		}]
		.try_into()
		.unwrap(),
		event: EventKind::Single,
		min_people: 3,
		max_people: 10,
		min_consensus: 3,
		consensus_rule: 666_666_667,
		consensus_mode: ConsensusMode::Confirmations,
		reward: 30 * EVT,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(1),
		join_bonus: FixedU64::from_u32(1),
		committee_size: 4,
		gate: Gate::default(),
		time_to_join: START + HOUR,
		reporting_timestamp: None,
		stop_voting: StopVoting { at: Some(START + 3 * HOUR), share: None, quiet: None },
		start_dispute_time: MINUTE,
		max_dispute_time: HOUR,
		cross_validate: 100_000_000,
		visibility: Visibility::Public { tag_key: TAG_KEY, access_secret: [8; 32] },
		validation_fee: None,
		default_value: None,
	}
}

/// The same as a series of at most `max_rounds` rounds over at most a day.
pub(crate) fn series(max_rounds: u32) -> Definition {
	Definition {
		event: EventKind::Multiple { max_rounds, max_time: 24 * HOUR },
		stop_voting: StopVoting::default(),
		..definition()
	}
}

pub(crate) fn text() -> Text {
	Text {
		name: b"Ronaldo scores".to_vec().try_into().unwrap(),
		description: b"His first goal".to_vec().try_into().unwrap(),
		rules: None,
		categories: [
			b"Sports".to_vec().try_into().unwrap(),
			Default::default(),
			Default::default(),
		],
		location: Default::default(),
		webhook_url: b"https://example.com/hook".to_vec().try_into().unwrap(),
	}
}

pub(crate) fn create(definitions: Vec<Definition>) -> DispatchResult {
	let feeds: Vec<FeedInput> =
		definitions.into_iter().map(|definition| FeedInput { definition, text: text() }).collect();
	Markets::create_market(RuntimeOrigin::signed(REQUESTER), feeds.try_into().unwrap())
}

pub(crate) fn join(number: u32) -> DispatchResult {
	Markets::join(RuntimeOrigin::signed(person(number)), FEED, report_key(number))
}

/// The first so many people join.
pub(crate) fn join_all(people: u32) {
	for number in 0..people {
		assert_ok!(join(number));
	}
}

/// Makes the next block at `now`: its hooks see the time that tests set before, as on a chain they
/// see the parent's.
pub(crate) fn block_at(now: Moment) {
	Now::set(now);
	let number = System::block_number() + 1;
	System::set_block_number(number);
	Markets::on_initialize(number);
}

/// Makes blocks of one second until the feed is as the condition says.
pub(crate) fn run_until(condition: impl Fn(&crate::FeedState) -> bool) {
	for _ in 0..10_000 {
		match crate::Feeds::<Test>::get(FEED) {
			Some(feed) if condition(&feed.state) => return,
			Some(feed) => block_at(feed.wake.max(Now::get() + 1_000)),
			None => panic!("the feed is gone"),
		}
	}
	panic!("the feed never gets there");
}

/// A feed of this definition that `people` have joined and that reports.
pub(crate) fn reporting(definition: Definition, people: u32) {
	assert_ok!(create(vec![definition]));
	join_all(people);
	Draws::set(vec![Draw::Pending, Draw::Ready]);
	run_until(|state| matches!(state, crate::FeedState::Reporting { .. }));
}

/// Bits of these indices of `joined`.
pub(crate) fn bits(joined: u32, indices: &[u32]) -> eventum_primitives::bits::Bits {
	let mut bits = eventum_primitives::bits::Bits::new(joined);
	indices.iter().for_each(|index| bits.set(*index));
	bits
}

/// A detail of `(index, agreed, time)`, indices rising.
pub(crate) fn detail(joined: u32, votes: &[(u32, bool, u32)]) -> Detail {
	let voted: Vec<u32> = votes.iter().map(|(index, ..)| *index).collect();
	let agreed: Vec<u32> =
		votes.iter().filter(|(_, agreed, _)| *agreed).map(|(index, ..)| *index).collect();
	let times: Vec<_> = votes.iter().map(|(_, _, time)| codec::Compact(*time)).collect();
	Detail {
		voted: bits(joined, &voted),
		agreed: bits(joined, &agreed),
		times: times.try_into().unwrap(),
	}
}

/// The answer `true`, canonical.
pub(crate) const YES: [u8; 2] = [0, 1];

pub(crate) fn agreed_on_yes(round: u32) -> RoundResult {
	RoundResult::Agreed(report::tag(&TAG_KEY, &GENESIS, FEED, round, &YES))
}

/// The final outcome of a round with this detail, as an honest committee would make it.
pub(crate) fn outcome(
	round: u32,
	result: RoundResult,
	detail: &Detail,
	ended_by: EndedBy,
	ends_feed: bool,
) -> Outcome {
	let answer = match result {
		RoundResult::Agreed(_) => YES.to_vec(),
		_ => Vec::new(),
	};
	let agreed = if result == RoundResult::None { 0 } else { detail.agreed.count() };
	let at = Now::get();
	Outcome {
		feed: FEED,
		round,
		sequence: 1,
		view: 0,
		block: Hash::repeat_byte(1),
		spec_version: 0,
		cut: Hash::repeat_byte(2),
		push: Push::Final { ended_by, ends_feed },
		result,
		agreed,
		total: detail.voted.count(),
		at,
		first_at: at,
		start_event: at,
		answer: answer.try_into().unwrap(),
		detail: detail.hash(),
		excused: Default::default(),
	}
}

/// A certificate by these members.
pub(crate) fn sign(outcome: Outcome, members: &[u8]) -> Certificate {
	let payload = outcome.payload(&GENESIS);
	let signatures: Vec<_> =
		members.iter().map(|member| (*member, node((*member).into()).sign(&payload))).collect();
	Certificate { outcome, signatures: signatures.try_into().unwrap() }
}

/// Hands a call in as the pool and a block do: authorized, then dispatched.
pub(crate) fn submit(call: crate::Call<Test>) -> Result<(), Refusal> {
	use frame_support::{
		pallet_prelude::{Authorize, TransactionSource},
		traits::UnfilteredDispatchable,
	};
	call.authorize(TransactionSource::External)
		.expect("the call can be authorized")
		.map_err(Refusal::Pool)?;
	let origin = RuntimeOrigin::from(frame_system::RawOrigin::Authorized);
	call.dispatch_bypass_filter(origin).map(|_| ()).map_err(|e| Refusal::Dispatch(e.error))
}

/// Who refused a call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
	Pool(sp_runtime::transaction_validity::TransactionValidityError),
	Dispatch(DispatchError),
}

/// What the pool says for an error of the pallet.
pub(crate) fn refusal(error: crate::Error<Test>) -> Refusal {
	let code = error.encode()[0];
	Refusal::Pool(sp_runtime::transaction_validity::InvalidTransaction::Custom(code).into())
}

pub(crate) fn submit_certificate(certificate: Certificate) -> Result<(), Refusal> {
	submit(crate::Call::submit_certificate { certificate })
}

pub(crate) fn submit_detail(round: u32, detail: Detail) -> Result<(), Refusal> {
	submit(crate::Call::submit_detail { feed: FEED, round, detail })
}

pub(crate) fn feed() -> crate::Feed {
	crate::Feeds::<Test>::get(FEED).unwrap()
}

/// What an account owns, held or not.
pub(crate) fn wealth(account: &AccountId) -> Balance {
	Balances::total_balance(account)
}
