// SPDX-License-Identifier: Apache-2.0

//! What must always hold.

use crate::{
	faults::bit, pallet::Config, Committees, Draws, Fees, HoldReason, Keys, MedianFee, NodeCount,
	Nodes, Pallet, ProvenFalse, Registry, Serving, Step,
};
use alloc::{collections::BTreeMap, vec::Vec};
use eventum_primitives::{
	committee::{Member, MemberIndex},
	AccountId, Balance,
};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Invariants:
	///
	/// - the registry has no gaps and agrees with nodes, keys and fees;
	/// - each bond is on hold, and what is set aside of it is the sum of the collateral of the feeds
	///   that its node has accepted;
	/// - only members of complete committees are proven false;
	/// - draws and committees are of the size asked for, without a member twice, and each member is
	///   noted as serving, and nobody else.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_registry()?;
		Self::check_fees()?;
		Self::check_members()?;
		Self::check_proven_false()?;
		Self::check_collateral()
	}

	fn check_registry() -> Result<(), TryRuntimeError> {
		let count = NodeCount::<T>::get();
		let mut nodes = 0u32;
		for (operator, node) in Nodes::<T>::iter() {
			nodes = nodes.saturating_add(1);
			let found = Registry::<T>::get(node.index);
			ensure!(
				found.as_ref() == Some(&operator),
				"a node is not at its place in the registry"
			);
			let owner = Keys::<T>::get(&node.vald);
			ensure!(owner.as_ref() == Some(&operator), "a node's key is not its own");
			let held = T::Currency::balance_on_hold(&HoldReason::Bond.into(), &operator);
			ensure!(held == node.bond, "a bond is not what is on hold");
			ensure!(node.changed <= Self::block(), "a node is from the future");
		}
		ensure!(nodes == count, "nodes are miscounted");
		let count = u64::from(count);
		ensure!(Registry::<T>::iter_keys().count() as u64 == count, "a gap in the registry");
		ensure!(Keys::<T>::iter_keys().count() as u64 == count, "a key without a node");
		Ok(())
	}

	fn check_fees() -> Result<(), TryRuntimeError> {
		let mut fees: Vec<Balance> = Nodes::<T>::iter_values().map(|node| node.min_fee).collect();
		fees.sort_unstable();
		ensure!(fees == Fees::<T>::get().into_inner(), "the list of fees is not what nodes ask");
		ensure!(Self::median(&fees) == MedianFee::<T>::get(), "the median fee is not the median");
		Ok(())
	}

	fn check_members() -> Result<(), TryRuntimeError> {
		let mut serving = 0usize;
		let mut check = |feed, members: &[Member]| {
			for (place, member) in members.iter().enumerate() {
				let twice = members.iter().take(place).any(|one| one.operator == member.operator);
				ensure!(!twice, "an operator is a member twice");
				let noted = Serving::<T>::contains_key(&member.vald, feed);
				ensure!(noted, "a member is not noted as serving");
				serving = serving.saturating_add(1);
			}
			Ok::<_, TryRuntimeError>(())
		};
		for (feed, committee) in Committees::<T>::iter() {
			ensure!(!Draws::<T>::contains_key(feed), "a committee is drawn that is complete");
			let complete = committee.members.iter().all(|member| member.accepted);
			ensure!(complete, "a committee is not complete");
			check(feed, &committee.members)?;
		}
		for (feed, draw) in Draws::<T>::iter() {
			ensure!(!draw.is_complete(), "a complete committee is still drawn");
			match draw.step {
				Step::Accepting { .. } => {
					let asked = draw.members.iter().any(|member| !member.accepted);
					ensure!(
						draw.missing() == 0 || !asked,
						"a draw was made of a part of the missing"
					)
				}
				Step::Seeding { frozen_at, .. } => {
					ensure!(frozen_at <= Self::block(), "a draw is from the future");
					let all = draw.members.iter().all(|member| member.accepted);
					ensure!(all, "a member was kept that has not accepted");
				}
			}
			check(feed, &draw.members)?;
		}
		ensure!(
			Serving::<T>::iter_keys().count() == serving,
			"a node serves what it is no member of"
		);
		Ok(())
	}

	fn check_proven_false() -> Result<(), TryRuntimeError> {
		for (feed, bits) in ProvenFalse::<T>::iter() {
			let committee = Committees::<T>::get(feed);
			let members = committee.map_or(0, |committee| committee.members.len());
			let all = (0..members).fold(0, |all, place| all | bit(place as MemberIndex));
			ensure!(bits != 0 && bits & !all == 0, "who is no member is proven false");
		}
		Ok(())
	}

	fn check_collateral() -> Result<(), TryRuntimeError> {
		let committees = Committees::<T>::iter()
			.map(|(feed, one)| (one.members, one.collateral, ProvenFalse::<T>::get(feed)));
		let draws = Draws::<T>::iter_values().map(|one| (one.members, one.collateral, 0));
		let mut due = BTreeMap::<AccountId, Balance>::new();
		for (members, collateral, lost) in committees.chain(draws) {
			for (place, member) in members.into_iter().enumerate() {
				if !member.accepted || lost & bit(place as MemberIndex) != 0 {
					continue;
				}
				let sum = due.entry(member.operator).or_default();
				*sum = sum.saturating_add(collateral);
			}
		}
		for (operator, node) in Nodes::<T>::iter() {
			let sum = due.remove(&operator).unwrap_or_default();
			ensure!(node.set_aside == sum, "what is set aside is not what feeds ask for");
			ensure!(node.set_aside <= node.bond, "more is set aside than the bond");
		}
		ensure!(due.is_empty(), "a member has left the registry");
		Ok(())
	}
}
