// SPDX-License-Identifier: Apache-2.0

//! Who may make blocks, who votes for them, and what both get.

use crate::{
	configs::{
		consensus::Sessions, governance::dynamic_params::delegates, money::deposit,
		offences::LIABLE_EPOCHS,
	},
	AccountId, Balance, Balances, Beacon, Clock, Delegates, Elections, Hash, Offences, Rewards,
	Runtime, RuntimeHoldReason, Staking, EVT,
};
use eventum_elections::MAX_CANDIDATES;
use eventum_primitives::{delegate::MAX_TEXT, EpochIndex, Moment};
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, Get},
	PalletId,
};
use frame_system::EnsureRoot;

/// The last epoch whose rewards have not all been paid.
pub struct UnpaidEpoch;
impl Get<EpochIndex> for UnpaidEpoch {
	fn get() -> EpochIndex {
		Elections::epoch()
	}
}

/// A day of buckets is an epoch: that of `mainnet` is one, and where programs play the people it is
/// shorter.
pub struct Day;
impl Get<Moment> for Day {
	fn get() -> Moment {
		Clock::epoch_duration()
	}
}

/// Mix of all beacon output until this block.
pub struct Seed;
impl Get<Hash> for Seed {
	fn get() -> Hash {
		Beacon::accumulated()
	}
}

parameter_types! {
	/// Id of the account that holds what voters are owed.
	pub const VotersPotId: PalletId = PalletId(*b"evt/vote");
	/// Deposit for a complaint.
	pub const ComplaintDeposit: Balance = deposit(1, 150 + MAX_TEXT);
}

impl eventum_staking::Config for Runtime {
	type Delegates = Delegates;
	type Clock = Clock;
	type Epoch = UnpaidEpoch;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type PotId = VotersPotId;
	type MinAmount = ConstU128<{ 100 * EVT }>;
	type MaxBuckets = ConstU32<1_000>;
	type Day = Day;
	type UnbondingDays = delegates::UnbondingDays;
	type WeightInfo = eventum_staking::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl eventum_delegates::Config for Runtime {
	type Staking = Staking;
	type Seats = Elections;
	type Clock = Clock;
	type Epoch = UnpaidEpoch;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type MinSelfStake = delegates::MinSelfStake;
	type MaxDelegates = ConstU32<MAX_CANDIDATES>;
	type ReportEpochs = ConstU32<LIABLE_EPOCHS>;
	type ComplaintDeposit = ComplaintDeposit;
	type WeightInfo = eventum_delegates::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl eventum_elections::Config for Runtime {
	type Grid = Clock;
	type Sessions = Sessions;
	type Candidates = Delegates;
	type Staking = Staking;
	type Slashes = Offences;
	type Treasury = Rewards;
	type Currency = Balances;
	type Seed = Seed;
	type RewardRate = delegates::RewardRate;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = eventum_elections::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}
