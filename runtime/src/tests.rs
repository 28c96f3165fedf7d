// SPDX-License-Identifier: Apache-2.0

//! Tests of the composition: presets, order of hooks, fees, blocks of the whole runtime, whole epochs of
//! the real chain, and what clients see of it.

mod blocks;
mod chain;
mod delegates;
mod epochs;
mod genesis;
mod life;
mod metadata;
mod offences;
