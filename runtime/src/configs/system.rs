// SPDX-License-Identifier: Apache-2.0

//! System limits, and pallets that merely combine calls.

use crate::{
	configs::money::deposit, weights, AccountId, Balance, Balances, Block, OriginCaller,
	PalletInfo, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason, RuntimeOrigin, RuntimeTask,
	System, SS58_PREFIX, VERSION,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{
		fungible::HoldConsideration, ConstU16, ConstU32, Contains, InstanceFilter,
		LinearStoragePrice,
	},
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MILLIS},
		Weight,
	},
};
use frame_system::{
	limits::{BlockLength, BlockWeights},
	EnsureRoot,
};
use scale_info::TypeInfo;
use sp_runtime::{traits::BlakeTwo256, Perbill};
use sp_version::RuntimeVersion;

/// Share of a block that ordinary transactions may fill; the rest is kept for Operational ones, so
/// that authors cannot crowd out votes, certificates and disputes.
pub const NORMAL_RATIO: Perbill = Perbill::from_percent(75);

/// Time a block may take to execute. It suits the shortest slot there is, one second, within which
/// a block is made, sent and executed by others.
pub const MAX_BLOCK_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_MILLIS * 400, u64::MAX);

parameter_types! {
	/// Version of the runtime.
	pub const Version: RuntimeVersion = VERSION;
	/// Limits of a block's weight.
	pub RuntimeBlockWeights: BlockWeights = block_weights();
	/// Limits of a block's length: 5 MiB, of which ordinary transactions take [`NORMAL_RATIO`].
	pub RuntimeBlockLength: BlockLength = BlockLength::default();
	/// Number of block hashes kept: what mortal transactions can refer to.
	pub const BlockHashCount: u32 = 2_400;
}

fn block_weights() -> BlockWeights {
	use weights::runtime_base::{SubstrateWeight, WeightInfo};
	type Base = SubstrateWeight<Runtime>;
	let normal = NORMAL_RATIO * MAX_BLOCK_WEIGHT;
	BlockWeights::builder()
		.base_block(Base::empty_block())
		.for_class(DispatchClass::all(), |class| class.base_extrinsic = Base::empty_extrinsic())
		.for_class(DispatchClass::Normal, |class| class.max_total = Some(normal))
		.for_class(DispatchClass::Operational, |class| {
			class.max_total = Some(MAX_BLOCK_WEIGHT);
			class.reserved = Some(MAX_BLOCK_WEIGHT.saturating_sub(normal));
		})
		.avg_block_initialization(Perbill::from_percent(10))
		.build_or_panic()
}

/// Calls that nobody may make.
pub struct CallFilter;
impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			// Supply is fixed.
			RuntimeCall::Balances(pallet_balances::Call::burn { .. }) => false,
			// Who is elected must have keys. Elections have a call for who is no delegate.
			RuntimeCall::Session(pallet_session::Call::purge_keys { .. }) => false,
			_ => true,
		}
	}
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type BaseCallFilter = CallFilter;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type BlockHashCount = BlockHashCount;
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SS58Prefix = ConstU16<SS58_PREFIX>;
	type MaxConsumers = ConstU32<64>;
	type SystemWeightInfo = weights::frame_system::WeightInfo<Runtime>;
	type ExtensionsWeightInfo = weights::frame_system_extensions::WeightInfo<Runtime>;
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = weights::pallet_utility::WeightInfo<Runtime>;
}

parameter_types! {
	/// Deposit for having proxies: one storage item.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// Deposit for each proxy: its account, type and delay.
	pub const ProxyDepositFactor: Balance = deposit(0, 37);
	/// Deposit for having announcements.
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	/// Deposit for each announcement: account, hash and block number.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 68);
	/// Reason of the hold on those who note a preimage.
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
	/// Deposit of a preimage, besides its bytes.
	pub const PreimageBaseDeposit: Balance = deposit(2, 64);
	/// Deposit of each byte of a preimage.
	pub const PreimageByteDeposit: Balance = deposit(0, 1);
}

/// What a proxy may do.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Everything but moving funds.
	NonTransfer,
	/// Refusing what other proxies announced.
	CancelProxy,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			Self::NonTransfer => !matches!(call, RuntimeCall::Balances(..)),
			Self::CancelProxy => {
				matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
			}
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(one, other) if one == other => true,
			(Self::Any, _) => true,
			_ => false,
		}
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = weights::pallet_proxy::WeightInfo<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::pallet_preimage::WeightInfo<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
}
