// SPDX-License-Identifier: Apache-2.0

//! Tests of the composition: presets, order of hooks, fees, and blocks of the whole runtime.

mod blocks;
mod genesis;
