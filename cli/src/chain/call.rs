// SPDX-License-Identifier: Apache-2.0

//! Calls: arguments in SCALE from the types shared with the runtime, places by name from the chain's
//! own metadata. No generated code, so an upgrade that moves a pallet breaks nothing here.

mod voting;

use codec::{Compact, Encode};
use eventum_primitives::{
	committee::{IntakeKey, PeerId},
	definition::FeedInput,
	report::ReportKey,
	rules::fee::FeeTerms,
	vald, AccountId, Balance, FeedId,
};
use sp_core::ed25519;
use sp_runtime::MultiAddress;
use subxt::{
	ext::{
		scale_encode::{EncodeAsFields, Error as EncodeError},
		scale_type_resolver::{FieldIter, TypeResolver},
	},
	transactions::Payload,
	Metadata,
};

/// A call with encoded arguments.
#[derive(Clone, Debug)]
pub struct Call {
	pallet: &'static str,
	name: &'static str,
	arguments: Arguments,
}

/// Arguments, one after the other.
#[derive(Clone, Debug)]
pub struct Arguments(Vec<u8>);

impl EncodeAsFields for Arguments {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		_fields: &mut dyn FieldIter<'_, R::TypeId>,
		_types: &R,
		out: &mut Vec<u8>,
	) -> Result<(), EncodeError> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}

impl Payload for Call {
	type CallData = Arguments;

	fn pallet_name(&self) -> &str {
		self.pallet
	}

	fn call_name(&self) -> &str {
		self.name
	}

	fn call_data(&self) -> &Arguments {
		&self.arguments
	}
}

impl Call {
	fn new(pallet: &'static str, name: &'static str, arguments: impl Encode) -> Self {
		Self { pallet, name, arguments: Arguments(arguments.encode()) }
	}

	/// Creates a market.
	pub fn create_market(feeds: &[FeedInput]) -> Self {
		Self::new("Markets", "create_market", feeds)
	}

	/// Joins a feed.
	pub fn join(feed: FeedId, key: ReportKey) -> Self {
		Self::new("Markets", "join", (feed, key))
	}

	/// Changes the key that signs an account's reports.
	pub fn set_report_key(feed: FeedId, key: ReportKey) -> Self {
		Self::new("Markets", "set_report_key", (feed, key))
	}

	/// Leaves a feed.
	pub fn leave(feed: FeedId) -> Self {
		Self::new("Markets", "leave", feed)
	}

	/// Sets what the committee of a series is paid.
	pub fn set_fee(feed: FeedId, terms: FeeTerms) -> Self {
		Self::new("Markets", "set_fee", (feed, terms))
	}

	/// Keeps a text under its hash.
	pub fn note_preimage(text: &[u8]) -> Self {
		Self::new("Preimage", "note_preimage", text)
	}

	/// Sends EVT.
	pub fn transfer(to: &AccountId, amount: Balance) -> Self {
		let to = MultiAddress::<AccountId, ()>::Id(to.clone());
		Self::new("Balances", "transfer_allow_death", (to, Compact(amount)))
	}

	/// Registers a validation node.
	pub fn register_node(node: &Registration) -> Self {
		let Registration { vald, intake, peer, min_fee, bond, proof } = node;
		Self::new("Committees", "register", (vald, intake, peer, min_fee, bond, proof))
	}

	/// All of these or none.
	pub fn all(calls: &[Self], metadata: &Metadata) -> Result<Self, String> {
		let mut arguments = Compact(calls.len() as u32).encode();
		for call in calls {
			arguments.extend(call.encoded(metadata)?);
		}
		Ok(Self { pallet: "Utility", name: "batch_all", arguments: Arguments(arguments) })
	}

	/// The call as a chain with this metadata reads it.
	pub fn encoded(&self, metadata: &Metadata) -> Result<Vec<u8>, String> {
		let pallet = metadata.pallet_by_name(self.pallet);
		let found = pallet.as_ref().and_then(|pallet| {
			let variant = pallet.call_variant_by_name(self.name)?;
			Some([pallet.call_index(), variant.index])
		});
		let place = found.ok_or_else(|| {
			let Self { pallet, name, .. } = self;
			format!("the chain has no call {pallet}.{name}: use the eventum of its release")
		})?;
		Ok([&place[..], &self.arguments.0].concat())
	}
}

/// What a validation node is registered with.
#[derive(Clone, Debug)]
pub struct Registration {
	/// Key that signs.
	pub vald: vald::Public,
	/// Key that envelopes are sealed to.
	pub intake: IntakeKey,
	/// Where it is found.
	pub peer: PeerId,
	/// What it asks per counted report.
	pub min_fee: Balance,
	/// What is locked.
	pub bond: Balance,
	/// The node's proof that the operator holds its key.
	pub proof: ed25519::Signature,
}
