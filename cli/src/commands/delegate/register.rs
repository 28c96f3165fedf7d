// SPDX-License-Identifier: Apache-2.0

//! Becoming a delegate, step by step.

use super::{finalize, plan, profile::described, stake, Context};
use crate::{
	args::RegisterArgs,
	chain::{keys::ss58, to_hex, Call, Chain, Key},
	show::delegate::{delegate_json, delegate_lines},
	Failure,
};
use eventum_primitives::delegate::Profile;
use serde_json::json;

pub(super) async fn register(context: &Context, args: &RegisterArgs) -> Result<(), Failure> {
	let key = Key::from_suri(&args.suri)?;
	// What is wrong with it should show before anything is sent.
	let profile = described(Profile::default(), Some(&args.name), &args.profile)?;
	let chain = context.chain().await?;
	let account = key.account();
	let name = chain.name_of(&account).await?;
	if name != ss58(&account) {
		return Err(Failure::new(format!("{} is a delegate already: {name}", ss58(&account)))
			.hint("`eventum delegate profile` and `eventum delegate plan` change what it says"));
	}
	if !chain.has_session_keys(&account).await? {
		let keys = set_keys(&chain, &key).await?;
		eprintln!("session keys are set: {}", to_hex(&keys));
	}
	let bucket = match args.bucket.bucket {
		Some(bucket) => bucket,
		None => own_bucket(&chain, args, &key).await?,
	};
	let call = Call::register_delegate(bucket, &profile, plan(args.plan));
	finalize(&chain, &call, &key).await.map_err(|failure| {
		failure.hint(format!(
			"put that right and run this again, with --bucket {bucket} instead of --stake"
		))
	})?;
	let delegate = chain.delegate(&ss58(&account)).await?;
	context.print(
		|| {
			format!(
				"{}registered; keep the node running: it proves life by itself\n\
				 next: eventum delegate schedule {}",
				delegate_lines(&delegate),
				args.name
			)
		},
		|| delegate_json(&delegate),
	);
	Ok(())
}

/// Locks the own bucket; one that an interrupted registration has left is taken up.
async fn own_bucket(
	chain: &Chain,
	args: &RegisterArgs,
	key: &Key,
) -> Result<eventum_primitives::BucketId, Failure> {
	let amount = args.bucket.stake.unwrap_or_default();
	let account = key.account();
	let left = chain.buckets(&account).await?.into_iter().find(|bucket| {
		bucket.delegate == account && bucket.amount == amount && bucket.days == args.days
	});
	if let Some(bucket) = left {
		return Ok(bucket.id);
	}
	let id = stake::lock(chain, &account, amount, args.days, true, key).await?;
	eprintln!("bucket {id} is locked");
	Ok(id)
}

/// Has the node make keys and sets them; gives them.
async fn set_keys(chain: &Chain, key: &Key) -> Result<Vec<u8>, Failure> {
	let made = chain.make_session_keys(&key.account()).await?;
	finalize(chain, &Call::set_keys(&made.keys, &made.proof), key).await?;
	Ok(made.keys)
}

pub(super) async fn keys(context: &Context, key: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let keys = to_hex(&set_keys(&chain, key).await?);
	let account = ss58(&key.account());
	context.print(
		|| {
			format!(
				"{account} has set session keys {keys}\n\
				 they act from the second session after this one on; keep the old ones until then"
			)
		},
		|| json!({ "account": account, "keys": keys }),
	);
	Ok(())
}
