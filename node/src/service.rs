// SPDX-License-Identifier: Apache-2.0

//! The tasks of a running node.
//!
//! The report plane and delivery, which run beside the chain, are in [`plane`].

use crate::{beacon::BeaconProposers, keys, liveness, plane, rpc};
use eventum_authorship::{Reporter, RuntimeChain, Watch};
use eventum_runtime::{apis::RuntimeApi, opaque::Block, Header};
use futures::FutureExt;
use sc_client_api::{Backend, BlockBackend, UsageProvider};
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	GrandpaApi, SharedVoterState, ThreeQuartersOfTheUnfinalizedChain, VotingRulesBuilder,
};
use sc_executor::{HeapAllocStrategy, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_network::service::traits::NetworkService;
use sc_service::{
	error::Error as ServiceError, Configuration, SpawnEssentialTaskHandle, SpawnTaskHandle,
	TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::ProvideRuntimeApi;
use sp_consensus_aura::sr25519::{AuthorityId as AuraId, AuthorityPair as AuraPair};
use std::{sync::Arc, time::Duration};

/// Hash of blocks.
pub(crate) type Hash = eventum_runtime::Hash;
/// Executes the runtime. There are no host functions of our own, so that any tool can run it.
pub(crate) type Executor = sc_executor::WasmExecutor<sp_io::SubstrateHostFunctions>;
/// The chain.
pub(crate) type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// Where the chain is kept.
pub(crate) type FullBackend = sc_service::TFullBackend<Block>;
/// Transactions not yet in a block.
pub(crate) type FullPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;
type SelectChain = sc_consensus::LongestChain<FullBackend, Block>;
type GrandpaImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, FullClient, SelectChain>;
/// Pairs of blocks for one slot that [`Import`] finds.
type Twins = async_channel::Receiver<eventum_authorship::window::Pair<Header>>;
/// Looks at blocks on their way to [`GrandpaImport`].
type Import = eventum_authorship::Watch<GrandpaImport, Block>;
type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, FullClient, SelectChain>;

/// At least every so many blocks a justification is kept and sent.
const JUSTIFICATION_PERIOD: u32 = 512;

/// Slots between attempts to report an author.
const REPORT_PATIENCE: u32 = 3;

/// What commands that only work on the database need.
pub(crate) type Service = sc_service::PartialComponents<
	FullClient,
	FullBackend,
	SelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	(Import, Twins, GrandpaLink, Option<Telemetry>),
>;

/// What runs beside the chain may use.
pub(crate) struct Handles {
	/// The chain.
	pub(crate) client: Arc<FullClient>,
	/// The database, with the off-chain storage.
	pub(crate) backend: Arc<FullBackend>,
	/// Keys of this node.
	pub(crate) keystore: Arc<sc_keystore::LocalKeystore>,
	/// The network.
	pub(crate) network: Arc<dyn NetworkService>,
	/// Spawns tasks whose end does not end the node.
	pub(crate) spawn: SpawnTaskHandle,
	/// Spawns tasks whose end does.
	pub(crate) essential: SpawnEssentialTaskHandle,
	/// Metrics, if the node keeps them.
	pub(crate) metrics: Option<substrate_prometheus_endpoint::Registry>,
	/// Hash of the chain's first block.
	pub(crate) genesis: Hash,
}

/// Opens the database and makes what works on it.
pub(crate) fn new_partial(config: &Configuration) -> Result<Service, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor(config),
			Vec::new(),
		)?;
	let client = Arc::new(client);
	ensure_validators(&client)?;

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());

	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(|telemetry| telemetry.handle()),
	)?;

	let justification_import = Box::new(grandpa_import.clone());
	let (block_import, twins) = Watch::new(grandpa_import);

	let slot_duration = sc_consensus_aura::slot_duration::<AuraId, _, _>(&*client)?;
	let import_queue =
		sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
			block_import: block_import.clone(),
			justification_import: Some(justification_import),
			client: client.clone(),
			create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			check_for_equivocation: Default::default(),
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
			compatibility_mode: Default::default(),
		})?;

	Ok(sc_service::PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (block_import, twins, grandpa_link, telemetry),
	})
}

/// Executes the runtime as the configuration says. Compiled runtimes are kept beside the database, as
/// compiling one takes seconds in which a node that starts, or a chain that is upgraded, does nothing else.
fn executor(config: &Configuration) -> Executor {
	let options = &config.executor;
	let pages = options.default_heap_pages;
	let heap = pages.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| HeapAllocStrategy::Static {
		extra_pages: pages.try_into().unwrap_or(u32::MAX),
	});
	Executor::builder()
		.with_execution_method(options.wasm_method)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(options.max_runtime_instances)
		.with_runtime_cache_size(options.runtime_cache_size)
		.with_cache_path(config.base_path.path().join("runtimes"))
		.build()
}

/// Refuses a genesis that names no validators, such as `mainnet` before its ceremony: such a chain
/// never has a first block, and the finality gadget cannot start on it.
fn ensure_validators(client: &FullClient) -> Result<(), ServiceError> {
	let best = client.usage_info().chain.best_hash;
	// Without state, as before a warp sync, there is nothing to look at yet.
	match client.runtime_api().grandpa_authorities(best) {
		Ok(validators) if validators.is_empty() => Err(ServiceError::Other(
			"the genesis of this chain names no validators; `mainnet` gets them in its genesis \
			 ceremony, which makes a chain specification file"
				.into(),
		)),
		_ => Ok(()),
	}
}

/// Inherents of a block made now.
fn inherents(
	slot_duration: sp_consensus_aura::SlotDuration,
) -> (sp_consensus_aura::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider) {
	let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
	let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
		*timestamp,
		slot_duration,
	);
	(slot, timestamp)
}

/// Starts all tasks of a node.
pub(crate) fn new_full<N>(
	config: Configuration,
	options: plane::Options,
) -> Result<TaskManager, ServiceError>
where
	N: sc_network::NetworkBackend<Block, Hash>,
{
	let sc_service::PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (block_import, twins, grandpa_link, mut telemetry),
	} = new_partial(&config)?;

	let keystore = keystore_container.keystore();
	keys::insert_validation_keys(&config, &keystore)
		.map_err(|error| ServiceError::Application(Box::new(error)))?;

	let genesis = client
		.block_hash(0)?
		.ok_or_else(|| ServiceError::Other("the database has no genesis block".into()))?;
	let metrics = N::register_notification_metrics(config.prometheus_registry());
	let mut net_config = sc_network::config::FullNetworkConfiguration::<Block, Hash, N>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);

	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
	let (grandpa_config, grandpa_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_config);
	let fork = config.chain_spec.fork_id();
	let protocols = plane::Protocols::add(&mut net_config, &genesis, fork, metrics.clone());

	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			is_validator: config.role.is_authority(),
			keystore: Some(keystore.clone()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
			network_provider: Arc::new(network.clone()),
			enable_http_requests: false,
			custom_extensions: |_| Vec::new(),
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
		if let Some(storage) = backend.offchain_storage() {
			let note = liveness::note_finalized(client.clone(), storage);
			task_manager.spawn_handle().spawn("finalized-blocks", "offchain-worker", note);
		}
	}

	let role = config.role;
	let force_authoring = config.force_authoring;
	let name = config.network.node_name.clone();
	let enable_grandpa = !config.disable_grandpa;
	let registry = config.prometheus_registry().cloned();

	let handles = Handles {
		client: client.clone(),
		backend: backend.clone(),
		keystore: keystore_container.local_keystore(),
		network: network.clone(),
		spawn: task_manager.spawn_handle(),
		essential: task_manager.spawn_essential_handle(),
		metrics: registry.clone(),
		genesis,
	};
	let methods = plane::start(&handles, protocols, options)?;

	let rpc_builder = {
		let (client, pool) = (client.clone(), transaction_pool.clone());
		Box::new(move |_| {
			let (client, pool, methods) = (client.clone(), pool.clone(), methods.clone());
			rpc::create(rpc::Deps { client, pool, methods }).map_err(Into::into)
		})
	};

	let _rpc_handlers = sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore.clone(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	let slot_duration = sc_consensus_aura::slot_duration::<AuraId, _, _>(&*client)?;
	let reporter = Reporter {
		pairs: twins,
		chain: RuntimeChain::new(
			client.clone(),
			OffchainTransactionPoolFactory::new(transaction_pool.clone()),
		),
		patience: slot_duration.as_duration().saturating_mul(REPORT_PATIENCE),
	};
	task_manager.spawn_handle().spawn("authorship-reporter", None, reporter.run());

	if role.is_authority() {
		let proposer_factory = BeaconProposers {
			inner: sc_basic_authorship::ProposerFactory::new(
				task_manager.spawn_handle(),
				client.clone(),
				transaction_pool.clone(),
				registry.as_ref(),
				telemetry.as_ref().map(|telemetry| telemetry.handle()),
			),
			client: client.clone(),
			keystore: keystore.clone(),
			genesis,
		};
		let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(
			StartAuraParams {
				slot_duration,
				client,
				select_chain,
				block_import,
				proposer_factory,
				create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
				force_authoring,
				backoff_authoring_blocks: Option::<()>::None,
				keystore: keystore.clone(),
				sync_oracle: sync.clone(),
				justification_sync_link: sync.clone(),
				block_proposal_slot_portion: SlotProportion::new(0.5),
				max_block_proposal_slot_portion: None,
				telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
				compatibility_mode: Default::default(),
			},
		)?;
		task_manager.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	}

	if enable_grandpa {
		let voter = sc_consensus_grandpa::GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: Duration::from_millis(333),
				justification_generation_period: JUSTIFICATION_PERIOD,
				name: Some(name),
				observer_enabled: false,
				keystore: role.is_authority().then_some(keystore),
				local_role: role,
				telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
				protocol_name: grandpa_protocol,
			},
			link: grandpa_link,
			network,
			sync,
			notification_service: grandpa_notifications,
			// Aura hardly forks, and feeds wait for finality: voters need not stay behind the head.
			voting_rule: VotingRulesBuilder::new().add(ThreeQuartersOfTheUnfinalizedChain).build(),
			prometheus_registry: registry,
			shared_voter_state: SharedVoterState::empty(),
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		};
		task_manager.spawn_essential_handle().spawn_blocking(
			"grandpa-voter",
			None,
			sc_consensus_grandpa::run_grandpa_voter(voter)?,
		);
	}

	Ok(task_manager)
}
