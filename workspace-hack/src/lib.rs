// SPDX-License-Identifier: Apache-2.0

//! Empty. What matters is in `Cargo.toml`: the features of outside crates that all crates here share.

#![no_std]
