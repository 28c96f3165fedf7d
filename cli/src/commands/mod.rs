// SPDX-License-Identifier: Apache-2.0

//! What each command does.

mod delegate;
mod feed;
mod market;
mod node;
mod rewards;
mod stake;
mod vote;

use crate::{
	args::{Cli, Command},
	chain::{keys::ss58, Call, Chain, Events, Key},
	progress::Progress,
	replay, Failure,
};
use codec::Decode;
use eventum_primitives::AccountId;
use std::{
	collections::BTreeMap,
	io::Write,
	time::{SystemTime, UNIX_EPOCH},
};

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
		let mut out = std::io::stdout();
		// Who has stopped reading wants no more.
		let _ = if self.json {
			writeln!(out, "{:#}", json())
		} else {
			writeln!(out, "{}", text().trim_end())
		};
	}
}

/// Runs a command.
pub async fn run(cli: Cli) -> Result<(), Failure> {
	let context = Context { urls: cli.url, json: cli.json };
	match cli.command {
		Command::Market(command) => market::run(&context, command).await,
		Command::Feed(command) => feed::run(&context, command).await,
		Command::Node(command) => node::run(&context, command).await,
		Command::Stake(command) => stake::run(&context, command).await,
		Command::Vote(command) => vote::run(&context, command).await,
		Command::Delegate(command) => delegate::run(&context, command).await,
		Command::Rewards(command) => rewards::run(&context, command).await,
		Command::Replay(args) => replay::run(&context, &args).await,
	}
}

/// Executes a call and says meanwhile what is waited for.
async fn finalize(chain: &Chain, call: &Call, key: &Key) -> Result<Events, Failure> {
	let executed = chain.execute(call, key);
	Progress::default().during("waiting until it is final", executed).await
}

/// Executes calls, all or none.
async fn finalize_all(chain: &Chain, calls: &[Call], key: &Key) -> Result<Events, Failure> {
	match calls {
		[call] => finalize(chain, call, key).await,
		_ => finalize(chain, &Call::all(calls, &*chain.metadata().await?)?, key).await,
	}
}

/// Reads the fields of an event of this name, if it happened.
fn told<T: Decode>(events: &Events, pallet: &str, name: &str) -> Result<Option<T>, Failure> {
	for event in events.iter() {
		let event = event.map_err(Failure::new)?;
		if event.pallet_name() == pallet && event.event_name() == name {
			let fields = T::decode(&mut event.field_bytes());
			return fields.map(Some).map_err(|error| {
				Failure::new(format!("cannot read {pallet}.{name}: {error}"))
					.hint("use the eventum of the chain's release")
			});
		}
	}
	Ok(None)
}

/// What delegates are called: their names, or addresses of those that are none (any more).
struct Names(BTreeMap<AccountId, String>);

impl Names {
	/// Asks for the names of these.
	async fn of(
		chain: &Chain,
		accounts: impl IntoIterator<Item = &AccountId>,
	) -> Result<Self, Failure> {
		let mut names = BTreeMap::new();
		for account in accounts {
			if !names.contains_key(account) {
				names.insert(account.clone(), chain.name_of(account).await?);
			}
		}
		Ok(Self(names))
	}

	fn get(&self, account: &AccountId) -> String {
		self.0.get(account).cloned().unwrap_or_else(|| ss58(account))
	}
}

/// The time in milliseconds since the Unix epoch.
pub fn now() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
