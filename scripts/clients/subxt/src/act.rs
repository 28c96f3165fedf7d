// SPDX-License-Identifier: Apache-2.0

//! A requester and two reporters: a market is created and joined, reports are sent, the outcome is
//! read, and everyone is paid.

use crate::{
	ensure,
	keys::Account,
	report::{key_pair, make, verify_receipt, Place, Statement},
	say, Failure,
};
use rand_core::{OsRng, TryRngCore};
use serde_json::{json, Value as Json};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use subxt::{
	config::{DefaultExtrinsicParamsBuilder, SubstrateConfig},
	dynamic::{self, value, At, Value},
	ext::{
		scale_decode::DecodeAsType,
		scale_value::{Composite, ValueDef},
	},
	extrinsics::ExtrinsicEvents,
	rpcs::{rpc_params, RpcClient},
	transactions::DynamicPayload,
	OnlineClient,
};

const EVT: u128 = 1_000_000_000_000;
const REWARD: u128 = 10 * EVT;
/// Canonical form of the answer `true`: values, and the value.
const TRUE: [u8; 2] = [0, 1];
const PATIENCE: Duration = Duration::from_secs(120);
/// What may be otherwise a moment later: the feed is not served yet, a member is away or full.
const PASSING: [i64; 4] = [7101, 7103, 7112, 7116];

type Call = DynamicPayload<Composite<()>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct FeedId {
	market: u64,
	index: u16,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Member {
	vald: [u8; 32],
	intake: [u8; 32],
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Committee {
	members: Vec<Member>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct FeedView {
	stage: Value,
	committee: Option<Committee>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Settled {
	feed: FeedId,
	stake: u128,
	stake_back: u128,
	reward: u128,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Certified {
	feed: FeedId,
	agreed: u32,
	answer: Vec<u8>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Ended {
	feed: FeedId,
	rewards: u128,
	remainder: u128,
}

struct Chain {
	client: OnlineClient<SubstrateConfig>,
	rpc: RpcClient,
}

pub(crate) async fn judge(url: &str) -> Result<Json, Failure> {
	let rpc = RpcClient::from_insecure_url(url).await?;
	let client = OnlineClient::<SubstrateConfig>::from_rpc_client(rpc.clone()).await?;
	let chain = Chain { client, rpc };
	let requester = Account::sr25519("//Dave")?;
	let reporters = [Account::sr25519("//Dave//reporter")?, Account::ed25519("//Dave//reporter")?];
	let mut tag_key = [0; 32];
	OsRng.unwrap_err().try_fill_bytes(&mut tag_key)?;
	let (access_secret, access_public) = key_pair()?;

	let mut calls: Vec<Value> = Vec::new();
	for reporter in &reporters {
		let dest = value!(Id(Value::from_bytes(reporter.id())));
		calls.push(
			call(
				"Balances",
				"transfer_keep_alive",
				vec![("dest", dest), ("value", Value::u128(100 * EVT))],
			)
			.into_value(),
		);
	}
	let question = question(&tag_key, &access_secret)?;
	let feeds = Value::unnamed_composite([question]);
	calls.push(call("Markets", "create_market", vec![("feeds", feeds)]).into_value());
	let calls = Value::unnamed_composite(calls);
	let from = chain.client.at_current_block().await?.block_number();
	let events =
		chain.send(&call("Utility", "batch_all", vec![("calls", calls)]), &requester).await?;
	let market = number(&the(&events, "MarketCreated")?, "market")?;
	let feed = FeedId { market: market.try_into()?, index: 0 };
	say(&format!("created market {market}"));

	for (place, reporter) in reporters.iter().enumerate() {
		let join = call(
			"Markets",
			"join",
			vec![("feed", feed.value()), ("report_key", reporter.report_key())],
		);
		let joined = the(&chain.send(&join, reporter).await?, "Joined")?;
		let found = number(&joined, "index")?;
		ensure(found == place as u128, "places are given in the order of joining")?;
	}
	say("joined, with an sr25519 and with an ed25519 account");

	let view = chain.until(feed, "Reporting").await?;
	let members = view.committee.ok_or("there is no committee")?.members;
	let keys: Vec<[u8; 32]> = members.iter().map(|member| member.vald).collect();
	let intakes: Vec<[u8; 32]> = members.iter().map(|member| member.intake).collect();
	let genesis = chain.client.genesis_hash().0;
	let at = Place { genesis, market: feed.market, index: 0, round: 0 };
	for reporter in &reporters {
		let statement = Statement {
			reporter: reporter.id(),
			tag_key,
			access_public,
			canonical: &TRUE,
			padded: &TRUE,
			sent_at: now()?,
		};
		let sign = |message: &[u8]| reporter.sign_raw(message);
		let (report, envelopes) = make(&at, &statement, sign, &intakes)?;
		chain.hand_in(&at, &report, &envelopes, &keys).await?;
	}
	say(&format!("reported, and has {} receipts for each report", members.len()));

	let pushes = chain.outcome(&format!("{market}/0")).await?;
	say("has the outcome");
	chain.until(feed, "Settled").await?;
	chain.check_settlement(feed, from).await?;
	let current = chain.client.at_current_block().await?;
	for reporter in &reporters {
		let holds = dynamic::storage::<Vec<Value>, Vec<Value>>("Balances", "Holds");
		let key = vec![Value::from_bytes(reporter.id())];
		let held = current.storage().fetch(holds, key).await?.decode()?;
		ensure(held.is_empty(), "nothing of a reporter is held any more")?;
	}
	say("was paid, and got back what was held");
	Ok(json!({ "market": feed.market, "pushes": pushes, "reported": "by itself" }))
}

impl FeedId {
	fn value(self) -> Value {
		value!({ market: self.market, index: self.index })
	}
}

impl Chain {
	/// Asks for the fee, sends, and waits until it is final.
	async fn send(
		&self,
		call: &Call,
		account: &Account,
	) -> Result<ExtrinsicEvents<SubstrateConfig>, Failure> {
		let mut transactions = self.client.transactions().await?;
		let params = DefaultExtrinsicParamsBuilder::<SubstrateConfig>::new().build();
		let signed = transactions.create_signed(call, account, params).await?;
		ensure(signed.validate().await?.is_valid(), "the transaction is valid")?;
		ensure(signed.partial_fee_estimate().await? > 0, "a transaction has a fee")?;
		Ok(signed.submit_and_watch().await?.wait_for_finalized_success().await?)
	}

	/// Waits until a feed is at a stage.
	async fn until(&self, feed: FeedId, stage: &str) -> Result<FeedView, Failure> {
		let started = Instant::now();
		while started.elapsed() < PATIENCE {
			let ask = dynamic::runtime_api_call::<_, Option<FeedView>>(
				"ReportsApi",
				"feed",
				(feed.value(),),
			);
			let at = self.client.at_current_block().await?;
			let view = at.runtime_apis().call(ask).await?.ok_or("there is no feed")?;
			let ValueDef::Variant(found) = &view.stage.value else { return Err("no stage".into()) };
			if found.name == stage {
				return Ok(view);
			}
			tokio::time::sleep(Duration::from_millis(500)).await;
		}
		Err(format!("the feed is not {stage} after {PATIENCE:?}").into())
	}

	/// Hands in a report, and checks the receipts.
	async fn hand_in(
		&self,
		at: &Place,
		report: &[u8; 32],
		envelopes: &[Vec<u8>],
		keys: &[[u8; 32]],
	) -> Result<(), Failure> {
		let mut open: Vec<String> =
			envelopes.iter().map(|envelope| format!("0x{}", hex::encode(envelope))).collect();
		let started = Instant::now();
		while !open.is_empty() {
			let asked = rpc_params![open.clone()];
			let answers: Vec<Json> = self.rpc.request("eventum_submitReports", asked).await?;
			ensure(answers.len() == open.len(), "each envelope has an answer")?;
			let mut refused = Vec::new();
			for (envelope, answer) in open.into_iter().zip(answers) {
				if let Some(receipt) = answer["receipt"].as_str() {
					let receipt = hex::decode(receipt.trim_start_matches("0x"))?;
					ensure(verify_receipt(at, report, &receipt, keys), "the receipt is in order")?;
					continue;
				}
				let passes =
					answer["error"]["code"].as_i64().is_some_and(|code| PASSING.contains(&code));
				if !passes || started.elapsed() > PATIENCE {
					return Err(format!("no receipt: {answer}").into());
				}
				refused.push(envelope);
			}
			open = refused;
			tokio::time::sleep(Duration::from_millis(200)).await;
		}
		Ok(())
	}

	/// Reads pushes until the final one, which must be what was reported; how many there were.
	async fn outcome(&self, feed: &str) -> Result<u32, Failure> {
		let (method, end) = ("eventum_subscribeOutcomes", "eventum_unsubscribeOutcomes");
		let mut outcomes = self.rpc.subscribe::<Json>(method, rpc_params![feed], end).await?;
		let mut pushes = 0;
		loop {
			let next = tokio::time::timeout(PATIENCE, outcomes.next()).await?;
			let item = next.ok_or("outcomes end too soon")??;
			pushes += 1;
			if item["final"] == json!(true) {
				let votes = (&item["agreed"], &item["total"]);
				ensure(votes == (&json!(2), &json!(2)), "both agree")?;
				let value = &item["body"]["data"][0]["consensus_value"];
				ensure(value == &json!(true), "the outcome is what was reported")?;
				return Ok(pushes);
			}
		}
	}

	/// What became of a feed by the events of the blocks since it was created.
	async fn check_settlement(&self, feed: FeedId, from: u64) -> Result<(), Failure> {
		let last = self.client.at_current_block().await?.block_number();
		let (mut certified, mut paid, mut rewards) = (0, 0, 0);
		for number in from..=last {
			let events = self.client.at_block(number).await?.events().fetch().await?;
			for event in events.iter() {
				let event = event?;
				match (event.pallet_name(), event.event_name()) {
					("Markets", "OutcomeCertified") => {
						let event = fields::<Certified>(&event)?;
						if event.feed == feed {
							certified += 1;
							ensure(
								event.agreed == 2 && event.answer == TRUE,
								"the event tells it",
							)?;
						}
					}
					("Markets", "ReporterSettled") => {
						let event = fields::<Settled>(&event)?;
						if event.feed == feed {
							paid += 1;
							ensure(event.stake == event.stake_back, "the whole stake comes back")?;
							ensure(event.reward > 0, "there is a reward")?;
						}
					}
					("Markets", "FeedSettled") => {
						let event = fields::<Ended>(&event)?;
						if event.feed == feed {
							rewards = event.rewards + event.remainder;
						}
					}
					_ => (),
				}
			}
		}
		ensure(certified > 0, "the outcome is certified on chain")?;
		ensure(paid == 2, "both reporters are paid")?;
		ensure(rewards == REWARD, "all of the reward went out")
	}
}

/// The fields of an event.
fn fields<T: subxt::ext::scale_decode::DecodeAsFields>(
	event: &subxt::events::Event<'_, SubstrateConfig>,
) -> Result<T, Failure> {
	Ok(event.decode_fields_unchecked_as::<T>()?)
}

fn call(pallet: &str, name: &str, fields: Vec<(&str, Value)>) -> Call {
	let fields = fields.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
	dynamic::transaction(pallet, name, Composite::Named(fields))
}

/// The fields of the one event of markets with this name.
fn the(events: &ExtrinsicEvents<SubstrateConfig>, name: &str) -> Result<Composite<()>, Failure> {
	for event in events.iter() {
		let event = event?;
		if event.pallet_name() == "Markets" && event.event_name() == name {
			return fields(&event);
		}
	}
	Err(format!("{name} did not happen").into())
}

fn number(fields: &Composite<()>, name: &str) -> Result<u128, Failure> {
	let value = fields.at(name).and_then(Value::as_u128);
	value.ok_or_else(|| format!("there is no number {name}").into())
}

fn now() -> Result<u64, Failure> {
	Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64)
}

/// A boolean that two people have to agree on.
fn question(tag_key: &[u8; 32], access_secret: &[u8; 32]) -> Result<Value, Failure> {
	// In the macro, a name before parentheses is that of a variant.
	let (empty, category) = (Value::from_bytes(b""), Value::from_bytes(b"Clients"));
	let (name, description) =
		(Value::from_bytes(b"Foreign clients: subxt"), Value::from_bytes(b"Is this decoded?"));
	let now = now()?;
	Ok(value!({
		definition: {
			fields: ({ name: empty.clone(), field_type: Scalar(Boolean()) }),
			event: Single(),
			min_people: 2,
			max_people: 2,
			min_consensus: 2,
			consensus_rule: 666_666_667,
			consensus_mode: Final(),
			reward: REWARD,
			currency: Evt(),
			stake_factor: 1_000_000_000u64,
			join_bonus: 1_000_000_000u64,
			committee_size: 4,
			gate: { min_reputation: 0, min_balance: 0, any: false },
			time_to_join: now + 120_000,
			reporting_timestamp: None(),
			stop_voting: { at: Some(now + 600_000), share: None(), quiet: None() },
			start_dispute_time: 0,
			max_dispute_time: 1_000,
			cross_validate: 100_000_000,
			visibility: Public {
				tag_key: Value::from_bytes(tag_key),
				access_secret: Value::from_bytes(access_secret)
			},
			validation_fee: None(),
			default_value: None()
		},
		text: {
			name: name,
			description: description,
			rules: None(),
			categories: (category, empty.clone(), empty.clone()),
			location: empty.clone(),
			webhook_url: empty
		}
	}))
}
