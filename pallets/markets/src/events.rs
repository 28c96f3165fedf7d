// SPDX-License-Identifier: Apache-2.0

//! What happened.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A market was created, all its feeds can be joined.
		MarketCreated {
			/// Its number.
			market: MarketId,
			/// Who pays.
			requester: AccountId,
			/// How many feeds it has.
			feeds: u16,
			/// BLAKE2b-256 of the SCALE of all feeds as they were sent.
			definition_hash: Hash,
		},
		/// A reporter joined a feed.
		Joined {
			/// The feed.
			feed: FeedId,
			/// Who joined.
			account: AccountId,
			/// Place in the order of joining.
			index: JoinIndex,
			/// What is held.
			stake: Balance,
			/// Whether `min_people` had not been reached.
			early: bool,
		},
		/// A reporter left a feed and got its stake back; the last one took its place.
		Left {
			/// The feed.
			feed: FeedId,
			/// Who left.
			account: AccountId,
			/// What was released.
			stake: Balance,
		},
		/// A reporter will sign with another key: at once, or from the next round on if rounds have begun.
		ReportKeySet {
			/// The feed.
			feed: FeedId,
			/// Whose key.
			account: AccountId,
			/// The new key.
			key: ReportKey,
		},
		/// Nobody joins or leaves any more; a committee is drawn.
		JoiningClosed {
			/// The feed.
			feed: FeedId,
			/// How many report.
			joined: u32,
		},
		/// The committee is complete; reports are taken.
		ReportingOpened {
			/// The feed.
			feed: FeedId,
			/// From when on.
			from: Moment,
			/// Until when at most.
			end: Moment,
		},
		/// A quorum of the committee has certified an outcome.
		OutcomeCertified {
			/// The feed.
			feed: FeedId,
			/// The round.
			round: Round,
			/// Number of the push.
			sequence: Sequence,
			/// Why it is pushed.
			push: Push,
			/// What the votes come to.
			result: RoundResult,
			/// Votes for it.
			agreed: u32,
			/// Votes counted.
			total: u32,
			/// When the event was.
			start_event: Moment,
			/// In a public feed the agreed answer, canonical.
			answer: BoundedVec<u8, ConstU32<MAX_ANSWER>>,
		},
		/// A reporter gave two answers in one round, and lost its whole stake.
		DoubleAnswerProven {
			/// The feed.
			feed: FeedId,
			/// The round.
			round: Round,
			/// Who.
			account: AccountId,
			/// What it lost.
			forfeited: Balance,
		},
		/// More members have signed a round's final outcome.
		SignaturesAdded {
			/// The feed.
			feed: FeedId,
			/// The round.
			round: Round,
		},
		/// The fee of rounds to come was set.
		FeeSet {
			/// The feed.
			feed: FeedId,
			/// What members of the committee are paid.
			terms: FeeTerms,
			/// What was locked for it, beyond what was locked before.
			locked: Balance,
		},
		/// The fee of rounds to come is too low to keep a committee: raise it.
		FeeTooLow {
			/// The feed.
			feed: FeedId,
			/// EVT per counted report.
			fee: Balance,
			/// Members that ask no more than this.
			willing: u32,
			/// Members that must sign an outcome.
			needed: u32,
		},
		/// The last certificate is in; the dispute window is open.
		FeedConcluded {
			/// The feed.
			feed: FeedId,
			/// How many rounds it had.
			rounds: u32,
			/// When the window closes, in chain time.
			until: Moment,
		},
		/// The dispute window is over; details are awaited.
		SettlementOpened {
			/// The feed.
			feed: FeedId,
		},
		/// A round was reckoned.
		RoundReckoned {
			/// The feed.
			feed: FeedId,
			/// The round.
			round: Round,
			/// What those who agreed in it share.
			amount: Balance,
		},
		/// A reporter got what is its: `stake_back` and `reward`. What it lost was taken from what it earned
		/// first, so its balance may show less of either move.
		ReporterSettled {
			/// The feed.
			feed: FeedId,
			/// Who.
			account: AccountId,
			/// What it had at stake.
			stake: Balance,
			/// What of it is its own again.
			stake_back: Balance,
			/// What of it went to the reward pool.
			forfeited: Balance,
			/// What it earned.
			reward: Balance,
		},
		/// Everyone is paid.
		FeedSettled {
			/// The feed.
			feed: FeedId,
			/// Rounds in which reports counted.
			rounds: u32,
			/// What reporters were paid.
			rewards: Balance,
			/// What the committee was paid.
			fees: Balance,
			/// What division left of the reward for the reward pool.
			remainder: Balance,
			/// What went back to the requester.
			returned: Balance,
		},
		/// A reporter got its stake back: the feed is void.
		ReporterRefunded {
			/// The feed.
			feed: FeedId,
			/// Who.
			account: AccountId,
			/// What was released.
			stake: Balance,
			/// What the requester paid it: something if others' excuses made the feed void.
			paid: Balance,
		},
		/// A feed came to nothing.
		FeedVoided {
			/// The feed.
			feed: FeedId,
			/// Why.
			reason: VoidReason,
			/// What went back to the requester.
			returned: Balance,
		},
		/// The record of a feed is gone.
		FeedForgotten {
			/// The feed.
			feed: FeedId,
		},
	}
}
