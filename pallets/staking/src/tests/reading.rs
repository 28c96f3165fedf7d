// SPDX-License-Identifier: Apache-2.0

//! Genesis, and what runtime APIs answer.

use crate::{mock::*, *};
use eventum_primitives::{
	apis::{BucketView, DuesView, Lock},
	rules::vote,
	traits::Staking as _,
};
use frame_support::{assert_ok, traits::Hooks};

#[test]
fn a_bucket_is_read() {
	run(|| {
		let id = create(1, ANNA, 1_000, 91);
		next_epoch();
		assert_ok!(Staking::add(by(1), id, 500));
		reward(ANNA, 77);
		let expected = BucketView {
			id,
			owner: account(1),
			delegate: ANNA,
			amount: 1_500,
			days: 91,
			own: false,
			lock: Lock::Renewing,
			withdrawable_at: START + 94 * DAY,
			votes: vote::votes(1_500, 91, true, false),
			earning: vote::votes(1_000, 91, true, false),
			pending: 76,
		};
		assert_eq!(Staking::bucket(id), Some(expected));
		assert_eq!(Staking::bucket(5), None);
	});
}

#[test]
fn buckets_and_dues_of_an_account_are_read() {
	run(|| {
		let all: Vec<_> = (0..20).map(|_| create(1, ANNA, 100, 0)).collect();
		create(2, ANNA, 2_000, 0);
		let ids: Vec<_> = Staking::buckets(account(1)).into_iter().map(|one| one.id).collect();
		assert_eq!(ids, all);
		assert!(Staking::buckets(account(3)).is_empty());
		next_epoch();
		reward(ANNA, 1_000);
		assert_ok!(claim(1, &all[..10]));
		reward(ANNA, 1_000);
		let payout = Payout::Forward(account(3));
		assert_ok!(Staking::set_payout(by(1), payout.clone()));
		let dues = DuesView { owed: 750, buckets: 20, payout };
		assert_eq!(Staking::dues(account(1)), dues);
		let none = DuesView { owed: 0, buckets: 0, payout: Payout::Free };
		assert_eq!(Staking::dues(account(3)), none);
	});
}

#[test]
fn voters_are_read_page_by_page() {
	run(|| {
		for _ in 0..130 {
			create(1, ANNA, 100, 0);
		}
		create(2, BERT, 100, 0);
		let first = Staking::voters(ANNA, None, u32::MAX);
		assert_eq!(first.len(), VOTERS_PAGE as usize);
		let rest = Staking::voters(ANNA, first.last().map(|one| one.id), u32::MAX);
		let mut ids: Vec<_> = first.iter().chain(&rest).map(|one| one.id).collect();
		ids.sort();
		assert_eq!(ids, (0..130).collect::<Vec<_>>());
		assert_eq!(Staking::voters(ANNA, None, 7).len(), 7);
		assert_eq!(Staking::voters(BERT, None, 7).len(), 1);
		assert!(Staking::voters(BERT, Some(130), 7).is_empty());
	});
}

#[test]
fn genesis_makes_buckets() {
	let buckets = vec![
		(account(1), ANNA, 5_000, 91, true, true),
		(account(2), ANNA, 500, 5, false, false),
		(account(3), account(3), 500, 91, true, true),
	];
	chain_with(FUNDS, buckets).execute_with(|| {
		check();
		assert_eq!((held(1), held(2), held(3)), (5_000, 500, 500));
		assert_eq!((Staking::own_stake(&ANNA), Staking::own_stake(&account(3))), (5_000, 500));
		assert_eq!(bucket(1).term, Term::Ending { at: START + 5 * DAY });
		assert_eq!(Balances::free_balance(Staking::pot()), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
#[should_panic(expected = "such as could be created")]
fn genesis_refuses_a_bucket_of_what_is_not_there() {
	chain_with(FUNDS, vec![(account(1), ANNA, FUNDS + 1, 91, true, true)]);
}

#[test]
#[should_panic(expected = "one own bucket")]
fn genesis_refuses_two_own_buckets() {
	let bucket = (account(1), ANNA, 5_000, 91, true, true);
	chain_with(FUNDS, vec![bucket.clone(), bucket]);
}

#[test]
fn integrity_holds() {
	Staking::integrity_test();
}
