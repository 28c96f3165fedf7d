// SPDX-License-Identifier: Apache-2.0

//! Genesis presets.
//!
//! | id | chain |
//! |---|---|
//! | `dev` | one node that authors and finalizes alone |
//! | `local`, `local-N` | N nodes on one machine (1..=36, `local` = 6), of which up to 4 produce |
//! | `mainnet` | the real one, without its validators |
//!
//! Every chain has the same total supply; what is not given away is the delegate reserve's.
//!
//! Keys of node i derive from a public seed (see [`eventum_primitives::dev`]) for `dev` and `local`. `mainnet` has no
//! validators and holds what is to be distributed in one account that nobody can sign for: the
//! genesis ceremony fills in both, and a chain started from the bare preset makes no blocks.

use crate::{
	AccountId, Balance, BalancesConfig, ClockConfig, CommitteesConfig, DelegatesConfig,
	ElectionsConfig, ReputationConfig, RewardsConfig, RuntimeGenesisConfig, SessionConfig,
	SessionKeys, StakingConfig, EVT, EXISTENTIAL_DEPOSIT, MILLI, TOTAL_SUPPLY,
};
use alloc::{format, vec, vec::Vec};
use eventum_committees::GenesisNode;
use eventum_elections::{MAX_MEMBERS, MAX_PRODUCERS};
use eventum_primitives::{
	dev::{intake_secret, network_secret, node_uri, peer_id},
	epoch::Size,
	Score,
};
use frame_support::{build_struct_json_patch, PalletId};
use sp_core::{ed25519, sr25519, Pair};
use sp_genesis_builder::PresetId;
use sp_runtime::traits::AccountIdConversion;
use x25519_dalek::{PublicKey, StaticSecret};

/// One node that authors and finalizes alone.
pub const DEV: &str = "dev";

/// Six nodes on one machine; `local-N` for N nodes.
pub const LOCAL: &str = "local";

/// The real chain, before its ceremony.
pub const MAINNET: &str = "mainnet";

/// Nodes of the preset `local`.
pub const LOCAL_NODES: u32 = 6;

/// Most nodes of a preset `local-N`.
pub const MAX_LOCAL_NODES: u32 = 36;

/// Delegates of a preset `local-N` that are elected: as many as there are nodes, if they are more.
const LOCAL_MEMBERS: u32 = 6;

/// Most nodes that produce in a preset `local-N`.
const LOCAL_PRODUCERS: u32 = 4;

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

/// Reputation of the development accounts that every client knows, in hundredths.
const DEV_REPUTATION: Score = 500;

/// Bond of each validation node of a development chain.
const DEV_BOND: Balance = 1_000_000 * EVT;

/// What each validation node of a development chain asks per counted report.
const DEV_MIN_FEE: Balance = MILLI;

/// What is in each delegate's own bucket on a development chain.
const DEV_STAKE: Balance = 2_000_000 * EVT;

/// Term of that bucket, in days.
const DEV_STAKE_DAYS: u32 = 91;

/// What each delegate of a development chain shares with its voters, in percent of block and of epoch
/// rewards.
const DEV_SHARES: (u8, u8) = (10, 50);

/// Validation keys that the one node of `dev` holds, so that there is a committee.
const DEV_VALIDATION_KEYS: u32 = 4;

/// Length of slots, how they make up sessions and epochs, and the shortest window for people.
struct Time {
	slot_duration: u64,
	epoch_slots: u32,
	sessions_per_epoch: u32,
	shortest_window: u64,
}

impl Time {
	/// Time where programs play the people.
	fn development(slot_duration: u64) -> Self {
		Self { slot_duration, epoch_slots: 60, sessions_per_epoch: 6, shortest_window: 1_000 }
	}
}

/// What a genesis names.
#[derive(Default)]
struct People {
	balances: Vec<(AccountId, Balance)>,
	scores: Vec<(AccountId, Score)>,
	delegates: Vec<Delegate>,
	size: Size,
	nodes: Vec<GenesisNode>,
}

/// A delegate at genesis: it is elected, and its own bucket is its stash's.
struct Delegate {
	account: AccountId,
	stash: AccountId,
	name: Vec<u8>,
	keys: SessionKeys,
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
		}
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
		DEV | sp_genesis_builder::DEV_RUNTIME_PRESET => {
			let size = Size { members: 1, producers: 1 };
			development(1, DEV_VALIDATION_KEYS, Time::development(1_000), size)?
		}
		sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET => local(LOCAL_NODES)?,
		other => local(nodes(other)?)?,
	};
	serde_json::to_vec(&patch).ok()
}

fn local(nodes: u32) -> Option<serde_json::Value> {
	let size = Size { members: nodes.max(LOCAL_MEMBERS), producers: LOCAL_PRODUCERS };
	development(nodes, nodes, Time::development(2_000), size)
}

/// A chain of `nodes` nodes with public seeds and as many validation nodes as there are `keys`: one
/// on each node, or all on the only one.
fn development(nodes: u32, keys: u32, time: Time, size: Size) -> Option<serde_json::Value> {
	let mut people = People { size, ..Default::default() };
	for index in 0..nodes.max(keys).max(KNOWN_ACCOUNTS) {
		let seed = node_uri(index);
		people.balances.push((account(&seed)?, DEV_FUNDS));
		people.balances.push((account(&format!("{seed}//stash"))?, DEV_FUNDS));
		if index < KNOWN_ACCOUNTS {
			people.scores.push((account(&seed)?, DEV_REPUTATION));
		}
	}
	for index in 0..nodes {
		people.delegates.push(delegate(&node_uri(index))?);
	}
	for index in 0..keys {
		people.nodes.push(validation_node(index, index.min(nodes.saturating_sub(1)))?);
	}
	Some(patch(time, people))
}

/// The delegate of a seed, by which it is also named.
fn delegate(seed: &str) -> Option<Delegate> {
	Some(Delegate {
		account: account(seed)?,
		stash: account(&format!("{seed}//stash"))?,
		name: seed.trim_start_matches('/').into(),
		keys: session_keys(seed)?,
	})
}

/// The validation node of a seed, on the machine of another (or the same). Its operator is the
/// seed's stash: the account itself stays free to ask or to report, which operators of a committee
/// may not.
fn validation_node(index: u32, host: u32) -> Option<GenesisNode> {
	let seed = node_uri(index);
	let vald = ed25519::Pair::from_string(&seed, None).ok()?.public().into();
	let intake = PublicKey::from(&StaticSecret::from(intake_secret(&seed))).to_bytes();
	let network = ed25519::Pair::from_seed(&network_secret(&node_uri(host))).public();
	let operator = account(&format!("{seed}//stash"))?;
	Some((operator, vald, intake, peer_id(&network.0), DEV_MIN_FEE, DEV_BOND))
}

fn mainnet() -> serde_json::Value {
	let time = Time {
		slot_duration: 10_000,
		epoch_slots: 8_640,
		sessions_per_epoch: 24,
		shortest_window: 3_600_000,
	};
	let rest = TOTAL_SUPPLY.saturating_sub(MAINNET_RESERVE).saturating_sub(REWARD_POOL);
	let balances = vec![(DISTRIBUTION.into_account_truncating(), rest)];
	let size = Size { members: MAX_MEMBERS, producers: MAX_PRODUCERS };
	patch(time, People { balances, size, ..Default::default() })
}

fn patch(time: Time, people: People) -> serde_json::Value {
	let People { balances, scores, delegates, size, nodes } = people;
	// Staking gives its pot the existential deposit.
	let given = REWARD_POOL.saturating_add(EXISTENTIAL_DEPOSIT);
	let given = balances.iter().fold(given, |sum, (_, amount)| sum.saturating_add(*amount));
	let (blocks, epochs) = DEV_SHARES;
	let Time { slot_duration, epoch_slots, sessions_per_epoch, shortest_window } = time;
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances },
		clock: ClockConfig { slot_duration, epoch_slots, sessions_per_epoch, shortest_window },
		elections: ElectionsConfig {
			members: delegates.iter().map(|one| one.account.clone()).collect(),
			seats: size.members,
			producers: size.producers,
		},
		delegates: DelegatesConfig {
			delegates: delegates
				.iter()
				.map(|one| (one.account.clone(), one.name.clone(), blocks, epochs))
				.collect(),
		},
		session: SessionConfig {
			keys: delegates
				.iter()
				.map(|one| (one.account.clone(), one.account.clone(), one.keys.clone()))
				.collect(),
		},
		staking: StakingConfig {
			buckets: delegates
				.iter()
				.map(|one| {
					let (stash, account) = (one.stash.clone(), one.account.clone());
					(stash, account, DEV_STAKE, DEV_STAKE_DAYS, true, true)
				})
				.collect(),
		},
		reputation: ReputationConfig { scores },
		rewards: RewardsConfig { pool: REWARD_POOL, reserve: TOTAL_SUPPLY.saturating_sub(given) },
		committees: CommitteesConfig { nodes },
	})
}
