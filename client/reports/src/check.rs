// SPDX-License-Identifier: Apache-2.0

//! What makes an opened report one that counts, its signature apart.

use crate::{table::ServedFeed, verify::Key};
use eventum_primitives::{
	definition::{EventKind, Visibility},
	report::{marker_tag, tag, Report},
	value::{decode_answer, unpad, Answer as Said},
	BlockNumber, Hash, JoinIndex,
};
use eventum_wire::{seal::open_answer, IntakeError};

/// What can be checked of an opened report without cryptography.
pub(crate) fn check(
	genesis: &Hash,
	served: &ServedFeed,
	report: &Report,
) -> Result<(JoinIndex, (BlockNumber, Key)), IntakeError> {
	let body = &report.body;
	if body.genesis != *genesis {
		return Err(IntakeError::ForeignGenesis);
	}
	if body.feed != served.id {
		return Err(IntakeError::WrongFeed);
	}
	let reporter = served.reporter(&body.reporter).ok_or(IntakeError::NotJoined)?;
	if body.round > 0 && body.is_excuse() {
		return Err(IntakeError::LateExcuse);
	}
	served.check_round(body.round, crate::now())?;
	Ok((reporter.index, served.key_of(reporter, body.round)?))
}

/// Opens the value of a report in a public feed; what is in it must be of the feed's type and give
/// the report's tag. Gives the canonical answer.
pub(crate) fn open_value(
	genesis: &Hash,
	served: &ServedFeed,
	report: &Report,
) -> Result<Option<Vec<u8>>, IntakeError> {
	let (body, definition) = (&report.body, &served.view.definition);
	if body.is_excuse() {
		return if body.sealed.is_empty() { Ok(None) } else { Err(IntakeError::WrongType) };
	}
	let Visibility::Public { tag_key, .. } = &definition.visibility;
	let padded = open_answer(
		&served.access,
		genesis,
		body.feed,
		body.round,
		&body.reporter,
		&body.tag,
		&body.sealed,
	)
	.map_err(|_| IntakeError::TagMismatch)?;
	let canonical = unpad(&definition.fields, &padded).map_err(|_| IntakeError::WrongType)?;
	let answer =
		decode_answer(&definition.fields, canonical).map_err(|_| IntakeError::WrongType)?;
	if answer == Said::Stop && definition.event == EventKind::Single {
		return Err(IntakeError::WrongType);
	}
	let given = marker_tag(genesis, body.feed, body.round, &answer)
		.unwrap_or_else(|| tag(tag_key, genesis, body.feed, body.round, canonical));
	if given == body.tag {
		Ok(Some(canonical.to_vec()))
	} else {
		Err(IntakeError::TagMismatch)
	}
}
