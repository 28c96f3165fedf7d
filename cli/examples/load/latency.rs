// SPDX-License-Identifier: Apache-2.0

//! From the last report that a round needs to its outcome at the webhook, one report at a time.

use crate::feed;
use eventum_cli::{
	chain::{outcomes::certificate, Chain},
	commands::now,
	reporting::hand_over,
	Failure,
};
use eventum_primitives::{Moment, Round};
use eventum_wire::client::make_report;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Reporters of a round; all are needed.
const REPORTERS: u32 = 5;
/// Time between reports.
const APART: Duration = Duration::from_millis(300);
/// Time for which a report is tried to be handed over, and an outcome is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Time between questions to the receiver.
const POLL: Duration = Duration::from_millis(50);

/// Runs rounds one after the other; prints a line for each, and the percentiles last.
pub(crate) async fn run(chain: &Chain, rounds: u32, receiver: &str) -> Result<(), Failure> {
	let receiver = receiver.trim_end_matches('/');
	let feed = feed::open(chain, REPORTERS, rounds, &format!("{receiver}/hook")).await?;
	let http = reqwest::Client::new();
	let mut from = 0;
	let mut times = Vec::new();
	for round in 0..rounds {
		let mut sent = 0;
		for (place, worker) in feed.workers.iter().enumerate() {
			tokio::time::sleep(APART).await;
			let report = make_report(
				&chain.genesis(),
				feed.id,
				round,
				&worker.account,
				&feed.view.definition,
				&feed::answer(place, round),
				now(),
				|message| worker.key.sign_report(message),
			);
			let report = report.map_err(Failure::new)?;
			let handed = hand_over(chain.pool(), &feed.committee, &[report], PATIENCE).await;
			let handed = handed.into_iter().next().and_then(|handed| handed.sent);
			sent = handed.ok_or_else(|| Failure::new("a report was not taken"))?;
		}
		let came = arrival(&http, receiver, round, &mut from).await?;
		let took = came.saturating_sub(sent);
		println!("round {round}: {took} ms");
		times.push(took);
	}
	times.sort_unstable();
	let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
	println!("{rounds} rounds: least {} ms, most {} ms", at(0.0), at(1.0));
	println!("p50 {} ms p99 {} ms", at(0.5), at(0.99));
	Ok(())
}

/// When the final outcome of a round came to the receiver.
async fn arrival(
	http: &reqwest::Client,
	receiver: &str,
	round: Round,
	from: &mut u64,
) -> Result<Moment, Failure> {
	let started = Instant::now();
	while started.elapsed() < PATIENCE {
		let answer = http.get(format!("{receiver}/events?from={from}")).send().await;
		let page: Value = answer.map_err(Failure::new)?.json().await.map_err(Failure::new)?;
		*from = page["next"].as_u64().unwrap_or(*from);
		for event in page["events"].as_array().into_iter().flatten() {
			let certificate = certificate(&event["body"]);
			let is_it = certificate.is_some_and(|certificate| {
				certificate.outcome.round == round && certificate.outcome.push.is_final()
			});
			if let (true, Some(at)) = (is_it, event["received_ms"].as_u64()) {
				return Ok(at);
			}
		}
		tokio::time::sleep(POLL).await;
	}
	Err(Failure::new(format!("round {round} did not come to the webhook")))
}
