// SPDX-License-Identifier: Apache-2.0

//! Certified outcomes as they come, from all nodes at once, so that no one node can hold them back.

use super::{from_hex, pool::Endpoint, Chain};
use codec::DecodeAll;
use eventum_primitives::{outcome::Certificate, FeedId, Round, Sequence};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use subxt::rpcs::rpc_params;
use tokio::{sync::mpsc, task::JoinHandle};

/// Outcomes that wait to be looked at.
const BUFFER: usize = 1_024;
/// Time before a node that went away is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// A running subscription; it ends when this is dropped.
pub struct Outcomes {
	receiver: mpsc::Receiver<Certificate>,
	tasks: Vec<JoinHandle<()>>,
}

impl Outcomes {
	/// Follows a feed from its first outcome on. Each comes once from each node.
	pub fn follow(chain: &Chain, feed: FeedId) -> Self {
		let (sender, receiver) = mpsc::channel(BUFFER);
		let follow = |endpoint: &Arc<Endpoint>| {
			tokio::spawn(follow(Arc::clone(endpoint), feed, sender.clone()))
		};
		let tasks = chain.pool().endpoints().iter().map(follow).collect();
		Self { receiver, tasks }
	}

	/// The next outcome.
	pub async fn next(&mut self) -> Option<Certificate> {
		self.receiver.recv().await
	}
}

impl Drop for Outcomes {
	fn drop(&mut self) {
		self.tasks.iter().for_each(JoinHandle::abort);
	}
}

async fn follow(endpoint: Arc<Endpoint>, feed: FeedId, sender: mpsc::Sender<Certificate>) {
	// The first push that has not come from this node yet.
	let (mut round, mut sequence): (Round, Sequence) = (0, 1);
	loop {
		if let Ok(client) = endpoint.client().await {
			let opened = client
				.subscribe::<Value>(
					"eventum_subscribeOutcomes",
					rpc_params![feed.to_string(), round, sequence],
					"eventum_unsubscribeOutcomes",
				)
				.await;
			if let Ok(mut outcomes) = opened {
				while let Some(Ok(outcome)) = outcomes.next().await {
					let Some(certificate) = certificate(&outcome) else { continue };
					let of = &certificate.outcome;
					(round, sequence) = (of.round, of.sequence.saturating_add(1));
					if of.feed == feed && sender.send(certificate).await.is_err() {
						return;
					}
				}
			}
		}
		tokio::time::sleep(AGAIN).await;
	}
}

/// The certificate in what a node pushes or posts: `certificate` of an object, or bare hex.
pub fn certificate(json: &Value) -> Option<Certificate> {
	let text = json.get("certificate").unwrap_or(json).as_str()?;
	Certificate::decode_all(&mut &from_hex(text).ok()?[..]).ok()
}
