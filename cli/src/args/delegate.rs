// SPDX-License-Identifier: Apache-2.0

//! What `eventum delegate` takes.

use clap::{value_parser, Args, Subcommand};
use eventum_input::decimal;
use eventum_primitives::{delegate::Group, Balance, BucketId, EpochIndex};

/// Stand for election; look at delegates.
#[derive(Debug, Subcommand)]
pub enum DelegateCommand {
	/// Become a delegate: session keys of the node at --url, own bucket, profile and plan.
	#[command(after_help = "\
Examples:
  eventum delegate register --name Anna --stake 1200000 --of-blocks 10 --of-votes 50 --suri @a.txt
  eventum delegate register --name Anna --bucket 7 --of-blocks 10 --of-votes 50 --suri @a.txt

Takes three steps, each final before the next: has the node at --url make session keys and sets
them (unless the account has some), locks the own bucket (unless --bucket names one), and
registers. If it is interrupted, run it again: it goes on where it was. The node must run with
--validator and allow unsafe RPC methods to the caller, which it does on its own machine.
docs/delegates.md tells the whole way.")]
	Register(Box<RegisterArgs>),
	/// Announce another plan: what of your rewards your voters get.
	#[command(after_help = "\
Example:
  eventum delegate plan --of-blocks 20 --of-votes 60 --suri @anna.txt

It counts after one full epoch's notice, so that voters can leave before it does.")]
	Plan {
		/// The plan.
		#[command(flatten)]
		plan: PlanArgs,
		/// Secret of the delegate.
		#[arg(long)]
		suri: String,
	},
	/// Change what is said of you; what you leave out stays.
	#[command(after_help = "\
Example:
  eventum delegate profile --web https://anna.example --group technology --suri @anna.txt")]
	Profile {
		/// Another name: 3 to 32 letters, digits, `-`, `_` and `.`.
		#[arg(long)]
		name: Option<String>,
		/// The rest.
		#[command(flatten)]
		profile: ProfileArgs,
		/// Secret of the delegate.
		#[arg(long)]
		suri: String,
	},
	/// Name other accounts that run the node and take rewards.
	#[command(after_help = "\
Example:
  eventum delegate accounts --operator 5Grw… --reward 5FHn… --suri @anna.txt

The operator can set session keys and nothing else: keep its secret on the machine, yours
elsewhere.")]
	Accounts(AccountsArgs),
	/// Stand for election no more.
	#[command(after_help = "\
Example:
  eventum delegate retire --suri @anna.txt

Not while you are elected. It costs nothing, and neither does `delegate activate`.")]
	Retire {
		/// Secret of the delegate.
		#[arg(long)]
		suri: String,
	},
	/// Stand for election again.
	#[command(after_help = "Example:\n  eventum delegate activate --suri @anna.txt")]
	Activate {
		/// Secret of the delegate.
		#[arg(long)]
		suri: String,
	},
	/// Be a delegate no more; the own bucket is free of its bond.
	#[command(after_help = "\
Example:
  eventum delegate resign --suri @anna.txt

You must have retired 16 epochs before: until then what you did can be reported and slashed.")]
	Resign {
		/// Secret of the delegate.
		#[arg(long)]
		suri: String,
	},
	/// Have the node at --url make new session keys, and set them.
	#[command(after_help = "\
Example:
  eventum delegate keys --suri @operator.txt --url ws://127.0.0.1:9944

The keys act from the second session after this one on; keep the old ones until then. Never use a
key on two machines at once, nor on two chains.")]
	Keys {
		/// Secret of the delegate or of its operator.
		#[arg(long)]
		suri: String,
	},
	/// Show what a delegate has to do and has done in this epoch.
	#[command(after_help = "Example:\n  eventum delegate schedule Anna")]
	Schedule {
		/// The delegate, by name or address.
		delegate: String,
	},
	/// Show what a delegate did and got, epoch by epoch.
	#[command(after_help = "Example:\n  eventum delegate statement Anna --from 500")]
	Statement {
		/// The delegate, by name or address.
		delegate: String,
		/// The first epoch; statements are kept for 90.
		#[arg(long, default_value_t = 0)]
		from: EpochIndex,
	},
	/// Show who voted for a delegate in an epoch, with what, and what each is due.
	#[command(after_help = "\
Examples:
  eventum delegate report Anna --epoch 512
  eventum delegate report Anna --epoch 512 --of-blocks 10 --of-votes 50 --json

Due is what the plan gives, or the shares given here, in proportion to the votes that earned in
the epoch. What the chain has paid already is taken off. For the rest there are calls
(Utility.batch_all, hex) that the delegate's reward account can sign with any wallet. The node at
--url must still have the state of the block in which the epoch was paid: run it with
--state-pruning archive-canonical.")]
	Report(ReportArgs),
	/// Compare what a delegate promised its voters with what they were paid, exactly.
	#[command(after_help = "\
Example:
  eventum delegate audit Anna

The promise is the announced plan of each epoch; what was paid stands in the chain's statements.
Fails if anything is not as promised.")]
	Audit {
		/// The delegate, by name or address.
		delegate: String,
		/// The first epoch; statements are kept for 90.
		#[arg(long, default_value_t = 0)]
		from: EpochIndex,
	},
	/// List delegates by the votes that count.
	#[command(after_help = "Example:\n  eventum delegate list --limit 36")]
	List {
		/// Delegates at most.
		#[arg(long, default_value_t = 1_000)]
		limit: usize,
	},
	/// Show a delegate with its plan and the complaints about it.
	#[command(after_help = "Example:\n  eventum delegate show Anna")]
	Show {
		/// The delegate, by name or address.
		delegate: String,
	},
	/// Complain in public about a delegate that you vote for.
	#[command(after_help = "\
Examples:
  eventum delegate complain Anna --text 'No pay for epoch 512' --evidence paid.csv --suri //Bob
  eventum delegate complain Anna --withdraw --suri //Bob

A deposit is held until the complaint is withdrawn. Of the evidence only the hash is kept on
chain: publish the file where your text says.")]
	Complain(ComplainArgs),
}

/// What a delegate is registered with.
#[derive(Debug, Args)]
pub struct RegisterArgs {
	/// Name: 3 to 32 letters, digits, `-`, `_` and `.`; nobody else may have it.
	#[arg(long)]
	pub name: String,
	/// The own bucket.
	#[command(flatten)]
	pub bucket: OwnBucketArgs,
	/// Days of the new bucket's term, which renews itself; from 91 on it counts for more.
	#[arg(long, default_value_t = 91, value_parser = value_parser!(u32).range(0..=1_050))]
	pub days: u32,
	/// The plan.
	#[command(flatten)]
	pub plan: PlanArgs,
	/// The rest of the profile.
	#[command(flatten)]
	pub profile: ProfileArgs,
	/// Secret of the account that voters will vote for.
	#[arg(long)]
	pub suri: String,
}

/// The own bucket.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct OwnBucketArgs {
	/// EVT to lock in a new bucket.
	#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
	pub stake: Option<Balance>,
	/// A bucket that you have.
	#[arg(long)]
	pub bucket: Option<BucketId>,
}

/// What of its rewards a delegate passes to its voters.
#[derive(Clone, Copy, Debug, Args)]
pub struct PlanArgs {
	/// Percent of what it gets for blocks.
	#[arg(long, value_name = "PERCENT", value_parser = percent())]
	pub of_blocks: u8,
	/// Percent of what it gets for its votes.
	#[arg(long, value_name = "PERCENT", value_parser = percent())]
	pub of_votes: u8,
}

/// What a delegate says of itself, but its name.
#[derive(Debug, Default, Args)]
pub struct ProfileArgs {
	/// What it is and does.
	#[arg(long)]
	pub description: Option<String>,
	/// investor, developer, ambassador, technology, ecosystem or other.
	#[arg(long, value_parser = crate::show::delegate::group)]
	pub group: Option<Group>,
	/// Web page.
	#[arg(long, value_name = "URL")]
	pub web: Option<String>,
	/// Where else it is found; give it up to 8 times, which replaces all there were.
	#[arg(long = "link", value_name = "URL")]
	pub links: Vec<String>,
	/// Where voters talk about it.
	#[arg(long, value_name = "URL")]
	pub discussion: Option<String>,
	/// Where its machines are.
	#[arg(long)]
	pub location: Option<String>,
}

/// Accounts that act or take for a delegate.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("named").args(["operator", "reward"]).required(true).multiple(true))]
pub struct AccountsArgs {
	/// Sets session keys and runs the node.
	#[arg(long, value_name = "ACCOUNT")]
	pub operator: Option<String>,
	/// Gets what the delegate keeps of its rewards.
	#[arg(long, value_name = "ACCOUNT")]
	pub reward: Option<String>,
	/// Secret of the delegate.
	#[arg(long)]
	pub suri: String,
}

/// What is reported, and by which shares.
#[derive(Debug, Args)]
pub struct ReportArgs {
	/// The delegate, by name or address.
	pub delegate: String,
	/// The epoch; it must be paid.
	#[arg(long)]
	pub epoch: EpochIndex,
	/// Percent of what it got for blocks, instead of the plan's.
	#[arg(long, value_name = "PERCENT", value_parser = percent())]
	pub of_blocks: Option<u8>,
	/// Percent of what it got for its votes, instead of the plan's.
	#[arg(long, value_name = "PERCENT", value_parser = percent())]
	pub of_votes: Option<u8>,
}

/// A complaint, or its end.
#[derive(Debug, Args)]
pub struct ComplainArgs {
	/// The delegate, by name or address.
	pub delegate: String,
	/// What is complained of.
	#[arg(long, required_unless_present = "withdraw", requires = "proof")]
	pub text: Option<String>,
	/// What proves it.
	#[command(flatten)]
	pub evidence: EvidenceArgs,
	/// Take the complaint back, and get back the deposit.
	#[arg(long, conflicts_with_all = ["text", "proof"])]
	pub withdraw: bool,
	/// Secret of the voter.
	#[arg(long)]
	pub suri: String,
}

/// What proves a complaint.
#[derive(Debug, Args)]
#[group(id = "proof", multiple = false)]
pub struct EvidenceArgs {
	/// A file; its BLAKE2b-256 hash is put on chain.
	#[arg(long, value_name = "FILE")]
	pub evidence: Option<std::path::PathBuf>,
	/// The hash itself, 32 bytes in hex.
	#[arg(long, value_name = "HEX")]
	pub hash: Option<String>,
}

fn percent() -> clap::builder::RangedI64ValueParser<u8> {
	value_parser!(u8).range(0..=100)
}

#[cfg(test)]
mod tests {
	use crate::args::{Cli, Command, DelegateCommand};
	use clap::Parser;
	use eventum_primitives::delegate::Group;

	fn read(words: &str) -> Option<DelegateCommand> {
		match Cli::try_parse_from(words.split(' ')).ok()?.command {
			Command::Delegate(command) => Some(command),
			_ => None,
		}
	}

	const REGISTER: &str = "eventum delegate register --name Anna --suri //A";

	#[test]
	fn a_delegate_is_described() {
		let all = "--bucket 7 --of-blocks 10 --of-votes 100 --group Developer --link a --link b";
		let Some(DelegateCommand::Register(args)) = read(&format!("{REGISTER} {all}")) else {
			panic!()
		};
		assert_eq!((args.bucket.bucket, args.bucket.stake, args.days), (Some(7), None, 91));
		assert_eq!((args.plan.of_blocks, args.plan.of_votes), (10, 100));
		assert_eq!(args.profile.group, Some(Group::Developer));
		assert_eq!(args.profile.links, ["a", "b"]);
	}

	#[test]
	fn what_is_half_said_is_refused() {
		let plan = "--of-blocks 10 --of-votes 50";
		for words in [
			format!("{REGISTER} {plan}"),
			format!("{REGISTER} --stake 1 --bucket 7 {plan}"),
			format!("{REGISTER} --stake 1 --of-blocks 10"),
			format!("{REGISTER} --stake 1 --of-blocks 10 --of-votes 101"),
			format!("{REGISTER} --stake 1 {plan} --group bank"),
			"eventum delegate accounts --suri //A".into(),
			"eventum delegate report Anna".into(),
			"eventum delegate complain Anna --suri //B".into(),
			"eventum delegate complain Anna --text No --suri //B".into(),
			"eventum delegate complain Anna --text No --hash 0x00 --evidence f --suri //B".into(),
			"eventum delegate complain Anna --text No --hash 0x00 --withdraw --suri //B".into(),
		] {
			assert!(read(&words).is_none(), "{words}");
		}
		assert!(read("eventum delegate complain Anna --withdraw --suri //B").is_some());
		assert!(read("eventum delegate complain Anna --text No --hash 0x00 --suri //B").is_some());
		assert!(read("eventum delegate accounts --reward //C --suri //A").is_some());
	}
}
