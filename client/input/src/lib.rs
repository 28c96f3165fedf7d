// SPDX-License-Identifier: Apache-2.0

//! What people write, and what it means to the chain. Free of network code, so that whatever reads
//! foreign text can be fuzzed and tested quickly, and used where there is no network.
//!
//! | module | what it holds |
//! |---|---|
//! | [`definition`] | market definitions: JSON to what is sent to the chain |
//! | [`values`] | answers as people write them |
//! | [`votes`] | recorded votes: CSV, and what they are votes about |
//! | [`decimal`], [`json`] | numbers and JSON that lose nothing |
//! | [`failure`] | why something cannot be done, and what to do next |

pub mod decimal;
pub mod definition;
pub mod failure;
pub mod json;
pub mod values;
pub mod votes;

pub use failure::Failure;
