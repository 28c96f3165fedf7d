// SPDX-License-Identifier: Apache-2.0

//! From a feed's request to its complete committee, or to the finding that none can be had.

use crate::{
	faults::bit, pallet::Config, sampling::order, Committees, Draws, Error, Event, Node, NodeCount,
	Nodes, Pallet, PendingDraw, ProvenFalse, Registry, Serving, Status, Step, MIN_SCORE,
	SEED_DELAY,
};
use alloc::vec::Vec;
use eventum_primitives::{
	committee::{Committee, Member, MemberIndex, MAX_MEMBERS, MIN_MEMBERS},
	signing::{self, Kind},
	traits::{self, Beacon, Clock, CommitteeTerms, Draw, Feeds, Offence, Reputation},
	vald, AccountId, Balance, BlockNumber, FeedId, Hash,
};
use frame_support::{defensive, dispatch::DispatchResult, ensure, traits::Get};

impl<T: Config> Pallet<T> {
	/// What a member drawn in `attempt` signs to accept a feed.
	pub fn acceptance(feed: FeedId, attempt: u32) -> [u8; 32] {
		signing::payload(Kind::Accept, &Self::genesis_hash(), &(feed, attempt))
	}

	/// What a node found offline in block `since` signs to say that it is back.
	pub fn word(vald: &vald::Public, since: BlockNumber) -> [u8; 32] {
		signing::payload(Kind::Online, &Self::genesis_hash(), &(vald, since))
	}

	fn freeze() -> Step {
		Step::Seeding { frozen_at: Self::block(), nodes: NodeCount::<T>::get() }
	}

	pub(crate) fn do_request(feed: FeedId, terms: CommitteeTerms) -> DispatchResult {
		ensure!((MIN_MEMBERS..=MAX_MEMBERS).contains(&terms.size), Error::<T>::InvalidSize);
		let known = Draws::<T>::contains_key(feed) || Committees::<T>::contains_key(feed);
		ensure!(!known, Error::<T>::AlreadyRequested);
		Draws::<T>::insert(feed, PendingDraw::new(terms, Self::freeze()));
		Self::deposit_event(Event::DrawStarted { feed, attempt: 0 });
		Ok(())
	}

	pub(crate) fn do_poll(feed: FeedId) -> Draw {
		let Some(mut draw) = Draws::<T>::get(feed) else {
			let ready = Committees::<T>::contains_key(feed);
			return if ready { Draw::Ready } else { Draw::Failed };
		};
		match draw.step {
			Step::Seeding { frozen_at, nodes } => {
				let block = frozen_at.saturating_add(SEED_DELAY);
				match T::Beacon::output_at(block) {
					Some(seed) => Self::draw_members(feed, draw, seed, frozen_at, nodes),
					// Nobody asked for so long that the output is forgotten.
					None if Self::block() > block => {
						draw.step = Self::freeze();
						Draws::<T>::insert(feed, draw);
						Draw::Pending
					}
					None => Draw::Pending,
				}
			}
			Step::Accepting { deadline } if T::Clock::chain_time() >= deadline => {
				Self::drop_missing(feed, draw)
			}
			Step::Accepting { .. } => Draw::Pending,
		}
	}

	/// Draws the members that are missing, all or none. If there are too few, an attempt takes as long as
	/// if they had been asked: there is time for others to come.
	pub(crate) fn draw_members(
		feed: FeedId,
		mut draw: PendingDraw,
		seed: Hash,
		frozen_at: BlockNumber,
		nodes: u32,
	) -> Draw {
		let wanted = draw.missing();
		let reads = usize::try_from(T::MaxDrawReads::get()).unwrap_or(usize::MAX);
		let drawn: Vec<(AccountId, Node)> = order(seed, feed, draw.attempt, nodes)
			.take(reads)
			.filter_map(|index| Self::eligible(feed, &draw, frozen_at, index))
			.take(wanted)
			.collect();
		let deadline = T::Clock::chain_time().saturating_add(T::AcceptWindow::get());
		draw.step = Step::Accepting { deadline };
		if drawn.len() < wanted {
			Draws::<T>::insert(feed, draw);
			return Draw::Pending;
		}
		for (operator, node) in drawn {
			let Node { vald, intake, peer, .. } = node;
			Serving::<T>::insert(&vald, feed, ());
			let member = Member { operator, vald, intake, peer, accepted: false };
			if draw.members.try_push(member).is_err() {
				defensive!("more members than a committee holds");
			}
		}
		draw.seed = seed;
		Self::deposit_event(Event::MembersDrawn { feed, attempt: draw.attempt, deadline });
		Draws::<T>::insert(feed, draw);
		Draw::Pending
	}

	/// The node at a place of the registry, if it can be a member. Cheap checks come first.
	fn eligible(
		feed: FeedId,
		draw: &PendingDraw,
		frozen_at: BlockNumber,
		index: u32,
	) -> Option<(AccountId, Node)> {
		let operator = Registry::<T>::get(index)?;
		let node = Nodes::<T>::get(&operator)?;
		let able = node.status == Status::Online
			&& node.changed <= frozen_at
			// A slash may have left less.
			&& node.bond >= T::MinBond::get()
			&& node.free_bond() >= draw.collateral
			&& node.min_fee <= draw.max_fee
			&& operator != draw.requester
			&& draw.members.iter().all(|member| member.operator != operator);
		let fit = able
			&& T::Reputation::score(&operator) >= MIN_SCORE
			&& !T::Reputation::is_flagged(&operator)
			&& !T::Feeds::is_reporter(feed, &operator);
		fit.then_some((operator, node))
	}

	/// Lets go of the members that have not accepted, and has others drawn.
	pub(crate) fn drop_missing(feed: FeedId, mut draw: PendingDraw) -> Draw {
		let collateral = draw.collateral;
		draw.members.retain(|member| {
			if !member.accepted {
				Serving::<T>::remove(&member.vald, feed);
				// Who could not, because another feed took the bond first, is not to blame.
				let able = Nodes::<T>::get(&member.operator)
					.is_some_and(|node| node.free_bond() >= collateral);
				if able {
					Self::mark_offline(&member.operator);
				}
			}
			member.accepted
		});
		Self::next_attempt(feed, draw)
	}

	fn next_attempt(feed: FeedId, mut draw: PendingDraw) -> Draw {
		if draw.attempt >= T::MaxReplacements::get() {
			Self::abandon(feed, draw);
			Self::deposit_event(Event::DrawFailed { feed });
			return Draw::Failed;
		}
		draw.attempt = draw.attempt.saturating_add(1);
		draw.step = Self::freeze();
		Self::deposit_event(Event::DrawStarted { feed, attempt: draw.attempt });
		Draws::<T>::insert(feed, draw);
		Draw::Pending
	}

	fn abandon(feed: FeedId, draw: PendingDraw) {
		for member in &draw.members {
			Self::let_go(feed, member, draw.collateral);
		}
		Draws::<T>::remove(feed);
	}

	/// Ends what a member has to do with a feed.
	fn let_go(feed: FeedId, member: &Member, collateral: Balance) {
		Serving::<T>::remove(&member.vald, feed);
		if member.accepted {
			Self::release(&member.operator, collateral);
		}
	}

	/// Checks that the node with this key may accept a feed, all but its signature; gives the draw and
	/// the node's place in it.
	pub(crate) fn acceptable(
		feed: FeedId,
		key: &vald::Public,
	) -> Result<(PendingDraw, usize), Error<T>> {
		let draw = Draws::<T>::get(feed).ok_or(Error::<T>::NoDraw)?;
		let mut members = draw.members.iter();
		let place = members.position(|member| member.vald == *key).ok_or(Error::<T>::NotDrawn)?;
		let member = draw.members.get(place).ok_or(Error::<T>::NotDrawn)?;
		ensure!(!member.accepted, Error::<T>::AlreadyAccepted);
		let node = Nodes::<T>::get(&member.operator)
			.filter(|node| node.vald == *key)
			.ok_or(Error::<T>::NotRegistered)?;
		ensure!(node.free_bond() >= draw.collateral, Error::<T>::BondTooSmall);
		Ok((draw, place))
	}

	pub(crate) fn do_accept(feed: FeedId, key: &vald::Public) -> DispatchResult {
		let (mut draw, place) = Self::acceptable(feed, key)?;
		let member = draw.members.get_mut(place).ok_or(Error::<T>::NotDrawn)?;
		member.accepted = true;
		let operator = member.operator.clone();
		let collateral = draw.collateral;
		Nodes::<T>::mutate_extant(&operator, |node| {
			node.set_aside = node.set_aside.saturating_add(collateral);
		});
		Self::deposit_event(Event::Accepted { feed, operator });
		if !draw.is_complete() {
			Draws::<T>::insert(feed, draw);
			return Ok(());
		}
		let PendingDraw { seed, members, .. } = draw;
		Draws::<T>::remove(feed);
		Committees::<T>::insert(feed, Committee { seed, members, collateral });
		Self::deposit_event(Event::CommitteeReady { feed });
		T::Feeds::on_committee_ready(feed);
		Ok(())
	}

	pub(crate) fn do_online(key: &vald::Public) -> DispatchResult {
		let (operator, _) = Self::offline_since(key)?;
		let status = Status::Online;
		Nodes::<T>::mutate_extant(&operator, |node| {
			node.status = status;
			node.changed = Self::block();
		});
		Self::deposit_event(Event::StatusChanged { operator, status });
		Ok(())
	}

	/// The operator of the offline node with this key, and since when it is offline.
	pub(crate) fn offline_since(key: &vald::Public) -> Result<(AccountId, BlockNumber), Error<T>> {
		let operator = crate::Keys::<T>::get(key).ok_or(Error::<T>::NotRegistered)?;
		match Nodes::<T>::get(&operator).map(|node| node.status) {
			Some(Status::Offline { since }) => Ok((operator, since)),
			Some(_) => Err(Error::<T>::NotOffline),
			None => Err(Error::<T>::NotRegistered),
		}
	}

	pub(crate) fn do_dismiss(feed: FeedId, served: &[bool]) {
		if let Some(draw) = Draws::<T>::get(feed) {
			Self::abandon(feed, draw);
		} else if let Some(committee) = Committees::<T>::take(feed) {
			let proven = ProvenFalse::<T>::take(feed);
			for (place, member) in committee.members.iter().enumerate() {
				// Who was proven false has nothing set aside for the feed any more.
				let lost = proven & bit(place as MemberIndex) != 0;
				Self::let_go(feed, member, if lost { 0 } else { committee.collateral });
				if served.get(place) == Some(&false) {
					T::Reputation::penalise(&member.operator, Offence::NotServed);
				}
			}
		} else {
			return;
		}
		Self::deposit_event(Event::Dismissed { feed });
	}
}

impl<T: Config> traits::Committees for Pallet<T> {
	fn request(feed: FeedId, terms: CommitteeTerms) -> DispatchResult {
		Self::do_request(feed, terms)
	}

	fn poll(feed: FeedId) -> Draw {
		Self::do_poll(feed)
	}

	fn get(feed: FeedId) -> Option<Committee> {
		Committees::<T>::get(feed)
	}

	fn dismiss(feed: FeedId, served: &[bool]) {
		Self::do_dismiss(feed, served);
	}

	fn proven_false(feed: FeedId) -> u64 {
		ProvenFalse::<T>::get(feed)
	}

	fn recommended_fee() -> Balance {
		crate::MedianFee::<T>::get()
	}

	fn willing(feed: FeedId, fee: Balance) -> u32 {
		let members = Committees::<T>::get(feed).map(|committee| committee.members);
		let asks_less = |member: &Member| {
			Nodes::<T>::get(&member.operator).is_some_and(|node| node.min_fee <= fee)
		};
		let willing = members.unwrap_or_default().iter().filter(|member| asks_less(member)).count();
		u32::try_from(willing).unwrap_or(u32::MAX)
	}
}
