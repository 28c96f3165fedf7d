// SPDX-License-Identifier: Apache-2.0

//! The workers of a replay as reporters: keys, funds, joining.

use super::Watch;
use crate::{
	chain::{call::Call, keys::ss58, Chain, Key},
	progress::Progress,
	Failure,
};
use eventum_primitives::{
	apis::{FeedView, Stage},
	AccountId, Balance, FeedId,
};
use futures::future::join_all;
use std::time::Duration;

/// Transfers in one transaction.
const TRANSFERS: usize = 100;
/// Transactions handed in at once.
const AT_ONCE: usize = 64;
/// Time between looks at the chain.
const LOOK: Duration = Duration::from_millis(400);
/// Transaction fees that a worker is given money for.
const FEES: Balance = 4;

/// One worker.
#[derive(Clone)]
pub struct Worker {
	/// Its name in the file.
	pub name: String,
	/// Its key, for its account and its reports.
	pub key: Key,
	/// Its account.
	pub account: AccountId,
}

/// Makes a worker for each name.
pub fn workers(seed: &str, names: &[String]) -> Vec<Worker> {
	let made = names.iter().map(|name| {
		let key = Key::of_worker(seed, name);
		Worker { name: name.clone(), account: key.account(), key }
	});
	made.collect()
}

/// Gives each worker what joining costs: its stake, fees, and what an account must keep.
pub async fn fund(
	chain: &Chain,
	requester: &Key,
	workers: &[Worker],
	feed: FeedId,
	progress: &Progress,
) -> Result<(), Failure> {
	let Some(first) = workers.first() else { return Ok(()) };
	let view = chain.feed(feed).await?;
	let join = Call::join(feed, first.key.report_key());
	let fee = chain.fee(&chain.sign(&join, &first.key, 0).await?).await?;
	let spare = 10 * chain.existential_deposit().await;
	let amount = view.next_stake.saturating_add(FEES * fee).saturating_add(spare);
	let metadata = chain.metadata().await?;
	let batches = workers.chunks(TRANSFERS).map(|part| {
		let transfers: Vec<_> =
			part.iter().map(|worker| Call::transfer(&worker.account, amount)).collect();
		Call::all(&transfers, &metadata)
	});
	let batches = batches.collect::<Result<Vec<_>, _>>()?;
	// All but the last are only handed in: they come before it, by their nonces.
	let Some((last, earlier)) = batches.split_last() else { return Ok(()) };
	let nonce = chain.next_nonce(&requester.account()).await?;
	for (call, nonce) in earlier.iter().zip(nonce..) {
		progress.at("funding the workers");
		chain.submit(&chain.sign(call, requester, nonce).await?).await?;
	}
	progress.during("funding the workers", chain.execute(last, requester)).await?;
	Ok(())
}

/// Lets every worker join and waits until all are in.
pub async fn join(
	chain: &Chain,
	workers: &[Worker],
	feed: FeedId,
	progress: &Progress,
	patience: Duration,
) -> Result<(), Failure> {
	let mut watch = Watch::new(patience);
	let mut missing: Vec<&Worker> = workers.iter().collect();
	loop {
		send_joins(chain, &missing, feed, progress).await?;
		// Some blocks' time before those who are not in are tried again.
		let mut looks = 0;
		while looks < 30 {
			let view = chain.feed(feed).await?;
			progress.at(format!("{} of {} workers have joined", view.joined, workers.len()));
			if view.joined as usize >= workers.len() {
				return Ok(());
			}
			if view.stage != Stage::Joining {
				return Err(left_out(&view, workers.len()));
			}
			looks = if watch.moved(view.joined) { 0 } else { looks + 1 };
			tokio::time::sleep(LOOK).await;
		}
		let asked = missing.iter().map(|worker| chain.reporter(feed, &worker.account));
		let found = join_all(asked).await.into_iter().collect::<Result<Vec<_>, _>>()?;
		let absent = missing.iter().zip(found).filter(|(_, reporter)| reporter.is_none());
		missing = absent.map(|(worker, _)| *worker).collect();
		let Some(worker) = missing.first() else { continue };
		// One is watched: if it is refused, the reason is told.
		let call = Call::join(feed, worker.key.report_key());
		if let Err(failure) = chain.execute(&call, &worker.key).await {
			if chain.reporter(feed, &worker.account).await?.is_none() && watch.is_over() {
				let account = ss58(&worker.account);
				return Err(failure.during(format!("{} ({account}) cannot join", worker.name)));
			}
		}
	}
}

fn left_out(view: &FeedView, workers: usize) -> Failure {
	let (joined, stage) = (view.joined, crate::show::stage_name(view.stage));
	Failure::new(format!("only {joined} of {workers} workers are in, and the feed is {stage}"))
		.hint("start again; if it stays so, look whether the chain makes blocks")
}

async fn send_joins(
	chain: &Chain,
	workers: &[&Worker],
	feed: FeedId,
	progress: &Progress,
) -> Result<(), Failure> {
	for part in workers.chunks(AT_ONCE) {
		let nonces = join_all(part.iter().map(|worker| chain.next_nonce(&worker.account))).await;
		let nonces = nonces.into_iter().collect::<Result<Vec<_>, _>>()?;
		let calls: Vec<_> = part
			.iter()
			.zip(nonces)
			.map(|(worker, nonce)| (Call::join(feed, worker.key.report_key()), &worker.key, nonce))
			.collect();
		let signed = chain.sign_all(&calls).await?;
		let sent = join_all(signed.iter().map(|transaction| chain.submit(transaction))).await;
		// Whoever was refused is not in afterwards and is tried again.
		let refused = sent.iter().filter(|result| result.is_err()).count();
		if refused > 0 {
			progress.at(format!("{refused} joins are to be tried again"));
		}
	}
	Ok(())
}

/// Waits until reports are taken, as finalized state has it.
pub async fn reporting(
	chain: &Chain,
	feed: FeedId,
	progress: &Progress,
	patience: Duration,
) -> Result<FeedView, Failure> {
	let mut watch = Watch::new(patience);
	loop {
		let at = chain.finalized().await?;
		let view: Option<FeedView> = chain.api_at("ReportsApi_feed", feed, Some(at)).await?;
		if let Some(view) = view {
			let begun = view.reporting_from.is_some_and(|from| from <= crate::commands::now());
			match view.stage {
				Stage::Reporting if begun && view.committee.is_some() => return Ok(view),
				Stage::Void | Stage::Voiding => {
					return Err(Failure::new("the feed is void: no committee was found for it")
						.hint(
						"look whether enough validation nodes are registered, online, and have \
						       bond to set aside; a lower --reward asks for less of it",
					))
				}
				_ => {}
			}
			watch.moved(view.stage as u32);
			progress
				.at(format!("waiting for the committee ({})", crate::show::stage_name(view.stage)));
		}
		if watch.is_over() {
			return Err(Failure::new("no committee is ready yet")
				.hint(format!("`eventum feed status {feed}`; raise --patience to wait longer")));
		}
		tokio::time::sleep(LOOK).await;
	}
}
