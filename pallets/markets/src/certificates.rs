// SPDX-License-Identifier: Apache-2.0

//! Certified outcomes come in. The only writer of `Outcomes`.
//!
//! What the votes mean was decided off chain and signed by a quorum; here it is checked that the
//! certificate is sound, fits its feed, and is newer than what the chain has. The checks run twice:
//! with the signatures when the transaction is authorized, without them when it is dispatched.
//!
//! A member whose signature is not in the certificate that came first may hand in the same final
//! outcome again with its signature until the dispute window closes, so that it is taken for having
//! served, and paid.

use crate::{pallet::*, types::*};
use codec::Encode;
use eventum_primitives::{
	definition::{Definition, Visibility},
	outcome::{Certificate, CertificateError, EndedBy, Outcome, Push, RoundResult},
	report,
	rules::{agreement::agrees, count::Rules},
	traits::Committees,
	value, FeedId, Hash, Round,
};
use frame_support::{pallet_prelude::*, weights::Weight};

/// Blocks that a certificate or a detail stays in a pool.
const LONGEVITY: u64 = 64;
/// Priority of transactions that carry a round's final outcome; others have half of it.
const PRIORITY: u64 = u64::MAX / 2;

/// What a certificate is to the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
	/// An outcome newer than what the chain has.
	Outcome,
	/// More signatures for the final outcome that it has.
	Signatures,
}

impl<T: Config> Pallet<T> {
	/// Hash of the chain's first block.
	pub(crate) fn genesis() -> Hash {
		frame_system::Pallet::<T>::block_hash(
			frame_system::pallet_prelude::BlockNumberFor::<T>::default(),
		)
	}

	/// Everything but the signatures.
	pub(crate) fn check_certificate(certificate: &Certificate) -> Result<(Feed, News), Error<T>> {
		let outcome = &certificate.outcome;
		let feed = Feeds::<T>::get(outcome.feed).ok_or(Error::<T>::UnknownFeed)?;
		let record = Outcomes::<T>::get(outcome.feed, outcome.round);
		if let Some(record) = record.as_ref().filter(|record| record.is_final) {
			Self::check_late_signatures(&feed, record, certificate)?;
			return Ok((feed, News::Signatures));
		}
		let FeedState::Reporting { course, .. } = &feed.state else {
			return Err(Error::<T>::NotReporting);
		};
		let recorded = record.map_or(0, |record| record.sequence);
		ensure!(outcome.sequence > recorded, Error::<T>::StaleSequence);
		let definition = Definitions::<T>::get(outcome.feed).ok_or(Error::<T>::UnknownFeed)?;
		Self::check_outcome(&definition, feed.joined, course, outcome)?;
		Ok((feed, News::Outcome))
	}

	fn check_late_signatures(
		feed: &Feed,
		record: &RoundRecord,
		certificate: &Certificate,
	) -> Result<(), Error<T>> {
		ensure!(
			matches!(feed.state, FeedState::Reporting { .. } | FeedState::Concluded { .. }),
			Error::<T>::NotReporting
		);
		let same = certificate.outcome.payload(&Self::genesis()) == record.payload;
		ensure!(same && certificate.signers() & !record.signers != 0, Error::<T>::RoundIsFinal);
		Ok(())
	}

	fn check_outcome(
		definition: &Definition,
		joined: u32,
		course: &Course,
		outcome: &Outcome,
	) -> Result<(), Error<T>> {
		let Outcome { round, result, agreed, total, push, excused, .. } = outcome;
		ensure!(
			*round < definition.max_rounds() && course.last.is_none_or(|last| *round <= last.round),
			Error::<T>::UnknownRound
		);
		let known = course.finals == 0 || !push.is_final() || *excused == course.excused;
		ensure!(known && excused.is_canonical(joined), Error::<T>::BadExcuses);
		let away = excused.count();
		let counted = total.saturating_add(away);
		ensure!(agreed <= total && counted <= joined, Error::<T>::BadCounts);
		let enough = agrees(*agreed, *total, definition.min_consensus, definition.consensus_rule);
		let rules = Rules::new(Self::genesis(), outcome.feed, definition, joined, course.from);
		let sound = match result {
			RoundResult::None => *agreed == 0,
			RoundResult::Agreed(_) | RoundResult::Undetermined => enough,
			RoundResult::Stop => enough && rules.series,
		};
		ensure!(sound, Error::<T>::BadResult);
		ensure!(Self::answer_fits(definition, outcome), Error::<T>::BadAnswer);
		ensure!(outcome.first_at <= outcome.at && outcome.at <= course.end, Error::<T>::BadTime);
		// Too few are left if the first round says so, and then nothing is counted.
		let ended_by_excuses = matches!(push, Push::Final { ended_by: EndedBy::Excuses, .. });
		let sound = !ended_by_excuses || (*round == 0 && *total == 0);
		ensure!(rules.is_deserted(away) == ended_by_excuses && sound, Error::<T>::BadEnd);
		match push {
			Push::Confirmed => return Err(Error::<T>::ConfirmationOffChain),
			Push::Provisional | Push::Corrected => {}
			Push::Final { ended_by, ends_feed } => {
				let ends = rules.ends_feed(*round, result, *ended_by);
				// No round can follow the one that ends the feed.
				let follows = course.highest > Some(*round);
				ensure!(*ends_feed == ends && !(ends && follows), Error::<T>::BadEnd);
			}
		}
		let version = <T as frame_system::Config>::Version::get().spec_version;
		ensure!(outcome.spec_version <= version, Error::<T>::UnknownVersion);
		ensure!(outcome.block != Hash::zero(), Error::<T>::UnknownBlock);
		Ok(())
	}

	/// In a public feed an agreed outcome shows the answer that its tag stands for; no other does.
	fn answer_fits(definition: &Definition, outcome: &Outcome) -> bool {
		let Visibility::Public { tag_key, .. } = &definition.visibility;
		let RoundResult::Agreed(tag) = outcome.result else { return outcome.answer.is_empty() };
		let genesis = Self::genesis();
		let answer = value::decode_answer(&definition.fields, &outcome.answer);
		answer.is_ok_and(|answer| answer.marker().is_none())
			&& tag == report::tag(tag_key, &genesis, outcome.feed, outcome.round, &outcome.answer)
	}

	/// Who hands in a certificate need not be anyone: the signatures in it are what counts.
	pub(crate) fn authorize_certificate(
		_source: TransactionSource,
		certificate: &Certificate,
	) -> TransactionValidityWithRefund {
		let (_, news) = Self::check_certificate(certificate).map_err(Self::refused)?;
		Self::check_signatures(certificate).map_err(Self::refused)?;
		let Outcome { feed, round, sequence, push, .. } = &certificate.outcome;
		let late = (news == News::Signatures).then(|| certificate.signers());
		let priority = if push.is_final() { PRIORITY } else { PRIORITY / 2 };
		ValidTransaction::with_tag_prefix("EventumOutcome")
			.and_provides((feed, round, sequence, late))
			.priority(priority)
			.longevity(LONGEVITY)
			.propagate(true)
			.build()
			.map(|validity| (validity, Weight::zero()))
	}

	fn check_signatures(certificate: &Certificate) -> Result<(), Error<T>> {
		let committee =
			T::Committees::get(certificate.outcome.feed).ok_or(Error::<T>::NoCommittee)?;
		certificate.verify(&committee, &Self::genesis(), sp_io::crypto::ed25519_verify).map_err(
			|error| match error {
				CertificateError::TooFewSignatures => Error::<T>::TooFewSignatures,
				CertificateError::RepeatedMember => Error::<T>::RepeatedMember,
				CertificateError::UnknownMember => Error::<T>::UnknownMember,
				CertificateError::BadSignature => Error::<T>::BadSignature,
			},
		)
	}

	/// Why the pool refuses a transaction: the number of this pallet's error, as in the metadata.
	pub(crate) fn refused(error: Error<T>) -> TransactionValidityError {
		let code = error.encode().first().copied().unwrap_or(u8::MAX);
		InvalidTransaction::Custom(code).into()
	}

	pub(crate) fn do_submit_certificate(certificate: Certificate) -> DispatchResult {
		match Self::check_certificate(&certificate)? {
			(feed, News::Outcome) => Self::record_outcome(feed, certificate),
			(feed, News::Signatures) => Self::record_late_signatures(feed, &certificate),
		}
		Ok(())
	}

	fn record_outcome(mut feed: Feed, certificate: Certificate) {
		let FeedState::Reporting { mut course, give_up } = feed.state.clone() else { return };
		let signers = certificate.signers();
		let payload = certificate.outcome.payload(&Self::genesis());
		let Certificate { outcome, signatures } = certificate;
		let Outcome { feed: id, round, sequence, push, result, agreed, total, .. } = outcome;
		let Some(definition) = Definitions::<T>::get(id) else { return };
		let fee = if push.is_final() {
			Self::fee_of_round(&feed, &definition, &course, outcome.first_at)
		} else {
			0
		};
		let pay = fee.saturating_mul(total.into());
		let record = RoundRecord {
			sequence,
			payload,
			result,
			agreed,
			total,
			first_at: outcome.first_at,
			is_final: push.is_final(),
			detail: outcome.detail,
			signers,
			fee,
			reckoned: false,
		};
		Outcomes::<T>::insert(id, round, record);
		for (member, _) in &signatures {
			course.credit(*member, pay);
		}
		if let Push::Final { ended_by, ends_feed } = push {
			course.conclude(round, &result, total, pay);
			course.excused = outcome.excused;
			if ends_feed {
				let stopped = result == RoundResult::Stop;
				course.last = Some(LastRound { round, ended_by, stopped });
			}
		}
		Self::deposit_event(Event::OutcomeCertified {
			feed: id,
			round,
			sequence,
			push,
			result,
			agreed,
			total,
			start_event: outcome.start_event,
			answer: outcome.answer,
		});
		if push.is_final() && definition.max_rounds() > 1 {
			Self::watch_fee(id, &mut feed, &definition, &course);
		}
		Self::follow(id, &mut feed, course, give_up);
	}

	fn record_late_signatures(mut feed: Feed, certificate: &Certificate) {
		let Outcome { feed: id, round, total, .. } = certificate.outcome;
		let (FeedState::Reporting { course, .. } | FeedState::Concluded { course, .. }) =
			&mut feed.state
		else {
			return;
		};
		Outcomes::<T>::mutate(id, round, |entry| {
			let Some(record) = entry else { return };
			for (member, _) in &certificate.signatures {
				let bit = 1u64.checked_shl(u32::from(*member)).unwrap_or(0);
				if record.signers & bit == 0 {
					record.signers |= bit;
					course.credit(*member, record.fee.saturating_mul(total.into()));
				}
			}
		});
		Self::save(id, &feed);
		Self::deposit_event(Event::SignaturesAdded { feed: id, round });
	}

	/// A round has been reckoned.
	pub(crate) fn mark_reckoned(id: FeedId, round: Round) {
		Outcomes::<T>::mutate(id, round, |entry| {
			if let Some(record) = entry {
				record.reckoned = true;
			}
		});
	}

	/// Forgets at most `limit` outcomes of a feed; tells how many.
	pub(crate) fn forget_outcomes(id: FeedId, limit: u32) -> u32 {
		Outcomes::<T>::drain_prefix(id).take(limit as usize).count() as u32
	}
}
