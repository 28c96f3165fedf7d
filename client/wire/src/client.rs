// SPDX-License-Identifier: Apache-2.0

//! What a reporter's client does: it makes a signed report, seals it to members of the committee,
//! and checks their receipts.

use crate::{
	receipt,
	seal::{public_key, seal_answer, seal_receipt, seal_report, SealError},
	Envelope, Receipt,
};
use eventum_primitives::{
	committee::{Committee, MemberIndex},
	definition::{Definition, Visibility},
	report::{excuse_tag, marker_tag, tag, Body, Report, ReportKey, Tag},
	value::{canonical_text, encode_answer, pad, Answer, Scalar, Value, ValueError},
	AccountId, FeedId, Hash, Hashing, Moment, Round,
};
use sp_core::{ed25519, sr25519, Pair};
use sp_runtime::traits::Hash as _;
use thiserror::Error;

/// Members that a client hands a report to, unless it is told otherwise.
pub const DEFAULT_MEMBERS: usize = 3;

/// Why no report can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReportError {
	/// The answer is not of the feed's type.
	#[error("the answer is not of the type that the feed's definition asks for: {0:?}")]
	Answer(ValueError),
	/// The feed's access key is worthless.
	#[error(transparent)]
	Seal(#[from] SealError),
	/// The sealed answer is longer than a report may hold.
	#[error("the sealed answer is longer than a report may hold")]
	TooLong,
}

/// Makes a report. Texts in the answer are brought into canonical form first, so that two people
/// who mean the same say the same. `sign` signs with the report key what it is given.
#[allow(clippy::too_many_arguments)]
pub fn make_report(
	genesis: &Hash,
	feed: FeedId,
	round: Round,
	reporter: &AccountId,
	definition: &Definition,
	answer: &Answer,
	sent_at: Moment,
	sign: impl FnOnce(&[u8]) -> [u8; 64],
) -> Result<Report, ReportError> {
	let answer = canonical_answer(answer);
	let canonical = encode_answer(&definition.fields, &answer).map_err(ReportError::Answer)?;
	let Visibility::Public { access_secret, .. } = &definition.visibility;
	let tag = answer_tag(genesis, feed, round, definition, &answer, &canonical);
	let padded = pad(&definition.fields, canonical);
	let access = public_key(access_secret);
	let sealed = seal_answer(&access, genesis, feed, round, reporter, &tag, &padded)?;
	let body = Body {
		genesis: *genesis,
		feed,
		round,
		reporter: reporter.clone(),
		tag,
		sealed: sealed.try_into().map_err(|_| ReportError::TooLong)?,
		sent_at,
	};
	let signature = sign(&body.signed_bytes());
	Ok(Report { body, signature })
}

/// Makes an excuse: a reporter's statement, before its first report, that it cannot report. `sign` signs
/// with the report key what it is given.
pub fn make_excuse(
	genesis: &Hash,
	feed: FeedId,
	reporter: &AccountId,
	sent_at: Moment,
	sign: impl FnOnce(&[u8]) -> [u8; 64],
) -> Report {
	let body = Body {
		genesis: *genesis,
		feed,
		round: 0,
		reporter: reporter.clone(),
		tag: excuse_tag(genesis, feed),
		sealed: Default::default(),
		sent_at,
	};
	let signature = sign(&body.signed_bytes());
	Report { body, signature }
}

/// The tag of an answer whose canonical bytes are `canonical`.
pub fn answer_tag(
	genesis: &Hash,
	feed: FeedId,
	round: Round,
	definition: &Definition,
	answer: &Answer,
	canonical: &[u8],
) -> Tag {
	let Visibility::Public { tag_key, .. } = &definition.visibility;
	marker_tag(genesis, feed, round, answer)
		.unwrap_or_else(|| tag(tag_key, genesis, feed, round, canonical))
}

/// The same answer with every text in canonical form.
pub fn canonical_answer(answer: &Answer) -> Answer {
	let scalar = |scalar: &Scalar| match scalar {
		Scalar::Text(text) => Scalar::Text(canonical_text(text)),
		other => other.clone(),
	};
	let Answer::Values(values) = answer else { return answer.clone() };
	let values = values.iter().map(|value| match value {
		Value::Scalar(held) => Value::Scalar(scalar(held)),
		Value::Choice(chosen) => Value::Choice(
			chosen.iter().map(|(option, held)| (*option, held.as_ref().map(scalar))).collect(),
		),
	});
	Answer::Values(values.collect())
}

/// All members of a committee in the order in which a client should try them for the report of this
/// hash: the first [`DEFAULT_MEMBERS`] at once, others when one of these does not answer. The order
/// differs from report to report, so that the load is spread.
pub fn members_to_try(committee: &Committee, report: &Hash) -> Vec<MemberIndex> {
	let mut members: Vec<MemberIndex> = (0..committee.members.len() as MemberIndex).collect();
	members.sort_by_cached_key(|member| Hashing::hash_of(&(report, member)));
	members
}

/// The first `count` of [`members_to_try`].
pub fn pick_members(committee: &Committee, report: &Hash, count: usize) -> Vec<MemberIndex> {
	let mut members = members_to_try(committee, report);
	members.truncate(count);
	members
}

/// Seals a report to each of `members`. Who is not in the committee, or has a worthless key, gets
/// no envelope.
pub fn envelopes(report: &Report, committee: &Committee, members: &[MemberIndex]) -> Vec<Envelope> {
	let sealed = members.iter().filter_map(|index| {
		let member = committee.members.get(usize::from(*index))?;
		seal_report(&member.intake, &report.body.genesis, *index, report).ok()
	});
	sealed.collect()
}

/// Seals receipts to other members of the committee than gave them, each to the next one: a member that
/// gave a receipt and keeps the report out of its log is found out.
pub fn shown_receipts(
	genesis: &Hash,
	committee: &Committee,
	receipts: &[Receipt],
) -> Vec<Envelope> {
	let sealed = receipts.iter().filter_map(|receipt| {
		let members = committee.members.len().max(1);
		let next = (usize::from(receipt.member) + 1) % members;
		let intake = committee.members.get(next)?.intake;
		seal_receipt(&intake, genesis, next as MemberIndex, receipt).ok()
	});
	sealed.collect()
}

/// Whether a report is signed with `key`.
pub fn verify_report(report: &Report, key: &ReportKey) -> bool {
	let message = report.body.signed_bytes();
	match key {
		ReportKey::Ed25519(key) => {
			ed25519::Pair::verify(&ed25519::Signature::from_raw(report.signature), message, key)
		}
		ReportKey::Sr25519(key) => {
			sr25519::Pair::verify(&sr25519::Signature::from_raw(report.signature), message, key)
		}
	}
}

/// Whether `receipt` is the promise of the committee member that it names for this report.
pub fn verify_receipt(receipt: &Receipt, committee: &Committee, report: &Report) -> bool {
	let Body { genesis, feed, round, .. } = &report.body;
	let fits = receipt.feed == *feed && receipt.round == *round && receipt.report == report.hash();
	let member = committee.members.get(usize::from(receipt.member));
	fits && member.is_some_and(|member| receipt::verify(receipt, genesis, &member.vald))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		seal::{open_answer, open_envelope, SecretKey},
		testing::{committee, definition, feed, genesis, intake_key, report, reporter, vald},
	};
	use eventum_primitives::value::{decode_answer, unpad};

	fn text(text: &str) -> Answer {
		Answer::Values(vec![
			Value::Scalar(Scalar::Boolean(true)),
			Value::Scalar(Scalar::Text(text.into())),
		])
	}

	fn made(answer: &Answer) -> Report {
		let sign = |message: &[u8]| reporter().sign(message).0;
		let account = AccountId::new([5; 32]);
		make_report(&genesis(), feed(), 1, &account, &definition(), answer, 7, sign).unwrap()
	}

	#[test]
	fn equal_answers_have_equal_tags_and_open() {
		let (one, other) = (made(&text("  Málaga ")), made(&text("MA\u{301}LAGA")));
		assert_eq!(one.body.tag, other.body.tag);
		assert_ne!(one.body.sealed, other.body.sealed);
		assert_ne!(one.body.tag, made(&text("Madrid")).body.tag);

		let definition = definition();
		let Visibility::Public { access_secret, .. } = &definition.visibility;
		let Body { tag, sealed, reporter, .. } = &one.body;
		let padded = open_answer(
			&SecretKey::new(access_secret),
			&genesis(),
			feed(),
			1,
			reporter,
			tag,
			sealed,
		)
		.unwrap();
		let canonical = unpad(&definition.fields, &padded).unwrap();
		assert_eq!(decode_answer(&definition.fields, canonical), Ok(text("málaga")));
	}

	#[test]
	fn answers_without_values_look_like_others() {
		let (value, marker) = (made(&text("a")), made(&Answer::Undetermined));
		assert_eq!(value.body.sealed.len(), marker.body.sealed.len());
		let keyless = marker_tag(&genesis(), feed(), 1, &Answer::Undetermined);
		assert_eq!(Some(marker.body.tag), keyless);
	}

	#[test]
	fn an_excuse_holds_nothing_and_is_signed_as_what_it_is() {
		let sign = |message: &[u8]| reporter().sign(message).0;
		let excuse = make_excuse(&genesis(), feed(), &AccountId::new([5; 32]), 7, sign);
		assert!(excuse.body.is_excuse() && excuse.body.sealed.is_empty());
		assert!(verify_report(&excuse, &ReportKey::Ed25519(reporter().public())));
		let envelopes = envelopes(&excuse, &committee(), &[1]);
		assert_eq!(open_envelope(&intake_key(1), &genesis(), &envelopes[0]), Ok(excuse));
	}

	#[test]
	fn a_wrong_answer_makes_no_report() {
		let wrong = Answer::Values(vec![Value::Scalar(Scalar::Integer(1))]);
		let result = make_report(
			&genesis(),
			feed(),
			0,
			&AccountId::new([5; 32]),
			&definition(),
			&wrong,
			0,
			|_| [0; 64],
		);
		assert_eq!(result, Err(ReportError::Answer(ValueError::WrongType)));
	}

	#[test]
	fn signatures_of_both_kinds_are_checked() {
		let mut made = made(&text("a"));
		assert!(verify_report(&made, &ReportKey::Ed25519(reporter().public())));
		let pair = sr25519::Pair::from_seed(&[6; 32]);
		assert!(!verify_report(&made, &ReportKey::Sr25519(pair.public())));
		made.signature = pair.sign(&made.body.signed_bytes()).0;
		assert!(verify_report(&made, &ReportKey::Sr25519(pair.public())));
		made.body.round = 2;
		assert!(!verify_report(&made, &ReportKey::Sr25519(pair.public())));
	}

	#[test]
	fn a_receipt_is_its_members_for_this_report() {
		let (committee, report) = (committee(), report());
		let receipt = |round, report: &Report, by: MemberIndex| {
			let (feed, report, at) = (feed(), report.hash(), 9);
			let payload = Receipt::payload(&genesis(), feed, round, report, at);
			let signature = vald(by).sign(&payload);
			Receipt { feed, round, report, at, member: by, signature }
		};
		let holds = |receipt: &Receipt| verify_receipt(receipt, &committee, &report);
		let good = receipt(1, &report, 2);
		assert!(holds(&good));
		assert!(!holds(&receipt(2, &report, 2)), "another round");
		assert!(!holds(&receipt(1, &made(&text("a")), 2)), "another report");
		assert!(!holds(&Receipt { at: 8, ..good.clone() }), "another time than was signed");
		assert!(!holds(&Receipt { member: 3, ..good.clone() }), "another member's");
		assert!(!holds(&Receipt { member: 4, ..good }), "nobody's");
	}

	#[test]
	fn each_picked_member_gets_an_envelope_it_can_open() {
		let (committee, report) = (committee(), report());
		let picked = pick_members(&committee, &report.hash(), DEFAULT_MEMBERS);
		assert_eq!(picked.len(), 3);
		let mut all = members_to_try(&committee, &report.hash());
		assert_eq!(all[..3], picked[..]);
		all.sort_unstable();
		assert_eq!(all, [0, 1, 2, 3]);
		let envelopes = envelopes(&report, &committee, &[picked[0], picked[1], 200]);
		assert_eq!(envelopes.len(), 2, "there is no member 200");
		for (envelope, member) in envelopes.iter().zip(picked) {
			let secret = intake_key(member);
			assert_eq!(open_envelope(&secret, &genesis(), envelope), Ok(report.clone()));
		}
	}
}
