// SPDX-License-Identifier: Apache-2.0

//! How pallets meet: small traits, wired together in the runtime.

use crate::{
	committee::Committee, delegate::Plan, offence::Member, AccountId, Balance, BlockNumber,
	BucketId, EpochIndex, FeedId, Hash, Moment, Score,
};
use alloc::vec::Vec;
use sp_runtime::DispatchResult;

/// Randomness that nobody knew before its block was made.
pub trait Beacon {
	/// The output of a block, for as long as it is remembered (at least 200 blocks).
	fn output_at(block: BlockNumber) -> Option<Hash>;
}

/// Time.
pub trait Clock {
	/// Timestamp of the block.
	fn now() -> Moment;
	/// Timestamp less all time lost in halts: what windows that people must use run on.
	fn chain_time() -> Moment;
}

/// The grid of slots that sessions and epochs lie on.
pub trait Grid {
	/// Slot of the block.
	fn slot() -> u64;
	/// Slots of an epoch.
	fn epoch_slots() -> u32;
	/// Epoch that a slot lies in.
	fn epoch_of(slot: u64) -> EpochIndex;
	/// Whether the block is the first of a session. The chain's first block is none.
	fn session_begins() -> bool;
	/// Sessions of the epoch after that of the block.
	fn sessions_left() -> u32;
}

/// How far the draw of a committee is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
	/// Waiting for randomness or for members to accept.
	Pending,
	/// Every member has accepted.
	Ready,
	/// No committee could be had.
	Failed,
}

/// What a feed asks of its committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitteeTerms {
	/// Members.
	pub size: u32,
	/// Who pays, and so cannot be a member.
	pub requester: AccountId,
	/// What each member sets aside of its bond.
	pub collateral: Balance,
	/// The most that a member may ask per counted report.
	pub max_fee: Balance,
}

/// Committees, as markets use them.
pub trait Committees {
	/// Starts the draw for a feed whose reporters are fixed as of this block.
	fn request(feed: FeedId, terms: CommitteeTerms) -> DispatchResult;
	/// Moves the draw on and tells how far it is.
	fn poll(feed: FeedId) -> Draw;
	/// The committee, once every member has accepted.
	fn get(feed: FeedId) -> Option<Committee>;
	/// Members of a feed's complete committee that were proven false, a bit each by their place.
	fn proven_false(feed: FeedId) -> u64;
	/// Ends the service: gives the collateral free and forgets the committee. `served[i]` tells
	/// whether member i signed at least one certificate; who did not loses reputation.
	fn dismiss(feed: FeedId, served: &[bool]);
	/// What a requester should offer per counted report: the median of the registered minimums.
	fn recommended_fee() -> Balance;
	/// Members of a feed's committee that ask no more than `fee` per counted report. Reads the node of
	/// each.
	fn willing(feed: FeedId, fee: Balance) -> u32;
}

/// Markets, as committees see them.
pub trait Feeds {
	/// Whether an account reports in a feed.
	fn is_reporter(feed: FeedId, account: &AccountId) -> bool;
	/// Called when the last member has accepted.
	fn on_committee_ready(feed: FeedId);
}

/// Why an account loses reputation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offence {
	/// Joined and was absent.
	Absent,
	/// Dissented in `dissents` of `rounds` rounds of a feed.
	Dissented {
		/// Rounds in which it dissented.
		dissents: u32,
		/// Rounds that the feed concluded.
		rounds: u32,
	},
	/// Gave two answers.
	DoubleAnswer,
	/// A committee member that did not serve.
	NotServed,
	/// A committee member that was proven false.
	ProvenFalse,
}

/// What an account did in a feed that has come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conduct {
	/// What it did wrong.
	pub offence: Option<Offence>,
	/// Whether it did, at least once, what it was paid for.
	pub served: bool,
}

/// Reputation, as others use it.
pub trait Reputation {
	/// The score of an account.
	fn score(account: &AccountId) -> Score;
	/// Whether an account is barred from taking part.
	fn is_flagged(account: &AccountId) -> bool;
	/// Takes reputation for an offence.
	fn penalise(account: &AccountId, offence: Offence);
	/// Takes and gives reputation for a feed that `payer` paid for; who served gains `limit` at most.
	fn settle(payer: &AccountId, limit: Score, conducts: Vec<(AccountId, Conduct)>);
	/// The most that all who served in a feed may gain together for its protocol `fee`.
	fn gain_budget(fee: Balance) -> Score;
}

/// The accounts that forfeits and fees flow into.
pub trait Treasury {
	/// Takes forfeited stakes, remainders and slashes.
	fn reward_pool() -> AccountId;
	/// Takes protocol fees.
	fn delegate_reserve() -> AccountId;
}

/// Delegates, as staking sees them.
pub trait Delegates {
	/// Whether an account is registered as a delegate, so that others can vote for it.
	fn is_delegate(account: &AccountId) -> bool;
}

/// Staking, as delegates use it.
pub trait Staking {
	/// The votes for a delegate at this moment.
	fn votes(delegate: &AccountId) -> Balance;
	/// Whether a bucket is an account's and votes for a delegate.
	fn votes_for(owner: &AccountId, bucket: BucketId, delegate: &AccountId) -> bool;
	/// What is locked in a delegate's own bucket; zero if it has none.
	fn own_stake(delegate: &AccountId) -> Balance;
	/// Makes a bucket of `owner` the delegate's own, and its votes the delegate's. It then cannot be
	/// unlocked, split, given away, or vote for another.
	fn bind_own(delegate: &AccountId, owner: &AccountId, bucket: BucketId) -> DispatchResult;
	/// Makes a delegate's own bucket one like others. What was done before can no longer be slashed,
	/// so it is the caller's duty to wait until nothing can be found out any more.
	fn release_own(delegate: &AccountId);
	/// Moves up to `amount` out of a delegate's own bucket to an account; tells how much it was.
	fn slash_own(delegate: &AccountId, amount: Balance, to: &AccountId) -> Balance;
	/// Shares `amount` of what an account holds among the votes for a delegate that earn in the running
	/// epoch. Tells what was taken for it: all, or nothing if nobody earns.
	fn reward(from: &AccountId, delegate: &AccountId, amount: Balance) -> Balance;
}

/// Who sits in elected sets, and with which keys.
pub trait Seats {
	/// Whether an account is in a set that is frozen, queued or active.
	fn is_seated(account: &AccountId) -> bool;
	/// Whether an account has session keys.
	fn has_keys(account: &AccountId) -> bool;
}

/// Delegates, as elections use them.
pub trait Candidates: Delegates {
	/// All that are registered, with the votes that count: none if it cannot be elected. Reads all of
	/// them.
	fn standings() -> Vec<(AccountId, Balance)>;
	/// Epochs of probation left, the running one included.
	fn probation(delegate: &AccountId) -> u32;
	/// Puts a delegate on probation for the rest of the running epoch and `epochs` more.
	fn set_probation(delegate: &AccountId, epochs: u32);
	/// What a delegate shares with its voters of its rewards for an epoch.
	fn plan(delegate: &AccountId, epoch: EpochIndex) -> Plan;
	/// The delegate that an account acts for: itself, or as its operator.
	fn served_by(account: &AccountId) -> Option<AccountId>;
	/// The account that gets what a delegate keeps; `None` if it is registered no more.
	fn reward_account(delegate: &AccountId) -> Option<AccountId>;
}

/// What an offence does to who sits in elected sets. Elections implements it.
pub trait Discipline {
	/// Puts an account out: its slots are disabled at once, now and in a queued epoch, and it is on full
	/// probation.
	fn expel(account: &AccountId);
}

/// Slashes that can be cancelled for a while. Offences implements it.
pub trait Slashes {
	/// Books a slash of a share of a delegate's own bucket for an epoch's absence.
	fn absent(delegate: &AccountId, epoch: EpochIndex);
}

impl Slashes for () {
	fn absent(_delegate: &AccountId, _epoch: EpochIndex) {}
}

/// The accounts and keys that elected sets act with, so that what is signed with a key can be laid to
/// its owner's charge after the key was replaced. Offences implements it.
pub trait KeyHistory {
	/// A set begins to act after this block, in this session of pallet-session. The first `producers`
	/// of its members own the slots in turns.
	fn note(session: u32, producers: u32, members: Vec<Member>);
}
