// SPDX-License-Identifier: Apache-2.0

//! What `eventum replay` takes.

use clap::Args;
use eventum_input::decimal;
use eventum_primitives::{Balance, Moment, Ppb};
use std::path::PathBuf;

/// Put recorded votes through the chain.
///
/// Makes a market whose one feed is a series: each task is a round, each worker a reporter with a key
/// and funds of its own. A round's reports are sent at once, over all nodes that are given, and the
/// next round's when the outcome is certified. Then the feed is settled and everything is written down.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  eventum replay --votes votes.csv --receiver http://127.0.0.1:8080 --out results
  eventum replay --votes votes.csv --truth truth.csv --rule 3/4 --min-consensus 10 --out results \\
      --url ws://127.0.0.1:9944 --url ws://127.0.0.1:9945

Votes are CSV with the header task,worker,answer; a worker may leave tasks out. The type is read off the
answers: true/false, whole numbers, decimals, at most 64 different texts (options), or any text. The
truth is CSV with the header task,truth.

Written to --out:
  outcomes.csv  task,round,result,value,agreed,total,latency_ms,certificate
                result: agreed, none or undetermined; value: as the votes have it; latency_ms: from the
                last report's sending to the final certificate's arrival, quiet time included
  payouts.csv   worker,account,stake,stake_back,forfeited,reward,reputation
                amounts in units of 10^-12 EVT
  details.csv   task,worker,agreed,time_ms
                the counted votes, as the chain has them; time_ms: from the round's first report
  summary.json  totals and checks

The exit code is 0 only if every round has its outcome, every worker its payout, nothing was lost and
no signature was wrong.")]
pub struct ReplayArgs {
	/// The votes.
	#[arg(long, value_name = "FILE")]
	pub votes: PathBuf,
	/// What was right, to count correct outcomes.
	#[arg(long, value_name = "FILE")]
	pub truth: Option<PathBuf>,
	/// Share of the votes that those who agree must exceed: a decimal or a fraction.
	#[arg(long, default_value = "2/3", value_parser = rule)]
	pub rule: Ppb,
	/// Votes that must agree; by default more than half of a task's votes, but at most 20.
	#[arg(long)]
	pub min_consensus: Option<u32>,
	/// Directory that results are written to.
	#[arg(long, value_name = "DIR")]
	pub out: PathBuf,
	/// Secret of the account that pays for it all.
	#[arg(long, default_value = "//Alice")]
	pub requester: String,
	/// Where nodes post outcomes; by default --receiver with /hook added.
	#[arg(long, value_name = "URL")]
	pub webhook: Option<String>,
	/// Base address of a receiver: takes posts at /hook, and gives them out at /events?from=N.
	#[arg(long, value_name = "URL")]
	pub receiver: Option<String>,
	/// Stake factor K.
	#[arg(long, default_value = "1", value_parser = factor)]
	pub stake_k: u64,
	/// EVT that reporters earn together; by default 100, or 1 for each worker if that is more.
	#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
	pub reward: Option<Balance>,
	/// Validation nodes that count.
	#[arg(long, default_value_t = 4)]
	pub committee: u32,
	/// Seconds of silence that end a round; by default 1 if workers left tasks out, else 30 (a round
	/// then ends as soon as everyone has voted).
	#[arg(long, value_name = "SECONDS", value_parser = seconds)]
	pub quiet: Option<Moment>,
	/// Seconds of the window for disputes, as short as the chain allows.
	#[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
	pub dispute: Moment,
	/// Seconds until the feed ends at the latest; by default 10 minutes and 10 seconds a task.
	#[arg(long, value_name = "SECONDS", value_parser = seconds)]
	pub max_time: Option<Moment>,
	/// Seconds without any progress after which the replay gives up.
	#[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
	pub patience: Moment,
	/// Say a line for each round.
	#[arg(long)]
	pub verbose: bool,
}

fn rule(text: &str) -> Result<Ppb, String> {
	match decimal::share(text) {
		Ok(share) if (500_000_000..1_000_000_000).contains(&share) => Ok(share),
		_ => Err("it should be at least 0.5 and less than 1, such as 2/3".into()),
	}
}

fn factor(text: &str) -> Result<u64, String> {
	match decimal::scaled(text, 9, decimal::Beyond::Refuse) {
		Ok(factor @ 0..=20_000_000_000) => Ok(factor as u64),
		_ => Err("it should be from 0 to 20".into()),
	}
}

fn seconds(text: &str) -> Result<Moment, String> {
	match decimal::scaled(text, 3, decimal::Beyond::Refuse) {
		Ok(millis @ 1..=7_776_000_000) => Ok(millis as Moment),
		_ => Err("it should be seconds, more than 0 and at most 90 days".into()),
	}
}
