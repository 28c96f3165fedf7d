// SPDX-License-Identifier: Apache-2.0

//! Markets come into being, and go when their last feed is forgotten. The only writer of
//! `NextMarket`, `Markets`, `Definitions` and `Texts`.

use crate::{pallet::*, types::*};
use codec::Encode;
use eventum_primitives::{
	definition::{Definition, FeedInput, Limits, MAX_FEEDS},
	traits::{Clock, Committees, Treasury},
	AccountId, Balance, FeedId,
};
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateHold},
		tokens::Preservation,
	},
};

/// What a feed costs its requester.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
	/// EVT per counted report for each member of the committee.
	pub fee: Balance,
	/// What is locked.
	pub escrow: Escrow,
	/// What is paid at once and not given back.
	pub protocol_fee: Balance,
}

/// Bytes of the fields of all feeds: the part of a definition that can be large.
pub(crate) fn bytes_of_fields(feeds: &[FeedInput]) -> u32 {
	let sizes = feeds.iter().map(|feed| feed.definition.fields.encoded_size());
	sizes.fold(0usize, usize::saturating_add).try_into().unwrap_or(u32::MAX)
}

impl<T: Config> Pallet<T> {
	/// What a feed of this definition costs now.
	pub fn cost(definition: &Definition) -> Cost {
		let fee = definition.validation_fee.unwrap_or_else(T::Committees::recommended_fee);
		let factors = [
			definition.committee_size,
			definition.max_people,
			definition.max_rounds(),
			T::FeeMargin::get().max(1),
		];
		let fees = factors
			.into_iter()
			.fold(fee, |product, factor| product.saturating_mul(Balance::from(factor)));
		let share = T::ProtocolFeeShare::get() * definition.reward;
		Cost {
			fee,
			escrow: Escrow { reward: definition.reward, fees },
			protocol_fee: share.max(T::MinProtocolFee::get()),
		}
	}

	/// The bounds that definitions are checked against now.
	pub fn limits() -> Limits {
		Limits {
			now: T::Clock::now(),
			existential_deposit: T::Currency::minimum_balance(),
			min_dispute_time: T::MinDisputeTime::get(),
		}
	}

	pub(crate) fn do_create_market(
		requester: AccountId,
		inputs: BoundedVec<FeedInput, ConstU32<MAX_FEEDS>>,
	) -> DispatchResult {
		ensure!(!inputs.is_empty(), Error::<T>::NoFeeds);
		let limits = Self::limits();
		let (mut locked, mut paid): (Balance, Balance) = (0, 0);
		let mut costs = alloc::vec::Vec::with_capacity(inputs.len());
		for FeedInput { definition, text } in &inputs {
			definition.check(&limits).map_err(Error::<T>::from)?;
			text.check().map_err(Error::<T>::from)?;
			let cost = Self::cost(definition);
			locked = locked.saturating_add(cost.escrow.total());
			paid = paid.saturating_add(cost.protocol_fee);
			costs.push(cost);
		}
		let reserve = T::Treasury::delegate_reserve();
		T::Currency::transfer(&requester, &reserve, paid, Preservation::Preserve)
			.map_err(|_| Error::<T>::InsufficientFunds)?;
		let reason = HoldReason::Escrow.into();
		ensure!(T::Currency::can_hold(&reason, &requester, locked), Error::<T>::InsufficientFunds);
		T::Currency::hold(&reason, &requester, locked)?;

		let market = NextMarket::<T>::get();
		NextMarket::<T>::put(market.saturating_add(1));
		let definition_hash = sp_io::hashing::blake2_256(&inputs.encode()).into();
		let count = inputs.len() as u16;
		Markets::<T>::insert(
			market,
			Market {
				requester: requester.clone(),
				feeds: count,
				kept: count,
				created: limits.now,
				definition_hash,
			},
		);
		for (index, (input, cost)) in inputs.into_iter().zip(costs).enumerate() {
			Self::open_feed(FeedId { market, index: index as u16 }, &requester, input, cost);
		}
		Self::deposit_event(Event::MarketCreated {
			market,
			requester,
			feeds: count,
			definition_hash,
		});
		Ok(())
	}

	fn open_feed(id: FeedId, requester: &AccountId, input: FeedInput, cost: Cost) {
		let FeedInput { definition, text } = input;
		let closes = definition.time_to_join;
		let mut feed = Feed {
			requester: requester.clone(),
			reward: definition.reward,
			fee: Fee::new(cost.fee),
			protocol_fee: cost.protocol_fee,
			escrow: cost.escrow,
			joined: 0,
			reputation: 0,
			rekeyed: 0,
			wake: closes,
			state: FeedState::Joining,
		};
		Definitions::<T>::insert(id, definition);
		Texts::<T>::insert(id, text);
		Self::schedule(id, &mut feed, closes);
	}

	/// A feed is gone: so are its definition and text, and with its last feed the market.
	pub(crate) fn forget_input(id: FeedId) {
		Definitions::<T>::remove(id);
		Texts::<T>::remove(id);
		Markets::<T>::mutate_exists(id.market, |entry| {
			if let Some(market) = entry {
				market.kept = market.kept.saturating_sub(1);
				if market.kept == 0 {
					*entry = None;
				}
			}
		});
	}
}
