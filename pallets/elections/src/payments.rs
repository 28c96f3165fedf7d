// SPDX-License-Identifier: Apache-2.0

//! What an epoch's work and votes are paid, and what its failures cost.

use crate::{
	pallet::Config, Active, Alive, Closing, Due, Epoch, Event, Oldest, Pallet, Statements, Unpaid,
	WeightInfo, Work, BEST, KEPT_EPOCHS, PAID_PER_BLOCK,
};
use alloc::{collections::BTreeMap, vec::Vec};
use eventum_primitives::{
	epoch::Statement,
	rules::{election::best, probation, reserve::Budget},
	traits::{Candidates, Grid, Slashes, Staking, Treasury},
	AccountId, Balance, EpochIndex,
};
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		tokens::Preservation,
		Get,
	},
	weights::Weight,
	BoundedVec,
};

/// Statements that are dropped for each that is made, at most.
const DROPPED_FOR_EACH: u32 = 2;

impl<T: Config> Pallet<T> {
	/// Reckons what is due for an epoch that is over. It is paid in the next blocks.
	pub(crate) fn close(epoch: EpochIndex) -> Weight {
		let weight = Self::pay_rest(epoch);
		let alive = Alive::<T>::take();
		let standings = T::Candidates::standings();
		let looked_at = u32::try_from(standings.len()).unwrap_or(u32::MAX);
		let living: Vec<_> =
			standings.into_iter().filter(|(account, _)| alive.contains(account)).collect();

		let mut dues: BTreeMap<AccountId, Due> =
			living.iter().map(|(one, _)| (one.clone(), Due::new(one.clone()))).collect();
		let (term, work) = (Active::<T>::get(), Work::<T>::get());
		for (member, place) in term.members.iter().zip(0..) {
			let due = dues.entry(member.clone()).or_insert_with(|| Due::new(member.clone()));
			due.production = work.of(Some(place));
			let gone = !alive.contains(member) && due.production.made == 0;
			due.absent = gone && !work.excused;
		}
		let mut votes: Balance = 0;
		for (account, counted) in best(living, BEST) {
			votes = votes.saturating_add(counted);
			if let Some(due) = dues.get_mut(&account) {
				due.votes = counted;
			}
		}
		let dues = BoundedVec::truncate_from(dues.into_values().collect());
		Self::keep(Closing { epoch, budget: Self::budget(), votes, dues }, Self::current_epoch());
		weight.saturating_add(T::WeightInfo::close(looked_at))
	}

	/// What an epoch that ends now may spend.
	pub(crate) fn budget() -> Budget {
		let reserve = T::Currency::balance(&T::Treasury::delegate_reserve());
		Budget::new(reserve, T::RewardRate::get(), T::Grid::epoch_slots())
	}

	/// Pays some of what is due.
	pub(crate) fn pay_some() -> Weight {
		let next = Self::current_epoch();
		Unpaid::<T>::take()
			.map_or_else(Weight::zero, |closing| Self::pay(closing, PAID_PER_BLOCK, next))
	}

	/// Pays all that is due, because the next epoch is over, too.
	fn pay_rest(next: EpochIndex) -> Weight {
		Unpaid::<T>::take().map_or_else(Weight::zero, |closing| Self::pay(closing, u32::MAX, next))
	}

	/// Pays as many delegates as that.
	pub(crate) fn pay(mut closing: Closing, most: u32, next: EpochIndex) -> Weight {
		let mut paid = 0u32;
		while paid < most {
			let Some(due) = closing.dues.pop() else { break };
			Self::pay_delegate(&closing, due);
			paid = paid.saturating_add(1);
		}
		Self::drop_statements(closing.epoch, paid.saturating_mul(DROPPED_FOR_EACH));
		Self::keep(closing, next);
		T::WeightInfo::pay(paid)
	}

	/// Keeps what is still due, or moves on to the next epoch if nothing is.
	fn keep(closing: Closing, next: EpochIndex) {
		if closing.dues.is_empty() {
			Epoch::<T>::put(next);
			Self::deposit_event(Event::EpochPaid { epoch: closing.epoch });
		} else {
			Unpaid::<T>::put(closing);
		}
	}

	fn pay_delegate(closing: &Closing, due: Due) {
		let Due { delegate, production, votes, absent } = due;
		let epoch = closing.epoch;
		let plan = T::Candidates::plan(&delegate, epoch);
		let blocks = closing.budget.blocks(production.made);
		let epochs = closing.budget.share(votes, closing.votes);
		let shared = plan.blocks.mul_floor(blocks).saturating_add(plan.epochs.mul_floor(epochs));
		let own = blocks.saturating_add(epochs).saturating_sub(shared);

		let reserve = T::Treasury::delegate_reserve();
		let voters = T::Staking::reward(&reserve, &delegate, shared);
		let kept = T::Candidates::reward_account(&delegate)
			.filter(|_| own > 0)
			.and_then(|to| T::Currency::transfer(&reserve, &to, own, Preservation::Preserve).ok())
			.unwrap_or_default();
		let statement = Statement { production, votes, blocks, epochs, plan, voters, kept };
		Statements::<T>::insert(epoch, &delegate, statement);
		if kept > 0 || voters > 0 {
			let delegate = delegate.clone();
			Self::deposit_event(Event::Paid { delegate, epoch, kept, voters });
		}

		if production.is_poor() {
			let left = probation::next(T::Candidates::probation(&delegate), production);
			T::Candidates::set_probation(&delegate, left);
			let delegate = delegate.clone();
			Self::deposit_event(Event::OnProbation { delegate, epochs: left });
		}
		if absent {
			T::Slashes::absent(&delegate, epoch);
		}
	}

	/// Drops some of the statements that are too old, of one epoch.
	fn drop_statements(epoch: EpochIndex, most: u32) {
		let oldest = Oldest::<T>::get();
		if epoch.saturating_sub(oldest) >= KEPT_EPOCHS {
			let dropped = Statements::<T>::clear_prefix(oldest, most, None);
			if dropped.maybe_cursor.is_none() {
				Oldest::<T>::put(oldest.saturating_add(1));
			}
		}
	}
}
