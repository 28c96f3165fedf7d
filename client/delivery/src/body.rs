// SPDX-License-Identifier: Apache-2.0

//! What is posted: a pure function of the certificate and of the feed at the block that it names, so
//! that every member of the committee posts the same bytes.

use crate::json::{decimal, list, string, text, Object};
use codec::Encode;
use eventum_primitives::{
	apis::FeedView,
	committee::Committee,
	definition::{ChoiceOption, Definition, FieldType, ScalarType},
	outcome::{Certificate, EndedBy, Outcome, Push, RoundResult},
	value::{decode_answer, Answer, Scalar, Value},
};
use sp_core::crypto::{Ss58AddressFormat, Ss58Codec};

/// Written out, because the process-wide default is whatever a node was configured with.
const SS58_PREFIX: u16 = 42;

/// The JSON that is posted for a certified outcome.
pub fn body(certificate: &Certificate, feed: &FeedView, committee: &Committee) -> String {
	let encoded = string(&format!("0x{}", hex::encode(certificate.encode())));
	Object::default()
		.with("data", list([event(&certificate.outcome, feed, committee)]))
		.with("certificate", encoded)
		.finish()
}

/// The outcome under the keys that requesters know.
fn event(outcome: &Outcome, feed: &FeedView, committee: &Committee) -> String {
	let FeedView { definition, text: about, average_reputation, .. } = feed;
	let (ended_at, ended_by) = match outcome.push {
		Push::Final { ended_by, .. } => (seconds(outcome.at), string(cause(ended_by))),
		_ => (null(), null()),
	};
	let reached_in = outcome.at.saturating_sub(outcome.first_at);
	let leader = committee.leader(outcome.round, outcome.view);
	let leader = committee.members.get(usize::from(leader));
	let node = leader.map(|member| {
		let format = Ss58AddressFormat::custom(SS58_PREFIX);
		string(&member.operator.to_ss58check_with_version(format))
	});
	let [category, _, _] = &about.categories;
	let event = Object::default()
		.with(
			"event_id",
			string(&format!("{}-{}-{}", outcome.feed.market, outcome.feed.index, outcome.round)),
		)
		.with("event_name", text(&about.name))
		.with("description", text(&about.description))
		.with("consensus_rules", about.rules.map_or_else(null, |hash| string(&format!("{hash:?}"))))
		.with("contract", string(&format!("eventum:{}", outcome.feed)))
		.with("category1", text(category))
		.with("event_start", seconds(outcome.start_event))
		.with("event_start_ms", outcome.start_event)
		.with("event_end", ended_at)
		.with("event_ended_by", ended_by)
		.with("event_state", string(state(outcome.push)))
		.with("event_nonce", outcome.sequence)
		.with("consensus", outcome.result != RoundResult::None)
		.with("consensus_reached_in", reached_in / 1_000)
		.with("consensus_reached_in_ms", reached_in)
		.with("consensus_value", value(outcome, definition))
		.with("consensus_changed", u8::from(outcome.push == Push::Corrected))
		.with("number_of_providers", outcome.total)
		.with("consensus_size", outcome.agreed)
		.with("validation_node", node.unwrap_or_else(null))
		.with("average_reputation", decimal((*average_reputation).into(), 2));
	match outcome.result {
		RoundResult::Undetermined => event.with("undetermined", true),
		RoundResult::Stop => event.with("stopped", true),
		RoundResult::None | RoundResult::Agreed(_) => event,
	}
	.finish()
}

fn null() -> String {
	"null".into()
}

fn seconds(moment: u64) -> String {
	(moment / 1_000).to_string()
}

const fn state(push: Push) -> &'static str {
	match push {
		Push::Provisional => "provisional",
		Push::Confirmed => "confirmed",
		Push::Corrected => "corrected",
		Push::Final { .. } => "final",
	}
}

const fn cause(ended_by: EndedBy) -> &'static str {
	match ended_by {
		EndedBy::All => "all",
		EndedBy::Share => "share",
		EndedBy::Quiet => "quiet",
		EndedBy::At => "at",
		EndedBy::Excuses => "excuses",
	}
}

/// What was agreed, or the definition's default where nothing was.
fn value(outcome: &Outcome, definition: &Definition) -> String {
	let bytes = match outcome.result {
		RoundResult::Agreed(_) => Some(&outcome.answer),
		RoundResult::None => definition.default_value.as_ref(),
		RoundResult::Undetermined | RoundResult::Stop => None,
	};
	match bytes.map(|bytes| decode_answer(&definition.fields, bytes)) {
		Some(Ok(Answer::Values(values))) => structured(definition, &values),
		_ => null(),
	}
}

/// The values as the definition has them: an object by field name, or a bare value if there is one
/// field without a name.
fn structured(definition: &Definition, values: &[Value]) -> String {
	match (&definition.fields[..], values) {
		([field], [value]) if field.name.is_empty() => json(&field.field_type, value),
		(fields, values) => fields
			.iter()
			.zip(values)
			.fold(Object::default(), |object, (field, value)| {
				let name = String::from_utf8_lossy(&field.name);
				object.with(&name, json(&field.field_type, value))
			})
			.finish(),
	}
}

fn json(field: &FieldType, value: &Value) -> String {
	match (field, value) {
		(FieldType::Scalar(scalar_type), Value::Scalar(value)) => scalar(scalar_type, value),
		(FieldType::Categorical { options, multiple }, Value::Choice(choices)) => {
			choice(options, *multiple, choices)
		}
		_ => null(),
	}
}

fn scalar(scalar_type: &ScalarType, value: &Scalar) -> String {
	match (scalar_type, value) {
		(ScalarType::Float { decimals }, Scalar::Float(mantissa)) => decimal(*mantissa, *decimals),
		(_, Scalar::Boolean(value)) => value.to_string(),
		(_, Scalar::Integer(value) | Scalar::Float(value)) => value.to_string(),
		(_, Scalar::Text(value)) => string(value),
	}
}

/// One choice is its label, or `{label: value}` where the option holds one. Several are a list of
/// labels, or an object where any option holds a value; there an option without one is `true`.
fn choice(options: &[ChoiceOption], multiple: bool, choices: &[(u8, Option<Scalar>)]) -> String {
	let chosen = || {
		choices.iter().filter_map(|(index, value)| {
			let option = options.get(usize::from(*index))?;
			let held = match (&option.value, value) {
				(Some(scalar_type), Some(value)) => Some(scalar(scalar_type, value)),
				_ => None,
			};
			Some((String::from_utf8_lossy(&option.name), held))
		})
	};
	let valued = if multiple {
		options.iter().any(|option| option.value.is_some())
	} else {
		chosen().any(|(_, held)| held.is_some())
	};
	if valued {
		chosen()
			.fold(Object::default(), |object, (label, held)| {
				object.with(&label, held.unwrap_or_else(|| "true".into()))
			})
			.finish()
	} else if multiple {
		list(chosen().map(|(label, _)| string(&label)))
	} else {
		chosen().next().map_or_else(null, |(label, _)| string(&label))
	}
}

#[cfg(test)]
mod tests;
