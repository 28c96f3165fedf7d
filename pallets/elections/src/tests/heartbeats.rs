// SPDX-License-Identifier: Apache-2.0

//! Proof of life, and how a node gives it.

use crate::{mock::*, Alive, Error, Event, LIVELY};
use codec::{Decode, Encode};
use eventum_primitives::{
	duties::{Finalized, FINALIZED_KEY},
	epoch::Heartbeat,
	Hash,
};
use frame_support::{assert_err, assert_ok, traits::Hooks};
use sp_core::{
	offchain::{
		testing::{TestOffchainExt, TestTransactionPoolExt},
		OffchainDbExt, OffchainWorkerExt, StorageKind, TransactionPoolExt,
	},
	Pair,
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::{
	traits::Dispatchable, transaction_validity::InvalidTransaction, RuntimeAppPublic,
};

/// The pool refuses a heartbeat, and so does its dispatch.
fn refused(heartbeat: Heartbeat, number: u8, error: Error<Test>, why: InvalidTransaction) {
	let call = heartbeat_call(heartbeat, number);
	assert_eq!(authorize(call.clone()), Err(why.into()));
	assert_err!(dispatch(call), error);
}

#[test]
fn a_delegate_proves_life_once_an_epoch() {
	run(|| {
		assert_ok!(beat(3));
		assert!(Alive::<Test>::get().contains(&account_of(3)));
		let event = Event::<Test>::ProvedAlive { delegate: account_of(3), epoch: FIRST };
		System::assert_last_event(event.into());
		let again = heartbeat();
		refused(again, 3, Error::AlreadyAlive, InvalidTransaction::Stale);
		assert_ok!(beat(4));
		epoch(FIRST + 1, []);
		assert!(Alive::<Test>::get().is_empty());
		assert_ok!(beat(3));
	});
}

#[test]
fn only_delegates_prove_life() {
	run(|| {
		let valid = heartbeat();
		refused(valid, 61, Error::NoDelegate, InvalidTransaction::BadSigner);
		refused(valid, 7, Error::NoDelegate, InvalidTransaction::BadSigner);
	});
}

#[test]
fn the_signature_must_be_the_keys() {
	run(|| {
		let crate::Call::heartbeat { heartbeat, signature, .. } = heartbeat_call(heartbeat(), 3)
		else {
			panic!("that is no heartbeat")
		};
		let forged = crate::Call::heartbeat { heartbeat, key: pair(4).public().into(), signature };
		assert_eq!(authorize(forged), Err(InvalidTransaction::BadProof.into()));
	});
}

#[test]
fn it_must_be_of_this_epoch() {
	run(|| {
		let early = Heartbeat { epoch: FIRST + 1, ..heartbeat() };
		refused(early, 3, Error::WrongEpoch, InvalidTransaction::Stale);
		let late = heartbeat();
		epoch(FIRST + 1, []);
		refused(late, 3, Error::WrongEpoch, InvalidTransaction::Stale);
	});
}

#[test]
fn it_must_name_a_block_that_is_not_long_ago() {
	run(|| {
		blocks_to(first_slot(FIRST + 2));
		let now = System::block_number();
		let of = |finalized| Heartbeat { finalized, hash: hash(finalized), ..heartbeat() };
		refused(of(now - LIVELY - 1), 3, Error::FarBehind, InvalidTransaction::Stale);
		refused(of(now), 3, Error::FarBehind, InvalidTransaction::Stale);
		refused(of(now + 1), 3, Error::FarBehind, InvalidTransaction::Stale);
		assert!(authorize(heartbeat_call(of(now - LIVELY), 3)).is_ok());
		assert!(authorize(heartbeat_call(of(now - 1), 3)).is_ok());
	});
}

#[test]
fn the_block_must_be_of_this_chain() {
	run(|| {
		let foreign = Heartbeat { hash: Hash::zero(), ..heartbeat() };
		refused(foreign, 3, Error::WrongBlock, InvalidTransaction::Stale);
	});
}

#[test]
fn there_is_an_end_to_proofs_of_life() {
	run(|| {
		let many: std::collections::BTreeSet<_> = (0..crate::MAX_CANDIDATES)
			.map(|number| {
				let mut bytes = [255; 32];
				bytes[..4].copy_from_slice(&number.to_be_bytes());
				bytes.into()
			})
			.collect();
		Alive::<Test>::put(frame_support::BoundedBTreeSet::try_from(many).unwrap());
		assert_err!(dispatch(heartbeat_call(heartbeat(), 3)), Error::<Test>::TooManyAlive);
	});
}

#[test]
fn nobody_else_can_dispatch_it() {
	run(|| {
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::signed(account_of(3))] {
			let call = RuntimeCall::from(heartbeat_call(heartbeat(), 3));
			let error = call.dispatch(origin).unwrap_err().error;
			assert_eq!(error, sp_runtime::DispatchError::BadOrigin);
		}
	});
}

#[test]
fn a_heartbeat_is_valid_for_the_pool_for_a_while() {
	run(|| {
		let valid = authorize(heartbeat_call(heartbeat(), 3)).unwrap();
		assert!(valid.propagate);
		assert_eq!(valid.longevity, 64);
		let other = authorize(heartbeat_call(heartbeat(), 4)).unwrap();
		assert_ne!(valid.provides, other.provides);
	});
}

/// Runs `test` on a node that holds the author's keys of these delegates. Tells how many transactions
/// are in the pool.
fn on_node(numbers: &[u8], test: impl FnOnce(&dyn Fn() -> usize)) {
	let keystore = MemoryKeystore::new();
	for number in numbers {
		let seed = format!("0x{}", hex(&[*number; 32]));
		keystore.sr25519_generate_new(sp_core::crypto::key_types::AURA, Some(&seed)).unwrap();
	}
	let (offchain, _) = TestOffchainExt::new();
	let (pool, state) = TestTransactionPoolExt::new();
	let size = eventum_primitives::epoch::Size { members: 6, producers: 4 };
	let mut chain = chain(6, size);
	chain.register_extension(OffchainDbExt::new(offchain.clone()));
	chain.register_extension(OffchainWorkerExt::new(offchain));
	chain.register_extension(TransactionPoolExt::new(pool));
	chain.register_extension(KeystoreExt::new(keystore));
	chain.execute_with(|| {
		block(first_slot(FIRST));
		block(first_slot(FIRST) + 1);
		test(&|| state.read().transactions.len());
		for bytes in &state.read().transactions {
			let sent = Extrinsic::decode(&mut &bytes[..]).unwrap();
			let RuntimeCall::Elections(call) = sent.function else { panic!("not ours") };
			assert!(authorize(call).is_ok());
		}
	});
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn finalize(number: u32) {
	let finalized: Finalized = (number, hash(number));
	sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, FINALIZED_KEY, &finalized.encode());
}

fn work() {
	<Elections as Hooks<u32>>::offchain_worker(System::block_number());
}

#[test]
fn a_node_proves_life_by_itself() {
	on_node(&[3, 5, 61], |sent| {
		work();
		assert_eq!(sent(), 0, "it does not know yet what is final");
		finalize(1);
		work();
		assert_eq!(sent(), 2, "one for each delegate");
		work();
		assert_eq!(sent(), 2, "it waits for those to arrive");
	});
}

#[test]
fn a_node_sends_again_what_did_not_arrive() {
	on_node(&[3], |sent| {
		finalize(1);
		work();
		blocks_to(first_slot(FIRST) + 5);
		work();
		assert_eq!(sent(), 1);
		blocks_to(first_slot(FIRST) + 6);
		work();
		assert_eq!(sent(), 2);
	});
}

#[test]
fn a_node_is_content_when_its_heartbeat_is_there() {
	on_node(&[3], |sent| {
		finalize(1);
		assert_ok!(beat(3));
		work();
		assert_eq!(sent(), 0);
		// Nor does it send one if the chain does not finalize.
		Alive::<Test>::kill();
		System::set_block_number(1 + LIVELY);
		work();
		assert_eq!(sent(), 0);
	});
}

#[test]
fn keys_are_found_where_authors_have_them() {
	assert_eq!(
		<sp_consensus_aura::sr25519::AuthorityId as RuntimeAppPublic>::ID,
		sp_core::crypto::key_types::AURA
	);
}
