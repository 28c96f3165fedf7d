// SPDX-License-Identifier: Apache-2.0

//! What a validation node's off-chain worker does with each block: hand in the certificates and
//! details, and proofs of double answers, that the node's native half has left in off-chain storage.
//!
//! The worker only reads those lists; the native half takes out what is finalized. What the chain
//! would refuse is passed over, and what was handed in lately is not handed in again.

use crate::{certificates::News, pallet::*};
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, Encode};
use eventum_primitives::duties::{
	Certificates, Details, DoubleAnswers, CERTIFICATES_KEY, DETAILS_KEY, DOUBLE_ANSWERS_KEY,
	MAX_ENTRIES,
};
use frame_system::{offchain::SubmitTransaction, pallet_prelude::BlockNumberFor};
use sp_core::offchain::StorageKind;
use sp_runtime::traits::Saturating;

/// Key of what was handed in when, in persistent off-chain storage.
const SENT_KEY: &[u8] = b"eventum/markets/sent/1";
/// Blocks after which something is handed in again.
const PATIENCE: u32 = 3;

/// What was handed in, by hash, and in which block.
type Sent<T> = Vec<([u8; 32], BlockNumberFor<T>)>;

fn read<V: Decode + Default>(key: &[u8]) -> V {
	sp_io::offchain::local_storage_get(StorageKind::PERSISTENT, key)
		.and_then(|bytes| V::decode(&mut &bytes[..]).ok())
		.unwrap_or_default()
}

impl<T: Config> Pallet<T> {
	/// Hands in what is due.
	pub(crate) fn do_duties(now: BlockNumberFor<T>) {
		let calls = Self::due_calls();
		let before: Sent<T> = read(SENT_KEY);
		let mut sent: Sent<T> = before
			.iter()
			.filter(|(_, block)| now.saturating_sub(*block) < PATIENCE.into() && *block <= now)
			.cloned()
			.collect();
		for call in calls {
			let name = call.using_encoded(sp_io::hashing::blake2_256);
			if sent.iter().any(|(other, _)| *other == name) {
				continue;
			}
			let transaction = T::create_authorized_transaction(call.into());
			match SubmitTransaction::<T, Call<T>>::submit_transaction(transaction) {
				Ok(()) => sent.push((name, now)),
				Err(()) => log::debug!(target: crate::LOG_TARGET, "the pool refuses a duty"),
			}
		}
		if sent != before {
			sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, SENT_KEY, &sent.encode());
		}
	}

	/// What the native half has left that the chain still wants.
	fn due_calls() -> Vec<Call<T>> {
		let certificates: Certificates = read(CERTIFICATES_KEY);
		let details: Details = read(DETAILS_KEY);
		let certificates = certificates.into_iter().take(MAX_ENTRIES).filter(|certificate| {
			matches!(
				Self::check_certificate(certificate),
				Ok((_, News::Outcome | News::Signatures))
			)
		});
		let details = details
			.into_iter()
			.take(MAX_ENTRIES)
			.filter(|(feed, round, detail)| Self::check_detail(*feed, *round, detail).is_ok());
		let double_answers: DoubleAnswers = read(DOUBLE_ANSWERS_KEY);
		let double_answers = double_answers
			.into_iter()
			.take(MAX_ENTRIES)
			.filter(|(first, second)| Self::check_double_answer(first, second).is_ok())
			.map(|(first, second)| (Box::new(first), Box::new(second)));
		certificates
			.map(|certificate| Call::submit_certificate { certificate })
			.chain(details.map(|(feed, round, detail)| Call::submit_detail { feed, round, detail }))
			.chain(
				double_answers.map(|(first, second)| Call::report_double_answer { first, second }),
			)
			.collect()
	}
}
