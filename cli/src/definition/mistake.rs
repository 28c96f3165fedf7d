// SPDX-License-Identifier: Apache-2.0

//! What is wrong in a definition, and what would be right.

use std::fmt;

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
	/// The feed, by name or by place; empty for the file itself.
	pub feed: String,
	/// The key; empty for the feed itself.
	pub key: String,
	/// What stands there.
	pub value: String,
	/// What would be right.
	pub right: String,
}

impl fmt::Display for Mistake {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if !self.feed.is_empty() {
			write!(f, "feed {}: ", self.feed)?;
		}
		if !self.key.is_empty() {
			write!(f, "{}: ", self.key)?;
		}
		write!(f, "{}; it should be {}", self.value, self.right)
	}
}

/// All mistakes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistakes {
	/// A single mistake.
	pub fn one(feed: &str, key: &str, value: &str, right: &str) -> Self {
		let mut mistakes = Self::default();
		mistakes.add(feed, key, value, right);
		mistakes
	}

	/// Adds a mistake; a value is cut where it gets too long to read.
	pub fn add(&mut self, feed: &str, key: &str, value: &str, right: &str) {
		let mut shown: String = value.chars().take(80).collect();
		if shown.len() < value.len() {
			shown.push('…');
		}
		let (feed, key, right) = (feed.to_string(), key.to_string(), right.to_string());
		self.0.push(Mistake { feed, key, value: shown, right });
	}

	/// Adds others.
	pub fn extend(&mut self, others: Self) {
		self.0.extend(others.0);
	}

	/// Fails if there are any.
	pub fn none(self) -> Result<(), Self> {
		if self.0.is_empty() {
			Ok(())
		} else {
			Err(self)
		}
	}
}

impl fmt::Display for Mistakes {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for (place, mistake) in self.0.iter().enumerate() {
			write!(f, "{}{mistake}", if place > 0 { "\n" } else { "" })?;
		}
		Ok(())
	}
}

impl std::error::Error for Mistakes {}
