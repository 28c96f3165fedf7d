// SPDX-License-Identifier: Apache-2.0

//! One round of one feed, as one member sees it: logs, known reports, the running tally.

use super::{
	log::{Checked, Extended, OwnLog, PeerLog},
	votes::Votes,
	Counted, Effect, Logged, Setup, Write,
};
use eventum_primitives::{
	bits::Bits,
	committee::MemberIndex,
	fault::Proof,
	log::{Head, Receipt, SignedHead},
	outcome::{Certificate, Outcome},
	report::{excuse_tag, Tag},
	rules::count::{Before, Decision, Previous, Summary},
	Hash, JoinIndex, Moment, Round, Sequence,
};
use eventum_wire::{
	client::{members_to_try, DEFAULT_MEMBERS},
	heads,
	message::{LogUpdate, Proposal, MAX_WANTED},
	Message,
};
use std::collections::{hash_map::Entry, BTreeMap, BTreeSet, HashMap, HashSet};

/// How long a report that stands in another member's log may take to come by itself.
const GRACE: Moment = 10;
/// How often a lacking report is asked for.
pub(super) const ASK_AGAIN: Moment = 200;
/// How often a decided member repeats its promise until there is a certificate.
const REPEAT_HEAD: Moment = 100;
/// Length of the first view; each next one lasts twice as long.
const FIRST_VIEW: Moment = 1_000;
/// Doublings after which views get no longer.
const MAX_DOUBLINGS: u32 = 6;
/// A leader whose proposal has been judged is not heard again for so long, unless there is news. It is
/// shorter than any view, so that honest ones do not notice.
const DEAF: Moment = 500;
/// Receipts that wait for the logs that must bear them out.
const MAX_RECEIPTS: usize = 1_024;

/// A report that stands in another's log and is not here.
#[derive(Debug)]
struct Missing {
	/// Who has it; they are asked in turn, as some may not give it.
	at: Vec<MemberIndex>,
	turn: usize,
	/// When to ask for it.
	ask: Moment,
}

/// A proposal that waits for what it cannot be judged without.
#[derive(Debug)]
pub(super) struct Waiting {
	pub(super) proposal: Proposal,
	/// When what it lacks is asked for again.
	pub(super) ask_again: Moment,
}

/// A decided round that waits for its certificate.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
	pub(super) number: u32,
	ends: Moment,
}

#[derive(Debug)]
pub(super) struct RoundState {
	pub(super) round: Round,
	pub(super) own: OwnLog,
	pub(super) peers: BTreeMap<MemberIndex, PeerLog>,
	/// Reports in the log, and since when.
	pub(super) reports: HashMap<Hash, (Counted, Moment)>,
	/// A report of each tag, to read its answer from.
	pub(super) answers: HashMap<Tag, Hash>,
	/// Each reporter's first report here; of none that is excused.
	first: HashMap<JoinIndex, Hash>,
	/// Who is excused since the first round; nobody while that is open.
	excused: Bits,
	/// Whose first word here is an excuse.
	excuses: HashSet<JoinIndex>,
	/// The tag of excuses.
	excuse: Tag,
	/// Arrival of the newest report that is no excuse.
	last: Option<Moment>,
	counts: HashMap<Tag, u32>,
	missing: BTreeMap<Hash, Missing>,
	pub(super) view: Option<View>,
	/// What was signed, by sequence and view.
	pub(super) signed: BTreeMap<(Sequence, u32), [u8; 32]>,
	/// The newest proposal of each leader.
	pub(super) proposals: BTreeMap<MemberIndex, Waiting>,
	/// What each leader's last judged proposal was for, and when that was.
	judged: BTreeMap<MemberIndex, (Sequence, Moment)>,
	/// Block and cut of the newest outcome that was signed for the next push. A later leader puts the
	/// same up again, so that certificates of two views say the same.
	pub(super) vouched: Option<(Hash, Vec<SignedHead>)>,
	/// Views of which leaders have shown different outcomes to different members, as far as is known.
	pub(super) compared: BTreeSet<(Sequence, u32)>,
	/// Receipts of other members that reporters have shown, by member and report.
	receipts: BTreeMap<(MemberIndex, Hash), Receipt>,
	/// The cut that came to nothing when it was last evaluated for a proposal.
	pub(super) tried: Option<Hash>,
	pub(super) votes: Votes,
	pub(super) certificate: Option<Certificate>,
	pub(super) changed: bool,
	/// When time alone may decide.
	until: Moment,
	head_wanted: bool,
	head_again: Moment,
}

/// The members that this one tells a new report without being asked: clients hand a report to the
/// first few members in an order that follows from its hash, and these share the others among them.
/// (Who lacks it still asks; but that takes the time there and back.)
fn lacking(setup: &Setup, report: &Hash) -> impl Iterator<Item = MemberIndex> {
	let order = members_to_try(&setup.committee, report);
	let place = order.iter().position(|member| *member == setup.own).unwrap_or(order.len());
	let others = if place < DEFAULT_MEMBERS { place + DEFAULT_MEMBERS } else { order.len() };
	order.into_iter().skip(others).step_by(DEFAULT_MEMBERS)
}

impl RoundState {
	/// A round that opens with these reporters excused.
	pub(super) fn new(setup: &Setup, round: Round, excused: Bits) -> Self {
		Self {
			round,
			excused,
			excuses: HashSet::new(),
			excuse: excuse_tag(&setup.genesis, setup.feed),
			last: None,
			own: OwnLog::default(),
			peers: BTreeMap::new(),
			reports: HashMap::new(),
			answers: HashMap::new(),
			first: HashMap::new(),
			counts: HashMap::new(),
			missing: BTreeMap::new(),
			view: None,
			signed: BTreeMap::new(),
			proposals: BTreeMap::new(),
			judged: BTreeMap::new(),
			vouched: None,
			compared: BTreeSet::new(),
			receipts: BTreeMap::new(),
			tried: None,
			votes: Votes::default(),
			certificate: None,
			changed: true,
			until: Moment::MAX,
			head_wanted: false,
			head_again: 0,
		}
	}

	/// The newest push that is certified, 0 for none.
	pub(super) fn sequence(&self) -> Sequence {
		self.outcome().map_or(0, |outcome| outcome.sequence)
	}

	pub(super) fn outcome(&self) -> Option<&Outcome> {
		self.certificate.as_ref().map(|certificate| &certificate.outcome)
	}

	fn previous(&self) -> Option<Previous> {
		let Outcome { at, result, agreed, .. } = *self.outcome()?;
		Some(Previous { at, result, agreed })
	}

	/// What a count of this round goes on from.
	pub(super) fn before(&self) -> Before {
		Before { previous: self.previous(), excused: self.excused.clone() }
	}

	/// Puts a checked report into the log. A second answer of a reporter is logged too, so that every
	/// count sees both and counts neither; so is a second report of the same answer, which another
	/// member may have logged instead of the first.
	pub(super) fn report(
		&mut self,
		setup: &Setup,
		counted: Counted,
		now: Moment,
		effects: &mut Vec<Effect>,
	) -> Logged {
		let hash = counted.hash;
		self.missing.remove(&hash);
		if let Some(at) = self.logged(&hash) {
			return Logged::At(at);
		}
		let first = self.first.get(&counted.reporter).and_then(|first| self.reports.get(first));
		let excuse = counted.tag == self.excuse;
		let double = !excuse && first.is_some_and(|(first, _)| first.tag != counted.tag);
		let entry = self.own.append(hash, now);
		self.insert(counted, entry.at);
		for member in lacking(setup, &hash) {
			effects.push(Effect::Report(member, self.round, hash));
		}
		effects.push(Effect::Write(Write::Entry(self.round, self.own.log().len() - 1, entry)));
		self.changed = true;
		if double {
			Logged::DoubleAnswer
		} else {
			Logged::At(entry.at)
		}
	}

	/// Since when a report is in the log.
	pub(super) fn logged(&self, hash: &Hash) -> Option<Moment> {
		self.reports.get(hash).map(|(_, at)| *at)
	}

	/// Keeps a report that is in the log since `at`, also after a restart: in the log's order. The cut may
	/// have another order, in which the reporter is not excused.
	pub(super) fn insert(&mut self, counted: Counted, at: Moment) {
		let Counted { reporter, hash, tag, .. } = counted;
		self.reports.insert(hash, (counted, at));
		if tag == self.excuse {
			if self.round == 0 && !self.first.contains_key(&reporter) {
				self.excuses.insert(reporter);
			}
			return;
		}
		self.answers.entry(tag).or_insert(hash);
		if self.excused.get(reporter) || self.excuses.contains(&reporter) {
			return;
		}
		self.last = Some(at);
		if let Entry::Vacant(first) = self.first.entry(reporter) {
			first.insert(hash);
			*self.counts.entry(tag).or_default() += 1;
		}
	}

	/// Takes news of another member's log; gives what they prove against it.
	pub(super) fn update(
		&mut self,
		setup: &Setup,
		from: MemberIndex,
		update: LogUpdate,
		now: Moment,
		effects: &mut Vec<Effect>,
	) -> Option<Proof> {
		let member = update.head.member;
		if member == setup.own
			|| setup.excluded.contains(&member)
			|| update.head.head.length > setup.longest_log()
			|| !heads::verify(&setup.genesis, &setup.committee, &update.head)
		{
			return None;
		}
		let peer = self.peers.entry(member).or_default();
		let have = peer.log().len();
		if let Some(proof) = peer.contradicted(&update.head) {
			return Some(proof);
		}
		match peer.extend(update.from, &update.entries, &update.head) {
			Extended::Ok => {}
			Extended::Gap => {
				let (feed, round) = (setup.feed, self.round);
				let want = Message::WantLog { feed, round, member, from: have };
				effects.push(Effect::Send(from, want));
				return None;
			}
			Extended::Stale => return None,
			Extended::Broken => {
				log::debug!(
					target: crate::LOG,
					"member {from} shows a log of member {member} of feed {} that does not fit",
					setup.feed,
				);
				// Who has seen another log than we have finds the proof in our head.
				if let Some(head) = peer.head().filter(|_| from != member).cloned() {
					let update = LogUpdate { from: head.head.length, entries: Vec::new(), head };
					effects.push(Effect::Send(from, Message::Log(update)));
				}
				return None;
			}
		}
		let promised = self.own.upto();
		for entry in peer.log().since(have) {
			if !self.reports.contains_key(&entry.report) {
				let missing = self.missing.entry(entry.report).or_insert_with(|| Missing {
					at: Vec::new(),
					turn: 0,
					ask: now.saturating_add(GRACE),
				});
				if !missing.at.contains(&member) {
					missing.at.push(member);
				}
			} else if entry.at > promised {
				// The median may lie after our promise: promise up to now.
				self.head_wanted = true;
			}
		}
		self.check_receipts(member)
	}

	/// Takes a receipt of another member, whose signature has been checked; gives what it proves.
	pub(super) fn receipt(&mut self, receipt: Receipt) -> Option<Proof> {
		let member = receipt.member;
		if self.receipts.len() < MAX_RECEIPTS {
			self.receipts.insert((member, receipt.report), receipt);
		}
		self.check_receipts(member)
	}

	/// Compares the receipts of a member that were shown here with its log.
	fn check_receipts(&mut self, member: MemberIndex) -> Option<Proof> {
		let log = self.peers.get(&member)?;
		let mut broken = None;
		self.receipts.retain(|(of, _), receipt| {
			if *of != member {
				return true;
			}
			match log.lacking(receipt) {
				Checked::Open => true,
				Checked::Kept => false,
				Checked::Broken(proof) => {
					broken = Some(*proof);
					false
				}
			}
		});
		broken
	}

	/// Whether a leader's proposal for this push has been judged just now.
	pub(super) fn is_deaf(&self, leader: MemberIndex, sequence: Sequence, now: Moment) -> bool {
		self.judged
			.get(&leader)
			.is_some_and(|(last, at)| *last == sequence && now < at.saturating_add(DEAF))
	}

	/// Notes that a leader's proposal has been judged.
	pub(super) fn judged(&mut self, leader: MemberIndex, sequence: Sequence, now: Moment) {
		self.judged.insert(leader, (sequence, now));
	}

	/// Asks for what has not come by itself.
	pub(super) fn ask(&mut self, setup: &Setup, now: Moment, effects: &mut Vec<Effect>) {
		let mut wanted: BTreeMap<MemberIndex, Vec<Hash>> = BTreeMap::new();
		for (hash, missing) in self.missing.iter_mut().filter(|(_, m)| m.ask <= now) {
			let at =
				missing.turn.checked_rem(missing.at.len()).and_then(|turn| missing.at.get(turn));
			let Some(at) = at else { continue };
			let list = wanted.entry(*at).or_default();
			if list.len() < MAX_WANTED {
				list.push(*hash);
				missing.ask = now.saturating_add(ASK_AGAIN);
				missing.turn = missing.turn.wrapping_add(1);
			}
		}
		for (member, reports) in wanted {
			let want = Message::WantReports { feed: setup.feed, round: self.round, reports };
			effects.push(Effect::Send(member, want));
		}
	}

	/// Part of this member's or a peer's log, for one who lacks it.
	pub(super) fn log_since(
		&self,
		setup: &Setup,
		member: MemberIndex,
		from: u32,
	) -> Option<Message> {
		let (log, head) = if member == setup.own {
			(self.own.log(), self.own.head()?)
		} else {
			let peer = self.peers.get(&member)?;
			(peer.log(), peer.head()?)
		};
		let entries = log.since(from);
		let covered = (head.head.length.saturating_sub(from)) as usize;
		let entries = entries.get(..covered)?.to_vec();
		Some(Message::Log(LogUpdate { head: head.clone(), from, entries }))
	}

	/// Whether a count has changed, or something is to be published or asked for.
	pub(super) fn is_busy(&self) -> bool {
		self.changed
			|| self.head_wanted
			|| self.own.unpublished()
			|| !self.missing.is_empty()
			|| !self.proposals.is_empty()
	}

	/// The running tally, if it is worth asking the runtime about.
	pub(super) fn summary(&mut self, setup: &Setup, now: Moment) -> Option<Summary> {
		if !self.changed && now < self.until {
			return None;
		}
		self.changed = false;
		let leading = self.counts.iter().max_by_key(|(tag, count)| (**count, **tag));
		Some(Summary {
			feed: setup.feed,
			round: self.round,
			leading: leading.map(|(tag, count)| (*tag, *count)),
			voted: self.first.len() as u32,
			excused: self.excused.count() + self.excuses.len() as u32,
			last: self.last,
			previous: self.previous(),
			now,
		})
	}

	/// Takes what the runtime says of the tally.
	pub(super) fn decided(&mut self, decision: Decision, now: Moment) {
		match decision {
			Decision::Open { until } => {
				self.until = until;
				self.view = None;
			}
			Decision::Interim | Decision::Concluded => {
				self.until = Moment::MAX;
				if self.view.is_none() {
					self.view = Some(View { number: 0, ends: now.saturating_add(FIRST_VIEW) });
					self.head_wanted |= self.own.upto() < now;
					self.head_again = now.saturating_add(REPEAT_HEAD);
				}
			}
		}
	}

	/// Moves to the view that time says.
	pub(super) fn turn(&mut self, now: Moment) {
		let Some(view) = &mut self.view else { return };
		if now >= self.head_again {
			self.head_wanted = true;
			self.head_again = now.saturating_add(REPEAT_HEAD);
		}
		if now >= view.ends {
			view.number = view.number.saturating_add(1);
			let length = FIRST_VIEW << view.number.min(MAX_DOUBLINGS);
			view.ends = now.saturating_add(length);
		}
	}

	/// The head to publish with this tick, if there is news.
	pub(super) fn head_due(&self, setup: &Setup, now: Moment) -> Option<Head> {
		let due = self.own.unpublished() || (self.head_wanted && self.own.upto() < now);
		due.then(|| self.own.next_head(setup.feed, self.round, now))
	}

	/// Keeps and sends a signed head.
	pub(super) fn published(&mut self, signed: SignedHead, effects: &mut Vec<Effect>) {
		self.head_wanted = false;
		effects.push(Effect::Write(Write::Head(signed.clone())));
		let from = self.own.published(signed.clone());
		let entries = self.own.log().since(from).to_vec();
		let update = LogUpdate { head: signed, from, entries };
		effects.push(Effect::Broadcast(Message::Log(update)));
	}

	/// Takes a certificate that is newer than what is known.
	pub(super) fn certify(&mut self, certificate: Certificate) {
		self.votes.prune(certificate.outcome.sequence);
		self.certificate = Some(certificate);
		self.proposals.clear();
		self.vouched = None;
		self.compared.clear();
		self.view = None;
		self.changed = true;
	}
}
