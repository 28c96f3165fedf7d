// SPDX-License-Identifier: Apache-2.0

//! Real inputs of each target: what the corpus is made of.

use crate::world::{
	some_detail, vectors, CERTIFICATES, FEED, HEADS, RECEIPTS, REPORTS, ROUND, VECTORS,
};
use codec::{Compact, Encode};
use eventum_primitives::{
	bits::Bits,
	definition::{ChoiceOption, Field, FieldType, Fields, ScalarType},
	log::LogEntry,
	outcome::Detail,
	value::{encode_answer, Answer, Scalar, Value},
	AccountId, Hash,
};
use eventum_wire::{
	forward,
	message::{Batch, LogUpdate, Proposal, Vote},
	IntakeError, Message,
};
use serde_json::json;
use sp_core::{ed25519, Bytes, Pair};

/// Inputs of a target that it takes, with their names.
pub fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
	let texts = |texts: &[(&str, &str)]| {
		let owned = |(name, text): &(&str, &str)| (name.to_string(), text.as_bytes().to_vec());
		texts.iter().map(owned).collect()
	};
	match target {
		"certificate" => numbered(CERTIFICATES.iter().map(Encode::encode)),
		"outcome" => numbered(CERTIFICATES.iter().map(|known| known.outcome.encode())),
		"detail" => details(),
		"report" => numbered(vectors("report")),
		"envelope" => numbered(vectors("envelope")),
		"receipt" => numbered(vectors("receipt")),
		"batch" => batches(),
		"request" => numbered([vectors("envelope").encode(), vectors("envelope")[..1].encode()]),
		"answers" => answers(),
		"answer" => canonical_answers(),
		// Signing is random here: this one was made once.
		"beacon" => vec![("header".into(), include_bytes!("../corpus/beacon/header").to_vec())],
		"rpc" => rpc(),
		"definition" => texts(DEFINITIONS),
		"json" => texts(DEFINITIONS).into_iter().chain(texts(JSON)).collect(),
		"decimal" => numbered(NUMBERS.iter().map(|(places, text)| {
			let (places, text): (u8, &str) = (*places, text);
			[&[places], text.as_bytes()].concat()
		})),
		"text" => numbered(TEXTS.iter().map(|text| text.as_bytes().to_vec())),
		"votes" => texts(VOTES),
		_ => Vec::new(),
	}
}

fn numbered(inputs: impl IntoIterator<Item = Vec<u8>>) -> Vec<(String, Vec<u8>)> {
	inputs.into_iter().enumerate().map(|(place, bytes)| (place.to_string(), bytes)).collect()
}

fn details() -> Vec<(String, Vec<u8>)> {
	let mut all = (Bits::new(200), Vec::new());
	for index in 0..200 {
		all.0.set(index);
		all.1.push(Compact(index * 37 % 5_000));
	}
	let times = all.1.try_into().expect("few times");
	let everyone = Detail { voted: all.0.clone(), agreed: all.0, times };
	numbered([Detail::default().encode(), some_detail().encode(), everyone.encode()])
}

/// A message of each kind, alone and together.
fn batches() -> Vec<(String, Vec<u8>)> {
	let (feed, round) = (FEED, ROUND);
	let certificate = CERTIFICATES[2].clone();
	let report = REPORTS[0].clone();
	let entries = vec![LogEntry { report: report.hash(), at: 1_700_000_000_456 }; 2];
	let vote = Vote {
		feed,
		round,
		sequence: 3,
		view: 2,
		payload: [3; 32],
		member: certificate.signatures[0].0,
		signature: certificate.signatures[0].1,
	};
	let cut = HEADS.clone();
	let messages = vec![
		Message::Log(LogUpdate { head: HEADS[0].clone(), from: 0, entries }),
		Message::WantReports { feed, round, reports: vec![report.hash(), Hash::zero()] },
		Message::Report(report),
		Message::WantLog { feed, round, member: 3, from: 70 },
		Message::Proposal(Proposal { outcome: certificate.outcome.clone(), cut }),
		Message::Vote(vote),
		Message::Certificate(certificate),
		Message::Status { feed, round, sequence: 3 },
		Message::Delivered { feed, round, sequence: 3 },
	];
	let alone = messages.iter().map(|message| Batch { messages: vec![message.clone()] }.encode());
	let together = Batch { messages: messages.clone() }.encode();
	numbered(alone.chain([together]))
}

fn answers() -> Vec<(String, Vec<u8>)> {
	let taken = RECEIPTS.iter().cloned().map(Ok);
	let refused = [Err(IntakeError::Late), Err(IntakeError::Overloaded)];
	let answers: Vec<forward::Answer> = taken.chain(refused).collect();
	numbered([answers[..1].encode(), answers[2..4].encode(), answers[3..].encode()])
}

fn named(name: &str, field_type: FieldType) -> Field {
	Field { name: name.as_bytes().to_vec().try_into().expect("a short name"), field_type }
}

fn option(name: &str, value: Option<ScalarType>) -> ChoiceOption {
	ChoiceOption { name: name.as_bytes().to_vec().try_into().expect("a short name"), value }
}

fn canonical_answers() -> Vec<(String, Vec<u8>)> {
	let published = VECTORS["reports"].as_array().map_or(0, Vec::len);
	let fields = vectors("fields").into_iter().zip(vectors("canonical")).take(published);
	let options = vec![
		option("home", None),
		option("draw", None),
		option("away", Some(ScalarType::Float { decimals: 2 })),
	];
	let all: Fields = vec![
		named("minute", FieldType::Scalar(ScalarType::Integer)),
		named("share", FieldType::Scalar(ScalarType::Float { decimals: 6 })),
		named("who", FieldType::Scalar(ScalarType::Text { max_length: 80 })),
		named(
			"sides",
			FieldType::Categorical { options: options.try_into().expect("few"), multiple: true },
		),
	]
	.try_into()
	.expect("four fields");
	let answer = Answer::Values(vec![
		Value::Scalar(Scalar::Integer(-90)),
		Value::Scalar(Scalar::Float(1_234_567)),
		Value::Scalar(Scalar::Text("ŉandú ß".into())),
		Value::Choice(vec![(0, None), (2, Some(Scalar::Float(250)))]),
	]);
	let canonical = encode_answer(&all, &answer).expect("of its type");
	let written = fields.map(|(fields, answer)| [fields, answer].concat());
	numbered(written.chain([[all.encode(), canonical].concat()]))
}

fn rpc() -> Vec<(String, Vec<u8>)> {
	let envelopes: Vec<Bytes> = vectors("envelope").into_iter().map(Bytes).collect();
	let account = AccountId::from(ed25519::Pair::from_seed(&[4; 32]).public().0);
	numbered([
		json!(envelopes).to_string().into_bytes(),
		json!(account).to_string().into_bytes(),
		json!(["12/3", 1, 2]).to_string().into_bytes(),
		json!(["7", null, null]).to_string().into_bytes(),
	])
}

const DEFINITIONS: &[(&str, &str)] = &[
	("example", include_str!("../corpus/definition/example")),
	("series", include_str!("../corpus/definition/series")),
	("older", include_str!("../corpus/definition/older")),
];

const JSON: &[(&str, &str)] = &[
	("numbers", "[0, -0, 1.10e2, 123456789012345678901234567890, 1E-9, true, false, null]"),
	("strings", r#"{"a\u0000": "\ud83d\ude00", "a": "\\\"\/\b\f\n\r\t", "": [{}, []]}"#),
];

const NUMBERS: &[(u8, &str)] = &[
	(12, "12.5"),
	(0, "-170141183460469231731687303715884105727"),
	(2, "0.125"),
	(6, "1.5e3"),
	(3, "0.009e-5"),
	(9, "2500000000e-18"),
];

const TEXTS: &[&str] = &[
	"  Ronaldo\tScores ",
	"MA\u{301}LAGA ﬁn Straße ΌΣΟΣ",
	"İstanbul ŉandú ᾳ\u{345} \u{1e9e}",
	"日本語 한국어 각",
	"\u{fb1d}\u{5b4} न\u{93c} \u{212b}\u{2126}",
];

const VOTES: &[(&str, &str)] = &[
	("birds", "task,worker,answer\nt1,w1,true\nt1,w2,FALSE\nt2,w1,\nt2,w2,true\n"),
	("numbers", "task,worker,answer\r\n\"a, b\",w1,1.50\r\nb,w2,-7\r\nb,w1,1e3\r\n"),
	("labels", "task,worker,answer\na,w1,cat\na,w2,\"dog, \"\"big\"\"\"\nb,w1,None\n"),
	("words", "\u{feff}task,worker,answer\na,w1,only\na,w2,only\n"),
];
