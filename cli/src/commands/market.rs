// SPDX-License-Identifier: Apache-2.0

//! `eventum market`.

use super::{now, Context};
use crate::{
	args::{ListArgs, MarketCommand},
	chain::{keys, outcomes::Outcomes, to_hex, Call, Chain, Events, Key},
	progress::Progress,
	show, Failure,
};
use codec::Decode;
use eventum_input::{
	decimal::evt_text,
	definition::{self, Market, Secrets, MAX_FILE},
};
use eventum_primitives::{
	apis::{FeedFilter, Stage},
	definition::{FeedInput, Limits},
	outcome::Push,
	rules::fee::FeeTerms,
	AccountId, Balance, FeedId, Hash, MarketId, Moment, Round, MILLI_EVT,
};
use rand_core::{OsRng, TryRngCore};
use serde_json::json;
use sp_crypto_hashing::{blake2_256, twox_128};
use std::{collections::BTreeSet, path::Path, time::Duration};
use subxt::rpcs::rpc_params;

/// Feeds asked for in one call.
const PAGE: u32 = 100;
/// Outcomes asked for in one call.
const OUTCOMES: u32 = 1_000;
/// What a chain may allow at the shortest; each has its own bound, which it checks itself.
const MIN_DISPUTE_TIME: Moment = 1_000;

pub(super) async fn run(context: &Context, command: MarketCommand) -> Result<(), Failure> {
	match command {
		MarketCommand::Create { file, suri, dry_run } => {
			create(context, &file, &suri, dry_run).await
		}
		MarketCommand::Show { market } => show(context, market).await,
		MarketCommand::List(args) => list(context, &args).await,
		MarketCommand::Fee { feed, terms, suri } => {
			let terms = terms.fee.map_or(FeeTerms::Median, FeeTerms::Fixed);
			fee(context, feed, terms, &Key::from_suri(&suri)?).await
		}
		MarketCommand::Watch { feed } => watch(context, feed).await,
	}
}

/// Secrets that nobody could guess.
fn random_secrets() -> Result<Secrets, Failure> {
	let mut secrets = Secrets { tag_key: [0; 32], access_secret: [0; 32] };
	for bytes in [&mut secrets.tag_key, &mut secrets.access_secret] {
		OsRng.try_fill_bytes(bytes).map_err(|error| {
			Failure::new(format!("the system gives no random numbers: {error}"))
		})?;
	}
	Ok(secrets)
}

fn read(file: &Path) -> Result<Market, Failure> {
	let shown = file.display();
	let size = std::fs::metadata(file).map(|found| found.len());
	let size = size.map_err(|error| Failure::new(format!("cannot read {shown}: {error}")))?;
	if size > MAX_FILE as u64 {
		return Err(Failure::new(format!("{shown} has {size} bytes, at most 1 MiB are read")));
	}
	let text = std::fs::read_to_string(file)
		.map_err(|error| Failure::new(format!("cannot read {shown}: {error}")))?;
	let limits =
		Limits { now: now(), existential_deposit: MILLI_EVT, min_dispute_time: MIN_DISPUTE_TIME };
	let mut failed = None;
	let secrets = || {
		random_secrets().unwrap_or_else(|failure| {
			failed = Some(failure);
			Secrets { tag_key: [0; 32], access_secret: [0; 32] }
		})
	};
	let market = definition::parse(&text, &limits, secrets).map_err(|mistakes| {
		Failure::new(format!("{shown} is no market that can be created:\n{mistakes}"))
			.hint("put these right; docs/market.schema.json describes every key")
	})?;
	failed.map_or(Ok(market), Err)
}

/// The calls that create a market: texts of rules that the chain does not have yet go before.
async fn creation(chain: &Chain, market: &Market) -> Result<Call, Failure> {
	let create = Call::create_market(&market.feeds);
	let mut calls = Vec::new();
	for rules in &market.rules {
		let hash = blake2_256(rules);
		let prefix = [twox_128(b"Preimage"), twox_128(b"RequestStatusFor")].concat();
		let key = to_hex(&[&prefix[..], &hash].concat());
		let known: Option<String> = chain.rpc("state_getStorage", rpc_params![key]).await?;
		if known.is_none() {
			calls.push(Call::note_preimage(rules));
		}
	}
	if calls.is_empty() {
		return Ok(create);
	}
	calls.push(create);
	Ok(Call::all(&calls, &*chain.metadata().await?)?)
}

async fn create(context: &Context, file: &Path, suri: &str, dry: bool) -> Result<(), Failure> {
	let market = read(file)?;
	let key = Key::from_suri(suri)?;
	// A file can be checked without a chain, but the costs cannot be told.
	let chain = context.chain().await;
	let total: Balance = market.feeds.iter().map(|feed| feed.definition.reward).sum();
	if dry {
		let fee = match &chain {
			Ok(chain) => Some(quote(chain, &market, &key).await?),
			Err(_) => None,
		};
		let feeds = || feeds_text(&market.feeds);
		context.print(
			|| {
				let cost = fee.map_or_else(
					|| "(no chain to ask)".into(),
					|fee| format!("{} EVT", evt_text(fee)),
				);
				format!(
					"{}reward of all feeds     {} EVT\ntransaction fee         {cost}\n\
					 the chain adds its protocol fee and locks the validation nodes' fees; \
					 nothing was sent",
					feeds(),
					evt_text(total)
				)
			},
			|| {
				json!({
					"feeds": market.feeds.len(),
					"reward": evt_text(total),
					"transaction_fee": fee.map(evt_text),
					"sent": false,
				})
			},
		);
		return Ok(());
	}
	let chain = chain?;
	let created = submit(&chain, &market, &key).await?;
	context.print(
		|| {
			let feeds: Vec<_> = feed_ids(&created).map(|feed| feed.to_string()).collect();
			format!(
				"{}market {} created and finalized\nfeeds: {}\nnext: eventum market show {}",
				feeds_text(&market.feeds),
				created.0,
				feeds.join(" "),
				created.0
			)
		},
		|| {
			let feeds: Vec<_> = feed_ids(&created).map(|feed| feed.to_string()).collect();
			json!({ "market": created.0, "feeds": feeds, "definition_hash": created.2 })
		},
	);
	Ok(())
}

fn feed_ids(created: &(MarketId, u16, Hash)) -> impl Iterator<Item = FeedId> {
	let (market, feeds, _) = *created;
	(0..feeds).map(move |index| FeedId { market, index })
}

fn feeds_text(feeds: &[FeedInput]) -> String {
	let lines = feeds.iter().enumerate().map(|(place, feed)| {
		format!("feed {place}\n{}", show::definition_lines(&feed.definition, &feed.text))
	});
	lines.collect()
}

async fn quote(chain: &Chain, market: &Market, key: &Key) -> Result<Balance, Failure> {
	let call = creation(chain, market).await?;
	let nonce = chain.next_nonce(&key.account()).await?;
	chain.fee(&chain.sign(&call, key, nonce).await?).await
}

/// Creates a market; gives its number, how many feeds it has, and the hash of its definition.
async fn submit(
	chain: &Chain,
	market: &Market,
	key: &Key,
) -> Result<(MarketId, u16, Hash), Failure> {
	let call = creation(chain, market).await?;
	let executed = chain.execute(&call, key);
	let events = Progress::default().during("waiting until the market is final", executed).await;
	created(&events?)
}

fn created(events: &Events) -> Result<(MarketId, u16, Hash), Failure> {
	for event in events.iter() {
		let event = event.map_err(Failure::new)?;
		if event.pallet_name() == "Markets" && event.event_name() == "MarketCreated" {
			let fields = <(MarketId, AccountId, u16, Hash)>::decode(&mut event.field_bytes());
			let (market, _, feeds, hash) = fields.map_err(Failure::new)?;
			return Ok((market, feeds, hash));
		}
	}
	Err(Failure::new("the transaction is final, but created no market")
		.hint("use the eventum of the chain's release"))
}

async fn show(context: &Context, market: MarketId) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let count = chain.market(market).await?;
	let mut feeds = Vec::new();
	for index in 0..count {
		let id = FeedId { market, index };
		// The record of a settled feed may be gone before the others'.
		let Ok(view) = chain.feed(id).await else { continue };
		let outcomes = chain.outcomes(id, 0, OUTCOMES).await?;
		feeds.push((id, view, outcomes));
	}
	context.print(
		|| {
			let lines = feeds.iter().map(|(id, view, outcomes)| {
				let outcomes = outcomes.iter().map(|outcome| {
					let result = show::result_name(&outcome.result);
					let (agreed, total) = (outcome.agreed, outcome.total);
					format!("  round {:<16}{result} ({agreed} of {total})\n", outcome.round)
				});
				show::feed_lines(*id, view) + &outcomes.collect::<String>()
			});
			lines.collect::<Vec<_>>().join("\n")
		},
		|| {
			let feeds = feeds.iter().map(|(id, view, outcomes)| {
				let mut feed = show::feed_json(*id, view);
				feed["outcomes"] = outcomes.iter().map(show::outcome_json).collect();
				feed
			});
			json!({ "market": market, "feeds": feeds.collect::<Vec<_>>() })
		},
	);
	Ok(())
}

async fn list(context: &Context, args: &ListArgs) -> Result<(), Failure> {
	let bytes = |text: &Option<String>| text.as_ref().map(|text| text.clone().into_bytes());
	let filter = FeedFilter {
		category: bytes(&args.category),
		stage: args.stage,
		requester: args.requester.as_deref().map(keys::account).transpose()?,
		text: bytes(&args.text),
	};
	let chain = context.chain().await?;
	let progress = Progress::default();
	let (mut feeds, mut cursor) = (Vec::new(), None);
	loop {
		progress.at(format!("reading feeds: {} so far", feeds.len()));
		let (page, next) = chain.feeds(&filter, cursor, PAGE).await?;
		feeds.extend(page);
		match next {
			Some(next) if feeds.len() < args.limit => cursor = Some(next),
			_ => break,
		}
	}
	progress.done();
	feeds.truncate(args.limit);
	context.print(
		|| {
			if feeds.is_empty() {
				return "no feed matches".into();
			}
			let rows = feeds.iter().map(|(id, view)| {
				format!(
					"{:<8}{:<12}{:>5}/{:<7}{:>14}  {}\n",
					id.to_string(),
					show::stage_name(view.stage),
					view.joined,
					view.definition.max_people,
					evt_text(view.definition.reward),
					String::from_utf8_lossy(&view.text.name)
				)
			});
			let head = "feed    stage      joined/people    reward EVT  name\n".to_string();
			head + &rows.collect::<String>()
		},
		|| feeds.iter().map(|(id, view)| show::feed_json(*id, view)).collect(),
	);
	Ok(())
}

async fn fee(context: &Context, id: FeedId, terms: FeeTerms, key: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let call = Call::set_fee(id, terms);
	let executed = chain.execute(&call, key);
	let events = Progress::default().during("waiting until the fee is final", executed).await?;
	let (mut locked, mut low) = (0, None);
	for event in events.iter() {
		let event = event.map_err(Failure::new)?;
		let mut bytes = event.field_bytes();
		match (event.pallet_name(), event.event_name()) {
			("Markets", "FeeSet") => {
				let set = <(FeedId, FeeTerms, Balance)>::decode(&mut bytes);
				locked = set.map_err(Failure::new)?.2;
			}
			("Markets", "FeeTooLow") => {
				let told = <(FeedId, Balance, u32, u32)>::decode(&mut bytes);
				let (_, _, willing, needed) = told.map_err(Failure::new)?;
				low = Some((willing, needed));
			}
			_ => {}
		}
	}
	let shown = show::fee_text(&terms);
	context.print(
		|| {
			let warning = low.map(|(willing, needed)| {
				format!(
					"\nthis is too low to keep a committee: {willing} members ask so little, \
					 {needed} must sign"
				)
			});
			format!(
				"feed {id}: {shown}, from the next round on\n{} EVT more are locked{}",
				evt_text(locked),
				warning.unwrap_or_default()
			)
		},
		|| {
			json!({
				"feed": id.to_string(),
				"validation_fee": shown,
				"locked": evt_text(locked),
				"too_low": low.is_some(),
			})
		},
	);
	Ok(())
}

async fn watch(context: &Context, id: FeedId) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let feed = chain.feed(id).await?;
	if !context.json() {
		let name = String::from_utf8_lossy(&feed.text.name).into_owned();
		eprintln!("watching feed {id} \"{name}\" ({})", show::stage_name(feed.stage));
	}
	let mut outcomes = Outcomes::follow(&chain, id);
	let mut seen = BTreeSet::<(Round, u32)>::new();
	loop {
		let certificate = tokio::select! {
			certificate = outcomes.next() => certificate,
			() = tokio::time::sleep(Duration::from_secs(5)) => {
				let stage = chain.feed(id).await?.stage;
				if matches!(stage, Stage::Settled | Stage::Void) {
					return Ok(());
				}
				continue;
			}
		};
		let Some(certificate) = certificate else { return Ok(()) };
		let outcome = &certificate.outcome;
		if !seen.insert((outcome.round, outcome.sequence)) {
			continue;
		}
		if context.json() {
			println!("{}", show::certificate_json(&feed.definition, &certificate));
		} else {
			println!("{}", show::certificate_line(&feed.definition, &certificate));
		}
		if matches!(outcome.push, Push::Final { ends_feed: true, .. }) {
			return Ok(());
		}
	}
}
