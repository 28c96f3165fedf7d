// SPDX-License-Identifier: Apache-2.0

//! Finalized blocks, and state as a whole.

use super::{from_hex, to_hex, Chain};
use crate::Failure;
use codec::{Compact, Decode};
use eventum_primitives::{outcome::Detail, AccountId, Balance, FeedId, Hash, JoinIndex, Round};
use sp_crypto_hashing::twox_128;
use std::collections::BTreeMap;
use subxt::rpcs::rpc_params;

/// Keys and values read in one call.
const PAGE: u32 = 256;

/// What happened to one feed in one block.
#[derive(Clone, Debug, Default)]
pub struct BlockNews {
	/// Reporters that joined, with their places.
	pub joined: Vec<(JoinIndex, AccountId)>,
	/// Details of rounds: who voted, who agreed, and when.
	pub details: Vec<(Round, Detail)>,
	/// Reporters paid or refunded.
	pub payouts: Vec<Payout>,
	/// Bytes of the extrinsics that carried certificates and details of the feed.
	pub bytes: u64,
	/// How many such extrinsics there were.
	pub extrinsics: u32,
}

/// What a reporter got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
	/// Whom.
	pub account: AccountId,
	/// What it had at stake.
	pub stake: Balance,
	/// What of it came back.
	pub stake_back: Balance,
	/// What it lost.
	pub forfeited: Balance,
	/// What it earned.
	pub reward: Balance,
}

impl Chain {
	/// Height of the newest finalized block.
	pub async fn finalized_height(&self) -> Result<u64, Failure> {
		let at = self.client.at_current_block().await.map_err(Failure::new)?;
		Ok(at.block_number())
	}

	/// Hash of the newest finalized block.
	pub async fn finalized(&self) -> Result<Hash, Failure> {
		let at = self.client.at_current_block().await.map_err(Failure::new)?;
		Ok(Hash::from(at.block_hash().0))
	}

	/// What happened to a feed in a block.
	pub async fn block_news(&self, height: u64, feed: FeedId) -> Result<BlockNews, Failure> {
		let at = self.client.at_block(height).await.map_err(Failure::new)?;
		let mut news = BlockNews::default();
		for extrinsic in at.extrinsics().fetch().await.map_err(Failure::new)?.iter() {
			let extrinsic = extrinsic.map_err(Failure::new)?;
			let carries = extrinsic.pallet_name() == "Markets"
				&& matches!(extrinsic.call_name(), "submit_certificate" | "submit_detail");
			// Both calls begin with the feed: a certificate does, as its outcome does.
			let of = FeedId::decode(&mut extrinsic.call_data_field_bytes());
			if carries && of.is_ok_and(|of| of == feed) {
				news.bytes = news.bytes.saturating_add(extrinsic.bytes().len() as u64);
				news.extrinsics = news.extrinsics.saturating_add(1);
				if extrinsic.call_name() == "submit_detail" {
					let mut bytes = extrinsic.call_data_field_bytes();
					let (_, round, detail) = <(FeedId, Round, Detail)>::decode(&mut bytes)
						.map_err(|error| Failure::new(format!("cannot read a detail: {error}")))?;
					news.details.push((round, detail));
				}
			}
		}
		for event in at.events().fetch().await.map_err(Failure::new)?.iter() {
			let event = event.map_err(Failure::new)?;
			if event.pallet_name() != "Markets" {
				continue;
			}
			if event.event_name() == "Joined" {
				let mut bytes = event.field_bytes();
				let (of, account, index) = <(FeedId, AccountId, JoinIndex)>::decode(&mut bytes)
					.map_err(|error| Failure::new(format!("cannot read Joined: {error}")))?;
				if of == feed {
					news.joined.push((index, account));
				}
				continue;
			}
			let payout = match event.event_name() {
				"ReporterSettled" => settled(event.field_bytes()),
				"ReporterRefunded" => refunded(event.field_bytes()),
				_ => continue,
			};
			let (of, payout) = payout.map_err(|error| {
				Failure::new(format!("cannot read {}: {error}", event.event_name()))
					.hint("use the eventum of the chain's release")
			})?;
			if of == feed {
				news.payouts.push(payout);
			}
		}
		Ok(news)
	}

	/// All EVT there is.
	pub async fn total_issuance(&self, at: Hash) -> Result<Balance, Failure> {
		let key = [twox_128(b"Balances"), twox_128(b"TotalIssuance")].concat();
		let params = rpc_params![to_hex(&key), at];
		let value: Option<String> = self.rpc("state_getStorage", params).await?;
		let bytes = from_hex(&value.unwrap_or_default())?;
		Balance::decode(&mut &bytes[..])
			.map_err(|error| Failure::new(format!("cannot read the total issuance: {error}")))
	}

	/// What is held for markets, by account.
	pub async fn market_holds(&self, at: Hash) -> Result<BTreeMap<AccountId, Balance>, Failure> {
		let metadata = self.metadata().await?;
		let markets = metadata.pallet_by_name("Markets").map(|pallet| pallet.call_index());
		let prefix = to_hex(&[twox_128(b"Balances"), twox_128(b"Holds")].concat());
		let (mut held, mut start) = (BTreeMap::new(), None::<String>);
		loop {
			let params = rpc_params![&prefix, PAGE, &start, at];
			let keys: Vec<String> = self.rpc("state_getKeysPaged", params).await?;
			let Some(last) = keys.last() else { return Ok(held) };
			start = Some(last.clone());
			let sets: Vec<ChangeSet> =
				self.rpc("state_queryStorageAt", rpc_params![&keys, at]).await?;
			for (key, value) in sets.into_iter().flat_map(|set| set.changes) {
				let key = from_hex(&key)?;
				let tail = key.len().checked_sub(32).and_then(|from| key.get(from..));
				let account = tail.and_then(|tail| <[u8; 32]>::try_from(tail).ok());
				let (Some(account), Some(value)) = (account, value) else { continue };
				let amount = held_of(&from_hex(&value)?, markets).map_err(|error| {
					Failure::new(format!("cannot read the holds of an account: {error}"))
				})?;
				if amount > 0 {
					held.insert(AccountId::from(account), amount);
				}
			}
		}
	}
}

#[derive(serde::Deserialize)]
struct ChangeSet {
	changes: Vec<(String, Option<String>)>,
}

/// What of an account's holds is for reasons of the pallet with this index: a list of
/// (pallet, reason, amount).
fn held_of(mut bytes: &[u8], pallet: Option<u8>) -> Result<Balance, codec::Error> {
	let Compact(count) = Compact::<u32>::decode(&mut bytes)?;
	let mut sum: Balance = 0;
	for _ in 0..count {
		let (of, _reason, amount) = <(u8, u8, Balance)>::decode(&mut bytes)?;
		if Some(of) == pallet {
			sum = sum.saturating_add(amount);
		}
	}
	Ok(sum)
}

fn settled(mut bytes: &[u8]) -> Result<(FeedId, Payout), codec::Error> {
	let (feed, account, stake, stake_back, forfeited, reward) = Decode::decode(&mut bytes)?;
	Ok((feed, Payout { account, stake, stake_back, forfeited, reward }))
}

fn refunded(mut bytes: &[u8]) -> Result<(FeedId, Payout), codec::Error> {
	let (feed, account, stake, reward) = Decode::decode(&mut bytes)?;
	Ok((feed, Payout { account, stake, stake_back: stake, forfeited: 0, reward }))
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn holds_of_one_pallet_are_summed() {
		let holds = vec![(7u8, 0u8, 5u128), (9, 1, 100), (7, 1, 6)].encode();
		assert_eq!(held_of(&holds, Some(7)), Ok(11));
		assert_eq!(held_of(&holds, None), Ok(0));
		assert!(held_of(&holds[..20], Some(7)).is_err());
	}
}
