// SPDX-License-Identifier: Apache-2.0

//! What waits to be sent to the other members.
//!
//! Messages to one peer collect while the one notification before them is under way, so that they
//! travel in batches exactly when there are many. A full outbox takes no more: the peer will ask for
//! what it lacks.

use crate::memory::{Memory, Permit};
use codec::{Compact, Encode};
use eventum_wire::message::{Message, MAX_MESSAGES, MAX_NOTIFICATION};
use parking_lot::{Mutex, RwLock};
use sc_network_types::PeerId;
use std::{
	collections::{HashMap, HashSet, VecDeque},
	sync::Arc,
};
use tokio::sync::Notify;

/// Bytes in all outboxes.
pub const TOTAL: usize = 16 * 1024 * 1024;
/// Bytes in the outbox of one peer.
pub const PER_PEER: usize = 4 * 1024 * 1024;
/// What a message takes besides its bytes.
const OVERHEAD: usize = 64;

/// The outbox of one peer.
pub struct Outbox {
	memory: Memory,
	queue: Mutex<Queue>,
	news: Notify,
}

#[derive(Default)]
struct Queue {
	messages: VecDeque<(Arc<[u8]>, Permit)>,
	bytes: usize,
}

struct Shared {
	members: RwLock<HashSet<PeerId>>,
	members_changed: Notify,
	open: Mutex<HashMap<PeerId, Arc<Outbox>>>,
	memory: Memory,
}

/// Where the worker leaves messages for other members. Nothing here ever waits.
#[derive(Clone)]
pub struct Outboxes(Arc<Shared>);

impl Default for Outboxes {
	fn default() -> Self {
		Self(Arc::new(Shared {
			members: Default::default(),
			members_changed: Notify::new(),
			open: Default::default(),
			memory: Memory::new(TOTAL),
		}))
	}
}

impl Outboxes {
	/// Leaves a message for a peer; false if there is no stream to it, or its outbox is full.
	pub fn send(&self, peer: &PeerId, message: &Message) -> bool {
		self.send_all([peer], message) == 1
	}

	/// Leaves one message for several peers, encoded once; tells how many will get it.
	pub fn send_all<'a>(
		&self,
		peers: impl IntoIterator<Item = &'a PeerId>,
		message: &Message,
	) -> usize {
		let mut encoded: Option<Arc<[u8]>> = None;
		let mut sent = 0;
		for peer in peers {
			let Some(outbox) = self.0.open.lock().get(peer).cloned() else { continue };
			let encoded = encoded.get_or_insert_with(|| message.encode().into());
			sent += usize::from(outbox.push(encoded.clone()));
		}
		sent
	}

	/// Whether the stream to a peer is open.
	pub fn is_connected(&self, peer: &PeerId) -> bool {
		self.0.open.lock().contains_key(peer)
	}

	/// Bytes that the outbox of a peer still takes; none if there is no stream to it.
	pub fn room(&self, peer: &PeerId) -> usize {
		let outbox = self.0.open.lock().get(peer).cloned();
		outbox.map_or(0, |outbox| PER_PEER.saturating_sub(outbox.queue.lock().bytes))
	}

	/// Says which peers sit in a committee with a member of this node: streams are kept to these and
	/// to no others. Cheap if nothing changes.
	pub fn set_members(&self, peers: HashSet<PeerId>) {
		let mut members = self.0.members.write();
		if *members != peers {
			*members = peers;
			self.0.members_changed.notify_one();
		}
	}

	pub(super) fn members(&self) -> HashSet<PeerId> {
		self.0.members.read().clone()
	}

	pub(super) fn is_member(&self, peer: &PeerId) -> bool {
		self.0.members.read().contains(peer)
	}

	pub(super) async fn members_changed(&self) {
		self.0.members_changed.notified().await;
	}

	/// Opens the way to a peer: what is left for it from now on comes out of the outbox.
	pub fn open(&self, peer: PeerId) -> Arc<Outbox> {
		let outbox = Arc::new(Outbox::new(self.0.memory.clone()));
		self.0.open.lock().insert(peer, outbox.clone());
		outbox
	}

	pub(super) fn close(&self, peer: &PeerId) {
		self.0.open.lock().remove(peer);
	}

	pub(super) fn connected(&self) -> usize {
		self.0.open.lock().len()
	}
}

impl Outbox {
	fn new(memory: Memory) -> Self {
		Self { memory, queue: Default::default(), news: Notify::new() }
	}

	fn push(&self, message: Arc<[u8]>) -> bool {
		let size = message.len() + OVERHEAD;
		let mut queue = self.queue.lock();
		if message.len() as u64 > MAX_NOTIFICATION - 8 || queue.bytes + size > PER_PEER {
			return false;
		}
		let Some(permit) = self.memory.take(size) else { return false };
		queue.bytes += size;
		queue.messages.push_back((message, permit));
		drop(queue);
		self.news.notify_one();
		true
	}

	/// The next notification, when there is something to send: the encoding of a
	/// [`eventum_wire::message::Batch`].
	pub async fn next(&self) -> Vec<u8> {
		loop {
			if let Some(batch) = self.take() {
				return batch;
			}
			self.news.notified().await;
		}
	}

	fn take(&self) -> Option<Vec<u8>> {
		let mut queue = self.queue.lock();
		// The number of messages takes up to four bytes before them.
		let mut room = MAX_NOTIFICATION as usize - 4;
		let mut count = 0;
		for (message, _) in queue.messages.iter().take(MAX_MESSAGES) {
			match room.checked_sub(message.len()) {
				Some(left) => room = left,
				None => break,
			}
			count += 1;
		}
		if count == 0 {
			return None;
		}
		let mut batch = Compact(count as u32).encode();
		for (message, _) in queue.messages.drain(..count).collect::<Vec<_>>() {
			batch.extend_from_slice(&message);
			queue.bytes = queue.bytes.saturating_sub(message.len() + OVERHEAD);
		}
		Some(batch)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::testing::{feed, report_of};
	use eventum_primitives::Hash;
	use eventum_wire::message::Batch;
	use futures::{FutureExt, StreamExt};

	fn wanted(reports: usize) -> Message {
		Message::WantReports { feed: feed(), round: 0, reports: vec![Hash::zero(); reports] }
	}

	#[test]
	fn what_was_left_comes_in_order_in_batches_that_can_be_read() {
		let (outboxes, peer) = (Outboxes::default(), PeerId::random());
		assert!(!outboxes.send(&peer, &wanted(1)), "no stream");
		let outbox = outboxes.open(peer);
		let message = |tag| Message::Report(report_of(feed(), 0, 0, tag));
		let messages: Vec<_> = (0..200).map(message).collect();
		for message in &messages {
			assert!(outboxes.send(&peer, message));
		}
		let batch = outbox.next().now_or_never().unwrap();
		assert_eq!(Batch::read(&batch).unwrap().messages, messages);
		assert!(outbox.next().now_or_never().is_none());
		assert_eq!(outboxes.room(&peer), PER_PEER);
		assert_eq!(outboxes.0.memory.used(), 0);
	}

	#[test]
	fn no_batch_is_longer_than_a_notification() {
		let (outboxes, peer) = (Outboxes::default(), PeerId::random());
		let outbox = outboxes.open(peer);
		let mut sent = 0;
		while outboxes.send(&peer, &wanted(10_000)) {
			sent += 1;
		}
		assert!(outboxes.room(&peer) < 400_000);
		let batches: Vec<_> = futures::stream::repeat(())
			.then(|()| std::future::ready(outbox.next().now_or_never()))
			.take_while(|batch| std::future::ready(batch.is_some()))
			.collect::<Vec<_>>()
			.now_or_never()
			.unwrap();
		let read = |batch: &Option<Vec<u8>>| Batch::read(batch.as_ref()?);
		assert!(batches.iter().all(|batch| read(batch).is_some()));
		let messages: usize = batches.iter().map(|batch| read(batch).unwrap().messages.len()).sum();
		assert_eq!(messages, sent);
	}

	#[test]
	fn a_slow_peer_leaves_room_for_others() {
		let (outboxes, slow, other) = (Outboxes::default(), PeerId::random(), PeerId::random());
		let _open = [slow, other].map(|peer| outboxes.open(peer));
		while outboxes.send(&slow, &wanted(1_000)) {}
		assert!(outboxes.0.memory.used() <= PER_PEER);
		assert!(outboxes.send(&other, &wanted(1_000)));
	}

	#[test]
	fn all_outboxes_together_are_bounded() {
		let outboxes = Outboxes::default();
		let peers: Vec<_> = (0..8).map(|_| PeerId::random()).collect();
		let _open: Vec<_> = peers.iter().map(|peer| outboxes.open(*peer)).collect();
		while outboxes.send_all(&peers, &wanted(1_000)) > 0 {}
		assert!(outboxes.0.memory.used() <= TOTAL);
		outboxes.close(&peers[0]);
		assert!(!outboxes.is_connected(&peers[0]));
	}
}
