// SPDX-License-Identifier: Apache-2.0

//! What a replay writes down.

use super::{
	crowd::Worker,
	ledger::Entries,
	receiver::Counters,
	rounds::{latency, RoundState},
};
use crate::{
	chain::{blocks::Payout, to_hex},
	show::{result_name, stage_name},
	Failure,
};
use codec::Encode;
use eventum_input::{
	decimal::{evt_text, hundredths},
	votes::Votes,
};
use eventum_primitives::{
	apis::Stage,
	outcome::{Certificate, RoundResult},
	AccountId, Balance, FeedId, Moment, Score,
};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, HashMap},
	fmt::Write,
	path::Path,
	time::Duration,
};

/// Everything that is known at the end.
pub(super) struct Run<'a> {
	pub(super) feed: FeedId,
	pub(super) votes: &'a Votes,
	pub(super) truth: Option<&'a BTreeMap<String, String>>,
	pub(super) workers: &'a [Worker],
	pub(super) states: &'a [RoundState],
	pub(super) webhooks: &'a BTreeMap<String, u32>,
	pub(super) invalid: u64,
	/// None if there is no receiver.
	pub(super) counters: Option<Counters>,
	pub(super) entries: &'a Entries,
	pub(super) scores: &'a [Score],
	/// Where the feed ended, if it did.
	pub(super) stage: Option<Stage>,
	pub(super) supply: (Balance, Balance),
	pub(super) held: Balance,
	pub(super) seconds: Duration,
	pub(super) reporting: Duration,
}

/// The totals of a replay.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
	feed: FeedId,
	stage: Option<Stage>,
	rounds: usize,
	agreed: usize,
	none: usize,
	undetermined: usize,
	/// Rounds without a certificate.
	uncertified: usize,
	/// Counted reports.
	reports: u64,
	/// Votes in the file.
	votes: usize,
	/// Votes that no member took.
	lost: usize,
	correct: Option<usize>,
	webhooks: Option<usize>,
	/// Rounds whose final outcome did not come by the webhook.
	unposted: usize,
	repeats: u64,
	invalid: u64,
	supply: (Balance, Balance),
	held: Balance,
	workers: usize,
	paid: usize,
	rewards: Balance,
	forfeited: Balance,
	seconds: f64,
	reporting: f64,
	latencies: Vec<Moment>,
	bytes: u64,
	trouble: Option<String>,
}

/// The value below which `percent` of sorted values lie (nearest rank).
fn percentile(sorted: &[Moment], percent: usize) -> Option<Moment> {
	let rank = (sorted.len() * percent).div_ceil(100).max(1);
	sorted.get(rank - 1).copied()
}

impl Run<'_> {
	/// Writes the files and gives the totals.
	pub(super) fn write(&self, directory: &Path) -> Result<Summary, Failure> {
		let written = |name: &str, bytes: Vec<u8>| {
			let path = directory.join(name);
			std::fs::write(&path, bytes)
				.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))
		};
		let paid = self.paid();
		written("outcomes.csv", self.outcomes()?)?;
		written("payouts.csv", self.payouts(&paid)?)?;
		written("details.csv", self.details()?)?;
		let summary = self.summary(&paid);
		written("summary.json", format!("{:#}\n", summary.to_json()).into_bytes())?;
		Ok(summary)
	}

	fn paid(&self) -> HashMap<&AccountId, &Payout> {
		self.entries.payouts.iter().map(|payout| (&payout.account, payout)).collect()
	}

	fn value(&self, round: usize, certificate: &Certificate) -> String {
		let agreed = matches!(certificate.outcome.result, RoundResult::Agreed(_));
		let text = self
			.votes
			.tasks
			.get(round)
			.and_then(|task| self.votes.text_of(task, &certificate.outcome.answer));
		text.filter(|_| agreed).unwrap_or_default()
	}

	fn outcomes(&self) -> Result<Vec<u8>, Failure> {
		let header =
			["task", "round", "result", "value", "agreed", "total", "latency_ms", "certificate"];
		let rows = self.votes.tasks.iter().zip(self.states).enumerate().filter_map(
			|(round, (task, state))| {
				let certificate = state.certificate.as_ref()?;
				let outcome = &certificate.outcome;
				Some(vec![
					task.name.clone(),
					round.to_string(),
					result_name(&outcome.result).into(),
					self.value(round, certificate),
					outcome.agreed.to_string(),
					outcome.total.to_string(),
					latency(state).map(|ms| ms.to_string()).unwrap_or_default(),
					to_hex(&certificate.encode()),
				])
			},
		);
		table(&header, rows)
	}

	fn payouts(&self, paid: &HashMap<&AccountId, &Payout>) -> Result<Vec<u8>, Failure> {
		let header =
			["worker", "account", "stake", "stake_back", "forfeited", "reward", "reputation"];
		let rows = self.workers.iter().zip(self.scores).filter_map(|(worker, score)| {
			let payout = paid.get(&worker.account)?;
			Some(vec![
				worker.name.clone(),
				crate::chain::keys::ss58(&worker.account),
				payout.stake.to_string(),
				payout.stake_back.to_string(),
				payout.forfeited.to_string(),
				payout.reward.to_string(),
				hundredths(*score),
			])
		});
		table(&header, rows)
	}

	/// Each counted vote: whether it agreed, and when it came, in ms from the round's first.
	fn details(&self) -> Result<Vec<u8>, Failure> {
		let names: HashMap<&AccountId, &str> =
			self.workers.iter().map(|worker| (&worker.account, worker.name.as_str())).collect();
		let mut rows = Vec::new();
		for (round, detail) in &self.entries.details {
			let Some(task) = self.votes.tasks.get(*round as usize) else { continue };
			for (index, agreed, time) in detail.votes() {
				let account = self.entries.joined.get(&index);
				let Some(name) = account.and_then(|account| names.get(account)) else { continue };
				rows.push(vec![
					task.name.clone(),
					name.to_string(),
					agreed.to_string(),
					time.to_string(),
				]);
			}
		}
		table(&["task", "worker", "agreed", "time_ms"], rows.into_iter())
	}

	fn summary(&self, paid: &HashMap<&AccountId, &Payout>) -> Summary {
		let certified = || self.states.iter().filter_map(|state| state.certificate.as_ref());
		let with = |wanted: fn(&RoundResult) -> bool| {
			certified().filter(|certificate| wanted(&certificate.outcome.result)).count()
		};
		let correct = self.truth.map(|truth| {
			let rounds = self.votes.tasks.iter().zip(self.states).enumerate();
			let right = rounds.filter(|(round, (task, state))| {
				let Some(certificate) = &state.certificate else { return false };
				let agreed = matches!(certificate.outcome.result, RoundResult::Agreed(_));
				let value = self.value(*round, certificate);
				agreed && truth.get(&task.name).is_some_and(|right| self.votes.same(right, &value))
			});
			right.count()
		});
		let mut latencies: Vec<Moment> = self.states.iter().filter_map(latency).collect();
		latencies.sort_unstable();
		let twice: u64 = self.webhooks.values().map(|count| u64::from(*count - 1)).sum();
		let counters = self.counters.unwrap_or_default();
		let ours = || self.workers.iter().filter_map(|worker| paid.get(&worker.account));
		let unposted = self.states.iter().filter(|state| state.webhook_at.is_none()).count();
		Summary {
			feed: self.feed,
			stage: self.stage,
			rounds: self.states.len(),
			agreed: with(|result| matches!(result, RoundResult::Agreed(_))),
			none: with(|result| matches!(result, RoundResult::None)),
			undetermined: with(|result| {
				matches!(result, RoundResult::Undetermined | RoundResult::Stop)
			}),
			uncertified: self.states.len() - certified().count(),
			reports: certified().map(|certificate| u64::from(certificate.outcome.total)).sum(),
			votes: self.votes.count(),
			lost: self.states.iter().map(|state| state.refused.len()).sum(),
			correct,
			webhooks: self.counters.map(|_| self.webhooks.len()),
			unposted: self.counters.map_or(0, |_| unposted),
			repeats: counters.repeats.max(twice),
			invalid: self.invalid + counters.invalid + counters.unreadable,
			supply: self.supply,
			held: self.held,
			workers: self.workers.len(),
			paid: ours().count(),
			rewards: ours().map(|payout| payout.reward).sum(),
			forfeited: ours().map(|payout| payout.forfeited).sum(),
			seconds: self.seconds.as_secs_f64(),
			reporting: self.reporting.as_secs_f64(),
			latencies,
			bytes: self.entries.bytes,
			trouble: self.entries.trouble.clone(),
		}
	}
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, Failure> {
	let mut writer = csv::Writer::from_writer(Vec::new());
	writer.write_record(header).map_err(Failure::new)?;
	for row in rows {
		writer.write_record(&row).map_err(Failure::new)?;
	}
	writer.into_inner().map_err(|error| Failure::new(error.to_string()))
}

impl Summary {
	fn bytes_per_report(&self) -> Option<f64> {
		let exact = |bytes: u64| bytes as f64 / self.reports as f64;
		(self.reports > 0).then(|| (exact(self.bytes) * 100.0).round() / 100.0)
	}

	fn seconds(seconds: f64) -> f64 {
		(seconds * 10.0).round() / 10.0
	}

	/// The totals for programs; amounts in the smallest unit, as text where they may be large.
	pub fn to_json(&self) -> Value {
		json!({
			"feed": self.feed.to_string(),
			"stage": self.stage.map(stage_name),
			"rounds": self.rounds,
			"agreed": self.agreed,
			"none": self.none,
			"undetermined": self.undetermined,
			"reports": self.reports,
			"correct": self.correct,
			"webhooks_received": self.webhooks,
			"webhook_repeats": self.repeats,
			"invalid_signatures": self.invalid,
			"supply_before": self.supply.0.to_string(),
			"supply_after": self.supply.1.to_string(),
			"held_after": self.held.to_string(),
			"seconds": Self::seconds(self.seconds),
			"reporting_seconds": Self::seconds(self.reporting),
			"latency_p50_ms": percentile(&self.latencies, 50),
			"latency_p99_ms": percentile(&self.latencies, 99),
			"chain_bytes": self.bytes,
			"chain_bytes_per_report": self.bytes_per_report(),
			"workers": self.workers,
			"workers_paid": self.paid,
			"rewards": self.rewards.to_string(),
			"forfeited": self.forfeited.to_string(),
			"votes": self.votes,
			"votes_not_taken": self.lost,
		})
	}

	/// The totals for people.
	pub fn table(&self, directory: &Path) -> String {
		let mut text = String::new();
		let mut line = |key: &str, value: String| {
			let _ = writeln!(text, "{key:<26}{value}");
		};
		line("feed", format!("{} ({})", self.feed, self.stage.map_or("not over", stage_name)));
		line("rounds", self.rounds.to_string());
		line("  agreed", self.agreed.to_string());
		if let Some(correct) = self.correct {
			line("  of them right", correct.to_string());
		}
		line("  no agreement", self.none.to_string());
		line("  undetermined", self.undetermined.to_string());
		line("reports counted", format!("{} of {} votes", self.reports, self.votes));
		if let Some(webhooks) = self.webhooks {
			line("webhooks received", format!("{webhooks} ({} came again)", self.repeats));
		}
		line("wrong signatures", self.invalid.to_string());
		let shown = |percent| {
			percentile(&self.latencies, percent)
				.map_or_else(|| "-".into(), |ms: Moment| format!("{ms} ms"))
		};
		line("report to certificate", format!("median {}, p99 {}", shown(50), shown(99)));
		line(
			"chain bytes per report",
			self.bytes_per_report().map_or_else(|| "-".into(), |bytes| format!("{bytes:.2}")),
		);
		line("workers paid", format!("{} of {}", self.paid, self.workers));
		line("  rewards", format!("{} EVT", evt_text(self.rewards)));
		line("  forfeited", format!("{} EVT", evt_text(self.forfeited)));
		let kept = if self.supply.0 == self.supply.1 { "unchanged" } else { "CHANGED" };
		line("supply", format!("{} EVT, {kept}", evt_text(self.supply.1)));
		line("held for markets", format!("{} EVT", evt_text(self.held)));
		let (all, reporting) = (Self::seconds(self.seconds), Self::seconds(self.reporting));
		line("time", format!("{all} s, {reporting} s of them reporting"));
		line("written to", directory.display().to_string());
		text
	}

	/// What should be there and is not.
	pub fn missing(&self) -> Vec<String> {
		let mut missing = Vec::new();
		let mut note = |is: bool, text: String| {
			if is {
				missing.push(text);
			}
		};
		let Self { rounds, workers, .. } = *self;
		note(self.stage.is_none(), "the feed is not settled".into());
		note(self.stage == Some(Stage::Void), "the feed is void: everything was given back".into());
		note(
			self.uncertified > 0,
			format!("{} of {rounds} rounds have no certificate", self.uncertified),
		);
		note(
			self.lost > 0,
			format!("{} of {} votes were taken by no member", self.lost, self.votes),
		);
		note(
			self.reports < self.votes as u64,
			format!("only {} of {} votes were counted", self.reports, self.votes),
		);
		note(
			self.unposted > 0,
			format!("{} of {rounds} final outcomes did not come by the webhook", self.unposted),
		);
		note(self.invalid > 0, format!("{} signatures or posts are wrong", self.invalid));
		note(
			self.paid < workers,
			format!("{} of {workers} workers have no payout", workers - self.paid.min(workers)),
		);
		note(
			self.supply.0 != self.supply.1,
			format!("the supply went from {} to {}", self.supply.0, self.supply.1),
		);
		if let Some(trouble) = &self.trouble {
			note(true, format!("blocks could not be read: {trouble}"));
		}
		missing
	}
}
