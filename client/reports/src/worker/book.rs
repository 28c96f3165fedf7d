// SPDX-License-Identifier: Apache-2.0

//! The runtime's rules and this node's keys, as the members use them.

use super::{
	bodies::{Bodies, Unwritten},
	Parts,
};
use crate::{
	chain::{Chain, ChainError},
	check::open_value,
	committee::Rulebook,
	keys::Identities,
	table::FeedTable,
};
use eventum_primitives::{
	rules::count::{Before, Evaluation, Vote},
	vald, FeedId, Hash, JoinIndex, Moment, Round,
};
use sp_core::ed25519;

/// The runtime's rules and this node's keys, for the members. That the chain cannot be read now is
/// the same to them as that it says nothing yet: they ask again.
pub(super) struct Book<'a> {
	chain: &'a dyn Chain,
	keys: &'a Identities,
	table: &'a FeedTable,
	bodies: Bodies<'a>,
}

impl<'a> Book<'a> {
	/// The rules and keys; what is `unwritten` counts as if it were on disk.
	pub(super) fn new(parts: &'a Parts, unwritten: Unwritten<'a>) -> Self {
		let Parts { chain, keys, store, table, .. } = parts;
		Self { chain: &**chain, keys, table, bodies: Bodies::new(store, unwritten) }
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
		before: Before,
		horizon: Moment,
	) -> Option<Evaluation> {
		read(self.chain.evaluate(*block, feed, round, votes, before, horizon)).flatten()
	}

	fn open_round(&self, feed: FeedId, round: Round, block: &Hash) -> bool {
		let named = read(self.chain.finalized_at(*block)).flatten();
		let served = self.table.get(feed);
		served.zip(named).is_some_and(|(served, named)| served.open(round, named.number))
	}

	fn keeps_key(&self, feed: FeedId, round: Round, reporter: JoinIndex) -> bool {
		self.table.get(feed).is_some_and(|served| served.keeps_key(round, reporter))
	}

	fn answer(&self, feed: FeedId, round: Round, report: &Hash) -> Option<Vec<u8>> {
		let served = self.table.get(feed)?;
		let report = self
			.bodies
			.get(feed, round, report)
			.inspect_err(|error| log::warn!(target: crate::LOG, "{error}"))
			.ok()??;
		let answer = open_value(&self.chain.genesis(), &served, &report).ok()?;
		Some(answer.unwrap_or_default())
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
