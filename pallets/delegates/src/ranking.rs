// SPDX-License-Identifier: Apache-2.0

//! Who has how many votes, and what runtime APIs answer.

use crate::{
	pallet::Config, Complaints, Delegate, Delegates, Names, Pallet, PlansOf, Profiles, Standing,
};
use alloc::vec::Vec;
use core::cmp::Reverse;
use eventum_primitives::{
	apis::{ComplaintView, DelegateView},
	delegate::Name,
	rules::probation::effective,
	traits::{Candidates, Seats, Staking},
	AccountId, Balance,
};
use frame_support::traits::Get;

/// Delegates, or complaints, in one answer at most.
pub const RANKING_PAGE: u32 = 100;

impl<T: Config> Pallet<T> {
	pub(crate) fn counted(account: &AccountId, delegate: &Delegate) -> Balance {
		if !Self::is_eligible(account, delegate) {
			return 0;
		}
		effective(T::Staking::votes(account), Self::probation_left(delegate))
	}

	/// Epochs of probation left, the running one included.
	pub(crate) fn probation_left(delegate: &Delegate) -> u32 {
		delegate.trusted_from.saturating_sub(T::Epoch::get())
	}

	fn is_eligible(account: &AccountId, delegate: &Delegate) -> bool {
		delegate.standing == Standing::Active
			&& T::Staking::own_stake(account) >= T::MinSelfStake::get()
			&& T::Seats::has_keys(account)
	}

	/// A delegate.
	pub fn delegate(account: AccountId) -> Option<DelegateView> {
		let delegate = Delegates::<T>::get(&account)?;
		let profile = Profiles::<T>::get(&account)?;
		let epoch = T::Epoch::get();
		Some(DelegateView {
			plan: Self::plan_at(&account, epoch),
			next_plan: PlansOf::<T>::get(&account)
				.last()
				.filter(|(from, _)| *from > epoch)
				.copied(),
			profile,
			votes: T::Staking::votes(&account),
			counted: Self::counted(&account, &delegate),
			own_stake: T::Staking::own_stake(&account),
			eligible: Self::is_eligible(&account, &delegate),
			retired: delegate.standing != Standing::Active,
			probation: Self::probation_left(&delegate),
			accounts: delegate.accounts,
			account,
		})
	}

	/// The delegate of this name, whatever its case.
	pub fn delegate_by_name(name: Name) -> Option<DelegateView> {
		let lower: Vec<u8> = name.iter().map(u8::to_ascii_lowercase).collect();
		Names::<T>::get(Name::truncate_from(lower)).and_then(Self::delegate)
	}

	/// Delegates by the votes that count, ties by account, from the one after `cursor` on, at most
	/// `limit` and [`RANKING_PAGE`]. Reads all delegates: off chain only.
	pub fn ranking(cursor: Option<AccountId>, limit: u32) -> Vec<DelegateView> {
		let mut all = <Self as Candidates>::standings();
		all.sort_unstable_by(|(one, votes), (other, others)| {
			(Reverse(votes), one).cmp(&(Reverse(others), other))
		});
		let after = cursor
			.and_then(|cursor| all.iter().position(|(account, _)| *account == cursor))
			.map_or(0, |place| place.saturating_add(1));
		let limit = usize::try_from(limit.min(RANKING_PAGE)).unwrap_or_default();
		let page = all.into_iter().skip(after).take(limit);
		page.filter_map(|(account, _)| Self::delegate(account)).collect()
	}

	/// Complaints about a delegate, in no order, after that of `cursor`, at most `limit` and
	/// [`RANKING_PAGE`].
	pub fn complaints(
		delegate: AccountId,
		cursor: Option<AccountId>,
		limit: u32,
	) -> Vec<ComplaintView> {
		let all = match cursor {
			None => Complaints::<T>::iter_prefix(&delegate),
			Some(last) => {
				let from = Complaints::<T>::hashed_key_for(&delegate, last);
				Complaints::<T>::iter_prefix_from(&delegate, from)
			}
		};
		let limit = usize::try_from(limit.min(RANKING_PAGE)).unwrap_or_default();
		all.take(limit)
			.map(|(by, (complaint, _))| ComplaintView {
				by,
				evidence: complaint.evidence,
				text: complaint.text,
				at: complaint.at,
			})
			.collect()
	}
}
