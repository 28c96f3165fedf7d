// SPDX-License-Identifier: Apache-2.0

//! `eventum feed`.

use super::{now, Context};
use crate::{
	args::{AnswerArgs, FeedCommand},
	chain::{keys::ss58, to_hex, Call, Chain, Key},
	progress::Progress,
	reporting::{ensure_taken, hand_over, show_receipts, Handed},
	show, Failure,
};
use eventum_input::{
	decimal::{evt_text, hundredths},
	values,
};
use eventum_primitives::{
	apis::{FeedView, Stage},
	report::Report,
	value::Answer,
	FeedId, Round,
};
use eventum_wire::client::{make_excuse, make_report};
use serde_json::json;
use std::{slice, time::Duration};

/// Outcomes shown.
const OUTCOMES: u32 = 1_000;
/// Time for which a report is tried to be handed over.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn run(context: &Context, command: FeedCommand) -> Result<(), Failure> {
	match command {
		FeedCommand::Join { feed, suri, report_key } => {
			join(context, feed, &Key::from_suri(&suri)?, report_key.as_deref()).await
		}
		FeedCommand::Report { feed, round, answer, suri, report_key } => {
			let account = Key::from_suri(&suri)?;
			let signer = report_key.as_deref().map(Key::from_suri).transpose()?;
			report(context, feed, round, &answer, &account, signer.as_ref().unwrap_or(&account))
				.await
		}
		FeedCommand::Excuse { feed, suri, report_key } => {
			let account = Key::from_suri(&suri)?;
			let signer = report_key.as_deref().map(Key::from_suri).transpose()?;
			excuse(context, feed, &account, signer.as_ref().unwrap_or(&account)).await
		}
		FeedCommand::Key { feed, report_key, suri } => {
			change_key(context, feed, &Key::from_suri(&suri)?, &Key::from_suri(&report_key)?).await
		}
		FeedCommand::Status { feed } => status(context, feed).await,
	}
}

async fn join(
	context: &Context,
	id: FeedId,
	key: &Key,
	report_key: Option<&str>,
) -> Result<(), Failure> {
	let signer = report_key.map(Key::from_suri).transpose()?;
	let chain = context.chain().await?;
	let feed = chain.feed(id).await?;
	if feed.stage != Stage::Joining {
		let stage = show::stage_name(feed.stage);
		return Err(Failure::new(format!("feed {id} cannot be joined any more: it is {stage}"))
			.hint("`eventum market list --stage joining` shows feeds that can"));
	}
	let call = Call::join(id, signer.as_ref().unwrap_or(key).report_key());
	Progress::default().during("waiting until joining is final", chain.execute(&call, key)).await?;
	let reporter = chain.reporter(id, &key.account()).await?;
	let joined = reporter.as_ref().map_or(feed.joined, |reporter| reporter.index) + 1;
	let stake = reporter.as_ref().map_or(feed.next_stake, |reporter| reporter.stake);
	let (alone, full) = show::expected_rewards(&feed.definition, joined);
	context.print(
		|| {
			format!(
				"{} joined feed {id} as number {joined}, {} EVT at stake\n\
				 mean reward a round: {} EVT if nobody else joins, {} EVT if the feed fills\n\
				 next: eventum feed report {id} --value … once it is reporting",
				ss58(&key.account()),
				evt_text(stake),
				evt_text(alone),
				evt_text(full)
			)
		},
		|| {
			json!({
				"feed": id.to_string(),
				"account": ss58(&key.account()),
				"index": joined - 1,
				"stake": evt_text(stake),
				"reward_if_nobody_else_joins": evt_text(alone),
				"reward_if_the_feed_fills": evt_text(full),
			})
		},
	);
	Ok(())
}

async fn change_key(context: &Context, id: FeedId, key: &Key, signer: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let call = Call::set_report_key(id, signer.report_key());
	let executed = chain.execute(&call, key);
	Progress::default().during("waiting until the change is final", executed).await?;
	let feed = chain.feed(id).await?;
	let from =
		if feed.stage == Stage::Reporting { "from the next round on" } else { "from now on" };
	let (account, public) = (ss58(&key.account()), ss58(&signer.account()));
	context.print(
		|| format!("{account} signs its reports in feed {id} with {public} {from}"),
		|| json!({ "feed": id.to_string(), "account": account, "report_key": public, "acts": from }),
	);
	Ok(())
}

fn answer(feed: &FeedView, args: &AnswerArgs) -> Result<Answer, Failure> {
	let fields = &feed.definition.fields;
	match &args.value {
		Some(json) => values::answer_from_json(fields, json).map_err(|error| {
			let wanted = show::fields(&feed.definition);
			Failure::new(format!("--value {json}: {error}"))
				.hint(format!("the feed asks for: {wanted}"))
		}),
		None if args.undetermined => Ok(Answer::Undetermined),
		None => Ok(Answer::Stop),
	}
}

/// Fails unless `signer` signs for `key` in this feed.
async fn ensure_can_sign(
	chain: &Chain,
	id: FeedId,
	feed: &FeedView,
	key: &Key,
	signer: &Key,
) -> Result<(), Failure> {
	let Some(reporter) = chain.reporter(id, &key.account()).await? else {
		let account = ss58(&key.account());
		return Err(Failure::new(format!("{account} has not joined feed {id}")).hint(format!(
			"`eventum feed join {id} --suri …` while the feed is joining (it is {})",
			show::stage_name(feed.stage)
		)));
	};
	if reporter.keys.iter().all(|(_, known)| *known != signer.report_key()) {
		return Err(Failure::new("the account does not report with this key in this feed")
			.hint("give its report key by --report-key; `eventum feed key` sets another one"));
	}
	Ok(())
}

/// Hands a report or an excuse to the committee.
async fn hand_in(
	chain: &Chain,
	id: FeedId,
	feed: &FeedView,
	report: &Report,
) -> Result<Handed, Failure> {
	let committee = match (&feed.committee, feed.stage) {
		(Some(committee), Stage::Reporting) => committee,
		_ => {
			let stage = show::stage_name(feed.stage);
			let hint = match feed.stage {
				Stage::Joining | Stage::Drawing | Stage::Reporting => {
					format!("`eventum feed status {id}` tells when it does")
				}
				_ => format!("its rounds are over; `eventum feed status {id}` shows what came out"),
			};
			return Err(
				Failure::new(format!("feed {id} takes no reports: it is {stage}")).hint(hint)
			);
		}
	};
	let handing = hand_over(chain.pool(), committee, slice::from_ref(report), PATIENCE);
	let handed = Progress::default().during("handing it over", handing).await;
	let handed = handed.into_iter().next().unwrap_or_default();
	ensure_taken(&handed)?;
	show_receipts(chain.pool(), committee, &chain.genesis(), &handed).await;
	Ok(handed)
}

async fn excuse(context: &Context, id: FeedId, key: &Key, signer: &Key) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let feed = chain.feed(id).await?;
	ensure_can_sign(&chain, id, &feed, key, signer).await?;
	let sign = |message: &[u8]| signer.sign_report(message);
	let excuse = make_excuse(&chain.genesis(), id, &key.account(), now(), sign);
	let handed = hand_in(&chain, id, &feed, &excuse).await?;
	let account = ss58(&key.account());
	context.print(
		|| {
			let members: Vec<_> = handed.receipts.iter().map(|r| r.member.to_string()).collect();
			format!(
				"{account} is excused from feed {id}\nreceipts of members {}",
				members.join(", ")
			)
		},
		|| {
			json!({
				"feed": id.to_string(),
				"account": account,
				"excuse": format!("{:?}", excuse.hash()),
				"receipts": receipts_json(&handed),
			})
		},
	);
	Ok(())
}

fn receipts_json(handed: &Handed) -> serde_json::Value {
	let receipts = handed.receipts.iter().map(|receipt| {
		json!({
			"member": receipt.member,
			"at_ms": receipt.at,
			"signature": to_hex(&receipt.signature.0),
		})
	});
	receipts.collect()
}

async fn report(
	context: &Context,
	id: FeedId,
	round: Round,
	args: &AnswerArgs,
	key: &Key,
	signer: &Key,
) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let feed = chain.feed(id).await?;
	let answer = answer(&feed, args)?;
	ensure_can_sign(&chain, id, &feed, key, signer).await?;
	let sign = |message: &[u8]| signer.sign_report(message);
	let (genesis, account) = (chain.genesis(), key.account());
	let report = make_report(&genesis, id, round, &account, &feed.definition, &answer, now(), sign)
		.map_err(Failure::new)?;
	let handed = hand_in(&chain, id, &feed, &report).await?;
	let members: Vec<_> = handed.receipts.iter().map(|receipt| receipt.member).collect();
	let shown = values::answer_to_json(&feed.definition.fields, &answer);
	context.print(
		|| {
			let members: Vec<_> = members.iter().map(u8::to_string).collect();
			format!(
				"feed {id} round {round}: {shown} reported\nreport {:?}\nreceipts of members {}",
				report.hash(),
				members.join(", ")
			)
		},
		|| {
			json!({
				"feed": id.to_string(),
				"round": round,
				"value": shown,
				"report": format!("{:?}", report.hash()),
				"receipts": receipts_json(&handed),
			})
		},
	);
	Ok(())
}

async fn status(context: &Context, id: FeedId) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let feed = chain.feed(id).await?;
	let outcomes = chain.outcomes(id, 0, OUTCOMES).await?;
	context.print(
		|| {
			let last = outcomes.last().map(|outcome| {
				let result = show::result_name(&outcome.result);
				format!(
					"  newest outcome        round {}: {result} ({} of {})\n",
					outcome.round, outcome.agreed, outcome.total
				)
			});
			let next = match feed.stage {
				Stage::Joining => format!("next: eventum feed join {id} --suri …"),
				Stage::Drawing => "next: wait until validation nodes have accepted".into(),
				Stage::Reporting => {
					let round = feed.final_rounds;
					format!("next: eventum feed report {id} --round {round} --value … --suri …")
				}
				_ => format!("mean reputation of its reporters {}", {
					hundredths(feed.average_reputation)
				}),
			};
			show::feed_lines(id, &feed) + &last.unwrap_or_default() + &next
		},
		|| {
			let mut shown = show::feed_json(id, &feed);
			shown["outcomes"] = outcomes.iter().map(show::outcome_json).collect();
			shown
		},
	);
	Ok(())
}
