// SPDX-License-Identifier: Apache-2.0

//! # Reputation
//!
//! A score for everyone who takes part.
//!
//! ## Overview
//!
//! Everyone starts at 3.00, kept in hundredths, and stays within −10.00..10.00. Offences cost points,
//! each times a multiplier that grows with the number of earlier offences (1, 1.5, 2, 2.5, 3; one is
//! forgotten every 30 epochs). Service earns 0.05, less the more often the same payer is among the
//! last eight, so that gains from one's own markets dwindle. An account that does nothing drifts
//! toward 3.00 by 0.01 for each whole epoch of idleness.
//!
//! **Flagged** accounts may not take part: below 0 at once, below 1.00 for 30 epochs, and then until
//! the score is above 1.00.
//!
//! There are no calls: other pallets tell of deeds by [`eventum_primitives::traits::Reputation`].
//!
//! ## Low Level
//!
//! Drift, forgetting and flagging by time are computed when a record is looked at ([`Record::at`]),
//! so nothing has to visit idle accounts. A look costs one read of [`Records`] (and one of [`Start`]
//! for scores from genesis); a deed costs one write more.
//!
//! Genesis does not know in which epoch the chain will begin: the first block notes it in [`Start`],
//! and scores from genesis drift from then on.
//!
//! ## Configuration
//!
//! | item | what to give |
//! |---|---|
//! | `Epoch` | number of the current epoch (`Clock::epoch()` as `u32`) |
//! | `Price` | protocol fee that must be paid for each hundredth gained in a feed |
//!
//! The pallet must come after Aura and the clock in the order of hooks, so that the first block's
//! epoch is known. Genesis: `scores`, a list of (account, hundredths in 100..=1000).

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(test)]
mod mock;
mod record;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{
	traits::{Conduct, Offence, Reputation},
	AccountId, Balance, Score,
};
use frame_support::traits::Get;
use scale_info::TypeInfo;
use sp_runtime::TryRuntimeError;

pub use pallet::*;
pub use record::*;

/// Why a score changed.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Reason {
	/// Joined a feed and was absent.
	Absent,
	/// Dissented in a feed. What it gained where it agreed is in the same change.
	Dissented,
	/// Gave two answers.
	DoubleAnswer,
	/// Accepted a feed and did not serve.
	NotServed,
	/// Was proven false as a committee member.
	ProvenFalse,
	/// Did what it was paid for.
	Served,
}

impl From<Offence> for Reason {
	fn from(offence: Offence) -> Self {
		match offence {
			Offence::Absent => Self::Absent,
			Offence::Dissented { .. } => Self::Dissented,
			Offence::DoubleAnswer => Self::DoubleAnswer,
			Offence::NotServed => Self::NotServed,
			Offence::ProvenFalse => Self::ProvenFalse,
		}
	}
}

/// How well accounts have served: scores, and who may not take part.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of reputation.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId> {
		/// Number of the current epoch.
		type Epoch: Get<u32>;

		/// Protocol fee that must be paid for each hundredth of a point gained in a feed.
		type Price: Get<Balance>;
	}

	/// Accounts whose score ever changed; all others are at 3.00. One entry of at most 88 bytes each,
	/// made by deeds that cost a stake or a bond.
	///
	/// Hasher: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Records<T> = StorageMap<_, Blake2_128Concat, AccountId, Record>;

	/// Epoch of the first block, from which scores of genesis drift.
	#[pallet::storage]
	pub type Start<T> = StorageValue<_, u32>;

	/// Scores at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Accounts and their scores in hundredths, each within 100..=1000.
		pub scores: Vec<(AccountId, Score)>,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _marker: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (account, score) in &self.scores {
				assert!((LOW..=MAX).contains(score), "reputation genesis: score out of bounds");
				Records::<T>::insert(account, Record::new(*score));
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A deed changed the score of an account.
		ScoreChanged {
			/// Whose.
			account: AccountId,
			/// The new score, in hundredths.
			score: Score,
			/// By how much it changed.
			change: Score,
			/// Why.
			reason: Reason,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			if Start::<T>::exists() {
				return T::DbWeight::get().reads(1);
			}
			Start::<T>::put(T::Epoch::get());
			T::DbWeight::get().reads_writes(2, 1)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The record of an account as it stands now.
	pub fn record(account: &AccountId) -> Record {
		Self::record_at(account, T::Epoch::get())
	}

	/// The record of an account in the epoch `now`.
	fn record_at(account: &AccountId, now: u32) -> Record {
		Records::<T>::get(account).map_or_else(
			|| Record { touched: Some(now), last_offence: now, ..Default::default() },
			|record| Self::settled(record, now),
		)
	}

	fn settled(record: Record, now: u32) -> Record {
		let start = match record.touched {
			Some(epoch) => epoch,
			None => Start::<T>::get().unwrap_or(now),
		};
		record.at(now, start)
	}

	fn change(account: &AccountId, now: u32, reason: Reason, deed: impl FnOnce(&mut Record)) {
		let mut record = Self::record_at(account, now);
		let before = record.score;
		deed(&mut record);
		let score = record.score;
		Records::<T>::insert(account, record);
		Self::deposit_event(Event::ScoreChanged {
			account: account.clone(),
			score,
			change: score.saturating_sub(before),
			reason,
		});
	}

	/// Invariants: scores are within bounds; nothing happened in the future; standings are what the
	/// scores call for.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = T::Epoch::get();
		if Start::<T>::get().is_some_and(|start| start > now) {
			return Err("the chain began in the future".into());
		}
		for record in Records::<T>::iter_values() {
			if !(MIN..=MAX).contains(&record.score) {
				return Err("a score is out of bounds".into());
			}
			let since = match record.standing {
				Standing::Low { since } => since,
				_ => 0,
			};
			if record.touched.unwrap_or(0).max(record.last_offence).max(since) > now {
				return Err("a record is from the future".into());
			}
			let fits = match record.standing {
				Standing::Good => record.score >= LOW,
				Standing::Low { .. } => (0..LOW).contains(&record.score),
				Standing::Flagged => record.score <= LOW,
			};
			if !fits {
				return Err("a standing does not fit its score".into());
			}
		}
		Ok(())
	}
}

impl<T: Config> Reputation for Pallet<T> {
	fn score(account: &AccountId) -> Score {
		Self::record(account).score
	}

	fn is_flagged(account: &AccountId) -> bool {
		Self::record(account).standing == Standing::Flagged
	}

	fn penalise(account: &AccountId, offence: Offence) {
		if cost(offence) > 0 {
			let now = T::Epoch::get();
			Self::change(account, now, offence.into(), |record| record.penalise(offence, now));
		}
	}

	fn settle(payer: &AccountId, limit: Score, conducts: Vec<(AccountId, Conduct)>) {
		let (now, payer) = (T::Epoch::get(), short(payer));
		for (account, Conduct { offence, served }) in conducts {
			let offence = offence.filter(|offence| cost(*offence) > 0);
			let served = served && limit > 0;
			let reason = offence.map(Reason::from).or_else(|| served.then_some(Reason::Served));
			let Some(reason) = reason else { continue };
			Self::change(&account, now, reason, |record| {
				if let Some(offence) = offence {
					record.penalise(offence, now);
				}
				if served {
					record.commend(payer, limit, now);
				}
			});
		}
	}

	fn gain_budget(fee: Balance) -> Score {
		let points = fee.checked_div(T::Price::get()).unwrap_or_default();
		Score::try_from(points).unwrap_or(Score::MAX)
	}
}
