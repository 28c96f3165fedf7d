// SPDX-License-Identifier: Apache-2.0

//! What `eventum stake` and `eventum vote` take.

use clap::{value_parser, Subcommand};
use eventum_input::decimal;
use eventum_primitives::{rules::vote::MAX_DAYS, Balance, BucketId};

/// Lock EVT to vote with, and get it back.
#[derive(Debug, Subcommand)]
pub enum StakeCommand {
	/// Lock EVT in a new bucket, and vote for a delegate with it.
	#[command(after_help = "\
Examples:
  eventum stake create --amount 500 --days 91 --renew --for Anna --suri //Bob
  eventum stake create --amount 500 --days 0 --for Anna --suri @bob.txt

Longer terms count for more, and terms that renew themselves for more again: see `eventum stake
weight`. The votes count in an election at once, and earn from the next epoch on. To get the EVT
back, turn off renewal (`stake renew --off`), let the term run out, `stake unlock`, and `stake
withdraw` three days later; `stake list` always shows that date.")]
	Create {
		/// EVT to lock, 100 at least.
		#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
		amount: Balance,
		/// Days of the term.
		#[arg(long, value_parser = days())]
		days: u32,
		/// Let the term renew itself until you turn that off.
		#[arg(long)]
		renew: bool,
		/// The delegate to vote for, by name or address; yourself, if you are about to register.
		#[arg(long = "for", value_name = "DELEGATE")]
		delegate: String,
		/// Secret of the account that pays: a phrase, a hex seed, //Bob, or @FILE.
		#[arg(long)]
		suri: String,
	},
	/// Add EVT to a bucket; what is in it goes on earning.
	#[command(after_help = "Example:\n  eventum stake add 7 --amount 100 --suri //Bob")]
	Add {
		/// The bucket's number.
		bucket: BucketId,
		/// EVT to add.
		#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
		amount: Balance,
		/// Secret of the bucket's owner.
		#[arg(long)]
		suri: String,
	},
	/// Give a bucket a longer term; one that does not renew itself begins anew.
	#[command(after_help = "Example:\n  eventum stake extend 7 --days 365 --suri //Bob")]
	Extend {
		/// The bucket's number.
		bucket: BucketId,
		/// Days of the term, at least as many as it has.
		#[arg(long, value_parser = days())]
		days: u32,
		/// Secret of the bucket's owner.
		#[arg(long)]
		suri: String,
	},
	/// Let the term of a bucket renew itself, or with --off let it run out from now on.
	#[command(after_help = "\
Examples:
  eventum stake renew 7 --suri //Bob
  eventum stake renew 7 --off --suri //Bob")]
	Renew {
		/// The bucket's number.
		bucket: BucketId,
		/// Let it run out: its whole term begins now.
		#[arg(long)]
		off: bool,
		/// Secret of the bucket's owner.
		#[arg(long)]
		suri: String,
	},
	/// Unlock a bucket whose term is over; it votes no more.
	#[command(after_help = "\
Example:
  eventum stake unlock 7 --suri //Bob

It can be withdrawn three days later. The term must have run out: `eventum stake renew 7 --off`
first.")]
	Unlock {
		/// The bucket's number.
		bucket: BucketId,
		/// Secret of the bucket's owner.
		#[arg(long)]
		suri: String,
	},
	/// Get back what was in an unlocked bucket.
	#[command(after_help = "Example:\n  eventum stake withdraw 7 --suri //Bob")]
	Withdraw {
		/// The bucket's number.
		bucket: BucketId,
		/// Secret of the bucket's owner.
		#[arg(long)]
		suri: String,
	},
	/// Move part of a bucket into a new one with the same term and delegate.
	#[command(after_help = "Example:\n  eventum stake split 7 --amount 200 --suri //Bob")]
	Split {
		/// The bucket's number.
		bucket: BucketId,
		/// EVT for the new one; 100 at least must be in each.
		#[arg(long, value_name = "EVT", value_parser = decimal::evt)]
		amount: Balance,
		/// Secret of the bucket's owner.
		#[arg(long)]
		suri: String,
	},
	/// Pour a bucket into another that votes for the same delegate and is locked as long.
	#[command(after_help = "Example:\n  eventum stake merge 7 --into 3 --suri //Bob")]
	Merge {
		/// The bucket that will be gone.
		bucket: BucketId,
		/// The bucket that gets everything.
		#[arg(long, value_name = "BUCKET")]
		into: BucketId,
		/// Secret of the owner of both.
		#[arg(long)]
		suri: String,
	},
	/// Give a bucket to another account, with the running epoch's share.
	#[command(after_help = "Example:\n  eventum stake give 7 --to 5GrwvaEF… --suri //Bob")]
	Give {
		/// The bucket's number.
		bucket: BucketId,
		/// The account, which must exist.
		#[arg(long, value_name = "ACCOUNT")]
		to: String,
		/// Secret of the bucket's owner.
		#[arg(long)]
		suri: String,
	},
	/// List the buckets of an account, each with the date on which it can be free.
	#[command(after_help = "\
Examples:
  eventum stake list 5GrwvaEF…
  eventum stake list //Bob --json

The date is the earliest on which a bucket can be withdrawn, if its owner takes each step as soon
as it can be taken.")]
	List {
		/// Whose: an address, or a development name such as //Bob.
		account: String,
	},
	/// Tell how much EVT counts in a bucket, and what another term would change.
	#[command(after_help = "\
Examples:
  eventum stake weight --days 91 --renew
  eventum stake weight --days 365 --amount 1200000 --renew --own")]
	Weight {
		/// Days of the term.
		#[arg(long, value_parser = days())]
		days: u32,
		/// EVT in the bucket.
		#[arg(long, value_name = "EVT", default_value = "1", value_parser = decimal::evt)]
		amount: Balance,
		/// The term renews itself.
		#[arg(long)]
		renew: bool,
		/// It is the own bucket of a delegate.
		#[arg(long)]
		own: bool,
	},
}

/// Move votes, and look who votes for whom. (`eventum stake create` casts them.)
#[derive(Debug, Subcommand)]
pub enum VoteCommand {
	/// Let buckets vote for another delegate, all or none of them.
	#[command(after_help = "\
Examples:
  eventum vote move 7 --for Bert --suri //Bob
  eventum vote move 7 9 12 --for Bert --suri //Bob

It costs what the buckets would have earned in the running epoch; they earn again from the next
one on. Who is elected is fixed two sessions before an epoch begins: later moves count in the one
after.")]
	Move {
		/// Numbers of the buckets.
		#[arg(required = true, value_name = "BUCKET")]
		buckets: Vec<BucketId>,
		/// The delegate to vote for, by name or address.
		#[arg(long = "for", value_name = "DELEGATE")]
		delegate: String,
		/// Secret of the buckets' owner.
		#[arg(long)]
		suri: String,
	},
	/// Show who votes for a delegate, the most votes first.
	#[command(after_help = "\
Examples:
  eventum vote show Anna
  eventum vote show Anna --json

For whom an account votes stands in `eventum stake list`.")]
	Show {
		/// The delegate, by name or address.
		delegate: String,
	},
}

fn days() -> clap::builder::RangedI64ValueParser<u32> {
	value_parser!(u32).range(0..=i64::from(MAX_DAYS))
}

#[cfg(test)]
mod tests {
	use crate::args::{Cli, Command, StakeCommand, VoteCommand};
	use clap::Parser;
	use eventum_primitives::EVT;

	#[test]
	fn buckets_are_described() {
		let words = "eventum stake create --amount 0.5 --days 1050 --renew --for Anna --suri //B";
		let cli = Cli::try_parse_from(words.split(' ')).unwrap();
		let Command::Stake(StakeCommand::Create { amount, days, renew, delegate, .. }) =
			cli.command
		else {
			panic!()
		};
		assert_eq!((amount, days, renew, &delegate[..]), (EVT / 2, 1_050, true, "Anna"));
		let cli =
			Cli::try_parse_from("eventum vote move 7 9 --for B --suri //B".split(' ')).unwrap();
		let Command::Vote(VoteCommand::Move { buckets, .. }) = cli.command else { panic!() };
		assert_eq!(buckets, [7, 9]);
	}

	#[test]
	fn what_no_bucket_can_be_is_refused() {
		for words in [
			"eventum stake create --amount 500 --days 1051 --for Anna --suri //B",
			"eventum stake create --amount -1 --days 1 --for Anna --suri //B",
			"eventum stake create --amount 500 --days 91 --suri //B",
			"eventum stake extend 7 --days 365",
			"eventum vote move --for Anna --suri //B",
		] {
			assert!(Cli::try_parse_from(words.split(' ')).is_err(), "{words}");
		}
	}
}
