// SPDX-License-Identifier: Apache-2.0

//! Requesters, reporters and operators, wise and foolish.

use super::world::{operator, person, World, CROWD, NODES};
use crate::{genesis, tests::chain::pair, AccountId, Balance, Runtime, RuntimeCall, EVT, MILLI};
use eventum_markets::FeedState;
use eventum_primitives::{
	definition::{
		ConsensusMode, Currency, Definition, EventKind, FeedInput, Field, FieldType, Gate,
		ScalarType, StopVoting, Text, Visibility,
	},
	dev::{intake_secret, node_uri},
	report::ReportKey,
	rules::fee::FeeTerms,
	vald, FeedId, PPB,
};
use sp_core::{ed25519, Pair};
use sp_runtime::FixedU64;

/// What is wrong with a definition that must be refused, and how it gets so.
type Spoil = fn(&mut Definition);

const SPOILS: [Spoil; 8] = [
	|definition| definition.max_people = definition.min_people - 1,
	|definition| definition.min_consensus = definition.max_people + 1,
	|definition| definition.consensus_rule = PPB,
	|definition| definition.reward = MILLI * Balance::from(definition.max_people) - 1,
	|definition| definition.time_to_join = World::now(),
	|definition| definition.committee_size = 3,
	|definition| definition.stop_voting.share = Some(0),
	|definition| definition.max_dispute_time = 999,
];

/// The report key that those have who have changed theirs.
pub(super) fn other_key() -> ed25519::Pair {
	ed25519::Pair::from_seed(&[9; 32])
}

impl World {
	fn any_person(&mut self) -> String {
		// The crowd is larger, but does less.
		let index = match self.dice.one_in(3) {
			true => self.dice.within(0..=u64::from(NODES + CROWD) - 1),
			false => self.dice.within(0..=u64::from(NODES) - 1),
		};
		match self.dice.one_in(30) {
			true => operator(self.dice.within(0..=u64::from(NODES) - 1) as u32),
			false => person(index as u32),
		}
	}

	/// A feed that can be joined; now and then any other.
	fn any_feed(&mut self) -> Option<FeedId> {
		let joining = |feed: &eventum_markets::Feed| feed.state == FeedState::Joining;
		let any = self.dice.one_in(8);
		let feeds = eventum_markets::Feeds::<Runtime>::iter();
		let feeds: Vec<FeedId> =
			feeds.filter(|(_, feed)| any || joining(feed)).map(|(id, _)| id).collect();
		self.dice.of(&feeds).copied()
	}

	/// Sends a call; if it fails it has changed nothing but the sender's fees.
	fn attempt(&mut self, uri: &str, call: impl Into<RuntimeCall>) -> bool {
		let before = self.ledger.fingerprint();
		let done = self.send(uri, call.into()).is_ok();
		if !done {
			assert_eq!(self.ledger.fingerprint(), before, "what fails changes nothing");
			self.ledger.seen.refused += 1;
		}
		done
	}

	pub(super) fn do_something(&mut self) {
		match self.dice.within(0..=20) {
			0 | 1 => self.create(),
			2..=12 => self.join(),
			13 => self.rush(),
			14 | 15 => self.leave(),
			16 => match self.dice.one_in(2) {
				true => self.change_key(),
				false => self.set_fee(),
			},
			17 | 18 => self.operate(),
			19 if self.dice.one_in(4) => self.answer_twice(),
			19 if self.dice.one_in(4) => self.sign_twice(),
			_ => {
				let (from, to) = (self.any_person(), self.any_person());
				let dest = genesis::account(&to).unwrap().into();
				let value = self.dice.within(0..=3) as Balance * EVT / 2;
				self.attempt(&from, pallet_balances::Call::transfer_allow_death { dest, value });
			}
		}
	}

	fn create(&mut self) {
		let requester = person(self.dice.within(0..=4) as u32);
		let count = self.dice.within(1..=3);
		let mut definitions: Vec<Definition> = (0..count).map(|_| self.definition()).collect();
		let spoilt = self.dice.one_in(8);
		if spoilt {
			let spoil = *self.dice.of(&SPOILS).expect("there are some");
			let last = definitions.last_mut().expect("there is one");
			spoil(last);
		}
		let market = eventum_markets::NextMarket::<Runtime>::get();
		let text = Text {
			name: b"A feed".to_vec().try_into().unwrap(),
			description: Default::default(),
			rules: None,
			categories: Default::default(),
			location: Default::default(),
			webhook_url: Default::default(),
		};
		let input = |definition: &Definition| FeedInput {
			definition: definition.clone(),
			text: text.clone(),
		};
		let feeds = definitions.iter().map(input).collect::<Vec<_>>().try_into().unwrap();
		let done = self.attempt(&requester, eventum_markets::Call::create_market { feeds });
		assert_eq!(done, !spoilt, "{definitions:?}");
		if done {
			let requester = genesis::account(&requester).unwrap();
			for (index, definition) in definitions.iter().enumerate() {
				let id = FeedId { market, index: index as u16 };
				self.ledger.open(id, requester.clone(), definition);
			}
		}
	}

	fn definition(&mut self) -> Definition {
		let dice = &mut self.dice;
		let now = World::now();
		let crowd = dice.one_in(6);
		let min_people = dice.within(1..=3) as u32;
		let max_people = if crowd { 70 } else { min_people + dice.within(0..=5) as u32 };
		let time_to_join = now + dice.within(5_000..=60_000);
		let reporting = dice.one_in(3).then(|| time_to_join + dice.within(0..=60_000));
		let start = reporting.unwrap_or(time_to_join);
		let series = dice.one_in(2);
		let event = match series {
			true => EventKind::Multiple {
				max_rounds: dice.within(1..=4) as u32,
				max_time: dice.within(10_000..=200_000),
			},
			false => EventKind::Single,
		};
		let at = start + dice.within(1_000..=200_000);
		let reward = match dice.one_in(10) {
			true => dice.within(100_000..=400_000) as Balance * EVT,
			false => {
				Balance::from(max_people) * MILLI
					+ dice.within(0..=1_000_000_000_000_000) as Balance
			}
		};
		Definition {
			fields: vec![Field {
				name: Default::default(),
				field_type: FieldType::Scalar(ScalarType::Boolean),
			}]
			.try_into()
			.unwrap(),
			event,
			min_people,
			max_people,
			min_consensus: dice.within(1..=u64::from(min_people) + 1).min(max_people.into()) as u32,
			consensus_rule: dice.within(u64::from(PPB) / 2..=u64::from(PPB) * 9 / 10) as u32,
			consensus_mode: match dice.one_in(3) {
				true => ConsensusMode::Final,
				false => ConsensusMode::Confirmations,
			},
			reward,
			currency: Currency::Evt,
			stake_factor: FixedU64::from_inner(dice.within(0..=3_000_000_000)),
			join_bonus: FixedU64::from_inner(dice.within(1_000_000_000..=2_000_000_000)),
			committee_size: dice.within(4..=7) as u32,
			gate: Gate {
				min_reputation: if dice.one_in(6) { 400 } else { 0 },
				min_balance: if dice.one_in(6) { 5_000 * EVT } else { 0 },
				any: dice.one_in(2),
			},
			time_to_join,
			reporting_timestamp: reporting,
			stop_voting: StopVoting {
				at: (!series || dice.one_in(4)).then_some(at),
				share: dice.one_in(3).then(|| dice.within(1..=PPB.into()) as u32),
				quiet: dice.one_in(2).then(|| dice.within(1_000..=20_000)),
			},
			start_dispute_time: dice.within(0..=10_000),
			max_dispute_time: dice.within(1_000..=30_000),
			cross_validate: 100_000_000,
			visibility: Visibility::Public { tag_key: [7; 32], access_secret: [8; 32] },
			validation_fee: match dice.within(0..=9) {
				0 => Some(0),
				1..=4 => Some(2 * MILLI),
				_ => None,
			},
			default_value: None,
		}
	}

	fn join_as(&mut self, uri: &str, feed: FeedId) {
		let report_key = ReportKey::Sr25519(pair(uri).public());
		self.attempt(uri, eventum_markets::Call::join { feed, report_key });
	}

	fn join(&mut self) {
		if let Some(feed) = self.any_feed() {
			let uri = self.any_person();
			self.join_as(&uri, feed);
		}
	}

	/// Many join at once.
	fn rush(&mut self) {
		let Some(feed) = self.any_feed() else { return };
		let count = match eventum_markets::Definitions::<Runtime>::get(feed) {
			Some(definition) if definition.max_people == 70 => 40,
			_ => 3,
		};
		let first = self.dice.within(0..=u64::from(CROWD) - 1) as u32;
		for index in first..first + count {
			self.join_as(&person(NODES + index % CROWD), feed);
		}
	}

	/// One who has joined a feed, if it can be had.
	fn a_reporter(&mut self) -> Option<(String, FeedId)> {
		let feed = self.any_feed()?;
		let count = eventum_markets::Feeds::<Runtime>::get(feed)?.joined;
		let index = self.dice.within(0..=u64::from(count.max(1)) - 1) as u32;
		let page = eventum_markets::ReporterPages::<Runtime>::get((feed, index / 64));
		let account = page.get((index % 64) as usize)?.account.clone();
		Some((self.uri_of(&account)?, feed))
	}

	pub(super) fn uri_of(&self, account: &AccountId) -> Option<String> {
		let people = (0..NODES + CROWD).map(person).chain((0..NODES).map(operator));
		let mut people = people.filter(|uri| AccountId::from(pair(uri).public().0) == *account);
		people.next()
	}

	fn leave(&mut self) {
		if let Some((uri, feed)) = self.a_reporter() {
			self.attempt(&uri, eventum_markets::Call::leave { feed });
			// There is no return.
			assert!(!self.attempt(&uri, eventum_markets::Call::leave { feed }));
			let report_key = ReportKey::Sr25519(pair(&uri).public());
			assert!(!self.attempt(&uri, eventum_markets::Call::join { feed, report_key }));
		}
	}

	fn change_key(&mut self) {
		if let Some((uri, feed)) = self.a_reporter() {
			let key = ReportKey::Ed25519(other_key().public());
			self.attempt(&uri, eventum_markets::Call::set_report_key { feed, key });
		}
	}

	/// A requester offers another fee, now and then for another's feed.
	fn set_fee(&mut self) {
		let any = self.dice.one_in(8);
		let reporting =
			|feed: &eventum_markets::Feed| any || matches!(feed.state, FeedState::Reporting { .. });
		let feeds = eventum_markets::Feeds::<Runtime>::iter();
		let feeds: Vec<_> = feeds.filter(|(_, feed)| reporting(feed)).collect();
		let Some((feed, of)) = self.dice.of(&feeds).cloned() else { return };
		let asked = match self.dice.one_in(8) {
			true => Some(self.any_person()),
			false => self.uri_of(&of.requester),
		};
		let terms = match self.dice.one_in(3) {
			true => FeeTerms::Median,
			false => FeeTerms::Fixed(self.dice.within(0..=4) as Balance * MILLI),
		};
		if let Some(uri) = asked {
			self.attempt(&uri, eventum_markets::Call::set_fee { feed, terms });
		}
	}

	/// An operator looks after its node.
	fn operate(&mut self) {
		use eventum_committees::Call;
		let index = self.dice.within(0..=u64::from(NODES) - 1) as u32;
		let uri = operator(index);
		match self.dice.within(0..=5) {
			0 => drop(self.attempt(&uri, Call::rest { resting: true })),
			1 | 2 => drop(self.attempt(&uri, Call::rest { resting: false })),
			3 => drop(self.attempt(&uri, Call::bond_more { amount: EVT })),
			4 => {
				let min_fee = Some(self.dice.within(0..=3) as Balance * MILLI);
				self.attempt(&uri, Call::update { min_fee, intake: None, peer: None });
			}
			_ => {
				if !self.attempt(&uri, Call::unregister {}) {
					return;
				}
				let operator = AccountId::from(pair(&uri).public().0);
				let key = ed25519::Pair::from_string(&node_uri(index), None).unwrap();
				let (intake, peer) = (intake_secret(&uri), vec![1; 38].try_into().unwrap());
				let payload = crate::Committees::registration(&operator, &intake, &peer);
				let proof: vald::Signature = key.sign(&payload).into();
				let vald = key.public().into();
				let register = Call::register {
					vald,
					intake,
					peer,
					min_fee: MILLI,
					bond: 500_000 * EVT,
					proof,
				};
				assert!(self.attempt(&uri, register));
			}
		}
	}
}
