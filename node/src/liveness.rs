// SPDX-License-Identifier: Apache-2.0

//! Tells the runtime's off-chain workers which block is final, so that a delegate's node proves that it
//! is alive.

use codec::Encode;
use eventum_primitives::duties::{Finalized, FINALIZED_KEY};
use eventum_runtime::opaque::Block;
use futures::StreamExt;
use sc_client_api::BlockchainEvents;
use sp_blockchain::HeaderBackend;
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use std::sync::Arc;

/// Notes every block that becomes final.
pub(crate) async fn note_finalized<C, S>(client: Arc<C>, mut storage: S)
where
	C: BlockchainEvents<Block> + HeaderBackend<Block>,
	S: OffchainStorage,
{
	let mut final_blocks = client.finality_notification_stream();
	loop {
		let info = client.info();
		let finalized: Finalized = (info.finalized_number, info.finalized_hash);
		storage.set(STORAGE_PREFIX, FINALIZED_KEY, &finalized.encode());
		if final_blocks.next().await.is_none() {
			return;
		}
	}
}
