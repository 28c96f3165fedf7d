// SPDX-License-Identifier: Apache-2.0

//! Members that are proven false.

use crate::{
	mock::{Committees, *},
	*,
};
use codec::{Decode, Encode};
use eventum_primitives::{
	committee::MemberIndex,
	fault::{Proof, SignedOutcome, Trail},
	log::{Head, LogEntry, Receipt, SignedHead},
	outcome::{Outcome, Push, RoundResult},
	signing::{payload, Kind},
	traits::{CommitteeTerms, Committees as _, Offence},
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo, Pays},
	traits::{fungible::InspectHold, Authorize},
};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError,
};

/// Terms of which the collateral can be told apart.
fn seven_evt() -> CommitteeTerms {
	CommitteeTerms { collateral: 7, ..terms(4) }
}

fn outcome(agreed: u32) -> Outcome {
	Outcome {
		feed: FEED,
		round: 0,
		sequence: 1,
		view: 0,
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

fn signed(number: u8, outcome: Outcome) -> Box<SignedOutcome> {
	let signature = pair_sign(number, &outcome.payload(&GENESIS));
	Box::new(SignedOutcome { outcome, signature })
}

fn pair_sign(number: u8, message: &[u8]) -> sp_core::ed25519::Signature {
	sp_core::Pair::sign(&pair(number), message)
}

fn published(member: MemberIndex, number: u8, head: Head) -> SignedHead {
	let root = sp_io::hashing::blake2_256(&(member, head).encode()).into();
	let signature = pair_sign(number, &payload(Kind::Head, &GENESIS, &root));
	SignedHead { member, head, root, leaves: 1, leaf: 0, proof: vec![], signature }
}

fn head(number: u32, length: u32, hash: Hash, upto: Moment) -> Head {
	Head { feed: FEED, round: 0, number, length, hash, upto }
}

/// The member signed two outcomes in one view.
pub(super) fn two_outcomes(member: MemberIndex, operator: u8) -> Fault {
	let (first, second) = (signed(operator, outcome(3)), signed(operator, outcome(4)));
	Fault { feed: FEED, member, proof: Proof::Outcomes { first, second } }
}

/// It published two heads of one number.
pub(super) fn two_logs(member: MemberIndex, operator: u8) -> Fault {
	let head = |byte| published(member, operator, head(3, 5, Hash::repeat_byte(byte), 50));
	let (earlier, later) = (head(1), head(2));
	Fault { feed: FEED, member, proof: Proof::Logs { earlier, later, trail: Trail::default() } }
}

/// It gave a receipt and kept an empty log.
fn lost_report(member: MemberIndex, operator: u8) -> Fault {
	let report = Hash::repeat_byte(8);
	let signature = pair_sign(operator, &Receipt::payload(&GENESIS, FEED, 0, report, 40));
	let receipt = Receipt { feed: FEED, round: 0, report, at: 40, member, signature };
	let head = published(member, operator, head(3, 0, Hash::zero(), 50));
	Fault { feed: FEED, member, proof: Proof::Receipt { receipt, head, trail: Trail::default() } }
}

fn call(fault: Fault) -> Call<Test> {
	Call::report_fault { fault: Box::new(fault) }
}

fn report(fault: Fault) -> Result<(), TransactionValidityError> {
	authorize(call(fault.clone()))?;
	assert_ok!(dispatch(call(fault)));
	Ok(())
}

fn refused(error: Error<Test>) -> Result<(), TransactionValidityError> {
	Err(InvalidTransaction::Custom(error.encode()[0]).into())
}

fn pool() -> Balance {
	Balances::free_balance(Pool::get())
}

fn held(number: u8) -> Balance {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &account(number))
}

#[test]
fn each_lie_costs_what_was_set_aside() {
	type Make = fn(MemberIndex, u8) -> Fault;
	let lies: [(Make, Lie); 3] =
		[(two_outcomes, Lie::Outcomes), (two_logs, Lie::Logs), (lost_report, Lie::Receipt)];
	for (make, lie) in lies {
		run(6, || {
			let liar = committee(FEED, seven_evt())[2];
			assert_eq!(report(make(2, liar)), Ok(()));
			let operator = account(liar);
			System::assert_last_event(
				Event::<Test>::ProvenFalse {
					feed: FEED,
					operator: operator.clone(),
					lie,
					slashed: 7,
				}
				.into(),
			);
			assert_eq!(Offences::get(), [(operator, Offence::ProvenFalse)]);
			assert_eq!((pool(), held(liar)), (1 + 7, BOND - 7));
			assert_eq!((node(liar).bond, node(liar).set_aside), (BOND - 7, 0));
			assert_eq!(Committees::proven_false(FEED), 0b100);
		});
	}
}

#[test]
fn a_member_is_punished_once_in_a_feed() {
	run(6, || {
		let members = committee(FEED, seven_evt());
		assert_eq!(report(two_outcomes(1, members[1])), Ok(()));
		for again in [two_outcomes(1, members[1]), two_logs(1, members[1])] {
			assert_eq!(report(again.clone()), refused(Error::AlreadyProven));
			assert_noop!(dispatch(call(again)), Error::<Test>::AlreadyProven);
		}
		// Another member is another matter.
		assert_eq!(report(two_outcomes(0, members[0])), Ok(()));
		assert_eq!(Committees::proven_false(FEED), 0b11);
		assert_eq!(pool(), 1 + 14);
	});
}

#[test]
fn what_is_set_aside_for_other_feeds_stays() {
	run(4, || {
		let other = FeedId { market: 8, index: 0 };
		let liar = committee(FEED, seven_evt())[0];
		committee(other, terms(4));
		assert_eq!(node(liar).set_aside, 407);
		assert_eq!(report(two_logs(0, liar)), Ok(()));
		assert_eq!((node(liar).bond, node(liar).set_aside), (BOND - 7, 400));
		Committees::do_try_state().unwrap();
		// Nothing is given free for the feed a second time.
		Committees::dismiss(FEED, &[true; 4]);
		assert_eq!((node(liar).bond, node(liar).set_aside), (BOND - 7, 400));
		assert_eq!(Committees::proven_false(FEED), 0);
		Committees::do_try_state().unwrap();
		Committees::dismiss(other, &[true; 4]);
		assert_eq!(node(liar).set_aside, 0);
		assert_ok!(Committees::unregister(RuntimeOrigin::signed(account(liar))));
		assert_eq!(held(liar), 0);
	});
}

#[test]
fn each_mistake_in_a_proof_has_its_error() {
	run(6, || {
		let members = committee(FEED, seven_evt());
		let liar = members[0];
		let fault = || two_outcomes(0, liar);
		let unknown = Fault { feed: FeedId { market: 99, index: 0 }, ..fault() };
		assert_eq!(report(unknown.clone()), refused(Error::NoCommittee));
		assert_noop!(dispatch(call(unknown)), Error::<Test>::NoCommittee);
		let beyond = Fault { member: 4, ..fault() };
		assert_eq!(report(beyond.clone()), refused(Error::UnknownMember));
		assert_noop!(dispatch(call(beyond)), Error::<Test>::UnknownMember);
		assert_eq!(report(Fault { member: 200, ..fault() }), refused(Error::UnknownMember));
		assert_eq!(report(Fault { member: 1, ..fault() }), refused(Error::BadProof));

		let outcomes = |first, second| {
			report(Fault { feed: FEED, member: 0, proof: Proof::Outcomes { first, second } })
		};
		let one = || signed(liar, outcome(3));
		let later = signed(liar, Outcome { view: 1, ..outcome(4) });
		assert_eq!(outcomes(one(), later), refused(Error::UnrelatedParts));
		assert_eq!(outcomes(one(), one()), refused(Error::NoContradiction));
		assert_eq!(outcomes(one(), signed(members[1], outcome(4))), refused(Error::BadProof));
		let mut foreign = signed(liar, outcome(4));
		foreign.signature = pair_sign(liar, &foreign.outcome.payload(&Hash::repeat_byte(1)));
		assert_eq!(outcomes(one(), foreign), refused(Error::BadProof), "of another chain");

		let mut junk = two_logs(0, liar);
		let Proof::Logs { trail, .. } = &mut junk.proof else { unreachable!() };
		let entry = LogEntry { report: Hash::zero(), at: 1 };
		trail.entries = vec![entry].try_into().unwrap();
		assert_eq!(report(junk), refused(Error::BadTrail));
		let mut early = lost_report(0, liar);
		let Proof::Receipt { head: promise, .. } = &mut early.proof else { unreachable!() };
		*promise = published(0, liar, head(3, 0, Hash::zero(), 39));
		assert_eq!(report(early), refused(Error::NotCovered));
		assert_eq!((pool(), held(liar)), (1, BOND));
	});
}

#[test]
fn an_old_proof_comes_too_late() {
	run(6, || {
		let liar = committee(FEED, seven_evt())[0];
		Committees::dismiss(FEED, &[true; 4]);
		assert_eq!(report(two_outcomes(0, liar)), refused(Error::NoCommittee));
		// The next committee of a feed of this name is not to blame for the last.
		assert_eq!(held(liar), BOND);
	});
}

#[test]
fn who_is_still_drawn_cannot_be_accused() {
	run(6, || {
		let members = draw(FEED, seven_evt());
		assert_ok!(accept(FEED, members[0]));
		assert_eq!(report(two_outcomes(0, members[0])), refused(Error::NoCommittee));
	});
}

#[test]
fn a_slash_that_leaves_too_little_keeps_a_node_out_until_it_bonds_more() {
	run(4, || {
		let big = CommitteeTerms { collateral: BOND - 50, ..terms(4) };
		let liar = committee(FEED, big)[0];
		assert_eq!(report(two_outcomes(0, liar)), Ok(()));
		assert_eq!(node(liar).bond, 50);
		Committees::dismiss(FEED, &[true; 4]);
		let small = || CommitteeTerms { collateral: 1, ..terms(4) };
		assert!(draw(FEED, small()).is_empty(), "50 is below the least bond");
		assert_ok!(Committees::bond_more(RuntimeOrigin::signed(account(liar)), 50));
		assert!(redraw(FEED).is_empty(), "the attempt takes its window");
		assert_eq!(redraw_later(FEED).len(), 4);
	});
}

#[test]
fn anyone_may_report_and_nobody_may_sign_it() {
	run(6, || {
		let liar = committee(FEED, seven_evt())[0];
		let call = call(two_outcomes(0, liar));
		let info = call.get_dispatch_info();
		assert_eq!((info.class, info.pays_fee), (DispatchClass::Operational, Pays::No));
		let source = sp_runtime::transaction_validity::TransactionSource::External;
		let (valid, _) = call.authorize(source).unwrap().unwrap();
		assert!(valid.propagate);
		let other = authorize(self::call(two_logs(0, liar))).unwrap();
		assert_eq!(valid.provides, other.provides, "one proof of a member is enough");
		let origin = RuntimeOrigin::signed(account(1));
		let fault = Box::new(two_outcomes(0, liar));
		assert_noop!(Committees::report_fault(origin, fault), DispatchError::BadOrigin);
	});
}

#[test]
fn longer_proofs_weigh_more() {
	let mut long = lost_report(0, 1);
	let Proof::Receipt { trail, .. } = &mut long.proof else { unreachable!() };
	trail.entries = vec![LogEntry { report: Hash::zero(), at: 1 }; 5_000].try_into().unwrap();
	let weight = |fault| call(fault).weight_of_authorize().ref_time();
	assert!(weight(long) > 2 * weight(lost_report(0, 1)));
}

#[test]
fn a_call_with_too_many_entries_cannot_be_read() {
	let fault = lost_report(0, 1);
	let Proof::Receipt { receipt, head, .. } = fault.proof else { unreachable!() };
	let count = eventum_primitives::fault::MAX_TRAIL as usize;
	let bytes = |count: usize| {
		let entries = vec![LogEntry { report: Hash::zero(), at: 1 }; count];
		(FEED, 0u8, 2u8, (&receipt, &head), Hash::zero(), entries).encode()
	};
	assert!(Fault::decode(&mut &bytes(count)[..]).is_ok());
	assert!(Fault::decode(&mut &bytes(count + 1)[..]).is_err());
}
