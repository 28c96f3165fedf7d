// SPDX-License-Identifier: Apache-2.0

//! Creating, growing, splitting, merging and giving away.

use crate::{mock::*, *};
use eventum_primitives::rules::vote;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};

#[test]
fn a_bucket_holds_and_votes() {
	run(|| {
		assert_ok!(Staking::create(by(1), ANNA, 10_000, 91, true));
		let votes = vote::votes(10_000, 91, true, false);
		let expected = Bucket {
			owner: account(1),
			delegate: ANNA,
			amount: 10_000,
			days: 91,
			term: Term::Renewing,
			own: false,
			votes,
			fresh: Some(Fresh { epoch: 10, votes }),
			index: 0,
		};
		assert_eq!(bucket(0), expected);
		assert_eq!((held(1), free(1)), (10_000, FUNDS - 10_000));
		assert_eq!(<Staking as traits::Staking>::votes(&ANNA), votes);
		let event = Event::<Test>::Created {
			bucket: 0,
			owner: account(1),
			delegate: ANNA,
			amount: 10_000,
			votes,
		};
		System::assert_last_event(event.into());

		assert_ok!(Staking::create(by(2), ANNA, 100, 0, false));
		assert_eq!((bucket(1).votes, bucket(1).term), (100, Term::Ending { at: START }));
		assert_eq!(<Staking as traits::Staking>::votes(&ANNA), votes + 100);
	});
}

#[test]
fn create_refuses() {
	run(|| {
		MaxBuckets::set(2);
		let none = RuntimeOrigin::none();
		assert_noop!(Staking::create(none, ANNA, 100, 0, true), DispatchError::BadOrigin);
		assert_noop!(Staking::create(by(1), ANNA, 0, 5, true), Error::<Test>::AmountTooSmall);
		assert_noop!(Staking::create(by(1), ANNA, 99, 5, true), Error::<Test>::AmountTooSmall);
		assert_noop!(Staking::create(by(1), ANNA, 100, 1_051, true), Error::<Test>::TermTooLong);
		assert_noop!(Staking::create(by(1), account(2), 100, 5, true), Error::<Test>::NoDelegate);
		let all = FUNDS + 1;
		assert_noop!(Staking::create(by(1), ANNA, all, 5, true), TokenError::FundsUnavailable);
		create(1, ANNA, 100, 1_050);
		create(1, account(1), 100, 5);
		assert_noop!(Staking::create(by(1), ANNA, 100, 5, true), Error::<Test>::TooManyBuckets);
		create(2, ANNA, 100, 5);
	});
}

#[test]
fn what_is_added_counts() {
	run(|| {
		let id = create(1, ANNA, 1_000, 91);
		assert_ok!(Staking::add(by(1), id, 500));
		assert_eq!((bucket(id).amount, held(1)), (1_500, 1_500));
		assert_eq!(bucket(id).votes, vote::votes(1_500, 91, true, false));
		System::assert_last_event(Event::<Test>::Added { bucket: id, amount: 1_500 }.into());

		assert_noop!(Staking::add(by(2), id, 500), Error::<Test>::NotOwner);
		assert_noop!(Staking::add(by(1), 77, 500), Error::<Test>::NoBucket);
		assert_noop!(Staking::add(by(1), id, 0), Error::<Test>::NothingChanges);
		assert_noop!(Staking::add(by(1), id, FUNDS), TokenError::FundsUnavailable);
		assert_noop!(Staking::add(RuntimeOrigin::none(), id, 1), DispatchError::BadOrigin);
	});
}

#[test]
fn a_term_is_extended_but_not_shortened() {
	run(|| {
		let id = create(1, ANNA, 1_000, 30);
		assert_ok!(Staking::extend(by(1), id, 60));
		assert_eq!(bucket(id).votes, vote::votes(1_000, 60, true, false));
		assert_eq!(bucket(id).term, Term::Renewing);
		System::assert_last_event(Event::<Test>::Extended { bucket: id, days: 60 }.into());

		assert_noop!(Staking::extend(by(1), id, 60), Error::<Test>::NothingChanges);
		assert_noop!(Staking::extend(by(1), id, 59), Error::<Test>::TermTooShort);
		assert_noop!(Staking::extend(by(1), id, 1_051), Error::<Test>::TermTooLong);
		assert_noop!(Staking::extend(by(2), id, 90), Error::<Test>::NotOwner);
		assert_noop!(Staking::extend(RuntimeOrigin::none(), id, 90), DispatchError::BadOrigin);

		// One that does not renew itself begins anew.
		assert_ok!(Staking::create(by(1), ANNA, 1_000, 30, false));
		pass_days(20);
		assert_ok!(Staking::extend(by(1), 1, 30));
		assert_eq!(bucket(1).term, Term::Ending { at: START + 50 * DAY });
	});
}

#[test]
fn renewing_is_turned_on_and_off() {
	run(|| {
		let id = create(1, ANNA, 1_000, 91);
		pass_days(200);
		assert_ok!(Staking::set_auto_renew(by(1), id, false));
		assert_eq!(bucket(id).term, Term::Ending { at: START + 291 * DAY });
		assert_eq!(bucket(id).votes, vote::votes(1_000, 91, false, false));
		let event = Event::<Test>::AutoRenewSet { bucket: id, auto_renew: false };
		System::assert_last_event(event.into());
		pass_days(40);
		let again = Staking::set_auto_renew(by(1), id, false);
		assert_noop!(again, Error::<Test>::NothingChanges);
		assert_ok!(Staking::set_auto_renew(by(1), id, true));
		assert_eq!(bucket(id).votes, vote::votes(1_000, 91, true, false));
		assert_noop!(Staking::set_auto_renew(by(2), id, false), Error::<Test>::NotOwner);
		let none = RuntimeOrigin::none();
		assert_noop!(Staking::set_auto_renew(none, id, false), DispatchError::BadOrigin);
	});
}

#[test]
fn a_bucket_is_split() {
	run(|| {
		let id = create(1, ANNA, 1_000, 91);
		assert_ok!(Staking::split(by(1), id, 300));
		assert_eq!((bucket(0).amount, bucket(1).amount, held(1)), (700, 300, 1_000));
		assert_eq!((bucket(1).days, bucket(1).term), (91, Term::Renewing));
		assert_eq!(Voters::<Test>::get(account(1)).buckets, 2);
		let event = Event::<Test>::Split { bucket: 0, new: 1, amount: 300 };
		System::assert_last_event(event.into());

		assert_noop!(Staking::split(by(1), id, 99), Error::<Test>::AmountTooSmall);
		assert_noop!(Staking::split(by(1), id, 601), Error::<Test>::AmountTooSmall);
		assert_noop!(Staking::split(by(1), id, 701), Error::<Test>::AmountTooSmall);
		assert_noop!(Staking::split(by(2), id, 100), Error::<Test>::NotOwner);
		assert_noop!(Staking::split(RuntimeOrigin::none(), id, 100), DispatchError::BadOrigin);
		MaxBuckets::set(2);
		assert_noop!(Staking::split(by(1), id, 100), Error::<Test>::TooManyBuckets);
	});
}

#[test]
fn buckets_are_merged() {
	run(|| {
		let (one, other) = (create(1, ANNA, 1_000, 30), create(1, ANNA, 500, 91));
		assert_ok!(Staking::merge(by(1), one, other));
		assert_eq!(Buckets::<Test>::get(one), None);
		assert_eq!((bucket(other).amount, held(1)), (1_500, 1_500));
		assert_eq!(bucket(other).votes, vote::votes(1_500, 91, true, false));
		assert_eq!(Voters::<Test>::get(account(1)).buckets, 1);
		let event = Event::<Test>::Merged { bucket: one, into: other, amount: 1_500 };
		System::assert_last_event(event.into());
	});
}

#[test]
fn merge_refuses() {
	run(|| {
		let (id, strangers) = (create(1, ANNA, 1_000, 30), create(2, ANNA, 1_000, 30));
		let (elsewhere, shorter) = (create(1, BERT, 1_000, 30), create(1, ANNA, 1_000, 29));
		let merge = |id, into| Staking::merge(by(1), id, into);
		assert_noop!(merge(id, id), Error::<Test>::NothingChanges);
		assert_noop!(merge(id, strangers), Error::<Test>::NotOwner);
		assert_noop!(merge(strangers, id), Error::<Test>::NotOwner);
		assert_noop!(merge(id, 77), Error::<Test>::NoBucket);
		assert_noop!(merge(id, elsewhere), Error::<Test>::DelegatesDiffer);
		assert_noop!(merge(id, shorter), Error::<Test>::UnlocksSooner);
		let none = RuntimeOrigin::none();
		assert_noop!(Staking::merge(none, shorter, id), DispatchError::BadOrigin);

		// What counts is when the terms end, not how long they are.
		assert_ok!(Staking::create(by(1), ANNA, 1_000, 40, false));
		let ending = 4;
		assert_ok!(merge(id, ending));
		pass_days(11);
		assert_ok!(merge(ending, shorter));
	});
}

#[test]
fn a_bucket_is_given_away() {
	run(|| {
		let id = create(1, ANNA, 1_000, 30);
		let before = bucket(id);
		assert_ok!(Staking::transfer(by(1), id, account(2)));
		assert_eq!(bucket(id), Bucket { owner: account(2), ..before });
		assert_eq!((held(1), held(2), free(2)), (0, 1_000, FUNDS));
		assert_eq!(Voters::<Test>::get(account(1)), Voter::default());
		assert_eq!(Voters::<Test>::get(account(2)).buckets, 1);
		let event = Event::<Test>::Transferred { bucket: id, from: account(1), to: account(2) };
		System::assert_last_event(event.into());
		assert_noop!(Staking::add(by(1), id, 5), Error::<Test>::NotOwner);
		assert_ok!(Staking::add(by(2), id, 5));
	});
}

#[test]
fn transfer_refuses() {
	run(|| {
		let id = create(1, ANNA, 1_000, 30);
		let to = |to| Staking::transfer(by(1), id, to);
		assert_noop!(to(account(1)), Error::<Test>::NothingChanges);
		assert_noop!(Staking::transfer(by(2), id, account(2)), Error::<Test>::NotOwner);
		let nobody = AccountId::new(*b"an account that does not exist..");
		assert_noop!(to(nobody), TokenError::CannotCreateHold);
		assert_noop!(Staking::transfer(by(1), 77, account(2)), Error::<Test>::NoBucket);
		let none = RuntimeOrigin::none();
		assert_noop!(Staking::transfer(none, id, account(2)), DispatchError::BadOrigin);
		MaxBuckets::set(1);
		create(2, ANNA, 100, 5);
		assert_noop!(to(account(2)), Error::<Test>::TooManyBuckets);
	});
}
