// SPDX-License-Identifier: Apache-2.0

//! What is kept of a bucket, of a delegate's votes, and of a voter.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{
	bucket::Payout,
	rules::{shares::Index, vote},
	AccountId, Balance, EpochIndex, Moment,
};
use scale_info::TypeInfo;

/// How long a bucket is locked.
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
pub enum Term {
	/// For a whole term after its owner says that it shall no longer renew itself.
	Renewing,
	/// Until a point in time, and then until its owner unlocks it.
	Ending {
		/// When its term is over.
		at: Moment,
	},
	/// It is unlocked, does not vote, and waits to be withdrawn.
	Unbonding {
		/// When it can be.
		until: Moment,
	},
}

/// Votes that were cast in an epoch, and so do not earn in it.
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
pub struct Fresh {
	/// The epoch.
	pub epoch: EpochIndex,
	/// How many; never zero.
	pub votes: Balance,
}

/// EVT that somebody has locked to vote with.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Bucket {
	/// Who locked it.
	pub owner: AccountId,
	/// Whom it votes for, or voted for until it was unlocked.
	pub delegate: AccountId,
	/// EVT held of the owner.
	pub amount: Balance,
	/// Length of its term in days.
	pub days: u32,
	/// How long it is locked.
	pub term: Term,
	/// Whether it is the delegate's own bucket.
	pub own: bool,
	/// Its votes, as they are in the delegate's tally.
	pub votes: Balance,
	/// Which of them were cast in the epoch of the last increase or move.
	pub fresh: Option<Fresh>,
	/// The delegate's index up to which its earnings have been credited to the owner.
	pub index: Index,
}

impl Bucket {
	/// Whether its term renews itself.
	pub fn renews(&self) -> bool {
		self.term == Term::Renewing
	}

	/// Whether it no longer votes.
	pub fn is_unbonding(&self) -> bool {
		matches!(self.term, Term::Unbonding { .. })
	}

	/// The votes that its amount and term give.
	pub fn due_votes(&self) -> Balance {
		if self.is_unbonding() {
			return 0;
		}
		vote::votes(self.amount, self.days, self.renews(), self.own)
	}

	/// How many of its votes earn in the running epoch.
	pub fn earning(&self, epoch: EpochIndex) -> Balance {
		let fresh = self.fresh.filter(|fresh| fresh.epoch == epoch);
		self.votes.saturating_sub(fresh.map_or(0, |fresh| fresh.votes))
	}
}

/// The votes for a delegate.
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
pub struct Tally {
	/// The votes of all buckets.
	pub votes: Balance,
	/// Which of them were cast in `epoch`.
	pub fresh: Balance,
	/// The epoch of the last change.
	pub epoch: EpochIndex,
	/// Rewards per vote.
	pub index: Index,
}

impl Tally {
	pub(crate) fn new(epoch: EpochIndex) -> Self {
		Self { votes: 0, fresh: 0, epoch, index: 0 }
	}

	/// How many of the votes earn in the epoch of the tally.
	pub fn earning(&self) -> Balance {
		self.votes.saturating_sub(self.fresh)
	}
}

/// Where a delegate's index stood at the end of an epoch.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Checkpoint {
	/// The index; zero until the epoch is over.
	pub index: Index,
	/// Buckets with votes that were cast in the epoch and have not been credited since it ended.
	pub buckets: u32,
}

/// An account with buckets, or with something owed.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Voter {
	/// How many buckets it has.
	pub buckets: u32,
	/// What it has been credited with and not been paid.
	pub owed: Balance,
	/// Where that goes when it is claimed.
	pub payout: Payout,
}
