// SPDX-License-Identifier: Apache-2.0

//! Command line of the node.

use sc_cli::RunCmd;

/// Bytes of the trie cache. Substrate's own default of 1 GiB would fill within hours of a busy day; the
/// state of this chain is small, and a validation node should run on a small machine.
const TRIE_CACHE: &str = "67108864";

/// Everything that can be said to the node.
#[derive(Debug, clap::Parser)]
#[command(mut_arg("trie_cache_size", |size| size.default_value(TRIE_CACHE)))]
pub(crate) struct Cli {
	/// What to do instead of running.
	#[command(subcommand)]
	pub(crate) subcommand: Option<Subcommand>,

	/// How to run.
	#[clap(flatten)]
	pub(crate) run: RunCmd,

	/// Take all keys of a development node from this public seed, e.g. `//Node7`, and run as a
	/// validator. `--alice` to `--ferdie` are short for `--dev-seed //Alice` to `//Ferdie`.
	#[arg(
		long,
		value_name = "SEED",
		conflicts_with_all = ["alice", "bob", "charlie", "dave", "eve", "ferdie", "one", "two"]
	)]
	pub(crate) dev_seed: Option<String>,

	/// Post results also to webhooks on private, loopback and link-local addresses. Only for
	/// networks where whoever creates a feed may reach what this node reaches.
	#[arg(long)]
	pub(crate) webhook_allow_private: bool,
}

/// What the node does besides running.
#[derive(Debug, clap::Subcommand)]
#[allow(clippy::large_enum_variant)]
pub(crate) enum Subcommand {
	/// Make, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Print the specification of a chain.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Check a block again.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Write the state at a block as a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove the chain from disk.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Go back to an earlier block.
	Revert(sc_cli::RevertCmd),

	/// Print what is known of the chain on disk.
	ChainInfo(sc_cli::ChainInfoCmd),
}
