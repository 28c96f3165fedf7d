// SPDX-License-Identifier: Apache-2.0

//! Blocks of the whole runtime, made as a node makes them.

use super::chain::{begin, block, end, key_of, signed, with_local, FIRST};
use crate::{
	configs::{
		consensus::Producers,
		money::{ReserveAccount, RewardPoolAccount},
		system::CallFilter,
	},
	genesis, Balances, Clock, Executive, Header, Runtime, RuntimeCall, Session, System, EVT,
	EXISTENTIAL_DEPOSIT,
};
use codec::Encode;
use eventum_primitives::beacon::SlotAuthor;
use frame_support::{dispatch::DispatchClass, traits::Contains};
use frame_system::offchain::CreateAuthorizedTransaction;
use sp_core::{Pair, H256};
use sp_runtime::{traits::Header as _, Digest, DigestItem, MultiAddress};

#[test]
fn sessions_turn_on_the_grid_and_leave_room_in_the_boundary_block() {
	with_local(|| {
		for slot in FIRST..FIRST + 40 {
			begin(slot);
			let index = Session::current_index();
			assert_eq!(u64::from(index), slot / 10 - FIRST / 10, "slot {slot}");
			let used = System::block_weight().total().ref_time();
			let most = crate::configs::system::MAX_BLOCK_WEIGHT.ref_time();
			assert!(used < most / 4, "slot {slot}: {used} of {most}");
			end();
		}
	});
}

#[test]
fn authors_are_found_by_the_set_that_owned_the_slot() {
	with_local(|| {
		for slot in FIRST..FIRST + 12 {
			begin(slot);
			let expected =
				crate::AccountId::from(key_of(&Producers::author(slot).unwrap()).public().0);
			assert_eq!(crate::Authorship::author(), Some(expected));
			end();
		}
	});
}

#[test]
fn a_stall_skips_sessions_and_loses_chain_time_only_beyond_six_slots() {
	with_local(|| {
		block(FIRST);
		let before = Clock::chain_time();
		block(FIRST + 500);
		assert_eq!(Session::current_index(), 1);
		assert_eq!(Clock::chain_time() - before, 6 * 2_000);
		block(FIRST + 501);
		assert_eq!(Session::current_index(), 1);
	});
}

#[test]
#[should_panic(expected = "beacon: NoSignature")]
fn a_block_without_beacon_signature_is_invalid() {
	with_local(|| {
		let logs = vec![DigestItem::PreRuntime(sp_consensus_aura::AURA_ENGINE_ID, FIRST.encode())];
		let header = Header::new(1, H256::zero(), H256::zero(), H256::zero(), Digest { logs });
		Executive::initialize_block(&header);
	});
}

#[test]
fn fees_and_tips_go_to_the_reserve() {
	with_local(|| {
		begin(FIRST);
		let reserve = Balances::free_balance(ReserveAccount::get());
		let bob = genesis::account("//Bob").unwrap();
		let call = RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive {
			dest: MultiAddress::Id(bob.clone()),
			value: EVT,
		});
		let had = Balances::free_balance(&bob);
		Executive::apply_extrinsic(signed("//Alice", call, 5 * EVT)).unwrap().unwrap();
		assert_eq!(Balances::free_balance(&bob), had + EVT);
		let paid = Balances::free_balance(ReserveAccount::get()) - reserve;
		assert!(paid > 5 * EVT && paid < 5 * EVT + EVT / 10, "{paid}");
		end();
	});
}

#[test]
fn dust_goes_to_the_reward_pool() {
	with_local(|| {
		begin(FIRST);
		let pool = Balances::free_balance(RewardPoolAccount::get());
		let [poor, bob] = ["//Poor", "//Bob"].map(|uri| genesis::account(uri).unwrap());
		let transfer = |dest: &crate::AccountId, value| {
			RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death {
				dest: MultiAddress::Id(dest.clone()),
				value,
			})
		};
		let give = transfer(&poor, EVT);
		Executive::apply_extrinsic(signed("//Alice", give, 0)).unwrap().unwrap();
		let take = transfer(&bob, EVT - EXISTENTIAL_DEPOSIT / 2);
		use sp_runtime::traits::Dispatchable;
		take.dispatch(crate::RuntimeOrigin::signed(poor.clone())).unwrap();
		assert_eq!(Balances::free_balance(&poor), 0);
		let dust = Balances::free_balance(RewardPoolAccount::get()) - pool;
		assert_eq!(dust, EXISTENTIAL_DEPOSIT / 2);
		end();
	});
}

#[test]
fn nobody_burns_and_no_validator_drops_its_keys() {
	let burn = pallet_balances::Call::burn { value: 1, keep_alive: false };
	assert!(!CallFilter::contains(&RuntimeCall::Balances(burn)));
	assert!(!CallFilter::contains(&RuntimeCall::Session(pallet_session::Call::purge_keys {})));
	let remark = frame_system::Call::remark { remark: Vec::new() };
	assert!(CallFilter::contains(&RuntimeCall::System(remark)));
	with_local(|| {
		begin(FIRST);
		let burn = pallet_balances::Call::burn { value: EVT, keep_alive: true };
		let batch = pallet_utility::Call::batch_all { calls: vec![RuntimeCall::Balances(burn)] };
		let result = Executive::apply_extrinsic(signed("//Alice", RuntimeCall::Utility(batch), 0));
		assert!(result.unwrap().is_err());
		end();
	});
}

#[test]
fn off_chain_workers_make_general_transactions() {
	let remark = RuntimeCall::System(frame_system::Call::remark { remark: Vec::new() });
	let xt = <Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction(
		remark,
	);
	// General transaction of format version 5.
	assert_eq!(xt.encode()[1], 0x45);
	with_local(|| {
		begin(FIRST);
		// A call that nothing authorizes is refused.
		assert!(Executive::apply_extrinsic(xt).is_err());
		end();
	});
}

#[test]
fn operational_calls_have_weight_of_their_own() {
	let weights = crate::configs::system::RuntimeBlockWeights::get();
	let normal = weights.get(DispatchClass::Normal).max_total.unwrap();
	let operational = weights.get(DispatchClass::Operational);
	assert!(normal.ref_time() < operational.max_total.unwrap().ref_time());
	assert!(operational.reserved.unwrap().ref_time() > 0);
}
