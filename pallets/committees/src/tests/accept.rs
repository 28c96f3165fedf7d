// SPDX-License-Identifier: Apache-2.0

//! Acceptances, and the word of a node that it is back.

use crate::{
	mock::{Committees, *},
	*,
};
use codec::Encode;
use eventum_primitives::traits::{Committees as _, Draw};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::Authorize,
};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError,
};

fn refused(error: Error<Test>) -> Result<(), TransactionValidityError> {
	Err(InvalidTransaction::Custom(error.encode()[0]).into())
}

fn check(call: Call<Test>) -> Result<(), TransactionValidityError> {
	authorize(call).map(|_| ())
}

fn online_call(number: u8, since: BlockNumber) -> Call<Test> {
	let signature = sign(number, Committees::word(&key(number), since));
	Call::online { key: key(number), signature }
}

/// Draws 4 of 4 nodes, of which only node 1 does not accept.
fn node_one_goes_missing() {
	for number in draw(FEED, terms(4)).into_iter().filter(|number| *number != 1) {
		assert_ok!(accept(FEED, number));
	}
	ChainTime::set(1_000);
	assert_eq!(Committees::poll(FEED), Draw::Pending);
}

#[test]
fn acceptance_sets_collateral_aside() {
	run(6, || {
		let members = draw(FEED, terms(4));
		assert_ok!(accept(FEED, members[2]));
		assert_eq!(node(members[2]).set_aside, 400);
		assert_eq!(node(members[1]).set_aside, 0);
		let operator = account(members[2]);
		System::assert_last_event(Event::<Test>::Accepted { feed: FEED, operator }.into());
		assert!(Committees::get(FEED).is_none());
	});
}

#[test]
fn last_acceptance_completes_the_committee() {
	run(6, || {
		let members = draw(FEED, terms(4));
		for number in &members {
			assert!(Completed::get().is_empty());
			assert_ok!(accept(FEED, *number));
		}
		assert_eq!(Completed::get(), [FEED]);
		System::assert_last_event(Event::<Test>::CommitteeReady { feed: FEED }.into());
		assert_eq!(Committees::poll(FEED), Draw::Ready);
		let committee = Committees::get(FEED).unwrap();
		let order: Vec<_> = committee.members.iter().map(|one| one.operator.clone()).collect();
		assert_eq!(order, members.iter().map(|number| account(*number)).collect::<Vec<_>>());
		assert_eq!((committee.collateral, committee.quorum()), (400, 3));
		assert_eq!(Committees::served_feeds(key(members[0])), [FEED]);
	});
}

#[test]
fn pool_takes_good_acceptances_only() {
	run(6, || {
		let members = draw(FEED, terms(4));
		let (one, two) = (members[0], members[1]);
		let stranger = (1..=6).find(|number| !members.contains(number)).unwrap();
		let valid = authorize(accept_call(FEED, one)).unwrap();
		assert_eq!(valid.provides.len(), 1);
		assert!(valid.propagate);
		let other = authorize(accept_call(FEED, two)).unwrap();
		assert_ne!(valid.provides, other.provides);

		let other_feed = FeedId { market: 7, index: 2 };
		assert_eq!(check(accept_call(other_feed, one)), refused(Error::NoDraw));
		assert_eq!(check(accept_call(FEED, stranger)), refused(Error::NotDrawn));
		for payload in [
			Committees::acceptance(FEED, 1),
			Committees::acceptance(other_feed, 0),
			Committees::word(&key(one), 0),
		] {
			let call = Call::accept { feed: FEED, key: key(one), signature: sign(one, payload) };
			assert_eq!(check(call), refused(Error::BadProof));
		}
		let signature = sign(two, Committees::acceptance(FEED, 0));
		let forged = Call::accept { feed: FEED, key: key(one), signature };
		assert_eq!(check(forged), refused(Error::BadProof));

		assert_ok!(accept(FEED, one));
		assert_eq!(check(accept_call(FEED, one)), refused(Error::AlreadyAccepted));
		assert_noop!(dispatch(accept_call(FEED, one)), Error::<Test>::AlreadyAccepted);
		assert_noop!(dispatch(accept_call(FEED, stranger)), Error::<Test>::NotDrawn);
		assert_noop!(dispatch(accept_call(other_feed, one)), Error::<Test>::NoDraw);
		let signed = RuntimeOrigin::signed(account(two));
		let signature = sign(two, [0; 32]);
		assert_noop!(
			Committees::accept(signed, FEED, key(two), signature),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn acceptance_needs_free_bond() {
	run(4, || {
		let (one, other) = (FEED, FeedId { market: 8, index: 0 });
		let big = || traits::CommitteeTerms { collateral: 600, ..terms(4) };
		assert_ok!(Committees::request(one, big()));
		assert_ok!(Committees::request(other, big()));
		redraw(one);
		assert_eq!(Committees::poll(other), Draw::Pending);
		assert_ok!(accept(one, 1));
		assert_eq!(check(accept_call(other, 1)), refused(Error::BondTooSmall));
		assert_noop!(dispatch(accept_call(other, 1)), Error::<Test>::BondTooSmall);
		// The bond went to another feed: that is no reason to call the node offline.
		ChainTime::set(1_000);
		assert_eq!(Committees::poll(other), Draw::Pending);
		assert_eq!(node(1).status, Status::Online);
		assert!(matches!(node(2).status, Status::Offline { .. }));
	});
}

#[test]
fn who_left_in_between_cannot_accept() {
	run(5, || {
		let member = draw(FEED, terms(4))[0];
		assert_ok!(Committees::unregister(RuntimeOrigin::signed(account(member))));
		assert_eq!(check(accept_call(FEED, member)), refused(Error::NotRegistered));
		assert_noop!(dispatch(accept_call(FEED, member)), Error::<Test>::NotRegistered);
		Committees::dismiss(FEED, &[]);
	});
}

#[test]
fn a_late_acceptance_counts_until_the_member_is_replaced() {
	run(4, || {
		let members = draw(FEED, terms(4));
		ChainTime::set(5_000);
		for number in members {
			assert_ok!(accept(FEED, number));
		}
		assert_eq!(Committees::poll(FEED), Draw::Ready);
	});
}

#[test]
fn a_missing_node_says_that_it_is_back() {
	run(4, || {
		node_one_goes_missing();
		assert_eq!(node(1).status, Status::Offline { since: 3 });
		next_blocks(1);
		let valid = authorize(online_call(1, 3)).unwrap();
		assert_eq!(valid.provides.len(), 1);
		assert_ok!(dispatch(online_call(1, 3)));
		assert_eq!((node(1).status, node(1).changed), (Status::Online, 4));
		let event = Event::<Test>::StatusChanged { operator: account(1), status: Status::Online };
		System::assert_last_event(event.into());
	});
}

#[test]
fn the_word_of_a_node_is_good_once() {
	run(4, || {
		node_one_goes_missing();
		assert_ok!(dispatch(online_call(1, 3)));
		assert_eq!(check(online_call(1, 3)), refused(Error::NotOffline));
		assert_noop!(dispatch(online_call(1, 3)), Error::<Test>::NotOffline);
		assert_noop!(dispatch(online_call(9, 3)), Error::<Test>::NotRegistered);
		assert_eq!(check(online_call(9, 3)), refused(Error::NotRegistered));

		// Found offline again, later: the old word does not do.
		next_blocks(10);
		Committees::mark_offline(&account(1));
		assert_eq!(check(online_call(1, 3)), refused(Error::BadProof));
		assert_ok!(check(online_call(1, 13)));
		let call = Call::online { key: key(1), signature: sign(2, [1; 32]) };
		assert_eq!(check(call), refused(Error::BadProof));
		let signed = RuntimeOrigin::signed(account(1));
		assert_noop!(
			Committees::online(signed, key(1), sign(1, [1; 32])),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn duties_are_operational_and_other_calls_do_not_authorize_themselves() {
	run(4, || {
		draw(FEED, terms(4));
		for call in [accept_call(FEED, 1), online_call(1, 3)] {
			assert_eq!(call.get_dispatch_info().class, DispatchClass::Operational);
			assert!(call.weight_of_authorize().ref_time() > 0);
		}
		let call = Call::<Test>::unregister {};
		assert_eq!(call.get_dispatch_info().class, DispatchClass::Normal);
		assert!(call
			.authorize(sp_runtime::transaction_validity::TransactionSource::Local)
			.is_none());
	});
}
