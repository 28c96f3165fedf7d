// SPDX-License-Identifier: Apache-2.0

//! Writing JSON byte for byte.
//!
//! Every member must make the same bytes of the same outcome, and decimals must come out with
//! exactly the places that their definition has. General serializers leave key order and numbers to
//! how they were built, so the little that is needed is written here; only the escaping of strings
//! is theirs.

use std::fmt::Write;

/// A JSON string.
pub(crate) fn string(text: &str) -> String {
	serde_json::Value::from(text).to_string()
}

/// A JSON string of bytes that are UTF-8 by definition.
pub(crate) fn text(bytes: &[u8]) -> String {
	string(&String::from_utf8_lossy(bytes))
}

/// A JSON number: `mantissa` / 10^`decimals` with exactly so many places.
pub(crate) fn decimal(mantissa: i128, decimals: u8) -> String {
	let places = usize::from(decimals);
	let sign = if mantissa < 0 { "-" } else { "" };
	let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = places + 1);
	let (whole, fraction) = digits.split_at(digits.len() - places);
	let point = if places == 0 { "" } else { "." };
	format!("{sign}{whole}{point}{fraction}")
}

/// A JSON list of values that are JSON already.
pub(crate) fn list(values: impl IntoIterator<Item = String>) -> String {
	format!("[{}]", values.into_iter().collect::<Vec<_>>().join(","))
}

/// A JSON object, its keys in the order in which they are added.
#[derive(Default)]
pub(crate) struct Object(String);

impl Object {
	/// Adds a key with a value that is JSON already.
	pub(crate) fn with(mut self, key: &str, value: impl std::fmt::Display) -> Self {
		let comma = if self.0.is_empty() { "" } else { "," };
		// Writing to a string does not fail.
		let _ = write!(self.0, "{comma}{}:{value}", string(key));
		self
	}

	/// The object.
	pub(crate) fn finish(self) -> String {
		format!("{{{}}}", self.0)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn decimals_keep_their_places() {
		assert_eq!(decimal(12_500_000, 6), "12.500000");
		assert_eq!(decimal(-5, 2), "-0.05");
		assert_eq!(decimal(0, 3), "0.000");
		assert_eq!(decimal(-7, 0), "-7");
		assert_eq!(decimal(i128::MIN, 12), "-170141183460469231731687303.715884105728");
	}

	#[test]
	fn strings_are_escaped_and_keys_keep_their_order() {
		let object = Object::default().with("z", string("a\"b\n")).with("a\\", list([]));
		assert_eq!(object.finish(), r#"{"z":"a\"b\n","a\\":[]}"#);
	}
}
