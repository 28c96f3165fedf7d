// SPDX-License-Identifier: Apache-2.0

//! How fast one member takes reports: `cargo run --release -p eventum-reports --example intake_rate`.
//!
//! Prints, for reports of about 512 bytes in a public feed: the rate at which one core verifies sr25519
//! signatures in batches and does nothing else, the rate at which one core opens envelopes and
//! values, and what the whole intake does with one verifier thread, each stage's rate reckoned by
//! the processor time of its threads.

use codec::Encode;
use eventum_primitives::{
	apis::{FeedView, ReporterView, Stage},
	committee::{Committee, Member},
	definition::{
		ConsensusMode, Currency, Definition, EventKind, Field, FieldType, Gate, ScalarType,
		StopVoting, Text, Visibility,
	},
	report::{Report, ReportKey},
	rules::fee::FeeTerms,
	value::{Answer, Scalar, Value},
	AccountId, FeedId, Hash, Moment, EVT, PPB,
};
use eventum_reports::{
	intake::{Config, Intake},
	io::{Input, Source},
	metrics::Metrics,
	table::{FeedTable, LocalMember, ServedFeed},
	verify::{verify, Claim, Key, MAX_BATCH},
};
use eventum_wire::{client::make_report, seal, Envelope, IntakeError, Receipt};
use sp_core::{ed25519, sr25519, Pair};
use sp_runtime::FixedU64;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};

const FEED: FeedId = FeedId { market: 1, index: 0 };
const REPORTERS: u32 = 10_000;
const SECRET: [u8; 32] = [5; 32];

fn main() {
	let reporters: Vec<sr25519::Pair> = (0..REPORTERS)
		.map(|index| sr25519::Pair::from_seed(&Hash::from_low_u64_be(index.into()).0))
		.collect();
	let definition = definition();
	let reports: Vec<Report> = reporters.iter().map(|pair| report(&definition, pair)).collect();
	println!("{REPORTERS} reports of {} bytes", reports[0].encoded_size());
	let raw = raw_rate(&reporters, &reports);
	println!("verifying alone, one core:        {raw:>9.0} reports/s");
	let envelopes: Vec<Envelope> = reports.iter().map(envelope).collect();
	let started = Instant::now();
	let opened = envelopes
		.iter()
		.filter(|envelope| seal::open_envelope(&SECRET, &genesis(), envelope).is_ok());
	let opened = opened.count() as f64 / started.elapsed().as_secs_f64();
	println!("opening envelopes alone, one core:{opened:>9.0} reports/s");
	whole(definition, &reporters, envelopes, raw);
}

/// The rate at which one core verifies batches whose keys and messages are at hand.
fn raw_rate(reporters: &[sr25519::Pair], reports: &[Report]) -> f64 {
	let claims: Vec<Claim> = reporters
		.iter()
		.zip(reports)
		.map(|(pair, report)| Claim {
			key: Key::from(&ReportKey::Sr25519(pair.public())),
			message: report.body.signed_bytes(),
			signature: report.signature,
		})
		.collect();
	let started = Instant::now();
	for batch in claims.chunks(MAX_BATCH) {
		assert!(verify(batch).into_iter().all(|good| good));
	}
	claims.len() as f64 / started.elapsed().as_secs_f64()
}

/// Runs all stages at once.
fn whole(definition: Definition, reporters: &[sr25519::Pair], envelopes: Vec<Envelope>, raw: f64) {
	let (input, worker) = async_channel::bounded(4_096);
	let table = FeedTable::default();
	table.insert(served(definition, reporters));
	let config = Config { verifiers: 1, ..Config::default() };
	let intake = Intake::start(genesis(), table, input, config, Metrics::default())
		.expect("threads can be started");
	let count = envelopes.len();
	let worker = std::thread::spawn(move || {
		for _ in 0..count {
			let Ok(Input::Verified(verified)) = worker.recv_blocking() else { return };
			let Source::Envelope { member, respond } = verified.source else { return };
			let (report, at, signature) = (verified.hash, 1, Default::default());
			let receipt = Receipt { feed: FEED, round: 0, report, at, member, signature };
			let _ = respond.send(Ok(receipt));
		}
	});
	let started = Instant::now();
	let mut waiting = Vec::with_capacity(count);
	for envelope in envelopes {
		loop {
			match intake.offer(envelope.clone()) {
				Ok(answer) => break waiting.push(answer),
				Err(IntakeError::Overloaded) => std::thread::sleep(Duration::from_millis(1)),
				Err(error) => panic!("{error}"),
			}
		}
	}
	worker.join().expect("the worker does not panic");
	let seconds = started.elapsed().as_secs_f64();
	println!("whole intake, all cores:          {:>9.0} reports/s", count as f64 / seconds);
	let opening = count as f64 / processor_time("reports-open");
	println!("  of it opening, a core:          {opening:>9.0} reports/s");
	let verifying = count as f64 / processor_time("reports-verify");
	println!("  of it verifying, a core:        {verifying:>9.0} reports/s");
	println!("  verifying against alone:        {:>9.0} %", verifying / raw * 100.0);
}

/// Seconds of processor time that this process's threads of a name have taken (Linux).
fn processor_time(name: &str) -> f64 {
	const TICKS: f64 = 100.0;
	let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
	let times = tasks.filter_map(|task| {
		let stat = std::fs::read_to_string(task.path().join("stat")).ok()?;
		let (head, tail) = stat.rsplit_once(") ")?;
		let fields: Vec<&str> = tail.split(' ').collect();
		let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
		head.ends_with(&format!("({name}")).then_some(ticks / TICKS)
	});
	times.sum::<f64>().max(1.0 / TICKS)
}

fn genesis() -> Hash {
	Hash::repeat_byte(1)
}

fn account(pair: &sr25519::Pair) -> AccountId {
	AccountId::new(pair.public().0)
}

fn report(definition: &Definition, pair: &sr25519::Pair) -> Report {
	let answer = Answer::Values(vec![
		Value::Scalar(Scalar::Text("a place in the sun".into())),
		Value::Scalar(Scalar::Integer(7)),
		Value::Scalar(Scalar::Integer(8)),
	]);
	let sign = |message: &[u8]| pair.sign(message).0;
	let (account, now): (_, Moment) = (account(pair), 1);
	make_report(&genesis(), FEED, 0, &account, definition, &answer, now, sign)
		.expect("the answer is of the definition's types")
}

fn envelope(report: &Report) -> Envelope {
	seal::seal_report(&seal::public_key(&SECRET), &genesis(), 0, report)
		.expect("the key is a proper one")
}

fn served(definition: Definition, reporters: &[sr25519::Pair]) -> ServedFeed {
	let key = ed25519::Pair::from_seed(&[3; 32]).public();
	let member = Member {
		operator: AccountId::new([2; 32]),
		vald: key.into(),
		intake: seal::public_key(&SECRET),
		peer: Default::default(),
		accepted: true,
	};
	let members = vec![member; 4].try_into().expect("4 is less than 64");
	let committee = Committee { seed: Hash::zero(), members, collateral: EVT };
	let joined: Vec<ReporterView> = reporters
		.iter()
		.zip(0..)
		.map(|(pair, index)| ReporterView {
			account: account(pair),
			key: ReportKey::Sr25519(pair.public()),
			index,
			stake: 0,
			early: true,
		})
		.collect();
	let text = Text {
		name: Default::default(),
		description: Default::default(),
		rules: None,
		categories: Default::default(),
		location: Default::default(),
		webhook_url: Default::default(),
	};
	let view = FeedView {
		requester: AccountId::new([9; 32]),
		definition,
		text,
		stage: Stage::Reporting,
		joined: REPORTERS,
		reporting_from: Some(0),
		end: None,
		committee: Some(committee.clone()),
		final_rounds: 0,
		settled_rounds: 0,
		next_stake: 0,
		fee: FeeTerms::Fixed(1),
		average_reputation: 300,
	};
	let local = LocalMember { index: 0, key: key.into(), intake_secret: SECRET };
	ServedFeed::new(FEED, Arc::new(view), Arc::new(committee), vec![local], &joined, 0)
}

fn definition() -> Definition {
	let field = |name: &str, scalar| Field {
		name: name.as_bytes().to_vec().try_into().expect("names are short"),
		field_type: FieldType::Scalar(scalar),
	};
	let fields = vec![
		field("where", ScalarType::Text { max_length: 244 }),
		field("home", ScalarType::Integer),
		field("away", ScalarType::Integer),
	];
	Definition {
		fields: fields.try_into().expect("three are less than 16"),
		event: EventKind::Single,
		min_people: 4,
		max_people: REPORTERS,
		min_consensus: 3,
		consensus_rule: PPB / 2,
		consensus_mode: ConsensusMode::Final,
		reward: EVT,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(0),
		join_bonus: FixedU64::from_u32(1),
		committee_size: 4,
		gate: Gate::default(),
		time_to_join: 0,
		reporting_timestamp: None,
		stop_voting: StopVoting::default(),
		start_dispute_time: 0,
		max_dispute_time: 60_000,
		cross_validate: 0,
		visibility: Visibility::Public { tag_key: [1; 32], access_secret: [2; 32] },
		validation_fee: None,
		default_value: None,
	}
}
