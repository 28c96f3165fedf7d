// SPDX-License-Identifier: Apache-2.0

//! Messages between the members of a committee.
//!
//! They travel in batches, one notification each, at most [`MAX_NOTIFICATION`] bytes. Nothing in
//! them is trusted: whatever matters carries its signature.

use crate::forward;
use codec::{Decode, DecodeLimit, Encode};
use eventum_primitives::{
	committee::MemberIndex,
	fault::{Fault, SignedOutcome},
	log::{LogEntry, SignedHead},
	outcome::{Certificate, Outcome},
	report::Report,
	FeedId, Hash, Round, Sequence,
};
use sp_core::ed25519;

/// Bytes of one notification.
pub const MAX_NOTIFICATION: u64 = 1024 * 1024;
/// Messages in one notification.
pub const MAX_MESSAGES: usize = 4_096;
/// Reports asked for in one message.
pub const MAX_WANTED: usize = 512;

/// What one member says to another.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Message {
	/// The sender's log has grown, or its promise has.
	Log(LogUpdate),
	/// A reporter's statement, because the receiver lacks it.
	Report(Report),
	/// The sender lacks reports that stand in the receiver's log.
	WantReports {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// What is lacking, at most [`MAX_WANTED`].
		reports: Vec<Hash>,
	},
	/// The sender lacks entries of a member's log, from the given length on.
	WantLog {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// Whose log.
		member: MemberIndex,
		/// What the sender has of it.
		from: u32,
	},
	/// An outcome that the sender, as leader of its view, puts up for signing.
	Proposal(Proposal),
	/// A signature over a proposed outcome.
	Vote(Vote),
	/// A certified outcome.
	Certificate(Certificate),
	/// How far the sender is, so that who is further can help.
	Status {
		/// The feed.
		feed: FeedId,
		/// The round that the sender counts.
		round: Round,
		/// The newest sequence that it holds a certificate of in this round.
		sequence: Sequence,
	},
	/// A webhook has taken this push.
	Delivered {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// The push.
		sequence: Sequence,
	},
	/// An outcome that the leader of its view has signed: the sender was shown it, others another one.
	Signed(Box<SignedOutcome>),
	/// The proof that a member lied.
	Fault(Box<Fault>),
}

/// New entries of a log, ending with a head.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LogUpdate {
	/// The state of the log after them.
	pub head: SignedHead,
	/// Length of the log before them.
	pub from: u32,
	/// The entries.
	pub entries: Vec<LogEntry>,
}

/// An outcome put up for signing, with the cut that it follows from.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Proposal {
	/// What is to be signed.
	pub outcome: Outcome,
	/// The q heads, members rising.
	pub cut: Vec<SignedHead>,
}

/// A member's signature over an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Vote {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// The push.
	pub sequence: Sequence,
	/// The view.
	pub view: u32,
	/// What is signed, [`Outcome::payload`].
	pub payload: [u8; 32],
	/// By whom.
	pub member: MemberIndex,
	/// The signature.
	pub signature: ed25519::Signature,
}

impl Message {
	/// The feed that the message is about.
	pub fn feed(&self) -> FeedId {
		match self {
			Self::Log(update) => update.head.head.feed,
			Self::Report(report) => report.body.feed,
			Self::WantReports { feed, .. }
			| Self::WantLog { feed, .. }
			| Self::Status { feed, .. }
			| Self::Delivered { feed, .. } => *feed,
			Self::Proposal(proposal) => proposal.outcome.feed,
			Self::Vote(vote) => vote.feed,
			Self::Certificate(certificate) => certificate.outcome.feed,
			Self::Signed(signed) => signed.outcome.feed,
			Self::Fault(fault) => fault.feed,
		}
	}
}

/// A notification: messages from one local member to one remote member.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Batch {
	/// The messages.
	pub messages: Vec<Message>,
}

impl Batch {
	/// Reads a notification; none if it is malformed, too long, or has bytes left over. The count is
	/// looked at first: messages take more room in memory than on the wire.
	pub fn read(bytes: &[u8]) -> Option<Self> {
		if bytes.len() as u64 > MAX_NOTIFICATION || forward::count(bytes)? > MAX_MESSAGES {
			return None;
		}
		let mut rest = bytes;
		let batch = Self::decode_with_depth_limit(16, &mut rest).ok()?;
		rest.is_empty().then_some(batch)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::testing::feed;

	fn batch(messages: usize) -> Vec<u8> {
		let status = Message::Status { feed: feed(), round: 1, sequence: 2 };
		Batch { messages: vec![status; messages] }.encode()
	}

	#[test]
	fn batches_are_bounded_and_read_whole() {
		let read = |bytes: &[u8]| Batch::read(bytes).map(|batch| batch.messages.len());
		assert_eq!(read(&batch(MAX_MESSAGES)), Some(MAX_MESSAGES));
		assert_eq!(read(&batch(MAX_MESSAGES + 1)), None);
		let bytes = batch(3);
		for bad in [&bytes[..bytes.len() - 1], &[], &[&bytes[..], &[0]].concat()] {
			assert_eq!(read(bad), None);
		}
		let asking = |reports: usize| {
			let reports = vec![Hash::zero(); reports];
			Batch { messages: vec![Message::WantReports { feed: feed(), round: 0, reports }] }
		};
		let most = MAX_NOTIFICATION as usize / 32;
		assert_eq!(read(&asking(most - 1).encode()), Some(1));
		assert_eq!(read(&asking(most).encode()), None, "some bytes too many");
	}
}
