// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::testing::*;
use eventum_primitives::{
	apis::{FeedView, Stage},
	definition::EventKind,
	report::{Body, ReportKey},
	value::Answer as Said,
};
use eventum_wire::{
	client::make_excuse,
	seal::{seal_answer, seal_receipt, seal_report, SecretKey},
	Receipt,
};
use sp_core::{ed25519, Pair};
use std::{cell::RefCell, collections::VecDeque};

/// An intake whose worker is the test.
struct Node {
	intake: Intake,
	table: FeedTable,
	worker: async_channel::Receiver<Input>,
	/// What came in one batch and was not looked at yet.
	left: RefCell<VecDeque<Verified>>,
}

const CONFIG: Config =
	Config { openers: 2, verifiers: 2, envelope_memory: 1 << 20, peer_memory: 1 << 20 };

fn node_with(view: FeedView, config: Config) -> Node {
	let (input, worker) = async_channel::bounded(1_024);
	let table = FeedTable::default();
	table.insert(served(feed(), view));
	let intake =
		Intake::start(genesis(), table.clone(), input, config, Metrics::default()).unwrap();
	Node { intake, table, worker, left: Default::default() }
}

fn node() -> Node {
	node_with(view(series()), CONFIG)
}

fn envelope(member: u8, report: &Report) -> Envelope {
	seal_report(&intake_key(member).public(), &genesis(), member, report).unwrap()
}

fn receipt(member: u8, report: Hash) -> Receipt {
	let (feed, round) = (feed(), 0);
	Receipt { feed, round, report, at: 5, member, signature: Default::default() }
}

impl Node {
	/// Hands an envelope in; the worker does not see it.
	fn refusal(&self, envelope: Envelope) -> IntakeError {
		let error = block_on(self.intake.submit(envelope)).unwrap_err();
		assert!(self.worker.is_empty());
		error
	}

	fn refusal_of(&self, report: &Report) -> IntakeError {
		self.refusal(envelope(1, report))
	}

	fn next(&self) -> Input {
		self.worker.recv_blocking().unwrap()
	}

	fn verified(&self) -> Verified {
		let mut left = self.left.borrow_mut();
		if left.is_empty() {
			match self.next() {
				Input::Verified(reports) => left.extend(reports),
				other => panic!("{other:?}"),
			}
		}
		left.pop_front().unwrap()
	}

	fn repeated(&self) -> Repeated {
		match self.next() {
			Input::Repeated(repeated) => repeated,
			other => panic!("{other:?}"),
		}
	}
}

fn respond(source: Source, answer: Answer) {
	match source {
		Source::Envelope { respond, .. } => respond.send(answer).unwrap(),
		Source::Peer(_) => panic!("nobody waits"),
	}
}

#[test]
fn a_good_report_reaches_the_worker_and_its_receipt_the_client() {
	let node = node();
	for reporter in [0, 1] {
		let report = report_of(feed(), 0, reporter, 7);
		let answer = node.intake.offer(envelope(2, &report)).unwrap();
		let verified = node.verified();
		assert_eq!((verified.feed, verified.round, verified.reporter), (feed(), 0, reporter));
		assert_eq!((verified.hash, verified.tag), (report.hash(), report.body.tag));
		assert_eq!(*verified.report, report);
		assert_eq!(verified.earlier, None);
		assert!(matches!(verified.source, Source::Envelope { member: 2, .. }));
		assert!(node.intake.memory_used() > 0);
		respond(verified.source, Ok(receipt(2, report.hash())));
		drop(verified.permit);
		assert_eq!(block_on(answer).unwrap(), Ok(receipt(2, report.hash())));
	}
	assert_eq!(node.intake.memory_used(), 0);
}

#[test]
fn whatever_is_wrong_is_named() {
	use IntakeError as E;
	let node = node();
	let good = report_of(feed(), 0, 3, 7);
	let elsewhere = FeedId { market: 99, index: 0 };
	assert_eq!(node.refusal(Envelope { feed: elsewhere, ..envelope(1, &good) }), E::UnknownFeed);
	assert_eq!(node.refusal(envelope(0, &good)), E::UnknownMember, "a member elsewhere");
	assert_eq!(node.refusal(envelope(77, &good)), E::UnknownMember);
	assert_eq!(node.refusal(Envelope { member: 2, ..envelope(1, &good) }), E::WrongIntakeKey);
	assert_eq!(node.refusal_of(&report_of(feed(), 2, 3, 7)), E::WrongRound);
	assert_eq!(node.refusal_of(&report_of(feed(), 3, 3, 7)), E::WrongRound);
	assert_eq!(node.refusal_of(&report_of(feed(), 0, 150, 7)), E::NotJoined);

	let changed = |change: &dyn Fn(&mut Body)| {
		let mut body = good.body.clone();
		change(&mut body);
		signed(3, body)
	};
	let unsigned = Report { signature: [1; 64], ..good.clone() };
	assert_eq!(node.refusal_of(&unsigned), E::BadSignature);
	let by_another = Report { signature: sign(5, &good.body.signed_bytes()), ..good.clone() };
	assert_eq!(node.refusal_of(&by_another), E::BadSignature);
	let foreign = changed(&|body| body.genesis = Hash::zero());
	assert_eq!(node.refusal_of(&foreign), E::ForeignGenesis);
	let other_tag = changed(&|body| body.tag = Hash::repeat_byte(1));
	assert_eq!(node.refusal_of(&other_tag), E::TagMismatch, "sealed for another tag");
	let rubbish = changed(&|body| body.sealed = vec![1; 65].try_into().unwrap());
	assert_eq!(node.refusal_of(&rubbish), E::TagMismatch);

	let saying = |tag: Hash, padded: &[u8]| {
		let access = SecretKey::new(&[2; 32]).public();
		let sealed =
			seal_answer(&access, &genesis(), feed(), 0, &account(3), &tag, padded).unwrap();
		changed(&|body| {
			body.tag = tag;
			body.sealed = sealed.clone().try_into().unwrap();
		})
	};
	let lie = saying(Hash::repeat_byte(2), &[0; 17]);
	assert_eq!(node.refusal_of(&lie), E::TagMismatch, "well sealed, but not what the tag says");
	assert_eq!(node.refusal_of(&saying(good.body.tag, &[0; 9])), E::WrongType);
	assert_eq!(node.refusal_of(&saying(good.body.tag, &[3; 17])), E::WrongType);
}

#[test]
fn what_comes_after_its_round_is_late_unless_the_worker_has_it() {
	let node = node();
	let served = node.table.get(feed()).unwrap();
	let close: [&dyn Fn(); 2] =
		[&|| served.set_round(1, Default::default()), &|| served.set_over()];
	for (round, close) in (0..).zip(close) {
		let report = report_of(feed(), round, 3, 7);
		served.note(round, 3, report.hash(), report.body.tag);
		close();
		for answer in [Ok(receipt(2, report.hash())), Err(IntakeError::Late)] {
			let again = node.intake.offer(envelope(2, &report)).unwrap();
			let repeated = node.repeated();
			assert_eq!((repeated.round, repeated.hash), (round, report.hash()));
			repeated.respond.send(answer.clone()).unwrap();
			assert_eq!(block_on(again).unwrap(), answer);
		}
		node.intake.offer_report(PeerId::random(), report).unwrap();
	}
	std::thread::sleep(Duration::from_millis(200));
	assert!(node.worker.is_empty(), "members are not answered");
}

#[test]
fn what_was_signed_for_another_chain_is_not_taken_from_members_either() {
	let node = node();
	// Nothing is sealed in an excuse: that it is of this chain its genesis alone tells.
	let foreign = Hash::repeat_byte(1);
	let excuse = make_excuse(&foreign, feed(), &account(3), 7, |message| sign(3, message));
	node.intake.offer_report(PeerId::random(), excuse).unwrap();
	std::thread::sleep(Duration::from_millis(200));
	assert!(node.worker.is_empty());
}

#[test]
fn a_shown_receipt_is_checked_and_goes_to_the_worker() {
	let node = node();
	let receipt = |member: u8, key: u8| {
		let (feed, round, report, at) = (feed(), 0, Hash::repeat_byte(3), 5);
		let payload = Receipt::payload(&genesis(), feed, round, report, at);
		let signature = sp_core::Pair::sign(&vald(key), &payload);
		Receipt { feed, round, report, at, member, signature }
	};
	let shown = |receipt: &Receipt| {
		let intake = intake_key(1).public();
		let envelope = seal_receipt(&intake, &genesis(), 1, receipt).unwrap();
		block_on(node.intake.submit(envelope))
	};
	assert_eq!(shown(&receipt(3, 2)), Err(IntakeError::BadSignature));
	assert_eq!(shown(&receipt(9, 2)), Err(IntakeError::UnknownMember));
	assert!(node.worker.is_empty());
	assert_eq!(shown(&receipt(3, 3)), Ok(receipt(3, 3)));
	assert!(matches!(node.next(), Input::Shown(shown) if shown == receipt(3, 3)));
	// The answer comes just before its memory is free.
	while node.intake.memory_used() > 0 {
		std::thread::yield_now();
	}
}

#[test]
fn the_wrong_time_is_named() {
	let good = report_of(feed(), 0, 3, 7);
	let early = FeedView { reporting_from: Some(u64::MAX), ..view(series()) };
	assert_eq!(node_with(early, CONFIG).refusal_of(&good), IntakeError::TooEarly);
	let drawing = FeedView { stage: Stage::Drawing, ..view(series()) };
	assert_eq!(node_with(drawing, CONFIG).refusal_of(&good), IntakeError::TooEarly);
	let settling = FeedView { stage: Stage::Settling, ..view(series()) };
	let late = node_with(settling, CONFIG);
	let answer = late.intake.offer(envelope(1, &good)).unwrap();
	late.repeated().respond.send(Err(IntakeError::Late)).unwrap();
	assert_eq!(block_on(answer).unwrap(), Err(IntakeError::Late));
	let single = node_with(view(EventKind::Single), CONFIG);
	let stop = report_saying(feed(), 0, 3, &Said::Stop);
	assert_eq!(single.refusal_of(&stop), IntakeError::WrongType, "there is no series to stop");
	assert_eq!(single.refusal_of(&report_of(feed(), 1, 3, 7)), IntakeError::WrongRound);
}

#[test]
fn a_report_that_comes_again_is_verified_once() {
	let node = node();
	let report = report_of(feed(), 0, 4, 7);
	let _first = node.intake.offer(envelope(1, &report)).unwrap();
	assert_eq!(node.verified().hash, report.hash());
	let again = node.intake.offer(envelope(2, &report)).unwrap();
	let repeated = node.repeated();
	assert_eq!((repeated.hash, repeated.member), (report.hash(), 2));
	repeated.respond.send(Ok(receipt(2, report.hash()))).unwrap();
	assert_eq!(block_on(again).unwrap(), Ok(receipt(2, report.hash())));

	let later = signed(4, Body { sent_at: 8, ..report.body.clone() });
	assert_ne!(later.hash(), report.hash());
	let _again = node.intake.offer(envelope(1, &later)).unwrap();
	assert_eq!(node.repeated().hash, report.hash(), "the same answer in another body");

	node.intake.offer_report(PeerId::random(), report).unwrap();
	node.intake.offer_report(PeerId::random(), later.clone()).unwrap();
	let verified = node.verified();
	assert_eq!(verified.hash, later.hash(), "it may be in the other member's log");
	assert_eq!(verified.earlier, None);
	assert!(matches!(verified.source, Source::Peer(_)));
}

#[test]
fn two_answers_come_with_each_other_and_no_third() {
	let node = node();
	let [first, second, third] = [7, 8, 9].map(|value| report_of(feed(), 0, 4, value));
	let _one = node.intake.offer(envelope(1, &first)).unwrap();
	assert_eq!(node.verified().earlier, None);
	let _two = node.intake.offer(envelope(1, &second)).unwrap();
	assert_eq!(node.verified().earlier, Some(first.hash()));
	assert_eq!(node.refusal_of(&third), IntakeError::DoubleAnswer);
	let next = report_of(feed(), 1, 4, 9);
	let _next = node.intake.offer(envelope(1, &next)).unwrap();
	assert_eq!(node.verified().earlier, None, "each round by itself");

	let bodies = (0..20).map(|sent_at| signed(4, Body { sent_at, ..third.body.clone() }));
	for body in bodies {
		node.intake.offer_report(PeerId::random(), body).unwrap();
	}
	for _ in 0..6 {
		assert_eq!(node.verified().earlier, Some(first.hash()));
	}
	std::thread::sleep(Duration::from_millis(200));
	assert!(node.worker.is_empty(), "two for each of the four members");
}

#[test]
fn what_was_stored_is_known_after_a_restart() {
	let node = node();
	let report = report_of(feed(), 0, 4, 7);
	node.table.get(feed()).unwrap().note(0, 4, report.hash(), report.body.tag);
	let _answer = node.intake.offer(envelope(1, &report)).unwrap();
	assert_eq!(node.repeated().hash, report.hash());
	let other = report_of(feed(), 0, 4, 8);
	let _answer = node.intake.offer(envelope(1, &other)).unwrap();
	assert_eq!(node.verified().earlier, Some(report.hash()));
	node.table.insert(served(feed(), view(series())));
	let _answer = node.intake.offer(envelope(1, &report)).unwrap();
	assert_eq!(node.repeated().hash, report.hash(), "a newer view of the feed changes nothing");
}

#[test]
fn forgers_do_not_harm_others() {
	let node = node();
	let mut answers = Vec::new();
	for reporter in 0..90 {
		let mut report = report_of(feed(), 0, reporter, 7);
		if reporter % 10 == 3 {
			report.signature[5] ^= 1;
		}
		answers.push((reporter, node.intake.offer(envelope(1, &report)).unwrap()));
	}
	let mut good: Vec<_> = (0..81).map(|_| node.verified().reporter).collect();
	good.sort_unstable();
	assert_eq!(good, (0..90).filter(|reporter| reporter % 10 != 3).collect::<Vec<_>>());
	for (reporter, answer) in answers {
		if reporter % 10 == 3 {
			assert_eq!(block_on(answer).unwrap(), Err(IntakeError::BadSignature));
		}
	}
}

#[test]
fn memory_is_bounded_and_given_back() {
	let config = Config { envelope_memory: 20_000, ..CONFIG };
	let node = node_with(view(series()), config);
	let mut held = Vec::new();
	let mut offered = 0;
	let full = loop {
		match node.intake.offer(envelope(1, &report_of(feed(), 0, offered, 7))) {
			Ok(answer) => held.push(answer),
			Err(error) => break error,
		}
		offered += 1;
	};
	assert_eq!(full, IntakeError::Overloaded);
	assert!(node.intake.memory_used() <= 20_000);
	let peer = node.intake.offer_report(PeerId::random(), report_of(feed(), 0, 99, 7));
	assert_eq!(peer, Ok(()), "members have room of their own");
	for _ in 0..=offered {
		drop(node.verified());
	}
	assert_eq!(node.intake.memory_used(), 0);
	assert!(node.intake.offer(envelope(1, &report_of(feed(), 0, 98, 7))).is_ok());
}

#[test]
fn a_member_that_floods_keeps_nobody_out() {
	let node = node_with(view(series()), Config { peer_memory: 20_000, ..CONFIG });
	let (flood, honest) = (PeerId::random(), PeerId::random());
	let mut forged = report_of(feed(), 0, 1, 7);
	forged.signature[5] ^= 1;
	for sent_at in 0..2_000 {
		forged.body.sent_at = sent_at;
		let taken = node.intake.offer_report(flood, forged.clone());
		assert!(matches!(taken, Ok(()) | Err(IntakeError::Overloaded)), "{taken:?}");
		assert!(node.intake.memory_used() <= 20_000);
	}
	let _answer = node.intake.offer(envelope(1, &report_of(feed(), 0, 4, 7))).unwrap();
	// What of another member there was no room for is asked for again.
	while node.intake.offer_report(honest, report_of(feed(), 0, 5, 7)).is_err() {
		std::thread::sleep(Duration::from_millis(1));
	}
	let mut good = [node.verified().reporter, node.verified().reporter];
	good.sort_unstable();
	assert_eq!(good, [4, 5]);
}

#[test]
fn batches_wait_only_a_moment() {
	let node = node();
	let started = Instant::now();
	let _answer = node.intake.offer(envelope(1, &report_of(feed(), 0, 4, 7))).unwrap();
	node.verified();
	assert!(started.elapsed() < Duration::from_millis(200));
}

#[test]
fn an_envelope_that_waited_too_long_costs_no_work() {
	let (worker, _inputs) = async_channel::bounded(1);
	let (genesis, metrics) = (genesis(), Metrics::default());
	let stages = Stages { genesis, worker, hand_over: Mutex::new(()), metrics };
	let arrived = |age| {
		let (respond, answer) = oneshot::channel();
		let arrived = Arrived::Envelope {
			served: Arc::new(served(feed(), view(series()))),
			envelope: envelope(1, &report_of(feed(), 0, 4, 7)),
			at: Instant::now().checked_sub(age).unwrap(),
			respond,
			permit: Memory::new(1_000).take(1_000).unwrap(),
		};
		(arrived, answer)
	};
	let (fresh, _answer) = arrived(STALE / 2);
	assert!(stages.open(fresh).is_some());
	let (stale, answer) = arrived(STALE * 2);
	assert!(stages.open(stale).is_none());
	assert_eq!(block_on(answer).unwrap(), Err(IntakeError::Overloaded));
}

#[test]
fn what_members_lack_goes_before_what_clients_bring() {
	let (reports, arrived_reports) = async_channel::unbounded();
	let (envelopes, arrived_envelopes) = async_channel::unbounded();
	let arrivals = Arrivals { reports: arrived_reports, envelopes: arrived_envelopes };
	let served = Arc::new(served(feed(), view(series())));
	let report = report_of(feed(), 0, 4, 7);
	let permit = || Memory::new(1).take(1).unwrap();
	for _ in 0..3 {
		let (respond, _) = oneshot::channel();
		let (served, envelope) = (served.clone(), envelope(1, &report));
		let at = Instant::now();
		let envelope = Arrived::Envelope { served, envelope, at, respond, permit: permit() };
		envelopes.try_send(envelope).unwrap();
	}
	let (peer, report) = (PeerId::random(), Box::new(report));
	let report = Arrived::Report { served, report, peer, permit: permit() };
	reports.try_send(report).unwrap();
	assert!(matches!(arrivals.next(), Some(Arrived::Report { .. })));
	for _ in 0..3 {
		assert!(matches!(arrivals.next(), Some(Arrived::Envelope { .. })));
	}
	assert!(arrivals.is_empty());
	drop(reports);
	assert!(arrivals.next().is_none(), "the node ends");
}

/// Reporter 3 with a second key since block 8, which `seed` makes.
fn rekeyed(seed: u8) -> ServedFeed {
	let mut reporters = reporters(100);
	let key = ed25519::Pair::from_seed(&[seed; 32]).public();
	reporters[3].keys.try_push((8, ReportKey::Ed25519(key))).unwrap();
	let (committee, local) = (Arc::new(committee()), served(feed(), view(series())).local);
	ServedFeed::new(feed(), Arc::new(view(series())), committee, local, &reporters, 0)
}

/// The same report, signed with another key.
fn signed_anew(report: &Report, seed: u8) -> Report {
	let pair = ed25519::Pair::from_seed(&[seed; 32]);
	Report { signature: pair.sign(&report.body.signed_bytes()).0, ..report.clone() }
}

#[test]
fn a_new_key_acts_from_the_round_that_a_block_with_it_opens() {
	let node = node();
	let table = node.table.insert(rekeyed(70));
	let old = |round| report_of(feed(), round, 3, 7);
	let new = |round| signed_anew(&old(round), 70);
	let taken = |report: &Report| {
		let answer = node.intake.offer(envelope(1, report)).unwrap();
		let verified = node.verified();
		respond(verified.source, Ok(receipt(1, verified.hash)));
		block_on(answer).unwrap().unwrap();
		verified.key
	};
	assert_eq!(node.refusal_of(&new(0)), IntakeError::BadSignature);
	assert_eq!(taken(&old(0)), 0);
	// Nobody knows yet which of them acts in the next round.
	assert_eq!(node.refusal_of(&old(1)), IntakeError::WrongRound);
	assert_eq!(node.refusal_of(&new(1)), IntakeError::WrongRound);
	table.set_round(1, Default::default());
	assert!(!table.open(1, 7), "block 7 has not been read here");
	assert_eq!(node.refusal_of(&old(1)), IntakeError::WrongRound);
	table.set_seen(9);
	assert!(table.open(1, 7));
	assert_eq!(node.refusal_of(&new(1)), IntakeError::BadSignature);
	assert_eq!(taken(&old(1)), 0);
	table.set_round(2, Default::default());
	assert!(table.open(2, 8));
	assert_eq!(node.refusal_of(&old(2)), IntakeError::BadSignature);
	assert_eq!(taken(&new(2)), 8);
}

#[test]
fn a_report_that_waits_is_of_use_if_its_key_still_acts() {
	let table = rekeyed(70);
	table.set_seen(9);
	assert!(table.open(1, 7));
	assert!(table.keeps_key(1, 3), "the change came later");
	assert!(table.open(2, 9));
	assert!(!table.keeps_key(2, 3) && table.keeps_key(2, 4));
	assert!(table.open(3, 9));
	assert!(table.keeps_key(3, 3), "it had its new key already");
	assert!(!table.keeps_key(1, 3), "nobody remembers that round");
}

fn excuse_of(reporter: JoinIndex) -> Report {
	make_excuse(&genesis(), feed(), &account(reporter), 7, |message| sign(reporter, message))
}

#[test]
fn an_excuse_is_taken_like_a_report_and_instead_of_one() {
	let node = node();
	let excuse = excuse_of(3);
	drop(node.intake.offer(envelope(1, &excuse)).unwrap());
	let verified = node.verified();
	assert_eq!((verified.reporter, verified.round, verified.earlier), (3, 0, None));
	assert_eq!(*verified.report, excuse);
	assert_eq!(node.refusal_of(&report_of(feed(), 0, 3, 7)), IntakeError::Excused);
	// Who reports first cannot be excused.
	drop(node.intake.offer(envelope(1, &report_of(feed(), 0, 4, 7))).unwrap());
	assert_eq!(node.verified().reporter, 4);
	assert_eq!(node.refusal_of(&excuse_of(4)), IntakeError::LateExcuse);
	// What others have in their logs is needed all the same, and proves nothing.
	node.intake.offer_report(PeerId::random(), report_of(feed(), 0, 3, 7)).unwrap();
	assert_eq!(node.verified().earlier, None);
	node.intake.offer_report(PeerId::random(), excuse_of(4)).unwrap();
	assert_eq!(node.verified().earlier, None);
}

#[test]
fn an_excuse_must_be_one_and_come_in_the_first_round() {
	let node = node();
	let changed = |change: &dyn Fn(&mut Body)| {
		let mut body = excuse_of(3).body;
		change(&mut body);
		signed(3, body)
	};
	let later = changed(&|body| body.round = 1);
	assert_eq!(node.refusal_of(&later), IntakeError::LateExcuse);
	let full = changed(&|body| body.sealed = vec![1].try_into().unwrap());
	assert_eq!(node.refusal_of(&full), IntakeError::WrongType);
	let by_another =
		Report { signature: sign(5, &excuse_of(3).body.signed_bytes()), ..excuse_of(3) };
	assert_eq!(node.refusal_of(&by_another), IntakeError::BadSignature);
	let table = node.table.get(feed()).unwrap();
	table.set_round(1, eventum_primitives::bits::Bits::of(100, [3]));
	assert!(table.open(1, 0));
	assert_eq!(node.refusal_of(&report_of(feed(), 1, 3, 7)), IntakeError::Excused);
}
