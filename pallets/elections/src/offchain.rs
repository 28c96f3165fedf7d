// SPDX-License-Identifier: Apache-2.0

//! What a delegate's node does by itself with every block: prove that it is alive, once an epoch.

use crate::{pallet::Config, Alive, Call, Pallet, LIVELY, LOG_TARGET};
use codec::{Decode, Encode};
use eventum_primitives::{
	duties::{Finalized, FINALIZED_KEY},
	epoch::Heartbeat,
	BlockNumber, EpochIndex,
};
use frame_system::offchain::SubmitTransaction;
use sp_consensus_aura::sr25519::AuthorityId;
use sp_runtime::{offchain::storage::StorageValueRef, RuntimeAppPublic};

/// Where a node notes when it last sent a heartbeat, per key.
const SENT_PREFIX: &[u8] = b"eventum/elections/sent/";

/// Blocks after which a heartbeat that did not arrive is sent again.
const PATIENCE: BlockNumber = 5;

/// The epoch and the block of the last heartbeat.
type Sent = (EpochIndex, BlockNumber);

impl<T: Config> Pallet<T> {
	/// Sends a heartbeat for every author's key of a delegate in this node's keystore.
	pub(crate) fn do_duties(now: BlockNumber) {
		let Some((finalized, hash)) = read::<Finalized>(FINALIZED_KEY) else { return };
		if now.saturating_sub(finalized) >= LIVELY {
			return;
		}
		let heartbeat = Heartbeat { epoch: Self::current_epoch(), finalized, hash };
		for key in AuthorityId::all() {
			let open = Self::delegate_of(&key)
				.is_some_and(|delegate| !Alive::<T>::get().contains(&delegate));
			if open {
				Self::send(heartbeat, key, now);
			}
		}
	}

	/// Submits a heartbeat that was not submitted in the last few blocks.
	fn send(heartbeat: Heartbeat, key: AuthorityId, now: BlockNumber) {
		let place = [SENT_PREFIX, &key.encode()].concat();
		let waits = read::<Sent>(&place).is_some_and(|(epoch, block)| {
			epoch == heartbeat.epoch && block <= now && now.saturating_sub(block) < PATIENCE
		});
		if waits {
			return;
		}
		let Some(signature) = key.sign(&Self::heartbeat_payload(&heartbeat)) else { return };
		let call = Call::heartbeat { heartbeat, key: key.clone(), signature };
		let transaction = T::create_authorized_transaction(call.into());
		match SubmitTransaction::<T, Call<T>>::submit_transaction(transaction) {
			Ok(()) => StorageValueRef::persistent(&place).set(&(heartbeat.epoch, now)),
			Err(()) => log::debug!(target: LOG_TARGET, "the pool refused a heartbeat of {key:?}"),
		}
	}
}

fn read<V: Decode>(place: &[u8]) -> Option<V> {
	StorageValueRef::persistent(place).get().ok().flatten()
}
