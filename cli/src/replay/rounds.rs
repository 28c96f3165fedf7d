// SPDX-License-Identifier: Apache-2.0

//! Round after round: send its reports, wait for its final outcome.

use super::{crowd::Worker, receiver::Arrival, Watch};
use crate::{
	chain::Chain,
	commands::now,
	progress::Progress,
	reporting::{hand_over, Handed},
	show, Failure,
};
use eventum_input::votes::Votes;
use eventum_primitives::{
	apis::{FeedView, Stage},
	committee::Committee,
	outcome::Certificate,
	report::Report,
	FeedId, Moment, Round,
};
use eventum_wire::client::make_report;
use sp_core::{ed25519, Pair};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::Duration,
};
use tokio::sync::mpsc;

/// Time for which reports of one round are tried to be handed over: longer than nodes take none because they
/// compile an upgraded runtime, all of them at once and on a busy machine.
const HAND_OVER: Duration = Duration::from_secs(60);
/// Time between looks at the chain while an outcome is awaited.
const LOOK: Duration = Duration::from_secs(2);

/// What is known of a round.
#[derive(Clone, Debug, Default)]
pub(super) struct RoundState {
	/// When the last of its reports was sent.
	pub(super) sent: Option<Moment>,
	/// Reports that a member took.
	pub(super) taken: usize,
	/// Why others were not taken.
	pub(super) refused: Vec<String>,
	/// The final outcome.
	pub(super) certificate: Option<Certificate>,
	/// When it came by the webhook.
	pub(super) webhook_at: Option<Moment>,
	/// When it came at all.
	pub(super) known_at: Option<Moment>,
}

/// A replay under way.
pub(super) struct Rounds<'a> {
	chain: &'a Chain,
	feed: FeedId,
	view: &'a FeedView,
	committee: &'a Committee,
	votes: &'a Arc<Votes>,
	workers: &'a Arc<Vec<Worker>>,
	arrivals: mpsc::Receiver<Arrival>,
	patience: Duration,
	/// What is known of each round.
	pub(super) states: Vec<RoundState>,
	/// Ids that came by the webhook.
	pub(super) webhooks: BTreeMap<String, u32>,
	/// Certificates that do not hold, by round and sequence.
	pub(super) invalid: BTreeSet<(Round, u32)>,
}

impl<'a> Rounds<'a> {
	/// Before the first round.
	// All of it is borrowed from the one caller, for as long as the rounds run.
	#[allow(clippy::too_many_arguments)]
	pub(super) fn new(
		chain: &'a Chain,
		feed: FeedId,
		view: &'a FeedView,
		committee: &'a Committee,
		votes: &'a Arc<Votes>,
		workers: &'a Arc<Vec<Worker>>,
		arrivals: mpsc::Receiver<Arrival>,
		patience: Duration,
	) -> Self {
		let states = vec![RoundState::default(); votes.tasks.len()];
		let (webhooks, invalid) = (BTreeMap::new(), BTreeSet::new());
		Self {
			chain,
			feed,
			view,
			committee,
			votes,
			workers,
			arrivals,
			patience,
			states,
			webhooks,
			invalid,
		}
	}

	/// Runs all rounds.
	pub(super) async fn run(&mut self, progress: &Progress, verbose: bool) -> Result<(), Failure> {
		let rounds = self.votes.tasks.len();
		let mut prepared = self.prepare(0);
		for round in 0..rounds {
			let reports = prepared.await.map_err(Failure::new)??;
			prepared = self.prepare(round + 1);
			self.send(round, &reports, progress).await;
			self.await_final(round, progress).await?;
			if verbose {
				progress.done();
				eprintln!("{}", self.line(round));
			}
			progress.at(format!("{} of {rounds} rounds are final", round + 1));
		}
		Ok(())
	}

	/// Makes a round's reports, beside what else is going on.
	fn prepare(&self, round: usize) -> tokio::task::JoinHandle<Result<Vec<Report>, Failure>> {
		let (votes, workers) = (Arc::clone(self.votes), Arc::clone(self.workers));
		let (genesis, feed) = (self.chain.genesis(), self.feed);
		let definition = self.view.definition.clone();
		tokio::task::spawn_blocking(move || {
			let Some(task) = votes.tasks.get(round) else { return Ok(Vec::new()) };
			let made = task.votes.iter().map(|(who, text)| {
				let worker = workers.get(*who).ok_or_else(|| Failure::new("unknown worker"))?;
				let answer = votes.answer(text)?;
				make_report(
					&genesis,
					feed,
					round as Round,
					&worker.account,
					&definition,
					&answer,
					now(),
					|message| worker.key.sign_report(message),
				)
				.map_err(|error| {
					Failure::new(format!("task {}, worker {}: {error}", task.name, worker.name))
				})
			});
			made.collect()
		})
	}

	/// Sends a round's reports, and takes in what arrives meanwhile.
	async fn send(&mut self, round: usize, reports: &[Report], progress: &Progress) {
		let pool = self.chain.pool().clone();
		let committee = self.committee;
		let sending = hand_over(&pool, committee, reports, HAND_OVER);
		tokio::pin!(sending);
		let handed: Vec<Handed> = loop {
			tokio::select! {
				handed = &mut sending => break handed,
				arrival = self.arrivals.recv() => if let Some(arrival) = arrival {
					self.take(arrival);
				},
				() = tokio::time::sleep(Duration::from_secs(1)) => {
					progress.at(format!("round {round}: sending {} reports", reports.len()));
				}
			}
		};
		let state = &mut self.states[round];
		state.sent = handed.iter().filter_map(|handed| handed.sent).max();
		state.taken = handed.iter().filter(|handed| handed.is_taken()).count();
		let lost = handed.into_iter().filter(|handed| !handed.is_taken());
		state.refused = lost.map(|handed| handed.refused.unwrap_or_default()).collect();
	}

	/// Notes what has arrived.
	fn take(&mut self, arrival: Arrival) {
		let Arrival { certificate, at, webhook } = arrival;
		let outcome = &certificate.outcome;
		if outcome.feed != self.feed {
			return;
		}
		if let Some(id) = &webhook {
			*self.webhooks.entry(id.clone()).or_default() += 1;
		}
		let known = self.states.get(outcome.round as usize).and_then(|state| {
			let known = state.certificate.as_ref()?;
			(*known == certificate).then_some(())
		});
		// What is known already has been checked.
		let verify = |signature: &ed25519::Signature, message: &[u8], key: &ed25519::Public| {
			ed25519::Pair::verify(signature, message, key)
		};
		if known.is_none()
			&& certificate.verify(self.committee, &self.chain.genesis(), verify).is_err()
		{
			self.invalid.insert((outcome.round, outcome.sequence));
			return;
		}
		if !outcome.push.is_final() {
			return;
		}
		let Some(state) = self.states.get_mut(outcome.round as usize) else { return };
		state.known_at = Some(state.known_at.map_or(at, |known| known.min(at)));
		let sequence = outcome.sequence;
		let newest = state.certificate.as_ref().map(|known| known.outcome.sequence);
		if newest.is_some_and(|known| known > sequence) {
			return;
		}
		// Of the newest push, the first that came.
		if webhook.is_some() && (newest != Some(sequence) || state.webhook_at.is_none()) {
			state.webhook_at = Some(at);
		} else if newest != Some(sequence) {
			state.webhook_at = None;
		}
		state.certificate = Some(certificate);
	}

	/// Waits for the final outcome of a round.
	async fn await_final(&mut self, round: usize, progress: &Progress) -> Result<(), Failure> {
		let watch = Watch::new(self.patience + self.quiet());
		while self.states[round].certificate.is_none() {
			tokio::select! {
				arrival = self.arrivals.recv() => match arrival {
					Some(arrival) => self.take(arrival),
					None => return Err(Failure::new("nothing brings outcomes any more")),
				},
				() = tokio::time::sleep(LOOK) => {
					progress.at(format!("round {round}: waiting for its outcome"));
					if self.is_final_on_chain(round).await {
						return Ok(());
					}
					if watch.is_over() {
						return Err(self.stuck(round));
					}
				}
			}
		}
		Ok(())
	}

	fn quiet(&self) -> Duration {
		Duration::from_millis(self.view.definition.stop_voting.quiet.unwrap_or_default())
	}

	/// The chain tells too, should nothing else have reached us.
	async fn is_final_on_chain(&self, round: usize) -> bool {
		let outcomes = self.chain.outcomes(self.feed, round as Round, 1).await.unwrap_or_default();
		outcomes.iter().any(|outcome| outcome.round as usize == round && outcome.is_final)
	}

	fn stuck(&self, round: usize) -> Failure {
		let state = &self.states[round];
		let (taken, name) = (state.taken, &self.votes.tasks[round].name);
		let refused = state.refused.first().map(|reason| {
			format!("; {} were not taken, one of them because: {reason}", state.refused.len())
		});
		Failure::new(format!(
			"round {round} (task {name}) has no final outcome; {taken} reports were taken{}",
			refused.unwrap_or_default()
		))
		.hint(format!("`eventum feed status {}`, and the logs of the validation nodes", self.feed))
	}

	/// Goes on taking in what arrives until every round came by the webhook, or the time is over.
	pub(super) async fn await_webhooks(&mut self, time: Duration, progress: &Progress) {
		let watch = Watch::new(time);
		while !watch.is_over() && self.states.iter().any(|state| state.webhook_at.is_none()) {
			self.drain(Duration::from_millis(100)).await;
			progress.at("waiting for the last webhooks");
		}
	}

	/// Takes in what arrives for a while.
	pub(super) async fn drain(&mut self, time: Duration) {
		let end = tokio::time::sleep(time);
		tokio::pin!(end);
		loop {
			tokio::select! {
				() = &mut end => return,
				arrival = self.arrivals.recv() => match arrival {
					Some(arrival) => self.take(arrival),
					None => return end.await,
				},
			}
		}
	}

	/// A round for people.
	fn line(&self, round: usize) -> String {
		let (state, task) = (&self.states[round], &self.votes.tasks[round].name);
		match &state.certificate {
			Some(certificate) => {
				let shown = show::certificate_line(&self.view.definition, certificate);
				let latency = latency(state).map(|ms| format!(", {ms} ms"));
				format!("{task}: {shown}{}", latency.unwrap_or_default())
			}
			None => {
				format!("{task}: round {round} is final on chain, its certificate has not come")
			}
		}
	}
}

/// From the last report's sending to the certificate's arrival: by the webhook, if it came there.
pub(super) fn latency(state: &RoundState) -> Option<Moment> {
	let came = state.webhook_at.or(state.known_at)?;
	Some(came.saturating_sub(state.sent?))
}

/// Waits until everything is paid, as finalized state has it.
pub(super) async fn settled(
	chain: &Chain,
	feed: FeedId,
	rounds: &mut Rounds<'_>,
	progress: &Progress,
	patience: Duration,
) -> Result<FeedView, Failure> {
	let mut watch = Watch::new(patience);
	loop {
		let at = chain.finalized().await?;
		let view: Option<FeedView> = chain.api_at("ReportsApi_feed", feed, Some(at)).await?;
		let view = view.ok_or_else(|| Failure::new("the chain has forgotten the feed"))?;
		let (done, all) = (view.settled_rounds, view.definition.max_rounds());
		let stage = show::stage_name(view.stage);
		if matches!(view.stage, Stage::Settled | Stage::Void) {
			return Ok(view);
		}
		progress.at(format!(
			"settling: the feed is {stage}, {} certificates on chain, {done} of {all} rounds reckoned",
			view.final_rounds
		));
		watch.moved((view.stage as u32, view.final_rounds, done));
		if watch.is_over() {
			return Err(Failure::new(format!("the feed is {stage} and does not get on"))
				.hint(format!("`eventum feed status {feed}`; raise --patience to wait longer")));
		}
		rounds.drain(Duration::from_millis(500)).await;
	}
}
