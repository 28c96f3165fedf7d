// SPDX-License-Identifier: Apache-2.0

//! Signatures over proposed outcomes, until q of them are a certificate.

use super::Setup;
use eventum_primitives::{
	committee::MemberIndex,
	outcome::{Certificate, Detail, Outcome},
	Sequence,
};
use eventum_wire::message::Vote;
use sp_core::{ed25519, Pair};
use std::collections::BTreeMap;

/// Views of one sequence of which votes are kept; a liar can fill no more.
const MAX_BALLOTS: usize = 256;

/// The votes for one outcome.
#[derive(Debug, Default)]
struct Ballot {
	sequence: Sequence,
	outcome: Option<Outcome>,
	detail: Option<Detail>,
	signatures: BTreeMap<MemberIndex, ed25519::Signature>,
}

/// The votes of one round.
#[derive(Debug, Default)]
pub(super) struct Votes {
	ballots: BTreeMap<[u8; 32], Ballot>,
}

impl Votes {
	/// Remembers what a payload stands for.
	pub(super) fn learn(&mut self, payload: [u8; 32], outcome: &Outcome, detail: Option<Detail>) {
		if let Some(ballot) = self.ballot(payload, outcome.sequence) {
			ballot.outcome.get_or_insert_with(|| outcome.clone());
			if detail.is_some() {
				ballot.detail = detail;
			}
		}
	}

	/// Takes a vote if its signature holds; tells whether it is new.
	pub(super) fn add(&mut self, setup: &Setup, vote: &Vote) -> bool {
		let known = self.ballots.get(&vote.payload);
		if known.is_some_and(|ballot| ballot.signatures.contains_key(&vote.member)) {
			return false;
		}
		let Some(member) = setup.committee.members.get(usize::from(vote.member)) else {
			return false;
		};
		if !ed25519::Pair::verify(&vote.signature, vote.payload, member.vald.as_ref()) {
			return false;
		}
		match self.ballot(vote.payload, vote.sequence) {
			Some(ballot) => ballot.signatures.insert(vote.member, vote.signature).is_none(),
			None => false,
		}
	}

	/// The certificate of an outcome that has q signatures, with the detail if it is known here.
	pub(super) fn certificate(
		&self,
		setup: &Setup,
		payload: &[u8; 32],
	) -> Option<(Certificate, Option<Detail>)> {
		let ballot = self.ballots.get(payload)?;
		let outcome = ballot.outcome.clone()?;
		if ballot.signatures.len() < setup.quorum() {
			return None;
		}
		let signatures: Vec<_> = ballot.signatures.iter().map(|(m, s)| (*m, *s)).collect();
		let signatures = signatures.try_into().ok()?;
		Some((Certificate { outcome, signatures }, ballot.detail.clone()))
	}

	/// Forgets what is older than `sequence`.
	pub(super) fn prune(&mut self, sequence: Sequence) {
		self.ballots.retain(|_, ballot| ballot.sequence >= sequence);
	}

	fn ballot(&mut self, payload: [u8; 32], sequence: Sequence) -> Option<&mut Ballot> {
		if self.ballots.len() >= MAX_BALLOTS && !self.ballots.contains_key(&payload) {
			return None;
		}
		Some(
			self.ballots
				.entry(payload)
				.or_insert_with(|| Ballot { sequence, ..Default::default() }),
		)
	}
}
