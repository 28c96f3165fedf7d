// SPDX-License-Identifier: Apache-2.0

//! Decodes a chain from genesis to a block: every extrinsic and event, and all of the state at
//! genesis, at every so many blocks and at the last one.

use crate::{ensure, say, Failure};
use serde_json::{json, Value as Json};
use std::collections::BTreeMap;
use subxt::{
	client::OnlineClientAtBlock,
	config::SubstrateConfig,
	dynamic::Value,
	ext::scale_value::{Composite, ValueDef},
	OnlineClient,
};

type Tally = BTreeMap<String, u64>;
type Block = OnlineClientAtBlock<SubstrateConfig>;

pub(crate) async fn judge(url: &str, last: u64, step: u64) -> Result<Json, Failure> {
	let client = OnlineClient::<SubstrateConfig>::from_insecure_url(url).await?;
	let (mut extrinsics, mut events, mut storage) = (Tally::new(), Tally::new(), Tally::new());
	for number in 0..=last {
		let block = client.at_block(number).await?;
		for extrinsic in block.extrinsics().fetch().await?.iter() {
			let extrinsic = extrinsic?;
			let name = format!("{}.{}", extrinsic.pallet_name(), extrinsic.call_name());
			extrinsic.decode_call_data_fields_unchecked_as::<Composite<()>>()?;
			for extension in extrinsic.transaction_extensions().iter().flat_map(|all| all.iter()) {
				extension.decode_unchecked_as::<Value>()?;
			}
			count(&mut extrinsics, name, 1);
		}
		for event in block.events().fetch().await?.iter() {
			let event = event?;
			event.decode_fields_unchecked_as::<Composite<()>>()?;
			count(&mut events, format!("{}.{}", event.pallet_name(), event.event_name()), 1);
		}
		if number % step == 0 || number == last {
			read_state(&block, &mut storage).await?;
		}
	}
	say(&format!("{} blocks read", last + 1));
	Ok(
		json!({ "blocks": last + 1, "extrinsics": extrinsics, "events": events, "storage": storage }),
	)
}

fn count(tally: &mut Tally, name: String, more: u64) {
	*tally.entry(name).or_default() += more;
}

async fn read_state(block: &Block, storage: &mut Tally) -> Result<(), Failure> {
	for item in block.storage().entries() {
		let name = format!("{}.{}", item.pallet_name(), item.entry_name());
		let entry = item.entry()?;
		if entry.is_plain() {
			if let Some(value) = entry.try_fetch(Vec::new()).await? {
				value.decode()?;
			}
			count(storage, name, 1);
			continue;
		}
		let (mut entries, mut found) = (entry.iter(Vec::<Value>::new()).await?, 0);
		while let Some(pair) = entries.next().await {
			let pair = pair?;
			for part in pair.key()?.parts() {
				ensure(part.decode_as::<Value>()?.is_some(), "keys can be read off")?;
			}
			let value = pair.value().decode()?;
			ensure(!matches!(value.value, ValueDef::BitSequence(_)), "there are no bit sequences")?;
			found += 1;
		}
		count(storage, name, found);
	}
	Ok(())
}
