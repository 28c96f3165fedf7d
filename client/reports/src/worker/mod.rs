// SPDX-License-Identifier: Apache-2.0

//! The loop that ties the report plane together.
//!
//! Each iteration takes what has come in, lets the members of this node act on it, commits what they
//! want kept, and only then sends, answers and tells. One iteration at a time, so that nothing here
//! needs a lock.

mod chain_side;
mod serving;

use crate::{
	chain::{Chain, ChainError},
	committee::{Counted, Effect, Logged, Rulebook, Write as MemberWrite},
	duties::Duties,
	io::{Event, Input, Repeated, Respond, Source, Verified, Write},
	keys::Identities,
	metrics::Metrics,
	network::Outboxes,
	store::{Store, StoreError, Writer},
	table::FeedTable,
};
use chain_side::Pending;
use eventum_primitives::{
	committee::MemberIndex,
	outcome::{Certificate, Detail},
	rules::count::{Evaluation, Previous, Vote},
	vald, FeedId, Hash, Moment, Round, Sequence,
};
use eventum_wire::{heads, IntakeError, Message, Receipt};
use futures::{FutureExt, StreamExt};
use sc_network_types::PeerId;
use serving::Served;
use sp_core::ed25519;
use std::{
	collections::{BTreeMap, HashMap, VecDeque},
	sync::Arc,
	time::Duration,
};

/// How often logs are published and views are looked at.
const TICK: Duration = Duration::from_millis(20);
/// Least time between two calls that ask the runtime what the counts mean.
const DECIDE_INTERVAL: Moment = 50;
/// How often members tell each other how far they are.
const STATUS_INTERVAL: Moment = 1_000;
/// Inputs taken in one iteration.
const MAX_INPUTS: usize = 1_024;
/// Certificates sent at once to a member that is behind.
const MAX_HELP: usize = 64;

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

/// The runtime's rules and this node's keys, for the members. That the chain cannot be read now is
/// the same to them as that it says nothing yet: they ask again.
struct Book<'a> {
	chain: &'a dyn Chain,
	keys: &'a Identities,
}

impl<'a> Book<'a> {
	fn new(parts: &'a Parts) -> Self {
		Self { chain: &*parts.chain, keys: &parts.keys }
	}
}

impl Rulebook for Book<'_> {
	fn finalized(&self) -> Option<Hash> {
		read(self.chain.finalized()).map(|block| block.hash)
	}

	fn spec_version(&self, block: &Hash) -> Option<u32> {
		read(self.chain.finalized_at(*block)).flatten().map(|block| block.spec_version)
	}

	fn evaluate(
		&self,
		block: &Hash,
		feed: FeedId,
		round: Round,
		votes: Vec<Vote>,
		previous: Option<Previous>,
		horizon: Moment,
	) -> Option<Evaluation> {
		read(self.chain.evaluate(*block, feed, round, votes, previous, horizon)).flatten()
	}

	fn sign(&self, key: &vald::Public, payload: &[u8; 32]) -> Option<ed25519::Signature> {
		self.keys.sign(key, payload)
	}
}

/// What was read of the chain; none, and a line in the log, if it could not be.
fn read<T>(result: Result<T, ChainError>) -> Option<T> {
	result
		.inspect_err(|error| log::warn!(target: crate::LOG, "The chain cannot be read: {error}"))
		.ok()
}

/// What an iteration wants done once its writes are durable.
#[derive(Default)]
struct Outbox {
	writes: Vec<Write>,
	messages: BTreeMap<PeerId, Vec<Message>>,
	receipts: Vec<(Respond, ReceiptFor)>,
	refusals: Vec<(Respond, IntakeError)>,
	events: Vec<Event>,
}

/// What a receipt is for.
struct ReceiptFor {
	feed: FeedId,
	round: Round,
	report: Hash,
	at: Moment,
	member: MemberIndex,
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
	outbox: Outbox,
	decided_at: Moment,
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
			outbox: Outbox::default(),
			decided_at: 0,
			status_at: 0,
		})
	}

	/// Works until the channels close or the disk fails.
	pub async fn run(mut self) {
		let mut ticks = tokio::time::interval(TICK);
		ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
		let mut finalized = self.parts.chain.finalized_blocks().fuse();
		let inputs = self.parts.inputs.clone();
		self.follow_chain();
		loop {
			tokio::select! {
				biased;
				block = finalized.next() => match block {
					Some(_) => {
						// Only the newest matters.
						while finalized.next().now_or_never().flatten().is_some() {}
						self.follow_chain();
					},
					None => return,
				},
				_ = ticks.tick() => self.tick(),
				input = inputs.recv() => match input {
					Ok(input) => self.take(input),
					Err(_) => return,
				},
			}
			if let Err(error) = self.flush().await {
				log::error!(target: crate::LOG, "The report plane stops, it cannot write: {error}");
				return;
			}
		}
	}

	/// Takes an input and all that came with it.
	fn take(&mut self, first: Input) {
		self.input(first);
		for _ in 1..MAX_INPUTS {
			match self.parts.inputs.try_recv() {
				Ok(input) => self.input(input),
				Err(_) => return,
			}
		}
	}

	fn input(&mut self, input: Input) {
		match input {
			Input::Verified(verified) => self.report(verified),
			Input::Repeated(repeated) => self.repeated(repeated),
			Input::Peer { peer, messages, permit: _permit } => {
				for message in messages {
					self.message(peer, message);
				}
			}
			Input::Connected(peer) => self.greet(peer),
			Input::Disconnected(_) => {}
			Input::Delivered { feed, round, sequence } => {
				if let Some(served) = self.feeds.get(&feed) {
					let message = Message::Delivered { feed, round, sequence };
					for peer in served.other_peers() {
						self.outbox.messages.entry(peer).or_default().push(message.clone());
					}
				}
			}
		}
		self.settle_local();
	}

	/// A checked report: into the logs of the members that it is for.
	fn report(&mut self, verified: Verified) {
		let Verified { feed, round, reporter, hash, answer, report, source, permit, .. } = verified;
		let earlier =
			verified.earlier.and_then(|hash| self.feeds.get(&feed)?.counted(round, &hash));
		if let Some(earlier) = earlier {
			let (first, second) = (earlier.report, report.clone());
			self.outbox.writes.push(Write::DoubleAnswer { reporter, first, second });
		}
		let counted = Counted { report, hash, reporter, answer, _permit: Some(Arc::new(permit)) };
		match source {
			Source::Envelope { member, respond } => {
				self.log_report(feed, round, member, counted, Some(respond))
			}
			Source::Peer(_) => {
				let members = self.feeds.get(&feed).map(Served::members).unwrap_or_default();
				for member in members {
					self.log_report(feed, round, member, counted.clone(), None);
				}
			}
		}
	}

	/// A report that another member of this node may have, for a member that may not have it.
	fn repeated(&mut self, repeated: Repeated) {
		let Repeated { feed, round, hash, member, respond } = repeated;
		let known = self.feeds.get(&feed).and_then(|served| served.counted(round, &hash));
		match known {
			Some(counted) => self.log_report(feed, round, member, counted, Some(respond)),
			// It waits for its round, or the round is over.
			None if self.feeds.get(&feed).is_some_and(|served| served.is_open(member, round)) => {
				self.waiting.entry((feed, member, hash)).or_default().push(respond);
			}
			None => self.outbox.refusals.push((respond, IntakeError::Late)),
		}
	}

	fn log_report(
		&mut self,
		feed: FeedId,
		round: Round,
		member: MemberIndex,
		counted: Counted,
		respond: Option<Respond>,
	) {
		let hash = counted.hash;
		let mut effects = Vec::new();
		let logged = match self.feeds.get_mut(&feed).and_then(|served| served.engine(member)) {
			Some(engine) => engine.report(counted, crate::now(), &mut effects),
			None => {
				let refused = respond.map(|respond| (respond, IntakeError::UnknownFeed));
				return self.outbox.refusals.extend(refused);
			}
		};
		self.apply(feed, member, effects);
		let Some(respond) = respond else { return };
		let refuse = |error| (error, ());
		let (error, ()) = match logged {
			Logged::At(at) => {
				let receipt = ReceiptFor { feed, round, report: hash, at, member };
				return self.outbox.receipts.push((respond, receipt));
			}
			Logged::Waiting => {
				return self.waiting.entry((feed, member, hash)).or_default().push(respond);
			}
			Logged::DoubleAnswer => refuse(IntakeError::DoubleAnswer),
			Logged::Late => refuse(IntakeError::Late),
			Logged::WrongRound => refuse(IntakeError::WrongRound),
		};
		self.outbox.refusals.push((respond, error));
	}

	/// What a peer says, to every member of this node that sits in the feed's committee.
	fn message(&mut self, peer: PeerId, message: Message) {
		let feed = message.feed();
		let Some(served) = self.feeds.get(&feed) else { return };
		let Some(from) = served.sender(peer, &message) else { return };
		if let Message::Delivered { feed, round, sequence } = message {
			return self.outbox.events.push(Event::Delivered { feed, round, sequence });
		}
		for member in served.members() {
			self.hand(feed, from, member, message.clone());
		}
	}

	/// Gives a message to one member of this node.
	fn hand(&mut self, feed: FeedId, from: MemberIndex, to: MemberIndex, message: Message) {
		let Self { parts, feeds, .. } = self;
		let Some(served) = feeds.get_mut(&feed) else { return };
		let mut effects = Vec::new();
		if let Message::Report(report) = &message {
			// Only from a member of this node: what comes from peers passes through the intake.
			let Some(counted) = served.counted(report.body.round, &report.hash()) else { return };
			if let Some(engine) = served.engine(to) {
				engine.report(counted, crate::now(), &mut effects);
			}
		} else if let Some(engine) = served.engine(to) {
			let book = Book::new(parts);
			engine.message(from, message, &book, crate::now(), &mut effects);
		}
		self.apply(feed, to, effects);
	}

	/// Lets members of this node hear each other until all is said.
	fn settle_local(&mut self) {
		while let Some((feed, from, to, message)) = self.local.pop_front() {
			self.hand(feed, from, to, message);
		}
	}

	/// Publishes logs, looks at views, and asks what the counts mean.
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
		self.publish(now);
		if now >= self.decided_at.saturating_add(DECIDE_INTERVAL) {
			self.decide(now);
		}
		self.settle_local();
	}

	/// Runs `act` for every member of every feed and applies what it wants.
	fn each_engine(
		&mut self,
		mut act: impl FnMut(&mut crate::committee::feed::FeedEngine, &dyn Rulebook, &mut Vec<Effect>),
	) {
		let Self { parts, feeds, .. } = self;
		let book = Book::new(parts);
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
		for (key, list) in due {
			let sign = |payload: &[u8; 32]| self.parts.keys.sign(&key, payload);
			let Some(signed) = heads::sign(&self.genesis, &list, sign) else { continue };
			for signed in signed {
				let (feed, member) = (signed.head.feed, signed.member);
				let mut effects = Vec::new();
				let Self { parts, feeds, .. } = self;
				let book = Book::new(parts);
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
		self.decided_at = now;
		let chain = &self.parts.chain;
		let decided = chain.finalized().and_then(|block| chain.decide(block.hash, summaries));
		let Some(decisions) = read(decided) else {
			// What changed is still undecided.
			return self.each_engine(|engine, _, _| engine.undecided());
		};
		for ((feed, member), decision) in asked.into_iter().zip(decisions) {
			let mut effects = Vec::new();
			let Self { parts, feeds, .. } = self;
			let book = Book::new(parts);
			if let Some(engine) = feeds.get_mut(&feed).and_then(|served| served.engine(member)) {
				engine.decided(decision, &book, now, &mut effects);
			}
			self.apply(feed, member, effects);
		}
	}

	/// Tells a peer that has come (back) how far the members of this node are.
	fn greet(&mut self, peer: PeerId) {
		for served in self.feeds.values().filter(|served| served.peers.contains(&Some(peer))) {
			for engine in served.engines.values() {
				let news = [Some(engine.status()), engine.whole_log()].into_iter().flatten();
				self.outbox.messages.entry(peer).or_default().extend(news);
			}
		}
	}

	/// Takes up what a member wants done.
	fn apply(&mut self, feed: FeedId, member: MemberIndex, effects: Vec<Effect>) {
		for effect in effects {
			match effect {
				Effect::Write(write) => self.keep(feed, member, write),
				Effect::Send(to, message) => self.send(feed, member, to, message),
				Effect::Broadcast(message) => {
					let size = self.feeds.get(&feed).map_or(0, |served| served.peers.len());
					for to in (0..size as MemberIndex).filter(|to| *to != member) {
						self.send(feed, member, to, message.clone());
					}
				}
				Effect::Certified(certificate) => self.certified(feed, certificate),
				Effect::Fuller(certificate) => self.pending.fuller(certificate),
				Effect::Help(to, round) => self.help(feed, member, to, round),
			}
		}
	}

	fn keep(&mut self, feed: FeedId, member: MemberIndex, write: MemberWrite) {
		let write = match write {
			MemberWrite::Report(Counted { report, hash, reporter, .. }) => {
				Write::Report { hash, reporter, report }
			}
			MemberWrite::Entry(round, position, entry) => {
				let waiting = self.waiting.remove(&(feed, member, entry.report));
				for respond in waiting.unwrap_or_default() {
					let (report, at) = (entry.report, entry.at);
					let receipt = ReceiptFor { feed, round, report, at, member };
					self.outbox.receipts.push((respond, receipt));
				}
				Write::Append { feed, round, member, position, entry }
			}
			MemberWrite::Head(signed) => Write::Head(signed),
			MemberWrite::Signed(round, sequence, view, payload) => {
				Write::Signed { feed, round, sequence, view, member, payload }
			}
			MemberWrite::Certificate(certificate) => Write::Certificate(certificate),
			MemberWrite::Detail(round, sequence, detail) => {
				Write::Detail { feed, round, sequence, detail }
			}
		};
		self.outbox.writes.push(write);
	}

	fn send(&mut self, feed: FeedId, from: MemberIndex, to: MemberIndex, message: Message) {
		let Some(served) = self.feeds.get(&feed) else { return };
		if served.engines.contains_key(&to) {
			self.local.push_back((feed, from, to, message));
		} else if let Some(Some(peer)) = served.peers.get(usize::from(to)) {
			self.outbox.messages.entry(*peer).or_default().push(message);
		}
	}

	fn help(&mut self, feed: FeedId, member: MemberIndex, to: MemberIndex, round: Round) {
		match self.parts.store.certificates(feed, (round, 0), MAX_HELP) {
			Ok(certificates) => {
				for certificate in certificates.into_iter().filter(|c| c.outcome.push.is_final()) {
					self.send(feed, member, to, Message::Certificate(certificate));
				}
			}
			Err(error) => log::warn!(target: crate::LOG, "Cannot read certificates: {error}"),
		}
	}

	/// A push is certified: to the chain, to the webhook, to subscribers.
	fn certified(&mut self, feed: FeedId, certificate: Certificate) {
		let Some(served) = self.feeds.get_mut(&feed) else { return };
		let outcome = &certificate.outcome;
		let push = (outcome.round, outcome.sequence);
		if served.told.is_some_and(|told| told >= push) {
			return;
		}
		served.told = Some(push);
		self.parts.metrics.certificate();
		log::info!(
			target: crate::LOG,
			"Feed {feed} round {}: {:?}, {} of {} agree (sequence {}, view {})",
			outcome.round,
			outcome.push,
			outcome.agreed,
			outcome.total,
			outcome.sequence,
			outcome.view,
		);
		let certified = served.certified(certificate.clone());
		self.outbox.events.push(Event::Certified(Arc::new(certified)));
		served.show();
		self.pending.add(certificate);
	}

	/// Makes the iteration's writes durable, then does what waited for that.
	async fn flush(&mut self) -> Result<(), StoreError> {
		let Outbox { writes, messages, receipts, refusals, events } =
			std::mem::take(&mut self.outbox);
		if !writes.is_empty() {
			self.writer.commit(writes).await?;
		}
		for (peer, messages) in messages {
			for message in &messages {
				self.parts.network.send(&peer, message);
			}
		}
		for (respond, receipt) in receipts {
			let answer = self.sign_receipt(receipt).ok_or(IntakeError::UnknownFeed);
			self.parts.metrics.receipt();
			// Whoever asked may be gone.
			let _ = respond.send(answer);
		}
		for (respond, error) in refusals {
			let _ = respond.send(Err(error));
		}
		for event in events {
			// Without subscribers there is nobody to tell.
			let _ = self.parts.events.send(event);
		}
		self.pending.hand_over(&mut self.parts.duties);
		Ok(())
	}

	fn sign_receipt(&self, receipt: ReceiptFor) -> Option<Receipt> {
		let ReceiptFor { feed, round, report, at, member } = receipt;
		let key = self.feeds.get(&feed)?.engines.get(&member)?.key().clone();
		let payload = Receipt::payload(&self.genesis, feed, round, report, at);
		let signature = self.parts.keys.sign(&key, &payload)?;
		Some(Receipt { feed, round, report, at, member, signature })
	}
}

/// A detail as the chain wants it.
type DueDetail = (FeedId, Round, Detail);
/// A push of a feed.
type PushOf = (Round, Sequence);
