// SPDX-License-Identifier: Apache-2.0

//! How fast one member takes reports; `scripts/bench-intake.sh` runs it.
//!
//! Everything is real but the chain and the other members, which are read from and sent to in memory:
//! envelopes go into the intake, and receipts come out when the reports are on disk. Printed are, in
//! reports a second, of reports of 512 bytes in a public feed:
//!
//! - the rate at which a core verifies sr25519 signatures in batches and does nothing else, while the
//!   others idle, and while they do the same: cores that share what they compute with are slower then,
//!   as they are in all that follows,
//! - what the whole intake does on all cores of the machine, and what each of its stages would do with
//!   a core of its own, by the processor time of its threads,
//! - what the stage after verification (log, disk, receipts, messages to others) does alone, waiting for
//!   the disk included.
//!
//! With one core for verification, and opening counted separately as the target has it, intake is as
//! fast as the slower of verification and what comes after it: that is what the last line compares with
//! the second rate in the same pass.

mod setup;

use eventum_primitives::report::ReportKey;
use eventum_reports::{
	handle::event_channel,
	intake::{Config, Intake},
	io::{Answer, Input, Source, Verified},
	memory::Memory,
	metrics::Metrics,
	network::Outboxes,
	store::Store,
	table::FeedTable,
	verify::{verify, Claim, Key, MAX_BATCH},
	worker::{Parts, Worker},
};
use eventum_wire::{
	seal::{open_envelope, SecretKey},
	Envelope, IntakeError,
};
use futures::{channel::oneshot, executor::block_on};
use setup::{Crowd, FEEDS, REPORTERS};
use sp_core::{offchain::storage::InMemOffchainStorage, Pair};
use std::{
	path::Path,
	sync::Arc,
	thread,
	time::{Duration, Instant},
};

/// Names of the threads of each stage.
const STAGES: [&str; 4] = ["reports-open", "reports-verify", "reports-worker", "reports-store"];
/// Inputs that may wait for the worker, as in a node.
const INPUTS: usize = 8_192;
/// The target: intake with one core for verification against that core verifying alone.
const TARGET: f64 = 0.60;

/// Times that everything is measured, in turns; a machine's speed changes while it runs.
const PASSES: usize = 5;

/// What one pass measured, in reports a second.
struct Pass {
	alone: f64,
	raw: f64,
	open: f64,
	whole: f64,
	opening: f64,
	verifying: f64,
	logging: f64,
	writing: f64,
	after: f64,
}

impl Pass {
	fn new(crowd: &Crowd) -> Self {
		let count = crowd.reports.len() as f64;
		let (alone, raw) = (raw_rate(crowd, 1), raw_rate(crowd, cores()));
		let base = tempfile::tempdir().expect("a directory can be made");
		let member = Member::start(crowd, &base.path().join("whole"));
		let envelopes = crowd.envelopes(&member.secret.public());
		let open = opening_rate(crowd, &member, &envelopes);
		let whole = count / member.take_envelopes(envelopes);
		let stage = |thread: &str| count / processor_time(thread);
		let [opening, verifying, logging, writing] = STAGES.map(stage);
		member.end();
		let member = Member::start(crowd, &base.path().join("after"));
		let after = count / member.take_verified(crowd);
		member.end();
		Self { alone, raw, open, whole, opening, verifying, logging, writing, after }
	}

	/// What the intake takes with one core for verification.
	fn sustained(&self) -> f64 {
		self.verifying.min(self.after)
	}
}

fn main() {
	let crowd = Crowd::new();
	let (count, length) = (crowd.reports.len(), setup::length(&crowd.reports[0]));
	println!("{count} reports of {length} bytes, {} cores; medians of {PASSES} passes", cores());
	let passes: Vec<Pass> = (0..PASSES).map(|_| Pass::new(&crowd)).collect();
	let median = |of: &dyn Fn(&Pass) -> f64| {
		let mut figures: Vec<f64> = passes.iter().map(of).collect();
		figures.sort_by(f64::total_cmp);
		figures[PASSES / 2]
	};
	print("verifying alone, one core, others idle", median(&|pass| pass.alone));
	print("verifying alone, on all cores, a core", median(&|pass| pass.raw));
	print("opening envelopes alone, one core", median(&|pass| pass.open));
	print("whole intake, opening on all cores", median(&|pass| pass.whole));
	print("  of it opening envelopes and values, a core", median(&|pass| pass.opening));
	print("  of it verifying, a core", median(&|pass| pass.verifying));
	print("  of it log, receipts, messages, a core", median(&|pass| pass.logging));
	print("  of it writing, a core", median(&|pass| pass.writing));
	print("log, disk, receipts, messages alone", median(&|pass| pass.after));
	print("intake with one core for verification", median(&Pass::sustained));
	println!("target: ratio {TARGET:.2}");
	println!("ratio {:.2}", median(&|pass| pass.sustained() / pass.raw));
}

fn print(what: &str, rate: f64) {
	println!("{what:<40} {rate:>9.0} reports/s");
}

fn cores() -> usize {
	thread::available_parallelism().map_or(1, usize::from)
}

/// The rate at which each core verifies batches whose keys and messages are at hand, when `threads` do
/// so at once.
fn raw_rate(crowd: &Crowd, threads: usize) -> f64 {
	let claims: Vec<Claim> = crowd
		.reports
		.iter()
		.enumerate()
		.map(|(place, report)| Claim {
			key: Key::from(&ReportKey::Sr25519(crowd.pairs[place % crowd.pairs.len()].public())),
			message: report.body.signed_bytes(),
			signature: report.signature,
		})
		.collect();
	let started = Instant::now();
	thread::scope(|scope| {
		for _ in 0..threads {
			scope.spawn(|| {
				for batch in claims.chunks(MAX_BATCH) {
					assert!(verify(batch).into_iter().all(|good| good));
				}
			});
		}
	});
	claims.len() as f64 / started.elapsed().as_secs_f64()
}

fn opening_rate(crowd: &Crowd, member: &Member, envelopes: &[Envelope]) -> f64 {
	let some = &envelopes[..envelopes.len().min(5_000)];
	let started = Instant::now();
	for envelope in some {
		open_envelope(&member.secret, &crowd.genesis, envelope).expect("it is for this member");
	}
	some.len() as f64 / started.elapsed().as_secs_f64()
}

/// One member, without its node.
struct Member {
	intake: Intake,
	inputs: async_channel::Sender<Input>,
	secret: SecretKey,
}

impl Member {
	fn start(crowd: &Crowd, base: &Path) -> Self {
		std::fs::create_dir_all(base).expect("a directory can be made");
		let keys = setup::identities(base);
		let identity = keys.all().remove(0);
		let (chain, peers) = crowd.chain(&identity);
		let (table, network) = (FeedTable::default(), Outboxes::default());
		for peer in peers {
			let outbox = network.open(peer);
			let read = move || loop {
				block_on(outbox.next());
			};
			thread::Builder::new().name("other-member".into()).spawn(read).expect("a thread");
		}
		let (inputs, receiver) = async_channel::bounded(INPUTS);
		let worker = Worker::new(Parts {
			chain: Arc::new(chain),
			keys,
			store: Arc::new(Store::open(&base.join("reports.redb")).expect("a new database")),
			table: table.clone(),
			network,
			duties: eventum_reports::duties::Duties::new(InMemOffchainStorage::default()),
			events: event_channel(),
			metrics: Metrics::default(),
			inputs: receiver,
		});
		let worker = worker.expect("a new database");
		let run = move || {
			let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
			runtime.expect("a runtime").block_on(worker.run());
		};
		thread::Builder::new().name("reports-worker".into()).spawn(run).expect("a thread");
		while table.all().len() < FEEDS {
			thread::sleep(Duration::from_millis(10));
		}
		let config = Config { verifiers: 1, ..Config::default() };
		let metrics = Metrics::default();
		let intake = Intake::start(crowd.genesis, table, inputs.clone(), config, metrics);
		Self { intake: intake.expect("threads"), inputs, secret: identity.intake }
	}

	/// Ends its threads.
	fn end(self) {
		drop(self);
		while STAGES.iter().any(|name| ticks(name) > 0.0) {
			thread::sleep(Duration::from_millis(10));
		}
	}

	/// Seconds from the first envelope to the last receipt.
	fn take_envelopes(&self, envelopes: Vec<Envelope>) -> f64 {
		let started = Instant::now();
		let (answers, waiting) = std::sync::mpsc::channel();
		let offer = || {
			for envelope in &envelopes {
				// As many wait to be opened as keep the openers busy: more would only grow stale.
				while self.intake.memory_used() > 384 << 10 {
					thread::sleep(Duration::from_millis(1));
				}
				match self.intake.offer(envelope.clone()) {
					Ok(answer) => answers.send(answer).expect("it is waited for"),
					Err(IntakeError::Overloaded) => unreachable!("there is room for them"),
					Err(error) => panic!("{error}"),
				}
			}
			drop(answers);
		};
		thread::scope(|scope| {
			scope.spawn(|| all_given(waiting.into_iter()));
			offer();
		});
		started.elapsed().as_secs_f64()
	}

	/// Seconds from the first report that is verified already to the last receipt.
	fn take_verified(&self, crowd: &Crowd) -> f64 {
		let memory = Memory::new(usize::MAX);
		let verified: Vec<_> = crowd
			.reports
			.iter()
			.enumerate()
			.map(|(place, report)| {
				let (respond, answer) = oneshot::channel();
				let verified = Verified {
					feed: report.body.feed,
					round: 0,
					reporter: place as u32 % REPORTERS,
					hash: report.hash(),
					tag: report.body.tag,
					key: 0,
					report: Arc::new(report.clone()),
					earlier: None,
					source: Source::Envelope { member: 0, respond },
					permit: memory.take(1).expect("without bounds"),
				};
				(verified, answer)
			})
			.collect();
		let (mut verified, waiting): (Vec<_>, Vec<_>) = verified.into_iter().unzip();
		let started = Instant::now();
		thread::scope(|scope| {
			scope.spawn(|| all_given(waiting.into_iter()));
			while !verified.is_empty() {
				let batch = verified.drain(..verified.len().min(MAX_BATCH)).collect();
				self.inputs.send_blocking(Input::Verified(batch)).expect("the worker runs");
			}
		});
		started.elapsed().as_secs_f64()
	}
}

fn all_given(answers: impl Iterator<Item = oneshot::Receiver<Answer>>) {
	for answer in answers {
		block_on(answer).expect("an answer").expect("a receipt");
	}
}

/// Seconds of processor time that this process's threads of a name have taken.
fn processor_time(name: &str) -> f64 {
	ticks(name).max(1.0) / 100.0
}

/// The same in hundredths (Linux); zero if there are none.
fn ticks(name: &str) -> f64 {
	let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
	let times = tasks.filter_map(|task| {
		let stat = std::fs::read_to_string(task.path().join("stat")).ok()?;
		let (head, tail) = stat.rsplit_once(") ")?;
		let fields: Vec<&str> = tail.split(' ').collect();
		let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
		head.ends_with(&format!("({name}")).then_some(ticks)
	});
	times.sum()
}
