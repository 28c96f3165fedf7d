// SPDX-License-Identifier: Apache-2.0

//! When feeds are looked at. The only writer of `Agenda` and `Feeds`.
//!
//! Every feed has exactly one next moment, kept both in the feed and as a key of the agenda. Keys
//! sort by time, so what is due first is the first key: there is nothing to skip after a stall and
//! no list that could be full.

use crate::{pallet::*, types::*, weights::WeightInfo};
use eventum_primitives::{traits::Clock, FeedId, Moment};
use frame_support::{
	pallet_prelude::*,
	weights::{Weight, WeightMeter},
};

impl<T: Config> Pallet<T> {
	/// Keeps a feed and looks at it again at `wake`.
	pub(crate) fn schedule(id: FeedId, feed: &mut Feed, wake: Moment) {
		Agenda::<T>::remove(When::from(feed.wake), id);
		Agenda::<T>::insert(When::from(wake), id, ());
		feed.wake = wake;
		Feeds::<T>::insert(id, &*feed);
	}

	/// Keeps a feed whose time has not changed.
	pub(crate) fn save(id: FeedId, feed: &Feed) {
		Feeds::<T>::insert(id, feed);
	}

	/// Drops a feed.
	pub(crate) fn drop_feed(id: FeedId, feed: &Feed) {
		Agenda::<T>::remove(When::from(feed.wake), id);
		Feeds::<T>::remove(id);
	}

	/// The moment after this block: a feed that wakes then is due in the next one.
	pub(crate) fn soon() -> Moment {
		T::Clock::now().saturating_add(1)
	}

	/// When chain time will have reached `until`, if there is no halt.
	pub(crate) fn at_chain_time(until: Moment) -> Moment {
		let wait = until.saturating_sub(T::Clock::chain_time());
		T::Clock::now().saturating_add(wait.max(1))
	}

	/// Looks at the feeds that are due, as many as the budget of a block allows. Who does not get its
	/// turn stays first in line.
	pub(crate) fn run_agenda() -> Weight {
		let mut meter = WeightMeter::with_limit(T::AgendaBudget::get());
		let (look, step) = (T::WeightInfo::agenda_look(), Self::heaviest_step());
		let now = T::Clock::now();
		meter.consume(look);
		while meter.can_consume(step) {
			let Some((when, id)) = Agenda::<T>::iter_keys().next() else { break };
			if Moment::from(when) > now {
				break;
			}
			let Some(mut feed) = Feeds::<T>::get(id) else {
				log::error!(target: crate::LOG_TARGET, "agenda names unknown feed {id}");
				Agenda::<T>::remove(when, id);
				meter.consume(look);
				continue;
			};
			// Whatever the step does, the feed moves on in the agenda.
			if Moment::from(when) != feed.wake {
				log::error!(target: crate::LOG_TARGET, "agenda entry of {id} is stale");
				Agenda::<T>::remove(when, id);
				meter.consume(look);
				continue;
			}
			meter.consume(look.saturating_add(Self::step(id, &mut feed)));
		}
		meter.consumed()
	}

	/// What the heaviest step takes: the budget of a block must have room for it.
	pub fn heaviest_step() -> Weight {
		T::WeightInfo::pay_page(PAGE)
			.max(T::WeightInfo::refund_page(PAGE))
			.max(T::WeightInfo::pay_escrow(eventum_primitives::committee::MAX_MEMBERS))
			.max(T::WeightInfo::sweep(SWEEP))
			.max(T::WeightInfo::move_on().saturating_add(T::PollWeight::get()))
			.saturating_add(T::WeightInfo::agenda_look())
	}
}
