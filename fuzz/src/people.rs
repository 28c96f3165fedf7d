// SPDX-License-Identifier: Apache-2.0

//! What people write: market definitions, numbers, texts, recorded votes.

use codec::{DecodeAll, Encode};
use eventum_input::{
	decimal::{self, Beyond, NotANumber},
	definition::{self, Market, Mistakes, Secrets, MAX_FILE, MAX_MISTAKES, MAX_RULES},
	json::Json,
	votes::{parse_votes, Votes},
};
use eventum_primitives::{
	definition::{FeedInput, Limits, MAX_FEEDS},
	value::{canonical_text, check_fields, encode_answer},
	PPB,
};
use unicode_normalization::UnicodeNormalization;

/// When the definitions of the corpus are read.
const LIMITS: Limits =
	Limits { now: 1_500_000_000_000, existential_deposit: 1_000_000_000, min_dispute_time: 1_000 };

fn utf8(bytes: &[u8]) -> Option<&str> {
	std::str::from_utf8(bytes).ok()
}

pub(crate) fn definition(bytes: &[u8]) -> bool {
	let Some(text) = utf8(bytes) else { return false };
	let secrets = || Secrets { tag_key: [1; 32], access_secret: [2; 32] };
	match definition::parse(text, &LIMITS, secrets) {
		Ok(market) => check_market(text, &market),
		Err(mistakes) => check_mistakes(&mistakes),
	}
}

/// What is taken here the chain takes too.
fn check_market(text: &str, market: &Market) -> bool {
	assert!(text.len() <= MAX_FILE);
	assert!((1..=MAX_FEEDS as usize).contains(&market.feeds.len()));
	for input in &market.feeds {
		input.definition.check(&LIMITS).expect("the chain takes the definition");
		input.text.check().expect("the chain takes the text");
		let sent = input.encode();
		assert_eq!(FeedInput::decode_all(&mut &sent[..]).as_ref(), Ok(input));
		if let Some(hash) = input.text.rules {
			let is = |rules: &Vec<u8>| sp_crypto_hashing::blake2_256(rules) == hash.0;
			assert!(market.rules.iter().any(is), "the rules go with the feed");
		}
	}
	assert!(market.rules.iter().all(|rules| (1..=MAX_RULES).contains(&rules.len())));
	true
}

/// However much is wrong, people can read what it is.
fn check_mistakes(mistakes: &Mistakes) -> bool {
	assert!((1..=MAX_MISTAKES).contains(&mistakes.noted.len()), "{}", mistakes.noted.len());
	for mistake in &mistakes.noted {
		let shown = mistake.to_string();
		assert!(shown.len() <= 4_096, "too long to read: {shown}");
		assert!(!mistake.value.is_empty() && !mistake.right.is_empty(), "{shown}");
		assert!(!shown.contains(char::is_control), "{shown:?}");
		// What the chain refuses has an error of its own here.
		assert!(!shown.contains("refused by the chain"), "{shown}");
	}
	false
}

pub(crate) fn json(bytes: &[u8]) -> bool {
	let Some(text) = utf8(bytes) else { return false };
	let ours = Json::parse(text);
	// The other reader gives names of this kind a meaning of its own.
	if !text.contains("$serde_json") {
		let theirs = serde_json::from_str::<serde_json::Value>(text);
		match (&ours, &theirs) {
			// It has no numbers beyond those of a float.
			(Ok(_), Err(error)) if error.to_string().starts_with("number out of range") => {}
			(Ok(_), Err(error)) => panic!("what is no JSON is read: {error}"),
			(Err(error), Ok(value)) => assert!(depth(value) > 16, "JSON is refused: {error}"),
			_ => {}
		}
	}
	let Ok(json) = ours else { return false };
	assert_eq!(Json::parse(&json.to_string()).as_ref(), Ok(&json), "nothing is lost");
	true
}

fn depth(value: &serde_json::Value) -> usize {
	let deepest = match value {
		serde_json::Value::Array(parts) => parts.iter().map(depth).max(),
		serde_json::Value::Object(pairs) => pairs.values().map(depth).max(),
		_ => return 0,
	};
	1 + deepest.unwrap_or(0)
}

/// `places`, then the number.
pub(crate) fn decimal(bytes: &[u8]) -> bool {
	let Some((places, rest)) = bytes.split_first() else { return false };
	let (places, Some(text)) = (u32::from(places % 13), utf8(rest)) else { return false };
	let _ = decimal::evt(text);
	check_share(text);
	let scaled = |text: &str, beyond| decimal::scaled(text, places, beyond);
	let nearest = scaled(text, Beyond::HalfEven);
	let (exact, up) = (scaled(text, Beyond::Refuse), scaled(text, Beyond::Up));
	let malformed = |result| result == Err(NotANumber::Malformed);
	assert!(malformed(exact) == malformed(nearest) && malformed(up) == malformed(nearest));
	let Ok(value) = nearest else { return false };
	assert_eq!(scaled(&decimal::text(value, places), Beyond::Refuse), Ok(value));
	if let Ok(exact) = exact {
		assert_eq!((nearest, up), (Ok(exact), Ok(exact)));
	}
	if let Ok(up) = up {
		assert!(up.unsigned_abs().abs_diff(value.unsigned_abs()) <= 1, "{up} {value}");
		assert!(up.unsigned_abs() >= value.unsigned_abs());
	}
	let negated = match text.strip_prefix('-') {
		Some(rest) => rest.to_string(),
		None => format!("-{text}"),
	};
	let opposite = value.checked_neg().ok_or(NotANumber::TooLarge);
	assert_eq!(scaled(&negated, Beyond::HalfEven), opposite);
	let float = text.parse::<f64>().expect("a number") * 10f64.powi(places as i32);
	let error = (value as f64 - float).abs();
	assert!(error <= 0.500_001 + float.abs() * 1e-12, "{text} is {value}, not {float}");
	true
}

/// A share is the least number of parts per billion that is not below it.
fn check_share(text: &str) {
	let Ok(share) = decimal::share(text) else { return };
	let Some((top, bottom)) = text.split_once('/') else { return };
	let part = |text: &str| text.trim().parse::<u128>().expect("a whole number");
	let (top, bottom, share) = (part(top), part(bottom), u128::from(share));
	assert!(share * bottom >= top * u128::from(PPB));
	assert!(share == 0 || (share - 1) * bottom < top * u128::from(PPB));
}

/// Texts that mean the same are the same, and what is canonical stays as it is.
pub(crate) fn text(bytes: &[u8]) -> bool {
	let Some(text) = utf8(bytes) else { return false };
	let canonical = canonical_text(text);
	assert_eq!(canonical_text(&canonical), canonical);
	assert_eq!(canonical.trim(), canonical);
	assert!(!canonical.contains("  ") && !canonical.contains(['\t', '\n', '\r', '\u{a0}']));
	assert!(canonical.len() <= 4 * text.len(), "{} of {}", canonical.len(), text.len());
	let composed: String = text.nfc().collect();
	let decomposed: String = text.nfd().collect();
	for same in [composed, decomposed, format!(" \t{text}\u{2003}\n")] {
		assert_eq!(canonical_text(&same), canonical);
	}
	true
}

pub(crate) fn votes(bytes: &[u8]) -> bool {
	let votes = match parse_votes(bytes) {
		Ok(votes) => votes,
		Err(failure) => {
			assert!(!failure.text().is_empty());
			return false;
		}
	};
	check_votes(&votes);
	true
}

/// Every answer of the file can be given, and is told again in its words.
fn check_votes(votes: &Votes) {
	let fields = votes.fields().expect("one field");
	check_fields(&fields).expect("the chain takes the field");
	assert!(!votes.tasks.is_empty() && votes.count() > 0 && votes.default_consensus() > 0);
	for task in &votes.tasks {
		assert!(!task.votes.is_empty() && task.votes.len() <= votes.workers.len());
		let mut workers: Vec<usize> = task.votes.iter().map(|(worker, _)| *worker).collect();
		workers.sort_unstable();
		workers.dedup();
		assert_eq!(workers.len(), task.votes.len(), "one answer of a worker for each task");
		for (worker, text) in &task.votes {
			assert!(*worker < votes.workers.len());
			let answer = votes.answer(text).expect("what was answered can be answered");
			let canonical = encode_answer(&fields, &answer).expect("and reported");
			let told = votes.text_of(task, &canonical).expect("and told");
			assert!(votes.same(&told, text), "{told} {text}");
		}
	}
}
