// SPDX-License-Identifier: Apache-2.0

//! The `eventum` command: markets, feeds and validation nodes of an Eventum chain, and replays of
//! recorded votes.
//!
//! | module | what it holds |
//! |---|---|
//! | [`definition`] | market definitions: JSON to what is sent to the chain |
//! | [`values`] | answers as people write them |
//! | [`decimal`], [`json`] | numbers and JSON that lose nothing |
//! | [`chain`] | a running chain: runtime APIs, calls, blocks, outcomes |
//! | [`reporting`] | handing reports to a committee |
//! | [`commands`] | what each command does |
//! | [`replay`] | recorded votes through the chain |

pub mod args;
pub mod chain;
pub mod commands;
pub mod decimal;
pub mod definition;
pub mod failure;
pub mod json;
pub mod progress;
pub mod replay;
pub mod reporting;
pub mod show;
pub mod values;

pub use failure::Failure;
