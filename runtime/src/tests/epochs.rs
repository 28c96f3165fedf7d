// SPDX-License-Identifier: Apache-2.0

//! Whole epochs of the real chain.

use super::chain::{begin, chain, config, heartbeat, signed, KNOWN};
use crate::{
	configs::system::MAX_BLOCK_WEIGHT, genesis, invariants, AccountId, Authorship, Balance,
	Balances, Elections, Executive, Grandpa, Rewards, Runtime, RuntimeGenesisConfig, Session,
	System, EVT, TOTAL_SUPPLY,
};
use eventum_elections::{MAX_MEMBERS, MAX_PRODUCERS};
use eventum_primitives::{dev::node_uri, traits::Treasury};
use sp_io::TestExternalities;
use std::collections::{BTreeMap, BTreeSet};

/// Slots of an epoch of `mainnet`.
const SLOTS: u64 = 8_640;
/// The first whole epoch.
const FIRST: u64 = 20_000;
/// What a delegate's own bucket holds at least.
const STAKE: Balance = 1_200_000 * EVT;
/// What each delegate has besides.
const FUNDS: Balance = 100_000 * EVT;
/// Somebody with funds to vote with.
const VOTER: &str = "//Voter";
/// What it votes with.
const VOTES: Balance = 50_000_000 * EVT;

fn account(index: u32) -> AccountId {
	genesis::account(&node_uri(index)).unwrap()
}

/// `mainnet` after its ceremony: 60 delegates, of whom the first 36 are elected. The higher its number
/// the more votes a delegate has.
fn mainnet() -> RuntimeGenesisConfig {
	let mut config = config("mainnet");
	let stake = |index: u32| STAKE + Balance::from(index) * 1_000 * EVT;
	for index in 0..KNOWN {
		config.balances.balances.push((account(index), stake(index) + FUNDS));
		let name = format!("delegate-{index}").into_bytes();
		config.delegates.delegates.push((account(index), name, 10, 50));
		let bucket = (account(index), account(index), stake(index), 91, true, true);
		config.staking.buckets.push(bucket);
		let keys =
			(account(index), account(index), genesis::session_keys(&node_uri(index)).unwrap());
		if index < MAX_MEMBERS {
			config.elections.members.push(account(index));
			config.session.keys.push(keys);
		} else {
			config.session.non_authority_keys.push(keys);
		}
	}
	config.balances.balances.push((genesis::account(VOTER).unwrap(), 2 * VOTES));
	let given: Balance = config.balances.balances.iter().skip(1).map(|(_, amount)| amount).sum();
	config.balances.balances[0].1 -= given;
	config
}

/// All that all accounts hold, free and on hold.
fn holdings() -> Balance {
	frame_system::Account::<Runtime>::iter_values()
		.map(|account| account.data.free + account.data.reserved)
		.sum()
}

/// What an epoch has shown.
#[derive(Default)]
struct Seen {
	/// Blocks by author.
	blocks: BTreeMap<AccountId, u64>,
	/// Most weight of a block's beginning.
	most: u64,
}

/// Makes the block of a slot, with what people send in it. Tells the weight that its beginning took.
fn make(slot: u64, seen: &mut Seen) -> u64 {
	begin(slot);
	*seen.blocks.entry(Authorship::author().unwrap()).or_default() += 1;
	let weight = System::block_weight().total().ref_time();
	seen.most = seen.most.max(weight);
	// Each delegate proves life, one in a block.
	let place = (slot % SLOTS).checked_sub(10).and_then(|place| u32::try_from(place).ok());
	if let Some(index) = place.filter(|index| *index < KNOWN) {
		heartbeat(index);
	}
	// Somebody votes for the last one, which is then elected for the epoch after the next.
	if slot == (FIRST + 1) * SLOTS + 5_000 {
		let vote = eventum_staking::Call::create {
			delegate: account(0),
			amount: VOTES,
			days: 100,
			auto_renew: true,
		};
		Executive::apply_extrinsic(signed(VOTER, vote.into(), 0)).unwrap().unwrap();
	}
	Executive::finalize_block();
	assert_eq!(Balances::total_issuance(), TOTAL_SUPPLY, "slot {slot}");
	assert_eq!(holdings(), TOTAL_SUPPLY, "slot {slot}");
	weight
}

fn members() -> BTreeSet<AccountId> {
	Elections::active().members.into_iter().collect()
}

fn producing() -> BTreeSet<AccountId> {
	Elections::active().producing().cloned().collect()
}

/// The accounts whose keys GRANDPA counts votes of.
fn finalizing() -> BTreeSet<AccountId> {
	let owner = |key: &sp_consensus_grandpa::AuthorityId| {
		use sp_runtime::RuntimeAppPublic;
		Session::key_owner(sp_consensus_grandpa::AuthorityId::ID, &key.to_raw_vec()).unwrap()
	};
	Grandpa::grandpa_authorities().iter().map(|(key, _)| owner(key)).collect()
}

/// What must be so at the end of an epoch: after the first block of the next one.
fn check(epoch: u64, seen: &Seen, produced: &BTreeSet<AccountId>) {
	assert_eq!(seen.blocks.keys().cloned().collect::<BTreeSet<_>>(), *produced, "epoch {epoch}");
	let exact = SLOTS / u64::from(MAX_PRODUCERS);
	for (author, blocks) in &seen.blocks {
		assert_eq!(*blocks, exact, "epoch {epoch}: {author}");
	}
	assert_eq!(members().len(), MAX_MEMBERS as usize);
	assert_eq!(finalizing(), members(), "epoch {epoch}");
	assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), MAX_PRODUCERS as usize);
	invariants::check().unwrap();
}

/// Makes the block of a slot of a chain, and keeps what it did.
fn run(chain: &mut TestExternalities, slot: u64, seen: &mut Seen) -> u64 {
	let weight = chain.execute_with(|| make(slot, seen));
	chain.commit_all().unwrap();
	weight
}

fn percent(weight: u64) -> f64 {
	weight as f64 * 100.0 / MAX_BLOCK_WEIGHT.ref_time() as f64
}

#[test]
fn three_whole_epochs_of_mainnet() {
	let mut chain = chain(&mainnet());
	// The first whole epoch begins with the second block.
	run(&mut chain, FIRST * SLOTS - 1, &mut Seen::default());
	run(&mut chain, FIRST * SLOTS, &mut Seen::default());
	let mut last = BTreeSet::new();
	for epoch in FIRST..FIRST + 3 {
		let (produced, reserve) = chain.execute_with(|| (producing(), reserve()));
		assert_ne!(produced, last, "epoch {epoch}: another 24 than before");
		let stay = produced.intersection(&last).count();
		let (mut seen, mut boundary) = (Seen::default(), 0);
		for slot in epoch * SLOTS + 1..=(epoch + 1) * SLOTS {
			boundary = run(&mut chain, slot, &mut seen);
		}
		let spent = chain.execute_with(|| {
			check(epoch, &seen, &produced);
			reserve.saturating_sub(self::reserve())
		});
		println!(
			"epoch {epoch}: {stay} of the last set; {} blocks; boundary block {:.2} % free, the \
			fullest beginning {:.2} %; {} EVT spent",
			seen.blocks.values().sum::<u64>(),
			100.0 - percent(boundary),
			percent(seen.most),
			spent / EVT,
		);
		assert!(percent(boundary) <= 10.0 && percent(seen.most) <= 10.0);
		last = produced;
	}
	chain.execute_with(|| {
		// Who had the fewest votes was voted for in the second epoch.
		assert!(members().contains(&account(0)));
		assert!(!members().contains(&account(1)));
		for index in 0..KNOWN {
			let statements = Elections::statements(account(index), FIRST as u32, 90);
			assert_eq!(statements.len() as u32, 2, "the third is not paid yet");
			let voters: Balance = statements.iter().map(|(_, one)| one.voters).sum();
			assert!(voters > 0, "own buckets earn from the first whole epoch on");
		}
	});
}

fn reserve() -> Balance {
	Balances::free_balance(Rewards::delegate_reserve())
}
