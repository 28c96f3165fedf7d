// SPDX-License-Identifier: Apache-2.0

//! The work of one committee member, without input or output: reports and messages go in, effects
//! come out. No clock, disk or network here, so that every fault can be played in a unit test.
//!
//! A report's way: [`feed::FeedEngine::report`] appends it to the member's own log; with the next
//! tick the log's new head is signed and sent ([`log`]); the leader of the view joins q heads into a
//! cut ([`cut`]), lets the runtime evaluate it and proposes the outcome; members recompute and sign
//! it ([`round`]); q signatures are a certificate, and a final one opens the next round ([`feed`]). Whoever
//! signs what contradicts itself on the way is proven false ([`accuse`]).

mod accuse;
mod cut;
pub(crate) mod feed;
mod log;
mod propose;
mod round;
#[cfg(test)]
mod tests;
mod votes;

use eventum_primitives::{
	committee::{Committee, MemberIndex},
	fault::Fault,
	log::{LogEntry, SignedHead},
	outcome::{Certificate, Detail},
	report::Tag,
	rules::count::{Before, Evaluation, Vote},
	vald, FeedId, Hash, JoinIndex, Moment, Round, Sequence,
};
use eventum_wire::{IntakeError, Message};
use sp_core::ed25519;
use std::collections::BTreeSet;

/// What the runtime says at a finalized block.
pub(crate) trait Rulebook {
	/// The newest finalized block, if the chain can be read.
	fn finalized(&self) -> Option<Hash>;
	/// The version of the runtime at a finalized block; none if the block is not finalized here.
	fn spec_version(&self, block: &Hash) -> Option<u32>;
	/// The earliest push that the votes call for after what was before.
	fn evaluate(
		&self,
		block: &Hash,
		feed: FeedId,
		round: Round,
		votes: Vec<Vote>,
		before: Before,
		horizon: Moment,
	) -> Option<Evaluation>;
	/// Learns by which keys reports of a round are signed: by those that the chain knew in `block`, which
	/// the final outcome of the round before names. False while this node has not read that block.
	fn open_round(&self, feed: FeedId, round: Round, block: &Hash) -> bool;
	/// Whether a report of an open round that came before it opened is signed with the key that acts in
	/// it.
	fn keeps_key(&self, feed: FeedId, round: Round, reporter: JoinIndex) -> bool;
	/// The canonical answer that a known report of the tag gives, nothing if the committee cannot open
	/// it; none if the report cannot be read.
	fn answer(&self, feed: FeedId, round: Round, report: &Hash) -> Option<Vec<u8>>;
	/// A signature of one of this node's keys.
	fn sign(&self, key: &vald::Public, payload: &[u8; 32]) -> Option<ed25519::Signature>;
}

/// What counting needs of a report that has passed every check of the intake. The report itself is on
/// disk before anything that follows from it is sent, and is read from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
	/// The round that it is for.
	pub(crate) round: Round,
	/// Its name.
	pub(crate) hash: Hash,
	/// Whose.
	pub(crate) reporter: JoinIndex,
	/// What it votes for.
	pub(crate) tag: Tag,
}

/// What became of a report that was offered to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Logged {
	/// It stands in the log since this time.
	At(Moment),
	/// It waits for its round to open.
	Waiting,
	/// The reporter has given another answer before.
	DoubleAnswer,
	/// The round is over.
	Late,
	/// The round is too far ahead.
	WrongRound,
}

/// Something to keep on disk before anything that depends on it is sent.
#[derive(Clone, Debug)]
pub(crate) enum Write {
	/// The entry of a report in this member's log: its place and itself.
	Entry(Round, u32, LogEntry),
	/// A head that is about to be promised.
	Head(SignedHead),
	/// An outcome that is about to be signed.
	Signed(Round, Sequence, u32, [u8; 32]),
	/// A certificate; with fuller signatures it replaces an earlier one.
	Certificate(Certificate),
	/// What the certificate's hash stands for.
	Detail(Round, Sequence, Detail),
}

/// What the member wants done, in order; writes are durable before anything is sent.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
	/// Keep this.
	Write(Write),
	/// Tell one member.
	Send(MemberIndex, Message),
	/// Tell all other members.
	Broadcast(Message),
	/// Give one member a report of a round.
	Report(MemberIndex, Round, Hash),
	/// A report that waited for its round is not taken.
	Refuse(Counted, IntakeError),
	/// A push is certified for the first time.
	Certified(Certificate),
	/// A certificate has more signatures than before.
	Fuller(Certificate),
	/// A member is proven false: keep the proof, for the chain.
	Fault(Box<Fault>),
	/// A member is behind: send it the stored certificates of final rounds from here on.
	Help(MemberIndex, Round),
}

/// Which feed is counted, and by whom.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
	pub(crate) genesis: Hash,
	pub(crate) feed: FeedId,
	pub(crate) committee: Committee,
	/// Reporters that joined.
	pub(crate) joined: u32,
	pub(crate) own: MemberIndex,
	pub(crate) key: vald::Public,
	/// Members that are proven false: their logs are not used any more.
	pub(crate) excluded: BTreeSet<MemberIndex>,
}

impl Setup {
	fn quorum(&self) -> usize {
		self.committee.quorum() as usize
	}

	fn members(&self) -> impl Iterator<Item = MemberIndex> {
		0..self.committee.members.len() as MemberIndex
	}

	/// Entries that a log can have: every member takes two reports of each reporter, and passes them on.
	fn longest_log(&self) -> u32 {
		let members = self.committee.members.len() as u32;
		self.joined.saturating_mul(members).saturating_mul(2)
	}
}
