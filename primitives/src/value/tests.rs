// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::definition::tests::{choice, fields, scalar};
use alloc::{format, string::ToString, vec};
use proptest::{collection::vec as list, prelude::*, sample::subsequence};

const BOOLEAN: ScalarType = ScalarType::Boolean;
const INTEGER: ScalarType = ScalarType::Integer;
const FLOAT: ScalarType = ScalarType::Float { decimals: 2 };
const TEXT: ScalarType = ScalarType::Text { max_length: 10 };

fn answer(value: Value) -> Answer {
	Answer::Values(vec![value])
}

fn yes() -> Value {
	Value::Scalar(Scalar::Boolean(true))
}

fn integer(number: i128) -> Value {
	Value::Scalar(Scalar::Integer(number))
}

fn words(text: &str) -> Value {
	Value::Scalar(Scalar::Text(text.to_string()))
}

#[test]
fn forms_are_those_of_the_table() {
	let encoded = |field, value| encode_answer(&fields(vec![field]), &answer(value)).unwrap();
	assert_eq!(encoded(scalar("", BOOLEAN), yes()), [0, 1]);
	let minus_two = [&[0][..], &(-2i128).to_le_bytes()].concat();
	assert_eq!(encoded(scalar("", INTEGER), integer(-2)), minus_two);
	assert_eq!(encoded(scalar("", FLOAT), Value::Scalar(Scalar::Float(-2))), minus_two);
	assert_eq!(encoded(scalar("", TEXT), words("ab")), [0, 8, b'a', b'b']);
	let options = [("home", None), ("draw", None), ("away", Some(BOOLEAN))];
	let chosen = vec![(0, None), (2, Some(Scalar::Boolean(true)))];
	assert_eq!(encoded(choice("", &options, true), Value::Choice(chosen)), [0, 8, 0, 2, 1]);
}

#[test]
fn answers_without_values_are_one_byte_of_any_feed() {
	let fields = fields(vec![scalar("", TEXT)]);
	for (answer, byte) in [(Answer::Undetermined, 1), (Answer::Stop, 2)] {
		assert_eq!(answer.marker(), Some(byte));
		assert_eq!(encode_answer(&fields, &answer), Ok(vec![byte]));
		assert_eq!(decode_answer(&fields, &[byte]), Ok(answer));
	}
	assert_eq!(answer(yes()).marker(), None);
}

#[test]
fn what_is_no_answer_is_refused() {
	use ValueError as E;
	let of = |field, bytes: &[u8]| decode_answer(&fields(vec![field]), bytes);
	let boolean = || scalar("", BOOLEAN);
	assert_eq!(of(boolean(), &[]), Err(E::Malformed), "nothing");
	assert_eq!(of(boolean(), &[3]), Err(E::Malformed), "no such kind");
	assert_eq!(of(boolean(), &[0]), Err(E::Malformed), "ends too soon");
	assert_eq!(of(boolean(), &[0, 2]), Err(E::Malformed), "neither true nor false");
	assert_eq!(of(boolean(), &[0, 1, 0]), Err(E::TrailingBytes));
	assert_eq!(of(boolean(), &[1, 0]), Err(E::TrailingBytes));
	assert_eq!(of(scalar("", INTEGER), &[0; 16]), Err(E::Malformed), "15 bytes of 16");
	let text = || scalar("", TEXT);
	assert_eq!(of(text(), &[0, 8, b'a']), Err(E::Malformed), "shorter than it says");
	assert_eq!(of(text(), &[0, 4, 0xff]), Err(E::Malformed), "not UTF-8");
	assert_eq!(of(text(), &[0, 5, 0, b'a']), Err(E::Malformed), "a length in a longer form");
	let eleven = [&[0, 44][..], &[b'a'; 11]].concat();
	assert_eq!(of(text(), &eleven), Err(E::TextTooLong));
	let options = [("home", None), ("draw", None), ("away", None)];
	let one = || choice("", &options, false);
	let many = || choice("", &options, true);
	assert_eq!(of(one(), &[0, 0]), Err(E::BadChoice), "none");
	assert_eq!(of(one(), &[0, 8, 0, 1]), Err(E::BadChoice), "several where one is allowed");
	assert_eq!(of(one(), &[0, 4, 3]), Err(E::BadChoice), "unknown");
	assert_eq!(of(many(), &[0, 8, 1, 0]), Err(E::BadChoice), "falling");
	assert_eq!(of(many(), &[0, 8, 1, 1]), Err(E::BadChoice), "repeated");
	assert_eq!(of(many(), &[0, 16, 0, 1, 2, 3]), Err(E::BadChoice), "more than there are");
	assert_eq!(of(many(), &[0, 8, 1]), Err(E::Malformed), "ends too soon");
}

#[test]
fn values_of_another_type_are_not_encoded() {
	use ValueError as E;
	let of = |field, value: Value| encode_answer(&fields(vec![field]), &answer(value));
	assert_eq!(of(scalar("", INTEGER), yes()), Err(E::WrongType));
	assert_eq!(of(scalar("", BOOLEAN), integer(1)), Err(E::WrongType));
	assert_eq!(of(scalar("", FLOAT), integer(1)), Err(E::WrongType), "the same bytes");
	assert_eq!(of(scalar("", TEXT), words("eleven char")), Err(E::TextTooLong));
	let options = [("home", None), ("away", Some(INTEGER))];
	let chosen = |chosen| Value::Choice(chosen);
	assert_eq!(of(choice("", &options, false), chosen(vec![])), Err(E::BadChoice));
	assert_eq!(of(choice("", &options, false), chosen(vec![(2, None)])), Err(E::BadChoice));
	assert_eq!(of(choice("", &options, false), chosen(vec![(1, None)])), Err(E::WrongType));
	let two = fields(vec![scalar("a", BOOLEAN), scalar("b", BOOLEAN)]);
	assert_eq!(encode_answer(&two, &answer(yes())), Err(E::WrongType), "a field is missing");
	let three = Answer::Values(vec![yes(), yes(), yes()]);
	assert_eq!(encode_answer(&two, &three), Err(E::WrongType), "a field too many");
}

#[test]
fn padding_must_be_the_feeds_own() {
	let fields = fields(vec![scalar("", TEXT)]);
	assert_eq!(padded_length(&fields), 12);
	let padded = pad(&fields, vec![0, 8, b'a', b'b']);
	assert_eq!(padded.len(), 12);
	assert_eq!(unpad(&fields, &padded), Ok(&[0, 8, b'a', b'b'][..]));
	assert_eq!(unpad(&fields, &pad(&fields, vec![1])), Ok(&[1][..]));
	assert_eq!(unpad(&fields, &padded[..11]), Err(ValueError::Malformed));
	let mut stray = padded;
	stray[11] = 1;
	assert_eq!(unpad(&fields, &stray), Err(ValueError::TrailingBytes));
}

#[test]
fn texts_that_people_take_for_the_same_are_the_same() {
	for (ours, theirs) in [
		("Straße", "STRASSE"),
		("\u{e9}tude", "e\u{301}TUDE"),
		("  two \t\n words\u{a0}", "TWO words"),
		("ΣΊΣΥΦΟΣ", "σίσυφος"),
		("\u{212b}", "\u{e5}"),
		("ﬁn", "FIN"),
	] {
		assert_eq!(canonical_text(ours), canonical_text(theirs), "{ours} {theirs}");
	}
	assert_eq!(canonical_text("e\u{301}"), "\u{e9}", "composed");
	assert_eq!(canonical_text(" \u{2003} "), "");
	assert_ne!(canonical_text("resume"), canonical_text("résumé"), "accents count");
}

fn scalar_type() -> impl Strategy<Value = ScalarType> {
	prop_oneof![
		Just(BOOLEAN),
		Just(INTEGER),
		(0..=MAX_DECIMALS).prop_map(|decimals| ScalarType::Float { decimals }),
		(1..=80u16).prop_map(|max_length| ScalarType::Text { max_length }),
	]
}

fn field_type() -> impl Strategy<Value = FieldType> {
	let held = list(proptest::option::of(scalar_type()), 2..6);
	prop_oneof![
		scalar_type().prop_map(FieldType::Scalar),
		(held, any::<bool>()).prop_map(|(held, multiple)| {
			let labels: Vec<_> = (0..held.len()).map(|place| format!("{place}")).collect();
			let options: Vec<_> = labels.iter().map(String::as_str).zip(held).collect();
			choice("", &options, multiple).field_type
		}),
	]
}

fn any_fields() -> impl Strategy<Value = Fields> {
	list(field_type(), 1..5)
		.prop_map(|types| {
			let named = |(place, field_type): (usize, FieldType)| Field {
				name: crate::definition::tests::name(&format!("field {place}")),
				field_type,
			};
			fields(types.into_iter().enumerate().map(named).collect())
		})
		.prop_filter("too long together", |fields| check_fields(fields).is_ok())
}

fn scalar_of(scalar: &ScalarType) -> BoxedStrategy<Scalar> {
	match *scalar {
		ScalarType::Boolean => any::<bool>().prop_map(Scalar::Boolean).boxed(),
		ScalarType::Integer => any::<i128>().prop_map(Scalar::Integer).boxed(),
		ScalarType::Float { .. } => any::<i128>().prop_map(Scalar::Float).boxed(),
		ScalarType::Text { max_length } => "\\PC{0,40}"
			.prop_map(move |mut text| {
				while text.len() > usize::from(max_length) {
					text.pop();
				}
				Scalar::Text(text)
			})
			.boxed(),
	}
}

fn value_of(field_type: &FieldType) -> BoxedStrategy<Value> {
	match field_type {
		FieldType::Scalar(scalar) => scalar_of(scalar).prop_map(Value::Scalar).boxed(),
		FieldType::Categorical { options, multiple } => {
			let most = if *multiple { options.len() } else { 1 };
			let options = options.clone();
			subsequence((0..options.len()).collect::<Vec<_>>(), 1..=most)
				.prop_flat_map(move |chosen| {
					let one = |place: &usize| -> BoxedStrategy<(u8, Option<Scalar>)> {
						let option = *place as u8;
						match &options[*place].value {
							None => Just((option, None)).boxed(),
							Some(scalar) => scalar_of(scalar)
								.prop_map(move |value| (option, Some(value)))
								.boxed(),
						}
					};
					chosen.iter().map(one).collect::<Vec<_>>()
				})
				.prop_map(Value::Choice)
				.boxed()
		}
	}
}

fn answered() -> impl Strategy<Value = (Fields, Answer)> {
	any_fields().prop_flat_map(|fields| {
		let values = fields.iter().map(|field| value_of(&field.field_type)).collect::<Vec<_>>();
		let answer = prop_oneof![
			8 => values.prop_map(Answer::Values),
			1 => Just(Answer::Undetermined),
			1 => Just(Answer::Stop),
		];
		(Just(fields), answer)
	})
}

proptest! {
	#[test]
	fn answers_survive_encoding_and_padding((fields, answer) in answered()) {
		let canonical = encode_answer(&fields, &answer).unwrap();
		prop_assert_eq!(decode_answer(&fields, &canonical), Ok(answer));
		let padded = pad(&fields, canonical.clone());
		prop_assert_eq!(padded.len(), padded_length(&fields) as usize, "nothing is cut");
		prop_assert_eq!(unpad(&fields, &padded), Ok(&canonical[..]));
	}

	#[test]
	fn bytes_that_decode_are_canonical(fields in any_fields(), bytes in list(0u8..8, 0..60)) {
		if let Ok(answer) = decode_answer(&fields, &bytes) {
			prop_assert_eq!(encode_answer(&fields, &answer), Ok(bytes));
		}
	}

	#[test]
	fn foreign_bytes_do_no_harm(fields in any_fields(), bytes in list(any::<u8>(), 0..200)) {
		let _ = decode_answer(&fields, &bytes);
		let _ = unpad(&fields, &bytes);
	}

	#[test]
	fn canonical_text_is_a_fixed_point(text in "\\PC{0,40}") {
		let once = canonical_text(&text);
		prop_assert_eq!(canonical_text(&once), once);
	}
}
