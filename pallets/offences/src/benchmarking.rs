// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of offences. The history is full, and so are its sets.

use super::*;
use crate::pallet::{Call, Config};
use alloc::vec::Vec;
use codec::Encode;
use eventum_primitives::{
	beacon::BEACON_ENGINE_ID,
	offence::{Authored, DoubleAuthorship, Member},
	rules::slash,
	traits::{KeyHistory, Slashes as _, Staking},
	Hash,
};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{Authorize, EnsureOrigin, Get},
};
use frame_system::{
	pallet_prelude::{BlockNumberFor, HeaderFor},
	RawOrigin,
};
use sp_core::{ed25519, sr25519};
use sp_runtime::{
	traits::{Header as _, Zero},
	Digest, DigestItem,
};
use sp_staking::offence::ReportOffence;

/// Slot of the two blocks that are at hand.
const SLOT: u64 = 1;

/// Their author: the key of the seed that is 32 ones.
const AUTHOR: [u8; 32] = [
	24, 157, 172, 41, 41, 109, 49, 129, 77, 200, 197, 108, 243, 211, 106, 5, 67, 55, 43, 186, 117,
	56, 250, 50, 42, 74, 235, 254, 188, 57, 224, 86,
];

/// What it signed for the beacon, in both: [`SLOT`] in epoch 0, after an output of zeros, on a chain
/// whose genesis hash is zeros. A runtime cannot sign, for it has no randomness of the system.
const BEACON: [u8; 96] = [
	226, 136, 185, 30, 88, 56, 33, 158, 39, 92, 19, 236, 203, 196, 12, 110, 39, 174, 42, 10, 28,
	252, 242, 72, 226, 69, 88, 161, 37, 163, 121, 90, 76, 106, 214, 93, 148, 91, 27, 120, 61, 119,
	85, 165, 90, 84, 8, 8, 10, 0, 231, 234, 165, 194, 219, 110, 217, 4, 80, 176, 102, 241, 117, 12,
	187, 18, 5, 156, 104, 230, 244, 46, 43, 162, 21, 201, 209, 86, 80, 111, 213, 125, 174, 62, 57,
	51, 241, 201, 121, 0, 156, 10, 64, 108, 177, 8,
];

/// The seals of blocks 1 and 2, whose hashes are zeros.
const SEALS: [[u8; 64]; 2] = [
	[
		20, 69, 11, 140, 116, 107, 170, 58, 94, 158, 149, 214, 14, 32, 81, 167, 8, 10, 49, 207,
		134, 96, 67, 210, 195, 78, 198, 51, 128, 54, 203, 107, 249, 200, 186, 106, 196, 103, 160,
		73, 105, 70, 152, 162, 112, 96, 83, 145, 213, 140, 46, 199, 63, 175, 245, 151, 239, 224,
		127, 66, 37, 49, 235, 140,
	],
	[
		208, 35, 116, 182, 63, 241, 90, 218, 236, 75, 201, 163, 118, 39, 247, 118, 148, 77, 44,
		111, 137, 207, 150, 9, 250, 89, 49, 112, 227, 164, 158, 16, 224, 163, 224, 130, 216, 251,
		46, 214, 135, 165, 88, 39, 220, 88, 8, 113, 103, 215, 137, 114, 175, 63, 82, 133, 145, 177,
		187, 54, 193, 244, 238, 142,
	],
];

fn authored<T: Config>(number: u32, seal: [u8; 64]) -> Authored<HeaderFor<T>> {
	let logs = [
		DigestItem::PreRuntime(*b"aura", SLOT.encode()),
		DigestItem::PreRuntime(BEACON_ENGINE_ID, BEACON.to_vec()),
		DigestItem::Seal(*b"aura", seal.to_vec()),
	];
	let header = HeaderFor::<T>::new(
		number.into(),
		Default::default(),
		Default::default(),
		Default::default(),
		Digest { logs: logs.into() },
	);
	Authored { header, previous: Hash::zero() }
}

/// Two blocks of [`AUTHOR`].
fn evidence<T: Config>() -> Box<Evidence<T>> {
	let [first, second] = [(1, SEALS[0]), (2, SEALS[1])];
	let [first, second] = [first, second].map(|(number, seal)| authored::<T>(number, seal));
	Box::new(DoubleAuthorship { first, second })
}

fn delegate<T: Config>(number: u32) -> AccountId {
	let delegate: AccountId = account("delegate", number, 0);
	T::BenchmarkHelper::register(&delegate);
	delegate
}

/// As many members as there can be. All have the key of [`AUTHOR`]; the first alone is a delegate.
fn members<T: Config>() -> Vec<Member> {
	(0..T::MaxMembers::get())
		.map(|number| Member {
			account: account("delegate", number, 0),
			aura: sr25519::Public::from_raw(AUTHOR),
			grandpa: ed25519::Public::from_raw(AUTHOR),
		})
		.collect()
}

/// Slot 1 of a chain with as many sets as there can be.
fn fill<T: Config>() {
	T::BenchmarkHelper::set_slot(0);
	for session in 0..MAX_SETS {
		// One producer, so that it owns every slot.
		Pallet::<T>::note(session, 1, members::<T>());
	}
	frame_system::BlockHash::<T>::insert(BlockNumberFor::<T>::zero(), Hash::zero());
	T::BenchmarkHelper::set_slot(SLOT);
	delegate::<T>(0);
}

fn scene<T: Config>() -> Scene {
	Scene { session: MAX_SETS.saturating_sub(1), members: T::MaxMembers::get() }
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn report_double_authorship() {
		fill::<T>();
		let (reporter, evidence) = (account("reporter", 0, 0), evidence::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(reporter), evidence);

		assert!(Slashes::<T>::contains_key(0));
	}

	#[benchmark]
	fn report_double_authorship_unsigned() {
		fill::<T>();
		let evidence = evidence::<T>();

		#[extrinsic_call]
		_(RawOrigin::Authorized, evidence);

		assert!(Slashes::<T>::contains_key(0));
	}

	#[benchmark]
	fn authorize_report_double_authorship_unsigned() -> Result<(), BenchmarkError> {
		fill::<T>();
		let evidence = evidence::<T>();
		let call = Call::<T>::report_double_authorship_unsigned { evidence };

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call authorizes itself")?
				.map_err(|_| "the evidence is good")?;
		}

		Ok(())
	}

	#[benchmark]
	fn cancel_slash() -> Result<(), BenchmarkError> {
		let origin = T::CancelOrigin::try_successful_origin()
			.map_err(|()| BenchmarkError::Stop("nobody can cancel"))?;
		fill::<T>();
		Pallet::<T>::absent(&delegate::<T>(0), 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 0);

		assert!(!Slashes::<T>::contains_key(0));
		Ok(())
	}

	#[benchmark]
	fn take_due(n: Linear<0, 8>) {
		fill::<T>();
		let delegates: Vec<_> = (0..n).map(delegate::<T>).collect();
		for (id, account) in (0..n).zip(&delegates) {
			let amount = T::Staking::own_stake(account) / 2;
			let misdeed = Misdeed::Absence { epoch: 0 };
			let offender = Offender { account: account.clone(), misdeed };
			let reporter = Some(frame_benchmarking::account("reporter", id, 0));
			Slashes::<T>::insert(id, Slash { offender, amount, reporter, due: 0 });
		}
		NextSlash::<T>::put(n);

		#[block]
		{
			Pallet::<T>::take_due();
		}

		assert_eq!(FirstSlash::<T>::get(), n);
		assert_eq!(Slashes::<T>::iter_keys().count(), 0);
	}

	/// Forgets a set whose members were all charged.
	#[benchmark]
	fn note() {
		fill::<T>();
		for member in members::<T>() {
			Charges::<T>::insert(0, member.account, Charge { stake: 1, amount: 1 });
		}

		#[block]
		{
			<Pallet<T> as KeyHistory>::note(MAX_SETS, 1, members::<T>());
		}

		assert!(Sets::<T>::contains_key(MAX_SETS) && !Sets::<T>::contains_key(0));
	}

	#[benchmark]
	fn absent() {
		fill::<T>();
		let delegate = delegate::<T>(0);

		#[block]
		{
			<Pallet<T> as traits::Slashes>::absent(&delegate, 0);
		}

		assert!(Slashes::<T>::contains_key(0));
	}

	/// The last of `k` who equivocate in one round.
	#[benchmark]
	fn report_equivocation(k: Linear<1, 36>) {
		fill::<T>();
		let mut all = (0..k).map(|number| Equivocation {
			account: delegate::<T>(number),
			scene: scene::<T>(),
			round: (1, 1),
		});
		let last = all.next_back();
		for offence in all {
			assert!(T::Reports::report_offence(Default::default(), offence).is_ok());
		}
		let before = NextSlash::<T>::get();

		#[block]
		{
			if let Some(offence) = last {
				let reporter = account("reporter", 0, 0);
				assert!(Pallet::<T>::report_equivocation(Some(reporter), offence).is_ok());
			}
		}

		let dearer = slash::equivocation(k, T::MaxMembers::get())
			> slash::equivocation(k.saturating_sub(1), T::MaxMembers::get());
		assert_eq!(NextSlash::<T>::get().saturating_sub(before), if dearer { k } else { 1 });
	}

	impl_benchmark_test_suite! {
		Pallet,
		crate::mock::chain(),
		crate::mock::Test
	}
}
