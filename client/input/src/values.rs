// SPDX-License-Identifier: Apache-2.0

//! Answers as people write them, and as the chain compares them.
//!
//! The value of a feed is written as its definition is: an object by field name, or the bare value
//! where there is one unnamed field. A categorical value is a label, `{label: value}` where the
//! option holds a value, or a list of those where several may be filled.

use crate::{
	decimal::{self, Beyond},
	json::Json,
};
use eventum_primitives::{
	definition::{ChoiceOption, Field, FieldType, Fields, Name, ScalarType},
	value::{canonical_text, Answer, Scalar, Value},
};

/// Reads an answer with values; the error says which field is wrong and what would be right.
pub fn answer_from_json(fields: &Fields, json: &Json) -> Result<Answer, String> {
	if let [field] = &fields[..] {
		if field.name.is_empty() {
			return value_from_json(&field.field_type, json)
				.map(|value| Answer::Values(vec![value]));
		}
	}
	let names = || fields.iter().map(|field| label(&field.name)).collect::<Vec<_>>().join(", ");
	let Json::Object(pairs) = json else {
		return Err(format!("{json} is not an object with the fields {}", names()));
	};
	if let Some((key, _)) =
		pairs.iter().find(|(key, _)| !fields.iter().any(|field| label(&field.name) == *key))
	{
		return Err(format!("there is no field \"{key}\": the fields are {}", names()));
	}
	let values = fields.iter().map(|field| field_from_pairs(field, pairs));
	values.collect::<Result<_, _>>().map(Answer::Values)
}

fn field_from_pairs(field: &Field, pairs: &[(String, Json)]) -> Result<Value, String> {
	let name = label(&field.name);
	let mut given = pairs.iter().filter(|(key, _)| *key == name);
	match (given.next(), given.next()) {
		(Some((_, json)), None) => value_from_json(&field.field_type, json)
			.map_err(|error| format!("field \"{name}\": {error}")),
		(None, _) => Err(format!("the field \"{name}\" is missing")),
		(Some(_), Some(_)) => Err(format!("the field \"{name}\" is given twice")),
	}
}

/// Reads the value of one field.
pub fn value_from_json(field: &FieldType, json: &Json) -> Result<Value, String> {
	let (options, multiple) = match field {
		FieldType::Scalar(scalar) => return scalar_from_json(scalar, json).map(Value::Scalar),
		FieldType::Categorical { options, multiple } => (options, *multiple),
	};
	let mut choices = Vec::new();
	match json {
		Json::List(parts) => {
			for part in parts {
				choices.extend(choices_from_json(options, part)?);
			}
		}
		_ => choices = choices_from_json(options, json)?,
	}
	choices.sort_by_key(|(option, _)| *option);
	if let Some(pair) = choices.windows(2).find(|pair| pair[0].0 == pair[1].0) {
		let twice = options.get(usize::from(pair[0].0)).map(|option| label(&option.name));
		return Err(format!("the option \"{}\" is chosen twice", twice.unwrap_or_default()));
	}
	match choices.len() {
		0 => Err("choose at least one option".into()),
		2.. if !multiple => Err(format!("{json} chooses several options: choose one")),
		_ => Ok(Value::Choice(choices)),
	}
}

fn choices_from_json(
	options: &[ChoiceOption],
	json: &Json,
) -> Result<Vec<(u8, Option<Scalar>)>, String> {
	match json {
		Json::Text(name) => choice(options, name, None).map(|choice| vec![choice]),
		Json::Object(pairs) => {
			pairs.iter().map(|(name, value)| choice(options, name, Some(value))).collect()
		}
		_ => Err(format!("{json} is no option: write its label, or {{label: value}}")),
	}
}

fn choice(
	options: &[ChoiceOption],
	name: &str,
	value: Option<&Json>,
) -> Result<(u8, Option<Scalar>), String> {
	let Some(place) = options.iter().position(|option| label(&option.name) == name) else {
		let labels: Vec<_> = options.iter().map(|option| label(&option.name)).collect();
		return Err(format!("there is no option \"{name}\": choose of {}", labels.join(", ")));
	};
	let held = options.get(place).and_then(|option| option.value.as_ref());
	let scalar = match (held, value) {
		(None, None) => None,
		(None, Some(json)) if json.is_none() => None,
		(Some(scalar), Some(json)) => Some(
			scalar_from_json(scalar, json)
				.map_err(|error| format!("option \"{name}\": {error}"))?,
		),
		(Some(_), None) => {
			return Err(format!("option \"{name}\" holds a value: write {{\"{name}\": value}}"))
		}
		(None, Some(_)) => {
			return Err(format!("option \"{name}\" holds no value: write \"{name}\" alone"))
		}
	};
	u8::try_from(place).map(|place| (place, scalar)).map_err(|_| "too many options".into())
}

fn scalar_from_json(scalar: &ScalarType, json: &Json) -> Result<Scalar, String> {
	match (scalar, json) {
		(ScalarType::Boolean, Json::Bool(value)) => Ok(Scalar::Boolean(*value)),
		(ScalarType::Boolean, _) => Err(format!("{json} is neither true nor false")),
		(ScalarType::Integer | ScalarType::Float { .. }, Json::Number(text) | Json::Text(text))
		| (ScalarType::Text { .. }, Json::Text(text)) => scalar_from_text(scalar, text),
		(ScalarType::Integer, _) => Err(format!("{json} is no whole number")),
		(ScalarType::Float { .. }, _) => Err(format!("{json} is no number")),
		(ScalarType::Text { .. }, _) => Err(format!("{json} is no text: put it in quotes")),
	}
}

/// Reads a value from plain text, as it stands in a table.
pub fn scalar_from_text(scalar: &ScalarType, text: &str) -> Result<Scalar, String> {
	match scalar {
		ScalarType::Boolean => match text.to_ascii_lowercase().as_str() {
			"true" => Ok(Scalar::Boolean(true)),
			"false" => Ok(Scalar::Boolean(false)),
			_ => Err(format!("{text} is neither true nor false")),
		},
		ScalarType::Integer => decimal::scaled(text, 0, Beyond::Refuse)
			.map(Scalar::Integer)
			.map_err(|error| format!("{text} is no whole number of 128 bits ({error})")),
		ScalarType::Float { decimals } => {
			decimal::scaled(text, u32::from(*decimals), Beyond::HalfEven)
				.map(Scalar::Float)
				.map_err(|error| format!("{text} is no number that can be compared ({error})"))
		}
		ScalarType::Text { max_length } => {
			let canonical = canonical_text(text);
			if canonical.len() > usize::from(*max_length) {
				let length = canonical.len();
				return Err(format!("the text has {length} bytes, at most {max_length} fit"));
			}
			Ok(Scalar::Text(canonical))
		}
	}
}

/// Reads a value of one field from plain text.
pub fn value_from_text(field: &FieldType, text: &str) -> Result<Value, String> {
	match field {
		FieldType::Scalar(scalar) => scalar_from_text(scalar, text).map(Value::Scalar),
		FieldType::Categorical { options, .. } => {
			choice(options, text, None).map(|choice| Value::Choice(vec![choice]))
		}
	}
}

/// An answer as JSON, structured as the definition is.
pub fn answer_to_json(fields: &Fields, answer: &Answer) -> serde_json::Value {
	let values = match answer {
		Answer::Undetermined => return "undetermined".into(),
		Answer::Stop => return "stop".into(),
		Answer::Values(values) => values,
	};
	if let ([field], [value]) = (&fields[..], &values[..]) {
		if field.name.is_empty() {
			return value_to_json(&field.field_type, value);
		}
	}
	let pairs = fields
		.iter()
		.zip(values)
		.map(|(field, value)| (label(&field.name), value_to_json(&field.field_type, value)));
	serde_json::Value::Object(pairs.collect())
}

fn value_to_json(field: &FieldType, value: &Value) -> serde_json::Value {
	match (field, value) {
		(FieldType::Scalar(of), Value::Scalar(scalar)) => scalar_to_json(of, scalar),
		(FieldType::Categorical { options, multiple }, Value::Choice(choices)) => {
			let mut parts = choices.iter().filter_map(|(place, held)| {
				let option = options.get(usize::from(*place))?;
				let name = label(&option.name);
				Some(match (&option.value, held) {
					(Some(of), Some(held)) => {
						let pair = (name, scalar_to_json(of, held));
						serde_json::Value::Object([pair].into_iter().collect())
					}
					_ => name.into(),
				})
			});
			if *multiple {
				parts.collect()
			} else {
				parts.next().unwrap_or_default()
			}
		}
		_ => serde_json::Value::Null,
	}
}

fn scalar_to_json(of: &ScalarType, scalar: &Scalar) -> serde_json::Value {
	match (of, scalar) {
		(_, Scalar::Boolean(value)) => (*value).into(),
		(_, Scalar::Text(text)) => text.as_str().into(),
		(_, Scalar::Integer(value)) => number(decimal::text(*value, 0)),
		(ScalarType::Float { decimals }, Scalar::Float(value)) => {
			number(decimal::text(*value, u32::from(*decimals)))
		}
		(_, Scalar::Float(value)) => number(decimal::text(*value, 0)),
	}
}

/// A JSON number if it keeps every digit, else text.
fn number(text: String) -> serde_json::Value {
	match serde_json::from_str::<serde_json::Number>(&text) {
		Ok(number) if number.to_string() == text => serde_json::Value::Number(number),
		_ => text.into(),
	}
}

/// A field's or option's name as text.
pub fn label(name: &Name) -> String {
	String::from_utf8_lossy(name).into_owned()
}

#[cfg(test)]
mod tests {
	use super::*;
	use eventum_primitives::value::{decode_answer, encode_answer};

	fn option(name: &str, value: Option<ScalarType>) -> ChoiceOption {
		ChoiceOption { name: name.as_bytes().to_vec().try_into().unwrap(), value }
	}

	fn field(name: &str, field_type: FieldType) -> Field {
		Field { name: name.as_bytes().to_vec().try_into().unwrap(), field_type }
	}

	fn fields() -> Fields {
		let options = vec![option("home", None), option("away", Some(ScalarType::Integer))];
		vec![
			field("scores", FieldType::Scalar(ScalarType::Boolean)),
			field("share", FieldType::Scalar(ScalarType::Float { decimals: 2 })),
			field("who", FieldType::Scalar(ScalarType::Text { max_length: 8 })),
			field("minute", FieldType::Scalar(ScalarType::Integer)),
			field(
				"sides",
				FieldType::Categorical { options: options.try_into().unwrap(), multiple: true },
			),
		]
		.try_into()
		.unwrap()
	}

	fn read(text: &str) -> Result<Answer, String> {
		answer_from_json(&fields(), &Json::parse(text).unwrap())
	}

	#[test]
	fn answers_are_made_canonical_and_read_back() {
		let text = r#"{"minute": 90, "scores": true, "share": 0.125, "who": "  RONALDO ",
			"sides": [{"away": 3}, "home"]}"#;
		let answer = read(text).unwrap();
		let Answer::Values(values) = &answer else { panic!() };
		assert_eq!(values[1], Value::Scalar(Scalar::Float(12)), "half to even");
		assert_eq!(values[2], Value::Scalar(Scalar::Text("ronaldo".into())));
		assert_eq!(values[4], Value::Choice(vec![(0, None), (1, Some(Scalar::Integer(3)))]));
		let bytes = encode_answer(&fields(), &answer).unwrap();
		assert_eq!(decode_answer(&fields(), &bytes).unwrap(), answer);
		let written: serde_json::Value = serde_json::from_str(
			r#"{"minute":90,"scores":true,"share":0.12,"sides":["home",{"away":3}],"who":"ronaldo"}"#,
		)
		.unwrap();
		assert_eq!(answer_to_json(&fields(), &answer), written);
	}

	#[test]
	fn wrong_answers_say_what_would_be_right() {
		let with = |key: &str, value: &str| {
			let mut parts: Vec<(&str, &str)> = vec![
				("scores", "true"),
				("share", "1"),
				("who", "\"x\""),
				("minute", "1"),
				("sides", "\"home\""),
			];
			parts.iter_mut().filter(|part| part.0 == key).for_each(|part| part.1 = value);
			let pairs: Vec<_> =
				parts.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
			read(&format!("{{{}}}", pairs.join(","))).unwrap_err()
		};
		for (key, value, words) in [
			("scores", "1", "neither true nor false"),
			("share", "\"NaN\"", "no number"),
			("share", "1e50", "too large"),
			("who", "\"123456789\"", "9 bytes, at most 8"),
			("who", "5", "put it in quotes"),
			("minute", "1.5", "no whole number"),
			("sides", "[]", "at least one"),
			("sides", "\"draw\"", "choose of home, away"),
			("sides", "\"away\"", "holds a value"),
			("sides", "{\"home\": 1}", "holds no value"),
			("sides", "[\"home\", \"home\"]", "twice"),
		] {
			let error = with(key, value);
			assert!(error.contains(words) && error.contains(key), "{key} {value}: {error}");
		}
		assert!(read("true").unwrap_err().contains("scores, share, who, minute, sides"));
		assert!(read("{\"goals\": 1}").unwrap_err().contains("no field \"goals\""));
		assert!(read("{}").unwrap_err().contains("\"scores\" is missing"));
	}

	#[test]
	fn one_unnamed_field_is_a_bare_value() {
		let fields: Fields =
			vec![field("", FieldType::Scalar(ScalarType::Boolean))].try_into().unwrap();
		let answer = answer_from_json(&fields, &Json::Bool(false)).unwrap();
		assert_eq!(answer_to_json(&fields, &answer), serde_json::Value::Bool(false));
	}
}
