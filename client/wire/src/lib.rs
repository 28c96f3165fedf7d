// SPDX-License-Identifier: Apache-2.0

//! What travels in the report plane: sealing and opening, and the messages between committee
//! members. Free of node code, so that whatever decodes foreign bytes can be fuzzed and tested
//! quickly, and so that clients use the same code.
//!
//! | module | what it holds |
//! |---|---|
//! | [`seal`] | HPKE (RFC 9180): answers sealed to the feed, reports sealed to members |
//! | [`client`] | making a report and its envelopes, checking a receipt |
//! | [`receipt`] | a member's signed promise, and why a report is refused |
//! | [`message`] | what members say to each other |
//! | [`forward`] | what nodes forward to each other |
//! | [`heads`] | one signature for the heads of many logs |
//! | [`certified`] | a certified outcome on its way to receivers |

pub mod certified;
pub mod client;
pub mod forward;
pub mod heads;
mod kem;
pub mod message;
pub mod receipt;
pub mod seal;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod vectors;

pub use certified::Certified;
pub use message::Message;
pub use receipt::{IntakeError, Receipt};
pub use seal::Envelope;

use sp_core::{ed25519, Pair};

/// The ed25519 check, in the form in which [`eventum_primitives`] asks for it.
pub fn ed25519_verify(
	signature: &ed25519::Signature,
	message: &[u8],
	key: &ed25519::Public,
) -> bool {
	ed25519::Pair::verify(signature, message, key)
}
