// SPDX-License-Identifier: Apache-2.0

//! Two answers of one reporter in one round: the whole stake is forfeited, at once.
//!
//! Both are signed with the reporter's key, so they prove themselves, and anyone may hand them in
//! without a fee, as long as the reporter has not been paid. What was counted stays as it is: the
//! committee counts neither of two answers that came in time, and the first if the second came later.
//!
//! Only the newest of a reporter's keys proves anything: who has stolen one that was given up for it
//! must not be able to take the stake. An excuse is no answer.

use crate::{joining::place, pallet::*};
use eventum_primitives::{
	report::{Body, Report, ReportKey},
	traits::{Offence, Reputation},
};
use frame_support::{pallet_prelude::*, weights::Weight};
use sp_core::{ed25519, sr25519};
use sp_io::crypto::{ed25519_verify, sr25519_verify};

impl<T: Config> Pallet<T> {
	/// Everything but the signatures; gives the key that they must be by.
	pub(crate) fn check_double_answer(
		first: &Report,
		second: &Report,
	) -> Result<ReportKey, Error<T>> {
		let (one, other) = (&first.body, &second.body);
		let genesis = Self::genesis();
		let here = one.genesis == genesis && other.genesis == genesis;
		ensure!(here, Error::<T>::ForeignReport);
		let about = |body: &Body| (body.feed, body.round, body.reporter.clone());
		ensure!(about(one) == about(other), Error::<T>::UnrelatedReports);
		let excused = one.is_excuse() || other.is_excuse();
		ensure!(one.tag != other.tag && !excused, Error::<T>::SameAnswer);
		let definition = Definitions::<T>::get(one.feed).ok_or(Error::<T>::UnknownFeed)?;
		ensure!(one.round < definition.max_rounds(), Error::<T>::UnknownRound);
		let (page, place) = place(Self::index_of(one.feed, &one.reporter)?);
		let reporters = ReporterPages::<T>::get((one.feed, page));
		let reporter = reporters.get(place).ok_or(Error::<T>::NotJoined)?;
		ensure!(!reporter.double, Error::<T>::AlreadyProven);
		reporter.keys.last().map(|(_, key)| *key).ok_or(Error::<T>::NotJoined)
	}

	/// Who hands the proof in need not be anyone: the reporter's signatures are what counts.
	pub(crate) fn authorize_double_answer(
		_source: TransactionSource,
		first: &Report,
		second: &Report,
	) -> TransactionValidityWithRefund {
		let key = Self::check_double_answer(first, second).map_err(Self::refused)?;
		let good = signed_by(first, &key) && signed_by(second, &key);
		ensure!(good, Self::refused(Error::<T>::BadSignature));
		let Body { feed, reporter, .. } = &first.body;
		ValidTransaction::with_tag_prefix("EventumDoubleAnswer")
			.and_provides((feed, reporter))
			.priority(u64::MAX / 4)
			.longevity(64)
			.propagate(true)
			.build()
			.map(|validity| (validity, Weight::zero()))
	}

	pub(crate) fn do_report_double_answer(first: &Report, second: &Report) -> DispatchResult {
		Self::check_double_answer(first, second)?;
		let Body { feed, round, reporter: account, .. } = first.body.clone();
		let forfeited = Self::take_whole_stake(feed, &account)?;
		Self::give_pool(Self::take(HoldReason::Stake, &account, forfeited));
		T::Reputation::penalise(&account, Offence::DoubleAnswer);
		Self::deposit_event(Event::DoubleAnswerProven { feed, round, account, forfeited });
		Ok(())
	}
}

fn signed_by(report: &Report, key: &ReportKey) -> bool {
	let message = report.body.signed_bytes();
	match key {
		ReportKey::Ed25519(key) => {
			ed25519_verify(&ed25519::Signature::from_raw(report.signature), &message, key)
		}
		ReportKey::Sr25519(key) => {
			sr25519_verify(&sr25519::Signature::from_raw(report.signature), &message, key)
		}
	}
}
