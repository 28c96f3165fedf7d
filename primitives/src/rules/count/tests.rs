// SPDX-License-Identifier: Apache-2.0

use super::*;
use alloc::{collections::BTreeSet, vec};
use proptest::{collection::vec as list, prelude::*};

const END: Moment = 10_000;
const HALF: Ppb = PPB / 2;

fn rules(joined: u32) -> Rules {
	Rules {
		genesis: Hash::zero(),
		feed: FeedId { market: 1, index: 0 },
		joined,
		min_people: 1,
		end: END,
		start: None,
		min_consensus: 2,
		consensus_rule: HALF,
		mode: ConsensusMode::Final,
		share: None,
		quiet: None,
		max_rounds: 3,
		series: true,
	}
}

fn confirming(joined: u32) -> Rules {
	Rules { mode: ConsensusMode::Confirmations, ..rules(joined) }
}

fn answer(number: u8) -> Tag {
	Tag::repeat_byte(number + 1)
}

fn marked(answer: Answer) -> Tag {
	marker_tag(&Hash::zero(), rules(0).feed, 0, &answer).unwrap()
}

/// Votes from (reporter, answer, time).
fn votes(votes: &[(JoinIndex, u8, Moment)]) -> Vec<Vote> {
	votes
		.iter()
		.map(|(reporter, number, at)| Vote { reporter: *reporter, tag: answer(*number), at: *at })
		.collect()
}

fn excuse() -> Tag {
	excuse_tag(&Hash::zero(), rules(0).feed)
}

/// Excuses of (reporter, time), among votes.
fn with_excuses(mut cast: Vec<Vote>, excuses: &[(JoinIndex, Moment)]) -> Vec<Vote> {
	cast.extend(excuses.iter().map(|(reporter, at)| Vote {
		reporter: *reporter,
		tag: excuse(),
		at: *at,
	}));
	cast
}

/// Counts with nobody excused before.
fn evaluate(
	rules: &Rules,
	round: Round,
	votes: &[Vote],
	previous: Option<Previous>,
	horizon: Moment,
) -> Option<Evaluation> {
	super::evaluate(rules, round, votes, &Before { previous, ..Default::default() }, horizon)
}

fn first(rules: &Rules, votes: &[Vote]) -> Option<Evaluation> {
	evaluate(rules, 0, votes, None, END)
}

fn after(rules: &Rules, votes: &[Vote], pushed: &Evaluation) -> Option<Evaluation> {
	let Evaluation { at, result, agreed, .. } = *pushed;
	evaluate(rules, 0, votes, Some(Previous { at, result, agreed }), END)
}

fn ended(evaluation: &Evaluation) -> Option<(EndedBy, bool)> {
	match evaluation.push {
		Push::Final { ended_by, ends_feed } => Some((ended_by, ends_feed)),
		_ => None,
	}
}

#[test]
fn a_round_ends_when_everyone_has_voted() {
	let cast = votes(&[(0, 0, 5), (1, 0, 7), (2, 1, 9)]);
	let counted = first(&rules(3), &cast).unwrap();
	assert_eq!(ended(&counted), Some((EndedBy::All, false)));
	assert_eq!(counted.result, RoundResult::Agreed(answer(0)));
	assert_eq!((counted.agreed, counted.total), (2, 3));
	assert_eq!((counted.first_at, counted.at, counted.start_event), (5, 9, 5));
	assert_eq!(
		counted.detail.votes().collect::<Vec<_>>(),
		[(0, true, 0), (1, true, 2), (2, false, 4)]
	);
	assert!(counted.detail.is_sound(3));
}

#[test]
fn a_round_ends_by_share_once_enough_for_consensus_have_voted() {
	let rules = Rules { share: Some(300_000_000), ..rules(10) };
	let cast = votes(&[(0, 0, 5), (1, 0, 7), (2, 0, 9), (3, 0, 11)]);
	let counted = first(&rules, &cast).unwrap();
	assert_eq!(ended(&counted), Some((EndedBy::Share, false)));
	assert_eq!((counted.total, counted.at), (3, 9), "three of ten are the share");
	let more = Rules { min_consensus: 4, ..rules };
	assert_eq!(first(&more, &cast).unwrap().at, 11, "as many as consensus needs");
}

#[test]
fn a_round_ends_by_silence_after_its_first_report() {
	let rules = Rules { quiet: Some(100), ..rules(10) };
	let cast = votes(&[(0, 0, 50), (1, 0, 150), (2, 1, 251)]);
	let counted = first(&rules, &cast).unwrap();
	assert_eq!(ended(&counted), Some((EndedBy::Quiet, false)));
	assert_eq!((counted.total, counted.at), (2, 250), "a report in the last moment goes on");
	assert_eq!(ended(&first(&rules, &[]).unwrap()), Some((EndedBy::At, true)));
	assert_eq!(evaluate(&rules, 0, &cast[..2], None, 249), None, "it is not quiet yet");
}

#[test]
fn the_absolute_end_ends_the_feed() {
	let cast = votes(&[(0, 0, 5), (1, 0, END), (2, 0, END + 1)]);
	let counted = evaluate(&rules(4), 0, &cast, None, END + 50).unwrap();
	assert_eq!(ended(&counted), Some((EndedBy::At, true)));
	assert_eq!((counted.total, counted.at), (2, END), "reports of the last moment count");
	let late = Rules { quiet: Some(50), end: 40, ..rules(4) };
	let counted = first(&late, &votes(&[(0, 0, 5)])).unwrap();
	assert_eq!((ended(&counted), counted.at), (Some((EndedBy::At, true)), 40));
}

#[test]
fn nobody_reporting_is_no_agreement() {
	let counted = first(&rules(4), &[]).unwrap();
	assert_eq!(counted.result, RoundResult::None);
	assert_eq!((counted.agreed, counted.total, counted.first_at), (0, 0, END));
	assert_eq!(counted.detail, Detail { times: Default::default(), ..counted.detail.clone() });
	assert!(first(&rules(0), &[]).is_some(), "a feed without reporters ends too");
}

#[test]
fn the_share_must_be_exceeded_and_a_tie_agrees_on_nothing() {
	let tie = votes(&[(0, 0, 1), (1, 0, 1), (2, 1, 1), (3, 1, 1)]);
	let counted = first(&rules(4), &tie).unwrap();
	assert_eq!((counted.result, counted.agreed, counted.total), (RoundResult::None, 0, 4));
	assert_eq!(counted.detail.agreed, counted.detail.voted, "no one dissents from nothing");
	let five = votes(&[(0, 0, 1), (1, 0, 1), (2, 1, 1), (3, 1, 1), (4, 0, 1)]);
	assert_eq!(first(&rules(5), &five).unwrap().result, RoundResult::Agreed(answer(0)));
	let two_thirds = Rules { consensus_rule: 666_666_667, ..rules(3) };
	let cast = votes(&[(0, 0, 1), (1, 0, 1), (2, 1, 1)]);
	assert_eq!(first(&two_thirds, &cast).unwrap().result, RoundResult::None);
	let needy = Rules { min_consensus: 3, ..rules(3) };
	assert_eq!(first(&needy, &cast).unwrap().result, RoundResult::None);
}

#[test]
fn of_two_answers_of_one_reporter_neither_counts() {
	let cast = votes(&[(0, 0, 1), (1, 0, 2), (1, 1, 3), (2, 1, 4), (3, 0, 5)]);
	let counted = first(&rules(4), &cast).unwrap();
	assert_eq!((counted.agreed, counted.total), (2, 3));
	assert!(!counted.detail.voted.get(1));
	assert_eq!(ended(&counted), Some((EndedBy::At, true)), "three of four have voted");
	let again = votes(&[(0, 0, 1), (0, 0, 2), (1, 0, 3)]);
	let counted = first(&rules(2), &again).unwrap();
	assert_eq!(counted.detail.votes().next(), Some((0, true, 0)), "the same again is nothing");
}

#[test]
fn a_second_answer_after_the_count_changes_nothing() {
	let cast = votes(&[(0, 0, 1), (1, 0, 2), (2, 0, 3), (1, 1, 4)]);
	assert_eq!(first(&rules(3), &cast), first(&rules(3), &cast[..3]));
}

#[test]
fn answers_in_the_same_moment_are_counted_together() {
	let cast = votes(&[(0, 0, 5), (1, 0, 5), (2, 0, 5), (2, 1, 5)]);
	let counted = first(&rules(3), &cast).unwrap();
	assert_eq!(ended(&counted), Some((EndedBy::At, true)), "the third has voted twice");
}

#[test]
fn votes_of_strangers_and_beyond_the_horizon_are_ignored() {
	let cast = votes(&[(0, 0, 5), (3, 0, 6), (1, 0, 20)]);
	assert_eq!(evaluate(&rules(3), 0, &cast, None, 19), None);
	let counted = first(&rules(3), &cast).unwrap();
	assert_eq!(counted.total, 2);
}

#[test]
fn confirmations_tell_of_agreement_news_and_change() {
	let rules = confirming(20);
	let mut cast = votes(&[(0, 0, 100), (1, 0, 200)]);
	let pushed = first(&rules, &cast).unwrap();
	assert_eq!((pushed.push, pushed.agreed, pushed.at), (Push::Provisional, 2, 200));

	cast.extend(votes(&[(2, 0, 300)]));
	assert_eq!(after(&rules, &cast, &pushed).unwrap().at, END, "not so soon again");
	cast.extend(votes(&[(3, 0, 1_200)]));
	let pushed = after(&rules, &cast, &pushed).unwrap();
	assert_eq!((pushed.push, pushed.agreed, pushed.at), (Push::Confirmed, 4, 1_200));

	let against: Vec<_> = (4..8).map(|reporter| (reporter, 1, 1_300)).collect();
	cast.extend(votes(&against));
	let pushed = after(&rules, &cast, &pushed).unwrap();
	assert_eq!((pushed.push, pushed.result), (Push::Corrected, RoundResult::None));
	assert_eq!((pushed.agreed, pushed.total, pushed.at), (0, 8, 1_300), "at once");

	cast.extend(votes(&[(8, 1, 1_400)]));
	let pushed = after(&rules, &cast, &pushed).unwrap();
	assert_eq!((pushed.push, pushed.result), (Push::Corrected, RoundResult::Agreed(answer(1))));

	let pushed = after(&rules, &cast, &pushed).unwrap();
	assert_eq!(ended(&pushed), Some((EndedBy::At, true)));
	assert_eq!((pushed.agreed, pushed.total), (5, 9));
	assert_eq!(first(&Rules { mode: ConsensusMode::Final, ..rules }, &cast).unwrap(), pushed);
}

#[test]
fn a_double_answer_can_overturn() {
	let rules = confirming(20);
	let cast = votes(&[(0, 0, 1), (1, 0, 2), (1, 1, 3)]);
	let pushed = first(&rules, &cast).unwrap();
	assert_eq!((pushed.push, pushed.at), (Push::Provisional, 2));
	let pushed = after(&rules, &cast, &pushed).unwrap();
	assert_eq!((pushed.push, pushed.result, pushed.at), (Push::Corrected, RoundResult::None, 3));
}

#[test]
fn undetermined_and_stop_are_counted_like_values() {
	let cast = |answer: Answer| {
		let tag = marked(answer);
		(0..3).map(|reporter| Vote { reporter, tag, at: 5 }).collect::<Vec<_>>()
	};
	let counted = first(&rules(3), &cast(Answer::Undetermined)).unwrap();
	assert_eq!((counted.result, counted.agreed), (RoundResult::Undetermined, 3));
	assert_eq!(ended(&counted), Some((EndedBy::All, false)));
	let counted = first(&rules(3), &cast(Answer::Stop)).unwrap();
	assert_eq!(counted.result, RoundResult::Stop);
	assert_eq!(ended(&counted), Some((EndedBy::All, true)), "the series is over");
	let single = Rules { series: false, ..rules(3) };
	let counted = first(&single, &cast(Answer::Stop)).unwrap();
	assert_eq!(counted.result, RoundResult::Agreed(marked(Answer::Stop)), "no series, no marker");
	let later = evaluate(&rules(3), 1, &cast(Answer::Stop), None, END).unwrap();
	assert_eq!(later.result, RoundResult::Agreed(marked(Answer::Stop)), "another round's marker");
}

#[test]
fn the_last_round_ends_the_feed() {
	let cast = votes(&[(0, 0, 1)]);
	let ends = |round| ended(&evaluate(&rules(1), round, &cast, None, END).unwrap());
	assert_eq!(ends(1), Some((EndedBy::All, false)));
	assert_eq!(ends(2), Some((EndedBy::All, true)));
}

#[test]
fn the_event_was_at_the_lower_median_of_those_who_agree() {
	let cast = votes(&[(0, 0, 10), (1, 1, 1), (2, 0, 30), (3, 0, 20), (4, 0, 40)]);
	assert_eq!(first(&rules(5), &cast).unwrap().start_event, 20);
	let fixed = Rules { start: Some(7), ..rules(5) };
	assert_eq!(first(&fixed, &cast).unwrap().start_event, 7);
}

#[test]
fn who_is_excused_is_not_waited_for() {
	let cast = with_excuses(votes(&[(0, 0, 5), (2, 0, 9)]), &[(1, 7)]);
	let counted = first(&rules(3), &cast).unwrap();
	assert_eq!((ended(&counted), counted.at), (Some((EndedBy::All, false)), 9));
	assert_eq!((counted.agreed, counted.total), (2, 2));
	assert_eq!(counted.excused, Bits::of(3, [1]));
	let last = with_excuses(votes(&[(0, 0, 5), (2, 0, 9)]), &[(1, 20)]);
	assert_eq!(first(&rules(3), &last).unwrap().at, 20, "an excuse can be what is waited for");
}

#[test]
fn who_has_reported_cannot_be_excused_and_who_is_excused_cannot_report() {
	let cast = with_excuses(
		votes(&[(0, 0, 5), (1, 0, 8), (2, 0, 9), (2, 1, 10)]),
		&[(0, 6), (1, 7), (2, 11)],
	);
	let counted = first(&rules(4), &cast).unwrap();
	assert_eq!(counted.detail.voted.iter().collect::<Vec<_>>(), [0]);
	assert_eq!(counted.excused, Bits::of(4, [1]));
	let twice = with_excuses(vec![], &[(0, 5), (0, 6)]);
	assert_eq!(first(&rules(3), &twice).unwrap().excused, Bits::of(3, [0]));
}

#[test]
fn an_excuse_breaks_no_silence() {
	let rules = Rules { quiet: Some(100), ..rules(9) };
	let cast = with_excuses(votes(&[(0, 0, 50), (2, 0, 120)]), &[(1, 60), (2, 110), (3, 149)]);
	let counted = first(&rules, &cast).unwrap();
	assert_eq!((ended(&counted), counted.at), (Some((EndedBy::Quiet, false)), 150));
	let alone = with_excuses(vec![], &[(1, 60)]);
	assert_eq!(first(&rules, &alone).unwrap().at, END, "silence begins with a report");
}

#[test]
fn too_few_left_end_the_feed_with_nothing() {
	let rules = Rules { min_people: 3, ..confirming(5) };
	let cast = votes(&[(0, 0, 5), (1, 0, 6)]);
	let two = with_excuses(cast.clone(), &[(2, 7), (3, 8)]);
	assert_eq!(
		ended(&first(&Rules { mode: ConsensusMode::Final, ..rules.clone() }, &two).unwrap()),
		Some((EndedBy::At, true))
	);
	let pushed = first(&rules, &two).unwrap();
	assert_eq!((pushed.push, &pushed.excused), (Push::Provisional, &Bits::default()));
	let three = with_excuses(cast, &[(2, 7), (3, 8), (4, 9)]);
	let counted = after(&rules, &three, &pushed).unwrap();
	assert_eq!((ended(&counted), counted.at), (Some((EndedBy::Excuses, true)), 9));
	assert_eq!((counted.result, counted.agreed, counted.total), (RoundResult::None, 0, 0));
	assert_eq!(
		counted.detail,
		Detail { voted: Bits::new(5), agreed: Bits::new(5), times: Default::default() }
	);
	assert_eq!(counted.excused, Bits::of(5, [2, 3, 4]));
	// Once all votes are in, nobody is left to excuse itself.
	let all = with_excuses(
		votes(&[(0, 0, 1), (1, 0, 1), (2, 0, 1), (3, 0, 1), (4, 0, 1)]),
		&[(0, 2), (1, 2), (2, 2)],
	);
	assert_eq!(
		ended(&first(&Rules { mode: ConsensusMode::Final, ..rules }, &all).unwrap()).unwrap().0,
		EndedBy::All
	);
}

#[test]
fn excuses_of_the_first_round_hold_in_later_ones_and_others_are_not_heeded() {
	let before = Before { previous: None, excused: Bits::of(4, [1]) };
	let cast = with_excuses(votes(&[(0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 0, 5)]), &[(3, 4)]);
	let counted = super::evaluate(&rules(4), 1, &cast, &before, END).unwrap();
	assert_eq!((ended(&counted), counted.at), (Some((EndedBy::All, false)), 5));
	assert_eq!(counted.detail.voted.iter().collect::<Vec<_>>(), [0, 2, 3]);
	assert_eq!(counted.excused, before.excused);
	let few = Rules { min_people: 3, ..rules(4) };
	let late = with_excuses(votes(&[(0, 0, 1)]), &[(3, 4)]);
	let counted = super::evaluate(&few, 1, &late, &before, END).unwrap();
	assert_eq!(ended(&counted), Some((EndedBy::At, true)), "three are left");
}

fn any_rules() -> impl Strategy<Value = Rules> {
	let stops = (
		proptest::option::of(1..=PPB),
		proptest::option::of(1u64..30),
		prop_oneof![Just(ConsensusMode::Final), Just(ConsensusMode::Confirmations)],
	);
	(1u32..9, 1u32..5, 1u32..5, HALF..PPB, 1u64..60, stops).prop_map(
		|(joined, min_people, min_consensus, consensus_rule, end, (share, quiet, mode))| Rules {
			min_people,
			end,
			min_consensus,
			consensus_rule,
			mode,
			share,
			quiet,
			..rules(joined)
		},
	)
}

fn any_votes() -> impl Strategy<Value = Vec<Vote>> {
	let excuses = list((0u32..10, 0u64..70), 0..5);
	(list((0u32..10, 0u8..3, 0u64..70), 0..20), excuses)
		.prop_map(|(cast, excuses)| with_excuses(votes(&cast), &excuses))
}

/// Who is excused at `at`, slowly: whose first word is an excuse.
fn excused_slowly(rules: &Rules, votes: &[Vote], at: Moment) -> BTreeSet<JoinIndex> {
	let first = |reporter: &JoinIndex| {
		let said = votes.iter().filter(|vote| vote.reporter == *reporter && vote.at <= at);
		said.min_by_key(|vote| (vote.at, vote.tag)).is_some_and(|vote| vote.tag == excuse())
	};
	(0..rules.joined).filter(first).collect()
}

/// The reports that the count hears of until `at`, slowly.
fn heard_slowly(rules: &Rules, votes: &[Vote], at: Moment) -> Vec<Vote> {
	let excused = excused_slowly(rules, votes, at);
	let heard = votes.iter().filter(|vote| {
		vote.at <= at
			&& vote.reporter < rules.joined
			&& vote.tag != excuse()
			&& !excused.contains(&vote.reporter)
	});
	heard.copied().collect()
}

/// Counts of each answer and voters, slowly: of whom all reports until `at` say the same.
fn count_slowly(rules: &Rules, votes: &[Vote], at: Moment) -> (Vec<(Tag, u32)>, u32) {
	let mut counts: Vec<(Tag, u32)> = Vec::new();
	let mut voters = 0;
	let heard = heard_slowly(rules, votes, at);
	for reporter in 0..rules.joined {
		let said = heard.iter().filter(|vote| vote.reporter == reporter);
		let said: BTreeSet<Tag> = said.map(|vote| vote.tag).collect();
		let [tag] = said.into_iter().collect::<Vec<_>>()[..] else { continue };
		voters += 1;
		match counts.iter_mut().find(|(other, _)| *other == tag) {
			Some((_, count)) => *count += 1,
			None => counts.push((tag, 1)),
		}
	}
	(counts, voters)
}

/// What the votes until `at` agree on, slowly.
fn agreed_slowly(rules: &Rules, votes: &[Vote], at: Moment) -> Option<(Tag, u32)> {
	let (counts, voters) = count_slowly(rules, votes, at);
	let share = u64::from(rules.consensus_rule);
	counts.into_iter().find(|(_, count)| {
		*count >= rules.min_consensus
			&& u64::from(*count) * u64::from(PPB) > share * u64::from(voters)
	})
}

/// Looks at every moment in turn for the one at which the round is over.
fn end_slowly(rules: &Rules, votes: &[Vote]) -> (Moment, EndedBy) {
	let known: Vec<Vote> =
		votes.iter().filter(|vote| vote.reporter < rules.joined).copied().collect();
	for now in 0.. {
		let (_, voters) = count_slowly(rules, &known, now);
		let excused = excused_slowly(rules, &known, now).len() as u32;
		// Share and everyone are reached by a report, not by the passing of time.
		if known.iter().any(|vote| vote.at == now) {
			if excused > 0 && rules.joined < rules.min_people + excused {
				return (now, EndedBy::Excuses);
			}
			if voters > 0 && voters + excused == rules.joined {
				return (now, EndedBy::All);
			}
			let shared = |share| {
				voters >= rules.min_consensus
					&& u64::from(voters) * u64::from(PPB)
						>= u64::from(share) * u64::from(rules.joined)
			};
			if rules.share.is_some_and(shared) {
				return (now, EndedBy::Share);
			}
		}
		if now >= rules.end {
			return (now, EndedBy::At);
		}
		let last = heard_slowly(rules, &known, now).iter().map(|vote| vote.at).max();
		if last.zip(rules.quiet).is_some_and(|(last, quiet)| last + quiet <= now) {
			return (now, EndedBy::Quiet);
		}
	}
	unreachable!("every round ends")
}

fn summary(rules: &Rules, votes: &[Vote], previous: Option<Previous>, now: Moment) -> Summary {
	let (counts, voted) = count_slowly(rules, votes, now);
	Summary {
		feed: rules.feed,
		round: 0,
		leading: counts.into_iter().max_by_key(|(_, count)| *count),
		voted,
		excused: excused_slowly(rules, votes, now).len() as u32,
		last: heard_slowly(rules, votes, now).iter().map(|vote| vote.at).max(),
		previous,
		now,
	}
}

proptest! {
	#[test]
	fn a_final_result_is_what_slow_counting_gives(
		rules in any_rules(),
		votes in any_votes(),
	) {
		let rules = Rules { mode: ConsensusMode::Final, ..rules };
		let (at, ended_by) = end_slowly(&rules, &votes);
		let counted = first(&rules, &votes).unwrap();
		prop_assert_eq!(ended(&counted).map(|(by, _)| by), Some(ended_by));
		prop_assert_eq!(counted.at, at);
		let excused = excused_slowly(&rules, &votes, at);
		prop_assert_eq!(counted.excused.iter().collect::<BTreeSet<_>>(), excused);
		if ended_by == EndedBy::Excuses {
			prop_assert_eq!((counted.result, counted.total), (RoundResult::None, 0));
			return Ok(());
		}
		let (_, voters) = count_slowly(&rules, &votes, at);
		prop_assert_eq!(counted.total, voters);
		match agreed_slowly(&rules, &votes, at) {
			Some((tag, agreed)) => {
				prop_assert_eq!(counted.result, RoundResult::Agreed(tag));
				prop_assert_eq!(counted.agreed, agreed);
				prop_assert_eq!(counted.detail.agreed.count(), agreed);
			},
			None => prop_assert_eq!(counted.result, RoundResult::None),
		}
		prop_assert!(counted.detail.is_sound(rules.joined));
		prop_assert_eq!(counted.detail.voted.count(), voters);
	}

	#[test]
	fn the_order_in_which_votes_are_given_does_not_matter(
		rules in any_rules(),
		(votes, shuffled) in any_votes().prop_flat_map(|votes| {
			(Just(votes.clone()), Just(votes).prop_shuffle())
		}),
	) {
		prop_assert_eq!(first(&rules, &votes), first(&rules, &shuffled));
	}

	#[test]
	fn nothing_after_the_count_matters(rules in any_rules(), votes in any_votes()) {
		let counted = first(&rules, &votes);
		let at = counted.as_ref().map(|counted| counted.at).unwrap();
		let until: Vec<Vote> = votes.iter().filter(|vote| vote.at <= at).copied().collect();
		prop_assert_eq!(&counted, &first(&rules, &until));
		prop_assert_eq!(&counted, &evaluate(&rules, 0, &votes, None, at));
		if let Some(before) = at.checked_sub(1) {
			prop_assert_eq!(None, evaluate(&rules, 0, &votes, None, before));
		}
	}

	#[test]
	fn pushes_move_on_and_end(rules in any_rules(), votes in any_votes()) {
		let mut pushed = first(&rules, &votes).unwrap();
		let mut pushes = 1;
		while !pushed.push.is_final() {
			let next = after(&rules, &votes, &pushed).unwrap();
			prop_assert!(next.at > pushed.at || next.push.is_final());
			prop_assert!(next.push != Push::Provisional);
			pushed = next;
			pushes += 1;
			prop_assert!(pushes <= votes.len() + 2);
		}
		let finals = Rules { mode: ConsensusMode::Final, ..rules };
		prop_assert_eq!(Some(pushed), first(&finals, &votes), "interim pushes change no ending");
	}

	#[test]
	fn decide_calls_for_evaluation_exactly_when_there_is_a_push(
		rules in any_rules(),
		votes in any_votes(),
	) {
		let mut previous = None;
		let mut now = 0;
		loop {
			let decision = decide(&rules, &summary(&rules, &votes, previous, now));
			match (decision, evaluate(&rules, 0, &votes, previous, now)) {
				(Decision::Open { until }, None) => prop_assert!(until > now),
				(Decision::Concluded, Some(pushed)) if pushed.push.is_final() => break,
				// Reports of the very last moment can bring a push of their own.
				(Decision::Interim | Decision::Concluded, Some(pushed))
					if decision == Decision::Interim || now == rules.end =>
				{
					prop_assert!(!pushed.push.is_final());
					let Evaluation { at, result, agreed, .. } = pushed;
					previous = Some(Previous { at, result, agreed });
					continue;
				},
				(decision, pushed) => prop_assert!(false, "{now}: {decision:?}, {pushed:?}"),
			}
			now += 1;
		}
	}
}

#[test]
fn a_result_overturned_to_none_is_not_confirmed_for_ever() {
	let rules = confirming(10);
	let previous = Some(Previous { at: 100, result: RoundResult::None, agreed: 0 });
	let summary = Summary {
		feed: rules.feed,
		round: 0,
		leading: Some((answer(0), 1)),
		voted: 2,
		excused: 0,
		last: Some(5_000),
		previous,
		now: 5_000,
	};
	assert_eq!(decide(&rules, &summary), Decision::Open { until: END });
}

#[test]
fn details_hold_as_many_reporters_as_a_feed() {
	let people = 10_000;
	let cast: Vec<Vote> =
		(0..people).map(|reporter| Vote { reporter, tag: answer(0), at: 1 }).collect();
	let counted = first(&rules(people), &cast).unwrap();
	assert_eq!((counted.agreed, counted.detail.times.len()), (people, people as usize));
	assert_eq!(counted.detail.times, vec![Compact(0); people as usize]);
}
