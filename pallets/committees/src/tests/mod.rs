// SPDX-License-Identifier: Apache-2.0

//! Tests of committees.

mod accept;
mod draw;
mod faults;
mod invariants;
mod offchain;
mod registry;
