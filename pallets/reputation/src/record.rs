// SPDX-License-Identifier: Apache-2.0

//! What is kept of one account, and how it changes with time and deeds.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use eventum_primitives::{traits::Offence, AccountId, Score};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_io::hashing::blake2_128;

/// The 3.00 that everyone starts with, and drifts back to.
pub const START: Score = 300;
/// Least score.
pub const MIN: Score = -1_000;
/// Greatest score.
pub const MAX: Score = 1_000;
/// Below this, for [`PATIENCE`] epochs, an account is flagged; above it, it no longer is.
pub const LOW: Score = 100;
/// Epochs that an account may stay below [`LOW`] before it is flagged.
pub const PATIENCE: u32 = 30;
/// Epochs after which one offence is forgotten.
pub const MEMORY: u32 = 30;
/// Payers that are remembered.
pub const PAYERS: u32 = 8;
/// Gain of a service whose payer is not among those remembered.
pub const GAIN: Score = 5;
/// Earlier offences beyond which the multiplier grows no more.
const MOST_COUNTED: u8 = 4;

/// Whether an account may take part.
#[derive(
	Clone,
	Copy,
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
pub enum Standing {
	/// It may.
	#[default]
	Good,
	/// It may, but its score is below 1.00.
	Low {
		/// The epoch in which it fell below.
		since: u32,
	},
	/// It may not, until its score is above 1.00.
	Flagged,
}

/// Short hash of an account that paid for a service.
pub type Payer = [u8; 8];

/// The short hash of an account.
pub fn short(payer: &AccountId) -> Payer {
	blake2_128(payer.as_ref()).first_chunk().copied().unwrap_or_default()
}

/// What is kept of an account whose score ever changed.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Record {
	/// Score when it last changed, in hundredths.
	pub score: Score,
	/// Offences that were not forgotten then.
	pub offences: u8,
	/// Epoch from which the forgetting of the next offence runs.
	pub last_offence: u32,
	/// Epoch of the last change by a deed; `None` for a score from genesis that stands untouched.
	pub touched: Option<u32>,
	/// Short hashes of those who paid for the last services, oldest first.
	pub payers: BoundedVec<Payer, ConstU32<PAYERS>>,
	/// Whether the account could take part then.
	pub standing: Standing,
}

impl Default for Record {
	fn default() -> Self {
		Self::new(START)
	}
}

/// Points that an offence costs the first time, in hundredths.
pub fn cost(offence: Offence) -> Score {
	match offence {
		Offence::Absent | Offence::NotServed => 50,
		Offence::DoubleAnswer | Offence::ProvenFalse => 300,
		// One point rides on a whole feed, as one stake does; rounded to the nearest hundredth.
		Offence::Dissented { dissents, rounds } => {
			let (dissents, rounds) = (u64::from(dissents.min(rounds)), u64::from(rounds));
			let doubled = dissents.saturating_mul(200).saturating_add(rounds);
			let points = doubled.checked_div(rounds.saturating_mul(2)).unwrap_or_default();
			Score::try_from(points).unwrap_or(100)
		}
	}
}

impl Record {
	/// A record that says nothing but a score, which stands since genesis.
	pub fn new(score: Score) -> Self {
		Self {
			score: score.clamp(MIN, MAX),
			offences: 0,
			last_offence: 0,
			touched: None,
			payers: Default::default(),
			standing: Standing::Good,
		}
	}

	/// The record as it stands in epoch `now` of a chain that began in epoch `start`, drift and
	/// forgetting included.
	pub fn at(mut self, now: u32, start: u32) -> Self {
		let idle = now.saturating_sub(self.touched.unwrap_or(start)).saturating_sub(1);
		let idle = Score::try_from(idle).unwrap_or(Score::MAX);
		self.score = if self.score < START {
			self.score.saturating_add(idle).min(START)
		} else {
			self.score.saturating_sub(idle).max(START)
		};
		let forgotten = now.saturating_sub(self.last_offence) / MEMORY;
		self.offences = self.offences.saturating_sub(u8::try_from(forgotten).unwrap_or(u8::MAX));
		self.last_offence = self.last_offence.saturating_add(forgotten.saturating_mul(MEMORY));
		self.review(now);
		self
	}

	/// Takes points for an offence in epoch `now`; the record must be of this epoch.
	pub fn penalise(&mut self, offence: Offence, now: u32) {
		// Multipliers 1, 1.5, 2, 2.5, 3 in halves.
		let halves = Score::from(self.offences.min(MOST_COUNTED)).saturating_add(2);
		let points = cost(offence).saturating_mul(halves).saturating_add(1) / 2;
		self.offences = self.offences.saturating_add(1);
		self.last_offence = now;
		self.change(points.saturating_neg(), now);
	}

	/// Gives points, at most `limit`, for a service that `payer` paid for in epoch `now`; the record
	/// must be of this epoch.
	pub fn commend(&mut self, payer: Payer, limit: Score, now: u32) {
		let times = self.payers.iter().filter(|known| **known == payer).count();
		let divisor = Score::try_from(times).unwrap_or(Score::MAX).saturating_add(1);
		let points = GAIN.checked_div(divisor).unwrap_or_default().min(limit);
		if self.payers.is_full() {
			self.payers.remove(0);
		}
		// There is room: the oldest has made way.
		let _ = self.payers.try_push(payer);
		self.change(points.max(0), now);
	}

	fn change(&mut self, points: Score, now: u32) {
		self.score = self.score.saturating_add(points).clamp(MIN, MAX);
		self.touched = Some(now);
		self.review(now);
	}

	fn review(&mut self, now: u32) {
		self.standing = match (self.standing, self.score) {
			(Standing::Flagged, score) if score <= LOW => Standing::Flagged,
			(_, score) if score < 0 => Standing::Flagged,
			// At the very limit it is low no more, unless it was flagged on the way up to it.
			(Standing::Low { since }, LOW) if now.saturating_sub(since) > PATIENCE => {
				Standing::Flagged
			}
			(_, score) if score >= LOW => Standing::Good,
			(Standing::Low { since }, _) if now.saturating_sub(since) >= PATIENCE => {
				Standing::Flagged
			}
			(Standing::Low { since }, _) => Standing::Low { since },
			_ => Standing::Low { since: now },
		};
	}
}
