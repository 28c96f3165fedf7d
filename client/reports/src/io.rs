// SPDX-License-Identifier: Apache-2.0

//! What the parts of the report plane say to each other: what the worker is given, what it makes
//! durable, and what it tells the rest of the node.

use crate::memory::Permit;
use eventum_primitives::{
	committee::MemberIndex,
	fault::Fault,
	log::{LogEntry, SignedHead},
	outcome::{Certificate, Detail},
	report::{Report, Tag},
	BlockNumber, FeedId, Hash, JoinIndex, Round, Sequence,
};
use eventum_wire::{Certified, Message, Receipt};
use futures::channel::oneshot;
use sc_network_types::PeerId;
use std::{collections::BTreeMap, sync::Arc};

pub use eventum_wire::forward::Answer;

/// Where an [`Answer`] goes. That nobody waits for it any more is no error.
pub type Respond = oneshot::Sender<Answer>;

/// What reaches the worker from outside, all by one bounded channel.
#[derive(Debug)]
pub enum Input {
	/// Reports that have passed every check of the intake, at most [`crate::verify::MAX_BATCH`].
	Verified(Vec<Verified>),
	/// A report that has been handed to the worker before has come again, to this member. If it is
	/// not in this member's log yet it goes there now; the answer is the receipt, as before.
	Repeated(Repeated),
	/// A receipt of another member that a reporter shows; its signature has been checked.
	Shown(Receipt),
	/// What a peer that sits in a committee says, but for reports: these go through the intake.
	Peer {
		/// Who.
		peer: PeerId,
		/// What, in order; never empty.
		messages: Vec<Message>,
		/// Its share of the memory that what peers say may take.
		permit: Permit,
	},
	/// The stream to a peer is open: whatever it lacks can be sent.
	Connected(PeerId),
	/// The stream to a peer is closed; what was in its outbox is lost.
	Disconnected(PeerId),
	/// The delivery plane of this node has seen a webhook take this push.
	Delivered {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// The push.
		sequence: Sequence,
	},
}

/// How a report came.
#[derive(Debug)]
pub enum Source {
	/// In an envelope for the local member of this index, which owes a receipt.
	Envelope {
		/// The member.
		member: MemberIndex,
		/// Where its receipt, or its refusal, goes.
		respond: Respond,
	},
	/// From another member of the feed's committee, for every local member of it.
	Peer(PeerId),
}

/// A report whose every part has been checked against the feed as it stood on arrival. It is of the
/// feed's current round or of the next; the worker looks again, for time has passed.
///
/// Of one reporter and round there come by envelope at most two, with different tags. Other members
/// may have others in their logs, even other bodies with the same tag (of a client that made its
/// report anew to send it again): these come by [`Source::Peer`], a bounded number of them, and must
/// be kept, for a cut of those logs can only be counted by who has every report in it.
#[derive(Debug)]
pub struct Verified {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// Whose.
	pub reporter: JoinIndex,
	/// Name of the report.
	pub hash: Hash,
	/// What it votes for.
	pub tag: Tag,
	/// Since which block its reporter has the key that verified it.
	pub key: BlockNumber,
	/// The report.
	pub report: Arc<Report>,
	/// A report of this reporter in this round that was given to the worker before and has another
	/// tag: together they are the proof of a double answer.
	pub earlier: Option<Hash>,
	/// How it came.
	pub source: Source,
	/// Its share of the memory that all reports may take; dropped when the report is on disk.
	pub permit: Permit,
}

/// A report that the worker knows.
#[derive(Debug)]
pub struct Repeated {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// Name of the report: of the first with the same tag, if this one is not the same.
	pub hash: Hash,
	/// The member that it came to.
	pub member: MemberIndex,
	/// Where the receipt goes.
	pub respond: Respond,
}

/// Something that must be on disk before what follows from it is sent. The worker collects these
/// over one iteration and commits them together.
#[derive(Clone, Debug)]
pub enum Write {
	/// A report, once for all local members.
	Report {
		/// Its name.
		hash: Hash,
		/// Whose.
		reporter: JoinIndex,
		/// The report.
		report: Arc<Report>,
	},
	/// An entry of a local member's log.
	Append {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// Whose log.
		member: MemberIndex,
		/// Place in the log, from 0.
		position: u32,
		/// The entry.
		entry: LogEntry,
	},
	/// A head that a local member is about to publish: no other of this number may ever be.
	Head(SignedHead),
	/// An outcome that a local member is about to sign.
	Signed {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// The push.
		sequence: Sequence,
		/// The view.
		view: u32,
		/// Who signs.
		member: MemberIndex,
		/// What is signed.
		payload: [u8; 32],
	},
	/// A certified outcome. Only more signatures for the same outcome replace what is held of a
	/// sequence.
	Certificate(Certificate),
	/// The detail of a push.
	Detail {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// The push.
		sequence: Sequence,
		/// The detail.
		detail: Detail,
	},
	/// Two reports of one reporter that differ in their tags.
	DoubleAnswer {
		/// Whose.
		reporter: JoinIndex,
		/// What came first.
		first: Arc<Report>,
		/// What came after it.
		second: Arc<Report>,
	},
	/// A proof against a member.
	Fault(Box<Fault>),
	/// Everything about a feed is dropped: it is settled.
	Forget(FeedId),
}

/// A report as it is listed in [`Stored`]; its bytes stay on disk until they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredReport {
	/// Its name.
	pub hash: Hash,
	/// Whose.
	pub reporter: JoinIndex,
	/// What it votes for.
	pub tag: Tag,
}

/// One round of a local member, as it was when the node stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredRound {
	/// All reports of the round.
	pub reports: Vec<StoredReport>,
	/// The member's log.
	pub log: Vec<LogEntry>,
	/// The newest head that it promised.
	pub head: Option<SignedHead>,
	/// What it signed, by sequence and view.
	pub signed: BTreeMap<(Sequence, u32), [u8; 32]>,
	/// Certificates, by sequence.
	pub certificates: BTreeMap<Sequence, Certificate>,
	/// Details, by sequence.
	pub details: BTreeMap<Sequence, Detail>,
}

/// All that the store holds of a feed for one local member, by round.
pub type Stored = BTreeMap<Round, StoredRound>;

/// What the report plane tells the rest of the node.
#[derive(Clone, Debug)]
pub enum Event {
	/// This node serves a feed, from now on or again. The store may have certificates of it that a
	/// listener has not taken before the node ended.
	Serving(FeedId),
	/// An outcome is certified and on this node's disk.
	Certified(Arc<Certified>),
	/// A webhook has taken this push; another member says so.
	Delivered {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// The push.
		sequence: Sequence,
	},
	/// A feed is settled, and with that over for this node.
	Settled(FeedId),
}
