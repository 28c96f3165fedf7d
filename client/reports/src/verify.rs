// SPDX-License-Identifier: Apache-2.0

//! Signatures of reports, many at a time.
//!
//! A batch tells only whether all of it is good. When it is not, it is halved until the bad ones
//! are named, so that one forger costs the others little.

use eventum_primitives::report::ReportKey;
use rand_core_06::OsRng;
use schnorrkel::{context::SigningContext, signing_context};
use std::sync::LazyLock;

/// Signatures that are verified together at most.
pub const MAX_BATCH: usize = 256;
/// Of so many signatures or fewer each is verified alone.
const SINGLY: usize = 2;

static CONTEXT: LazyLock<SigningContext> = LazyLock::new(|| signing_context(b"substrate"));

/// A report key, read once and used for every report of its owner.
#[derive(Clone, Debug)]
pub enum Key {
	/// An sr25519 key.
	Sr25519(schnorrkel::PublicKey),
	/// An ed25519 key.
	Ed25519(ed25519_zebra::VerificationKeyBytes),
	/// Bytes that are no key: no signature is good.
	Worthless,
}

impl From<&ReportKey> for Key {
	fn from(key: &ReportKey) -> Self {
		match key {
			ReportKey::Sr25519(key) => schnorrkel::PublicKey::from_bytes(key.as_ref())
				.map_or(Self::Worthless, Self::Sr25519),
			ReportKey::Ed25519(key) => Self::Ed25519(key.0.into()),
		}
	}
}

/// A signature to be verified.
#[derive(Clone, Debug)]
pub struct Claim {
	/// By whom it should be.
	pub key: Key,
	/// What it should cover.
	pub message: Vec<u8>,
	/// The signature.
	pub signature: [u8; 64],
}

type Sr = (usize, schnorrkel::PublicKey, schnorrkel::Signature);
type Ed = (usize, ed25519_zebra::batch::Item);

/// Tells of each claim whether it is good.
pub fn verify(claims: &[Claim]) -> Vec<bool> {
	let mut good = vec![false; claims.len()];
	let (mut sr, mut ed) = (Vec::<Sr>::new(), Vec::<Ed>::new());
	for (place, claim) in claims.iter().enumerate() {
		match claim.key {
			Key::Sr25519(key) => {
				if let Ok(signature) = schnorrkel::Signature::from_bytes(&claim.signature) {
					sr.push((place, key, signature));
				}
			}
			Key::Ed25519(key) => {
				let signature = ed25519_zebra::Signature::from(claim.signature);
				ed.push((place, (key, signature, &claim.message).into()));
			}
			Key::Worthless => (),
		}
	}
	for part in sr.chunks(MAX_BATCH) {
		halve(part, &mut good, &|part| sr_good(claims, part), &|(place, ..)| *place);
	}
	for part in ed.chunks(MAX_BATCH) {
		halve(part, &mut good, &ed_good, &|(place, _)| *place);
	}
	good
}

fn halve<T>(
	part: &[T],
	good: &mut [bool],
	all_good: &dyn Fn(&[T]) -> bool,
	place: &dyn Fn(&T) -> usize,
) {
	if all_good(part) {
		for item in part {
			good[place(item)] = true;
		}
	} else if part.len() > SINGLY {
		let (left, right) = part.split_at(part.len() / 2);
		halve(left, good, all_good, place);
		halve(right, good, all_good, place);
	} else if part.len() > 1 {
		for item in part {
			good[place(item)] = all_good(std::slice::from_ref(item));
		}
	}
}

fn sr_good(claims: &[Claim], part: &[Sr]) -> bool {
	let message = |place: usize| CONTEXT.bytes(&claims[place].message);
	if let [(place, key, signature)] = part {
		return key.verify(message(*place), signature).is_ok();
	}
	let (keys, signatures): (Vec<_>, Vec<_>) =
		part.iter().map(|(_, key, signature)| (*key, *signature)).unzip();
	let messages = part.iter().map(|(place, ..)| message(*place));
	schnorrkel::verify_batch(messages, &signatures, &keys, false).is_ok()
}

fn ed_good(part: &[Ed]) -> bool {
	if let [(_, item)] = part {
		return item.clone().verify_single().is_ok();
	}
	let mut batch = ed25519_zebra::batch::Verifier::new();
	for (_, item) in part {
		batch.queue(item.clone());
	}
	batch.verify(OsRng).is_ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{ed25519, sr25519, Pair};

	fn claims(count: u8) -> Vec<Claim> {
		(0..count)
			.map(|seed| {
				let message = vec![seed; 40];
				let (key, signature) = if seed % 3 == 0 {
					let pair = ed25519::Pair::from_seed(&[seed; 32]);
					(ReportKey::Ed25519(pair.public()), pair.sign(&message).0)
				} else {
					let pair = sr25519::Pair::from_seed(&[seed; 32]);
					(ReportKey::Sr25519(pair.public()), pair.sign(&message).0)
				};
				Claim { key: Key::from(&key), message, signature }
			})
			.collect()
	}

	#[test]
	fn good_signatures_of_both_kinds_are_good() {
		assert_eq!(verify(&claims(100)), [true; 100]);
		assert_eq!(verify(&claims(1)), [true]);
		assert!(verify(&[]).is_empty());
	}

	#[test]
	fn the_bad_ones_are_named() {
		let mut claims = claims(100);
		let bad = [0, 1, 50, 51, 52, 99];
		for place in bad {
			match place % 4 {
				0 => claims[place].signature = [0; 64],
				1 => claims[place].message.push(1),
				2 => claims[place].key = Key::Worthless,
				_ => claims[place].signature[3] ^= 1,
			}
		}
		let good = verify(&claims);
		for (place, good) in good.into_iter().enumerate() {
			assert_eq!(good, !bad.contains(&place), "claim {place}");
		}
	}

	#[test]
	fn nothing_but_bad_ones() {
		let mut claims = claims(64);
		claims.iter_mut().for_each(|claim| claim.message.push(0));
		assert_eq!(verify(&claims), [false; 64]);
	}
}
