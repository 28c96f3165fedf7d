// SPDX-License-Identifier: Apache-2.0

//! What the methods answer, as JSON.

use crate::error::Refusal;
use codec::Encode;
use eventum_delivery::DeadLetter;
use eventum_primitives::{
	outcome::{Certificate, Outcome, Push, RoundResult},
	FeedId, Hash, Moment, Round, Sequence,
};
use eventum_reports::{io::Answer, keys::Identity};
use eventum_wire::Receipt;
use serde::Serialize;
use serde_json::value::RawValue;
use sp_core::{crypto::ByteArray, Bytes};

/// A member's promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptItem {
	/// The receipt in SCALE, with its signature.
	pub receipt: Bytes,
	/// Hash of the report.
	pub report: Hash,
	/// The member that gives it.
	pub member: u8,
	/// When the report arrived, in milliseconds since the Unix epoch.
	pub at: Moment,
}

/// What became of one of several envelopes: a receipt, or an `error`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Submitted {
	/// It was taken.
	Taken(ReceiptItem),
	/// It was refused.
	Refused {
		/// Why.
		error: Refusal,
	},
}

impl From<Receipt> for ReceiptItem {
	fn from(receipt: Receipt) -> Self {
		let Receipt { report, member, at, .. } = receipt;
		Self { receipt: receipt.encode().into(), report, member, at }
	}
}

impl From<Answer> for Submitted {
	fn from(answer: Answer) -> Self {
		match answer {
			Ok(receipt) => Self::Taken(receipt.into()),
			Err(error) => Self::Refused { error: error.into() },
		}
	}
}

/// A certified outcome.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeItem {
	/// The feed, `market/index`.
	pub feed: String,
	/// The round.
	pub round: Round,
	/// Number of the push in its round.
	pub sequence: Sequence,
	/// Whether the round is over.
	pub r#final: bool,
	/// `provisional`, `confirmed`, `corrected` or `final`.
	pub push: &'static str,
	/// `none`, `agreed`, `undetermined` or `stop`.
	pub result: &'static str,
	/// Votes for the result.
	pub agreed: u32,
	/// Votes counted.
	pub total: u32,
	/// The outcome with its signatures, in SCALE.
	pub certificate: Bytes,
	/// What is posted to the feed's webhook; not there if the feed is not known here any more.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub body: Option<Box<RawValue>>,
}

impl OutcomeItem {
	pub(crate) fn new(certificate: &Certificate, body: Option<Box<RawValue>>) -> Self {
		let Outcome { feed, round, sequence, push, result, agreed, total, .. } =
			certificate.outcome;
		let (name, result) = (push_name(push), result_name(result));
		Self {
			feed: feed.to_string(),
			round,
			sequence,
			r#final: push.is_final(),
			push: name,
			result,
			agreed,
			total,
			certificate: certificate.encode().into(),
			body,
		}
	}
}

fn push_name(push: Push) -> &'static str {
	match push {
		Push::Provisional => "provisional",
		Push::Confirmed => "confirmed",
		Push::Corrected => "corrected",
		Push::Final { .. } => "final",
	}
}

fn result_name(result: RoundResult) -> &'static str {
	match result {
		RoundResult::None => "none",
		RoundResult::Agreed(_) => "agreed",
		RoundResult::Undetermined => "undetermined",
		RoundResult::Stop => "stop",
	}
}

/// A validation node that this node is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityItem {
	/// The ed25519 key that it signs with.
	pub vald: Bytes,
	/// The X25519 key that envelopes are sealed to.
	pub intake: Bytes,
	/// Its network identity, as people write it.
	pub peer: String,
	/// Its network identity, as the chain keeps it.
	pub peer_bytes: Bytes,
	/// Signature that shows the chain whose node it is; only where it was asked for.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub proof: Option<Bytes>,
}

impl IdentityItem {
	pub(crate) fn new(
		identity: &Identity,
		peer: sc_network_types::PeerId,
		proof: Option<Bytes>,
	) -> Self {
		Self {
			vald: identity.vald.as_slice().to_vec().into(),
			intake: identity.intake.public().to_vec().into(),
			peer: peer.to_base58(),
			peer_bytes: peer.to_bytes().into(),
			proof,
		}
	}
}

/// A post that was given up, or that failed and is tried again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeadLetterItem {
	/// The feed, `market/index`.
	pub feed: String,
	/// The round.
	pub round: Round,
	/// Number of the push in its round.
	pub sequence: Sequence,
	/// The member of the committee that was to post it.
	pub member: u8,
	/// Where it was to go.
	pub url: String,
	/// Attempts made.
	pub attempts: u32,
	/// When it was to be posted first, in milliseconds since the Unix epoch.
	pub since: Moment,
	/// When it was given up, or is tried again.
	pub at: Moment,
	/// Why the last attempt failed.
	pub reason: String,
}

impl From<DeadLetter> for DeadLetterItem {
	fn from(letter: DeadLetter) -> Self {
		let DeadLetter { feed, round, sequence, member, url, attempts, since, at, reason } = letter;
		let feed: FeedId = feed;
		Self { feed: feed.to_string(), round, sequence, member, url, attempts, since, at, reason }
	}
}

/// What this node could not deliver, and what it still tries to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeadLettersItem {
	/// Posts that wait for an attempt.
	pub pending: usize,
	/// Those of them whose last attempt failed, at most 1,000.
	pub failing: Vec<DeadLetterItem>,
	/// Posts that were given up, oldest first.
	pub dead: Vec<DeadLetterItem>,
}
