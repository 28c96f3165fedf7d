// SPDX-License-Identifier: Apache-2.0

//! Complaining about a delegate.

use super::{finalize, Context};
use crate::{
	args::{ComplainArgs, EvidenceArgs},
	chain::{from_hex, keys::ss58, Call, Chain, Key},
	Failure,
};
use eventum_primitives::{
	apis::Lock,
	delegate::{Text, MAX_TEXT},
	AccountId, BucketId, Hash,
};
use serde_json::json;
use sp_crypto_hashing::blake2_256;

pub(super) async fn run(context: &Context, args: &ComplainArgs) -> Result<(), Failure> {
	let key = Key::from_suri(&args.suri)?;
	let (by, delegate) = (ss58(&key.account()), &args.delegate);
	let Some(text) = &args.text else {
		let chain = context.chain().await?;
		let about = chain.votable(delegate).await?;
		finalize(&chain, &Call::withdraw_complaint(&about), &key).await?;
		context.print(
			|| format!("{by} has withdrawn its complaint about {delegate}"),
			|| json!({ "by": by, "delegate": ss58(&about), "withdrawn": true }),
		);
		return Ok(());
	};
	let evidence = evidence(&args.evidence)?;
	let text: Text<MAX_TEXT> = text.as_bytes().to_vec().try_into().map_err(|_| {
		Failure::new(format!("--text has more than {MAX_TEXT} bytes"))
			.hint("put it into the evidence, and say here where that is published")
	})?;
	let chain = context.chain().await?;
	let about = chain.delegate(delegate).await?.account;
	let bucket = vote(&chain, &key.account(), &about).await?;
	finalize(&chain, &Call::complain(&about, bucket, evidence, &text), &key).await?;
	context.print(
		|| {
			format!(
				"{by} complains about {delegate}; evidence {evidence:?}\n\
				 next: eventum delegate show {delegate}"
			)
		},
		|| json!({ "by": by, "delegate": ss58(&about), "evidence": format!("{evidence:?}") }),
	);
	Ok(())
}

/// The hash of what proves a complaint.
fn evidence(args: &EvidenceArgs) -> Result<Hash, Failure> {
	if let Some(file) = &args.evidence {
		let bytes = std::fs::read(file)
			.map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))?;
		return Ok(blake2_256(&bytes).into());
	}
	let bytes = from_hex(args.hash.as_deref().unwrap_or_default())?;
	let hash = <[u8; 32]>::try_from(bytes)
		.map_err(|_| Failure::new("--hash is no hash").hint("give 32 bytes in hex"))?;
	Ok(hash.into())
}

/// A bucket of a voter that votes for a delegate.
async fn vote(chain: &Chain, by: &AccountId, about: &AccountId) -> Result<BucketId, Failure> {
	let votes = |lock| matches!(lock, Lock::Renewing | Lock::Running | Lock::Over);
	let buckets = chain.buckets(by).await?;
	let found = buckets.iter().find(|one| one.delegate == *about && votes(one.lock));
	found.map(|bucket| bucket.id).ok_or_else(|| {
		Failure::new(format!("{} does not vote for the delegate", ss58(by)))
			.hint("only voters can complain: `eventum stake list` shows whom an account votes for")
	})
}
