// SPDX-License-Identifier: Apache-2.0

//! The members, their disks and the network. All chance comes from a seed, so that what fails once
//! fails again.

use super::{super::*, book::*, lies::Liar};
use crate::committee::feed::{FeedEngine, Restored};
use eventum_primitives::{
	log::Receipt,
	outcome::{Outcome, Push},
	report::Report,
	rules::count::{self, Rules},
};
use eventum_wire::heads;
use sp_core::Pair;
use std::collections::{BTreeMap, BTreeSet};

/// A source of chance, SplitMix64.
pub(in crate::committee) struct Dice(u64);

impl Dice {
	pub(in crate::committee) fn new(seed: u64) -> Self {
		Self(seed)
	}

	pub(in crate::committee) fn below(&mut self, limit: u64) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut word = self.0;
		word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		(word ^ (word >> 31)) % limit.max(1)
	}

	/// So many times in a thousand.
	pub(in crate::committee) fn happens(&mut self, per_mille: u64) -> bool {
		self.below(1_000) < per_mille
	}
}

/// What the network does to messages.
pub(super) struct Net {
	/// How long they take.
	pub(super) delay: (Moment, Moment),
	/// How many of a thousand are lost, and how many come twice.
	pub(super) lose: u64,
	pub(super) twice: u64,
	/// The side of each member while the network is parted.
	pub(super) sides: Option<Vec<u8>>,
}

/// When a member is killed, and in which state that leaves it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kill {
	pub(super) member: MemberIndex,
	/// Iterations of the member until then.
	pub(super) after: u64,
	pub(super) point: Point,
}

/// Where in an iteration a kill comes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Point {
	/// Nothing is on disk.
	BeforeCommit,
	/// All is, and nothing sent.
	BeforeSending,
	/// So many messages are sent.
	WhileSending(usize),
}

pub(super) type Queued = (Moment, MemberIndex, MemberIndex, Message);

/// A committee and the network between its members.
pub(super) struct Play {
	pub(super) book: Book,
	pub(super) setup: Setup,
	pub(super) engines: Vec<Option<FeedEngine>>,
	pub(super) liars: BTreeMap<MemberIndex, Liar>,
	pub(super) queue: Vec<Queued>,
	pub(super) net: Net,
	pub(super) now: Moment,
	pub(super) certificates: Vec<BTreeMap<(Round, Sequence), Certificate>>,
	pub(super) disks: Vec<Vec<Write>>,
	/// Proofs that each member has found or been shown.
	pub(super) faults: Vec<BTreeMap<MemberIndex, Fault>>,
	pub(super) kill: Option<Kill>,
	/// Reports that waited and were not taken, by which member and why.
	pub(super) refused: Vec<(MemberIndex, Hash, IntakeError)>,
	pub(super) dice: Dice,
}

impl Play {
	pub(super) fn new(members: u8, rules: Rules) -> Self {
		let book = Book::new(rules, members);
		let list: Vec<_> = book
			.keys
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
			joined: book.rules.joined,
			key: committee.members[0].vald.clone(),
			committee,
			excluded: BTreeSet::new(),
		};
		let size = usize::from(members);
		let engines =
			(0..members).map(|own| Some(FeedEngine::new(setup_of(&setup, own)))).collect();
		Self {
			book,
			setup,
			engines,
			liars: BTreeMap::new(),
			queue: Vec::new(),
			net: Net { delay: (1, 1), lose: 0, twice: 0, sides: None },
			now: START,
			certificates: vec![BTreeMap::new(); size],
			disks: vec![Vec::new(); size],
			faults: vec![BTreeMap::new(); size],
			kill: None,
			refused: Vec::new(),
			dice: Dice::new(u64::from(members)),
		}
	}

	/// The same with chance of this seed, and messages that overtake each other.
	pub(super) fn seeded(members: u8, rules: Rules, seed: u64) -> Self {
		let mut play = Self::new(members, rules);
		play.dice = Dice::new(seed);
		play.net.delay = (1, 30);
		play
	}

	pub(super) fn members(&self) -> std::ops::Range<MemberIndex> {
		0..self.engines.len() as MemberIndex
	}

	/// Members that tell no lies.
	pub(super) fn honest(&self) -> Vec<MemberIndex> {
		self.members().filter(|member| !self.liars.contains_key(member)).collect()
	}

	/// A reporter gives its report to some members.
	pub(super) fn report(
		&mut self,
		to: &[MemberIndex],
		round: Round,
		reporter: JoinIndex,
		answer: u8,
	) -> Hash {
		self.take(to, report(round, reporter, answer))
	}

	pub(super) fn take(&mut self, to: &[MemberIndex], report: Report) -> Hash {
		let counted = counted(&report);
		self.book.reports.insert(counted.hash, report);
		for member in to {
			let mut effects = Vec::new();
			if let Some(engine) = &mut self.engines[usize::from(*member)] {
				engine.report(counted, self.now, &mut effects);
			}
			self.apply(*member, effects);
		}
		counted.hash
	}

	/// One iteration of a member: what it wants kept is committed, then the rest is done. It may be
	/// killed in between.
	pub(super) fn apply(&mut self, from: MemberIndex, effects: Vec<Effect>) {
		let place = usize::from(from);
		let (writes, rest): (Vec<_>, Vec<_>) =
			effects.into_iter().partition(|effect| matches!(effect, Effect::Write(_)));
		let writes = writes.into_iter().filter_map(|effect| match effect {
			Effect::Write(write) => Some(write),
			_ => None,
		});
		let killed = self.killed(from);
		if killed.is_some() {
			self.engines[place] = None;
		}
		let sent = match killed {
			Some(Point::BeforeCommit) => return,
			Some(Point::BeforeSending) => 0,
			Some(Point::WhileSending(sent)) => sent,
			None => usize::MAX,
		};
		self.disks[place].extend(writes);
		for effect in rest.into_iter().take(sent) {
			self.act(from, effect);
		}
	}

	fn killed(&mut self, member: MemberIndex) -> Option<Point> {
		let kill = self.kill.as_mut().filter(|kill| kill.member == member)?;
		if kill.after > 0 {
			kill.after -= 1;
			return None;
		}
		self.kill.take().map(|kill| kill.point)
	}

	fn act(&mut self, from: MemberIndex, effect: Effect) {
		let place = usize::from(from);
		match effect {
			Effect::Write(_) => unreachable!("written before"),
			Effect::Send(to, message) => self.post(from, to, message),
			Effect::Report(to, _, hash) => {
				let report = self.book.reports[&hash].clone();
				self.post(from, to, Message::Report(report));
			}
			Effect::Broadcast(message) => {
				for to in self.members().filter(|to| *to != from) {
					self.post(from, to, message.clone());
				}
			}
			Effect::Certified(certificate) | Effect::Fuller(certificate) => {
				let outcome = &certificate.outcome;
				let key = (outcome.round, outcome.sequence);
				self.certificates[place].insert(key, certificate);
			}
			Effect::Refuse(counted, error) => self.refused.push((from, counted.hash, error)),
			Effect::Fault(fault) => {
				self.faults[place].insert(fault.member, *fault);
			}
			Effect::Help(to, round) => {
				let known = self.certificates[place].range((round, 0)..);
				let known: Vec<_> = known.map(|(_, certificate)| certificate.clone()).collect();
				for certificate in known {
					self.post(from, to, Message::Certificate(certificate));
				}
			}
		}
	}

	/// Hands a message to the network, as its sender twists it.
	pub(super) fn post(&mut self, from: MemberIndex, to: MemberIndex, message: Message) {
		for (late, message) in self.twist(from, to, message) {
			let times = 1 + u64::from(self.dice.happens(self.net.twice));
			for _ in 0..times {
				let parted = self
					.net
					.sides
					.as_ref()
					.is_some_and(|sides| sides[usize::from(from)] != sides[usize::from(to)]);
				if parted || self.dice.happens(self.net.lose) {
					continue;
				}
				let (least, most) = self.net.delay;
				let delay = least + self.dice.below(most - least + 1);
				self.queue.push((self.now + late + delay, from, to, message.clone()));
			}
		}
	}

	/// Lets time pass until `done` or the time is up.
	pub(super) fn run(&mut self, length: Moment, done: impl Fn(&Self) -> bool) {
		let end = self.now + length;
		while self.now < end && !done(self) {
			self.now += 1;
			let due: Vec<_> = self.queue.extract_if(.., |(at, ..)| *at <= self.now).collect();
			for (_, from, to, message) in due {
				self.deliver(from, to, message);
			}
			if self.now.is_multiple_of(10) {
				self.members().for_each(|own| self.tick(own));
			}
		}
	}

	pub(super) fn deliver(&mut self, from: MemberIndex, to: MemberIndex, message: Message) {
		let Some(engine) = &mut self.engines[usize::from(to)] else { return };
		let mut effects = Vec::new();
		if let Message::Report(report) = message {
			engine.report(counted(&report), self.now, &mut effects);
		} else {
			engine.message(from, message, &self.book.reader(to), self.now, &mut effects);
		}
		self.apply(to, effects);
	}

	/// A reporter shows a member a receipt.
	pub(super) fn show(&mut self, to: MemberIndex, receipt: Receipt) {
		let mut effects = Vec::new();
		if let Some(engine) = &mut self.engines[usize::from(to)] {
			engine.receipt(receipt, &mut effects);
		}
		self.apply(to, effects);
	}

	fn tick(&mut self, own: MemberIndex) {
		self.pester(own);
		let (rules, now) = (self.book.reader(own), self.now);
		let Some(engine) = &mut self.engines[usize::from(own)] else { return };
		let mut effects = Vec::new();
		engine.tick(&rules, now, &mut effects);
		if now.is_multiple_of(1_000) {
			effects.push(Effect::Broadcast(engine.status()));
		}
		if let Some(summary) = engine.summary(now) {
			let decision = count::decide(&self.book.rules, &summary);
			engine.decided(decision, &rules, now, &mut effects);
		}
		if let Some(head) = engine.head_due(now) {
			let sign = |payload: &[u8; 32]| Some(self.book.sign(own, payload));
			let signed = heads::sign(&GENESIS, &[(own, head)], sign);
			engine.published(signed.unwrap().remove(0), &rules, now, &mut effects);
		}
		self.apply(own, effects);
	}

	/// Starts a killed member with what is on its disk; its peers greet it.
	pub(super) fn restart(&mut self, member: MemberIndex) {
		let restored = self.restored(member);
		let engine = FeedEngine::restore(setup_of(&self.setup, member), restored);
		self.engines[usize::from(member)] = Some(engine);
		for peer in self.members().filter(|peer| *peer != member) {
			for (from, to) in [(peer, member), (member, peer)] {
				let engine = self.engines[usize::from(from)].as_ref();
				let news = engine.map(|engine| [Some(engine.status()), engine.whole_log()]);
				for message in news.into_iter().flatten().flatten() {
					self.post(from, to, message);
				}
			}
		}
	}

	/// What the worker gives a member that starts.
	pub(super) fn restored(&self, member: MemberIndex) -> Restored {
		let disk = &self.disks[usize::from(member)];
		let finals = disk.iter().filter_map(|write| match write {
			Write::Certificate(certificate) if certificate.outcome.push.is_final() => {
				Some(certificate.clone())
			}
			_ => None,
		});
		let last_final = finals.max_by_key(|certificate| certificate.outcome.round);
		let (round, ended) = match last_final.as_ref().map(|last| &last.outcome) {
			None => (0, false),
			Some(Outcome { round, push: Push::Final { ends_feed: true, .. }, .. }) => {
				(*round, true)
			}
			Some(outcome) => (outcome.round + 1, false),
		};
		let mut restored = Restored { round, ended, last_final, ..Default::default() };
		restored.excluded = self.faults[usize::from(member)].keys().copied().collect();
		for write in disk.iter().cloned() {
			match write {
				Write::Entry(of, _, entry) if of == round => {
					restored.reports.push(counted(&self.book.reports[&entry.report]));
					restored.entries.push(entry);
				}
				Write::Head(head) if head.head.round == round => restored.head = Some(head),
				Write::Signed(of, sequence, view, payload) if of == round => {
					restored.signed.push((sequence, view, payload))
				}
				Write::Certificate(certificate) if certificate.outcome.round == round => {
					restored.certificate = Some(certificate)
				}
				_ => {}
			}
		}
		restored
	}

	/// Whether every honest member that runs has a round's final certificate.
	pub(super) fn all_have(&self, round: Round) -> bool {
		self.honest().into_iter().all(|member| {
			self.engines[usize::from(member)].is_none() || self.final_of(member, round).is_some()
		})
	}

	pub(super) fn final_of(&self, member: MemberIndex, round: Round) -> Option<&Certificate> {
		self.certificates[usize::from(member)]
			.range((round, 0)..(round + 1, 0))
			.map(|(_, certificate)| certificate)
			.find(|certificate| certificate.outcome.push.is_final())
	}

	/// The one outcome that every honest member that runs has of a round. Delay can make certificates in
	/// two views, of which the chain takes the first; but for the view they say the same.
	pub(super) fn outcome(&self, round: Round) -> Outcome {
		let running = |member: &MemberIndex| self.engines[usize::from(*member)].is_some();
		let outcomes: Vec<Outcome> = self
			.honest()
			.into_iter()
			.filter(running)
			.map(|member| {
				let certificate = self.final_of(member, round);
				let certificate = certificate.unwrap_or_else(|| panic!("member {member} lacks it"));
				let verify = eventum_wire::ed25519_verify;
				certificate.verify(&self.setup.committee, &GENESIS, verify).unwrap();
				certificate.outcome.clone()
			})
			.collect();
		for pair in outcomes.windows(2) {
			let other = Outcome { view: pair[0].view, ..pair[1].clone() };
			assert_eq!(pair[0], other, "members disagree");
		}
		outcomes[0].clone()
	}

	/// The members that are proven false, by all that honest members hold; every proof must hold by
	/// what the chain checks it with, and none be against an honest member.
	pub(super) fn convicted(&self) -> BTreeSet<MemberIndex> {
		let honest = self.honest();
		let held = honest.iter().flat_map(|member| self.faults[usize::from(*member)].values());
		let mut convicted = BTreeSet::new();
		for fault in held {
			let verify = eventum_wire::ed25519_verify;
			assert_eq!(fault.verify(&GENESIS, &self.setup.committee, verify), Ok(()));
			assert!(!honest.contains(&fault.member), "an honest member is accused: {fault:?}");
			convicted.insert(fault.member);
		}
		convicted
	}
}

pub(super) fn setup_of(setup: &Setup, own: MemberIndex) -> Setup {
	let key = setup.committee.members[usize::from(own)].vald.clone();
	Setup { own, key, ..setup.clone() }
}
