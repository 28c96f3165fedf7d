// SPDX-License-Identifier: Apache-2.0

//! Tests, one file per subject.

mod candidates;
mod complaints;
mod invariants;
mod plans;
mod ranking;
mod registry;
