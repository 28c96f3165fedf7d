// SPDX-License-Identifier: Apache-2.0

//! Arrival logs: what a committee member saw, and when.
//!
//! For each feed and round a member keeps an append-only log of (report, arrival time), times never
//! falling. A head fixes a prefix of it: `length` entries with the chained `hash`, and `upto`, the
//! promise that no entry with a time ≤ `upto` will be added any more. A member signs at most one
//! head of each number; two are a proof against it.

use crate::{committee::MemberIndex, FeedId, Hash, Moment, Round};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::ed25519;
use sp_crypto_hashing::blake2_256;

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
