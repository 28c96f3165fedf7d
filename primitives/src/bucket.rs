// SPDX-License-Identifier: Apache-2.0

//! Buckets: EVT that somebody has locked to vote with.

use crate::AccountId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Number of a bucket.
pub type BucketId = u64;

/// Where what a voter is owed goes when it is claimed.
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
pub enum Payout {
	/// To the voter.
	#[default]
	Free,
	/// Into one of the voter's buckets; to the voter if that no longer votes or is no longer its own.
	Compound(BucketId),
	/// To an account.
	Forward(AccountId),
}
