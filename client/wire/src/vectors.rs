// SPDX-License-Identifier: Apache-2.0

//! Makes and checks `vectors.json`, by which clients in other languages check themselves.
//! `EVENTUM_WRITE_VECTORS=1 cargo test -p eventum-wire` writes the file anew.

use crate::{
	client::make_excuse,
	seal::{open_answer, open_envelope, public_key, seal, seal_report_with, SecretKey},
	testing::{definition, feed, genesis, intake_key, reporter, vald},
	Receipt,
};
use codec::Encode;
use eventum_primitives::{
	definition::Visibility,
	report::{marker_tag, tag, Body, Report},
	value::{encode_answer, pad, padded_length, Answer, Scalar, Value},
	AccountId,
};
use hpke::Serializable;
use rand_core::{CryptoRng, RngCore};
use serde_json::{json, Value as Json};
use sp_core::Pair;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors.json");

/// Gives the key material of an ephemeral key pair, `ikmE` in RFC 9180: what makes sealing random.
struct Ephemeral([u8; 32]);

impl RngCore for Ephemeral {
	fn next_u32(&mut self) -> u32 {
		unreachable!("HPKE fills bytes")
	}

	fn next_u64(&mut self) -> u64 {
		unreachable!("HPKE fills bytes")
	}

	fn fill_bytes(&mut self, bytes: &mut [u8]) {
		bytes.copy_from_slice(&self.0);
	}
}

impl CryptoRng for Ephemeral {}

fn hex(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn vector(name: &str, answer: &Answer) -> Json {
	let (definition, feed, round) = (definition(), feed(), 1);
	let account = AccountId::new([5; 32]);
	let (answer_ikm, envelope_ikm) = ([0x11; 32], [0x22; 32]);
	let Visibility::Public { tag_key, access_secret } = &definition.visibility;
	let canonical = encode_answer(&definition.fields, answer).unwrap();
	let tag = marker_tag(&genesis(), feed, round, answer)
		.unwrap_or_else(|| tag(tag_key, &genesis(), feed, round, &canonical));
	let padded = pad(&definition.fields, canonical.clone());
	let (info, aad) = ((genesis(), feed, round).encode(), (&account, tag).encode());
	let access = public_key(access_secret);
	let sealed = seal(&access, &info, &aad, &padded, &mut Ephemeral(answer_ikm)).unwrap();
	assert_eq!(
		open_answer(
			&SecretKey::new(access_secret),
			&genesis(),
			feed,
			round,
			&account,
			&tag,
			&sealed
		),
		Ok(padded.clone())
	);
	let body = Body {
		genesis: genesis(),
		feed,
		round,
		reporter: account.clone(),
		tag,
		sealed: sealed.clone().try_into().unwrap(),
		sent_at: 1_700_000_000_123,
	};
	let signature = reporter().sign(&body.signed_bytes()).0;
	let report = Report { body, signature };
	let (member, intake) = (2, intake_key(2));
	let envelope = seal_report_with(
		&intake.public(),
		&genesis(),
		member,
		&report,
		&mut Ephemeral(envelope_ikm),
	)
	.unwrap();
	assert_eq!(open_envelope(&intake, &genesis(), &envelope), Ok(report.clone()));
	let at = 1_700_000_000_456;
	let receipt = Receipt {
		feed,
		round,
		report: report.hash(),
		at,
		member,
		signature: vald(member).sign(&Receipt::payload(&genesis(), feed, round, report.hash(), at)),
	};
	json!({
		"name": name,
		"genesis": hex(genesis()),
		"feed": { "market": feed.market, "index": feed.index },
		"round": round,
		"fields": hex(definition.fields.encode()),
		"tag_key": hex(tag_key),
		"access_secret": hex(access_secret),
		"access_public": hex(access),
		"canonical": hex(&canonical),
		"padded_length": padded_length(&definition.fields),
		"padded": hex(&padded),
		"tag": hex(tag),
		"answer_ikm_e": hex(answer_ikm),
		"answer_info": hex(info),
		"answer_aad": hex(aad),
		"sealed": hex(&sealed),
		"reporter": hex(&account),
		"sent_at": report.body.sent_at,
		"body": hex(report.body.encode()),
		"report_hash": hex(report.hash()),
		"signed_bytes": hex(report.body.signed_bytes()),
		"report_key_seed_ed25519": hex(reporter().seed()),
		"report_key_ed25519": hex(reporter().public()),
		"signature": hex(signature),
		"report": hex(report.encode()),
		"member": member,
		"intake_secret": hex(intake.to_bytes()),
		"intake_public": hex(intake.public()),
		"envelope_ikm_e": hex(envelope_ikm),
		"envelope": hex(envelope.encode()),
		"receipt_at": at,
		"receipt_payload":
			hex(Receipt::payload(&genesis(), feed, round, report.hash(), at)),
		"member_key_ed25519": hex(vald(member).public()),
		"receipt": hex(receipt.encode()),
	})
}

fn excuse_vector() -> Json {
	let account = AccountId::new([5; 32]);
	let sign = |message: &[u8]| reporter().sign(message).0;
	let excuse = make_excuse(&genesis(), feed(), &account, 1_700_000_000_123, sign);
	json!({
		"genesis": hex(genesis()),
		"feed": { "market": feed().market, "index": feed().index },
		"reporter": hex(&account),
		"sent_at": excuse.body.sent_at,
		"tag": hex(excuse.body.tag),
		"body": hex(excuse.body.encode()),
		"report_hash": hex(excuse.hash()),
		"signed_bytes": hex(excuse.body.signed_bytes()),
		"report_key_seed_ed25519": hex(reporter().seed()),
		"signature": hex(excuse.signature),
		"report": hex(excuse.encode()),
	})
}

fn vectors() -> String {
	let value = Answer::Values(vec![
		Value::Scalar(Scalar::Boolean(true)),
		Value::Scalar(Scalar::Text("málaga".into())),
	]);
	let vectors = json!({
		"suite": "HPKE base, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305",
		"reports": [
			vector("an answer with a boolean and a text", &value),
			vector("undetermined", &Answer::Undetermined),
			vector("the series is over", &Answer::Stop),
		],
		"excuse": excuse_vector(),
	});
	serde_json::to_string_pretty(&vectors).unwrap() + "\n"
}

#[test]
fn published_vectors_hold() {
	if std::env::var_os("EVENTUM_WRITE_VECTORS").is_some() {
		std::fs::write(FILE, vectors()).unwrap();
	}
	assert_eq!(std::fs::read_to_string(FILE).unwrap(), vectors());
}
