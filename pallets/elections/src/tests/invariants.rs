// SPDX-License-Identifier: Apache-2.0

//! What is wrong is seen.

use crate::{
	mock::*, Active, Ballot, Due, Epoch, Frozen, Oldest, Queued, SetSize, Statements, Term, Unpaid,
	Work,
};
use eventum_primitives::epoch::{Size, Statement};
use frame_support::assert_ok;

/// Does damage to a chain that pays an epoch, and has the members of the next one fixed.
fn is_seen(damage: impl FnOnce()) {
	chain(20, Size { members: 36, producers: 4 }).execute_with(|| {
		block(first_slot(FIRST));
		blocks_to(first_slot(FIRST + 1));
		block(first_slot(FIRST + 1) + 1);
		assert!(Unpaid::<Test>::exists());
		let term = Active::<Test>::get();
		Frozen::<Test>::put(Ballot { term, frozen_at: 1 });
		assert_ok!(Elections::do_try_state());
		damage();
		assert!(Elections::do_try_state().is_err());
	});
}

fn twice() -> Term {
	Term { members: accounts([1, 1, 2, 3]).try_into().unwrap(), producers: 2 }
}

fn damage_ballot(damage: impl FnOnce(&mut Ballot)) {
	Frozen::<Test>::mutate(|slot| damage(slot.as_mut().unwrap()));
}

#[test]
fn damaged_sets_are_seen() {
	is_seen(|| Active::<Test>::put(twice()));
	is_seen(|| Active::<Test>::mutate(|term| term.producers = 21));
	is_seen(|| Active::<Test>::mutate(|term| term.producers = 3));
	is_seen(|| Queued::<Test>::put(twice()));
	is_seen(|| damage_ballot(|ballot| ballot.term.members = twice().members));
	is_seen(|| damage_ballot(|ballot| ballot.term.members.truncate(3)));
	is_seen(|| damage_ballot(|ballot| ballot.frozen_at = 10_000));
	is_seen(|| SetSize::<Test>::put(Size { members: 40, producers: 4 }));
	is_seen(|| Work::<Test>::mutate(|work| work.slot = Some(u64::MAX)));
}

#[test]
fn damaged_payments_are_seen() {
	is_seen(|| Epoch::<Test>::put(FIRST + 2));
	is_seen(|| Epoch::<Test>::put(FIRST - 1));
	is_seen(|| Oldest::<Test>::put(FIRST + 1));
	is_seen(|| Unpaid::<Test>::mutate(|slot| slot.as_mut().unwrap().dues.clear()));
	is_seen(|| {
		Unpaid::<Test>::mutate(|slot| {
			let dues = &mut slot.as_mut().unwrap().dues;
			let again: Due = dues[0].clone();
			dues.try_push(again).unwrap();
		})
	});
	let statement =
		|| -> Statement { Statements::<Test>::iter_prefix_values(FIRST).next().unwrap() };
	is_seen(|| {
		let due = Unpaid::<Test>::get().unwrap().dues[0].delegate.clone();
		Statements::<Test>::insert(FIRST, due, statement());
	});
	is_seen(|| {
		let statement = statement();
		Unpaid::<Test>::kill();
		Statements::<Test>::insert(FIRST, account_of(50), statement);
	});
}
