// SPDX-License-Identifier: Apache-2.0

//! What a node does by itself with every block: accept feeds that it was drawn for, say that it is
//! back when it was found offline, and hand in the proofs of faults that its native half has found.

use crate::{pallet::Config, Call, Draws, Keys, Nodes, Pallet, Serving, Status, Step, LOG_TARGET};
use alloc::{boxed::Box, vec::Vec};
use codec::Encode;
use eventum_primitives::{
	duties::{Faults, FAULTS_KEY, MAX_FAULTS},
	vald, BlockNumber,
};
use frame_system::offchain::SubmitTransaction;
use sp_application_crypto::RuntimeAppPublic;
use sp_io::hashing::blake2_128;
use sp_runtime::offchain::storage::StorageValueRef;

/// Where a node notes what it sent, per key.
const SENT_PREFIX: &[u8] = b"eventum/committees/sent/";
/// Where it notes which faults it reported.
const REPORTED: &[u8] = b"eventum/committees/reported/1";

/// Blocks after which a duty still open is done again.
const PATIENCE: BlockNumber = 3;

/// Acceptances that one key sends with one block.
const MAX_ACCEPTANCES: usize = 32;

/// Duties done lately, by short hash, and the block in which.
type Sent = Vec<([u8; 16], BlockNumber)>;

impl<T: Config> Pallet<T> {
	/// Reports faults, and does the duties of every `vald` key in this node's keystore.
	pub(crate) fn do_duties(now: BlockNumber) {
		Self::send(REPORTED, Self::faults(), now);
		for key in vald::Public::all() {
			let Some(node) = Keys::<T>::get(&key).and_then(Nodes::<T>::get) else { continue };
			let mut duties = Self::pending_acceptances(&key);
			if let Status::Offline { since } = node.status {
				let payload = Self::word(&key, since);
				duties.extend(key.sign(&payload).map(|signature| {
					let key = key.clone();
					Call::online { key, signature }
				}));
			}
			Self::send(&[SENT_PREFIX, key.as_ref()].concat(), duties, now);
		}
	}

	/// Faults that are not punished yet, of those that the native half has left.
	fn faults() -> Vec<Call<T>> {
		let list: Option<Faults> = StorageValueRef::persistent(FAULTS_KEY).get().ok().flatten();
		list.unwrap_or_default()
			.into_iter()
			.take(MAX_FAULTS)
			.filter(|fault| Self::accused(fault.feed, fault.member).is_ok())
			.map(|fault| Call::report_fault { fault: Box::new(fault) })
			.collect()
	}

	fn pending_acceptances(key: &vald::Public) -> Vec<Call<T>> {
		Serving::<T>::iter_key_prefix(key)
			.filter_map(|feed| {
				let draw = Draws::<T>::get(feed)?;
				let open = matches!(draw.step, Step::Accepting { .. })
					&& draw.members.iter().any(|member| member.vald == *key && !member.accepted);
				let signature = open.then(|| key.sign(&Self::acceptance(feed, draw.attempt)))??;
				Some(Call::accept { feed, key: key.clone(), signature })
			})
			.take(MAX_ACCEPTANCES)
			.collect()
	}

	/// Submits what was not submitted in the last few blocks; `place` is where that is noted.
	fn send(place: &[u8], duties: Vec<Call<T>>, now: BlockNumber) {
		let storage = StorageValueRef::persistent(place);
		let known: Option<Sent> = storage.get().ok().flatten();
		if duties.is_empty() {
			if known.is_some_and(|sent| !sent.is_empty()) {
				storage.set(&Sent::new());
			}
			return;
		}
		let mut sent = known.unwrap_or_default();
		sent.retain(|(_, block)| *block <= now && now.saturating_sub(*block) < PATIENCE);
		for duty in duties {
			let hash = duty.using_encoded(blake2_128);
			if sent.iter().any(|(other, _)| *other == hash) {
				continue;
			}
			let transaction = T::create_authorized_transaction(duty.into());
			match SubmitTransaction::<T, Call<T>>::submit_transaction(transaction) {
				Ok(()) => sent.push((hash, now)),
				Err(()) => log::debug!(target: LOG_TARGET, "the pool refused a duty"),
			}
		}
		storage.set(&sent);
	}
}
