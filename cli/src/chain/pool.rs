// SPDX-License-Identifier: Apache-2.0

//! Nodes that are asked by JSON-RPC: what one does not answer, the next one is asked.

use serde_json::Value;
use std::{
	fmt,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};
use subxt::rpcs::{
	client::{RawRpcFuture, RawRpcSubscription, RawValue, RpcClientT},
	Error as RpcError, RpcClient,
};
use tokio::{
	sync::{Mutex, OnceCell},
	time::timeout,
};

/// Time in which a connection must be there.
const CONNECT: Duration = Duration::from_secs(5);
/// Time in which a call must be answered.
const ANSWER: Duration = Duration::from_secs(60);
/// Time for which a node that failed is left alone.
const REST: Duration = Duration::from_secs(3);
/// Rounds over all nodes before a call is given up, with a second between them: a node that is started
/// again, and the only one, is back by then.
const ROUNDS: usize = 30;

/// One node.
pub struct Endpoint {
	url: String,
	state: Mutex<State>,
	validation_keys: OnceCell<Vec<String>>,
}

#[derive(Default)]
struct State {
	client: Option<RpcClient>,
	failed: Option<Instant>,
}

impl Endpoint {
	/// A node, not yet connected to.
	pub fn new(url: &str) -> Self {
		Self { url: url.into(), state: Mutex::default(), validation_keys: OnceCell::new() }
	}

	/// Where it is.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// The connection, made if there is none. A node that has just failed is refused at once.
	pub async fn client(&self) -> Result<RpcClient, RpcError> {
		let mut state = self.state.lock().await;
		if let Some(client) = &state.client {
			return Ok(client.clone());
		}
		if state.failed.is_some_and(|at| at.elapsed() < REST) {
			return Err(unanswered(&self.url, "failed a moment ago"));
		}
		let connected = match timeout(CONNECT, RpcClient::from_insecure_url(&self.url)).await {
			Ok(connected) => connected,
			Err(_) => Err(unanswered(&self.url, "does not connect")),
		};
		match connected {
			Ok(client) => {
				*state = State { client: Some(client.clone()), failed: None };
				Ok(client)
			}
			Err(error) => {
				state.failed = Some(Instant::now());
				Err(error)
			}
		}
	}

	/// Drops the connection: the node failed.
	pub async fn fail(&self) {
		*self.state.lock().await = State { client: None, failed: Some(Instant::now()) };
	}

	/// The validation keys that the node holds, hex; none if it does not say.
	pub async fn validation_keys(&self) -> &[String] {
		let ask = || async {
			let answer = self.call_within("eventum_nodeIdentity", None, CONNECT).await?;
			let identities: Vec<Value> = serde_json::from_str(answer.get()).unwrap_or_default();
			let keys = identities.iter().filter_map(|identity| identity.get("vald")?.as_str());
			Ok::<_, RpcError>(keys.map(String::from).collect())
		};
		self.validation_keys.get_or_try_init(ask).await.map_or(&[], Vec::as_slice)
	}

	/// A call to this node alone.
	pub async fn call(
		&self,
		method: &str,
		params: Option<Box<RawValue>>,
	) -> Result<Box<RawValue>, RpcError> {
		self.call_within(method, params, ANSWER).await
	}

	/// A call to this node alone that must be answered in this time.
	pub async fn call_within(
		&self,
		method: &str,
		params: Option<Box<RawValue>>,
		within: Duration,
	) -> Result<Box<RawValue>, RpcError> {
		let client = self.client().await?;
		let answer = match timeout(within, client.request_raw(method, params)).await {
			Ok(answer) => answer,
			Err(_) => Err(unanswered(&self.url, "does not answer")),
		};
		if matches!(&answer, Err(error) if is_broken(error)) {
			self.fail().await;
		}
		answer
	}
}

/// Whether an error is of the connection and not the node's answer.
pub fn is_broken(error: &RpcError) -> bool {
	matches!(error, RpcError::Client(_) | RpcError::DisconnectedWillReconnect(_))
}

fn unanswered(url: &str, what: &str) -> RpcError {
	RpcError::Client(format!("{url} {what}").into())
}

/// Several nodes of one chain.
#[derive(Clone)]
pub struct Pool(Arc<Inner>);

struct Inner {
	endpoints: Vec<Arc<Endpoint>>,
	/// The one that answered last.
	preferred: AtomicUsize,
}

impl fmt::Debug for Pool {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.urls())
	}
}

impl Pool {
	/// The nodes at `urls`; at least one.
	pub fn new(urls: &[String]) -> Self {
		let endpoints = urls.iter().map(|url| Arc::new(Endpoint::new(url))).collect();
		Self(Arc::new(Inner { endpoints, preferred: AtomicUsize::new(0) }))
	}

	/// All nodes.
	pub fn endpoints(&self) -> &[Arc<Endpoint>] {
		&self.0.endpoints
	}

	/// Where they are, for messages.
	pub fn urls(&self) -> String {
		self.0.endpoints.iter().map(|endpoint| endpoint.url()).collect::<Vec<_>>().join(", ")
	}

	/// Connects to the first node that lets us; the error is that of the last.
	pub async fn connect(&self) -> Result<(), RpcError> {
		let mut last = unanswered("no node", "is given");
		for (_, endpoint) in self.order() {
			match endpoint.client().await {
				Ok(_) => return Ok(()),
				Err(error) => last = error,
			}
		}
		Err(last)
	}

	/// The nodes in the order in which they are asked.
	fn order(&self) -> impl Iterator<Item = (usize, &Arc<Endpoint>)> {
		let count = self.0.endpoints.len();
		let first = self.0.preferred.load(Ordering::Relaxed);
		(0..count).map(move |place| {
			let index = (first + place) % count;
			(index, &self.0.endpoints[index])
		})
	}

	async fn request(
		&self,
		method: &str,
		params: Option<Box<RawValue>>,
	) -> Result<Box<RawValue>, RpcError> {
		let mut last = unanswered(&self.urls(), "is nowhere");
		for round in 0..ROUNDS {
			if round > 0 {
				tokio::time::sleep(Duration::from_secs(1)).await;
			}
			for (index, endpoint) in self.order() {
				match endpoint.call(method, params.clone()).await {
					Err(error) if is_broken(&error) => last = error,
					answer => {
						self.0.preferred.store(index, Ordering::Relaxed);
						return answer;
					}
				}
			}
		}
		Err(last)
	}

	async fn subscribe(
		&self,
		sub: &str,
		params: Option<Box<RawValue>>,
		unsub: &str,
	) -> Result<RawRpcSubscription, RpcError> {
		let mut last = unanswered(&self.urls(), "is nowhere");
		for (_, endpoint) in self.order() {
			let opened = match endpoint.client().await {
				Ok(client) => client.subscribe_raw(sub, params.clone(), unsub).await,
				Err(error) => Err(error),
			};
			match opened {
				Err(error) if is_broken(&error) => {
					endpoint.fail().await;
					last = error;
				}
				answer => return answer,
			}
		}
		Err(last)
	}
}

impl RpcClientT for Pool {
	fn request_raw<'a>(
		&'a self,
		method: &'a str,
		params: Option<Box<RawValue>>,
	) -> RawRpcFuture<'a, Box<RawValue>> {
		Box::pin(self.request(method, params))
	}

	fn subscribe_raw<'a>(
		&'a self,
		sub: &'a str,
		params: Option<Box<RawValue>>,
		unsub: &'a str,
	) -> RawRpcFuture<'a, RawRpcSubscription> {
		Box::pin(self.subscribe(sub, params, unsub))
	}
}
