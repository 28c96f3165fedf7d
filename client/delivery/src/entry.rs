// SPDX-License-Identifier: Apache-2.0

//! What the queue holds.

use codec::{Decode, Encode};
use eventum_primitives::{committee::MemberIndex, vald, FeedId, Moment, Round, Sequence};

/// A push and the local member that posts it; orders by feed, round and sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub(crate) struct Key {
	pub(crate) feed: FeedId,
	pub(crate) round: Round,
	pub(crate) sequence: Sequence,
	pub(crate) member: MemberIndex,
}

/// The form of a [`Key`] in the database, which orders in the same way.
pub(crate) type RawKey = (u64, u16, u32, u32, u8);

impl From<Key> for RawKey {
	fn from(key: Key) -> Self {
		(key.feed.market, key.feed.index, key.round, key.sequence, key.member)
	}
}

impl From<RawKey> for Key {
	fn from((market, index, round, sequence, member): RawKey) -> Self {
		Self { feed: FeedId { market, index }, round, sequence, member }
	}
}

/// What does not change from attempt to attempt.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Content {
	pub(crate) url: String,
	pub(crate) id: String,
	pub(crate) body: String,
	pub(crate) key: vald::Public,
}

/// What does.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct State {
	/// Where it goes: what attempts at once are limited by.
	pub(crate) host: String,
	/// When it is to be tried next.
	pub(crate) due: Moment,
	/// Since when it has been in the queue.
	pub(crate) since: Moment,
	/// Attempts that failed.
	pub(crate) attempts: u32,
	/// Whether it ends the round.
	pub(crate) is_final: bool,
	/// Whether it is posted even if others were successful.
	pub(crate) regardless: bool,
}

/// A post that was given up, or that failed and is tried again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeadLetter {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// The push.
	pub sequence: Sequence,
	/// The member of the feed's committee that was to post it.
	pub member: MemberIndex,
	/// Where it was to go.
	pub url: String,
	/// Attempts made.
	pub attempts: u32,
	/// When it came into the queue.
	pub since: Moment,
	/// When it was given up, or is tried again.
	pub at: Moment,
	/// Why the last attempt failed.
	pub reason: String,
}

/// What is told to those who ask what was not delivered.
pub trait DeadLetters: Send + Sync {
	/// Posts that were given up, oldest first, at most 10,000.
	fn dead_letters(&self) -> Vec<DeadLetter>;
	/// Posts whose last attempt failed and that are tried again, at most 1,000.
	fn failing(&self) -> Vec<DeadLetter>;
	/// Posts that wait for an attempt.
	fn pending(&self) -> usize;
}
