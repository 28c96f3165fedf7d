// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of every call, of what authorizes calls, and of every kind of step of the agenda.
//!
//! Definitions are as large as they can be, but where a market is created: that cost depends on them.

use super::*;
use alloc::{boxed::Box, vec, vec::Vec};
use codec::Compact;
use eventum_primitives::{
	bits::Bits,
	committee::MAX_MEMBERS,
	definition::*,
	outcome::{Certificate, Detail, EndedBy, Outcome, Push, RoundResult},
	report::{self, Body, Report, ReportKey, MAX_KEYS, MAX_SEALED},
	rules::{fee::FeeTerms, quorum::quorum},
	traits::Clock,
	vald,
	value::{encode_answer, Answer, Value},
	AccountId, Balance, FeedId, Hash, Moment, EVT,
};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::{Authorize, TransactionSource},
	traits::fungible::{Inspect, Mutate, MutateHold},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::{crypto::KeyTypeId, ed25519};
use sp_runtime::{traits::Zero, FixedU64};

const FEED: FeedId = FeedId { market: 0, index: 0 };
const TAG_KEY: [u8; 32] = [7; 32];

fn funded<T: Config>(name: &'static str, index: u32) -> AccountId {
	let account: AccountId = account(name, index, 0);
	T::Currency::set_balance(&account, 1_000_000 * EVT);
	account
}

fn key(index: u32) -> ReportKey {
	let mut bytes = [3; 32];
	bytes[..4].copy_from_slice(&index.to_be_bytes());
	ReportKey::Ed25519(ed25519::Public::from_raw(bytes))
}

/// Categorical fields with this many options in all, 64 to a field. What is checked of each option takes
/// longest, for its size, if its name is short; what is read of it if its name is long.
fn fields(mut options: u32, name_length: u32) -> Fields {
	let mut fields = Vec::new();
	while options > 1 {
		let count = options.min(MAX_OPTIONS);
		let option = |number| ChoiceOption { name: name(number, name_length), value: None };
		let options_of_field: Vec<_> = (0..count).map(option).collect();
		fields.push(Field {
			name: name(fields.len() as u32, name_length),
			field_type: FieldType::Categorical {
				options: BoundedVec::truncate_from(options_of_field),
				multiple: false,
			},
		});
		options = options.saturating_sub(count);
	}
	Fields::truncate_from(fields)
}

/// The name with this number; names differ in the last byte.
fn name(number: u32, length: u32) -> Name {
	let mut name = vec![b'n'; length as usize];
	if let Some(last) = name.last_mut() {
		*last = b'0'.saturating_add(number as u8);
	}
	Name::truncate_from(name)
}

fn largest_fields() -> Fields {
	fields(MAX_FIELDS * MAX_OPTIONS, MAX_NAME)
}

/// The first option of each of the [`largest_fields`].
fn answer() -> Vec<u8> {
	let values = (0..MAX_FIELDS).map(|_| Value::Choice(vec![(0, None)])).collect();
	encode_answer(&largest_fields(), &Answer::Values(values)).expect("the answer is of their type")
}

fn input<T: Config>(max_people: u32, committee_size: u32) -> FeedInput {
	let now = T::Clock::now();
	let reward =
		T::Currency::minimum_balance().saturating_mul(Balance::from(max_people)).max(30 * EVT);
	let definition = Definition {
		fields: vec![Field {
			name: Default::default(),
			field_type: FieldType::Scalar(ScalarType::Boolean),
		}]
		.try_into()
		.unwrap_or_default(),
		event: EventKind::Single,
		min_people: 1,
		max_people,
		min_consensus: 1,
		consensus_rule: 666_666_667,
		consensus_mode: ConsensusMode::Confirmations,
		reward,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(1),
		join_bonus: FixedU64::from_u32(2),
		committee_size,
		gate: Gate::default(),
		time_to_join: now.saturating_add(3_600_000),
		reporting_timestamp: None,
		stop_voting: StopVoting {
			at: Some(now.saturating_add(7_200_000)),
			share: None,
			quiet: None,
		},
		start_dispute_time: 0,
		max_dispute_time: MAX_DISPUTE_TIME,
		cross_validate: 0,
		visibility: Visibility::Public { tag_key: TAG_KEY, access_secret: [8; 32] },
		validation_fee: Some(1),
		default_value: None,
	};
	let text = Text {
		name: vec![b'n'; 128].try_into().unwrap_or_default(),
		description: vec![b'd'; 1_024].try_into().unwrap_or_default(),
		rules: Some(Hash::repeat_byte(1)),
		categories: [(); 3].map(|()| vec![b'c'; 32].try_into().unwrap_or_default()),
		location: vec![b'l'; 32].try_into().unwrap_or_default(),
		webhook_url: [b"https://".to_vec(), vec![b'u'; 248]]
			.concat()
			.try_into()
			.unwrap_or_default(),
	};
	FeedInput { definition, text }
}

/// A feed that `people` have joined and more can.
fn joining<T: Config>(people: u32, committee_size: u32) -> AccountId {
	let requester = funded::<T>("requester", 0);
	let inputs = vec![input::<T>(people.saturating_add(1).max(65), committee_size)];
	let inputs = BoundedVec::try_from(inputs).expect("one feed");
	Pallet::<T>::do_create_market(requester.clone(), inputs).expect("the definition is sound");
	for index in 0..people {
		let reporter = funded::<T>("reporter", index);
		Pallet::<T>::do_join(FEED, reporter, key(index)).expect("nothing bars a reporter");
	}
	// Only now, for joining reads them each time.
	Definitions::<T>::mutate_extant(FEED, |definition| definition.fields = largest_fields());
	requester
}

/// The feed of [`joining`] in the state that `state` makes of its course.
fn put<T: Config>(people: u32, members: u32, state: impl FnOnce(Course) -> FeedState) -> Feed {
	let mut feed = Feeds::<T>::get(FEED).expect("the feed is there");
	let now = T::Clock::now();
	let end = now.saturating_add(7_200_000);
	let mut course = Course::new(now, end, members as usize);
	for service in course.services.iter_mut() {
		*service = Service { signed: true, earned: people.into() };
	}
	feed.state = state(course);
	Pallet::<T>::schedule(FEED, &mut feed, Pallet::<T>::soon());
	feed
}

/// The course of a feed whose only round all reporters agreed in.
fn over(mut course: Course, people: u32) -> Course {
	course.conclude(0, &RoundResult::Undetermined, people, people.into());
	course.last = Some(LastRound { round: 0, ended_by: EndedBy::All, stopped: false });
	course
}

fn full_detail(people: u32) -> Detail {
	let mut voted = Bits::new(people);
	(0..people).for_each(|index| voted.set(index));
	// Times in no order, so that sorting them is not for free.
	let times: Vec<_> = (0..people).map(|index| Compact((index * 7_919) % 60_000)).collect();
	Detail { agreed: voted.clone(), voted, times: times.try_into().unwrap_or_default() }
}

fn final_outcome<T: Config>(people: u32, detail: &Detail) -> Outcome {
	let genesis = Pallet::<T>::genesis();
	let at = T::Clock::now();
	Outcome {
		feed: FEED,
		round: 0,
		sequence: 1,
		view: 0,
		block: Hash::repeat_byte(1),
		spec_version: 0,
		cut: Hash::repeat_byte(2),
		push: Push::Final { ended_by: EndedBy::All, ends_feed: true },
		result: RoundResult::Agreed(report::tag(&TAG_KEY, &genesis, FEED, 0, &answer())),
		agreed: people,
		total: people,
		at,
		first_at: at,
		start_event: at,
		answer: answer().try_into().unwrap_or_default(),
		detail: detail.hash(),
		excused: Bits::default(),
	}
}

/// A reporting feed with a committee for which `m` members sign, and the certificate.
fn certificate<T: Config>(m: u32) -> Certificate {
	// The smallest committee of which `m` are a quorum or more.
	let members = (m..=64).rev().find(|members| quorum(*members) <= m).unwrap_or(m).max(4);
	joining::<T>(64, members);
	let keys: Vec<ed25519::Public> =
		(0..members).map(|_| sp_io::crypto::ed25519_generate(vald::KEY_TYPE, None)).collect();
	T::BenchmarkHelper::seat(FEED, keys.iter().map(|key| (*key).into()).collect());
	series::<T>();
	put::<T>(64, members, |course| FeedState::Reporting { course, give_up: None });
	let push = Push::Final { ended_by: EndedBy::At, ends_feed: true };
	let outcome = Outcome { push, ..final_outcome::<T>(64, &full_detail(64)) };
	let payload = outcome.payload(&Pallet::<T>::genesis());
	let signatures: Vec<_> = keys
		.iter()
		.take(m as usize)
		.enumerate()
		.map(|(index, key)| {
			let signature = sp_io::crypto::ed25519_sign(vald::KEY_TYPE, key, &payload);
			(index as u8, signature.expect("the key was just made"))
		})
		.collect();
	Certificate { outcome, signatures: signatures.try_into().unwrap_or_default() }
}

/// Makes the feed of [`joining`] a series.
fn series<T: Config>() {
	Definitions::<T>::mutate(FEED, |definition| {
		if let Some(definition) = definition {
			definition.event = EventKind::Multiple { max_rounds: 3, max_time: MAX_TIME };
		}
	});
}

/// A feed of `people` whose round waits for its detail, and the detail.
fn reckoning<T: Config>(people: u32) -> Detail {
	joining::<T>(people, 4);
	let detail = full_detail(people);
	let outcome = final_outcome::<T>(people, &detail);
	put::<T>(people, 4, |course| FeedState::Reckoning {
		course: over(course, people),
		until: Moment::MAX,
	});
	Outcomes::<T>::insert(
		FEED,
		0,
		RoundRecord {
			sequence: 1,
			payload: [0; 32],
			result: outcome.result,
			agreed: people,
			total: people,
			first_at: outcome.first_at,
			is_final: true,
			detail: outcome.detail,
			signers: 0,
			fee: 1,
			reckoned: false,
		},
	);
	detail
}

/// Two answers of a reporter on a full page, both signed.
fn double_answer<T: Config>() -> Result<(Box<Report>, Box<Report>), BenchmarkError> {
	const KIND: KeyTypeId = KeyTypeId(*b"bnch");
	joining::<T>(PAGE, 4);
	let reporter: AccountId = account("reporter", PAGE - 1, 0);
	let key = sp_io::crypto::sr25519_generate(KIND, None);
	let report_key = ReportKey::Sr25519(key);
	Pallet::<T>::do_set_report_key(FEED, reporter.clone(), report_key)?;
	let said = |tag| {
		let body = Body {
			genesis: Pallet::<T>::genesis(),
			feed: FEED,
			round: 0,
			reporter: reporter.clone(),
			tag: Hash::repeat_byte(tag),
			sealed: BoundedVec::truncate_from(vec![tag; MAX_SEALED as usize]),
			sent_at: 0,
		};
		let signature = sp_io::crypto::sr25519_sign(KIND, &key, &body.signed_bytes());
		let signature = signature.ok_or("the key cannot sign")?.0;
		Ok::<_, BenchmarkError>(Box::new(Report { body, signature }))
	};
	Ok((said(1)?, said(2)?))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create_market(f: Linear<1, MAX_FEEDS>, b: Linear<6, 3_072>) {
		let requester = funded::<T>("requester", 0);
		let mut inputs: Vec<_> = (0..f).map(|_| input::<T>(64, 4)).collect();
		// An option with a name of one byte takes three.
		inputs[0].definition.fields = fields(b / 3, 1);
		let inputs = BoundedVec::try_from(inputs).expect("within bounds");

		#[extrinsic_call]
		_(RawOrigin::Signed(requester), inputs);

		assert_eq!(NextMarket::<T>::get(), 1);
	}

	#[benchmark]
	fn join() {
		// The 64th place of a page, and the last of the feed.
		joining::<T>(63, 4);
		Definitions::<T>::mutate(FEED, |definition| {
			if let Some(definition) = definition {
				definition.max_people = 64;
			}
		});
		let reporter = funded::<T>("reporter", 63);

		#[extrinsic_call]
		_(RawOrigin::Signed(reporter), FEED, key(63));

		assert!(Feeds::<T>::get(FEED).is_some_and(|feed| feed.joined == 64));
	}

	#[benchmark]
	fn leave() {
		joining::<T>(2 * PAGE, 4);
		let reporter: AccountId = account("reporter", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(reporter.clone()), FEED);

		assert_eq!(Memberships::<T>::get(FEED, reporter), Some(Membership::Left));
	}

	#[benchmark]
	fn set_report_key() {
		// A full page, in the middle of a series, with as many keys as can be.
		joining::<T>(PAGE, 4);
		series::<T>();
		put::<T>(PAGE, 4, |course| FeedState::Reporting { course, give_up: None });
		ReporterPages::<T>::mutate((FEED, 0), |reporters| {
			for reporter in reporters.iter_mut() {
				let keys = alloc::vec![reporter.keys[0]; MAX_KEYS as usize - 1];
				reporter.keys = BoundedVec::truncate_from(keys);
			}
		});
		let reporter: AccountId = account("reporter", PAGE - 1, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(reporter), FEED, key(9_999));

		let reporters = ReporterPages::<T>::get((FEED, 0));
		let newest = reporters.last().and_then(|reporter| reporter.keys.last());
		assert!(newest.is_some_and(|(_, newest)| *newest == key(9_999)));
	}

	#[benchmark]
	fn submit_certificate(m: Linear<3, MAX_MEMBERS>) {
		let certificate = certificate::<T>(m);

		#[extrinsic_call]
		_(RawOrigin::Authorized, certificate);

		assert!(Outcomes::<T>::get(FEED, 0).is_some_and(|record| record.is_final));
	}

	#[benchmark]
	fn authorize_submit_certificate(m: Linear<3, MAX_MEMBERS>) -> Result<(), BenchmarkError> {
		let call = Call::<T>::submit_certificate { certificate: certificate::<T>(m) };

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call can be authorized")?
				.map_err(|_| "the certificate is sound")?;
		}

		Ok(())
	}

	/// `p` pages of reporters, each of which is read and written.
	#[benchmark]
	fn submit_detail(p: Linear<1, 16>) {
		let detail = reckoning::<T>(p.saturating_mul(PAGE));

		#[extrinsic_call]
		_(RawOrigin::Authorized, FEED, 0, detail);

		let feed = Feeds::<T>::get(FEED);
		assert!(feed.is_some_and(|feed| matches!(feed.state, FeedState::Settling { .. })));
	}

	#[benchmark]
	fn authorize_submit_detail(r: Linear<1, 1_000>) -> Result<(), BenchmarkError> {
		let detail = reckoning::<T>(r);
		let call = Call::<T>::submit_detail { feed: FEED, round: 0, detail };

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call can be authorized")?
				.map_err(|_| "the detail is sound")?;
		}

		Ok(())
	}

	#[benchmark]
	fn report_double_answer() -> Result<(), BenchmarkError> {
		let (first, second) = double_answer::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, first, second);

		assert!(ReporterPages::<T>::get((FEED, 0)).iter().any(|reporter| reporter.double));
		Ok(())
	}

	#[benchmark]
	fn authorize_report_double_answer() -> Result<(), BenchmarkError> {
		let (first, second) = double_answer::<T>()?;
		let call = Call::<T>::report_double_answer { first, second };

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call can be authorized")?
				.map_err(|_| "both answers are signed")?;
		}

		Ok(())
	}

	#[benchmark]
	fn agenda_look() {
		joining::<T>(PAGE, 4);
		let found;

		#[block]
		{
			found = Agenda::<T>::iter_keys().next().and_then(|(_, id)| Feeds::<T>::get(id));
		}

		assert!(found.is_some());
	}

	#[benchmark]
	fn move_on() {
		joining::<T>(PAGE, MAX_MEMBERS);
		let mut feed = Feeds::<T>::get(FEED).expect("the feed is there");

		#[block]
		{
			Pallet::<T>::step(FEED, &mut feed);
		}

		assert!(Feeds::<T>::get(FEED).is_some_and(|feed| feed.state != FeedState::Joining));
	}

	#[benchmark]
	fn pay_page(r: Linear<1, PAGE>) {
		joining::<T>(r, 4);
		let mut feed = put::<T>(r, 4, |course| FeedState::Settling {
			course: over(course, r),
			pay: Pay::Earned,
			unwind: Unwind::Reporters { page: 0 },
		});
		// Dissent in one round of two, and less earned than lost: a part of each stake is forfeited, the
		// rest released. (Who earned more than it lost is paid the rest instead, and its hold changes once.)
		ReporterPages::<T>::mutate((FEED, 0), |reporters| {
			for reporter in reporters.iter_mut() {
				reporter.voted = true;
				reporter.agreed = true;
				reporter.reward = reporter.stake.checked_div(4).unwrap_or(0);
				reporter.dissents = 1;
			}
		});
		if let FeedState::Settling { course, .. } = &mut feed.state {
			course.concluded = 2;
		}

		#[block]
		{
			Pallet::<T>::step(FEED, &mut feed);
		}

		assert!(!ReporterPages::<T>::contains_key((FEED, 0)));
	}

	#[benchmark]
	fn refund_page(r: Linear<1, PAGE>) {
		joining::<T>(r, 4);
		let mut feed = put::<T>(r, 4, |_| FeedState::Voiding {
			reason: VoidReason::TooFewLeft,
			each: T::Currency::minimum_balance(),
			unwind: Unwind::Reporters { page: 0 },
		});

		#[block]
		{
			Pallet::<T>::step(FEED, &mut feed);
		}

		assert!(!ReporterPages::<T>::contains_key((FEED, 0)));
	}

	#[benchmark]
	fn pay_escrow(m: Linear<4, MAX_MEMBERS>) {
		joining::<T>(0, m);
		let keys = (0..m).map(|_| sp_io::crypto::ed25519_generate(vald::KEY_TYPE, None).into());
		T::BenchmarkHelper::seat(FEED, keys.collect());
		let mut feed = put::<T>(64, m, |course| FeedState::Settling {
			course: over(course, 64),
			pay: Pay::Shared { pot: 0, each: 0 },
			unwind: Unwind::Escrow,
		});
		// Fees that operators can take even where they own nothing yet.
		let earned = T::Currency::minimum_balance();
		let more = earned.saturating_mul(m.into());
		if let FeedState::Settling { course, .. } = &mut feed.state {
			course.services.iter_mut().for_each(|service| service.earned = earned);
		}
		let _ = T::Currency::hold(&HoldReason::Escrow.into(), &feed.requester, more);
		feed.escrow.fees = feed.escrow.fees.saturating_add(more);

		#[block]
		{
			Pallet::<T>::step(FEED, &mut feed);
		}

		assert!(feed.escrow.total().is_zero());
	}

	#[benchmark]
	fn sweep(n: Linear<1, SWEEP>) {
		joining::<T>(0, 4);
		let mut feed = put::<T>(0, 4, |_| FeedState::Voiding {
			reason: VoidReason::TooFewReporters,
			each: 0,
			unwind: Unwind::Left,
		});
		for index in 0..n {
			let reporter: AccountId = account("left", index, 0);
			Memberships::<T>::insert(FEED, reporter, Membership::Left);
		}

		#[block]
		{
			Pallet::<T>::step(FEED, &mut feed);
		}

		assert!(Memberships::<T>::iter_prefix(FEED).next().is_none());
	}

	#[benchmark]
	fn set_fee(m: Linear<4, MAX_MEMBERS>) {
		let requester = joining::<T>(64, m);
		let keys = (0..m).map(|_| sp_io::crypto::ed25519_generate(vald::KEY_TYPE, None).into());
		T::BenchmarkHelper::seat(FEED, keys.collect());
		series::<T>();
		put::<T>(64, m, |course| FeedState::Reporting { course, give_up: None });
		// More than is locked, and less than members ask.
		let terms = FeeTerms::Fixed(1_000);

		#[extrinsic_call]
		_(RawOrigin::Signed(requester), FEED, terms);

		assert!(Feeds::<T>::get(FEED).is_some_and(|feed| feed.fee.newest() == terms));
	}

	impl_benchmark_test_suite! {
		Pallet,
		crate::mock::ExtBuilder::build(),
		crate::mock::Test
	}
}
