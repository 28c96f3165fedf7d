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

/// Mistakes of a file that are told one by one; of the others only their number is.
pub const MAX_MISTAKES: usize = 100;
/// Characters of a key or a value that are shown.
const SHOWN: usize = 100;

/// All mistakes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
	/// The first [`MAX_MISTAKES`].
	pub noted: Vec<Mistake>,
	/// How many there are besides.
	pub more: usize,
}

impl Mistakes {
	/// A single mistake.
	pub fn one(feed: &str, key: &str, value: &str, right: &str) -> Self {
		let mut mistakes = Self::default();
		mistakes.add(feed, key, value, right);
		mistakes
	}

	/// Adds a mistake; what stands in the file is cut where it gets too long to read.
	pub fn add(&mut self, feed: &str, key: &str, value: &str, right: &str) {
		if self.is_full() {
			self.more = self.more.saturating_add(1);
			return;
		}
		let (feed, key, value) = (shown(feed), shown(key), shown(value));
		self.noted.push(Mistake { feed, key, value, right: right.into() });
	}

	/// Adds others.
	pub fn extend(&mut self, others: Self) {
		let room = MAX_MISTAKES.saturating_sub(self.noted.len());
		let left_out = others.noted.len().saturating_sub(room);
		self.noted.extend(others.noted.into_iter().take(room));
		self.more = self.more.saturating_add(others.more).saturating_add(left_out);
	}

	/// Whether no more are told one by one.
	pub fn is_full(&self) -> bool {
		self.noted.len() >= MAX_MISTAKES
	}

	/// Whether there are none.
	pub fn is_empty(&self) -> bool {
		self.noted.is_empty()
	}

	/// Fails if there are any.
	pub fn none(self) -> Result<(), Self> {
		if self.is_empty() {
			Ok(())
		} else {
			Err(self)
		}
	}
}

impl fmt::Display for Mistakes {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for (place, mistake) in self.noted.iter().enumerate() {
			write!(f, "{}{mistake}", if place > 0 { "\n" } else { "" })?;
		}
		if self.more > 0 {
			write!(f, "\nand {} more", self.more)?;
		}
		Ok(())
	}
}

impl std::error::Error for Mistakes {}

/// The beginning of what stands in a file, to be shown.
pub(super) fn shown(text: &str) -> String {
	cut(text, SHOWN)
}

/// The first `most` characters of a text, with what cannot be seen, or would change what is seen,
/// written out.
pub(super) fn cut(text: &str, most: usize) -> String {
	let mut shown = String::new();
	let mut characters = text.chars();
	for character in characters.by_ref().take(most) {
		if is_unseen(character) {
			shown.extend(character.escape_unicode());
		} else {
			shown.push(character);
		}
	}
	if characters.next().is_some() {
		shown.push('…');
	}
	shown
}

/// Control characters, and characters that have no width or turn the direction of what follows.
fn is_unseen(character: char) -> bool {
	character.is_control()
		|| matches!(character,
			'\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' |
			'\u{2060}'..='\u{206f}' | '\u{feff}')
}
