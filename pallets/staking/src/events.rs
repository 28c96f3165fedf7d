// SPDX-License-Identifier: Apache-2.0

//! What happened.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A bucket was created.
		Created {
			/// Its number.
			bucket: BucketId,
			/// Who locked it.
			owner: AccountId,
			/// Whom it votes for.
			delegate: AccountId,
			/// EVT in it.
			amount: Balance,
			/// Its votes.
			votes: Balance,
		},
		/// EVT was added to a bucket.
		Added {
			/// The bucket.
			bucket: BucketId,
			/// All EVT in it.
			amount: Balance,
		},
		/// The term of a bucket was set anew.
		Extended {
			/// The bucket.
			bucket: BucketId,
			/// Its term in days.
			days: u32,
		},
		/// Whether the term of a bucket renews itself was changed.
		AutoRenewSet {
			/// The bucket.
			bucket: BucketId,
			/// Whether it does.
			auto_renew: bool,
		},
		/// A bucket votes for another delegate.
		VotesMoved {
			/// The bucket.
			bucket: BucketId,
			/// Whom it voted for.
			from: AccountId,
			/// Whom it votes for.
			to: AccountId,
			/// Its votes.
			votes: Balance,
		},
		/// Part of a bucket became one of its own.
		Split {
			/// The bucket.
			bucket: BucketId,
			/// The new one.
			new: BucketId,
			/// EVT in the new one.
			amount: Balance,
		},
		/// A bucket was poured into another.
		Merged {
			/// The one that is gone.
			bucket: BucketId,
			/// The one that has everything.
			into: BucketId,
			/// All EVT in it.
			amount: Balance,
		},
		/// A bucket was given to another account.
		Transferred {
			/// The bucket.
			bucket: BucketId,
			/// Who had it.
			from: AccountId,
			/// Who has it.
			to: AccountId,
		},
		/// A bucket votes no more and will be free.
		Unlocked {
			/// The bucket.
			bucket: BucketId,
			/// When it can be withdrawn.
			until: Moment,
		},
		/// What was in a bucket is free.
		Withdrawn {
			/// The bucket, which is gone.
			bucket: BucketId,
			/// Who locked it.
			owner: AccountId,
			/// EVT that was in it.
			amount: Balance,
		},
		/// A voter said where what it is owed shall go.
		PayoutSet {
			/// The voter.
			owner: AccountId,
			/// Where.
			payout: Payout,
		},
		/// A voter was paid what it was owed.
		Paid {
			/// The voter.
			owner: AccountId,
			/// How much.
			amount: Balance,
			/// Where it went.
			payout: Payout,
		},
		/// A reward was shared among the voters of a delegate.
		Rewarded {
			/// The delegate.
			delegate: AccountId,
			/// How much.
			amount: Balance,
		},
		/// A bucket became a delegate's own.
		OwnBound {
			/// The bucket.
			bucket: BucketId,
			/// The delegate.
			delegate: AccountId,
		},
		/// A delegate's own bucket became one like others.
		OwnReleased {
			/// The bucket.
			bucket: BucketId,
			/// The delegate.
			delegate: AccountId,
		},
		/// A delegate's own bucket was slashed.
		Slashed {
			/// The bucket.
			bucket: BucketId,
			/// The delegate.
			delegate: AccountId,
			/// EVT taken.
			amount: Balance,
		},
	}
}
