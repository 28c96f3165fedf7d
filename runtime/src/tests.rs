// SPDX-License-Identifier: Apache-2.0

//! Tests of the composition: presets, order of hooks, fees, blocks of the whole runtime, and
//! what clients see of it.

mod blocks;
mod chain;
mod genesis;
mod life;
mod metadata;
