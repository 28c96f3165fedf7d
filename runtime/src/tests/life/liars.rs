// SPDX-License-Identifier: Apache-2.0

//! Reporters that give two answers, and members that sign two outcomes: whoever has both proves it.

use super::{
	committee::{committee, genesis, node_of, VALD},
	people::other_key,
	world::World,
};
use crate::{tests::chain::pair, Runtime, RuntimeCall};
use eventum_committees::ProvenFalse;
use eventum_markets::{FeedState, ReporterPages};
use eventum_primitives::{
	committee::MemberIndex,
	fault::{Fault, Proof, SignedOutcome},
	outcome::Outcome,
	report::{Body, Report, ReportKey},
	AccountId, FeedId, Hash, Round,
};
use sp_core::Pair;

fn double(first: &Report, second: &Report) -> RuntimeCall {
	let (first, second) = (Box::new(first.clone()), Box::new(second.clone()));
	eventum_markets::Call::report_double_answer { first, second }.into()
}

fn fault(feed: FeedId, member: MemberIndex, outcomes: [Outcome; 2]) -> RuntimeCall {
	let node = node_of(&committee(feed).members[usize::from(member)].vald).unwrap();
	let [first, second] = outcomes.map(|outcome| {
		let signature = VALD[node].sign(&outcome.payload(&genesis()));
		Box::new(SignedOutcome { outcome, signature })
	});
	let fault = Fault { feed, member, proof: Proof::Outcomes { first, second } };
	eventum_committees::Call::report_fault { fault: Box::new(fault) }.into()
}

impl World {
	/// A reporter of a feed gives two answers in a round, and somebody has both.
	pub(super) fn answer_twice(&mut self) {
		let feeds = eventum_markets::Feeds::<Runtime>::iter();
		let feeds: Vec<_> =
			feeds.filter(|(_, feed)| matches!(feed.state, FeedState::Reporting { .. })).collect();
		let Some((id, feed)) = self.dice.of(&feeds).cloned() else { return };
		let index = self.dice.within(0..=u64::from(feed.joined) - 1) as u32;
		let page = ReporterPages::<Runtime>::get((id, index / 64));
		let reporter = page[(index % 64) as usize].clone();
		let key = reporter.keys.last().unwrap().1;
		let account = reporter.account;
		let report = |tag| self.report_of(&account, id, 0, tag, &key);
		let [one, again, other] = [1, 1, 2].map(report);
		self.hand_in_wrong(double(&one, &again), "an answer said twice");
		let mut forged = other.clone();
		forged.body.sent_at += 1;
		self.hand_in_wrong(double(&one, &forged), "an answer changed after it was signed");
		if reporter.double {
			self.hand_in_wrong(double(&one, &other), "two answers proven again");
		} else {
			self.hand_in(double(&one, &other)).unwrap();
		}
	}

	fn report_of(
		&self,
		account: &AccountId,
		feed: FeedId,
		round: Round,
		tag: u8,
		key: &ReportKey,
	) -> Report {
		let body = Body {
			genesis: genesis(),
			feed,
			round,
			reporter: account.clone(),
			tag: Hash::repeat_byte(tag),
			sealed: Default::default(),
			sent_at: 0,
		};
		let message = body.signed_bytes();
		let signature = match key {
			ReportKey::Ed25519(_) => other_key().sign(&message).0,
			ReportKey::Sr25519(_) => pair(&self.uri_of(account).unwrap()).sign(&message).0,
		};
		Report { body, signature }
	}

	/// A member of a committee signs two outcomes of one view.
	pub(super) fn sign_twice(&mut self) {
		let feeds: Vec<_> = self.known_finals();
		let Some((id, outcome)) = self.dice.of(&feeds).cloned() else { return };
		let members = committee(id).members.len() as u64;
		let member = self.dice.within(0..=members - 1) as MemberIndex;
		let other = Outcome { start_event: outcome.start_event + 1, ..outcome.clone() };
		let later = Outcome { view: outcome.view + 1, ..other.clone() };
		self.hand_in_wrong(fault(id, member, [outcome.clone(), outcome.clone()]), "one outcome");
		self.hand_in_wrong(fault(id, member, [outcome.clone(), later]), "outcomes of two views");
		let call = fault(id, member, [outcome, other]);
		if ProvenFalse::<Runtime>::get(id) & (1 << member) != 0 {
			self.hand_in_wrong(call, "a lie proven again");
		} else {
			self.hand_in(call).unwrap();
		}
	}
}
