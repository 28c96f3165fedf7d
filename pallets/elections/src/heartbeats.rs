// SPDX-License-Identifier: Apache-2.0

//! Proof of life.

use crate::{pallet::Config, Alive, Error, Event, Pallet, Sessions, LIVELY};
use codec::Encode;
use eventum_primitives::{
	epoch::Heartbeat,
	signing::{self, Kind},
	traits::Delegates,
	AccountId,
};
use frame_support::{pallet_prelude::*, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_consensus_aura::sr25519::{AuthorityId, AuthoritySignature};
use sp_runtime::{
	traits::Zero, transaction_validity::TransactionValidityWithRefund, RuntimeAppPublic,
};

/// Blocks that a heartbeat waits in the pool.
const LONGEVITY: TransactionLongevity = 64;

/// Above all ordinary transactions: a delegate has one in an epoch.
const PRIORITY: TransactionPriority = TransactionPriority::MAX / 2;

impl<T: Config> Pallet<T> {
	/// What a delegate's author's key signs.
	pub fn heartbeat_payload(heartbeat: &Heartbeat) -> [u8; 32] {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		signing::payload(Kind::Heartbeat, &genesis, heartbeat)
	}

	pub(crate) fn authorize_heartbeat(
		_source: TransactionSource,
		heartbeat: &Heartbeat,
		key: &AuthorityId,
		signature: &AuthoritySignature,
	) -> TransactionValidityWithRefund {
		let delegate = Self::check_heartbeat(heartbeat, key).map_err(refusal)?;
		let payload = Self::heartbeat_payload(heartbeat);
		ensure!(key.verify(&payload, signature), InvalidTransaction::BadProof);
		ValidTransaction::with_tag_prefix("EventumHeartbeat")
			.priority(PRIORITY)
			.longevity(LONGEVITY)
			.and_provides((heartbeat.epoch, delegate).encode())
			.propagate(true)
			.build()
			.map(|valid| (valid, Weight::zero()))
	}

	pub(crate) fn do_heartbeat(heartbeat: Heartbeat, key: &AuthorityId) -> DispatchResult {
		let delegate = Self::check_heartbeat(&heartbeat, key)?;
		Alive::<T>::try_mutate(|alive| alive.try_insert(delegate.clone()))
			.map_err(|_| Error::<T>::TooManyAlive)?;
		Self::deposit_event(Event::ProvedAlive { delegate, epoch: heartbeat.epoch });
		Ok(())
	}

	/// Whose proof of life this is, if all but the signature is right.
	fn check_heartbeat(heartbeat: &Heartbeat, key: &AuthorityId) -> Result<AccountId, Error<T>> {
		ensure!(heartbeat.epoch == Self::current_epoch(), Error::<T>::WrongEpoch);
		let behind = Self::block().checked_sub(heartbeat.finalized);
		let lively = behind.is_some_and(|behind| (1..=LIVELY).contains(&behind));
		ensure!(lively, Error::<T>::FarBehind);
		let hash =
			frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::from(heartbeat.finalized));
		ensure!(hash == heartbeat.hash, Error::<T>::WrongBlock);
		let delegate = Self::delegate_of(key).ok_or(Error::<T>::NoDelegate)?;
		ensure!(!Alive::<T>::get().contains(&delegate), Error::<T>::AlreadyAlive);
		Ok(delegate)
	}

	/// The delegate with this author's key.
	pub(crate) fn delegate_of(key: &AuthorityId) -> Option<AccountId> {
		T::Sessions::owner(key).filter(T::Candidates::is_delegate)
	}
}

fn refusal<T>(error: Error<T>) -> InvalidTransaction {
	match error {
		Error::NoDelegate => InvalidTransaction::BadSigner,
		_ => InvalidTransaction::Stale,
	}
}
