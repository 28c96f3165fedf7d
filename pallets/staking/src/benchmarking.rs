// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of staking. Buckets are such that settling them costs most: some of their votes were cast
//! in an epoch that is over, with other buckets, and rewards came in that epoch and after it.

use super::*;
use crate::pallet::{Call, Config};
use eventum_primitives::traits::Staking;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;

const DAYS: u32 = 91;

fn amount<T: Config>() -> Balance {
	T::MinAmount::get().max(T::Currency::minimum_balance()).saturating_mul(1_000)
}

fn funded<T: Config>(name: &'static str, index: u32) -> Result<AccountId, BenchmarkError> {
	let account: AccountId = account(name, index, 0);
	T::Currency::mint_into(&account, amount::<T>().saturating_mul(1_000))?;
	Ok(account)
}

fn delegate<T: Config>(index: u32) -> AccountId {
	let delegate: AccountId = account("delegate", index, 0);
	T::BenchmarkHelper::register(&delegate);
	delegate
}

/// A delegate without an own bucket, as it is before it registers.
fn unbound<T: Config>() -> AccountId {
	let delegate = delegate::<T>(1);
	Pallet::<T>::release_own(&delegate);
	delegate
}

fn next_epoch<T: Config>() {
	T::BenchmarkHelper::set_epoch(T::Epoch::get().saturating_add(1));
}

fn pay<T: Config>(delegate: &AccountId) -> Result<(), BenchmarkError> {
	let payer = funded::<T>("payer", 0)?;
	let taken = Pallet::<T>::reward(&payer, delegate, amount::<T>());
	if taken == 0 {
		return Err("nobody earns".into());
	}
	Ok(())
}

/// Buckets of `owner` that vote for `delegate`, and one of another account.
fn buckets<T: Config>(
	owner: &AccountId,
	delegate: &AccountId,
	count: u32,
) -> Result<Vec<BucketId>, BenchmarkError> {
	let other = funded::<T>("other", 0)?;
	let create = |owner: &AccountId| {
		Pallet::<T>::do_create(owner.clone(), delegate.clone(), amount::<T>(), DAYS, false)
	};
	let others = create(&other)?;
	let ids = (0..count).map(|_| create(owner)).collect::<Result<Vec<_>, _>>()?;
	next_epoch::<T>();
	Pallet::<T>::do_add(others, other.clone(), 1_000)?;
	for id in &ids {
		Pallet::<T>::do_add(*id, owner.clone(), 1_000)?;
	}
	pay::<T>(delegate)?;
	next_epoch::<T>();
	pay::<T>(delegate)?;
	next_epoch::<T>();
	Ok(ids)
}

/// One such bucket.
fn bucket<T: Config>(owner: &AccountId) -> Result<BucketId, BenchmarkError> {
	let ids = buckets::<T>(owner, &delegate::<T>(0), 1)?;
	ids.first().copied().ok_or(BenchmarkError::Stop("a bucket was made"))
}

fn pass_term<T: Config>() {
	let term = T::Day::get().saturating_mul(u64::from(DAYS).saturating_add(1));
	let now = <T::Clock as traits::Clock>::now();
	T::BenchmarkHelper::set_time(now.saturating_add(term));
}

/// A delegate with an own bucket that has earned, and what is in that.
fn bound<T: Config>() -> Result<(AccountId, Balance), BenchmarkError> {
	let owner = funded::<T>("owner", 0)?;
	let id = bucket::<T>(&owner)?;
	let delegate = unbound::<T>();
	Pallet::<T>::bind_own(&delegate, &owner, id)?;
	next_epoch::<T>();
	pay::<T>(&delegate)?;
	next_epoch::<T>();
	Ok((delegate.clone(), Pallet::<T>::own_stake(&delegate)))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		bucket::<T>(&owner)?;
		let delegate = delegate::<T>(0);
		let next = NextBucket::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), delegate, amount::<T>(), DAYS, true);

		assert!(Buckets::<T>::contains_key(next));
		Ok(())
	}

	#[benchmark]
	fn add() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), id, amount::<T>());

		assert!(Voters::<T>::get(owner).owed > 0);
		Ok(())
	}

	#[benchmark]
	fn extend() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), id, DAYS.saturating_add(1));

		assert!(Voters::<T>::get(owner).owed > 0);
		Ok(())
	}

	#[benchmark]
	fn set_auto_renew() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), id, true);

		assert!(Voters::<T>::get(owner).owed > 0);
		Ok(())
	}

	#[benchmark]
	fn move_votes() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;
		let to = delegate::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), id, to);

		assert!(Voters::<T>::get(owner).owed > 0);
		Ok(())
	}

	#[benchmark]
	fn split() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;
		let next = NextBucket::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id, amount::<T>() / 2);

		assert!(Buckets::<T>::contains_key(next));
		Ok(())
	}

	#[benchmark]
	fn merge() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let ids = buckets::<T>(&owner, &delegate::<T>(0), 2)?;
		let [one, other] = ids[..] else { return Err("two buckets were made".into()) };

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), one, other);

		assert!(!Buckets::<T>::contains_key(one));
		Ok(())
	}

	#[benchmark]
	fn transfer() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;
		let to = funded::<T>("recipient", 0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id, to.clone());

		assert!(Owned::<T>::contains_key(to, id));
		Ok(())
	}

	#[benchmark]
	fn unlock() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;
		pass_term::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id);

		assert_eq!(Buckets::<T>::get(id).map(|bucket| bucket.is_unbonding()), Some(true));
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;
		pass_term::<T>();
		Pallet::<T>::do_unlock(id, owner.clone())?;
		pass_term::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id);

		assert!(!Buckets::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn set_payout() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), Payout::Compound(id));

		assert_eq!(Voters::<T>::get(owner).payout, Payout::Compound(id));
		Ok(())
	}

	/// `n` buckets are credited, and what they earned goes into another.
	#[benchmark]
	fn claim(n: Linear<0, MAX_CLAIMED>) -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let mut ids = buckets::<T>(&owner, &delegate::<T>(0), n.saturating_add(1))?;
		let into = ids.pop().ok_or("a bucket was made")?;
		Pallet::<T>::do_set_payout(owner.clone(), Payout::Compound(into))?;
		Pallet::<T>::change_voter(&owner, |voter| voter.owed = voter.owed.saturating_add(1));
		let ids = BoundedVec::truncate_from(ids);
		let before = Buckets::<T>::get(into).map(|bucket| bucket.amount);

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), owner, ids);

		assert!(Buckets::<T>::get(into).map(|bucket| bucket.amount) > before);
		Ok(())
	}

	#[benchmark]
	fn reward() -> Result<(), BenchmarkError> {
		let (owner, payer) = (funded::<T>("owner", 0)?, funded::<T>("payer", 0)?);
		let delegate = delegate::<T>(0);
		let id = bucket::<T>(&owner)?;
		Pallet::<T>::do_add(id, owner, 1_000)?;
		next_epoch::<T>();
		let taken;

		#[block]
		{
			taken = Pallet::<T>::reward(&payer, &delegate, amount::<T>());
		}

		assert_eq!(taken, amount::<T>());
		Ok(())
	}

	/// Shows that paying costs the same however many voters (`v`) there are.
	#[benchmark(extra)]
	fn reward_voters(v: Linear<10, 100_000>) -> Result<(), BenchmarkError> {
		let (payer, delegate) = (funded::<T>("payer", 0)?, delegate::<T>(0));
		for index in 0..v {
			let owner = funded::<T>("voter", index)?;
			Pallet::<T>::do_create(owner, delegate.clone(), amount::<T>(), DAYS, true)?;
		}
		next_epoch::<T>();
		let taken;

		#[block]
		{
			taken = Pallet::<T>::reward(&payer, &delegate, amount::<T>());
		}

		assert_eq!(taken, amount::<T>());
		Ok(())
	}

	#[benchmark]
	fn bind_own() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let id = bucket::<T>(&owner)?;
		let delegate = unbound::<T>();

		#[block]
		{
			Pallet::<T>::bind_own(&delegate, &owner, id)?;
		}

		assert_eq!(Own::<T>::get(delegate), Some(id));
		Ok(())
	}

	#[benchmark]
	fn release_own() -> Result<(), BenchmarkError> {
		let (delegate, _) = bound::<T>()?;

		#[block]
		{
			Pallet::<T>::release_own(&delegate);
		}

		assert_eq!(Own::<T>::get(delegate), None);
		Ok(())
	}

	#[benchmark]
	fn slash_own() -> Result<(), BenchmarkError> {
		let (delegate, before) = bound::<T>()?;
		let pool = funded::<T>("pool", 0)?;

		#[block]
		{
			Pallet::<T>::slash_own(&delegate, amount::<T>() / 2, &pool);
		}

		assert!(Pallet::<T>::own_stake(&delegate) < before);
		Ok(())
	}

	impl_benchmark_test_suite! {
		Pallet,
		crate::mock::chain_with(1_000_000_000_000, alloc::vec![]),
		crate::mock::Test
	}
}
