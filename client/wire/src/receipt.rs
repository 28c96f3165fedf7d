// SPDX-License-Identifier: Apache-2.0

//! A member's signed promise that a report is durable and was in time, and why one is refused.

use codec::{Decode, Encode};
use eventum_primitives::{vald, Hash};
use thiserror::Error;

pub use eventum_primitives::log::Receipt;

/// Whether the member with `key` gave this receipt.
pub fn verify(receipt: &Receipt, genesis: &Hash, key: &vald::Public) -> bool {
	receipt.verify(genesis, key.as_ref(), crate::ed25519_verify)
}

/// Why a report is not taken. Each names the mistake and what would be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Error)]
pub enum IntakeError {
	/// Not an envelope at all.
	#[error("the bytes are no envelope: send the SCALE of (feed, member, sealed bytes)")]
	MalformedEnvelope,
	/// The feed is not served here.
	#[error("no committee member reachable from this node serves that feed in its reporting time")]
	UnknownFeed,
	/// The member index is beyond the committee.
	#[error("the committee has no member of that index: read the committee from the chain")]
	UnknownMember,
	/// The member could not be reached.
	#[error("that member does not answer now: send the envelope of another member")]
	MemberUnreachable,
	/// The envelope cannot be opened.
	#[error("the envelope does not open with this member's intake key: seal to the key on chain")]
	WrongIntakeKey,
	/// What was in the envelope is no report.
	#[error("the opened envelope holds no report: seal the SCALE of (body, signature)")]
	MalformedReport,
	/// Made for another chain.
	#[error("the report names another chain: put the hash of this chain's first block into it")]
	ForeignGenesis,
	/// The feed in the report is not that of the envelope.
	#[error("the report is for another feed than its envelope says")]
	WrongFeed,
	/// The account has not joined.
	#[error("the account has not joined this feed")]
	NotJoined,
	/// The signature is not by the report key that acts in the round.
	#[error(
		"the signature is not by the account's report key of this round: another key acts from the \
		 round on that opens after the change is final"
	)]
	BadSignature,
	/// The round is over.
	#[error("the round is over: its final outcome is certified")]
	Late,
	/// The round is not open yet, and too far ahead to wait for.
	#[error("the round is not open yet: one report may wait, for the next round only")]
	WrongRound,
	/// Reporting has not begun.
	#[error("reporting has not begun: wait for reporting_timestamp")]
	TooEarly,
	/// The same account has already given another answer.
	#[error(
		"the account has already given another answer in this round; two answers are punished"
	)]
	DoubleAnswer,
	/// In a public feed the opened answer does not give the tag.
	#[error("the sealed answer is not what the tag says, or does not open with the access key")]
	TagMismatch,
	/// The opened answer is not of the feed's type.
	#[error("the sealed answer is not of the type that the feed's definition asks for")]
	WrongType,
	/// The node is full.
	#[error("the member has no room for more reports now: send again later or to another member")]
	Overloaded,
	/// The account is excused.
	#[error("the account has sent an excuse: nothing else that it says in this feed counts")]
	Excused,
	/// An excuse after the first report, or after the first round.
	#[error("an excuse is taken in the first round only, and only from who has not reported yet")]
	LateExcuse,
}
