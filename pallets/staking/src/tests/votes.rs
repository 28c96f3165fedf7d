// SPDX-License-Identifier: Apache-2.0

//! Moving votes.

use crate::{mock::*, *};
use eventum_primitives::traits::Staking as _;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn votes_move_at_once() {
	run(|| {
		let id = create(1, ANNA, 1_000, 30);
		create(2, ANNA, 500, 0);
		let votes = bucket(id).votes;
		assert_ok!(Staking::move_votes(by(1), id, BERT));
		assert_eq!((Staking::votes(&ANNA), Staking::votes(&BERT)), (500, votes));
		assert!(Staking::votes_for(&account(1), id, &BERT));
		assert!(!Staking::votes_for(&account(1), id, &ANNA));
		assert!(!Staking::votes_for(&account(2), id, &BERT));
		assert!(!Staking::votes_for(&account(1), 77, &BERT));
		let event = Event::<Test>::VotesMoved { bucket: id, from: ANNA, to: BERT, votes };
		System::assert_last_event(event.into());
		assert_ok!(Staking::move_votes(by(1), id, ANNA));
		assert_eq!((Staking::votes(&ANNA), Staking::votes(&BERT)), (votes + 500, 0));
		assert_eq!(Tallies::<Test>::get(BERT), None, "nothing is kept of who has no votes");
	});
}

#[test]
fn move_votes_refuses() {
	run(|| {
		let id = create(1, ANNA, 1_000, 30);
		let to = |delegate| Staking::move_votes(by(1), id, delegate);
		assert_noop!(to(ANNA), Error::<Test>::NothingChanges);
		assert_noop!(to(account(2)), Error::<Test>::NoDelegate);
		assert_noop!(Staking::move_votes(by(2), id, BERT), Error::<Test>::NotOwner);
		assert_noop!(Staking::move_votes(by(1), 5, BERT), Error::<Test>::NoBucket);
		let none = RuntimeOrigin::none();
		assert_noop!(Staking::move_votes(none, id, BERT), DispatchError::BadOrigin);
		assert_ok!(to(account(1)));
	});
}
