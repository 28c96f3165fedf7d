// SPDX-License-Identifier: Apache-2.0

//! Typed values and their canonical form.
//!
//! A canonical answer is one byte for its kind (0 values, 1 undetermined, 2 stop) and, for values,
//! the fields one after the other in SCALE, without type tags, as the feed's definition orders them:
//!
//! | type | form |
//! |---|---|
//! | boolean | `bool` |
//! | integer | `i128` |
//! | float | `i128`, the number × 10^decimals |
//! | text | bytes with compact length, UTF-8 |
//! | categorical | list of (option `u8`, its value if it holds one), options rising |
//!
//! Equal answers have equal bytes; [`decode_answer`] refuses bytes that are not canonical. (That a
//! text is case-folded and trimmed is the business of whoever makes it, see [`canonical_text`].)

use crate::definition::{
	DefinitionError, Field, FieldType, Fields, ScalarType, MAX_ANSWER, MAX_DECIMALS, MAX_TEXT,
};
use alloc::{string::String, vec::Vec};
use codec::{Compact, Decode, Encode, Input};

/// A value without structure of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
	/// `true` or `false`.
	Boolean(bool),
	/// A whole number.
	Integer(i128),
	/// A decimal number, × 10^decimals.
	Float(i128),
	/// Canonical text.
	Text(String),
}

/// The value of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
	/// A single value.
	Scalar(Scalar),
	/// The chosen options, rising, with the values that they hold.
	Choice(Vec<(u8, Option<Scalar>)>),
}

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
	/// A value for each field.
	Values(Vec<Value>),
	/// It cannot be told, or the question is invalid or too early.
	Undetermined,
	/// The series is over.
	Stop,
}

/// Why bytes are no answer of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueError {
	/// The bytes end too soon, or a part is not what its type allows.
	Malformed,
	/// Bytes are left over.
	TrailingBytes,
	/// A text is longer than the definition allows.
	TextTooLong,
	/// Options are unknown, repeated, not rising, none, or several where one is allowed.
	BadChoice,
	/// The values are not of the definition's types.
	WrongType,
}

impl Answer {
	/// The kind byte, if the answer has no values.
	pub fn marker(&self) -> Option<u8> {
		match self {
			Self::Values(_) => None,
			Self::Undetermined => Some(1),
			Self::Stop => Some(2),
		}
	}
}

/// Unicode case folding without regard to how characters are composed, outer white space cut, inner
/// runs of white space made one space.
#[cfg(feature = "std")]
pub fn canonical_text(text: &str) -> String {
	use unicode_normalization::UnicodeNormalization;
	let folded: String =
		caseless::default_case_fold_str(&text.nfd().collect::<String>()).nfc().collect();
	folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn max_scalar(scalar: &ScalarType) -> u32 {
	match scalar {
		ScalarType::Boolean => 1,
		ScalarType::Integer | ScalarType::Float { .. } => 16,
		ScalarType::Text { max_length } => {
			let length = u32::from(*max_length);
			length + if length < 64 { 1 } else { 2 }
		}
	}
}

fn max_field(field: &Field) -> u32 {
	match &field.field_type {
		FieldType::Scalar(scalar) => max_scalar(scalar),
		FieldType::Categorical { options, multiple } => {
			let sizes =
				options.iter().map(|option| 1 + option.value.as_ref().map_or(0, max_scalar));
			let length = if options.len() < 64 { 1 } else { 2 };
			length + if *multiple { sizes.sum::<u32>() } else { sizes.max().unwrap_or(0) }
		}
	}
}

/// The length that every answer of a feed is padded to before it is sealed.
pub fn padded_length(fields: &Fields) -> u32 {
	1 + fields.iter().map(max_field).sum::<u32>()
}

/// Checks the fields of a definition.
pub fn check_fields(fields: &Fields) -> Result<(), DefinitionError> {
	use DefinitionError as E;
	if fields.is_empty() {
		return Err(E::FieldCount);
	}
	for (place, field) in fields.iter().enumerate() {
		let unnamed = field.name.is_empty() && fields.len() > 1;
		let twice = fields.iter().take(place).any(|other| other.name == field.name);
		if unnamed || twice || core::str::from_utf8(&field.name).is_err() {
			return Err(E::FieldNames);
		}
		match &field.field_type {
			FieldType::Scalar(scalar) => check_scalar_type(scalar)?,
			FieldType::Categorical { options, .. } => {
				if options.len() < 2 {
					return Err(E::Options);
				}
				for (place, option) in options.iter().enumerate() {
					let twice = options.iter().take(place).any(|other| other.name == option.name);
					if option.name.is_empty()
						|| twice || core::str::from_utf8(&option.name).is_err()
					{
						return Err(E::Options);
					}
					option.value.as_ref().map_or(Ok(()), check_scalar_type)?;
				}
			}
		}
	}
	if padded_length(fields) > MAX_ANSWER {
		Err(E::AnswerTooLong)
	} else {
		Ok(())
	}
}

fn check_scalar_type(scalar: &ScalarType) -> Result<(), DefinitionError> {
	match scalar {
		ScalarType::Float { decimals } if *decimals > MAX_DECIMALS => {
			Err(DefinitionError::Decimals)
		}
		ScalarType::Text { max_length } if !(1..=MAX_TEXT).contains(max_length) => {
			Err(DefinitionError::TextLength)
		}
		_ => Ok(()),
	}
}

/// The canonical bytes of `answer`.
pub fn encode_answer(fields: &Fields, answer: &Answer) -> Result<Vec<u8>, ValueError> {
	if let Some(marker) = answer.marker() {
		return Ok(Vec::from([marker]));
	}
	let mut bytes = Vec::from([0]);
	if let Answer::Values(values) = answer {
		for value in values {
			match value {
				Value::Scalar(scalar) => encode_scalar(scalar, &mut bytes),
				Value::Choice(choices) => {
					Compact(choices.len() as u32).encode_to(&mut bytes);
					for (option, value) in choices {
						option.encode_to(&mut bytes);
						if let Some(scalar) = value {
							encode_scalar(scalar, &mut bytes);
						}
					}
				}
			}
		}
	}
	// What does not come back the same was of another type than the definition's.
	match decode_answer(fields, &bytes) {
		Ok(decoded) if decoded == *answer => Ok(bytes),
		Err(error @ (ValueError::TextTooLong | ValueError::BadChoice)) => Err(error),
		_ => Err(ValueError::WrongType),
	}
}

fn encode_scalar(scalar: &Scalar, bytes: &mut Vec<u8>) {
	match scalar {
		Scalar::Boolean(value) => value.encode_to(bytes),
		Scalar::Integer(value) | Scalar::Float(value) => value.encode_to(bytes),
		Scalar::Text(text) => text.encode_to(bytes),
	}
}

/// Reads an answer from its canonical bytes, all of them.
pub fn decode_answer(fields: &Fields, bytes: &[u8]) -> Result<Answer, ValueError> {
	let mut rest = bytes;
	let answer = read_answer(fields, &mut rest)?;
	if rest.is_empty() {
		Ok(answer)
	} else {
		Err(ValueError::TrailingBytes)
	}
}

/// The canonical bytes of an answer, padded with zeroes to the feed's one length.
pub fn pad(fields: &Fields, mut canonical: Vec<u8>) -> Vec<u8> {
	canonical.resize(padded_length(fields) as usize, 0);
	canonical
}

/// The canonical bytes in a padded answer: what follows them must be zeroes to the one length.
pub fn unpad<'a>(fields: &Fields, padded: &'a [u8]) -> Result<&'a [u8], ValueError> {
	if padded.len() != padded_length(fields) as usize {
		return Err(ValueError::Malformed);
	}
	let mut rest = padded;
	read_answer(fields, &mut rest)?;
	let (canonical, padding) = padded.split_at(padded.len() - rest.len());
	if padding.iter().all(|byte| *byte == 0) {
		Ok(canonical)
	} else {
		Err(ValueError::TrailingBytes)
	}
}

fn read_answer(fields: &Fields, bytes: &mut &[u8]) -> Result<Answer, ValueError> {
	match bytes.read_byte().map_err(|_| ValueError::Malformed)? {
		0 => fields
			.iter()
			.map(|field| read_value(&field.field_type, bytes))
			.collect::<Result<_, _>>()
			.map(Answer::Values),
		1 => Ok(Answer::Undetermined),
		2 => Ok(Answer::Stop),
		_ => Err(ValueError::Malformed),
	}
}

fn read_value(field: &FieldType, bytes: &mut &[u8]) -> Result<Value, ValueError> {
	let (options, multiple) = match field {
		FieldType::Scalar(scalar) => return read_scalar(scalar, bytes).map(Value::Scalar),
		FieldType::Categorical { options, multiple } => (options, *multiple),
	};
	let Compact(count) = Compact::<u32>::decode(bytes).map_err(|_| ValueError::Malformed)?;
	let allowed = if multiple { options.len() as u32 } else { 1 };
	if !(1..=allowed).contains(&count) {
		return Err(ValueError::BadChoice);
	}
	let mut choices: Vec<(u8, Option<Scalar>)> = Vec::new();
	for _ in 0..count {
		let option = bytes.read_byte().map_err(|_| ValueError::Malformed)?;
		let held = options.get(usize::from(option)).ok_or(ValueError::BadChoice)?;
		if choices.last().is_some_and(|(previous, _)| *previous >= option) {
			return Err(ValueError::BadChoice);
		}
		let value = held.value.as_ref().map(|scalar| read_scalar(scalar, bytes)).transpose()?;
		choices.push((option, value));
	}
	Ok(Value::Choice(choices))
}

fn read_scalar(scalar: &ScalarType, bytes: &mut &[u8]) -> Result<Scalar, ValueError> {
	let malformed = |_| ValueError::Malformed;
	Ok(match scalar {
		ScalarType::Boolean => Scalar::Boolean(bool::decode(bytes).map_err(malformed)?),
		ScalarType::Integer => Scalar::Integer(i128::decode(bytes).map_err(malformed)?),
		ScalarType::Float { .. } => Scalar::Float(i128::decode(bytes).map_err(malformed)?),
		ScalarType::Text { max_length } => {
			let Compact(length) = Compact::<u32>::decode(bytes).map_err(malformed)?;
			if length > u32::from(*max_length) {
				return Err(ValueError::TextTooLong);
			}
			let text = bytes.get(..length as usize).ok_or(ValueError::Malformed)?;
			*bytes = bytes.get(length as usize..).ok_or(ValueError::Malformed)?;
			Scalar::Text(core::str::from_utf8(text).map_err(|_| ValueError::Malformed)?.into())
		}
	})
}

#[cfg(test)]
mod tests;
