// SPDX-License-Identifier: Apache-2.0

//! What weights are measured with (`scripts/weights.sh`): the list of all benchmarks, and what they need
//! of this runtime.

pub mod base;
mod helper;

pub use helper::Helper;

use crate::*;
use alloc::string::String;
use cumulus_pallet_session_benchmarking::Pallet as SessionBench;
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
};

frame_benchmarking::define_benchmarks!(
	[runtime_base, base::Pallet::<Runtime>]
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_balances, Balances]
	[pallet_parameters, Parameters]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_session, SessionBench::<Runtime>]
	[pallet_timestamp, Timestamp]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_utility, Utility]
	[eventum_beacon, Beacon]
	[eventum_clock, Clock]
	[eventum_committees, Committees]
	[eventum_delegates, Delegates]
	[eventum_elections, Elections]
	[eventum_markets, Markets]
	[eventum_offences, Offences]
	[eventum_staking, Staking]
);

/// All benchmarks, and what is known of the storage that they touch.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs a benchmark.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}
