// SPDX-License-Identifier: Apache-2.0

//! Calls of voters and delegates.

use super::{Arguments, Call};
use codec::{Compact, Encode};
use eventum_primitives::{
	bucket::Payout,
	delegate::{Accounts, Plan, Profile, Text, MAX_TEXT},
	AccountId, Balance, BucketId, Hash,
};

impl Call {
	/// Locks EVT in a new bucket.
	pub fn create_bucket(delegate: &AccountId, amount: Balance, days: u32, renews: bool) -> Self {
		Self::new("Staking", "create", (delegate, Compact(amount), days, renews))
	}

	/// Adds EVT to a bucket.
	pub fn add(bucket: BucketId, amount: Balance) -> Self {
		Self::new("Staking", "add", (Compact(bucket), Compact(amount)))
	}

	/// Gives a bucket a longer term.
	pub fn extend(bucket: BucketId, days: u32) -> Self {
		Self::new("Staking", "extend", (Compact(bucket), days))
	}

	/// Says whether the term of a bucket renews itself.
	pub fn set_auto_renew(bucket: BucketId, renews: bool) -> Self {
		Self::new("Staking", "set_auto_renew", (Compact(bucket), renews))
	}

	/// Lets a bucket vote for another delegate.
	pub fn move_votes(bucket: BucketId, delegate: &AccountId) -> Self {
		Self::new("Staking", "move_votes", (Compact(bucket), delegate))
	}

	/// Moves part of a bucket into a new one.
	pub fn split(bucket: BucketId, amount: Balance) -> Self {
		Self::new("Staking", "split", (Compact(bucket), Compact(amount)))
	}

	/// Pours a bucket into another.
	pub fn merge(bucket: BucketId, into: BucketId) -> Self {
		Self::new("Staking", "merge", (Compact(bucket), Compact(into)))
	}

	/// Gives a bucket to another account.
	pub fn give(bucket: BucketId, to: &AccountId) -> Self {
		Self::new("Staking", "transfer", (Compact(bucket), to))
	}

	/// Unlocks a bucket.
	pub fn unlock(bucket: BucketId) -> Self {
		Self::new("Staking", "unlock", Compact(bucket))
	}

	/// Gets back what was in a bucket.
	pub fn withdraw(bucket: BucketId) -> Self {
		Self::new("Staking", "withdraw", Compact(bucket))
	}

	/// Says where what is claimed goes.
	pub fn set_payout(payout: &Payout) -> Self {
		Self::new("Staking", "set_payout", payout)
	}

	/// Pays a voter what it is owed, with what these of its buckets have earned.
	pub fn claim(owner: &AccountId, buckets: &[BucketId]) -> Self {
		Self::new("Staking", "claim", (owner, buckets))
	}

	/// Sets session keys: as the node gave them, with its proof.
	pub fn set_keys(keys: &[u8], proof: &[u8]) -> Self {
		// The keys are a structure of fixed length.
		let arguments = [keys, &proof.encode()].concat();
		Self { pallet: "Session", name: "set_keys", arguments: Arguments(arguments) }
	}

	/// Registers a delegate.
	pub fn register_delegate(bucket: BucketId, profile: &Profile, plan: Plan) -> Self {
		Self::new("Delegates", "register", (Compact(bucket), profile, plan))
	}

	/// Changes what a delegate says of itself.
	pub fn set_profile(profile: &Profile) -> Self {
		Self::new("Delegates", "set_profile", profile)
	}

	/// Announces another plan.
	pub fn set_plan(plan: Plan) -> Self {
		Self::new("Delegates", "set_plan", plan)
	}

	/// Names the accounts that act and take for a delegate.
	pub fn set_accounts(accounts: &Accounts) -> Self {
		Self::new("Delegates", "set_accounts", accounts)
	}

	/// Stands for election no more.
	pub fn retire() -> Self {
		Self::new("Delegates", "retire", ())
	}

	/// Stands for election again.
	pub fn activate() -> Self {
		Self::new("Delegates", "activate", ())
	}

	/// Is a delegate no more.
	pub fn resign() -> Self {
		Self::new("Delegates", "resign", ())
	}

	/// Complains about a delegate.
	pub fn complain(
		delegate: &AccountId,
		bucket: BucketId,
		evidence: Hash,
		text: &Text<MAX_TEXT>,
	) -> Self {
		Self::new("Delegates", "complain", (delegate, Compact(bucket), evidence, text))
	}

	/// Takes back a complaint.
	pub fn withdraw_complaint(delegate: &AccountId) -> Self {
		Self::new("Delegates", "withdraw_complaint", delegate)
	}
}
