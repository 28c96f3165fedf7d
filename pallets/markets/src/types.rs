// SPDX-License-Identifier: Apache-2.0

//! What the pallet keeps.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{
	apis::Stage,
	bits::Bits,
	committee::{MemberIndex, MAX_MEMBERS},
	outcome::{EndedBy, RoundResult},
	report::ReportKeys,
	rules::fee::FeeTerms,
	AccountId, Balance, BlockNumber, Hash, JoinIndex, Moment, Round, Score, Sequence,
};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Reporters in one page of storage.
pub const PAGE: u32 = eventum_primitives::apis::REPORTERS_PAGE;
/// Terms of the committee's fee that a feed can have, one after the other.
pub const MAX_FEE_TERMS: u32 = 16;
/// Small entries (outcomes, memberships of those who left) removed in one step.
pub const SWEEP: u32 = 128;

/// Feeds created together.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Market {
	/// Who created it.
	pub requester: AccountId,
	/// How many feeds it was created with.
	pub feeds: u16,
	/// How many of them the chain still knows.
	pub kept: u16,
	/// When it was created.
	pub created: Moment,
	/// BLAKE2b-256 of the SCALE of all feeds as they were sent: proves that a text is the one agreed to.
	pub definition_hash: Hash,
}

/// What of a requester's EVT is locked for one feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Escrow {
	/// What is left of the reward C.
	pub reward: Balance,
	/// What is left of the committee's fees.
	pub fees: Balance,
}

impl Escrow {
	/// All of it.
	pub fn total(&self) -> Balance {
		self.reward.saturating_add(self.fees)
	}
}

/// One question, or one series of questions, from creation until its record is forgotten. What never
/// changes and may be long is apart, in `Definitions` and `Texts`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Feed {
	/// Who pays.
	pub requester: AccountId,
	/// C: what reporters earn together.
	pub reward: Balance,
	/// What members of the committee that sign are paid per counted report.
	pub fee: Fee,
	/// The protocol fee that was paid for it.
	pub protocol_fee: Balance,
	/// What is locked for it.
	pub escrow: Escrow,
	/// Reporters that joined (and did not leave).
	pub joined: u32,
	/// Sum of their reputations when they joined, in hundredths.
	pub reputation: i64,
	/// The newest block in which a reporter changed its key while the feed reports, 0 for none.
	pub rekeyed: BlockNumber,
	/// When the agenda looks at it next.
	pub wake: Moment,
	/// Where it stands.
	pub state: FeedState,
}

impl Feed {
	/// What is locked for fees that nobody can have earned yet.
	pub fn unowed_fees(&self, course: &Course) -> Balance {
		self.escrow.fees.saturating_sub(course.dues)
	}
}

/// What a feed's committee is paid per counted report, and was before.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Fee {
	/// Terms with the moment at which they were set, in order.
	pub terms: BoundedVec<(Moment, FeeTerms), ConstU32<MAX_FEE_TERMS>>,
	/// Whether the requester has been told that it is too low to keep a committee.
	pub low: bool,
}

impl Fee {
	/// A fee that was offered from the beginning.
	pub fn new(rate: Balance) -> Self {
		let terms = alloc::vec![(0, FeeTerms::Fixed(rate))];
		Self { terms: BoundedVec::truncate_from(terms), low: false }
	}

	/// The terms of a round whose first report came at `first_at`: those that stood then, so that
	/// nobody finds the fee changed for work that it has begun.
	pub fn of_round(&self, first_at: Moment) -> FeeTerms {
		let set = self.terms.iter().rev().find(|(set, _)| *set < first_at);
		set.or_else(|| self.terms.first()).map_or(FeeTerms::Fixed(0), |(_, terms)| *terms)
	}

	/// The terms of rounds to come.
	pub fn newest(&self) -> FeeTerms {
		self.terms.last().map_or(FeeTerms::Fixed(0), |(_, terms)| *terms)
	}
}

/// Where a feed stands, with what matters there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum FeedState {
	/// Reporters join.
	Joining,
	/// Membership is frozen; a committee is drawn.
	Drawing,
	/// Rounds run in the report plane.
	Reporting {
		/// What has come of it so far.
		course: Course,
		/// Chain time at which the wait for certificates is over; set at the feed's end.
		give_up: Option<Moment>,
	},
	/// The last certificate is on chain; the dispute window is open.
	Concluded {
		/// What came of it.
		course: Course,
		/// Chain time at which the window closes.
		until: Moment,
	},
	/// Rounds are reckoned from their details.
	Reckoning {
		/// What came of it.
		course: Course,
		/// Chain time at which the wait for details is over.
		until: Moment,
	},
	/// Money is paid out, page by page.
	Settling {
		/// What came of it.
		course: Course,
		/// What reporters are paid for.
		pay: Pay,
		/// How far it is.
		unwind: Unwind,
	},
	/// Money is given back, page by page.
	Voiding {
		/// Why.
		reason: VoidReason,
		/// What each reporter is paid by the requester.
		each: Balance,
		/// How far it is.
		unwind: Unwind,
	},
	/// Everything is paid; a record until the history time is over.
	Settled {
		/// What came of it.
		course: Course,
	},
	/// Everything is given back; a record until the history time is over.
	Void {
		/// Why.
		reason: VoidReason,
	},
}

impl FeedState {
	/// The name of the state for clients.
	pub fn stage(&self) -> Stage {
		match self {
			Self::Joining => Stage::Joining,
			Self::Drawing => Stage::Drawing,
			Self::Reporting { .. } => Stage::Reporting,
			Self::Concluded { .. } => Stage::Concluded,
			Self::Reckoning { .. } | Self::Settling { .. } => Stage::Settling,
			Self::Voiding { .. } => Stage::Voiding,
			Self::Settled { .. } => Stage::Settled,
			Self::Void { .. } => Stage::Void,
		}
	}

	/// What came of the reporting, once there was some.
	pub fn course(&self) -> Option<&Course> {
		match self {
			Self::Reporting { course, .. }
			| Self::Concluded { course, .. }
			| Self::Reckoning { course, .. }
			| Self::Settling { course, .. }
			| Self::Settled { course } => Some(course),
			Self::Joining | Self::Drawing | Self::Voiding { .. } | Self::Void { .. } => None,
		}
	}

	/// The first page of reporters that is still there; none if all are gone.
	pub fn first_page(&self) -> Option<u32> {
		match self {
			Self::Joining
			| Self::Drawing
			| Self::Reporting { .. }
			| Self::Concluded { .. }
			| Self::Reckoning { .. } => Some(0),
			Self::Settling { unwind, .. } | Self::Voiding { unwind, .. } => match unwind {
				Unwind::Reporters { page } => Some(*page),
				Unwind::Left | Unwind::Escrow => None,
			},
			Self::Settled { .. } | Self::Void { .. } => None,
		}
	}
}

/// What has come of a feed's reporting.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Course {
	/// When reporting started.
	pub from: Moment,
	/// The feed's absolute end.
	pub end: Moment,
	/// Rounds whose final outcome is known.
	pub finals: u32,
	/// Rounds among them in which at least one report counted; a part of the stake rides on each.
	pub concluded: u32,
	/// Rounds among them that pay.
	pub paying: u32,
	/// Concluded rounds whose detail has been reckoned.
	pub reckoned: u32,
	/// Reporters counted in at least one reckoned round.
	pub voters: u32,
	/// The highest round with a final outcome.
	pub highest: Option<Round>,
	/// How the feed ended, once that is known.
	pub last: Option<LastRound>,
	/// Who sent an excuse instead of a report, by join index; empty if nobody did.
	pub excused: Bits,
	/// What the committee can have earned at most: what all members get for the final rounds, if the
	/// chain sees all their signatures.
	pub dues: Balance,
	/// What each member of the committee did.
	pub services: BoundedVec<Service, ConstU32<MAX_MEMBERS>>,
}

/// The round that ended a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LastRound {
	/// The round.
	pub round: Round,
	/// What ended it.
	pub ended_by: EndedBy,
	/// Whether the votes agreed that the series is over.
	pub stopped: bool,
}

/// What a member of a committee did for a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Service {
	/// Whether it signed an outcome.
	pub signed: bool,
	/// What it is paid for the final outcomes that it signed.
	pub earned: Balance,
}

impl Course {
	/// The start of a feed's reporting.
	pub fn new(from: Moment, end: Moment, members: usize) -> Self {
		let services = alloc::vec![Service::default(); members];
		Self {
			from,
			end,
			finals: 0,
			concluded: 0,
			paying: 0,
			reckoned: 0,
			voters: 0,
			highest: None,
			last: None,
			excused: Bits::default(),
			dues: 0,
			services: BoundedVec::truncate_from(services),
		}
	}

	/// Rounds of at most `rounds` that are not final yet.
	pub fn rounds_left(&self, rounds: u32) -> u32 {
		rounds.saturating_sub(self.finals)
	}

	/// Whether the final outcomes of all rounds up to the last are known.
	pub fn is_complete(&self) -> bool {
		self.last.is_some_and(|last| self.finals > last.round)
	}

	/// Takes note of the final outcome of one more round, for which each member can earn `pay`.
	pub fn conclude(&mut self, round: Round, result: &RoundResult, total: u32, pay: Balance) {
		self.finals = self.finals.saturating_add(1);
		self.dues = self.dues.saturating_add(pay.saturating_mul(self.services.len() as Balance));
		self.highest = self.highest.max(Some(round));
		if total > 0 {
			self.concluded = self.concluded.saturating_add(1);
		}
		if result.pays() {
			self.paying = self.paying.saturating_add(1);
		}
	}

	/// A member gets `amount` for having signed.
	pub fn credit(&mut self, member: MemberIndex, amount: Balance) {
		if let Some(service) = self.services.get_mut(usize::from(member)) {
			service.signed = true;
			service.earned = service.earned.saturating_add(amount);
		}
	}

	/// Whether `round` pays, when no other does: a series that was stopped before any event.
	pub fn pays_for_stopping(&self) -> bool {
		self.paying == 0 && self.last.is_some_and(|last| last.stopped)
	}

	/// Whether who never reported loses its stake: not if the feed ended while it still could.
	pub fn forgives_absence(&self) -> bool {
		self.last.is_some_and(|last| last.ended_by == EndedBy::Share)
	}
}

/// What reporters of a feed are paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Pay {
	/// What each has earned in the rounds that pay.
	Earned,
	/// Nothing was agreed: a part of the reward, the same for each that was counted.
	Shared {
		/// The part.
		pot: Balance,
		/// What each gets.
		each: Balance,
	},
}

/// How far the end of a feed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Unwind {
	/// Reporters get what is theirs, a page at a time.
	Reporters {
		/// The next page.
		page: u32,
	},
	/// Who had left is forgotten.
	Left,
	/// What is left of the escrow is paid out.
	Escrow,
}

/// Why a feed came to nothing.
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
pub enum VoidReason {
	/// Fewer than `min_people` joined.
	TooFewReporters,
	/// No committee could be had, or not before the feed's end.
	NoCommittee,
	/// The committee gave no final certificate in time.
	NoCertificate,
	/// The committee did not tell who voted in time.
	NoDetail,
	/// So many sent excuses that fewer than `min_people` were left.
	TooFewLeft,
}

/// Someone who reports in a feed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Reporter {
	/// The account that joined.
	pub account: AccountId,
	/// The keys that sign its reports, one after the other.
	pub keys: ReportKeys,
	/// What it has at stake.
	pub stake: Balance,
	/// Its reputation when it joined.
	pub score: Score,
	/// Whether it joined before `min_people` was reached.
	pub early: bool,
	/// What it has earned in the reckoned rounds.
	pub reward: Balance,
	/// Reckoned rounds with a result in which it voted for something else.
	pub dissents: u32,
	/// Whether it was counted in a reckoned round.
	pub voted: bool,
	/// Whether it agreed in a reckoned round with a result.
	pub agreed: bool,
	/// Whether it was proven to have given two answers in a round.
	pub double: bool,
}

/// A page of reporters in the order of joining.
pub type Reporters = BoundedVec<Reporter, ConstU32<PAGE>>;

/// What an account is to a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Membership {
	/// A reporter, at this place in the order of joining.
	Joined(JoinIndex),
	/// Joined and left: it may not come back.
	Left,
}

/// A round's newest certified outcome.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RoundRecord {
	/// Number of the push.
	pub sequence: Sequence,
	/// Hash that the committee signed.
	pub payload: [u8; 32],
	/// What the votes came to.
	pub result: RoundResult,
	/// Votes for it.
	pub agreed: u32,
	/// Votes counted.
	pub total: u32,
	/// Arrival of the first counted report.
	pub first_at: Moment,
	/// Whether the round is over.
	pub is_final: bool,
	/// Hash of the detail.
	pub detail: Hash,
	/// Members credited for it, a bit each.
	pub signers: u64,
	/// What each of them gets per counted report; nothing until the round is over.
	pub fee: Balance,
	/// Whether its detail has been reckoned.
	pub reckoned: bool,
}

/// Place of a moment in the agenda: big-endian, so that keys sort by time.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
pub struct When([u8; 8]);

impl From<Moment> for When {
	fn from(moment: Moment) -> Self {
		Self(moment.to_be_bytes())
	}
}

impl From<When> for Moment {
	fn from(when: When) -> Self {
		Self::from_be_bytes(when.0)
	}
}
