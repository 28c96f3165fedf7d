// SPDX-License-Identifier: Apache-2.0

//! Signatures and keys in the form of the Standard Webhooks convention, asymmetric scheme `v1a`.

use base64::{engine::general_purpose::STANDARD, Engine};
use eventum_primitives::vald;
use sp_core::{crypto::ByteArray, ed25519};

/// A member's public key as webhook libraries take it.
pub fn webhook_key(key: &vald::Public) -> String {
	format!("whpk_{}", STANDARD.encode(key.as_slice()))
}

/// The bytes that a request's signature covers.
pub(crate) fn signed_bytes(id: &str, timestamp: u64, body: &str) -> Vec<u8> {
	format!("{id}.{timestamp}.{body}").into_bytes()
}

/// The value of the `webhook-signature` header.
pub(crate) fn header(signature: &ed25519::Signature) -> String {
	format!("v1a,{}", STANDARD.encode(AsRef::<[u8]>::as_ref(signature)))
}
