// SPDX-License-Identifier: Apache-2.0

//! Genesis presets.
//!
//! | id | chain |
//! |---|---|
//! | `dev` | one node that authors and finalizes alone |
//! | `local`, `local-N` | N nodes on one machine (1..=36, `local` = 4), the first up to 4 produce |
//! | `mainnet` | the real one, without its validators |
//!
//! Every chain has the same total supply; what is not given away is the delegate reserve's.
//!
//! Keys of node i derive from a public seed (see [`eventum_primitives::dev`]) for `dev` and `local`. `mainnet` has no
//! validators and holds what is to be distributed in one account that nobody can sign for: the
//! genesis ceremony fills in both, and a chain started from the bare preset makes no blocks.

use crate::{
	configs::money::{ReserveAccount, RewardPoolAccount},
	AccountId, Balance, BalancesConfig, ClockConfig, RuntimeGenesisConfig, SessionConfig,
	SessionKeys, EVT, TOTAL_SUPPLY,
};
use alloc::{format, string::String, vec, vec::Vec};
use eventum_primitives::dev::node_uri;
use frame_support::{build_struct_json_patch, PalletId};
use sp_core::{ed25519, sr25519, Pair};
use sp_genesis_builder::PresetId;
use sp_runtime::traits::AccountIdConversion;

/// One node that authors and finalizes alone.
pub const DEV: &str = "dev";

/// Four nodes on one machine; `local-N` for N nodes.
pub const LOCAL: &str = "local";

/// The real chain, before its ceremony.
pub const MAINNET: &str = "mainnet";

/// Nodes of the preset `local`.
pub const LOCAL_NODES: u32 = 4;

/// Most nodes of a preset `local-N`.
pub const MAX_LOCAL_NODES: u32 = 36;

/// Most nodes that produce in a preset `local-N`.
const LOCAL_PRODUCERS: usize = 4;

/// Number of development accounts that every client knows, Alice to Ferdie.
const KNOWN_ACCOUNTS: u32 = 6;

/// What each development account and each stash holds at genesis.
const DEV_FUNDS: Balance = 10_000_000 * EVT;

/// What the reward pool holds at genesis.
const REWARD_POOL: Balance = 100_000_000 * EVT;

/// What `mainnet`'s delegate reserve holds at genesis.
const MAINNET_RESERVE: Balance = 3_000_000_000 * EVT;

/// Holds what `mainnet`'s genesis ceremony distributes.
const DISTRIBUTION: PalletId = PalletId(*b"evt/gnss");

/// Length of slots, and how they make up sessions and epochs.
struct Time {
	slot_duration: u64,
	epoch_slots: u32,
	sessions_per_epoch: u32,
}

/// Account of a seed.
pub fn account(seed: &str) -> Option<AccountId> {
	sr25519::Pair::from_string(seed, None).ok().map(|pair| pair.public().0.into())
}

/// Session keys of a seed.
pub fn session_keys(seed: &str) -> Option<SessionKeys> {
	Some(SessionKeys {
		aura: sr25519::Pair::from_string(seed, None).ok()?.public().into(),
		grandpa: ed25519::Pair::from_string(seed, None).ok()?.public().into(),
	})
}

/// Number of nodes that a preset of this id names; `None` if it is no `dev` or `local` one.
pub fn nodes(id: &str) -> Option<u32> {
	match id {
		DEV => Some(1),
		LOCAL => Some(LOCAL_NODES),
		_ => {
			let digits = id.strip_prefix(LOCAL)?.strip_prefix('-')?;
			let count: u32 = digits.parse().ok()?;
			// One spelling per preset: no sign, no leading zero.
			(format!("{count}") == digits && (1..=MAX_LOCAL_NODES).contains(&count))
				.then_some(count)
		},
	}
}

/// Ids of all presets.
pub fn preset_names() -> Vec<PresetId> {
	let numbered = (1..=MAX_LOCAL_NODES).map(|count| format!("{LOCAL}-{count}"));
	[DEV, LOCAL, MAINNET].into_iter().map(PresetId::from).chain(numbered).collect()
}

/// Patch of the default genesis that makes the preset of this id.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_str() {
		MAINNET => mainnet(),
		DEV | sp_genesis_builder::DEV_RUNTIME_PRESET => development(
			1,
			Time { slot_duration: 1_000, epoch_slots: 60, sessions_per_epoch: 6 },
		)?,
		sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET => local(LOCAL_NODES)?,
		other => local(nodes(other)?)?,
	};
	serde_json::to_vec(&patch).ok()
}

fn local(nodes: u32) -> Option<serde_json::Value> {
	development(nodes, Time { slot_duration: 2_000, epoch_slots: 60, sessions_per_epoch: 6 })
}

/// A chain of `nodes` nodes with public seeds. All have session keys; the first few produce.
fn development(nodes: u32, time: Time) -> Option<serde_json::Value> {
	let mut funded = Vec::new();
	for index in 0..nodes.max(KNOWN_ACCOUNTS) {
		let seed = node_uri(index);
		funded.push(account(&seed)?);
		funded.push(account(&format!("{seed}//stash"))?);
	}
	let mut keys = Vec::new();
	for index in 0..nodes {
		let seed = node_uri(index);
		let account = account(&seed)?;
		keys.push((account.clone(), account, session_keys(&seed)?));
	}
	let others = keys.split_off(keys.len().min(LOCAL_PRODUCERS));
	let balances = funded.into_iter().map(|account| (account, DEV_FUNDS)).collect();
	Some(patch(time, balances, keys, others))
}

fn mainnet() -> serde_json::Value {
	let time = Time { slot_duration: 10_000, epoch_slots: 8_640, sessions_per_epoch: 24 };
	let rest = TOTAL_SUPPLY.saturating_sub(MAINNET_RESERVE).saturating_sub(REWARD_POOL);
	patch(time, vec![(DISTRIBUTION.into_account_truncating(), rest)], Vec::new(), Vec::new())
}

type Keys = Vec<(AccountId, AccountId, SessionKeys)>;

fn patch(
	time: Time,
	mut balances: Vec<(AccountId, Balance)>,
	keys: Keys,
	non_authority_keys: Keys,
) -> serde_json::Value {
	balances.push((RewardPoolAccount::get(), REWARD_POOL));
	let given = balances.iter().fold(0, |sum: Balance, (_, amount)| sum.saturating_add(*amount));
	balances.push((ReserveAccount::get(), TOTAL_SUPPLY.saturating_sub(given)));
	let Time { slot_duration, epoch_slots, sessions_per_epoch } = time;
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances },
		clock: ClockConfig { slot_duration, epoch_slots, sessions_per_epoch },
		session: SessionConfig { keys, non_authority_keys },
	})
}
