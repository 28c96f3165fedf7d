// SPDX-License-Identifier: Apache-2.0

//! Buckets, delegates and epochs of a running chain.

use super::{from_hex, keys, to_hex, Chain};
use crate::Failure;
use codec::{Decode, Encode};
use eventum_primitives::{
	apis::{BucketView, ComplaintView, DelegateView, DuesView},
	delegate::{Name, Plan},
	epoch::{Runway, Schedule, Statement},
	AccountId, BlockNumber, BucketId, EpochIndex, Hash,
};
use sp_crypto_hashing::{blake2_128, twox_128, twox_64};
use sp_runtime::FixedU128;
use subxt::rpcs::rpc_params;

/// Items asked for in one call.
const PAGE: u32 = 100;
/// Epochs for which statements are kept.
const STATEMENTS: u32 = 90;

/// Session keys that a node made.
pub struct SessionKeys {
	/// The public keys.
	pub keys: Vec<u8>,
	/// The proof that an account owns them.
	pub proof: Vec<u8>,
}

impl Chain {
	/// How much an EVT counts in a bucket.
	pub async fn vote_weight(
		&self,
		days: u32,
		renews: bool,
		own: bool,
	) -> Result<FixedU128, Failure> {
		self.api("StakingApi_vote_weight", (days, renews, own)).await
	}

	/// A bucket.
	pub async fn bucket(&self, id: BucketId) -> Result<BucketView, Failure> {
		let bucket: Option<BucketView> = self.api("StakingApi_bucket", id).await?;
		bucket.ok_or_else(|| {
			Failure::new(format!("there is no bucket {id}"))
				.hint("`eventum stake list ACCOUNT` shows the buckets of an account")
		})
	}

	/// All buckets of an account.
	pub async fn buckets(&self, owner: &AccountId) -> Result<Vec<BucketView>, Failure> {
		self.api("StakingApi_buckets", owner).await
	}

	/// All buckets that vote for a delegate, in the state of a block.
	pub async fn voters(
		&self,
		delegate: &AccountId,
		at: Option<Hash>,
	) -> Result<Vec<BucketView>, Failure> {
		let (mut all, mut cursor) = (Vec::new(), None::<BucketId>);
		loop {
			let page: Vec<BucketView> =
				self.api_at("StakingApi_voters", (delegate, cursor, PAGE), at).await?;
			let Some(last) = page.last() else { return Ok(all) };
			cursor = Some(last.id);
			all.extend(page);
		}
	}

	/// What an account is owed for its votes.
	pub async fn dues(&self, owner: &AccountId) -> Result<DuesView, Failure> {
		self.api("StakingApi_dues", owner).await
	}

	/// The account that a name or an address stands for. An address need not be a delegate's.
	pub async fn votable(&self, text: &str) -> Result<AccountId, Failure> {
		match keys::account(text) {
			Ok(account) => Ok(account),
			Err(_) => Ok(self.delegate(text).await?.account),
		}
	}

	/// A delegate by name or address.
	pub async fn delegate(&self, text: &str) -> Result<DelegateView, Failure> {
		let found: Option<DelegateView> = match keys::account(text) {
			Ok(account) => self.api("DelegatesApi_delegate", account).await?,
			Err(_) => match Name::try_from(text.as_bytes().to_vec()) {
				Ok(name) => self.api("DelegatesApi_delegate_by_name", name).await?,
				Err(_) => None,
			},
		};
		found.ok_or_else(|| {
			Failure::new(format!("{text} is no delegate"))
				.hint("`eventum delegate list` shows all of them")
		})
	}

	/// What a delegate is called: its name, or its address if it is none (any more).
	pub async fn name_of(&self, account: &AccountId) -> Result<String, Failure> {
		let view: Option<DelegateView> = self.api("DelegatesApi_delegate", account).await?;
		let name = view.map(|view| String::from_utf8_lossy(&view.profile.name).into_owned());
		Ok(name.unwrap_or_else(|| keys::ss58(account)))
	}

	/// Delegates by the votes that count, the best `limit`.
	pub async fn ranking(&self, limit: usize) -> Result<Vec<DelegateView>, Failure> {
		let (mut all, mut cursor) = (Vec::<DelegateView>::new(), None::<AccountId>);
		loop {
			let page: Vec<DelegateView> = self.api("DelegatesApi_ranking", (cursor, PAGE)).await?;
			let last = page.last().map(|delegate| delegate.account.clone());
			all.extend(page);
			if last.is_none() || all.len() >= limit {
				all.truncate(limit);
				return Ok(all);
			}
			cursor = last;
		}
	}

	/// All complaints about a delegate.
	pub async fn complaints(&self, delegate: &AccountId) -> Result<Vec<ComplaintView>, Failure> {
		let (mut all, mut cursor) = (Vec::<ComplaintView>::new(), None::<AccountId>);
		loop {
			let page: Vec<ComplaintView> =
				self.api("DelegatesApi_complaints", (delegate, cursor, PAGE)).await?;
			let Some(last) = page.last() else { return Ok(all) };
			cursor = Some(last.by.clone());
			all.extend(page);
		}
	}

	/// Plans of a delegate, each with the first epoch that it is for, the newest last.
	pub async fn plans(&self, delegate: &AccountId) -> Result<Vec<(EpochIndex, Plan)>, Failure> {
		let key = [&blake2_128(&delegate.encode())[..], &delegate.encode()].concat();
		Ok(self.stored("Delegates", "PlansOf", &key, None).await?.unwrap_or_default())
	}

	/// Whether an account has session keys.
	pub async fn has_session_keys(&self, account: &AccountId) -> Result<bool, Failure> {
		let key = [&twox_64(&account.encode())[..], &account.encode()].concat();
		let keys: Option<[u8; 64]> = self.stored("Session", "NextKeys", &key, None).await?;
		Ok(keys.is_some())
	}

	/// What a delegate has to do and has done in the epoch of the newest block.
	pub async fn schedule(&self, delegate: &AccountId) -> Result<Schedule, Failure> {
		self.api("ElectionsApi_schedule", delegate).await
	}

	/// The consensus delegates in the order of their slots, and how many of the first produce.
	pub async fn members(&self) -> Result<(Vec<AccountId>, u32), Failure> {
		self.api("ElectionsApi_members", ()).await
	}

	/// How long the delegate reserve lasts.
	pub async fn runway(&self) -> Result<Runway, Failure> {
		self.api("ElectionsApi_runway", ()).await
	}

	/// The statements of a delegate from an epoch on.
	pub async fn statements(
		&self,
		delegate: &AccountId,
		from: EpochIndex,
	) -> Result<Vec<(EpochIndex, Statement)>, Failure> {
		self.api("ElectionsApi_statements", (delegate, from, STATEMENTS)).await
	}

	/// Hash of the block after which a delegate's part of an epoch was paid: in its state stands who
	/// earned.
	pub async fn before_payment(
		&self,
		delegate: &AccountId,
		epoch: EpochIndex,
	) -> Result<Hash, Failure> {
		// In the newest block it is paid; a block of which the state is gone is taken to be older.
		let (mut unpaid, mut paid) = (0, self.finalized_height().await?);
		let mut parent = None;
		while paid.saturating_sub(unpaid) > 1 {
			let middle = unpaid.midpoint(paid);
			let hash = self.block_hash(middle).await?;
			match self.is_paid(delegate, epoch, hash).await {
				Ok(true) => paid = middle,
				Ok(false) => (unpaid, parent) = (middle, Some(hash)),
				Err(_) => (unpaid, parent) = (middle, None),
			}
		}
		parent.ok_or_else(|| {
			Failure::new(format!(
				"the node has no longer the state in which epoch {epoch} was paid"
			))
			.hint("ask a node that runs with --state-pruning archive-canonical, by --url")
		})
	}

	async fn is_paid(
		&self,
		delegate: &AccountId,
		epoch: EpochIndex,
		at: Hash,
	) -> Result<bool, Failure> {
		let unpaid: Option<EpochIndex> = self.stored("Elections", "Epoch", &[], Some(at)).await?;
		if unpaid.is_some_and(|unpaid| unpaid != epoch) {
			return Ok(unpaid > Some(epoch));
		}
		let statements: Vec<(EpochIndex, Statement)> =
			self.api_at("ElectionsApi_statements", (delegate, epoch, 1u32), Some(at)).await?;
		Ok(statements.iter().any(|(of, _)| *of == epoch))
	}

	async fn block_hash(&self, height: u64) -> Result<Hash, Failure> {
		let height = BlockNumber::try_from(height).map_err(Failure::new)?;
		let hash: Option<Hash> = self.rpc("chain_getBlockHash", rpc_params![height]).await?;
		hash.ok_or_else(|| Failure::new(format!("the node has no block {height}")))
	}

	/// What is stored under the (hashed) key of an item.
	async fn stored<T: Decode>(
		&self,
		pallet: &str,
		item: &str,
		key: &[u8],
		at: Option<Hash>,
	) -> Result<Option<T>, Failure> {
		let prefix = [twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat();
		let params = rpc_params![to_hex(&[&prefix[..], key].concat()), at];
		let value: Option<String> = self.rpc("state_getStorage", params).await?;
		let Some(value) = value else { return Ok(None) };
		let value = T::decode(&mut &from_hex(&value)?[..]).map_err(|error| {
			Failure::new(format!("cannot read {pallet}.{item}: {error}"))
				.hint("use the eventum of the chain's release")
		})?;
		Ok(Some(value))
	}

	/// Has the first node make session keys for an account.
	pub async fn make_session_keys(&self, owner: &AccountId) -> Result<SessionKeys, Failure> {
		#[derive(serde::Deserialize)]
		struct Made {
			keys: String,
			proof: Option<String>,
		}
		// Any node answers what is of the chain, but these are keys of one that will run.
		let node = self.pool().endpoints().first().cloned();
		let node =
			node.ok_or_else(|| Failure::new("no node is given").hint("give one with --url"))?;
		let params = rpc_params![to_hex(&owner.encode())].build();
		let answer = node.call("author_rotateKeysWithOwner", params).await.map_err(|error| {
			Failure::new(format!("{} makes no session keys: {error}", node.url()))
				.hint("ask the delegate's node itself, on its own machine, with unsafe RPC methods allowed")
		})?;
		let made: Made = serde_json::from_str(answer.get()).map_err(Failure::new)?;
		let proof = made.proof.ok_or_else(|| {
			Failure::new(format!("{} gives no proof with its keys", node.url()))
				.hint("use a node of this release")
		})?;
		Ok(SessionKeys { keys: from_hex(&made.keys)?, proof: from_hex(&proof)? })
	}
}
