// SPDX-License-Identifier: Apache-2.0

//! Prometheus metrics.

use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, Opts, PrometheusError, Registry, U64,
};

/// What is counted.
#[derive(Clone)]
pub(crate) struct Metrics {
	attempts: CounterVec<U64>,
	dead: Counter<U64>,
	pending: Gauge<U64>,
}

impl Metrics {
	pub(crate) fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let attempts = Opts::new("eventum_delivery_attempts", "Attempts to post, by result");
		Ok(Self {
			attempts: register(CounterVec::new(attempts, &["result"])?, registry)?,
			dead: register(
				Counter::new("eventum_delivery_dead_letters", "Posts that were given up")?,
				registry,
			)?,
			pending: register(
				Gauge::new("eventum_delivery_pending", "Posts that wait for an attempt")?,
				registry,
			)?,
		})
	}

	pub(crate) fn attempt(&self, taken: bool) {
		self.attempts.with_label_values(&[if taken { "taken" } else { "failed" }]).inc();
	}

	pub(crate) fn dead(&self) {
		self.dead.inc();
	}

	pub(crate) fn pending(&self, pending: usize) {
		self.pending.set(pending as u64);
	}
}
