// SPDX-License-Identifier: Apache-2.0

//! Delegates and what they did, for people and for programs.

use super::{date::date, lossy};
use crate::chain::keys::ss58;
use eventum_input::decimal::evt_text;
use eventum_primitives::{
	apis::{ComplaintView, DelegateView},
	delegate::{Group, Plan},
	epoch::{Schedule, Seat, Statement},
	EpochIndex, Moment,
};
use serde_json::{json, Value};
use std::fmt::Write;

/// Groups and their names.
const GROUPS: [(Group, &str); 6] = [
	(Group::Investor, "investor"),
	(Group::Developer, "developer"),
	(Group::Ambassador, "ambassador"),
	(Group::Technology, "technology"),
	(Group::Ecosystem, "ecosystem"),
	(Group::Other, "other"),
];

/// Reads the name of a group.
pub fn group(name: &str) -> Result<Group, String> {
	let known = GROUPS.iter().find(|(_, known)| *known == name.to_ascii_lowercase());
	known
		.map(|(group, _)| *group)
		.ok_or_else(|| format!("it should be one of {}", GROUPS.map(|(_, name)| name).join(", ")))
}

fn group_name(group: Group) -> &'static str {
	GROUPS.iter().find(|(known, _)| *known == group).map_or("other", |(_, name)| name)
}

/// One word for a seat.
pub fn seat_name(seat: Seat) -> &'static str {
	match seat {
		Seat::Out => "out",
		Seat::Elected => "elected",
		Seat::Finalizes => "finalizes",
		Seat::Produces => "produces",
	}
}

/// A plan in words.
pub fn plan_text(plan: &Plan) -> String {
	let (blocks, epochs) = (plan.blocks.deconstruct(), plan.epochs.deconstruct());
	format!("{blocks} % of block rewards, {epochs} % of rewards for votes")
}

/// A plan for programs, in percent.
pub fn plan_json(plan: &Plan) -> Value {
	json!({ "of_blocks": plan.blocks.deconstruct(), "of_votes": plan.epochs.deconstruct() })
}

/// Where a delegate stands, in a word or two.
pub fn standing(delegate: &DelegateView) -> String {
	match (delegate.retired, delegate.eligible, delegate.probation) {
		(true, ..) => "retired".into(),
		(_, false, _) => "not eligible".into(),
		(_, _, 0) => "stands".into(),
		(_, _, left) => format!("probation {left}"),
	}
}

/// A delegate as lines for people.
pub fn delegate_lines(delegate: &DelegateView) -> String {
	let DelegateView { profile, accounts, .. } = delegate;
	let mut lines = format!("delegate {}: {}\n", lossy(&profile.name), standing(delegate));
	let mut line = |key: &str, value: String| {
		if !value.is_empty() {
			let _ = writeln!(lines, "  {key:<14}{value}");
		}
	};
	line("account", ss58(&delegate.account));
	line("operator", ss58(&accounts.operator));
	line("rewards to", ss58(&accounts.reward));
	line("group", group_name(profile.group).into());
	line("description", lossy(&profile.description));
	line("web", lossy(&profile.web));
	line("links", profile.links.iter().map(|link| lossy(link)).collect::<Vec<_>>().join(" "));
	line("discussion", lossy(&profile.discussion));
	line("location", lossy(&profile.location));
	line("shares", plan_text(&delegate.plan));
	if let Some((from, plan)) = &delegate.next_plan {
		line("", format!("from epoch {from} on: {}", plan_text(plan)));
	}
	line(
		"votes",
		format!("{}, of which {} count", evt_text(delegate.votes), evt_text(delegate.counted)),
	);
	line("own bucket", format!("{} EVT", evt_text(delegate.own_stake)));
	lines
}

/// A delegate for programs.
pub fn delegate_json(delegate: &DelegateView) -> Value {
	let DelegateView { profile, accounts, .. } = delegate;
	let next = delegate.next_plan.as_ref().map(|(from, plan)| {
		let mut next = plan_json(plan);
		next["from"] = json!(from);
		next
	});
	json!({
		"account": ss58(&delegate.account),
		"name": lossy(&profile.name),
		"description": lossy(&profile.description),
		"group": group_name(profile.group),
		"web": lossy(&profile.web),
		"links": profile.links.iter().map(|link| lossy(link)).collect::<Vec<_>>(),
		"discussion": lossy(&profile.discussion),
		"location": lossy(&profile.location),
		"operator": ss58(&accounts.operator),
		"reward_account": ss58(&accounts.reward),
		"plan": plan_json(&delegate.plan),
		"next_plan": next,
		"votes": evt_text(delegate.votes),
		"counted": evt_text(delegate.counted),
		"own_stake": evt_text(delegate.own_stake),
		"eligible": delegate.eligible,
		"retired": delegate.retired,
		"probation": delegate.probation,
	})
}

/// A complaint as lines for people.
pub fn complaint_lines(complaint: &ComplaintView) -> String {
	format!(
		"complaint of {}, {}: {}\n  evidence {:?}\n",
		ss58(&complaint.by),
		date(complaint.at),
		lossy(&complaint.text),
		complaint.evidence
	)
}

/// A complaint for programs.
pub fn complaint_json(complaint: &ComplaintView) -> Value {
	json!({
		"by": ss58(&complaint.by),
		"at_ms": complaint.at,
		"text": lossy(&complaint.text),
		"evidence": format!("{:?}", complaint.evidence),
	})
}

/// The head of a list of statements.
pub const STATEMENTS_HEAD: &str =
	"epoch      made/owned  block rewards          vote rewards           to voters              kept\n";

/// A statement as a line of a list.
pub fn statement_row(epoch: EpochIndex, statement: &Statement) -> String {
	let Statement { production, .. } = statement;
	let slots = format!("{}/{}", production.made, production.owned());
	format!(
		"{epoch:<10} {slots:<11} {:<22} {:<22} {:<22} {}\n",
		evt_text(statement.blocks),
		evt_text(statement.epochs),
		evt_text(statement.voters),
		evt_text(statement.kept)
	)
}

/// A statement for programs.
pub fn statement_json(epoch: EpochIndex, statement: &Statement) -> Value {
	json!({
		"epoch": epoch,
		"made": statement.production.made,
		"missed": statement.production.missed,
		"votes": evt_text(statement.votes),
		"blocks": evt_text(statement.blocks),
		"epochs": evt_text(statement.epochs),
		"plan": plan_json(&statement.plan),
		"voters": evt_text(statement.voters),
		"kept": evt_text(statement.kept),
	})
}

/// What a delegate has to do and has done, as lines for people; slots are of so many milliseconds.
pub fn schedule_lines(
	name: &str,
	schedule: &Schedule,
	slot_duration: Moment,
	now: Moment,
) -> String {
	let Schedule { epoch, seat, production, .. } = schedule;
	let mut lines = format!("{name} in epoch {epoch}: {}\n", seat_name(*seat));
	let mut line = |key: &str, value: String| {
		let _ = writeln!(lines, "  {key:<14}{value}");
	};
	if let Some(slots) = &schedule.slots {
		let wait = slots.next.saturating_mul(slot_duration).saturating_sub(now) / 1_000;
		let (next, every, last) = (slots.next, slots.every, slots.last);
		line("slots to come", format!("{next} (in {wait} s), then each {every}. up to {last}"));
	}
	let (made, missed) = (production.made, production.missed);
	line("slots so far", format!("{made} made, {missed} missed"));
	if production.is_poor() {
		line("", "below 85 %: if it stays so, probation follows".into());
	}
	line("proof of life", if schedule.alive { "given" } else { "not given yet" }.into());
	line("owed so far", format!("{} EVT for blocks", evt_text(schedule.owed)));
	let next = schedule.next.map_or("not fixed yet, or the set stays", seat_name);
	line("next epoch", next.into());
	lines
}

/// What a delegate has to do and has done, for programs.
pub fn schedule_json(name: &str, schedule: &Schedule) -> Value {
	let slots = schedule.slots.as_ref();
	json!({
		"name": name,
		"epoch": schedule.epoch,
		"seat": seat_name(schedule.seat),
		"slots": slots.map(|s| json!({ "next": s.next, "every": s.every, "last": s.last })),
		"made": schedule.production.made,
		"missed": schedule.production.missed,
		"alive": schedule.alive,
		"owed": evt_text(schedule.owed),
		"next": schedule.next.map(seat_name),
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn groups_are_read_and_named() {
		for (known, name) in GROUPS {
			assert_eq!(group(&name.to_uppercase()), Ok(known));
			assert_eq!(group_name(known), name);
		}
		assert!(group("bank").unwrap_err().contains("investor, developer"));
	}
}
