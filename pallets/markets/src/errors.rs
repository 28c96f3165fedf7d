// SPDX-License-Identifier: Apache-2.0

//! What can be wrong with a definition, as errors of this pallet: clients show only these.

use crate::pallet::Error;
use eventum_primitives::definition::DefinitionError as E;

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
