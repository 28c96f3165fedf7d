// SPDX-License-Identifier: Apache-2.0

//! Turns pairs of headers into reports.

use crate::{
	chain::{Chain, ChainError},
	window::Pair,
	LOG_TARGET,
};
use async_channel::Receiver;
use eventum_primitives::offence::{Authored, DoubleAuthorship};
use sp_runtime::traits::Header;
use std::time::Duration;

/// How often a report is sent that the pool refuses. It may be that the best block is still one from
/// before the slot; or that the report is in a block already.
const ATTEMPTS: u32 = 3;

/// Reports double authorship.
pub struct Reporter<H, C> {
	/// What [`crate::Watch`] found.
	pub pairs: Receiver<Pair<H>>,
	/// The chain of this node.
	pub chain: C,
	/// Time between attempts: some slots.
	pub patience: Duration,
}

impl<H: Header, C: Chain<H>> Reporter<H, C> {
	/// Reports until no more blocks are imported.
	pub async fn run(self) {
		while let Ok(pair) = self.pairs.recv().await {
			match self.evidence(pair) {
				Ok(Some(evidence)) => self.report(evidence).await,
				Ok(None) => {}
				Err(error) => log::debug!(target: LOG_TARGET, "No evidence: {error}"),
			}
		}
	}

	/// The pair as evidence; none if two keys owned the slot, or if it is one block.
	fn evidence(&self, pair: Pair<H>) -> Result<Option<DoubleAuthorship<H>>, ChainError> {
		let authored = |header: H, previous| Authored { header, previous };
		let (first, second) = pair;
		let mut evidence = DoubleAuthorship {
			first: authored(first, Default::default()),
			second: authored(second, Default::default()),
		};
		let Ok(slot) = evidence.slot() else { return Ok(None) };
		let claims = [&evidence.first, &evidence.second]
			.map(|authored| self.chain.claim(&authored.header, slot));
		let [first, second] = claims;
		let (first, second) = (first?, second?);
		evidence.first.previous = first.previous;
		evidence.second.previous = second.previous;
		Ok((first.author == second.author).then_some(evidence))
	}

	async fn report(&self, evidence: DoubleAuthorship<H>) {
		let hashes = [&evidence.first, &evidence.second].map(|one| one.header.hash());
		log::warn!(target: LOG_TARGET, "One key made two blocks for one slot: {hashes:?}");
		for attempt in 1..=ATTEMPTS {
			match self.chain.submit(evidence.clone()) {
				Ok(()) => {
					log::info!(target: LOG_TARGET, "Reported double authorship of {hashes:?}");
					return;
				}
				Err(error) => {
					log::debug!(target: LOG_TARGET, "Attempt {attempt} of {ATTEMPTS}: {error}");
				}
			}
			tokio::time::sleep(self.patience).await;
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::import::tests::{header, TestHeader};
	use async_channel::bounded;
	use eventum_primitives::{beacon::BeaconClaim, Hash};
	use parking_lot::Mutex;
	use std::{collections::BTreeMap, sync::Arc};

	type Sent = Vec<DoubleAuthorship<TestHeader>>;

	/// Knows the owners of slots by the number of the block, and refuses some reports.
	#[derive(Clone, Default)]
	struct Fake {
		owners: BTreeMap<u32, u8>,
		refuses: u32,
		sent: Arc<Mutex<Sent>>,
	}

	impl Chain<TestHeader> for Fake {
		fn claim(&self, header: &TestHeader, slot: u64) -> Result<BeaconClaim, ChainError> {
			let owner = self.owners.get(&header.number).ok_or(ChainError::NoOwner)?;
			let previous = Hash::from_low_u64_be(slot + u64::from(header.number));
			Ok(BeaconClaim { author: [*owner; 32], previous, epoch: 0 })
		}

		fn submit(&self, evidence: DoubleAuthorship<TestHeader>) -> Result<(), ChainError> {
			self.sent.lock().push(evidence);
			let refused = self.sent.lock().len() <= self.refuses as usize;
			if refused {
				Err(ChainError::Refused)
			} else {
				Ok(())
			}
		}
	}

	/// What is sent for these pairs of blocks for slot 7.
	async fn sent(owners: &[(u32, u8)], refuses: u32, pairs: &[(u32, u32)]) -> Sent {
		let chain = Fake { owners: owners.iter().copied().collect(), refuses, ..Fake::default() };
		let (sender, pairs_found) = bounded(8);
		for (first, second) in pairs {
			sender.send((header(*first, 7), header(*second, 7))).await.unwrap();
		}
		drop(sender);
		let patience = Duration::from_millis(1);
		let reporter = Reporter { pairs: pairs_found, chain: chain.clone(), patience };
		reporter.run().await;
		let sent = chain.sent.lock().clone();
		sent
	}

	#[tokio::test]
	async fn one_owner_is_reported_with_what_it_signed() {
		let sent = sent(&[(1, 5), (2, 5)], 0, &[(1, 2)]).await;
		let authored = |number: u32| Authored {
			header: header(number, 7),
			previous: Hash::from_low_u64_be(7 + u64::from(number)),
		};
		assert_eq!(sent, [DoubleAuthorship { first: authored(1), second: authored(2) }]);
	}

	#[tokio::test]
	async fn two_owners_and_unknown_ones_are_not() {
		assert!(sent(&[(1, 5), (2, 6)], 0, &[(1, 2)]).await.is_empty());
		assert!(sent(&[(1, 5)], 0, &[(1, 2)]).await.is_empty());
		assert!(sent(&[(1, 5)], 0, &[(1, 1)]).await.is_empty());
	}

	#[tokio::test]
	async fn what_the_pool_refuses_is_sent_again_a_few_times() {
		let owners = [(1, 5), (2, 5), (3, 5)];
		assert_eq!(sent(&owners, 2, &[(1, 2)]).await.len(), 3);
		assert_eq!(sent(&owners, 9, &[(1, 2)]).await.len(), 3);
		assert_eq!(sent(&owners, 3, &[(1, 2), (1, 3)]).await.len(), 4);
	}
}
