// SPDX-License-Identifier: Apache-2.0

//! What goes out: members' effects are taken up as they come, and done once all that they depend on
//! is on disk.

use super::{bodies::Unwritten, Worker};
use crate::{
	committee::{Counted, Effect, Write as MemberWrite},
	io::{Event, Respond, Write},
	memory::Permit,
	store::{ReportName, StoreError},
};
use eventum_primitives::{
	committee::MemberIndex, outcome::Certificate, report::MAX_REPORT, FeedId, Hash, Moment, Round,
};
use eventum_wire::{message::MAX_WANTED, IntakeError, Message, Receipt};
use futures::channel::oneshot;
use sc_network_types::PeerId;
use std::{collections::BTreeMap, sync::Arc};

/// Certificates sent at once to a member that is behind.
const MAX_HELP: usize = 64;
/// Reports given to a peer in one iteration.
const MAX_GIVEN: usize = 4 * MAX_WANTED;

/// Writes that are collected for one commit, before inputs have to wait for the disk.
const MAX_COLLECTED: usize = 4_096;

/// What iterations want done once their writes are durable.
#[derive(Default)]
pub(super) struct Outbox {
	pub(super) writes: Vec<Write>,
	/// Shares of the memory that reports among the writes may take.
	pub(super) permits: Vec<Permit>,
	pub(super) messages: BTreeMap<PeerId, Vec<Message>>,
	/// Reports that peers lack, by name: read from disk when they are sent.
	pub(super) reports: BTreeMap<PeerId, Vec<ReportName>>,
	pub(super) receipts: Vec<(Respond, ReceiptFor)>,
	pub(super) refusals: Vec<(Respond, IntakeError)>,
	pub(super) events: Vec<Event>,
}

/// What a receipt is for.
pub(super) struct ReceiptFor {
	pub(super) feed: FeedId,
	pub(super) round: Round,
	pub(super) report: Hash,
	pub(super) at: Moment,
	pub(super) member: MemberIndex,
}

/// A commit that is under way.
pub(super) struct Writing {
	writes: Arc<Vec<Write>>,
	done: oneshot::Receiver<Result<(), StoreError>>,
	/// What is done when it is on disk.
	then: Outbox,
}

/// What will be on disk soon.
pub(super) fn unwritten<'a>(outbox: &'a Outbox, writing: &'a Option<Writing>) -> Unwritten<'a> {
	[writing.as_ref().map_or(&[], |writing| &writing.writes), &outbox.writes]
}

/// Waits until the commit that is under way is on disk.
pub(super) async fn written(writing: &mut Option<Writing>) -> Result<(), StoreError> {
	match writing {
		Some(writing) => (&mut writing.done).await.unwrap_or(Err(StoreError::Closed)),
		None => Ok(()),
	}
}

impl Worker {
	/// Takes up what a member wants done.
	pub(super) fn apply(&mut self, feed: FeedId, member: MemberIndex, effects: Vec<Effect>) {
		for effect in effects {
			match effect {
				Effect::Write(write) => self.keep(feed, member, write),
				Effect::Send(to, message) => self.send(feed, member, to, message),
				Effect::Broadcast(message) => {
					let size = self.feeds.get(&feed).map_or(0, |served| served.peers.len());
					for to in (0..size as MemberIndex).filter(|to| *to != member) {
						self.send(feed, member, to, message.clone());
					}
				}
				Effect::Report(to, round, hash) => self.give(feed, to, (feed, round, hash)),
				Effect::Refuse(counted, error) => self.refuse(feed, member, counted, error),
				Effect::Certified(certificate) => self.certified(feed, certificate),
				Effect::Fuller(certificate) => self.pending.fuller(certificate),
				Effect::Fault(fault) => self.outbox.writes.push(Write::Fault(fault)),
				Effect::Help(to, round) => self.help(feed, member, to, round),
			}
		}
	}

	fn keep(&mut self, feed: FeedId, member: MemberIndex, write: MemberWrite) {
		let write = match write {
			MemberWrite::Entry(round, position, entry) => {
				let waiting = self.waiting.remove(&(feed, member, entry.report));
				for respond in waiting.unwrap_or_default() {
					let (report, at) = (entry.report, entry.at);
					let receipt = ReceiptFor { feed, round, report, at, member };
					self.outbox.receipts.push((respond, receipt));
				}
				Write::Append { feed, round, member, position, entry }
			}
			MemberWrite::Head(signed) => Write::Head(signed),
			MemberWrite::Signed(round, sequence, view, payload) => {
				Write::Signed { feed, round, sequence, view, member, payload }
			}
			MemberWrite::Certificate(certificate) => Write::Certificate(certificate),
			MemberWrite::Detail(round, sequence, detail) => {
				Write::Detail { feed, round, sequence, detail }
			}
		};
		self.outbox.writes.push(write);
	}

	pub(super) fn send(
		&mut self,
		feed: FeedId,
		from: MemberIndex,
		to: MemberIndex,
		message: Message,
	) {
		let Some(served) = self.feeds.get(&feed) else { return };
		if served.engines.contains_key(&to) {
			self.local.push_back((feed, from, to, message));
		} else if let Some(Some(peer)) = served.peers.get(usize::from(to)) {
			self.outbox.messages.entry(*peer).or_default().push(message);
		}
	}

	/// Gives a member a report that another member of this node has.
	fn give(&mut self, feed: FeedId, to: MemberIndex, name: ReportName) {
		let Some(served) = self.feeds.get(&feed) else { return };
		if served.engines.contains_key(&to) {
			// Its bytes are on this node already.
			if let Some(counted) = served.counted(name.1, &name.2) {
				self.log_report(feed, to, counted, None);
			}
		} else if let Some(Some(peer)) = served.peers.get(usize::from(to)) {
			let reports = self.outbox.reports.entry(*peer).or_default();
			// The peer asks again for what does not come.
			if reports.len() < MAX_GIVEN {
				reports.push(name);
			}
		}
	}

	/// Sends reports that a peer lacks, as many as its outbox has room for.
	fn send_reports(&self, peer: &PeerId, names: &[ReportName]) -> Result<(), StoreError> {
		let fitting = self.parts.network.room(peer) / MAX_REPORT;
		for report in self.parts.store.reports(names.iter().take(fitting))? {
			self.parts.network.send(peer, &Message::Report(report));
		}
		Ok(())
	}

	/// A report that waited for its round is not taken; it can come again as it should be.
	fn refuse(
		&mut self,
		feed: FeedId,
		member: MemberIndex,
		Counted { round, reporter, hash, .. }: Counted,
		error: IntakeError,
	) {
		if let Some(served) = self.feeds.get(&feed) {
			served.entry.forget(round, reporter, &hash);
		}
		let waiting = self.waiting.remove(&(feed, member, hash)).unwrap_or_default();
		self.outbox.refusals.extend(waiting.into_iter().map(|respond| (respond, error)));
	}

	fn help(&mut self, feed: FeedId, member: MemberIndex, to: MemberIndex, round: Round) {
		match self.parts.store.certificates(feed, (round, 0), MAX_HELP) {
			Ok(certificates) => {
				for certificate in certificates.into_iter().filter(|c| c.outcome.push.is_final()) {
					self.send(feed, member, to, Message::Certificate(certificate));
				}
			}
			Err(error) => log::warn!(target: crate::LOG, "Cannot read certificates: {error}"),
		}
	}

	/// A push is certified: to the chain, to the webhook, to subscribers.
	fn certified(&mut self, feed: FeedId, certificate: Certificate) {
		let Some(served) = self.feeds.get_mut(&feed) else { return };
		let outcome = &certificate.outcome;
		let push = (outcome.round, outcome.sequence);
		if served.told.is_some_and(|told| told >= push) {
			return;
		}
		served.told = Some(push);
		self.parts.metrics.certificate();
		log::info!(
			target: crate::LOG,
			"Feed {feed} round {}: {:?}, {} of {} agree (sequence {}, view {})",
			outcome.round,
			outcome.push,
			outcome.agreed,
			outcome.total,
			outcome.sequence,
			outcome.view,
		);
		let certified = served.entry.certified(certificate.clone());
		self.outbox.events.push(Event::Certified(Arc::new(certified)));
		served.show();
		self.pending.add(certificate);
	}

	/// Whether more may be collected for the next commit.
	pub(super) fn has_room(&self) -> bool {
		self.outbox.writes.len() < MAX_COLLECTED
	}

	/// Begins to make durable what was collected, unless that goes on for what came before.
	pub(super) fn commit(&mut self) -> Result<(), StoreError> {
		if self.writing.is_some() {
			return Ok(());
		}
		let mut then = std::mem::take(&mut self.outbox);
		if then.writes.is_empty() {
			return self.send_out(then);
		}
		let writes = Arc::new(std::mem::take(&mut then.writes));
		let done = self.writer.commit(Arc::clone(&writes))?;
		self.writing = Some(Writing { writes, done, then });
		Ok(())
	}

	/// Sends what waited for the last commit, while the next one goes on.
	pub(super) fn written(&mut self) -> Result<(), StoreError> {
		let Some(Writing { then, .. }) = self.writing.take() else { return Ok(()) };
		self.commit()?;
		self.send_out(then)
	}

	fn send_out(&mut self, then: Outbox) -> Result<(), StoreError> {
		let Outbox { writes: _, permits, messages, reports, receipts, refusals, events } = then;
		// From here on these reports are read from disk.
		drop(permits);
		for (peer, messages) in messages {
			for message in &messages {
				self.parts.network.send(&peer, message);
			}
		}
		for (peer, names) in reports {
			self.send_reports(&peer, &names)?;
		}
		for (respond, receipt) in receipts {
			let answer = self.sign_receipt(receipt).ok_or(IntakeError::UnknownFeed);
			self.parts.metrics.receipt();
			// Whoever asked may be gone.
			let _ = respond.send(answer);
		}
		for (respond, error) in refusals {
			let _ = respond.send(Err(error));
		}
		for event in events {
			// Without subscribers there is nobody to tell.
			let _ = self.parts.events.send(event);
		}
		self.pending.hand_over(&mut self.parts.duties);
		Ok(())
	}

	fn sign_receipt(&self, receipt: ReceiptFor) -> Option<Receipt> {
		let ReceiptFor { feed, round, report, at, member } = receipt;
		let key = self.feeds.get(&feed)?.engines.get(&member)?.key().clone();
		let payload = Receipt::payload(&self.genesis, feed, round, report, at);
		let signature = self.parts.keys.sign(&key, &payload)?;
		Some(Receipt { feed, round, report, at, member, signature })
	}
}
