// SPDX-License-Identifier: Apache-2.0

//! The life of a feed: the only file that moves one from state to state.
//!
//! ```text
//! Joining ─▶ Drawing ─▶ Reporting ─▶ Concluded ─▶ Reckoning ─▶ Settling ─▶ Settled ─▶ forgotten
//!    │          │           │                         │
//!    └──────────┴───────────┴─────────▶ Voiding ◀─────┘
//!                                          └─────────▶ Void ─▶ forgotten
//! ```
//!
//! Time moves a feed through [`Pallet::step`], called by the agenda; people and committees move it
//! through the other functions here, called when a feed is full, a committee is complete, an outcome
//! or a detail has come in.

use crate::{pallet::*, types::*, weights::WeightInfo};
use eventum_primitives::{
	committee::Committee,
	definition::{Definition, MAX_DISPUTE_TIME},
	outcome::EndedBy,
	traits::{Clock, CommitteeTerms, Committees, Draw, Feeds as FeedsTrait},
	AccountId, Balance, FeedId, Moment,
};
use frame_support::{pallet_prelude::*, weights::Weight};

/// How often a draw is looked at.
const DRAW_INTERVAL: Moment = 1_000;

impl<T: Config> Pallet<T> {
	/// Looks at a feed whose time has come. Every path gives it a new time or drops it.
	pub(crate) fn step(id: FeedId, feed: &mut Feed) -> Weight {
		match feed.state.clone() {
			FeedState::Joining => {
				match Definitions::<T>::get(id) {
					Some(definition) => Self::close_joining(id, feed, &definition),
					None => Self::begin_voiding(id, feed, VoidReason::TooFewReporters),
				}
				T::WeightInfo::move_on()
			}
			FeedState::Drawing => Self::step_drawing(id),
			FeedState::Reporting { course, give_up } => {
				Self::step_reporting(id, feed, course, give_up)
			}
			FeedState::Concluded { course, until } => Self::step_concluded(id, feed, course, until),
			FeedState::Reckoning { until, .. } => {
				if T::Clock::chain_time() < until {
					Self::schedule(id, feed, Self::at_chain_time(until));
				} else {
					Self::begin_voiding(id, feed, VoidReason::NoDetail);
				}
				T::WeightInfo::move_on()
			}
			FeedState::Settling { course, pay, unwind } => {
				Self::step_settling(id, feed, course, pay, unwind)
			}
			FeedState::Voiding { reason, each, unwind } => {
				Self::step_voiding(id, feed, reason, each, unwind)
			}
			FeedState::Settled { .. } | FeedState::Void { .. } => Self::step_forgetting(id, feed),
		}
	}

	/// Ends joining: freezes the membership and asks for a committee, or gives up for want of people.
	pub(crate) fn close_joining(id: FeedId, feed: &mut Feed, definition: &Definition) {
		if feed.joined < definition.min_people {
			return Self::begin_voiding(id, feed, VoidReason::TooFewReporters);
		}
		let terms = CommitteeTerms {
			size: definition.committee_size,
			requester: feed.requester.clone(),
			collateral: feed.reward,
			max_fee: feed.fee.newest().rate(T::Committees::recommended_fee, Balance::MAX),
		};
		// The state is written first: whoever draws may ask who reports here.
		feed.state = FeedState::Drawing;
		Self::schedule(id, feed, T::Clock::now().saturating_add(DRAW_INTERVAL));
		if T::Committees::request(id, terms).is_err() {
			return Self::begin_voiding(id, feed, VoidReason::NoCommittee);
		}
		Self::deposit_event(Event::JoiningClosed { feed: id, joined: feed.joined });
	}

	fn step_drawing(id: FeedId) -> Weight {
		let draw = T::Committees::poll(id);
		// Read again: the poll itself may have told us that the committee is complete.
		if let Some(mut feed) = Feeds::<T>::get(id) {
			match (&feed.state, draw) {
				(FeedState::Drawing, Draw::Pending) => {
					let wake = T::Clock::now().saturating_add(DRAW_INTERVAL);
					Self::schedule(id, &mut feed, wake);
				}
				(FeedState::Drawing, Draw::Ready) => Self::begin_reporting(id, &mut feed),
				(FeedState::Drawing, Draw::Failed) => {
					Self::begin_voiding(id, &mut feed, VoidReason::NoCommittee)
				}
				_ => {}
			}
		}
		T::WeightInfo::move_on().saturating_add(T::PollWeight::get())
	}

	/// Opens the report plane. A committee that is complete only after the feed's end is of no use:
	/// reporters who could not report must not be taken for absent.
	fn begin_reporting(id: FeedId, feed: &mut Feed) {
		let now = T::Clock::now();
		let Some(definition) = Definitions::<T>::get(id) else {
			return Self::begin_voiding(id, feed, VoidReason::NoCommittee);
		};
		let from = definition.reporting_timestamp.unwrap_or(now).max(now);
		let end = definition.end(from);
		let committee = T::Committees::get(id);
		match committee {
			Some(Committee { members, .. }) if from < end => {
				let course = Course::new(from, end, members.len());
				feed.state = FeedState::Reporting { course, give_up: None };
				Self::schedule(id, feed, end);
				Self::deposit_event(Event::ReportingOpened { feed: id, from, end });
			}
			Some(Committee { members, .. }) => {
				T::Committees::dismiss(id, &alloc::vec![true; members.len()]);
				Self::begin_voiding(id, feed, VoidReason::NoCommittee);
			}
			None => Self::begin_voiding(id, feed, VoidReason::NoCommittee),
		}
	}

	/// The feed's absolute end has come: from now on certificates have the grace time, in chain time
	/// so that a halt does not cost the committee its service.
	fn step_reporting(
		id: FeedId,
		feed: &mut Feed,
		course: Course,
		give_up: Option<Moment>,
	) -> Weight {
		let chain_time = T::Clock::chain_time();
		match give_up {
			Some(until) if chain_time >= until => {
				Self::begin_voiding(id, feed, VoidReason::NoCertificate)
			}
			_ => {
				let until = give_up
					.unwrap_or_else(|| chain_time.saturating_add(T::CertificateGrace::get()));
				feed.state = FeedState::Reporting { course, give_up: Some(until) };
				Self::schedule(id, feed, Self::at_chain_time(until));
			}
		}
		T::WeightInfo::move_on()
	}

	/// Takes the course of a reporting feed after an outcome: concluded once all rounds are known.
	pub(crate) fn follow(id: FeedId, feed: &mut Feed, course: Course, give_up: Option<Moment>) {
		if !course.is_complete() {
			feed.state = FeedState::Reporting { course, give_up };
			return Self::save(id, feed);
		}
		if course.last.is_some_and(|last| last.ended_by == EndedBy::Excuses) {
			feed.state = FeedState::Reporting { course, give_up };
			return Self::begin_voiding(id, feed, VoidReason::TooFewLeft);
		}
		let window = Definitions::<T>::get(id).map_or(MAX_DISPUTE_TIME, |definition| {
			definition.start_dispute_time.saturating_add(definition.max_dispute_time)
		});
		let until = T::Clock::chain_time().saturating_add(window);
		Self::deposit_event(Event::FeedConcluded { feed: id, rounds: course.finals, until });
		feed.state = FeedState::Concluded { course, until };
		Self::schedule(id, feed, Self::at_chain_time(until));
	}

	fn step_concluded(id: FeedId, feed: &mut Feed, course: Course, until: Moment) -> Weight {
		let chain_time = T::Clock::chain_time();
		if chain_time < until {
			Self::schedule(id, feed, Self::at_chain_time(until));
		} else if course.concluded > 0 {
			let until = chain_time.saturating_add(T::CertificateGrace::get());
			feed.state = FeedState::Reckoning { course, until };
			Self::schedule(id, feed, Self::at_chain_time(until));
			Self::deposit_event(Event::SettlementOpened { feed: id });
		} else {
			Self::begin_settling(id, feed, course);
		}
		T::WeightInfo::move_on()
	}

	/// Takes the course of a feed after a detail: paid once all rounds are reckoned.
	pub(crate) fn follow_reckoning(id: FeedId, feed: &mut Feed, course: Course, until: Moment) {
		if course.reckoned >= course.concluded {
			Self::begin_settling(id, feed, course);
		} else {
			feed.state = FeedState::Reckoning { course, until };
			Self::save(id, feed);
		}
	}

	fn begin_settling(id: FeedId, feed: &mut Feed, course: Course) {
		let pay = Self::pay_of(feed, &course);
		let unwind = Unwind::Reporters { page: 0 };
		feed.state = FeedState::Settling { course, pay, unwind };
		Self::schedule(id, feed, Self::soon());
	}

	/// One page of the end of a feed that is paid.
	fn step_settling(
		id: FeedId,
		feed: &mut Feed,
		course: Course,
		pay: Pay,
		unwind: Unwind,
	) -> Weight {
		let (next, weight) = match unwind {
			Unwind::Reporters { page } => {
				let reporters = Self::take_page(id, page);
				let count = reporters.len() as u32;
				Self::pay_page(id, feed, &course, &pay, page, reporters);
				(Self::after_page(feed, page), T::WeightInfo::pay_page(count))
			}
			Unwind::Left => Self::sweep_left(id),
			Unwind::Escrow => {
				let members = course.services.len() as u32;
				Self::settle_escrow(id, feed, &course, &pay);
				feed.state = FeedState::Settled { course };
				Self::keep_record(id, feed);
				return T::WeightInfo::pay_escrow(members);
			}
		};
		feed.state = FeedState::Settling { course, pay, unwind: next };
		Self::schedule(id, feed, Self::soon());
		weight
	}

	/// Turns a feed towards giving everything back. A committee that has let it come so far is let go
	/// without pay, as one that did not serve, unless it is the reporters who left it.
	fn begin_voiding(id: FeedId, feed: &mut Feed, reason: VoidReason) {
		let deserted = reason == VoidReason::TooFewLeft;
		if let Some(course) = feed.state.course() {
			T::Committees::dismiss(id, &alloc::vec![deserted; course.services.len()]);
		}
		let part = if deserted { T::ExcuseShare::get() * feed.reward } else { 0 };
		let each = part.checked_div(Balance::from(feed.joined)).unwrap_or(0);
		feed.state = FeedState::Voiding { reason, each, unwind: Unwind::Reporters { page: 0 } };
		Self::schedule(id, feed, Self::soon());
	}

	/// One page of the end of a feed that is void.
	fn step_voiding(
		id: FeedId,
		feed: &mut Feed,
		reason: VoidReason,
		each: Balance,
		unwind: Unwind,
	) -> Weight {
		let (next, weight) = match unwind {
			Unwind::Reporters { page } => {
				let reporters = Self::take_page(id, page);
				let count = reporters.len() as u32;
				Self::refund_page(id, feed, each, reporters);
				(Self::after_page(feed, page), T::WeightInfo::refund_page(count))
			}
			Unwind::Left => Self::sweep_left(id),
			Unwind::Escrow => {
				Self::return_escrow(id, feed, reason);
				feed.state = FeedState::Void { reason };
				Self::keep_record(id, feed);
				return T::WeightInfo::pay_escrow(0);
			}
		};
		feed.state = FeedState::Voiding { reason, each, unwind: next };
		Self::schedule(id, feed, Self::soon());
		weight
	}

	fn after_page(feed: &Feed, page: u32) -> Unwind {
		let next = page.saturating_add(1);
		if next < feed.joined.div_ceil(PAGE) {
			Unwind::Reporters { page: next }
		} else {
			Unwind::Left
		}
	}

	fn sweep_left(id: FeedId) -> (Unwind, Weight) {
		let swept = Self::forget_left(id, SWEEP);
		let next = if swept < SWEEP { Unwind::Escrow } else { Unwind::Left };
		(next, T::WeightInfo::sweep(swept))
	}

	/// Money and reporters are gone; what is left is a record for the history time.
	fn keep_record(id: FeedId, feed: &mut Feed) {
		let until = T::Clock::now().saturating_add(T::HistoryTime::get().max(1));
		Self::schedule(id, feed, until);
	}

	/// The history time is over: outcomes go a page at a time, then the record itself.
	fn step_forgetting(id: FeedId, feed: &mut Feed) -> Weight {
		let swept = Self::forget_outcomes(id, SWEEP);
		if swept < SWEEP {
			Self::drop_feed(id, feed);
			Self::forget_input(id);
			Self::deposit_event(Event::FeedForgotten { feed: id });
		} else {
			Self::schedule(id, feed, Self::soon());
		}
		T::WeightInfo::sweep(swept)
	}
}

impl<T: Config> FeedsTrait for Pallet<T> {
	fn is_reporter(feed: FeedId, account: &AccountId) -> bool {
		matches!(Memberships::<T>::get(feed, account), Some(Membership::Joined(_)))
	}

	fn on_committee_ready(id: FeedId) {
		if let Some(mut feed) = Feeds::<T>::get(id) {
			if feed.state == FeedState::Drawing {
				Self::begin_reporting(id, &mut feed);
			}
		}
	}
}
