// SPDX-License-Identifier: Apache-2.0

//! The loop that ties the report plane together.
//!
//! Each iteration takes what has come in and lets the members of this node act on it. What they want
//! kept is committed, one commit at a time; only when it is on disk what follows from it is sent,
//! answered and told. Meanwhile the next iterations collect what the next commit is for. All of it is
//! one task, so that nothing here needs a lock.

mod bodies;
mod book;
mod chain_side;
mod evidence;
mod inputs;
mod outbox;
mod pending;
mod serving;

use crate::{
	chain::Chain,
	committee::{feed::FeedEngine, Effect, Rulebook},
	duties::Duties,
	io::{Event, Input, Respond},
	keys::Identities,
	metrics::Metrics,
	network::Outboxes,
	store::{Store, StoreError, Writer},
	table::FeedTable,
};
use book::{read, Book};
use eventum_primitives::{
	committee::MemberIndex, outcome::Detail, vald, FeedId, Hash, Moment, Round, Sequence,
};
use eventum_wire::{heads, Message};
use evidence::Evidence;
use futures::{FutureExt, StreamExt};
use outbox::{unwritten, written, Outbox, Writing};
use pending::Pending;
use serving::Served;
use std::{
	collections::{BTreeMap, HashMap, VecDeque},
	sync::Arc,
	time::Duration,
};
use tokio::time::Instant;

/// How often views are looked at when nothing else is to be done.
const TICK: Duration = Duration::from_millis(20);
/// How soon it is looked again when there is.
const BUSY_TICK: Duration = Duration::from_millis(5);
/// Least time between two publications of logs.
const PUBLISH_INTERVAL: Moment = 20;
/// Time between two calls that ask the runtime what the counts mean, in the long run.
const DECIDE_INTERVAL: Moment = 50;
/// How far calls may be ahead of that, so that after some rest the first changes of a count are asked
/// about at once.
const DECIDE_AHEAD: Moment = 2 * DECIDE_INTERVAL;
/// How often members tell each other how far they are.
const STATUS_INTERVAL: Moment = 1_000;

/// What the worker works with.
pub struct Parts {
	/// The chain, through runtime APIs.
	pub chain: Arc<dyn Chain>,
	/// This node's validation keys.
	pub keys: Identities,
	/// The database of the report plane.
	pub store: Arc<Store>,
	/// What the intake checks reports against.
	pub table: FeedTable,
	/// Where messages to other members go.
	pub network: Outboxes,
	/// What is left for the off-chain workers.
	pub duties: Duties,
	/// Who is told of certified outcomes.
	pub events: tokio::sync::broadcast::Sender<Event>,
	/// Metrics.
	pub metrics: Metrics,
	/// What comes in.
	pub inputs: async_channel::Receiver<Input>,
}

/// The report plane's one task.
pub struct Worker {
	parts: Parts,
	writer: Writer,
	genesis: Hash,
	feeds: BTreeMap<FeedId, Served>,
	/// Who waits for the receipt of a report that waits for its round.
	waiting: HashMap<(FeedId, MemberIndex, Hash), Vec<Respond>>,
	/// Messages between members of this node.
	local: VecDeque<(FeedId, MemberIndex, MemberIndex, Message)>,
	pending: Pending,
	evidence: Evidence,
	outbox: Outbox,
	/// The commit that is under way.
	writing: Option<Writing>,
	published_at: Moment,
	/// When the next call would be if all had kept their distance.
	decide_at: Moment,
	status_at: Moment,
}

impl Worker {
	/// Makes the worker; [`Worker::run`] starts it.
	pub fn new(parts: Parts) -> Result<Self, StoreError> {
		let writer = Writer::start(parts.store.clone()).map_err(|_| StoreError::Closed)?;
		let genesis = parts.chain.genesis();
		Ok(Self {
			parts,
			writer,
			genesis,
			feeds: BTreeMap::new(),
			waiting: HashMap::new(),
			local: VecDeque::new(),
			pending: Pending::default(),
			evidence: Evidence::default(),
			outbox: Outbox::default(),
			writing: None,
			published_at: 0,
			decide_at: 0,
			status_at: 0,
		})
	}

	/// Works until the channels close or the disk fails.
	pub async fn run(mut self) {
		let mut ticked = Instant::now();
		let mut finalized = self.parts.chain.finalized_blocks().fuse();
		let inputs = self.parts.inputs.clone();
		self.follow_chain();
		loop {
			let tick = ticked + if self.is_busy() { BUSY_TICK } else { TICK };
			let mut result = Ok(());
			tokio::select! {
				biased;
				done = written(&mut self.writing), if self.writing.is_some() => {
					result = done.and_then(|()| self.written());
				}
				block = finalized.next() => match block {
					Some(_) => {
						// Only the newest matters.
						while finalized.next().now_or_never().flatten().is_some() {}
						self.follow_chain();
					},
					None => return,
				},
				() = tokio::time::sleep_until(tick) => {
					self.tick();
					ticked = Instant::now();
				}
				input = inputs.recv(), if self.has_room() => match input {
					Ok(input) => self.take(input),
					Err(_) => return,
				},
			}
			if let Err(error) = result.and_then(|()| self.commit()) {
				log::error!(target: crate::LOG, "The report plane stops, it cannot write: {error}");
				return;
			}
		}
	}

	/// Whether something waits for the next tick.
	fn is_busy(&self) -> bool {
		self.feeds.values().any(|served| served.engines.values().any(FeedEngine::is_busy))
	}

	/// Looks at views, asks what the counts mean, and publishes logs.
	fn tick(&mut self) {
		let now = crate::now();
		let status = now >= self.status_at.saturating_add(STATUS_INTERVAL);
		if status {
			self.status_at = now;
		}
		self.each_engine(|engine, book, effects| {
			engine.tick(book, now, effects);
			if status && !engine.ended() {
				effects.push(Effect::Broadcast(engine.status()));
			}
		});
		if now.saturating_add(DECIDE_AHEAD) >= self.decide_at {
			self.decide(now);
		}
		if now >= self.published_at.saturating_add(PUBLISH_INTERVAL) {
			self.publish(now);
		}
		self.settle_local();
	}

	/// Runs `act` for every member of every feed and applies what it wants.
	fn each_engine(
		&mut self,
		mut act: impl FnMut(&mut FeedEngine, &dyn Rulebook, &mut Vec<Effect>),
	) {
		let Self { parts, feeds, outbox, writing, .. } = self;
		let book = Book::new(parts, unwritten(outbox, writing));
		let mut all = Vec::new();
		for (feed, served) in feeds.iter_mut() {
			for (member, engine) in served.engines.iter_mut() {
				let mut effects = Vec::new();
				act(engine, &book, &mut effects);
				if !effects.is_empty() {
					all.push((*feed, *member, effects));
				}
			}
		}
		for (feed, member, effects) in all {
			self.apply(feed, member, effects);
		}
	}

	/// Signs and sends the heads of all logs that have news: one signature for each key.
	fn publish(&mut self, now: Moment) {
		let mut due: BTreeMap<vald::Public, Vec<(MemberIndex, _)>> = BTreeMap::new();
		for served in self.feeds.values() {
			for (member, engine) in &served.engines {
				if let Some(head) = engine.head_due(now) {
					due.entry(engine.key().clone()).or_default().push((*member, head));
				}
			}
		}
		if !due.is_empty() {
			self.published_at = now;
		}
		for (key, list) in due {
			let sign = |payload: &[u8; 32]| self.parts.keys.sign(&key, payload);
			let Some(signed) = heads::sign(&self.genesis, &list, sign) else { continue };
			for signed in signed {
				let (feed, member) = (signed.head.feed, signed.member);
				let mut effects = Vec::new();
				let Self { parts, feeds, outbox, writing, .. } = self;
				let book = Book::new(parts, unwritten(outbox, writing));
				if let Some(engine) = feeds.get_mut(&feed).and_then(|served| served.engine(member))
				{
					engine.published(signed, &book, now, &mut effects);
				}
				self.apply(feed, member, effects);
			}
		}
	}

	/// Asks the runtime, in one call, about every count that has changed.
	fn decide(&mut self, now: Moment) {
		let (mut asked, mut summaries) = (Vec::new(), Vec::new());
		for (feed, served) in &mut self.feeds {
			for (member, engine) in &mut served.engines {
				if let Some(summary) = engine.summary(now) {
					asked.push((*feed, *member));
					summaries.push(summary);
				}
			}
		}
		if summaries.is_empty() {
			return;
		}
		self.decide_at = self.decide_at.max(now).saturating_add(DECIDE_INTERVAL);
		let chain = &self.parts.chain;
		let decided = chain.finalized().and_then(|block| chain.decide(block.hash, summaries));
		let Some(decisions) = read(decided) else {
			// What changed is still undecided.
			return self.each_engine(|engine, _, _| engine.undecided());
		};
		for ((feed, member), decision) in asked.into_iter().zip(decisions) {
			let mut effects = Vec::new();
			let Self { parts, feeds, outbox, writing, .. } = self;
			let book = Book::new(parts, unwritten(outbox, writing));
			if let Some(engine) = feeds.get_mut(&feed).and_then(|served| served.engine(member)) {
				engine.decided(decision, &book, now, &mut effects);
			}
			self.apply(feed, member, effects);
		}
	}
}

/// A detail as the chain wants it.
type DueDetail = (FeedId, Round, Detail);
/// A push of a feed.
type PushOf = (Round, Sequence);

#[cfg(test)]
mod tests;
