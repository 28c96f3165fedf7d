// SPDX-License-Identifier: Apache-2.0

//! Members find out who lies: by two outcomes of one view, by logs that do not fit each other, by
//! receipts that logs do not bear out. A proof is kept, told to the other members and handed to the
//! chain; from then on the liar's log is not used.

use super::{feed::FeedEngine, round::RoundState, Effect, Setup};
use eventum_primitives::{
	committee::MemberIndex,
	fault::{Fault, Proof, SignedOutcome},
	log::Receipt,
	Round,
};
use eventum_wire::{message::Vote, Message};

/// The state of a round, if it is this one or the one before.
fn of_round<'a>(
	state: &'a mut RoundState,
	before: &'a mut Option<RoundState>,
	round: Round,
) -> Option<&'a mut RoundState> {
	if state.round == round {
		Some(state)
	} else {
		before.as_mut().filter(|before| before.round == round)
	}
}

impl FeedEngine {
	/// A vote for another outcome than its view's leader has shown us: whoever was shown that one finds
	/// in ours the proof against the leader.
	pub(super) fn compare(&mut self, vote: &Vote, effects: &mut Vec<Effect>) {
		let place = (vote.sequence, vote.view);
		if self.state.compared.contains(&place) {
			return;
		}
		if let Some(signed) = self.state.votes.rival(&self.setup, vote) {
			self.state.compared.insert(place);
			effects.push(Effect::Broadcast(Message::Signed(Box::new(signed))));
		}
	}

	/// Takes an outcome that the leader of its view has shown to another member.
	pub(super) fn signed(&mut self, signed: &SignedOutcome, effects: &mut Vec<Effect>) {
		let Self { setup, state, before, .. } = self;
		let state = of_round(state, before, signed.outcome.round);
		let payload = state.and_then(|state| state.votes.add_signed(setup, signed));
		if let Some(payload) = payload {
			self.accuse_double(payload, effects);
		}
	}

	/// Takes a proof that another member has found.
	pub(super) fn fault(&mut self, fault: Fault, effects: &mut Vec<Effect>) {
		let Setup { genesis, feed, committee, excluded, .. } = &self.setup;
		let known = fault.feed != *feed || excluded.contains(&fault.member);
		if !known && fault.verify(genesis, committee, eventum_wire::ed25519_verify).is_ok() {
			self.accuse(fault.member, Some(fault.proof), effects);
		}
	}

	/// Compares a receipt that a reporter shows, whose signature has been checked, with its member's
	/// log.
	pub(crate) fn receipt(&mut self, receipt: Receipt, effects: &mut Vec<Effect>) {
		let member = receipt.member;
		if member == self.setup.own || self.setup.excluded.contains(&member) {
			return;
		}
		let state = of_round(&mut self.state, &mut self.before, receipt.round);
		let proof = state.and_then(|state| state.receipt(receipt));
		self.accuse(member, proof, effects);
	}

	/// Accuses those who signed this outcome and another of the same view.
	pub(super) fn accuse_double(&mut self, payload: [u8; 32], effects: &mut Vec<Effect>) {
		let states = [Some(&self.state), self.before.as_ref()].into_iter().flatten();
		let double: Vec<Fault> =
			states.flat_map(|state| state.votes.double(&self.setup, &payload)).collect();
		for fault in double {
			self.accuse(fault.member, Some(fault.proof), effects);
		}
	}

	/// Keeps and passes on what proves a member false, if anything does.
	pub(super) fn accuse(
		&mut self,
		member: MemberIndex,
		proof: Option<Proof>,
		effects: &mut Vec<Effect>,
	) {
		let Some(proof) = proof else { return };
		let (feed, own) = (self.setup.feed, self.setup.own);
		if member == own || !self.setup.excluded.insert(member) {
			return;
		}
		let fault = Fault { feed, member, proof };
		log::warn!(target: crate::LOG, "member {member} of feed {feed} lied: {:?}", fault.lie());
		self.state.peers.remove(&member);
		effects.push(Effect::Broadcast(Message::Fault(Box::new(fault.clone()))));
		effects.push(Effect::Fault(Box::new(fault.clone())));
		if let Proof::Outcomes { first, second } = &fault.proof {
			self.show_votes([first, second], effects);
		}
	}

	/// Shows all votes for two outcomes of one view, of which others may have seen other votes: who else
	/// has signed both is found that way.
	fn show_votes(&mut self, outcomes: [&SignedOutcome; 2], effects: &mut Vec<Effect>) {
		for SignedOutcome { outcome, .. } in outcomes {
			let payload = outcome.payload(&self.setup.genesis);
			if let Some(state) = of_round(&mut self.state, &mut self.before, outcome.round) {
				state.votes.learn(&self.setup, payload, outcome, None);
				let votes = state.votes.all_for(&self.setup, &payload);
				effects.extend(votes.into_iter().map(|v| Effect::Broadcast(Message::Vote(v))));
			}
			self.accuse_double(payload, effects);
		}
	}
}
