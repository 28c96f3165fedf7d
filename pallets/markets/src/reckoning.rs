// SPDX-License-Identifier: Apache-2.0

//! Rounds are reckoned: from who voted, who agreed and when, to what each reporter has earned.
//!
//! The hash of a round's detail is in its certified outcome; the detail itself comes in only after
//! the dispute window, from any member, so that the chain does not tell dissenters before their time.
//! Reckoning moves no money: it adds up, in the reporters' entries, what settlement pays.

use crate::{joining::place, pallet::*, types::*};
use alloc::vec::Vec;
use eventum_primitives::{
	outcome::{Detail, RoundResult},
	rules::reward::{round_reward, split, weights},
	Balance, FeedId, Round,
};
use frame_support::{pallet_prelude::*, weights::Weight};
use sp_runtime::FixedU64;

impl<T: Config> Pallet<T> {
	/// Whether a detail is the one that its outcome names, of a round that is still to be reckoned.
	pub(crate) fn check_detail(
		id: FeedId,
		round: Round,
		detail: &Detail,
	) -> Result<(Feed, RoundRecord), Error<T>> {
		let feed = Feeds::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
		ensure!(matches!(feed.state, FeedState::Reckoning { .. }), Error::<T>::NotReckoning);
		let record = Outcomes::<T>::get(id, round).ok_or(Error::<T>::UnknownRound)?;
		ensure!(record.is_final && record.total > 0, Error::<T>::UnknownRound);
		ensure!(!record.reckoned, Error::<T>::AlreadyReckoned);
		let agreed = if record.result == RoundResult::None { record.total } else { record.agreed };
		ensure!(detail.is_sound(feed.joined), Error::<T>::UnsoundDetail);
		let counts = (detail.voted.count(), detail.agreed.count());
		let certified = counts == (record.total, agreed) && detail.hash() == record.detail;
		ensure!(certified, Error::<T>::WrongDetail);
		Ok((feed, record))
	}

	/// Who hands in a detail need not be anyone: its hash is certified.
	pub(crate) fn authorize_detail(
		_source: TransactionSource,
		feed: &FeedId,
		round: &Round,
		detail: &Detail,
	) -> TransactionValidityWithRefund {
		Self::check_detail(*feed, *round, detail).map_err(Self::refused)?;
		ValidTransaction::with_tag_prefix("EventumDetail")
			.and_provides((feed, round))
			.priority(u64::MAX / 4)
			.longevity(64)
			.propagate(true)
			.build()
			.map(|validity| (validity, Weight::zero()))
	}

	pub(crate) fn do_submit_detail(id: FeedId, round: Round, detail: Detail) -> DispatchResult {
		let (mut feed, record) = Self::check_detail(id, round, &detail)?;
		let FeedState::Reckoning { mut course, until } = feed.state.clone() else {
			return Err(Error::<T>::NotReckoning.into());
		};
		let definition = Definitions::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
		let amount = Self::amount_of(&feed, &course, &record.result);
		let voters =
			Self::reckon(id, feed.joined, definition.join_bonus, &record.result, amount, &detail);
		course.voters = course.voters.saturating_add(voters);
		course.reckoned = course.reckoned.saturating_add(1);
		Self::mark_reckoned(id, round);
		Self::deposit_event(Event::RoundReckoned { feed: id, round, amount });
		Self::follow_reckoning(id, &mut feed, course, until);
		Ok(())
	}

	/// What a round with this result pays to those who agreed.
	fn amount_of(feed: &Feed, course: &Course, result: &RoundResult) -> Balance {
		if result.pays() {
			round_reward(feed.reward, course.paying)
		} else if *result == RoundResult::Stop && course.pays_for_stopping() {
			feed.reward
		} else {
			0
		}
	}

	/// Adds a round to the entries of those who voted; tells how many were counted for the first
	/// time. Reads and writes every page of the feed once.
	fn reckon(
		id: FeedId,
		joined: u32,
		bonus: FixedU64,
		result: &RoundResult,
		amount: Balance,
		detail: &Detail,
	) -> u32 {
		let mut pages: Vec<Reporters> =
			(0..joined.div_ceil(PAGE)).map(|page| ReporterPages::<T>::get((id, page))).collect();
		let agreeing: Vec<(u64, bool)> = detail
			.votes()
			.filter(|(_, agreed, _)| *agreed)
			.map(|(index, _, time)| {
				let (page, place) = place(index);
				let reporter = pages.get(page as usize).and_then(|page| page.get(place));
				(u64::from(time), reporter.is_some_and(|reporter| reporter.early))
			})
			.collect();
		let mut shares = split(amount, &weights(&agreeing, bonus)).into_iter();
		let mut first = 0u32;
		for (index, agreed, _) in detail.votes() {
			let share = if agreed { shares.next().unwrap_or(0) } else { 0 };
			let (page, place) = place(index);
			let page = pages.get_mut(page as usize);
			let Some(reporter) = page.and_then(|page| page.get_mut(place)) else { continue };
			if !reporter.voted {
				reporter.voted = true;
				first = first.saturating_add(1);
			}
			if *result == RoundResult::None {
				continue;
			}
			if agreed {
				reporter.agreed = true;
				reporter.reward = reporter.reward.saturating_add(share);
			} else {
				reporter.dissents = reporter.dissents.saturating_add(1);
			}
		}
		for (page, reporters) in pages.iter().enumerate() {
			Self::save_page(id, page as u32, reporters);
		}
		first
	}

	/// What the reporters of a feed are paid for, once all rounds are reckoned.
	pub(crate) fn pay_of(feed: &Feed, course: &Course) -> Pay {
		if course.paying > 0 || course.pays_for_stopping() {
			return Pay::Earned;
		}
		let part = T::NoAgreementShare::get() * feed.reward;
		match part.checked_div(Balance::from(course.voters)) {
			Some(each) => Pay::Shared { pot: part, each },
			None => Pay::Shared { pot: 0, each: 0 },
		}
	}
}
