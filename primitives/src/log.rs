// SPDX-License-Identifier: Apache-2.0

//! Arrival logs: what a committee member saw, and when.
//!
//! For each feed and round a member keeps an append-only log of (report, arrival time), times never
//! falling. A head fixes a prefix of it: `length` entries with the chained `hash`, and `upto`, the
//! promise that no entry with a time ≤ `upto` will be added any more. A [`Receipt`] is the promise of
//! an entry. A member that breaks one of these promises leaves the proof of it: [`crate::fault`].

use crate::{
	committee::MemberIndex,
	signing::{payload, Kind},
	FeedId, Hash, Hashing, Moment, Round,
};
use alloc::vec::Vec;
use binary_merkle_tree::verify_proof;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::ed25519;
use sp_crypto_hashing::blake2_256;

/// Hashes from a head to the root that it was published under, at most: a tree over all heads that a
/// member can publish at once is no higher.
pub const MAX_HEIGHT: usize = 32;

/// One line of an arrival log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct LogEntry {
	/// Hash of the report, [`crate::report::Report::hash`].
	pub report: Hash,
	/// When it arrived at this member.
	pub at: Moment,
}

/// Hash of a log that is `hash` so far and gets `entry` added; an empty log is all zeroes.
pub fn chain(hash: &Hash, entry: &LogEntry) -> Hash {
	blake2_256(&(hash, entry).encode()).into()
}

/// The state of one log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Head {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// Number of this head in this log, from 1.
	pub number: u32,
	/// Entries so far.
	pub length: u32,
	/// Chained hash of them.
	pub hash: Hash,
	/// Nothing at or before this time will be added any more.
	pub upto: Moment,
}

/// A head with its proof: the signature covers the Merkle root over all heads that the member
/// published at once.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SignedHead {
	/// Whose log.
	pub member: MemberIndex,
	/// The state of the log.
	pub head: Head,
	/// Root over the heads published at once.
	pub root: Hash,
	/// Number of heads under the root.
	pub leaves: u32,
	/// Place of this head among them.
	pub leaf: u32,
	/// Hashes from this head's leaf to the root.
	pub proof: Vec<Hash>,
	/// The member's signature over the root, kind `head`.
	pub signature: ed25519::Signature,
}

/// A head is no member's: it does not lead to its root, or the signature is not over the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadHead;

impl SignedHead {
	/// Whether the holder of `key` signed this head, `verify` being the ed25519 check.
	pub fn verify(
		&self,
		genesis: &Hash,
		key: &ed25519::Public,
		verify: impl Fn(&ed25519::Signature, &[u8], &ed25519::Public) -> bool,
	) -> Result<(), BadHead> {
		let leaf = (self.member, self.head).encode();
		let proof = self.proof.iter().copied();
		let leads = self.proof.len() <= MAX_HEIGHT
			&& verify_proof::<Hashing, _, _>(&self.root, proof, self.leaves, self.leaf, &leaf);
		let message = payload(Kind::Head, genesis, &self.root);
		if leads && verify(&self.signature, &message, key) {
			Ok(())
		} else {
			Err(BadHead)
		}
	}
}

/// A member's promise: the report is on its disk, and in its log with this time.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Receipt {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// The report.
	pub report: Hash,
	/// When it arrived.
	pub at: Moment,
	/// Who says so.
	pub member: MemberIndex,
	/// The member's signature, kind `receipt`.
	pub signature: ed25519::Signature,
}

impl Receipt {
	/// What the member signs.
	pub fn payload(
		genesis: &Hash,
		feed: FeedId,
		round: Round,
		report: Hash,
		at: Moment,
	) -> [u8; 32] {
		payload(Kind::Receipt, genesis, &(feed, round, report, at))
	}

	/// The entry that is promised.
	pub fn entry(&self) -> LogEntry {
		LogEntry { report: self.report, at: self.at }
	}

	/// Whether the holder of `key` gave this receipt, `verify` being the ed25519 check.
	pub fn verify(
		&self,
		genesis: &Hash,
		key: &ed25519::Public,
		verify: impl Fn(&ed25519::Signature, &[u8], &ed25519::Public) -> bool,
	) -> bool {
		let message = Self::payload(genesis, self.feed, self.round, self.report, self.at);
		verify(&self.signature, &message, key)
	}
}
