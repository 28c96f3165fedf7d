// SPDX-License-Identifier: Apache-2.0

//! The runtime's rules and this node's keys, as the members use them.

use super::Parts;
use crate::{
	chain::{Chain, ChainError},
	committee::Rulebook,
	keys::Identities,
};
use eventum_primitives::{
	rules::count::{Evaluation, Previous, Vote},
	vald, FeedId, Hash, Moment, Round,
};
use sp_core::ed25519;

/// The runtime's rules and this node's keys, for the members. That the chain cannot be read now is
/// the same to them as that it says nothing yet: they ask again.
pub(super) struct Book<'a> {
	chain: &'a dyn Chain,
	keys: &'a Identities,
}

impl<'a> Book<'a> {
	pub(super) fn new(parts: &'a Parts) -> Self {
		Self { chain: &*parts.chain, keys: &parts.keys }
	}
}

impl Rulebook for Book<'_> {
	fn finalized(&self) -> Option<Hash> {
		read(self.chain.finalized()).map(|block| block.hash)
	}

	fn spec_version(&self, block: &Hash) -> Option<u32> {
		read(self.chain.finalized_at(*block)).flatten().map(|block| block.spec_version)
	}

	fn evaluate(
		&self,
		block: &Hash,
		feed: FeedId,
		round: Round,
		votes: Vec<Vote>,
		previous: Option<Previous>,
		horizon: Moment,
	) -> Option<Evaluation> {
		read(self.chain.evaluate(*block, feed, round, votes, previous, horizon)).flatten()
	}

	fn sign(&self, key: &vald::Public, payload: &[u8; 32]) -> Option<ed25519::Signature> {
		self.keys.sign(key, payload)
	}
}

/// What was read of the chain; none, and a line in the log, if it could not be.
pub(super) fn read<T>(result: Result<T, ChainError>) -> Option<T> {
	result
		.inspect_err(|error| log::warn!(target: crate::LOG, "The chain cannot be read: {error}"))
		.ok()
}
