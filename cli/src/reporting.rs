// SPDX-License-Identifier: Apache-2.0

//! Handing reports to a committee, over whichever nodes answer.
//!
//! A report counts as handed over when f + 1 members have given receipts for it, so that at least one
//! who keeps its word has it on disk; members give each other what they lack. Who does not answer is
//! replaced by another member, a node that does not answer by another node.

use crate::{
	chain::{from_hex, pool::is_broken, pool::Endpoint, to_hex, Pool},
	commands::now,
	Failure,
};
use codec::{DecodeAll, Encode};
use eventum_primitives::{
	committee::{Committee, Member, MemberIndex},
	report::Report,
	rules::quorum,
	Hash, Moment,
};
use eventum_wire::{
	client::{envelopes, members_to_try, shown_receipts, verify_receipt, DEFAULT_MEMBERS},
	Envelope, IntakeError, Receipt,
};
use futures::future::join_all;
use serde_json::Value;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use subxt::rpcs::rpc_params;

/// Envelopes in one call.
const BATCH: usize = 256;
/// Time in which a node must answer a batch.
const ANSWER: Duration = Duration::from_secs(5);
/// Longest pause between attempts.
const MAX_PAUSE: Duration = Duration::from_secs(1);

/// What became of one report.
#[derive(Clone, Debug, Default)]
pub struct Handed {
	/// Receipts of different members.
	pub receipts: Vec<Receipt>,
	/// When it was sent so that a member took it.
	pub sent: Option<Moment>,
	/// The last refusal.
	pub refused: Option<String>,
}

impl Handed {
	/// Whether any member has promised to count it.
	pub fn is_taken(&self) -> bool {
		!self.receipts.is_empty()
	}
}

/// A refusal, and whether another attempt makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
	text: String,
	again: bool,
}

/// Members who must have a report.
fn enough(committee: &Committee) -> usize {
	quorum::faults(committee.members.len() as u32) as usize + 1
}

/// Hands over reports that are made already, and tries for as long as `patience`.
pub async fn hand_over(
	pool: &Pool,
	committee: &Committee,
	reports: &[Report],
	patience: Duration,
) -> Vec<Handed> {
	let started = Instant::now();
	let enough = enough(committee);
	let mut work: Vec<Work<'_>> =
		reports.iter().map(|report| Work::new(report, committee)).collect();
	let mut attempt = 0usize;
	loop {
		let pending: Vec<usize> =
			(0..work.len()).filter(|place| !work[*place].is_done(enough)).collect();
		if pending.is_empty() || (attempt > 0 && started.elapsed() >= patience) {
			break;
		}
		if attempt > 0 {
			let pause = Duration::from_millis(25 << attempt.min(6));
			tokio::time::sleep(pause.min(MAX_PAUSE)).await;
		}
		let nodes = answering(pool).await;
		if nodes.is_empty() {
			for place in pending {
				work[place].handed.refused = Some(format!("no node answers at {}", pool.urls()));
			}
			attempt += 1;
			continue;
		}
		let homes = homes(&nodes, committee).await;
		let mut batches: Vec<Vec<(usize, Envelope)>> = vec![Vec::new(); nodes.len()];
		for place in pending {
			let wanted = if attempt == 0 { DEFAULT_MEMBERS.max(enough) } else { enough };
			let envelopes = work[place].next_envelopes(committee, wanted);
			for envelope in envelopes {
				// At first to the member itself, if we know its node: that saves the way there.
				let home = homes.get(usize::from(envelope.member)).copied().flatten();
				let home = home.filter(|_| attempt == 0);
				batches[home.unwrap_or((place + attempt) % nodes.len())].push((place, envelope));
			}
		}
		let calls = nodes.iter().zip(batches).flat_map(|(node, mut batch)| {
			let mut parts = Vec::new();
			while !batch.is_empty() {
				let rest = batch.split_off(batch.len().min(BATCH));
				parts.push(send(node, std::mem::replace(&mut batch, rest)));
			}
			parts
		});
		for (sent, answers) in join_all(calls).await {
			for (place, member, answer) in answers {
				work[place].take(committee, member, sent, answer);
			}
		}
		attempt += 1;
	}
	work.into_iter().map(|work| work.handed).collect()
}

/// Shows the receipts of a report to other members of the committee, which find out whether those who
/// gave them keep their word. Nothing depends on the answers.
pub async fn show_receipts(pool: &Pool, committee: &Committee, genesis: &Hash, handed: &Handed) {
	let nodes = answering(pool).await;
	let Some(node) = nodes.first() else { return };
	let envelopes = shown_receipts(genesis, committee, &handed.receipts);
	send(node, (0..).zip(envelopes).collect()).await;
}

/// A report on its way.
struct Work<'a> {
	report: &'a Report,
	/// Members in the order in which they are tried, again and again.
	order: Vec<MemberIndex>,
	next: usize,
	/// No attempt makes sense any more.
	over: bool,
	handed: Handed,
}

impl<'a> Work<'a> {
	fn new(report: &'a Report, committee: &Committee) -> Self {
		let order = members_to_try(committee, &report.hash());
		Self { report, order, next: 0, over: false, handed: Handed::default() }
	}

	fn is_done(&self, enough: usize) -> bool {
		self.over || self.handed.receipts.len() >= enough
	}

	/// Envelopes for the next `count` members who have given no receipt.
	fn next_envelopes(&mut self, committee: &Committee, count: usize) -> Vec<Envelope> {
		let mut members = Vec::new();
		for _ in 0..self.order.len() {
			let Some(member) = self.order.get(self.next % self.order.len().max(1)) else { break };
			self.next += 1;
			if !self.handed.receipts.iter().any(|receipt| receipt.member == *member) {
				members.push(*member);
			}
			if members.len() >= count {
				break;
			}
		}
		envelopes(self.report, committee, &members)
	}

	fn take(
		&mut self,
		committee: &Committee,
		member: MemberIndex,
		sent: Moment,
		answer: Result<Receipt, Refusal>,
	) {
		let Handed { receipts, sent: first, refused } = &mut self.handed;
		match answer {
			Ok(receipt) => {
				let known = receipts.iter().any(|known| known.member == receipt.member);
				if known {
				} else if verify_receipt(&receipt, committee, self.report) {
					first.get_or_insert(sent);
					receipts.push(receipt);
				} else {
					*refused = Some(format!("the receipt of member {member} is not in order"));
				}
			}
			Err(refusal) => {
				self.over |= !refusal.again;
				*refused = Some(refusal.text);
			}
		}
	}
}

/// The nodes that can be asked now.
async fn answering(pool: &Pool) -> Vec<Arc<Endpoint>> {
	let tried = pool.endpoints().iter().map(|endpoint| async move {
		endpoint.client().await.is_ok().then(|| Arc::clone(endpoint))
	});
	join_all(tried).await.into_iter().flatten().collect()
}

/// The node of each member, if it is among these.
async fn homes(nodes: &[Arc<Endpoint>], committee: &Committee) -> Vec<Option<usize>> {
	let keys = join_all(nodes.iter().map(|node| node.validation_keys())).await;
	let home = |member: &Member| {
		let key = to_hex(member.vald.as_ref());
		keys.iter().position(|keys| keys.contains(&key))
	};
	committee.members.iter().map(home).collect()
}

/// Sends a batch to one node: when, and what it says to each envelope.
async fn send(
	node: &Endpoint,
	batch: Vec<(usize, Envelope)>,
) -> (Moment, Vec<(usize, MemberIndex, Result<Receipt, Refusal>)>) {
	let encoded: Vec<String> =
		batch.iter().map(|(_, envelope)| to_hex(&envelope.encode())).collect();
	let sent = now();
	let params = rpc_params![encoded].build();
	let answer = node.call_within("eventum_submitReports", params, ANSWER).await;
	let answers = match answer {
		Ok(raw) => read_answers(raw.get(), batch.len()),
		Err(error) => {
			// The node is there, but refuses the whole batch.
			let broken = is_broken(&error);
			let text = format!("{}: {error}", node.url());
			vec![
				Err(Refusal { text, again: broken || is_passing(&error.to_string()) });
				batch.len()
			]
		}
	};
	let joined = batch.into_iter().zip(answers);
	(sent, joined.map(|((place, envelope), answer)| (place, envelope.member, answer)).collect())
}

/// Whether a refusal of a whole batch may be over soon.
fn is_passing(text: &str) -> bool {
	["limit", "busy", "many", "later"].iter().any(|word| text.to_lowercase().contains(word))
}

/// What a node says to each envelope of a batch, in the order of the batch.
fn read_answers(text: &str, count: usize) -> Vec<Result<Receipt, Refusal>> {
	let answers: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
	let mut read: Vec<_> = answers.iter().take(count).map(read_answer).collect();
	let missing = Refusal { text: "the node says nothing to it".into(), again: true };
	read.resize(count, Err(missing));
	read
}

fn read_answer(answer: &Value) -> Result<Receipt, Refusal> {
	if let Some(text) = answer.get("receipt").unwrap_or(answer).as_str() {
		let bytes = from_hex(text).unwrap_or_default();
		return Receipt::decode_all(&mut &bytes[..]).map_err(|error| Refusal {
			text: format!("the receipt cannot be read: {error}"),
			again: true,
		});
	}
	let error = answer.get("error").unwrap_or(answer);
	let text = error.get("message").unwrap_or(error);
	let text = text.as_str().map_or_else(|| text.to_string(), String::from);
	let code = error.get("code").and_then(Value::as_i64);
	let again = PASSING.iter().any(|passing| Some(FIRST_CODE + *passing as i64) == code);
	Err(Refusal { text, again })
}

/// Code of the first of [`IntakeError`]; the others follow in their order.
const FIRST_CODE: i64 = 7_100;

/// What may be otherwise a moment later, or with another member.
const PASSING: [IntakeError; 6] = [
	IntakeError::UnknownFeed,
	IntakeError::MemberUnreachable,
	IntakeError::WrongIntakeKey,
	IntakeError::WrongRound,
	IntakeError::TooEarly,
	IntakeError::Overloaded,
];

/// Fails unless a report was taken.
pub fn ensure_taken(handed: &Handed) -> Result<(), Failure> {
	if handed.is_taken() {
		return Ok(());
	}
	let reason = handed.refused.clone().unwrap_or_else(|| "no node answers".into());
	Err(Failure::new(format!("no member of the committee took the report: {reason}")))
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::ed25519;

	#[test]
	fn answers_of_a_batch_are_told_apart() {
		let receipt = Receipt {
			feed: eventum_primitives::FeedId { market: 1, index: 0 },
			round: 2,
			report: Default::default(),
			at: 3,
			member: 1,
			signature: ed25519::Signature::from_raw([4; 64]),
		};
		let text = format!(
			r#"[{{"receipt": "{}", "member": 1}},
			{{"error": {{"code": 7103, "message": "that member does not answer"}}}},
			{{"error": {{"code": 7113, "message": "another answer"}}}}]"#,
			to_hex(&receipt.encode())
		);
		let answers = read_answers(&text, 4);
		assert_eq!(answers[0], Ok(receipt));
		let refusal = |place: usize| answers[place].clone().unwrap_err();
		assert!(refusal(1).again, "another member may answer");
		assert!(!refusal(2).again && refusal(2).text == "another answer");
		assert!(refusal(3).again, "a node that says too little is asked again");
	}
}
