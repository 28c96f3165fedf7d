// SPDX-License-Identifier: Apache-2.0

//! Definitions: the specification's example, every spelling, and one clear error for each mistake.

use super::{keys, parse, Market, Mistakes, Secrets, MAX_FILE};
use crate::json::Json;
use eventum_primitives::definition::{
	ConsensusMode, EventKind, FieldType, Limits, ScalarType, Visibility,
};

pub(super) const NOW: u64 = 1_500_000_000_000;

/// The example of the specification.
pub(super) const EXAMPLE: &str = r#"{ "datafeeds": [ {
  "name": "UCL Final - Ronaldo scores",
  "description": "Report when Ronaldo scores his first goal in the final",
  "rules": "90 minutes and extra time count, penalty shoot-out does not",
  "category1": "Sports", "category2": "Football", "category3": "UCL", "location": "GB-WLS",
  "event": "single",
  "data_type": "boolean", "default_value": null,
  "min_people": 20, "max_people": 200,
  "min_consensus": 20, "consensus_rule": "2/3", "consensus_mode": "confirmations",
  "reward_amount": 30, "reward_currency": "EVT",
  "stake_K": 1, "market_join_bonus": 1.1,
  "min_validation_nodes": 4,
  "cross_validate_Z": 0.1, "start_dispute_time": 7200, "max_dispute_time": 86400,
  "identity_hash": null, "min_reputation": 0, "min_balance": 0,
  "visibility": "public",
  "time_to_join": 1502344665, "reporting_timestamp": 1502944665,
  "stop_voting": { "at": 1502951865 },
  "webhook_url": "https://example.com/eventum_api/ronaldo_scores"
} ] }"#;

pub(super) fn read(text: &str) -> Result<Market, Mistakes> {
	let limits =
		Limits { now: NOW, existential_deposit: 1_000_000_000, min_dispute_time: 3_600_000 };
	parse(text, &limits, || Secrets { tag_key: [1; 32], access_secret: [2; 32] })
}

/// The example with a key set to a JSON value, or taken out.
pub(super) fn with(changes: &[(&str, Option<&str>)]) -> String {
	let Ok(Json::Object(market)) = Json::parse(EXAMPLE) else { panic!() };
	let Json::List(feeds) = &market[0].1 else { panic!() };
	let Json::Object(mut pairs) = feeds[0].clone() else { panic!() };
	for (key, value) in changes {
		pairs.retain(|(name, _)| name != key);
		if let Some(value) = value {
			pairs.push((key.to_string(), Json::parse(value).unwrap()));
		}
	}
	format!("{{\"datafeeds\": [{}]}}", Json::Object(pairs))
}

#[test]
fn the_example_of_the_specification_is_read() {
	let market = read(EXAMPLE).unwrap();
	let input = &market.feeds[0];
	let definition = &input.definition;
	assert_eq!(definition.consensus_rule, 666_666_667);
	assert_eq!(definition.reward, 30_000_000_000_000);
	assert_eq!(definition.join_bonus.into_inner(), 1_100_000_000);
	assert_eq!(definition.cross_validate, 100_000_000);
	assert_eq!(definition.event, EventKind::Single);
	assert_eq!(definition.consensus_mode, ConsensusMode::Confirmations);
	assert_eq!(definition.stop_voting.at, Some(1_502_951_865_000));
	assert_eq!(definition.start_dispute_time, 7_200_000);
	assert_eq!(definition.validation_fee, None);
	assert_eq!(
		definition.visibility,
		Visibility::Public { tag_key: [1; 32], access_secret: [2; 32] }
	);
	assert_eq!(&input.text.name[..], b"UCL Final - Ronaldo scores");
	assert_eq!(market.rules.len(), 1);
	let hash = sp_crypto_hashing::blake2_256(&market.rules[0]);
	assert_eq!(input.text.rules, Some(hash.into()));
}

#[test]
fn older_spellings_and_none_are_read() {
	let text = with(&[
		("time_to_join", None),
		("time-to-join", Some("1502344665")),
		("stake_K", None),
		("K", Some("0.5")),
		("cross_validate_Z", None),
		("Z", Some("\"1/3\"")),
		("reward_amount", None),
		("reward", Some("\"12.5\"")),
		("reporting_timestamp", None),
		("start_event", Some("\"None\"")),
		("description", None),
		("summary", Some("\"s\"")),
		("rules", None),
		("info", Some("\"i\"")),
		("category1", None),
		("category", Some("\"c\"")),
		("location", Some("\"None\"")),
	]);
	let input = read(&text).unwrap().feeds.remove(0);
	assert_eq!(input.definition.time_to_join, 1_502_344_665_000);
	assert_eq!(input.definition.stake_factor.into_inner(), 500_000_000);
	assert_eq!(input.definition.cross_validate, 333_333_334);
	assert_eq!(input.definition.reward, 12_500_000_000_000);
	assert_eq!(input.definition.reporting_timestamp, None);
	assert_eq!(&input.text.description[..], b"s");
	assert_eq!(&input.text.categories[0][..], b"c");
	assert!(input.text.rules.is_some() && input.text.location.is_empty());
}

#[test]
fn a_series_with_several_fields_is_read() {
	let text = with(&[
		("event", Some("\"multiple\"")),
		("max_rounds", Some("108")),
		("max_time", Some("3600.5")),
		("stop_voting", Some(r#"{"quiet": 0.5, "share": "9/10"}"#)),
		("data_type", None),
		(
			"fields",
			Some(
				r#"[{"name": "scores", "data_type": "boolean"},
				{"name": "share", "data_type": "float", "decimals": 2},
				{"name": "who", "data_type": "string", "max_length": 40},
				{"name": "side", "data_type": "categorical", "multiple": true,
				 "options": ["home", {"name": "away", "data_type": "integer"}]}]"#,
			),
		),
		("default_value", Some(r#"{"scores": false, "share": 0.5, "who": "x", "side": "home"}"#)),
	]);
	let definition = read(&text).unwrap().feeds.remove(0).definition;
	assert_eq!(definition.event, EventKind::Multiple { max_rounds: 108, max_time: 3_600_500 });
	assert_eq!(definition.stop_voting.quiet, Some(500));
	assert_eq!(definition.stop_voting.share, Some(900_000_000));
	assert_eq!(definition.fields.len(), 4);
	assert_eq!(
		definition.fields[1].field_type,
		FieldType::Scalar(ScalarType::Float { decimals: 2 })
	);
	assert!(definition.default_value.is_some());
}

/// A key, what is put there, and words that the one error must hold.
type Case = (&'static str, Option<&'static str>, &'static [&'static str]);

#[test]
fn each_mistake_has_its_own_clear_error() {
	let cases: &[Case] = &[
		("min_poeple", Some("3"), &["unknown key", "\"min_people\""]),
		("consensus-rule", Some("0.6"), &["unknown key", "\"consensus_rule\""]),
		("zzzz", Some("1"), &["unknown key"]),
		("K", Some("2"), &["given twice", "once"]),
		("name", None, &["missing", "1 to 128"]),
		("name", Some("\" \\t \""), &["not blank", "1 to 128"]),
		("name", Some("\"\""), &["missing", "1 to 128"]),
		("description", Some("5"), &["5", "text of at most 1024"]),
		("location", Some("\"a location that has got far too many bytes\""), &["42 bytes", "32"]),
		("event", Some("\"often\""), &["\"often\"", "\"single\" or \"multiple\""]),
		("max_rounds", Some("5"), &["left out", "multiple"]),
		("data_type", None, &["missing", "\"boolean\" or \"integer\""]),
		("data_type", Some("\"bool\""), &["\"bool\"", "\"boolean\""]),
		("decimals", Some("2"), &["left out", "\"float\""]),
		("options", Some("[\"a\", \"b\"]"), &["left out", "\"categorical\""]),
		("default_value", Some("3"), &["neither true nor false"]),
		("min_people", None, &["missing", "whole number from 1 to 10000"]),
		("min_people", Some("0"), &["0", "1 to 10000"]),
		("min_people", Some("1.5"), &["1.5", "whole number"]),
		("max_people", Some("19"), &["19", "20 to 10000"]),
		("max_people", Some("10001"), &["10001", "20 to 10000"]),
		("min_consensus", Some("201"), &["201", "1 to 200"]),
		("consensus_rule", None, &["missing", "2/3"]),
		("consensus_rule", Some("0.4"), &["0.4", "0.5", "less than 1"]),
		("consensus_rule", Some("1"), &["less than 1"]),
		("consensus_rule", Some("\"2:3\""), &["\"2:3\"", "2/3"]),
		("consensus_mode", Some("\"all\""), &["\"confirmations\" or \"final\""]),
		("reward_amount", None, &["missing", "at least 0.2"]),
		("reward_amount", Some("0.1"), &["0.1", "at least 0.2"]),
		("reward_amount", Some("-1"), &["-1", "at least 0"]),
		("reward_amount", Some("1e15"), &["1e15", "at most 309485009821345"]),
		("reward_amount", Some("1e30"), &["1e30", "too large"]),
		("reward_amount", Some("1.0000000000001"), &["12 decimals"]),
		("reward_currency", Some("\"DOT\""), &["\"DOT\"", "\"EVT\""]),
		("stake_K", Some("21"), &["21", "0 to 20"]),
		("market_join_bonus", Some("0.9"), &["0.9", "1 to 2"]),
		("min_validation_nodes", Some("3"), &["3", "4 to 64"]),
		("cross_validate_Z", Some("1.1"), &["1.1", "0 to 1"]),
		("start_dispute_time", Some("-1"), &["-1", "seconds from 0"]),
		("max_dispute_time", Some("10"), &["10", "seconds from 3600 to 604800"]),
		("identity_hash", Some("\"0x00\""), &["null", "not offered"]),
		("min_reputation", Some("11"), &["11", "-10 to 10"]),
		("min_balance", Some("true"), &["true", "amount of EVT"]),
		("gate", Some("\"either\""), &["\"all\" or \"any\""]),
		("visibility", Some("\"private\""), &["\"public\"", "yet"]),
		("visibility", Some("\"secret\""), &["\"secret\"", "\"public\""]),
		("access_fee", Some("1"), &["left out", "shared"]),
		("time_to_join", None, &["missing", "unix seconds"]),
		("time_to_join", Some("1400000000"), &["1400000000", "now"]),
		("time_to_join", Some("1502344665000"), &["milliseconds"]),
		("reporting_timestamp", Some("1502000000"), &["1502000000", "time_to_join"]),
		("stop_voting", None, &["missing", "absolute end"]),
		("stop_voting", Some("{}"), &["stop_voting.at", "missing"]),
		("stop_voting", Some("5"), &["5", "at, quiet, share"]),
		("stop_voting", Some("{\"at\": 1502000000}"), &["stop_voting.at", "reporting starts"]),
		("stop_voting", Some(r#"{"at": 1502951865, "share": 0}"#), &["stop_voting.share"]),
		("stop_voting", Some(r#"{"at": 1502951865, "quiet": 0}"#), &["stop_voting.quiet", "0.001"]),
		("stop_voting", Some(r#"{"at": 1502951865, "quite": 1}"#), &["quite", "\"quiet\""]),
		("validation_fee", Some("\"x\""), &["\"x\"", "EVT"]),
		("webhook_url", Some("\"ftp://a\""), &["ftp://a", "https://"]),
		("webhook_url", Some("\"https://\""), &["https://", "names a host"]),
		("webhook_url", Some("\"http:///hook\""), &["http:///hook", "names a host"]),
		("webhook_url", Some("\"https://a.b/c d\""), &["https://a.b/c d", "no spaces"]),
		("fields", Some("[]"), &["fields", "instead of data_type"]),
	];
	for (key, value, words) in cases {
		let mistakes = read(&with(&[(key, *value)])).expect_err(key);
		let shown = mistakes.to_string();
		assert_eq!(mistakes.noted.len(), 1, "{key} {value:?}: {shown}");
		let last = key.rsplit('.').next().unwrap_or(key);
		assert!(
			mistakes.noted[0].key.contains(last) || shown.contains("stake_K"),
			"the key of {shown}"
		);
		for word in *words {
			assert!(shown.contains(word), "\"{word}\" in {shown}");
		}
		let named = if *key == "name" { "feed #1" } else { "feed \"UCL Final" };
		assert!(shown.starts_with(named), "{shown}");
	}
}

#[test]
fn mistakes_in_types_name_their_place() {
	let categorical = |options: &str| {
		let data_type = Some("\"categorical\"");
		with(&[("data_type", data_type), ("options", Some(options))])
	};
	let fields = |fields: &str| with(&[("data_type", None), ("fields", Some(fields))]);
	for (text, words) in [
		(categorical("[\"a\"]"), ["options", "a list of 1", "2 to 64"]),
		(categorical("[\"a\", \"a\"]"), ["options[1]", "\"a\"", "no other option"]),
		(categorical("[\"a\", \" A\"]"), ["options[1]", "\" A\"", "no other option"]),
		(categorical("[\"a\", \" \"]"), ["options[1]", "\" \"", "not blank"]),
		(categorical("[\"a\", 5]"), ["options[1]", "5", "name"]),
		(categorical(r#"["a", {"name": "b"}]"#), ["options[1].data_type", "missing", "boolean"]),
		(fields("[]"), ["fields", "a list of 0", "1 to 16"]),
		(fields(r#"[{"data_type": "integer"}]"#), ["fields[0].name", "missing", "1 to 64"]),
		(
			fields(
				r#"[{"name": "a", "data_type": "integer"}, {"name": "a", "data_type": "float"}]"#,
			),
			["fields[1].name", "\"a\"", "no other field"],
		),
		(
			fields(r#"[{"name": "a", "data_type": "float", "decimals": 13}]"#),
			["fields[0].decimals", "13", "0 to 12"],
		),
		(
			fields(r#"[{"name": "a", "data_type": "string", "max_lenght": 13}]"#),
			["fields[0].max_lenght", "unknown key", "\"max_length\""],
		),
		(
			fields(
				r#"[{"name": "a", "data_type": "string", "max_length": 256},
				{"name": "b", "data_type": "string", "max_length": 256},
				{"name": "c", "data_type": "string", "max_length": 256},
				{"name": "d", "data_type": "string", "max_length": 256}]"#,
			),
			["fields", "1033 bytes", "976"],
		),
	] {
		let mistakes = read(&text).unwrap_err();
		let shown = mistakes.to_string();
		assert_eq!(mistakes.noted.len(), 1, "{shown}");
		for word in words {
			assert!(shown.contains(word), "\"{word}\" in {shown}");
		}
	}
}

#[test]
fn all_mistakes_are_found_at_once() {
	let shown = read(&with(&[
		("min_people", Some("0")),
		("visibility", Some("\"shared\"")),
		("webhook_url", Some("\"x\"")),
	]))
	.unwrap_err();
	let keys: Vec<_> = shown.noted.iter().map(|mistake| mistake.key.as_str()).collect();
	assert_eq!(keys, ["webhook_url", "visibility", "min_people"]);
}

#[test]
fn what_is_no_market_is_refused() {
	for (text, words) in [
		("{", "valid JSON"),
		("[]", "datafeeds"),
		("{\"datafeeds\": []}", "1 to 64"),
		("{}", "missing"),
		("{\"datafeed\": [], \"datafeeds\": [1]}", "the nearest is \"datafeeds\""),
	] {
		let error = read(text).unwrap_err().to_string();
		assert!(error.contains(words), "{text}: {error}");
	}
	let long = format!("{}{}", EXAMPLE, " ".repeat(MAX_FILE));
	assert!(read(&long).unwrap_err().to_string().contains("at most 1 MiB"));
}

#[test]
fn the_published_schema_has_the_same_keys() {
	let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/market.schema.json");
	let text = std::fs::read_to_string(path).unwrap();
	let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
	let keys_of = |pointer: &str| {
		let properties = schema.pointer(pointer).and_then(|value| value.as_object()).unwrap();
		let mut keys: Vec<String> = properties.keys().cloned().collect();
		keys.sort();
		keys
	};
	let sorted = |keys: Vec<&str>| {
		let mut keys: Vec<String> = keys.into_iter().map(String::from).collect();
		keys.sort();
		keys
	};
	let older = keys::OLDER.iter().map(|(older, _)| *older);
	let feed = keys::FEED.iter().copied().chain(older).collect();
	assert_eq!(keys_of("/properties"), sorted(keys::MARKET.to_vec()));
	assert_eq!(keys_of("/$defs/feed/properties"), sorted(feed));
	assert_eq!(keys_of("/$defs/field/properties"), sorted(keys::FIELD.to_vec()));
	assert_eq!(keys_of("/$defs/valuedOption/properties"), sorted(keys::OPTION.to_vec()));
	assert_eq!(keys_of("/$defs/stopVoting/properties"), sorted(keys::STOP_VOTING.to_vec()));
	for (older, today) in keys::OLDER {
		let pointer = |name: &str| format!("/$defs/feed/properties/{name}");
		let deprecated = schema.pointer(&format!("{}/deprecated", pointer(older)));
		assert_eq!(deprecated, Some(&true.into()), "{older}");
		let named = schema.pointer(&format!("{}/$ref", pointer(older)));
		assert_eq!(named, Some(&format!("#{}", pointer(today)).into()), "{older}");
	}
}
