// SPDX-License-Identifier: Apache-2.0

//! Finds authors that make two blocks for one slot, and reports them.
//!
//! Every block that this node imports or makes passes [`Watch`], after its seal was verified and while
//! the seal is still at hand. It keeps the headers of recent slots ([`window`]). Two for one slot go to
//! the [`Reporter`], which asks the chain who owned the slot on either fork. If it was the same key, it
//! submits both as a transaction that needs no signature but theirs.
//!
//! ```text
//! verified block ──▶ Watch ──▶ import
//!                      │ two for one slot
//!                      ▼
//!                   Reporter ──▶ transaction pool
//! ```
//!
//! Nothing is kept on disk: what a node saw before it was started, others saw, too.

mod chain;
mod import;
mod reporter;
pub mod window;

pub use chain::{Chain, ChainError, RuntimeChain};
pub use import::Watch;
pub use reporter::Reporter;

const LOG_TARGET: &str = "eventum::authorship";
