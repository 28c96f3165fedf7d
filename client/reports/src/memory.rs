// SPDX-License-Identifier: Apache-2.0

//! Memory that is bounded by counting: who wants to keep bytes takes a share first, or does not keep them.

use std::sync::{
	atomic::{AtomicUsize, Ordering},
	Arc,
};

/// A bounded amount of memory.
#[derive(Clone, Debug)]
pub struct Memory {
	used: Arc<AtomicUsize>,
	limit: usize,
}

/// A share of a [`Memory`], given back when dropped.
#[derive(Debug)]
pub struct Permit {
	used: Arc<AtomicUsize>,
	bytes: usize,
}

impl Memory {
	/// So many bytes.
	pub fn new(limit: usize) -> Self {
		Self { used: Arc::default(), limit }
	}

	/// Takes `bytes`, if they are free.
	pub fn take(&self, bytes: usize) -> Option<Permit> {
		let fits = |used: usize| used.checked_add(bytes).filter(|sum| *sum <= self.limit);
		self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits).ok()?;
		Some(Permit { used: self.used.clone(), bytes })
	}

	/// Bytes taken.
	pub fn used(&self) -> usize {
		self.used.load(Ordering::Relaxed)
	}
}

impl Drop for Permit {
	fn drop(&mut self) {
		self.used.fetch_sub(self.bytes, Ordering::Relaxed);
	}
}
