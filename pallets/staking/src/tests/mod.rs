// SPDX-License-Identifier: Apache-2.0

//! Tests, one file per subject.

mod buckets;
mod cost;
mod fuzz;
mod invariants;
mod own;
mod payouts;
mod reading;
mod rewards;
mod unlocking;
mod votes;
