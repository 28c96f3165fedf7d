// SPDX-License-Identifier: Apache-2.0

//! Which feeds this node serves, and the members it serves them by.

use super::PushOf;
use crate::committee::{
	feed::{FeedEngine, Restored},
	Counted, Setup,
};
use crate::{network::peer_of, table::ServedFeed};
use eventum_primitives::{
	committee::{Committee, MemberIndex},
	vald, Hash, Round,
};
use eventum_wire::Message;
use sc_network_types::PeerId;
use std::{
	collections::{BTreeMap, HashSet},
	sync::Arc,
};

/// A feed that at least one key of this node serves.
pub(super) struct Served {
	/// The feed as the intake sees it.
	pub(super) entry: Arc<ServedFeed>,
	pub(super) committee: Committee,
	/// Where each member is; none if its peer id cannot be read.
	pub(super) peers: Vec<Option<PeerId>>,
	pub(super) engines: BTreeMap<MemberIndex, FeedEngine>,
	/// The newest push that was told.
	pub(super) told: Option<PushOf>,
}

impl Served {
	/// A feed with its committee complete; `local` are this node's members with what they knew
	/// before a restart.
	pub(super) fn new(
		genesis: Hash,
		entry: Arc<ServedFeed>,
		committee: Committee,
		local: Vec<(MemberIndex, vald::Public, Restored)>,
	) -> Self {
		let peers = committee.members.iter().map(peer_of).collect();
		let told = local.iter().filter_map(|(_, _, restored)| restored.told()).max();
		let engines = local
			.into_iter()
			.map(|(own, key, restored)| {
				let committee = committee.clone();
				let (feed, joined) = (entry.id, entry.view.joined);
				let excluded = Default::default();
				let setup = Setup { genesis, feed, committee, joined, own, key, excluded };
				(own, FeedEngine::restore(setup, restored))
			})
			.collect();
		Self { entry, committee, peers, engines, told }
	}

	pub(super) fn engine(&mut self, member: MemberIndex) -> Option<&mut FeedEngine> {
		self.engines.get_mut(&member)
	}

	/// This node's members.
	pub(super) fn members(&self) -> Vec<MemberIndex> {
		self.engines.keys().copied().collect()
	}

	/// Peers that hold the other members, each once.
	pub(super) fn other_peers(&self) -> HashSet<PeerId> {
		let others = self.peers.iter().zip(0..);
		let others = others.filter(|(_, index)| !self.engines.contains_key(index));
		others.filter_map(|(peer, _)| *peer).collect()
	}

	/// The round that reports are taken for: the highest that a member of this node has opened.
	pub(super) fn round(&self) -> Round {
		self.engines.values().map(FeedEngine::round).max().unwrap_or(0)
	}

	/// Whether all members of this node hold the last certificate.
	pub(super) fn ended(&self) -> bool {
		self.engines.values().all(FeedEngine::ended)
	}

	/// Tells the intake which round is open.
	pub(super) fn show(&self) {
		if self.ended() {
			self.entry.set_over();
		} else {
			let newest = self.engines.values().max_by_key(|engine| engine.round());
			let excused = newest.map(FeedEngine::excused).unwrap_or_default();
			self.entry.set_round(self.round(), excused);
		}
	}

	/// Whether a member may still take reports of a round.
	pub(super) fn is_open(&self, member: MemberIndex, round: Round) -> bool {
		self.engines.get(&member).is_some_and(|engine| !engine.ended() && engine.round() <= round)
	}

	/// A report that a member of this node has.
	pub(super) fn counted(&self, round: Round, hash: &Hash) -> Option<Counted> {
		self.engines.values().find_map(|engine| engine.counted(round, hash))
	}

	/// Which member speaks when `peer` sends `message`: a peer may hold several.
	pub(super) fn sender(&self, peer: PeerId, message: &Message) -> Option<MemberIndex> {
		let named = match message {
			Message::Proposal(proposal) => {
				let outcome = &proposal.outcome;
				Some(self.committee.leader(outcome.round, outcome.view))
			}
			Message::Vote(vote) => Some(vote.member),
			Message::Log(update) => Some(update.head.member),
			_ => None,
		};
		let is = |member: &MemberIndex| self.peers.get(usize::from(*member)) == Some(&Some(peer));
		let first = self.peers.iter().position(|other| *other == Some(peer));
		named.filter(is).or_else(|| first.map(|index| index as MemberIndex))
	}
}
