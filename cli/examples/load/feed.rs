// SPDX-License-Identifier: Apache-2.0

//! A feed with its reporters, from creation to the first report.

use eventum_cli::{
	chain::{Call, Chain, Key},
	commands::now,
	progress::Progress,
	replay::{created_market, crowd},
	Failure,
};
use eventum_primitives::{
	apis::FeedView,
	committee::Committee,
	definition::{
		ConsensusMode, Currency, Definition, EventKind, FeedInput, Field, FieldType, Gate,
		ScalarType, StopVoting, Text, Visibility,
	},
	value::{Answer, Scalar, Value},
	Balance, FeedId, Hash, Round, EVT, PPB,
};
use sp_runtime::FixedU64;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};

/// Time without progress after which joining and drawing are given up.
const PATIENCE: Duration = Duration::from_secs(180);

/// A feed that takes reports.
pub(crate) struct Feed {
	pub(crate) genesis: Hash,
	pub(crate) id: FeedId,
	pub(crate) view: FeedView,
	pub(crate) committee: Committee,
	pub(crate) workers: Arc<Vec<crowd::Worker>>,
}

/// Makes a feed, lets `reporters` accounts join it, and waits until it takes reports.
pub(crate) async fn open(
	chain: &Chain,
	reporters: u32,
	rounds: u32,
	webhook: &str,
) -> Result<Feed, Failure> {
	let (progress, started) = (Progress::default(), Instant::now());
	let requester = Key::from_suri("//Alice")?;
	let create = Call::create_market(&[input(reporters, rounds, webhook)]);
	let events = chain.execute(&create, &requester).await?;
	let id = FeedId { market: created_market(&events)?, index: 0 };
	let names: Vec<String> = (0..reporters).map(|index| index.to_string()).collect();
	let workers = Arc::new(crowd::workers(&format!("load {id} {}", now()), &names));
	crowd::fund(chain, &requester, &workers, id, &progress).await?;
	let funded = started.elapsed();
	crowd::join(chain, &workers, id, &progress, PATIENCE).await?;
	let joined = started.elapsed();
	let view = crowd::reporting(chain, id, &progress, PATIENCE).await?;
	progress.done();
	println!(
		"feed {id}: {reporters} reporters funded in {:.1} s, joined in {:.1} s, committee after {:.1} s",
		funded.as_secs_f64(),
		(joined - funded).as_secs_f64(),
		(started.elapsed() - joined).as_secs_f64(),
	);
	let committee = view.committee.clone().ok_or_else(|| Failure::new("no committee"))?;
	Ok(Feed { genesis: chain.genesis(), id, view, committee, workers })
}

/// A text and two numbers: reports of 512 bytes.
fn input(reporters: u32, rounds: u32, webhook: &str) -> FeedInput {
	let field = |name: &str, scalar| Field {
		name: name.as_bytes().to_vec().try_into().unwrap_or_default(),
		field_type: FieldType::Scalar(scalar),
	};
	let fields = vec![
		field("where", ScalarType::Text { max_length: 242 }),
		field("home", ScalarType::Integer),
		field("away", ScalarType::Integer),
	];
	let definition = Definition {
		fields: fields.try_into().unwrap_or_default(),
		event: EventKind::Multiple { max_rounds: rounds, max_time: 86_400_000 },
		min_people: reporters,
		max_people: reporters,
		min_consensus: reporters.div_ceil(2),
		consensus_rule: PPB / 2,
		consensus_mode: ConsensusMode::Final,
		reward: Balance::from(reporters.max(100)) * EVT,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(1),
		join_bonus: FixedU64::from_u32(1),
		committee_size: 4,
		gate: Gate::default(),
		time_to_join: now() + 1_800_000,
		reporting_timestamp: None,
		// A round ends when everyone has voted; silence ends it only if a report was lost.
		stop_voting: StopVoting { at: None, share: None, quiet: Some(30_000) },
		start_dispute_time: 0,
		max_dispute_time: 1_000,
		cross_validate: PPB / 10,
		visibility: Visibility::Public { tag_key: [7; 32], access_secret: [8; 32] },
		validation_fee: None,
		default_value: None,
	};
	let text = |text: &str| text.as_bytes().to_vec();
	let text = Text {
		name: text("Load").try_into().unwrap_or_default(),
		description: text("Many reports, to see what a network bears")
			.try_into()
			.unwrap_or_default(),
		rules: None,
		categories: Default::default(),
		location: Default::default(),
		webhook_url: text(webhook).try_into().unwrap_or_default(),
	};
	FeedInput { definition, text }
}

/// What a reporter says in a round: three of five say the same.
pub(crate) fn answer(reporter: usize, round: Round) -> Answer {
	let home = if reporter % 5 < 3 { round } else { round + 1 };
	Answer::Values(vec![
		Value::Scalar(Scalar::Text("a place in the sun".into())),
		Value::Scalar(Scalar::Integer(i128::from(home))),
		Value::Scalar(Scalar::Integer(2)),
	])
}

/// How many of so many reporters say the same.
pub(crate) fn agreeing(reporters: u32) -> u32 {
	(0..reporters).filter(|reporter| reporter % 5 < 3).count() as u32
}
