// SPDX-License-Identifier: Apache-2.0

//! Whatever people, nodes and clocks do on the real runtime, every feed comes to an end in time, every
//! hold is released once, and no EVT comes or goes.
//!
//! A [`world::World`] is a chain of ten validation nodes on which chance plays everyone: requesters,
//! reporters, members that do not accept or do not sign, committees that lie, proofs of lies, clocks
//! that halt. All of
//! it goes through real blocks: signed and authorized transactions, hooks, finalization. After each
//! block [`ledger::Ledger`] checks what must hold.
//!
//! | variable | what it says |
//! |---|---|
//! | `EVENTUM_CASES` | how many chains are played, 12 if not set |
//! | `EVENTUM_SEED` | play this chain alone; a failure tells its seed |

mod committee;
mod dice;
mod ledger;
mod liars;
mod people;
mod world;

use dice::Dice;
use world::World;

/// Chains that are played where nobody asks for more.
const CASES: u64 = 12;

fn number(variable: &str) -> Option<u64> {
	std::env::var(variable).ok().map(|text| text.parse().expect("a number"))
}

/// Tells how to play a chain again that failed.
struct Failure(u64);

impl Drop for Failure {
	fn drop(&mut self) {
		if std::thread::panicking() {
			eprintln!("play it again with EVENTUM_SEED={}", self.0);
		}
	}
}

#[test]
fn every_feed_ends_and_nothing_is_lost() {
	world::heed_errors();
	let seeds = match number("EVENTUM_SEED") {
		Some(seed) => seed..seed + 1,
		None => 0..number("EVENTUM_CASES").unwrap_or(CASES),
	};
	let mut seen = ledger::Seen::default();
	for seed in seeds.clone() {
		let failure = Failure(seed);
		let mut world = World::new(Dice::new(seed));
		world.play();
		seen.add(world.finish());
		drop(failure);
	}
	eprintln!("{seen:?}");
	// Chance has played everything that there is to play.
	if seeds.end - seeds.start >= CASES {
		seen.assert_everything();
	}
}
