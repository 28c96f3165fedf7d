// SPDX-License-Identifier: Apache-2.0

//! The Eventum runtime: composition of pallets, runtime APIs and genesis presets.
//!
//! | module | what it holds |
//! |---|---|
//! | [`configs`] | configuration of every pallet, a file per concern |
//! | [`apis`] | runtime APIs |
//! | `benchmarks` | what weights are measured with |
//! | [`genesis`] | genesis presets |
//! | [`invariants`] | what must always hold |
//! | [`weights`] | what upstream pallets, blocks and transactions cost, as measured |

#![cfg_attr(not(feature = "std"), no_std)]
// The tables of calls and APIs are built by recursive macros.
#![recursion_limit = "512"]
// What those macros make has no documentation.
#![allow(missing_docs)]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarks;
pub mod configs;
pub mod genesis;
pub mod invariants;
#[cfg(test)]
mod tests;
pub mod weights;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

/// Signature of an extrinsic.
pub type Signature = MultiSignature;

/// Account, as its public key or the hash of it.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;

/// How calls name an account.
pub type Address = MultiAddress<AccountId, ()>;

/// Amount of EVT in units of 10⁻¹² EVT.
pub type Balance = u128;

/// Height of a block.
pub type BlockNumber = u32;

/// Hash of blocks and state.
pub type Hash = sp_core::H256;

/// Number of transactions an account has sent.
pub type Nonce = u32;

/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

/// What every transaction passes through, in this order. Clients sign against it: an entry is never
/// moved or removed without a new transaction version.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// Extrinsic as the runtime decodes it.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// What a signed extrinsic signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Block as the runtime decodes it.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// Executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Types of the node, to which extrinsics are bytes.
pub mod opaque {
	use super::*;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header of a block.
	pub type Header = super::Header;

	/// Block of opaque extrinsics.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;

	/// Id of a block: its hash or its number.
	pub type BlockId = generic::BlockId<Block>;
}

impl_opaque_keys! {
	/// Session keys of a delegate.
	pub struct SessionKeys {
		/// Authors blocks and signs the beacon.
		pub aura: configs::consensus::AuraProducers,
		/// Finalizes blocks.
		pub grandpa: Grandpa,
	}
}

/// Version of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("eventum"),
	impl_name: Cow::Borrowed("eventum"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// 10⁻³ EVT.
pub const MILLI: Balance = 1_000_000_000;

/// One EVT, which has 12 decimals.
pub const EVT: Balance = 1_000 * MILLI;

/// Everything there is, on every chain, from genesis on.
pub const TOTAL_SUPPLY: Balance = 10_000_000_000 * EVT;

/// Least balance of an account.
pub const EXISTENTIAL_DEPOSIT: Balance = MILLI;

/// Prefix of addresses in text.
pub const SS58_PREFIX: u16 = 42;

/// Pallets run their hooks in the order of their indices. What depends on it:
/// Aura sets the slot; Authorship names the author by the set that owned the slot; Beacon verifies
/// the author's signature under that set; Clock tells whether a session begins; only then may Elections
/// rotate the session, which may replace the set. Genesis is built in the same order: Session asks
/// Elections for the first set; Staking holds what Balances has given, for what Delegates knows.
/// Indices not used here are kept for pallets to come.
#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Runtime>;

	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp::Pallet<Runtime>;

	#[runtime::pallet_index(2)]
	pub type Aura = pallet_aura::Pallet<Runtime>;

	#[runtime::pallet_index(3)]
	pub type Authorship = pallet_authorship::Pallet<Runtime>;

	#[runtime::pallet_index(4)]
	pub type Beacon = eventum_beacon::Pallet<Runtime>;

	#[runtime::pallet_index(5)]
	pub type Clock = eventum_clock::Pallet<Runtime>;

	#[runtime::pallet_index(6)]
	pub type OffenceReports = pallet_offences::Pallet<Runtime>;

	#[runtime::pallet_index(7)]
	pub type Offences = eventum_offences::Pallet<Runtime>;

	#[runtime::pallet_index(8)]
	pub type Elections = eventum_elections::Pallet<Runtime>;

	#[runtime::pallet_index(9)]
	pub type Delegates = eventum_delegates::Pallet<Runtime>;

	#[runtime::pallet_index(10)]
	pub type Session = pallet_session::Pallet<Runtime>;

	#[runtime::pallet_index(11)]
	pub type Grandpa = pallet_grandpa::Pallet<Runtime>;

	#[runtime::pallet_index(20)]
	pub type Balances = pallet_balances::Pallet<Runtime>;

	#[runtime::pallet_index(21)]
	pub type TransactionPayment = pallet_transaction_payment::Pallet<Runtime>;

	#[runtime::pallet_index(22)]
	pub type Staking = eventum_staking::Pallet<Runtime>;

	#[runtime::pallet_index(30)]
	pub type Utility = pallet_utility::Pallet<Runtime>;

	#[runtime::pallet_index(31)]
	pub type Proxy = pallet_proxy::Pallet<Runtime>;

	#[runtime::pallet_index(32)]
	pub type Preimage = pallet_preimage::Pallet<Runtime>;

	#[runtime::pallet_index(33)]
	pub type Parameters = pallet_parameters::Pallet<Runtime>;

	#[runtime::pallet_index(40)]
	pub type Reputation = eventum_reputation::Pallet<Runtime>;

	#[runtime::pallet_index(41)]
	pub type Rewards = eventum_rewards::Pallet<Runtime>;

	#[runtime::pallet_index(42)]
	pub type Committees = eventum_committees::Pallet<Runtime>;

	#[runtime::pallet_index(43)]
	pub type Markets = eventum_markets::Pallet<Runtime>;

	// 44..=49: disputes. 50..=59: governance.
}
