// SPDX-License-Identifier: Apache-2.0

//! What comes in: reports from the intake, messages from peers and between members of this node.

use super::{
	bodies::Bodies,
	book::Book,
	outbox::{unwritten, ReceiptFor},
	serving::Served,
	Worker,
};
use crate::{
	committee::{Counted, Logged},
	io::{Event, Input, Repeated, Respond, Source, Verified, Write},
};
use eventum_primitives::{committee::MemberIndex, FeedId, Hash};
use eventum_wire::{IntakeError, Message, Receipt};
use sc_network_types::PeerId;

/// Inputs taken in one iteration.
const MAX_INPUTS: usize = 1_024;
/// Who may wait for one receipt.
pub(super) const MAX_WAITING: usize = 4;

impl Worker {
	/// Takes an input and all that came with it.
	pub(super) fn take(&mut self, first: Input) {
		self.input(first);
		for _ in 1..MAX_INPUTS {
			if !self.has_room() {
				return;
			}
			match self.parts.inputs.try_recv() {
				Ok(input) => self.input(input),
				Err(_) => return,
			}
		}
	}

	fn input(&mut self, input: Input) {
		match input {
			Input::Verified(reports) => reports.into_iter().for_each(|report| self.report(report)),
			Input::Repeated(repeated) => self.repeated(repeated),
			Input::Shown(receipt) => self.shown(receipt),
			Input::Peer { peer, messages, permit: _permit } => {
				for message in messages {
					self.message(peer, message);
				}
			}
			Input::Connected(peer) => self.greet(peer),
			Input::Disconnected(_) => {}
			Input::Delivered { feed, round, sequence } => {
				if let Some(served) = self.feeds.get(&feed) {
					let message = Message::Delivered { feed, round, sequence };
					for peer in served.other_peers() {
						self.outbox.messages.entry(peer).or_default().push(message.clone());
					}
				}
			}
		}
		self.settle_local();
	}

	/// A checked report: into the logs of the members that it is for.
	fn report(&mut self, verified: Verified) {
		if let Err(error) = self.check_key(&verified) {
			return self.unknow(verified, error);
		}
		let Verified { feed, round, reporter, hash, tag, report, earlier, source, permit, .. } =
			verified;
		let bodies = Bodies::new(&self.parts.store, unwritten(&self.outbox, &self.writing));
		match earlier.map(|earlier| bodies.get(feed, round, &earlier)).transpose() {
			Ok(earlier) => {
				if let Some(first) = earlier.flatten() {
					let second = report.clone();
					self.outbox.writes.push(Write::DoubleAnswer { reporter, first, second });
				}
			}
			Err(error) => log::warn!(target: crate::LOG, "A double answer is not proven: {error}"),
		}
		let counted = Counted { round, hash, reporter, tag };
		let kept = match source {
			Source::Envelope { member, respond } => {
				self.log_report(feed, member, counted, Some(respond))
			}
			Source::Peer(_) => {
				let members = self.feeds.get(&feed).map(Served::members).unwrap_or_default();
				let logged = members
					.into_iter()
					.map(|member| self.log_report(feed, member, counted, None))
					.collect::<Vec<_>>();
				logged.contains(&true)
			}
		};
		if kept {
			self.outbox.writes.push(Write::Report { hash, reporter, report });
			self.outbox.permits.push(permit);
		}
	}

	/// Whether a report is signed with the key that acts in its round: the round may have opened since it
	/// was verified, and be one for which its reporter has another key.
	fn check_key(&self, verified: &Verified) -> Result<(), IntakeError> {
		let served = self.feeds.get(&verified.feed).ok_or(IntakeError::UnknownFeed)?;
		let account = &verified.report.body.reporter;
		let reporter = served.entry.reporter(account).ok_or(IntakeError::NotJoined)?;
		let (since, _) = served.entry.key_of(reporter, verified.round)?;
		if since == verified.key {
			Ok(())
		} else {
			Err(IntakeError::BadSignature)
		}
	}

	/// Refuses a report, so that it can come again as it should be.
	fn unknow(&mut self, verified: Verified, error: IntakeError) {
		let Verified { feed, round, reporter, hash, source, .. } = verified;
		if let Some(served) = self.feeds.get(&feed) {
			served.entry.forget(round, reporter, &hash);
		}
		if let Source::Envelope { respond, .. } = source {
			self.outbox.refusals.push((respond, error));
		}
	}

	/// A receipt that a reporter shows, to all members of this node.
	fn shown(&mut self, receipt: Receipt) {
		let feed = receipt.feed;
		let members = self.feeds.get(&feed).map(Served::members).unwrap_or_default();
		for member in members {
			let mut effects = Vec::new();
			if let Some(engine) = self.feeds.get_mut(&feed).and_then(|served| served.engine(member))
			{
				engine.receipt(receipt.clone(), &mut effects);
			}
			self.apply(feed, member, effects);
		}
	}

	/// A report that another member of this node may have, for a member that may not have it.
	fn repeated(&mut self, repeated: Repeated) {
		let Repeated { feed, round, hash, member, respond } = repeated;
		let known = self.feeds.get(&feed).and_then(|served| served.counted(round, &hash));
		match known {
			Some(counted) => drop(self.log_report(feed, member, counted, Some(respond))),
			// It waits for its round, or the round is over.
			None if self.feeds.get(&feed).is_some_and(|served| served.is_open(member, round)) => {
				self.wait((feed, member, hash), respond);
			}
			None => self.outbox.refusals.push((respond, IntakeError::Late)),
		}
	}

	/// Keeps somebody waiting for the receipt of a report that waits for its round.
	fn wait(&mut self, report: (FeedId, MemberIndex, Hash), respond: Respond) {
		let waiting = self.waiting.entry(report).or_default();
		waiting.retain(|respond| !respond.is_canceled());
		if waiting.len() < MAX_WAITING {
			waiting.push(respond);
		} else {
			self.outbox.refusals.push((respond, IntakeError::Overloaded));
		}
	}

	/// Puts a report into a member's log; tells whether its bytes are to be kept.
	pub(super) fn log_report(
		&mut self,
		feed: FeedId,
		member: MemberIndex,
		counted: Counted,
		respond: Option<Respond>,
	) -> bool {
		let Counted { round, hash, .. } = counted;
		let mut effects = Vec::new();
		let logged = match self.feeds.get_mut(&feed).and_then(|served| served.engine(member)) {
			Some(engine) => engine.report(counted, crate::now(), &mut effects),
			None => {
				let refused = respond.map(|respond| (respond, IntakeError::UnknownFeed));
				self.outbox.refusals.extend(refused);
				return false;
			}
		};
		self.apply(feed, member, effects);
		let kept = !matches!(logged, Logged::Late | Logged::WrongRound);
		let Some(respond) = respond else { return kept };
		let error = match logged {
			Logged::At(at) => {
				let receipt = ReceiptFor { feed, round, report: hash, at, member };
				self.outbox.receipts.push((respond, receipt));
				return kept;
			}
			Logged::Waiting => {
				self.wait((feed, member, hash), respond);
				return kept;
			}
			Logged::DoubleAnswer => IntakeError::DoubleAnswer,
			Logged::Late => IntakeError::Late,
			Logged::WrongRound => IntakeError::WrongRound,
		};
		self.outbox.refusals.push((respond, error));
		kept
	}

	/// What a peer says, to every member of this node that sits in the feed's committee.
	fn message(&mut self, peer: PeerId, message: Message) {
		let feed = message.feed();
		let Some(served) = self.feeds.get(&feed) else { return };
		let Some(from) = served.sender(peer, &message) else { return };
		if let Message::Delivered { feed, round, sequence } = message {
			return self.outbox.events.push(Event::Delivered { feed, round, sequence });
		}
		for member in served.members() {
			self.hand(feed, from, member, message.clone());
		}
	}

	/// Gives a message to one member of this node.
	fn hand(&mut self, feed: FeedId, from: MemberIndex, to: MemberIndex, message: Message) {
		let Self { parts, feeds, outbox, writing, .. } = self;
		let mut effects = Vec::new();
		if let Some(engine) = feeds.get_mut(&feed).and_then(|served| served.engine(to)) {
			let book = Book::new(parts, unwritten(outbox, writing));
			engine.message(from, message, &book, crate::now(), &mut effects);
		}
		self.apply(feed, to, effects);
	}

	/// Lets members of this node hear each other until all is said.
	pub(super) fn settle_local(&mut self) {
		while let Some((feed, from, to, message)) = self.local.pop_front() {
			self.hand(feed, from, to, message);
		}
	}

	/// Tells a peer that has come (back) how far the members of this node are.
	fn greet(&mut self, peer: PeerId) {
		for served in self.feeds.values().filter(|served| served.peers.contains(&Some(peer))) {
			for engine in served.engines.values() {
				let news = [Some(engine.status()), engine.whole_log()].into_iter().flatten();
				self.outbox.messages.entry(peer).or_default().extend(news);
			}
		}
	}
}
