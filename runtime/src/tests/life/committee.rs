// SPDX-License-Identifier: Apache-2.0

//! Validation nodes: they accept, count, certify, tell; or they do not, or they lie.

use super::world::{World, NODES};
use crate::{Markets, Runtime, RuntimeCall};
use codec::Compact;
use eventum_committees::{Status, Step};
use eventum_markets::{Course, FeedState};
use eventum_primitives::{
	bits::Bits,
	committee::{Committee, MemberIndex},
	definition::{Definition, Visibility},
	dev::node_uri,
	outcome::{Certificate, Detail, EndedBy, Outcome, Push, RoundResult},
	report::{excuse_tag, marker_tag, tag, Tag},
	rules::count::{Before, Evaluation, Previous, Vote},
	traits::Committees as _,
	vald,
	value::Answer,
	FeedId, Hash, Moment, Round, Sequence,
};
use sp_core::{ed25519, Pair};
use std::{collections::BTreeMap, sync::LazyLock};

const YES: [u8; 2] = [0, 1];
const NO: [u8; 2] = [0, 0];

/// Keys of the validation nodes.
pub(super) static VALD: LazyLock<Vec<ed25519::Pair>> = LazyLock::new(|| {
	let pair = |index| ed25519::Pair::from_string(&node_uri(index), None).unwrap();
	(0..NODES).map(pair).collect()
});

/// How the committee of a feed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Character {
	Honest,
	/// Nobody ever sees a certificate.
	Silent,
	/// It certifies, but does not tell who voted.
	Mute,
	/// A quorum signs anything.
	False,
}

/// What is known off chain of a feed that reports.
pub(super) struct Counted {
	character: Character,
	votes: BTreeMap<Round, Vec<Vote>>,
	pushed: BTreeMap<Round, (Previous, Sequence)>,
	details: BTreeMap<Round, Detail>,
	/// Certificates that the chain has not seen yet.
	pending: Vec<Certificate>,
	/// Final outcomes, for those who sign late.
	finals: BTreeMap<Round, Outcome>,
	/// Up to when votes have been counted.
	horizon: Moment,
}

pub(super) fn genesis() -> Hash {
	crate::System::block_hash(0)
}

/// The place of the node with this key.
pub(super) fn node_of(key: &vald::Public) -> Option<usize> {
	let key: &ed25519::Public = key.as_ref();
	VALD.iter().position(|pair| pair.public() == *key)
}

pub(super) fn committee(feed: FeedId) -> Committee {
	crate::Committees::get(feed).expect("a feed that reports has a committee")
}

fn certificate(call: &Certificate) -> RuntimeCall {
	eventum_markets::Call::submit_certificate { certificate: call.clone() }.into()
}

fn detail(feed: FeedId, round: Round, detail: &Detail) -> RuntimeCall {
	eventum_markets::Call::submit_detail { feed, round, detail: detail.clone() }.into()
}

impl World {
	/// Now and then a node stops, or comes back.
	pub(super) fn fail_and_recover(&mut self) {
		if self.dice.one_in(12) {
			let node = self.dice.within(0..=u64::from(NODES) - 1) as usize;
			// More are there than not.
			self.alive[node] = !self.alive[node] || !self.dice.one_in(2);
		}
	}

	/// Acceptances, and words of those who are back.
	pub(super) fn do_duties(&mut self) {
		let draws: Vec<_> = eventum_committees::Draws::<Runtime>::iter().collect();
		for (feed, draw) in draws {
			if !matches!(draw.step, Step::Accepting { .. }) {
				continue;
			}
			for member in draw.members.iter().filter(|member| !member.accepted) {
				let node = node_of(&member.vald).expect("nodes of genesis keep their keys");
				if self.alive[node] && !self.dice.one_in(3) {
					self.accept(feed, draw.attempt, draw.collateral, node, &member.operator);
				}
			}
		}
		let nodes: Vec<_> = eventum_committees::Nodes::<Runtime>::iter_values().collect();
		for node in nodes {
			let index = node_of(&node.vald).expect("nodes of genesis keep their keys");
			if let Status::Offline { since } = node.status {
				if self.alive[index] && self.dice.one_in(3) {
					let payload = crate::Committees::word(&node.vald, since);
					let signature = VALD[index].sign(&payload).into();
					let call = eventum_committees::Call::online { key: node.vald, signature };
					self.hand_in(call.into()).unwrap();
				}
			}
		}
	}

	fn accept(
		&mut self,
		feed: FeedId,
		attempt: u32,
		collateral: u128,
		node: usize,
		operator: &crate::AccountId,
	) {
		let key: vald::Public = VALD[node].public().into();
		let call = |pair: &ed25519::Pair, attempt| {
			let signature = pair.sign(&crate::Committees::acceptance(feed, attempt)).into();
			let key = key.clone();
			RuntimeCall::from(eventum_committees::Call::accept { feed, key, signature })
		};
		if self.dice.one_in(6) {
			let other = &VALD[(node + 1) % NODES as usize];
			self.hand_in_wrong(call(other, attempt), "an acceptance of another");
			self.hand_in_wrong(call(&VALD[node], attempt + 1), "an acceptance of another draw");
		}
		// Another member may have completed the committee, or another feed taken the bond.
		let able = eventum_committees::Nodes::<Runtime>::get(operator)
			.is_some_and(|node| node.free_bond() >= collateral);
		assert_eq!(self.hand_in(call(&VALD[node], attempt)).is_ok(), able);
	}

	/// What committees do for each feed.
	pub(super) fn count(&mut self) {
		let feeds: Vec<_> = eventum_markets::Feeds::<Runtime>::iter().collect();
		for (id, feed) in feeds {
			match feed.state {
				FeedState::Reporting { course, .. } => self.report(id, feed.joined, &course),
				FeedState::Concluded { .. } => self.sign_late(id),
				FeedState::Reckoning { course, .. } => self.tell(id, feed.joined, &course),
				FeedState::Settled { .. } | FeedState::Void { .. } => {
					drop(self.counted.remove(&id))
				}
				_ => {}
			}
		}
	}

	fn report(&mut self, id: FeedId, joined: u32, course: &Course) {
		if !self.counted.contains_key(&id) {
			let character = match self.dice.within(0..=15) {
				0 => Character::Silent,
				1 => Character::Mute,
				2 | 3 => Character::False,
				_ => Character::Honest,
			};
			let counted = Counted {
				character,
				votes: BTreeMap::new(),
				pushed: BTreeMap::new(),
				details: BTreeMap::new(),
				pending: Vec::new(),
				finals: BTreeMap::new(),
				horizon: course.from,
			};
			self.counted.insert(id, counted);
		}
		let character = self.counted[&id].character;
		if World::now() > course.from && character != Character::Silent {
			self.vote(id, joined, course.finals);
			if character == Character::False {
				self.lie(id, joined, course);
			} else {
				self.evaluate(id, course.finals);
			}
		}
		self.submit(id, character == Character::False);
		self.sign_late(id);
	}

	/// Reporters report.
	fn vote(&mut self, id: FeedId, joined: u32, round: Round) {
		let Some(definition) = eventum_markets::Definitions::<Runtime>::get(id) else { return };
		let Visibility::Public { tag_key, .. } = &definition.visibility;
		let value = |answer: &[u8]| tag(tag_key, &genesis(), id, round, answer);
		let marker = |answer| marker_tag(&genesis(), id, round, &answer).unwrap();
		let tags: [Tag; 4] =
			[value(&YES), value(&NO), marker(Answer::Undetermined), marker(Answer::Stop)];
		// Most say the same, in some rounds that it cannot be told or that it is over.
		let usual = match (id.market + u64::from(id.index) + u64::from(round) * 7) % 8 {
			0 => 2,
			1 if definition.max_rounds() > 1 => 3,
			2 => 1,
			_ => 0,
		};
		let counted = self.counted.get_mut(&id).expect("it is there");
		let votes = counted.votes.entry(round).or_default();
		let (from, now) = (counted.horizon, World::now());
		for _ in 0..self.dice.within(0..=2 + u64::from(joined) / 4) {
			if from >= now {
				break;
			}
			let reporter = self.dice.within(0..=u64::from(joined) - 1) as u32;
			let choice = match self.dice.within(0..=9) {
				8 => 0,
				9 => self.dice.within(0..=2) as usize,
				_ => usual,
			};
			let excused = round == 0 && self.dice.one_in(12);
			let tag = if excused { excuse_tag(&genesis(), id) } else { tags[choice] };
			let at = self.dice.within(from + 1..=now);
			// One answer of each, but for the few who are false.
			if self.dice.one_in(40) || votes.iter().all(|vote| vote.reporter != reporter) {
				votes.push(Vote { reporter, tag, at });
			}
		}
	}

	/// Counts as committees do: by the runtime's own rules.
	fn evaluate(&mut self, id: FeedId, round: Round) {
		let committee = committee(id);
		let present = self.present(&committee);
		if (present.len() as u32) < committee.quorum() {
			return;
		}
		let counted = self.counted.get_mut(&id).expect("it is there");
		let pushed = counted.pushed.get(&round).copied();
		if counted.finals.contains_key(&round) {
			return;
		}
		let now = World::now();
		counted.horizon = now;
		let votes = counted.votes.get(&round).cloned().unwrap_or_default();
		let first = counted.finals.get(&0);
		let before = Before {
			previous: pushed.map(|(previous, _)| previous),
			excused: first.map(|first| first.excused.clone()).unwrap_or_default(),
		};
		let Some(evaluation) = Markets::evaluate(id, round, &votes, &before, now) else { return };
		let sequence = pushed.map_or(1, |(_, sequence)| sequence + 1);
		let outcome = outcome(id, round, sequence, &evaluation);
		let Evaluation { at, result, agreed, push, .. } = evaluation;
		counted.pushed.insert(round, (Previous { at, result, agreed }, sequence));
		if push.is_final() {
			counted.details.insert(round, evaluation.detail);
			counted.finals.insert(round, outcome.clone());
		}
		let spare = present.len() as u64 - u64::from(committee.quorum());
		let signers = present.len() - self.dice.within(0..=spare) as usize;
		let certificate = sign(outcome, &committee, &present[..signers], &genesis());
		// Confirmations stay off chain, and of other pushes only the last is needed there.
		if push != Push::Confirmed && (push.is_final() || self.dice.one_in(2)) {
			self.counted.get_mut(&id).expect("it is there").pending.push(certificate);
		}
	}

	/// Final outcomes of feeds that still have their committees.
	pub(super) fn known_finals(&self) -> Vec<(FeedId, Outcome)> {
		let there = |id: &FeedId| crate::Committees::get(*id).is_some();
		let feeds = self.counted.iter().filter(|(id, _)| there(id));
		feeds
			.flat_map(|(id, of)| of.finals.values().map(|outcome| (*id, outcome.clone())))
			.collect()
	}

	/// Members whose nodes run.
	fn present(&self, committee: &Committee) -> Vec<MemberIndex> {
		let members = committee.members.iter().zip(0..);
		let runs = |key: &vald::Public| node_of(key).is_some_and(|node| self.alive[node]);
		members.filter(|(member, _)| runs(&member.vald)).map(|(_, index)| index).collect()
	}

	/// Hands in what waits, now and then something wrong before.
	fn submit(&mut self, id: FeedId, lies: bool) {
		let pending = std::mem::take(&mut self.counted.get_mut(&id).expect("it is there").pending);
		for certified in pending {
			let Outcome { round, sequence, .. } = certified.outcome;
			let known = eventum_markets::Outcomes::<Runtime>::get(id, round);
			if known.is_some_and(|known| known.is_final || known.sequence >= sequence) {
				continue;
			}
			let reports = eventum_markets::Feeds::<Runtime>::get(id)
				.is_some_and(|feed| matches!(feed.state, FeedState::Reporting { .. }));
			if !reports {
				continue;
			}
			if self.dice.one_in(3) {
				self.counted.get_mut(&id).expect("it is there").pending.push(certified);
				continue;
			}
			if self.dice.one_in(4) {
				self.submit_wrong(&certified);
			}
			let done = self.hand_in(certificate(&certified));
			assert!(done.is_ok() || lies, "an honest certificate: {done:?} {certified:?}");
			if done.is_ok() && self.dice.one_in(4) {
				self.hand_in_wrong(certificate(&certified), "the same certificate again");
			}
		}
	}

	/// What looks like this certificate and is none.
	fn submit_wrong(&mut self, good: &Certificate) {
		let committee = committee(good.outcome.feed);
		let quorum = committee.quorum() as usize;
		let mut few = good.clone();
		few.signatures.truncate(quorum - 1);
		self.hand_in_wrong(certificate(&few), "a certificate of too few");
		let mut twice = good.clone();
		twice.signatures[1] = twice.signatures[0];
		self.hand_in_wrong(certificate(&twice), "a certificate with a signature twice");
		let mut foreign = good.clone();
		let strangers = VALD.iter().filter(|pair| {
			committee.members.iter().all(|member| {
				let key: &ed25519::Public = member.vald.as_ref();
				*key != pair.public()
			})
		});
		if let Some(stranger) = strangers.into_iter().next() {
			foreign.signatures[0].1 = stranger.sign(&good.outcome.payload(&genesis()));
			self.hand_in_wrong(certificate(&foreign), "a certificate signed by a stranger");
		}
		let mut beyond = good.clone();
		let last = beyond.signatures.len() - 1;
		beyond.signatures[last].0 = 64;
		self.hand_in_wrong(certificate(&beyond), "a certificate of a member that is not there");
		let mut changed = good.clone();
		changed.outcome.start_event += 1;
		self.hand_in_wrong(certificate(&changed), "a certificate changed after it was signed");
		let members: Vec<_> = good.signatures.iter().map(|(member, _)| *member).collect();
		let other = sign(good.outcome.clone(), &committee, &members, &Hash::zero());
		self.hand_in_wrong(certificate(&other), "a certificate of another chain");
		let mut counts = good.outcome.clone();
		counts.agreed = counts.total + 1;
		let counts = sign(counts, &committee, &members, &genesis());
		self.hand_in_wrong(certificate(&counts), "a certificate of more than all");
		let mut old = good.outcome.clone();
		old.sequence = 0;
		let old = sign(old, &committee, &members, &genesis());
		self.hand_in_wrong(certificate(&old), "a certificate of no sequence");
	}

	/// Members that were not among the first sign the same outcome.
	fn sign_late(&mut self, id: FeedId) {
		if !self.dice.one_in(6) {
			return;
		}
		let Some(counted) = self.counted.get(&id) else { return };
		let finals: Vec<_> =
			counted.finals.iter().map(|(round, of)| (*round, of.clone())).collect();
		// A feed that excuses end is over at once.
		let Some(committee) = crate::Committees::get(id) else { return };
		let present = self.present(&committee);
		for (round, outcome) in finals {
			let Some(known) = eventum_markets::Outcomes::<Runtime>::get(id, round) else {
				continue;
			};
			let news = present.iter().any(|member| known.signers & (1 << member) == 0);
			if !known.is_final || known.payload != outcome.payload(&genesis()) {
				continue;
			}
			let late = sign(outcome, &committee, &present, &genesis());
			let enough = present.len() as u32 >= committee.quorum();
			assert_eq!(self.hand_in(certificate(&late)).is_ok(), news && enough);
		}
	}

	/// Tells the chain who voted.
	fn tell(&mut self, id: FeedId, joined: u32, course: &Course) {
		let Some(counted) = self.counted.get(&id) else { return };
		let character = counted.character;
		if character == Character::Mute {
			return;
		}
		let details = counted.details.clone();
		for round in 0..course.finals {
			let Some(known) = eventum_markets::Outcomes::<Runtime>::get(id, round) else {
				continue;
			};
			let Some(told) = details.get(&round) else { continue };
			if known.reckoned || known.total == 0 || self.dice.one_in(2) {
				continue;
			}
			if self.dice.one_in(3) {
				let mut wrong = told.clone();
				let index = self.dice.within(0..=u64::from(joined) - 1) as u32;
				wrong.agreed = Bits::new(joined);
				wrong.agreed.set(index);
				if wrong != *told {
					self.hand_in_wrong(detail(id, round, &wrong), "a detail of other votes");
				}
				self.hand_in_wrong(detail(id, round + 100, told), "a detail of no round");
			}
			let done = self.hand_in(detail(id, round, told));
			assert!(done.is_ok() || character == Character::False, "an honest detail: {done:?}");
		}
	}

	/// A quorum signs something, and some of it is even possible.
	fn lie(&mut self, id: FeedId, joined: u32, course: &Course) {
		if !self.dice.one_in(4) {
			return;
		}
		let Some(definition) = eventum_markets::Definitions::<Runtime>::get(id) else { return };
		let round = self.dice.within(0..=u64::from(definition.max_rounds())) as Round;
		let (outcome, told) = self.invent(id, &definition, joined, round, course);
		let members: Vec<MemberIndex> = (0..committee(id).members.len() as MemberIndex).collect();
		let certified = sign(outcome, &committee(id), &members, &genesis());
		if self.hand_in(certificate(&certified)).is_ok() {
			let counted = self.counted.get_mut(&id).expect("it is there");
			counted.details.insert(round, told);
		}
	}

	fn invent(
		&mut self,
		id: FeedId,
		definition: &Definition,
		joined: u32,
		round: Round,
		course: &Course,
	) -> (Outcome, Detail) {
		let Visibility::Public { tag_key, .. } = &definition.visibility;
		let result = match self.dice.within(0..=5) {
			0 => RoundResult::None,
			1 => RoundResult::Undetermined,
			2 => RoundResult::Stop,
			_ => RoundResult::Agreed(tag(tag_key, &genesis(), id, round, &YES)),
		};
		let (mut voted, mut agreed, mut times) = (Bits::new(joined), Bits::new(joined), Vec::new());
		for index in 0..joined {
			if self.dice.one_in(8) {
				continue;
			}
			voted.set(index);
			times.push(Compact(self.dice.within(0..=100_000) as u32));
			if result == RoundResult::None || !self.dice.one_in(6) {
				agreed.set(index);
			}
		}
		let told = Detail { voted, agreed, times: times.try_into().unwrap() };
		let ended_by = *self
			.dice
			.of(&[EndedBy::All, EndedBy::Share, EndedBy::Quiet, EndedBy::At])
			.expect("there are four");
		let rules = Markets::rules(id).expect("it reports");
		let ends_feed = rules.ends_feed(round, &result, ended_by) != self.dice.one_in(10);
		let push = match self.dice.within(0..=5) {
			0 => Push::Provisional,
			1 => Push::Corrected,
			_ => Push::Final { ended_by, ends_feed },
		};
		let at = World::now().min(course.end);
		let is = |wanted| result == wanted;
		let invented = Outcome {
			feed: id,
			round,
			sequence: self.dice.within(0..=5) as Sequence,
			view: 0,
			block: Hash::repeat_byte(3),
			spec_version: 1,
			cut: Hash::repeat_byte(4),
			push,
			result,
			agreed: if is(RoundResult::None) { 0 } else { told.agreed.count() },
			total: told.voted.count() + u32::from(self.dice.one_in(10)),
			at,
			first_at: at.saturating_sub(self.dice.within(0..=10_000)),
			start_event: at,
			answer: match result {
				RoundResult::Agreed(_) => YES.to_vec().try_into().unwrap(),
				_ => Default::default(),
			},
			detail: told.hash(),
			excused: course.excused.clone(),
		};
		(invented, told)
	}
}

/// The outcome that an evaluation comes to, as leaders make it.
fn outcome(feed: FeedId, round: Round, sequence: Sequence, evaluation: &Evaluation) -> Outcome {
	let Evaluation { push, result, agreed, total, at, first_at, start_event, .. } = evaluation;
	let answer = match result {
		RoundResult::Agreed(agreed) => {
			let definition = eventum_markets::Definitions::<Runtime>::get(feed).unwrap();
			let Visibility::Public { tag_key, .. } = &definition.visibility;
			let mut answers = [YES, NO].into_iter();
			answers
				.find(|answer| tag(tag_key, &genesis(), feed, round, answer) == *agreed)
				.expect("one of the two")
				.to_vec()
		}
		_ => Vec::new(),
	};
	Outcome {
		feed,
		round,
		sequence,
		view: 0,
		block: Hash::repeat_byte(1),
		spec_version: 1,
		cut: Hash::repeat_byte(2),
		push: *push,
		result: *result,
		agreed: *agreed,
		total: *total,
		at: *at,
		first_at: *first_at,
		start_event: *start_event,
		answer: answer.try_into().unwrap(),
		detail: evaluation.detail.hash(),
		excused: evaluation.excused.clone(),
	}
}

/// The certificate of these members.
fn sign(
	outcome: Outcome,
	committee: &Committee,
	members: &[MemberIndex],
	genesis: &Hash,
) -> Certificate {
	let payload = outcome.payload(genesis);
	let signatures = members.iter().map(|index| {
		let node = node_of(&committee.members[usize::from(*index)].vald).unwrap();
		(*index, VALD[node].sign(&payload))
	});
	let signatures = signatures.collect::<Vec<_>>().try_into().unwrap();
	Certificate { outcome, signatures }
}
