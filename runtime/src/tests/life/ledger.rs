// SPDX-License-Identifier: Apache-2.0

//! A second book of the money: kept from events alone, and compared with the first.

use super::world::{of_markets, ACCEPT_WINDOW, GRACE, REPLACEMENTS};
use crate::{
	AccountId, Balance, Balances, Clock, Committees, Markets, Runtime, RuntimeEvent,
	RuntimeHoldReason, TOTAL_SUPPLY,
};
use codec::Encode;
use eventum_markets::{Event, HoldReason, VoidReason};
use eventum_primitives::{
	definition::{Definition, EventKind},
	outcome::{EndedBy, Push, RoundResult},
	FeedId, Moment,
};
use frame_support::traits::fungible::{Inspect, InspectHold};
use sp_io::hashing::blake2_256;
use std::collections::{BTreeMap, BTreeSet};

/// What a draw may take beside the time to accept: blocks until a seed is known, blocks between looks.
const DRAWING: Moment = 90_000;
/// What pages of payments may take.
const PAYING: Moment = 120_000;

/// What one feed owes.
struct Account {
	requester: AccountId,
	/// Reward and fees that are locked.
	locked: Balance,
	/// Who has joined, and what it has at stake.
	stakes: BTreeMap<AccountId, Balance>,
	/// Rewards of reporters that were paid.
	rewards: Balance,
	/// When, in chain time, it must have come to its end.
	deadline: Moment,
	ended: bool,
}

/// How often what has been seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
	pub(super) refused: u64,
	pub(super) feeds: u64,
	pub(super) settled: u64,
	pub(super) absent_or_dissenting: u64,
	pub(super) rewarded: u64,
	pub(super) left: u64,
	pub(super) replaced: u64,
	pub(super) offline: u64,
	pub(super) late_signatures: u64,
	pub(super) corrected: u64,
	pub(super) fees_set: u64,
	pub(super) keys_set: u64,
	pub(super) double_answers: u64,
	pub(super) proven_false: u64,
	pub(super) void: BTreeMap<String, u64>,
	pub(super) results: BTreeMap<String, u64>,
	pub(super) ended_by: BTreeMap<String, u64>,
}

impl Seen {
	pub(super) fn add(&mut self, other: Self) {
		let Self { refused, feeds, settled, absent_or_dissenting, rewarded, left, .. } = other;
		let Self { replaced, offline, late_signatures, corrected, void, results, .. } = other;
		let Self { fees_set, keys_set, double_answers, proven_false, ended_by, .. } = other;
		for (sum, more) in [
			(&mut self.refused, refused),
			(&mut self.feeds, feeds),
			(&mut self.settled, settled),
			(&mut self.absent_or_dissenting, absent_or_dissenting),
			(&mut self.rewarded, rewarded),
			(&mut self.left, left),
			(&mut self.replaced, replaced),
			(&mut self.offline, offline),
			(&mut self.late_signatures, late_signatures),
			(&mut self.corrected, corrected),
			(&mut self.fees_set, fees_set),
			(&mut self.keys_set, keys_set),
			(&mut self.double_answers, double_answers),
			(&mut self.proven_false, proven_false),
		] {
			*sum += more;
		}
		for (sums, more) in
			[(&mut self.void, void), (&mut self.results, results), (&mut self.ended_by, ended_by)]
		{
			for (key, count) in more {
				*sums.entry(key).or_default() += count;
			}
		}
	}

	/// Fails if something never happened: then the test has stopped to test it.
	pub(super) fn assert_everything(&self) {
		for (what, count) in [
			("refused", self.refused),
			("settled", self.settled),
			("absent or dissenting", self.absent_or_dissenting),
			("rewarded", self.rewarded),
			("left", self.left),
			("replaced", self.replaced),
			("offline", self.offline),
			("late signatures", self.late_signatures),
			("corrected", self.corrected),
			("fees set", self.fees_set),
			("keys set", self.keys_set),
			("double answers", self.double_answers),
			("proven false", self.proven_false),
		] {
			assert!(count > 0, "never seen: {what}");
		}
		for reason in [
			VoidReason::TooFewReporters,
			VoidReason::NoCommittee,
			VoidReason::NoCertificate,
			VoidReason::NoDetail,
			VoidReason::TooFewLeft,
		] {
			assert!(self.void.contains_key(&format!("{reason:?}")), "never void for {reason:?}");
		}
		for result in ["None", "Agreed", "Undetermined", "Stop"] {
			assert!(self.results.contains_key(result), "never a result: {result}");
		}
		for ended_by in
			[EndedBy::All, EndedBy::Share, EndedBy::Quiet, EndedBy::At, EndedBy::Excuses]
		{
			let name = format!("{ended_by:?}");
			assert!(self.ended_by.contains_key(&name), "no round ended by {name}");
		}
	}
}

/// The book.
#[derive(Default)]
pub(super) struct Ledger {
	feeds: BTreeMap<FeedId, Account>,
	pub(super) seen: Seen,
}

impl Ledger {
	/// Whether a feed has not come to its end.
	pub(super) fn is_open(&self) -> bool {
		self.feeds.values().any(|feed| !feed.ended)
	}

	/// Opens the account of a feed that was just created.
	pub(super) fn open(&mut self, id: FeedId, requester: AccountId, definition: &Definition) {
		let feed = eventum_markets::Feeds::<Runtime>::get(id).expect("it was just created");
		let account = Account {
			requester,
			locked: feed.escrow.total(),
			stakes: BTreeMap::new(),
			rewards: 0,
			deadline: Clock::chain_time() + longest(definition, Clock::now()),
			ended: false,
		};
		self.seen.feeds += 1;
		assert!(self.feeds.insert(id, account).is_none());
	}

	/// Takes note of what happened in a block.
	pub(super) fn note(&mut self, events: impl Iterator<Item = RuntimeEvent>) {
		for event in events {
			if let RuntimeEvent::Committees(event) = &event {
				self.note_committees(event);
			}
			if let Some(event) = of_markets(event) {
				self.note_markets(event);
			}
		}
	}

	fn note_committees(&mut self, event: &eventum_committees::Event<Runtime>) {
		use eventum_committees::{Event as E, Status};
		match event {
			E::DrawStarted { attempt: 1.., .. } => self.seen.replaced += 1,
			E::StatusChanged { status: Status::Offline { .. }, .. } => self.seen.offline += 1,
			E::ProvenFalse { .. } => self.seen.proven_false += 1,
			_ => {}
		}
	}

	fn account(&mut self, id: FeedId) -> &mut Account {
		self.feeds.get_mut(&id).expect("events are of feeds that were created")
	}

	fn note_markets(&mut self, event: Event<Runtime>) {
		match event {
			Event::Joined { feed, account, stake, .. } => {
				let before = self.account(feed).stakes.insert(account, stake);
				assert_eq!(before, None, "who is in joins no more");
			}
			Event::Left { feed, account, stake } => {
				assert_eq!(self.account(feed).stakes.remove(&account), Some(stake));
				self.seen.left += 1;
			}
			Event::ReporterSettled { feed, account, stake, stake_back, forfeited, reward } => {
				let of = self.account(feed);
				assert_eq!(of.stakes.remove(&account), Some(stake), "paid once");
				assert_eq!(stake_back + forfeited, stake);
				of.rewards += reward;
				self.seen.rewarded += u64::from(reward > 0);
				self.seen.absent_or_dissenting += u64::from(forfeited > 0);
			}
			Event::ReporterRefunded { feed, account, stake, paid } => {
				let of = self.account(feed);
				assert_eq!(
					of.stakes.remove(&account),
					Some(stake),
					"given back once, and all of it"
				);
				of.rewards += paid;
			}
			Event::DoubleAnswerProven { feed, account, forfeited, .. } => {
				let before = self.account(feed).stakes.insert(account, 0);
				assert_eq!(before, Some(forfeited), "all of it, once");
				self.seen.double_answers += 1;
			}
			Event::FeeSet { feed, locked, .. } => {
				self.account(feed).locked += locked;
				self.seen.fees_set += 1;
			}
			Event::ReportKeySet { .. } => self.seen.keys_set += 1,
			Event::FeedSettled { feed, rewards, fees, remainder, returned, .. } => {
				let of = self.account(feed);
				assert_eq!(rewards, of.rewards);
				assert_eq!(rewards + fees + remainder + returned, of.locked);
				self.end(feed);
				self.seen.settled += 1;
			}
			Event::FeedVoided { feed, reason, returned } => {
				let of = self.account(feed);
				assert_eq!(returned + of.rewards, of.locked);
				self.end(feed);
				*self.seen.void.entry(format!("{reason:?}")).or_default() += 1;
			}
			Event::OutcomeCertified { push, result, .. } => self.note_outcome(push, result),
			Event::SignaturesAdded { .. } => self.seen.late_signatures += 1,
			Event::FeedForgotten { feed } => assert!(self.account(feed).ended),
			_ => {}
		}
	}

	fn note_outcome(&mut self, push: Push, result: RoundResult) {
		self.seen.corrected += u64::from(push == Push::Corrected);
		if let Push::Final { ended_by, .. } = push {
			*self.seen.ended_by.entry(format!("{ended_by:?}")).or_default() += 1;
			let name = match result {
				RoundResult::Agreed(_) => "Agreed".into(),
				other => format!("{other:?}"),
			};
			*self.seen.results.entry(name).or_default() += 1;
		}
	}

	fn end(&mut self, id: FeedId) {
		let of = self.account(id);
		assert!(!of.ended, "a feed ends once");
		assert!(of.stakes.is_empty(), "everyone who was in has been paid");
		of.ended = true;
	}

	/// What must hold after every block, besides the pallets' own invariants.
	pub(super) fn check(&self) {
		assert_eq!(Balances::total_issuance(), TOTAL_SUPPLY);
		let now = Clock::chain_time();
		let mut stakes = BTreeMap::<&AccountId, Balance>::new();
		let mut escrows = BTreeMap::<&AccountId, Balance>::new();
		for (id, feed) in self.feeds.iter().filter(|(_, feed)| !feed.ended) {
			assert!(now <= feed.deadline, "{id} has not ended in time");
			for (account, stake) in &feed.stakes {
				*stakes.entry(account).or_default() += stake;
			}
			*escrows.entry(&feed.requester).or_default() += feed.locked - feed.rewards;
		}
		let held = |reason, account| {
			Balances::balance_on_hold(&RuntimeHoldReason::Markets(reason), account)
		};
		for (account, sum) in stakes {
			assert_eq!(held(HoldReason::Stake, account), sum, "stakes of {account}");
		}
		for (account, sum) in escrows {
			assert_eq!(held(HoldReason::Escrow, account), sum, "escrows of {account}");
		}
	}

	/// What may not change when nothing may.
	pub(super) fn fingerprint(&self) -> [u8; 32] {
		let markets = (
			eventum_markets::Feeds::<Runtime>::iter().collect::<Vec<_>>(),
			eventum_markets::Outcomes::<Runtime>::iter().collect::<Vec<_>>(),
			eventum_markets::ReporterPages::<Runtime>::iter().collect::<Vec<_>>(),
		);
		let committees = (
			eventum_committees::Nodes::<Runtime>::iter().collect::<Vec<_>>(),
			eventum_committees::Draws::<Runtime>::iter().collect::<Vec<_>>(),
			eventum_committees::Committees::<Runtime>::iter().collect::<Vec<_>>(),
		);
		(markets, committees).using_encoded(blake2_256)
	}

	/// All feeds are forgotten, and what is still on hold are bonds and deposits of others.
	pub(super) fn assert_nothing_left(&self) {
		assert!(eventum_markets::Feeds::<Runtime>::iter().next().is_none(), "a record is left");
		assert!(eventum_markets::Markets::<Runtime>::iter().next().is_none());
		assert!(eventum_committees::Committees::<Runtime>::iter().next().is_none());
		assert!(eventum_committees::Draws::<Runtime>::iter().next().is_none());
		let reasons = [HoldReason::Escrow, HoldReason::Stake].map(RuntimeHoldReason::Markets);
		let accounts: BTreeSet<AccountId> = frame_system::Account::<Runtime>::iter_keys().collect();
		for account in &accounts {
			for reason in &reasons {
				assert_eq!(Balances::balance_on_hold(reason, account), 0, "{reason:?} {account}");
			}
		}
		let total: Balance = accounts.iter().map(Balances::total_balance).sum();
		assert_eq!(total, TOTAL_SUPPLY);
		Committees::do_try_state().unwrap();
		Markets::do_try_state().unwrap();
	}
}

/// The most that can pass from a feed's creation to its end.
fn longest(definition: &Definition, now: Moment) -> Moment {
	let until = |moment: Moment| moment.saturating_sub(now);
	let attempts = Moment::from(REPLACEMENTS) + 1;
	let drawn = until(definition.time_to_join) + attempts * (ACCEPT_WINDOW + DRAWING);
	let end = match definition.event {
		EventKind::Single => drawn.max(until(definition.stop_voting.at.unwrap_or_default())),
		EventKind::Multiple { max_time, .. } => {
			drawn.max(until(definition.reporting_timestamp.unwrap_or_default())) + max_time
		}
	};
	let window = definition.start_dispute_time + definition.max_dispute_time;
	end + GRACE + window + GRACE + PAYING
}
