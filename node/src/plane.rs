// SPDX-License-Identifier: Apache-2.0

//! The report plane and delivery as tasks of the node.
//!
//! ```text
//! JSON-RPC ─▶ handle ─▶ intake ─▶ worker ─▶ events ─▶ delivery ─▶ webhooks
//!               │          ▲        ▲  │       └────▶ subscriptions
//!               ▼          │        │  ▼
//!           other nodes ── intake   gossip ── other members
//! ```

use crate::service::Handles;
use eventum_delivery::{Delivery, Input as DeliveryInput};
use eventum_primitives::vald;
use eventum_reports::{
	chain::{Chain, RuntimeChain},
	duties::Duties,
	handle::{self, event_channel},
	intake::{self, Intake},
	io::{Event, Input},
	keys::Identities,
	metrics::Metrics,
	network::{self, requests, Forwarder, Gossip, Notifications, Outboxes, Requests},
	store::Store,
	table::FeedTable,
	worker::{self, Worker},
	ReportsHandle,
};
use eventum_rpc::{Eventum, EventumApiServer};
use eventum_runtime::opaque::Block;
use futures::{future, StreamExt};
use jsonrpsee::Methods;
use sc_client_api::Backend;
use sc_network::{config::FullNetworkConfiguration, service::NotificationMetrics, NetworkBackend};
use sc_service::error::Error as ServiceError;
use std::{path::PathBuf, sync::Arc};

type Hash = eventum_runtime::Hash;

/// Inputs that may wait for the worker.
const INPUTS: usize = 8_192;

/// What an operator decides.
#[derive(Clone, Debug)]
pub(crate) struct Options {
	/// Where reports, logs and posts are kept.
	pub(crate) base: PathBuf,
	/// Whether webhooks may be on inner networks.
	pub(crate) allow_private_webhooks: bool,
	/// Seeds of development keys that may be in the keystore.
	pub(crate) seeds: Vec<String>,
}

/// The protocols, made known to the network before it is built.
pub(crate) struct Protocols {
	notifications: Notifications,
	requests: Requests,
}

impl Protocols {
	/// Adds them to the network's configuration.
	pub(crate) fn add<N>(
		config: &mut FullNetworkConfiguration<Block, Hash, N>,
		genesis: &Hash,
		fork: Option<&str>,
		metrics: NotificationMetrics,
	) -> Self
	where
		N: NetworkBackend<Block, Hash>,
	{
		let peers = config.peer_store_handle();
		let (protocol, notifications) =
			network::reports_protocol::<Block, N>(genesis, fork, metrics, peers);
		config.add_notification_protocol(protocol);
		let (protocol, requests) = network::intake_protocol::<Block, N>(genesis, fork);
		config.add_request_response_protocol(protocol);
		Self { notifications, requests }
	}
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> ServiceError {
	ServiceError::Application(Box::new(error))
}

/// Starts all tasks; gives the RPC methods.
pub(crate) fn start(
	node: &Handles,
	protocols: Protocols,
	options: Options,
) -> Result<Methods, ServiceError> {
	let Protocols { notifications, requests } = protocols;
	std::fs::create_dir_all(&options.base)?;
	let metrics = Metrics::new(node.metrics.as_ref());
	let pairs = node.keystore.clone();
	let identities = Identities::load(node.keystore.clone(), &options.base, &options.seeds)?
		.with_pairs(move |key| {
			let pair = pairs.key_pair::<vald::Pair>(key).ok().flatten()?;
			Some(pair.into_inner())
		});
	let store = Arc::new(Store::open(&options.base.join("reports.redb")).map_err(failed)?);
	let chain: Arc<dyn Chain> = Arc::new(RuntimeChain::<Block, _>::new(node.client.clone()));
	let table = FeedTable::default();
	let outboxes = Outboxes::default();
	let events = event_channel();
	let (to_worker, inputs) = async_channel::bounded::<Input>(INPUTS);
	let intake = Intake::start(
		node.genesis,
		table.clone(),
		to_worker.clone(),
		intake::Config::default(),
		metrics.clone(),
	)?;

	let forwarder = Arc::new(Forwarder::new(node.network.clone(), requests.name()));
	let reports = ReportsHandle::new(handle::Parts {
		intake: intake.clone(),
		table: table.clone(),
		forwarder,
		chain: chain.clone(),
		store: store.clone(),
		identities: identities.clone(),
		worker: to_worker.clone(),
		events: events.clone(),
	});
	let dead_letters = start_delivery(node, &options, &reports, identities.clone())?;

	let gossip = Gossip::new(
		notifications,
		node.network.clone(),
		outboxes.clone(),
		table.clone(),
		intake.clone(),
		to_worker,
		metrics.clone(),
	);
	let duties = Duties::new(
		node.backend
			.offchain_storage()
			.ok_or_else(|| ServiceError::Other("the database has no off-chain storage".into()))?,
	);
	let worker = Worker::new(worker::Parts {
		chain,
		keys: identities,
		store,
		table,
		network: outboxes,
		duties,
		events,
		metrics,
		inputs,
	})
	.map_err(failed)?;
	node.essential.spawn_blocking("reports-worker", Some("reports"), worker.run());
	node.spawn.spawn("reports-gossip", Some("reports"), gossip.run());
	node.spawn.spawn("reports-requests", Some("reports"), requests::serve(requests, intake));
	Ok(Eventum::new(reports, dead_letters).into_rpc().into())
}

/// Starts the task that posts outcomes to webhooks.
fn start_delivery(
	node: &Handles,
	options: &Options,
	reports: &ReportsHandle,
	identities: Identities,
) -> Result<Arc<dyn eventum_delivery::DeadLetters>, ServiceError> {
	let config = eventum_delivery::Config {
		base_path: options.base.clone(),
		allow_private: options.allow_private_webhooks,
		genesis: node.genesis,
	};
	let announce = {
		let reports = reports.clone();
		Arc::new(move |feed, round, sequence| reports.delivered(feed, round, sequence))
	};
	let signer = Arc::new(move |key: &_, message: &[u8]| identities.sign(key, message));
	let mut delivery = Delivery::new(config, signer, announce).map_err(failed)?;
	if let Some(registry) = &node.metrics {
		delivery = delivery.with_metrics(registry);
	}
	let dead_letters = delivery.dead_letters();
	let inputs = reports.everything(delivery.taken()).filter_map(|event| {
		future::ready(match event {
			Event::Certified(certified) => Some(DeliveryInput::Certified(certified)),
			Event::Delivered { feed, round, sequence } => {
				Some(DeliveryInput::Delivered { feed, round, sequence })
			}
			Event::Settled(feed) => Some(DeliveryInput::Settled(feed)),
			Event::Serving(_) => None,
		})
	});
	node.spawn.spawn("delivery", Some("delivery"), delivery.run(inputs.boxed()));
	Ok(dead_letters)
}
