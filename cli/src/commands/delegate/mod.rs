// SPDX-License-Identifier: Apache-2.0

//! `eventum delegate`.

mod books;
mod complain;
mod look;
mod profile;
mod register;

use super::{finalize, stake, told, Context};
use crate::{
	args::{DelegateCommand, PlanArgs},
	chain::{keys::ss58, Call, Key},
	show::delegate::{delegate_json, delegate_lines, plan_text},
	Failure,
};
use eventum_primitives::{delegate::Plan, AccountId, EpochIndex};
use serde_json::json;
use sp_runtime::Percent;

pub(super) async fn run(context: &Context, command: DelegateCommand) -> Result<(), Failure> {
	match command {
		DelegateCommand::Register(args) => register::register(context, &args).await,
		DelegateCommand::Keys { suri } => register::keys(context, &Key::from_suri(&suri)?).await,
		DelegateCommand::Plan { plan, suri } => set_plan(context, plan, &suri).await,
		DelegateCommand::Profile { name, profile, suri } => {
			profile::change(context, name, &profile, &suri).await
		}
		DelegateCommand::Accounts(args) => profile::accounts(context, &args).await,
		DelegateCommand::Retire { suri } => change(context, Call::retire(), &suri).await,
		DelegateCommand::Activate { suri } => change(context, Call::activate(), &suri).await,
		DelegateCommand::Resign { suri } => resign(context, &Key::from_suri(&suri)?).await,
		DelegateCommand::Schedule { delegate } => look::schedule(context, &delegate).await,
		DelegateCommand::Statement { delegate, from } => {
			look::statements(context, &delegate, from).await
		}
		DelegateCommand::Report(args) => books::report(context, &args).await,
		DelegateCommand::Audit { delegate, from } => books::audit(context, &delegate, from).await,
		DelegateCommand::List { limit } => look::list(context, limit).await,
		DelegateCommand::Show { delegate } => look::show(context, &delegate).await,
		DelegateCommand::Complain(args) => complain::run(context, &args).await,
	}
}

fn plan(args: PlanArgs) -> Plan {
	let PlanArgs { of_blocks, of_votes } = args;
	Plan { blocks: Percent::from_percent(of_blocks), epochs: Percent::from_percent(of_votes) }
}

/// Sends a call of a delegate and shows the delegate as it then is.
async fn change(context: &Context, call: Call, suri: &str) -> Result<(), Failure> {
	let key = Key::from_suri(suri)?;
	let chain = context.chain().await?;
	finalize(&chain, &call, &key).await.map_err(|failure| next(failure, &key))?;
	let delegate = chain.delegate(&ss58(&key.account())).await?;
	context.print(|| delegate_lines(&delegate), || delegate_json(&delegate));
	Ok(())
}

/// What helps a delegate whose call was refused.
fn next(failure: Failure, key: &Key) -> Failure {
	let account = ss58(&key.account());
	failure.or_hint(format!(
		"`eventum delegate show {account}` and `eventum delegate schedule {account}` tell where it stands"
	))
}

async fn set_plan(context: &Context, args: PlanArgs, suri: &str) -> Result<(), Failure> {
	let (key, plan) = (Key::from_suri(suri)?, plan(args));
	let chain = context.chain().await?;
	let executed = finalize(&chain, &Call::set_plan(plan), &key).await;
	let events = executed.map_err(|failure| next(failure, &key))?;
	let announced = told::<(AccountId, Plan, EpochIndex)>(&events, "Delegates", "PlanChanged")?;
	let (_, _, from) = announced.ok_or_else(|| Failure::new("the transaction changed no plan"))?;
	context.print(
		|| format!("announced, for epoch {from} and later: {}", plan_text(&plan)),
		|| json!({ "from": from, "of_blocks": args.of_blocks, "of_votes": args.of_votes }),
	);
	Ok(())
}

async fn resign(context: &Context, key: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	finalize(&chain, &Call::resign(), key).await.map_err(|failure| next(failure, key))?;
	let account = ss58(&key.account());
	context.print(
		|| {
			format!(
				"{account} is no delegate any more, and its bucket is its own\n\
				 next: eventum stake list {account}"
			)
		},
		|| json!({ "account": account, "delegate": false }),
	);
	Ok(())
}
