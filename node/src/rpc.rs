// SPDX-License-Identifier: Apache-2.0

//! JSON-RPC methods of the node, besides those that every Substrate node has.

use crate::service::FullClient;
use eventum_runtime::opaque::Block;
use jsonrpsee::{Methods, RpcModule};
use sc_transaction_pool_api::TransactionPool;
use std::sync::Arc;

/// What the methods need.
pub(crate) struct Deps<Pool> {
	/// The chain.
	pub(crate) client: Arc<FullClient>,
	/// Transactions not yet in a block.
	pub(crate) pool: Arc<Pool>,
	/// Methods of the report plane and of delivery.
	pub(crate) methods: Methods,
}

/// All methods in one module.
pub(crate) fn create<Pool>(
	deps: Deps<Pool>,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>>
where
	Pool: TransactionPool<Block = Block> + 'static,
{
	use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let Deps { client, pool, methods } = deps;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;
	module.merge(TransactionPayment::new(client).into_rpc())?;
	module.merge(methods)?;
	Ok(module)
}
