// SPDX-License-Identifier: Apache-2.0

//! Load for a running network: `scripts/bench-burst.sh`, `scripts/soak.sh` and
//! `scripts/bench-latency.sh` run it.
//!
//! Everything goes the way that reporters go: accounts join a feed on chain, reports are signed and
//! sealed, envelopes are handed to nodes by JSON-RPC, outcomes come back certified. What is counted is
//! what the certificates say.

mod feed;
mod flow;
mod latency;
mod memory;
mod reports;

use clap::{Parser, Subcommand};
use eventum_cli::{chain::Chain, Failure};
use flow::{Pace, Plan};
use std::{process::ExitCode, time::Duration};

/// Load for a running network.
#[derive(Debug, Parser)]
struct Cli {
	/// A node's JSON-RPC address; several times.
	#[arg(long, global = true)]
	url: Vec<String>,
	/// A node's process, whose memory is watched; several times.
	#[arg(long, global = true)]
	pid: Vec<u32>,
	#[command(subcommand)]
	command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
	/// All reports as fast as they are taken.
	Burst {
		#[arg(long)]
		reporters: u32,
		#[arg(long)]
		rounds: u32,
		/// Members that each report is handed to.
		#[arg(long)]
		members: usize,
		/// MiB that a node may hold at most.
		#[arg(long)]
		memory: u64,
	},
	/// Reports at one rate, feed after feed.
	Soak {
		#[arg(long)]
		reporters: u32,
		/// Reports a second.
		#[arg(long)]
		rate: f64,
		#[arg(long)]
		minutes: f64,
		#[arg(long)]
		members: usize,
		/// MiB that a node's memory may grow from the second quarter to the last.
		#[arg(long)]
		growth: u64,
	},
	/// One report after the other; time from the last one to the webhook.
	Latency {
		#[arg(long)]
		rounds: u32,
		/// Base address of a receiver.
		#[arg(long)]
		receiver: String,
	},
}

#[tokio::main]
async fn main() -> ExitCode {
	match run(Cli::parse()).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(failure) => {
			eprintln!("load: {failure}");
			ExitCode::FAILURE
		}
	}
}

async fn run(cli: Cli) -> Result<(), Failure> {
	let chain = Chain::connect(&cli.url).await?;
	match cli.command {
		Command::Burst { reporters, rounds, members, memory } => {
			let watch = memory::Watch::start(cli.pid);
			let feed = feed::open(&chain, reporters, rounds, "").await?;
			let plan = Plan { rounds, members, pace: Pace::Burst };
			let result = flow::run(&chain, &feed, &plan).await?;
			result.print();
			let peaks = watch.peaks();
			peaks.print();
			result.ensure_complete()?;
			peaks.ensure_within(memory)
		}
		Command::Soak { reporters, rate, minutes, members, growth } => {
			let length = Duration::from_secs_f64(minutes * 60.0);
			let (result, watch) =
				flow::soak(&chain, reporters, rate, members, length, cli.pid).await?;
			result.print();
			result.ensure_complete()?;
			watch.ensure_flat(growth)?;
			result.ensure_rate(rate)
		}
		Command::Latency { rounds, receiver } => latency::run(&chain, rounds, &receiver).await,
	}
}
