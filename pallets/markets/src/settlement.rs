// SPDX-License-Identifier: Apache-2.0

//! Money moves: what was held for a feed goes to whom it belongs.
//!
//! Each reporter's entry is taken exactly once, with its page: in [`Pallet::pay_page`] when the feed
//! came to an end, in [`Pallet::refund_page`] when it came to nothing. After the last page the rest of
//! the requester's escrow goes out, in [`Pallet::settle_escrow`] or [`Pallet::return_escrow`].
//! Nothing here can fail: what cannot be paid to its recipient goes to the reward pool.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use eventum_primitives::{
	rules::stake::forfeited,
	traits::{Committees, Conduct, Offence, Reputation, Treasury},
	AccountId, Balance, FeedId, JoinIndex, Score,
};
use frame_support::traits::{
	fungible::{Balanced, BalancedHold, Credit, MutateHold},
	tokens::{imbalance::Imbalance, Precision},
};

/// EVT on its way from a hold to whom it belongs.
type CreditOf<T> = Credit<AccountId, <T as Config>::Currency>;

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
	/// What is due to the reporter of an index whose rounds are all reckoned.
	pub(crate) fn new(index: JoinIndex, reporter: &Reporter, course: &Course, pay: &Pay) -> Self {
		let forgiven = course.forgives_absence() || course.excused.get(index);
		let absent = !reporter.voted && !forgiven;
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
		page: u32,
		reporters: Reporters,
	) {
		let limit = Self::gain_limit(feed, course);
		let indices = page.saturating_mul(PAGE)..;
		let dues: Vec<Due> = reporters
			.iter()
			.zip(indices)
			.map(|(reporter, index)| Due::new(index, reporter, course, pay))
			.collect();
		let rewards = dues.iter().fold(0, |sum: Balance, due| sum.saturating_add(due.reward));
		let mut purse = Self::take_escrow(&feed.requester, &mut feed.escrow.reward, rewards);
		let mut pool = CreditOf::<T>::zero();
		let mut conducts = Vec::with_capacity(dues.len());
		for (reporter, due) in reporters.into_iter().zip(dues) {
			let Due { absent, forfeited, reward } = due;
			let Reporter { account, stake, dissents, agreed, .. } = reporter;
			// What it lost comes out of what it earned first: to pay that out and take it back from the
			// stake would cost a fifth more.
			let netted = forfeited.min(reward);
			let taken = forfeited.saturating_sub(netted);
			pool.subsume(purse.extract(netted));
			pool.subsume(Self::take(HoldReason::Stake, &account, taken));
			Self::release_stake(&account, stake.saturating_sub(taken));
			Self::give(&account, purse.extract(reward.saturating_sub(netted)), &mut pool);
			let offence = if absent {
				Some(Offence::Absent)
			} else {
				let rounds = course.concluded;
				(dissents > 0).then_some(Offence::Dissented { dissents, rounds })
			};
			conducts.push((account.clone(), Conduct { offence, served: agreed }));
			Self::deposit_event(Event::ReporterSettled {
				feed: id,
				account,
				stake,
				stake_back: stake.saturating_sub(forfeited),
				forfeited,
				reward,
			});
		}
		T::Reputation::settle(&feed.requester, limit, conducts);
		Self::give_pool(pool.merge(purse));
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
		let rewards = feed.reward.saturating_sub(feed.escrow.reward);
		// What is left of the part that reporters had a claim to is remainders of divisions.
		let remainder = match pay {
			Pay::Earned => feed.escrow.reward,
			Pay::Shared { pot, .. } => pot.saturating_sub(rewards).min(feed.escrow.reward),
		};
		let mut pool = Self::take_escrow(&feed.requester, &mut feed.escrow.reward, remainder);
		let fees = Self::pay_committee(id, feed, course, &mut pool);
		Self::give_pool(pool);
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

	/// Pays each member what it has earned, but not those that were proven false, and lets the committee
	/// go; tells what was paid.
	fn pay_committee(
		id: FeedId,
		feed: &mut Feed,
		course: &Course,
		pool: &mut CreditOf<T>,
	) -> Balance {
		let lost = T::Committees::proven_false(id);
		let earned = |(place, service): (u32, &Service)| {
			let lost = lost & 1u64.checked_shl(place).unwrap_or(0) != 0;
			if lost {
				0
			} else {
				service.earned
			}
		};
		let earned: Vec<Balance> = (0..).zip(course.services.iter()).map(earned).collect();
		let fees = earned.iter().fold(0, |sum: Balance, amount| sum.saturating_add(*amount));
		let mut purse = Self::take_escrow(&feed.requester, &mut feed.escrow.fees, fees);
		let fees = purse.peek();
		let members = T::Committees::get(id).map(|committee| committee.members).unwrap_or_default();
		for (member, amount) in members.iter().zip(earned) {
			Self::give(&member.operator, purse.extract(amount), pool);
		}
		pool.subsume(purse);
		let served: Vec<bool> = course.services.iter().map(|service| service.signed).collect();
		T::Committees::dismiss(id, &served);
		fees
	}

	/// Gives the reporters of one page their stakes back, and each what the requester pays it.
	pub(crate) fn refund_page(id: FeedId, feed: &mut Feed, each: Balance, reporters: Reporters) {
		let sum = each.saturating_mul(reporters.len() as Balance);
		let mut purse = Self::take_escrow(&feed.requester, &mut feed.escrow.reward, sum);
		let mut pool = CreditOf::<T>::zero();
		for Reporter { account, stake, .. } in reporters {
			Self::release_stake(&account, stake);
			Self::give(&account, purse.extract(each), &mut pool);
			Self::deposit_event(Event::ReporterRefunded { feed: id, account, stake, paid: each });
		}
		Self::give_pool(pool.merge(purse));
	}

	/// Gives the requester everything back but the protocol fee and what reporters were paid.
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
			let released = T::Currency::release(&reason, &feed.requester, amount, Precision::Exact);
			if let Err(error) = released {
				log::error!(target: crate::LOG_TARGET, "an escrow cannot be released: {error:?}");
			}
		}
		amount
	}

	/// Takes `amount`, or what is there, out of a part of a feed's escrow.
	fn take_escrow(requester: &AccountId, part: &mut Balance, amount: Balance) -> CreditOf<T> {
		let amount = amount.min(*part);
		*part = part.saturating_sub(amount);
		Self::take(HoldReason::Escrow, requester, amount)
	}

	/// Takes `amount` of what `source` has on hold.
	pub(crate) fn take(reason: HoldReason, source: &AccountId, amount: Balance) -> CreditOf<T> {
		if amount == 0 {
			return CreditOf::<T>::zero();
		}
		let (credit, missing) = T::Currency::slash(&reason.into(), source, amount);
		if missing > 0 {
			log::error!(target: crate::LOG_TARGET, "{missing} is missing from a hold");
		}
		credit
	}

	/// Pays `recipient`; what it cannot take (an account below the existential deposit) is added to
	/// what goes to the pool.
	fn give(recipient: &AccountId, credit: CreditOf<T>, pool: &mut CreditOf<T>) {
		if credit.peek() == 0 {
			return;
		}
		if let Err(credit) = T::Currency::resolve(recipient, credit) {
			pool.subsume(credit);
		}
	}

	/// Pays the reward pool, which exists from genesis and can take any amount.
	pub(crate) fn give_pool(credit: CreditOf<T>) {
		if credit.peek() == 0 {
			return;
		}
		if T::Currency::resolve(&T::Treasury::reward_pool(), credit).is_err() {
			log::error!(target: crate::LOG_TARGET, "the reward pool cannot be paid");
		}
	}
}
