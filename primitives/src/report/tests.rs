// SPDX-License-Identifier: Apache-2.0

use super::*;
use alloc::{vec, vec::Vec};
use sp_core::Pair;

const KEY: TagKey = [7; 32];
const FEED: FeedId = FeedId { market: 12, index: 3 };

fn genesis() -> Hash {
	Hash::repeat_byte(1)
}

fn body() -> Body {
	Body {
		genesis: genesis(),
		feed: FEED,
		round: 2,
		reporter: AccountId::new([4; 32]),
		tag: tag(&KEY, &genesis(), FEED, 2, &[0, 1]),
		sealed: BoundedVec::truncate_from(vec![9; 50]),
		sent_at: 1_000,
	}
}

#[test]
fn tags_are_equal_only_for_the_same_answer_in_the_same_place() {
	let made = |key: &TagKey, genesis: u8, feed, round, answer: &[u8]| {
		tag(key, &Hash::repeat_byte(genesis), feed, round, answer)
	};
	let ours = made(&KEY, 1, FEED, 2, &[0, 1]);
	assert_eq!(ours, made(&KEY, 1, FEED, 2, &[0, 1]));
	let others = [
		made(&[8; 32], 1, FEED, 2, &[0, 1]),
		made(&KEY, 2, FEED, 2, &[0, 1]),
		made(&KEY, 1, FeedId { market: 13, ..FEED }, 2, &[0, 1]),
		made(&KEY, 1, FeedId { index: 4, ..FEED }, 2, &[0, 1]),
		made(&KEY, 1, FEED, 3, &[0, 1]),
		made(&KEY, 1, FEED, 2, &[0, 0]),
		made(&KEY, 1, FEED, 2, &[0, 1, 0]),
	];
	for other in others {
		assert_ne!(ours, other);
	}
}

#[test]
fn markers_are_seen_without_the_key() {
	let marker = |answer| marker_tag(&genesis(), FEED, 2, &answer);
	assert_eq!(marker(Answer::Values(Vec::new())), None);
	let (undetermined, stop) = (marker(Answer::Undetermined), marker(Answer::Stop));
	assert_ne!(undetermined, stop);
	assert_ne!(undetermined, marker_tag(&genesis(), FEED, 3, &Answer::Undetermined));
	assert_ne!(undetermined, Some(tag(&KEY, &genesis(), FEED, 2, &[1])), "keyed");
}

#[test]
fn a_tag_is_keyed_blake2b_over_its_place_and_answer() {
	let place = [&[1; 32][..], &12u64.to_le_bytes(), &3u16.to_le_bytes(), &2u32.to_le_bytes()];
	let message = [&place.concat()[..], &[0, 1]].concat();
	let hash = blake2b_simd::Params::new().hash_length(32).key(&KEY).hash(&message);
	assert_eq!(tag(&KEY, &genesis(), FEED, 2, &[0, 1]).as_bytes(), hash.as_bytes());
}

#[test]
fn the_signature_covers_every_part_of_the_body() {
	let pair = sp_core::sr25519::Pair::from_seed(&[3; 32]);
	let signed = body().signed_bytes();
	assert!(signed.starts_with(b"<Bytes>") && signed.ends_with(b"</Bytes>"));
	assert_eq!(signed.len(), 7 + 32 + 8);
	let signature = pair.sign(&signed);
	let changed = [
		Body { genesis: Hash::zero(), ..body() },
		Body { feed: FeedId { market: 1, index: 3 }, ..body() },
		Body { round: 3, ..body() },
		Body { reporter: AccountId::new([5; 32]), ..body() },
		Body { tag: Hash::zero(), ..body() },
		Body { sealed: Default::default(), ..body() },
		Body { sent_at: 1_001, ..body() },
	];
	let holds =
		|body: &Body| sr25519::Pair::verify(&signature, body.signed_bytes(), &pair.public());
	assert!(holds(&body()));
	assert!(!changed.iter().any(holds));
}

#[test]
fn a_second_signature_makes_no_second_report() {
	let report = |signature| Report { body: body(), signature };
	assert_eq!(report([0; 64]).hash(), report([1; 64]).hash());
	let mut largest = report([0; 64]);
	largest.body.sealed = BoundedVec::truncate_from(vec![0; MAX_SEALED as usize]);
	assert_eq!(largest.encode().len(), MAX_REPORT);
}

#[test]
fn a_key_acts_from_the_block_in_which_it_was_set() {
	let keys = [(0, 1), (7, 2), (7, 3), (9, 4)];
	let acting = |block| acting_key(&keys, block).map(|(_, key)| *key);
	assert_eq!([0, 6, 7, 8, 9].map(acting), [1, 1, 3, 3, 4].map(Some));
	assert_eq!(acting_key(&keys[1..], 6), None);
}

#[test]
fn an_excuse_is_signed_as_one() {
	let excuse = Body { tag: excuse_tag(&genesis(), FEED), sealed: Default::default(), ..body() };
	assert!(excuse.is_excuse() && !body().is_excuse());
	assert_eq!(excuse.signed_bytes(), payload(Kind::Excuse, &genesis(), &excuse));
	let other = Body { sent_at: 1_001, ..excuse.clone() };
	assert_ne!(excuse.signed_bytes(), other.signed_bytes(), "it covers the whole body");
	for answer in [Answer::Undetermined, Answer::Stop] {
		assert_ne!(marker_tag(&genesis(), FEED, 0, &answer), Some(excuse.tag));
	}
	assert_ne!(tag(&KEY, &genesis(), FEED, 0, &[3]), excuse.tag);
}
