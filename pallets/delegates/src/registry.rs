// SPDX-License-Identifier: Apache-2.0

//! Who is a delegate, what it says, and what it promises.

use crate::{
	pallet::Config, Delegate, Delegates, Error, Event, Names, Operators, Pallet, Plans, PlansOf,
	Profiles, Standing,
};
use eventum_primitives::{
	delegate::{Accounts, Name, Plan, Profile, ProfileFault},
	traits::{Candidates, Seats, Staking},
	AccountId, BucketId, EpochIndex,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

/// Epochs from the one in which a plan is announced to the first that it is for: one full epoch lies
/// between them.
const NOTICE: EpochIndex = 2;

impl<T: Config> eventum_primitives::traits::Delegates for Pallet<T> {
	fn is_delegate(account: &AccountId) -> bool {
		Delegates::<T>::contains_key(account)
	}
}

impl<T: Config> Pallet<T> {
	/// What a delegate shares of its rewards for an epoch.
	pub fn plan_at(delegate: &AccountId, epoch: EpochIndex) -> Plan {
		let plans = PlansOf::<T>::get(delegate);
		let valid = plans.iter().rev().find(|(from, _)| *from <= epoch);
		valid.map(|(_, plan)| *plan).unwrap_or_default()
	}

	pub(crate) fn do_register(
		who: AccountId,
		bucket: BucketId,
		profile: Profile,
		plan: Plan,
	) -> DispatchResult {
		let name = Self::ensure_new(&who, &profile)?;
		ensure!(T::Seats::has_keys(&who), Error::<T>::NoSessionKeys);
		T::Staking::bind_own(&who, &who, bucket)?;
		Self::ensure_stake(&who)?;
		Self::enlist(who, name, profile, plan);
		Ok(())
	}

	/// Whether an account can become a delegate, as far as this pallet knows. Gives its name as it is
	/// compared.
	pub(crate) fn ensure_new(who: &AccountId, profile: &Profile) -> Result<Name, DispatchError> {
		ensure!(!Delegates::<T>::contains_key(who), Error::<T>::AlreadyRegistered);
		ensure!(!Operators::<T>::contains_key(who), Error::<T>::OperatorTaken);
		ensure!(Delegates::<T>::count() < T::MaxDelegates::get(), Error::<T>::TooManyDelegates);
		Self::check_profile(who, profile)
	}

	pub(crate) fn enlist(who: AccountId, name: Name, profile: Profile, plan: Plan) {
		Names::<T>::insert(name, &who);
		let event = Event::Registered { delegate: who.clone(), name: profile.name.clone(), plan };
		Profiles::<T>::insert(&who, profile);
		PlansOf::<T>::insert(&who, Plans::truncate_from(alloc::vec![(T::Epoch::get(), plan)]));
		let accounts = Accounts { operator: who.clone(), reward: who.clone() };
		let delegate = Delegate { accounts, standing: Standing::Active, trusted_from: 0 };
		Delegates::<T>::insert(who, delegate);
		Self::deposit_event(event);
	}

	pub(crate) fn do_set_profile(who: AccountId, profile: Profile) -> DispatchResult {
		let old = Profiles::<T>::get(&who).ok_or(Error::<T>::NotRegistered)?;
		ensure!(old != profile, Error::<T>::NothingChanges);
		let name = Self::check_profile(&who, &profile)?;
		Names::<T>::remove(old.name_key());
		Names::<T>::insert(name, &who);
		let name = profile.name.clone();
		Profiles::<T>::insert(&who, profile);
		Self::deposit_event(Event::ProfileChanged { delegate: who, name });
		Ok(())
	}

	pub(crate) fn do_set_plan(who: AccountId, plan: Plan) -> DispatchResult {
		ensure!(Delegates::<T>::contains_key(&who), Error::<T>::NotRegistered);
		let epoch = T::Epoch::get();
		let from = epoch.saturating_add(NOTICE);
		PlansOf::<T>::try_mutate(&who, |plans| {
			if let Some((newest, last)) = plans.last() {
				ensure!(*newest <= epoch, Error::<T>::NoticeRuns);
				ensure!(*last != plan, Error::<T>::NothingChanges);
			}
			if plans.is_full() {
				plans.remove(0);
			}
			plans.try_push((from, plan)).map_err(|_| DispatchError::Exhausted)
		})?;
		Self::deposit_event(Event::PlanChanged { delegate: who, plan, from });
		Ok(())
	}

	pub(crate) fn do_set_accounts(who: AccountId, accounts: Accounts) -> DispatchResult {
		let mut delegate = Delegates::<T>::get(&who).ok_or(Error::<T>::NotRegistered)?;
		ensure!(delegate.accounts != accounts, Error::<T>::NothingChanges);
		let operator = &accounts.operator;
		let free = Self::served_by(operator).is_none_or(|served| served == who);
		ensure!(free, Error::<T>::OperatorTaken);
		Operators::<T>::remove(&delegate.accounts.operator);
		if *operator != who {
			Operators::<T>::insert(operator, &who);
		}
		delegate.accounts = accounts.clone();
		Delegates::<T>::insert(&who, delegate);
		Self::deposit_event(Event::AccountsChanged { delegate: who, accounts });
		Ok(())
	}

	pub(crate) fn do_retire(who: AccountId) -> DispatchResult {
		let delegate = Delegates::<T>::get(&who).ok_or(Error::<T>::NotRegistered)?;
		ensure!(delegate.standing == Standing::Active, Error::<T>::NothingChanges);
		ensure!(!T::Seats::is_seated(&who), Error::<T>::Seated);
		let standing = Standing::Retired { since: T::Epoch::get() };
		Delegates::<T>::insert(&who, Delegate { standing, ..delegate });
		Self::deposit_event(Event::Retired { delegate: who });
		Ok(())
	}

	pub(crate) fn do_activate(who: AccountId) -> DispatchResult {
		let delegate = Delegates::<T>::get(&who).ok_or(Error::<T>::NotRegistered)?;
		ensure!(delegate.standing != Standing::Active, Error::<T>::NothingChanges);
		ensure!(T::Seats::has_keys(&who), Error::<T>::NoSessionKeys);
		Self::ensure_stake(&who)?;
		Delegates::<T>::insert(&who, Delegate { standing: Standing::Active, ..delegate });
		Self::deposit_event(Event::Activated { delegate: who });
		Ok(())
	}

	pub(crate) fn do_resign(who: AccountId) -> DispatchResult {
		let delegate = Delegates::<T>::get(&who).ok_or(Error::<T>::NotRegistered)?;
		let Standing::Retired { since } = delegate.standing else {
			return Err(Error::<T>::NotRetired.into());
		};
		let free_from = since.saturating_add(T::ReportEpochs::get());
		ensure!(T::Epoch::get() >= free_from, Error::<T>::StillAccountable);
		T::Staking::release_own(&who);
		if let Some(profile) = Profiles::<T>::take(&who) {
			Names::<T>::remove(profile.name_key());
		}
		PlansOf::<T>::remove(&who);
		Operators::<T>::remove(&delegate.accounts.operator);
		Delegates::<T>::remove(&who);
		Self::deposit_event(Event::Resigned { delegate: who });
		Ok(())
	}

	/// The profile's name as it is compared, if nothing is wrong with it.
	fn check_profile(who: &AccountId, profile: &Profile) -> Result<Name, DispatchError> {
		profile.check().map_err(|fault| match fault {
			ProfileFault::Name => Error::<T>::InvalidName,
			ProfileFault::Text => Error::<T>::NotText,
		})?;
		let name = profile.name_key();
		let free = Names::<T>::get(&name).is_none_or(|other| other == *who);
		ensure!(free, Error::<T>::NameTaken);
		Ok(name)
	}

	fn ensure_stake(who: &AccountId) -> DispatchResult {
		let enough = T::Staking::own_stake(who) >= T::MinSelfStake::get();
		ensure!(enough, Error::<T>::StakeTooSmall);
		Ok(())
	}
}
