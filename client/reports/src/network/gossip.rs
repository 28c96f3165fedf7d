// SPDX-License-Identifier: Apache-2.0

//! The task of the members' protocol: who is let in, what comes in, what goes out.

use super::{
	budget::{Budget, Rate},
	outbox::{Outbox, Outboxes},
	Notifications,
};
use crate::{intake::Intake, io::Input, memory::Memory, metrics::Metrics, table::FeedTable, LOG};
use eventum_primitives::FeedId;
use eventum_wire::message::{Batch, Message};
use futures::{channel::mpsc, stream::FuturesUnordered, FutureExt, StreamExt};
use sc_network::{
	service::traits::{
		MessageSink, NetworkService, NotificationEvent, NotificationService, ValidationResult,
	},
	Multiaddr, ProtocolName, ReputationChange,
};
use sc_network_types::{multiaddr::Protocol, PeerId};
use std::{
	collections::{HashMap, HashSet},
	sync::Arc,
	time::{Duration, Instant},
};

/// What one member may send another: some 30,000 reports a second.
const RATE: Rate = Rate { bytes: 32.0 * 1024.0 * 1024.0, messages: 50_000.0 };
/// Bytes of what members say, but for reports, that wait for the worker.
const INBOUND_MEMORY: usize = 8 * 1024 * 1024;
/// What a message takes in memory besides its encoding.
const OVERHEAD: usize = 128;
/// A peer that takes nothing for so long is cut off; it may come again.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// How often reserved peers are named to the network anew: it forgets none, but costs nothing.
const RENEW: Duration = Duration::from_secs(30);

const MALFORMED: ReputationChange = ReputationChange::new(-(1 << 12), "eventum: malformed batch");
const TOO_MUCH: ReputationChange = ReputationChange::new(-(1 << 10), "eventum: over its budget");
const FOREIGN: ReputationChange =
	ReputationChange::new(-(1 << 8), "eventum: not in that committee");

/// What the task asks of the network.
trait Peers: Send + Sync {
	fn own(&self) -> PeerId;
	/// Lets a peer pay for what it did.
	fn charge(&self, peer: PeerId, cost: ReputationChange);
	/// Keeps streams to these peers, besides those kept already.
	fn keep(&self, peers: HashSet<PeerId>);
	/// Keeps no streams to these any more.
	fn leave(&self, peers: Vec<PeerId>);
	/// Closes a stream; if the peer is kept it is opened again.
	fn cut(&self, peer: PeerId);
}

/// The node's network, for one protocol.
struct Network {
	name: ProtocolName,
	service: Arc<dyn NetworkService>,
}

impl Peers for Network {
	fn own(&self) -> PeerId {
		self.service.local_peer_id()
	}

	fn charge(&self, peer: PeerId, cost: ReputationChange) {
		self.service.report_peer(peer, cost);
	}

	fn keep(&self, peers: HashSet<PeerId>) {
		let address = |peer: PeerId| Multiaddr::empty().with(Protocol::P2p(peer.into()));
		let peers = peers.into_iter().map(address).collect();
		log_failure(self.service.add_peers_to_reserved_set(self.name.clone(), peers));
	}

	fn leave(&self, peers: Vec<PeerId>) {
		log_failure(self.service.remove_peers_from_reserved_set(self.name.clone(), peers));
	}

	fn cut(&self, peer: PeerId) {
		self.service.disconnect_peer(peer, self.name.clone());
	}
}

/// The members' protocol.
pub struct Gossip {
	service: Box<dyn NotificationService>,
	network: Arc<dyn Peers>,
	outboxes: Outboxes,
	table: FeedTable,
	intake: Intake,
	worker: async_channel::Sender<Input>,
	memory: Memory,
	budgets: HashMap<PeerId, Budget>,
	reserved: HashSet<PeerId>,
	metrics: Metrics,
}

type Stream = (PeerId, Box<dyn MessageSink>, Arc<Outbox>);

impl Gossip {
	/// The task, to be [run](Self::run). Reports go to `intake`, all else to `worker`, if it is about
	/// a feed in `table` and the peer sits in its committee.
	pub fn new(
		protocol: Notifications,
		network: Arc<dyn NetworkService>,
		outboxes: Outboxes,
		table: FeedTable,
		intake: Intake,
		worker: async_channel::Sender<Input>,
		metrics: Metrics,
	) -> Self {
		let Notifications { name, service } = protocol;
		Self {
			service,
			network: Arc::new(Network { name, service: network }),
			outboxes,
			table,
			intake,
			worker,
			memory: Memory::new(INBOUND_MEMORY),
			budgets: HashMap::new(),
			reserved: HashSet::new(),
			metrics,
		}
	}

	/// Runs until the network or the worker ends.
	pub async fn run(self) {
		let (open, streams) = mpsc::unbounded();
		let senders = send_all(streams, self.network.clone(), self.metrics.clone());
		let receiver = self.receive(open);
		futures::pin_mut!(senders, receiver);
		futures::future::select(senders, receiver).await;
	}

	async fn receive(mut self, open: mpsc::UnboundedSender<Stream>) {
		let outboxes = self.outboxes.clone();
		let mut renew = tokio::time::interval(RENEW);
		loop {
			let event = tokio::select! {
				event = self.service.next_event() => event,
				() = outboxes.members_changed() => {
					self.reserve(false);
					continue;
				}
				_ = renew.tick() => {
					self.reserve(true);
					continue;
				}
			};
			let alive = match event {
				None => false,
				Some(event) => self.handle(event, &open).await.is_some(),
			};
			if !alive {
				return log::debug!(target: LOG, "The members' protocol has ended");
			}
		}
	}

	/// None if the worker has ended.
	async fn handle(
		&mut self,
		event: NotificationEvent,
		open: &mpsc::UnboundedSender<Stream>,
	) -> Option<()> {
		match event {
			NotificationEvent::ValidateInboundSubstream { peer, result_tx, .. } => {
				let known = self.outboxes.is_member(&peer);
				let result =
					if known { ValidationResult::Accept } else { ValidationResult::Reject };
				let _ = result_tx.send(result);
			}
			NotificationEvent::NotificationStreamOpened { peer, .. } => {
				// It may have closed again in the meantime.
				let Some(sink) = self.service.message_sink(&peer) else { return Some(()) };
				let _ = open.unbounded_send((peer, sink, self.outboxes.open(peer)));
				self.budgets.insert(peer, Budget::new(RATE, Instant::now()));
				self.metrics.peers(self.outboxes.connected());
				self.worker.send(Input::Connected(peer)).await.ok()?;
			}
			NotificationEvent::NotificationStreamClosed { peer } => {
				self.outboxes.close(&peer);
				self.budgets.remove(&peer);
				self.metrics.peers(self.outboxes.connected());
				self.worker.send(Input::Disconnected(peer)).await.ok()?;
			}
			NotificationEvent::NotificationReceived { peer, notification } => {
				if let Some(input) = self.read(peer, &notification) {
					self.worker.send(input).await.ok()?;
				}
			}
		}
		Some(())
	}

	/// Reads a notification: hands its reports to the intake and gives the rest.
	fn read(&mut self, peer: PeerId, notification: &[u8]) -> Option<Input> {
		let now = Instant::now();
		let budget = self.budgets.get_mut(&peer)?;
		if !budget.spend(notification.len(), 1, now) {
			self.network.charge(peer, TOO_MUCH);
			return None;
		}
		let Some(batch) = Batch::read(notification) else {
			self.network.charge(peer, MALFORMED);
			return None;
		};
		if !budget.spend(0, batch.messages.len(), now) {
			self.network.charge(peer, TOO_MUCH);
			return None;
		}
		self.metrics.received(batch.messages.len(), notification.len());
		let (messages, foreign) = self.sort(peer, batch.messages);
		if foreign {
			self.network.charge(peer, FOREIGN);
		}
		if messages.is_empty() {
			return None;
		}
		let Some(permit) = self.memory.take(notification.len() + OVERHEAD * messages.len()) else {
			self.metrics.dropped(messages.len());
			return None;
		};
		Some(Input::Peer { peer, messages, permit })
	}

	/// Gives what is for the worker, and whether anything was about a feed that the peer has no part
	/// in. What is about feeds that are not served here any more is dropped, at no one's cost.
	fn sort(&self, peer: PeerId, messages: Vec<Message>) -> (Vec<Message>, bool) {
		let mut known = HashMap::<FeedId, Option<bool>>::new();
		let (mut kept, mut foreign) = (Vec::new(), false);
		for message in messages {
			let feed = message.feed();
			match *known.entry(feed).or_insert_with(|| self.sits(&peer, feed)) {
				None => (),
				Some(false) => foreign = true,
				Some(true) => match message {
					Message::Report(report) => {
						if let Err(error) = self.intake.offer_report(peer, report) {
							log::trace!(target: LOG, "Report from {peer} not taken: {error}");
							self.metrics.dropped(1);
						}
					}
					other => kept.push(other),
				},
			}
		}
		(kept, foreign)
	}

	/// Whether a peer is a member of a feed's committee, if the feed is served here.
	fn sits(&self, peer: &PeerId, feed: FeedId) -> Option<bool> {
		let served = self.table.get(feed)?;
		let peer = peer.to_bytes();
		Some(served.committee.members.iter().any(|member| member.peer[..] == peer[..]))
	}

	/// Makes the peers that the network reserves for this protocol those of the committees.
	fn reserve(&mut self, renew: bool) {
		let own = self.network.own();
		let mut wanted = self.outboxes.members();
		wanted.remove(&own);
		let gone: Vec<PeerId> = self.reserved.difference(&wanted).copied().collect();
		let new: HashSet<PeerId> = wanted
			.iter()
			.filter(|peer| {
				!self.reserved.contains(peer) || (renew && !self.outboxes.is_connected(peer))
			})
			.copied()
			.collect();
		if !gone.is_empty() {
			self.network.leave(gone);
		}
		if !new.is_empty() {
			self.network.keep(new);
		}
		self.reserved = wanted;
	}
}

fn log_failure(result: Result<(), String>) {
	if let Err(error) = result {
		log::warn!(target: LOG, "The network does not keep committee members: {error}");
	}
}

/// Sends to all peers at once, to each in order.
async fn send_all(
	mut streams: mpsc::UnboundedReceiver<Stream>,
	network: Arc<dyn Peers>,
	metrics: Metrics,
) {
	let mut senders = FuturesUnordered::new();
	loop {
		tokio::select! {
			stream = streams.next() => match stream {
				None => return,
				Some((peer, sink, outbox)) => {
					let metrics = metrics.clone();
					senders.push(send(sink, outbox, metrics).map(move |timeout| (peer, timeout)));
				}
			},
			Some((peer, timeout)) = senders.next() => {
				if timeout {
					log::debug!(target: LOG, "{peer} takes no messages");
					network.cut(peer);
				}
			}
		}
	}
}

/// Sends to one peer until its stream closes; tells whether that is because it took nothing.
async fn send(sink: Box<dyn MessageSink>, outbox: Arc<Outbox>, metrics: Metrics) -> bool {
	loop {
		let Some(batch) = until_closed(&outbox).await else { return false };
		let bytes = batch.len();
		match tokio::time::timeout(SEND_TIMEOUT, sink.send_async_notification(batch)).await {
			Ok(Ok(())) => metrics.sent(bytes),
			Ok(Err(_)) => return false,
			Err(_) => return true,
		}
	}
}

/// The next batch of an outbox; none when nobody but the sender holds it any more.
async fn until_closed(outbox: &Arc<Outbox>) -> Option<Vec<u8>> {
	const LOOK: Duration = Duration::from_secs(5);
	loop {
		match tokio::time::timeout(LOOK, outbox.next()).await {
			Ok(batch) => return Some(batch),
			Err(_) if Arc::strong_count(outbox) == 1 => return None,
			Err(_) => (),
		}
	}
}

#[cfg(test)]
mod tests;
