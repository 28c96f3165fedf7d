// SPDX-License-Identifier: Apache-2.0

//! What reporters and members send into the report plane, and what authors put into headers.

use crate::{
	one_form,
	outcomes::check_certificate,
	world::{genesis, intake_key, report_key, ACCESS_SECRET, COMMITTEE, HEADS, RECEIPTS, REPORTS},
};
use codec::{Decode, DecodeAll, Encode};
use eventum_input::{json::Json, values};
use eventum_primitives::{
	beacon::{find_signature, BEACON_ENGINE_ID},
	definition::{Fields, ScalarType, MAX_ANSWER},
	log::SignedHead,
	report::{Report, MAX_REPORT},
	value::{
		check_fields, decode_answer, encode_answer, pad, padded_length, unpad, Answer, Scalar,
		Value,
	},
	AccountId, FeedId,
};
use eventum_wire::{
	client::{canonical_answer, verify_receipt, verify_report},
	forward, heads,
	message::{Batch, MAX_MESSAGES, MAX_NOTIFICATION},
	seal::{open_answer, open_envelope, SecretKey, MAX_ENVELOPE},
	Envelope, IntakeError, Message, Receipt,
};
use sp_core::Bytes;
use sp_runtime::{Digest, DigestItem};

pub(crate) fn report(bytes: &[u8]) -> bool {
	let Some(report) = one_form::<Report>(bytes) else { return false };
	assert!(bytes.len() <= MAX_REPORT);
	check_report(&report);
	true
}

/// A report is named by its body, signed by its reporter alone, and opens only where it belongs.
fn check_report(report: &Report) {
	let mut other = report.clone();
	other.signature = [0; 64];
	assert_eq!(report.hash(), other.hash(), "a second signature makes no second report");
	other.body.sent_at ^= 1;
	assert_ne!(report.hash(), other.hash());
	let signed = report.body.signed_bytes();
	assert!(signed.starts_with(b"<Bytes>") && signed.ends_with(b"</Bytes>"));
	assert_eq!(signed.len(), 32 + 15, "what a browser wallet signs");
	if verify_report(report, &report_key()) {
		assert!(REPORTS.iter().any(|known| known.body == report.body), "nobody signed {report:?}");
	}
	let body = &report.body;
	let opened = open_answer(
		&SecretKey::new(&ACCESS_SECRET),
		&body.genesis,
		body.feed,
		body.round,
		&body.reporter,
		&body.tag,
		&body.sealed,
	);
	if opened.is_ok() {
		assert!(REPORTS.iter().any(|known| known.body.sealed == body.sealed));
	}
}

pub(crate) fn envelope(bytes: &[u8]) -> bool {
	let read = Envelope::read(bytes);
	assert!(bytes.len() <= MAX_ENVELOPE || read.is_err());
	let Ok(envelope) = read else {
		assert_eq!(read, Err(IntakeError::MalformedEnvelope));
		return false;
	};
	assert_eq!(envelope.encode(), bytes, "an envelope has one form");
	let secret = intake_key(envelope.member);
	if let Ok(report) = open_envelope(&secret, &genesis(), &envelope) {
		assert_eq!((report.body.genesis, report.body.feed), (genesis(), envelope.feed));
		assert!(REPORTS.contains(&report), "nobody sealed {report:?}");
	}
	true
}

pub(crate) fn receipt(bytes: &[u8]) -> bool {
	let Some(receipt) = one_form::<Receipt>(bytes) else { return false };
	for report in REPORTS.iter() {
		if verify_receipt(&receipt, &COMMITTEE, report) {
			assert!(RECEIPTS.contains(&receipt), "nobody promised {receipt:?}");
		}
	}
	true
}

pub(crate) fn batch(bytes: &[u8]) -> bool {
	let Some(batch) = Batch::read(bytes) else { return false };
	assert!(bytes.len() as u64 <= MAX_NOTIFICATION && batch.messages.len() <= MAX_MESSAGES);
	assert_eq!(batch.encode(), bytes, "a batch has one form");
	for message in &batch.messages {
		match message {
			Message::Log(update) => check_head(&update.head),
			Message::Report(report) => check_report(report),
			Message::Proposal(proposal) => proposal.cut.iter().for_each(check_head),
			Message::Certificate(certificate) => check_certificate(certificate),
			_ => {
				message.feed();
			}
		}
	}
	true
}

fn check_head(signed: &SignedHead) {
	if heads::verify(&genesis(), &COMMITTEE, signed) {
		let same = |known: &SignedHead| known.member == signed.member && known.head == signed.head;
		assert!(HEADS.iter().any(same), "nobody signed {signed:?}");
	}
}

/// What a node forwards to another.
pub(crate) fn request(bytes: &[u8]) -> bool {
	let Some(envelopes) = forward::read_request(bytes) else { return false };
	assert!((1..=forward::MAX_ENVELOPES).contains(&envelopes.len()));
	assert_eq!(envelopes.encode(), bytes);
	for bytes in &envelopes {
		envelope(bytes);
	}
	true
}

/// What the other node answers.
pub(crate) fn answers(bytes: &[u8]) -> bool {
	let mut taken = false;
	for count in 0..4 {
		if let Some(answers) = forward::read_response(bytes, count) {
			assert_eq!(answers.len(), count, "an answer for each");
			assert_eq!(answers.encode(), bytes);
			taken |= count > 0;
		}
	}
	taken
}

/// The fields of some feed, and the canonical answer of a report to it.
pub(crate) fn answer(bytes: &[u8]) -> bool {
	let mut canonical = bytes;
	let Ok(fields) = Fields::decode(&mut canonical) else { return false };
	if check_fields(&fields).is_err() {
		return false;
	}
	let length = padded_length(&fields) as usize;
	assert!(length <= MAX_ANSWER as usize);
	let Ok(answer) = decode_answer(&fields, canonical) else { return false };
	assert_eq!(encode_answer(&fields, &answer).as_deref(), Ok(canonical), "one form");
	let padded = pad(&fields, canonical.to_vec());
	assert_eq!(padded.len(), length, "all answers of a feed look alike");
	assert_eq!(unpad(&fields, &padded), Ok(canonical));
	let once = canonical_answer(&answer);
	assert_eq!(canonical_answer(&once), once);
	if let Answer::Values(_) = &answer {
		check_written(&fields, &answer, &once);
	}
	true
}

/// An answer that is written for people and read again is the same, in canonical form.
fn check_written(fields: &Fields, answer: &Answer, canonical: &Answer) {
	let written = values::answer_to_json(fields, answer).to_string();
	let json = Json::parse(&written).expect("what we write is JSON");
	match values::answer_from_json(fields, &json) {
		Ok(read) => assert_eq!(read, *canonical, "{written}"),
		// Case folding can make a text longer.
		Err(error) => assert!(has_long_text(fields, canonical), "{written}: {error}"),
	}
}

fn has_long_text(fields: &Fields, answer: &Answer) -> bool {
	use eventum_primitives::definition::FieldType;
	let long = |of: &ScalarType, scalar: &Scalar| match (of, scalar) {
		(ScalarType::Text { max_length }, Scalar::Text(text)) => {
			text.len() > usize::from(*max_length)
		}
		_ => false,
	};
	let Answer::Values(values) = answer else { return false };
	fields.iter().zip(values).any(|(field, value)| match (&field.field_type, value) {
		(FieldType::Scalar(of), Value::Scalar(scalar)) => long(of, scalar),
		(FieldType::Categorical { options, .. }, Value::Choice(choices)) => {
			choices.iter().any(|(place, held)| {
				let of = options.get(usize::from(*place)).and_then(|option| option.value.as_ref());
				of.zip(held.as_ref()).is_some_and(|(of, scalar)| long(of, scalar))
			})
		}
		_ => false,
	})
}

/// The digest of a header: one beacon signature, or none.
pub(crate) fn beacon(bytes: &[u8]) -> bool {
	let Ok(digest) = Digest::decode_all(&mut &bytes[..]) else { return false };
	let found = find_signature(digest.logs());
	let ours = |item: &&DigestItem| {
		item.as_pre_runtime().is_some_and(|(engine, _)| engine == BEACON_ENGINE_ID)
	};
	let items: Vec<_> = digest.logs().iter().filter(ours).collect();
	if let Some(signature) = &found {
		let [item] = &items[..] else { panic!("it must stand alone") };
		let (_, payload) = item.as_pre_runtime().expect("a pre-runtime item");
		assert_eq!(signature.encode(), payload, "a signature has one form");
	}
	found.is_some()
}

/// Parameters of the JSON-RPC methods, each as the server reads it.
pub(crate) fn rpc(bytes: &[u8]) -> bool {
	let envelopes = serde_json::from_slice::<Vec<Bytes>>(bytes);
	if let Ok(envelopes) = &envelopes {
		let written = serde_json::to_string(envelopes).expect("bytes are written");
		assert_eq!(serde_json::from_str::<Vec<Bytes>>(&written).ok().as_ref(), Some(envelopes));
		for bytes in envelopes {
			envelope(bytes);
		}
	}
	let account = serde_json::from_slice::<AccountId>(bytes);
	if let Ok(account) = &account {
		let written = serde_json::to_string(account).expect("an account is written");
		assert_eq!(serde_json::from_str::<AccountId>(&written).ok().as_ref(), Some(account));
	}
	type Subscription = (String, Option<u32>, Option<u32>);
	let subscription = serde_json::from_slice::<Subscription>(bytes).ok();
	let feed = subscription.and_then(|(feed, _, _)| feed.parse::<FeedId>().ok());
	if let Some(feed) = &feed {
		assert_eq!(feed.to_string().parse(), Ok(*feed));
	}
	envelopes.is_ok() || account.is_ok() || feed.is_some()
}
