// SPDX-License-Identifier: Apache-2.0

//! Whatever people, committees and clocks do, every feed comes to an end and no EVT is lost.

use crate::{mock::*, types::*};
use eventum_primitives::{
	bits::Bits,
	definition::Definition,
	outcome::{Detail, EndedBy, Outcome, Push, RoundResult},
	rules::{agreement::agrees, fee::FeeTerms},
	traits::Draw,
};
use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use sp_runtime::FixedU64;

#[derive(Clone, Debug)]
enum Action {
	Join(u32),
	Leave(u32),
	SetKey(u32),
	/// Votes by reporter (none, yes or no), with times; what the votes come to; who signs.
	Certify {
		round: u32,
		sequence: u32,
		votes: Vec<(u8, u16)>,
		kind: u8,
		ended_by: u8,
		signers: u8,
	},
	Detail(u32),
	SetFee(FeeTerms),
	/// What nodes ask from now on.
	Ask(u128),
	DoubleAnswer(u32),
	Draw(u8),
	Wait(u64),
	Halt(u64),
}

fn action() -> impl Strategy<Value = Action> {
	let votes = prop::collection::vec((0u8..4, any::<u16>()), 8);
	prop_oneof![
		4 => (0u32..9).prop_map(Action::Join),
		1 => (0u32..9).prop_map(Action::Leave),
		1 => (0u32..9).prop_map(Action::SetKey),
		4 => (0u32..4, 1u32..4, votes, 0u8..6, 0u8..4, 7u8..16).prop_map(
			|(round, sequence, votes, kind, ended_by, signers)| Action::Certify {
				round, sequence, votes, kind, ended_by, signers,
			}
		),
		3 => (0u32..4).prop_map(Action::Detail),
		1 => fee().prop_map(FeeTerms::Fixed).prop_map(Action::SetFee),
		1 => Just(Action::SetFee(FeeTerms::Median)),
		1 => fee().prop_map(Action::Ask),
		1 => (0u32..9).prop_map(Action::DoubleAnswer),
		2 => (0u8..8).prop_map(Action::Draw),
		4 => prop_oneof![3 => 1u64..5_000, 1 => 1u64..HOUR].prop_map(Action::Wait),
		1 => (1u64..3 * HOUR).prop_map(Action::Halt),
	]
}

/// What a committee knows.
#[derive(Default)]
struct World {
	/// Details of what it certified.
	details: [Option<Detail>; 4],
	/// Who sent an excuse, a bit each.
	excused: u8,
}

/// Fees far below and far beyond what is locked.
fn fee() -> impl Strategy<Value = u128> {
	prop_oneof![0u128..10_000_000_000, any::<u128>()]
}

fn ending(number: u8) -> EndedBy {
	match number {
		0 => EndedBy::All,
		1 => EndedBy::Share,
		2 => EndedBy::Quiet,
		_ => EndedBy::At,
	}
}

/// What a committee could say of these votes; not all of it is sound.
fn certificate(action: &Action, excused: u8) -> Option<(Detail, Outcome, Vec<u8>)> {
	let Action::Certify { round, sequence, votes, kind, ended_by, signers } = action else {
		return None;
	};
	let feed = crate::Feeds::<Test>::get(FEED)?;
	let joined = feed.joined;
	let away = Bits::of(joined, (0..8).filter(|index| excused & (1 << index) != 0));
	let cast = |agreed: bool| {
		votes
			.iter()
			.zip(0..joined)
			.filter(|((vote, _), index)| *vote > 0 && !away.get(*index))
			.map(|((vote, time), index)| (index, agreed || *vote < 3, u32::from(*time)))
			.collect::<Vec<_>>()
	};
	let rules = Markets::rules(FEED)?;
	let members = (0..4).filter(|member| signers & (1 << member) != 0).collect();
	if rules.is_deserted(away.count()) && *kind < 5 {
		let none = detail(joined, &[]);
		let outcome = outcome(*round, RoundResult::None, &none, EndedBy::Excuses, true);
		let at = outcome.at.min(rules.end);
		return Some((none, Outcome { excused: away, at, first_at: at, ..outcome }, members));
	}
	let claimed = match kind {
		0 => RoundResult::Undetermined,
		1 => RoundResult::Stop,
		_ => agreed_on_yes(*round),
	};
	let agreed = cast(false).iter().filter(|(_, agreed, _)| *agreed).count() as u32;
	let total = cast(false).len() as u32;
	let enough = agrees(agreed, total, rules.min_consensus, rules.consensus_rule);
	// Now and then a committee claims what the votes do not bear out.
	let result = if enough || *kind == 4 { claimed } else { RoundResult::None };
	let detail = detail(joined, &cast(result == RoundResult::None));
	let ended_by = ending(*ended_by);
	let ends = rules.ends_feed(*round, &result, ended_by);
	let mut outcome = outcome(*round, result, &detail, ended_by, ends);
	outcome.sequence = *sequence;
	outcome.at = outcome.at.min(rules.end);
	outcome.first_at = outcome.at;
	if *sequence == 1 && *kind == 5 {
		outcome.push = Push::Provisional;
	}
	outcome.excused = away;
	Some((detail, outcome, members))
}

fn act(action: Action, world: &mut World) {
	match action {
		Action::Join(number) => drop(join(number)),
		Action::Leave(number) => {
			let _ = Markets::leave(RuntimeOrigin::signed(person(number)), FEED);
		}
		Action::SetKey(number) => {
			let origin = RuntimeOrigin::signed(person(number));
			let _ = Markets::set_report_key(origin, FEED, report_key(number + 50));
		}
		Action::Certify { round, .. } => {
			if let Some((detail, outcome, members)) = certificate(&action, world.excused) {
				if submit_certificate(sign(outcome, &members)).is_ok() {
					world.details[round as usize] = Some(detail);
				}
			}
		}
		Action::Detail(round) => {
			if let Some(detail) = world.details[round as usize].clone() {
				let _ = submit_detail(round, detail);
			}
		}
		Action::SetFee(terms) => {
			let _ = Markets::set_fee(RuntimeOrigin::signed(REQUESTER), FEED, terms);
		}
		Action::Ask(fee) => Median::set(fee),
		Action::DoubleAnswer(number) => {
			// The signatures were verified when it was authorized.
			let [first, second] = [1, 2].map(|tag| super::double_answers::unsigned(number, tag));
			let _ = Markets::do_report_double_answer(&first, &second);
		}
		Action::Draw(number) => {
			let draw = match number {
				0 => Draw::Failed,
				1..=3 => Draw::Pending,
				_ => Draw::Ready,
			};
			Draws::mutate(|draws| draws.push(draw));
		}
		Action::Wait(time) => block_at(Now::get() + time),
		Action::Halt(time) => {
			Lost::mutate(|lost| *lost += time);
			block_at(Now::get() + time);
		}
	}
}

/// What is left to do for a committee that serves: the missing rounds, then all details.
fn serve(votes: &[(u8, u16)], world: &mut World) {
	for round in 0..4 {
		let (votes, kind, ended_by, signers) = (votes.to_vec(), 3, 0, 15);
		act(Action::Certify { round, sequence: 9, votes, kind, ended_by, signers }, world);
	}
	if crate::Feeds::<Test>::get(FEED)
		.is_some_and(|feed| matches!(feed.state, FeedState::Concluded { .. }))
	{
		run_until(|state| !matches!(state, FeedState::Concluded { .. }));
	}
	for round in 0..4 {
		act(Action::Detail(round), world);
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

	#[test]
	fn every_feed_ends_and_nothing_is_lost(
		actions in prop::collection::vec(action(), 1..80),
		rounds in 1u32..4,
		single in any::<bool>(),
		stake in 0u64..4_000_000_000,
		bonus in 1_000_000_000u64..=2_000_000_000,
		reward in 8_000_000_000u128..90_000_000_000_000,
		budget in 1u64..4,
		people in 0u32..9,
		votes in prop::collection::vec((0u8..4, any::<u16>()), 8),
		serves in any::<bool>(),
		excused in prop_oneof![2 => Just(0), 1 => any::<u8>()],
	) {
		let definition = Definition {
			max_people: 8,
			stake_factor: FixedU64::from_inner(stake),
			join_bonus: FixedU64::from_inner(bonus),
			reward,
			..if single { definition() } else { series(rounds) }
		};
		ExtBuilder::build_and_execute(|| {
			let step = Markets::heaviest_step();
			AgendaBudget::set(step.saturating_mul(budget).saturating_add(step));
			create(vec![definition]).unwrap();
			let supply = Balances::total_issuance();
			let mut world = World { excused, ..World::default() };
			for number in 0..people {
				let _ = join(number);
			}
			if people > 2 {
				block_at(START + HOUR);
				Draws::set(vec![Draw::Ready]);
				block_at(START + HOUR + 1_000);
			}
			for action in actions {
				act(action, &mut world);
				Markets::do_try_state().unwrap();
				assert_no_stray_holds();
				assert_eq!(Balances::total_issuance(), supply);
			}
			if serves {
				serve(&votes, &mut world);
			}
			// The draw has a bound of its own; after that nobody need do anything.
			Draws::set(vec![Draw::Failed]);
			run_until(|state| {
				matches!(state, FeedState::Settled { .. } | FeedState::Void { .. })
			});
			for account in frame_system::Account::<Test>::iter_keys() {
				assert_eq!(Balances::total_balance(&account), Balances::balance(&account));
			}
			let end = feed().wake;
			block_at(end);
			block_at(end + 1);
			assert!(crate::Feeds::<Test>::iter().next().is_none());
		});
	}
}
