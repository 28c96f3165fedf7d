// SPDX-License-Identifier: Apache-2.0

//! What paying costs does not depend on how many vote.

use crate::mock::*;

/// Storage items written, and nodes of the state read, by paying so many voters.
fn cost_of_paying(voters: u32) -> (usize, usize) {
	let mut chain = chain_with(FUNDS, vec![]);
	chain.execute_with(|| {
		MaxBuckets::set(u32::MAX);
		for index in 0..voters {
			create((index % 90) as u8, ANNA, 100, 91);
		}
		next_epoch();
	});
	chain.commit_all().unwrap();
	let written = chain.execute_with(|| {
		assert_eq!(reward(ANNA, 1_000), 1_000);
		System::reset_events();
		Staking::do_reward(&RESERVE, &ANNA, 1)
	});
	assert_eq!(written, 1);
	let written = chain.overlayed_changes().changes().count();
	chain.commit_all().unwrap();
	let (_, proof) = chain.execute_and_prove(|| reward(ANNA, 1_000));
	(written, proof.iter_nodes().count())
}

#[test]
fn paying_costs_the_same_for_ten_voters_and_for_a_hundred_thousand() {
	let (few, many) = (cost_of_paying(10), cost_of_paying(100_000));
	println!("items written and nodes read: 10 voters {few:?}, 100,000 voters {many:?}");
	assert_eq!(few.0, many.0);
	// Paths in a state of ten thousand times as many items are a few nodes longer, 16 ways each.
	assert!(many.1 <= few.1 + 6 * 8, "{few:?} {many:?}");
}
