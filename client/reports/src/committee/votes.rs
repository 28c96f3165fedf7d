// SPDX-License-Identifier: Apache-2.0

//! Signatures over proposed outcomes, until q of them are a certificate. Those of liars too: who signs
//! two outcomes of one view convicts itself.
//!
//! What is kept is bounded for each member apart, so that nobody can push out what others said.

use super::Setup;
use eventum_primitives::{
	committee::MemberIndex,
	fault::{Fault, Proof, SignedOutcome},
	outcome::{Certificate, Detail, Outcome},
	Sequence,
};
use eventum_wire::message::Vote;
use sp_core::ed25519;
use std::collections::{BTreeMap, VecDeque};

/// Votes of one member that are kept, the newest: an honest one casts one in a view.
const MAX_CAST: usize = 32;
/// Outcomes put up by one leader that are kept, the newest: two of one view are a proof.
const MAX_PROPOSED: usize = 4;

/// What a vote is for.
type Payload = [u8; 32];

/// An outcome that votes can be for.
#[derive(Debug)]
struct Proposed {
	payload: Payload,
	outcome: Outcome,
	detail: Option<Detail>,
}

/// The votes of one round.
#[derive(Debug, Default)]
pub(super) struct Votes {
	/// By who leads their view.
	proposed: BTreeMap<MemberIndex, VecDeque<Proposed>>,
	/// By who signed.
	cast: BTreeMap<MemberIndex, VecDeque<(Payload, ed25519::Signature)>>,
}

impl Votes {
	/// Remembers what a payload stands for.
	pub(super) fn learn(
		&mut self,
		setup: &Setup,
		payload: Payload,
		outcome: &Outcome,
		detail: Option<Detail>,
	) {
		let leader = setup.committee.leader(outcome.round, outcome.view);
		let proposed = self.proposed.entry(leader).or_default();
		if let Some(known) = proposed.iter_mut().find(|known| known.payload == payload) {
			known.detail = detail.or_else(|| known.detail.take());
			return;
		}
		if proposed.len() >= MAX_PROPOSED {
			proposed.pop_front();
		}
		proposed.push_back(Proposed { payload, outcome: outcome.clone(), detail });
	}

	/// Takes a vote if its signature holds; tells whether it is new.
	pub(super) fn add(&mut self, setup: &Setup, vote: &Vote) -> bool {
		let Some(member) = setup.committee.members.get(usize::from(vote.member)) else {
			return false;
		};
		if self.signature(vote.member, &vote.payload).is_some()
			|| !eventum_wire::ed25519_verify(&vote.signature, &vote.payload, member.vald.as_ref())
		{
			return false;
		}
		self.cast(vote.member, vote.payload, vote.signature);
		true
	}

	/// Takes an outcome with the signature of the leader of its view, if that holds; gives what was
	/// signed.
	pub(super) fn add_signed(&mut self, setup: &Setup, signed: &SignedOutcome) -> Option<Payload> {
		let outcome = &signed.outcome;
		let Outcome { feed, round, sequence, view, .. } = *outcome;
		let payload = outcome.payload(&setup.genesis);
		let (member, signature) = (setup.committee.leader(round, view), signed.signature);
		let vote = Vote { feed, round, sequence, view, payload, member, signature };
		if self.signature(member, &payload).is_none() && !self.add(setup, &vote) {
			return None;
		}
		self.learn(setup, payload, outcome, None);
		Some(payload)
	}

	/// Takes the votes of a certificate that has been verified.
	pub(super) fn add_certificate(&mut self, setup: &Setup, certificate: &Certificate) -> Payload {
		let payload = certificate.outcome.payload(&setup.genesis);
		self.learn(setup, payload, &certificate.outcome, None);
		for (member, signature) in &certificate.signatures {
			if self.signature(*member, &payload).is_none() {
				self.cast(*member, payload, *signature);
			}
		}
		payload
	}

	/// The certificate of an outcome that has q signatures.
	pub(super) fn certificate(&self, setup: &Setup, payload: &Payload) -> Option<Certificate> {
		let proposed = self.proposed(payload)?;
		let signatures: Vec<_> = setup
			.members()
			.filter_map(|member| Some((member, self.signature(member, payload)?)))
			.collect();
		if signatures.len() < setup.quorum() {
			return None;
		}
		let (outcome, signatures) = (proposed.outcome.clone(), signatures.try_into().ok()?);
		Some(Certificate { outcome, signatures })
	}

	/// What an outcome's detail hash stands for, if that is known here.
	pub(super) fn detail(&self, payload: &Payload) -> Option<&Detail> {
		self.proposed(payload)?.detail.as_ref()
	}

	/// Another outcome of the same view than `payload` is for, with its leader's signature.
	pub(super) fn rival(&self, setup: &Setup, vote: &Vote) -> Option<SignedOutcome> {
		let leader = setup.committee.leader(vote.round, vote.view);
		let proposed = self.proposed.get(&leader)?;
		if proposed.iter().any(|known| known.payload == vote.payload) {
			return None;
		}
		let rival = proposed.iter().find(|known| {
			(known.outcome.sequence, known.outcome.view) == (vote.sequence, vote.view)
		})?;
		let signature = self.signature(leader, &rival.payload)?;
		Some(SignedOutcome { outcome: rival.outcome.clone(), signature })
	}

	/// All votes for an outcome that is known here.
	pub(super) fn all_for(&self, setup: &Setup, payload: &Payload) -> Vec<Vote> {
		let Some(known) = self.proposed(payload) else { return Vec::new() };
		let Outcome { feed, round, sequence, view, .. } = known.outcome;
		let vote = |member| {
			let signature = self.signature(member, payload)?;
			Some(Vote { feed, round, sequence, view, payload: *payload, member, signature })
		};
		setup.members().filter_map(vote).collect()
	}

	/// Proofs against those who signed this outcome and another of the same view.
	pub(super) fn double(&self, setup: &Setup, payload: &Payload) -> Vec<Fault> {
		let Some(one) = self.proposed(payload) else { return Vec::new() };
		let place = |outcome: &Outcome| (outcome.sequence, outcome.view);
		let signed = |known: &Proposed, signature| {
			Box::new(SignedOutcome { outcome: known.outcome.clone(), signature })
		};
		let double = |member| {
			let first = signed(one, self.signature(member, payload)?);
			let second = self.cast.get(&member)?.iter().find_map(|(other, signature)| {
				let other = self.proposed(other).filter(|other| other.payload != *payload)?;
				(place(&other.outcome) == place(&one.outcome)).then(|| signed(other, *signature))
			})?;
			let proof = Proof::Outcomes { first, second };
			Some(Fault { feed: setup.feed, member, proof })
		};
		setup.members().filter_map(double).collect()
	}

	/// Forgets what outcomes older than `sequence` stand for.
	pub(super) fn prune(&mut self, sequence: Sequence) {
		for proposed in self.proposed.values_mut() {
			proposed.retain(|known| known.outcome.sequence >= sequence);
		}
	}

	fn proposed(&self, payload: &Payload) -> Option<&Proposed> {
		self.proposed.values().flatten().find(|known| known.payload == *payload)
	}

	fn signature(&self, member: MemberIndex, payload: &Payload) -> Option<ed25519::Signature> {
		let cast = self.cast.get(&member)?.iter().find(|(other, _)| other == payload);
		cast.map(|(_, signature)| *signature)
	}

	fn cast(&mut self, member: MemberIndex, payload: Payload, signature: ed25519::Signature) {
		let cast = self.cast.entry(member).or_default();
		if cast.len() >= MAX_CAST {
			cast.pop_front();
		}
		cast.push_back((payload, signature));
	}
}
