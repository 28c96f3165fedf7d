// SPDX-License-Identifier: Apache-2.0

//! What a delegate's voters are due for an epoch, and whether they got it.
//!
//! Everything is reckoned here from what the chain tells, in whole units: nothing of the chain's own
//! arithmetic is used, so that a mistake of either shows.

use eventum_primitives::{
	apis::BucketView, delegate::Plan, epoch::Statement, AccountId, Balance, BucketId, EpochIndex,
};
use sp_core::U256;
use std::collections::BTreeMap;

/// `amount` × `part` / `whole`, rounded down.
fn share(amount: Balance, part: Balance, whole: Balance) -> Balance {
	let product = U256::from(amount).saturating_mul(part.into());
	let share = product.checked_div(whole.into()).unwrap_or_default();
	share.try_into().unwrap_or(Balance::MAX)
}

/// What of an epoch's rewards a plan gives to voters.
pub fn promised(statement: &Statement, plan: &Plan) -> Balance {
	let part = |amount, percent: u8| share(amount, percent.into(), 100);
	let blocks = part(statement.blocks, plan.blocks.deconstruct());
	blocks.saturating_add(part(statement.epochs, plan.epochs.deconstruct()))
}

/// What came of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
	/// Voters got what was promised.
	Kept,
	/// Nobody's votes were cast before the epoch, so that there was nobody to pay.
	NobodyEarned,
	/// It was paid by another plan than the announced one.
	OtherPlan,
	/// Voters got something else than was promised.
	Broken,
}

impl Verdict {
	/// Whether the promise was kept as far as it could be.
	pub fn is_fine(self) -> bool {
		matches!(self, Self::Kept | Self::NobodyEarned)
	}

	/// In words.
	pub fn text(self) -> &'static str {
		match self {
			Self::Kept => "as promised",
			Self::NobodyEarned => "nobody's votes earned",
			Self::OtherPlan => "paid by another plan",
			Self::Broken => "NOT as promised",
		}
	}
}

/// A promise and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
	/// The epoch.
	pub epoch: EpochIndex,
	/// The plan that was announced for it.
	pub plan: Plan,
	/// What voters were to get.
	pub promised: Balance,
	/// What they got.
	pub paid: Balance,
	/// How the two compare.
	pub verdict: Verdict,
}

/// Compares what was announced for each epoch with what was paid. `plans` are in order, each with the
/// first epoch that it is for; of epochs before the first the plan is no longer known, and that of the
/// statement is taken.
pub fn audit(plans: &[(EpochIndex, Plan)], paid: &[(EpochIndex, Statement)]) -> Vec<Finding> {
	let check = |(epoch, statement): &(EpochIndex, Statement)| {
		let announced = plans.iter().rev().find(|(from, _)| from <= epoch);
		let plan = announced.map_or(statement.plan, |(_, plan)| *plan);
		let promised = promised(statement, &plan);
		let verdict = if plan != statement.plan {
			Verdict::OtherPlan
		} else if statement.voters == promised {
			Verdict::Kept
		} else if statement.voters == 0 {
			Verdict::NobodyEarned
		} else {
			Verdict::Broken
		};
		Finding { epoch: *epoch, plan, promised, paid: statement.voters, verdict }
	};
	paid.iter().map(check).collect()
}

/// What a voter is due for an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
	/// The voter.
	pub voter: AccountId,
	/// Its buckets.
	pub buckets: Vec<BucketId>,
	/// Their votes that earned.
	pub votes: Balance,
	/// What it is due.
	pub due: Balance,
	/// What of it the chain has shared out.
	pub shared: Balance,
}

impl Due {
	/// What is left to be paid by hand.
	pub fn rest(&self) -> Balance {
		self.due.saturating_sub(self.shared)
	}
}

/// What each voter is due of `due`, of which the chain has shared out `shared`; who has most votes
/// first.
pub fn dues(buckets: &[BucketView], due: Balance, shared: Balance) -> Vec<Due> {
	let whole = buckets.iter().fold(0, |sum: Balance, one| sum.saturating_add(one.earning));
	let mut voters = BTreeMap::<AccountId, Due>::new();
	for bucket in buckets.iter().filter(|bucket| bucket.earning > 0) {
		let voter = voters.entry(bucket.owner.clone()).or_insert_with(|| Due {
			voter: bucket.owner.clone(),
			buckets: Vec::new(),
			votes: 0,
			due: 0,
			shared: 0,
		});
		voter.buckets.push(bucket.id);
		voter.votes = voter.votes.saturating_add(bucket.earning);
		voter.due = voter.due.saturating_add(share(due, bucket.earning, whole));
		voter.shared = voter.shared.saturating_add(share(shared, bucket.earning, whole));
	}
	let mut dues: Vec<Due> = voters.into_values().collect();
	dues.iter_mut().for_each(|voter| voter.buckets.sort_unstable());
	dues.sort_by_key(|one| std::cmp::Reverse(one.votes));
	dues
}

#[cfg(test)]
mod tests {
	use super::*;
	use eventum_primitives::{apis::Lock, rules::probation::Production};
	use sp_runtime::Percent;

	fn plan(blocks: u8, epochs: u8) -> Plan {
		Plan { blocks: Percent::from_percent(blocks), epochs: Percent::from_percent(epochs) }
	}

	fn statement(plan: Plan, voters: Balance) -> Statement {
		let production = Production { made: 15, missed: 0 };
		Statement { production, votes: 1, blocks: 1_009, epochs: 299, plan, voters, kept: 0 }
	}

	fn bucket(id: BucketId, owner: u8, votes: Balance, earning: Balance) -> BucketView {
		BucketView {
			id,
			owner: [owner; 32].into(),
			delegate: [0; 32].into(),
			amount: votes,
			days: 0,
			own: false,
			lock: Lock::Renewing,
			withdrawable_at: 0,
			votes,
			earning,
			pending: 0,
		}
	}

	#[test]
	fn each_part_of_a_promise_is_rounded_down() {
		let of = |blocks, epochs| promised(&statement(plan(0, 0), 0), &plan(blocks, epochs));
		assert_eq!(of(0, 0), 0);
		assert_eq!(of(10, 50), 100 + 149);
		assert_eq!(of(100, 100), 1_308);
		let all = Balance::MAX;
		assert_eq!(share(all, 100, 100), all, "nothing overflows");
		assert_eq!(share(5, 1, 0), 0);
	}

	#[test]
	fn an_audit_tells_kept_promises_from_broken_ones() {
		let plans = [(10, plan(10, 50)), (12, plan(0, 0)), (14, plan(100, 0))];
		let paid = [
			(9, statement(plan(1, 0), 10)),
			(10, statement(plan(10, 50), 249)),
			(11, statement(plan(10, 50), 0)),
			(12, statement(plan(0, 0), 0)),
			(13, statement(plan(10, 50), 249)),
			(14, statement(plan(100, 0), 1_008)),
			(15, statement(plan(100, 0), 1_010)),
		];
		let findings = audit(&plans, &paid);
		let verdicts: Vec<_> = findings.iter().map(|one| one.verdict).collect();
		use Verdict::*;
		assert_eq!(verdicts, [Kept, Kept, NobodyEarned, Kept, OtherPlan, Broken, Broken]);
		let promised: Vec<_> = findings.iter().map(|one| one.promised).collect();
		assert_eq!(promised, [10, 249, 249, 0, 0, 1_009, 1_009]);
		assert_eq!(findings.iter().filter(|one| !one.verdict.is_fine()).count(), 3);
	}

	#[test]
	fn voters_are_due_their_share_of_the_votes_that_earned() {
		let buckets = [
			bucket(4, 1, 300, 300),
			bucket(2, 2, 600, 500),
			bucket(1, 1, 100, 100),
			bucket(3, 3, 50, 0),
		];
		let dues = dues(&buckets, 1_000, 100);
		let shown: Vec<_> = dues
			.iter()
			.map(|one| (one.buckets.clone(), one.votes, one.due, one.shared, one.rest()))
			.collect();
		assert_eq!(shown, [(vec![2], 500, 555, 55, 500), (vec![1, 4], 400, 444, 44, 400)]);
		assert!(super::dues(&buckets[3..], 1_000, 0).is_empty(), "nobody earned");
	}

	#[test]
	fn what_the_chain_has_paid_is_not_paid_again() {
		let dues = dues(&[bucket(1, 1, 7, 7)], 249, 249);
		assert_eq!((dues[0].due, dues[0].rest()), (249, 0));
		let more = super::dues(&[bucket(1, 1, 7, 7)], 100, 249);
		assert_eq!(more[0].rest(), 0, "shares below the plan's");
	}
}
