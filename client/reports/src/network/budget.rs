// SPDX-License-Identifier: Apache-2.0

//! What one peer may send: so many bytes and messages a second, with some of both saved up.

use std::time::Instant;

/// Seconds whose allowance can be saved up.
const SAVED: f64 = 4.0;

/// How much a peer may send in a second.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
	/// Bytes.
	pub bytes: f64,
	/// Messages.
	pub messages: f64,
}

/// A peer's account.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
	rate: Rate,
	bytes: f64,
	messages: f64,
	at: Instant,
}

impl Budget {
	/// A full account.
	pub fn new(rate: Rate, now: Instant) -> Self {
		let (bytes, messages) = (rate.bytes * SAVED, rate.messages * SAVED);
		Self { rate, bytes, messages, at: now }
	}

	/// Takes what the peer sent from its account; false, and nothing taken, if it holds too little.
	pub fn spend(&mut self, bytes: usize, messages: usize, now: Instant) -> bool {
		let seconds = now.saturating_duration_since(self.at).as_secs_f64();
		self.at = now;
		let Rate { bytes: per_byte, messages: per_message } = self.rate;
		self.bytes = (self.bytes + seconds * per_byte).min(per_byte * SAVED);
		self.messages = (self.messages + seconds * per_message).min(per_message * SAVED);
		let (bytes, messages) = (bytes as f64, messages as f64);
		let enough = bytes <= self.bytes && messages <= self.messages;
		if enough {
			self.bytes -= bytes;
			self.messages -= messages;
		}
		enough
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::time::Duration;

	const RATE: Rate = Rate { bytes: 1_000.0, messages: 10.0 };

	#[test]
	fn bytes_and_messages_are_both_limited() {
		let start = Instant::now();
		let mut budget = Budget::new(RATE, start);
		assert!(budget.spend(3_000, 1, start));
		assert!(!budget.spend(1_001, 1, start), "four seconds are saved up");
		assert!(budget.spend(1_000, 39, start));
		assert!(!budget.spend(0, 1, start), "no messages left");
	}

	#[test]
	fn an_account_fills_up_again_to_its_limit() {
		let start = Instant::now();
		let mut budget = Budget::new(RATE, start);
		assert!(budget.spend(4_000, 40, start));
		let later = start + Duration::from_secs(1);
		assert!(!budget.spend(1_001, 1, later));
		assert!(budget.spend(1_000, 10, later));
		let much_later = start + Duration::from_secs(100);
		assert!(!budget.spend(4_001, 1, much_later));
		assert!(budget.spend(4_000, 1, much_later));
	}
}
