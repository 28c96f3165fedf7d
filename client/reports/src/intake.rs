// SPDX-License-Identifier: Apache-2.0

//! Taking reports: from the envelope that came in to the [`Verified`] report that the worker gets.
//!
//! ```text
//! envelope ─ cheap checks ─┐
//!                          ├─> open, cheap checks, dedup, open value ─> verify in batches ─> worker
//! report of a peer ────────┘        (opener threads)                   (verifier threads)
//! ```
//!
//! Whatever is on its way holds a [`Permit`] for its bytes until it is on disk; when there are none left
//! the answer is [`IntakeError::Overloaded`], at once. So it is for an envelope that had to wait too
//! long: whoever sent it is about to give up, and work on it would be lost. Peers have a share of their
//! own and go first, so that clients cannot keep the committee from agreeing. The queues between the
//! stages are short; a full one makes the stage before it wait, and nobody else.

use crate::{
	check::{check, open_value},
	io::{Answer, Input, Repeated, Respond, Source, Verified},
	memory::{Memory, Permit},
	metrics::Metrics,
	table::{FeedTable, ServedFeed, Standing},
	verify::{self, Claim, Key, MAX_BATCH},
	LOG,
};
use codec::Encode;
use eventum_primitives::{
	committee::MemberIndex,
	report::{excuse_tag, Report},
	BlockNumber, FeedId, Hash, JoinIndex, Round,
};
use eventum_wire::{
	receipt,
	seal::{open_content, Content},
	Envelope, IntakeError, Receipt,
};
use futures::{channel::oneshot, FutureExt};
use parking_lot::Mutex;
use sc_network_types::PeerId;
use std::{
	sync::{mpsc, Arc},
	time::{Duration, Instant},
};

/// Bytes of reports that came in envelopes and are in memory.
pub const ENVELOPE_MEMORY: usize = 8 * 1024 * 1024;
/// Bytes of reports that came from other members and are in memory.
pub const PEER_MEMORY: usize = 8 * 1024 * 1024;
/// What a report takes besides its bytes.
const OVERHEAD: usize = 256;
/// Arrivals of either kind that may wait to be opened; there is memory for so many small ones.
const ARRIVALS: usize = 32_768;
/// How long an envelope may wait to be opened.
const STALE: Duration = Duration::from_secs(1);
/// How long an answer is waited for. A report that waits for its round may take longer: who sends it
/// again gets the receipt then.
pub const ANSWER_TIME: Duration = Duration::from_secs(4);
/// Opened reports that may wait to be verified.
const OPENED: usize = 2 * MAX_BATCH;
/// A batch of so many signatures is worth verifying without waiting for more.
const GOOD_BATCH: usize = 64;
/// The longest that a report waits for others while more are to be opened.
const GATHER: Duration = Duration::from_millis(10);

/// How the intake is built.
#[derive(Clone, Copy, Debug)]
pub struct Config {
	/// Threads that open envelopes and values.
	pub openers: usize,
	/// Threads that verify signatures.
	pub verifiers: usize,
	/// Bytes for reports in envelopes.
	pub envelope_memory: usize,
	/// Bytes for reports from other members.
	pub peer_memory: usize,
}

impl Default for Config {
	/// All cores may open, half of them verify: opening costs about twice as much.
	fn default() -> Self {
		let cores = std::thread::available_parallelism().map_or(1, usize::from);
		Self {
			openers: cores,
			verifiers: cores.div_ceil(2),
			envelope_memory: ENVELOPE_MEMORY,
			peer_memory: PEER_MEMORY,
		}
	}
}

enum Arrived {
	Envelope {
		served: Arc<ServedFeed>,
		envelope: Envelope,
		at: Instant,
		respond: Respond,
		permit: Permit,
	},
	Report {
		served: Arc<ServedFeed>,
		report: Box<Report>,
		peer: PeerId,
		permit: Permit,
	},
}

/// What waits to be opened.
#[derive(Clone)]
struct Arrivals {
	reports: async_channel::Receiver<Arrived>,
	envelopes: async_channel::Receiver<Arrived>,
}

impl Arrivals {
	/// The next, what members lack before what clients bring; none when no more can come.
	fn next(&self) -> Option<Arrived> {
		futures::executor::block_on(async {
			futures::select_biased! {
				report = self.reports.recv().fuse() => report.ok(),
				envelope = self.envelopes.recv().fuse() => envelope.ok(),
			}
		})
	}

	fn is_empty(&self) -> bool {
		self.reports.is_empty() && self.envelopes.is_empty()
	}
}

struct Opened {
	served: Arc<ServedFeed>,
	report: Report,
	hash: Hash,
	reporter: JoinIndex,
	/// Since when the reporter has the key that verifies it, and the key.
	key: (BlockNumber, Key),
	source: Source,
	permit: Permit,
}

/// Where reports go in. Its threads end with its last clone.
#[derive(Clone)]
pub struct Intake {
	table: FeedTable,
	reports: async_channel::Sender<Arrived>,
	envelopes: async_channel::Sender<Arrived>,
	envelope_memory: Memory,
	peer_memory: Memory,
	metrics: Metrics,
}

/// What the threads share.
struct Stages {
	genesis: Hash,
	worker: async_channel::Sender<Input>,
	/// Held from looking whether a report is known until the worker has what was noted, so that a
	/// repetition never overtakes what it repeats.
	hand_over: Mutex<()>,
	metrics: Metrics,
}

impl Intake {
	/// Starts the threads. What passes goes to `worker`.
	pub fn start(
		genesis: Hash,
		table: FeedTable,
		worker: async_channel::Sender<Input>,
		config: Config,
		metrics: Metrics,
	) -> std::io::Result<Self> {
		let (reports, arrived_reports) = async_channel::bounded(ARRIVALS);
		let (envelopes, arrived_envelopes) = async_channel::bounded(ARRIVALS);
		let arrivals = Arrivals { reports: arrived_reports, envelopes: arrived_envelopes };
		let (to_verify, opened) = mpsc::sync_channel(OPENED);
		let opened = Arc::new(Mutex::new(opened));
		let stages = Arc::new(Stages {
			genesis,
			worker,
			hand_over: Mutex::new(()),
			metrics: metrics.clone(),
		});
		let spawn = |name: &str, run: Box<dyn FnOnce() + Send>| {
			std::thread::Builder::new().name(name.into()).spawn(run).map(drop)
		};
		for _ in 0..config.openers.max(1) {
			let (stages, arrivals, to_verify) =
				(stages.clone(), arrivals.clone(), to_verify.clone());
			spawn("reports-open", Box::new(move || stages.open_all(&arrivals, &to_verify)))?;
		}
		for _ in 0..config.verifiers.max(1) {
			let (stages, arrivals, opened) = (stages.clone(), arrivals.clone(), opened.clone());
			spawn("reports-verify", Box::new(move || stages.verify_all(&arrivals, &opened)))?;
		}
		Ok(Self {
			table,
			reports,
			envelopes,
			envelope_memory: Memory::new(config.envelope_memory),
			peer_memory: Memory::new(config.peer_memory),
			metrics,
		})
	}

	/// Takes an envelope for a member on this node. The answer comes when the report is durable, or
	/// refused.
	pub async fn submit(&self, envelope: Envelope) -> Answer {
		let result = match self.offer(envelope) {
			Ok(answer) => match tokio::time::timeout(ANSWER_TIME, answer).await {
				Ok(Ok(answer)) => answer,
				Ok(Err(_)) | Err(_) => Err(IntakeError::Overloaded),
			},
			Err(error) => Err(error),
		};
		if let Err(error) = &result {
			self.metrics.refused(error);
		}
		result
	}

	/// Does the cheap checks on an envelope and queues it; never waits.
	pub fn offer(&self, envelope: Envelope) -> Result<oneshot::Receiver<Answer>, IntakeError> {
		let served = self.table.get(envelope.feed).ok_or(IntakeError::UnknownFeed)?;
		if served.local_member(envelope.member).is_none() {
			return Err(IntakeError::UnknownMember);
		}
		let permit = self.envelope_memory.take(envelope.sealed.len() + OVERHEAD);
		let permit = permit.ok_or(IntakeError::Overloaded)?;
		let (respond, answer) = oneshot::channel();
		let at = Instant::now();
		self.queue(&self.envelopes, Arrived::Envelope { served, envelope, at, respond, permit })?;
		Ok(answer)
	}

	/// Takes a report from another member of a committee; never waits. What is not taken is asked
	/// for again by who needs it.
	pub fn offer_report(&self, peer: PeerId, report: Report) -> Result<(), IntakeError> {
		let served = self.table.get(report.body.feed).ok_or(IntakeError::UnknownFeed)?;
		let permit = self.peer_memory.take(report.encoded_size() + OVERHEAD);
		let permit = permit.ok_or(IntakeError::Overloaded)?;
		let report = Box::new(report);
		self.queue(&self.reports, Arrived::Report { served, report, peer, permit })
	}

	/// Bytes of reports in memory.
	pub fn memory_used(&self) -> usize {
		self.envelope_memory.used() + self.peer_memory.used()
	}

	fn queue(
		&self,
		queue: &async_channel::Sender<Arrived>,
		arrived: Arrived,
	) -> Result<(), IntakeError> {
		queue.try_send(arrived).map_err(|_| IntakeError::Overloaded)?;
		self.metrics.in_memory(self.memory_used());
		Ok(())
	}
}

impl Stages {
	fn open_all(&self, arrivals: &Arrivals, verify: &mpsc::SyncSender<Opened>) {
		while let Some(arrived) = arrivals.next() {
			let started = Instant::now();
			let opened = self.open(arrived);
			self.metrics.opening(started.elapsed());
			if let Some(opened) = opened {
				if verify.send(opened).is_err() {
					return;
				}
			}
		}
	}

	fn open(&self, arrived: Arrived) -> Option<Opened> {
		let (served, report, source, permit) = match arrived {
			Arrived::Report { served, report, peer, permit } => {
				(served, *report, Source::Peer(peer), permit)
			}
			Arrived::Envelope { at, respond, .. } if at.elapsed() > STALE => {
				let _ = respond.send(Err(IntakeError::Overloaded));
				return None;
			}
			Arrived::Envelope { served, envelope, respond, permit, .. } => {
				let opened = served
					.local_member(envelope.member)
					.ok_or(IntakeError::UnknownMember)
					.and_then(|own| open_content(&own.intake, &self.genesis, &envelope));
				match opened {
					Ok(Content::Report(report)) => {
						let source = Source::Envelope { member: envelope.member, respond };
						(served, *report, source, permit)
					}
					Ok(Content::Receipt(receipt)) => {
						let _ = respond.send(self.shown(&served, receipt));
						return None;
					}
					Err(error) => {
						let _ = respond.send(Err(error));
						return None;
					}
				}
			}
		};
		let hash = report.hash();
		match check(&self.genesis, &served, &report) {
			Err(IntakeError::Late) => {
				// It may be in the log, and its receipt have been lost.
				self.ask(served.id, report.body.round, hash, source);
				None
			}
			Err(error) => {
				refuse(source, error);
				None
			}
			Ok((reporter, key)) => {
				if served.knows(report.body.round, reporter, &hash) {
					// What is known may be on its way to the worker still.
					let _guard = self.hand_over.lock();
					self.repeat(served.id, report.body.round, hash, source);
					return None;
				}
				match open_value(&self.genesis, &served, &report) {
					Err(error) => {
						refuse(source, error);
						None
					}
					Ok(_) => Some(Opened { served, report, hash, reporter, key, source, permit }),
				}
			}
		}
	}

	/// A reporter shows the receipt of another member, for this node's members to compare it with that
	/// member's log; the answer is the receipt itself.
	fn shown(&self, served: &ServedFeed, receipt: Receipt) -> Answer {
		let member = served.committee.members.get(usize::from(receipt.member));
		let key = &member.ok_or(IntakeError::UnknownMember)?.vald;
		if !receipt::verify(&receipt, &self.genesis, key) {
			return Err(IntakeError::BadSignature);
		}
		let shown = self.worker.send_blocking(Input::Shown(receipt.clone()));
		shown.map(|()| receipt).map_err(|_| IntakeError::Overloaded)
	}

	fn verify_all(&self, arrivals: &Arrivals, opened: &Mutex<mpsc::Receiver<Opened>>) {
		loop {
			let Some(batch) = gather(arrivals, &opened.lock()) else { return };
			let started = Instant::now();
			let claims: Vec<Claim> = batch.iter().map(claim).collect();
			let good = verify::verify(&claims);
			self.metrics.verified(batch.len(), started.elapsed());
			let mut verified = Vec::with_capacity(batch.len());
			for (opened, good) in batch.into_iter().zip(good) {
				if good {
					verified.push(opened);
				} else {
					refuse(opened.source, IntakeError::BadSignature);
				}
			}
			if self.hand_over(verified).is_none() {
				return;
			}
		}
	}

	/// Gives verified reports to the worker; none if the worker has ended.
	fn hand_over(&self, batch: Vec<Opened>) -> Option<()> {
		let _guard = self.hand_over.lock();
		let (mut needed, mut again) = (Vec::with_capacity(batch.len()), Vec::new());
		for opened in batch {
			let Opened { served, report, hash, reporter, key: (key, _), source, permit } = opened;
			let (feed, round, tag) = (served.id, report.body.round, report.body.tag);
			let by_envelope = matches!(source, Source::Envelope { .. });
			let excuse = excuse_tag(&self.genesis, feed);
			let said = (&tag, &excuse);
			let earlier = match served.standing(round, reporter, &hash, said, by_envelope) {
				Standing::Needed(earlier) => earlier,
				Standing::Again(first) => {
					again.push((feed, round, first, source));
					continue;
				}
				Standing::TooMany => {
					refuse(source, IntakeError::DoubleAnswer);
					continue;
				}
				Standing::Excused => {
					refuse(source, IntakeError::Excused);
					continue;
				}
				Standing::Reported => {
					refuse(source, IntakeError::LateExcuse);
					continue;
				}
			};
			served.note(round, reporter, hash, tag);
			let report = Arc::new(report);
			needed.push(Verified {
				feed,
				round,
				reporter,
				hash,
				tag,
				key,
				report,
				earlier,
				source,
				permit,
			});
		}
		if !needed.is_empty() {
			self.worker.send_blocking(Input::Verified(needed)).ok()?;
		}
		again.into_iter().for_each(|(feed, round, hash, source)| {
			self.repeat(feed, round, hash, source);
		});
		Some(())
	}

	/// A report that the worker has came again: who sent an envelope gets the receipt once more.
	fn repeat(&self, feed: FeedId, round: Round, hash: Hash, source: Source) {
		self.metrics.repeated();
		self.ask(feed, round, hash, source);
	}

	/// Asks the worker for the receipt of a report that it may have.
	fn ask(&self, feed: FeedId, round: Round, hash: Hash, source: Source) {
		if let Source::Envelope { member, respond } = source {
			let repeated = Repeated { feed, round, hash, member, respond };
			if self.worker.send_blocking(Input::Repeated(repeated)).is_err() {
				log::debug!(target: LOG, "The worker has ended");
			}
		}
	}
}

/// Waits for a report and takes what else comes: all that is there, and if that is little but more are
/// to be opened what comes within [`GATHER`]. None when no more can come.
fn gather(arrivals: &Arrivals, opened: &mpsc::Receiver<Opened>) -> Option<Vec<Opened>> {
	let mut batch = vec![opened.recv().ok()?];
	let until = Instant::now() + GATHER;
	while batch.len() < MAX_BATCH {
		let next = match opened.try_recv() {
			Ok(next) => Some(next),
			Err(_) if batch.len() >= GOOD_BATCH || arrivals.is_empty() => None,
			Err(_) => {
				let left = until.saturating_duration_since(Instant::now());
				opened.recv_timeout(left).ok()
			}
		};
		match next {
			Some(next) => batch.push(next),
			None => break,
		}
	}
	Some(batch)
}

fn claim(opened: &Opened) -> Claim {
	Claim {
		key: opened.key.1.clone(),
		message: opened.report.body.signed_bytes(),
		signature: opened.report.signature,
	}
}

fn refuse(source: Source, error: IntakeError) {
	match source {
		Source::Envelope { respond, .. } => drop(respond.send(Err(error))),
		Source::Peer(peer) => log::debug!(target: LOG, "Report from {peer} not taken: {error}"),
	}
}

/// The member that an envelope is for, if it is of this node.
pub fn is_local(table: &FeedTable, envelope: &Envelope) -> bool {
	let member: MemberIndex = envelope.member;
	table.get(envelope.feed).is_some_and(|served| served.local_member(member).is_some())
}

#[cfg(test)]
mod tests;
