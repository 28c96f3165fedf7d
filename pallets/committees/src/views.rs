// SPDX-License-Identifier: Apache-2.0

//! What runtime APIs answer.

use crate::{pallet::Config, Keys, Node, NodeCount, Nodes, Pallet, Registry, Serving, Status};
use alloc::vec::Vec;
use eventum_primitives::{apis::NodeView, vald, AccountId, FeedId};

/// Nodes in one answer of [`Pallet::nodes`] at most.
pub const NODES_PAGE: u32 = 100;

impl<T: Config> Pallet<T> {
	/// The node of an operator.
	pub fn node(operator: AccountId) -> Option<NodeView> {
		Nodes::<T>::get(&operator).map(|node| view(operator, node))
	}

	/// The node that signs with a key.
	pub fn node_by_key(key: vald::Public) -> Option<NodeView> {
		Keys::<T>::get(key).and_then(Self::node)
	}

	/// Nodes after the first `from` in the registry, at most `limit` and [`NODES_PAGE`].
	pub fn nodes(from: u32, limit: u32) -> Vec<NodeView> {
		let end = from.saturating_add(limit.min(NODES_PAGE)).min(NodeCount::<T>::get());
		(from..end).filter_map(Registry::<T>::get).filter_map(Self::node).collect()
	}

	/// Feeds that the node with this key serves or has been asked to. Unbounded: off chain only.
	pub fn served_feeds(key: vald::Public) -> Vec<FeedId> {
		Serving::<T>::iter_key_prefix(key).collect()
	}
}

fn view(operator: AccountId, node: Node) -> NodeView {
	let Node { vald, intake, peer, min_fee, bond, set_aside, status, .. } = node;
	let online = status == Status::Online;
	NodeView { operator, vald, intake, peer, min_fee, bond, set_aside, online }
}
