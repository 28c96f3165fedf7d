// SPDX-License-Identifier: Apache-2.0

//! Members that are proven false lose what they set aside for the feed. The only writer of
//! `ProvenFalse`.
//!
//! A proof holds by itself, so anyone may hand it in, without a fee. It counts as long as the chain
//! knows the feed's committee, and once for each member: after that nothing is set aside any more.

use crate::{
	pallet::Config, Committees, CreditOf, Error, Event, HoldReason, Nodes, Pallet, ProvenFalse,
};
use eventum_primitives::{
	committee::{Committee, MemberIndex},
	fault::{Fault, FaultError},
	traits::{Offence, Reputation},
	Balance, FeedId,
};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::BalancedHold, tokens::imbalance::Imbalance, OnUnbalanced},
};

/// The bit of a member among those proven false.
pub(crate) fn bit(member: MemberIndex) -> u64 {
	1u64.checked_shl(u32::from(member)).unwrap_or(0)
}

impl<T: Config> Pallet<T> {
	/// The committee of a member that can be proven false: it has not been before.
	pub(crate) fn accused(feed: FeedId, member: MemberIndex) -> Result<Committee, Error<T>> {
		let committee = Committees::<T>::get(feed).ok_or(Error::<T>::NoCommittee)?;
		let known = usize::from(member) < committee.members.len();
		ensure!(known, Error::<T>::UnknownMember);
		let proven = ProvenFalse::<T>::get(feed) & bit(member) != 0;
		ensure!(!proven, Error::<T>::AlreadyProven);
		Ok(committee)
	}

	/// Checks a proof against the feed's committee, cheap things first.
	pub(crate) fn check_fault(fault: &Fault) -> Result<(), Error<T>> {
		let committee = Self::accused(fault.feed, fault.member)?;
		let verify = sp_io::crypto::ed25519_verify;
		fault.verify(&Self::genesis_hash(), &committee, verify).map_err(|error| match error {
			FaultError::UnknownMember => Error::<T>::UnknownMember,
			FaultError::Unrelated => Error::<T>::UnrelatedParts,
			FaultError::NoContradiction => Error::<T>::NoContradiction,
			FaultError::BadTrail => Error::<T>::BadTrail,
			FaultError::NotCovered => Error::<T>::NotCovered,
			FaultError::BadSignature => Error::<T>::BadProof,
		})
	}

	/// Punishes a member whose fault was verified when the call was authorized.
	pub(crate) fn do_report_fault(fault: &Fault) -> DispatchResult {
		let Fault { feed, member, .. } = *fault;
		let committee = Self::accused(feed, member)?;
		let accused = committee.members.get(usize::from(member));
		let operator = accused.ok_or(Error::<T>::UnknownMember)?.operator.clone();
		ProvenFalse::<T>::mutate(feed, |bits| *bits |= bit(member));
		let slashed = Self::slash(&operator, committee.collateral);
		T::Reputation::penalise(&operator, Offence::ProvenFalse);
		Self::deposit_event(Event::ProvenFalse { feed, operator, lie: fault.lie(), slashed });
		Ok(())
	}

	/// Takes what an operator set aside for a feed out of its bond; tells how much that was.
	fn slash(operator: &eventum_primitives::AccountId, collateral: Balance) -> Balance {
		let (credit, missing): (CreditOf<T>, Balance) =
			T::Currency::slash(&HoldReason::Bond.into(), operator, collateral);
		if missing > 0 {
			frame_support::defensive!("a bond is not what is on hold");
		}
		let slashed = credit.peek();
		Nodes::<T>::mutate_extant(operator, |node| {
			node.bond = node.bond.saturating_sub(slashed);
			node.set_aside = node.set_aside.saturating_sub(collateral);
		});
		T::Slash::on_unbalanced(credit);
		slashed
	}
}
