// SPDX-License-Identifier: Apache-2.0

//! Looking at delegates.

use super::Context;
use crate::{
	commands::now,
	show::{
		delegate::{
			complaint_json, complaint_lines, delegate_json, delegate_lines, schedule_json,
			schedule_lines, seat_name, standing, statement_json, statement_row, STATEMENTS_HEAD,
		},
		lossy,
	},
	Failure,
};
use eventum_input::decimal::evt_text;
use eventum_primitives::{epoch::Seat, AccountId, EpochIndex, Moment};
use serde_json::json;

/// What an account is among the members of a set, and its place.
fn seat(members: &[AccountId], producers: u32, account: &AccountId) -> (Seat, Option<u32>) {
	let place = members.iter().zip(0..).find(|(one, _)| *one == account).map(|(_, place)| place);
	let seat = match place {
		None => Seat::Out,
		Some(place) if place < producers => Seat::Produces,
		Some(_) => Seat::Finalizes,
	};
	(seat, place)
}

pub(super) async fn list(context: &Context, limit: usize) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let delegates = chain.ranking(limit).await?;
	let (members, producers) = chain.members().await?;
	context.print(
		|| {
			let rows = delegates.iter().zip(1..).map(|(one, rank)| {
				let (seat, _) = seat(&members, producers, &one.account);
				let plan = &one.plan;
				let shares =
					format!("{}/{}", plan.blocks.deconstruct(), plan.epochs.deconstruct());
				format!(
					"{rank:<6} {:<32} {:<22} {:<11} {:<14} {shares}\n",
					lossy(&one.profile.name),
					evt_text(one.counted),
					seat_name(seat),
					standing(one),
				)
			});
			"rank   name                             votes that count       seat        standing       shares %\n"
				.to_string() + &rows.collect::<String>()
		},
		|| {
			let all = delegates.iter().map(|one| {
				let (seat, place) = seat(&members, producers, &one.account);
				let mut shown = delegate_json(one);
				shown["seat"] = seat_name(seat).into();
				shown["place"] = place.into();
				shown
			});
			all.collect()
		},
	);
	Ok(())
}

pub(super) async fn show(context: &Context, delegate: &str) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let delegate = chain.delegate(delegate).await?;
	let complaints = chain.complaints(&delegate.account).await?;
	context.print(
		|| {
			let complaints = complaints.iter().map(complaint_lines);
			delegate_lines(&delegate) + &complaints.collect::<String>()
		},
		|| {
			let mut shown = delegate_json(&delegate);
			shown["complaints"] = complaints.iter().map(complaint_json).collect();
			shown
		},
	);
	Ok(())
}

pub(super) async fn schedule(context: &Context, delegate: &str) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let delegate = chain.delegate(delegate).await?;
	let schedule = chain.schedule(&delegate.account).await?;
	let slot_duration: Moment = chain.api("AuraApi_slot_duration", ()).await?;
	let name = lossy(&delegate.profile.name);
	context.print(
		|| schedule_lines(&name, &schedule, slot_duration, now()),
		|| schedule_json(&name, &schedule),
	);
	Ok(())
}

pub(super) async fn statements(
	context: &Context,
	delegate: &str,
	from: EpochIndex,
) -> Result<(), Failure> {
	let chain = context.chain().await?;
	let account = chain.votable(delegate).await?;
	let statements = chain.statements(&account, from).await?;
	let runway = chain.runway().await?;
	context.print(
		|| {
			if statements.is_empty() {
				return "no statements yet: the first comes when an epoch has been paid".into();
			}
			let rows = statements.iter().map(|(epoch, one)| statement_row(*epoch, one));
			format!(
				"{STATEMENTS_HEAD}{}the delegate reserve holds {} EVT; an epoch spends {} at most",
				rows.collect::<String>(),
				evt_text(runway.reserve),
				evt_text(runway.budget)
			)
		},
		|| {
			let all: Vec<_> =
				statements.iter().map(|(epoch, one)| statement_json(*epoch, one)).collect();
			json!({
				"statements": all,
				"reserve": evt_text(runway.reserve),
				"budget": evt_text(runway.budget),
				"half_life_epochs": runway.half_life,
			})
		},
	);
	Ok(())
}
