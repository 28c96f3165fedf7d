// SPDX-License-Identifier: Apache-2.0

//! What was given up and what fails, for those who ask.

use crate::entry::{DeadLetter, DeadLetters, Key};
use eventum_primitives::Moment;
use parking_lot::Mutex;
use std::{
	collections::BTreeMap,
	sync::atomic::{AtomicUsize, Ordering},
};

/// Dead letters that are kept.
const MAX_DEAD: usize = 10_000;

/// Failing posts that are kept.
const MAX_FAILING: usize = 1_000;

/// The dead letters, the failing posts, and how many posts wait.
#[derive(Default)]
pub(crate) struct Graves {
	dead: Mutex<BTreeMap<(Moment, Key), DeadLetter>>,
	failing: Mutex<BTreeMap<Key, DeadLetter>>,
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

	/// Notes that a post failed and is tried again.
	pub(crate) fn fail(&self, key: Key, letter: DeadLetter) {
		let mut failing = self.failing.lock();
		if failing.len() < MAX_FAILING || failing.contains_key(&key) {
			failing.insert(key, letter);
		}
	}

	/// Notes that a post is not tried again.
	pub(crate) fn end(&self, key: &Key) {
		self.failing.lock().remove(key);
	}

	pub(crate) fn set_pending(&self, pending: usize) {
		self.pending.store(pending, Ordering::Relaxed);
	}
}

impl DeadLetters for Graves {
	fn dead_letters(&self) -> Vec<DeadLetter> {
		self.dead.lock().values().cloned().collect()
	}

	fn failing(&self) -> Vec<DeadLetter> {
		self.failing.lock().values().cloned().collect()
	}

	fn pending(&self) -> usize {
		self.pending.load(Ordering::Relaxed)
	}
}
