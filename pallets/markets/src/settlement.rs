// SPDX-License-Identifier: Apache-2.0

//! Money moves: what was held for a feed goes to whom it belongs.
//!
//! Each reporter's entry is taken exactly once, with its page: in [`Pallet::pay_page`] when the feed
//! came to an end, in [`Pallet::refund_page`] when it came to nothing. After the last page the rest of
//! the requester's escrow goes out, in [`Pallet::settle_escrow`] or [`Pallet::return_escrow`].
//! Nothing here can fail: what cannot be paid to its recipient goes to the reward pool.

use crate::{pallet::*, types::*};
use eventum_primitives::{
	rules::stake::forfeited,
	traits::{Committees, Offence, Reputation, Treasury},
	AccountId, Balance, FeedId, Score,
};
use frame_support::traits::{
	fungible::MutateHold,
	tokens::{Fortitude, Precision, Restriction},
};

/// What becomes of a reporter's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
	/// Whether it never reported and is not forgiven.
	pub absent: bool,
	/// What of its stake it loses.
	pub forfeited: Balance,
	/// What it is paid.
	pub reward: Balance,
}

impl Due {
	/// What is due to a reporter whose rounds are all reckoned.
	pub(crate) fn new(reporter: &Reporter, course: &Course, pay: &Pay) -> Self {
		let absent = !reporter.voted && !course.forgives_absence();
		let forfeited = if absent {
			reporter.stake
		} else {
			forfeited(reporter.stake, reporter.dissents, course.concluded)
		};
		let reward = match pay {
			Pay::Earned => reporter.reward,
			Pay::Shared { each, .. } if reporter.voted => *each,
			Pay::Shared { .. } => 0,
		};
		Self { absent, forfeited, reward }
	}
}

impl<T: Config> Pallet<T> {
	/// Pays the reporters of one page.
	pub(crate) fn pay_page(
		id: FeedId,
		feed: &mut Feed,
		course: &Course,
		pay: &Pay,
		reporters: Reporters,
	) {
		let limit = Self::gain_limit(feed, course);
		for reporter in reporters {
			let due = Due::new(&reporter, course, pay);
			let Reporter { account, stake, dissents, agreed, .. } = reporter;
			let stake_back = stake.saturating_sub(due.forfeited);
			Self::release_stake(&account, stake_back);
			Self::pay_out(HoldReason::Stake, &account, None, due.forfeited);
			let reward = due.reward.min(feed.escrow.reward);
			Self::pay_out(HoldReason::Escrow, &feed.requester, Some(&account), reward);
			feed.escrow.reward = feed.escrow.reward.saturating_sub(reward);
			if due.absent {
				T::Reputation::penalise(&account, Offence::Absent);
			} else if dissents > 0 {
				let rounds = course.concluded;
				T::Reputation::penalise(&account, Offence::Dissented { dissents, rounds });
			}
			if agreed {
				T::Reputation::commend(&account, &feed.requester, limit);
			}
			let forfeited = due.forfeited;
			Self::deposit_event(Event::ReporterSettled {
				feed: id,
				account,
				stake,
				stake_back,
				forfeited,
				reward,
			});
		}
	}

	/// The most reputation that one who served in a feed may gain: all of them together not more than
	/// its protocol fee buys.
	fn gain_limit(feed: &Feed, course: &Course) -> Score {
		let people = u64::from(feed.joined).saturating_add(course.services.len() as u64).max(1);
		let people = Score::try_from(people).unwrap_or(Score::MAX);
		T::Reputation::gain_budget(feed.protocol_fee).checked_div(people).unwrap_or(0)
	}

	/// Pays the committee, then whom the rest belongs to, and lets the committee go.
	pub(crate) fn settle_escrow(id: FeedId, feed: &mut Feed, course: &Course, pay: &Pay) {
		let fees = Self::pay_committee(id, feed, course);
		let rewards = feed.definition.reward.saturating_sub(feed.escrow.reward);
		// What is left of the part that reporters had a claim to is remainders of divisions.
		let remainder = match pay {
			Pay::Earned => feed.escrow.reward,
			Pay::Shared { pot, .. } => pot.saturating_sub(rewards).min(feed.escrow.reward),
		};
		Self::pay_out(HoldReason::Escrow, &feed.requester, None, remainder);
		feed.escrow.reward = feed.escrow.reward.saturating_sub(remainder);
		let returned = Self::release_escrow(feed);
		Self::deposit_event(Event::FeedSettled {
			feed: id,
			rounds: course.concluded,
			rewards,
			fees,
			remainder,
			returned,
		});
	}

	/// Pays each member for the reports that it signed for; tells what was paid.
	fn pay_committee(id: FeedId, feed: &mut Feed, course: &Course) -> Balance {
		let before = feed.escrow.fees;
		let members = T::Committees::get(id).map(|committee| committee.members).unwrap_or_default();
		for (member, service) in members.iter().zip(course.services.iter()) {
			let earned = feed.fee.saturating_mul(Balance::from(service.reports));
			let amount = earned.min(feed.escrow.fees);
			Self::pay_out(HoldReason::Escrow, &feed.requester, Some(&member.operator), amount);
			feed.escrow.fees = feed.escrow.fees.saturating_sub(amount);
		}
		let served: alloc::vec::Vec<bool> =
			course.services.iter().map(|service| service.signed).collect();
		T::Committees::dismiss(id, &served);
		before.saturating_sub(feed.escrow.fees)
	}

	/// Gives the reporters of one page their stakes back.
	pub(crate) fn refund_page(id: FeedId, reporters: Reporters) {
		for Reporter { account, stake, .. } in reporters {
			Self::release_stake(&account, stake);
			Self::deposit_event(Event::ReporterRefunded { feed: id, account, stake });
		}
	}

	/// Gives the requester everything back but the protocol fee.
	pub(crate) fn return_escrow(id: FeedId, feed: &mut Feed, reason: VoidReason) {
		let returned = Self::release_escrow(feed);
		Self::deposit_event(Event::FeedVoided { feed: id, reason, returned });
	}

	/// Gives what is left of a feed's escrow free; tells how much that was.
	fn release_escrow(feed: &mut Feed) -> Balance {
		let amount = feed.escrow.total();
		feed.escrow = Escrow::default();
		if amount > 0 {
			let reason = HoldReason::Escrow.into();
			let released =
				T::Currency::release(&reason, &feed.requester, amount, Precision::Exact);
			if let Err(error) = released {
				log::error!(target: crate::LOG_TARGET, "an escrow cannot be released: {error:?}");
			}
		}
		amount
	}

	/// Moves what `source` has on hold to `recipient`; without one, or if it cannot take it (an
	/// account below the existential deposit), to the reward pool.
	fn pay_out(
		reason: HoldReason,
		source: &AccountId,
		recipient: Option<&AccountId>,
		amount: Balance,
	) {
		if amount == 0 {
			return;
		}
		let reason = reason.into();
		let transfer = |to: &AccountId| {
			T::Currency::transfer_on_hold(
				&reason,
				source,
				to,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)
			.is_ok()
		};
		let paid = recipient.is_some_and(transfer) || transfer(&T::Treasury::reward_pool());
		if !paid {
			log::error!(target: crate::LOG_TARGET, "{amount} of a hold cannot be paid out");
		}
	}
}
