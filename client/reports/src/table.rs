// SPDX-License-Identifier: Apache-2.0

//! The feeds that this node serves, as the intake sees them: kept by the worker, read by everyone
//! who takes reports, never locked for longer than a look.

use crate::verify::Key;
use eventum_primitives::{
	apis::{FeedView, ReporterView, Stage},
	bits::Bits,
	committee::{Committee, MemberIndex},
	definition::Visibility,
	outcome::Certificate,
	report::{acting_key, Tag},
	vald, AccountId, BlockNumber, FeedId, Hash, JoinIndex, Moment, Round,
};
use eventum_wire::{seal::SecretKey, Certified, IntakeError};
use parking_lot::{Mutex, RwLock};
use std::{
	collections::{BTreeMap, HashMap},
	sync::Arc,
};

/// A member of a feed's committee that is this node.
#[derive(Clone)]
pub struct LocalMember {
	/// Its place in the committee.
	pub index: MemberIndex,
	/// The key that it signs with.
	pub key: vald::Public,
	/// What opens its envelopes.
	pub intake: SecretKey,
}

/// A reporter of a feed.
#[derive(Clone, Debug)]
pub struct Reporter {
	/// Place in the order of joining.
	pub index: JoinIndex,
	/// What verifies its reports, and from which block on, rising.
	pub keys: Vec<(BlockNumber, Key)>,
}

/// How a verified report stands to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
	/// The worker needs it. There may be one with another tag, which makes it a double answer.
	Needed(Option<Hash>),
	/// The reporter has said the same before, in this report.
	Again(Hash),
	/// There are enough of this reporter in this round.
	TooMany,
	/// The reporter has sent an excuse, which holds.
	Excused,
	/// The reporter has reported, so an excuse comes too late.
	Reported,
}

/// What has been handed to the worker.
#[derive(Default)]
struct Progress {
	round: Round,
	over: bool,
	/// The newest block whose keys of reporters are known here.
	seen: BlockNumber,
	/// The block that says by which keys reports of a round are signed, of the newest rounds.
	keyed: BTreeMap<Round, BlockNumber>,
	/// Who is excused since the first round.
	excused: Bits,
	given: BTreeMap<Round, HashMap<JoinIndex, Vec<(Hash, Tag)>>>,
}

/// A feed that this node serves.
pub struct ServedFeed {
	/// Its name.
	pub id: FeedId,
	/// What the chain says of it.
	pub view: Arc<FeedView>,
	/// Its committee.
	pub committee: Arc<Committee>,
	/// Which members of the committee are this node.
	pub local: Vec<LocalMember>,
	/// What opens its reports' values.
	pub access: SecretKey,
	reporters: HashMap<AccountId, Reporter>,
	/// When reporters changed their keys; of those who did.
	rekeyed: HashMap<JoinIndex, Vec<BlockNumber>>,
	progress: Arc<Mutex<Progress>>,
}

impl ServedFeed {
	/// A feed whose rounds before `round` are certified to their ends.
	pub fn new(
		id: FeedId,
		view: Arc<FeedView>,
		committee: Arc<Committee>,
		local: Vec<LocalMember>,
		reporters: &[ReporterView],
		round: Round,
	) -> Self {
		let rekeyed = reporters
			.iter()
			.map(|view| (view.index, view.keys.iter().skip(1).map(|(since, _)| *since).collect()))
			.filter(|(_, changes): &(_, Vec<_>)| !changes.is_empty())
			.collect();
		let reporter = |view: &ReporterView| {
			let keys = view.keys.iter().map(|(since, key)| (*since, Key::from(key))).collect();
			(view.account.clone(), Reporter { index: view.index, keys })
		};
		let reporters = reporters.iter().map(reporter).collect();
		let keyed = if round == 0 { [(0, 0)].into() } else { BTreeMap::new() };
		let progress = Progress { round, keyed, ..Default::default() };
		let progress = Arc::new(Mutex::new(progress));
		let Visibility::Public { access_secret, .. } = &view.definition.visibility;
		let access = SecretKey::new(access_secret);
		Self { id, view, committee, local, access, reporters, rekeyed, progress }
	}

	/// The reporter of an account.
	pub fn reporter(&self, account: &AccountId) -> Option<&Reporter> {
		self.reporters.get(account)
	}

	/// Says that the keys are known here as they were in `block`.
	pub fn set_seen(&self, block: BlockNumber) {
		self.progress.lock().seen = block;
	}

	/// Opens a round: its reports are signed with the keys that were set up to `block`. False if these
	/// are not known here yet.
	pub fn open(&self, round: Round, block: BlockNumber) -> bool {
		let mut progress = self.progress.lock();
		let known = block <= progress.seen;
		if known {
			progress.keyed.insert(round, block);
			progress.keyed = progress.keyed.split_off(&round.saturating_sub(1));
		}
		known
	}

	/// The key that signs a reporter's reports of a round, and since when it has it. While the round
	/// before is open that is the newest one, if no change is about to act.
	pub fn key_of(
		&self,
		reporter: &Reporter,
		round: Round,
	) -> Result<(BlockNumber, Key), IntakeError> {
		let progress = self.progress.lock();
		let key = match progress.keyed.get(&round) {
			Some(block) => acting_key(&reporter.keys, *block),
			None => {
				let before = round.checked_sub(1).and_then(|before| progress.keyed.get(&before));
				let newest = reporter.keys.last();
				newest.filter(|(since, _)| before.is_some_and(|block| since <= block))
			}
		};
		key.cloned().ok_or(IntakeError::WrongRound)
	}

	/// Whether a report that was taken before its round opened is signed with the key that acts now that
	/// it is open.
	pub fn keeps_key(&self, round: Round, reporter: JoinIndex) -> bool {
		let Some(changes) = self.rekeyed.get(&reporter) else { return true };
		let progress = self.progress.lock();
		let Some(block) = progress.keyed.get(&round) else { return false };
		let before = round.checked_sub(1).and_then(|before| progress.keyed.get(&before));
		let before = before.copied().unwrap_or(0);
		!changes.iter().any(|since| (before.saturating_add(1)..=*block).contains(since))
	}

	/// The local member of this index.
	pub fn local_member(&self, index: MemberIndex) -> Option<&LocalMember> {
		self.local.iter().find(|member| member.index == index)
	}

	/// A certificate with what it is delivered by.
	pub(crate) fn certified(&self, certificate: Certificate) -> Certified {
		let (feed, committee) = (self.view.clone(), Committee::clone(&self.committee));
		let local = self.local.iter().map(|member| (member.index, member.key.clone()));
		Certified { certificate, feed, committee, local: local.collect() }
	}

	/// Moves on to `round`, for which these are excused: what came before it is late.
	pub fn set_round(&self, round: Round, excused: Bits) {
		let mut progress = self.progress.lock();
		progress.round = round;
		progress.excused = excused;
		progress.given = progress.given.split_off(&round);
	}

	/// Says that the last round is over: whatever comes now is late.
	pub fn set_over(&self) {
		let mut progress = self.progress.lock();
		progress.over = true;
		progress.given.clear();
	}

	/// The round that is counted.
	pub fn round(&self) -> Round {
		self.progress.lock().round
	}

	/// Notes a report that the worker has: one that was handed to it, or that the store gave back.
	pub fn note(&self, round: Round, reporter: JoinIndex, hash: Hash, tag: Tag) {
		let mut progress = self.progress.lock();
		if progress.over || round < progress.round {
			return;
		}
		let given = progress.given.entry(round).or_default().entry(reporter).or_default();
		if given.iter().all(|(held, _)| *held != hash) {
			given.push((hash, tag));
		}
	}

	/// Forgets a report that the worker has not kept.
	pub fn forget(&self, round: Round, reporter: JoinIndex, hash: &Hash) {
		let mut progress = self.progress.lock();
		let given = progress.given.get_mut(&round).and_then(|given| given.get_mut(&reporter));
		if let Some(given) = given {
			given.retain(|(held, _)| held != hash);
		}
	}

	/// Whether reports of `round` are taken at `now`.
	pub fn check_round(&self, round: Round, now: Moment) -> Result<(), IntakeError> {
		let reporting = matches!(self.view.stage, Stage::Reporting);
		if !reporting || self.view.reporting_from.is_none_or(|from| now < from) {
			return Err(match self.view.stage {
				Stage::Joining | Stage::Drawing | Stage::Reporting => IntakeError::TooEarly,
				_ => IntakeError::Late,
			});
		}
		let progress = self.progress.lock();
		if progress.over || round < progress.round {
			Err(IntakeError::Late)
		} else if round > progress.round.saturating_add(1)
			|| round >= self.view.definition.max_rounds()
		{
			Err(IntakeError::WrongRound)
		} else {
			Ok(())
		}
	}

	/// Whether the worker has this very report.
	pub fn knows(&self, round: Round, reporter: JoinIndex, hash: &Hash) -> bool {
		let progress = self.progress.lock();
		let given = progress.given.get(&round).and_then(|given| given.get(&reporter));
		given.is_some_and(|given| given.iter().any(|(held, _)| held == hash))
	}

	/// How a verified report stands to those that the worker has.
	///
	/// A member takes two answers of a reporter by envelope, to have the proof. From other members
	/// it takes what may stand in their logs, two for each of them. `excuse` is the tag of excuses, which
	/// are no answers.
	pub fn standing(
		&self,
		round: Round,
		reporter: JoinIndex,
		hash: &Hash,
		(tag, excuse): (&Tag, &Tag),
		by_envelope: bool,
	) -> Standing {
		let progress = self.progress.lock();
		let given = progress.given.get(&round).and_then(|given| given.get(&reporter));
		let given = given.map(Vec::as_slice).unwrap_or_default();
		let same = given.iter().find(|(held, said)| held == hash || (by_envelope && said == tag));
		if let Some((held, _)) = same {
			return Standing::Again(*held);
		}
		let limit = self.committee.members.len().saturating_mul(2);
		if given.len() >= limit {
			return Standing::TooMany;
		}
		let mut answers = given.iter().filter(|(_, said)| said != excuse);
		if by_envelope {
			let first = answers.clone().next();
			if progress.excused.get(reporter) || given.len() > answers.clone().count() {
				return Standing::Excused;
			} else if tag == excuse && first.is_some() {
				return Standing::Reported;
			} else if answers.clone().any(|(_, said)| first.is_some_and(|(_, one)| one != said)) {
				return Standing::TooMany;
			}
		}
		let other = answers.find(|(_, said)| tag != excuse && said != tag);
		Standing::Needed(other.map(|(held, _)| *held))
	}
}

/// All feeds that this node serves.
#[derive(Clone, Default)]
pub struct FeedTable {
	feeds: Arc<RwLock<HashMap<FeedId, Arc<ServedFeed>>>>,
}

impl FeedTable {
	/// Puts a feed into the table. If it is there, this is a newer view of it: the round that it is
	/// in and the reports that are known of it stay.
	pub fn insert(&self, mut feed: ServedFeed) -> Arc<ServedFeed> {
		let mut feeds = self.feeds.write();
		if let Some(older) = feeds.get(&feed.id) {
			feed.progress = older.progress.clone();
		}
		let feed = Arc::new(feed);
		feeds.insert(feed.id, feed.clone());
		feed
	}

	/// Takes a feed out.
	pub fn remove(&self, feed: FeedId) {
		self.feeds.write().remove(&feed);
	}

	/// A feed.
	pub fn get(&self, feed: FeedId) -> Option<Arc<ServedFeed>> {
		self.feeds.read().get(&feed).cloned()
	}

	/// All of them, in no order.
	pub fn all(&self) -> Vec<Arc<ServedFeed>> {
		self.feeds.read().values().cloned().collect()
	}
}
