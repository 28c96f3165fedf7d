// SPDX-License-Identifier: Apache-2.0

//! What the reporter asks of the chain.

use eventum_primitives::{
	apis::OffencesApi,
	beacon::{BeaconApi, BeaconClaim},
	offence::DoubleAuthorship,
	Hash,
};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::{ApiError, ApiExt, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::{Block as BlockT, Header};
use std::sync::Arc;
use thiserror::Error;

/// Why the chain gave no answer.
#[derive(Debug, Error)]
pub enum ChainError {
	/// The runtime could not be asked.
	#[error("the runtime could not be asked: {0}")]
	Runtime(#[from] ApiError),
	/// The state before a block has no producers.
	#[error("nobody owned the slot")]
	NoOwner,
	/// The transaction pool did not take the report.
	#[error("the pool refused the report")]
	Refused,
}

/// The chain, as the reporter uses it.
pub trait Chain<H>: Send + Sync {
	/// Who owned the slot of a block by the state before it, and what it signed for the beacon.
	fn claim(&self, header: &H, slot: u64) -> Result<BeaconClaim, ChainError>;
	/// Sends a report to the transaction pool.
	fn submit(&self, evidence: DoubleAuthorship<H>) -> Result<(), ChainError>;
}

/// The chain of this node.
pub struct RuntimeChain<Block: BlockT, Client> {
	client: Arc<Client>,
	pool: OffchainTransactionPoolFactory<Block>,
}

impl<Block: BlockT, Client> RuntimeChain<Block, Client> {
	/// Asks through `client`, and sends to `pool`.
	pub fn new(client: Arc<Client>, pool: OffchainTransactionPoolFactory<Block>) -> Self {
		Self { client, pool }
	}
}

impl<Block, Client> Chain<Block::Header> for RuntimeChain<Block, Client>
where
	Block: BlockT<Hash = Hash>,
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync,
	Client::Api: BeaconApi<Block> + OffencesApi<Block>,
{
	fn claim(&self, header: &Block::Header, slot: u64) -> Result<BeaconClaim, ChainError> {
		let claim = self.client.runtime_api().beacon_claim(*header.parent_hash(), slot)?;
		claim.ok_or(ChainError::NoOwner)
	}

	fn submit(&self, evidence: DoubleAuthorship<Block::Header>) -> Result<(), ChainError> {
		let best = self.client.info().best_hash;
		let mut api = self.client.runtime_api();
		api.register_extension(self.pool.offchain_transaction_pool(best));
		api.submit_double_authorship(best, evidence)?.ok_or(ChainError::Refused)
	}
}
