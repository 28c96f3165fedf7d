// SPDX-License-Identifier: Apache-2.0

//! Delivery: certified outcomes posted to the webhooks of their feeds.
//!
//! Every member of a committee holds the same certificate and could post it. Who does is a matter of
//! rank after the leader of the outcome's view ([`schedule`]); whoever succeeds tells the others.
//! Posts are the same bytes under the same `webhook-id` from every member ([`mod@body`]), so that a
//! receiver need not care who posted, nor how often: delivery is at least once.
//!
//! ```text
//! certificates ─▶ queue ──▶ attempts (64 at once, 4 per host) ──▶ receiver
//!                 │  ▲          │ taken: the others are told
//!                 ▼  └──────────┤ failed: again after 1 s, 2 s, … 10 min, for a day
//!               disk            └ given up: dead letter
//! ```
//!
//! Posts carry the headers of the Standard Webhooks convention, signed with the member's `vald` key
//! (ed25519, `v1a`). Requesters choose where posts go, so an address of an inner network is refused
//! and redirects are not followed.

mod address;
pub mod body;
mod entry;
mod graves;
mod json;
mod metrics;
mod post;
mod queue;
pub mod schedule;
mod signature;
mod store;
#[cfg(test)]
mod testing;
mod worker;

pub use body::body;
pub use entry::{DeadLetter, DeadLetters};
pub use eventum_wire::Certified;
pub use post::Signer;
pub use signature::webhook_key;
pub use store::StoreError;
pub use worker::{Announce, Config, Delivery, Input};

const LOG_TARGET: &str = "eventum::delivery";
