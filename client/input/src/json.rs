// SPDX-License-Identifier: Apache-2.0

//! JSON that loses nothing: numbers keep their digits, objects their order and their repeated keys,
//! so that money is never rounded and mistakes can be named.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Objects and lists inside each other at most.
const MAX_DEPTH: usize = 16;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
	/// `null`.
	Null,
	/// `true` or `false`.
	Bool(bool),
	/// A number as it was written.
	Number(String),
	/// Text.
	Text(String),
	/// A list.
	List(Vec<Self>),
	/// Keys and values in the order in which they were written.
	Object(Vec<(String, Self)>),
}

impl Json {
	/// Reads one value; the error says where the text is no JSON.
	pub fn parse(text: &str) -> Result<Self, String> {
		let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
		Self::read(raw, 0)
	}

	fn read(raw: &RawValue, depth: usize) -> Result<Self, String> {
		let text = raw.get().trim();
		if depth > MAX_DEPTH {
			return Err(format!("more than {MAX_DEPTH} objects and lists are inside each other"));
		}
		// The line and column that the error names are those within this part.
		let broken = |error: serde_json::Error| {
			let error = error.to_string();
			format!("{} in {text}", error.split(" at line ").next().unwrap_or_default())
		};
		Ok(match text.as_bytes().first() {
			Some(b'n') => Self::Null,
			Some(b't') => Self::Bool(true),
			Some(b'f') => Self::Bool(false),
			Some(b'"') => Self::Text(serde_json::from_str(text).map_err(broken)?),
			Some(b'[') => {
				let parts: Vec<&RawValue> = serde_json::from_str(text).map_err(broken)?;
				let read = parts.into_iter().map(|part| Self::read(part, depth + 1));
				Self::List(read.collect::<Result<_, _>>()?)
			}
			Some(b'{') => {
				let Pairs(pairs) = serde_json::from_str(text).map_err(broken)?;
				let read = pairs
					.into_iter()
					.map(|(key, value)| Ok::<_, String>((key, Self::read(value, depth + 1)?)));
				Self::Object(read.collect::<Result<_, _>>()?)
			}
			_ => Self::Number(text.to_string()),
		})
	}

	/// Whether this stands for nothing: `null`, or the text `None` that older tools write.
	pub fn is_none(&self) -> bool {
		matches!(self, Self::Null) || matches!(self, Self::Text(text) if text == "None")
	}

	/// The digits of a number, or of a number given as text.
	pub fn digits(&self) -> Option<&str> {
		match self {
			Self::Number(text) | Self::Text(text) => Some(text),
			_ => None,
		}
	}
}

impl fmt::Display for Json {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Null => f.write_str("null"),
			Self::Bool(value) => write!(f, "{value}"),
			Self::Number(text) => f.write_str(text),
			Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
			Self::List(parts) => {
				f.write_str("[")?;
				for (place, part) in parts.iter().enumerate() {
					write!(f, "{}{part}", if place > 0 { ", " } else { "" })?;
				}
				f.write_str("]")
			}
			Self::Object(pairs) => {
				f.write_str("{")?;
				for (place, (key, value)) in pairs.iter().enumerate() {
					let comma = if place > 0 { ", " } else { "" };
					write!(f, "{comma}{}: {value}", serde_json::Value::from(key.as_str()))?;
				}
				f.write_str("}")
			}
		}
	}
}

/// An object's pairs, repeated keys included.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		struct Reader;
		impl<'de> Visitor<'de> for Reader {
			type Value = Pairs<'de>;

			fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				f.write_str("an object")
			}

			fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
				let mut pairs = Vec::new();
				while let Some(pair) = map.next_entry()? {
					pairs.push(pair);
				}
				Ok(Pairs(pairs))
			}
		}
		deserializer.deserialize_map(Reader)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn digits_order_and_repetitions_are_kept() {
		let json = Json::parse(r#" {"b": 1.10e2, "a": [null, "x\n", true], "b": -0} "#).unwrap();
		let Json::Object(pairs) = &json else { panic!("{json}") };
		let keys: Vec<_> = pairs.iter().map(|(key, _)| key.as_str()).collect();
		assert_eq!(keys, ["b", "a", "b"]);
		assert_eq!(pairs[0].1, Json::Number("1.10e2".into()));
		assert_eq!(json.to_string(), r#"{"b": 1.10e2, "a": [null, "x\n", true], "b": -0}"#);
	}

	#[test]
	fn what_is_no_json_is_refused() {
		for text in ["", "{", "nul", "{\"a\":NaN}", "1 2", "[1,]"] {
			assert!(Json::parse(text).is_err(), "{text}");
		}
		assert!(Json::parse(&format!("{}{}", "[".repeat(40), "]".repeat(40))).is_err());
	}
}
