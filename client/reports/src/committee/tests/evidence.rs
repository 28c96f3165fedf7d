// SPDX-License-Identifier: Apache-2.0

//! What members find out about each other, and that it is what the chain takes as proof.

use super::{book::*, lies::Lie, play::*};
use crate::committee::*;
use eventum_primitives::{
	fault::{FaultError, Lie as Kind, Proof, Trail},
	log::{chain, Head, Receipt},
};
use eventum_wire::message::LogUpdate;

/// A receipt that a member gave, as it stands on its disk.
fn receipt(play: &Play, member: MemberIndex, report: Hash) -> Receipt {
	let entry = play.disks[usize::from(member)].iter().find_map(|write| match write {
		Write::Entry(_, _, entry) if entry.report == report => Some(*entry),
		_ => None,
	});
	let at = entry.expect("the member has it").at;
	let payload = Receipt::payload(&GENESIS, FEED, 0, report, at);
	let signature = play.book.sign(member, &payload);
	Receipt { feed: FEED, round: 0, report, at, member, signature }
}

/// Log updates of a liar with entries at these times.
struct Log {
	entries: Vec<LogEntry>,
}

impl Log {
	fn new(salt: u64, times: &[Moment]) -> Self {
		let entry = |(place, at): (usize, &Moment)| LogEntry {
			report: Hash::from_low_u64_be(salt << 16 | place as u64),
			at: *at,
		};
		Self { entries: times.iter().enumerate().map(entry).collect() }
	}

	/// The head of the first entries, with those from `from` on.
	fn update(
		&self,
		play: &Play,
		number: u32,
		from: usize,
		length: usize,
		upto: Moment,
	) -> Message {
		let covered = &self.entries[..length];
		let hash = covered.iter().fold(Hash::zero(), |hash, entry| chain(&hash, entry));
		let head = Head { feed: FEED, round: 0, number, length: length as u32, hash, upto };
		let head = play.publish(LIAR, head);
		Message::Log(LogUpdate { head, from: from as u32, entries: covered[from..].to_vec() })
	}
}

const LIAR: MemberIndex = 3;

/// Three honest members; the fourth says nothing by itself.
fn three_and_a_liar() -> Play {
	let mut play = Play::new(4, rules(4));
	play.corrupt([LIAR], Lie::Silent);
	play
}

fn kinds(play: &Play) -> Vec<Kind> {
	assert!(play.convicted().iter().all(|member| *member == LIAR));
	let faults = play.faults.iter().flat_map(|known| known.values());
	faults.map(|fault| fault.lie()).collect()
}

#[test]
fn two_heads_of_one_number_are_found_in_a_relayed_log() {
	let mut play = three_and_a_liar();
	let (one, other) = (Log::new(1, &[10, 20]), Log::new(2, &[10, 20]));
	play.deliver(LIAR, 0, one.update(&play, 1, 0, 2, 20));
	play.deliver(LIAR, 1, other.update(&play, 1, 0, 2, 20));
	assert!(kinds(&play).is_empty(), "each has seen one");
	// Member 1 passes on what it has, as it does when it leads.
	play.deliver(1, 0, other.update(&play, 1, 0, 2, 20));
	play.run(20, |_| false);
	assert_eq!(kinds(&play), [Kind::Logs; 3], "all honest members have the proof");
}

#[test]
fn logs_whose_heads_never_have_one_number_are_found_too() {
	let mut play = three_and_a_liar();
	let (one, other) = (Log::new(1, &[10, 20, 30]), Log::new(2, &[10, 20, 30]));
	play.deliver(LIAR, 0, one.update(&play, 1, 0, 1, 10));
	play.deliver(LIAR, 0, one.update(&play, 3, 1, 3, 30));
	play.deliver(LIAR, 1, other.update(&play, 2, 0, 2, 20));
	// Older than what member 0 has of the log.
	play.deliver(1, 0, other.update(&play, 2, 0, 2, 20));
	assert_eq!(play.faults[0][&LIAR].lie(), Kind::Logs);

	let mut play = three_and_a_liar();
	play.deliver(LIAR, 0, one.update(&play, 1, 0, 2, 20));
	play.deliver(LIAR, 1, other.update(&play, 2, 0, 3, 30));
	// Newer, and no continuation: member 0 cannot tell, but who showed it can.
	play.deliver(1, 0, other.update(&play, 2, 0, 3, 30));
	assert!(play.faults[0].is_empty());
	play.run(20, |_| false);
	assert_eq!(kinds(&play), [Kind::Logs; 3]);
}

#[test]
fn entries_behind_a_promise_and_promises_taken_back_are_found() {
	let log = Log::new(1, &[10, 20, 30]);
	let mut play = three_and_a_liar();
	play.deliver(LIAR, 0, log.update(&play, 2, 0, 2, 40));
	play.deliver(LIAR, 0, log.update(&play, 3, 2, 3, 30));
	assert_eq!(play.faults[0][&LIAR].lie(), Kind::Logs, "the promise fell from 40 to 30");

	let mut play = three_and_a_liar();
	play.deliver(LIAR, 0, log.update(&play, 2, 0, 3, 40));
	play.deliver(LIAR, 0, log.update(&play, 3, 0, 2, 40));
	assert_eq!(play.faults[0][&LIAR].lie(), Kind::Logs, "an entry was taken back");

	let mut play = three_and_a_liar();
	play.deliver(LIAR, 0, log.update(&play, 2, 0, 2, 40));
	play.deliver(1, 0, log.update(&play, 2, 0, 2, 30));
	assert_eq!(play.faults[0][&LIAR].lie(), Kind::Logs, "two promises of one number");

	// An entry at 30 after 35 was promised: member 0 refuses it, member 1 had not heard the promise.
	let mut play = three_and_a_liar();
	play.deliver(LIAR, 0, log.update(&play, 2, 0, 2, 35));
	play.deliver(LIAR, 1, log.update(&play, 3, 0, 3, 40));
	play.deliver(1, 0, log.update(&play, 3, 0, 3, 40));
	play.run(20, |_| false);
	assert_eq!(kinds(&play), [Kind::Logs; 3]);
}

#[test]
fn what_is_not_signed_accuses_nobody() {
	let mut play = three_and_a_liar();
	let (one, other) = (Log::new(1, &[10, 20]), Log::new(2, &[10, 20]));
	play.deliver(LIAR, 0, one.update(&play, 1, 0, 2, 20));
	let Message::Log(mut forged) = other.update(&play, 1, 0, 2, 20) else { unreachable!() };
	forged.head.signature = Default::default();
	play.deliver(1, 0, Message::Log(forged));
	// Entries that are not the log's are the relayer's mistake, not the member's.
	let Message::Log(mut garbled) = one.update(&play, 2, 0, 2, 30) else { unreachable!() };
	garbled.entries = other.entries.clone();
	garbled.from = 2;
	play.deliver(1, 0, Message::Log(garbled));
	let proof = Proof::Logs {
		earlier: play.publish(LIAR, head_of(&one)),
		later: play.publish(LIAR, head_of(&one)),
		trail: Trail::default(),
	};
	let fault = Fault { feed: FEED, member: LIAR, proof };
	let verify = eventum_wire::ed25519_verify;
	let judged = fault.verify(&GENESIS, &play.setup.committee, verify);
	assert_eq!(judged, Err(FaultError::NoContradiction));
	play.deliver(1, 0, Message::Fault(Box::new(fault)));
	play.run(20, |_| false);
	assert!(kinds(&play).is_empty());
}

fn head_of(log: &Log) -> Head {
	let hash = log.entries.iter().fold(Hash::zero(), |hash, entry| chain(&hash, entry));
	Head { feed: FEED, round: 0, number: 1, length: log.entries.len() as u32, hash, upto: 20 }
}

#[test]
fn an_absurdly_long_log_is_not_followed() {
	let mut play = three_and_a_liar();
	// Four reporters and four members: 32 entries.
	let log = Log::new(1, &[10; 33]);
	play.deliver(LIAR, 0, log.update(&play, 1, 0, 33, 20));
	play.run(40, |play| !play.queue.is_empty());
	assert!(play.queue.is_empty(), "nothing of it is asked for");
	play.deliver(LIAR, 0, log.update(&play, 1, 0, 32, 20));
	play.run(40, |play| !play.queue.is_empty());
	assert!(!play.queue.is_empty(), "now reports are asked for");
}

#[test]
fn a_receipt_that_the_log_lacks_convicts_before_and_after_the_log_shows_it() {
	for shown_first in [true, false] {
		let mut play = Play::new(4, rules(4));
		play.corrupt([LIAR], Lie::LeaveOut);
		let lost = play.report(&[LIAR], 0, 0, 1);
		let kept = play.report(&[LIAR], 0, 1, 1);
		let (lost, kept) = (receipt(&play, LIAR, lost), receipt(&play, LIAR, kept));
		if shown_first {
			play.show(0, lost.clone());
			play.show(0, kept.clone());
		}
		play.run(200, |_| false);
		play.report(&[0], 0, 2, 1);
		play.run(200, |_| false);
		if !shown_first {
			play.show(0, kept);
			play.run(100, |_| false);
			assert!(kinds(&play).is_empty(), "an honest receipt");
			play.show(0, lost);
		}
		play.run(100, |_| false);
		assert_eq!(kinds(&play), [Kind::Receipt; 3], "shown first: {shown_first}");
	}
}

#[test]
fn honest_receipts_convict_nobody_at_any_time() {
	for seed in 0..8 {
		let mut play = Play::seeded(4, rules(6), seed);
		let mut receipts = Vec::new();
		for reporter in 0..6 {
			let to = play.dice.below(4) as MemberIndex;
			let report = play.report(&[to], 0, reporter, 1);
			receipts.push(receipt(&play, to, report));
			play.run(8, |_| false);
			let shown = receipts[play.dice.below(receipts.len() as u64) as usize].clone();
			for member in play.members() {
				play.show(member, shown.clone());
			}
		}
		play.run(10_000, |play| play.all_have(0));
		for receipt in receipts {
			for member in play.members() {
				play.show(member, receipt.clone());
			}
		}
		assert!(play.convicted().is_empty(), "seed {seed}");
	}
}
