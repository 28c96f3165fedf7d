// SPDX-License-Identifier: Apache-2.0

//! Reporters come and go while a feed is joining. The only writer of `ReporterPages` and
//! `Memberships`.
//!
//! A stake is held when its reporter joins, given back whole when it leaves, and otherwise stays
//! held, in the reporter's entry, until [`crate::settlement`] takes the page that the entry is in.

use crate::{pallet::*, types::*};
use eventum_primitives::{
	definition::{Definition, Gate},
	report::ReportKey,
	rules::stake::join_stake,
	traits::{Clock, Reputation},
	AccountId, Balance, FeedId, JoinIndex, Score,
};
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungible::{Inspect, InspectHold, MutateHold},
		tokens::Precision,
	},
};
use sp_runtime::SaturatedConversion;

/// The page and the place on it of a join index.
pub(crate) fn place(index: JoinIndex) -> (u32, usize) {
	(index / PAGE, (index % PAGE) as usize)
}

impl<T: Config> Pallet<T> {
	/// What joining a feed costs now.
	pub fn next_stake(definition: &Definition, joined: u32) -> Balance {
		join_stake(definition.reward, definition.stake_factor, definition.min_people, joined)
	}

	pub(crate) fn do_join(id: FeedId, account: AccountId, key: ReportKey) -> DispatchResult {
		let mut feed = Self::joining(id)?;
		let definition = Definitions::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
		ensure!(account != feed.requester, Error::<T>::RequesterCannotJoin);
		match Memberships::<T>::get(id, &account) {
			Some(Membership::Joined(_)) => return Err(Error::<T>::AlreadyJoined.into()),
			Some(Membership::Left) => return Err(Error::<T>::LeftBefore.into()),
			None => {}
		}
		ensure!(feed.joined < definition.max_people, Error::<T>::FeedFull);
		ensure!(!T::Reputation::is_flagged(&account), Error::<T>::Flagged);
		let score = T::Reputation::score(&account);
		Self::ensure_admitted(&definition.gate, &account, score)?;
		let stake = Self::next_stake(&definition, feed.joined);
		Self::hold_stake(&account, stake)?;

		let index = feed.joined;
		let early = index < definition.min_people;
		let reporter = Reporter {
			account: account.clone(),
			keys: BoundedVec::truncate_from(alloc::vec![(0, key)]),
			stake,
			score,
			early,
			reward: 0,
			dissents: 0,
			voted: false,
			agreed: false,
			double: false,
		};
		let (page, _) = place(index);
		ReporterPages::<T>::try_mutate((id, page), |reporters| reporters.try_push(reporter))
			.map_err(|_| Error::<T>::FeedFull)?;
		Memberships::<T>::insert(id, &account, Membership::Joined(index));
		feed.joined = feed.joined.saturating_add(1);
		feed.reputation = feed.reputation.saturating_add(score.into());
		Self::deposit_event(Event::Joined { feed: id, account, index, stake, early });
		if feed.joined == definition.max_people {
			Self::close_joining(id, &mut feed, &definition);
		} else {
			Self::save(id, &feed);
		}
		Ok(())
	}

	pub(crate) fn do_leave(id: FeedId, account: AccountId) -> DispatchResult {
		let mut feed = Self::joining(id)?;
		let index = Self::index_of(id, &account)?;
		let left = Self::remove_reporter(id, index, feed.joined)?;
		Memberships::<T>::insert(id, &account, Membership::Left);
		Self::release_stake(&account, left.stake);
		feed.joined = feed.joined.saturating_sub(1);
		feed.reputation = feed.reputation.saturating_sub(left.score.into());
		Self::save(id, &feed);
		Self::deposit_event(Event::Left { feed: id, account, stake: left.stake });
		Ok(())
	}

	pub(crate) fn do_set_report_key(
		id: FeedId,
		account: AccountId,
		key: ReportKey,
	) -> DispatchResult {
		let mut feed = Feeds::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
		let (page, place) = place(Self::index_of(id, &account)?);
		let mut reporters = ReporterPages::<T>::get((id, page));
		let keys = &mut reporters.get_mut(place).ok_or(Error::<T>::NotJoined)?.keys;
		match &feed.state {
			// No round can have begun, so no member has counted by the old key.
			FeedState::Joining | FeedState::Drawing => {
				*keys = BoundedVec::truncate_from(alloc::vec![(0, key)]);
			}
			FeedState::Reporting { course, .. } => {
				let definition = Definitions::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
				Self::ensure_next_round(&definition, course)?;
				let since = frame_system::Pallet::<T>::block_number().saturated_into();
				keys.try_push((since, key)).map_err(|_| Error::<T>::KeysUsedUp)?;
				feed.rekeyed = since;
				Self::save(id, &feed);
			}
			_ => return Err(Error::<T>::NoNextRound.into()),
		}
		Self::save_page(id, page, &reporters);
		Self::deposit_event(Event::ReportKeySet { feed: id, account, key });
		Ok(())
	}

	/// A feed that can be joined and left. The time is looked at too: the agenda, which is to wake it at
	/// its last moment to join, may come a block or more later.
	fn joining(id: FeedId) -> Result<Feed, Error<T>> {
		let feed = Feeds::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
		ensure!(feed.state == FeedState::Joining, Error::<T>::NotJoining);
		ensure!(T::Clock::now() <= feed.wake, Error::<T>::TooLate);
		Ok(feed)
	}

	pub(crate) fn index_of(id: FeedId, account: &AccountId) -> Result<JoinIndex, Error<T>> {
		match Memberships::<T>::get(id, account) {
			Some(Membership::Joined(index)) => Ok(index),
			Some(Membership::Left) | None => Err(Error::<T>::NotJoined),
		}
	}

	fn ensure_admitted(gate: &Gate, account: &AccountId, score: Score) -> Result<(), Error<T>> {
		let reputed = score >= gate.min_reputation;
		let wealthy = T::Currency::balance(account) >= gate.min_balance;
		if gate.any {
			ensure!(reputed || wealthy, Error::<T>::NotAdmitted);
		} else {
			ensure!(reputed, Error::<T>::LowReputation);
			ensure!(wealthy, Error::<T>::LowBalance);
		}
		Ok(())
	}

	fn hold_stake(account: &AccountId, stake: Balance) -> DispatchResult {
		if stake == 0 {
			return Ok(());
		}
		let reason = HoldReason::Stake.into();
		ensure!(T::Currency::can_hold(&reason, account, stake), Error::<T>::InsufficientFunds);
		T::Currency::hold(&reason, account, stake)
	}

	/// Gives a stake free, or a part of one.
	pub(crate) fn release_stake(account: &AccountId, amount: Balance) {
		if amount == 0 {
			return;
		}
		let reason = HoldReason::Stake.into();
		let released = T::Currency::release(&reason, account, amount, Precision::Exact);
		if let Err(error) = released {
			log::error!(target: crate::LOG_TARGET, "a stake cannot be released: {error:?}");
		}
	}

	/// Notes that a reporter has given two answers; gives what it had at stake.
	pub(crate) fn take_whole_stake(id: FeedId, account: &AccountId) -> Result<Balance, Error<T>> {
		let (page, place) = place(Self::index_of(id, account)?);
		ReporterPages::<T>::try_mutate((id, page), |reporters| {
			let reporter = reporters.get_mut(place).ok_or(Error::<T>::NotJoined)?;
			reporter.double = true;
			Ok(core::mem::take(&mut reporter.stake))
		})
	}

	/// Takes a reporter out; the last one fills the hole.
	fn remove_reporter(id: FeedId, index: JoinIndex, joined: u32) -> Result<Reporter, Error<T>> {
		let (last_page, _) = place(joined.saturating_sub(1));
		let mut reporters = ReporterPages::<T>::get((id, last_page));
		let last = reporters.pop().ok_or(Error::<T>::NotJoined)?;
		if reporters.is_empty() {
			ReporterPages::<T>::remove((id, last_page));
		} else {
			ReporterPages::<T>::insert((id, last_page), reporters);
		}
		if index.saturating_add(1) == joined {
			return Ok(last);
		}
		Memberships::<T>::insert(id, &last.account, Membership::Joined(index));
		let (page, place) = place(index);
		ReporterPages::<T>::try_mutate((id, page), |reporters| {
			let hole = reporters.get_mut(place).ok_or(Error::<T>::NotJoined)?;
			Ok(core::mem::replace(hole, last))
		})
	}

	/// Writes a page back whose reporters have changed.
	pub(crate) fn save_page(id: FeedId, page: u32, reporters: &Reporters) {
		ReporterPages::<T>::insert((id, page), reporters);
	}

	/// Takes a page of reporters out for good, with their memberships.
	pub(crate) fn take_page(id: FeedId, page: u32) -> Reporters {
		let reporters = ReporterPages::<T>::take((id, page));
		for reporter in &reporters {
			Memberships::<T>::remove(id, &reporter.account);
		}
		reporters
	}

	/// Forgets at most `limit` of those who left; tells how many.
	pub(crate) fn forget_left(id: FeedId, limit: u32) -> u32 {
		Memberships::<T>::drain_prefix(id).take(limit as usize).count() as u32
	}
}
