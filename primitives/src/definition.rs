// SPDX-License-Identifier: Apache-2.0

//! What a requester may ask for: the typed, bounded definition of a feed and its checks.

use crate::{
	committee::{MAX_MEMBERS, MIN_MEMBERS},
	report::TagKey,
	value, Balance, Hash, Moment, Ppb, Score, PPB,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::ConstU32;
use sp_runtime::{BoundedVec, FixedU64};

/// Feeds of one market.
pub const MAX_FEEDS: u32 = 64;
/// Fields of one report.
pub const MAX_FIELDS: u32 = 16;
/// Options of one categorical field.
pub const MAX_OPTIONS: u32 = 64;
/// Bytes of a field's or an option's name.
pub const MAX_NAME: u32 = 64;
/// Bytes of a text value.
pub const MAX_TEXT: u16 = 256;
/// Decimal places of a float that can count when comparing.
pub const MAX_DECIMALS: u8 = 12;
/// Bytes of an answer, all fields padded together.
pub const MAX_ANSWER: u32 = 976;
/// Reporters of one feed.
pub const MAX_PEOPLE: u32 = 10_000;
/// Reports of one feed over all rounds.
pub const MAX_REPORTS: u64 = 1_000_000;
/// Length of a series: 90 days.
pub const MAX_TIME: Moment = 90 * 86_400_000;
/// Length of the window in which dissenters may dispute: 7 days.
pub const MAX_DISPUTE_TIME: Moment = 7 * 86_400_000;
/// Reward of one feed: more than there is, but reward × stake factor stays within 128 bits.
pub const MAX_REWARD: Balance = Balance::MAX >> 40;
/// Stake factor K.
pub const MAX_STAKE_FACTOR: u64 = 20;
/// Multiplier for those who joined before `min_people` was reached.
pub const MAX_JOIN_BONUS: u64 = 2;

/// Name of a field or an option, UTF-8.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;

/// A value without structure of its own.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ScalarType {
	/// `true` or `false`.
	Boolean,
	/// A whole number, 128 bits with sign.
	Integer,
	/// A decimal number.
	Float {
		/// Places that count when comparing, 0 to 12.
		decimals: u8,
	},
	/// Text, compared without regard to case and spacing.
	Text {
		/// Bytes of the canonical form, 1 to 256.
		max_length: u16,
	},
}

/// One choice of a categorical field.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ChoiceOption {
	/// Its label.
	pub name: Name,
	/// The value that goes with it, if it holds one.
	pub value: Option<ScalarType>,
}

/// What one field of a report can be.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum FieldType {
	/// A single value.
	Scalar(ScalarType),
	/// A choice among options.
	Categorical {
		/// The options, 2 to 64.
		options: BoundedVec<ChoiceOption, ConstU32<MAX_OPTIONS>>,
		/// Whether a report may fill several, at least one.
		multiple: bool,
	},
}

/// One typed value of a report.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Field {
	/// Its name; empty if it is the only one and needs none.
	pub name: Name,
	/// Its type.
	pub field_type: FieldType,
}

/// The fields of a report.
pub type Fields = BoundedVec<Field, ConstU32<MAX_FIELDS>>;

/// How often a feed is asked.
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
pub enum EventKind {
	/// One round.
	Single,
	/// A series of rounds.
	Multiple {
		/// Rounds at most.
		max_rounds: u32,
		/// Time from the start of reporting to the feed's absolute end.
		max_time: Moment,
	},
}

/// When the requester hears of a result.
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
pub enum ConsensusMode {
	/// At first agreement, then at every change, then at the end.
	Confirmations,
	/// Once, at the end.
	Final,
}

/// What ends a round; the first that holds does.
#[derive(
	Clone,
	Copy,
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
pub struct StopVoting {
	/// This moment; ends the feed.
	pub at: Option<Moment>,
	/// This share of the joined reporters having voted, and at least `min_consensus` of them.
	pub share: Option<Ppb>,
	/// This long without a new report after the first one.
	pub quiet: Option<Moment>,
}

/// What is paid in.
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
pub enum Currency {
	/// The native token.
	Evt,
}

/// Who may join.
#[derive(
	Clone,
	Copy,
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
pub struct Gate {
	/// Least reputation; with 0 (and `min_balance` 0) anyone not flagged may join.
	pub min_reputation: Score,
	/// Least free EVT.
	pub min_balance: Balance,
	/// Either is enough, instead of both.
	pub any: bool,
}

/// Who can read the values.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Visibility {
	/// Everyone, with the outcome: both secrets are published with the market.
	Public {
		/// Makes tags.
		tag_key: TagKey,
		/// X25519 secret that opens sealed values.
		access_secret: [u8; 32],
	},
}

/// Everything that counting, paying and delivering a feed depends on.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Definition {
	/// What a report holds.
	pub fields: Fields,
	/// One round or a series.
	pub event: EventKind,
	/// Reporters needed.
	pub min_people: u32,
	/// Reporters allowed.
	pub max_people: u32,
	/// Votes that must agree.
	pub min_consensus: u32,
	/// Share of the votes that those who agree must exceed.
	pub consensus_rule: Ppb,
	/// When results are pushed.
	pub consensus_mode: ConsensusMode,
	/// C: what reporters earn together, over the whole feed.
	pub reward: Balance,
	/// What reward and stakes are in.
	pub currency: Currency,
	/// K: how large stakes are; 0 for none.
	pub stake_factor: FixedU64,
	/// Weight of those who joined before `min_people` was reached, 1 to 2.
	pub join_bonus: FixedU64,
	/// M: how many validation nodes count.
	pub committee_size: u32,
	/// Who may join.
	pub gate: Gate,
	/// Last moment to join.
	pub time_to_join: Moment,
	/// Start of reporting; without it reporting starts when the committee is ready.
	pub reporting_timestamp: Option<Moment>,
	/// What ends a round.
	pub stop_voting: StopVoting,
	/// From conclusion until dissenters are told.
	pub start_dispute_time: Moment,
	/// Length of the window in which they may dispute.
	pub max_dispute_time: Moment,
	/// Z: least share of dissenters that is told.
	pub cross_validate: Ppb,
	/// Who can read the values.
	pub visibility: Visibility,
	/// EVT per counted report for each committee member; none for what the chain recommends.
	pub validation_fee: Option<Balance>,
	/// Delivered, marked as no consensus, when there is no agreement; an encoded answer.
	pub default_value: Option<BoundedVec<u8, ConstU32<MAX_ANSWER>>>,
}

/// What people read, and where results go.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Text {
	/// Name of the feed, UTF-8.
	pub name: BoundedVec<u8, ConstU32<128>>,
	/// What is asked, UTF-8.
	pub description: BoundedVec<u8, ConstU32<1024>>,
	/// BLAKE2b-256 of the long rules, which are kept as a preimage.
	pub rules: Option<Hash>,
	/// Three levels of category, empty where there is none, UTF-8.
	pub categories: [BoundedVec<u8, ConstU32<32>>; 3],
	/// Where it is about, such as an ISO 3166 code; may be empty.
	pub location: BoundedVec<u8, ConstU32<32>>,
	/// Where results are posted; empty for nowhere.
	pub webhook_url: BoundedVec<u8, ConstU32<256>>,
}

/// One feed as it is sent to the chain.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct FeedInput {
	/// What is counted and paid.
	pub definition: Definition,
	/// What is read.
	pub text: Text,
}

/// Why a definition is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum DefinitionError {
	/// There must be 1 to 16 fields.
	FieldCount,
	/// Several fields need a name each, and no two the same.
	FieldNames,
	/// A categorical field needs 2 to 64 options with different, non-empty names.
	Options,
	/// A float has 0 to 12 decimals.
	Decimals,
	/// A text has 1 to 256 bytes.
	TextLength,
	/// All fields padded together exceed 976 bytes.
	AnswerTooLong,
	/// `default_value` is not an answer of this feed's type.
	DefaultValue,
	/// `max_rounds` must be at least 1, and `max_people × max_rounds` at most 1,000,000.
	MaxRounds,
	/// `max_time` must be more than nothing and at most 90 days.
	MaxTime,
	/// `min_people` and `max_people` must be 1 to 10,000, the first at most the second.
	People,
	/// `min_consensus` must be 1 to `max_people`.
	MinConsensus,
	/// `consensus_rule` must be at least 1/2 and less than 1.
	ConsensusRule,
	/// `reward_amount` must be at least the existential deposit × `max_people`.
	Reward,
	/// `stake_K` must be 0 to 20.
	StakeFactor,
	/// `market_join_bonus` must be 1 to 2.
	JoinBonus,
	/// `min_validation_nodes` must be 4 to 64.
	CommitteeSize,
	/// `min_reputation` must be -10 to 10.
	MinReputation,
	/// `time_to_join` must be in the future.
	TimeToJoin,
	/// `reporting_timestamp` must not be before `time_to_join`.
	ReportingTimestamp,
	/// `stop_voting.at` is needed for a single event and must be after joining and the start of
	/// reporting.
	StopAt,
	/// `stop_voting.share` must be more than 0 and at most 1.
	StopShare,
	/// `stop_voting.quiet` must be more than nothing and at most 90 days.
	StopQuiet,
	/// `max_dispute_time` is outside the bounds of this chain.
	DisputeTime,
	/// `cross_validate_Z` must be 0 to 1.
	CrossValidate,
	/// The name is empty, or a text is not UTF-8.
	Text,
	/// `webhook_url` must be empty or start with `https://` or `http://`.
	WebhookUrl,
}

/// The bounds that differ between chains.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
	/// The time of the check.
	pub now: Moment,
	/// Least amount that an account can hold.
	pub existential_deposit: Balance,
	/// Shortest dispute window.
	pub min_dispute_time: Moment,
}

impl Definition {
	/// Rounds at most.
	pub fn max_rounds(&self) -> u32 {
		match self.event {
			EventKind::Single => 1,
			EventKind::Multiple { max_rounds, .. } => max_rounds,
		}
	}

	/// The feed's absolute end when reporting starts at `start`.
	pub fn end(&self, start: Moment) -> Moment {
		let at = self.stop_voting.at.unwrap_or(Moment::MAX);
		match self.event {
			EventKind::Single => at,
			EventKind::Multiple { max_time, .. } => at.min(start.saturating_add(max_time)),
		}
	}

	/// Checks every bound; the first that does not hold is the error.
	pub fn check(&self, limits: &Limits) -> Result<(), DefinitionError> {
		use DefinitionError as E;
		let ensure = |holds: bool, error| if holds { Ok(()) } else { Err(error) };
		value::check_fields(&self.fields)?;
		if let Some(default) = &self.default_value {
			let answer =
				value::decode_answer(&self.fields, default).map_err(|_| E::DefaultValue)?;
			ensure(answer.marker().is_none(), E::DefaultValue)?;
		}
		ensure(
			(1..=MAX_PEOPLE).contains(&self.min_people)
				&& (self.min_people..=MAX_PEOPLE).contains(&self.max_people),
			E::People,
		)?;
		if let EventKind::Multiple { max_rounds, max_time } = self.event {
			let reports = u64::from(self.max_people).saturating_mul(u64::from(max_rounds));
			ensure(max_rounds > 0 && reports <= MAX_REPORTS, E::MaxRounds)?;
			ensure((1..=MAX_TIME).contains(&max_time), E::MaxTime)?;
		}
		ensure((1..=self.max_people).contains(&self.min_consensus), E::MinConsensus)?;
		ensure((PPB / 2..PPB).contains(&self.consensus_rule), E::ConsensusRule)?;
		let least = limits.existential_deposit.saturating_mul(Balance::from(self.max_people));
		ensure((least..=MAX_REWARD).contains(&self.reward), E::Reward)?;
		ensure(self.stake_factor <= FixedU64::from_u32(MAX_STAKE_FACTOR as u32), E::StakeFactor)?;
		ensure(
			(FixedU64::from_u32(1)..=FixedU64::from_u32(MAX_JOIN_BONUS as u32))
				.contains(&self.join_bonus),
			E::JoinBonus,
		)?;
		ensure((MIN_MEMBERS..=MAX_MEMBERS).contains(&self.committee_size), E::CommitteeSize)?;
		ensure((-1_000..=1_000).contains(&self.gate.min_reputation), E::MinReputation)?;
		ensure(self.time_to_join > limits.now, E::TimeToJoin)?;
		let start = self.reporting_timestamp.unwrap_or(self.time_to_join);
		ensure(start >= self.time_to_join, E::ReportingTimestamp)?;
		let StopVoting { at, share, quiet } = self.stop_voting;
		match at {
			Some(at) => ensure(at > start, E::StopAt)?,
			None => ensure(self.event != EventKind::Single, E::StopAt)?,
		}
		ensure(share.is_none_or(|share| (1..=PPB).contains(&share)), E::StopShare)?;
		ensure(quiet.is_none_or(|quiet| (1..=MAX_TIME).contains(&quiet)), E::StopQuiet)?;
		ensure(
			(limits.min_dispute_time..=MAX_DISPUTE_TIME).contains(&self.max_dispute_time)
				&& self.start_dispute_time <= MAX_DISPUTE_TIME,
			E::DisputeTime,
		)?;
		ensure(self.cross_validate <= PPB, E::CrossValidate)
	}
}

impl Text {
	/// Checks that what people read can be read.
	pub fn check(&self) -> Result<(), DefinitionError> {
		let Self { name, description, rules: _, categories, location, webhook_url } = self;
		let [first, second, third] = categories;
		let texts: [&[u8]; 7] = [name, description, first, second, third, location, webhook_url];
		if name.is_empty() || texts.iter().any(|text| core::str::from_utf8(text).is_err()) {
			return Err(DefinitionError::Text);
		}
		let posted = webhook_url.starts_with(b"https://") || webhook_url.starts_with(b"http://");
		if webhook_url.is_empty() || posted {
			Ok(())
		} else {
			Err(DefinitionError::WebhookUrl)
		}
	}
}

#[cfg(test)]
pub(crate) mod tests;
