// SPDX-License-Identifier: Apache-2.0

//! EVT, fees, and the accounts that take what others would burn.
//!
//! Supply is fixed: fees and tips go to the delegate reserve, dust to the reward pool. Both accounts
//! exist from genesis, because a credit resolved into an account that does not exist is burned.

use crate::{
	weights, AccountId, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, System, EVT, EXISTENTIAL_DEPOSIT, MILLI,
};
use frame_support::{
	parameter_types,
	traits::{tokens::imbalance::ResolveTo, ConstU128, ConstU32, ConstU8, VariantCountOf},
	weights::ConstantMultiplier,
	PalletId,
};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::AccountIdConversion, FixedPointNumber, Perquintill};

/// Fee of a picosecond of execution: 0.01 EVT for a millisecond.
pub const WEIGHT_FEE: Balance = 10;

/// Fee of a byte in a block: 0.01 EVT for a kilobyte.
pub const BYTE_FEE: Balance = MILLI / 100;

/// Deposit for occupying `items` storage items of `bytes` bytes in all.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	items as Balance * (EVT / 10) + bytes as Balance * (MILLI / 10)
}

parameter_types! {
	/// Id of the account that pays delegates and takes all fees.
	pub const ReservePalletId: PalletId = PalletId(*b"evt/rsrv");
	/// Id of the account that takes forfeited stakes and dust.
	pub const RewardPoolPalletId: PalletId = PalletId(*b"evt/pool");
	/// The delegate reserve.
	pub ReserveAccount: AccountId = ReservePalletId::get().into_account_truncating();
	/// The reward pool.
	pub RewardPoolAccount: AccountId = RewardPoolPalletId::get().into_account_truncating();
	/// How full blocks are when fees stay as they are.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast fees follow demand.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// Least fee multiplier.
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_integer(1);
	/// Greatest fee multiplier.
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(1_000);
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = weights::pallet_balances::WeightInfo<Runtime>;
	type Balance = Balance;
	type DustRemoval = ResolveTo<RewardPoolAccount, Balances>;
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<16>;
	type MaxReserves = ConstU32<16>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, ResolveTo<ReserveAccount, Balances>>;
	type WeightToFee = ConstantMultiplier<Balance, ConstU128<WEIGHT_FEE>>;
	type LengthToFee = ConstantMultiplier<Balance, ConstU128<BYTE_FEE>>;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Runtime,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = weights::pallet_transaction_payment::WeightInfo<Runtime>;
}
