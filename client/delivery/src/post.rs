// SPDX-License-Identifier: Apache-2.0

//! One attempt to post: names resolved once, addresses checked, the connection made to exactly the
//! address that was checked.

use crate::{address::is_public, signature};
use eventum_primitives::vald;
use parking_lot::Mutex;
use reqwest::{redirect, Client, Response, StatusCode, Url};
use sp_core::ed25519;
use std::{
	collections::HashMap,
	net::{IpAddr, SocketAddr},
	sync::Arc,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use thiserror::Error;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection waits for the next post: less than what servers usually allow, for a post on
/// a connection that is just being closed is lost.
const IDLE: Duration = Duration::from_secs(4);
/// How much of an answer is read, for no other reason than to use the connection again.
const MAX_ANSWER: usize = 16 * 1024;
/// How long the rest of an answer may take; its status alone is what counts.
const DRAIN: Duration = Duration::from_millis(500);
/// Clients that are kept, each with its connections to one receiver.
const MAX_CLIENTS: usize = 64;

/// Signs with a key of this node; none if it does not hold the key.
pub type Signer = Arc<dyn Fn(&vald::Public, &[u8]) -> Option<ed25519::Signature> + Send + Sync>;

/// Why a post was not taken.
#[derive(Debug, Error)]
pub(crate) enum PostError {
	/// No attempt can ever succeed.
	#[error("{0}")]
	Hopeless(String),
	/// A later attempt may succeed.
	#[error("{0}")]
	Failed(String),
}

/// Makes attempts.
pub(crate) struct Poster {
	signer: Signer,
	allow_private: bool,
	clients: Mutex<HashMap<(String, Vec<SocketAddr>), Client>>,
}

/// What is posted.
pub(crate) struct Letter<'a> {
	pub(crate) url: &'a str,
	pub(crate) id: &'a str,
	pub(crate) body: &'a str,
	pub(crate) key: &'a vald::Public,
}

impl Poster {
	pub(crate) fn new(signer: Signer, allow_private: bool) -> Self {
		Self { signer, allow_private, clients: Mutex::default() }
	}

	/// Posts once.
	pub(crate) async fn post(&self, letter: Letter<'_>) -> Result<(), PostError> {
		let Letter { url, id, body, key } = letter;
		let url = Url::parse(url)
			.map_err(|error| PostError::Hopeless(format!("the URL cannot be read: {error}")))?;
		// One limit for resolving and posting: what resolves names has none of its own.
		tokio::time::timeout(TIMEOUT, async {
			let client = self.client(self.resolve(&url).await?)?;
			let timestamp =
				SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
			let signature = (self.signer)(key, &signature::signed_bytes(id, timestamp, body))
				.ok_or_else(|| PostError::Failed("the node does not hold the key".into()))?;
			let response = client
				.post(url)
				.header("content-type", "application/json")
				.header("webhook-id", id)
				.header("webhook-timestamp", timestamp.to_string())
				.header("webhook-signature", signature::header(&signature))
				.body(body.to_owned())
				.send()
				.await
				.map_err(|error| PostError::Failed(explain(&error)))?;
			let status = response.status();
			drain(response).await;
			judge(status)
		})
		.await
		.unwrap_or_else(|_| Err(PostError::Failed("no answer within 10 s".into())))
	}

	/// A client for a host that connects to these addresses, which have been checked, and to no others.
	pub(crate) fn client(&self, name: (String, Vec<SocketAddr>)) -> Result<Client, PostError> {
		if let Some(client) = self.clients.lock().get(&name) {
			return Ok(client.clone());
		}
		let client = Client::builder()
			// A proxy of the environment would do its own resolving.
			.no_proxy()
			.redirect(redirect::Policy::none())
			.connect_timeout(CONNECT_TIMEOUT)
			.timeout(TIMEOUT)
			.pool_idle_timeout(IDLE)
			.pool_max_idle_per_host(4)
			.tcp_nodelay(true)
			.user_agent(concat!("eventum/", env!("CARGO_PKG_VERSION")))
			.resolve_to_addrs(&name.0, &name.1)
			.build()
			.map_err(|error| PostError::Failed(explain(&error)))?;
		let mut clients = self.clients.lock();
		if clients.len() >= MAX_CLIENTS {
			clients.clear();
		}
		clients.insert(name, client.clone());
		Ok(client)
	}

	async fn resolve(&self, url: &Url) -> Result<(String, Vec<SocketAddr>), PostError> {
		let hopeless = |reason: &str| PostError::Hopeless(reason.into());
		if !matches!(url.scheme(), "http" | "https") {
			return Err(hopeless("the URL is neither https nor http"));
		}
		let host = url.host_str().ok_or_else(|| hopeless("the URL has no host"))?;
		let port = url.port_or_known_default().ok_or_else(|| hopeless("the URL has no port"))?;
		let refused = |address: IpAddr| {
			(!self.allow_private && !is_public(address)).then(|| {
				format!("{host} is not on the public internet ({address}); the node refuses it")
			})
		};
		if let Ok(address) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
			return match refused(address) {
				Some(reason) => Err(PostError::Hopeless(reason)),
				None => Ok((host.into(), vec![SocketAddr::new(address, port)])),
			};
		}
		let failed = |reason: String| PostError::Failed(format!("{host} is not found: {reason}"));
		let mut addresses: Vec<SocketAddr> = tokio::net::lookup_host((host, port))
			.await
			.map_err(|error| failed(error.to_string()))?
			.collect();
		addresses.sort_unstable();
		addresses.dedup();
		match addresses.iter().find_map(|address| refused(address.ip())) {
			// What a name stands for can change, unlike an address.
			Some(reason) => Err(PostError::Failed(reason)),
			None if addresses.is_empty() => Err(failed("it has no address".into())),
			None => Ok((host.into(), addresses)),
		}
	}
}

/// What a status means for the post.
fn judge(status: StatusCode) -> Result<(), PostError> {
	if status.is_success() {
		Ok(())
	} else if status == StatusCode::GONE {
		Err(PostError::Hopeless("the receiver answered 410: it wants no more posts".into()))
	} else if status.is_redirection() {
		Err(PostError::Failed(format!(
			"the receiver answered {status}; redirects are not followed"
		)))
	} else {
		Err(PostError::Failed(format!("the receiver answered {status}")))
	}
}

/// Reads an answer to its end, if the end is near.
async fn drain(mut response: Response) {
	let read = async {
		let mut read = 0;
		while let Ok(Some(chunk)) = response.chunk().await {
			read += chunk.len();
			if read > MAX_ANSWER {
				break;
			}
		}
	};
	// Whatever is left unread closes the connection, which is all that it costs.
	let _ = tokio::time::timeout(DRAIN, read).await;
}

/// An error with its causes, without the URL, which is known.
fn explain(error: &reqwest::Error) -> String {
	let mut text = match () {
		() if error.is_timeout() => String::from("no answer in time"),
		() if error.is_connect() => String::from("no connection"),
		() => String::from("the post broke off"),
	};
	let mut cause = std::error::Error::source(error);
	while let Some(error) = cause {
		text = format!("{text}: {error}");
		cause = error.source();
	}
	text
}
