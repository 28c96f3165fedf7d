// SPDX-License-Identifier: Apache-2.0

//! What a committee is paid for each round of a series.
//!
//! What was locked when the feed was created is locked for good and pays for everything: a requester
//! who offers more locks what that can cost, one who offers less gets the rest back in the end. A round
//! is never paid more than what lasts for all rounds to come, so nothing can run out
//! ([`eventum_primitives::rules::fee`]).

use crate::{pallet::*, types::*};
use eventum_primitives::{
	definition::Definition,
	rules::{
		fee::{affordable, needed, FeeTerms},
		quorum::quorum,
	},
	traits::{Clock, Committees},
	AccountId, Balance, FeedId, Moment,
};
use frame_support::{
	pallet_prelude::*,
	traits::fungible::{InspectHold, MutateHold},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_fee(id: FeedId, requester: AccountId, terms: FeeTerms) -> DispatchResult {
		let mut feed = Feeds::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
		ensure!(feed.requester == requester, Error::<T>::NotRequester);
		let FeedState::Reporting { course, .. } = feed.state.clone() else {
			return Err(Error::<T>::NotReporting.into());
		};
		let definition = Definitions::<T>::get(id).ok_or(Error::<T>::UnknownFeed)?;
		Self::ensure_next_round(&definition, &course)?;
		feed.fee
			.terms
			.try_push((T::Clock::now(), terms))
			.map_err(|_| Error::<T>::FeeChangesUsedUp)?;
		let locked = Self::lock_for(&mut feed, &definition, &course, terms)?;
		Self::deposit_event(Event::FeeSet { feed: id, terms, locked });
		Self::watch_fee(id, &mut feed, &definition, &course);
		Self::save(id, &feed);
		Ok(())
	}

	/// Whether a round is to come that is not open yet: a change acts in that one.
	pub(crate) fn ensure_next_round(
		definition: &Definition,
		course: &Course,
	) -> Result<(), Error<T>> {
		let open = course.highest.map_or(0, |highest| highest.saturating_add(1));
		let next = open.saturating_add(1);
		ensure!(course.last.is_none() && next < definition.max_rounds(), Error::<T>::NoNextRound);
		Ok(())
	}

	/// Locks what the fees of a feed lack for these terms; tells how much that was.
	fn lock_for(
		feed: &mut Feed,
		definition: &Definition,
		course: &Course,
		terms: FeeTerms,
	) -> Result<Balance, DispatchError> {
		let FeeTerms::Fixed(rate) = terms else { return Ok(0) };
		let members = course.services.len() as u32;
		let needed =
			needed(rate, members, feed.joined, course.rounds_left(definition.max_rounds()));
		let missing = needed.saturating_sub(feed.unowed_fees(course));
		if missing > 0 {
			let reason = HoldReason::Escrow.into();
			ensure!(
				T::Currency::can_hold(&reason, &feed.requester, missing),
				Error::<T>::InsufficientFunds
			);
			T::Currency::hold(&reason, &feed.requester, missing)?;
			feed.escrow.fees = feed.escrow.fees.saturating_add(missing);
		}
		Ok(missing)
	}

	/// EVT per counted report under these terms, as far as what is locked lasts.
	fn fee_rate(feed: &Feed, definition: &Definition, course: &Course, terms: FeeTerms) -> Balance {
		let members = course.services.len() as u32;
		let left = course.rounds_left(definition.max_rounds());
		let limit = affordable(feed.unowed_fees(course), members, feed.joined, left);
		terms.rate(T::Committees::recommended_fee, limit)
	}

	/// EVT per counted report of a round that is not among the final ones yet and whose first report
	/// came at `first_at`.
	pub(crate) fn fee_of_round(
		feed: &Feed,
		definition: &Definition,
		course: &Course,
		first_at: Moment,
	) -> Balance {
		Self::fee_rate(feed, definition, course, feed.fee.of_round(first_at))
	}

	/// Tells the requester, once, when the fee of rounds to come is too low for a quorum of the
	/// committee.
	pub(crate) fn watch_fee(id: FeedId, feed: &mut Feed, definition: &Definition, course: &Course) {
		let fee = Self::fee_rate(feed, definition, course, feed.fee.newest());
		let (willing, needed) =
			(T::Committees::willing(id, fee), quorum(course.services.len() as u32));
		let low = willing < needed;
		if low && !feed.fee.low && course.last.is_none() {
			Self::deposit_event(Event::FeeTooLow { feed: id, fee, willing, needed });
		}
		feed.fee.low = low;
	}
}
