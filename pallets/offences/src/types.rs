// SPDX-License-Identifier: Apache-2.0

//! What is kept of sets, offences and slashes.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{offence::Member, AccountId, Balance, EpochIndex};
use frame_support::{pallet_prelude::Get, BoundedVec, CloneNoBound, DebugNoBound};
use scale_info::TypeInfo;
use sp_session::{GetSessionNumber, GetValidatorCount, ValidatorCount};
use sp_staking::SessionIndex;

/// Sets that are remembered. One acts until the next one does; with 24 sessions in an epoch, at most
/// 24 in an epoch, when keys change in every session.
pub const MAX_SETS: u32 = 256;

/// Number of a slash.
pub type SlashId = u32;

/// When a set began to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Start {
	/// Session of pallet-session, by which the set is found.
	pub session: SessionIndex,
	/// The slot of the last block before: those after it are the set's.
	pub slot: u64,
}

/// A set, with the keys that it acted with.
#[derive(CloneNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(skip_type_params(Most))]
pub struct KeySet<Most: Get<u32>> {
	/// How many of the first members own slots, in turns.
	pub producers: u32,
	/// All members.
	pub members: BoundedVec<Member, Most>,
}

impl<Most: Get<u32>> KeySet<Most> {
	/// Members, as far as shares are reckoned by them.
	pub fn count(&self) -> u32 {
		u32::try_from(self.members.len()).unwrap_or(u32::MAX)
	}

	/// Who owned a slot.
	pub fn owner(&self, slot: u64) -> Option<&Member> {
		let place = slot.checked_rem(self.producers.into())?;
		self.members.get(usize::try_from(place).ok()?)
	}
}

/// Says which set a key is found in. The chain has kept the keys, so no more is needed for a proof.
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
pub struct KeyOwnership {
	/// The session in which the set began to act.
	pub session: SessionIndex,
	/// Members of the set.
	pub members: ValidatorCount,
}

impl GetSessionNumber for KeyOwnership {
	fn session(&self) -> SessionIndex {
		self.session
	}
}

impl GetValidatorCount for KeyOwnership {
	fn validator_count(&self) -> ValidatorCount {
		self.members
	}
}

/// Who had a key, and in which set.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Owner {
	/// Whose key it was.
	pub account: AccountId,
	/// The session in which the set began to act.
	pub session: SessionIndex,
}

/// What was done.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Misdeed {
	/// Votes for two blocks in one round of finality, once or more often in one set.
	Equivocation {
		/// The session in which the set began to act.
		session: SessionIndex,
	},
	/// Two blocks for one slot.
	DoubleAuthorship {
		/// The slot.
		slot: u64,
	},
	/// No sign of life for a whole epoch.
	Absence {
		/// The epoch.
		epoch: EpochIndex,
	},
}

/// Who did what: one offender, as pallet-offences knows it.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Offender {
	/// Who.
	pub account: AccountId,
	/// What.
	pub misdeed: Misdeed,
}

/// How often a delegate did what costs twice as much each time. What was cancelled does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Record {
	/// Slots with two blocks.
	pub double_authorships: u32,
	/// Epochs of absence.
	pub absences: u32,
}

/// What equivocations in one set have cost a member so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Charge {
	/// The own bucket at the first report, of which all shares are taken.
	pub stake: Balance,
	/// Sum of the slashes.
	pub amount: Balance,
}

/// A slash that can still be cancelled.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Slash {
	/// For what, and whose own bucket is slashed.
	pub offender: Offender,
	/// How much.
	pub amount: Balance,
	/// Who gets a part for having reported it.
	pub reporter: Option<AccountId>,
	/// The epoch in which it is taken.
	pub due: EpochIndex,
}
