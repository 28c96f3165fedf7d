// SPDX-License-Identifier: Apache-2.0

//! What is kept of a node and of a draw.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{
	committee::{IntakeKey, Member, PeerId, MAX_MEMBERS},
	traits::CommitteeTerms,
	vald, AccountId, Balance, BlockNumber, Hash, Moment,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Whether a node is offered feeds.
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
pub enum Status {
	/// It is.
	Online,
	/// It missed an acceptance; it is not until it says that it is back.
	Offline {
		/// Block in which that was found. Its word that it is back names this block, so that the
		/// word cannot be used again.
		since: BlockNumber,
	},
	/// Its operator asked not to be offered any.
	Resting,
}

/// A registered validation node.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Node {
	/// Key that signs.
	pub vald: vald::Public,
	/// Key that envelopes are sealed to.
	pub intake: IntakeKey,
	/// Where the node is found.
	pub peer: PeerId,
	/// What it asks per counted report.
	pub min_fee: Balance,
	/// EVT held of the operator.
	pub bond: Balance,
	/// What of the bond stands behind feeds.
	pub set_aside: Balance,
	/// Whether it is offered feeds.
	pub status: Status,
	/// Place in the registry.
	pub index: u32,
	/// Block of the last change that could make a difference to a draw. Draws frozen before it pass
	/// the node over, or it could be fitted to a seed already known.
	pub changed: BlockNumber,
}

impl Node {
	/// What of the bond stands behind no feed.
	pub fn free_bond(&self) -> Balance {
		self.bond.saturating_sub(self.set_aside)
	}
}

/// What a draw waits for.
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
pub enum Step {
	/// For a seed.
	Seeding {
		/// Block in which the set to draw from was fixed.
		frozen_at: BlockNumber,
		/// Nodes registered then: places 0..nodes of the registry are drawn from.
		nodes: u32,
	},
	/// For the members drawn to accept; if too few could be drawn, for others to come.
	Accepting {
		/// Chain time at which those who have not are replaced, or the missing ones drawn again.
		deadline: Moment,
	},
}

/// A committee in the making.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PendingDraw {
	/// Who pays, and so cannot be a member.
	pub requester: AccountId,
	/// Members wanted.
	pub size: u32,
	/// What each member sets aside.
	pub collateral: Balance,
	/// The most that a member may ask per counted report.
	pub max_fee: Balance,
	/// Number of the attempt, from 0; acceptances name it.
	pub attempt: u32,
	/// What it waits for.
	pub step: Step,
	/// Beacon output of the last draw.
	pub seed: Hash,
	/// Members drawn so far.
	pub members: BoundedVec<Member, ConstU32<MAX_MEMBERS>>,
}

impl PendingDraw {
	pub(crate) fn new(terms: CommitteeTerms, step: Step) -> Self {
		let CommitteeTerms { size, requester, collateral, max_fee } = terms;
		Self {
			requester,
			size,
			collateral,
			max_fee,
			attempt: 0,
			step,
			seed: Hash::zero(),
			members: Default::default(),
		}
	}

	/// Members still to be drawn.
	pub fn missing(&self) -> usize {
		let drawn = u32::try_from(self.members.len()).unwrap_or(u32::MAX);
		usize::try_from(self.size.saturating_sub(drawn)).unwrap_or(usize::MAX)
	}

	/// Whether every member has been drawn and has accepted.
	pub fn is_complete(&self) -> bool {
		self.missing() == 0 && self.members.iter().all(|member| member.accepted)
	}
}
