// SPDX-License-Identifier: Apache-2.0

//! What the off-chain worker submits.

use super::faults::{two_logs, two_outcomes};
use crate::{
	mock::{Committees, *},
	*,
};
use codec::{Decode, Encode};
use eventum_primitives::{
	duties::{Faults, FAULTS_KEY},
	traits::{Committees as _, Draw},
};
use frame_support::{assert_ok, traits::Hooks};
use parking_lot::RwLock;
use sp_core::offchain::{
	testing::{PoolState, TestOffchainExt, TestTransactionPoolExt},
	OffchainDbExt, OffchainWorkerExt, StorageKind, TransactionPoolExt,
};
use std::sync::Arc;

/// A chain of four nodes, with the keys of the first two and of a stranger in the keystore.
fn node_chain() -> (sp_io::TestExternalities, Arc<RwLock<PoolState>>) {
	let mut chain = chain(4);
	add_keystore(&mut chain, &[1, 2, 77]);
	let (offchain, _) = TestOffchainExt::new();
	let (pool, state) = TestTransactionPoolExt::new();
	chain.register_extension(OffchainDbExt::new(offchain.clone()));
	chain.register_extension(OffchainWorkerExt::new(offchain));
	chain.register_extension(TransactionPoolExt::new(pool));
	(chain, state)
}

/// Runs the worker at the current block, and tells what it submitted.
fn work(pool: &RwLock<PoolState>) -> Vec<Call<Test>> {
	Committees::offchain_worker(System::block_number());
	let sent = std::mem::take(&mut pool.write().transactions);
	sent.iter()
		.map(|bytes| match Extrinsic::decode(&mut &bytes[..]).unwrap().function {
			RuntimeCall::Committees(call) => call,
			other => panic!("{other:?}"),
		})
		.collect()
}

#[test]
fn worker_accepts_for_its_keys() {
	let (mut chain, pool) = node_chain();
	chain.execute_with(|| {
		assert!(work(&pool).is_empty());
		draw(FEED, terms(4));
		let sent = work(&pool);
		assert_eq!(sent.len(), 2);
		for call in sent {
			assert_ok!(authorize(call.clone()));
			assert_ok!(dispatch(call));
		}
		assert_eq!((node(1).set_aside, node(2).set_aside), (400, 400));
		assert!(work(&pool).is_empty());
		Committees::do_try_state().unwrap();
	});
}

#[test]
fn worker_repeats_a_duty_after_three_blocks_only() {
	let (mut chain, pool) = node_chain();
	chain.execute_with(|| {
		draw(FEED, terms(4));
		assert_eq!(work(&pool).len(), 2);
		for _ in 0..2 {
			next_blocks(1);
			assert!(work(&pool).is_empty());
		}
		next_blocks(1);
		assert_eq!(work(&pool).len(), 2);
		assert!(work(&pool).is_empty());
		// Another feed is another duty.
		draw(FeedId { market: 8, index: 0 }, terms(4));
		assert_eq!(work(&pool).len(), 2);
	});
}

#[test]
fn worker_says_that_its_node_is_back() {
	let (mut chain, pool) = node_chain();
	chain.execute_with(|| {
		draw(FEED, terms(4));
		ChainTime::set(1_000);
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		let sent = work(&pool);
		assert_eq!(sent.len(), 2);
		for call in sent {
			assert!(matches!(call, Call::online { .. }));
			assert_ok!(authorize(call.clone()));
			assert_ok!(dispatch(call));
		}
		assert_eq!(node(1).status, Status::Online);
		assert_eq!(node(3).status, Status::Offline { since: 3 });
		next_blocks(3);
		assert!(work(&pool).is_empty());
	});
}

#[test]
fn worker_leaves_a_resting_node_alone() {
	let (mut chain, pool) = node_chain();
	chain.execute_with(|| {
		for number in [1, 2] {
			let operator = RuntimeOrigin::signed(account(number));
			assert_ok!(Committees::rest(operator, true));
		}
		assert!(work(&pool).is_empty());
	});
}

#[test]
fn worker_reports_faults_until_they_are_punished() {
	let (mut chain, pool) = node_chain();
	chain.execute_with(|| {
		let liar = committee(FEED, terms(4))[1];
		let list: Faults = vec![two_outcomes(1, liar), two_logs(1, liar)];
		sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, FAULTS_KEY, &list.encode());
		let sent = work(&pool);
		assert_eq!(sent.len(), 2);
		assert!(work(&pool).is_empty(), "not with every block");
		next_blocks(3);
		assert_eq!(work(&pool).len(), 2);
		assert_ok!(authorize(sent[0].clone()));
		assert_ok!(dispatch(sent[0].clone()));
		next_blocks(3);
		assert!(work(&pool).is_empty(), "the member is punished");
		Committees::do_try_state().unwrap();
	});
}
