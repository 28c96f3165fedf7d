// SPDX-License-Identifier: Apache-2.0

//! Reports of two blocks for one slot.

use crate::{mock::*, *};
use codec::Decode;
use eventum_primitives::{
	offence::{Authored, DoubleAuthorship},
	traits::KeyHistory,
	Hash,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo, Pays},
	pallet_prelude::{InvalidTransaction, TransactionSource, TransactionValidityError},
	traits::Authorize,
};
use sp_core::offchain::{testing::TestTransactionPoolExt, TransactionPoolExt};
use sp_runtime::{traits::Dispatchable, transaction_validity::ValidTransaction};

fn report(evidence: Box<Evidence<Test>>) -> DispatchResultWithPostInfo {
	Offences::report_double_authorship(by(9), evidence)
}

/// A good header of account 1, and another one.
fn with(second: Authored<Header>) -> Box<Evidence<Test>> {
	Box::new(DoubleAuthorship { first: header(&aura(1, 0), 1, OWNED, GENESIS), second })
}

fn unsigned(evidence: Box<Evidence<Test>>) -> RuntimeCall {
	Call::report_double_authorship_unsigned { evidence }.into()
}

fn authorize(evidence: Box<Evidence<Test>>) -> Result<ValidTransaction, TransactionValidityError> {
	let valid = unsigned(evidence).authorize(TransactionSource::External).unwrap();
	valid.map(|(valid, _)| valid)
}

#[test]
fn who_made_two_blocks_is_expelled_and_slashed_later() {
	run(|| {
		let result = report(evidence(&aura(1, 0), OWNED)).unwrap();
		assert_eq!(result.pays_fee, Pays::No);
		assert_eq!(Expelled::get(), [account(1)]);
		let misdeed = Misdeed::DoubleAuthorship { slot: OWNED };
		let offender = Offender { account: account(1), misdeed };
		let booked =
			Slash { offender, amount: STAKE / 20, reporter: Some(account(9)), due: 10 + 8 };
		let event = Event::<Test>::Booked { id: 0, slash: booked.clone() };
		assert!(System::events().iter().any(|record| record.event == event.clone().into()));
		assert_eq!((slash(0), stake(1)), (Some(booked), STAKE));
	});
}

#[test]
fn each_repeat_costs_twice_as_much() {
	run(|| {
		for (id, slot) in [OWNED, OWNED - 4, OWNED + 4, OWNED - 8].into_iter().enumerate() {
			assert_ok!(report(evidence(&aura(1, 0), slot)));
			let id = SlashId::try_from(id).unwrap();
			assert_eq!(slash(id).unwrap().amount, (STAKE / 20) << id);
		}
		assert_ok!(report(evidence(&aura(2, 0), OWNED + 1)));
		assert_eq!(slash(4).unwrap().amount, STAKE / 20, "another delegate's first");
	});
}

#[test]
fn it_is_reported_once() {
	run(|| {
		assert_ok!(report(evidence(&aura(1, 0), OWNED)));
		let third = header(&aura(1, 0), 3, OWNED, GENESIS);
		assert_noop!(report(with(third)), Error::<Test>::AlreadyReported);
	});
}

#[test]
fn one_block_is_no_offence() {
	run(|| {
		let first = header(&aura(1, 0), 1, OWNED, GENESIS);
		let same = DoubleAuthorship { first: first.clone(), second: first };
		assert_noop!(report(Box::new(same)), Error::<Test>::SameBlock);
	});
}

#[test]
fn blocks_of_two_slots_are_no_offence() {
	run(|| {
		let later = header(&aura(1, 0), 2, OWNED + 4, GENESIS);
		assert_noop!(report(with(later)), Error::<Test>::SlotsDiffer);
	});
}

#[test]
fn forged_seals_prove_nothing() {
	run(|| {
		let mut forged = header(&aura(2, 0), 2, OWNED, GENESIS);
		assert_noop!(report(with(forged.clone())), Error::<Test>::BadSeal);
		forged.header.digest.pop();
		assert_noop!(report(with(forged)), Error::<Test>::BadSeal);
		// Sealed well, by a key that the owner of the slot never had, or by who did not own it.
		assert_noop!(report(evidence(&aura(77, 0), OWNED)), Error::<Test>::BadSeal);
		assert_noop!(report(evidence(&aura(2, 0), OWNED)), Error::<Test>::BadSeal);
	});
}

#[test]
fn blocks_of_another_chain_prove_nothing() {
	run(|| {
		let foreign = header(&aura(1, 0), 2, OWNED, Hash::repeat_byte(8));
		assert_noop!(report(with(foreign)), Error::<Test>::BadBeacon);
	});
}

#[test]
fn what_is_to_come_is_not_reported() {
	run(|| {
		let future = || evidence(&aura(1, 0), NOW + 3);
		assert_noop!(report(future()), Error::<Test>::FutureSlot);
		Slot::set(NOW + 3);
		assert_ok!(report(future()));
	});
}

#[test]
fn what_is_too_old_is_not_reported() {
	run(|| {
		assert_noop!(report(evidence(&aura(1, 0), 0)), Error::<Test>::TooOld);
		Slot::set(OWNED + 9 * EPOCH);
		assert_noop!(report(evidence(&aura(1, 0), OWNED)), Error::<Test>::TooOld);
		Slot::set(OWNED + 9 * EPOCH - 1);
		assert_ok!(report(evidence(&aura(1, 0), OWNED)));
	});
}

#[test]
fn a_slot_of_no_set_is_not_reported() {
	run(|| {
		Sets::<Test>::remove(0);
		assert_noop!(report(evidence(&aura(1, 0), OWNED)), Error::<Test>::TooOld);
		note(1, 0);
		Starts::<Test>::mutate(|starts| starts.remove(0));
		assert_noop!(report(evidence(&aura(1, 0), OWNED)), Error::<Test>::TooOld);
	});
}

#[test]
fn a_replaced_key_is_still_its_owners() {
	run(|| {
		note(1, 1);
		Slot::set(NOW + 20);
		assert_ok!(report(evidence(&aura(1, 0), OWNED)));
		assert_noop!(report(evidence(&aura(1, 0), NOW + 3)), Error::<Test>::BadSeal);
		assert_ok!(report(evidence(&aura(1, 1), NOW + 3)));
		assert_eq!(Expelled::get(), [account(1), account(1)]);
	});
}

#[test]
fn the_boundary_block_is_the_old_sets() {
	run(|| {
		Offences::note(1, 2, vec![member(5, 0), member(6, 0)]);
		Slot::set(NOW + 1);
		assert_ok!(report(evidence(&aura(2, 0), NOW)));
		assert_ok!(report(evidence(&aura(5, 0), NOW + 1)));
	});
}

#[test]
fn nodes_report_for_the_author_of_the_block() {
	run(|| {
		let evidence = || evidence(&aura(1, 0), OWNED);
		let valid = authorize(evidence()).unwrap();
		assert!(valid.propagate);
		assert_eq!(valid.provides.len(), 1);
		let other = authorize(with(header(&aura(1, 0), 7, OWNED, GENESIS))).unwrap();
		assert_eq!(valid.provides, other.provides, "one report of an offence is enough");
		assert_eq!(unsigned(evidence()).get_dispatch_info().pays_fee, Pays::No);

		let origin = frame_system::RawOrigin::Authorized;
		assert_ok!(unsigned(evidence()).dispatch(origin.clone().into()));
		assert_eq!(slash(0).unwrap().reporter, Some(account(3)));
		let refused = unsigned(evidence()).dispatch(origin.into()).unwrap_err();
		assert_eq!(refused.error, Error::<Test>::AlreadyReported.into());
		let signed = unsigned(evidence()).dispatch(by(9)).unwrap_err();
		assert_eq!(signed.error, sp_runtime::DispatchError::BadOrigin);
		let origin = RuntimeOrigin::root();
		assert_noop!(
			Offences::report_double_authorship(origin, evidence()),
			sp_runtime::DispatchError::BadOrigin
		);
	});
}

#[test]
fn the_pool_takes_only_what_is_proven_and_new() {
	run(|| {
		let stale = Err(InvalidTransaction::Stale.into());
		let bad = Err(InvalidTransaction::BadProof.into());
		assert_eq!(authorize(evidence(&aura(1, 0), 0)), stale.clone());
		assert_eq!(authorize(evidence(&aura(2, 0), OWNED)), bad.clone());
		assert_eq!(authorize(with(header(&aura(1, 0), 2, OWNED, Hash::zero()))), bad);
		let future = authorize(evidence(&aura(1, 0), NOW + 3));
		assert_eq!(future, Err(InvalidTransaction::Future.into()));
		assert_ok!(report(evidence(&aura(1, 0), OWNED)));
		assert_eq!(authorize(evidence(&aura(1, 0), OWNED)), stale);
	});
}

#[test]
fn a_node_submits_what_it_found() {
	let mut chain = chain();
	let (pool, state) = TestTransactionPoolExt::new();
	chain.register_extension(TransactionPoolExt::new(pool));
	chain.execute_with(|| {
		let evidence = evidence(&aura(1, 0), OWNED);
		assert_eq!(Offences::submit_double_authorship(*evidence.clone()), Some(()));
		let sent = state.write().transactions.pop().unwrap();
		let sent = Extrinsic::decode(&mut &sent[..]).unwrap().function;
		assert_eq!(sent, unsigned(evidence));
	});
}
