// SPDX-License-Identifier: Apache-2.0

//! A block import that looks at sealed headers on their way.

use crate::{
	window::{Pair, Window},
	LOG_TARGET,
};
use async_channel::{bounded, Receiver, Sender};
use parking_lot::Mutex;
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sp_runtime::traits::Block as BlockT;
use std::sync::Arc;

/// Pairs that wait for the reporter. What is found beyond is left to other nodes.
const QUEUE: usize = 64;

/// Passes blocks on, and tells of headers that are for one slot.
pub struct Watch<Inner, Block: BlockT> {
	inner: Inner,
	window: Arc<Mutex<Window<Block::Header>>>,
	found: Sender<Pair<Block::Header>>,
}

impl<Inner: Clone, Block: BlockT> Clone for Watch<Inner, Block> {
	fn clone(&self) -> Self {
		Self { inner: self.inner.clone(), window: self.window.clone(), found: self.found.clone() }
	}
}

impl<Inner, Block: BlockT> Watch<Inner, Block> {
	/// Watches what goes to `inner`. Gives what is found, too.
	pub fn new(inner: Inner) -> (Self, Receiver<Pair<Block::Header>>) {
		let (found, pairs) = bounded(QUEUE);
		(Self { inner, window: Default::default(), found }, pairs)
	}

	/// Verified blocks come with their seal beside the header. With state or as ancestors of a
	/// finalized block, they come unverified with the seal within.
	fn look_at(&self, block: &BlockImportParams<Block>) {
		if block.post_digests.is_empty() {
			return;
		}
		for pair in self.window.lock().add(block.post_header()) {
			if self.found.try_send(pair).is_err() {
				log::debug!(target: LOG_TARGET, "Too many pairs of blocks for one slot at once");
			}
		}
	}
}

#[async_trait::async_trait]
impl<Inner, Block> BlockImport<Block> for Watch<Inner, Block>
where
	Inner: BlockImport<Block> + Send + Sync,
	Block: BlockT,
{
	type Error = Inner::Error;

	async fn check_block(
		&self,
		block: BlockCheckParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(
		&self,
		block: BlockImportParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		self.look_at(&block);
		self.inner.import_block(block).await
	}
}

#[cfg(test)]
pub(crate) mod tests {
	use super::*;
	use codec::Encode;
	use sp_consensus::BlockOrigin;
	use sp_core::H256;
	use sp_runtime::{
		generic,
		traits::{BlakeTwo256, Header as _},
		Digest, DigestItem, OpaqueExtrinsic,
	};

	pub(crate) type TestHeader = generic::Header<u32, BlakeTwo256>;
	type TestBlock = generic::Block<TestHeader, OpaqueExtrinsic>;

	fn seal() -> DigestItem {
		DigestItem::Seal(*b"aura", vec![7; 64])
	}

	/// A sealed header.
	pub(crate) fn header(number: u32, slot: u64) -> TestHeader {
		let logs = vec![DigestItem::PreRuntime(*b"aura", slot.encode()), seal()];
		let zero = H256::zero();
		TestHeader::new(number, zero, zero, zero, Digest { logs })
	}

	/// Counts what is imported.
	#[derive(Clone, Default)]
	struct Sink(Arc<Mutex<Vec<H256>>>);

	#[async_trait::async_trait]
	impl BlockImport<TestBlock> for Sink {
		type Error = sp_consensus::Error;

		async fn check_block(
			&self,
			_block: BlockCheckParams<TestBlock>,
		) -> Result<ImportResult, Self::Error> {
			Ok(ImportResult::KnownBad)
		}

		async fn import_block(
			&self,
			block: BlockImportParams<TestBlock>,
		) -> Result<ImportResult, Self::Error> {
			self.0.lock().push(block.post_header().hash());
			Ok(ImportResult::AlreadyInChain)
		}
	}

	/// A block as a verifier leaves it.
	fn verified(number: u32, slot: u64) -> BlockImportParams<TestBlock> {
		let mut sealed = header(number, slot);
		let seal = sealed.digest.pop();
		let mut block = BlockImportParams::new(BlockOrigin::NetworkBroadcast, sealed);
		block.post_digests.extend(seal);
		block
	}

	#[tokio::test]
	async fn two_blocks_for_one_slot_are_told_and_imported() {
		let sink = Sink::default();
		let (watch, found) = Watch::new(sink.clone());
		let other = watch.clone();
		watch.import_block(verified(1, 7)).await.unwrap();
		watch.import_block(verified(2, 8)).await.unwrap();
		assert!(found.is_empty());
		// The node's own block passes another handle.
		other.import_block(verified(2, 7)).await.unwrap();
		assert_eq!(found.try_recv().unwrap(), (header(1, 7), header(2, 7)));
		let imported = [header(1, 7), header(2, 8), header(2, 7)].map(|header| header.hash());
		assert_eq!(*sink.0.lock(), imported);
		let check = BlockCheckParams {
			hash: H256::zero(),
			number: 1,
			parent_hash: H256::zero(),
			allow_missing_state: false,
			allow_missing_parent: false,
			import_existing: false,
		};
		assert_eq!(watch.check_block(check).await.unwrap(), ImportResult::KnownBad);
	}

	#[tokio::test]
	async fn what_was_not_verified_is_not_looked_at() {
		let (watch, found) = Watch::new(Sink::default());
		for number in 1..3 {
			let block = BlockImportParams::new(BlockOrigin::WarpSync, header(number, 7));
			watch.import_block(block).await.unwrap();
		}
		assert!(found.is_empty());
	}

	#[tokio::test]
	async fn a_slow_reporter_holds_nothing_up() {
		let (watch, found) = Watch::new(Sink::default());
		for slot in 1..100 {
			watch.import_block(verified(1, slot)).await.unwrap();
			watch.import_block(verified(2, slot)).await.unwrap();
		}
		assert_eq!(found.len(), QUEUE);
	}
}
