// SPDX-License-Identifier: Apache-2.0

//! Which account had which key in which set.

use crate::{
	pallet::Config, Charges, KeyOwnership, KeySet, Owner, Pallet, Sets, Start, Starts, MAX_SETS,
};
use alloc::vec::Vec;
use eventum_primitives::{beacon::SlotAuthor, offence::Member, traits::KeyHistory, EpochIndex};
use frame_support::{
	traits::{ConstU32, Get, KeyOwnerProofSystem},
	BoundedVec,
};
use sp_runtime::{
	key_types::{AURA, GRANDPA},
	KeyTypeId,
};
use sp_staking::SessionIndex;

/// Old sets that are forgotten when a new one is noted: more than one, so that none piles up.
const FORGET: u32 = 2;

type StartList = BoundedVec<Start, ConstU32<MAX_SETS>>;

/// The set that a session belonged to.
pub(crate) type SetOf<T> = KeySet<<T as Config>::MaxMembers>;

impl<T: Config> KeyHistory for Pallet<T> {
	fn note(session: SessionIndex, producers: u32, members: Vec<Member>) {
		let mut starts = Starts::<T>::get();
		for _ in 0..FORGET {
			let over = starts.get(1).is_some_and(|next| Self::is_past(next.slot));
			if over || starts.is_full() {
				Self::forget(starts.remove(0).session);
			}
		}
		let start = Start { session, slot: T::Slots::slot() };
		if starts.try_push(start).is_ok() {
			let members = BoundedVec::truncate_from(members);
			Sets::<T>::insert(session, KeySet { producers, members });
			Starts::<T>::put(starts);
		}
	}
}

impl<T: Config, Key: AsRef<[u8]>> KeyOwnerProofSystem<(KeyTypeId, Key)> for Pallet<T> {
	type Proof = KeyOwnership;
	type IdentificationTuple = Owner;

	/// Proves that somebody in the newest set that knows the key had it. Reads all sets: off chain
	/// only.
	fn prove(key: (KeyTypeId, Key)) -> Option<KeyOwnership> {
		let starts = Starts::<T>::get();
		let mut sessions = starts.iter().rev().map(|start| start.session);
		sessions.find_map(|session| Self::prove_at(session, key.0, key.1.as_ref()))
	}

	fn check_proof(key: (KeyTypeId, Key), proof: KeyOwnership) -> Option<Owner> {
		let starts = Starts::<T>::get();
		let place = starts.binary_search_by_key(&proof.session, |start| start.session).ok()?;
		if Self::until(&starts, place).is_some_and(Self::is_past) {
			return None;
		}
		let set = Sets::<T>::get(proof.session).filter(|set| set.count() == proof.members)?;
		let member = owner_of(set, key.0, key.1.as_ref())?;
		Some(Owner { account: member.account, session: proof.session })
	}
}

impl<T: Config> Pallet<T> {
	/// Where a key is found that was in use in a session of pallet-session.
	pub fn prove_at(session: SessionIndex, kind: KeyTypeId, key: &[u8]) -> Option<KeyOwnership> {
		let starts = Starts::<T>::get();
		let start = starts.iter().rev().find(|start| start.session <= session)?;
		let set = Sets::<T>::get(start.session)?;
		let proof = KeyOwnership { session: start.session, members: set.count() };
		owner_of(set, kind, key).map(|_| proof)
	}

	/// The set that a slot belonged to, and the session in which it began to act.
	pub(crate) fn set_of_slot(slot: u64) -> Option<(SessionIndex, SetOf<T>)> {
		let starts = Starts::<T>::get();
		let start = starts.iter().rev().find(|start| start.slot < slot)?;
		Sets::<T>::get(start.session).map(|set| (start.session, set))
	}

	/// The set that acts now.
	pub(crate) fn acting() -> Option<(SessionIndex, SetOf<T>)> {
		let session = Starts::<T>::get().last()?.session;
		Sets::<T>::get(session).map(|set| (session, set))
	}

	/// Whether what happened in a slot can no longer be reported.
	pub(crate) fn is_past(slot: u64) -> bool {
		Self::epoch_of(slot).saturating_add(T::ReportEpochs::get()) < Self::epoch()
	}

	/// The running epoch.
	pub(crate) fn epoch() -> EpochIndex {
		Self::epoch_of(T::Slots::slot())
	}

	pub(crate) fn epoch_of(slot: u64) -> EpochIndex {
		T::Slots::epoch(slot).try_into().unwrap_or(EpochIndex::MAX)
	}

	/// The last slot of the set at a place; `None` if it acts still.
	fn until(starts: &StartList, place: usize) -> Option<u64> {
		starts.get(place.saturating_add(1)).map(|next| next.slot)
	}

	fn forget(session: SessionIndex) {
		Sets::<T>::remove(session);
		let _ = Charges::<T>::clear_prefix(session, T::MaxMembers::get(), None);
	}
}

fn owner_of<Most: Get<u32>>(set: KeySet<Most>, kind: KeyTypeId, key: &[u8]) -> Option<Member> {
	set.members.into_iter().find(|member| match kind {
		AURA => member.aura.0.as_slice() == key,
		GRANDPA => member.grandpa.0.as_slice() == key,
		_ => false,
	})
}
