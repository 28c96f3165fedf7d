// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of elections: with the largest sets, and as many candidates as there can be.

use super::*;
use crate::pallet::{Call, Config};
use eventum_primitives::{
	duties::Finalized,
	rules::{probation::Production, reserve::Budget},
	traits::{Candidates, Grid, Treasury},
	EVT,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible::Mutate, EnsureOrigin},
	BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::RuntimeAppPublic;

/// An epoch whose slots benchmarks are made in.
const EPOCH: EpochIndex = 1_000;

fn candidates<T: Config>(count: u32) -> Vec<AccountId> {
	let accounts: Vec<AccountId> =
		(0..count).map(|number| account("candidate", number, 0)).collect();
	for account in &accounts {
		T::BenchmarkHelper::candidate(account);
	}
	accounts
}

/// The largest set, whose last block was before the first slot of [`EPOCH`] by so many slots.
fn largest_set<T: Config>(before: u64) -> Vec<AccountId> {
	let members = candidates::<T>(MAX_MEMBERS);
	T::BenchmarkHelper::seat(&members);
	let term = Term { members: Members::truncate_from(members.clone()), producers: MAX_PRODUCERS };
	SetSize::<T>::put(Size { members: MAX_MEMBERS, producers: MAX_PRODUCERS });
	Work::<T>::put(Record::new(
		Some(first_slot::<T>().saturating_sub(before)),
		MAX_PRODUCERS,
		false,
	));
	Queued::<T>::put(term.clone());
	Active::<T>::put(term);
	Epoch::<T>::put(EPOCH - 1);
	members
}

fn first_slot<T: Config>() -> u64 {
	u64::from(EPOCH).saturating_mul(T::Grid::epoch_slots().into())
}

/// Everyone proved life.
fn all_alive<T: Config>(accounts: Vec<AccountId>) {
	Alive::<T>::mutate(|alive| {
		for account in accounts {
			let _ = alive.try_insert(account);
		}
	});
}

fn heartbeat_of<T: Config>() -> (Heartbeat, AuthorityId, AuthoritySignature) {
	let others = (1..MAX_CANDIDATES).map(|number| account("other", number, 0)).collect();
	all_alive::<T>(others);
	let key = T::BenchmarkHelper::candidate(&account("candidate", 0, 0));
	let (finalized, hash): Finalized = (1, Hash::repeat_byte(1));
	let block = BlockNumberFor::<T>::from(finalized);
	frame_system::BlockHash::<T>::insert(block, hash);
	frame_system::Pallet::<T>::set_block_number(2u32.into());
	T::BenchmarkHelper::set_slot(first_slot::<T>().saturating_add(1));
	let heartbeat = Heartbeat { epoch: EPOCH, finalized, hash };
	let payload = Pallet::<T>::heartbeat_payload(&heartbeat);
	let signature = key.sign(&payload).expect("the helper makes keys that can sign");
	(heartbeat, key, signature)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// A block after a whole turn without any.
	#[benchmark]
	fn begin_block() {
		largest_set::<T>(u64::from(MAX_PRODUCERS));
		T::BenchmarkHelper::set_slot(first_slot::<T>().saturating_add(1));

		#[block]
		{
			Pallet::<T>::begin_block();
		}

		assert!(Work::<T>::get().producers.iter().all(|one| one.missed > 0));
	}

	/// A session and a set end; nobody is a candidate.
	#[benchmark]
	fn begin_session() {
		largest_set::<T>(1);
		T::BenchmarkHelper::set_slot(first_slot::<T>());

		#[block]
		{
			Pallet::<T>::begin_block();
		}

		assert!(Queued::<T>::get().is_none());
	}

	/// `d` delegates are looked at, and the best elected.
	#[benchmark]
	fn fix_members(d: Linear<MAX_MEMBERS, MAX_CANDIDATES>) {
		let _ = candidates::<T>(d);
		SetSize::<T>::put(Size { members: MAX_MEMBERS, producers: MAX_PRODUCERS });

		#[block]
		{
			Pallet::<T>::fix_members(EPOCH);
		}

		assert_eq!(
			Frozen::<T>::get().map(|one| one.term.members.len()),
			Some(MAX_MEMBERS as usize)
		);
	}

	/// `d` delegates have proven life.
	#[benchmark]
	fn close(d: Linear<MAX_MEMBERS, MAX_CANDIDATES>) {
		largest_set::<T>(1);
		all_alive::<T>(candidates::<T>(d));

		#[block]
		{
			Pallet::<T>::close(EPOCH - 1);
		}

		assert_eq!(Unpaid::<T>::get().map(|closing| closing.dues.len()), Some(d as usize));
	}

	/// `p` delegates are paid, of as many as there can be.
	#[benchmark]
	fn pay(p: Linear<1, PAID_PER_BLOCK>) -> Result<(), BenchmarkError> {
		let paid = candidates::<T>(p);
		let production = Production { made: 1, missed: 100 };
		let due = |delegate| Due { delegate, production, votes: 1, absent: true };
		let rest = (p..MAX_CANDIDATES).map(|number| account("other", number, 0));
		let dues = BoundedVec::truncate_from(rest.chain(paid).map(due).collect());
		let budget = Budget { per_block: EVT, delegates: EVT };
		Epoch::<T>::put(EPOCH - 1);
		T::Currency::mint_into(&T::Treasury::delegate_reserve(), 1_000_000 * EVT)?;
		T::BenchmarkHelper::set_slot(first_slot::<T>().saturating_add(1));
		Unpaid::<T>::kill();
		let closing = Closing { epoch: EPOCH - 1, budget, votes: 1_000, dues };

		#[block]
		{
			Pallet::<T>::pay(closing, p, EPOCH);
		}

		assert_eq!(Statements::<T>::iter_prefix(EPOCH - 1).count(), p as usize);
		Ok(())
	}

	#[benchmark]
	fn heartbeat() {
		let (beat, key, signature) = heartbeat_of::<T>();

		#[extrinsic_call]
		_(RawOrigin::Authorized, beat, key, signature);

		assert_eq!(Alive::<T>::get().len(), MAX_CANDIDATES as usize);
	}

	#[benchmark]
	fn authorize_heartbeat() -> Result<(), BenchmarkError> {
		let (beat, key, signature) = heartbeat_of::<T>();
		let source = frame_support::pallet_prelude::TransactionSource::External;

		#[block]
		{
			Pallet::<T>::authorize_heartbeat(source, &beat, &key, &signature)
				.map_err(|_| BenchmarkError::Stop("a valid heartbeat was refused"))?;
		}
		Ok(())
	}

	#[benchmark]
	fn set_size() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let size = Size { members: 12, producers: 12 };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, size);

		assert_eq!(SetSize::<T>::get(), size);
		Ok(())
	}

	#[benchmark]
	fn purge_keys() {
		let who: AccountId = account("former", 0, 0);
		T::BenchmarkHelper::set_keys(&who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(T::Candidates::served_by(&who).is_none());
	}

	/// A producer of the largest set is put out, after as many as there can be.
	#[benchmark]
	fn expel() {
		let members = largest_set::<T>(1);
		let others = (1..MAX_CANDIDATES).map(|number| (account("other", number, 0), EPOCH));
		Expelled::<T>::put(BoundedVec::truncate_from(others.collect()));

		#[block]
		{
			<Pallet<T> as traits::Discipline>::expel(&members[0]);
		}

		assert_eq!(Expelled::<T>::get().len(), MAX_CANDIDATES as usize);
	}
}
