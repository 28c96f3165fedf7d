// SPDX-License-Identifier: Apache-2.0

//! What must always hold of the pallet's storage.

use crate::{joining::place, pallet::*, types::*};
use alloc::collections::BTreeMap;
use eventum_primitives::{
	rules::fee::{needed, FeeTerms},
	traits::Committees,
	AccountId, Balance, FeedId,
};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_agenda()?;
		Self::check_markets()?;
		for (id, feed) in Feeds::<T>::iter() {
			Self::check_reporters(id, &feed)?;
			Self::check_course(id, &feed)?;
		}
		Self::check_orphans()?;
		Self::check_holds()
	}

	/// Each feed has exactly one entry in the agenda, at the moment that it keeps itself.
	pub(crate) fn check_agenda() -> Result<(), TryRuntimeError> {
		for (id, feed) in Feeds::<T>::iter() {
			let there = Agenda::<T>::contains_key(When::from(feed.wake), id);
			ensure!(there, "a feed is missing from the agenda");
		}
		let same = Agenda::<T>::iter_keys().count() == Feeds::<T>::iter_keys().count();
		ensure!(same, "the agenda has entries that no feed knows");
		Ok(())
	}

	/// Markets are below the next number and know how many of their feeds are kept.
	pub(crate) fn check_markets() -> Result<(), TryRuntimeError> {
		let mut kept = BTreeMap::<_, u16>::new();
		for id in Feeds::<T>::iter_keys() {
			let market = Markets::<T>::get(id.market).ok_or("a feed has no market")?;
			ensure!(id.index < market.feeds, "a feed is beyond its market");
			ensure!(Texts::<T>::contains_key(id), "a feed has no text");
			let count = kept.entry(id.market).or_default();
			*count = count.saturating_add(1);
		}
		for (number, market) in Markets::<T>::iter() {
			ensure!(number < NextMarket::<T>::get(), "a market is beyond the next number");
			let same = kept.get(&number) == Some(&market.kept);
			ensure!(same, "a market is wrong about how many of its feeds are kept");
		}
		let feeds = Feeds::<T>::iter_keys().count();
		ensure!(Texts::<T>::iter_keys().count() == feeds, "a text has no feed");
		ensure!(Definitions::<T>::iter_keys().count() == feeds, "a definition has no feed");
		Ok(())
	}

	/// Pages are full but for the last, those taken are gone, and memberships point to their places.
	pub(crate) fn check_reporters(id: FeedId, feed: &Feed) -> Result<(), TryRuntimeError> {
		let pages = feed.joined.div_ceil(PAGE);
		let first = feed.state.first_page().unwrap_or(pages).min(pages);
		let definition = Definitions::<T>::get(id).ok_or("a feed has no definition")?;
		ensure!(feed.joined <= definition.max_people, "more joined than allowed");
		ensure!(feed.reward == definition.reward, "a reward is not that of the definition");
		let mut reputation = 0i64;
		for page in 0..pages {
			let reporters = ReporterPages::<T>::get((id, page));
			let full = feed.joined.saturating_sub(page.saturating_mul(PAGE)).min(PAGE);
			let expected = if page < first { 0 } else { full };
			ensure!(reporters.len() as u32 == expected, "a page of reporters has a wrong length");
			for (reporter, index) in reporters.iter().zip(page.saturating_mul(PAGE)..) {
				let membership = Memberships::<T>::get(id, &reporter.account);
				let points = membership == Some(Membership::Joined(index));
				ensure!(points, "a membership does not point to its reporter");
				let since = reporter.keys.iter().map(|(since, _)| *since);
				let rising =
					since.clone().zip(since.clone().skip(1)).all(|(one, next)| one <= next);
				let first = since.clone().next() == Some(0);
				ensure!(first && rising, "the keys of a reporter are not in order");
				ensure!(since.max() <= Some(feed.rekeyed), "a feed does not know of a new key");
				reputation = reputation.saturating_add(reporter.score.into());
			}
		}
		ensure!(!ReporterPages::<T>::contains_key((id, pages)), "a page is beyond the last");
		ensure!(first > 0 || reputation == feed.reputation, "the sum of reputations is wrong");
		for (_, membership) in Memberships::<T>::iter_prefix(id) {
			let known = match membership {
				Membership::Joined(index) => {
					place(index).0 >= first && index < feed.joined && first < pages
				}
				Membership::Left => {
					!matches!(feed.state, FeedState::Settled { .. } | FeedState::Void { .. })
				}
			};
			ensure!(known, "a membership has no place");
		}
		Ok(())
	}

	/// What a feed knows of its course is what its outcomes say, and it has its committee.
	pub(crate) fn check_course(id: FeedId, feed: &Feed) -> Result<(), TryRuntimeError> {
		let ended = matches!(feed.state, FeedState::Settled { .. } | FeedState::Void { .. });
		ensure!(!ended || feed.escrow == Escrow::default(), "a feed that ended has an escrow");
		let Some(course) = feed.state.course() else { return Ok(()) };
		if ended {
			return Ok(());
		}
		let committee = T::Committees::get(id).ok_or("a feed has no committee")?;
		let same = committee.members.len() == course.services.len();
		ensure!(same, "services are not of this committee");
		let (mut finals, mut concluded, mut paying, mut reckoned) = (0u32, 0u32, 0u32, 0u32);
		let mut earned = alloc::vec![0; course.services.len()];
		let mut dues: Balance = 0;
		for (_, record) in Outcomes::<T>::iter_prefix(id).filter(|(_, record)| record.is_final) {
			let pay = record.fee.saturating_mul(record.total.into());
			for (place, sum) in earned.iter_mut().enumerate() {
				let signed = record.signers.checked_shr(place as u32).unwrap_or(0) & 1;
				*sum = pay.saturating_mul(signed.into()).saturating_add(*sum);
				dues = dues.saturating_add(pay);
			}
			finals = finals.saturating_add(1);
			concluded = concluded.saturating_add((record.total > 0).into());
			paying = paying.saturating_add(record.result.pays().into());
			reckoned = reckoned.saturating_add(record.reckoned.into());
		}
		let known = (course.finals, course.concluded, course.paying, course.reckoned);
		ensure!(known == (finals, concluded, paying, reckoned), "a course is not its outcomes'");
		let reporting = matches!(feed.state, FeedState::Reporting { .. });
		ensure!(reporting != course.is_complete(), "a feed has passed its last round, or not");
		ensure!(course.voters <= feed.joined, "more voted than joined");
		ensure!(course.excused.is_canonical(feed.joined), "others than reporters are excused");
		let paid = course.services.iter().map(|service| service.earned);
		ensure!(paid.eq(earned) && course.dues == dues, "fees are not what outcomes say");
		Self::check_fees(id, feed, course)
	}

	/// What is locked for fees lasts for what the committee has earned and for all rounds to come.
	fn check_fees(id: FeedId, feed: &Feed, course: &Course) -> Result<(), TryRuntimeError> {
		ensure!(course.dues <= feed.escrow.fees, "the committee has earned more than is locked");
		let rounds = Definitions::<T>::get(id).map_or(0, |definition| definition.max_rounds());
		let (members, left) = (course.services.len() as u32, course.rounds_left(rounds));
		for (_, terms) in &feed.fee.terms {
			if let FeeTerms::Fixed(rate) = terms {
				let needed = needed(*rate, members, feed.joined, left);
				ensure!(
					needed <= feed.unowed_fees(course),
					"a fee was promised that is not locked"
				);
			}
		}
		Ok(())
	}

	/// Nothing is kept for feeds that are gone.
	pub(crate) fn check_orphans() -> Result<(), TryRuntimeError> {
		let pages = ReporterPages::<T>::iter_keys().all(|(id, _)| Feeds::<T>::contains_key(id));
		ensure!(pages, "a page of reporters has no feed");
		let members = Memberships::<T>::iter_keys().all(|(id, _)| Feeds::<T>::contains_key(id));
		ensure!(members, "a membership has no feed");
		let outcomes = Outcomes::<T>::iter_keys().all(|(id, _)| Feeds::<T>::contains_key(id));
		ensure!(outcomes, "an outcome has no feed");
		Ok(())
	}

	/// What is on hold is exactly what feeds and reporters' entries say.
	pub(crate) fn check_holds() -> Result<(), TryRuntimeError> {
		let mut escrows = BTreeMap::<AccountId, Balance>::new();
		for feed in Feeds::<T>::iter_values() {
			let sum = escrows.entry(feed.requester).or_default();
			*sum = sum.saturating_add(feed.escrow.reward).saturating_add(feed.escrow.fees);
		}
		let mut stakes = BTreeMap::<AccountId, Balance>::new();
		for reporter in ReporterPages::<T>::iter_values().flatten() {
			let sum = stakes.entry(reporter.account).or_default();
			*sum = sum.saturating_add(reporter.stake);
		}
		for (account, sum) in escrows {
			let held = T::Currency::balance_on_hold(&HoldReason::Escrow.into(), &account);
			ensure!(held == sum, "escrows are not what is on hold");
		}
		for (account, sum) in stakes {
			let held = T::Currency::balance_on_hold(&HoldReason::Stake.into(), &account);
			ensure!(held == sum, "stakes are not what is on hold");
		}
		Ok(())
	}
}
