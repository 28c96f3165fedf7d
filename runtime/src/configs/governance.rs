// SPDX-License-Identifier: Apache-2.0

//! Parameters that governance changes without a runtime upgrade.
//!
//! A pallet takes one as `Get<_>`: `type AcceptWindow = dynamic_params::committees::AcceptWindow`.
//! Durations are in milliseconds of chain time or in epochs, never in blocks.

use crate::{weights, AccountId, Balance, Runtime, RuntimeEvent, EVT};
use eventum_primitives::rules::reserve::FOUR_YEARS_HALF;
use frame_support::dynamic_params::{dynamic_pallet_params, dynamic_params};
use frame_support::traits::AsEnsureOriginWithArg;
use frame_system::EnsureRoot;
use sp_runtime::{Perbill, Perquintill};

/// Groups and values of parameters; the values given here hold until governance sets others.
#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
#[allow(missing_docs)]
pub mod dynamic_params {
	use super::*;

	/// Markets: see `markets.md` of the specification.
	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod markets {
		/// Time after a feed's absolute end within which its final certificate must be on chain.
		#[codec(index = 0)]
		pub static CertificateGrace: u64 = 3_600_000;
		/// Epochs for which a settled feed's compact record is kept.
		#[codec(index = 1)]
		pub static HistoryEpochs: u32 = 90;
		/// Share of the reward split among counted reporters when there was no agreement.
		#[codec(index = 2)]
		pub static NoAgreementShare: Perbill = Perbill::from_percent(20);
		/// Share of the reward that goes to the delegate reserve as protocol fee.
		#[codec(index = 3)]
		pub static ProtocolFeeShare: Perbill = Perbill::from_percent(1);
		/// How often over a requester locks the validation fee.
		#[codec(index = 4)]
		pub static FeeMargin: u32 = 2;
		/// Least protocol fee.
		#[codec(index = 5)]
		pub static MinProtocolFee: Balance = EVT;
		/// Share of the reward split among those who joined when excuses left too few of them.
		#[codec(index = 6)]
		pub static ExcuseShare: Perbill = Perbill::from_percent(2);
	}

	/// Committees: see `reports.md` of the specification.
	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod committees {
		/// Time in which a drawn validation node accepts.
		#[codec(index = 0)]
		pub static AcceptWindow: u64 = 120_000;
		/// Rounds of replacement after which a feed is void.
		#[codec(index = 1)]
		pub static MaxReplacements: u32 = 10;
	}

	/// Reputation: see `trust.md` of the specification.
	#[dynamic_pallet_params]
	#[codec(index = 2)]
	pub mod reputation {
		/// Protocol fee that must be paid for each hundredth of a point gained in a feed.
		#[codec(index = 0)]
		pub static Price: Balance = EVT / 5;
	}

	/// Delegates: see `delegates.md` of the specification.
	#[dynamic_pallet_params]
	#[codec(index = 3)]
	pub mod delegates {
		/// Least amount of a delegate's own bucket.
		#[codec(index = 0)]
		pub static MinSelfStake: Balance = 1_200_000 * EVT;
		/// Share of the delegate reserve that an epoch may spend.
		#[codec(index = 1)]
		pub static RewardRate: Perquintill = FOUR_YEARS_HALF;
		/// Days between unlocking a bucket and withdrawing it.
		#[codec(index = 2)]
		pub static UnbondingDays: u32 = 3;
	}
}

impl pallet_parameters::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	type AdminOrigin = AsEnsureOriginWithArg<EnsureRoot<AccountId>>;
	type WeightInfo = weights::pallet_parameters::WeightInfo<Runtime>;
}
