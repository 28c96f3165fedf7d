// SPDX-License-Identifier: Apache-2.0

//! The validation nodes drawn for a feed.

use crate::{rules::quorum, vald, AccountId, Balance, Hash};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::ConstU32;
use sp_runtime::BoundedVec;

/// Most members a committee can have.
pub const MAX_MEMBERS: u32 = 64;
/// Fewest members a committee can have: the smallest that bears one liar.
pub const MIN_MEMBERS: u32 = 4;

/// Place of a member in its committee.
pub type MemberIndex = u8;

/// Network identity of a node: the bytes of its libp2p peer id (a multihash).
pub type PeerId = BoundedVec<u8, ConstU32<64>>;

/// An X25519 public key that envelopes for a member are sealed to.
pub type IntakeKey = [u8; 32];

/// One validation node in a committee.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Member {
	/// Account that holds the node's bond.
	pub operator: AccountId,
	/// Key that signs heads, receipts, outcomes and webhooks.
	pub vald: vald::Public,
	/// Key that envelopes are sealed to.
	pub intake: IntakeKey,
	/// Where the node is found on the network.
	pub peer: PeerId,
	/// Whether it has accepted this feed.
	pub accepted: bool,
}

/// The members of a feed's committee, in the order in which they were drawn.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Committee {
	/// Beacon output that the draw was made with.
	pub seed: Hash,
	/// The members.
	pub members: BoundedVec<Member, ConstU32<MAX_MEMBERS>>,
	/// EVT that each member has set aside for this feed.
	pub collateral: Balance,
}

impl Committee {
	/// Signatures that make a certificate.
	pub fn quorum(&self) -> u32 {
		quorum::quorum(self.members.len() as u32)
	}

	/// The member that leads `view` of `round`: a beacon-seeded start, moving on by one a view.
	pub fn leader(&self, round: u32, view: u32) -> MemberIndex {
		let members = self.members.len().max(1) as u64;
		let digest = sp_crypto_hashing::blake2_64(&(self.seed, round).encode());
		let start = u64::from_le_bytes(digest) % members;
		((start + u64::from(view)) % members) as MemberIndex
	}

	/// The place of the member that signs with `key`.
	pub fn index_of(&self, key: &vald::Public) -> Option<MemberIndex> {
		self.members.iter().position(|member| member.vald == *key).map(|index| index as MemberIndex)
	}

	/// The members' keys in order.
	pub fn keys(&self) -> Vec<vald::Public> {
		self.members.iter().map(|member| member.vald.clone()).collect()
	}
}
