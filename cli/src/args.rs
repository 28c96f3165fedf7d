// SPDX-License-Identifier: Apache-2.0

//! What the command line takes.

mod delegate;
mod replay;
mod rewards;
mod stake;

pub use delegate::{
	AccountsArgs, ComplainArgs, DelegateCommand, EvidenceArgs, PlanArgs, ProfileArgs, RegisterArgs,
	ReportArgs,
};
pub use replay::ReplayArgs;
pub use rewards::{PayoutCommand, RewardsCommand};
pub use stake::{StakeCommand, VoteCommand};

use clap::{Args, Parser, Subcommand};
use eventum_input::{decimal, json::Json};
use eventum_primitives::{Balance, FeedId, MarketId, Round};
use std::path::PathBuf;

/// Markets, feeds, validation nodes, votes and delegates of an Eventum chain, and replays of recorded
/// votes.
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
  eventum stake create --amount 500 --days 91 --renew --for Anna --suri //Bob
  eventum delegate list
  eventum replay --votes votes.csv --receiver http://127.0.0.1:8080 --out results

A feed is written MARKET/PLACE: 12/0 is the first feed of market 12. A delegate is written by its name
or its address. Results go to standard output,
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
	/// Lock EVT to vote with, and get it back.
	#[command(subcommand)]
	Stake(StakeCommand),
	/// Move votes, and look who votes for whom.
	#[command(subcommand)]
	Vote(VoteCommand),
	/// Stand for election; look at delegates.
	#[command(subcommand)]
	Delegate(DelegateCommand),
	/// Get what votes have earned.
	#[command(subcommand)]
	Rewards(RewardsCommand),
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
