// SPDX-License-Identifier: Apache-2.0

//! What is taken for proven, and told to pallet-offences.

use crate::{
	pallet::Config, Absent, Call, DoubleAuthored, Equivocation, Error, Pallet, Records, Scene,
};
use alloc::boxed::Box;
use eventum_primitives::{
	beacon::SlotAuthor,
	offence::{DoubleAuthorship, Fault},
	traits::Slashes,
	AccountId, EpochIndex,
};
use frame_support::{ensure, pallet_prelude::*};
use frame_system::{
	offchain::SubmitTransaction,
	pallet_prelude::{BlockNumberFor, HeaderFor},
};
use sp_runtime::{traits::Zero, transaction_validity::TransactionValidityWithRefund};
use sp_staking::offence::{Offence, OffenceError, ReportOffence};

/// Two headers for one slot of this chain.
pub type Evidence<T> = DoubleAuthorship<HeaderFor<T>>;

/// Blocks that a report waits in the pool.
const LONGEVITY: TransactionLongevity = 64;

impl<T: Config> Slashes for Pallet<T> {
	fn absent(delegate: &AccountId, epoch: EpochIndex) {
		let scene = Self::acting()
			.map(|(session, set)| Scene { session, members: set.count() })
			.unwrap_or_default();
		let repeats = Records::<T>::get(delegate).absences;
		let offence = Absent { account: delegate.clone(), scene, epoch, repeats };
		// Who was reported as absent for the epoch before is not slashed again.
		let _ = T::Reports::report_offence(Default::default(), offence);
	}
}

impl<T: Config> Pallet<T> {
	/// Takes note of an equivocation that GRANDPA's pallet has checked.
	pub fn report_equivocation(
		reporter: Option<AccountId>,
		offence: Equivocation,
	) -> Result<(), OffenceError> {
		T::Reports::report_offence(reporter.into_iter().collect(), offence)
	}

	/// Whether an equivocation was reported.
	pub fn is_known_equivocation(offence: &Equivocation) -> bool {
		Self::is_known(offence)
	}

	/// Sends a report of this node's own to the pool. Off chain only.
	pub fn submit_double_authorship(evidence: Evidence<T>) -> Option<()> {
		let call = Call::report_double_authorship_unsigned { evidence: Box::new(evidence) };
		let transaction = T::create_authorized_transaction(call.into());
		SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).ok()
	}

	pub(crate) fn do_report_double_authorship(
		reporter: Option<AccountId>,
		evidence: &Evidence<T>,
	) -> DispatchResult {
		let offence = Self::double_authored(evidence)?;
		T::Reports::report_offence(reporter.into_iter().collect(), offence)
			.map_err(|_| Error::<T>::AlreadyReported.into())
	}

	pub(crate) fn authorize_report(
		_source: TransactionSource,
		evidence: &Evidence<T>,
	) -> TransactionValidityWithRefund {
		let offence = Self::double_authored(evidence).map_err(|error| match error {
			Error::FutureSlot => InvalidTransaction::Future,
			Error::TooOld | Error::AlreadyReported => InvalidTransaction::Stale,
			_ => InvalidTransaction::BadProof,
		})?;
		ValidTransaction::with_tag_prefix("EventumDoubleAuthorship")
			.priority(TransactionPriority::MAX)
			.longevity(LONGEVITY)
			.and_provides((offence.account, offence.slot))
			.propagate(true)
			.build()
			.map(|valid| (valid, Weight::zero()))
	}

	/// Whose double authorship it is, if it is one that was not reported. Verifies signatures last.
	fn double_authored(evidence: &Evidence<T>) -> Result<DoubleAuthored, Error<T>> {
		let slot = evidence.slot().map_err(refusal)?;
		ensure!(slot <= T::Slots::slot(), Error::FutureSlot);
		ensure!(!Self::is_past(slot), Error::TooOld);
		let (session, set) = Self::set_of_slot(slot).ok_or(Error::TooOld)?;
		let owner = set.owner(slot).ok_or(Error::TooOld)?;
		let offence = DoubleAuthored {
			account: owner.account.clone(),
			scene: Scene { session, members: set.count() },
			slot,
			repeats: Records::<T>::get(&owner.account).double_authorships,
		};
		ensure!(!Self::is_known(&offence), Error::AlreadyReported);
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		evidence.verify(&owner.aura, genesis, T::Slots::epoch(slot)).map_err(refusal)?;
		Ok(offence)
	}

	fn is_known<O: Offence<crate::Offender>>(offence: &O) -> bool
	where
		T::Reports: ReportOffence<AccountId, crate::Offender, O>,
	{
		T::Reports::is_known_offence(&offence.offenders(), &offence.slot())
	}
}

fn refusal<T>(fault: Fault) -> Error<T> {
	match fault {
		Fault::SlotsDiffer => Error::SlotsDiffer,
		Fault::SameBlock => Error::SameBlock,
		Fault::BadSeal => Error::BadSeal,
		Fault::BadBeacon => Error::BadBeacon,
	}
}
