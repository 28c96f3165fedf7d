// SPDX-License-Identifier: Apache-2.0

//! What was given up, for those who ask.

use crate::entry::{DeadLetter, DeadLetters, Key};
use eventum_primitives::Moment;
use parking_lot::Mutex;
use std::{
	collections::BTreeMap,
	sync::atomic::{AtomicUsize, Ordering},
};

/// Dead letters that are kept.
const MAX_DEAD: usize = 10_000;

/// The dead letters, and how many posts wait.
#[derive(Default)]
pub(crate) struct Graves {
	dead: Mutex<BTreeMap<(Moment, Key), DeadLetter>>,
	pending: AtomicUsize,
}

impl Graves {
	/// Adds a letter; gives the oldest, if there is no room for it any more.
	pub(crate) fn add(&self, key: Key, letter: DeadLetter) -> Option<Key> {
		let mut dead = self.dead.lock();
		dead.insert((letter.at, key), letter);
		if dead.len() > MAX_DEAD {
			dead.pop_first().map(|((_, key), _)| key)
		} else {
			None
		}
	}

	pub(crate) fn set_pending(&self, pending: usize) {
		self.pending.store(pending, Ordering::Relaxed);
	}
}

impl DeadLetters for Graves {
	fn dead_letters(&self) -> Vec<DeadLetter> {
		self.dead.lock().values().cloned().collect()
	}

	fn pending(&self) -> usize {
		self.pending.load(Ordering::Relaxed)
	}
}
