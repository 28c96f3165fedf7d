// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{committee::Member, AccountId};
use alloc::{vec, vec::Vec};
use sp_core::Pair;

const MEMBERS: u8 = 4;

fn genesis() -> Hash {
	Hash::repeat_byte(1)
}

fn pair(index: u8) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[index + 1; 32])
}

fn committee() -> Committee {
	let member = |index| Member {
		operator: AccountId::new([index; 32]),
		vald: pair(index).public().into(),
		intake: [index; 32],
		peer: Default::default(),
		accepted: true,
	};
	Committee {
		seed: Hash::zero(),
		members: BoundedVec::truncate_from((0..MEMBERS).map(member).collect()),
		collateral: 0,
	}
}

fn outcome() -> Outcome {
	Outcome {
		feed: FeedId { market: 12, index: 3 },
		round: 2,
		sequence: 5,
		view: 0,
		block: Hash::repeat_byte(2),
		spec_version: 1,
		cut: Hash::repeat_byte(3),
		push: Push::Final { ended_by: EndedBy::All, ends_feed: false },
		result: RoundResult::Agreed(Hash::repeat_byte(4)),
		agreed: 3,
		total: 4,
		at: 1_000,
		first_at: 900,
		start_event: 950,
		answer: BoundedVec::truncate_from(vec![0, 1]),
		detail: Hash::repeat_byte(5),
		excused: Bits::default(),
	}
}

fn certificate(signers: &[u8]) -> Certificate {
	let message = outcome().payload(&genesis());
	let signatures: Vec<_> =
		signers.iter().map(|index| (*index, pair(index % MEMBERS).sign(&message))).collect();
	Certificate { outcome: outcome(), signatures: Signatures::truncate_from(signatures) }
}

fn verify(certificate: &Certificate) -> Result<(), CertificateError> {
	certificate.verify(&committee(), &genesis(), |signature, message, key| {
		ed25519::Pair::verify(signature, message, key)
	})
}

#[test]
fn a_quorum_of_members_certifies() {
	for signers in [&[0, 1, 2][..], &[0, 2, 3], &[1, 2, 3], &[0, 1, 2, 3]] {
		assert_eq!(verify(&certificate(signers)), Ok(()));
	}
}

#[test]
fn every_fault_of_a_certificate_has_its_own_error() {
	use CertificateError as E;
	assert_eq!(verify(&certificate(&[])), Err(E::TooFewSignatures));
	assert_eq!(verify(&certificate(&[0, 1])), Err(E::TooFewSignatures));
	assert_eq!(verify(&certificate(&[0, 1, 1])), Err(E::RepeatedMember));
	assert_eq!(verify(&certificate(&[0, 2, 1])), Err(E::RepeatedMember), "members must rise");
	assert_eq!(verify(&certificate(&[0, 1, 4])), Err(E::UnknownMember));
	let mut swapped = certificate(&[0, 1, 2]);
	swapped.signatures[2].0 = 3;
	assert_eq!(verify(&swapped), Err(E::BadSignature), "of another member");
	let foreign = certificate(&[0, 1, 2])
		.verify(&committee(), &Hash::zero(), |s, m, k| ed25519::Pair::verify(s, m, k));
	assert_eq!(foreign, Err(E::BadSignature), "of another chain");
	let mut superfluous = certificate(&[0, 1, 2, 3]);
	superfluous.signatures[3].1 = superfluous.signatures[2].1;
	assert_eq!(verify(&superfluous), Err(E::BadSignature), "also beyond the quorum");
}

#[test]
fn signatures_cover_every_part_of_the_outcome() {
	type Change = fn(&mut Outcome);
	let changes: [Change; 16] = [
		|o| o.feed.index += 1,
		|o| o.round += 1,
		|o| o.sequence += 1,
		|o| o.view += 1,
		|o| o.block = Hash::zero(),
		|o| o.spec_version += 1,
		|o| o.cut = Hash::zero(),
		|o| o.push = Push::Confirmed,
		|o| o.result = RoundResult::None,
		|o| o.agreed += 1,
		|o| o.total += 1,
		|o| o.at += 1,
		|o| o.first_at += 1,
		|o| o.start_event += 1,
		|o| o.answer = Default::default(),
		|o| o.detail = Hash::zero(),
	];
	for change in changes {
		let mut changed = certificate(&[0, 1, 2]);
		change(&mut changed.outcome);
		assert_eq!(verify(&changed), Err(CertificateError::BadSignature), "{:?}", changed.outcome);
	}
}

#[test]
fn a_push_has_the_same_name_from_every_member() {
	assert_eq!(outcome().event_id(), "12-3-2-5");
	let other = Outcome { view: 9, cut: Hash::zero(), ..outcome() };
	assert_eq!(other.event_id(), outcome().event_id());
}

#[test]
fn only_what_people_could_tell_pays() {
	assert!(RoundResult::Agreed(Hash::zero()).pays() && RoundResult::Undetermined.pays());
	assert!(!RoundResult::None.pays() && !RoundResult::Stop.pays());
}

#[test]
fn a_detail_must_fit_itself_and_its_feed() {
	let detail = |voted: &[u32], agreed: &[u32], times: &[u32]| {
		let bits = |indices: &[u32]| {
			let mut bits = Bits::new(10);
			indices.iter().for_each(|index| bits.set(*index));
			bits
		};
		let times = times.iter().copied().map(Compact).collect();
		Detail { voted: bits(voted), agreed: bits(agreed), times: BoundedVec::truncate_from(times) }
	};
	let sound = detail(&[0, 4, 9], &[0, 9], &[5, 0, 7]);
	assert!(sound.is_sound(10));
	assert_eq!(sound.votes().collect::<Vec<_>>(), [(0, true, 5), (4, false, 0), (9, true, 7)]);
	assert!(!sound.is_sound(9), "index 9 has not joined");
	assert!(!sound.is_sound(17), "too short");
	assert!(!detail(&[0, 4], &[0, 9], &[5, 0]).is_sound(10), "agreed without a vote");
	assert!(!detail(&[0, 4], &[0], &[5]).is_sound(10), "a time is missing");
	assert_ne!(sound.hash(), detail(&[0, 4, 9], &[0, 9], &[5, 0, 8]).hash());
}
