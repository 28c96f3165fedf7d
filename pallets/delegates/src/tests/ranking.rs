// SPDX-License-Identifier: Apache-2.0

//! Who is how many.

use crate::{
	mock::{Delegates, *},
	*,
};
use eventum_primitives::{apis::DelegateView, traits::Candidates};
use frame_support::assert_ok;

fn votes(all: &[(u8, Balance)]) {
	Votes::set(all.iter().map(|(number, votes)| (account(*number), *votes)).collect());
}

fn order(cursor: Option<u8>, limit: u32) -> Vec<AccountId> {
	Delegates::ranking(cursor.map(account), limit).into_iter().map(|one| one.account).collect()
}

fn accounts(numbers: &[u8]) -> Vec<AccountId> {
	numbers.iter().copied().map(account).collect()
}

fn on_probation(number: u8) {
	<Delegates as Candidates>::set_probation(&account(number), 2);
}

#[test]
fn ranking_follows_votes_at_every_moment() {
	run(|| {
		(1..=5).for_each(register);
		votes(&[(1, 10), (2, 30), (3, 30), (4, 20)]);
		assert_eq!(order(None, 9), accounts(&[2, 3, 4, 1, 5]));
		votes(&[(5, 100), (1, 10), (2, 30), (3, 30), (4, 20)]);
		assert_eq!(order(None, 9), accounts(&[5, 2, 3, 4, 1]));
		on_probation(5);
		assert_eq!(order(None, 9), accounts(&[2, 3, 4, 1, 5]), "100 count as 10; ties by account");
		assert_eq!(order(None, 2), accounts(&[2, 3]));
		assert_eq!(order(Some(3), 2), accounts(&[4, 1]));
		assert_eq!(order(Some(5), 2), []);
		assert_eq!(order(Some(99), 1), accounts(&[2]), "an unknown cursor begins anew");
	});
}

#[test]
fn who_cannot_be_elected_has_votes_that_do_not_count() {
	run(|| {
		(1..=5).for_each(register);
		votes(&[(1, 10), (2, 20), (3, 30), (4, 40), (5, 50)]);
		assert_ok!(Delegates::retire(by(5)));
		Stakes::mutate(|stakes| stakes.insert(account(4), MIN_STAKE - 1));
		Keyed::mutate(|keyed| keyed.retain(|one| *one != account(3)));
		let mut standings = Delegates::standings();
		standings.sort();
		let expected = [(1, 10), (2, 20), (3, 0), (4, 0), (5, 0)];
		assert_eq!(standings, expected.map(|(number, votes)| (account(number), votes)));
		assert_eq!(order(None, 9), accounts(&[2, 1, 3, 4, 5]));
	});
}

#[test]
fn a_delegate_is_read() {
	run(|| {
		register(1);
		votes(&[(1, 1_234)]);
		on_probation(1);
		assert_ok!(Delegates::set_plan(by(1), plan(3, 4)));
		let expected = DelegateView {
			account: account(1),
			profile: profile("delegate-1"),
			plan: plan(10, 20),
			next_plan: Some((12, plan(3, 4))),
			accounts: Accounts { operator: account(1), reward: account(1) },
			votes: 1_234,
			counted: 123,
			own_stake: MIN_STAKE,
			eligible: true,
			retired: false,
			probation: 3,
		};
		assert_eq!(Delegates::delegate(account(1)), Some(expected.clone()));
		let by_name = |name: &str| Delegates::delegate_by_name(profile(name).name);
		assert_eq!(by_name("DELEGATE-1"), Some(expected));
		assert_eq!(by_name("delegate-2"), None);
		assert_eq!(Delegates::delegate(account(2)), None);
		Epoch::set(12);
		let view = Delegates::delegate(account(1)).unwrap();
		assert_eq!((view.plan, view.next_plan), (plan(3, 4), None));
		assert_ok!(Delegates::retire(by(1)));
		let view = Delegates::delegate(account(1)).unwrap();
		assert_eq!(
			(view.eligible, view.retired, view.counted, view.votes),
			(false, true, 0, 1_234)
		);
	});
}
