// SPDX-License-Identifier: Apache-2.0

//! Markets, the committees that count them, and what both pay and cost.

use crate::{
	configs::{
		governance::dynamic_params::{committees, markets, reputation},
		money::{ReservePalletId, RewardPoolPalletId},
		system::MAX_BLOCK_WEIGHT,
	},
	Balances, Beacon, Clock, Committees, Markets, Reputation, Rewards, Runtime, RuntimeHoldReason,
	EVT,
};
use eventum_committees::WeightInfo;
use eventum_primitives::Moment;
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, Get},
	weights::Weight,
};

/// Nodes that can be registered.
const MAX_NODES: u32 = 1_000;
/// Places of the registry that one draw looks at.
const MAX_DRAW_READS: u32 = 256;

/// Number of the current epoch.
pub struct Epoch;
impl Get<u32> for Epoch {
	fn get() -> u32 {
		Clock::epoch().try_into().unwrap_or(u32::MAX)
	}
}

/// Shortest window that people must be given.
pub struct ShortestWindow;
impl Get<Moment> for ShortestWindow {
	fn get() -> Moment {
		Clock::shortest_window()
	}
}

/// How long the record of a feed is kept.
pub struct HistoryTime;
impl Get<Moment> for HistoryTime {
	fn get() -> Moment {
		Clock::epoch_duration().saturating_mul(markets::HistoryEpochs::get().into())
	}
}

/// What looking at a draw takes at most: drawing, or replacing a whole committee.
pub struct PollWeight;
impl Get<Weight> for PollWeight {
	fn get() -> Weight {
		type Weights = <Runtime as eventum_committees::Config>::WeightInfo;
		Weights::draw(MAX_DRAW_READS)
			.max(Weights::replace(eventum_primitives::committee::MAX_MEMBERS))
	}
}

parameter_types! {
	/// What the agenda may take of a block: a fifth.
	pub AgendaBudget: Weight = MAX_BLOCK_WEIGHT.saturating_div(5);
}

impl eventum_reputation::Config for Runtime {
	type Epoch = Epoch;
	type Price = reputation::Price;
}

impl eventum_rewards::Config for Runtime {
	type Currency = Balances;
	type PoolId = RewardPoolPalletId;
	type ReserveId = ReservePalletId;
}

impl eventum_committees::Config for Runtime {
	type Beacon = Beacon;
	type Clock = Clock;
	type Reputation = Reputation;
	type Feeds = Markets;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Slash = eventum_rewards::ToPool<Runtime>;
	type MinBond = ConstU128<{ 1_000 * EVT }>;
	type MaxNodes = ConstU32<MAX_NODES>;
	type MaxDrawReads = ConstU32<MAX_DRAW_READS>;
	type MaxReplacements = committees::MaxReplacements;
	type AcceptWindow = committees::AcceptWindow;
	type WeightInfo = eventum_committees::weights::SubstrateWeight<Runtime>;
}

impl eventum_markets::Config for Runtime {
	type Clock = Clock;
	type Committees = Committees;
	type Reputation = Reputation;
	type Treasury = Rewards;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CertificateGrace = markets::CertificateGrace;
	type MinDisputeTime = ShortestWindow;
	type FeeMargin = markets::FeeMargin;
	type ProtocolFeeShare = markets::ProtocolFeeShare;
	type MinProtocolFee = markets::MinProtocolFee;
	type NoAgreementShare = markets::NoAgreementShare;
	type ExcuseShare = markets::ExcuseShare;
	type HistoryTime = HistoryTime;
	type AgendaBudget = AgendaBudget;
	type PollWeight = PollWeight;
	type WeightInfo = eventum_markets::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}
