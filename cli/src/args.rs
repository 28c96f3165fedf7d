// SPDX-License-Identifier: Apache-2.0

//! What the command line takes.

use clap::{Args, Parser, Subcommand};
use eventum_input::{decimal, json::Json};
use eventum_primitives::{Balance, FeedId, MarketId, Moment, Ppb, Round};
use std::path::PathBuf;

/// Markets, feeds and validation nodes of an Eventum chain, and replays of recorded votes.
#[derive(Debug, Parser)]
#[command(
	name = "eventum",
	version,
	arg_required_else_help = true,
	after_help = "\
Examples:
  eventum market create question.json --suri //Alice
  eventum market list --stage joining --category Sports
  eventum feed join 12/0 --suri //Bob
  eventum feed report 12/0 --round 0 --value true --suri //Bob
  eventum replay --votes votes.csv --receiver http://127.0.0.1:8080 --out results

A feed is written MARKET/PLACE: 12/0 is the first feed of market 12. Results go to standard output,
progress to standard error; --json prints results and errors for programs."
)]
pub struct Cli {
	/// A node's JSON-RPC address; give it several times, and the next is asked when one fails.
	#[arg(long, global = true, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	pub url: Vec<String>,
	/// Print JSON.
	#[arg(long, global = true)]
	pub json: bool,
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Create and look at markets.
	#[command(subcommand)]
	Market(MarketCommand),
	/// Join feeds and report.
	#[command(subcommand)]
	Feed(FeedCommand),
	/// Run validation nodes.
	#[command(subcommand)]
	Node(NodeCommand),
	/// Put recorded votes through the chain, one round for each task.
	Replay(Box<ReplayArgs>),
}

/// Create and look at markets.
#[derive(Debug, Subcommand)]
pub enum MarketCommand {
	/// Create a market from a definition file.
	#[command(after_help = "\
Examples:
  eventum market create question.json --dry-run
  eventum market create question.json --suri //Alice

The file is JSON; docs/market.schema.json describes it. All mistakes in it are listed at once, and a
market is created whole or not at all.")]
	Create {
		/// The definition file.
		file: PathBuf,
		/// Secret of the account that pays: a phrase, a hex seed, //Alice, or @FILE.
		#[arg(long, default_value = "//Alice")]
		suri: String,
		/// Check the file and show what it says and costs, but send nothing.
		#[arg(long)]
		dry_run: bool,
	},
	/// Show a market with its feeds.
	#[command(after_help = "Example:\n  eventum market show 12")]
	Show {
		/// The market's number.
		market: MarketId,
	},
	/// List feeds, newest last.
	#[command(after_help = "\
Examples:
  eventum market list --stage joining
  eventum market list --category Sports --text ronaldo --json")]
	List(ListArgs),
	/// Set what the committee of a series is paid per counted report, from the next round on.
	#[command(after_help = "\
Examples:
  eventum market fee 12/0 --fee 0.002 --suri //Alice
  eventum market fee 12/0 --auto --suri //Alice

A higher fee locks what it can cost beyond what is locked; with --auto the fee follows the median of what
validation nodes ask, as far as what is locked goes. What is not paid comes back in the end.")]
	Fee {
		/// The feed.
		feed: FeedId,
		/// The fee.
		#[command(flatten)]
		terms: FeeArgs,
		/// Secret of the account that pays for the feed.
		#[arg(long)]
		suri: String,
	},
	/// Print outcomes of a feed as they come, one line each, until the feed ends.
	#[command(after_help = "Example:\n  eventum market watch 12/0 --json")]
	Watch {
		/// The feed.
		feed: FeedId,
	},
}

/// What a committee is paid.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct FeeArgs {
	/// EVT per counted report for each member.
	#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
	pub fee: Option<Balance>,
	/// The median of what validation nodes ask.
	#[arg(long)]
	pub auto: bool,
}

/// Which feeds are listed.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// First level of category.
	#[arg(long)]
	pub category: Option<String>,
	/// joining, drawing, reporting, concluded, settling, settled, voiding or void.
	#[arg(long, value_parser = crate::show::stage)]
	pub stage: Option<eventum_primitives::apis::Stage>,
	/// Account that pays.
	#[arg(long)]
	pub requester: Option<String>,
	/// Words in the name.
	#[arg(long)]
	pub text: Option<String>,
	/// Feeds at most.
	#[arg(long, default_value_t = 1_000)]
	pub limit: usize,
}

/// Join feeds and report.
#[derive(Debug, Subcommand)]
pub enum FeedCommand {
	/// Join a feed: holds the stake, and lets the account report.
	#[command(after_help = "\
Examples:
  eventum feed join 12/0 --suri //Bob
  eventum feed join 12/0 --suri @bob.txt --report-key //BobsPhone")]
	Join {
		/// The feed.
		feed: FeedId,
		/// Secret of the account that joins: a phrase, a hex seed, //Bob, or @FILE.
		#[arg(long)]
		suri: String,
		/// Secret of the key that will sign reports, if it is another one.
		#[arg(long)]
		report_key: Option<String>,
	},
	/// Send a report: the account's one answer in a round.
	#[command(after_help = "\
Examples:
  eventum feed report 12/0 --round 0 --value true --suri //Bob
  eventum feed report 12/0 --round 3 --value '{\"scores\": true, \"minute\": 53}' --suri //Bob
  eventum feed report 12/0 --round 3 --undetermined --suri //Bob

The value is JSON: a bare value where the feed has one unnamed field, else an object by field name. An
option of a categorical field is its label, or {\"label\": value} where it holds a value.")]
	Report {
		/// The feed.
		feed: FeedId,
		/// The round, from 0.
		#[arg(long, default_value_t = 0)]
		round: Round,
		/// The answer.
		#[command(flatten)]
		answer: AnswerArgs,
		/// Secret of the account that joined.
		#[arg(long)]
		suri: String,
		/// Secret of the key that signs reports, if it is another one.
		#[arg(long)]
		report_key: Option<String>,
	},
	/// Say, instead of a first report, that you cannot report: the stake comes back, nothing is paid.
	#[command(after_help = "\
Example:
  eventum feed excuse 12/0 --suri //Bob

It is taken in the first round only, and nothing that the account says after it counts. If excuses leave
fewer reporters than the feed needs it is void.")]
	Excuse {
		/// The feed.
		feed: FeedId,
		/// Secret of the account that joined.
		#[arg(long)]
		suri: String,
		/// Secret of the key that signs reports, if it is another one.
		#[arg(long)]
		report_key: Option<String>,
	},
	/// Sign reports with another key: from the next round on, if the feed reports already.
	#[command(
		after_help = "Example:\n  eventum feed key 12/0 --report-key //BobsNewPhone --suri //Bob"
	)]
	Key {
		/// The feed.
		feed: FeedId,
		/// Secret of the key that will sign reports.
		#[arg(long)]
		report_key: String,
		/// Secret of the account that joined.
		#[arg(long)]
		suri: String,
	},
	/// Show where a feed stands.
	#[command(after_help = "Example:\n  eventum feed status 12/0")]
	Status {
		/// The feed.
		feed: FeedId,
	},
}

/// What is reported.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct AnswerArgs {
	/// The value, JSON.
	#[arg(long, value_parser = Json::parse)]
	pub value: Option<Json>,
	/// It cannot be told, or the question is invalid or too early.
	#[arg(long)]
	pub undetermined: bool,
	/// The series is over.
	#[arg(long)]
	pub stop: bool,
}

/// Run validation nodes.
#[derive(Debug, Subcommand)]
pub enum NodeCommand {
	/// Register the node at --url as a validation node of an operator.
	#[command(after_help = "\
Example:
  eventum node register --suri //Operator --bond 1000 --min-fee 0.001 --url ws://127.0.0.1:9944

The node must have its keys (eventum-node says so at its start) and allow unsafe RPC methods to the
caller, which it does on the machine it runs on.")]
	Register {
		/// Secret of the operator's account, which pays the bond.
		#[arg(long)]
		suri: String,
		/// EVT that is locked.
		#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
		bond: Balance,
		/// EVT that the node asks for each counted report.
		#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
		min_fee: Balance,
		/// Validation key to register, if the node has several.
		#[arg(long, value_name = "HEX")]
		vald: Option<String>,
	},
}

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

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn the_command_line_is_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn options_are_read() {
		let cli = Cli::try_parse_from([
			"eventum", "replay", "--votes", "v.csv", "--out", "o", "--rule", "3/4", "--url",
			"ws://a", "--url", "ws://b", "--quiet", "0.5",
		])
		.unwrap();
		assert_eq!(cli.url, ["ws://a", "ws://b"]);
		let Command::Replay(args) = cli.command else { panic!() };
		assert_eq!((args.rule, args.quiet, args.stake_k), (750_000_000, Some(500), 1_000_000_000));
		let both = ["eventum", "feed", "report", "1/0", "--value", "1", "--stop", "--suri", "//A"];
		assert!(Cli::try_parse_from(both).is_err());
		let none = ["eventum", "market", "fee", "1/0", "--suri", "//A"];
		assert!(Cli::try_parse_from(none).is_err());
		let bad = ["eventum", "feed", "report", "1/0", "--value", "{", "--suri", "//A"];
		assert!(Cli::try_parse_from(bad).is_err());
	}
}
