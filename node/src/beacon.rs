// SPDX-License-Identifier: Apache-2.0

//! The author's part of the randomness beacon: a proposer that adds the VRF signature of the slot's
//! owner to the block it makes.

use eventum_primitives::beacon::{self, BeaconApi};
use eventum_runtime::opaque::{Block, Header};
use futures::{future::BoxFuture, FutureExt};
use sp_api::ProvideRuntimeApi;
use sp_consensus::{Environment, Proposal, ProposeArgs, Proposer};
use sp_consensus_aura::{digests::CompatibleDigestItem, sr25519::AuthoritySignature};
use sp_core::H256;
use sp_keystore::{Keystore, KeystorePtr};
use sp_runtime::{key_types::AURA, Digest, DigestItem};
use std::sync::Arc;

/// Makes proposers that sign for the beacon.
pub(crate) struct BeaconProposers<Inner, Client> {
	/// Makes the proposers that fill the block.
	pub(crate) inner: Inner,
	/// Asked for the claim.
	pub(crate) client: Arc<Client>,
	/// Holds the author's key.
	pub(crate) keystore: KeystorePtr,
	/// Hash of the chain's first block.
	pub(crate) genesis: H256,
}

impl<Inner, Client> Environment<Block> for BeaconProposers<Inner, Client>
where
	Inner: Environment<Block, Error = sp_blockchain::Error>,
	Inner::Proposer: Proposer<Block, Error = sp_blockchain::Error>,
	Client: ProvideRuntimeApi<Block> + Send + Sync + 'static,
	Client::Api: BeaconApi<Block>,
{
	type Proposer = BeaconProposer<Inner::Proposer, Client>;
	type CreateProposer = BoxFuture<'static, Result<Self::Proposer, Self::Error>>;
	type Error = sp_blockchain::Error;

	fn init(&mut self, parent: &Header) -> Self::CreateProposer {
		let (client, keystore) = (self.client.clone(), self.keystore.clone());
		let (genesis, parent_hash) = (self.genesis, parent.hash());
		let inner = self.inner.init(parent);
		async move {
			let inner = inner.await?;
			Ok(BeaconProposer { inner, client, keystore, genesis, parent: parent_hash })
		}
		.boxed()
	}
}

/// Proposes one block.
pub(crate) struct BeaconProposer<Inner, Client> {
	inner: Inner,
	client: Arc<Client>,
	keystore: KeystorePtr,
	genesis: H256,
	parent: H256,
}

impl<Inner, Client> BeaconProposer<Inner, Client>
where
	Client: ProvideRuntimeApi<Block>,
	Client::Api: BeaconApi<Block>,
{
	/// Digest item of the slot that the given digest is for.
	fn sign(&self, digest: &Digest) -> Result<DigestItem, sp_blockchain::Error> {
		let fail = |why: String| sp_blockchain::Error::Backend(format!("beacon: {why}"));
		let slot = digest
			.logs()
			.iter()
			.find_map(CompatibleDigestItem::<AuthoritySignature>::as_aura_pre_digest)
			.ok_or_else(|| fail("the block has no slot".into()))?;
		let claim = self
			.client
			.runtime_api()
			.beacon_claim(self.parent, *slot)?
			.ok_or_else(|| fail("the slot has no owner".into()))?;
		let signature = self
			.keystore
			.sr25519_vrf_sign(AURA, &claim.public(), &claim.transcript(self.genesis, *slot))
			.map_err(|error| fail(error.to_string()))?
			.ok_or_else(|| fail("the key of the slot's owner is not in the keystore".into()))?;
		Ok(beacon::digest_item(&signature))
	}
}

impl<Inner, Client> Proposer<Block> for BeaconProposer<Inner, Client>
where
	Inner: Proposer<Block, Error = sp_blockchain::Error> + Send + 'static,
	Client: ProvideRuntimeApi<Block> + Send + Sync + 'static,
	Client::Api: BeaconApi<Block>,
{
	type Error = sp_blockchain::Error;
	type Proposal = BoxFuture<'static, Result<Proposal<Block>, Self::Error>>;

	fn propose(self, mut args: ProposeArgs<Block>) -> Self::Proposal {
		match self.sign(&args.inherent_digests) {
			Ok(item) => {
				args.inherent_digests.push(item);
				self.inner.propose(args).boxed()
			}
			Err(error) => futures::future::err(error).boxed(),
		}
	}
}
