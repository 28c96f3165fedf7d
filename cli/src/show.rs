// SPDX-License-Identifier: Apache-2.0

//! What the chain knows, for people and for programs: feeds and outcomes here, the rest below.

pub mod bucket;
pub mod date;
pub mod delegate;

use crate::chain::{keys::ss58, to_hex};
use codec::Encode;
use eventum_input::{
	decimal::{evt_text, hundredths, text},
	values::{answer_to_json, label},
};
use eventum_primitives::{
	apis::{FeedView, OutcomeView, Stage},
	definition::{ConsensusMode, Definition, EventKind, FieldType, ScalarType, StopVoting, Text},
	outcome::{Certificate, EndedBy, Push, RoundResult},
	rules::fee::FeeTerms,
	value::decode_answer,
	Balance, FeedId, Moment, Ppb,
};
use serde_json::{json, Value};
use std::fmt::Write;

/// Stages and their names.
const STAGES: [(Stage, &str); 8] = [
	(Stage::Joining, "joining"),
	(Stage::Drawing, "drawing"),
	(Stage::Reporting, "reporting"),
	(Stage::Concluded, "concluded"),
	(Stage::Settling, "settling"),
	(Stage::Settled, "settled"),
	(Stage::Voiding, "voiding"),
	(Stage::Void, "void"),
];

/// Reads the name of a stage.
pub fn stage(name: &str) -> Result<Stage, String> {
	let known = || STAGES.map(|(_, name)| name).join(", ");
	STAGES
		.iter()
		.find(|(_, known)| *known == name.to_ascii_lowercase())
		.map(|(stage, _)| *stage)
		.ok_or_else(|| format!("it should be one of {}", known()))
}

/// The name of a stage.
pub fn stage_name(stage: Stage) -> &'static str {
	STAGES.iter().find(|(known, _)| *known == stage).map_or("unknown", |(_, name)| name)
}

fn share_text(share: Ppb) -> String {
	text(i128::from(share), 9)
}

fn seconds(moment: Moment) -> String {
	text(i128::from(moment), 3)
}

pub(crate) fn lossy(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

fn scalar_name(scalar: &ScalarType) -> String {
	match scalar {
		ScalarType::Boolean => "boolean".into(),
		ScalarType::Integer => "integer".into(),
		ScalarType::Float { decimals } => format!("float with {decimals} decimals"),
		ScalarType::Text { max_length } => format!("string of at most {max_length} bytes"),
	}
}

fn field_name(field: &FieldType) -> String {
	let (options, multiple) = match field {
		FieldType::Scalar(scalar) => return scalar_name(scalar),
		FieldType::Categorical { options, multiple } => (options, *multiple),
	};
	let labels = options.iter().map(|option| match &option.value {
		Some(value) => format!("{} ({})", label(&option.name), scalar_name(value)),
		None => label(&option.name),
	});
	let labels = labels.collect::<Vec<_>>().join(", ");
	format!("{} of: {labels}", if multiple { "any" } else { "one" })
}

/// What a report holds, in words.
pub fn fields(definition: &Definition) -> String {
	let words = definition.fields.iter().map(|field| {
		let name = label(&field.name);
		let kind = field_name(&field.field_type);
		if name.is_empty() {
			kind
		} else {
			format!("{name}: {kind}")
		}
	});
	words.collect::<Vec<_>>().join("; ")
}

/// What a reporter can expect: reward if nobody else joins, and if the feed fills, per round.
pub fn expected_rewards(definition: &Definition, joined: u32) -> (Balance, Balance) {
	let rounds = Balance::from(definition.max_rounds().max(1));
	let each = |people: u32| definition.reward / Balance::from(people.max(1)) / rounds;
	(each(joined), each(definition.max_people))
}

fn stop_text(stop: &StopVoting) -> String {
	let StopVoting { at, share, quiet } = stop;
	let parts = [
		at.map(|at| format!("at {}", seconds(at))),
		share.map(|share| format!("share {} has voted", share_text(share))),
		quiet.map(|quiet| format!("{} s without a report", seconds(quiet))),
	];
	let parts: Vec<String> = parts.into_iter().flatten().collect();
	if parts.is_empty() {
		"everyone has voted".into()
	} else {
		format!("everyone has voted, or {}", parts.join(", or "))
	}
}

/// A definition as lines for people.
pub fn definition_lines(definition: &Definition, about: &Text) -> String {
	let mut lines = String::new();
	let mut line = |key: &str, value: String| {
		let _ = writeln!(lines, "  {key:<22}{value}");
	};
	line("name", lossy(&about.name));
	if !about.description.is_empty() {
		line("description", lossy(&about.description));
	}
	if let Some(rules) = about.rules {
		line("rules (hash)", format!("{rules:?}"));
	}
	let categories: Vec<_> =
		about.categories.iter().filter(|part| !part.is_empty()).map(|part| lossy(part)).collect();
	if !categories.is_empty() {
		line("category", categories.join(" / "));
	}
	line("report", fields(definition));
	line(
		"event",
		match definition.event {
			EventKind::Single => "single".into(),
			EventKind::Multiple { max_rounds, max_time } => {
				format!("at most {max_rounds} rounds in {} s", seconds(max_time))
			}
		},
	);
	let Definition { min_people, max_people, min_consensus, .. } = definition;
	line("people", format!("{min_people} to {max_people}"));
	let rule = share_text(definition.consensus_rule);
	line("agreement", format!("{min_consensus} votes or more, and more than {rule} of them"));
	let final_only = definition.consensus_mode == ConsensusMode::Final;
	line("pushes", if final_only { "the end" } else { "every change" }.into());
	line("a round ends when", stop_text(&definition.stop_voting));
	line("reward", format!("{} EVT", evt_text(definition.reward)));
	line("stake factor", text(definition.stake_factor.into_inner().into(), 9));
	line("committee", format!("{} validation nodes", definition.committee_size));
	line("join until", format!("{} (unix seconds)", seconds(definition.time_to_join)));
	let window = seconds(definition.max_dispute_time);
	line("dispute window", format!("{window} s from {} s", seconds(definition.start_dispute_time)));
	if !about.webhook_url.is_empty() {
		line("webhook", lossy(&about.webhook_url));
	}
	lines
}

/// What a committee is paid, in words.
pub fn fee_text(terms: &FeeTerms) -> String {
	match terms {
		FeeTerms::Fixed(fee) => format!("{} EVT a report", evt_text(*fee)),
		FeeTerms::Median => "the median of what nodes ask".into(),
	}
}

/// A feed as lines for people.
pub fn feed_lines(id: FeedId, feed: &FeedView) -> String {
	let mut lines = format!("feed {id}: {}\n", stage_name(feed.stage));
	lines.push_str(&definition_lines(&feed.definition, &feed.text));
	let mut line = |key: &str, value: String| {
		let _ = writeln!(lines, "  {key:<22}{value}");
	};
	line("requester", ss58(&feed.requester));
	line("joined", feed.joined.to_string());
	if feed.stage == Stage::Joining {
		let (alone, full) = expected_rewards(&feed.definition, feed.joined + 1);
		line("stake to join now", format!("{} EVT", evt_text(feed.next_stake)));
		line("mean reward a round", format!("{} EVT if nobody else joins", evt_text(alone)));
		line("", format!("{} EVT if the feed fills", evt_text(full)));
	}
	if let Some(from) = feed.reporting_from {
		line("reporting from", seconds(from));
	}
	if let Some(end) = feed.end {
		line("ends at the latest", seconds(end));
	}
	if let Some(committee) = &feed.committee {
		let members = committee.members.iter().map(|member| ss58(&member.operator));
		line("validation nodes", members.collect::<Vec<_>>().join(" "));
	}
	line("validation fee", fee_text(&feed.fee));
	line("final rounds", format!("{} ({} reckoned)", feed.final_rounds, feed.settled_rounds));
	line("mean reputation", hundredths(feed.average_reputation));
	lines
}

/// A feed for programs.
pub fn feed_json(id: FeedId, feed: &FeedView) -> Value {
	let FeedView { definition, text: about, .. } = feed;
	let [first, second, third] = &about.categories;
	let committee = feed.committee.as_ref().map(|committee| {
		let members = committee.members.iter().map(|member| {
			json!({
				"operator": ss58(&member.operator),
				"vald": to_hex(&member.vald.encode()),
				"intake": to_hex(&member.intake),
			})
		});
		members.collect::<Vec<_>>()
	});
	json!({
		"feed": id.to_string(),
		"stage": stage_name(feed.stage),
		"name": lossy(&about.name),
		"description": lossy(&about.description),
		"rules": about.rules.map(|hash| format!("{hash:?}")),
		"category1": lossy(first),
		"category2": lossy(second),
		"category3": lossy(third),
		"location": lossy(&about.location),
		"webhook_url": lossy(&about.webhook_url),
		"requester": ss58(&feed.requester),
		"report": fields(definition),
		"max_rounds": definition.max_rounds(),
		"min_people": definition.min_people,
		"max_people": definition.max_people,
		"min_consensus": definition.min_consensus,
		"consensus_rule": share_text(definition.consensus_rule),
		"reward": evt_text(definition.reward),
		"stake_K": text(definition.stake_factor.into_inner().into(), 9),
		"time_to_join": definition.time_to_join / 1_000,
		"joined": feed.joined,
		"next_stake": evt_text(feed.next_stake),
		"validation_fee": fee_text(&feed.fee),
		"reporting_from_ms": feed.reporting_from,
		"end_ms": feed.end,
		"committee": committee,
		"final_rounds": feed.final_rounds,
		"settled_rounds": feed.settled_rounds,
		"average_reputation": hundredths(feed.average_reputation),
	})
}

/// One word for a result.
pub fn result_name(result: &RoundResult) -> &'static str {
	match result {
		RoundResult::None => "none",
		RoundResult::Agreed(_) => "agreed",
		RoundResult::Undetermined => "undetermined",
		RoundResult::Stop => "stop",
	}
}

fn push_name(push: &Push) -> &'static str {
	match push {
		Push::Provisional => "provisional",
		Push::Confirmed => "confirmed",
		Push::Corrected => "corrected",
		Push::Final { .. } => "final",
	}
}

/// An outcome on chain for programs.
pub fn outcome_json(outcome: &OutcomeView) -> Value {
	json!({
		"round": outcome.round,
		"sequence": outcome.sequence,
		"result": result_name(&outcome.result),
		"agreed": outcome.agreed,
		"total": outcome.total,
		"final": outcome.is_final,
	})
}

/// A certified outcome for programs.
pub fn certificate_json(definition: &Definition, certificate: &Certificate) -> Value {
	let outcome = &certificate.outcome;
	let answer = decode_answer(&definition.fields, &outcome.answer).ok();
	let ended_by = match outcome.push {
		Push::Final { ended_by: EndedBy::All, .. } => Some("all"),
		Push::Final { ended_by: EndedBy::Share, .. } => Some("share"),
		Push::Final { ended_by: EndedBy::Quiet, .. } => Some("quiet"),
		Push::Final { ended_by: EndedBy::At, .. } => Some("at"),
		Push::Final { ended_by: EndedBy::Excuses, .. } => Some("excuses"),
		_ => None,
	};
	json!({
		"feed": outcome.feed.to_string(),
		"round": outcome.round,
		"sequence": outcome.sequence,
		"state": push_name(&outcome.push),
		"ended_by": ended_by,
		"result": result_name(&outcome.result),
		"value": answer.map(|answer| answer_to_json(&definition.fields, &answer)),
		"agreed": outcome.agreed,
		"total": outcome.total,
		"excused": outcome.excused.count(),
		"start_event_ms": outcome.start_event,
		"certificate": to_hex(&certificate.encode()),
	})
}

/// A certified outcome as a line for people.
pub fn certificate_line(definition: &Definition, certificate: &Certificate) -> String {
	let outcome = &certificate.outcome;
	let answer = decode_answer(&definition.fields, &outcome.answer).ok();
	let value = answer.map(|answer| answer_to_json(&definition.fields, &answer).to_string());
	format!(
		"round {} push {} {}: {} {} ({} of {})",
		outcome.round,
		outcome.sequence,
		push_name(&outcome.push),
		result_name(&outcome.result),
		value.unwrap_or_default(),
		outcome.agreed,
		outcome.total
	)
}
