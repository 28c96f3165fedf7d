// SPDX-License-Identifier: Apache-2.0

//! A reporter's statement: what it holds and what its signature covers.
//!
//! ```text
//! Body   = genesis ‖ feed ‖ round ‖ reporter ‖ tag ‖ sealed ‖ sent_at      (SCALE)
//! signed = "<Bytes>" ‖ BLAKE2b-256("eventum/report/1" ‖ Body) ‖ "</Bytes>" (what wallets sign)
//! Report = Body ‖ signature
//! ```
//!
//! An excuse is a body with [`excuse_tag`], of which the signature of kind `excuse` covers all.

use crate::{
	signing::{payload, Kind},
	value::Answer,
	AccountId, BlockNumber, FeedId, Hash, Moment, Round,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{ed25519, sr25519, ConstU32};
use sp_crypto_hashing::blake2_256;
use sp_runtime::BoundedVec;

/// Bytes that a sealed answer may have.
pub const MAX_SEALED: u32 = 1_024;
/// Bytes that an encoded report has at most.
pub const MAX_REPORT: usize = 32 + 10 + 4 + 32 + 32 + (2 + MAX_SEALED as usize) + 8 + 64;

/// What excuses have in the place of a marker of [`crate::value::Answer`].
const EXCUSE_MARKER: u8 = 3;

/// Keyed hash of a report's canonical values; equal values have equal tags.
pub type Tag = Hash;
/// The secret that tags of a feed are made with.
pub type TagKey = [u8; 32];

/// The key that signs an account's reports in one feed, so that the device that reports need not
/// hold the account's funds.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ReportKey {
	/// An ed25519 key.
	#[codec(index = 0)]
	Ed25519(ed25519::Public),
	/// An sr25519 key.
	#[codec(index = 1)]
	Sr25519(sr25519::Public),
}

/// Report keys that an account can have in one feed, one after the other.
pub const MAX_KEYS: u32 = 8;

/// The report keys of one account in one feed, each with the block in which it was set (0 for the one
/// that reporting begins with), rising. None is ever taken out, so that any block's state tells them as
/// of all blocks before it.
pub type ReportKeys = BoundedVec<(BlockNumber, ReportKey), ConstU32<MAX_KEYS>>;

/// Which of an account's keys signs its reports in a round: the newest that was set up to `block`, the
/// one that the final outcome of the round before names; 0 in the first round.
///
/// All members of a committee know that block when the round opens, whatever they have seen of the
/// chain since.
pub fn acting_key<K>(keys: &[(BlockNumber, K)], block: BlockNumber) -> Option<&(BlockNumber, K)> {
	keys.iter().rev().find(|(since, _)| *since <= block)
}

/// What a reporter states.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Body {
	/// Hash of the chain's first block.
	pub genesis: Hash,
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// The account that joined.
	pub reporter: AccountId,
	/// Keyed hash of the answer, [`tag`].
	pub tag: Tag,
	/// The answer, padded and sealed to the feed's access key.
	pub sealed: BoundedVec<u8, ConstU32<MAX_SEALED>>,
	/// When the reporter sent it, by its own clock; informative.
	pub sent_at: Moment,
}

/// A signed statement.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Report {
	/// The statement.
	pub body: Body,
	/// Signature by the reporter's [acting key](acting_key) over [`Body::signed_bytes`].
	pub signature: [u8; 64],
}

impl Body {
	/// Whether the reporter says that it cannot report.
	pub fn is_excuse(&self) -> bool {
		self.tag == excuse_tag(&self.genesis, self.feed)
	}

	/// The bytes that the report key signs.
	pub fn signed_bytes(&self) -> Vec<u8> {
		if self.is_excuse() {
			return payload(Kind::Excuse, &self.genesis, self).into();
		}
		let mut bytes = Vec::from(&b"eventum/report/1"[..]);
		self.encode_to(&mut bytes);
		[&b"<Bytes>"[..], &blake2_256(&bytes), &b"</Bytes>"[..]].concat()
	}
}

impl Report {
	/// The name of this report in logs and receipts. It covers the body alone: a second signature
	/// over the same statement makes no second report.
	pub fn hash(&self) -> Hash {
		blake2_256(&self.body.encode()).into()
	}
}

/// Tag of an excuse, which is a report without an answer: nothing is sealed in it, and its signature is
/// of the kind of excuses. It is taken in the first round only, and holds for the whole feed.
pub fn excuse_tag(genesis: &Hash, feed: FeedId) -> Tag {
	keyed(&[], &tagged(genesis, feed, 0, &[EXCUSE_MARKER]))
}

/// What is hashed into a tag: binds the answer to chain, feed and round.
fn tagged(genesis: &Hash, feed: FeedId, round: Round, answer: &[u8]) -> Vec<u8> {
	[&(genesis, feed, round).encode()[..], answer].concat()
}

/// BLAKE2b-256 of `data`, keyed with `key`.
fn keyed(key: &[u8], data: &[u8]) -> Hash {
	let mut hash = [0; 32];
	hash.copy_from_slice(
		blake2b_simd::Params::new().hash_length(32).key(key).hash(data).as_bytes(),
	);
	hash.into()
}

/// Tag of an answer with values, `canonical` as [`crate::value::encode_answer`] gives it.
pub fn tag(key: &TagKey, genesis: &Hash, feed: FeedId, round: Round, canonical: &[u8]) -> Tag {
	keyed(key, &tagged(genesis, feed, round, canonical))
}

/// Tag of an answer without values. It is made without a key, so that a committee that does not
/// hold the key still sees that a round is undetermined or that a series is over.
pub fn marker_tag(genesis: &Hash, feed: FeedId, round: Round, answer: &Answer) -> Option<Tag> {
	let marker = answer.marker()?;
	Some(keyed(&[], &tagged(genesis, feed, round, &[marker])))
}

#[cfg(test)]
mod tests;
