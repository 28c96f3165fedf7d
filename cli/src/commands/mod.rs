// SPDX-License-Identifier: Apache-2.0

//! What each command does.

mod feed;
mod market;
mod node;

use crate::{
	args::{Cli, Command},
	chain::Chain,
	progress::Progress,
	replay, Failure,
};
use std::time::{SystemTime, UNIX_EPOCH};

/// What all commands share.
pub struct Context {
	urls: Vec<String>,
	json: bool,
}

impl Context {
	/// Connects to the chain.
	pub async fn chain(&self) -> Result<Chain, Failure> {
		Progress::default().during("connecting", Chain::connect(&self.urls)).await
	}

	/// Whether programs read what is printed.
	pub fn json(&self) -> bool {
		self.json
	}

	/// Prints a result, for people or for programs.
	pub fn print(&self, text: impl FnOnce() -> String, json: impl FnOnce() -> serde_json::Value) {
		if self.json {
			println!("{:#}", json());
		} else {
			println!("{}", text().trim_end());
		}
	}
}

/// Runs a command.
pub async fn run(cli: Cli) -> Result<(), Failure> {
	let context = Context { urls: cli.url, json: cli.json };
	match cli.command {
		Command::Market(command) => market::run(&context, command).await,
		Command::Feed(command) => feed::run(&context, command).await,
		Command::Node(command) => node::run(&context, command).await,
		Command::Replay(args) => replay::run(&context, &args).await,
	}
}

/// The time in milliseconds since the Unix epoch.
pub fn now() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
