// SPDX-License-Identifier: Apache-2.0

//! `eventum node`.

use super::Context;
use crate::{
	args::NodeCommand,
	chain::{
		call::{Call, Registration},
		from_hex,
		keys::ss58,
		Key,
	},
	progress::Progress,
	Failure,
};
use eventum_input::decimal::evt_text;
use eventum_primitives::vald;
use serde_json::{json, Value};
use sp_core::ed25519;
use subxt::rpcs::rpc_params;

pub(super) async fn run(context: &Context, command: NodeCommand) -> Result<(), Failure> {
	let NodeCommand::Register { suri, bond, min_fee, vald } = command;
	let key = Key::from_suri(&suri)?;
	let chain = context.chain().await?;
	let operator = ss58(&key.account());
	// Any node answers what is of the chain, but this is of the one that is registered.
	let node = chain.pool().endpoints().first().cloned();
	let node = node.ok_or_else(|| Failure::new("no node is given").hint("give one with --url"))?;
	let answer = node.call("eventum_registration", rpc_params![&operator].build()).await;
	let answer = answer.map_err(|error| {
		Failure::new(format!("{}: eventum_registration: {error}", node.url()))
			.hint("ask the node itself, on its own machine, with unsafe RPC methods allowed")
	})?;
	let identities: Vec<Value> = serde_json::from_str(answer.get()).map_err(Failure::new)?;
	let identity = choose(&identities, vald.as_deref())?;
	let registration = Registration {
		vald: vald::Public::from(ed25519::Public::from_raw(array(identity, "vald")?)),
		intake: array(identity, "intake")?,
		peer: bytes(identity, "peerBytes")?
			.try_into()
			.map_err(|_| Failure::new("the node's peer id is longer than 64 bytes"))?,
		min_fee,
		bond,
		proof: ed25519::Signature::from_raw(array(identity, "proof")?),
	};
	let call = Call::register_node(&registration);
	let executed = chain.execute(&call, &key);
	Progress::default().during("waiting until the registration is final", executed).await?;
	context.print(
		|| {
			format!(
				"{operator} is registered with a bond of {} EVT, from {} EVT a report\n\
				 next: keep the node running; it accepts feeds by itself",
				evt_text(bond),
				evt_text(min_fee)
			)
		},
		|| {
			json!({
				"operator": operator,
				"vald": identity.get("vald"),
				"bond": evt_text(bond),
				"min_fee": evt_text(min_fee),
			})
		},
	);
	Ok(())
}

/// The identity with the key that was asked for, or the only one.
fn choose<'a>(identities: &'a [Value], vald: Option<&str>) -> Result<&'a Value, Failure> {
	let keys: Vec<&str> =
		identities.iter().filter_map(|identity| identity.get("vald")?.as_str()).collect();
	let found = match (vald, identities) {
		(Some(key), _) => identities
			.iter()
			.find(|identity| identity.get("vald").and_then(Value::as_str) == Some(key)),
		(None, [only]) => Some(only),
		(None, _) => None,
	};
	found.ok_or_else(|| match keys[..] {
		[] => Failure::new("the node has no validation key")
			.hint("put a key of type vald (ed25519) into its keystore and start it again"),
		_ => Failure::new("the node has several validation keys, or not the one that is asked for")
			.hint(format!("choose with --vald one of {}", keys.join(", "))),
	})
}

fn bytes(identity: &Value, key: &str) -> Result<Vec<u8>, Failure> {
	let text = identity.get(key).and_then(Value::as_str).ok_or_else(|| {
		Failure::new(format!("the node does not tell its {key}")).hint("use a node of this release")
	})?;
	from_hex(text)
}

fn array<const N: usize>(identity: &Value, key: &str) -> Result<[u8; N], Failure> {
	bytes(identity, key)?
		.try_into()
		.map_err(|_| Failure::new(format!("the node's {key} is not {N} bytes")))
}
