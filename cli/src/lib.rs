// SPDX-License-Identifier: Apache-2.0

//! The `eventum` command: markets, feeds, validation nodes, votes and delegates of an Eventum chain, and
//! replays of recorded votes. What people write is read in `eventum-input`.
//!
//! | module | what it holds |
//! |---|---|
//! | [`chain`] | a running chain: runtime APIs, calls, blocks, outcomes |
//! | [`reporting`] | handing reports to a committee |
//! | [`commands`] | what each command does |
//! | [`settlement`] | what a delegate's voters are due, and whether they got it |
//! | [`replay`] | recorded votes through the chain |

pub mod args;
pub mod chain;
pub mod commands;
pub mod progress;
pub mod replay;
pub mod reporting;
pub mod settlement;
pub mod show;

pub use eventum_input::Failure;
