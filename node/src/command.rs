// SPDX-License-Identifier: Apache-2.0

//! What each command does.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	keys, plane, service,
};
use eventum_runtime::{genesis, opaque::Block};
use sc_cli::{OffchainWorkerEnabled, SubstrateCli};
use sc_network::config::NetworkBackendType;
use sc_service::PartialComponents;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Eventum Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn executable_name() -> String {
		"eventum-node".into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		"the developers of Eventum".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		let id = if id.is_empty() { genesis::MAINNET } else { id };
		match chain_spec::preset(id) {
			Some(spec) => Ok(Box::new(spec?)),
			None => Ok(Box::new(chain_spec::ChainSpec::from_json_file(id.into())?)),
		}
	}
}

/// Does what the command line says.
pub(crate) fn run() -> sc_cli::Result<()> {
	let mut cli = Cli::from_args();
	keys::identify(&mut cli);

	match &cli.subcommand {
		None => run_node(&cli),
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::ExportChainSpec(cmd)) => cmd.run(cli.load_spec(&cmd.chain)?),
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, .. } =
				service::new_partial(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
			Ok((cmd.run(client, config.database), task_manager))
		}),
		Some(Subcommand::ExportState(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
			Ok((cmd.run(client, config.chain_spec), task_manager))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, .. } =
				service::new_partial(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.database))
		}
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, backend, .. } =
				service::new_partial(&config)?;
			let revert_finality = Box::new(|client, _, blocks| {
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			});
			Ok((cmd.run(client, backend, Some(revert_finality)), task_manager))
		}),
		Some(Subcommand::ChainInfo(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run::<Block>(&config))
		}
	}
}

fn run_node(cli: &Cli) -> sc_cli::Result<()> {
	// Off-chain workers do the duties of validation nodes, which need not be block authors: they
	// run unless they are forbidden.
	let never = matches!(cli.run.offchain_worker_params.enabled, OffchainWorkerEnabled::Never);
	let seed = keys::seed(cli);
	let allow_private_webhooks = cli.webhook_allow_private;
	cli.create_runner(&cli.run)?.run_node_until_exit(|mut config| async move {
		config.offchain_worker.enabled = !never;
		if let Some(seed) = seed {
			keys::configure(&mut config, seed);
		}
		let options = plane::Options {
			base: config.base_path.config_dir(config.chain_spec.id()),
			allow_private_webhooks,
			seeds: keys::validation_seeds(&config),
		};
		match config.network.network_backend {
			NetworkBackendType::Libp2p => service::new_full::<
				sc_network::NetworkWorker<Block, service::Hash>,
			>(config, options),
			NetworkBackendType::Litep2p => {
				service::new_full::<sc_network::Litep2pNetworkBackend>(config, options)
			}
		}
		.map_err(sc_cli::Error::Service)
	})
}
