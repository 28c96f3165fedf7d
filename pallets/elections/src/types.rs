// SPDX-License-Identifier: Apache-2.0

//! What is kept of elected sets, of what their members do, and of what is still to be paid.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{
	rules::{blame::Gap, probation::Production, reserve::Budget},
	AccountId, Balance, BlockNumber, EpochIndex,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Most that can be elected.
pub const MAX_MEMBERS: u32 = 36;
/// Most of them that can produce.
pub const MAX_PRODUCERS: u32 = 24;
/// Most delegates that can be registered.
pub const MAX_CANDIDATES: u32 = 1_000;

/// Accounts that are elected.
pub type Members = BoundedVec<AccountId, ConstU32<MAX_MEMBERS>>;

/// An elected set.
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
pub struct Term {
	/// The members; as soon as they are drawn, in the order of their slots.
	pub members: Members,
	/// How many of the first produce.
	pub producers: u32,
}

impl Term {
	/// Those that produce, in the order of their slots.
	pub fn producing(&self) -> impl Iterator<Item = &AccountId> {
		self.members.iter().take(usize::try_from(self.producers).unwrap_or_default())
	}

	/// The place of an account among the members.
	pub fn place(&self, account: &AccountId) -> Option<u32> {
		self.members.iter().zip(0..).find(|(member, _)| *member == account).map(|(_, place)| place)
	}
}

/// Members of the next epoch of whom it is not drawn yet who produces.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Ballot {
	/// Who is elected, best first, and how many shall produce.
	pub term: Term,
	/// The block that fixed it.
	pub frozen_at: BlockNumber,
}

/// What the active set did so far.
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
pub struct Record {
	/// Slot of the last block; none before the first block.
	pub slot: Option<u64>,
	/// What each producer did, in the order of their slots.
	pub producers: BoundedVec<Production, ConstU32<MAX_PRODUCERS>>,
	/// Whether nobody is slashed for absence: the epoch contains a halt, or the chain began in it.
	pub excused: bool,
}

impl Record {
	/// Of a set of so many producers that has not done anything yet.
	pub fn new(slot: Option<u64>, producers: u32, excused: bool) -> Self {
		let producers = (0..producers).map(|_| Production::default()).collect();
		Self { slot, producers: BoundedVec::truncate_from(producers), excused }
	}

	/// Counts the block of a slot for its owner, and the slots before it against theirs. Tells the slot of
	/// the last block, and whether there was a halt between the two.
	pub fn count(&mut self, slot: u64) -> Option<(u64, bool)> {
		let last = self.slot.replace(slot);
		let turn = u32::try_from(self.producers.len()).unwrap_or_default();
		let gap = last.map(|last| Gap::new(last, slot, turn));
		let owner = slot.checked_rem(turn.into());
		for (producer, index) in self.producers.iter_mut().zip(0u32..) {
			if owner == Some(index.into()) {
				producer.made = producer.made.saturating_add(1);
			}
			if gap.is_some_and(|gap| gap.blames(index)) {
				producer.missed = producer.missed.saturating_add(1);
			}
		}
		let halt = gap.is_some_and(|gap| gap.halt);
		self.excused |= halt;
		last.map(|last| (last, halt))
	}

	/// What a member did: nothing if it does not produce.
	pub fn of(&self, place: Option<u32>) -> Production {
		let place = place.and_then(|place| usize::try_from(place).ok());
		place.and_then(|place| self.producers.get(place)).copied().unwrap_or_default()
	}
}

/// What is due to a delegate for an epoch, and from it.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Due {
	/// The delegate.
	pub delegate: AccountId,
	/// What it did.
	pub production: Production,
	/// The votes that it is paid for.
	pub votes: Balance,
	/// Whether it was elected and gave no sign of life all the epoch.
	pub absent: bool,
}

impl Due {
	/// Of a delegate that gets and owes nothing.
	pub fn new(delegate: AccountId) -> Self {
		Self { delegate, production: Production::default(), votes: 0, absent: false }
	}
}

/// An epoch that is over and not all paid.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Closing {
	/// The epoch.
	pub epoch: EpochIndex,
	/// What it may spend.
	pub budget: Budget,
	/// All votes that are paid for.
	pub votes: Balance,
	/// Who is still to be paid.
	pub dues: BoundedVec<Due, ConstU32<{ MAX_CANDIDATES + MAX_MEMBERS }>>,
}
