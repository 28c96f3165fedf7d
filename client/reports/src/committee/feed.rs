// SPDX-License-Identifier: Apache-2.0

//! One feed, as one member of its committee sees it: round after round until the feed ends.

use super::{
	propose,
	round::{RoundState, Waiting},
	Counted, Effect, Logged, Rulebook, Setup, Write,
};
use eventum_primitives::{
	bits::Bits,
	committee::MemberIndex,
	log::{Head, LogEntry, SignedHead},
	outcome::{Certificate, Outcome, Push},
	rules::count::{Decision, Summary},
	vald, Hash, JoinIndex, Moment, Round, Sequence,
};
use eventum_wire::{
	message::{Proposal, Vote, MAX_WANTED},
	IntakeError, Message,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a member knew of its current round before a restart.
#[derive(Debug, Default)]
pub(crate) struct Restored {
	/// The round that was open.
	pub(crate) round: Round,
	/// Its reports; those that are not in this member's log waited for the round, or are another
	/// local member's.
	pub(crate) reports: Vec<Counted>,
	/// This member's log.
	pub(crate) entries: Vec<LogEntry>,
	/// Its newest promise.
	pub(crate) head: Option<SignedHead>,
	/// What was signed.
	pub(crate) signed: Vec<(Sequence, u32, [u8; 32])>,
	/// The newest certificate of the round.
	pub(crate) certificate: Option<Certificate>,
	/// The final certificate of the newest round that is over.
	pub(crate) last_final: Option<Certificate>,
	/// Whether the last round's final certificate is known.
	pub(crate) ended: bool,
	/// Members that are proven false.
	pub(crate) excluded: BTreeSet<MemberIndex>,
}

impl Restored {
	/// The newest push that was certified here.
	pub(crate) fn told(&self) -> Option<(Round, Sequence)> {
		let newest = self.certificate.as_ref().or(self.last_final.as_ref())?;
		Some((newest.outcome.round, newest.outcome.sequence))
	}
}

/// A member's part in one feed.
#[derive(Debug)]
pub(crate) struct FeedEngine {
	pub(super) setup: Setup,
	pub(super) state: RoundState,
	/// The round before, for signatures that come late.
	pub(super) before: Option<RoundState>,
	/// The block that says by which keys reports of this round are signed, until they are known here.
	opened_by: Option<Hash>,
	/// Reports that wait for their round to open.
	early: BTreeMap<(Round, JoinIndex, Hash), Counted>,
	ended: bool,
}

impl FeedEngine {
	pub(crate) fn new(setup: Setup) -> Self {
		let state = RoundState::new(&setup, 0, Bits::default());
		Self { setup, state, before: None, opened_by: None, early: BTreeMap::new(), ended: false }
	}

	/// Goes on where a member stopped.
	pub(crate) fn restore(setup: Setup, restored: Restored) -> Self {
		let mut engine = Self::new(setup);
		let excused = restored.last_final.as_ref().map(|last| last.outcome.excused.clone());
		let state = &mut engine.state;
		*state = RoundState::new(&engine.setup, restored.round, excused.unwrap_or_default());
		let mut known: HashMap<Hash, Counted> =
			restored.reports.into_iter().map(|counted| (counted.hash, counted)).collect();
		for entry in &restored.entries {
			if let Some(counted) = known.remove(&entry.report) {
				state.insert(counted, entry.at);
			}
		}
		state.own = super::log::OwnLog::restore(restored.entries, restored.head);
		for counted in known.into_values() {
			engine.early.insert((counted.round, counted.reporter, counted.hash), counted);
		}
		state.signed = restored
			.signed
			.into_iter()
			.map(|(sequence, view, payload)| ((sequence, view), payload))
			.collect();
		if let Some(certificate) = restored.certificate {
			state.certify(certificate);
		}
		engine.opened_by = restored.last_final.map(|last| last.outcome.block);
		engine.ended = restored.ended;
		engine.setup.excluded.extend(restored.excluded);
		engine
	}

	/// The round that reports are taken for.
	pub(crate) fn round(&self) -> Round {
		self.state.round
	}

	/// Who is excused for good: by the end of the first round.
	pub(crate) fn excused(&self) -> Bits {
		self.state.before().excused
	}

	/// Whether the feed's last round is certified.
	pub(crate) fn ended(&self) -> bool {
		self.ended
	}

	/// Takes a checked report.
	pub(crate) fn report(
		&mut self,
		counted: Counted,
		now: Moment,
		effects: &mut Vec<Effect>,
	) -> Logged {
		let Counted { round, reporter, hash, tag } = counted;
		if self.ended || round < self.state.round {
			// Whose receipt was lost gets it still, while the round is in memory.
			let at = self.state_of(round).and_then(|state| state.logged(&hash));
			return at.map_or(Logged::Late, Logged::At);
		}
		if round == self.state.round && self.opened_by.is_none() {
			return self.state.report(&self.setup, counted, now, effects);
		}
		if round > self.state.round.saturating_add(1) {
			return Logged::WrongRound;
		}
		// All that the intake lets through are kept: other members may have logged any of them.
		let (first, last) = ((round, reporter, Hash::zero()), (round, reporter, [0xff; 32].into()));
		let double = self.early.range(first..=last).any(|(_, other)| other.tag != tag);
		self.early.insert((round, reporter, hash), counted);
		if double {
			Logged::DoubleAnswer
		} else {
			Logged::Waiting
		}
	}

	/// Takes what another member says; `from` is who sent it.
	pub(crate) fn message(
		&mut self,
		from: MemberIndex,
		message: Message,
		rules: &dyn Rulebook,
		now: Moment,
		effects: &mut Vec<Effect>,
	) {
		match message {
			Message::Log(update) if update.head.head.round == self.state.round => {
				if !self.ended {
					let member = update.head.member;
					let proof = self.state.update(&self.setup, from, update, now, effects);
					self.accuse(member, proof, effects);
				}
			}
			Message::Log(update) => self.elsewhere(from, update.head.head.round, effects),
			Message::WantReports { round, reports, .. } => {
				let state = self.state_of(round);
				let known =
					|hash: &Hash| state.is_some_and(|state| state.reports.contains_key(hash));
				let reports = reports.into_iter().filter(known).take(MAX_WANTED);
				effects.extend(reports.map(|hash| Effect::Report(from, round, hash)));
			}
			Message::WantLog { round, member, from: have, .. } => {
				let state = self.state_of(round);
				if let Some(update) = state.and_then(|s| s.log_since(&self.setup, member, have)) {
					effects.push(Effect::Send(from, update));
				}
			}
			Message::Proposal(proposal) => self.proposal(from, proposal, now, effects),
			Message::Vote(vote) => self.vote(from, vote, effects),
			Message::Certificate(certificate) => self.certificate(certificate, effects),
			Message::Signed(signed) => self.signed(&signed, effects),
			Message::Fault(fault) => self.fault(*fault, effects),
			Message::Status { round, sequence, .. } => {
				if round < self.state.round || (self.ended && round == self.state.round) {
					effects.push(Effect::Help(from, round));
				} else if round == self.state.round && sequence < self.state.sequence() {
					self.send_certificate(from, effects);
				}
			}
			// Reports pass through the intake; deliveries are the delivery plane's.
			Message::Report(_) | Message::Delivered { .. } => {}
		}
		self.advance(rules, now, effects);
	}

	/// Moves on with time: views end, lacking reports are asked for.
	pub(crate) fn tick(&mut self, rules: &dyn Rulebook, now: Moment, effects: &mut Vec<Effect>) {
		if self.ended {
			return;
		}
		self.state.ask(&self.setup, now, effects);
		self.state.turn(now);
		self.advance(rules, now, effects);
	}

	/// Whether something waits for the next tick.
	pub(crate) fn is_busy(&self) -> bool {
		let early = self.early.keys().next().is_some_and(|(round, ..)| *round <= self.state.round);
		!self.ended && (early || self.state.is_busy())
	}

	/// The running tally, if it is worth asking the runtime about.
	pub(crate) fn summary(&mut self, now: Moment) -> Option<Summary> {
		if self.ended {
			None
		} else {
			self.state.summary(&self.setup, now)
		}
	}

	/// The runtime could not be asked: ask again.
	pub(crate) fn undecided(&mut self) {
		self.state.changed = true;
	}

	/// Takes what the runtime says of the tally.
	pub(crate) fn decided(
		&mut self,
		decision: Decision,
		rules: &dyn Rulebook,
		now: Moment,
		effects: &mut Vec<Effect>,
	) {
		self.state.decided(decision, now);
		self.advance(rules, now, effects);
	}

	/// The head to publish with this tick, if there is news.
	pub(crate) fn head_due(&self, now: Moment) -> Option<Head> {
		if self.ended {
			None
		} else {
			self.state.head_due(&self.setup, now)
		}
	}

	/// Takes the signed head back.
	pub(crate) fn published(
		&mut self,
		signed: SignedHead,
		rules: &dyn Rulebook,
		now: Moment,
		effects: &mut Vec<Effect>,
	) {
		self.state.published(signed, effects);
		self.advance(rules, now, effects);
	}

	/// How far this member is.
	pub(crate) fn status(&self) -> Message {
		let (round, sequence) = (self.state.round, self.state.sequence());
		Message::Status { feed: self.setup.feed, round, sequence }
	}

	fn state_of(&self, round: Round) -> Option<&RoundState> {
		[Some(&self.state), self.before.as_ref()]
			.into_iter()
			.flatten()
			.find(|state| state.round == round)
	}

	/// Something about another round than ours came: who is behind gets help, and if that is us we
	/// say so.
	fn elsewhere(&self, from: MemberIndex, round: Round, effects: &mut Vec<Effect>) {
		if round > self.state.round {
			effects.push(Effect::Send(from, self.status()));
		} else if self.before.as_ref().is_none_or(|before| before.round != round) {
			effects.push(Effect::Help(from, round));
		} else if let Some(certificate) = self.before.as_ref().and_then(|b| b.certificate.clone()) {
			effects.push(Effect::Send(from, Message::Certificate(certificate)));
		}
	}

	fn send_certificate(&self, to: MemberIndex, effects: &mut Vec<Effect>) {
		if let Some(certificate) = &self.state.certificate {
			effects.push(Effect::Send(to, Message::Certificate(certificate.clone())));
		}
	}

	fn proposal(
		&mut self,
		from: MemberIndex,
		proposal: Proposal,
		now: Moment,
		effects: &mut Vec<Effect>,
	) {
		let outcome = &proposal.outcome;
		if outcome.round != self.state.round || self.ended {
			return self.elsewhere(from, outcome.round, effects);
		}
		let next = self.state.sequence().saturating_add(1);
		if outcome.sequence < next {
			return self.send_certificate(from, effects);
		}
		if outcome.sequence > next {
			return effects.push(Effect::Send(from, self.status()));
		}
		if self.setup.committee.leader(outcome.round, outcome.view) != from {
			return;
		}
		let payload = outcome.payload(&self.setup.genesis);
		self.state.votes.learn(&self.setup, payload, outcome, None);
		let place = (outcome.sequence, outcome.view);
		let closed = self.state.signed.contains_key(&place)
			|| self.state.is_deaf(from, outcome.sequence, now);
		if !closed && propose::is_sound(&self.setup, &proposal) {
			for signed in &proposal.cut {
				let log = self.state.peers.get(&signed.member);
				let proof = log.and_then(|log| log.contradicted(signed));
				self.accuse(signed.member, proof, effects);
			}
			self.state.proposals.insert(from, Waiting { proposal, ask_again: 0 });
		}
		self.accuse_double(payload, effects);
		// Votes may have been there before it.
		self.collect(payload, effects);
	}

	fn vote(&mut self, from: MemberIndex, vote: Vote, effects: &mut Vec<Effect>) {
		let setup = &self.setup;
		if vote.round == self.state.round {
			if self.state.votes.add(setup, &vote) {
				self.compare(&vote, effects);
				self.accuse_double(vote.payload, effects);
				self.collect(vote.payload, effects);
			}
			return;
		}
		let Some(before) = self.before.as_mut().filter(|before| before.round == vote.round) else {
			return self.elsewhere(from, vote.round, effects);
		};
		if !before.votes.add(setup, &vote) {
			return;
		}
		if let Some(fuller) = before.votes.certificate(setup, &vote.payload) {
			if before.outcome() == Some(&fuller.outcome) {
				before.certificate = Some(fuller.clone());
				effects.push(Effect::Write(Write::Certificate(fuller.clone())));
				effects.push(Effect::Fuller(fuller));
			}
		}
		self.accuse_double(vote.payload, effects);
	}

	/// Makes a certificate of q votes, or a fuller one of more.
	fn collect(&mut self, payload: [u8; 32], effects: &mut Vec<Effect>) {
		let Some(certificate) = self.state.votes.certificate(&self.setup, &payload) else { return };
		let Outcome { sequence, view, .. } = certificate.outcome;
		if self.state.outcome() == Some(&certificate.outcome) {
			self.state.certificate = Some(certificate.clone());
			effects.push(Effect::Write(Write::Certificate(certificate.clone())));
			return effects.push(Effect::Fuller(certificate));
		}
		if sequence <= self.state.sequence() {
			return;
		}
		if self.setup.committee.leader(self.state.round, view) == self.setup.own {
			effects.push(Effect::Broadcast(Message::Certificate(certificate.clone())));
		}
		self.certified(certificate, effects);
	}

	fn certificate(&mut self, certificate: Certificate, effects: &mut Vec<Effect>) {
		let outcome = &certificate.outcome;
		let (round, sequence) = (outcome.round, outcome.sequence);
		let news = !self.ended && round == self.state.round && sequence > self.state.sequence();
		// Of the push that we have another outcome of, signers may be proven false.
		let rivals = self
			.state_of(round)
			.and_then(RoundState::outcome)
			.is_some_and(|ours| ours.sequence == sequence && ours != outcome);
		if !news && !rivals {
			return;
		}
		let Setup { committee, genesis, .. } = &self.setup;
		if certificate.verify(committee, genesis, eventum_wire::ed25519_verify).is_err() {
			return;
		}
		let states = [Some(&mut self.state), self.before.as_mut()].into_iter().flatten();
		for state in states.filter(|state| state.round == round) {
			state.votes.add_certificate(&self.setup, &certificate);
		}
		self.accuse_double(certificate.outcome.payload(&self.setup.genesis), effects);
		if news {
			self.certified(certificate, effects);
		}
	}

	/// Keeps a certificate; a final one opens the next round or ends the feed.
	fn certified(&mut self, certificate: Certificate, effects: &mut Vec<Effect>) {
		let Outcome { round, sequence, .. } = certificate.outcome;
		// Another view may have left another detail.
		let payload = certificate.outcome.payload(&self.setup.genesis);
		if let Some(detail) = self.state.votes.detail(&payload) {
			effects.push(Effect::Write(Write::Detail(round, sequence, detail.clone())));
		}
		effects.push(Effect::Write(Write::Certificate(certificate.clone())));
		effects.push(Effect::Certified(certificate.clone()));
		let Outcome { push, block, .. } = certificate.outcome;
		let excused = certificate.outcome.excused.clone();
		self.state.certify(certificate);
		match push {
			Push::Final { ends_feed: true, .. } => self.ended = true,
			Push::Final { ends_feed: false, .. } => {
				self.opened_by = Some(block);
				let round = self.state.round.saturating_add(1);
				let next = RoundState::new(&self.setup, round, excused);
				let mut before = std::mem::replace(&mut self.state, next);
				// Only late signatures and stragglers' questions are for it now.
				before.proposals.clear();
				self.before = Some(before);
			}
			_ => {}
		}
	}

	/// Goes as far as what is known allows.
	fn advance(&mut self, rules: &dyn Rulebook, now: Moment, effects: &mut Vec<Effect>) {
		if self.ended {
			return;
		}
		let (feed, round) = (self.setup.feed, self.state.round);
		self.opened_by.take_if(|block| rules.open_round(feed, round, block));
		while let Some(early) = self.early.first_entry() {
			if early.key().0 > round || self.opened_by.is_some() {
				break;
			}
			let counted = early.remove();
			if counted.round < round {
				effects.push(Effect::Refuse(counted, IntakeError::Late));
			} else if rules.keeps_key(feed, round, counted.reporter) {
				self.state.report(&self.setup, counted, now, effects);
			} else {
				effects.push(Effect::Refuse(counted, IntakeError::BadSignature));
			}
		}
		let mut cast = propose::try_sign(&mut self.state, &self.setup, rules, now, effects);
		cast.extend(propose::try_propose(&mut self.state, &self.setup, rules, effects));
		for vote in cast {
			self.collect(vote.payload, effects);
		}
	}

	/// The member's key.
	pub(crate) fn key(&self) -> &vald::Public {
		&self.setup.key
	}

	/// A report that is in the log of this round or the one before.
	pub(crate) fn counted(&self, round: Round, hash: &Hash) -> Option<Counted> {
		self.state_of(round)?.reports.get(hash).map(|(counted, _)| *counted)
	}

	/// This member's whole log of its round, for a peer that has just come.
	pub(crate) fn whole_log(&self) -> Option<Message> {
		self.state.log_since(&self.setup, self.setup.own, 0)
	}
}
