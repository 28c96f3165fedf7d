// SPDX-License-Identifier: Apache-2.0

//! What arrives at the webhook, as a receiver gives it out.

use super::plan::base;
use crate::{chain::outcomes::certificate, Failure};
use eventum_primitives::outcome::Certificate;
use serde::Deserialize;
use serde_json::Value;
use std::{
	sync::{Arc, Mutex},
	time::Duration,
};
use tokio::{sync::mpsc, task::JoinHandle};

/// Time between questions.
const POLL: Duration = Duration::from_millis(40);
/// Time in which the receiver must answer.
const ANSWER: Duration = Duration::from_secs(5);

/// What a receiver answers.
#[derive(Debug, Deserialize)]
struct Page {
	next: u64,
	events: Vec<Event>,
	#[serde(default)]
	repeats: u64,
	#[serde(default)]
	invalid: u64,
}

#[derive(Debug, Deserialize)]
struct Event {
	#[serde(default)]
	id: Value,
	#[serde(default)]
	received_ms: f64,
	body: Value,
}

/// A certified outcome, and where it came from.
#[derive(Clone, Debug)]
pub struct Arrival {
	/// The outcome.
	pub certificate: Certificate,
	/// When it came, ms since the Unix epoch.
	pub at: u64,
	/// Its `webhook-id`, if it came by the webhook.
	pub webhook: Option<String>,
}

/// What the receiver counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counters {
	/// Posts that it had taken already.
	pub repeats: u64,
	/// Posts whose signature was wrong.
	pub invalid: u64,
	/// Events whose body held no certificate.
	pub unreadable: u64,
}

/// A receiver that is asked again and again.
pub(super) struct Receiver {
	counters: Arc<Mutex<Counters>>,
	task: JoinHandle<()>,
}

impl Receiver {
	/// Asks from now on; what has arrived earlier is left alone.
	pub(super) async fn start(url: &str, sender: mpsc::Sender<Arrival>) -> Result<Self, Failure> {
		let http = reqwest::Client::builder().timeout(ANSWER).build().map_err(Failure::new)?;
		let events = format!("{}/events", base(url));
		let mut from = 0;
		let before = loop {
			let page = ask(&http, &events, from).await.map_err(|error| {
				Failure::new(format!("the receiver at {events} does not answer: {error}")).hint(
					"start it; it should answer GET /events?from=N with {\"next\", \"events\", \
					 \"repeats\", \"invalid\"}",
				)
			})?;
			if page.next <= from {
				break page;
			}
			from = page.next;
		};
		let counters = Arc::new(Mutex::new(Counters::default()));
		let shared = Arc::clone(&counters);
		let task = tokio::spawn(async move {
			loop {
				tokio::time::sleep(POLL).await;
				// A receiver that is away for a moment is asked again.
				let Ok(page) = ask(&http, &events, from).await else { continue };
				from = page.next;
				let mut unreadable = 0;
				for event in page.events {
					match arrival(&event) {
						Some(arrival) => {
							if sender.send(arrival).await.is_err() {
								return;
							}
						}
						None => unreadable += 1,
					}
				}
				if let Ok(mut counters) = shared.lock() {
					counters.repeats = page.repeats.saturating_sub(before.repeats);
					counters.invalid = page.invalid.saturating_sub(before.invalid);
					counters.unreadable += unreadable;
				}
			}
		});
		Ok(Self { counters, task })
	}

	/// What it has counted since the start.
	pub(super) fn counters(&self) -> Counters {
		self.counters.lock().map(|counters| *counters).unwrap_or_default()
	}
}

impl Drop for Receiver {
	fn drop(&mut self) {
		self.task.abort();
	}
}

async fn ask(http: &reqwest::Client, events: &str, from: u64) -> Result<Page, reqwest::Error> {
	http.get(format!("{events}?from={from}")).send().await?.error_for_status()?.json().await
}

fn arrival(event: &Event) -> Option<Arrival> {
	let certificate = match &event.body {
		Value::String(text) => certificate(&serde_json::from_str(text).ok()?)?,
		body => certificate(body)?,
	};
	let id = match &event.id {
		Value::String(id) => id.clone(),
		_ => certificate.outcome.event_id(),
	};
	Some(Arrival { certificate, at: event.received_ms as u64, webhook: Some(id) })
}
