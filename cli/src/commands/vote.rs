// SPDX-License-Identifier: Apache-2.0

//! `eventum vote`.

use super::{finalize_all, Context};
use crate::{
	args::VoteCommand,
	chain::{keys::ss58, Call, Key},
	show::bucket::bucket_json,
	Failure,
};
use eventum_input::decimal::evt_text;
use eventum_primitives::{Balance, BucketId};
use serde_json::{json, Value};

pub(super) async fn run(context: &Context, command: VoteCommand) -> Result<(), Failure> {
	match command {
		VoteCommand::Move { buckets, delegate, suri } => {
			move_votes(context, &buckets, &delegate, &Key::from_suri(&suri)?).await
		}
		VoteCommand::Show { delegate } => show(context, &delegate).await,
	}
}

async fn move_votes(
	context: &Context,
	ids: &[BucketId],
	delegate: &str,
	key: &Key,
) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let to = chain.votable(delegate).await?;
	let calls: Vec<_> = ids.iter().map(|id| Call::move_votes(*id, &to)).collect();
	finalize_all(&chain, &calls, key).await.map_err(|failure| {
		let owner = ss58(&key.account());
		failure.or_hint(format!("`eventum stake list {owner}` shows its buckets"))
	})?;
	let mut votes: Balance = 0;
	for id in ids {
		votes = votes.saturating_add(chain.bucket(*id).await?.votes);
	}
	let name = chain.name_of(&to).await?;
	context.print(
		|| {
			format!(
				"{} votes are moved to {name}; they earn from the next epoch on\n\
				 next: eventum delegate show {name}",
				evt_text(votes)
			)
		},
		|| json!({ "delegate": ss58(&to), "buckets": ids, "votes": evt_text(votes) }),
	);
	Ok(())
}

async fn show(context: &Context, delegate: &str) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let account = chain.votable(delegate).await?;
	let mut buckets = chain.voters(&account, None).await?;
	buckets.sort_by(|one, other| (other.votes, one.id).cmp(&(one.votes, other.id)));
	let votes = buckets.iter().fold(0, |sum: Balance, one| sum.saturating_add(one.votes));
	let name = chain.name_of(&account).await?;
	context.print(
		|| {
			let rows = buckets.iter().map(|one| {
				let own = if one.own { " (own)" } else { "" };
				format!(
					"{:<8} {:<22} {:<22} {}{own}\n",
					one.id,
					evt_text(one.votes),
					evt_text(one.earning),
					ss58(&one.owner)
				)
			});
			format!(
				"{name} has {} votes\nbucket   votes                  earn in this epoch     voter\n{}",
				evt_text(votes),
				rows.collect::<String>()
			)
		},
		|| {
			let buckets: Vec<Value> = buckets.iter().map(bucket_json).collect();
			json!({ "delegate": ss58(&account), "votes": evt_text(votes), "buckets": buckets })
		},
	);
	Ok(())
}
