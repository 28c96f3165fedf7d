// SPDX-License-Identifier: Apache-2.0

//! The two protocols of the report plane, on the node's network and either of its backends.
//!
//! | protocol | between | carries |
//! |---|---|---|
//! | `/{genesis}/{fork}/eventum/reports/1` | members of a committee | [`eventum_wire::message::Batch`] |
//! | `/{genesis}/{fork}/eventum/intake/1` | any node and a member | envelopes; receipts or refusals |
//!
//! (`/{fork}` is there only if the chain specification names one.) Both must be made known before
//! the network is built: [`reports_protocol`] and [`intake_protocol`] give what the network needs
//! and what the tasks need: [`gossip::Gossip`] and [`requests::serve`].

pub mod budget;
pub mod gossip;
pub mod outbox;
pub mod requests;

pub use gossip::Gossip;
pub use outbox::Outboxes;
pub use requests::{Forward, Forwarder};

use eventum_primitives::{committee, Hash};
use eventum_wire::message::MAX_NOTIFICATION;
use sc_network::{
	config::{IncomingRequest, NonReservedPeerMode, SetConfig},
	peer_store::PeerStoreProvider,
	service::{traits::NotificationService, NotificationMetrics},
	NetworkBackend, ProtocolName,
};
use sc_network_types::PeerId;
use sp_runtime::traits::Block as BlockT;
use std::{sync::Arc, time::Duration};

/// Time within which a member must answer an envelope that was forwarded to it.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(2);
/// Bytes of a request.
pub const MAX_REQUEST: u64 = 512 * 1024;
/// Bytes of a response.
pub const MAX_RESPONSE: u64 = 64 * 1024;
/// Requests that wait to be looked at.
const REQUEST_QUEUE: usize = 256;

/// The members' protocol, before the network runs.
pub struct Notifications {
	name: ProtocolName,
	service: Box<dyn NotificationService>,
}

/// The intake protocol, before the network runs.
pub struct Requests {
	name: ProtocolName,
	incoming: async_channel::Receiver<IncomingRequest>,
}

impl Requests {
	/// Its name, which a [`Forwarder`] needs.
	pub fn name(&self) -> ProtocolName {
		self.name.clone()
	}
}

fn name(genesis: &Hash, fork: Option<&str>, protocol: &str) -> ProtocolName {
	let fork = fork.map(|fork| format!("/{fork}")).unwrap_or_default();
	format!("/{genesis:x}{fork}/eventum/{protocol}/1").into()
}

/// The protocol between members: the network's part, and ours. Only reserved peers are let in, and
/// who is reserved follows from the committees.
pub fn reports_protocol<Block, N>(
	genesis: &Hash,
	fork: Option<&str>,
	metrics: NotificationMetrics,
	peers: Arc<dyn PeerStoreProvider>,
) -> (N::NotificationProtocolConfig, Notifications)
where
	Block: BlockT<Hash = Hash>,
	N: NetworkBackend<Block, Hash>,
{
	let name = name(genesis, fork, "reports");
	let set = SetConfig {
		in_peers: 0,
		out_peers: 0,
		reserved_nodes: Vec::new(),
		non_reserved_mode: NonReservedPeerMode::Deny,
	};
	let (config, service) = N::notification_config(
		name.clone(),
		Vec::new(),
		MAX_NOTIFICATION,
		None,
		set,
		metrics,
		peers,
	);
	(config, Notifications { name, service })
}

/// The protocol by which envelopes reach their members: the network's part, and ours.
pub fn intake_protocol<Block, N>(
	genesis: &Hash,
	fork: Option<&str>,
) -> (N::RequestResponseProtocolConfig, Requests)
where
	Block: BlockT<Hash = Hash>,
	N: NetworkBackend<Block, Hash>,
{
	let name = name(genesis, fork, "intake");
	let (queue, incoming) = async_channel::bounded(REQUEST_QUEUE);
	let config = N::request_response_config(
		name.clone(),
		Vec::new(),
		MAX_REQUEST,
		MAX_RESPONSE,
		REQUEST_TIMEOUT,
		Some(queue),
	);
	(config, Requests { name, incoming })
}

/// The network identity that a member registered, if it is one.
pub fn peer_of(member: &committee::Member) -> Option<PeerId> {
	PeerId::from_bytes(&member.peer).ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use eventum_primitives::dev;

	#[test]
	fn names_follow_the_convention() {
		let genesis = Hash::repeat_byte(0xab);
		let hex = "ab".repeat(32);
		assert_eq!(&*name(&genesis, None, "reports"), format!("/{hex}/eventum/reports/1"));
		assert_eq!(&*name(&genesis, Some("f"), "intake"), format!("/{hex}/f/eventum/intake/1"));
	}

	#[test]
	fn development_nodes_are_found_by_their_registered_identity() {
		let secret = sc_network_types::ed25519::SecretKey::try_from_bytes(
			&mut dev::network_secret("//Alice"),
		)
		.unwrap();
		let public = sc_network_types::ed25519::Keypair::from(secret).public();
		let bytes = dev::peer_id(&public.to_bytes());
		let peer: PeerId = public.to_peer_id();
		assert_eq!(PeerId::from_bytes(&bytes).unwrap(), peer);
	}
}
