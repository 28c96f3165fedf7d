// SPDX-License-Identifier: Apache-2.0

//! The report plane: what a validation node does between taking a report and having the outcome
//! certified.
//!
//! # The path of a report
//!
//! 1. A client hands envelopes to any node, by JSON-RPC. [`handle`] gives those for members on this
//!    node to the intake and forwards the others to their members ([`network`], request-response).
//! 2. [`intake`]: cheap checks against a table of the served feeds ([`table`]), opening, again cheap
//!    checks, dedup, and signatures in batches on worker threads ([`verify`]). In a public feed the
//!    value is opened too and must give its tag. What passes becomes an [`io::Input::Verified`].
//! 3. The worker appends it to the logs of its members, commits report and entry ([`store`]), and
//!    only then answers with a signed receipt and tells the other members ([`network`],
//!    notifications). Reports that come from other members join at step 2.
//! 4. When the runtime's own code says that a round is decided ([`chain`]), the leader of the view
//!    proposes an outcome with the cut of logs that it follows from; members recompute it, commit
//!    what they are about to sign, and vote. A quorum of votes is the certificate.
//! 5. The certificate is committed, left for the off-chain worker to submit ([`duties`]), and told to
//!    subscribers and to the delivery plane ([`handle`]).
//!
//! Each stage is bounded, none waits for the next: what does not fit is refused at once, and whoever
//! sent it tries another member.
//!
//! # Memory
//!
//! A report leaves memory when it is on disk, and is read from there when somebody lacks it or its
//! answer is certified. What counting needs of it (its name, who, what tag, and its places in the
//! logs) stays until the round after it is over: some 600 bytes for a committee of four. The rest is
//! 64 MiB at most, whatever arrives:
//!
//! | bytes of | at most |
//! |---|---|
//! | calls that hand in envelopes | [`handle::CALL_MEMORY`] |
//! | envelopes between arrival and disk | [`intake::ENVELOPE_MEMORY`] |
//! | reports of other members between arrival and disk | [`intake::PEER_MEMORY`] |
//! | messages that wait to be sent | [`network::outbox::TOTAL`] |
//! | pages of the database | [`store::CACHE`] |

mod committee;

pub mod chain;
mod check;
pub mod duties;
pub mod handle;
pub mod intake;
pub mod io;
pub mod keys;
pub mod memory;
pub mod metrics;
pub mod network;
mod outcomes;
pub mod store;
pub mod table;
#[cfg(test)]
mod testing;
pub mod verify;
pub mod worker;

pub use handle::ReportsHandle;
pub use io::Event;
pub use outcomes::Push;

/// Log target of this crate.
pub(crate) const LOG: &str = "reports";

/// This machine's clock, in milliseconds since the Unix epoch.
pub(crate) fn now() -> eventum_primitives::Moment {
	std::time::SystemTime::now()
		.duration_since(std::time::UNIX_EPOCH)
		.map_or(0, |time| time.as_millis() as u64)
}
