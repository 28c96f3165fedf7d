// SPDX-License-Identifier: Apache-2.0

//! What can be wrong: one flat list, because clients show only the errors of the pallet itself. The
//! errors of a definition are among them.

use crate::pallet::Error;
use eventum_primitives::definition::DefinitionError as E;
use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	/// What can be wrong.
	#[pallet::error]
	pub enum Error<T> {
		/// Put at least one feed into a market.
		NoFeeds,
		/// The account's free EVT does not cover this and the existential deposit; add funds.
		InsufficientFunds,
		/// There is no such feed, or its record is forgotten; look its number up.
		UnknownFeed,
		/// The feed no longer takes or lets go reporters; pick one that is joining.
		NotJoining,
		/// `time_to_join` is over; pick a feed that still can be joined.
		TooLate,
		/// Who asks cannot answer; join feeds of others.
		RequesterCannotJoin,
		/// The account has joined; nothing is left to do.
		AlreadyJoined,
		/// Who left a feed may not come back to it; join another.
		LeftBefore,
		/// `max_people` have joined; join another feed.
		FeedFull,
		/// The account's reputation bars it from taking part until it is above 1.00 again.
		Flagged,
		/// The account's reputation is below the feed's `min_reputation`.
		LowReputation,
		/// The account's free EVT is below the feed's `min_balance`.
		LowBalance,
		/// Neither reputation nor free EVT reach the feed's gate; one of them must.
		NotAdmitted,
		/// The account does not report in this feed; join first.
		NotJoined,
		/// The feed does not report now; certificates, and changes of its fee, belong to its reporting.
		NotReporting,
		/// The round's final outcome is known; only missing signatures for it can be added.
		RoundIsFinal,
		/// An outcome of this or a higher sequence is known; hand in newer ones only.
		StaleSequence,
		/// The feed has no such round, it is not over, or nobody reported in it.
		UnknownRound,
		/// Counts must hold: agreed ≤ total, and total and excused together ≤ joined.
		BadCounts,
		/// The result does not follow from the counts by the feed's rule.
		BadResult,
		/// An agreed outcome shows the answer that its tag stands for, any other shows none.
		BadAnswer,
		/// An outcome is counted after its first report and not after the feed's end.
		BadTime,
		/// `ends_feed` does not follow from round, result and what ended the round.
		BadEnd,
		/// Confirmations are delivered but not recorded; hand in other outcomes.
		ConfirmationOffChain,
		/// The outcome is of a runtime newer than this; hand it in after the upgrade.
		UnknownVersion,
		/// The outcome names no finalized block that it was counted by.
		UnknownBlock,
		/// The feed has no committee.
		NoCommittee,
		/// A certificate needs the signatures of a quorum, ⌊2M/3⌋ + 1.
		TooFewSignatures,
		/// Signatures must be ordered by member, each once.
		RepeatedMember,
		/// A signature names a member that the committee does not have.
		UnknownMember,
		/// A signature is not its member's over this outcome, or not its reporter's over this report.
		BadSignature,
		/// Details are taken once the dispute window is over, until all rounds are reckoned.
		NotReckoning,
		/// The round's detail has been handed in.
		AlreadyReckoned,
		/// The detail is not the one that the certified outcome names.
		WrongDetail,
		/// There must be 1 to 16 fields.
		FieldCount,
		/// Give each of several fields a name, UTF-8, no two the same.
		FieldNames,
		/// Give a categorical field 2 to 64 options with different, non-empty names.
		Options,
		/// Give a float 0 to 12 decimals.
		Decimals,
		/// Give a text 1 to 256 bytes.
		TextLength,
		/// Shorten fields: all padded together exceed 976 bytes.
		AnswerTooLong,
		/// `default_value` is not an answer of this feed's type; encode it as reports are.
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
		/// `stop_voting.at` must be after joining and the start of reporting; a single event needs it.
		StopAt,
		/// `stop_voting.share` must be more than 0 and at most 1.
		StopShare,
		/// `stop_voting.quiet` must be more than nothing and at most 90 days.
		StopQuiet,
		/// `max_dispute_time` must be this chain's least to 7 days, `start_dispute_time` at most 7 days.
		DisputeTime,
		/// `cross_validate_Z` must be 0 to 1.
		CrossValidate,
		/// Give the feed a name, and write all texts in UTF-8.
		Text,
		/// `webhook_url` must be empty or start with `https://` or `http://`.
		WebhookUrl,
		/// Who is excused are bits of those who joined, and the same in all final outcomes of a feed.
		BadExcuses,
		/// Only who pays for a feed can do this; sign with the requester's key.
		NotRequester,
		/// No round is to come in which a change could act: it acts in the one after the open one.
		NoNextRound,
		/// A reporter can have eight keys in a feed; go on with the newest.
		KeysUsedUp,
		/// The fee of a feed can be set 15 times; set it to the median to have it follow by itself.
		FeeChangesUsedUp,
		/// A detail has a bit for each reporter that joined and none beyond, agreed ones among those
		/// who voted, and a time for each vote.
		UnsoundDetail,
		/// The reports name another chain than this one.
		ForeignReport,
		/// Both reports must be of one reporter in one round of one feed.
		UnrelatedReports,
		/// Both reports give the same answer, or one is an excuse: that is honest.
		SameAnswer,
		/// The reporter was proven to have given two answers before, and has lost its stake.
		AlreadyProven,
	}
}

impl<T> From<E> for Error<T> {
	fn from(error: E) -> Self {
		match error {
			E::FieldCount => Self::FieldCount,
			E::FieldNames => Self::FieldNames,
			E::Options => Self::Options,
			E::Decimals => Self::Decimals,
			E::TextLength => Self::TextLength,
			E::AnswerTooLong => Self::AnswerTooLong,
			E::DefaultValue => Self::DefaultValue,
			E::MaxRounds => Self::MaxRounds,
			E::MaxTime => Self::MaxTime,
			E::People => Self::People,
			E::MinConsensus => Self::MinConsensus,
			E::ConsensusRule => Self::ConsensusRule,
			E::Reward => Self::Reward,
			E::StakeFactor => Self::StakeFactor,
			E::JoinBonus => Self::JoinBonus,
			E::CommitteeSize => Self::CommitteeSize,
			E::MinReputation => Self::MinReputation,
			E::TimeToJoin => Self::TimeToJoin,
			E::ReportingTimestamp => Self::ReportingTimestamp,
			E::StopAt => Self::StopAt,
			E::StopShare => Self::StopShare,
			E::StopQuiet => Self::StopQuiet,
			E::DisputeTime => Self::DisputeTime,
			E::CrossValidate => Self::CrossValidate,
			E::Text => Self::Text,
			E::WebhookUrl => Self::WebhookUrl,
		}
	}
}
