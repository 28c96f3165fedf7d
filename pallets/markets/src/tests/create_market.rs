// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Error, Event, FeedState, HoldReason, NextMarket};
use codec::Encode;
use eventum_primitives::{definition::*, FeedId, EVT, MILLI_EVT};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		tokens::Preservation,
	},
};
use sp_runtime::FixedU64;

#[test]
fn a_market_locks_rewards_and_fees_and_pays_the_protocol_fee() {
	ExtBuilder::build_and_execute(|| {
		let costly =
			Definition { reward: 500 * EVT, validation_fee: Some(5 * MILLI_EVT), ..series(3) };
		assert_ok!(create(vec![definition(), costly]));

		// 1 % of 30 EVT is less than one EVT, 1 % of 500 EVT is 5.
		let paid = EVT + 5 * EVT;
		assert_eq!(Balances::balance(&RESERVE), EVT + paid);
		// fee × M × max_people × rounds × margin
		let first = 30 * EVT + MILLI_EVT * 4 * 10 * 2;
		let second = 500 * EVT + 5 * MILLI_EVT * 4 * 10 * 3 * 2;
		let held = Balances::balance_on_hold(&HoldReason::Escrow.into(), &REQUESTER);
		assert_eq!(held, first + second);
		assert_eq!(Balances::balance(&REQUESTER), FUNDS - paid - first - second);

		let market = crate::Markets::<Test>::get(0).unwrap();
		assert_eq!((market.feeds, market.kept, market.created), (2, 2, START));
		assert_eq!(NextMarket::<Test>::get(), 1);
		let second = crate::Feeds::<Test>::get(FeedId { market: 0, index: 1 }).unwrap();
		assert_eq!(second.state, FeedState::Joining);
		assert_eq!((second.fee, second.protocol_fee), (Fee::new(5 * MILLI_EVT), 5 * EVT));
		assert_eq!(second.wake, START + HOUR);
		assert_eq!(feed().fee, Fee::new(RECOMMENDED_FEE));
	});
}

#[test]
fn the_hash_proves_what_was_sent() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		let sent: BoundedFeeds =
			vec![FeedInput { definition: definition(), text: text() }].try_into().unwrap();
		let hash = sp_io::hashing::blake2_256(&sent.encode()).into();
		System::assert_last_event(
			Event::MarketCreated {
				market: 0,
				requester: REQUESTER,
				feeds: 1,
				definition_hash: hash,
			}
			.into(),
		);
		assert_eq!(crate::Markets::<Test>::get(0).unwrap().definition_hash, hash);
	});
}

type BoundedFeeds =
	frame_support::BoundedVec<FeedInput, frame_support::traits::ConstU32<MAX_FEEDS>>;

#[test]
fn a_market_is_created_whole_or_not_at_all() {
	ExtBuilder::build_and_execute(|| {
		let bad = Definition { min_people: 0, ..definition() };
		assert_noop!(create(vec![definition(), bad]), Error::<Test>::People);
		assert_noop!(create(Vec::new()), Error::<Test>::NoFeeds);
		assert!(crate::Feeds::<Test>::iter().next().is_none());
	});
}

#[test]
fn who_cannot_pay_gets_no_market() {
	ExtBuilder::build_and_execute(|| {
		let dear = |reward| Definition { reward, ..definition() };
		assert_noop!(create(vec![dear(FUNDS)]), Error::<Test>::InsufficientFunds);
		// Enough for reward and protocol fee, not for the fees of the committee.
		let reward = FUNDS * 100 / 101;
		assert_noop!(create(vec![dear(reward)]), Error::<Test>::InsufficientFunds);
		// Enough for one of two.
		let half = dear(FUNDS / 2);
		assert_noop!(create(vec![half.clone(), half]), Error::<Test>::InsufficientFunds);
		let rest = Balances::balance(&REQUESTER) - MILLI_EVT;
		assert_ok!(<Balances as Mutate<_>>::transfer(
			&REQUESTER,
			&POOL,
			rest,
			Preservation::Preserve
		));
		assert_noop!(create(vec![definition()]), Error::<Test>::InsufficientFunds);
	});
}

#[test]
fn fees_beyond_measure_are_refused_and_do_not_wrap() {
	ExtBuilder::build_and_execute(|| {
		let dear = Definition { validation_fee: Some(u128::MAX / 2), ..definition() };
		assert_noop!(create(vec![dear.clone(), dear]), Error::<Test>::InsufficientFunds);
	});
}

#[test]
fn each_bound_has_its_own_error() {
	type E = Error<Test>;
	let name = |text: &str| Name::try_from(text.as_bytes().to_vec()).unwrap();
	let scalar = |name: Name, scalar| Field { name, field_type: FieldType::Scalar(scalar) };
	let fields =
		|fields: Vec<Field>| Definition { fields: fields.try_into().unwrap(), ..definition() };
	let long = || scalar(name("a"), ScalarType::Text { max_length: 256 });
	let one_option = FieldType::Categorical {
		options: vec![ChoiceOption { name: name("x"), value: None }].try_into().unwrap(),
		multiple: false,
	};
	let stop = |stop_voting| Definition { stop_voting, ..definition() };
	let at = Some(START + 3 * HOUR);
	let wrong = [
		(fields(vec![]), E::FieldCount),
		(
			fields(vec![
				scalar(name("a"), ScalarType::Boolean),
				scalar(name("a"), ScalarType::Boolean),
			]),
			E::FieldNames,
		),
		(fields(vec![Field { name: name("a"), field_type: one_option }]), E::Options),
		(fields(vec![scalar(name("a"), ScalarType::Float { decimals: 13 })]), E::Decimals),
		(fields(vec![scalar(name("a"), ScalarType::Text { max_length: 0 })]), E::TextLength),
		(
			fields(["a", "b", "c", "d"].map(|each| Field { name: name(each), ..long() }).to_vec()),
			E::AnswerTooLong,
		),
		(
			Definition { default_value: Some(vec![1].try_into().unwrap()), ..definition() },
			E::DefaultValue,
		),
		(series(0), E::MaxRounds),
		(
			Definition {
				event: EventKind::Multiple { max_rounds: 2, max_time: MAX_TIME + 1 },
				..series(2)
			},
			E::MaxTime,
		),
		(Definition { max_people: 2, ..definition() }, E::People),
		(Definition { min_consensus: 11, ..definition() }, E::MinConsensus),
		(Definition { consensus_rule: 499_999_999, ..definition() }, E::ConsensusRule),
		(Definition { reward: MILLI_EVT * 10 - 1, ..definition() }, E::Reward),
		(
			Definition { stake_factor: FixedU64::from_rational(201, 10), ..definition() },
			E::StakeFactor,
		),
		(Definition { join_bonus: FixedU64::from_u32(3), ..definition() }, E::JoinBonus),
		(Definition { committee_size: 3, ..definition() }, E::CommitteeSize),
		(
			Definition { gate: Gate { min_reputation: 1_001, ..Gate::default() }, ..definition() },
			E::MinReputation,
		),
		(Definition { time_to_join: START, ..definition() }, E::TimeToJoin),
		(
			Definition { reporting_timestamp: Some(START + HOUR - 1), ..definition() },
			E::ReportingTimestamp,
		),
		(stop(StopVoting::default()), E::StopAt),
		(stop(StopVoting { at, share: Some(0), quiet: None }), E::StopShare),
		(stop(StopVoting { at, share: None, quiet: Some(0) }), E::StopQuiet),
		(Definition { max_dispute_time: 999, ..definition() }, E::DisputeTime),
		(Definition { cross_validate: 1_000_000_001, ..definition() }, E::CrossValidate),
	];
	ExtBuilder::build_and_execute(|| {
		for (definition, error) in wrong {
			assert_noop!(create(vec![definition]), error);
		}
		let create_with = |text| {
			let feeds = vec![FeedInput { definition: definition(), text }];
			Markets::create_market(RuntimeOrigin::signed(REQUESTER), feeds.try_into().unwrap())
		};
		assert_noop!(create_with(Text { name: Default::default(), ..text() }), E::Text);
		let ftp = b"ftp://example.com".to_vec().try_into().unwrap();
		assert_noop!(create_with(Text { webhook_url: ftp, ..text() }), E::WebhookUrl);
	});
}

#[test]
fn feeds_of_a_market_live_on_their_own() {
	ExtBuilder::build_and_execute(|| {
		let later = Definition { time_to_join: START + 2 * HOUR, ..definition() };
		assert_ok!(create(vec![definition(), later]));
		block_at(START + HOUR);
		let other = crate::Feeds::<Test>::get(FeedId { market: 0, index: 1 }).unwrap();
		assert!(matches!(
			feed().state,
			FeedState::Voiding { reason: VoidReason::TooFewReporters, .. }
		));
		assert_eq!(other.state, FeedState::Joining);
	});
}
