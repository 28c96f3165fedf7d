// SPDX-License-Identifier: Apache-2.0

//! What operators see of the report plane.

use crate::LOG;
use eventum_wire::IntakeError;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, Opts, PrometheusError, Registry, F64, U64,
};

/// Counters, if the node keeps metrics.
#[derive(Clone, Default)]
pub struct Metrics(Option<Arc<Registered>>);

struct Registered {
	opening_seconds: Counter<F64>,
	verifying_seconds: Counter<F64>,
	verified: Counter<U64>,
	batches: Counter<U64>,
	repeated: Counter<U64>,
	refused: CounterVec<U64>,
	receipts: Counter<U64>,
	certificates: Counter<U64>,
	memory: Gauge<U64>,
	peers: Gauge<U64>,
	messages_received: Counter<U64>,
	bytes_received: Counter<U64>,
	bytes_sent: Counter<U64>,
	dropped: Counter<U64>,
}

impl Registered {
	fn new(registry: &Registry) -> Result<Self, PrometheusError> {
		let counter = |name: &str, help: &str| {
			register(Counter::<U64>::new(format!("eventum_reports_{name}"), help)?, registry)
		};
		let seconds = |name: &str, help: &str| {
			register(Counter::<F64>::new(format!("eventum_reports_{name}"), help)?, registry)
		};
		let gauge = |name: &str, help: &str| {
			register(Gauge::<U64>::new(format!("eventum_reports_{name}"), help)?, registry)
		};
		let refused =
			Opts::new("eventum_reports_refused_total", "Envelopes for this node that were refused");
		Ok(Self {
			opening_seconds: seconds("opening_seconds_total", "Time spent opening reports")?,
			verifying_seconds: seconds("verifying_seconds_total", "Time spent on signatures")?,
			verified: counter("verified_total", "Signatures verified")?,
			batches: counter("batches_total", "Batches of signatures verified")?,
			repeated: counter("repeated_total", "Reports that came again")?,
			refused: register(CounterVec::new(refused, &["reason"])?, registry)?,
			receipts: counter("receipts_total", "Receipts given")?,
			certificates: counter("certificates_total", "Outcomes certified")?,
			memory: gauge("memory_bytes", "Bytes of reports in memory")?,
			peers: gauge("peers", "Committee members connected")?,
			messages_received: counter("messages_received_total", "Messages from members")?,
			bytes_received: counter("bytes_received_total", "Bytes from members")?,
			bytes_sent: counter("bytes_sent_total", "Bytes to members")?,
			dropped: counter("dropped_total", "Messages dropped for want of room")?,
		})
	}
}

impl Metrics {
	/// Registers all counters; without a registry nothing is counted.
	pub fn new(registry: Option<&Registry>) -> Self {
		Self(registry.and_then(|registry| {
			Registered::new(registry)
				.map(Arc::new)
				.inspect_err(|error| log::warn!(target: LOG, "There will be no metrics: {error}"))
				.ok()
		}))
	}

	/// A receipt was given.
	pub fn receipt(&self) {
		self.with(|metrics| metrics.receipts.inc());
	}

	/// An outcome was certified.
	pub fn certificate(&self) {
		self.with(|metrics| metrics.certificates.inc());
	}

	pub(crate) fn opening(&self, time: Duration) {
		self.with(|metrics| metrics.opening_seconds.inc_by(time.as_secs_f64()));
	}

	pub(crate) fn verified(&self, count: usize, time: Duration) {
		self.with(|metrics| {
			metrics.verified.inc_by(count as u64);
			metrics.batches.inc();
			metrics.verifying_seconds.inc_by(time.as_secs_f64());
		});
	}

	pub(crate) fn repeated(&self) {
		self.with(|metrics| metrics.repeated.inc());
	}

	pub(crate) fn refused(&self, error: &IntakeError) {
		self.with(|metrics| metrics.refused.with_label_values(&[&format!("{error:?}")]).inc());
	}

	pub(crate) fn in_memory(&self, bytes: usize) {
		self.with(|metrics| metrics.memory.set(bytes as u64));
	}

	pub(crate) fn peers(&self, count: usize) {
		self.with(|metrics| metrics.peers.set(count as u64));
	}

	pub(crate) fn received(&self, messages: usize, bytes: usize) {
		self.with(|metrics| {
			metrics.messages_received.inc_by(messages as u64);
			metrics.bytes_received.inc_by(bytes as u64);
		});
	}

	pub(crate) fn sent(&self, bytes: usize) {
		self.with(|metrics| metrics.bytes_sent.inc_by(bytes as u64));
	}

	pub(crate) fn dropped(&self, messages: usize) {
		self.with(|metrics| metrics.dropped.inc_by(messages as u64));
	}

	fn with(&self, count: impl FnOnce(&Registered)) {
		if let Some(registered) = &self.0 {
			count(registered);
		}
	}
}
