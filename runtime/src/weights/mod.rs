// SPDX-License-Identifier: Apache-2.0

//! What upstream pallets, blocks and transactions cost, measured on this runtime by
//! `scripts/weights.sh`.

pub mod frame_system;
pub mod frame_system_extensions;
pub mod pallet_balances;
pub mod pallet_parameters;
pub mod pallet_preimage;
pub mod pallet_proxy;
pub mod pallet_session;
pub mod pallet_timestamp;
pub mod pallet_transaction_payment;
pub mod pallet_utility;
pub mod runtime_base;
