// SPDX-License-Identifier: Apache-2.0

//! Which unsigned calls are let into the pool and into blocks.

use crate::{pallet::Config, Error, Pallet};
use codec::Encode;
use eventum_primitives::{fault::Fault, vald, FeedId};
use frame_support::pallet_prelude::*;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::transaction_validity::TransactionValidityWithRefund;

/// Blocks that a call waits in the pool.
const LONGEVITY: TransactionLongevity = 64;

/// Above all ordinary transactions: there can only be few of them.
const PRIORITY: TransactionPriority = TransactionPriority::MAX / 2;

impl<T: Config> Pallet<T> {
	pub(crate) fn authorize_accept(
		_source: TransactionSource,
		feed: &FeedId,
		key: &vald::Public,
		signature: &vald::Signature,
	) -> TransactionValidityWithRefund {
		let (draw, _) = Self::acceptable(*feed, key).map_err(refused)?;
		let payload = Self::acceptance(*feed, draw.attempt);
		ensure!(key.verify(&payload, signature), refused(Error::<T>::BadProof));
		valid("EventumAccept", (feed, draw.attempt, key))
	}

	pub(crate) fn authorize_online(
		_source: TransactionSource,
		key: &vald::Public,
		signature: &vald::Signature,
	) -> TransactionValidityWithRefund {
		let (_, since) = Self::offline_since(key).map_err(refused)?;
		let payload = Self::word(key, since);
		ensure!(key.verify(&payload, signature), refused(Error::<T>::BadProof));
		valid("EventumOnline", (key, since))
	}

	pub(crate) fn authorize_fault(
		_source: TransactionSource,
		fault: &Fault,
	) -> TransactionValidityWithRefund {
		Self::check_fault(fault).map_err(refused)?;
		valid("EventumFault", (fault.feed, fault.member))
	}
}

/// Why the pool refuses a transaction: the number of this pallet's error, as in the metadata.
fn refused<T>(error: Error<T>) -> TransactionValidityError {
	let code = error.encode().first().copied().unwrap_or(u8::MAX);
	InvalidTransaction::Custom(code).into()
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
