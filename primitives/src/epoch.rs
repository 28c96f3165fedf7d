// SPDX-License-Identifier: Apache-2.0

//! Epochs: who sits, what a delegate did and got, and what is left to be paid out.

use crate::{delegate::Plan, rules::probation::Production, Balance, BlockNumber, EpochIndex, Hash};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many are elected, and how many of them produce.
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
pub struct Size {
	/// Consensus delegates: they finalize.
	pub members: u32,
	/// Of these, how many produce.
	pub producers: u32,
}

/// A delegate's proof of life, once an epoch: that it knows a block that is final, and not long ago.
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
pub struct Heartbeat {
	/// The epoch that the current block lies in.
	pub epoch: EpochIndex,
	/// Height of the last block that it knows to be final.
	pub finalized: BlockNumber,
	/// Hash of that block.
	pub hash: Hash,
}

/// What a delegate did in an epoch, and what it got for it.
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
pub struct Statement {
	/// Slots made and missed.
	pub production: Production,
	/// The votes that count in an election, if it was among the best with proof of life; else none.
	pub votes: Balance,
	/// What its blocks earned.
	pub blocks: Balance,
	/// What its votes earned.
	pub epochs: Balance,
	/// What of each it promised to its voters.
	pub plan: Plan,
	/// What its voters got: nothing if none of their votes was cast before the epoch.
	pub voters: Balance,
	/// What its reward account got.
	pub kept: Balance,
}

/// What an account is in an elected set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Seat {
	/// Nothing.
	#[default]
	Out,
	/// It is elected; whether it produces is not drawn yet.
	Elected,
	/// It finalizes, but does not produce.
	Finalizes,
	/// It produces and finalizes.
	Produces,
}

/// The slots of a producer that are to come: from `next` on, each `every`-th, up to `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Slots {
	/// The next one.
	pub next: u64,
	/// How many producers there are.
	pub every: u32,
	/// The last slot for which this set produces: the first of the next epoch.
	pub last: u64,
}

/// What a delegate has to do and has done in the epoch that the last block lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Schedule {
	/// The epoch.
	pub epoch: EpochIndex,
	/// What it is.
	pub seat: Seat,
	/// Its slots to come.
	pub slots: Option<Slots>,
	/// Slots made and missed so far.
	pub production: Production,
	/// Whether it has proven life.
	pub alive: bool,
	/// What its blocks have earned so far, if the reserve stays as it is.
	pub owed: Balance,
	/// What it will be in the next epoch; `None` until its members are fixed, or if the set stays.
	pub next: Option<Seat>,
}

/// How long the delegate reserve lasts without income.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Runway {
	/// What it holds.
	pub reserve: Balance,
	/// The most that an epoch that ended now could spend.
	pub budget: Balance,
	/// Epochs until half of it is spent; `None` if nothing is ever spent.
	pub half_life: Option<u64>,
}
