// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::testing::{certificate, committee, feed, field, outcome, simple_feed, FINAL};
use codec::Decode;
use eventum_primitives::{
	definition::{Field, Name},
	value::encode_answer,
};
use serde_json::json;
use sp_runtime::BoundedVec;

fn event_of(text: &str) -> serde_json::Value {
	let parsed: serde_json::Value = serde_json::from_str(text).unwrap();
	parsed["data"][0].clone()
}

/// What is posted as the value when `answer` is agreed on.
fn posted(fields: Vec<Field>, answer: &Answer) -> String {
	let feed = feed(fields, "");
	let bytes = encode_answer(&feed.definition.fields, answer).unwrap();
	let outcome =
		Outcome { answer: BoundedVec::truncate_from(bytes), ..outcome(Push::Provisional, 1) };
	value(&outcome, &feed.definition)
}

fn name(text: &str) -> Name {
	BoundedVec::truncate_from(text.into())
}

fn options(list: &[(&str, Option<ScalarType>)], multiple: bool) -> FieldType {
	let options = list
		.iter()
		.map(|(label, value)| ChoiceOption { name: name(label), value: value.clone() })
		.collect();
	FieldType::Categorical { options: BoundedVec::truncate_from(options), multiple }
}

#[test]
fn a_final_has_the_keys_that_requesters_know() {
	let certificate = certificate(outcome(FINAL, 4));
	let text = body(&certificate, &simple_feed(""), &committee(4));
	let leader = committee(4).leader(3, 0);
	let operator = committee(4).members[usize::from(leader)].operator.clone();
	let expected = format!(
		concat!(
			r#"{{"data":[{{"event_id":"12-0-3","event_name":"UCL Final - Ronaldo scores","#,
			r#""description":"His \"first\" goal","consensus_rules":"0x{rules}","#,
			r#""contract":"eventum:12/0","category1":"Sports","event_start":1517788800,"#,
			r#""event_start_ms":1517788800123,"event_end":1517846400,"event_ended_by":"quiet","#,
			r#""event_state":"final","event_nonce":4,"consensus":true,"consensus_reached_in":5,"#,
			r#""consensus_reached_in_ms":5123,"consensus_value":{{"scores":true}},"#,
			r#""consensus_changed":0,"number_of_providers":24,"consensus_size":19,"#,
			r#""validation_node":"{node}","average_reputation":3.45}}],"certificate":"0x{scale}"}}"#,
		),
		rules = "ab".repeat(32),
		node = operator.to_ss58check_with_version(Ss58AddressFormat::custom(42)),
		scale = hex::encode(certificate.encode()),
	);
	assert_eq!(text, expected);
}

#[test]
fn the_certificate_can_be_read_back() {
	let certificate = certificate(outcome(Push::Corrected, 2));
	let text = body(&certificate, &simple_feed(""), &committee(4));
	let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
	let bytes = hex::decode(&parsed["certificate"].as_str().unwrap()[2..]).unwrap();
	assert_eq!(Certificate::decode(&mut &bytes[..]), Ok(certificate));
}

#[test]
fn the_state_says_why_it_is_pushed() {
	let states = [
		(Push::Provisional, "provisional", 0),
		(Push::Confirmed, "confirmed", 0),
		(Push::Corrected, "corrected", 1),
	];
	for (push, state, changed) in states {
		let text = body(&certificate(outcome(push, 1)), &simple_feed(""), &committee(4));
		let event = event_of(&text);
		assert_eq!(event["event_state"], state);
		assert_eq!(event["consensus_changed"], changed);
		assert_eq!(event["event_end"], json!(null), "a round that goes on has no end");
		assert_eq!(event["event_ended_by"], json!(null));
	}
}

#[test]
fn without_agreement_the_default_is_delivered() {
	let nothing =
		Outcome { result: RoundResult::None, answer: BoundedVec::default(), ..outcome(FINAL, 1) };
	let mut feed = simple_feed("");
	let event = event_of(&body(&certificate(nothing.clone()), &feed, &committee(4)));
	assert_eq!((&event["consensus"], &event["consensus_value"]), (&json!(false), &json!(null)));
	feed.definition.default_value = Some(BoundedVec::truncate_from(vec![0, 0]));
	let event = event_of(&body(&certificate(nothing), &feed, &committee(4)));
	assert_eq!(event["consensus"], false);
	assert_eq!(event["consensus_value"], json!({ "scores": false }));
}

#[test]
fn undetermined_and_stopped_are_agreements_without_a_value() {
	let cases = [(RoundResult::Undetermined, "undetermined"), (RoundResult::Stop, "stopped")];
	for (result, flag) in cases {
		let outcome = Outcome { result, answer: BoundedVec::default(), ..outcome(FINAL, 1) };
		let mut feed = simple_feed("");
		feed.definition.default_value = Some(BoundedVec::truncate_from(vec![0, 0]));
		let event = event_of(&body(&certificate(outcome), &feed, &committee(4)));
		assert_eq!(event["consensus"], true);
		assert_eq!(event["consensus_value"], json!(null));
		assert_eq!(event[flag], true);
	}
}

#[test]
fn one_unnamed_field_is_a_bare_value() {
	let one = |scalar| vec![field("", FieldType::Scalar(scalar))];
	let answer = |scalar| Answer::Values(vec![Value::Scalar(scalar)]);
	assert_eq!(posted(one(ScalarType::Boolean), &answer(Scalar::Boolean(false))), "false");
	assert_eq!(posted(one(ScalarType::Integer), &answer(Scalar::Integer(-3))), "-3");
	let float = ScalarType::Float { decimals: 2 };
	assert_eq!(posted(one(float), &answer(Scalar::Float(-1_250))), "-12.50");
	let text = ScalarType::Text { max_length: 20 };
	assert_eq!(posted(one(text), &answer(Scalar::Text("a \"b\" ✓".into()))), r#""a \"b\" ✓""#);
}

#[test]
fn several_fields_are_an_object_in_the_order_of_the_definition() {
	let fields = vec![
		field("score", FieldType::Scalar(ScalarType::Text { max_length: 8 })),
		field("minute", FieldType::Scalar(ScalarType::Integer)),
		field("by", options(&[("head", None), ("foot", None)], false)),
	];
	let answer = Answer::Values(vec![
		Value::Scalar(Scalar::Text("1:0".into())),
		Value::Scalar(Scalar::Integer(i128::MAX)),
		Value::Choice(vec![(1, None)]),
	]);
	let expected =
		r#"{"score":"1:0","minute":170141183460469231731687303715884105727,"by":"foot"}"#;
	assert_eq!(posted(fields, &answer), expected);
}

#[test]
fn choices_are_labels_or_labels_with_values() {
	let bare = &[("red", None), ("green", None), ("blue", None)];
	let float = Some(ScalarType::Float { decimals: 1 });
	let mixed = &[("sun", None), ("rain", float)];
	let choose = |field_type, choices| {
		posted(vec![field("", field_type)], &Answer::Values(vec![Value::Choice(choices)]))
	};
	let rain = (1, Some(Scalar::Float(35)));
	assert_eq!(choose(options(bare, false), vec![(2, None)]), r#""blue""#);
	assert_eq!(choose(options(mixed, false), vec![(0, None)]), r#""sun""#);
	assert_eq!(choose(options(mixed, false), vec![rain.clone()]), r#"{"rain":3.5}"#);
	assert_eq!(choose(options(bare, true), vec![(0, None), (2, None)]), r#"["red","blue"]"#);
	assert_eq!(choose(options(bare, true), vec![(1, None)]), r#"["green"]"#);
	assert_eq!(choose(options(mixed, true), vec![(0, None), rain]), r#"{"sun":true,"rain":3.5}"#);
	assert_eq!(choose(options(mixed, true), vec![(0, None)]), r#"{"sun":true}"#);
}

#[test]
fn the_same_push_gives_the_same_bytes_and_another_does_not() {
	let make = |sequence| {
		body(&certificate(outcome(Push::Confirmed, sequence)), &simple_feed(""), &committee(4))
	};
	assert_eq!(make(1), make(1));
	assert_ne!(make(1), make(2));
	assert_eq!(outcome(Push::Confirmed, 4).event_id(), "12-0-3-4");
}

#[test]
fn what_strangers_write_stays_within_its_quotes() {
	let keys = |event: &serde_json::Value| -> Vec<String> {
		event.as_object().unwrap().keys().cloned().collect()
	};
	let usual = event_of(&body(&certificate(outcome(FINAL, 1)), &simple_feed(""), &committee(4)));
	for text in [
		"\"}],\"certificate\":\"0x",
		"\\",
		"\\\"",
		"a\u{0}\u{1f}\u{7f}\u{2028}\n",
		"</script>",
		"{}",
		"\u{feff}\u{202e}",
		"event_state",
	] {
		let sides = options(&[(text, None), ("b", Some(ScalarType::Boolean))], true);
		let words = FieldType::Scalar(ScalarType::Text { max_length: 256 });
		let mut feed = feed(vec![field(text, words), field("sides", sides)], "");
		feed.text.name = BoundedVec::truncate_from(text.into());
		feed.text.description = BoundedVec::truncate_from(text.into());
		feed.text.categories[0] = BoundedVec::truncate_from(text.into());
		let answer = Answer::Values(vec![
			Value::Scalar(Scalar::Text(text.into())),
			Value::Choice(vec![(0, None)]),
		]);
		let answer = encode_answer(&feed.definition.fields, &answer).unwrap();
		let outcome = Outcome { answer: BoundedVec::truncate_from(answer), ..outcome(FINAL, 1) };
		let event = event_of(&body(&certificate(outcome), &feed, &committee(4)));
		assert_eq!(keys(&event), keys(&usual), "{text}");
		for key in ["event_name", "description", "category1"] {
			assert_eq!(event[key], text);
		}
		let value = &event["consensus_value"];
		assert_eq!((&value[text], &value["sides"][text]), (&json!(text), &json!(true)));
	}
}
