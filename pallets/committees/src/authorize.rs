// SPDX-License-Identifier: Apache-2.0

//! Which unsigned calls are let into the pool and into blocks.

use crate::{pallet::Config, Error, Pallet, Step};
use eventum_primitives::{vald, FeedId};
use frame_support::pallet_prelude::*;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::transaction_validity::TransactionValidityWithRefund;

/// Blocks that an acceptance waits in the pool.
const LONGEVITY: TransactionLongevity = 64;

/// Above all ordinary transactions: a node has one of each kind at most.
const PRIORITY: TransactionPriority = TransactionPriority::MAX / 2;

impl<T: Config> Pallet<T> {
	pub(crate) fn authorize_accept(
		_source: TransactionSource,
		feed: &FeedId,
		key: &vald::Public,
		signature: &vald::Signature,
	) -> TransactionValidityWithRefund {
		let (draw, _) = Self::acceptable(*feed, key).map_err(refusal)?;
		ensure!(matches!(draw.step, Step::Accepting { .. }), InvalidTransaction::Stale);
		let payload = Self::acceptance(*feed, draw.attempt);
		ensure!(key.verify(&payload, signature), InvalidTransaction::BadProof);
		valid("EventumAccept", (feed, draw.attempt, key))
	}

	pub(crate) fn authorize_online(
		_source: TransactionSource,
		key: &vald::Public,
		signature: &vald::Signature,
	) -> TransactionValidityWithRefund {
		let (_, since) = Self::offline_since(key).map_err(refusal)?;
		ensure!(key.verify(&Self::word(key, since), signature), InvalidTransaction::BadProof);
		valid("EventumOnline", (key, since))
	}
}

fn refusal<T>(error: Error<T>) -> InvalidTransaction {
	match error {
		Error::NotRegistered => InvalidTransaction::BadSigner,
		Error::BondTooSmall => InvalidTransaction::Payment,
		_ => InvalidTransaction::Stale,
	}
}

fn valid(prefix: &'static str, tag: impl Encode) -> TransactionValidityWithRefund {
	ValidTransaction::with_tag_prefix(prefix)
		.priority(PRIORITY)
		.longevity(LONGEVITY)
		.and_provides(tag)
		.propagate(true)
		.build()
		.map(|valid| (valid, Weight::zero()))
}
