// SPDX-License-Identifier: Apache-2.0

//! What the report plane reads of the chain: always at a finalized block, always through runtime
//! APIs.

use eventum_primitives::{
	apis::{
		CommitteesApi, FeedView, MarketsApi, NodeView, OutcomeView, ReporterView, ReportsApi,
		REPORTERS_PAGE,
	},
	definition::MAX_PEOPLE,
	rules::count::{Before, Decision, Evaluation, Summary, Vote},
	vald, BlockNumber, FeedId, Hash, Moment, Round,
};
use futures::{stream::BoxStream, StreamExt};
use sc_client_api::BlockchainEvents;
use sp_api::{ApiError, CallApiAt, CallContext, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_runtime::{
	traits::{Block as BlockT, Header, UniqueSaturatedInto},
	SaturatedConversion,
};
use std::{collections::BTreeSet, marker::PhantomData, sync::Arc};
use thiserror::Error;

/// Why the chain could not be read.
#[derive(Debug, Error)]
pub enum ChainError {
	/// The runtime could not be asked.
	#[error("the runtime could not be asked: {0}")]
	Runtime(#[from] ApiError),
	/// The database could not be read.
	#[error("the chain's database could not be read: {0}")]
	Database(#[from] sp_blockchain::Error),
}

/// A finalized block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finalized {
	/// Its hash.
	pub hash: Hash,
	/// Its height.
	pub number: BlockNumber,
	/// Version of the runtime in its state.
	pub spec_version: u32,
}

/// The chain, as the report plane uses it.
pub trait Chain: Send + Sync {
	/// Hash of the first block.
	fn genesis(&self) -> Hash;
	/// The newest finalized block.
	fn finalized(&self) -> Result<Finalized, ChainError>;
	/// A block that others name; none if it is not known here as finalized.
	fn finalized_at(&self, hash: Hash) -> Result<Option<Finalized>, ChainError>;
	/// Newly finalized blocks, as they come. Blocks may be left out when several are finalized at
	/// once.
	fn finalized_blocks(&self) -> BoxStream<'static, Hash>;
	/// Feeds that a member with one of these keys serves, or has been asked to.
	fn served_feeds(&self, at: Hash, keys: &[vald::Public])
		-> Result<BTreeSet<FeedId>, ChainError>;
	/// A feed with its committee.
	fn feed(&self, at: Hash, feed: FeedId) -> Result<Option<FeedView>, ChainError>;
	/// All reporters of a feed in the order of joining.
	fn reporters(&self, at: Hash, feed: FeedId) -> Result<Vec<ReporterView>, ChainError>;
	/// Whether rounds are worth evaluating, in the order asked.
	fn decide(&self, at: Hash, rounds: Vec<Summary>) -> Result<Vec<Decision>, ChainError>;
	/// The earliest push that the votes call for after what was `before`, up to `horizon`.
	fn evaluate(
		&self,
		at: Hash,
		feed: FeedId,
		round: Round,
		votes: Vec<Vote>,
		before: Before,
		horizon: Moment,
	) -> Result<Option<Evaluation>, ChainError>;
	/// The newest outcome on chain of each round from `from` on.
	fn outcomes(
		&self,
		at: Hash,
		feed: FeedId,
		from: Round,
		limit: u32,
	) -> Result<Vec<OutcomeView>, ChainError>;
	/// The registered node that signs with a key.
	fn node_by_key(&self, at: Hash, key: vald::Public) -> Result<Option<NodeView>, ChainError>;
}

/// The chain of this node.
pub struct RuntimeChain<Block, Client> {
	client: Arc<Client>,
	genesis: Hash,
	block: PhantomData<fn() -> Block>,
}

impl<Block, Client> RuntimeChain<Block, Client>
where
	Block: BlockT<Hash = Hash>,
	Client: HeaderBackend<Block>,
{
	/// Reads through `client`.
	pub fn new(client: Arc<Client>) -> Self {
		let genesis = client.info().genesis_hash;
		Self { client, genesis, block: PhantomData }
	}
}

impl<Block, Client> Chain for RuntimeChain<Block, Client>
where
	Block: BlockT<Hash = Hash>,
	Client: ProvideRuntimeApi<Block>
		+ CallApiAt<Block>
		+ HeaderBackend<Block>
		+ BlockchainEvents<Block>
		+ Send
		+ Sync
		+ 'static,
	Client::Api: ReportsApi<Block> + MarketsApi<Block> + CommitteesApi<Block>,
{
	fn genesis(&self) -> Hash {
		self.genesis
	}

	fn finalized(&self) -> Result<Finalized, ChainError> {
		let info = self.client.info();
		let number = info.finalized_number.unique_saturated_into();
		self.describe(info.finalized_hash, number)
	}

	fn finalized_at(&self, hash: Hash) -> Result<Option<Finalized>, ChainError> {
		let Some(header) = self.client.header(hash)? else { return Ok(None) };
		let number = *header.number();
		let canonical = number <= self.client.info().finalized_number
			&& self.client.hash(number)? == Some(hash);
		canonical.then(|| self.describe(hash, number.unique_saturated_into())).transpose()
	}

	fn finalized_blocks(&self) -> BoxStream<'static, Hash> {
		self.client.finality_notification_stream().map(|block| block.hash).boxed()
	}

	fn served_feeds(
		&self,
		at: Hash,
		keys: &[vald::Public],
	) -> Result<BTreeSet<FeedId>, ChainError> {
		let api = self.client.runtime_api();
		let mut feeds = BTreeSet::new();
		for key in keys {
			feeds.extend(api.served_feeds(at, key.clone())?);
		}
		Ok(feeds)
	}

	fn feed(&self, at: Hash, feed: FeedId) -> Result<Option<FeedView>, ChainError> {
		Ok(self.client.runtime_api().feed(at, feed)?)
	}

	fn reporters(&self, at: Hash, feed: FeedId) -> Result<Vec<ReporterView>, ChainError> {
		let api = self.client.runtime_api();
		let mut reporters = Vec::new();
		for page in 0..=MAX_PEOPLE / REPORTERS_PAGE {
			let found = api.reporters(at, feed, page)?;
			let last = found.len() < REPORTERS_PAGE.saturated_into();
			reporters.extend(found);
			if last {
				break;
			}
		}
		Ok(reporters)
	}

	fn decide(&self, at: Hash, rounds: Vec<Summary>) -> Result<Vec<Decision>, ChainError> {
		Ok(self.client.runtime_api().decide(at, rounds)?)
	}

	fn evaluate(
		&self,
		at: Hash,
		feed: FeedId,
		round: Round,
		votes: Vec<Vote>,
		before: Before,
		horizon: Moment,
	) -> Result<Option<Evaluation>, ChainError> {
		let api = self.client.runtime_api();
		Ok(api.evaluate(at, feed, round, votes, before, horizon)?)
	}

	fn outcomes(
		&self,
		at: Hash,
		feed: FeedId,
		from: Round,
		limit: u32,
	) -> Result<Vec<OutcomeView>, ChainError> {
		Ok(self.client.runtime_api().outcomes(at, feed, from, limit)?)
	}

	fn node_by_key(&self, at: Hash, key: vald::Public) -> Result<Option<NodeView>, ChainError> {
		Ok(self.client.runtime_api().node_by_key(at, key)?)
	}
}

impl<Block, Client> RuntimeChain<Block, Client>
where
	Block: BlockT<Hash = Hash>,
	Client: CallApiAt<Block>,
{
	fn describe(&self, hash: Hash, number: BlockNumber) -> Result<Finalized, ChainError> {
		let version = self.client.runtime_version_at(hash, CallContext::Offchain)?;
		Ok(Finalized { hash, number, spec_version: version.spec_version })
	}
}
