// SPDX-License-Identifier: Apache-2.0

//! A committee played out in memory: members, a network with delays, faults.

use super::{
	feed::{FeedEngine, Restored},
	*,
};
use eventum_primitives::{
	definition::ConsensusMode,
	outcome::{EndedBy, Push, RoundResult},
	report::{Body, Report},
	rules::count::{self, Rules},
};
use eventum_wire::heads;
use sp_core::Pair;
use std::collections::{BTreeMap, BTreeSet, HashMap};

mod keys_and_excuses;

const FEED: FeedId = FeedId { market: 3, index: 0 };
const GENESIS: Hash = Hash::repeat_byte(7);
const START: Moment = 1_000_000;

struct Book {
	rules: Rules,
	keys: Vec<ed25519::Pair>,
	/// What the members have on disk.
	reports: HashMap<Hash, Report>,
	/// Whether members have read the block that opens a round.
	read: bool,
	/// Who has another key in the next round than in the first.
	rekeyed: BTreeSet<JoinIndex>,
}

impl Rulebook for Book {
	fn finalized(&self) -> Option<Hash> {
		Some(Hash::repeat_byte(9))
	}

	fn spec_version(&self, _: &Hash) -> Option<u32> {
		Some(1)
	}

	fn evaluate(
		&self,
		_: &Hash,
		_: FeedId,
		round: Round,
		votes: Vec<Vote>,
		before: Before,
		horizon: Moment,
	) -> Option<Evaluation> {
		count::evaluate(&self.rules, round, &votes, &before, horizon)
	}

	fn open_round(&self, _: FeedId, _: Round, block: &Hash) -> bool {
		self.read && *block == Hash::repeat_byte(9)
	}

	fn keeps_key(&self, _: FeedId, _: Round, reporter: JoinIndex) -> bool {
		!self.rekeyed.contains(&reporter)
	}

	fn answer(&self, _: FeedId, _: Round, report: &Hash) -> Option<Vec<u8>> {
		Some(vec![0, self.reports.get(report)?.body.sealed[0]])
	}

	fn sign(&self, key: &vald::Public, payload: &[u8; 32]) -> Option<ed25519::Signature> {
		let pair = self.keys.iter().find(|pair| vald::Public::from(pair.public()) == *key)?;
		Some(pair.sign(payload))
	}
}

/// A committee and the network between its members.
struct Play {
	book: Book,
	setup: Setup,
	engines: Vec<Option<FeedEngine>>,
	queue: Vec<(Moment, MemberIndex, MemberIndex, Message)>,
	delay: Moment,
	now: Moment,
	certificates: Vec<BTreeMap<(Round, Sequence), Certificate>>,
	disks: Vec<Vec<Write>>,
	/// Loses every n-th message.
	lose: Option<u64>,
	sent: u64,
	/// Reports that waited and were not taken, by which member and why.
	refused: Vec<(MemberIndex, Hash, IntakeError)>,
}

fn rules(joined: u32) -> Rules {
	Rules {
		genesis: GENESIS,
		feed: FEED,
		joined,
		min_people: 1,
		end: START + 60_000,
		start: None,
		min_consensus: 2,
		consensus_rule: 666_666_667,
		mode: ConsensusMode::Final,
		share: None,
		quiet: None,
		max_rounds: 1,
		series: false,
	}
}

impl Play {
	fn new(members: u8, rules: Rules) -> Self {
		let keys: Vec<_> = (0..members).map(|i| ed25519::Pair::from_seed(&[i + 1; 32])).collect();
		let list: Vec<_> = keys
			.iter()
			.enumerate()
			.map(|(index, pair)| eventum_primitives::committee::Member {
				operator: [index as u8; 32].into(),
				vald: pair.public().into(),
				intake: [0; 32],
				peer: Default::default(),
				accepted: true,
			})
			.collect();
		let committee = Committee {
			seed: Hash::repeat_byte(1),
			members: list.try_into().unwrap(),
			collateral: 0,
		};
		let setup = Setup {
			genesis: GENESIS,
			feed: FEED,
			own: 0,
			key: committee.members[0].vald.clone(),
			committee,
		};
		let engines =
			(0..members).map(|own| Some(FeedEngine::new(setup_of(&setup, own)))).collect();
		Self {
			book: Book {
				rules,
				keys,
				reports: HashMap::new(),
				read: true,
				rekeyed: BTreeSet::new(),
			},
			setup,
			engines,
			queue: Vec::new(),
			delay: 1,
			now: START,
			certificates: vec![BTreeMap::new(); members as usize],
			disks: vec![Vec::new(); members as usize],
			lose: None,
			sent: 0,
			refused: Vec::new(),
		}
	}

	fn report(&mut self, to: &[MemberIndex], round: Round, reporter: JoinIndex, answer: u8) {
		self.take(to, report(round, reporter, answer));
	}

	fn take(&mut self, to: &[MemberIndex], report: Report) {
		let counted = counted(&report);
		self.book.reports.insert(counted.hash, report);
		for member in to {
			let mut effects = Vec::new();
			if let Some(engine) = &mut self.engines[*member as usize] {
				engine.report(counted, self.now, &mut effects);
			}
			self.apply(*member, effects);
		}
	}

	fn apply(&mut self, from: MemberIndex, effects: Vec<Effect>) {
		for effect in effects {
			match effect {
				Effect::Write(write) => self.disks[from as usize].push(write),
				Effect::Send(to, message) => self.post(from, to, message),
				Effect::Report(to, _, hash) => {
					let report = self.book.reports[&hash].clone();
					self.post(from, to, Message::Report(report));
				}
				Effect::Broadcast(message) => {
					for to in 0..self.engines.len() as MemberIndex {
						if to != from {
							self.post(from, to, message.clone());
						}
					}
				}
				Effect::Refuse(counted, error) => self.refused.push((from, counted.hash, error)),
				Effect::Certified(certificate) | Effect::Fuller(certificate) => {
					let outcome = &certificate.outcome;
					let key = (outcome.round, outcome.sequence);
					self.certificates[from as usize].insert(key, certificate);
				}
				Effect::Help(to, round) => {
					let finals: Vec<_> = self.certificates[from as usize]
						.range((round, 0)..)
						.map(|(_, certificate)| certificate.clone())
						.collect();
					for certificate in finals {
						self.post(from, to, Message::Certificate(certificate));
					}
				}
			}
		}
	}

	fn post(&mut self, from: MemberIndex, to: MemberIndex, message: Message) {
		self.sent += 1;
		if self.lose.is_none_or(|every| !self.sent.is_multiple_of(every)) {
			self.queue.push((self.now + self.delay, from, to, message));
		}
	}

	/// Lets time pass until `done` or the time is up.
	fn run(&mut self, length: Moment, done: impl Fn(&Self) -> bool) {
		let end = self.now + length;
		while self.now < end && !done(self) {
			self.now += 1;
			let due: Vec<_> = self.queue.extract_if(.., |(at, ..)| *at <= self.now).collect();
			for (_, from, to, message) in due {
				self.deliver(from, to, message);
			}
			if self.now.is_multiple_of(10) {
				for own in 0..self.engines.len() as MemberIndex {
					self.tick(own);
				}
			}
		}
	}

	fn deliver(&mut self, from: MemberIndex, to: MemberIndex, message: Message) {
		let Some(engine) = &mut self.engines[to as usize] else { return };
		let mut effects = Vec::new();
		if let Message::Report(report) = message {
			engine.report(counted(&report), self.now, &mut effects);
		} else {
			engine.message(from, message, &self.book, self.now, &mut effects);
		}
		self.apply(to, effects);
	}

	fn tick(&mut self, own: MemberIndex) {
		let (book, now) = (&self.book, self.now);
		let Some(engine) = &mut self.engines[own as usize] else { return };
		let mut effects = Vec::new();
		engine.tick(book, now, &mut effects);
		if now.is_multiple_of(1_000) {
			effects.push(Effect::Broadcast(engine.status()));
		}
		if let Some(summary) = engine.summary(now) {
			engine.decided(count::decide(&book.rules, &summary), book, now, &mut effects);
		}
		if let Some(head) = engine.head_due(now) {
			let key = engine.key().clone();
			let signed = heads::sign(&GENESIS, &[(own, head)], |payload| book.sign(&key, payload));
			engine.published(signed.unwrap().remove(0), book, now, &mut effects);
		}
		self.apply(own, effects);
	}

	fn all_have(&self, round: Round) -> bool {
		(0..self.engines.len())
			.all(|member| self.engines[member].is_none() || self.final_of(member, round).is_some())
	}

	fn final_of(&self, member: usize, round: Round) -> Option<&Certificate> {
		self.certificates[member]
			.range((round, 0)..(round + 1, 0))
			.map(|(_, certificate)| certificate)
			.find(|certificate| certificate.outcome.push.is_final())
	}

	/// The one outcome that every living member has of a round.
	fn outcome(&self, round: Round) -> eventum_primitives::outcome::Outcome {
		let outcomes: BTreeSet<Vec<u8>> = (0..self.engines.len())
			.filter(|member| self.engines[*member].is_some())
			.map(|member| {
				let certificate = self.final_of(member, round).expect("every member has it");
				let verify =
					|signature: &ed25519::Signature, message: &[u8], key: &ed25519::Public| {
						ed25519::Pair::verify(signature, message, key)
					};
				certificate.verify(&self.setup.committee, &GENESIS, verify).unwrap();
				codec::Encode::encode(&certificate.outcome)
			})
			.collect();
		assert_eq!(outcomes.len(), 1, "members disagree");
		codec::Decode::decode(&mut &outcomes.first().unwrap()[..]).unwrap()
	}
}

fn setup_of(setup: &Setup, own: MemberIndex) -> Setup {
	let key = setup.committee.members[own as usize].vald.clone();
	Setup { own, key, ..setup.clone() }
}

fn report(round: Round, reporter: JoinIndex, answer: u8) -> Report {
	let body = Body {
		genesis: GENESIS,
		feed: FEED,
		round,
		reporter: [reporter as u8; 32].into(),
		tag: eventum_primitives::report::tag(&[0; 32], &GENESIS, FEED, round, &[0, answer]),
		sealed: vec![answer].try_into().unwrap(),
		sent_at: 0,
	};
	Report { body, signature: [0; 64] }
}

fn counted(report: &Report) -> Counted {
	let Body { round, reporter, tag, .. } = &report.body;
	let reporter: &[u8; 32] = reporter.as_ref();
	let (round, tag, reporter) = (*round, *tag, u32::from(reporter[0]));
	Counted { round, hash: report.hash(), reporter, tag }
}

#[test]
fn all_vote_and_all_members_certify_one_outcome() {
	for members in [4, 7, 10] {
		let mut play = Play::new(members, rules(10));
		for reporter in 0..10 {
			let to: Vec<_> = (0..3).map(|i| ((reporter + i) % u32::from(members)) as u8).collect();
			play.report(&to, 0, reporter, u8::from(reporter < 8));
		}
		play.run(900, |play| play.all_have(0));
		let outcome = play.outcome(0);
		assert_eq!((outcome.agreed, outcome.total), (8, 10));
		assert_eq!(outcome.push, Push::Final { ended_by: EndedBy::All, ends_feed: true });
		assert_eq!(outcome.view, 0, "nobody was late");
		assert_eq!(outcome.answer.to_vec(), [0, 1]);
	}
}

#[test]
fn silence_of_as_many_as_may_lie_changes_nothing() {
	for (members, dead) in [(4, 1), (7, 2), (10, 3)] {
		for first in 0..members {
			let mut play = Play::new(members, rules(6));
			for i in 0..dead {
				play.engines[usize::from((first + i) % members)] = None;
			}
			let alive: Vec<_> =
				(0..members).filter(|m| play.engines[*m as usize].is_some()).collect();
			for reporter in 0..6 {
				play.report(&alive[..3], 0, reporter, 1);
			}
			play.run(20_000, |play| play.all_have(0));
			assert_eq!(play.outcome(0).agreed, 6);
		}
	}
}

#[test]
fn a_series_runs_through_and_stragglers_catch_up() {
	let rules = Rules { max_rounds: 5, series: true, ..rules(4) };
	let mut play = Play::new(4, rules);
	let straggler = play.engines[3].take();
	for round in 0..5 {
		for reporter in 0..4 {
			play.report(&[0, 1, 2], round, reporter, round as u8);
		}
		play.run(10_000, |play| play.final_of(0, round).is_some() && play.all_have(round));
		let ends_feed = round == 4;
		let push = Push::Final { ended_by: EndedBy::All, ends_feed };
		assert_eq!(play.outcome(round).push, push);
	}
	play.engines[3] = straggler;
	play.run(10_000, |play| (0..5).all(|round| play.all_have(round)));
	assert_eq!(play.outcome(4).agreed, 4);
}

#[test]
fn loss_and_delay_cost_time_only() {
	let mut play = Play::new(4, rules(8));
	(play.delay, play.lose) = (75, Some(20));
	for reporter in 0..8 {
		play.report(&[0, 1, 2], 0, reporter, 1);
	}
	play.run(20_000, |play| play.all_have(0));
	assert_eq!(play.outcome(0).agreed, 8);
}

#[test]
fn two_answers_count_for_nothing() {
	let mut play = Play::new(4, Rules { quiet: Some(500), ..rules(5) });
	for reporter in 0..3 {
		play.report(&[0, 1, 2], 0, reporter, 1);
	}
	// One answer to each half of the committee.
	play.report(&[0, 1], 0, 4, 1);
	play.report(&[2, 3], 0, 4, 0);
	play.run(20_000, |play| play.all_have(0));
	let outcome = play.outcome(0);
	assert_eq!((outcome.agreed, outcome.total), (3, 3));
	assert_eq!(outcome.push, Push::Final { ended_by: EndedBy::Quiet, ends_feed: true });
}

#[test]
fn time_alone_ends_a_round_without_votes() {
	let mut play = Play::new(4, Rules { end: START + 700, ..rules(5) });
	play.run(20_000, |play| play.all_have(0));
	let outcome = play.outcome(0);
	assert_eq!((outcome.result, outcome.total, outcome.at), (RoundResult::None, 0, START + 700));
}

#[test]
fn a_first_agreement_is_pushed_confirmed_and_corrected() {
	let mode = ConsensusMode::Confirmations;
	let mut play = Play::new(4, Rules { mode, quiet: Some(8_000), ..rules(50) });
	let tick = |play: &mut Play, reporters: std::ops::Range<u32>, answer| {
		for reporter in reporters {
			play.report(&[0, 1, 2], 0, reporter, answer);
			play.run(20, |_| false);
		}
		play.run(1_500, |_| false);
	};
	tick(&mut play, 0..3, 1);
	tick(&mut play, 3..6, 1);
	tick(&mut play, 6..10, 0);
	tick(&mut play, 10..30, 0);
	play.run(30_000, |play| play.all_have(0));
	let pushes: Vec<_> =
		play.certificates[0].values().map(|c| (c.outcome.push, c.outcome.result)).collect();
	assert!(matches!(pushes[0], (Push::Provisional, RoundResult::Agreed(_))));
	assert!(pushes.iter().any(|(push, _)| *push == Push::Confirmed));
	assert!(pushes
		.iter()
		.any(|(push, result)| { *push == Push::Corrected && *result == RoundResult::None }));
	assert!(pushes.last().unwrap().0.is_final());
	assert_eq!(play.outcome(0).agreed, 24);
}

#[test]
fn a_member_that_restarts_keeps_its_word() {
	let mut play = Play::new(4, rules(6));
	for reporter in 0..5 {
		play.report(&[0, 1, 2], 0, reporter, 1);
	}
	play.run(100, |_| false);
	let restored = restore(&play, 1);
	let (length, head) = (restored.entries.len(), restored.head.clone().unwrap());
	assert_eq!(length, 5);
	play.engines[1] = Some(FeedEngine::restore(setup_of(&play.setup, 1), restored));
	play.report(&[1, 2, 3], 0, 5, 1);
	play.run(10_000, |play| play.all_have(0));
	assert_eq!(play.outcome(0).agreed, 6);
	let promised = |write: &Write| match write {
		Write::Head(signed) => Some(signed.head),
		_ => None,
	};
	let numbers: Vec<_> = play.disks[1].iter().filter_map(promised).map(|h| h.number).collect();
	assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "no number is used twice");
	assert!(numbers.last() > Some(&head.head.number));
}

fn restore(play: &Play, member: usize) -> Restored {
	let mut restored = Restored::default();
	for write in play.disks[member].iter().cloned() {
		match write {
			Write::Entry(_, _, entry) => {
				restored.reports.push(counted(&play.book.reports[&entry.report]));
				restored.entries.push(entry);
			}
			Write::Head(head) => restored.head = Some(head),
			Write::Signed(_, sequence, view, payload) => {
				restored.signed.push((sequence, view, payload))
			}
			Write::Certificate(certificate) => restored.certificate = Some(certificate),
			Write::Detail(..) => {}
		}
	}
	restored
}

/// What the members would sign if they believed the leader of view 0.
fn lie(play: &mut Play, change: impl Fn(&mut eventum_wire::message::Proposal)) -> bool {
	let leader = play.setup.committee.leader(0, 0);
	for reporter in 0..4 {
		play.report(&[0, 1, 2, 3], 0, reporter, 1);
	}
	// Members 0..4 publish their logs; nobody proposes, for the leader says nothing.
	let mut proposal = None;
	for _ in 0..200 {
		play.run(1, |_| false);
		play.queue.retain(|(_, from, _, message)| {
			if let (true, Message::Proposal(honest)) = (*from == leader, message) {
				proposal = Some(honest.clone());
			}
			*from != leader || !matches!(message, Message::Proposal(_) | Message::Vote(_))
		});
		if proposal.is_some() {
			break;
		}
	}
	let mut proposal = proposal.expect("the leader proposes");
	change(&mut proposal);
	let payload = proposal.outcome.payload(&GENESIS);
	let target = (leader + 1) % 4;
	let before = play.disks[usize::from(target)].len();
	play.deliver(leader, target, Message::Proposal(proposal));
	play.disks[usize::from(target)][before..]
		.iter()
		.any(|write| matches!(write, Write::Signed(_, _, _, signed) if *signed == payload))
}

#[test]
fn members_sign_nothing_but_what_the_cut_comes_to() {
	let play = || Play::new(4, rules(4));
	assert!(lie(&mut play(), |_| {}), "the honest proposal is signed");
	assert!(!lie(&mut play(), |proposal| proposal.outcome.result = RoundResult::None));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.agreed -= 1));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.spec_version += 1));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.detail = Hash::zero()));
	assert!(!lie(&mut play(), |proposal| {
		proposal.cut.pop();
	}));
	assert!(!lie(&mut play(), |proposal| {
		proposal.cut[0].head.upto += 1;
		proposal.outcome.cut = cut::hash(&proposal.cut);
	}));
	assert!(!lie(&mut play(), |proposal| proposal.outcome.view = 1), "it does not lead that view");
}
