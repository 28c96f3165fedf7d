// SPDX-License-Identifier: Apache-2.0

//! Tests of offences, a file per mechanism.

mod double_authorship;
mod history;
mod invariants;
mod slashes;
