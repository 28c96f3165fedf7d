// SPDX-License-Identifier: Apache-2.0

//! `eventum replay`: recorded votes through the chain.
//!
//! ```text
//! votes.csv ─▶ a market with one series ─▶ workers funded, joined ─▶ round after round ─▶ settled
//!                                                                        │ certificates     │ payouts
//!                                                                        ▼                  ▼
//!                                                     outcomes.csv   summary.json   payouts.csv
//! ```

pub mod crowd;
mod ledger;
mod plan;
mod receiver;
mod results;
mod rounds;

pub use receiver::{Arrival, Counters};
pub use results::Summary;

use crate::{
	args::ReplayArgs,
	chain::{outcomes::Outcomes, Call, Chain, Key},
	commands::{now, Context},
	progress::Progress,
	Failure,
};
use codec::Decode;
use eventum_input::{
	definition::Secrets,
	votes::{read_truth, read_votes},
};
use eventum_primitives::{AccountId, FeedId, Hash, MarketId};
use ledger::{Entries, Ledger};
use rand_core::{OsRng, TryRngCore};
use receiver::Receiver;
use results::Run;
use rounds::Rounds;
use std::{
	fmt::Debug,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// Outcomes that wait to be looked at.
const BUFFER: usize = 4_096;
/// Time that is given to what may come late: webhooks, blocks.
const LATE: Duration = Duration::from_secs(30);

/// Time without any change.
pub(crate) struct Watch {
	patience: Duration,
	since: Instant,
	last: String,
}

impl Watch {
	pub(crate) fn new(patience: Duration) -> Self {
		Self { patience, since: Instant::now(), last: String::new() }
	}

	/// Notes where things stand; whether that is new.
	pub(crate) fn moved(&mut self, at: impl Debug) -> bool {
		let shown = format!("{at:?}");
		let moved = shown != self.last;
		if moved {
			self.last = shown;
			self.since = Instant::now();
		}
		moved
	}

	/// Whether nothing has changed for too long.
	pub(crate) fn is_over(&self) -> bool {
		self.since.elapsed() >= self.patience
	}
}

/// Runs a replay.
pub(crate) async fn run(context: &Context, args: &ReplayArgs) -> Result<(), Failure> {
	let votes = Arc::new(read_votes(&args.votes)?);
	let truth = args.truth.as_deref().map(read_truth).transpose()?;
	let input = plan::feed(&votes, args, random_secrets()?, now());
	plan::check(&votes, args, &input, now())?;
	std::fs::create_dir_all(&args.out).map_err(|error| {
		Failure::new(format!("cannot make the directory {}: {error}", args.out.display()))
	})?;
	let requester = Key::from_suri(&args.requester)?;
	let patience = Duration::from_millis(args.patience);
	let chain = context.chain().await?;
	let progress = Progress::default();
	let started = Instant::now();

	let (sender, arrivals) = mpsc::channel(BUFFER);
	let receiver = match &args.receiver {
		Some(url) => Some(Receiver::start(url, sender.clone()).await?),
		None => None,
	};
	let height = chain.finalized_height().await?;
	let supply_before = chain.total_issuance(chain.finalized().await?).await?;
	let create = Call::create_market(std::slice::from_ref(&input));
	let created = chain.execute(&create, &requester);
	let events = progress.during("creating the market", created).await?;
	let feed = FeedId { market: created_market(&events)?, index: 0 };
	let ledger = Ledger::follow(&chain, feed, height);
	let workers = Arc::new(crowd::workers(&random_seed()?, &votes.workers));
	crowd::fund(&chain, &requester, &workers, feed, &progress).await?;
	crowd::join(&chain, &workers, feed, &progress, patience).await?;
	let view = crowd::reporting(&chain, feed, &progress, patience).await?;
	let committee = view.committee.clone().ok_or_else(|| Failure::new("no committee"))?;

	let subscription = tokio::spawn(subscribe(Outcomes::follow(&chain, feed), sender));
	let mut rounds =
		Rounds::new(&chain, feed, &view, &committee, &votes, &workers, arrivals, patience);
	let reporting = Instant::now();
	// What was found before a failure is written down all the same.
	let mut failed = rounds.run(&progress, args.verbose).await.err();
	let reported = reporting.elapsed();
	let mut settled = None;
	if failed.is_none() {
		match rounds::settled(&chain, feed, &mut rounds, &progress, patience).await {
			Ok(view) => settled = Some(view),
			Err(failure) => failed = Some(failure),
		}
	}
	if receiver.is_some() && failed.is_none() {
		rounds.await_webhooks(LATE, &progress).await;
	}
	let entries = read_ledger(&chain, &ledger, workers.len(), &progress).await;
	subscription.abort();
	let at = chain.finalized().await?;
	let mut scores = Vec::new();
	for worker in workers.iter() {
		progress.at("reading reputations");
		scores.push(chain.reputation(&worker.account).await?);
	}
	let held = chain.market_holds(at).await?;
	let run = Run {
		feed,
		votes: &votes,
		truth: truth.as_ref(),
		workers: &workers,
		states: &rounds.states,
		webhooks: &rounds.webhooks,
		invalid: rounds.invalid.len() as u64,
		counters: receiver.as_ref().map(Receiver::counters),
		entries: &entries,
		scores: &scores,
		stage: settled.map(|view| view.stage),
		supply: (supply_before, chain.total_issuance(at).await?),
		held: held.values().sum(),
		seconds: started.elapsed(),
		reporting: reported,
	};
	progress.done();
	let summary = run.write(&args.out)?;
	context.print(|| summary.table(&args.out), || summary.to_json());
	match (failed, summary.missing()) {
		(Some(failure), _) => Err(failure),
		(None, missing) if missing.is_empty() => Ok(()),
		(None, missing) => Err(Failure::new(missing.join("; "))
			.hint(format!("look into {} and the logs of the nodes", args.out.display()))),
	}
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
	let mut bytes = [0; N];
	OsRng
		.try_fill_bytes(&mut bytes)
		.map_err(|error| Failure::new(format!("the system gives no random numbers: {error}")))?;
	Ok(bytes)
}

fn random_secrets() -> Result<Secrets, Failure> {
	Ok(Secrets { tag_key: random()?, access_secret: random()? })
}

fn random_seed() -> Result<String, Failure> {
	Ok(hex::encode(random::<16>()?))
}

/// The market that a transaction created.
pub fn created_market(events: &crate::chain::Events) -> Result<MarketId, Failure> {
	for event in events.iter() {
		let event = event.map_err(Failure::new)?;
		if event.pallet_name() == "Markets" && event.event_name() == "MarketCreated" {
			let fields = <(MarketId, AccountId, u16, Hash)>::decode(&mut event.field_bytes());
			return fields.map(|(market, ..)| market).map_err(Failure::new);
		}
	}
	Err(Failure::new("the transaction is final, but created no market"))
}

/// Hands on what nodes push.
async fn subscribe(mut outcomes: Outcomes, sender: mpsc::Sender<Arrival>) {
	while let Some(certificate) = outcomes.next().await {
		if sender.send(Arrival { certificate, at: now(), webhook: None }).await.is_err() {
			return;
		}
	}
}

/// Waits until blocks are read to the end, and gives what they say.
async fn read_ledger(
	chain: &Chain,
	ledger: &Ledger,
	workers: usize,
	progress: &Progress,
) -> Entries {
	let watch = Watch::new(LATE);
	let height = chain.finalized_height().await.unwrap_or_default();
	loop {
		let entries = ledger.entries();
		let complete = entries.next > height && entries.payouts.len() >= workers;
		if complete || watch.is_over() {
			return entries;
		}
		progress.at("reading finalized blocks");
		tokio::time::sleep(Duration::from_millis(250)).await;
	}
}
