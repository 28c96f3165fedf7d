// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{
	committee::Member,
	outcome::{Push, RoundResult},
	signing::{payload, Kind},
	Round,
};
use alloc::{vec, vec::Vec};
use codec::Encode;
use sp_core::Pair;

const GENESIS: Hash = Hash::repeat_byte(7);
const FEED: FeedId = FeedId { market: 3, index: 1 };
const OTHER: FeedId = FeedId { market: 4, index: 1 };
const LIAR: MemberIndex = 2;

fn pair(member: MemberIndex) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[member + 1; 32])
}

fn committee() -> Committee {
	let members = (0..4).map(|index| Member {
		operator: [index; 32].into(),
		vald: pair(index).public().into(),
		intake: [0; 32],
		peer: Default::default(),
		accepted: true,
	});
	Committee {
		seed: Hash::zero(),
		members: members.collect::<Vec<_>>().try_into().unwrap(),
		collateral: 1,
	}
}

fn check(signature: &ed25519::Signature, message: &[u8], key: &ed25519::Public) -> bool {
	ed25519::Pair::verify(signature, message, key)
}

fn judged(proof: Proof) -> Result<(), FaultError> {
	Fault { feed: FEED, member: LIAR, proof }.verify(&GENESIS, &committee(), check)
}

fn outcome(view: u32, agreed: u32) -> Outcome {
	Outcome {
		feed: FEED,
		round: 5,
		sequence: 2,
		view,
		block: Hash::zero(),
		spec_version: 1,
		cut: Hash::zero(),
		push: Push::Provisional,
		result: RoundResult::None,
		agreed,
		total: 9,
		at: 1,
		first_at: 1,
		start_event: 1,
		answer: Default::default(),
		detail: Hash::zero(),
		excused: Default::default(),
	}
}

fn signed(outcome: Outcome) -> Box<SignedOutcome> {
	let signature = pair(LIAR).sign(&outcome.payload(&GENESIS));
	Box::new(SignedOutcome { outcome, signature })
}

/// A log of entries at these times; each is a report of its own unless `salt` is the same.
fn log(salt: u8, times: &[Moment]) -> Vec<LogEntry> {
	let entry = |(place, at): (usize, &Moment)| LogEntry {
		report: Hash::from_low_u64_be(u64::from(salt) << 32 | place as u64),
		at: *at,
	};
	times.iter().enumerate().map(entry).collect()
}

fn hash(entries: &[LogEntry]) -> Hash {
	entries.iter().fold(Hash::zero(), |hash, entry| chain(&hash, entry))
}

fn head(number: u32, entries: &[LogEntry], upto: Moment) -> Head {
	Head { feed: FEED, round: 5, number, length: entries.len() as u32, hash: hash(entries), upto }
}

/// The head as the liar publishes it, alone under its root.
fn published(head: Head) -> SignedHead {
	let root = sp_crypto_hashing::blake2_256(&(LIAR, head).encode()).into();
	let signature = pair(LIAR).sign(&payload(Kind::Head, &GENESIS, &root));
	SignedHead { member: LIAR, head, root, leaves: 1, leaf: 0, proof: vec![], signature }
}

fn trail(entries: &[LogEntry], from: usize) -> Trail {
	let entries_after = entries[from..].to_vec();
	Trail { before: hash(&entries[..from]), entries: entries_after.try_into().unwrap() }
}

fn logs(earlier: Head, later: Head, trail: Trail) -> Result<(), FaultError> {
	judged(Proof::Logs { earlier: published(earlier), later: published(later), trail })
}

fn receipt(report: Hash, at: Moment, round: Round) -> Receipt {
	let signature = pair(LIAR).sign(&Receipt::payload(&GENESIS, FEED, round, report, at));
	Receipt { feed: FEED, round, report, at, member: LIAR, signature }
}

fn receipted(receipt: Receipt, head: Head, trail: Trail) -> Result<(), FaultError> {
	judged(Proof::Receipt { receipt, head: published(head), trail })
}

#[test]
fn two_outcomes_of_one_view_are_a_proof() {
	let outcomes = |first, second| judged(Proof::Outcomes { first, second });
	let one = || signed(outcome(1, 3));
	assert_eq!(outcomes(one(), signed(outcome(1, 4))), Ok(()));
	assert_eq!(outcomes(one(), one()), Err(FaultError::NoContradiction));
	assert_eq!(outcomes(one(), signed(outcome(2, 4))), Err(FaultError::Unrelated), "other view");
	let next = Outcome { sequence: 3, ..outcome(1, 4) };
	assert_eq!(outcomes(one(), signed(next)), Err(FaultError::Unrelated));
	let round = Outcome { round: 6, ..outcome(1, 4) };
	assert_eq!(outcomes(one(), signed(round)), Err(FaultError::Unrelated));
	let foreign = |agreed| signed(Outcome { feed: OTHER, ..outcome(1, agreed) });
	assert_eq!(outcomes(foreign(3), foreign(4)), Err(FaultError::Unrelated));
	let mut forged = signed(outcome(1, 4));
	forged.signature = pair(1).sign(&forged.outcome.payload(&GENESIS));
	assert_eq!(outcomes(one(), forged), Err(FaultError::BadSignature));
	let mut elsewhere = signed(outcome(1, 4));
	elsewhere.signature = pair(LIAR).sign(&elsewhere.outcome.payload(&Hash::zero()));
	assert_eq!(outcomes(one(), elsewhere), Err(FaultError::BadSignature), "another chain");
}

#[test]
fn only_members_can_be_accused() {
	let proof = Proof::Outcomes { first: signed(outcome(1, 3)), second: signed(outcome(1, 4)) };
	let judged = |member| {
		Fault { feed: FEED, member, proof: proof.clone() }.verify(&GENESIS, &committee(), check)
	};
	assert_eq!(judged(4), Err(FaultError::UnknownMember));
	assert_eq!(judged(1), Err(FaultError::BadSignature), "another member is not to blame");
}

#[test]
fn two_heads_of_one_number_are_a_proof() {
	let (one, other) = (log(0, &[10, 20]), log(1, &[10, 20]));
	let none = Trail::default;
	assert_eq!(logs(head(3, &one, 20), head(3, &other, 20), none()), Ok(()));
	assert_eq!(logs(head(3, &one, 20), head(3, &one, 21), none()), Ok(()), "another promise");
	let same = logs(head(3, &one, 20), head(3, &one, 20), none());
	assert_eq!(same, Err(FaultError::NoContradiction));
	let with_entries = logs(head(3, &one, 20), head(3, &other, 20), trail(&other, 1));
	assert_eq!(with_entries, Err(FaultError::BadTrail), "nothing is sent that is not needed");
}

#[test]
fn a_later_head_that_does_not_continue_an_earlier_is_a_proof() {
	let (one, other) = (log(0, &[10, 20, 30, 40]), log(1, &[10, 20, 30, 40]));
	let none = Trail::default;
	// Entries were taken back, or a promise.
	assert_eq!(logs(head(3, &one, 40), head(4, &one[..3], 40), none()), Ok(()));
	assert_eq!(logs(head(3, &one, 45), head(4, &one, 40), none()), Ok(()));
	// It continues another log.
	assert_eq!(logs(head(3, &one[..2], 20), head(5, &other, 40), trail(&other, 2)), Ok(()));
	assert_eq!(logs(head(3, &one, 40), head(5, &other, 41), trail(&other, 4)), Ok(()));
	// An entry was added at a time at which none was to be added any more.
	assert_eq!(logs(head(3, &one[..2], 30), head(5, &one, 40), trail(&one, 2)), Ok(()));
	// Times fall, or are later than the head itself.
	let falling = log(0, &[10, 20, 40, 30]);
	assert_eq!(logs(head(3, &one[..2], 20), head(5, &falling, 40), trail(&falling, 2)), Ok(()));
	assert_eq!(logs(head(3, &one[..2], 20), head(5, &one, 39), trail(&one, 2)), Ok(()));
}

#[test]
fn heads_of_one_log_prove_nothing() {
	let one = log(0, &[10, 20, 30, 30]);
	let honest =
		|from: usize, upto| logs(head(3, &one[..from], upto), head(5, &one, 30), trail(&one, from));
	assert_eq!(honest(2, 20), Err(FaultError::NoContradiction));
	assert_eq!(honest(2, 29), Err(FaultError::NoContradiction));
	assert_eq!(honest(0, 0), Err(FaultError::NoContradiction));
	assert_eq!(honest(4, 30), Err(FaultError::NoContradiction));
	let reversed = logs(head(5, &one, 30), head(3, &one[..2], 20), Trail::default());
	assert_eq!(reversed, Err(FaultError::NoContradiction), "the earlier goes first");
	// A trail of other entries, or too short or long a one, does not lead to the head.
	let other = log(1, &[10, 20, 30, 30]);
	for wrong in [trail(&other, 2), trail(&one, 3), trail(&one, 1), Trail::default()] {
		let result = logs(head(3, &one[..2], 20), head(5, &one, 30), wrong);
		assert_eq!(result, Err(FaultError::BadTrail));
	}
}

#[test]
fn heads_of_different_logs_prove_nothing() {
	let (one, other) = (log(0, &[10]), log(1, &[10]));
	let earlier = published(head(3, &one, 10));
	let round = published(Head { round: 6, ..head(3, &other, 10) });
	let feed = published(Head { feed: OTHER, ..head(3, &other, 10) });
	let mut member = published(head(3, &other, 10));
	member.member = 1;
	for later in [round, feed, member] {
		let proof = Proof::Logs { earlier: earlier.clone(), later, trail: Trail::default() };
		assert_eq!(judged(proof), Err(FaultError::Unrelated));
	}
}

#[test]
fn heads_must_be_signed() {
	let (one, other) = (log(0, &[10]), log(1, &[10]));
	let earlier = || published(head(3, &one, 10));
	let mut unsigned = published(head(3, &other, 10));
	unsigned.signature = pair(1).sign(&[]);
	let mut off_root = published(head(3, &other, 10));
	off_root.leaf = 1;
	// It leads to its root, but by more hashes than any tree over heads has.
	let mut too_high = published(head(3, &other, 10));
	too_high.proof = vec![Hash::zero(); crate::log::MAX_HEIGHT + 1];
	let leaf = too_high.root;
	let up = |below: Hash, beside: &Hash| sp_crypto_hashing::blake2_256(&(beside, below).encode());
	too_high.root = too_high.proof.iter().fold(leaf, |below, beside| up(below, beside).into());
	too_high.signature = pair(LIAR).sign(&payload(Kind::Head, &GENESIS, &too_high.root));
	let mut foreign = published(head(3, &other, 10));
	foreign.signature = pair(LIAR).sign(&payload(Kind::Head, &Hash::zero(), &foreign.root));
	for later in [unsigned, off_root, too_high, foreign] {
		let proof = Proof::Logs { earlier: earlier(), later, trail: Trail::default() };
		assert_eq!(judged(proof), Err(FaultError::BadSignature));
	}
}

#[test]
fn a_receipt_that_the_log_lacks_is_a_proof() {
	let entries = log(0, &[10, 20, 20, 30]);
	let lost = Hash::repeat_byte(9);
	assert_eq!(receipted(receipt(lost, 20, 5), head(3, &entries, 30), trail(&entries, 0)), Ok(()));
	assert_eq!(receipted(receipt(lost, 21, 5), head(3, &entries, 30), trail(&entries, 2)), Ok(()));
	assert_eq!(receipted(receipt(lost, 9, 5), head(3, &[], 9), Trail::default()), Ok(()));
	// It stands there with another time than was receipted.
	let moved = receipt(entries[1].report, 19, 5);
	assert_eq!(receipted(moved, head(3, &entries, 30), trail(&entries, 0)), Ok(()));
}

#[test]
fn an_honest_receipt_proves_nothing() {
	let entries = log(0, &[10, 20, 20, 30]);
	for (place, entry) in entries.iter().enumerate() {
		let receipt = || receipt(entry.report, entry.at, 5);
		for from in 0..=entries.len() {
			let result = receipted(receipt(), head(3, &entries, 30), trail(&entries, from));
			assert!(
				matches!(result, Err(FaultError::NoContradiction | FaultError::BadTrail)),
				"entry {place} from {from}: {result:?}"
			);
		}
		let before =
			receipted(receipt(), head(2, &entries[..place], entry.at - 1), Trail::default());
		assert_eq!(before, Err(FaultError::NotCovered), "it may still come");
	}
	let lost = receipt(Hash::repeat_byte(9), 20, 6);
	let result = receipted(lost, head(3, &entries, 30), trail(&entries, 0));
	assert_eq!(result, Err(FaultError::Unrelated), "the log of another round");
	let mut forged = receipt(Hash::repeat_byte(9), 20, 5);
	forged.signature = pair(1).sign(&[]);
	let result = receipted(forged, head(3, &entries, 30), trail(&entries, 0));
	assert_eq!(result, Err(FaultError::BadSignature));
}

#[test]
fn proofs_are_small_and_bounded() {
	let proof = Proof::Outcomes { first: signed(outcome(1, 3)), second: signed(outcome(1, 4)) };
	assert!(Fault { feed: FEED, member: LIAR, proof }.encoded_size() < 700);
	let (one, other) = (log(0, &[10]), log(1, &[10]));
	let (earlier, later) = (published(head(3, &one, 10)), published(head(3, &other, 10)));
	let proof = Proof::Logs { earlier, later, trail: Trail::default() };
	assert!(Fault { feed: FEED, member: LIAR, proof }.encoded_size() < 500);
	let entries = log(0, &vec![10; MAX_TRAIL as usize + 1]);
	let bytes = (Hash::zero(), entries).encode();
	assert!(Trail::decode(&mut &bytes[..]).is_err(), "too many entries");
}
