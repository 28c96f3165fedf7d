// SPDX-License-Identifier: Apache-2.0

//! Delegates and their voters on a development chain: keys, votes, rewards, and where every unit is.

use super::chain::{begin, block, end, heartbeat, pair, signed, with_local};
use crate::{
	configs::delegates::VotersPotId, genesis, AccountId, Balance, Balances, Clock, Delegates,
	Elections, Executive, Rewards, Runtime, RuntimeCall, RuntimeHoldReason, Session, SessionKeys,
	Staking, EVT, TOTAL_SUPPLY,
};
use codec::Encode;
use eventum_primitives::{
	bucket::Payout,
	delegate::{Accounts, Plan, Profile},
	dev::node_uri,
	traits::{Candidates, Discipline, Treasury},
};
use frame_support::traits::{fungible::InspectHold, Get};
use proptest::prelude::*;
use sp_core::Pair;
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult, Percent};

/// Slots of an epoch of `local`.
pub(super) const SLOTS: u64 = 60;
/// Slot of the first block: the first one of an epoch.
pub(super) const START: u64 = 1_020;
/// Of the six delegates and the six stashes that are there, all hold at least so much.
const FUNDS: Balance = 7_000_000 * EVT;

pub(super) fn account(uri: &str) -> AccountId {
	genesis::account(uri).unwrap()
}

/// Sends a call in the current block.
pub(super) fn send(uri: &str, call: impl Into<RuntimeCall>) -> DispatchResult {
	Executive::apply_extrinsic(signed(uri, call.into(), 0)).unwrap()
}

/// Makes all blocks up to that of a slot.
fn blocks_to(slot: u64) {
	let last: u64 = pallet_aura::CurrentSlot::<Runtime>::get().into();
	(last.max(START - 1) + 1..=slot).for_each(block);
}

/// All that all accounts hold, free and on hold.
fn holdings() -> Balance {
	frame_system::Account::<Runtime>::iter_values()
		.map(|account| account.data.free + account.data.reserved)
		.sum()
}

/// The keys of a seed, and the proof that an account holds them.
pub(super) fn keys(seed: &str, owner: &str) -> pallet_session::Call<Runtime> {
	let owner = account(owner).encode();
	let proof = (
		pair(seed).sign(&[b"POP_", &owner[..]].concat()),
		sp_core::ed25519::Pair::from_string(seed, None)
			.unwrap()
			.sign(&[b"POP_", &owner[..]].concat()),
	);
	let keys: SessionKeys = genesis::session_keys(seed).unwrap();
	pallet_session::Call::set_keys { keys, proof: proof.encode() }
}

#[test]
fn voters_are_paid_what_their_delegate_promised() {
	with_local(|| {
		blocks_to(START);
		begin(START + 1);
		let alice = account("//Alice");
		let vote = eventum_staking::Call::create {
			delegate: alice.clone(),
			amount: 1_000_000 * EVT,
			days: 91,
			auto_renew: true,
		};
		send("//Bob", vote).unwrap();
		let id = eventum_staking::NextBucket::<Runtime>::get() - 1;
		end();
		blocks_to(START + SLOTS + 5);
		let dues = |uri: &str| Staking::dues(account(uri)).owed;
		assert_eq!(dues("//Bob"), 0, "these votes did not earn in the epoch they were cast in");
		assert!(dues("//Alice//stash") > 0, "those of genesis did");
		begin(START + SLOTS + 6);
		heartbeat(0);
		end();
		blocks_to(START + 2 * SLOTS + 5);
		let (_, statement) = Elections::statements(alice.clone(), 0, 90).pop().unwrap();
		assert!(statement.epochs > 0 && statement.votes > 2_000_000 * EVT);
		assert!(statement.voters >= statement.epochs / 2, "half of it, and a tenth of its blocks'");
		let owed = dues("//Bob");
		assert!(owed > statement.voters / 4 && owed < statement.voters / 3);
		begin(START + 2 * SLOTS + 6);
		let had = Balances::free_balance(account("//Bob"));
		let claim = eventum_staking::Call::claim {
			owner: account("//Bob"),
			buckets: vec![id].try_into().unwrap(),
		};
		send("//Charlie", claim).unwrap();
		assert_eq!(Balances::free_balance(account("//Bob")), had + owed);
		end();
	});
}

#[test]
fn a_newcomer_is_elected_with_keys_that_its_operator_sets() {
	with_local(|| {
		blocks_to(START);
		begin(START + 1);
		let (new, operator) = ("//Alice//stash", "//Bob//stash");
		// A wrong proof of possession.
		let forged = keys(&node_uri(7), operator);
		assert!(send(new, forged).is_err());
		send(new, keys(&node_uri(7), new)).unwrap();
		let create = eventum_staking::Call::create {
			delegate: account(new),
			amount: 3_000_000 * EVT,
			days: 91,
			auto_renew: true,
		};
		send(new, create).unwrap();
		let bucket = eventum_staking::NextBucket::<Runtime>::get() - 1;
		let profile =
			Profile { name: b"newcomer".to_vec().try_into().unwrap(), ..Default::default() };
		let plan = Plan { blocks: Percent::from_percent(5), epochs: Percent::from_percent(5) };
		send(new, eventum_delegates::Call::register { bucket, profile, plan }).unwrap();
		let accounts = Accounts { operator: account(operator), reward: account(new) };
		send(new, eventum_delegates::Call::set_accounts { accounts }).unwrap();
		end();

		begin(START + 2);
		send(operator, keys(&node_uri(8), operator)).unwrap();
		let owner = |seed: &str| {
			use sp_runtime::RuntimeAppPublic;
			let key = genesis::session_keys(seed).unwrap().aura;
			Session::key_owner(sp_consensus_aura::sr25519::AuthorityId::ID, &key.to_raw_vec())
		};
		assert_eq!(owner(&node_uri(8)), Some(account(new)));
		assert_eq!(owner(&node_uri(7)), None);
		let held = |uri| {
			let reason = RuntimeHoldReason::Session(pallet_session::HoldReason::Keys);
			Balances::balance_on_hold(&reason, &account(uri))
		};
		assert!(held(new) > 0);
		assert_eq!(held(operator), 0, "the delegate paid the deposit");

		// Nobody drops the keys of a delegate.
		let purge = || RuntimeCall::Session(pallet_session::Call::purge_keys {});
		assert_eq!(send(new, purge()), Err(frame_system::Error::<Runtime>::CallFiltered.into()));
		let refused: DispatchError = eventum_elections::Error::<Runtime>::StillDelegate.into();
		for uri in [new, operator] {
			assert_eq!(send(uri, eventum_elections::Call::purge_keys {}), Err(refused));
		}
		end();

		// It has the most votes of seven, of whom six are elected.
		blocks_to(START + SLOTS);
		assert!(Session::validators().contains(&account(new)));
		assert_eq!(Session::validators().len(), 6);
		let best = Delegates::ranking(None, 1).remove(0);
		assert_eq!((best.account, best.counted > 3_000_000 * EVT), (account(new), true));
		begin(START + SLOTS + 1);
		let seated: DispatchError = eventum_delegates::Error::<Runtime>::Seated.into();
		assert_eq!(send(new, eventum_delegates::Call::retire {}), Err(seated));
		end();
	});
}

/// A producer is put out. Tells its next slot.
fn expel_a_producer() -> u64 {
	blocks_to(START + 5);
	let producer = Elections::active().members[2].clone();
	<Elections as Discipline>::expel(&producer);
	assert_eq!(Session::disabled_validators(), [2]);
	let slots = Elections::schedule(producer).slots.unwrap();
	assert_eq!(slots.next % u64::from(slots.every), 2);
	slots.next
}

#[test]
#[should_panic(expected = "disabled")]
fn who_is_out_makes_no_blocks() {
	with_local(|| {
		let slot = expel_a_producer();
		(START + 6..slot).for_each(block);
		begin(slot);
	});
}

#[test]
fn the_chain_goes_on_without_who_is_out() {
	with_local(|| {
		let slot = expel_a_producer();
		let out = Elections::active().members[2].clone();
		for other in (START + 6..=START + SLOTS + 30).filter(|other| {
			let set_of_old = *other <= START + SLOTS;
			!set_of_old || other % 4 != slot % 4
		}) {
			block(other);
		}
		assert!(!Session::validators().contains(&out), "it is not elected again");
		assert_eq!(Session::disabled_validators(), [0u32; 0]);
		assert_eq!(Delegates::delegate(out.clone()).unwrap().probation, 48);
		let (_, statement) = Elections::statements(out, 0, 90).pop().unwrap();
		assert!(statement.production.missed >= 13);
	});
}

#[test]
fn who_is_no_delegate_gets_back_the_deposit_for_its_keys() {
	with_local(|| {
		blocks_to(START);
		begin(START + 1);
		let who = "//Alice//stash";
		send(who, keys(&node_uri(9), who)).unwrap();
		let reason = RuntimeHoldReason::Session(pallet_session::HoldReason::Keys);
		assert!(Balances::balance_on_hold(&reason, &account(who)) > 0);
		send(who, eventum_elections::Call::purge_keys {}).unwrap();
		assert_eq!(Balances::balance_on_hold(&reason, &account(who)), 0);
		end();
	});
}

#[test]
fn a_day_of_buckets_is_an_epoch() {
	with_local(|| {
		let day = crate::configs::delegates::Day::get();
		assert_eq!(day, Clock::epoch_duration());
	});
}

/// Something that somebody does, by numbers that stand for who and for what.
type Deed = (u8, u8, u8);

/// Does it in the current block, whether it succeeds or not.
fn act((who, what, which): Deed) {
	let (by, delegate) = (node_uri(u32::from(who % 6)), account(&node_uri(u32::from(which % 6))));
	let bucket = u64::from(which) % eventum_staking::NextBucket::<Runtime>::get();
	let amount = Balances::free_balance(account(&by)).min(FUNDS) / (2 + Balance::from(which));
	let call: RuntimeCall = match what % 8 {
		0 | 1 => {
			eventum_staking::Call::create { delegate, amount, days: 30, auto_renew: true }.into()
		}
		2 => eventum_staking::Call::move_votes { bucket, delegate }.into(),
		3 => eventum_staking::Call::add { bucket, amount }.into(),
		4 => {
			let payout = Payout::Compound(bucket);
			eventum_staking::Call::set_payout { payout }.into()
		}
		5 => {
			let owner = Staking::bucket(bucket).map_or(delegate, |view| view.owner);
			let buckets = vec![bucket].try_into().unwrap();
			eventum_staking::Call::claim { owner, buckets }.into()
		}
		6 => {
			let parts = Percent::from_percent;
			let plan = Plan { blocks: parts(which % 101), epochs: parts(who % 101) };
			eventum_delegates::Call::set_plan { plan }.into()
		}
		_ => {
			let accounts = Accounts { operator: account(&by), reward: delegate };
			eventum_delegates::Call::set_accounts { accounts }.into()
		}
	};
	let _ = send(&by, call);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(6))]

	/// Whatever people do, and whoever is missing: reserve, pools, holds and free balances are together
	/// the supply, after every block, and voters' pot holds what they are owed.
	#[test]
	fn every_unit_is_somewhere(
		deeds in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 240),
		missing in prop::collection::vec(0u8..12, 240),
	) {
		with_local(|| {
			for ((deed, missing), slot) in deeds.iter().zip(&missing).zip(START..) {
				// One slot in twelve has no block.
				if *missing == 0 {
					continue;
				}
				begin(slot);
				let index = u32::from(*missing) % 6;
				if !Elections::schedule(account(&node_uri(index))).alive && slot > START + 1 {
					heartbeat(index);
				}
				act(*deed);
				end();
				assert_eq!(Balances::total_issuance(), TOTAL_SUPPLY);
				assert_eq!(holdings(), TOTAL_SUPPLY);
			}
			let epochs = Elections::statements(account("//Alice"), 0, 90).len();
			assert!(epochs >= 3);
			let pot: AccountId = VotersPotId::get().into_account_truncating();
			assert!(Balances::free_balance(pot) > 0);
			assert!(Balances::free_balance(Rewards::delegate_reserve()) > 0);
			assert_eq!(Delegates::served_by(&account("//Alice")), Some(account("//Alice")));
		});
	}
}
