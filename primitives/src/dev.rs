// SPDX-License-Identifier: Apache-2.0

//! Well-known keys of development networks, so that a genesis can name nodes that are not there yet.
//!
//! Everything follows from a secret URI such as `//Alice`: session keys and the `vald` key are the
//! pairs of that URI; the two secrets below are hashes of it. Anyone can compute them: never use
//! them where value is at stake.

use alloc::{format, string::String, vec::Vec};
use sp_crypto_hashing::blake2_256;

/// The secret URI of the `index`-th node of a development network.
pub fn node_uri(index: u32) -> String {
	const NAMES: [&str; 6] = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];
	NAMES.get(index as usize).map_or_else(|| format!("//Node{index}"), |name| format!("//{name}"))
}

/// X25519 secret that opens envelopes sealed to the node.
pub fn intake_secret(uri: &str) -> [u8; 32] {
	blake2_256(&[b"eventum/dev/intake", uri.as_bytes()].concat())
}

/// ed25519 secret of the node's network identity.
pub fn network_secret(uri: &str) -> [u8; 32] {
	blake2_256(&[b"eventum/dev/network", uri.as_bytes()].concat())
}

/// The libp2p peer id, as bytes, of a network identity: an identity multihash of the protobuf-coded
/// ed25519 public key (libp2p specification, peer-ids).
pub fn peer_id(public: &[u8; 32]) -> Vec<u8> {
	[&[0x00, 0x24, 0x08, 0x01, 0x12, 0x20], &public[..]].concat()
}
