// SPDX-License-Identifier: Apache-2.0

//! The `eventum_*` JSON-RPC methods: only what is not in chain state, which is read through runtime
//! APIs.
//!
//! | method | for |
//! |---|---|
//! | `eventum_submitReport`, `eventum_submitReports` | reporters: hand in envelopes, get receipts |
//! | `eventum_subscribeOutcomes` | requesters: certified outcomes as they come |
//! | `eventum_webhookKeys` | requesters: what verifies webhooks |
//! | `eventum_nodeIdentity` | operators: what this node is |
//! | `eventum_registration` | operators: the proof that registering needs (unsafe) |
//! | `eventum_deadLetters` | operators: what could not be delivered |
//!
//! Why a report is refused is an error of a code of its own, [`error::FIRST_CODE`] plus the place of
//! the reason in [`eventum_wire::IntakeError`], with a message that says what would be right.

pub mod error;
mod methods;
pub mod types;

pub use methods::{Eventum, EventumApiServer};
