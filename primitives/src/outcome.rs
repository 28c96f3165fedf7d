// SPDX-License-Identifier: Apache-2.0

//! The counted result of a round, its certificate, and its detail.

use crate::{
	bits::Bits,
	committee::{Committee, MemberIndex, MAX_MEMBERS},
	definition::{MAX_ANSWER, MAX_PEOPLE},
	report::Tag,
	signing::{payload, Kind},
	FeedId, Hash, JoinIndex, Moment, Round, Sequence,
};
use codec::{Compact, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{ed25519, ConstU32};
use sp_crypto_hashing::blake2_256;
use sp_runtime::BoundedVec;

/// What the votes of a round come to.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum RoundResult {
	/// No answer has enough votes.
	None,
	/// Enough votes have this tag.
	Agreed(Tag),
	/// Enough votes say that it cannot be told.
	Undetermined,
	/// Enough votes say that the series is over.
	Stop,
}

impl RoundResult {
	/// Whether reporters earn the round's share of the reward.
	pub fn pays(&self) -> bool {
		matches!(self, Self::Agreed(_) | Self::Undetermined)
	}
}

/// What ended a round.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum EndedBy {
	/// Everyone who joined has voted.
	All,
	/// The share of the joined that the definition asks for has voted.
	Share,
	/// No new report for as long as the definition says.
	Quiet,
	/// The feed's absolute end.
	At,
	/// So many excuses that fewer reporters are left than the definition needs.
	Excuses,
}

/// Why an outcome is pushed.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Push {
	/// First agreement of the round.
	Provisional,
	/// More votes agree.
	Confirmed,
	/// Later votes overturned the result.
	Corrected,
	/// The round is over.
	Final {
		/// What ended it.
		ended_by: EndedBy,
		/// Whether it was the last round of the feed.
		ends_feed: bool,
	},
}

impl Push {
	/// Whether the round is over.
	pub fn is_final(&self) -> bool {
		matches!(self, Self::Final { .. })
	}
}

/// The counted result of a round: what a committee signs.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Outcome {
	/// The feed.
	pub feed: FeedId,
	/// The round.
	pub round: Round,
	/// Number of this push in the round, from 1.
	pub sequence: Sequence,
	/// The view in which it was proposed.
	pub view: u32,
	/// The finalized block whose rules, committee and reporters it is counted by.
	pub block: Hash,
	/// Version of the runtime there.
	pub spec_version: u32,
	/// Hash of the cut, the q heads that fix which reports count and when they came.
	pub cut: Hash,
	/// Why it is pushed.
	pub push: Push,
	/// What the votes come to.
	pub result: RoundResult,
	/// Votes for the result.
	pub agreed: u32,
	/// Votes counted.
	pub total: u32,
	/// The moment it is counted at: reports with a later time do not count.
	pub at: Moment,
	/// Arrival of the first counted report, `at` if there is none.
	pub first_at: Moment,
	/// When the event was: lower median of the agreeing votes' times, or the definition's start.
	pub start_event: Moment,
	/// In a public feed the agreed answer, canonical; empty without agreement.
	pub answer: BoundedVec<u8, ConstU32<MAX_ANSWER>>,
	/// Hash of the [`Detail`].
	pub detail: Hash,
	/// Who sent an excuse in the first round instead of a report, by join index; empty if nobody did.
	pub excused: Bits,
}

impl Outcome {
	/// What each member signs.
	pub fn payload(&self, genesis: &Hash) -> [u8; 32] {
		payload(Kind::Outcome, genesis, self)
	}

	/// The name of this push for receivers: the same whichever member sends it.
	pub fn event_id(&self) -> alloc::string::String {
		let FeedId { market, index } = self.feed;
		alloc::format!("{market}-{index}-{}-{}", self.round, self.sequence)
	}
}

/// Signatures of members, members rising.
pub type Signatures = BoundedVec<(MemberIndex, ed25519::Signature), ConstU32<MAX_MEMBERS>>;

/// An outcome with the signatures of a quorum, all over the same bytes.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Certificate {
	/// What is certified.
	pub outcome: Outcome,
	/// By whom.
	pub signatures: Signatures,
}

/// Why a certificate does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateError {
	/// Fewer signatures than the quorum.
	TooFewSignatures,
	/// A member stands twice, or members do not rise.
	RepeatedMember,
	/// A member that the committee does not have.
	UnknownMember,
	/// A signature that is not its member's over this outcome.
	BadSignature,
}

impl Certificate {
	/// Members that signed, a bit each.
	pub fn signers(&self) -> u64 {
		self.signatures
			.iter()
			.fold(0, |bits, (member, _)| bits | 1u64.checked_shl(u32::from(*member)).unwrap_or(0))
	}

	/// Checks the signatures against the committee, cheap things first.
	pub fn verify(
		&self,
		committee: &Committee,
		genesis: &Hash,
		verify: impl Fn(&ed25519::Signature, &[u8], &ed25519::Public) -> bool,
	) -> Result<(), CertificateError> {
		use CertificateError as E;
		if (self.signatures.len() as u32) < committee.quorum() {
			return Err(E::TooFewSignatures);
		}
		let rising = |pair: &[(MemberIndex, ed25519::Signature)]| match pair {
			[(first, _), (second, _)] => first < second,
			_ => true,
		};
		if !self.signatures.windows(2).all(rising) {
			return Err(E::RepeatedMember);
		}
		let message = self.outcome.payload(genesis);
		for (index, signature) in &self.signatures {
			let member = committee.members.get(usize::from(*index)).ok_or(E::UnknownMember)?;
			let key: &ed25519::Public = member.vald.as_ref();
			if !verify(signature, &message, key) {
				return Err(E::BadSignature);
			}
		}
		Ok(())
	}
}

/// Who voted, who agreed, and when: what the money of a round is reckoned from.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Detail {
	/// Whose vote counted, by join index.
	pub voted: Bits,
	/// Whose vote agreed with the result; all votes where there is none and no one dissents.
	pub agreed: Bits,
	/// Milliseconds from the first counted report, of each voter in the order of join indices.
	pub times: BoundedVec<Compact<u32>, ConstU32<MAX_PEOPLE>>,
}

impl Detail {
	/// The hash that the outcome carries.
	pub fn hash(&self) -> Hash {
		blake2_256(&self.encode()).into()
	}

	/// Whether the parts fit each other and a feed of `joined` reporters.
	pub fn is_sound(&self, joined: u32) -> bool {
		self.voted.fits(joined)
			&& self.agreed.fits(joined)
			&& self.agreed.is_subset(&self.voted)
			&& self.times.len() == self.voted.count() as usize
	}

	/// Each voter with whether it agreed and its time in ms from the first report.
	pub fn votes(&self) -> impl Iterator<Item = (JoinIndex, bool, u32)> + '_ {
		self.voted
			.iter()
			.zip(self.times.iter())
			.map(|(index, time)| (index, self.agreed.get(index), time.0))
	}
}

#[cfg(test)]
mod tests;
