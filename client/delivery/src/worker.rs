// SPDX-License-Identifier: Apache-2.0

//! The task that posts.

use crate::{
	body::body,
	entry::{Content, DeadLetter, DeadLetters, Key, State},
	graves::Graves,
	metrics::Metrics,
	post::{Letter, PostError, Poster, Signer},
	queue::{Attempt, Displaced, Fate, Queue},
	schedule::part,
	store::{Store, StoreError},
	LOG_TARGET,
};
use eventum_primitives::{FeedId, Hash, Moment, Round, Sequence};
use eventum_wire::Certified;
use futures::{Stream, StreamExt};
use reqwest::Url;
use std::{
	collections::{BTreeMap, HashMap},
	path::PathBuf,
	sync::Arc,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use substrate_prometheus_endpoint::Registry;
use tokio::{
	task::{Id, JoinError, JoinSet},
	time::Instant,
};

/// How delivery is set up.
#[derive(Clone, Debug)]
pub struct Config {
	/// Directory that holds the queue.
	pub base_path: PathBuf,
	/// Whether addresses of inner networks are posted to.
	pub allow_private: bool,
	/// Hash of the chain's first block.
	pub genesis: Hash,
}

/// What delivery is told.
#[derive(Clone, Debug)]
pub enum Input {
	/// An outcome is certified.
	Certified(Arc<Certified>),
	/// Another member says that a receiver took a push.
	Delivered {
		/// The feed.
		feed: FeedId,
		/// The round.
		round: Round,
		/// The push.
		sequence: Sequence,
	},
	/// A feed is over.
	Settled(FeedId),
}

/// Tells the other members that a receiver took a push. Must not block.
pub type Announce = Arc<dyn Fn(FeedId, Round, Sequence) + Send + Sync>;

/// Posts certified outcomes.
pub struct Delivery {
	queue: Queue,
	store: Store,
	poster: Arc<Poster>,
	announce: Announce,
	graves: Arc<Graves>,
	metrics: Option<Metrics>,
	clock: Clock,
	/// Which post an attempt is of.
	attempts: HashMap<Id, Key>,
	/// What was taken up before the node ended.
	taken: BTreeMap<FeedId, (Round, Sequence)>,
}

/// Unix time that does not jump while the node runs.
struct Clock {
	unix: Moment,
	start: Instant,
}

impl Clock {
	fn new() -> Self {
		let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
		Self { unix: unix.as_millis() as Moment, start: Instant::now() }
	}

	fn now(&self) -> Moment {
		self.unix.saturating_add(self.start.elapsed().as_millis() as Moment)
	}

	fn instant(&self, moment: Moment) -> Instant {
		self.start + Duration::from_millis(moment.saturating_sub(self.unix))
	}
}

impl Delivery {
	/// Opens the queue. Posts that were waiting when the node stopped are made as soon as it runs.
	pub fn new(config: Config, signer: Signer, announce: Announce) -> Result<Self, StoreError> {
		let Config { base_path, allow_private, genesis } = config;
		let (store, found) = Store::open(&base_path, &genesis)?;
		let mut delivery = Self {
			queue: Queue::default(),
			store,
			poster: Arc::new(Poster::new(signer, allow_private)),
			announce,
			graves: Arc::default(),
			metrics: None,
			clock: Clock::new(),
			attempts: HashMap::new(),
			taken: found.taken,
		};
		for (key, letter) in found.dead {
			delivery.queue.close(&key);
			if let Some(oldest) = delivery.graves.add(key, letter) {
				delivery.store.unbury(oldest);
			}
		}
		for (key, state) in found.states {
			let displaced = delivery.queue.insert(key, state);
			delivery.displace(displaced);
		}
		delivery.count();
		Ok(delivery)
	}

	/// Keeps metrics.
	pub fn with_metrics(mut self, registry: &Registry) -> Self {
		self.metrics = Metrics::register(registry)
			.inspect_err(|error| log::warn!(target: LOG_TARGET, "no metrics: {error}"))
			.ok();
		self
	}

	/// The newest push of each feed that was taken up before the node ended: inputs should go on after
	/// these.
	pub fn taken(&self) -> BTreeMap<FeedId, (Round, Sequence)> {
		self.taken.clone()
	}

	/// What was not delivered, also while delivery runs.
	pub fn dead_letters(&self) -> Arc<dyn DeadLetters> {
		self.graves.clone()
	}

	/// Posts until `inputs` end. What waits then is posted by the next run.
	pub async fn run(mut self, mut inputs: impl Stream<Item = Input> + Unpin) {
		let mut flights = JoinSet::new();
		loop {
			self.launch(&mut flights);
			self.count();
			let due = self.queue.next_due().map(|due| self.clock.instant(due));
			let wake = async {
				match due {
					Some(due) => tokio::time::sleep_until(due).await,
					None => futures::future::pending().await,
				}
			};
			tokio::select! {
				input = inputs.next() => match input {
					Some(input) => self.take(input),
					None => return,
				},
				Some(ended) = flights.join_next_with_id() => self.land(ended),
				() = wake => {},
			}
		}
	}

	fn take(&mut self, input: Input) {
		match input {
			Input::Certified(certified) => {
				self.certified(&certified);
				let outcome = &certified.certificate.outcome;
				self.store.take(outcome.feed, (outcome.round, outcome.sequence));
			}
			Input::Delivered { feed, round, sequence } => {
				let unneeded = self.queue.delivered(feed, round, sequence);
				self.end(unneeded);
			}
			Input::Settled(feed) => {
				self.queue.settled(feed);
				self.store.forget(feed);
			}
		}
	}

	fn certified(&mut self, certified: &Certified) {
		let Certified { certificate, feed, committee, local } = certified;
		let outcome = &certificate.outcome;
		let url = String::from_utf8_lossy(&feed.text.webhook_url).into_owned();
		if url.is_empty() || local.is_empty() {
			return;
		}
		let host = host(&url);
		let text = body(certificate, feed, committee);
		let now = self.clock.now();
		for (member, signing) in local {
			let part = part(committee, outcome, *member);
			let key = Key {
				feed: outcome.feed,
				round: outcome.round,
				sequence: outcome.sequence,
				member: *member,
			};
			if !self.queue.wants(&key, part.regardless) {
				continue;
			}
			let content = Content {
				url: url.clone(),
				id: outcome.event_id(),
				body: text.clone(),
				key: signing.clone(),
			};
			let state = State {
				host: host.clone(),
				due: now.saturating_add(part.delay),
				since: now,
				attempts: 0,
				is_final: outcome.push.is_final(),
				regardless: part.regardless,
			};
			self.store.put(key, Arc::new(content), state.clone());
			let displaced = self.queue.insert(key, state);
			self.displace(displaced);
		}
	}

	/// Starts what is due.
	fn launch(&mut self, flights: &mut JoinSet<Result<(), PostError>>) {
		while let Some(key) = self.queue.start(self.clock.now()) {
			let (poster, content) = (self.poster.clone(), self.store.content(&key));
			let flight = flights.spawn(async move {
				let Some(content) = content else {
					return Err(PostError::Failed("the queue cannot be read".into()));
				};
				let Content { url, id, body, key } = &*content;
				poster.post(Letter { url, id, body, key }).await
			});
			self.attempts.insert(flight.id(), key);
		}
	}

	/// Draws the consequences of an attempt.
	fn land(&mut self, ended: Result<(Id, Result<(), PostError>), JoinError>) {
		let (id, result) = ended.unwrap_or_else(|error| {
			(error.id(), Err(PostError::Failed("the attempt was cut off".into())))
		});
		let Some(key) = self.attempts.remove(&id) else { return };
		if let Some(metrics) = &self.metrics {
			metrics.attempt(result.is_ok());
		}
		let (attempt, reason) = match result {
			Ok(()) => (Attempt::Taken, String::new()),
			Err(PostError::Failed(reason)) => (Attempt::Failed, reason),
			Err(PostError::Hopeless(reason)) => (Attempt::Hopeless, reason),
		};
		let Key { feed, round, sequence, member } = key;
		log::debug!(
			target: LOG_TARGET,
			"feed {feed} round {round} push {sequence} by member {member}: {attempt:?} {reason}",
		);
		match self.queue.finish(&key, self.clock.now(), attempt) {
			Some(Fate::Delivered(others)) => {
				self.end(others.into_iter().chain([key]));
				(self.announce)(feed, round, sequence);
			}
			Some(Fate::Again(state)) => {
				self.graves.fail(key, self.letter(key, &state, state.due, reason));
				self.store.update(key, state);
			}
			Some(Fate::Superseded) => self.end([key]),
			Some(Fate::Dead(state)) => self.bury(key, &state, reason),
			// Dropped for want of room while it was on its way.
			None => {}
		}
	}

	/// Posts that are not tried again.
	fn end(&self, keys: impl IntoIterator<Item = Key>) {
		let keys: Vec<Key> = keys.into_iter().collect();
		keys.iter().for_each(|key| self.graves.end(key));
		self.store.remove(keys);
	}

	fn displace(&mut self, displaced: Displaced) {
		self.end(displaced.superseded);
		match displaced.overflow {
			Some((key, state)) if state.is_final => {
				self.bury(key, &state, "no room in the queue".into());
			}
			Some((key, _)) => {
				log::warn!(target: LOG_TARGET, "no room in the queue: a push of {} is dropped", key.feed);
				self.end([key]);
			}
			None => {}
		}
	}

	fn letter(&self, key: Key, state: &State, at: Moment, reason: String) -> DeadLetter {
		let Key { feed, round, sequence, member } = key;
		let url = self.store.content(&key).map(|content| content.url.clone()).unwrap_or_default();
		let State { attempts, since, .. } = *state;
		DeadLetter { feed, round, sequence, member, url, attempts, since, at, reason }
	}

	fn bury(&mut self, key: Key, state: &State, reason: String) {
		let letter = self.letter(key, state, self.clock.now(), reason);
		log::warn!(
			target: LOG_TARGET,
			"feed {} round {} push {} could not be delivered: {}",
			key.feed, key.round, key.sequence, letter.reason,
		);
		if let Some(metrics) = &self.metrics {
			metrics.dead();
		}
		self.store.bury(key, letter.clone());
		self.end([key]);
		if let Some(oldest) = self.graves.add(key, letter) {
			self.store.unbury(oldest);
		}
	}

	fn count(&self) {
		self.graves.set_pending(self.queue.len());
		if let Some(metrics) = &self.metrics {
			metrics.pending(self.queue.len());
		}
	}
}

/// Host and port of a URL; the text itself if it is none, which the attempt will find out.
fn host(url: &str) -> String {
	let parsed = Url::parse(url).ok();
	let parts =
		parsed.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
	parts.map_or_else(|| url.to_owned(), |(host, port)| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests;
