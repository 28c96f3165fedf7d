// SPDX-License-Identifier: Apache-2.0

//! Who is registered, with what bond, and what nodes ask.

use crate::{
	Error, Event, Fees, HoldReason, Keys, MedianFee, Node, NodeCount, Nodes, Pallet, Registry,
	Status,
};
use eventum_primitives::{
	committee::{IntakeKey, PeerId},
	signing::{self, Kind},
	vald, AccountId, Balance, BlockNumber, Hash,
};
use frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		Get,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{
	traits::{SaturatedConversion, Zero},
	DispatchError,
};

use crate::pallet::Config;

impl<T: Config> Pallet<T> {
	/// Number of the current block.
	pub(crate) fn block() -> BlockNumber {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// What signatures call this chain.
	pub(crate) fn genesis_hash() -> Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// What `vald` signs to show that it is the key of `operator`'s node.
	pub fn registration(operator: &AccountId, intake: &IntakeKey, peer: &PeerId) -> [u8; 32] {
		signing::payload(Kind::Register, &Self::genesis_hash(), &(operator, intake, peer))
	}

	pub(crate) fn ensure_proof(
		operator: &AccountId,
		vald: &vald::Public,
		intake: &IntakeKey,
		peer: &PeerId,
		proof: &vald::Signature,
	) -> DispatchResult {
		let payload = Self::registration(operator, intake, peer);
		ensure!(vald.verify(&payload, proof), Error::<T>::BadProof);
		Ok(())
	}

	pub(crate) fn do_register(
		operator: AccountId,
		vald: vald::Public,
		intake: IntakeKey,
		peer: PeerId,
		min_fee: Balance,
		bond: Balance,
	) -> DispatchResult {
		ensure!(!peer.is_empty(), Error::<T>::InvalidPeer);
		ensure!(bond >= T::MinBond::get(), Error::<T>::BondTooSmall);
		ensure!(!Nodes::<T>::contains_key(&operator), Error::<T>::AlreadyRegistered);
		ensure!(!Keys::<T>::contains_key(&vald), Error::<T>::KeyInUse);
		let index = NodeCount::<T>::get();
		ensure!(index < T::MaxNodes::get(), Error::<T>::RegistryFull);
		T::Currency::hold(&HoldReason::Bond.into(), &operator, bond)?;
		Self::add_fee(min_fee)?;

		Registry::<T>::insert(index, &operator);
		NodeCount::<T>::put(index.saturating_add(1));
		Keys::<T>::insert(&vald, &operator);
		let changed = Self::block();
		let (set_aside, status) = (0, Status::Online);
		Nodes::<T>::insert(
			&operator,
			Node {
				vald: vald.clone(),
				intake,
				peer,
				min_fee,
				bond,
				set_aside,
				status,
				index,
				changed,
			},
		);
		Self::deposit_event(Event::Registered { operator, vald, bond });
		Ok(())
	}

	pub(crate) fn do_update(
		operator: AccountId,
		min_fee: Option<Balance>,
		intake: Option<IntakeKey>,
		peer: Option<PeerId>,
	) -> DispatchResult {
		ensure!(peer.as_ref().is_none_or(|peer| !peer.is_empty()), Error::<T>::InvalidPeer);
		Nodes::<T>::try_mutate(&operator, |slot| {
			let node = slot.as_mut().ok_or(Error::<T>::NotRegistered)?;
			if let Some(min_fee) = min_fee.filter(|fee| *fee != node.min_fee) {
				Self::remove_fee(node.min_fee);
				Self::add_fee(min_fee)?;
				node.min_fee = min_fee;
				node.changed = Self::block();
			}
			node.intake = intake.unwrap_or(node.intake);
			if let Some(peer) = peer {
				node.peer = peer;
			}
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::Updated { operator });
		Ok(())
	}

	pub(crate) fn do_bond_more(operator: AccountId, amount: Balance) -> DispatchResult {
		let bond = Nodes::<T>::try_mutate(&operator, |slot| {
			let node = slot.as_mut().ok_or(Error::<T>::NotRegistered)?;
			T::Currency::hold(&HoldReason::Bond.into(), &operator, amount)?;
			node.bond = node.bond.saturating_add(amount);
			node.changed = Self::block();
			Ok::<_, DispatchError>(node.bond)
		})?;
		Self::deposit_event(Event::BondRaised { operator, bond });
		Ok(())
	}

	pub(crate) fn do_rest(operator: AccountId, resting: bool) -> DispatchResult {
		let status = if resting { Status::Resting } else { Status::Online };
		Nodes::<T>::try_mutate(&operator, |slot| {
			let node = slot.as_mut().ok_or(Error::<T>::NotRegistered)?;
			node.status = status;
			node.changed = Self::block();
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::StatusChanged { operator, status });
		Ok(())
	}

	pub(crate) fn do_unregister(operator: AccountId) -> DispatchResult {
		let node = Nodes::<T>::get(&operator).ok_or(Error::<T>::NotRegistered)?;
		ensure!(node.set_aside == 0, Error::<T>::StillServing);
		let reason = HoldReason::Bond.into();
		let held = T::Currency::balance_on_hold(&reason, &operator).min(node.bond);
		T::Currency::release(&reason, &operator, held, Precision::Exact)?;
		Self::remove_fee(node.min_fee);
		Keys::<T>::remove(&node.vald);
		Nodes::<T>::remove(&operator);
		Self::vacate(node.index);
		Self::deposit_event(Event::Unregistered { operator });
		Ok(())
	}

	/// Takes a place out of the registry; the last node moves into it.
	fn vacate(index: u32) {
		let last = NodeCount::<T>::get().saturating_sub(1);
		NodeCount::<T>::put(last);
		let Some(mover) = Registry::<T>::take(last) else {
			defensive!("the registry has a gap");
			return;
		};
		if index == last {
			return;
		}
		Nodes::<T>::mutate_extant(&mover, |node| {
			node.index = index;
			node.changed = Self::block();
		});
		Registry::<T>::insert(index, mover);
	}

	/// Marks a node as offline, if it is online.
	pub(crate) fn mark_offline(operator: &AccountId) {
		let since = Self::block();
		let marked = Nodes::<T>::mutate(operator, |slot| match slot {
			Some(node) if node.status == Status::Online => {
				node.status = Status::Offline { since };
				true
			}
			_ => false,
		});
		if marked {
			let status = Status::Offline { since };
			Self::deposit_event(Event::StatusChanged { operator: operator.clone(), status });
		}
	}

	/// Gives back what a member set aside for a feed.
	pub(crate) fn release(operator: &AccountId, collateral: Balance) {
		let known = Nodes::<T>::mutate(operator, |slot| {
			slot.as_mut().map(|node| node.set_aside = node.set_aside.saturating_sub(collateral))
		});
		if known.is_none() {
			defensive!("a member has left the registry");
		}
	}

	fn add_fee(fee: Balance) -> DispatchResult {
		Fees::<T>::try_mutate(|fees| {
			let place = fees.partition_point(|other| *other < fee);
			fees.try_insert(place, fee).map_err(|_| Error::<T>::RegistryFull)?;
			Self::note_median(fees);
			Ok(())
		})
	}

	fn remove_fee(fee: Balance) {
		Fees::<T>::mutate(|fees| match fees.binary_search(&fee) {
			Ok(place) => {
				fees.remove(place);
				Self::note_median(fees);
			}
			Err(_) => {
				defensive!("a node's fee is not in the list");
			}
		});
	}

	fn note_median(fees: &[Balance]) {
		MedianFee::<T>::put(Self::median(fees));
	}

	/// Lower median of a sorted list; zero if it is empty.
	pub(crate) fn median(fees: &[Balance]) -> Balance {
		fees.get(fees.len().saturating_sub(1) / 2).copied().unwrap_or_default()
	}
}
