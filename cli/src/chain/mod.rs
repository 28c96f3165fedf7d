// SPDX-License-Identifier: Apache-2.0

//! A running chain: runtime APIs in SCALE of the shared types, signed calls, blocks.

pub mod blocks;
pub mod call;
pub mod keys;
pub mod outcomes;
pub mod pool;
pub mod voting;

pub use call::Call;
pub use keys::Key;
pub use pool::Pool;

use crate::Failure;
use codec::{Compact, Decode, DecodeAll, Encode};
use eventum_primitives::{
	apis::{FeedFilter, FeedView, OutcomeView, ReporterView},
	AccountId, Balance, FeedId, Hash, MarketId, Round, Score, MILLI_EVT,
};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};
use subxt::{
	backend::LegacyBackend,
	config::{substrate::SubstrateConfig, DefaultExtrinsicParamsBuilder},
	error::{DispatchError, TransactionEventsError, TransactionFinalizedSuccessError},
	extrinsics::ExtrinsicEvents,
	rpcs::{client::RpcParams, rpc_params, Error as RpcError, RpcClient},
	ArcMetadata, OnlineClient,
};
use tokio::time::timeout;

/// Time in which a transaction must be finalized.
const FINALIZED: Duration = Duration::from_secs(180);
/// Blocks for which a transaction is good.
const MORTALITY: u64 = 64;

/// Events of one transaction.
pub type Events = ExtrinsicEvents<SubstrateConfig>;

/// A running chain, asked through any of its nodes.
#[derive(Clone)]
pub struct Chain {
	pool: Pool,
	rpc: RpcClient,
	client: OnlineClient<SubstrateConfig>,
}

impl Chain {
	/// Connects to the first node that answers.
	pub async fn connect(urls: &[String]) -> Result<Self, Failure> {
		let pool = Pool::new(urls);
		pool.connect().await.map_err(|error| {
			Failure::new(format!("no node answers at {}: {error}", pool.urls()))
				.hint("start one (eventum-node --dev), or give the address of one with --url")
		})?;
		let rpc = RpcClient::new(pool.clone());
		let backend = LegacyBackend::<SubstrateConfig>::builder().build(rpc.clone());
		let client = OnlineClient::from_backend(Arc::new(backend)).await.map_err(Failure::new)?;
		Ok(Self { pool, rpc, client })
	}

	/// The nodes.
	pub fn pool(&self) -> &Pool {
		&self.pool
	}

	/// Hash of the first block.
	pub fn genesis(&self) -> Hash {
		Hash::from(self.client.genesis_hash().0)
	}

	/// A JSON-RPC call to any node.
	pub async fn rpc<T: DeserializeOwned>(
		&self,
		method: &str,
		params: RpcParams,
	) -> Result<T, Failure> {
		self.rpc.request(method, params).await.map_err(|error| rpc_failure(method, error))
	}

	/// A runtime API at the best block.
	pub async fn api<T: Decode>(&self, method: &str, arguments: impl Encode) -> Result<T, Failure> {
		self.api_at(method, arguments, None).await
	}

	/// A runtime API at a block.
	pub async fn api_at<T: Decode>(
		&self,
		method: &str,
		arguments: impl Encode,
		at: Option<Hash>,
	) -> Result<T, Failure> {
		let params = rpc_params![method, to_hex(&arguments.encode()), at];
		let answer: String = self.rpc("state_call", params).await?;
		T::decode_all(&mut &from_hex(&answer)?[..]).map_err(|error| {
			Failure::new(format!("cannot read what {method} answers: {error}"))
				.hint("use the eventum of the chain's release")
		})
	}

	/// A feed.
	pub async fn feed(&self, feed: FeedId) -> Result<FeedView, Failure> {
		let view: Option<FeedView> = self.api("ReportsApi_feed", feed).await?;
		view.ok_or_else(|| {
			Failure::new(format!("there is no feed {feed}, or its record is forgotten"))
				.hint("`eventum market list` shows the feeds that there are")
		})
	}

	/// How many feeds a market has.
	pub async fn market(&self, market: MarketId) -> Result<u16, Failure> {
		let feeds: Option<u16> = self.api("MarketsApi_market", market).await?;
		feeds.ok_or_else(|| {
			Failure::new(format!("there is no market {market}, or its record is forgotten"))
				.hint("`eventum market list` shows the feeds that there are")
		})
	}

	/// A page of feeds, and the cursor of the next one.
	pub async fn feeds(
		&self,
		filter: &FeedFilter,
		cursor: Option<FeedId>,
		limit: u32,
	) -> Result<(Vec<(FeedId, FeedView)>, Option<FeedId>), Failure> {
		self.api("MarketsApi_feeds", (filter, cursor, limit)).await
	}

	/// Newest outcomes of rounds.
	pub async fn outcomes(
		&self,
		feed: FeedId,
		from: Round,
		limit: u32,
	) -> Result<Vec<OutcomeView>, Failure> {
		self.api("MarketsApi_outcomes", (feed, from, limit)).await
	}

	/// A reporter of a feed.
	pub async fn reporter(
		&self,
		feed: FeedId,
		account: &AccountId,
	) -> Result<Option<ReporterView>, Failure> {
		self.api("MarketsApi_reporter", (feed, account)).await
	}

	/// The score of an account.
	pub async fn reputation(&self, account: &AccountId) -> Result<Score, Failure> {
		self.api("ReputationApi_reputation", account).await
	}

	/// The chain's metadata.
	pub async fn metadata(&self) -> Result<ArcMetadata, Failure> {
		let at = self.client.at_current_block().await.map_err(Failure::new)?;
		Ok(at.metadata())
	}

	/// Least amount that an account can hold.
	pub async fn existential_deposit(&self) -> Balance {
		let read = async {
			let metadata = self.metadata().await.ok()?;
			let constant = metadata.pallet_by_name("Balances")?;
			let value = constant.constant_by_name("ExistentialDeposit")?.value();
			Balance::decode(&mut &value[..]).ok()
		};
		read.await.unwrap_or(MILLI_EVT)
	}

	/// The next nonce of an account, transactions that wait counted in.
	pub async fn next_nonce(&self, account: &AccountId) -> Result<u64, Failure> {
		self.rpc("system_accountNextIndex", rpc_params![keys::ss58(account)]).await
	}

	/// Signs a call.
	pub async fn sign(&self, call: &Call, key: &Key, nonce: u64) -> Result<Vec<u8>, Failure> {
		let signed = self.sign_all(&[(call.clone(), key, nonce)]).await?;
		signed.into_iter().next().ok_or_else(|| Failure::new("nothing was signed"))
	}

	/// Signs calls of several accounts at once.
	pub async fn sign_all(&self, calls: &[(Call, &Key, u64)]) -> Result<Vec<Vec<u8>>, Failure> {
		let at = self.client.at_current_block().await.map_err(Failure::new)?;
		let transactions = at.transactions();
		let sign = |(call, key, nonce): &(Call, &Key, u64)| {
			let params = DefaultExtrinsicParamsBuilder::<SubstrateConfig>::new()
				.mortal_from_unchecked(MORTALITY, at.block_number(), at.block_hash())
				.nonce(*nonce)
				.build();
			let mut signable =
				transactions.create_signable_offline(call, params).map_err(Failure::new)?;
			Ok(signable.sign(*key).map_err(Failure::new)?.into_encoded())
		};
		calls.iter().map(sign).collect()
	}

	/// Hands in a signed transaction without waiting.
	pub async fn submit(&self, transaction: &[u8]) -> Result<(), Failure> {
		let params = rpc_params![to_hex(transaction)];
		self.rpc::<String>("author_submitExtrinsic", params).await.map(|_| ())
	}

	/// The fee of a signed transaction.
	pub async fn fee(&self, transaction: &[u8]) -> Result<Balance, Failure> {
		/// Computation, proof size, class, fee.
		type Info = (Compact<u64>, Compact<u64>, u8, Balance);
		let length = transaction.len() as u32;
		let arguments = [transaction, &length.to_le_bytes()].concat();
		let params = rpc_params!["TransactionPaymentApi_query_info", to_hex(&arguments)];
		let answer: String = self.rpc("state_call", params).await?;
		let (_, _, _, fee) = Info::decode(&mut &from_hex(&answer)?[..]).map_err(Failure::new)?;
		Ok(fee)
	}

	/// Signs and submits a call, and waits until it is finalized; a refusal is the error.
	pub async fn execute(&self, call: &Call, key: &Key) -> Result<Events, Failure> {
		let nonce = self.next_nonce(&key.account()).await?;
		let at = self.client.at_current_block().await.map_err(Failure::new)?;
		let params = DefaultExtrinsicParamsBuilder::<SubstrateConfig>::new()
			.mortal_from_unchecked(MORTALITY, at.block_number(), at.block_hash())
			.nonce(nonce)
			.build();
		let submitted = at.transactions().sign_and_submit_then_watch(call, key, params).await;
		let progress = submitted.map_err(|error| {
			let text = error.to_string();
			let failure = Failure::new(format!("the node refuses the transaction: {text}"));
			if text.contains("1010") || text.to_lowercase().contains("balance") {
				let account = keys::ss58(&key.account());
				failure.hint(format!("check that {account} has the EVT that this costs"))
			} else {
				failure
			}
		})?;
		let finalized = timeout(FINALIZED, progress.wait_for_finalized_success()).await;
		let finalized = finalized.map_err(|_| {
			Failure::new("the transaction is not finalized after three minutes").hint(
				"look whether the chain finalizes blocks, and whether it was included after all",
			)
		})?;
		finalized.map_err(dispatch_failure)
	}
}

fn dispatch_failure(error: TransactionFinalizedSuccessError) -> Failure {
	use TransactionFinalizedSuccessError::SuccessError;
	let SuccessError(TransactionEventsError::ExtrinsicFailed(dispatch)) = &error else {
		return Failure::new(error);
	};
	let DispatchError::Module(module) = dispatch else {
		return Failure::new(format!("the chain refuses it: {dispatch}"));
	};
	match module.details() {
		Ok(details) => {
			let docs = details.variant.docs.join(" ");
			let (pallet, name) = (details.pallet.name(), &details.variant.name);
			Failure::new(format!("the chain refuses it ({pallet}.{name}): {}", docs.trim()))
		}
		Err(_) => Failure::new(format!("the chain refuses it: {module}")),
	}
}

fn rpc_failure(method: &str, error: RpcError) -> Failure {
	match &error {
		RpcError::User(user) if user.code == -32601 => {
			Failure::new(format!("the node has no method {method}"))
				.hint("use a node of this release, with its RPC methods enabled")
		}
		RpcError::User(user) => {
			let data = user.data.as_ref().map(|data| format!(" ({})", data.get()));
			Failure::new(format!("{method}: {}{}", user.message, data.unwrap_or_default()))
		}
		_ => Failure::new(format!("{method}: {error}"))
			.hint("look whether the nodes given with --url run"),
	}
}

/// `0x` and hex digits.
pub fn to_hex(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// The bytes of hex digits, with or without `0x`.
pub fn from_hex(text: &str) -> Result<Vec<u8>, Failure> {
	let digits = text.strip_prefix("0x").unwrap_or(text);
	hex::decode(digits).map_err(|error| Failure::new(format!("no hex digits: {error}")))
}
