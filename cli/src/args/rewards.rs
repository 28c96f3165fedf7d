// SPDX-License-Identifier: Apache-2.0

//! What `eventum rewards` takes.

use clap::Subcommand;
use eventum_primitives::BucketId;

/// Get what votes have earned.
#[derive(Debug, Subcommand)]
pub enum RewardsCommand {
	/// Show what an account is owed for its votes, bucket by bucket.
	#[command(after_help = "Example:\n  eventum rewards show //Bob")]
	Show {
		/// Whose: an address, or a development name such as //Bob.
		account: String,
	},
	/// Have a voter paid all that it is owed.
	#[command(after_help = "\
Examples:
  eventum rewards claim --suri //Bob
  eventum rewards claim --of 5GrwvaEF… --suri //Bob

Anyone can have a voter paid; it goes where the voter has said (`rewards compound`, `forward`,
`keep`). Nothing is lost by waiting.")]
	Claim {
		/// Who is to be paid, if it is not the account that signs.
		#[arg(long, value_name = "ACCOUNT")]
		of: Option<String>,
		/// Secret of the account that signs.
		#[arg(long)]
		suri: String,
	},
	/// Say where what is claimed goes.
	#[command(flatten)]
	Payout(PayoutCommand),
}

/// Where what is claimed goes.
#[derive(Debug, Subcommand)]
pub enum PayoutCommand {
	/// Let what is claimed go into one of your buckets, so that it votes, too.
	#[command(after_help = "Example:\n  eventum rewards compound 7 --suri //Bob")]
	Compound {
		/// The bucket's number.
		bucket: BucketId,
		/// Secret of the voter's account.
		#[arg(long)]
		suri: String,
	},
	/// Let what is claimed go to another account.
	#[command(after_help = "Example:\n  eventum rewards forward 5GrwvaEF… --suri //Bob")]
	Forward {
		/// The account.
		account: String,
		/// Secret of the voter's account.
		#[arg(long)]
		suri: String,
	},
	/// Let what is claimed go to yourself, as at first.
	#[command(after_help = "Example:\n  eventum rewards keep --suri //Bob")]
	Keep {
		/// Secret of the voter's account.
		#[arg(long)]
		suri: String,
	},
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::args::{Cli, Command};
	use clap::Parser;

	#[test]
	fn ways_of_payment_stand_beside_the_others() {
		let read = |words: &str| match Cli::try_parse_from(words.split(' ')).unwrap().command {
			Command::Rewards(command) => command,
			_ => panic!(),
		};
		let compound = read("eventum rewards compound 7 --suri //B");
		let RewardsCommand::Payout(PayoutCommand::Compound { bucket: 7, .. }) = compound else {
			panic!()
		};
		let claim = read("eventum rewards claim --of 5G --suri //B");
		let RewardsCommand::Claim { of: Some(of), .. } = claim else { panic!() };
		assert_eq!(of, "5G");
	}
}
