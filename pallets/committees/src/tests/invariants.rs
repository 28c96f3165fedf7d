// SPDX-License-Identifier: Apache-2.0

//! The state check: that it holds whatever happens, and that it sees what is wrong.

use crate::{
	mock::{Committees, *},
	*,
};
use eventum_primitives::{
	fault::{Proof, Trail},
	log::{Head, SignedHead},
	traits::Committees as _,
};
use frame_support::assert_ok;
use proptest::prelude::*;

const OTHER: FeedId = FeedId { market: 8, index: 0 };

/// Breaks a sound state (a committee, a draw half accepted) by `damage`: the check must see it.
fn is_seen(damage: impl FnOnce(u8)) {
	chain(8).execute_with(|| {
		committee(FEED, terms(4));
		let members = draw(OTHER, terms(4));
		assert_ok!(accept(OTHER, members[0]));
		assert_ok!(Committees::do_try_state());
		damage(members[0]);
		assert!(Committees::do_try_state().is_err());
	});
}

fn damage_node(number: u8, damage: impl FnOnce(&mut Node)) {
	Nodes::<Test>::mutate(account(number), |node| damage(node.as_mut().unwrap()));
}

fn damage_draw(damage: impl FnOnce(&mut PendingDraw)) {
	Draws::<Test>::mutate(OTHER, |draw| damage(draw.as_mut().unwrap()));
}

#[test]
fn try_state_detects_a_broken_registry() {
	is_seen(|_| NodeCount::<Test>::put(7));
	is_seen(|_| Registry::<Test>::remove(3));
	is_seen(|_| Registry::<Test>::insert(8, account(1)));
	is_seen(|_| Registry::<Test>::insert(0, account(2)));
	is_seen(|_| Keys::<Test>::insert(key(99), account(1)));
	is_seen(|_| Keys::<Test>::remove(key(1)));
	is_seen(|_| damage_node(1, |node| node.index = 5));
	is_seen(|_| damage_node(1, |node| node.changed = 100));
	is_seen(|_| Nodes::<Test>::remove(account(1)));
}

#[test]
fn try_state_detects_broken_fees() {
	is_seen(|_| MedianFee::<Test>::put(77));
	is_seen(|_| Fees::<Test>::kill());
	is_seen(|_| damage_node(1, |node| node.min_fee = 2));
}

#[test]
fn try_state_detects_a_bond_that_is_not_held() {
	is_seen(|_| damage_node(1, |node| node.bond += 1));
}

#[test]
fn try_state_detects_broken_collateral() {
	is_seen(|member| damage_node(member, |node| node.set_aside -= 1));
	is_seen(|_| {
		crate::Committees::<Test>::mutate(FEED, |one| one.as_mut().unwrap().collateral += 1)
	});
	is_seen(|_| crate::Committees::<Test>::remove(FEED));
	is_seen(|_| Draws::<Test>::remove(OTHER));
}

#[test]
fn try_state_detects_strangers_proven_false() {
	is_seen(|_| ProvenFalse::<Test>::insert(FEED, 0b1_0000));
	is_seen(|_| ProvenFalse::<Test>::insert(FEED, 0));
	is_seen(|_| ProvenFalse::<Test>::insert(OTHER, 1));
	// A member of which nothing was taken.
	is_seen(|_| ProvenFalse::<Test>::insert(FEED, 1));
}

#[test]
fn try_state_detects_broken_members() {
	is_seen(|_| damage_draw(|draw| draw.size = 5));
	is_seen(|_| damage_draw(|draw| draw.members[1] = draw.members[0].clone()));
	is_seen(|_| damage_draw(|draw| draw.step = Step::Seeding { frozen_at: 1, nodes: 8 }));
	is_seen(|_| {
		damage_draw(|draw| {
			draw.members.clear();
			draw.step = Step::Seeding { frozen_at: 100, nodes: 8 };
		})
	});
	is_seen(|member| Serving::<Test>::remove(key(member), OTHER));
	is_seen(|member| Serving::<Test>::insert(key(member), FeedId { market: 1, index: 1 }, ()));
	is_seen(|_| {
		let draw = Draws::<Test>::get(OTHER).unwrap();
		Draws::<Test>::insert(FEED, draw);
	});
	is_seen(|_| {
		crate::Committees::<Test>::mutate(FEED, |one| {
			one.as_mut().unwrap().members[0].accepted = false;
		})
	});
	is_seen(|_| {
		damage_draw(|draw| draw.members.iter_mut().for_each(|member| member.accepted = true))
	});
}

/// An accusation as it is dispatched, its proof verified before.
fn accusation(feed: FeedId, member: u8) -> Box<Fault> {
	let head = Head { feed, round: 0, number: 1, length: 0, hash: Hash::zero(), upto: 0 };
	let (root, proof, signature) = (Hash::zero(), vec![], Default::default());
	let head = SignedHead { member, head, root, leaves: 1, leaf: 0, proof, signature };
	let proof = Proof::Logs { earlier: head.clone(), later: head, trail: Trail::default() };
	Box::new(Fault { feed, member, proof })
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	/// Whatever nodes, feeds and time do, what each node has set aside is the sum of the collateral of
	/// the feeds it has accepted, and every invariant holds.
	#[test]
	fn any_history_keeps_the_invariants(
		world in any::<u64>(),
		steps in prop::collection::vec((0u8..10, 1u8..=12, 0u64..4, 1u128..500), 1..120),
	) {
		chain(9).execute_with(|| {
			World::set(world);
			for (step, number, market, amount) in steps {
				let feed = FeedId { market, index: 0 };
				let operator = RuntimeOrigin::signed(account(number));
				match step {
					0 => {
						let terms = traits::CommitteeTerms { collateral: amount, ..terms(4) };
						let _ = Committees::request(feed, terms);
					}
					1 => next_blocks(2),
					2 => ChainTime::mutate(|time| *time += 400),
					3 => {
						if let Some(draw) = Draws::<Test>::get(feed) {
							for member in draw.members {
								let number = AsRef::<[u8]>::as_ref(&member.operator)[0];
								if number as u128 > amount / 60 {
									let _ = dispatch(accept_call(feed, number));
								}
							}
						}
					}
					4 if amount < 100 => Committees::dismiss(feed, &[amount % 2 == 0; 4]),
					5 => {
						let _ = Committees::unregister(operator);
					}
					6 => {
						let proof = sign(
							number,
							Committees::registration(&account(number), &[number; 32], &peer(number)),
						);
						let (key, peer) = (key(number), peer(number));
						let bond = amount + 400;
						let _ = Committees::register(
							operator, key, [number; 32], peer, amount, bond, proof,
						);
					}
					8 => {
						let fault = accusation(feed, number % 5);
						let _ = dispatch(Call::report_fault { fault });
					}
					7 => {
						let _ = Committees::update(operator.clone(), Some(amount), None, None);
						let _ = Committees::bond_more(operator, amount);
					}
					_ => {
						let _ = Committees::rest(operator, amount < 50);
					}
				}
				for market in 0..4 {
					Committees::poll(FeedId { market, index: 0 });
				}
				Committees::do_try_state().unwrap();
			}
		});
	}
}
