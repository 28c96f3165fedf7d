// SPDX-License-Identifier: Apache-2.0

//! Tests, one file per subject.

mod calls;
mod discipline;
mod draws;
mod heartbeats;
mod invariants;
mod payments;
mod reading;
mod turns;
mod work;
