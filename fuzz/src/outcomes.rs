// SPDX-License-Identifier: Apache-2.0

//! What committees say to the chain and to receivers.

use crate::{
	one_form,
	world::{genesis, CERTIFICATES, COMMITTEE},
};
use codec::{Encode, MaxEncodedLen};
use eventum_primitives::{
	outcome::{Certificate, CertificateError, Detail, Outcome},
	rules::reward::{split, weights},
	Hash,
};
use sp_core::{ed25519, Pair};
use sp_runtime::FixedU64;
use std::collections::BTreeSet;

pub(crate) fn outcome(bytes: &[u8]) -> bool {
	let Some(outcome) = one_form::<Outcome>(bytes) else { return false };
	assert!(bytes.len() <= Outcome::max_encoded_len());
	assert_ne!(outcome.payload(&genesis()), outcome.payload(&Hash::zero()), "bound to its chain");
	let parts: Vec<_> = outcome.event_id().split('-').map(str::parse::<u64>).collect();
	let feed = outcome.feed;
	let expected = [feed.market, feed.index.into(), outcome.round.into(), outcome.sequence.into()];
	assert_eq!(parts, expected.map(Ok), "receivers tell pushes apart by it");
	true
}

pub(crate) fn certificate(bytes: &[u8]) -> bool {
	let Some(certificate) = one_form::<Certificate>(bytes) else { return false };
	assert!(bytes.len() <= Certificate::max_encoded_len());
	check_certificate(&certificate);
	true
}

/// A certificate holds only if enough members signed it, and nobody signs what it did not.
pub(crate) fn check_certificate(certificate: &Certificate) {
	use CertificateError as E;
	let members: Vec<u8> = certificate.signatures.iter().map(|(member, _)| *member).collect();
	let distinct: BTreeSet<u8> = members.iter().copied().collect();
	let rising = members.windows(2).all(|pair| pair[0] < pair[1]);
	// As if every signature were good.
	match certificate.verify(&COMMITTEE, &genesis(), |_, _, _| true) {
		Ok(()) => {
			assert!(distinct.len() >= 3 && distinct.len() == members.len());
			assert!(distinct.iter().all(|member| *member < 4));
			assert_eq!(certificate.signers().count_ones() as usize, members.len());
		}
		Err(E::TooFewSignatures) => assert!(members.len() < 3),
		Err(E::RepeatedMember) => assert!(!rising),
		Err(E::UnknownMember) => assert!(members.iter().any(|member| *member >= 4)),
		Err(E::BadSignature) => panic!("every signature was said to be good"),
	}
	let verify = |signature: &ed25519::Signature, message: &[u8], key: &ed25519::Public| {
		ed25519::Pair::verify(signature, message, key)
	};
	if certificate.verify(&COMMITTEE, &genesis(), verify).is_ok() {
		let signed = CERTIFICATES.iter().any(|known| known.outcome == certificate.outcome);
		assert!(signed, "nobody signed {certificate:?}");
	}
}

pub(crate) fn detail(bytes: &[u8]) -> bool {
	let Some(detail) = one_form::<Detail>(bytes) else { return false };
	assert!(bytes.len() <= Detail::max_encoded_len());
	for joined in [0, 1, 7, 8, 9, 10, 39, 64, 65, 9_999, 10_000, 10_001, u32::MAX] {
		let sound = detail.is_sound(joined);
		assert_eq!(sound, is_sound(&detail, joined), "{detail:?} of {joined}");
		if sound {
			check_money(&detail);
		}
	}
	true
}

/// The same, as the words say it.
fn is_sound(detail: &Detail, joined: u32) -> bool {
	let bytes = |bits: &eventum_primitives::bits::Bits| bits.encode().len() - 1;
	let length = joined.div_ceil(8) as usize;
	// The length of a short list takes one byte, of a longer one two or four.
	let prefix = match length {
		0..64 => 0,
		64..16_384 => 1,
		_ => 3,
	};
	let voted: BTreeSet<u32> = detail.voted.iter().collect();
	let agreed: BTreeSet<u32> = detail.agreed.iter().collect();
	bytes(&detail.voted) == length + prefix
		&& bytes(&detail.agreed) == length + prefix
		&& voted.iter().chain(&agreed).all(|index| *index < joined)
		&& agreed.is_subset(&voted)
		&& detail.times.len() == voted.len()
}

/// However the times are, nobody is paid more than there is.
fn check_money(detail: &Detail) {
	const AMOUNT: u128 = 30_000_000_000_007;
	let agreeing: Vec<(u64, bool)> = detail
		.votes()
		.filter(|(_, agreed, _)| *agreed)
		.map(|(index, _, time)| (time.into(), index % 3 == 0))
		.collect();
	assert_eq!(agreeing.len() as u32, detail.agreed.count());
	let paid: u128 = split(AMOUNT, &weights(&agreeing, FixedU64::from_u32(2))).iter().sum();
	assert!(paid <= AMOUNT && (agreeing.is_empty() || AMOUNT - paid <= agreeing.len() as u128));
}
