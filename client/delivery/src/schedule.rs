// SPDX-License-Identifier: Apache-2.0

//! When who posts, and when again.

use eventum_primitives::{
	committee::{Committee, MemberIndex},
	outcome::Outcome,
	rules::quorum::faults,
	Moment,
};

/// How long the next member waits for a sign of success before it takes over.
pub const TAKEOVER: Moment = 2_000;
/// How long posting is tried.
pub const LIFETIME: Moment = 86_400_000;

const FIRST_RETRY: Moment = 1_000;
const LAST_RETRY: Moment = 600_000;

/// What a member does for an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
	/// How long it waits.
	pub(crate) delay: Moment,
	/// Whether it posts whatever others say: one lying member must not keep a final from a receiver.
	pub(crate) regardless: bool,
}

/// The part of `member` in posting `outcome`.
pub(crate) fn part(committee: &Committee, outcome: &Outcome, member: MemberIndex) -> Part {
	let members = committee.members.len().max(1) as u64;
	let leader = u64::from(committee.leader(outcome.round, outcome.view));
	let rank = (u64::from(member) + members - leader % members) % members;
	let regardless = outcome.push.is_final() && rank <= u64::from(faults(members as u32));
	Part { delay: if regardless { 0 } else { rank * TAKEOVER }, regardless }
}

/// How long to wait after so many failed attempts: twice as long each time, and up to a quarter more
/// by `salt`, so that posts that failed together do not come back together.
pub(crate) fn backoff(attempts: u32, salt: u64) -> Moment {
	let doublings = attempts.saturating_sub(1).min(16);
	let wait = (FIRST_RETRY << doublings).min(LAST_RETRY);
	wait + salt % (wait / 4)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::testing::{committee, outcome};
	use eventum_primitives::outcome::{EndedBy, Push};

	#[test]
	fn members_take_over_one_after_the_other() {
		let committee = committee(7);
		let outcome = outcome(Push::Provisional, 1);
		let leader = committee.leader(outcome.round, outcome.view);
		for rank in 0..7 {
			let part = part(&committee, &outcome, (leader + rank) % 7);
			assert_eq!(part, Part { delay: 2_000 * u64::from(rank), regardless: false });
		}
	}

	#[test]
	fn finals_are_posted_by_one_more_than_can_lie() {
		let committee = committee(7);
		let outcome = outcome(Push::Final { ended_by: EndedBy::Quiet, ends_feed: true }, 1);
		let leader = committee.leader(outcome.round, outcome.view);
		let parts: Vec<_> =
			(0..7).map(|rank| part(&committee, &outcome, (leader + rank) % 7)).collect();
		assert!(parts[..3].iter().all(|part| part.regardless && part.delay == 0));
		assert!(parts[3..].iter().all(|part| !part.regardless));
		assert_eq!(parts[3].delay, 6_000);
	}

	#[test]
	fn waits_double_up_to_ten_minutes() {
		let waits: Vec<_> = (1..=12).map(|attempts| backoff(attempts, 0)).collect();
		assert_eq!(waits[..4], [1_000, 2_000, 4_000, 8_000]);
		assert_eq!(waits[9..], [512_000, 600_000, 600_000]);
		assert_eq!(backoff(u32::MAX, 0), 600_000);
		for salt in [1, 77, u64::MAX] {
			assert!((2_000..2_500).contains(&backoff(2, salt)));
		}
	}
}
