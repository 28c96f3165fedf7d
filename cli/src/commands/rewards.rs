// SPDX-License-Identifier: Apache-2.0

//! `eventum rewards`.

use super::{finalize, told, Context, Names};
use crate::{
	args::{PayoutCommand, RewardsCommand},
	chain::{
		keys::{self, ss58},
		Call, Key,
	},
	show::bucket::bucket_json,
	Failure,
};
use eventum_input::decimal::evt_text;
use eventum_primitives::{apis::BucketView, bucket::Payout, AccountId, Balance, BucketId};
use serde_json::{json, Value};

/// Buckets that one claim can name.
const MAX_CLAIMED: usize = 64;

pub(super) async fn run(context: &Context, command: RewardsCommand) -> Result<(), Failure> {
	match command {
		RewardsCommand::Show { account } => show(context, &keys::account(&account)?).await,
		RewardsCommand::Claim { of, suri } => {
			let key = Key::from_suri(&suri)?;
			let owner = of.as_deref().map(keys::account).transpose()?;
			claim(context, &owner.unwrap_or_else(|| key.account()), &key).await
		}
		RewardsCommand::Payout(command) => {
			let (payout, suri) = match command {
				PayoutCommand::Compound { bucket, suri } => (Payout::Compound(bucket), suri),
				PayoutCommand::Forward { account, suri } => {
					(Payout::Forward(keys::account(&account)?), suri)
				}
				PayoutCommand::Keep { suri } => (Payout::Free, suri),
			};
			set_payout(context, &payout, &Key::from_suri(&suri)?).await
		}
	}
}

fn payout_text(payout: &Payout) -> String {
	match payout {
		Payout::Free => "to the voter".into(),
		Payout::Compound(bucket) => format!("into bucket {bucket}"),
		Payout::Forward(account) => format!("to {}", ss58(account)),
	}
}

async fn show(context: &Context, owner: &AccountId) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let dues = chain.dues(owner).await?;
	let buckets = chain.buckets(owner).await?;
	let names = Names::of(&chain, buckets.iter().map(|bucket| &bucket.delegate)).await?;
	context.print(
		|| {
			let rows = buckets.iter().map(|one| {
				let name = names.get(&one.delegate);
				format!(
					"  bucket {:<8} {:<18} for votes for {name}\n",
					one.id,
					evt_text(one.pending)
				)
			});
			format!(
				"{} is owed {} EVT, to be paid {}\n{}next: eventum rewards claim",
				ss58(owner),
				evt_text(dues.owed),
				payout_text(&dues.payout),
				rows.collect::<String>()
			)
		},
		|| {
			let buckets: Vec<Value> = buckets.iter().map(bucket_json).collect();
			json!({
				"account": ss58(owner),
				"owed": evt_text(dues.owed),
				"payout": payout_text(&dues.payout),
				"buckets": buckets,
			})
		},
	);
	Ok(())
}

/// The claims that pay all that is owed: each names as many buckets as it can.
fn claims(owner: &AccountId, buckets: &[BucketView]) -> Vec<Call> {
	let earned = buckets.iter().filter(|bucket| bucket.pending > 0);
	let ids: Vec<BucketId> = earned.map(|bucket| bucket.id).collect();
	if ids.is_empty() {
		return vec![Call::claim(owner, &[])];
	}
	ids.chunks(MAX_CLAIMED).map(|some| Call::claim(owner, some)).collect()
}

async fn claim(context: &Context, owner: &AccountId, key: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let account = ss58(owner);
	if chain.dues(owner).await?.owed == 0 {
		return Err(Failure::new(format!("{account} is owed nothing yet"))
			.hint("votes earn from the epoch after they were cast, and are paid when it is over"));
	}
	let calls = claims(owner, &chain.buckets(owner).await?);
	let mut paid: (Balance, Payout) = (0, Payout::Free);
	for call in &calls {
		let events = finalize(&chain, call, key).await?;
		if let Some((_, amount, to)) =
			told::<(AccountId, Balance, Payout)>(&events, "Staking", "Paid")?
		{
			paid = (paid.0.saturating_add(amount), to);
		}
	}
	let (amount, to) = paid;
	context.print(
		|| format!("{account} was paid {} EVT, {}", evt_text(amount), payout_text(&to)),
		|| json!({ "account": account, "paid": evt_text(amount), "to": payout_text(&to) }),
	);
	Ok(())
}

async fn set_payout(context: &Context, payout: &Payout, key: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	finalize(&chain, &Call::set_payout(payout), key).await?;
	let account = ss58(&key.account());
	context.print(
		|| format!("what {account} claims goes {}", payout_text(payout)),
		|| json!({ "account": account, "payout": payout_text(payout) }),
	);
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use eventum_primitives::apis::Lock;

	#[test]
	fn a_claim_names_no_more_buckets_than_it_can() {
		let owner = AccountId::from([1; 32]);
		let bucket = |id: BucketId| BucketView {
			id,
			owner: owner.clone(),
			delegate: owner.clone(),
			amount: 1,
			days: 0,
			own: false,
			lock: Lock::Over,
			withdrawable_at: 0,
			votes: 1,
			earning: 1,
			pending: u128::from(id % 2),
		};
		let count =
			|buckets: u64| claims(&owner, &(0..buckets).map(bucket).collect::<Vec<_>>()).len();
		assert_eq!([0, 1, 2, 128, 129, 130].map(count), [1, 1, 1, 1, 1, 2]);
	}
}
