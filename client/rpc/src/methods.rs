// SPDX-License-Identifier: Apache-2.0

//! The methods.

use crate::{
	error::{invalid, Refusal},
	types::{DeadLettersItem, IdentityItem, OutcomeItem, ReceiptItem, Submitted},
};
use eventum_delivery::{webhook_key, DeadLetter, DeadLetters};
use eventum_primitives::{outcome::Certificate, AccountId, FeedId, Round, Sequence};
use eventum_reports::{handle::MAX_ENVELOPES, ReportsHandle};
use eventum_wire::IntakeError;
use futures::StreamExt;
use jsonrpsee::{
	core::{async_trait, RpcResult, SubscriptionResult},
	proc_macros::rpc,
	types::ErrorObjectOwned,
	Extensions, PendingSubscriptionSink, SubscriptionMessage,
};
use sc_rpc_api::check_if_safe;
use serde_json::value::RawValue;
use sp_core::Bytes;
use std::sync::Arc;

/// The `eventum_*` methods.
#[rpc(server, namespace = "eventum")]
pub trait EventumApi {
	/// Hands one envelope, with a report or an excuse, to the member that it is sealed to; answers with
	/// the member's receipt.
	#[method(name = "submitReport")]
	async fn submit_report(&self, envelope: Bytes) -> RpcResult<ReceiptItem>;

	/// Hands envelopes, at most 256, to the members that they are sealed to; answers for each, in
	/// order, with a receipt or an `error`.
	#[method(name = "submitReports")]
	async fn submit_reports(&self, envelopes: Vec<Bytes>) -> RpcResult<Vec<Submitted>>;

	/// Certified outcomes of a feed (`market/index`) that this node serves: from the given push on,
	/// or from the first, each once, in order. Ends when the feed is settled.
	#[subscription(
		name = "subscribeOutcomes" => "outcome",
		unsubscribe = "unsubscribeOutcomes",
		item = OutcomeItem
	)]
	async fn subscribe_outcomes(
		&self,
		feed: String,
		from_round: Option<Round>,
		from_sequence: Option<Sequence>,
	) -> SubscriptionResult;

	/// Keys of the members of a feed's committee, in the form that Standard Webhooks libraries take.
	#[method(name = "webhookKeys")]
	fn webhook_keys(&self, feed: String) -> RpcResult<Vec<String>>;

	/// Who this node is: an entry for each validation key in its keystore.
	#[method(name = "nodeIdentity")]
	fn node_identity(&self) -> RpcResult<Vec<IdentityItem>>;

	/// What `operator` needs to register this node on chain: an entry for each validation key, with
	/// proof. Unsafe: whoever may call it could register the node as his.
	#[method(name = "registration", with_extensions)]
	fn registration(&self, operator: AccountId) -> RpcResult<Vec<IdentityItem>>;

	/// Results that this node could not deliver to their webhooks: given up, or to be tried again.
	#[method(name = "deadLetters")]
	fn dead_letters(&self) -> RpcResult<DeadLettersItem>;
}

/// Implements the methods.
pub struct Eventum {
	reports: ReportsHandle,
	dead_letters: Arc<dyn DeadLetters>,
}

impl Eventum {
	/// The methods over this node's report plane and delivery.
	pub fn new(reports: ReportsHandle, dead_letters: Arc<dyn DeadLetters>) -> Self {
		Self { reports, dead_letters }
	}

	fn item(&self, certificate: &Certificate) -> OutcomeItem {
		let body = self.reports.feed_of(certificate).and_then(|feed| {
			let committee = feed.committee.as_ref()?;
			RawValue::from_string(eventum_delivery::body(certificate, &feed, committee)).ok()
		});
		OutcomeItem::new(certificate, body)
	}
}

#[async_trait]
impl EventumApiServer for Eventum {
	async fn submit_report(&self, envelope: Bytes) -> RpcResult<ReceiptItem> {
		let answer = self.reports.submit(vec![envelope.0]).await.pop();
		let receipt = answer.unwrap_or(Err(IntakeError::Overloaded)).map_err(Refusal::from)?;
		Ok(receipt.into())
	}

	async fn submit_reports(&self, envelopes: Vec<Bytes>) -> RpcResult<Vec<Submitted>> {
		if envelopes.len() > MAX_ENVELOPES {
			return Err(invalid(format!("at most {MAX_ENVELOPES} envelopes are taken at once")));
		}
		let envelopes = envelopes.into_iter().map(|envelope| envelope.0).collect();
		Ok(self.reports.submit(envelopes).await.into_iter().map(Into::into).collect())
	}

	async fn subscribe_outcomes(
		&self,
		pending: PendingSubscriptionSink,
		feed: String,
		from_round: Option<Round>,
		from_sequence: Option<Sequence>,
	) -> SubscriptionResult {
		let feed = match parse(&feed) {
			Ok(feed) => feed,
			Err(error) => {
				pending.reject(error).await;
				return Ok(());
			}
		};
		let after = (from_round.unwrap_or(0), from_sequence.unwrap_or(0).saturating_sub(1));
		let Some(mut outcomes) = self.reports.outcomes(feed, after) else {
			pending.reject(Refusal::from(IntakeError::UnknownFeed)).await;
			return Ok(());
		};
		let sink = pending.accept().await?;
		loop {
			let next = tokio::select! {
				next = outcomes.next() => next,
				() = sink.closed() => None,
			};
			let Some(certificate) = next else { return Ok(()) };
			// A slow reader is waited for: what comes meanwhile is in the store.
			let message = SubscriptionMessage::from_json(&self.item(&certificate))?;
			if sink.send(message).await.is_err() {
				return Ok(());
			}
		}
	}

	fn webhook_keys(&self, feed: String) -> RpcResult<Vec<String>> {
		let feed = parse(&feed)?;
		let unknown = || invalid(format!("feed {feed} has no committee (yet)"));
		let committee = self.reports.committee(feed).ok_or_else(unknown)?;
		Ok(committee.members.iter().map(|member| webhook_key(&member.vald)).collect())
	}

	fn node_identity(&self) -> RpcResult<Vec<IdentityItem>> {
		let peer = self.reports.peer();
		let identities = self.reports.identities();
		Ok(identities.iter().map(|identity| IdentityItem::new(identity, peer, None)).collect())
	}

	fn registration(
		&self,
		extensions: &Extensions,
		operator: AccountId,
	) -> RpcResult<Vec<IdentityItem>> {
		check_if_safe(extensions)?;
		let peer = self.reports.peer();
		let registrations = self.reports.registration(&operator);
		let items = registrations.iter().map(|(identity, proof)| {
			IdentityItem::new(identity, peer, Some(proof.0.to_vec().into()))
		});
		Ok(items.collect())
	}

	fn dead_letters(&self) -> RpcResult<DeadLettersItem> {
		let items = |letters: Vec<DeadLetter>| letters.into_iter().map(Into::into).collect();
		let pending = self.dead_letters.pending();
		let failing = items(self.dead_letters.failing());
		Ok(DeadLettersItem { pending, failing, dead: items(self.dead_letters.dead_letters()) })
	}
}

fn parse(feed: &str) -> Result<FeedId, ErrorObjectOwned> {
	feed.parse().map_err(|message: &str| invalid(message))
}

#[cfg(test)]
mod tests;
