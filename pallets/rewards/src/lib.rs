// SPDX-License-Identifier: Apache-2.0

//! # Rewards
//!
//! The two accounts into which everything flows that other chains would burn.
//!
//! ## Overview
//!
//! Supply is fixed. The **reward pool** takes forfeited stakes, reward remainders, slashes, surcharges
//! and dust; the **delegate reserve** takes protocol and transaction fees. Both exist from genesis and
//! never cease to, because what is resolved into an account that does not exist is burned.
//!
//! The pallet has no calls. Others pay in by transfer to the accounts that
//! [`eventum_primitives::traits::Treasury`] names, or by handing imbalances to [`ToPool`] and
//! [`ToReserve`].
//!
//! ## Low Level
//!
//! Each account holds a provider reference of this pallet and at least the existential deposit.
//! Genesis mints what its configuration says, and raises both accounts to the existential deposit if
//! they hold less after that.
//!
//! ## Configuration
//!
//! | item | what to give |
//! |---|---|
//! | `Currency` | the balances pallet |
//! | `PoolId`, `ReserveId` | ids from which the accounts derive |
//!
//! The pallet must come after Balances in the order of pallets: Balances' genesis sets the total
//! issuance anew. Genesis: `pool` and `reserve`, amounts to mint on top of what Balances' genesis
//! gives those accounts. Then `ToPool<Runtime>` serves as `DustRemoval` of Balances, and
//! `ToReserve<Runtime>` takes fees and tips in `FungibleAdapter<Balances, ToReserve<Runtime>>`.

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use core::marker::PhantomData;
use eventum_primitives::{traits::Treasury, AccountId, Balance};
use frame_support::{
	traits::{
		fungible::{Balanced, Credit, Inspect},
		Defensive, Get, Imbalance, OnUnbalanced,
	},
	PalletId,
};
use sp_runtime::{traits::AccountIdConversion, TryRuntimeError};

pub use pallet::*;

/// The accounts that forfeits, fees and slashes flow into.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::fungible::Mutate};
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of the two accounts.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId> {
		/// EVT.
		type Currency: Balanced<AccountId, Balance = Balance> + Mutate<AccountId>;

		/// Id of the reward pool.
		#[pallet::constant]
		type PoolId: Get<PalletId>;

		/// Id of the delegate reserve.
		#[pallet::constant]
		type ReserveId: Get<PalletId>;
	}

	/// What the accounts hold at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Minted into the reward pool.
		pub pool: Balance,
		/// Minted into the delegate reserve.
		pub reserve: Balance,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _marker: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (account, amount) in [
				(Pallet::<T>::pool_account(), self.pool),
				(Pallet::<T>::reserve_account(), self.reserve),
			] {
				frame_system::Pallet::<T>::inc_providers(&account);
				let least = T::Currency::minimum_balance();
				let missing = least.saturating_sub(T::Currency::total_balance(&account));
				T::Currency::mint_into(&account, amount.max(missing))
					.expect("rewards genesis: amounts must fit into a balance");
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An imbalance went into the reward pool.
		PoolReceived {
			/// How much.
			amount: Balance,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::PoolId::get() != T::ReserveId::get(), "the two accounts must differ");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The reward pool.
	pub fn pool_account() -> AccountId {
		T::PoolId::get().into_account_truncating()
	}

	/// The delegate reserve.
	pub fn reserve_account() -> AccountId {
		T::ReserveId::get().into_account_truncating()
	}

	/// Invariants: both accounts exist, whatever they are drained by, and hold at least the
	/// existential deposit, so that no inflow is ever too small for them.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for account in [Self::pool_account(), Self::reserve_account()] {
			if frame_system::Pallet::<T>::providers(&account) == 0 {
				return Err("an account that takes inflows does not exist".into());
			}
			if T::Currency::total_balance(&account) < T::Currency::minimum_balance() {
				return Err("an account that takes inflows may refuse them".into());
			}
		}
		Ok(())
	}
}

impl<T: Config> Treasury for Pallet<T> {
	fn reward_pool() -> AccountId {
		Self::pool_account()
	}

	fn delegate_reserve() -> AccountId {
		Self::reserve_account()
	}
}

/// Puts imbalances into the reward pool: dust, slashes, remainders.
pub struct ToPool<T>(PhantomData<T>);

impl<T: Config> OnUnbalanced<Credit<AccountId, T::Currency>> for ToPool<T> {
	fn on_nonzero_unbalanced(credit: Credit<AccountId, T::Currency>) {
		let amount = credit.peek();
		if T::Currency::resolve(&Pallet::<T>::pool_account(), credit).defensive().is_ok() {
			Pallet::<T>::deposit_event(Event::PoolReceived { amount });
		}
	}
}

/// Puts imbalances into the delegate reserve: fees and tips. It makes no event of its own, as every
/// transaction already makes one about its fee.
pub struct ToReserve<T>(PhantomData<T>);

impl<T: Config> OnUnbalanced<Credit<AccountId, T::Currency>> for ToReserve<T> {
	fn on_nonzero_unbalanced(credit: Credit<AccountId, T::Currency>) {
		let _ = T::Currency::resolve(&Pallet::<T>::reserve_account(), credit).defensive();
	}
}
