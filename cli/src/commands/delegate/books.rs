// SPDX-License-Identifier: Apache-2.0

//! What voters are due, what they got, and whether that is what was promised.

use super::Context;
use crate::{
	args::ReportArgs,
	chain::{keys::ss58, to_hex, Call, Chain},
	progress::Progress,
	settlement::{audit as compare, dues, promised, Due, Finding},
	show::{
		delegate::{plan_json, plan_text, statement_json},
		lossy,
	},
	Failure,
};
use eventum_input::decimal::evt_text;
use eventum_primitives::{delegate::Plan, epoch::Statement, AccountId, Balance, EpochIndex};
use serde_json::{json, Value};
use sp_runtime::Percent;

/// Payments in one batch: they fit well into a block.
const BATCH: usize = 200;

pub(super) async fn report(context: &Context, args: &ReportArgs) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let delegate = chain.delegate(&args.delegate).await?;
	let (account, epoch) = (&delegate.account, args.epoch);
	let statement = statement(&chain, account, epoch).await?;
	let percent = |given: Option<u8>, plan| given.map_or(plan, Percent::from_percent);
	let plan = Plan {
		blocks: percent(args.of_blocks, statement.plan.blocks),
		epochs: percent(args.of_votes, statement.plan.epochs),
	};
	let due = promised(&statement, &plan);
	let looking = async {
		let before = chain.before_payment(account, epoch).await?;
		chain.voters(account, Some(before)).await
	};
	let voters = Progress::default().during("looking who voted", looking).await?;
	let dues = dues(&voters, due, statement.voters);
	let payer = &delegate.accounts.reward;
	// Nobody pays itself.
	let open: Vec<&Due> = dues.iter().filter(|due| due.rest() > 0 && due.voter != *payer).collect();
	let batches = batches(&chain, &open).await?;
	let rest = open.iter().fold(0, |sum: Balance, one| sum.saturating_add(one.rest()));
	let name = lossy(&delegate.profile.name);
	context.print(
		|| {
			let head = format!(
				"{name} in epoch {epoch}: {} EVT for blocks, {} EVT for votes\n\
				 {}: voters are due {} EVT, of which the chain has paid {}\n\n",
				evt_text(statement.blocks),
				evt_text(statement.epochs),
				plan_text(&plan),
				evt_text(due),
				evt_text(statement.voters)
			);
			head + &dues_text(&dues) + &batches_text(&batches, rest, payer)
		},
		|| {
			let voters: Vec<Value> = dues.iter().map(due_json).collect();
			json!({
				"delegate": ss58(account),
				"statement": statement_json(epoch, &statement),
				"shares": plan_json(&plan),
				"due": evt_text(due),
				"rest": evt_text(rest),
				"payer": ss58(payer),
				"voters": voters,
				"batches": batches,
			})
		},
	);
	Ok(())
}

async fn statement(
	chain: &Chain,
	delegate: &AccountId,
	epoch: EpochIndex,
) -> Result<Statement, Failure> {
	let statements = chain.statements(delegate, epoch).await?;
	let found = statements.into_iter().find(|(of, _)| *of == epoch);
	found.map(|(_, statement)| statement).ok_or_else(|| {
		Failure::new(format!("there is no statement of epoch {epoch}")).hint(
			"`eventum delegate statement` shows those that there are: of epochs that are paid, in \
			 which the delegate was elected or proved life, 90 epochs back at most",
		)
	})
}

/// Calls, hex, that pay what is left.
async fn batches(chain: &Chain, open: &[&Due]) -> Result<Vec<String>, Failure> {
	let metadata = chain.metadata().await?;
	let batch = |some: &[&Due]| {
		let payments: Vec<_> =
			some.iter().map(|due| Call::transfer(&due.voter, due.rest())).collect();
		Ok(to_hex(&Call::all(&payments, &metadata)?.encoded(&metadata)?))
	};
	open.chunks(BATCH).map(batch).collect()
}

fn dues_text(dues: &[Due]) -> String {
	let rows = dues.iter().map(|one| {
		format!(
			"{} {:<22} {:<22} {:<22} {}\n",
			ss58(&one.voter),
			evt_text(one.votes),
			evt_text(one.due),
			evt_text(one.shared),
			evt_text(one.rest())
		)
	});
	let head = format!(
		"{:<48} votes that earned      due                    chain paid             left\n",
		"voter"
	);
	head + &rows.collect::<String>()
}

fn batches_text(batches: &[String], rest: Balance, payer: &AccountId) -> String {
	if batches.is_empty() {
		return "nothing is left to be paid by hand".into();
	}
	format!(
		"\n{} EVT are left; to pay them, sign with {} (Utility.batch_all, all or none):\n{}",
		evt_text(rest),
		ss58(payer),
		batches.join("\n")
	)
}

fn due_json(due: &Due) -> Value {
	json!({
		"voter": ss58(&due.voter),
		"buckets": due.buckets,
		"votes": evt_text(due.votes),
		"due": evt_text(due.due),
		"chain_paid": evt_text(due.shared),
		"rest": evt_text(due.rest()),
	})
}

pub(super) async fn audit(
	context: &Context,
	delegate: &str,
	from: EpochIndex,
) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let delegate = chain.delegate(delegate).await?;
	let plans = chain.plans(&delegate.account).await?;
	let paid = chain.statements(&delegate.account, from).await?;
	let findings = compare(&plans, &paid);
	let name = lossy(&delegate.profile.name);
	let broken = findings.iter().filter(|one| !one.verdict.is_fine()).count();
	context.print(
		|| {
			let rows = findings.iter().map(|one| {
				let plan = &one.plan;
				let shares = format!("{}/{}", plan.blocks.deconstruct(), plan.epochs.deconstruct());
				format!(
					"{:<10} {shares:<9} {:<22} {:<22} {}\n",
					one.epoch,
					evt_text(one.promised),
					evt_text(one.paid),
					one.verdict.text()
				)
			});
			format!(
				"{name}\nepoch      shares %  promised               paid                   verdict\n{}{}",
				rows.collect::<String>(),
				if broken == 0 { "voters got what was promised" } else { "" }
			)
		},
		|| {
			let epochs: Vec<Value> = findings.iter().map(finding_json).collect();
			json!({ "delegate": ss58(&delegate.account), "broken": broken, "epochs": epochs })
		},
	);
	if broken > 0 {
		return Err(Failure::new(format!("{name} did not pay {broken} epochs as promised"))
			.hint(format!("`eventum delegate complain {name}` tells everyone")));
	}
	Ok(())
}

fn finding_json(finding: &Finding) -> Value {
	json!({
		"epoch": finding.epoch,
		"plan": plan_json(&finding.plan),
		"promised": evt_text(finding.promised),
		"paid": evt_text(finding.paid),
		"verdict": finding.verdict.text(),
	})
}
