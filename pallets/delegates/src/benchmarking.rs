// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of delegates.

use super::*;
use crate::pallet::{Call, Config};
use eventum_primitives::{delegate::Group, traits::Candidates};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::Percent;

/// The longest profile, with a name of its own.
fn profile(number: u32) -> Profile {
	let long = |length: usize| alloc::vec![b'x'; length];
	let address = || BoundedVec::truncate_from(long(256));
	Profile {
		name: BoundedVec::truncate_from(alloc::format!("Delegate-{number:023}").into_bytes()),
		description: BoundedVec::truncate_from(long(1_024)),
		group: Group::Other,
		web: address(),
		links: BoundedVec::truncate_from(alloc::vec![address(); 8]),
		discussion: address(),
		location: address(),
	}
}

fn plan(percent: u8) -> Plan {
	Plan { blocks: Percent::from_percent(percent), epochs: Percent::one() }
}

/// A delegate that is registered, with an operator.
fn registered<T: Config>() -> Result<AccountId, BenchmarkError> {
	let who: AccountId = account("delegate", 0, 0);
	let bucket = T::BenchmarkHelper::prepare(&who);
	Pallet::<T>::do_register(who.clone(), bucket, profile(0), plan(1))?;
	let accounts = Accounts { operator: account("operator", 0, 0), reward: who.clone() };
	Pallet::<T>::do_set_accounts(who.clone(), accounts)?;
	Ok(who)
}

fn voter<T: Config>(delegate: &AccountId) -> Result<(AccountId, BucketId), BenchmarkError>
where
	T::Currency: Mutate<AccountId>,
{
	let voter: AccountId = account("voter", 0, 0);
	let funds = T::ComplaintDeposit::get().saturating_add(T::Currency::minimum_balance());
	T::Currency::mint_into(&voter, funds.saturating_mul(10))?;
	let bucket = T::BenchmarkHelper::vote(&voter, delegate);
	Ok((voter, bucket))
}

#[benchmarks(where T::Currency: Mutate<AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() -> Result<(), BenchmarkError> {
		let who: AccountId = account("delegate", 0, 0);
		let bucket = T::BenchmarkHelper::prepare(&who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), bucket, profile(0), plan(1));

		assert!(Delegates::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn set_profile() -> Result<(), BenchmarkError> {
		let who = registered::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), profile(1));

		assert_eq!(Profiles::<T>::get(who), Some(profile(1)));
		Ok(())
	}

	#[benchmark]
	fn set_plan() -> Result<(), BenchmarkError> {
		let who = registered::<T>()?;
		let all = (1..=MAX_PLANS).map(|epoch| (epoch, plan(1))).collect();
		PlansOf::<T>::insert(&who, Plans::truncate_from(all));
		T::BenchmarkHelper::set_epoch(MAX_PLANS);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), plan(2));

		assert_eq!(Pallet::<T>::plan_at(&who, EpochIndex::MAX), plan(2));
		Ok(())
	}

	#[benchmark]
	fn set_accounts() -> Result<(), BenchmarkError> {
		let who = registered::<T>()?;
		let operator: AccountId = account("operator", 1, 0);
		let accounts = Accounts { operator: operator.clone(), reward: who.clone() };

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), accounts);

		assert_eq!(Pallet::<T>::served_by(&operator), Some(who));
		Ok(())
	}

	#[benchmark]
	fn retire() -> Result<(), BenchmarkError> {
		let who = registered::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		let standing = Delegates::<T>::get(who).map(|one| one.standing);
		assert!(matches!(standing, Some(Standing::Retired { .. })));
		Ok(())
	}

	#[benchmark]
	fn activate() -> Result<(), BenchmarkError> {
		let who = registered::<T>()?;
		Pallet::<T>::do_retire(who.clone())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert_eq!(Delegates::<T>::get(who).map(|one| one.standing), Some(Standing::Active));
		Ok(())
	}

	#[benchmark]
	fn resign() -> Result<(), BenchmarkError> {
		let who = registered::<T>()?;
		Pallet::<T>::do_retire(who.clone())?;
		let free_from = T::Epoch::get().saturating_add(T::ReportEpochs::get());
		T::BenchmarkHelper::set_epoch(free_from);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!Delegates::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn complain() -> Result<(), BenchmarkError> {
		let delegate = registered::<T>()?;
		let (voter, bucket) = voter::<T>(&delegate)?;
		let text = BoundedVec::truncate_from(alloc::vec![b'x'; 1_024]);

		#[extrinsic_call]
		_(RawOrigin::Signed(voter.clone()), delegate.clone(), bucket, Hash::zero(), text);

		assert!(Complaints::<T>::contains_key(delegate, voter));
		Ok(())
	}

	#[benchmark]
	fn withdraw_complaint() -> Result<(), BenchmarkError> {
		let delegate = registered::<T>()?;
		let (voter, bucket) = voter::<T>(&delegate)?;
		let text = BoundedVec::truncate_from(alloc::vec![b'x'; 1_024]);
		Pallet::<T>::do_complain(voter.clone(), delegate.clone(), bucket, Hash::zero(), text)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(voter.clone()), delegate.clone());

		assert!(!Complaints::<T>::contains_key(delegate, voter));
		Ok(())
	}

	impl_benchmark_test_suite! {
		Pallet,
		crate::mock::chain(alloc::vec![]),
		crate::mock::Test
	}
}
