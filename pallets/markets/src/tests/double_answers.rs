// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Call, Error, Event, HoldReason, ReporterPages};
use codec::Encode;
use eventum_primitives::{
	duties::{DoubleAnswers, DOUBLE_ANSWERS_KEY},
	outcome::EndedBy,
	report::{excuse_tag, Body, Report, ReportKey},
	traits::Offence,
	FeedId, Hash, EVT,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo, Pays},
	traits::{fungible::InspectHold, Hooks},
};
use sp_core::{ed25519, sr25519, Pair};

/// A reporting feed that two people with real keys have joined, and a third.
fn reporting_with_keys() {
	assert_ok!(create(vec![series(3)]));
	let keys =
		[ReportKey::Sr25519(reporter(0).public()), ReportKey::Ed25519(other_kind().public())];
	for (number, key) in (0..).zip(keys) {
		assert_ok!(Markets::join(RuntimeOrigin::signed(person(number)), FEED, key));
	}
	assert_ok!(join(2));
	Draws::set(vec![eventum_primitives::traits::Draw::Ready]);
	run_until(|state| matches!(state, FeedState::Reporting { .. }));
}

fn reporter(number: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[number + 50; 32])
}

fn other_kind() -> ed25519::Pair {
	ed25519::Pair::from_seed(&[51; 32])
}

fn body(number: u32, round: u32, tag: u8) -> Body {
	Body {
		genesis: GENESIS,
		feed: FEED,
		round,
		reporter: person(number),
		tag: Hash::repeat_byte(tag),
		sealed: vec![tag; 40].try_into().unwrap(),
		sent_at: 1,
	}
}

fn signed(body: Body) -> Report {
	let signature = reporter(0).sign(&body.signed_bytes()).0;
	Report { body, signature }
}

/// What a person could have signed in round 0.
pub(super) fn unsigned(number: u32, tag: u8) -> Report {
	Report { body: body(number, 0, tag), signature: [0; 64] }
}

fn said(round: u32, tag: u8) -> Report {
	signed(body(0, round, tag))
}

fn prove(first: Report, second: Report) -> Result<(), Refusal> {
	submit(Call::report_double_answer { first: Box::new(first), second: Box::new(second) })
}

fn stake_of(number: u32) -> u128 {
	Balances::balance_on_hold(&HoldReason::Stake.into(), &person(number))
}

#[test]
fn two_answers_cost_the_whole_stake_at_once() {
	ExtBuilder::build_and_execute(|| {
		reporting_with_keys();
		assert_ok!(prove(said(0, 1), said(0, 2)));
		let (account, forfeited) = (person(0), 10 * EVT);
		System::assert_last_event(
			Event::DoubleAnswerProven { feed: FEED, round: 0, account, forfeited }.into(),
		);
		assert_eq!((stake_of(0), wealth(&person(0))), (0, FUNDS - 10 * EVT));
		assert_eq!(wealth(&POOL), EVT + 10 * EVT);
		assert_eq!(Penalties::get(), [(person(0), Offence::DoubleAnswer)]);
		assert_eq!(stake_of(1), 10 * EVT, "others keep theirs");
		// The other kind of key.
		let by_other = |tag| {
			let body = body(1, 1, tag);
			let signature = other_kind().sign(&body.signed_bytes()).0;
			Report { body, signature }
		};
		assert_ok!(prove(by_other(1), by_other(2)));
		assert_eq!(stake_of(1), 0);
	});
}

#[test]
fn a_reporter_is_punished_once_in_a_feed() {
	ExtBuilder::build_and_execute(|| {
		reporting_with_keys();
		assert_ok!(prove(said(0, 1), said(0, 2)));
		for (first, second) in [(said(0, 1), said(0, 2)), (said(1, 3), said(1, 4))] {
			assert_noop!(prove(first, second), refusal(Error::AlreadyProven));
		}
	});
}

#[test]
fn each_mistake_in_a_proof_has_its_error() {
	ExtBuilder::build_and_execute(|| {
		reporting_with_keys();
		let one = || said(0, 1);
		let refused = |second: Report, error| {
			assert_noop!(prove(one(), second), refusal(error));
		};
		refused(one(), Error::SameAnswer);
		// The same answer in another report is an honest retry.
		refused(signed(Body { sent_at: 2, ..body(0, 0, 1) }), Error::SameAnswer);
		refused(said(1, 2), Error::UnrelatedReports);
		refused(signed(body(1, 0, 2)), Error::UnrelatedReports);
		refused(signed(Body { genesis: Hash::zero(), ..body(0, 0, 2) }), Error::ForeignReport);
		let mut forged = said(0, 2);
		forged.signature = reporter(9).sign(&forged.body.signed_bytes()).0;
		refused(forged, Error::BadSignature);
		let mut changed = said(0, 2);
		changed.body.sent_at = 77;
		refused(changed, Error::BadSignature);

		let both = |change: &dyn Fn(&mut Body), error| {
			let report = |tag| {
				let mut body = body(0, 0, tag);
				change(&mut body);
				signed(body)
			};
			assert_noop!(prove(report(1), report(2)), refusal(error));
		};
		both(&|body| body.feed = FeedId { market: 9, index: 0 }, Error::UnknownFeed);
		both(&|body| body.round = 3, Error::UnknownRound);
		both(&|body| body.reporter = person(99), Error::NotJoined);
		both(&|body| body.reporter = person(2), Error::BadSignature);
		both(&|body| body.genesis = Hash::zero(), Error::ForeignReport);
		assert!(Penalties::get().is_empty());
	});
}

#[test]
fn an_excuse_is_no_answer() {
	ExtBuilder::build_and_execute(|| {
		reporting_with_keys();
		let excuse = signed(Body { tag: excuse_tag(&GENESIS, FEED), ..body(0, 0, 2) });
		assert_noop!(prove(said(0, 1), excuse.clone()), refusal(Error::SameAnswer));
		assert_noop!(prove(excuse, said(0, 1)), refusal(Error::SameAnswer));
	});
}

#[test]
fn a_key_that_was_given_up_proves_nothing() {
	ExtBuilder::build_and_execute(|| {
		reporting_with_keys();
		let next = sr25519::Pair::from_seed(&[90; 32]);
		let key = ReportKey::Sr25519(next.public());
		assert_ok!(Markets::set_report_key(RuntimeOrigin::signed(person(0)), FEED, key));
		assert_noop!(prove(said(1, 1), said(1, 2)), refusal(Error::BadSignature));
		let by_next = |tag| {
			let body = body(0, 1, tag);
			let signature = next.sign(&body.signed_bytes()).0;
			Report { body, signature }
		};
		assert_noop!(prove(said(1, 1), by_next(2)), refusal(Error::BadSignature));
		assert_ok!(prove(by_next(1), by_next(2)));
	});
}

#[test]
fn it_is_free_and_anyones() {
	ExtBuilder::build_and_execute(|| {
		reporting_with_keys();
		let (first, second) = (Box::new(said(0, 1)), Box::new(said(0, 2)));
		let call = Call::<Test>::report_double_answer { first, second };
		let info = call.get_dispatch_info();
		assert_eq!((info.class, info.pays_fee), (DispatchClass::Operational, Pays::No));
		let origin = RuntimeOrigin::signed(person(5));
		let result =
			Markets::report_double_answer(origin, Box::new(said(0, 1)), Box::new(said(0, 2)));
		assert_noop!(result, sp_runtime::DispatchError::BadOrigin);
	});
}

/// Runs a series that ends with its first round, with these votes of three reporters; three agree on
/// something, fewer do not. `when` is called when the round is certified.
fn settled_with(votes: &[(u32, bool, u32)], when: impl FnOnce()) {
	reporting_with_keys();
	let votes = detail(3, votes);
	let result = if votes.agreed.count() >= 3 {
		agreed_on_yes(0)
	} else {
		eventum_primitives::outcome::RoundResult::None
	};
	let outcome = outcome(0, result, &votes, EndedBy::At, true);
	assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
	when();
	run_until(|state| matches!(state, FeedState::Reckoning { .. }));
	assert_ok!(submit_detail(0, votes));
	run_until(|state| matches!(state, FeedState::Settled { .. }));
}

#[test]
fn the_count_stands_when_the_second_answer_came_later() {
	ExtBuilder::build_and_execute(|| {
		// Counted before its second answer came: it is paid for the round and loses its stake.
		settled_with(&[(0, true, 0), (1, true, 0), (2, true, 0)], || {
			assert_ok!(prove(said(0, 1), said(0, 2)));
		});
		assert_eq!(wealth(&person(0)), FUNDS - 10 * EVT + 10 * EVT);
		assert_eq!(wealth(&person(1)), FUNDS + 10 * EVT);
		assert_eq!(Penalties::get(), [(person(0), Offence::DoubleAnswer)]);
		// What it had is gone already; nothing is taken twice.
		assert_eq!(wealth(&POOL), EVT + 10 * EVT);
	});
}

#[test]
fn who_was_counted_in_no_round_is_absent_too_but_loses_no_more_than_its_stake() {
	ExtBuilder::build_and_execute(|| {
		settled_with(&[(1, true, 0), (2, true, 0)], || {
			assert_ok!(prove(said(0, 1), said(0, 2)));
		});
		assert_eq!(wealth(&person(0)), FUNDS - 10 * EVT);
	});
}

#[test]
fn after_payment_a_proof_comes_too_late() {
	ExtBuilder::build_and_execute(|| {
		settled_with(&[(0, true, 0), (1, true, 0), (2, true, 0)], || {});
		assert_noop!(prove(said(0, 1), said(0, 2)), refusal(Error::NotJoined));
	});
}

#[test]
fn off_chain_workers_hand_proofs_in() {
	super::duties::off_chain(|pool| {
		reporting_with_keys();
		let list: DoubleAnswers = vec![(said(0, 1), said(0, 2)), (said(0, 1), said(1, 2))];
		let (kind, bytes) = (sp_core::offchain::StorageKind::PERSISTENT, list.encode());
		sp_io::offchain::local_storage_set(kind, DOUBLE_ANSWERS_KEY, &bytes);
		Markets::offchain_worker(10);
		let call = Call::<Test>::report_double_answer {
			first: Box::new(said(0, 1)),
			second: Box::new(said(0, 2)),
		};
		let sent = pool();
		assert_eq!(sent.len(), 1, "what proves nothing is left out");
		let (
			Call::report_double_answer { first, .. },
			Call::report_double_answer { first: ours, .. },
		) = (&sent[0], &call)
		else {
			panic!("not ours")
		};
		assert_eq!(first.body, ours.body);
		assert_ok!(submit(sent[0].clone()));
		assert!(ReporterPages::<Test>::get((FEED, 0))[0].double);
		Markets::offchain_worker(20);
		assert!(pool().is_empty(), "it is punished");
	});
}
