// SPDX-License-Identifier: Apache-2.0

//! Reports on their way: at some pace, to the nodes of their members, until every round is certified.

use crate::{
	feed::{self, Feed},
	memory::Watch,
	reports::{self, Sealed},
};
use eventum_cli::{
	chain::{outcomes::Outcomes, to_hex, Chain},
	Failure,
};
use eventum_primitives::{
	committee::MemberIndex,
	definition::MAX_REPORTS,
	outcome::{Certificate, RoundResult},
	Round,
};
use eventum_wire::client::answer_tag;
use serde_json::Value;
use std::{
	collections::{BTreeMap, HashMap},
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};
use subxt::rpcs::rpc_params;
use tokio::sync::{mpsc, watch, Mutex};

/// Envelopes in one call.
const BATCH: usize = 256;
/// Calls at once to one node.
const CALLS: usize = 4;
/// Envelopes that wait for a call to one node.
const QUEUE: usize = 4_096;
/// Time in which a node must answer.
const ANSWER: Duration = Duration::from_secs(20);
/// Pause after a refusal that may be over soon.
const PAUSE: Duration = Duration::from_millis(50);
/// Refusals that may be over soon, by code: a member is full, or has not seen the feed or round yet.
const PASSING: [i64; 4] = [7_101, 7_111, 7_112, 7_116];
/// Time without a certificate after which it is over.
const STUCK: Duration = Duration::from_secs(120);
/// Rounds that are made ahead of a soak.
const AHEAD: usize = 4;
/// Time between lines of a soak.
const LINE: Duration = Duration::from_secs(10);

/// How fast.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
	/// All of a round at once, and the next as soon as it is over.
	Burst,
	/// So many reports a second. Those of a round may come before the one before it is over.
	Rate(f64),
}

/// What to send.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
	pub(crate) rounds: Round,
	pub(crate) members: usize,
	pub(crate) pace: Pace,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
	reports: u64,
	counted: u64,
	receipts: u64,
	/// Refusals that were over later.
	refused: u64,
	rounds: u32,
	wrong: Vec<String>,
	time: Duration,
}

/// What senders count.
#[derive(Default)]
struct Counters {
	receipts: AtomicU64,
	refused: AtomicU64,
}

impl Outcome {
	pub(crate) fn print(&self) {
		let Self { reports, counted, receipts, refused, rounds, time, .. } = self;
		let rate = *counted as f64 / time.as_secs_f64();
		println!(
			"{counted} of {reports} reports counted in {rounds} rounds, {} lost, {receipts} receipts, \
			 {refused} refusals for want of room or time, {:.1} s, {rate:.0} reports/s",
			reports - counted,
			time.as_secs_f64(),
		);
		self.wrong.iter().for_each(|wrong| println!("wrong: {wrong}"));
	}

	/// Fails unless every report was counted, in the right outcome.
	pub(crate) fn ensure_complete(&self) -> Result<(), Failure> {
		if self.counted == self.reports && self.wrong.is_empty() {
			Ok(())
		} else {
			Err(Failure::new(format!(
				"{} reports are lost, {} rounds are wrong",
				self.reports - self.counted,
				self.wrong.len()
			)))
		}
	}

	/// Fails if it was slower than nine tenths of what was asked for.
	pub(crate) fn ensure_rate(&self, rate: f64) -> Result<(), Failure> {
		let reached = self.counted as f64 / self.time.as_secs_f64();
		if reached >= 0.9 * rate {
			Ok(())
		} else {
			Err(Failure::new(format!("{reached:.0} reports/s; {rate:.0} were asked for")))
		}
	}

	fn add(&mut self, other: Self) {
		self.reports += other.reports;
		self.counted += other.counted;
		self.receipts += other.receipts;
		self.refused += other.refused;
		self.rounds += other.rounds;
		self.wrong.extend(other.wrong);
		self.time += other.time;
	}
}

/// Sends all reports of a feed and waits for its certificates.
pub(crate) async fn run(chain: &Chain, feed: &Feed, plan: &Plan) -> Result<Outcome, Failure> {
	let genesis = chain.genesis();
	let ahead = match plan.pace {
		Pace::Burst => plan.rounds as usize,
		Pace::Rate(_) => AHEAD,
	};
	let made = reports::make(genesis, feed, plan.rounds, plan.members, ahead);
	let mut first = Vec::new();
	if matches!(plan.pace, Pace::Burst) {
		let making = Instant::now();
		first = made.iter().collect::<Result<Vec<_>, _>>()?;
		println!("reports made in {:.1} s", making.elapsed().as_secs_f64());
	}
	let outcomes = Outcomes::follow(chain, feed.id);
	let counters = Arc::new(Counters::default());
	let queues = start_senders(chain, feed, &counters).await?;
	let (over, open) = watch::channel(0);
	let started = Instant::now();
	let feeder = {
		let plan = *plan;
		tokio::spawn(async move {
			let mut sent = 0_u64;
			let mut first = first.into_iter();
			let made = Arc::new(std::sync::Mutex::new(made));
			for round in 0..plan.rounds {
				let envelopes = match first.next() {
					Some(envelopes) => envelopes,
					None => next(&made).await?,
				};
				// A member takes reports of one round ahead.
				let ahead = if matches!(plan.pace, Pace::Burst) { 0 } else { 1 };
				wait_for(open.clone(), round.saturating_sub(ahead)).await?;
				for sealed in envelopes {
					if let Pace::Rate(rate) = plan.pace {
						let due =
							Duration::from_secs_f64(sent as f64 / (rate * plan.members as f64));
						let early = due.saturating_sub(started.elapsed());
						if early > Duration::from_millis(5) {
							tokio::time::sleep(early).await;
						}
					}
					sent += 1;
					let queue = queues.get(&sealed.member).ok_or("no node is that member")?;
					queue.send(sealed).await.map_err(|_| "a sender has ended")?;
				}
			}
			Ok::<_, String>(())
		})
	};
	let mut outcome = certified(feed, plan.rounds, outcomes, &over).await?;
	match feeder.is_finished() {
		true => outcome.wrong.extend(feeder.await.map_err(Failure::new)?.err()),
		false => feeder.abort(),
	}
	outcome.time = started.elapsed();
	outcome.receipts = counters.receipts.load(Ordering::Relaxed);
	outcome.refused = counters.refused.load(Ordering::Relaxed);
	Ok(outcome)
}

type Made = Arc<std::sync::Mutex<std::sync::mpsc::Receiver<Result<Vec<Sealed>, Failure>>>>;

async fn next(made: &Made) -> Result<Vec<Sealed>, String> {
	let made = Arc::clone(made);
	let next = tokio::task::spawn_blocking(move || {
		let made = made.lock().map_err(|error| error.to_string())?;
		made.recv().map_err(|error| error.to_string())?.map_err(|error| error.to_string())
	});
	next.await.map_err(|error| error.to_string())?
}

/// Waits until so many rounds are over.
async fn wait_for(mut open: watch::Receiver<Round>, rounds: Round) -> Result<(), String> {
	open.wait_for(|over| *over >= rounds).await.map(drop).map_err(|error| error.to_string())
}

/// Takes in certificates until all rounds have one.
async fn certified(
	feed: &Feed,
	rounds: Round,
	mut outcomes: Outcomes,
	over: &watch::Sender<Round>,
) -> Result<Outcome, Failure> {
	let reporters = feed.workers.len() as u32;
	let mut outcome =
		Outcome { reports: u64::from(reporters) * u64::from(rounds), ..Default::default() };
	let mut finals = BTreeMap::<Round, Certificate>::new();
	while finals.len() < rounds as usize {
		let next = tokio::time::timeout(STUCK, outcomes.next()).await;
		let Ok(Some(certificate)) = next else {
			outcome.wrong.push(format!("round {} has no final outcome", finals.len()));
			break;
		};
		let round = certificate.outcome.round;
		if !certificate.outcome.push.is_final() || finals.contains_key(&round) {
			continue;
		}
		outcome.wrong.extend(mistake(feed, &certificate));
		outcome.counted += u64::from(certificate.outcome.total);
		outcome.rounds += 1;
		finals.insert(round, certificate);
		over.send_replace(finals.len() as Round);
	}
	Ok(outcome)
}

/// What is not as it must be.
fn mistake(feed: &Feed, certificate: &Certificate) -> Option<String> {
	let outcome = &certificate.outcome;
	let (reporters, round) = (feed.workers.len() as u32, outcome.round);
	let agreed = (reporters, feed::agreeing(reporters));
	let answer = feed::answer(0, round);
	let definition = &feed.view.definition;
	let canonical =
		eventum_primitives::value::encode_answer(&definition.fields, &answer).unwrap_or_default();
	let genesis = feed.genesis;
	let tag = answer_tag(&genesis, feed.id, round, definition, &answer, &canonical);
	let right =
		(outcome.total, outcome.agreed) == agreed && outcome.result == RoundResult::Agreed(tag);
	(!right).then(|| {
		format!(
			"round {round}: {} of {} agree on {:?}; it should be {} of {}",
			outcome.agreed, outcome.total, outcome.result, agreed.1, agreed.0
		)
	})
}

/// Starts tasks that send what is queued for a member to its node.
async fn start_senders(
	chain: &Chain,
	feed: &Feed,
	counters: &Arc<Counters>,
) -> Result<HashMap<MemberIndex, mpsc::Sender<Sealed>>, Failure> {
	let mut queues = HashMap::new();
	for endpoint in chain.pool().endpoints() {
		let answer = endpoint.call("eventum_nodeIdentity", None).await.map_err(Failure::new)?;
		let identities: Vec<Value> = serde_json::from_str(answer.get()).map_err(Failure::new)?;
		for (member, index) in feed.committee.members.iter().zip(0..) {
			let key = to_hex(AsRef::<[u8]>::as_ref(&member.vald));
			if identities.iter().all(|identity| identity["vald"] != key.as_str()) {
				continue;
			}
			let (queue, envelopes) = mpsc::channel(QUEUE);
			let envelopes = Arc::new(Mutex::new(envelopes));
			for _ in 0..CALLS {
				let (endpoint, envelopes) = (Arc::clone(endpoint), Arc::clone(&envelopes));
				let counters = Arc::clone(counters);
				tokio::spawn(async move {
					loop {
						let mut batch = Vec::with_capacity(BATCH);
						if envelopes.lock().await.recv_many(&mut batch, BATCH).await == 0 {
							return;
						}
						send(&endpoint, batch, &counters).await;
					}
				});
			}
			queues.insert(index, queue);
		}
	}
	Ok(queues)
}

/// Sends envelopes to one node until it has taken all of them.
async fn send(
	endpoint: &eventum_cli::chain::pool::Endpoint,
	mut batch: Vec<Sealed>,
	counters: &Counters,
) {
	while !batch.is_empty() {
		let texts: Vec<String> = batch.iter().map(|sealed| to_hex(&sealed.bytes)).collect();
		let params = rpc_params![texts].build();
		let answer = endpoint.call_within("eventum_submitReports", params, ANSWER).await;
		let answers: Vec<Value> = match &answer {
			Ok(answer) => serde_json::from_str(answer.get()).unwrap_or_default(),
			Err(error) => {
				eprintln!("load: {}: {error}", endpoint.url());
				Vec::new()
			}
		};
		let mut again = Vec::new();
		for (place, sealed) in batch.into_iter().enumerate() {
			let answer = answers.get(place).unwrap_or(&Value::Null);
			let code = answer["error"]["code"].as_i64();
			match code {
				None if answer["receipt"].is_string() => {
					counters.receipts.fetch_add(1, Ordering::Relaxed);
				}
				None => again.push(sealed),
				Some(code) if PASSING.contains(&code) => {
					counters.refused.fetch_add(1, Ordering::Relaxed);
					again.push(sealed);
				}
				// Late is what a copy for another member may be; what is lost shows in the counts.
				Some(7_110) => {}
				Some(_) => eprintln!("load: round {}: {answer}", sealed.round),
			}
		}
		batch = again;
		if !batch.is_empty() {
			tokio::time::sleep(PAUSE).await;
		}
	}
}

/// Reports at one rate for a time, feed after feed; while one runs the next is made.
pub(crate) async fn soak(
	chain: &Chain,
	reporters: u32,
	rate: f64,
	members: usize,
	length: Duration,
	pids: Vec<u32>,
) -> Result<(Outcome, Watch), Failure> {
	let wanted = (rate * length.as_secs_f64() / f64::from(reporters)).ceil() as u64;
	let most = (MAX_REPORTS / u64::from(reporters)).max(1);
	let feeds = wanted.div_ceil(most).max(1);
	let rounds = wanted.div_ceil(feeds).max(1) as u32;
	println!(
		"{feeds} feeds of {rounds} rounds with {reporters} reporters, {rate} reports a second"
	);
	let mut all = Outcome::default();
	let mut feed = feed::open(chain, reporters, rounds, "").await?;
	let watch = Arc::new(Watch::start(pids));
	for number in 1..=feeds {
		let plan = Plan { rounds, members, pace: Pace::Rate(rate) };
		let watched = Arc::clone(&watch);
		let lines = tokio::spawn(async move {
			let started = Instant::now();
			loop {
				tokio::time::sleep(LINE).await;
				let held = watched.now();
				println!("feed {number}, {:>5} s: MiB {held:?}", started.elapsed().as_secs());
			}
		});
		let after = async {
			match number < feeds {
				true => feed::open(chain, reporters, rounds, "").await.map(Some),
				false => Ok(None),
			}
		};
		let (outcome, after) = tokio::join!(run(chain, &feed, &plan), after);
		lines.abort();
		// It has ended when it has let go of what it watches.
		let _ = lines.await;
		let outcome = outcome?;
		outcome.print();
		all.add(outcome);
		match after? {
			Some(next) => feed = next,
			None => break,
		}
	}
	let watch = Arc::try_unwrap(watch).map_err(|_| Failure::new("memory is still watched"));
	Ok((all, watch?))
}
