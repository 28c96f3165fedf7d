// SPDX-License-Identifier: Apache-2.0

//! Types and pure rules shared by the runtime, the node, the command line and the tests.
//!
//! Nothing here touches storage, a clock or the network: every rule of Eventum that decides over
//! money or over the count of reports is a function in [`rules`], in integer arithmetic, so that
//! the chain, a committee member and a requester who checks both compute the same.
//!
//! | module | what it fixes |
//! |---|---|
//! | [`definition`] | what a requester may ask for, and its bounds |
//! | [`value`] | typed values, their canonical form, and how an answer is padded |
//! | [`report`] | a reporter's signed, sealed statement |
//! | [`log`] | the arrival logs of committee members and their signed heads |
//! | [`fault`] | proof that a committee member lied |
//! | [`outcome`] | the counted result of a round, its certificate and its detail |
//! | [`rules`] | agreement, count, fee, stake, reward, quorum; votes, elections and their pay |
//! | [`signing`] | what every signature covers |
//! | [`bucket`] | what is locked to vote with |
//! | [`delegate`] | what delegates say of themselves and promise |
//! | [`epoch`] | what is known of an epoch's elected set, its work and its pay |
//! | [`offence`] | what is proven by what members of elected sets signed |
//! | [`duties`] | what the node's native half hands to the off-chain workers |
//! | [`dev`] | well-known keys of development networks |
//! | [`traits`] | how pallets meet without depending on each other |
//! | [`apis`] | runtime APIs |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod apis;
pub mod beacon;
pub mod bits;
pub mod bucket;
pub mod committee;
pub mod definition;
pub mod delegate;
pub mod dev;
pub mod duties;
pub mod epoch;
pub mod fault;
pub mod feed;
pub mod log;
pub mod offence;
pub mod outcome;
pub mod report;
pub mod rules;
pub mod signing;
pub mod traits;
pub mod value;

pub use bucket::BucketId;
pub use feed::{FeedId, JoinIndex, MarketId, Round, Sequence};

use sp_runtime::{
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiSignature,
};

/// Signature of an extrinsic.
pub type Signature = MultiSignature;
/// Account of anyone who holds EVT or reports.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// Amount of EVT in units of 10⁻¹² EVT.
pub type Balance = u128;
/// Height of a block.
pub type BlockNumber = u32;
/// 32-byte BLAKE2b hash.
pub type Hash = sp_core::H256;
/// The hasher of the chain.
pub type Hashing = BlakeTwo256;
/// Count of an account's transactions.
pub type Nonce = u32;
/// A point in time, or a duration, in milliseconds (points: since the Unix epoch).
pub type Moment = u64;
/// Reputation in hundredths: 300 is the 3.00 that everyone starts with.
pub type Score = i32;
/// Parts per billion: shares and consensus rules.
pub type Ppb = u32;

/// Number of an epoch on the grid of slots.
pub type EpochIndex = u32;

/// One EVT.
pub const EVT: Balance = 1_000_000_000_000;
/// A thousandth of an EVT; the existential deposit.
pub const MILLI_EVT: Balance = EVT / 1_000;
/// One whole in parts per billion.
pub const PPB: Ppb = 1_000_000_000;

/// The session key of validation nodes: signs heads, receipts, outcomes and webhooks.
pub mod vald {
	use sp_application_crypto::{app_crypto, ed25519, KeyTypeId};

	/// Where the key is found in a node's keystore.
	pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"vald");
	app_crypto!(ed25519, KEY_TYPE);
}
