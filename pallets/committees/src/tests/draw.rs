// SPDX-License-Identifier: Apache-2.0

//! Who is drawn, who is not, and what happens when members are missing.

use crate::{
	mock::{Committees, *},
	*,
};
use eventum_primitives::traits::{Committees as _, Draw, Offence};
use frame_support::{assert_noop, assert_ok};

fn by(number: u8) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(number))
}

/// Of five nodes, four are drawn after `change`: tells whether node 3 was left out, and that it would
/// not always be.
fn is_left_out(change: impl Fn()) -> bool {
	(0..12).all(|world| {
		run(5, || {
			World::set(world);
			change();
			!draw(FEED, terms(4)).contains(&3)
		})
	})
}

#[test]
fn request_refuses() {
	run(5, || {
		for size in [0, 3, 65] {
			assert_noop!(Committees::request(FEED, terms(size)), Error::<Test>::InvalidSize);
		}
		assert_ok!(Committees::request(FEED, terms(4)));
		assert_noop!(Committees::request(FEED, terms(4)), Error::<Test>::AlreadyRequested);
		redraw(FEED);
		for number in members(FEED) {
			assert_ok!(accept(FEED, number));
		}
		assert_noop!(Committees::request(FEED, terms(4)), Error::<Test>::AlreadyRequested);
	});
}

#[test]
fn draw_waits_for_the_seed_two_blocks_after_the_freeze() {
	run(5, || {
		assert_ok!(Committees::request(FEED, terms(4)));
		System::assert_last_event(Event::<Test>::DrawStarted { feed: FEED, attempt: 0 }.into());
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		next_blocks(1);
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		assert!(members(FEED).is_empty());
		next_blocks(1);
		ChainTime::set(70);
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		assert_eq!(members(FEED).len(), 4);
		let event = Event::<Test>::MembersDrawn { feed: FEED, attempt: 0, deadline: 1_070 };
		System::assert_last_event(event.into());
		let member = members(FEED)[0];
		assert_eq!(Committees::served_feeds(key(member)), [FEED]);
		// Looking again draws nobody else.
		let drawn = members(FEED);
		next_blocks(5);
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		assert_eq!(members(FEED), drawn);
	});
}

#[test]
fn the_seed_is_that_of_the_right_block_however_late_the_poll() {
	let drawn = |late: u32| {
		run(30, || {
			assert_ok!(Committees::request(FEED, terms(4)));
			next_blocks(2 + late);
			assert_eq!(Committees::poll(FEED), Draw::Pending);
			members(FEED)
		})
	};
	assert_eq!(drawn(0), drawn(150));
}

#[test]
fn a_forgotten_seed_freezes_anew() {
	run(5, || {
		assert_ok!(Committees::request(FEED, terms(4)));
		next_blocks(203);
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		assert!(!accepting(FEED));
		redraw(FEED);
		assert!(accepting(FEED));
		assert_eq!(Draws::<Test>::get(FEED).unwrap().attempt, 0);
	});
}

#[test]
fn draw_is_uniform() {
	let mut seen = [0u32; 11];
	let rounds = 2_000;
	chain(10).execute_with(|| {
		for world in 0..rounds {
			World::set(world);
			for number in draw(FEED, terms(4)) {
				seen[usize::from(number)] += 1;
			}
			Committees::dismiss(FEED, &[]);
		}
	});
	// Each is expected 800 times; σ is about 22.
	assert!(seen[1..].iter().all(|count| (690..=910).contains(count)), "{seen:?}");
}

#[test]
fn nobody_is_left_out_for_nothing() {
	assert!(!is_left_out(|| ()));
}

#[test]
fn resting_and_offline_nodes_are_left_out() {
	assert!(is_left_out(|| Committees::rest(by(3), true).unwrap()));
	assert!(is_left_out(|| Committees::mark_offline(&account(3))));
}

#[test]
fn nodes_without_free_bond_are_left_out() {
	assert!(is_left_out(|| {
		Nodes::<Test>::mutate(account(3), |node| node.as_mut().unwrap().set_aside = 601);
		// Let the books balance: it backs another feed.
		let member = eventum_primitives::committee::Member {
			operator: account(3),
			vald: key(3),
			intake: [3; 32],
			peer: peer(3),
			accepted: true,
		};
		let other = FeedId { market: 1, index: 1 };
		let members = vec![member].try_into().unwrap();
		let committee = Committee { seed: Hash::zero(), members, collateral: 601 };
		crate::Committees::<Test>::insert(other, committee);
		Serving::<Test>::insert(key(3), other, ());
	}));
}

#[test]
fn dear_nodes_are_left_out() {
	assert!(is_left_out(|| Committees::update(by(3), Some(1_001), None, None).unwrap()));
	assert!(!is_left_out(|| Committees::update(by(3), Some(1_000), None, None).unwrap()));
}

#[test]
fn ill_reputed_nodes_are_left_out() {
	assert!(is_left_out(|| Scores::set(vec![(account(3), 99)])));
	assert!(!is_left_out(|| Scores::set(vec![(account(3), 100)])));
	assert!(is_left_out(|| Flagged::set(vec![account(3)])));
}

#[test]
fn reporters_of_the_feed_are_left_out() {
	assert!(is_left_out(|| Reporters::set(vec![(FEED, account(3))])));
	let other = FeedId { market: 7, index: 0 };
	assert!(!is_left_out(|| Reporters::set(vec![(other, account(3))])));
}

#[test]
fn the_requester_is_left_out() {
	for world in 0..12 {
		run(5, || {
			World::set(world);
			let terms = traits::CommitteeTerms { requester: account(3), ..terms(4) };
			assert!(!draw(FEED, terms).contains(&3));
		});
	}
}

#[test]
fn nothing_done_after_the_freeze_brings_a_node_in() {
	let before = |change: fn()| {
		(0..12).any(|world| {
			run(5, || {
				World::set(world);
				assert_ok!(Committees::rest(by(3), true));
				assert_ok!(Committees::update(by(5), Some(2_000), None, None));
				assert_ok!(Committees::request(FEED, terms(4)));
				next_blocks(1);
				change();
				next_blocks(2);
				Committees::poll(FEED);
				accepting(FEED)
			})
		})
	};
	// Three nodes are fit, four are wanted.
	assert!(!before(|| ()));
	assert!(!before(|| Committees::rest(by(3), false).unwrap()));
	assert!(!before(|| Committees::update(by(5), Some(5), None, None).unwrap()));
	assert!(!before(|| {
		let (intake, peer) = ([9; 32], peer(9));
		let proof = sign(9, Committees::registration(&account(9), &intake, &peer));
		assert_ok!(Committees::register(by(9), key(9), intake, peer, 9, BOND, proof));
	}));
	assert!(!before(|| Committees::unregister(by(3)).unwrap()));
}

#[test]
fn who_leaves_after_the_freeze_does_not_shift_the_draw() {
	let drawn = |change: fn()| {
		run(40, || {
			assert_ok!(Committees::request(FEED, terms(8)));
			next_blocks(1);
			change();
			redraw(FEED)
		})
	};
	let all = drawn(|| ());
	// Node 40 moves into the gap of node 39 or leaves the last place: all others stay.
	let fewer = drawn(|| Committees::unregister(by(39)).unwrap());
	let kept: Vec<u8> = all.iter().copied().filter(|number| *number < 39).collect();
	assert_eq!(fewer[..kept.len()], kept);
	let more = drawn(|| {
		let (intake, peer) = ([99; 32], peer(99));
		let proof = sign(99, Committees::registration(&account(99), &intake, &peer));
		assert_ok!(Committees::register(by(99), key(99), intake, peer, 9, BOND, proof));
	});
	assert_eq!(more, all);
}

#[test]
fn a_draw_looks_at_so_many_places_only() {
	run(100, || {
		MaxDrawReads::set(64);
		for number in 1..=90 {
			assert_ok!(Committees::rest(by(number), true));
		}
		// Ten fit nodes among a hundred: 64 places hold 6.4 on average, never all ten or hardly so.
		let ten = draw(FEED, terms(10));
		assert!(ten.is_empty());
		assert!(!accepting(FEED));
	});
}

#[test]
fn missing_members_are_marked_and_replaced() {
	run(9, || {
		let first = draw(FEED, terms(4));
		assert_ok!(accept(FEED, first[1]));
		assert_ok!(accept(FEED, first[3]));
		ChainTime::set(999);
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		assert_eq!(members(FEED), first);
		ChainTime::set(1_000);
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		assert_eq!(members(FEED), [first[1], first[3]]);
		for number in [first[0], first[2]] {
			assert_eq!(node(number).status, Status::Offline { since: 3 });
			assert!(Committees::served_feeds(key(number)).is_empty());
		}
		// Nobody can accept, and nobody is judged, until others are drawn.
		assert!(authorize(accept_call(FEED, first[0])).is_err());
		assert_eq!(Committees::poll(FEED), Draw::Pending);
		let second = redraw(FEED);
		assert_eq!(second[..2], [first[1], first[3]]);
		assert!(second[2..].iter().all(|number| !first.contains(number)));
		// An acceptance of the first attempt says nothing about the second.
		let stale = sign(second[2], Committees::acceptance(FEED, 0));
		let call = Call::accept { feed: FEED, key: key(second[2]), signature: stale };
		assert!(authorize(call).is_err());
		for number in &second[2..] {
			assert_ok!(accept(FEED, *number));
		}
		assert_eq!(Committees::poll(FEED), Draw::Ready);
		assert!(Offences::get().is_empty());
	});
}

#[test]
fn after_the_last_replacement_round_the_draw_fails() {
	run(60, || {
		let first = draw(FEED, terms(4));
		assert_ok!(accept(FEED, first[0]));
		for round in 1..=10u64 {
			ChainTime::set(round * 1_000);
			assert_eq!(Committees::poll(FEED), Draw::Pending);
			assert_eq!(redraw(FEED).len(), 4);
		}
		assert_eq!(node(first[0]).set_aside, 400);
		ChainTime::set(11_000);
		assert_eq!(Committees::poll(FEED), Draw::Failed);
		System::assert_last_event(Event::<Test>::DrawFailed { feed: FEED }.into());
		assert_eq!(node(first[0]).set_aside, 0);
		assert!(Draws::<Test>::get(FEED).is_none());
		assert_eq!(Serving::<Test>::iter().count(), 0);
		assert_eq!(Committees::poll(FEED), Draw::Failed);
	});
}

#[test]
fn too_few_nodes_fail_in_the_end() {
	run(3, || {
		assert!(draw(FEED, terms(4)).is_empty());
		for _ in 0..10 {
			// However many blocks are made, an attempt takes its window.
			ChainTime::mutate(|time| *time += 999);
			next_blocks(1_000);
			assert_eq!(Committees::poll(FEED), Draw::Pending);
			ChainTime::mutate(|time| *time -= 999);
			assert!(redraw_later(FEED).is_empty());
		}
		assert_eq!(Draws::<Test>::get(FEED).unwrap().attempt, 10);
		ChainTime::mutate(|time| *time += 1_000);
		assert_eq!(Committees::poll(FEED), Draw::Failed);
	});
}

#[test]
fn nodes_that_come_in_time_are_drawn_in_a_later_attempt() {
	run(4, || {
		assert_ok!(Committees::rest(by(3), true));
		assert!(draw(FEED, terms(4)).is_empty());
		assert_ok!(Committees::rest(by(3), false));
		assert!(redraw(FEED).is_empty());
		assert_eq!(redraw_later(FEED).len(), 4);
	});
}

#[test]
fn dismissal_frees_collateral_and_penalises_who_did_not_serve() {
	run(6, || {
		let members = committee(FEED, terms(4));
		Committees::dismiss(FEED, &[true, false, true]);
		assert_eq!(Offences::get(), [(account(members[1]), Offence::NotServed)]);
		assert!(members.iter().all(|number| node(*number).set_aside == 0));
		assert!(Committees::get(FEED).is_none());
		assert!(Committees::served_feeds(key(members[0])).is_empty());
		System::assert_last_event(Event::<Test>::Dismissed { feed: FEED }.into());
		let events = System::events().len();
		Committees::dismiss(FEED, &[]);
		assert_eq!(System::events().len(), events);
	});
}

#[test]
fn dismissal_ends_a_draw_without_penalty() {
	run(6, || {
		let members = draw(FEED, terms(4));
		assert_ok!(accept(FEED, members[0]));
		Committees::dismiss(FEED, &[false; 4]);
		assert!(Offences::get().is_empty());
		assert_eq!(node(members[0]).set_aside, 0);
		assert_eq!(Committees::poll(FEED), Draw::Failed);
	});
}

#[test]
fn one_bond_backs_as_many_feeds_as_it_covers() {
	run(4, || {
		for market in 0..2 {
			committee(FeedId { market, index: 0 }, terms(4));
		}
		// 200 of each bond of 1,000 are left, 400 are asked for.
		let third = FeedId { market: 2, index: 0 };
		assert!(draw(third, terms(4)).is_empty());
		Committees::dismiss(FeedId { market: 0, index: 0 }, &[]);
		assert_eq!(redraw_later(third).len(), 4);
	});
}
