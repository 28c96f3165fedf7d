// SPDX-License-Identifier: Apache-2.0

//! What a report holds: the keys `data_type`, `fields`, `options` and what belongs to them.

use super::{keys, mistake::Mistakes, reader::Reader};
use crate::json::Json;
use eventum_primitives::{
	definition::{
		ChoiceOption, Field, FieldType, Fields, Name, ScalarType, MAX_ANSWER, MAX_DECIMALS,
		MAX_FIELDS, MAX_NAME, MAX_OPTIONS, MAX_TEXT,
	},
	value::{canonical_text, padded_length},
};
use sp_core::ConstU32;
use sp_runtime::BoundedVec;

const DEFAULT_DECIMALS: u32 = 6;
const DEFAULT_LENGTH: u32 = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
	Boolean,
	Integer,
	Float,
	Text,
	Categorical,
}

const KINDS: [(&str, Kind); 5] = [
	("boolean", Kind::Boolean),
	("integer", Kind::Integer),
	("float", Kind::Float),
	("string", Kind::Text),
	("categorical", Kind::Categorical),
];

/// Reads the fields of a feed.
pub(super) fn read(feed: &Reader<'_>) -> Option<Fields> {
	let fields = match (feed.get("fields"), feed.get("data_type")) {
		(None, _) => vec![Field { name: Name::default(), field_type: field_type(feed)? }],
		(Some(json), Some(_)) => {
			feed.wrong("fields", &json.to_string(), "left out, or given instead of data_type");
			return None;
		}
		(Some(Json::List(parts)), None) if (1..=MAX_FIELDS as usize).contains(&parts.len()) => {
			let read = parts.iter().enumerate();
			// All of them are read, so that all mistakes are found.
			let read: Vec<Option<Field>> = read
				.map(|(place, json)| feed.inner(named_field(feed.feed(), place, json)))
				.collect();
			refuse_repetitions(feed, &read);
			read.into_iter().collect::<Option<_>>()?
		}
		(Some(other), None) => {
			let value = match other {
				Json::List(parts) => format!("a list of {}", parts.len()),
				other => other.to_string(),
			};
			feed.wrong("fields", &value, "a list of 1 to 16 fields");
			return None;
		}
	};
	let fields: Fields = fields.try_into().ok()?;
	let length = padded_length(&fields);
	if length > MAX_ANSWER {
		let key = if feed.get("fields").is_some() { "fields" } else { "data_type" };
		let value = format!("{length} bytes, all values padded together");
		feed.wrong(key, &value, "at most 976 bytes: lower max_length or use fewer fields");
		return None;
	}
	Some(fields)
}

fn refuse_repetitions(feed: &Reader<'_>, read: &[Option<Field>]) {
	for (place, field) in read.iter().enumerate() {
		let Some(Field { name, .. }) = field else { continue };
		let mut earlier = read.iter().take(place).flatten();
		if earlier.any(|other| look_alike(&other.name, name)) {
			let value = Json::Text(crate::values::label(name)).to_string();
			let right = "a name that no other field has; case and spacing do not count";
			feed.wrong(&format!("fields[{place}].name"), &value, right);
		}
	}
}

fn named_field(feed: &str, place: usize, json: &Json) -> Result<Field, Mistakes> {
	let reader = Reader::within(feed, &format!("fields[{place}]"), json, keys::FIELD, &[])?;
	let name: Name = reader.name("name", MAX_NAME);
	let field_type = field_type(&reader);
	match field_type {
		Some(field_type) if reader.is_sound() => Ok(Field { name, field_type }),
		_ => Err(reader.into_mistakes()),
	}
}

fn field_type(reader: &Reader<'_>) -> Option<FieldType> {
	let kind = reader.word("data_type", &KINDS, None);
	let belongs = [
		("options", Kind::Categorical),
		("multiple", Kind::Categorical),
		("decimals", Kind::Float),
		("max_length", Kind::Text),
	];
	for (key, to) in belongs {
		if let Some(json) = reader.get(key).filter(|_| kind != to) {
			let word = KINDS.iter().find(|(_, kind)| *kind == to).map_or("", |(word, _)| word);
			let right = format!("left out: it belongs to data_type \"{word}\"");
			reader.wrong(key, &json.to_string(), &right);
		}
	}
	match kind {
		Kind::Categorical => Some(FieldType::Categorical {
			options: options(reader)?,
			multiple: reader.flag("multiple", false),
		}),
		_ => scalar(reader, kind).map(FieldType::Scalar),
	}
}

fn scalar(reader: &Reader<'_>, kind: Kind) -> Option<ScalarType> {
	Some(match kind {
		Kind::Boolean => ScalarType::Boolean,
		Kind::Integer => ScalarType::Integer,
		Kind::Float => {
			let most = u32::from(MAX_DECIMALS);
			let decimals = reader.whole("decimals", 0..=most, Some(DEFAULT_DECIMALS));
			ScalarType::Float { decimals: decimals as u8 }
		}
		Kind::Text => {
			let most = u32::from(MAX_TEXT);
			let length = reader.whole("max_length", 1..=most, Some(DEFAULT_LENGTH));
			ScalarType::Text { max_length: length as u16 }
		}
		Kind::Categorical => return None,
	})
}

fn options(reader: &Reader<'_>) -> Option<BoundedVec<ChoiceOption, ConstU32<MAX_OPTIONS>>> {
	let right = "a list of 2 to 64 options: labels, or {\"name\", \"data_type\"} that hold a value";
	let parts = match reader.get("options") {
		Some(Json::List(parts)) if (2..=MAX_OPTIONS as usize).contains(&parts.len()) => parts,
		other => {
			let value = match other {
				Some(Json::List(parts)) => format!("a list of {}", parts.len()),
				Some(json) => json.to_string(),
				None => "missing".into(),
			};
			reader.wrong("options", &value, right);
			return None;
		}
	};
	let mut options: Vec<ChoiceOption> = Vec::new();
	for (place, json) in parts.iter().enumerate() {
		let key = format!("options[{place}]");
		let option = match json {
			Json::Text(label) => match Name::try_from(label.as_bytes().to_vec()) {
				Ok(name) if !canonical_text(label).is_empty() => ChoiceOption { name, value: None },
				_ => {
					reader.wrong(&key, &json.to_string(), "a label of 1 to 64 bytes, not blank");
					continue;
				}
			},
			_ => match reader.inner(typed_option(reader.feed(), &key, json)) {
				Some(option) => option,
				None => continue,
			},
		};
		let same = |other: &ChoiceOption| look_alike(&other.name, &option.name);
		if options.iter().any(same) {
			let right = "a label that no other option has; case and spacing do not count";
			reader.wrong(&key, &json.to_string(), right);
		}
		options.push(option);
	}
	options.try_into().ok()
}

/// Whether people who read two names may take them for one.
fn look_alike(one: &Name, other: &Name) -> bool {
	let canonical = |name| canonical_text(&crate::values::label(name));
	canonical(one) == canonical(other)
}

fn typed_option(feed: &str, key: &str, json: &Json) -> Result<ChoiceOption, Mistakes> {
	let reader = Reader::within(feed, key, json, keys::OPTION, &[])?;
	let name: Name = reader.name("name", MAX_NAME);
	let kind = reader.word("data_type", &KINDS, None);
	if kind == Kind::Categorical {
		reader.wrong("data_type", "\"categorical\"", "a single value: options hold no options");
	}
	match scalar(&reader, kind) {
		Some(value) if reader.is_sound() => Ok(ChoiceOption { name, value: Some(value) }),
		_ => Err(reader.into_mistakes()),
	}
}
