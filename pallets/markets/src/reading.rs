// SPDX-License-Identifier: Apache-2.0

//! What the runtime APIs of markets read. Nothing here writes.

use crate::{joining::place, pallet::*, types::*};
use alloc::vec::Vec;
use eventum_primitives::{
	apis::{FeedFilter, FeedView, OutcomeView, ReporterView},
	definition::{Definition, Text},
	rules::count::{self, Before, Decision, Evaluation, Rules, Summary, Vote},
	traits::Committees,
	AccountId, FeedId, JoinIndex, MarketId, Moment, Round, Score,
};

/// Most feeds in one answer.
const MAX_LISTED: u32 = 100;
/// Most feeds looked at for one answer; the cursor goes on from there.
const MAX_LOOKED_AT: u32 = 2_000;
/// Most outcomes in one answer.
const MAX_OUTCOMES: u32 = 1_000;

impl<T: Config> Pallet<T> {
	/// The number that the next market will get.
	pub fn next_market() -> MarketId {
		NextMarket::<T>::get()
	}

	/// How many feeds a market was created with.
	pub fn market(market: MarketId) -> Option<u16> {
		Markets::<T>::get(market).map(|market| market.feeds)
	}

	/// A feed, with its committee once that is complete.
	pub fn feed_view(id: FeedId) -> Option<FeedView> {
		let feed = Feeds::<T>::get(id)?;
		Some(Self::view(id, feed, Definitions::<T>::get(id)?, Texts::<T>::get(id)?))
	}

	fn view(id: FeedId, feed: Feed, definition: Definition, text: Text) -> FeedView {
		let course = feed.state.course();
		let people = i64::from(feed.joined);
		let average = feed.reputation.checked_div(people).unwrap_or(0);
		FeedView {
			stage: feed.state.stage(),
			joined: feed.joined,
			reporting_from: course.map(|course| course.from),
			end: course.map(|course| course.end),
			committee: course.and_then(|_| T::Committees::get(id)),
			final_rounds: course.map_or(0, |course| course.finals),
			settled_rounds: course.map_or(0, |course| course.reckoned),
			next_stake: Self::next_stake(&definition, feed.joined),
			rekeyed: feed.rekeyed,
			fee: feed.fee.newest(),
			average_reputation: Score::try_from(average).unwrap_or(0),
			requester: feed.requester,
			definition,
			text,
		}
	}

	/// A page of reporters in the order of joining; empty beyond the end.
	pub fn reporters(id: FeedId, page: u32) -> Vec<ReporterView> {
		let first = page.saturating_mul(PAGE);
		ReporterPages::<T>::get((id, page))
			.into_iter()
			.zip(first..)
			.map(|(reporter, index)| Self::reporter_view(reporter, index))
			.collect()
	}

	/// A reporter of a feed, by account.
	pub fn reporter(id: FeedId, account: &AccountId) -> Option<ReporterView> {
		let Membership::Joined(index) = Memberships::<T>::get(id, account)? else { return None };
		let (page, place) = place(index);
		let reporter = ReporterPages::<T>::get((id, page)).into_iter().nth(place)?;
		Some(Self::reporter_view(reporter, index))
	}

	fn reporter_view(reporter: Reporter, index: JoinIndex) -> ReporterView {
		let Reporter { account, keys, stake, early, .. } = reporter;
		ReporterView { account, keys, index, stake, early }
	}

	/// The newest outcome of each of the `limit` rounds from `from` on; rounds without are left out.
	pub fn outcomes(id: FeedId, from: Round, limit: u32) -> Vec<OutcomeView> {
		let rounds = Definitions::<T>::get(id).map_or(0, |definition| definition.max_rounds());
		(from..rounds)
			.take(limit.min(MAX_OUTCOMES) as usize)
			.filter_map(|round| {
				let record = Outcomes::<T>::get(id, round)?;
				let RoundRecord { sequence, result, agreed, total, is_final, .. } = record;
				let RoundRecord { detail, reckoned, signers, .. } = record;
				Some(OutcomeView {
					round,
					sequence,
					result,
					agreed,
					total,
					is_final,
					detail,
					reckoned,
					signers,
				})
			})
			.collect()
	}

	/// Feeds after `cursor` that match, in order of creation, and the cursor to go on from; none once
	/// all have been looked at.
	pub fn feeds(
		filter: &FeedFilter,
		cursor: Option<FeedId>,
		limit: u32,
	) -> (Vec<(FeedId, FeedView)>, Option<FeedId>) {
		let limit = limit.min(MAX_LISTED) as usize;
		let mut found = Vec::new();
		let mut last = cursor;
		for id in Self::feeds_after(cursor).take(MAX_LOOKED_AT as usize) {
			if found.len() >= limit {
				return (found, last);
			}
			last = Some(id);
			let (Some(feed), Some(text)) = (Feeds::<T>::get(id), Texts::<T>::get(id)) else {
				continue;
			};
			if matches(filter, &feed, &text) {
				if let Some(definition) = Definitions::<T>::get(id) {
					found.push((id, Self::view(id, feed, definition, text)));
				}
			}
		}
		let more = last.is_some_and(|last| Self::feeds_after(Some(last)).next().is_some());
		let next = if more { last } else { None };
		(found, next)
	}

	/// Names of feeds after `cursor` in order of creation; markets that are forgotten are named once.
	fn feeds_after(cursor: Option<FeedId>) -> impl Iterator<Item = FeedId> {
		let first = cursor.map_or(0, |cursor| cursor.market);
		(first..NextMarket::<T>::get())
			.flat_map(|market| {
				let feeds = Self::market(market).unwrap_or(1);
				(0..feeds).map(move |index| FeedId { market, index })
			})
			.filter(move |id| cursor.is_none_or(|cursor| *id > cursor))
	}

	/// Whether rounds are worth evaluating, in the order asked. Rounds of feeds that do not report are
	/// open for ever.
	pub fn decide(rounds: Vec<Summary>) -> Vec<Decision> {
		let mut known: Option<(FeedId, Option<Rules>)> = None;
		rounds
			.iter()
			.map(|summary| {
				if known.as_ref().is_none_or(|(id, _)| *id != summary.feed) {
					known = Some((summary.feed, Self::rules(summary.feed)));
				}
				match &known {
					Some((_, Some(rules))) => count::decide(rules, summary),
					_ => Decision::Open { until: Moment::MAX },
				}
			})
			.collect()
	}

	/// The earliest push that the votes call for after what was `before`, up to `horizon`.
	pub fn evaluate(
		id: FeedId,
		round: Round,
		votes: &[Vote],
		before: &Before,
		horizon: Moment,
	) -> Option<Evaluation> {
		count::evaluate(&Self::rules(id)?, round, votes, before, horizon)
	}

	/// What the rounds of a feed are counted by, once reporting has started.
	pub fn rules(id: FeedId) -> Option<Rules> {
		let feed = Feeds::<T>::get(id)?;
		let from = feed.state.course()?.from;
		let definition = Definitions::<T>::get(id)?;
		Some(Rules::new(Self::genesis(), id, &definition, feed.joined, from))
	}
}

/// Whether a feed is among those asked for.
fn matches(filter: &FeedFilter, feed: &Feed, text: &Text) -> bool {
	let FeedFilter { category, stage, requester, text: words } = filter;
	let [first, ..] = &text.categories;
	let named = |words: &Vec<u8>| {
		let name = text.name.to_ascii_lowercase();
		words
			.to_ascii_lowercase()
			.split(u8::is_ascii_whitespace)
			.all(|word| word.is_empty() || name.windows(word.len()).any(|part| part == word))
	};
	category.as_ref().is_none_or(|category| category[..] == first[..])
		&& stage.is_none_or(|stage| stage == feed.state.stage())
		&& requester.as_ref().is_none_or(|requester| *requester == feed.requester)
		&& words.as_ref().is_none_or(named)
}
