// SPDX-License-Identifier: Apache-2.0

//! What finalized blocks say about one feed, read as they come: a node forgets the state of old ones.

use crate::chain::{
	blocks::{BlockNews, Payout},
	Chain,
};
use eventum_primitives::{outcome::Detail, AccountId, FeedId, JoinIndex, Round};
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex},
	time::Duration,
};
use tokio::task::JoinHandle;

/// Time between looks for new blocks.
const LOOK: Duration = Duration::from_millis(500);

/// What was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
	/// The next block to read.
	pub(super) next: u64,
	/// Reporters by place.
	pub(super) joined: BTreeMap<JoinIndex, AccountId>,
	/// Details of rounds.
	pub(super) details: BTreeMap<Round, Detail>,
	/// Reporters paid or refunded.
	pub(super) payouts: Vec<Payout>,
	/// Bytes of certificates and details on chain.
	pub(super) bytes: u64,
	/// Extrinsics that carried them.
	pub(super) extrinsics: u32,
	/// Why reading does not get on, if it does not.
	pub(super) trouble: Option<String>,
}

/// A reader of blocks.
pub(super) struct Ledger {
	entries: Arc<Mutex<Entries>>,
	task: JoinHandle<()>,
}

impl Ledger {
	/// Reads from a block on.
	pub(super) fn follow(chain: &Chain, feed: FeedId, from: u64) -> Self {
		let entries = Arc::new(Mutex::new(Entries { next: from, ..Entries::default() }));
		let task = tokio::spawn(read(chain.clone(), feed, Arc::clone(&entries)));
		Self { entries, task }
	}

	/// What was read so far.
	pub(super) fn entries(&self) -> Entries {
		self.entries.lock().map(|entries| entries.clone()).unwrap_or_default()
	}
}

impl Drop for Ledger {
	fn drop(&mut self) {
		self.task.abort();
	}
}

async fn read(chain: Chain, feed: FeedId, entries: Arc<Mutex<Entries>>) {
	let next = || entries.lock().map(|entries| entries.next).unwrap_or_default();
	loop {
		if let Ok(height) = chain.finalized_height().await {
			while next() <= height {
				let news = chain.block_news(next(), feed).await;
				let Ok(mut entries) = entries.lock() else { return };
				match news {
					Ok(BlockNews { joined, details, payouts, bytes, extrinsics }) => {
						entries.next += 1;
						entries.joined.extend(joined);
						entries.details.extend(details);
						entries.payouts.extend(payouts);
						entries.bytes += bytes;
						entries.extrinsics += extrinsics;
						entries.trouble = None;
					}
					Err(failure) => {
						entries.trouble = Some(failure.to_string());
						break;
					}
				}
			}
		}
		tokio::time::sleep(LOOK).await;
	}
}
