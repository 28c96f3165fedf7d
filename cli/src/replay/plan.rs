// SPDX-License-Identifier: Apache-2.0

//! The market that a replay makes.

use crate::{args::ReplayArgs, Failure};
use eventum_input::{definition::Secrets, votes::Votes};
use eventum_primitives::{
	definition::{
		ConsensusMode, Currency, Definition, EventKind, FeedInput, Gate, Limits, StopVoting, Text,
		Visibility, MAX_PEOPLE, MAX_REPORTS, MAX_TIME,
	},
	Balance, Moment, EVT, PPB,
};
use sp_core::Get;
use sp_runtime::{BoundedVec, FixedU64};

/// Time to join: it is over as soon as everyone has joined.
const TIME_TO_JOIN: Moment = 1_800_000;
/// Silence that ends a round in which everyone is expected to vote: only if a report was lost.
const QUIET_IF_COMPLETE: Moment = 30_000;
/// Silence that ends a round in which some will not vote.
const QUIET: Moment = 1_000;

/// The base of a receiver's addresses, without a slash at its end.
pub(super) fn base(receiver: &str) -> &str {
	receiver.trim_end_matches('/')
}

/// The one feed of a replay, as of `now`.
pub(super) fn feed(votes: &Votes, args: &ReplayArgs, secrets: Secrets, now: Moment) -> FeedInput {
	let people = votes.workers.len() as u32;
	let rounds = votes.tasks.len() as u32;
	let quiet = if votes.is_complete() { QUIET_IF_COMPLETE } else { QUIET };
	let max_time = 600_000 + 10_000 * Moment::from(rounds);
	let webhook = match (&args.webhook, &args.receiver) {
		(Some(url), _) => url.clone(),
		(None, Some(receiver)) => format!("{}/hook", base(receiver)),
		(None, None) => String::new(),
	};
	let least = Balance::from(people).max(100) * EVT;
	let definition = Definition {
		fields: votes.fields().unwrap_or_default(),
		event: EventKind::Multiple {
			max_rounds: rounds,
			max_time: args.max_time.unwrap_or(max_time).min(MAX_TIME),
		},
		min_people: people,
		max_people: people,
		min_consensus: args.min_consensus.unwrap_or_else(|| votes.default_consensus()),
		consensus_rule: args.rule,
		consensus_mode: ConsensusMode::Final,
		reward: args.reward.unwrap_or(least),
		currency: Currency::Evt,
		stake_factor: FixedU64::from_inner(args.stake_k),
		join_bonus: FixedU64::from_u32(1),
		committee_size: args.committee,
		gate: Gate::default(),
		time_to_join: now + TIME_TO_JOIN,
		reporting_timestamp: None,
		stop_voting: StopVoting { at: None, share: None, quiet: args.quiet.or(Some(quiet)) },
		start_dispute_time: 0,
		max_dispute_time: args.dispute,
		cross_validate: PPB / 10,
		visibility: Visibility::Public {
			tag_key: secrets.tag_key,
			access_secret: secrets.access_secret,
		},
		validation_fee: None,
		default_value: None,
	};
	let file = args.votes.file_name().map(|name| name.to_string_lossy().into_owned());
	let text = Text {
		name: cut(&format!("Replay of {}", file.unwrap_or_default())),
		description: cut(&format!(
			"{} recorded votes of {people} people on {rounds} tasks, a round each",
			votes.count()
		)),
		rules: None,
		categories: [cut("Replay"), cut(""), cut("")],
		location: cut(""),
		webhook_url: cut(&webhook),
	};
	FeedInput { definition, text }
}

/// As much of a text as fits, whole characters only.
fn cut<S: Get<u32>>(text: &str) -> BoundedVec<u8, S> {
	let room = S::get() as usize;
	let end = (0..=room.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
	BoundedVec::truncate_from(text.as_bytes()[..end.unwrap_or(0)].to_vec())
}

/// Checks what the chain would refuse, in the words of the command line.
pub(super) fn check(
	votes: &Votes,
	args: &ReplayArgs,
	feed: &FeedInput,
	now: Moment,
) -> Result<(), Failure> {
	let (people, rounds) = (votes.workers.len() as u64, votes.tasks.len() as u64);
	if people > u64::from(MAX_PEOPLE) || people * rounds > MAX_REPORTS {
		return Err(Failure::new(format!("{people} workers on {rounds} tasks are too many")).hint(
			"split the file: at most 10,000 workers, and workers × tasks at most 1,000,000",
		));
	}
	let minimum = feed.definition.min_consensus;
	if minimum == 0 || u64::from(minimum) > people {
		return Err(Failure::new(format!("--min-consensus is {minimum}"))
			.hint(format!("make it 1 to {people}, the number of workers")));
	}
	let webhook = args.webhook.as_ref().or(args.receiver.as_ref());
	if webhook.is_some_and(|url| url.len() > 240) {
		return Err(Failure::new("the webhook's address is longer than 256 bytes"));
	}
	let limits = Limits { now, existential_deposit: 1, min_dispute_time: 1 };
	feed.definition.check(&limits).and_then(|()| feed.text.check()).map_err(|error| {
		Failure::new(format!("the replay's definition would be refused: {error:?}"))
			.hint("change the options that this is about; `eventum replay --help` lists them")
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::args::{Cli, Command};
	use clap::Parser;
	use eventum_primitives::definition::FieldType;

	fn args(more: &[&str]) -> ReplayArgs {
		let base = ["eventum", "replay", "--votes", "dir/birds.csv", "--out", "o"];
		let cli = Cli::try_parse_from(base.iter().chain(more)).unwrap();
		match cli.command {
			Command::Replay(args) => *args,
			_ => unreachable!("it is a replay"),
		}
	}

	fn votes(workers: usize, tasks: usize) -> Votes {
		let votes: Vec<_> = (0..workers).map(|worker| (worker, "true".to_string())).collect();
		let task = |name: usize| eventum_input::votes::Task {
			name: name.to_string(),
			votes: votes.clone(),
		};
		Votes {
			tasks: (0..tasks).map(task).collect(),
			workers: (0..workers).map(|worker| worker.to_string()).collect(),
			field: FieldType::Scalar(eventum_primitives::definition::ScalarType::Boolean),
		}
	}

	const SECRETS: Secrets = Secrets { tag_key: [1; 32], access_secret: [2; 32] };

	#[test]
	fn the_bluebirds_get_the_parameters_that_they_are_known_by() {
		let args = args(&["--receiver", "http://127.0.0.1:8080/"]);
		let votes = votes(39, 108);
		let feed = feed(&votes, &args, SECRETS, 1);
		check(&votes, &args, &feed, 1).unwrap();
		let Definition { min_consensus, consensus_rule, min_people, reward, .. } = feed.definition;
		assert_eq!((min_consensus, consensus_rule), (20, 666_666_667));
		assert_eq!((min_people, reward), (39, 100 * EVT));
		assert_eq!(feed.definition.max_rounds(), 108);
		assert_eq!(&feed.text.webhook_url[..], b"http://127.0.0.1:8080/hook");
		assert_eq!(&feed.text.name[..], b"Replay of birds.csv");
	}

	#[test]
	fn silence_ends_rounds_sooner_where_votes_are_missing() {
		let mut votes = votes(5, 3);
		let quiet =
			|votes: &Votes| feed(votes, &args(&[]), SECRETS, 1).definition.stop_voting.quiet;
		assert_eq!(quiet(&votes), Some(30_000));
		votes.tasks[1].votes.pop();
		assert_eq!(quiet(&votes), Some(1_000));
	}

	#[test]
	fn what_cannot_be_replayed_is_told_before_anything_is_sent() {
		let (votes, few) = (votes(3, 2), args(&["--min-consensus", "4"]));
		let input = feed(&votes, &few, SECRETS, 1);
		assert!(check(&votes, &few, &input, 1).unwrap_err().to_string().contains("1 to 3"));
		let odd = args(&["--committee", "3"]);
		let input = feed(&votes, &odd, SECRETS, 1);
		let failure = check(&votes, &odd, &input, 1).unwrap_err().to_string();
		assert!(failure.contains("CommitteeSize"), "{failure}");
	}
}
