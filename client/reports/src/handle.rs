// SPDX-License-Identifier: Apache-2.0

//! The report plane as the rest of the node sees it: JSON-RPC hands envelopes in, subscribers and
//! the delivery plane hear of certificates.

use crate::{
	chain::Chain,
	intake::Intake,
	io::{Answer, Event, Input},
	keys::{Identities, Identity},
	memory::Memory,
	network::{peer_of, Forward},
	outcomes::{everything, follow, read, Push},
	store::Store,
	table::FeedTable,
	LOG,
};
use eventum_primitives::{
	apis::FeedView,
	committee::{Committee, PeerId as PeerBytes},
	outcome::Certificate,
	vald, AccountId, FeedId, Hash, Round, Sequence,
};
use eventum_wire::{Envelope, IntakeError};
use futures::{future::join_all, stream::BoxStream, StreamExt};
use parking_lot::Mutex;
use sc_network_types::PeerId;
use sp_core::ed25519;
use std::{
	collections::{BTreeMap, HashMap},
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::sync::broadcast;

/// Envelopes that are taken at once.
pub const MAX_ENVELOPES: usize = 256;
/// Bytes of all calls that hand in envelopes.
pub const CALL_MEMORY: usize = 16 * 1024 * 1024;
/// What an envelope takes for each of its bytes: itself, and the text of the call that it came in.
const TEXT: usize = 3;
/// Events that a slow listener may be behind; what it misses it finds in the store.
const EVENTS: usize = 4_096;
/// Committees of feeds served elsewhere that are remembered, and for how long.
const COMMITTEES: usize = 1_024;
const REMEMBERED: Duration = Duration::from_secs(30);
/// What an envelope on its way takes besides its bytes.
const OVERHEAD: usize = 64;

/// The report plane's face. Clones are the same.
#[derive(Clone)]
pub struct ReportsHandle(Arc<Shared>);

/// What a handle is made of.
pub struct Parts {
	/// Where envelopes for this node go in.
	pub intake: Intake,
	/// The feeds that this node serves.
	pub table: FeedTable,
	/// Where envelopes for other nodes go.
	pub forwarder: Arc<dyn Forward>,
	/// The chain.
	pub chain: Arc<dyn Chain>,
	/// What is kept.
	pub store: Arc<Store>,
	/// Who this node is.
	pub identities: Identities,
	/// The worker.
	pub worker: async_channel::Sender<Input>,
	/// Where the worker tells what happens; [`event_channel`] makes it.
	pub events: broadcast::Sender<Event>,
}

/// What the worker tells events by, to any number of listeners.
pub fn event_channel() -> broadcast::Sender<Event> {
	broadcast::channel(EVENTS).0
}

struct Shared {
	parts: Parts,
	calls: Memory,
	committees: Mutex<HashMap<FeedId, Remembered>>,
}

/// A committee, or that there is none, and when that was read.
type Remembered = (Option<Arc<Committee>>, Instant);

/// Where an envelope goes.
enum Way {
	Here(Envelope),
	To(PeerId),
	Nowhere(IntakeError),
}

impl ReportsHandle {
	/// The face of these parts.
	pub fn new(parts: Parts) -> Self {
		let (calls, committees) = (Memory::new(CALL_MEMORY), Mutex::default());
		Self(Arc::new(Shared { parts, calls, committees }))
	}

	/// Hands encoded envelopes to their members, on this node or others; gives an answer for each,
	/// in order. Beyond [`MAX_ENVELOPES`] they are refused, and so are all when there is no room.
	pub async fn submit(&self, envelopes: Vec<Vec<u8>>) -> Vec<Answer> {
		let mut answers = vec![Err(IntakeError::Overloaded); envelopes.len()];
		let bytes = envelopes.iter().map(|envelope| TEXT * envelope.len() + OVERHEAD).sum();
		let Some(_permit) = self.0.calls.take(bytes) else { return answers };
		let mut here = Vec::new();
		let mut elsewhere = BTreeMap::<PeerId, (Vec<usize>, Vec<Vec<u8>>)>::new();
		for (place, bytes) in envelopes.into_iter().enumerate().take(MAX_ENVELOPES) {
			match self.way(&bytes) {
				Way::Nowhere(error) => answers[place] = Err(error),
				Way::Here(envelope) => here.push((place, envelope)),
				Way::To(peer) => {
					let (places, envelopes) = elsewhere.entry(peer).or_default();
					places.push(place);
					envelopes.push(bytes);
				}
			}
		}
		let intake = &self.0.parts.intake;
		let here = here
			.into_iter()
			.map(|(place, envelope)| async move { vec![(place, intake.submit(envelope).await)] });
		let elsewhere = elsewhere.into_iter().map(|(peer, (places, envelopes))| async move {
			let answers = self.0.parts.forwarder.forward(peer, &envelopes).await;
			places.into_iter().zip(answers).collect::<Vec<_>>()
		});
		let (here, elsewhere) = futures::join!(join_all(here), join_all(elsewhere));
		for (place, answer) in here.into_iter().chain(elsewhere).flatten() {
			answers[place] = answer;
		}
		answers
	}

	/// Everything that happens from now on. Who falls behind misses events, and is told so.
	pub fn events(&self) -> broadcast::Receiver<Event> {
		self.0.parts.events.subscribe()
	}

	/// Certificates of a feed after the push `after`, each once, in order: those that this node
	/// holds, then new ones. None if this node does not serve the feed.
	///
	/// Events only say when to look; certificates come from the store, so none is missed.
	pub fn outcomes(
		&self,
		feed: FeedId,
		after: (Round, Sequence),
	) -> Option<BoxStream<'static, Certificate>> {
		let events = self.events();
		let Parts { store, table, .. } = &self.0.parts;
		let first = read(store, feed, after).ok()?;
		if first.is_empty() && table.get(feed).is_none() {
			return None;
		}
		Some(follow(store.clone(), feed, after, first, events).boxed())
	}

	/// What happens from now on, and every certificate of every feed after the newest push in `taken`,
	/// each once and those of a feed in order, also those of before a restart and those that the
	/// listener was too slow to hear of. [`Event::Serving`] is not among them.
	pub fn everything(&self, taken: BTreeMap<FeedId, Push>) -> BoxStream<'static, Event> {
		let Parts { store, table, .. } = &self.0.parts;
		everything(store.clone(), table.clone(), self.events(), taken).boxed()
	}

	/// Says that a webhook has taken a push, for the other members to know. Never waits: if the
	/// worker is that busy, they will only post it once more.
	pub fn delivered(&self, feed: FeedId, round: Round, sequence: Sequence) {
		let input = Input::Delivered { feed, round, sequence };
		if self.0.parts.worker.try_send(input).is_err() {
			log::debug!(target: LOG, "Others are not told that {feed} was delivered");
		}
	}

	/// Who this node is.
	pub fn identities(&self) -> Vec<Identity> {
		self.0.parts.identities.all()
	}

	/// The network identity of this node.
	pub fn peer(&self) -> PeerId {
		self.0.parts.forwarder.own_peer()
	}

	/// What each key of this node needs to be registered as `operator`'s.
	pub fn registration(&self, operator: &AccountId) -> Vec<(Identity, ed25519::Signature)> {
		let Parts { identities, chain, .. } = &self.0.parts;
		let genesis: Hash = chain.genesis();
		let Ok(peer) = PeerBytes::try_from(self.peer().to_bytes()) else { return Vec::new() };
		let proven = identities.all().into_iter().filter_map(|identity| {
			let proof = identities.register_proof(&genesis, operator, &identity.vald, &peer)?;
			Some((identity, proof))
		});
		proven.collect()
	}

	/// A signature of one of this node's keys, for webhooks.
	pub fn sign(&self, key: &vald::Public, message: &[u8]) -> Option<ed25519::Signature> {
		self.0.parts.identities.sign(key, message)
	}

	/// The committee of any feed, as of the finalized chain.
	pub fn committee(&self, feed: FeedId) -> Option<Arc<Committee>> {
		if let Some(served) = self.0.parts.table.get(feed) {
			return Some(served.committee.clone());
		}
		let now = Instant::now();
		let remembered = self.0.committees.lock().get(&feed).cloned();
		if let Some((committee, at)) = remembered {
			if now.duration_since(at) < REMEMBERED {
				return committee;
			}
		}
		let chain = &self.0.parts.chain;
		let view = chain.finalized().and_then(|block| chain.feed(block.hash, feed));
		let committee = view
			.inspect_err(|error| log::warn!(target: LOG, "Feed {feed} cannot be read: {error}"))
			.ok()?
			.and_then(|view| view.committee)
			.map(Arc::new);
		let mut committees = self.0.committees.lock();
		if committees.len() >= COMMITTEES {
			committees.retain(|_, (_, at)| now.duration_since(*at) < REMEMBERED);
		}
		if committees.len() < COMMITTEES && committee.is_some() {
			committees.insert(feed, (committee.clone(), now));
		}
		committee
	}

	/// A feed at the block that an outcome names; if that state is gone here, as it is now.
	pub fn feed_of(&self, certificate: &Certificate) -> Option<FeedView> {
		let chain = &self.0.parts.chain;
		let (block, feed) = (certificate.outcome.block, certificate.outcome.feed);
		let named = chain.feed(block, feed).ok().flatten();
		named.or_else(|| chain.feed(chain.finalized().ok()?.hash, feed).ok()?)
	}

	fn way(&self, bytes: &[u8]) -> Way {
		let envelope = match Envelope::read(bytes) {
			Ok(envelope) => envelope,
			Err(error) => return Way::Nowhere(error),
		};
		let served = self.0.parts.table.get(envelope.feed);
		if served.is_some_and(|served| served.local_member(envelope.member).is_some()) {
			return Way::Here(envelope);
		}
		let Some(committee) = self.committee(envelope.feed) else {
			return Way::Nowhere(IntakeError::UnknownFeed);
		};
		match committee.members.get(usize::from(envelope.member)).map(peer_of) {
			None => Way::Nowhere(IntakeError::UnknownMember),
			Some(None) => Way::Nowhere(IntakeError::MemberUnreachable),
			// This node will be that member as soon as it has seen the feed's committee.
			Some(Some(peer)) if peer == self.peer() => Way::Nowhere(IntakeError::UnknownFeed),
			Some(Some(peer)) => Way::To(peer),
		}
	}
}

#[cfg(test)]
mod tests;
