// SPDX-License-Identifier: Apache-2.0

//! The kinds of offences, as pallet-offences is told of them.

use crate::{Misdeed, Offender};
use alloc::vec::Vec;
use eventum_primitives::{rules::slash, AccountId, EpochIndex};
use sp_runtime::Perbill;
use sp_staking::{
	offence::{Kind, Offence},
	SessionIndex,
};

/// The set in which an offence was committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scene {
	/// The session in which it began to act.
	pub session: SessionIndex,
	/// Its members.
	pub members: u32,
}

/// Votes for two blocks in one round of finality. All who did so in a round pay for each other.
#[derive(Clone, Debug)]
pub struct Equivocation {
	/// Who did it.
	pub account: AccountId,
	/// The set.
	pub scene: Scene,
	/// GRANDPA's number of the set, and the round.
	pub round: (u64, u64),
}

impl Offence<Offender> for Equivocation {
	const ID: Kind = *b"evt:equivocation";
	type Slot = (u64, u64);

	fn offenders(&self) -> Vec<Offender> {
		let misdeed = Misdeed::Equivocation { session: self.scene.session };
		alloc::vec![Offender { account: self.account.clone(), misdeed }]
	}

	fn session_index(&self) -> SessionIndex {
		self.scene.session
	}

	fn validator_set_count(&self) -> u32 {
		self.scene.members
	}

	fn slot(&self) -> Self::Slot {
		self.round
	}

	fn slash_fraction(&self, offenders: u32) -> Perbill {
		slash::equivocation(offenders, self.scene.members)
	}
}

/// Two blocks for one slot.
#[derive(Clone, Debug)]
pub struct DoubleAuthored {
	/// Who made them.
	pub account: AccountId,
	/// The set that owned the slot.
	pub scene: Scene,
	/// The slot.
	pub slot: u64,
	/// How often the same account did it before.
	pub repeats: u32,
}

impl Offence<Offender> for DoubleAuthored {
	const ID: Kind = *b"evt:double-autho";
	type Slot = u64;

	fn offenders(&self) -> Vec<Offender> {
		let misdeed = Misdeed::DoubleAuthorship { slot: self.slot };
		alloc::vec![Offender { account: self.account.clone(), misdeed }]
	}

	fn session_index(&self) -> SessionIndex {
		self.scene.session
	}

	fn validator_set_count(&self) -> u32 {
		self.scene.members
	}

	fn slot(&self) -> Self::Slot {
		self.slot
	}

	fn slash_fraction(&self, _offenders: u32) -> Perbill {
		slash::repeated(slash::DOUBLE_AUTHORSHIP, self.repeats)
	}
}

/// No sign of life for a whole epoch. Everyone pays for itself, whoever else was absent.
#[derive(Clone, Debug)]
pub struct Absent {
	/// Who was absent.
	pub account: AccountId,
	/// The set at the time of the report.
	pub scene: Scene,
	/// The epoch.
	pub epoch: EpochIndex,
	/// How often the same account was absent before.
	pub repeats: u32,
}

impl Offence<Offender> for Absent {
	const ID: Kind = *b"evt:absent-epoch";
	type Slot = (EpochIndex, AccountId);

	fn offenders(&self) -> Vec<Offender> {
		let misdeed = Misdeed::Absence { epoch: self.epoch };
		alloc::vec![Offender { account: self.account.clone(), misdeed }]
	}

	fn session_index(&self) -> SessionIndex {
		self.scene.session
	}

	fn validator_set_count(&self) -> u32 {
		self.scene.members
	}

	fn slot(&self) -> Self::Slot {
		(self.epoch, self.account.clone())
	}

	fn slash_fraction(&self, _offenders: u32) -> Perbill {
		slash::repeated(slash::ABSENCE, self.repeats)
	}
}
