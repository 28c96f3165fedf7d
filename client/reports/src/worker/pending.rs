// SPDX-License-Identifier: Apache-2.0

//! What this node still owes the chain.

use super::DueDetail;
use crate::duties::Duties;
use eventum_primitives::{
	apis::OutcomeView,
	duties::MAX_ENTRIES,
	outcome::{Certificate, Push},
	FeedId, Round,
};
use std::collections::BTreeMap;

/// What this node still owes the chain.
#[derive(Default)]
pub(super) struct Pending {
	certificates: BTreeMap<(FeedId, Round), Certificate>,
	/// Certificates that the chain has, but not with all signatures that are known here: a member
	/// whose signature it never sees is taken for one that did not serve.
	fuller: BTreeMap<(FeedId, Round), Certificate>,
	details: Vec<DueDetail>,
	changed: bool,
}

impl Pending {
	/// A new push; confirmations stay off chain.
	pub(super) fn add(&mut self, certificate: Certificate) {
		let outcome = &certificate.outcome;
		if outcome.push != Push::Confirmed {
			self.certificates.insert((outcome.feed, outcome.round), certificate);
			self.changed = true;
		}
	}

	/// A push has more signatures than before.
	pub(super) fn fuller(&mut self, certificate: Certificate) {
		let outcome = &certificate.outcome;
		let key = (outcome.feed, outcome.round);
		match self.certificates.get_mut(&key) {
			Some(known) if known.outcome == *outcome => *known = certificate,
			Some(_) => return,
			None if outcome.push.is_final() => {
				self.fuller.insert(key, certificate);
				if self.fuller.len() > MAX_ENTRIES {
					self.fuller.pop_first();
				}
			}
			None => return,
		}
		self.changed = true;
	}

	/// Takes note of what the chain has of a round.
	pub(super) fn on_chain(&mut self, feed: FeedId, outcome: &OutcomeView) {
		let key = (feed, outcome.round);
		let lacks = |certificate: &Certificate| {
			certificate.outcome.sequence == outcome.sequence
				&& certificate.outcome.push.is_final()
				&& certificate.signers() & !outcome.signers != 0
		};
		if self.certificates.get(&key).is_some_and(|c| c.outcome.sequence <= outcome.sequence) {
			if let Some(certificate) = self.certificates.remove(&key).filter(lacks) {
				self.fuller.insert(key, certificate);
			}
			self.changed = true;
		} else if self.fuller.get(&key).is_some_and(|certificate| !lacks(certificate)) {
			self.fuller.remove(&key);
			self.changed = true;
		}
	}

	/// The first round of a feed of which something is owed.
	pub(super) fn first_of(&self, feed: FeedId) -> Option<Round> {
		let first = |map: &BTreeMap<(FeedId, Round), Certificate>| {
			map.range((feed, 0)..=(feed, Round::MAX)).next().map(|((_, round), _)| *round)
		};
		[first(&self.certificates), first(&self.fuller)].into_iter().flatten().min()
	}

	/// Gives the off-chain workers the oldest that is owed.
	pub(super) fn hand_over(&mut self, duties: &mut Duties) {
		if std::mem::take(&mut self.changed) {
			duties.set_certificates(self.certificates.values().chain(self.fuller.values()));
			duties.set_details(self.details.iter().map(|(f, round, detail)| (*f, *round, detail)));
		}
	}

	/// The details of a feed's rounds that the chain still wants.
	pub(super) fn set_details(&mut self, feed: FeedId, due: Vec<DueDetail>) {
		self.details.retain(|(other, _, _)| *other != feed);
		self.details.extend(due);
		self.changed = true;
	}

	pub(super) fn forget_certificates(&mut self, feed: FeedId) {
		self.certificates.retain(|(other, _), _| *other != feed);
		self.fuller.retain(|(other, _), _| *other != feed);
		self.changed = true;
	}

	pub(super) fn forget(&mut self, feed: FeedId) {
		self.forget_certificates(feed);
		self.details.retain(|(other, _, _)| *other != feed);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::testing::{certificate, feed};
	use eventum_primitives::outcome::EndedBy;
	use sp_core::ed25519::Signature;

	fn signed_by(members: &[u8]) -> Certificate {
		let mut certificate = certificate(feed(), 3, 2);
		certificate.outcome.push = Push::Final { ended_by: EndedBy::All, ends_feed: true };
		let signatures = members.iter().map(|member| (*member, Signature::default()));
		certificate.signatures = signatures.collect::<Vec<_>>().try_into().unwrap();
		certificate
	}

	fn chain_has(certificate: &Certificate) -> OutcomeView {
		let outcome = &certificate.outcome;
		OutcomeView {
			round: outcome.round,
			sequence: outcome.sequence,
			result: outcome.result,
			agreed: outcome.agreed,
			total: outcome.total,
			is_final: true,
			detail: outcome.detail,
			reckoned: false,
			signers: certificate.signers(),
		}
	}

	#[test]
	fn a_certificate_is_owed_until_the_chain_has_it() {
		let mut pending = Pending::default();
		pending.add(signed_by(&[0, 1, 2]));
		assert_eq!(pending.first_of(feed()), Some(3));
		pending.on_chain(feed(), &OutcomeView { sequence: 1, ..chain_has(&signed_by(&[0])) });
		assert_eq!(pending.first_of(feed()), Some(3), "an older push is on chain");
		pending.on_chain(feed(), &chain_has(&signed_by(&[0, 1, 2])));
		assert_eq!(pending.first_of(feed()), None);
	}

	#[test]
	fn a_late_signature_is_owed_too() {
		let mut pending = Pending::default();
		pending.add(signed_by(&[0, 1, 2]));
		pending.fuller(signed_by(&[0, 1, 2, 3]));
		pending.on_chain(feed(), &chain_has(&signed_by(&[0, 1, 2])));
		assert_eq!(pending.first_of(feed()), Some(3), "the chain lacks member 3");
		pending.on_chain(feed(), &chain_has(&signed_by(&[0, 1, 2, 3])));
		assert_eq!(pending.first_of(feed()), None);
		pending.fuller(signed_by(&[1, 2, 3]));
		pending.on_chain(feed(), &chain_has(&signed_by(&[0, 1, 2])));
		assert_eq!(pending.first_of(feed()), Some(3), "it came after the chain had the round");
	}

	#[test]
	fn confirmations_stay_off_chain_and_settled_feeds_are_forgotten() {
		let mut pending = Pending::default();
		let mut confirmation = signed_by(&[0, 1, 2]);
		confirmation.outcome.push = Push::Confirmed;
		pending.add(confirmation);
		assert_eq!(pending.first_of(feed()), None);
		pending.add(signed_by(&[0, 1, 2]));
		pending.forget(feed());
		assert_eq!(pending.first_of(feed()), None);
	}
}
