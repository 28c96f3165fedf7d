// SPDX-License-Identifier: Apache-2.0

//! Proof that a committee member lied: things that it signed and that cannot all be true.
//!
//! An honest member keeps each of these promises, also over crashes, because it writes down what it
//! is about to sign: one outcome in each view; heads that all are of one log that only grows, and
//! never behind what they promise; an entry for each receipt. So whoever shows that one was broken
//! needs nothing but what the member signed.
//!
//! A log is a hash chain, so a proof about it shows its newest entries: from the hash before them
//! they must lead to the hash in a signed head. A proof shows [`MAX_TRAIL`] of them at most.

use crate::{
	committee::{Committee, MemberIndex},
	definition::MAX_PEOPLE,
	log::{chain, Head, LogEntry, Receipt, SignedHead},
	outcome::Outcome,
	FeedId, Hash, Moment,
};
use alloc::boxed::Box;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{ed25519, ConstU32};
use sp_runtime::BoundedVec;

/// Entries that a proof shows at most: a report of each of the most reporters a feed can have.
pub const MAX_TRAIL: u32 = MAX_PEOPLE;

/// The last entries of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Trail {
	/// Chained hash of the entries before these; all zeroes if there are none.
	pub before: Hash,
	/// The entries up to the log's end.
	pub entries: BoundedVec<LogEntry, ConstU32<MAX_TRAIL>>,
}

impl Trail {
	/// Whether the log that `head` fixes ends with these entries.
	fn ends(&self, head: &Head) -> bool {
		self.entries.iter().fold(self.before, |hash, entry| chain(&hash, entry)) == head.hash
	}

	/// Whether the times do not fall and lie after `from` and not after `to`.
	fn is_within(&self, from: Moment, to: Moment) -> bool {
		let mut last = from.saturating_add(1);
		self.entries.iter().all(|entry| {
			let sound = last <= entry.at && entry.at <= to;
			last = entry.at;
			sound
		})
	}
}

/// An outcome with one member's signature.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SignedOutcome {
	/// What is signed.
	pub outcome: Outcome,
	/// The member's signature.
	pub signature: ed25519::Signature,
}

/// What cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Proof {
	/// Two outcomes signed in one view.
	#[codec(index = 0)]
	Outcomes {
		/// One.
		first: Box<SignedOutcome>,
		/// The other.
		second: Box<SignedOutcome>,
	},
	/// Two heads that are not of one log: they have one number, or the later is not a continuation
	/// of the earlier that keeps what that promised.
	#[codec(index = 1)]
	Logs {
		/// The head with the lower number.
		earlier: SignedHead,
		/// The head with the higher number.
		later: SignedHead,
		/// The entries that the later has more; none if numbers, lengths or promises show it alone.
		trail: Trail,
	},
	/// A receipt whose entry the signer's log lacks.
	#[codec(index = 2)]
	Receipt {
		/// The receipt.
		receipt: Receipt,
		/// A head that promises that nothing is added any more at the receipt's time.
		head: SignedHead,
		/// The log's end, from before the receipt's time on.
		trail: Trail,
	},
}

/// What a member lied about.
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
pub enum Lie {
	/// It signed two outcomes in one view.
	Outcomes,
	/// It showed different logs to different members.
	Logs,
	/// It gave a receipt for a report and left it out of its log.
	Receipt,
}

/// An accusation that proves itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Fault {
	/// The feed in whose committee the member sits.
	pub feed: FeedId,
	/// The member.
	pub member: MemberIndex,
	/// What it signed.
	pub proof: Proof,
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultError {
	/// The committee has no such member.
	UnknownMember,
	/// A part is about another feed or member, or the parts are about different rounds or views.
	Unrelated,
	/// All parts can be true.
	NoContradiction,
	/// The entries are not the end of the log that the head fixes, or not as many as are needed.
	BadTrail,
	/// The head does not cover the time of the receipt.
	NotCovered,
	/// A head, receipt or outcome is not signed by the member on this chain.
	BadSignature,
}

impl Fault {
	/// What the member is accused of.
	pub fn lie(&self) -> Lie {
		match self.proof {
			Proof::Outcomes { .. } => Lie::Outcomes,
			Proof::Logs { .. } => Lie::Logs,
			Proof::Receipt { .. } => Lie::Receipt,
		}
	}

	/// Entries of a log that are shown: what checking costs grows with them.
	pub fn entries(&self) -> u32 {
		match &self.proof {
			Proof::Outcomes { .. } => 0,
			Proof::Logs { trail, .. } | Proof::Receipt { trail, .. } => trail.entries.len() as u32,
		}
	}

	/// Checks the proof, cheap things first; `verify` is the ed25519 check.
	pub fn verify(
		&self,
		genesis: &Hash,
		committee: &Committee,
		verify: impl Fn(&ed25519::Signature, &[u8], &ed25519::Public) -> bool,
	) -> Result<(), FaultError> {
		let member = committee.members.get(usize::from(self.member));
		let key = member.ok_or(FaultError::UnknownMember)?.vald.as_ref();
		self.ensure_related()?;
		self.ensure_contradiction()?;
		let head = |head: &SignedHead| head.verify(genesis, key, &verify).is_ok();
		let outcome = |signed: &SignedOutcome| {
			verify(&signed.signature, &signed.outcome.payload(genesis), key)
		};
		let signed = match &self.proof {
			Proof::Outcomes { first, second } => outcome(first) && outcome(second),
			Proof::Logs { earlier, later, .. } => head(earlier) && head(later),
			Proof::Receipt { receipt, head: promise, .. } => {
				receipt.verify(genesis, key, &verify) && head(promise)
			}
		};
		signed.then_some(()).ok_or(FaultError::BadSignature)
	}

	/// Whether all parts are about the same.
	fn ensure_related(&self) -> Result<(), FaultError> {
		let ours = |head: &SignedHead| head.member == self.member && head.head.feed == self.feed;
		let related = match &self.proof {
			Proof::Outcomes { first, second } => {
				let place = |signed: &SignedOutcome| {
					let Outcome { feed, round, sequence, view, .. } = signed.outcome;
					(feed, round, sequence, view)
				};
				first.outcome.feed == self.feed && place(first) == place(second)
			}
			Proof::Logs { earlier, later, .. } => {
				ours(earlier) && ours(later) && earlier.head.round == later.head.round
			}
			Proof::Receipt { receipt, head, .. } => {
				ours(head)
					&& (receipt.member, receipt.feed, receipt.round)
						== (self.member, self.feed, head.head.round)
			}
		};
		related.then_some(()).ok_or(FaultError::Unrelated)
	}

	fn ensure_contradiction(&self) -> Result<(), FaultError> {
		match &self.proof {
			Proof::Outcomes { first, second } if first.outcome != second.outcome => Ok(()),
			Proof::Outcomes { .. } => Err(FaultError::NoContradiction),
			Proof::Logs { earlier, later, trail } => contradict(&earlier.head, &later.head, trail),
			Proof::Receipt { receipt, head, trail } => lacks(&head.head, trail, &receipt.entry()),
		}
	}
}

/// Whether no log can have both heads.
fn contradict(earlier: &Head, later: &Head, trail: &Trail) -> Result<(), FaultError> {
	let shrinks = later.length < earlier.length || later.upto < earlier.upto;
	if earlier.number > later.number || earlier == later {
		return Err(FaultError::NoContradiction);
	}
	if earlier.number == later.number || shrinks {
		return trail.entries.is_empty().then_some(()).ok_or(FaultError::BadTrail);
	}
	let more = later.length.saturating_sub(earlier.length);
	if trail.entries.len() as u32 != more || !trail.ends(later) {
		return Err(FaultError::BadTrail);
	}
	if trail.before == earlier.hash && trail.is_within(earlier.upto, later.upto) {
		return Err(FaultError::NoContradiction);
	}
	Ok(())
}

/// Whether the log that `head` fixes lacks an entry, and it can no more be added.
fn lacks(head: &Head, trail: &Trail, promised: &LogEntry) -> Result<(), FaultError> {
	if head.upto < promised.at {
		return Err(FaultError::NotCovered);
	}
	// What is before the trail is no later than its first entry.
	let reaches = trail.before == Hash::zero()
		|| trail.entries.first().is_some_and(|first| first.at < promised.at);
	if !reaches || !trail.ends(head) {
		return Err(FaultError::BadTrail);
	}
	if trail.entries.contains(promised) {
		return Err(FaultError::NoContradiction);
	}
	Ok(())
}

#[cfg(test)]
mod tests;
