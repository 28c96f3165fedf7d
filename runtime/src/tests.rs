// SPDX-License-Identifier: Apache-2.0

//! Tests of the composition: presets, order of hooks, fees, blocks of the whole runtime, and whole
//! epochs of the real chain.

mod blocks;
mod chain;
mod delegates;
mod epochs;
mod genesis;
mod offences;
