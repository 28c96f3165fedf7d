// SPDX-License-Identifier: Apache-2.0

//! Runtime APIs: every read that a client needs, and the two calls by which committee members let
//! the runtime's own code say what a count means.

use crate::{
	bucket::Payout,
	committee::{Committee, IntakeKey, PeerId},
	definition::{Definition, Text},
	delegate::{self, Accounts, Name, Plan, Profile, MAX_TEXT},
	epoch::{Runway, Schedule, Statement},
	offence::DoubleAuthorship,
	outcome::RoundResult,
	report::ReportKeys,
	rules::{
		count::{Before, Decision, Evaluation, Summary, Vote},
		fee::FeeTerms,
	},
	vald, AccountId, Balance, BlockNumber, BucketId, EpochIndex, FeedId, Hash, JoinIndex, MarketId,
	Moment, Round, Score, Sequence,
};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::FixedU128;

/// Reporters in one page of [`ReportsApi::reporters`].
pub const REPORTERS_PAGE: u32 = 64;

/// Where a feed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Stage {
	/// Reporters join.
	Joining,
	/// A committee is drawn.
	Drawing,
	/// Rounds run in the report plane.
	Reporting,
	/// The last certificate is on chain; the dispute window is open.
	Concluded,
	/// Money is paid out, page by page.
	Settling,
	/// Everything is paid.
	Settled,
	/// Money is given back, page by page.
	Voiding,
	/// Everything is given back.
	Void,
}

/// A feed as the report plane sees it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedView {
	/// Who pays.
	pub requester: AccountId,
	/// What is counted and paid.
	pub definition: Definition,
	/// What is read.
	pub text: Text,
	/// Where it stands.
	pub stage: Stage,
	/// Reporters that joined.
	pub joined: u32,
	/// When reporting starts, once that is known.
	pub reporting_from: Option<Moment>,
	/// The feed's absolute end, once that is known.
	pub end: Option<Moment>,
	/// The committee, once it is complete.
	pub committee: Option<Committee>,
	/// Rounds whose final certificate is on chain.
	pub final_rounds: u32,
	/// Rounds whose detail has been reckoned.
	pub settled_rounds: u32,
	/// What joining costs now.
	pub next_stake: Balance,
	/// The newest block in which a reporter changed its key while the feed reports, 0 for none.
	pub rekeyed: BlockNumber,
	/// What members of the committee are paid per counted report, in rounds to come.
	pub fee: FeeTerms,
	/// Mean reputation of the reporters when they joined, in hundredths.
	pub average_reputation: Score,
}

/// A reporter of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ReporterView {
	/// The account.
	pub account: AccountId,
	/// The keys that sign its reports, one after the other ([`crate::report::acting_key`]).
	pub keys: ReportKeys,
	/// Place in the order of joining.
	pub index: JoinIndex,
	/// What it has at stake.
	pub stake: Balance,
	/// Whether it joined before `min_people` was reached.
	pub early: bool,
}

/// A round's newest certified outcome, as the chain keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct OutcomeView {
	/// The round.
	pub round: Round,
	/// Number of the push.
	pub sequence: Sequence,
	/// What the votes came to.
	pub result: RoundResult,
	/// Votes for it.
	pub agreed: u32,
	/// Votes counted.
	pub total: u32,
	/// Whether the round is over.
	pub is_final: bool,
	/// Hash of the detail.
	pub detail: Hash,
	/// Whether the round has been reckoned from its detail.
	pub reckoned: bool,
	/// Members whose signatures the chain has, a bit each.
	pub signers: u64,
}

/// A registered validation node.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct NodeView {
	/// Account that holds the bond.
	pub operator: AccountId,
	/// Key that signs.
	pub vald: vald::Public,
	/// Key that envelopes are sealed to.
	pub intake: IntakeKey,
	/// Where it is found.
	pub peer: PeerId,
	/// What it asks per counted report.
	pub min_fee: Balance,
	/// Its bond.
	pub bond: Balance,
	/// What of the bond stands behind feeds.
	pub set_aside: Balance,
	/// Whether it is offered feeds.
	pub online: bool,
}

/// Which feeds [`MarketsApi::feeds`] lists; what is `None` matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedFilter {
	/// First level of category, exact.
	pub category: Option<Vec<u8>>,
	/// Where it stands.
	pub stage: Option<Stage>,
	/// Who pays.
	pub requester: Option<AccountId>,
	/// Words in its name, without regard to ASCII case.
	pub text: Option<Vec<u8>>,
}

/// How far the unlocking of a bucket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Lock {
	/// Its term renews itself.
	Renewing,
	/// Its term runs.
	Running,
	/// Its term is over; it votes on until its owner unlocks it.
	Over,
	/// It no longer votes and waits until it can be withdrawn.
	Unbonding,
	/// It can be withdrawn.
	Withdrawable,
}

/// A bucket.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct BucketView {
	/// Its number.
	pub id: BucketId,
	/// Who locked it.
	pub owner: AccountId,
	/// Whom it votes for, or voted for until it was unlocked.
	pub delegate: AccountId,
	/// EVT in it.
	pub amount: Balance,
	/// Its term in days.
	pub days: u32,
	/// Whether it is the delegate's own bucket.
	pub own: bool,
	/// How far its unlocking is.
	pub lock: Lock,
	/// When it could be withdrawn if its owner took every step as soon as it can be taken.
	pub withdrawable_at: Moment,
	/// Its votes.
	pub votes: Balance,
	/// How many of its votes earn in the running epoch.
	pub earning: Balance,
	/// What it has earned and its owner has not been credited with.
	pub pending: Balance,
}

/// What an account is owed for its votes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct DuesView {
	/// All that it is owed, with what its buckets have earned until now.
	pub owed: Balance,
	/// How many buckets it has.
	pub buckets: u32,
	/// Where what it is owed goes when it is claimed.
	pub payout: Payout,
}

/// A delegate.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct DelegateView {
	/// Its account.
	pub account: AccountId,
	/// What it says of itself.
	pub profile: Profile,
	/// What it shares for the running epoch.
	pub plan: Plan,
	/// What it will share, and the first epoch that this is for.
	pub next_plan: Option<(EpochIndex, Plan)>,
	/// Who acts and takes for it.
	pub accounts: Accounts,
	/// The votes for it.
	pub votes: Balance,
	/// The votes that count in an election: a tenth on probation, none if it cannot be elected.
	pub counted: Balance,
	/// What is in its own bucket.
	pub own_stake: Balance,
	/// Whether it can be elected.
	pub eligible: bool,
	/// Whether it does not stand for election.
	pub retired: bool,
	/// Epochs of probation left.
	pub probation: u32,
}

/// A public complaint about a delegate.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ComplaintView {
	/// Who complains.
	pub by: AccountId,
	/// Hash of what proves it.
	pub evidence: Hash,
	/// What is complained of.
	pub text: delegate::Text<MAX_TEXT>,
	/// When.
	pub at: Moment,
}

sp_api::decl_runtime_apis! {
	/// What the report plane reads.
	pub trait ReportsApi {
		/// Feeds that the committee member with this key serves, or has been asked to.
		fn served_feeds(key: vald::Public) -> Vec<FeedId>;
		/// A feed with its committee.
		fn feed(feed: FeedId) -> Option<FeedView>;
		/// A page of 64 reporters in the order of joining, from page 0; empty beyond the end.
		fn reporters(feed: FeedId, page: u32) -> Vec<ReporterView>;
		/// Whether rounds are worth evaluating, in the order asked; unknown feeds are open.
		fn decide(rounds: Vec<Summary>) -> Vec<Decision>;
		/// The earliest push that the votes call for after what was `before`, up to `horizon`.
		fn evaluate(
			feed: FeedId,
			round: Round,
			votes: Vec<Vote>,
			before: Before,
			horizon: Moment,
		) -> Option<Evaluation>;
	}

	/// What requesters, reporters and subscribers read.
	pub trait MarketsApi {
		/// The number that the next market will get.
		fn next_market() -> MarketId;
		/// How many feeds a market has; none if there is no such market.
		fn market(market: MarketId) -> Option<u16>;
		/// Feeds after `cursor` that match, in order of creation, at most `limit` (and 100), and the
		/// cursor to go on from.
		fn feeds(
			filter: FeedFilter,
			cursor: Option<FeedId>,
			limit: u32,
		) -> (Vec<(FeedId, FeedView)>, Option<FeedId>);
		/// The newest outcome of each round from `from` on, at most `limit` (and 1,000).
		fn outcomes(feed: FeedId, from: Round, limit: u32) -> Vec<OutcomeView>;
		/// A reporter of a feed, by account.
		fn reporter(feed: FeedId, account: AccountId) -> Option<ReporterView>;
	}

	/// Validation nodes.
	pub trait CommitteesApi {
		/// The node of an operator.
		fn node(operator: AccountId) -> Option<NodeView>;
		/// The node that signs with a key.
		fn node_by_key(key: vald::Public) -> Option<NodeView>;
		/// Nodes after the first `from` in the registry, at most `limit` (and 100).
		fn nodes(from: u32, limit: u32) -> Vec<NodeView>;
	}

	/// Buckets, votes and what voters are owed.
	pub trait StakingApi {
		/// How much an EVT counts in a bucket of so many days; `own`: a delegate's own.
		fn vote_weight(days: u32, auto_renew: bool, own: bool) -> FixedU128;
		/// A bucket.
		fn bucket(bucket: BucketId) -> Option<BucketView>;
		/// All buckets of an account.
		fn buckets(owner: AccountId) -> Vec<BucketView>;
		/// Buckets that vote for a delegate, in no order, after `cursor`, at most `limit` (and 100).
		fn voters(delegate: AccountId, cursor: Option<BucketId>, limit: u32) -> Vec<BucketView>;
		/// The votes for a delegate at this moment.
		fn votes(delegate: AccountId) -> Balance;
		/// What an account is owed for its votes.
		fn dues(owner: AccountId) -> DuesView;
	}

	/// Who stands for election.
	pub trait DelegatesApi {
		/// A delegate.
		fn delegate(account: AccountId) -> Option<DelegateView>;
		/// The delegate of this name, whatever its case.
		fn delegate_by_name(name: Name) -> Option<DelegateView>;
		/// Delegates by the votes that count, ties by account, from the one after `cursor` on, at most
		/// `limit` (and 100).
		fn ranking(cursor: Option<AccountId>, limit: u32) -> Vec<DelegateView>;
		/// Complaints about a delegate, in no order, after that of `cursor`, at most `limit` (and 100).
		fn complaints(
			delegate: AccountId,
			cursor: Option<AccountId>,
			limit: u32,
		) -> Vec<ComplaintView>;
	}

	/// Epochs, as delegates and voters follow them.
	pub trait ElectionsApi {
		/// What a delegate has to do and has done in this epoch.
		fn schedule(delegate: AccountId) -> Schedule;
		/// The statements of a delegate from an epoch on, in order, at most `limit` (and 90).
		fn statements(
			delegate: AccountId,
			from: EpochIndex,
			limit: u32,
		) -> Vec<(EpochIndex, Statement)>;
		/// The consensus delegates in the order of their slots, and how many of the first produce.
		fn members() -> (Vec<AccountId>, u32);
		/// How long the delegate reserve lasts.
		fn runway() -> Runway;
	}

	/// Reports of a node's own.
	pub trait OffencesApi {
		/// Sends two blocks for one slot to the transaction pool of the node that asks; `None` if it
		/// does not take them for proof of something new.
		fn submit_double_authorship(evidence: DoubleAuthorship<Block::Header>) -> Option<()>;
	}

	/// Scores.
	pub trait ReputationApi {
		/// The score of an account, in hundredths.
		fn reputation(account: AccountId) -> Score;
	}

	/// The chain's own account of itself.
	pub trait InvariantsApi {
		/// Checks what must always hold of the state of our pallets; says what does not.
		fn check() -> Result<(), String>;
	}
}
