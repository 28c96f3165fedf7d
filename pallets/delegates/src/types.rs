// SPDX-License-Identifier: Apache-2.0

//! What is kept of a delegate.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{
	delegate::{Accounts, Plan, Text, MAX_TEXT},
	AccountId, EpochIndex, Hash, Moment,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Plans that are remembered of a delegate, the newest.
pub const MAX_PLANS: u32 = 64;

/// Whether a delegate stands for election.
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
pub enum Standing {
	/// It does.
	Active,
	/// It does not.
	Retired {
		/// The epoch in which it retired.
		since: EpochIndex,
	},
}

/// A delegate.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Delegate {
	/// Who acts and takes for it.
	pub accounts: Accounts,
	/// Whether it stands for election.
	pub standing: Standing,
	/// The first epoch in which it is not on probation.
	pub trusted_from: EpochIndex,
}

/// A plan, and the first epoch it is for.
pub type PlanFrom = (EpochIndex, Plan);

/// Plans of a delegate, the newest last. Each is for the epochs until the next.
pub type Plans = BoundedVec<PlanFrom, ConstU32<MAX_PLANS>>;

/// A public complaint of a voter about a delegate.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Complaint {
	/// Hash of what proves it.
	pub evidence: Hash,
	/// What is complained of.
	pub text: Text<MAX_TEXT>,
	/// When.
	pub at: Moment,
}

/// At genesis: account, name, and percent of block and epoch rewards shared with voters.
pub type GenesisDelegate = (AccountId, alloc::vec::Vec<u8>, u8, u8);
