// SPDX-License-Identifier: Apache-2.0

//! `eventum stake`.

use super::{finalize, told, Context, Names};
use crate::{
	args::StakeCommand,
	chain::{
		keys::{self, ss58},
		Call, Chain, Key,
	},
	show::bucket::{bucket_json, bucket_lines, bucket_row, BUCKETS_HEAD},
	Failure,
};
use eventum_input::decimal::{evt_text, text};
use eventum_primitives::{AccountId, Balance, BucketId};
use serde_json::json;
use sp_runtime::FixedPointNumber;

/// Terms, in days, that a weight is shown beside.
const TERMS: [u32; 6] = [0, 14, 91, 182, 365, 1_050];

pub(super) async fn run(context: &Context, command: StakeCommand) -> Result<(), Failure> {
	match command {
		StakeCommand::Create { amount, days, renew, delegate, suri } => {
			create(context, amount, days, renew, &delegate, &Key::from_suri(&suri)?).await
		}
		StakeCommand::Add { bucket, amount, suri } => {
			change(context, bucket, Call::add(bucket, amount), &suri).await
		}
		StakeCommand::Extend { bucket, days, suri } => {
			change(context, bucket, Call::extend(bucket, days), &suri).await
		}
		StakeCommand::Renew { bucket, off, suri } => {
			change(context, bucket, Call::set_auto_renew(bucket, !off), &suri).await
		}
		StakeCommand::Unlock { bucket, suri } => {
			change(context, bucket, Call::unlock(bucket), &suri).await
		}
		StakeCommand::Withdraw { bucket, suri } => {
			withdraw(context, bucket, &Key::from_suri(&suri)?).await
		}
		StakeCommand::Split { bucket, amount, suri } => {
			split(context, bucket, amount, &Key::from_suri(&suri)?).await
		}
		StakeCommand::Merge { bucket, into, suri } => {
			change(context, into, Call::merge(bucket, into), &suri).await
		}
		StakeCommand::Give { bucket, to, suri } => {
			change(context, bucket, Call::give(bucket, &keys::account(&to)?), &suri).await
		}
		StakeCommand::List { account } => list(context, &keys::account(&account)?).await,
		StakeCommand::Weight { days, amount, renew, own } => {
			weight(context, days, amount, renew, own).await
		}
	}
}

/// Locks EVT in a new bucket; gives its number.
pub(super) async fn lock(
	chain: &Chain,
	delegate: &AccountId,
	amount: Balance,
	days: u32,
	renews: bool,
	key: &Key,
) -> Result<BucketId, Failure> {
	let call = Call::create_bucket(delegate, amount, days, renews);
	let events = finalize(chain, &call, key).await?;
	let created: Option<BucketId> = told(&events, "Staking", "Created")?;
	created.ok_or_else(|| {
		Failure::new("the transaction is final, but created no bucket")
			.hint("use the eventum of the chain's release")
	})
}

async fn create(
	context: &Context,
	amount: Balance,
	days: u32,
	renews: bool,
	delegate: &str,
	key: &Key,
) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let delegate = chain.votable(delegate).await?;
	let id = lock(&chain, &delegate, amount, days, renews, key).await?;
	show(context, &chain, &[id]).await
}

/// Sends a call and shows a bucket as it then is.
async fn change(context: &Context, id: BucketId, call: Call, suri: &str) -> Result<(), Failure> {
	let key = Key::from_suri(suri)?;
	let chain = context.chain().await?;
	finalize(&chain, &call, &key).await.map_err(|failure| next(failure, &key))?;
	show(context, &chain, &[id]).await
}

/// What helps whose bucket cannot be changed so.
fn next(failure: Failure, key: &Key) -> Failure {
	let owner = ss58(&key.account());
	failure.or_hint(format!("`eventum stake list {owner}` shows how far each bucket is"))
}

async fn split(context: &Context, id: BucketId, amount: Balance, key: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let split = finalize(&chain, &Call::split(id, amount), key).await;
	let events = split.map_err(|failure| next(failure, key))?;
	let parts: Option<(BucketId, BucketId)> = told(&events, "Staking", "Split")?;
	let (_, new) = parts.ok_or_else(|| Failure::new("the transaction split no bucket"))?;
	show(context, &chain, &[id, new]).await
}

async fn withdraw(context: &Context, id: BucketId, key: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let amount = chain.bucket(id).await?.amount;
	let withdrawn = finalize(&chain, &Call::withdraw(id), key).await;
	withdrawn.map_err(|failure| next(failure, key))?;
	context.print(
		|| format!("bucket {id} is gone; {} EVT are free", evt_text(amount)),
		|| json!({ "bucket": id, "withdrawn": evt_text(amount) }),
	);
	Ok(())
}

/// Prints buckets as they are: one, or what one was split into.
async fn show(context: &Context, chain: &Chain, ids: &[BucketId]) -> Result<(), Failure> {
	let mut buckets = Vec::new();
	for id in ids {
		buckets.push(chain.bucket(*id).await?);
	}
	let names = Names::of(chain, buckets.iter().map(|bucket| &bucket.delegate)).await?;
	context.print(
		|| buckets.iter().map(|one| bucket_lines(one, &names.get(&one.delegate))).collect(),
		|| match &buckets[..] {
			[one] => bucket_json(one),
			all => all.iter().map(bucket_json).collect(),
		},
	);
	Ok(())
}

async fn list(context: &Context, owner: &AccountId) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let buckets = chain.buckets(owner).await?;
	let names = Names::of(&chain, buckets.iter().map(|bucket| &bucket.delegate)).await?;
	context.print(
		|| {
			if buckets.is_empty() {
				return "no buckets; next: eventum stake create --help".into();
			}
			let rows = buckets.iter().map(|one| bucket_row(one, &names.get(&one.delegate)));
			let locked = buckets.iter().fold(0, |sum: Balance, one| sum.saturating_add(one.amount));
			let head = BUCKETS_HEAD.to_string();
			head + &rows.collect::<String>() + &format!("{} EVT in all", evt_text(locked))
		},
		|| buckets.iter().map(bucket_json).collect(),
	);
	Ok(())
}

async fn weight(
	context: &Context,
	days: u32,
	amount: Balance,
	renews: bool,
	own: bool,
) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let asked = chain.vote_weight(days, renews, own).await?;
	let mut others = Vec::new();
	for term in TERMS {
		let weights =
			[chain.vote_weight(term, false, own).await?, chain.vote_weight(term, true, own).await?];
		others.push((term, weights));
	}
	let shown = |weight: sp_runtime::FixedU128| {
		text(i128::try_from(weight.into_inner()).unwrap_or(i128::MAX), 18)
	};
	let short = |weight| shown(weight).chars().take(6).collect::<String>();
	let votes = asked.saturating_mul_int(amount);
	context.print(
		|| {
			let rows = others.iter().map(|(term, [runs, renews])| {
				format!("{term:<7} {:<9} {}\n", short(*runs), short(*renews))
			});
			format!(
				"{} EVT count {} votes: {} each\n\ndays    runs out  renews itself\n{}",
				evt_text(amount),
				evt_text(votes),
				shown(asked),
				rows.collect::<String>()
			)
		},
		|| {
			json!({
				"days": days,
				"auto_renew": renews,
				"own": own,
				"amount": evt_text(amount),
				"weight": shown(asked),
				"votes": evt_text(votes),
			})
		},
	);
	Ok(())
}
