// SPDX-License-Identifier: Apache-2.0

//! Definitions of absurd size or form: a clear error that people can read, and soon.

use super::{
	tests::{read, with, EXAMPLE, NOW},
	Mistakes, MAX_FILE, MAX_MISTAKES,
};
use eventum_primitives::definition::{FieldType, MAX_FEEDS};
use std::time::{Duration, Instant};

/// What is wrong with a file; told soon. It takes some milliseconds, on a busy machine a second; what
/// grows with the square of the size takes minutes.
fn wrong(text: &str) -> Mistakes {
	let start = Instant::now();
	let mistakes = read(text).expect_err("this is no market");
	assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
	assert!(mistakes.to_string().len() < 128 * 1024, "too long to read");
	mistakes
}

/// The one mistake of a file must hold these words.
fn says(text: &str, words: &[&str]) {
	let mistakes = wrong(text);
	let shown = mistakes.to_string();
	assert_eq!((mistakes.noted.len(), mistakes.more), (1, 0), "{shown}");
	for word in words {
		assert!(shown.contains(word), "\"{word}\" in {shown}");
	}
}

/// The example with other text before its end.
fn feeds(json: &str) -> String {
	format!("{{\"datafeeds\": {json}}}")
}

#[test]
fn depth_is_bounded() {
	for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
		let many = MAX_FILE / 2 / (open.len() + close.len());
		let bomb = format!("{}1{}", open.repeat(many), close.repeat(many));
		says(&bomb, &["more than 16", "valid JSON, at most 16 deep"]);
		says(&open.repeat(many), &["EOF", "valid JSON"]);
		says(&feeds(&bomb), &["more than 16"]);
	}
	// Deep inside a value that nobody asked for.
	let deep = |lists: usize| format!("{}1{}", "[".repeat(lists), "]".repeat(lists));
	says(&with(&[("name", Some(&deep(13)))]), &["name", "text of at most 128 bytes"]);
	says(&with(&[("name", Some(&deep(14)))]), &["more than 16"]);
}

#[test]
fn size_is_bounded() {
	let long = |length: usize| format!("\"{}\"", "x".repeat(length));
	let fits = MAX_FILE - 4_096;
	says(&" ".repeat(MAX_FILE + 1), &["1048577 bytes", "at most 1 MiB"]);
	says(&with(&[("name", Some(&long(fits)))]), &["name", "1044480 bytes", "at most 128"]);
	says(&with(&[("rules", Some(&long(65_537)))]), &["rules", "65537 bytes", "at most 65536"]);
	assert!(read(&with(&[("rules", Some(&long(65_536)))])).is_ok());
	says(&with(&[("event", Some(&long(fits)))]), &["event", "xxx…", "\"single\" or \"multiple\""]);
	says(&with(&[("min_people", Some(&long(fits)))]), &["min_people", "xxx…", "whole number"]);
	says(&with(&[("default_value", Some(&long(fits)))]), &["default_value", "xxx…", "null"]);
	says(&with(&[(&"k".repeat(fits), Some("1"))]), &["kkk…", "unknown key", "a known key"]);
}

#[test]
fn numbers_of_things_are_bounded() {
	let list = |part: &str, count: usize| format!("[{}]", vec![part; count].join(","));
	says(&feeds(&list("1", 500_000)), &["datafeeds", "a list of 500000", "1 to 64 feeds"]);
	let most = MAX_FEEDS as usize;
	says(&feeds(&list("{}", most + 1)), &["a list of 65", "1 to 64 feeds"]);
	let fields = list("{}", 200_000);
	let text = with(&[("data_type", None), ("fields", Some(&fields))]);
	says(&text, &["fields", "a list of 200000", "1 to 16 fields"]);
	let options = list("\"a\"", 200_000);
	let text = with(&[("data_type", Some("\"categorical\"")), ("options", Some(&options))]);
	says(&text, &["options", "a list of 200000", "2 to 64"]);
}

#[test]
fn of_very_many_mistakes_the_first_are_told() {
	let keys: Vec<String> = (0..50_000).map(|key| format!("\"key {key}\":0")).collect();
	let mistakes = wrong(&feeds(&format!("[{{{}}}]", keys.join(","))));
	assert_eq!(mistakes.noted.len(), MAX_MISTAKES);
	assert!(mistakes.more >= 50_000 - MAX_MISTAKES);
	let shown = mistakes.to_string();
	assert!(shown.contains("key 0: unknown key"), "{shown}");
	assert!(shown.ends_with(&format!("and {} more", mistakes.more)));

	let twice = vec!["\"name\":\"a\""; 50_000].join(",");
	let mistakes = wrong(&feeds(&format!("[{{{twice}}}]")));
	assert!(mistakes.to_string().contains("name: given twice"));

	let many = vec!["{}"; MAX_FEEDS as usize].join(",");
	let mistakes = wrong(&feeds(&format!("[{many}]")));
	assert_eq!(mistakes.noted.len(), MAX_MISTAKES);
	assert!(mistakes.more > 0 && mistakes.to_string().contains("feed #1: name: missing"));
}

#[test]
fn numbers_are_plain_decimals_within_bounds() {
	for (key, right) in [
		("min_people", "a whole number from 1 to 10000"),
		("reward_amount", "an amount of EVT"),
		("stake_K", "a number from 0 to 20"),
		("consensus_rule", "at least 0.5 and less than 1"),
		("max_dispute_time", "seconds from 3600"),
		("time_to_join", "unix seconds after"),
	] {
		for number in ["1e400", "-1e400", "1e-400", "99999999999999999999999999999999999999999"] {
			says(&with(&[(key, Some(number))]), &[key, right]);
		}
		for text in
			["\"NaN\"", "\"Infinity\"", "\"0x10\"", "\"1_000\"", "\"+1\"", "\" 1\"", "\"１２\""]
		{
			says(&with(&[(key, Some(text))]), &[key, right, &text[1..text.len() - 1]]);
		}
		for other in ["true", "[1]", "{\"a\": 1}", "\"\""] {
			says(&with(&[(key, Some(other))]), &[key, right]);
		}
	}
	for broken in ["NaN", "Infinity", "-", "01", "1.", ".5", "1e", "0x10", "'1'"] {
		let text = EXAMPLE.replace("\"min_people\": 20", &format!("\"min_people\": {broken}"));
		says(&text, &["line", "column", "valid JSON"]);
	}
}

#[test]
fn every_key_is_of_its_type() {
	let text = "text of at most";
	for (key, right) in [
		("name", text),
		("description", text),
		("rules", text),
		("category1", text),
		("location", text),
		("webhook_url", text),
		("event", "\"single\" or \"multiple\""),
		("data_type", "\"boolean\" or"),
		("gate", "\"all\" or \"any\""),
		("consensus_mode", "\"confirmations\" or \"final\""),
		("reward_currency", "\"EVT\""),
		("visibility", "\"public\""),
		("min_balance", "an amount of EVT"),
		("cross_validate_Z", "a share from 0 to 1"),
	] {
		for other in ["[]", "{}", "false"] {
			let mistakes = wrong(&with(&[(key, Some(other))]));
			let shown = mistakes.to_string();
			assert_eq!(mistakes.noted.len(), 1, "{shown}");
			let named = mistakes.noted[0].key == key && mistakes.noted[0].value == other;
			assert!(named && shown.contains(right), "{shown}");
		}
	}
	for (text, right) in [
		("[1]", "#1: 1; it should be an object with keys of"),
		("[[]]", "#1: []; it should be an object"),
		("{}", "datafeeds: {}; it should be a list of 1 to 64 feeds"),
		("\"None\"", "datafeeds: missing"),
	] {
		says(&feeds(text), &[right]);
	}
}

#[test]
fn keys_that_are_given_twice_are_noticed_everywhere() {
	let twice = |key: &str, inner: &str| with(&[(key, Some(inner))]);
	let text = EXAMPLE.strip_suffix('}').unwrap();
	says(&format!("{text}, \"datafeeds\": 5}}"), &["datafeeds: given twice"]);
	says(
		&twice("stop_voting", r#"{"at": 1502951865, "at": 1502951866}"#),
		&["stop_voting.at: given twice"],
	);
	let options = r#"["a", {"name": "b", "data_type": "integer", "name": "c"}]"#;
	let text = with(&[("data_type", Some("\"categorical\"")), ("options", Some(options))]);
	says(&text, &["options[1].name: given twice"]);
	// Escapes make no other key.
	let text = EXAMPLE.replacen("\"event\"", "\"min\\u005fpeople\": 20, \"event\"", 1);
	says(&text, &["min_people: given twice"]);
}

#[test]
fn what_cannot_be_seen_is_written_out() {
	says(&with(&[("min_people\u{200b}", Some("3"))]), &["min_people\\u{200b}: unknown", "nearest"]);
	says(&with(&[("\u{202e}eman", Some("3"))]), &["\\u{202e}eman: unknown key"]);
	says(&with(&[("mіn_people", Some("3"))]), &["the nearest is \"min_people\""]);
	says(&with(&[("event", Some("\"\\u001b[2Jsingle\""))]), &["\"\\u{1b}[2Jsingle\""]);
	let shown = wrong(&with(&[("name", Some("\"a\\u0007\\u009b\"")), ("min_people", None)]));
	assert!(shown.to_string().starts_with("feed \"a\\u{7}\\u{9b}\": min_people"), "{shown}");
	says(&EXAMPLE.replace("Ronaldo scores\"", "\\ud800\""), &["hex escape in", "\\ud800"]);
	says(&EXAMPLE.replace("Ronaldo scores\"", "\u{1}\""), &["control character", "valid JSON"]);
}

#[test]
fn texts_of_all_scripts_are_kept_as_they_are() {
	let name = "日本語 🏴󠁧󠁢󠁷󠁬󠁳󠁿 e\u{301} \u{202b}עברית";
	let market = read(&with(&[("name", Some(&format!("\"{name}\"")))])).unwrap();
	assert_eq!(&market.feeds[0].text.name[..], name.as_bytes());
	assert!(read(&format!("\u{feff}{EXAMPLE}")).is_ok(), "some editors put this mark first");
	// Bytes count, not characters.
	let name = format!("\"{}\"", "é".repeat(65));
	says(&with(&[("name", Some(&name))]), &["130 bytes", "at most 128"]);
}

#[test]
fn labels_that_look_alike_are_refused() {
	let options =
		|list: &str| with(&[("data_type", Some("\"categorical\"")), ("options", Some(list))]);
	for other in
		["\"CAFE\u{301}\"", "\" café\"", "{\"name\": \"Café\", \"data_type\": \"integer\"}"]
	{
		let text = options(&format!("[\"café\", {other}]"));
		says(&text, &["options[1]", "no other option", "case and spacing"]);
	}
	let market = read(&options("[\"café\", \"cafe\"]")).unwrap();
	let FieldType::Categorical { options, .. } = &market.feeds[0].definition.fields[0].field_type
	else {
		panic!()
	};
	assert_eq!(options.len(), 2, "accents count");
}

#[test]
fn times_are_in_the_future_and_in_order() {
	let now = NOW / 1_000;
	let at = |key: &'static str, time: u64| with(&[(key, Some(&time.to_string()))]);
	says(&at("time_to_join", now), &["time_to_join", "1500000000", "which is now"]);
	says(&at("time_to_join", 0), &["time_to_join: 0", "unix seconds after 1500000000"]);
	says(&at("time_to_join", 100_000_000_001), &["milliseconds"]);
	says(&at("time_to_join", u64::MAX), &["18446744073709551615", "milliseconds"]);
	let mistakes = wrong(&at("time_to_join", 100_000_000_000));
	let keys: Vec<&str> = mistakes.noted.iter().map(|mistake| mistake.key.as_str()).collect();
	assert_eq!(keys, ["reporting_timestamp", "stop_voting.at"], "they come before joining is over");
	says(&at("reporting_timestamp", 1_502_344_664), &["reporting_timestamp", "the time_to_join"]);
	says(&with(&[("stop_voting", Some("{\"at\": 1502944665}"))]), &["stop_voting.at", "reporting"]);
	says(&with(&[("stop_voting", Some("{\"at\": \"soon\"}"))]), &["stop_voting.at: \"soon\""]);
	let single = ("event", Some("\"multiple\""));
	let series =
		|max_time| with(&[single, ("max_rounds", Some("2")), ("max_time", Some(max_time))]);
	says(&series("7776000.001"), &["max_time", "seconds from 0.001 to 7776000"]);
	says(&series("0"), &["max_time: 0"]);
	says(&series("1.0001"), &["max_time", "more decimal places"]);
	assert!(read(&series("7776000")).is_ok());
}
