// SPDX-License-Identifier: Apache-2.0

//! Registering, changing and leaving.

use crate::{
	mock::{Committees, *},
	*,
};
use eventum_primitives::traits::Committees as _;
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::InspectHold, Hooks},
};
use sp_runtime::{BuildStorage, DispatchError, TokenError};

fn held(number: u8) -> Balance {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &account(number))
}

fn by(number: u8) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(number))
}

/// Registers node `number` with the key of node `vald`.
fn register_with(number: u8, vald: u8, peer: PeerId, bond: Balance) -> sp_runtime::DispatchResult {
	let payload = Committees::registration(&account(number), &[number; 32], &peer);
	let proof = sign(vald, payload);
	Committees::register(by(number), key(vald), [number; 32], peer, number.into(), bond, proof)
}

fn register(number: u8) -> sp_runtime::DispatchResult {
	register_with(number, number, peer(number), BOND)
}

#[test]
fn a_node_registers_with_bond_and_proof() {
	run(0, || {
		assert_ok!(register(5));
		assert_eq!(held(5), BOND);
		let expected = Node {
			vald: key(5),
			intake: [5; 32],
			peer: peer(5),
			min_fee: 5,
			bond: BOND,
			set_aside: 0,
			status: Status::Online,
			index: 0,
			changed: 1,
		};
		assert_eq!(node(5), expected);
		let event = Event::<Test>::Registered { operator: account(5), vald: key(5), bond: BOND };
		System::assert_last_event(event.into());
	});
}

#[test]
fn register_refuses() {
	run(3, || {
		let proof = sign(5, Committees::registration(&account(6), &[5; 32], &peer(5)));
		assert_noop!(
			Committees::register(by(5), key(5), [5; 32], peer(5), 5, BOND, proof.clone()),
			Error::<Test>::BadProof
		);
		assert_noop!(
			Committees::register(RuntimeOrigin::none(), key(5), [5; 32], peer(5), 5, BOND, proof),
			DispatchError::BadOrigin
		);
		assert_noop!(register(2), Error::<Test>::AlreadyRegistered);
		assert_noop!(register_with(5, 2, peer(5), BOND), Error::<Test>::KeyInUse);
		assert_noop!(register_with(5, 5, peer(5), 99), Error::<Test>::BondTooSmall);
		assert_noop!(register_with(5, 5, PeerId::default(), BOND), Error::<Test>::InvalidPeer);
		assert_noop!(register_with(5, 5, peer(5), FUNDS + BOND + 1), TokenError::FundsUnavailable);
	});
}

#[test]
fn registry_is_bounded() {
	run(100, || {
		assert_noop!(register(101), Error::<Test>::RegistryFull);
	});
}

#[test]
fn a_node_updates_what_it_is_asked_at() {
	run(2, || {
		next_blocks(4);
		assert_ok!(Committees::update(by(1), None, Some([77; 32]), Some(peer(88))));
		assert_eq!((node(1).intake, node(1).peer, node(1).min_fee), ([77; 32], peer(88), 1));
		// A draw does not care where a node is reached, but it does what the node asks.
		assert_eq!(node(1).changed, 0);
		assert_ok!(Committees::update(by(1), Some(1), None, None));
		assert_eq!(node(1).changed, 0);
		assert_ok!(Committees::update(by(1), Some(50), None, None));
		assert_eq!((node(1).min_fee, node(1).changed), (50, 5));
		System::assert_last_event(Event::<Test>::Updated { operator: account(1) }.into());

		assert_noop!(Committees::update(by(9), None, None, None), Error::<Test>::NotRegistered);
		assert_noop!(
			Committees::update(by(1), None, None, Some(PeerId::default())),
			Error::<Test>::InvalidPeer
		);
		assert_noop!(
			Committees::update(RuntimeOrigin::none(), None, None, None),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_bond_is_raised() {
	run(1, || {
		next_blocks(1);
		assert_ok!(Committees::bond_more(by(1), 500));
		assert_eq!((node(1).bond, held(1), node(1).changed), (1_500, 1_500, 2));
		let event = Event::<Test>::BondRaised { operator: account(1), bond: 1_500 };
		System::assert_last_event(event.into());
		assert_noop!(Committees::bond_more(by(2), 5), Error::<Test>::NotRegistered);
		assert_noop!(Committees::bond_more(by(1), FUNDS * 2), TokenError::FundsUnavailable);
		assert_noop!(Committees::bond_more(RuntimeOrigin::none(), 1), DispatchError::BadOrigin);
	});
}

#[test]
fn an_operator_rests_and_comes_back() {
	run(1, || {
		assert_ok!(Committees::rest(by(1), true));
		assert_eq!(node(1).status, Status::Resting);
		assert_ok!(Committees::rest(by(1), false));
		assert_eq!(node(1).status, Status::Online);
		assert_noop!(Committees::rest(by(2), true), Error::<Test>::NotRegistered);
		assert_noop!(Committees::rest(RuntimeOrigin::none(), true), DispatchError::BadOrigin);
	});
}

#[test]
fn who_leaves_gets_the_bond_back_and_the_last_fills_the_gap() {
	run(4, || {
		next_blocks(6);
		assert_ok!(Committees::unregister(by(2)));
		assert_eq!(held(2), 0);
		assert_eq!((node(4).index, node(4).changed), (1, 7));
		assert_eq!((node(3).index, node(3).changed), (2, 0));
		assert_eq!(NodeCount::<Test>::get(), 3);
		System::assert_last_event(Event::<Test>::Unregistered { operator: account(2) }.into());
		assert_ok!(Committees::unregister(by(3)));
		assert_ok!(Committees::unregister(by(1)));
		assert_ok!(Committees::unregister(by(4)));
		assert_eq!(Committees::recommended_fee(), 0);
		assert_noop!(Committees::unregister(by(4)), Error::<Test>::NotRegistered);
		assert_ok!(register(2));
	});
}

#[test]
fn nobody_leaves_while_a_feed_is_backed() {
	run(4, || {
		committee(FEED, terms(4));
		assert_noop!(Committees::unregister(by(1)), Error::<Test>::StillServing);
		Committees::dismiss(FEED, &[true; 4]);
		assert_ok!(Committees::unregister(by(1)));
		assert_noop!(Committees::unregister(RuntimeOrigin::none()), DispatchError::BadOrigin);
	});
}

#[test]
fn recommended_fee_is_the_lower_median() {
	run(4, || {
		assert_eq!(Committees::recommended_fee(), 2);
		assert_ok!(Committees::update(by(1), Some(100), None, None));
		assert_eq!(Committees::recommended_fee(), 3);
		assert_ok!(register(9));
		assert_eq!(Committees::recommended_fee(), 4);
		assert_ok!(Committees::unregister(by(3)));
		assert_eq!(Committees::recommended_fee(), 4);
		assert_ok!(Committees::unregister(by(4)));
		assert_eq!(Committees::recommended_fee(), 9);
	});
}

#[test]
fn views_show_nodes() {
	run(5, || {
		let view = Committees::node(account(3)).unwrap();
		assert_eq!((view.vald.clone(), view.bond, view.online), (key(3), BOND, true));
		assert_eq!(Committees::node_by_key(key(3)), Some(view.clone()));
		assert_eq!(Committees::node(account(6)), None);
		assert_eq!(Committees::node_by_key(key(6)), None);
		assert_eq!(Committees::nodes(2, 1), [view]);
		assert_eq!(Committees::nodes(0, u32::MAX).len(), 5);
		assert!(Committees::nodes(u32::MAX, u32::MAX).is_empty());
		assert_ok!(Committees::rest(by(3), true));
		assert!(!Committees::node(account(3)).unwrap().online);
	});
	run(100, || assert_eq!(Committees::nodes(0, u32::MAX).len(), NODES_PAGE as usize));
}

#[test]
#[should_panic(expected = "must be able to register")]
fn genesis_refuses_a_bond_that_is_not_there() {
	let committees = GenesisConfig::<Test> { nodes: vec![genesis_node(1)], ..Default::default() };
	let _ = RuntimeGenesisConfig { committees, ..Default::default() }.build_storage();
}

#[test]
fn integrity_holds() {
	Committees::integrity_test();
}
