// SPDX-License-Identifier: Apache-2.0

//! Configuration of every pallet, a file per concern.

pub mod consensus;
pub mod delegates;
pub mod governance;
pub mod markets;
pub mod money;
pub mod offchain;
pub mod offences;
pub mod system;
