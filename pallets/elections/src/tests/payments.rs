// SPDX-License-Identifier: Apache-2.0

//! What an epoch pays, and what it costs.

use crate::{mock::*, Event, Oldest, Statements, Unpaid, Work, BEST, KEPT_EPOCHS, PAID_PER_BLOCK};
use eventum_primitives::{
	delegate::Plan, epoch::Size, rules::probation::Production, Balance, EpochIndex,
};
use proptest::prelude::*;
use sp_runtime::Percent;

/// Per block: 60 % of a thousandth of the reserve, for each of 60 slots.
const PER_BLOCK: Balance = RESERVE * 6 / 10 / 1_000 / 60;
/// For votes: 40 % of it.
const FOR_VOTES: Balance = RESERVE * 4 / 10 / 1_000;

fn balance(number: u8) -> Balance {
	Balances::free_balance(account_of(number))
}

/// What the delegate with this number has kept so far.
fn kept(number: u8) -> Balance {
	balance(100 + number)
}

fn voters() -> Balance {
	Balances::free_balance(voters_account()) - 1
}

fn share(number: u8, blocks: u8, epochs: u8) {
	let plan =
		Plan { blocks: Percent::from_percent(blocks), epochs: Percent::from_percent(epochs) };
	Plans::mutate(|all| all.insert(account_of(number), plan));
}

/// What the set that is active did, by number.
fn produced() -> Vec<(u8, Production)> {
	let (term, work) = (Elections::active(), Work::<Test>::get());
	let members = term.members.iter().zip(0..);
	members.map(|(one, place)| (number_of(one), work.of(Some(place)))).collect()
}

#[test]
fn blocks_and_votes_are_paid() {
	run(|| {
		// Votes of 10 to 60; delegate 2 is not alive.
		epoch(FIRST + 1, [1, 3, 4, 5, 6]);
		assert_eq!(Elections::epoch(), FIRST, "it is not paid yet");
		pay();
		assert_eq!(Elections::epoch(), FIRST + 1);
		let votes = |number: Balance| FOR_VOTES * number / (1 + 3 + 4 + 5 + 6);
		// The chain began with the first slot, so that 61 blocks count.
		assert_eq!(kept(1), 16 * PER_BLOCK + votes(1));
		assert_eq!(kept(2), 15 * PER_BLOCK);
		assert_eq!(kept(3), 15 * PER_BLOCK + votes(3));
		assert_eq!(kept(4), 15 * PER_BLOCK + votes(4));
		assert_eq!(kept(5), votes(5));
		assert_eq!(kept(6), votes(6));
		let paid: Balance = (1..=6).map(kept).sum();
		assert_eq!(balance(200), RESERVE - paid);
		assert_eq!(voters(), 0);
		System::assert_has_event(Event::<Test>::EpochPaid { epoch: FIRST }.into());
	});
}

#[test]
fn what_is_missed_stays_in_the_reserve() {
	run(|| {
		blocks_to(631);
		block(642);
		blocks_to(first_slot(FIRST + 1));
		let blocks = 61 - 10;
		pay();
		assert_eq!(balance(200), RESERVE - blocks * PER_BLOCK, "nobody proved life");
	});
}

#[test]
fn plans_split_both_parts() {
	run(|| {
		share(1, 50, 100);
		share(3, 0, 25);
		epoch(FIRST + 1, [1, 3]);
		pay();
		let votes = |number: Balance| FOR_VOTES * number / 4;
		let shared = 8 * PER_BLOCK + votes(1) + votes(3) / 4;
		assert_eq!(voters(), shared);
		assert_eq!(kept(1), 8 * PER_BLOCK);
		assert_eq!(kept(3), 15 * PER_BLOCK + votes(3) - votes(3) / 4);
		let statement = Statements::<Test>::get(FIRST, account_of(1)).unwrap();
		assert_eq!(statement.production, Production { made: 16, missed: 0 });
		assert_eq!((statement.blocks, statement.epochs), (16 * PER_BLOCK, votes(1)));
		assert_eq!((statement.voters, statement.kept), (8 * PER_BLOCK + votes(1), kept(1)));
		assert_eq!((statement.votes, statement.plan.epochs), (10, Percent::one()));
		let event = Event::<Test>::Paid {
			delegate: account_of(1),
			epoch: FIRST,
			kept: statement.kept,
			voters: statement.voters,
		};
		System::assert_has_event(event.into());
	});
}

#[test]
fn what_nobody_can_take_stays_in_the_reserve() {
	run(|| {
		share(1, 50, 0);
		Idle::set(accounts([1]));
		epoch(FIRST + 1, []);
		// Resigned since: there is no account to pay to.
		Votes::mutate(|votes| votes.remove(&account_of(2)));
		pay();
		assert_eq!((kept(1), voters()), (8 * PER_BLOCK, 0));
		assert_eq!(kept(2), 0);
		assert_eq!(balance(200), RESERVE - (8 + 15 + 15) * PER_BLOCK);
		assert_eq!(Statements::<Test>::get(FIRST, account_of(1)).unwrap().voters, 0);
	});
}

#[test]
fn only_the_best_with_votes_that_count_are_paid_for_votes() {
	let many = BEST as u8 + 20;
	chain(4, Size { members: 4, producers: 4 }).execute_with(|| {
		// Numbers 5 to 24 have the fewest votes.
		Votes::set((1..=many).map(|one| (account_of(one), Balance::from(one) * 10)).collect());
		Votes::mutate(|all| all.insert(account_of(60), 0));
		block(first_slot(FIRST));
		let everyone: std::collections::BTreeSet<_> = Votes::get().into_keys().collect();
		crate::Alive::<Test>::put(frame_support::BoundedBTreeSet::try_from(everyone).unwrap());
		blocks_to(first_slot(FIRST + 1));
		let closing = Unpaid::<Test>::get().unwrap();
		let paid: Vec<u8> = closing
			.dues
			.iter()
			.filter(|due| due.votes > 0)
			.map(|due| number_of(&due.delegate))
			.collect();
		assert_eq!(paid, (20..=many).filter(|one| *one != 60).collect::<Vec<_>>());
		assert_eq!(closing.votes, closing.dues.iter().map(|due| due.votes).sum::<Balance>());
		assert_eq!(closing.dues.len(), many as usize, "all of them get a statement");
	});
}

#[test]
fn paying_takes_several_blocks_and_then_the_epoch_moves_on() {
	let many = 2 * PAID_PER_BLOCK as u8 + 1;
	chain(many, Size { members: 36, producers: 24 }).execute_with(|| {
		block(first_slot(FIRST));
		blocks_to(first_slot(FIRST + 1));
		for left in [33, 17, 1] {
			assert_eq!(Unpaid::<Test>::get().unwrap().dues.len(), left);
			assert_eq!(Elections::epoch(), FIRST);
			block(Slot::get() + 1);
		}
		assert!(!Unpaid::<Test>::exists());
		assert_eq!(Elections::epoch(), FIRST + 1);
	});
}

#[test]
fn an_epoch_is_paid_before_the_next_one_is_reckoned() {
	let many = 2 * PAID_PER_BLOCK as u8;
	chain(many, Size { members: 36, producers: 24 }).execute_with(|| {
		block(first_slot(FIRST));
		blocks_to(first_slot(FIRST + 1));
		block(first_slot(FIRST + 4));
		let statements = Statements::<Test>::iter_prefix(FIRST).count();
		assert_eq!(statements, many as usize, "the rest was paid at once");
		assert_eq!(Unpaid::<Test>::get().unwrap().epoch, FIRST + 1);
		Elections::do_try_state().unwrap();
		pay();
		assert_eq!(Elections::epoch(), FIRST + 4);
	});
}

#[test]
fn who_misses_too_much_is_on_probation() {
	run(|| {
		epoch(FIRST + 1, []);
		pay();
		let slots = first_slot(FIRST + 1) + 2..=first_slot(FIRST + 2);
		// The owner of one place makes 12 of its 15 slots, another one 13.
		let made = |slot: &u64| !matches!(slot % 60, 9 | 13 | 17 | 10 | 14);
		slots.filter(made).for_each(block);
		let poor = |number| Probation::get().get(&account_of(number)).copied();
		pay();
		let statement = |number| Statements::<Test>::get(FIRST + 1, account_of(number)).unwrap();
		for number in 1..=6 {
			let expected = (statement(number).production.missed == 3).then_some(6);
			assert_eq!(poor(number), expected, "{:?}", statement(number).production);
		}
		assert_eq!(Probation::get().len(), 1);
		let delegate = Probation::get().into_keys().next().unwrap();
		System::assert_has_event(Event::<Test>::OnProbation { delegate, epochs: 6 }.into());
	});
}

#[test]
fn who_is_absent_for_a_whole_epoch_is_slashed() {
	run(|| {
		// Nobody is for the epoch in which the chain began.
		epoch(FIRST + 1, [1]);
		pay();
		assert_eq!(Absences::get(), []);
		let dead: Vec<u8> = produced()
			.iter()
			.filter(|(_, one)| one.owned() == 0)
			.map(|(number, _)| *number)
			.collect();
		assert!(dead.len() >= 2);
		let silent: Vec<_> = Elections::active().members.iter().skip(4).map(number_of).collect();
		epoch(FIRST + 2, [silent[0]]);
		pay();
		assert_eq!(Absences::get(), [(account_of(silent[1]), FIRST + 1)], "producers made blocks");
	});
}

#[test]
fn a_producer_without_blocks_that_proves_life_is_not_absent() {
	run(|| {
		epoch(FIRST + 1, []);
		pay();
		let members = Elections::active().members;
		let skip = |slot: &u64| slot % 4 != 2 && slot % 4 != 3;
		for member in members.iter().filter(|one| **one != members[2]) {
			beat(number_of(member)).unwrap();
		}
		(Slot::get() + 1..=first_slot(FIRST + 2)).filter(skip).for_each(block);
		pay();
		assert_eq!(Absences::get(), [(members[2].clone(), FIRST + 1)]);
	});
}

#[test]
fn a_halt_excuses_both_epochs_that_it_touches() {
	run(|| {
		epoch(FIRST + 1, []);
		pay();
		block(first_slot(FIRST + 2) + 3);
		pay();
		blocks_to(first_slot(FIRST + 3));
		pay();
		assert_eq!(Absences::get(), []);
		blocks_to(first_slot(FIRST + 4));
		pay();
		assert_eq!(Absences::get().len(), 2, "the members that do not produce");
	});
}

#[test]
fn statements_are_kept_for_ninety_epochs() {
	run(|| {
		let last = FIRST + KEPT_EPOCHS + 3;
		for next in FIRST + 1..=last {
			block(first_slot(next) - 1);
			block(first_slot(next));
			pay();
		}
		let kept: std::collections::BTreeSet<EpochIndex> =
			Statements::<Test>::iter_keys().map(|(epoch, _)| epoch).collect();
		let expected: Vec<_> = (last - KEPT_EPOCHS..last).collect();
		assert_eq!(kept.into_iter().collect::<Vec<_>>(), expected);
		assert_eq!(Oldest::<Test>::get(), last - KEPT_EPOCHS);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(32))]

	/// Whoever makes blocks and proves life, and whatever it shares: nothing is made, nothing is lost,
	/// and no more is spent than an epoch may.
	#[test]
	fn what_is_paid_comes_from_the_reserve(
		plans in prop::collection::vec((0u8..=100, 0u8..=100), 6),
		alive in prop::collection::btree_set(1u8..=6, 0..=6),
		skipped in prop::collection::vec(any::<bool>(), 59),
	) {
		run(|| {
			for ((blocks, epochs), number) in plans.iter().zip(1..) {
				share(number, *blocks, *epochs);
			}
			let issued = Balances::total_issuance();
			alive.iter().for_each(|number| beat(*number).unwrap());
			for (slot, skip) in (first_slot(FIRST) + 1..).zip(&skipped) {
				if !skip {
					block(slot);
				}
			}
			block(first_slot(FIRST + 1));
			pay();
			let kept: Balance = (1..=6).map(kept).sum();
			assert_eq!(Balances::total_issuance(), issued);
			assert_eq!(balance(200) + kept + voters(), RESERVE);
			assert!(kept + voters() <= RESERVE / 1_000 + PER_BLOCK, "and a block for the first slot");
			for (_, statement) in Statements::<Test>::iter_prefix(FIRST) {
				assert_eq!(statement.kept + statement.voters, statement.blocks + statement.epochs);
			}
		});
	}
}
