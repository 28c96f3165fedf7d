// SPDX-License-Identifier: Apache-2.0

//! Keys, their owners, and how long they are remembered.

use crate::{mock::*, *};
use eventum_primitives::traits::KeyHistory;
use frame_support::traits::KeyOwnerProofSystem;
use sp_runtime::{
	key_types::{AURA, GRANDPA},
	KeyTypeId,
};
use sp_session::{GetSessionNumber, GetValidatorCount};

fn key(number: u8, change: u8) -> (KeyTypeId, [u8; 32]) {
	(GRANDPA, member(number, change).grandpa.0)
}

fn check(key: (KeyTypeId, [u8; 32]), session: u32, members: u32) -> Option<Owner> {
	Offences::check_proof(key, KeyOwnership { session, members })
}

#[test]
fn keys_prove_their_owners_in_their_set() {
	run(|| {
		let proof = Offences::prove(key(5, 0)).unwrap();
		assert_eq!((proof.session(), proof.validator_count()), (0, 6));
		let owner = Owner { account: account(5), session: 0 };
		assert_eq!(Offences::check_proof(key(5, 0), proof), Some(owner.clone()));
		let aura = (AURA, member(5, 0).aura.0);
		assert_eq!(check(aura, 0, 6), Some(owner));

		assert_eq!(check(key(5, 0), 0, 5), None, "the set has more members");
		assert_eq!(check(key(5, 0), 1, 6), None, "there is no such set");
		assert_eq!(check(key(7, 0), 0, 6), None, "nobody had this key");
		assert_eq!(check((AURA, key(5, 0).1), 0, 6), None, "the key is for something else");
		assert_eq!(check((KeyTypeId(*b"vald"), key(5, 0).1), 0, 6), None);
		assert_eq!(Offences::prove(key(7, 0)), None);
	});
}

#[test]
fn a_replaced_key_is_found_in_the_set_that_had_it() {
	run(|| {
		note(7, 1);
		assert_eq!(Offences::prove(key(1, 0)).map(|proof| proof.session), Some(0));
		assert_eq!(Offences::prove(key(1, 1)).map(|proof| proof.session), Some(7));
		let at = |session, change| {
			Offences::prove_at(session, GRANDPA, &key(1, change).1).map(|proof| proof.session)
		};
		assert_eq!([at(0, 0), at(6, 0), at(7, 0)], [Some(0), Some(0), None]);
		assert_eq!([at(6, 1), at(7, 1), at(99, 1)], [None, Some(7), Some(7)]);
		assert_eq!(check(key(1, 0), 0, 6), Some(Owner { account: account(1), session: 0 }));
		assert_eq!(check(key(1, 0), 7, 6), None);
	});
}

#[test]
fn keys_count_for_eight_epochs_after_their_set_and_are_then_forgotten() {
	run(|| {
		note(1, 1);
		Charges::<Test>::insert(0, account(1), Charge { stake: 5, amount: 5 });
		Slot::set(NOW + 8 * EPOCH);
		note(2, 2);
		assert!(check(key(1, 0), 0, 6).is_some());
		Slot::set(NOW + 9 * EPOCH);
		assert_eq!(check(key(1, 0), 0, 6), None);
		assert!(Sets::<Test>::contains_key(0));
		note(3, 3);
		assert!(!Sets::<Test>::contains_key(0));
		assert!(!Charges::<Test>::contains_key(0, account(1)));
		assert!(check(key(1, 1), 1, 6).is_some());
		assert_eq!(Starts::<Test>::get().len(), 3);
	});
}

#[test]
fn a_set_is_remembered_as_long_as_it_acts() {
	run(|| {
		Slot::set(NOW + 100 * EPOCH);
		assert!(check(key(1, 0), 0, 6).is_some());
	});
}

#[test]
fn what_piled_up_is_forgotten_little_by_little() {
	run(|| {
		for session in 1..=10 {
			note(session, 0);
		}
		Slot::set(NOW + 50 * EPOCH);
		for (session, kept) in [(11, 10), (12, 9), (13, 8)] {
			note(session, 0);
			assert_eq!(Starts::<Test>::get().len(), kept);
		}
	});
}

#[test]
fn the_oldest_set_makes_room() {
	run(|| {
		for session in 1..MAX_SETS {
			Offences::note(session, 1, vec![member(1, 0)]);
		}
		let full = usize::try_from(MAX_SETS).unwrap();
		assert_eq!(Starts::<Test>::get().len(), full);
		Offences::note(MAX_SETS, 1, vec![member(1, 0)]);
		assert_eq!((Starts::<Test>::get().len(), Starts::<Test>::get()[0].session), (full, 1));
		assert!(!Sets::<Test>::contains_key(0));
	});
}
