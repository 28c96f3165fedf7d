// SPDX-License-Identifier: Apache-2.0

//! What an offence costs, from the report until it is taken or cancelled.

use crate::{
	pallet::Config, Charge, Charges, Error, Event, FirstSlash, Misdeed, NextSlash, Offender,
	Pallet, Records, Slash, SlashId, Slashes, WeightInfo, MAX_TAKEN,
};
use eventum_primitives::{
	rules::slash,
	traits::{Discipline, Staking, Treasury},
	AccountId, Balance,
};
use frame_support::{dispatch::DispatchResult, traits::Get, weights::Weight};
use sp_runtime::Perbill;
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

impl<T: Config> OnOffenceHandler<AccountId, Offender, Weight> for Pallet<T> {
	/// Called with all offenders of one round, also those for whom it was called before. The weight is
	/// that of the reports.
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, Offender>],
		shares: &[Perbill],
		_session: SessionIndex,
	) -> Weight {
		for (details, share) in offenders.iter().zip(shares) {
			Self::punish(&details.offender, *share, details.reporters.first().cloned());
		}
		Weight::zero()
	}
}

impl<T: Config> Pallet<T> {
	fn punish(offender: &Offender, share: Perbill, reporter: Option<AccountId>) {
		let account = &offender.account;
		let stake = T::Staking::own_stake(account);
		let amount = match offender.misdeed {
			Misdeed::Equivocation { session } => {
				let known = Charges::<T>::get(session, account);
				if known.is_none() {
					T::Discipline::expel(account);
				}
				let charge = known.unwrap_or(Charge { stake, amount: 0 });
				let due = slash::due(charge.stake, share, charge.amount);
				let amount = charge.amount.saturating_add(due);
				Charges::<T>::insert(session, account, Charge { amount, ..charge });
				due
			}
			Misdeed::DoubleAuthorship { .. } => {
				T::Discipline::expel(account);
				Records::<T>::mutate(account, |record| {
					record.double_authorships = record.double_authorships.saturating_add(1);
				});
				slash::due(stake, share, 0)
			}
			Misdeed::Absence { .. } => {
				Records::<T>::mutate(account, |record| {
					record.absences = record.absences.saturating_add(1);
				});
				slash::due(stake, share, 0)
			}
		};
		if amount > 0 {
			Self::book(offender.clone(), amount, reporter);
		}
	}

	/// Nobody is paid for having reported itself.
	fn book(offender: Offender, amount: Balance, reporter: Option<AccountId>) {
		let reporter = reporter.filter(|reporter| *reporter != offender.account);
		let epochs = T::CancelEpochs::get().saturating_add(1);
		let due = Self::epoch().saturating_add(epochs);
		let id = NextSlash::<T>::get();
		NextSlash::<T>::put(id.saturating_add(1));
		let slash = Slash { offender, amount, reporter, due };
		Slashes::<T>::insert(id, slash.clone());
		Self::deposit_event(Event::Booked { id, slash });
	}

	pub(crate) fn do_cancel(id: SlashId) -> DispatchResult {
		let slash = Slashes::<T>::take(id).ok_or(Error::<T>::NoSlash)?;
		Records::<T>::mutate(&slash.offender.account, |record| match slash.offender.misdeed {
			Misdeed::Equivocation { .. } => {}
			Misdeed::DoubleAuthorship { .. } => {
				record.double_authorships = record.double_authorships.saturating_sub(1);
			}
			Misdeed::Absence { .. } => record.absences = record.absences.saturating_sub(1),
		});
		Self::deposit_event(Event::Cancelled { id });
		Ok(())
	}

	/// Takes what is due, some slashes in a block. They fall due in the order of their numbers; those
	/// that were cancelled are passed over.
	pub(crate) fn take_due() -> Weight {
		let (first, next, epoch) = (FirstSlash::<T>::get(), NextSlash::<T>::get(), Self::epoch());
		let mut done = 0u32;
		for id in (first..next).take(MAX_TAKEN) {
			match Slashes::<T>::get(id) {
				Some(slash) if slash.due > epoch => break,
				Some(slash) => Self::take(id, slash),
				None => {}
			}
			done = done.saturating_add(1);
		}
		if done > 0 {
			FirstSlash::<T>::put(first.saturating_add(done));
		}
		T::WeightInfo::take_due(done)
	}

	fn take(id: SlashId, slash: Slash) {
		Slashes::<T>::remove(id);
		let delegate = &slash.offender.account;
		let amount = slash.amount.min(T::Staking::own_stake(delegate));
		let reward = slash
			.reporter
			.map(|to| T::Staking::slash_own(delegate, slash::REPORTER.mul_floor(amount), &to))
			.unwrap_or_default();
		let rest = amount.saturating_sub(reward);
		let pooled = T::Staking::slash_own(delegate, rest, &T::Treasury::reward_pool());
		Self::deposit_event(Event::Taken { id, pooled, reward });
	}
}
