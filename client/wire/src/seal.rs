// SPDX-License-Identifier: Apache-2.0

//! Sealing and opening: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256
//! and ChaCha20-Poly1305.
//!
//! | what | sealed to | info | aad |
//! |---|---|---|---|
//! | an answer | the feed's access key | genesis ‖ feed ‖ round | reporter ‖ tag |
//! | a report, or another member's receipt | a member's intake key | `eventum/intake/1` ‖ genesis ‖ feed ‖ member | nothing |
//!
//! What is sealed is written as the encapsulated key (32 bytes) followed by the ciphertext with its
//! tag (16 bytes). All parts of info and aad are in SCALE, the label as its bare bytes.

use crate::{
	kem::{PublicKey, X25519HkdfSha256, KEY_LENGTH},
	IntakeError,
};
use codec::{Decode, DecodeAll, Encode};
use eventum_primitives::{
	committee::{IntakeKey, MemberIndex},
	log::Receipt,
	report::{Report, Tag, MAX_REPORT},
	AccountId, FeedId, Hash, Round,
};
use hpke::{
	aead::ChaCha20Poly1305, kdf::HkdfSha256, Deserializable, OpModeR, OpModeS, Serializable,
};
use rand_core::{CryptoRng, OsRng, TryRngCore};
use thiserror::Error;

pub use crate::kem::SecretKey;

/// Bytes that sealing adds: encapsulated key and authentication tag.
pub const OVERHEAD: usize = KEY_LENGTH + 16;
/// Bytes that an encoded envelope has at most.
pub const MAX_ENVELOPE: usize = 10 + 1 + 2 + MAX_REPORT + OVERHEAD;

/// Bytes of a receipt: feed, round, report, time, member, signature.
const RECEIPT_LENGTH: usize = 10 + 4 + 32 + 8 + 1 + 64;

const INTAKE_LABEL: [u8; 16] = *b"eventum/intake/1";

/// Why something cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
	/// The recipient's key is a point of low order: anyone could open what is sealed to it.
	#[error("the recipient's key is not a proper X25519 public key")]
	BadKey,
}

/// Why something cannot be opened: another key, other circumstances than it was sealed for, or
/// changed bytes. Which of them, nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the bytes do not open with this key in this place")]
pub struct OpenError;

/// A report sealed to one member of its feed's committee.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Envelope {
	/// The feed.
	pub feed: FeedId,
	/// The member that can open it.
	pub member: MemberIndex,
	/// The sealed report.
	pub sealed: Vec<u8>,
}

impl Envelope {
	/// Reads an envelope: all bytes, no more than [`MAX_ENVELOPE`] of them.
	pub fn read(bytes: &[u8]) -> Result<Self, IntakeError> {
		if bytes.len() > MAX_ENVELOPE {
			return Err(IntakeError::MalformedEnvelope);
		}
		Self::decode_all(&mut &bytes[..]).map_err(|_| IntakeError::MalformedEnvelope)
	}
}

/// The X25519 public key of a secret.
pub fn public_key(secret: &[u8; 32]) -> [u8; 32] {
	SecretKey::new(secret).public()
}

/// Seals an answer, padded to its feed's one length, to the feed's access key.
pub fn seal_answer(
	access_public: &[u8; 32],
	genesis: &Hash,
	feed: FeedId,
	round: Round,
	reporter: &AccountId,
	tag: &Tag,
	padded: &[u8],
) -> Result<Vec<u8>, SealError> {
	let (info, aad) = ((genesis, feed, round).encode(), (reporter, tag).encode());
	seal(access_public, &info, &aad, padded, &mut OsRng.unwrap_err())
}

/// Opens a sealed answer with the feed's access secret; what comes out is padded.
pub fn open_answer(
	access: &SecretKey,
	genesis: &Hash,
	feed: FeedId,
	round: Round,
	reporter: &AccountId,
	tag: &Tag,
	sealed: &[u8],
) -> Result<Vec<u8>, OpenError> {
	let (info, aad) = ((genesis, feed, round).encode(), (reporter, tag).encode());
	open(access, &info, &aad, sealed)
}

/// Seals a report to a member's intake key.
pub fn seal_report(
	intake: &IntakeKey,
	genesis: &Hash,
	member: MemberIndex,
	report: &Report,
) -> Result<Envelope, SealError> {
	seal_report_with(intake, genesis, member, report, &mut OsRng.unwrap_err())
}

/// Seals the receipt of one member to another's intake key: who kept its promise has nothing to fear
/// from that, who did not is found out.
pub fn seal_receipt(
	intake: &IntakeKey,
	genesis: &Hash,
	member: MemberIndex,
	receipt: &Receipt,
) -> Result<Envelope, SealError> {
	let feed = receipt.feed;
	let info = intake_info(genesis, feed, member);
	let sealed = seal(intake, &info, &[], &receipt.encode(), &mut OsRng.unwrap_err())?;
	Ok(Envelope { feed, member, sealed })
}

/// What is in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
	/// A report.
	Report(Box<Report>),
	/// A receipt that another member gave.
	Receipt(Receipt),
}

/// Opens an envelope with the member's intake secret. What is in it is for the envelope's feed, and a
/// report for the chain of this genesis; nothing else about it has been checked.
pub fn open_content(
	secret: &SecretKey,
	genesis: &Hash,
	envelope: &Envelope,
) -> Result<Content, IntakeError> {
	let info = intake_info(genesis, envelope.feed, envelope.member);
	let opened =
		open(secret, &info, &[], &envelope.sealed).map_err(|_| IntakeError::WrongIntakeKey)?;
	// A receipt has one length, and no report is so short.
	if opened.len() == RECEIPT_LENGTH {
		let receipt = Receipt::decode_all(&mut &opened[..]);
		let receipt = receipt.map_err(|_| IntakeError::MalformedReport)?;
		let fits = receipt.feed == envelope.feed;
		return fits.then_some(Content::Receipt(receipt)).ok_or(IntakeError::WrongFeed);
	}
	let report = Report::decode_all(&mut &opened[..]).map_err(|_| IntakeError::MalformedReport)?;
	if report.body.genesis != *genesis {
		Err(IntakeError::ForeignGenesis)
	} else if report.body.feed != envelope.feed {
		Err(IntakeError::WrongFeed)
	} else {
		Ok(Content::Report(Box::new(report)))
	}
}

/// [`open_content`], for an envelope that must hold a report.
pub fn open_envelope(
	secret: &SecretKey,
	genesis: &Hash,
	envelope: &Envelope,
) -> Result<Report, IntakeError> {
	match open_content(secret, genesis, envelope)? {
		Content::Report(report) => Ok(*report),
		Content::Receipt(_) => Err(IntakeError::MalformedReport),
	}
}

pub(crate) fn seal_report_with(
	intake: &IntakeKey,
	genesis: &Hash,
	member: MemberIndex,
	report: &Report,
	rng: &mut impl CryptoRng,
) -> Result<Envelope, SealError> {
	let feed = report.body.feed;
	let info = intake_info(genesis, feed, member);
	let sealed = seal(intake, &info, &[], &report.encode(), rng)?;
	Ok(Envelope { feed, member, sealed })
}

fn intake_info(genesis: &Hash, feed: FeedId, member: MemberIndex) -> Vec<u8> {
	(INTAKE_LABEL, genesis, feed, member).encode()
}

pub(crate) fn seal(
	public: &[u8; 32],
	info: &[u8],
	aad: &[u8],
	plaintext: &[u8],
	rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
	let public = PublicKey::from_bytes(public).map_err(|_| SealError::BadKey)?;
	let (key, ciphertext) = hpke::single_shot_seal::<
		ChaCha20Poly1305,
		HkdfSha256,
		X25519HkdfSha256,
		_,
	>(&OpModeS::Base, &public, info, plaintext, aad, rng)
	.map_err(|_| SealError::BadKey)?;
	Ok([&key.to_bytes()[..], &ciphertext].concat())
}

fn open(secret: &SecretKey, info: &[u8], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
	let (key, ciphertext) = sealed.split_at_checked(KEY_LENGTH).ok_or(OpenError)?;
	let key = PublicKey::from_bytes(key).map_err(|_| OpenError)?;
	hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
		&OpModeR::Base,
		secret,
		&key,
		info,
		ciphertext,
		aad,
	)
	.map_err(|_| OpenError)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::testing::{feed, genesis, report};

	fn secret() -> SecretKey {
		SecretKey::new(&[9; 32])
	}

	#[test]
	fn an_answer_opens_only_where_it_was_sealed_for() {
		let (reporter, tag) = (AccountId::new([1; 32]), Tag::repeat_byte(2));
		let public = secret().public();
		let sealed = seal_answer(&public, &genesis(), feed(), 3, &reporter, &tag, b"yes").unwrap();
		assert_eq!(sealed.len(), 3 + OVERHEAD);
		let open = |secret: &SecretKey, round, tag: &Tag, sealed: &[u8]| {
			open_answer(secret, &genesis(), feed(), round, &reporter, tag, sealed)
		};
		assert_eq!(open(&secret(), 3, &tag, &sealed).unwrap(), b"yes");
		assert!(open(&SecretKey::new(&[8; 32]), 3, &tag, &sealed).is_err());
		assert!(open(&secret(), 4, &tag, &sealed).is_err());
		assert!(open(&secret(), 3, &Tag::repeat_byte(3), &sealed).is_err());
		for length in 0..sealed.len() {
			assert!(open(&secret(), 3, &tag, &sealed[..length]).is_err());
		}
	}

	#[test]
	fn an_envelope_gives_its_report_to_its_member_alone() {
		let envelope = seal_report(&secret().public(), &genesis(), 2, &report()).unwrap();
		let read = Envelope::read(&envelope.encode()).unwrap();
		assert_eq!(open_envelope(&secret(), &genesis(), &read), Ok(report()));
		assert_eq!(
			open_envelope(&SecretKey::new(&[8; 32]), &genesis(), &read),
			Err(IntakeError::WrongIntakeKey),
			"another member's key"
		);
		let moved = Envelope { member: 3, ..read.clone() };
		assert_eq!(open_envelope(&secret(), &genesis(), &moved), Err(IntakeError::WrongIntakeKey));
		let other = Hash::repeat_byte(0xee);
		assert_eq!(open_envelope(&secret(), &other, &read), Err(IntakeError::WrongIntakeKey));
	}

	#[test]
	fn what_is_in_an_envelope_must_be_a_report_of_this_feed_and_chain() {
		let sealed = |feed: FeedId, plaintext: &[u8]| {
			let info = intake_info(&genesis(), feed, 0);
			let public = secret().public();
			let sealed = seal(&public, &info, &[], plaintext, &mut OsRng.unwrap_err()).unwrap();
			open_envelope(&secret(), &genesis(), &Envelope { feed, member: 0, sealed })
		};
		assert_eq!(sealed(feed(), b"no report"), Err(IntakeError::MalformedReport));
		let long = [report().encode(), vec![0]].concat();
		assert_eq!(sealed(feed(), &long), Err(IntakeError::MalformedReport));
		let elsewhere = FeedId { market: 99, index: 0 };
		assert_eq!(sealed(elsewhere, &report().encode()), Err(IntakeError::WrongFeed));
		let mut foreign = report();
		foreign.body.genesis = Hash::repeat_byte(0xee);
		assert_eq!(sealed(feed(), &foreign.encode()), Err(IntakeError::ForeignGenesis));
	}

	#[test]
	fn a_receipt_travels_like_a_report_and_is_told_from_one() {
		let receipt = Receipt {
			feed: feed(),
			round: 3,
			report: Hash::repeat_byte(1),
			at: 9,
			member: 1,
			signature: Default::default(),
		};
		assert_eq!(receipt.encoded_size(), RECEIPT_LENGTH);
		let mut smallest = report();
		smallest.body.sealed = Default::default();
		assert!(smallest.encoded_size() > RECEIPT_LENGTH);
		let public = secret().public();
		let envelope = seal_receipt(&public, &genesis(), 2, &receipt).unwrap();
		let opened = open_content(&secret(), &genesis(), &envelope);
		assert_eq!(opened, Ok(Content::Receipt(receipt.clone())));
		let as_report = open_envelope(&secret(), &genesis(), &envelope);
		assert_eq!(as_report, Err(IntakeError::MalformedReport));
		// For another feed than the envelope says.
		let elsewhere = FeedId { market: 99, index: 0 };
		let info = intake_info(&genesis(), elsewhere, 2);
		let sealed = seal(&public, &info, &[], &receipt.encode(), &mut OsRng.unwrap_err()).unwrap();
		let moved = Envelope { feed: elsewhere, member: 2, sealed };
		assert_eq!(open_content(&secret(), &genesis(), &moved), Err(IntakeError::WrongFeed));
	}

	#[test]
	fn low_order_points_are_refused() {
		let one = {
			let mut point = [0; 32];
			point[0] = 1;
			point
		};
		for point in [[0; 32], one] {
			assert_eq!(
				seal_report(&point, &genesis(), 0, &report()),
				Err(SealError::BadKey),
				"a shared secret of zeroes"
			);
			let sealed = [&point[..], &[0; 64]].concat();
			let envelope = Envelope { feed: feed(), member: 0, sealed };
			assert_eq!(
				open_envelope(&secret(), &genesis(), &envelope),
				Err(IntakeError::WrongIntakeKey)
			);
		}
	}

	#[test]
	fn envelopes_are_bounded_and_read_whole() {
		let envelope = Envelope { feed: feed(), member: 1, sealed: vec![7; 100] };
		let bytes = envelope.encode();
		assert_eq!(Envelope::read(&bytes), Ok(envelope));
		for bad in [&bytes[..bytes.len() - 1], &[], &[&bytes[..], &[0]].concat()] {
			assert_eq!(Envelope::read(bad), Err(IntakeError::MalformedEnvelope));
		}
		let long = Envelope { feed: feed(), member: 1, sealed: vec![7; MAX_ENVELOPE] };
		assert_eq!(Envelope::read(&long.encode()), Err(IntakeError::MalformedEnvelope));
	}

	#[test]
	fn the_largest_report_fits() {
		let mut largest = report();
		largest.body.sealed = vec![1; 1_024].try_into().unwrap();
		assert_eq!(largest.encode().len(), MAX_REPORT);
		let envelope = seal_report(&secret().public(), &genesis(), 0, &largest).unwrap();
		assert_eq!(envelope.encode().len(), MAX_ENVELOPE);
		assert!(Envelope::read(&envelope.encode()).is_ok());
	}
}
