// SPDX-License-Identifier: Apache-2.0

//! The node that delegates, validation nodes and RPC servers run.
//!
//! | module | what it holds |
//! |---|---|
//! | `cli`, `command` | command line, and what each command does |
//! | `chain_spec` | chains this binary knows |
//! | `service` | the tasks of a running node |
//! | `plane` | the report plane and delivery |
//! | `beacon` | the author's part of the randomness beacon |
//! | `liveness` | what a delegate's proof of life needs to know |
//! | `rpc` | JSON-RPC methods |

// The error type is sc-service's; it is returned once, when the node does not start.
#![allow(clippy::result_large_err)]

mod beacon;
mod chain_spec;
mod cli;
mod command;
mod keys;
mod liveness;
mod plane;
mod rpc;
mod service;

/// The C library's allocator keeps what many threads have freed: memory grew by 70 MiB with each feed of
/// 900,000 reports. This one gives it back.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> sc_cli::Result<()> {
	command::run()
}
