// SPDX-License-Identifier: Apache-2.0

//! Arrival logs as they are kept: one that grows here, and copies of the other members'.

use eventum_primitives::{
	fault::{Proof, Trail},
	log::{chain, Head, LogEntry, Receipt, SignedHead},
	FeedId, Hash, Moment, Round,
};
use std::collections::VecDeque;

/// Heads of a peer's log that are kept, the newest, to compare with those that others were shown.
const RECENT: usize = 32;

/// A log with the chained hash after each entry, so that any prefix can be checked.
#[derive(Debug, Default)]
pub(crate) struct Log {
	entries: Vec<LogEntry>,
	hashes: Vec<Hash>,
}

impl Log {
	pub(crate) fn len(&self) -> u32 {
		self.entries.len() as u32
	}

	pub(crate) fn last_at(&self) -> Moment {
		self.entries.last().map_or(0, |entry| entry.at)
	}

	/// The entries from `from` on.
	pub(crate) fn since(&self, from: u32) -> &[LogEntry] {
		self.entries.get(from as usize..).unwrap_or_default()
	}

	/// The entries that `head` fixes, if this copy has them.
	pub(crate) fn prefix(&self, head: &Head) -> Option<&[LogEntry]> {
		(self.hash_at(head.length)? == head.hash)
			.then(|| self.entries.get(..head.length as usize))
			.flatten()
	}

	fn hash_at(&self, length: u32) -> Option<Hash> {
		match length.checked_sub(1) {
			None => Some(Hash::zero()),
			Some(last) => self.hashes.get(last as usize).copied(),
		}
	}

	fn push(&mut self, entry: LogEntry) {
		let before = self.hashes.last().copied().unwrap_or_default();
		self.hashes.push(chain(&before, &entry));
		self.entries.push(entry);
	}
}

/// This member's own log and what it has promised about it.
#[derive(Debug, Default)]
pub(crate) struct OwnLog {
	log: Log,
	/// The newest head; none before the first.
	head: Option<SignedHead>,
}

impl OwnLog {
	/// The log as it was before a restart.
	pub(crate) fn restore(entries: Vec<LogEntry>, head: Option<SignedHead>) -> Self {
		let mut log = Log::default();
		entries.into_iter().for_each(|entry| log.push(entry));
		Self { log, head }
	}

	pub(crate) fn log(&self) -> &Log {
		&self.log
	}

	pub(crate) fn head(&self) -> Option<&SignedHead> {
		self.head.as_ref()
	}

	/// Nothing will be added at or before this time.
	pub(crate) fn upto(&self) -> Moment {
		self.head.as_ref().map_or(0, |signed| signed.head.upto)
	}

	/// Entries that no head covers yet.
	pub(crate) fn unpublished(&self) -> bool {
		self.head.as_ref().map_or(0, |signed| signed.head.length) < self.log.len()
	}

	/// Adds a report that arrived at `now`; the clock may be behind what was promised.
	pub(crate) fn append(&mut self, report: Hash, now: Moment) -> LogEntry {
		let at = now.max(self.upto().saturating_add(1)).max(self.log.last_at());
		let entry = LogEntry { report, at };
		self.log.push(entry);
		entry
	}

	/// The head to sign next: everything so far, and the promise that nothing up to now follows.
	pub(crate) fn next_head(&self, feed: FeedId, round: Round, now: Moment) -> Head {
		Head {
			feed,
			round,
			number: self.head.as_ref().map_or(0, |signed| signed.head.number).saturating_add(1),
			length: self.log.len(),
			hash: self.log.hashes.last().copied().unwrap_or_default(),
			upto: now.max(self.upto()).max(self.log.last_at()),
		}
	}

	/// Keeps a head that was signed; gives the length that the one before it covered.
	pub(crate) fn published(&mut self, signed: SignedHead) -> u32 {
		let before = self.head.as_ref().map_or(0, |signed| signed.head.length);
		self.head = Some(signed);
		before
	}
}

/// What became of an update of another member's log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Extended {
	/// The copy now ends with the head.
	Ok,
	/// Nothing new.
	Stale,
	/// Entries between the copy's end and the update are lacking.
	Gap,
	/// The update contradicts what the member said before, or itself.
	Broken,
}

/// What a log says of a receipt.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Checked {
	/// The log does not cover its time yet.
	Open,
	/// The promise was kept, or what breaks it is too long to prove.
	Kept,
	/// The entry is lacking.
	Broken(Box<Proof>),
}

/// A copy of another member's log.
#[derive(Debug, Default)]
pub(crate) struct PeerLog {
	log: Log,
	/// The newest heads that were seen, in order; the copy ends with the last.
	heads: VecDeque<SignedHead>,
}

impl PeerLog {
	pub(crate) fn log(&self) -> &Log {
		&self.log
	}

	pub(crate) fn head(&self) -> Option<&SignedHead> {
		self.heads.back()
	}

	/// What `signed`, whose signature has been checked, proves together with what was seen before; none
	/// if both can be of one log as far as can be told.
	pub(crate) fn contradicted(&self, signed: &SignedHead) -> Option<Proof> {
		let number = signed.head.number;
		// Of the heads here the one with the same number, or the next, or else the newest.
		let held =
			self.heads.iter().find(|held| held.head.number >= number).or_else(|| self.head())?;
		let (earlier, later) =
			if held.head.number < number { (held, signed) } else { (signed, held) };
		let (one, other) = (&earlier.head, &later.head);
		let proof = |trail| Proof::Logs { earlier: earlier.clone(), later: later.clone(), trail };
		if one == other {
			return None;
		}
		if one.number == other.number || other.length < one.length || other.upto < one.upto {
			return Some(proof(Trail::default()));
		}
		if held.head.number < number {
			// Its entries will show.
			return None;
		}
		let before = self.log.hash_at(one.length)?;
		let entries = self.log.since(one.length);
		let entries = entries.get(..other.length.saturating_sub(one.length) as usize)?;
		let late = entries.first().is_some_and(|entry| entry.at <= one.upto);
		let trail = Trail { before, entries: entries.to_vec().try_into().ok()? };
		(before != one.hash || late).then(|| proof(trail))
	}

	/// What the log proves against its member together with a receipt of its, once it covers the
	/// receipt's time.
	pub(crate) fn lacking(&self, receipt: &Receipt) -> Checked {
		let entry = receipt.entry();
		// The earliest head that will do makes the shortest proof.
		let Some(head) = self.heads.iter().find(|held| held.head.upto >= entry.at) else {
			return Checked::Open;
		};
		let Some(covered) = self.log.since(0).get(..head.head.length as usize) else {
			return Checked::Kept;
		};
		let from = covered.partition_point(|other| other.at < entry.at);
		if covered.get(from..).unwrap_or_default().contains(&entry) {
			return Checked::Kept;
		}
		let from = from.saturating_sub(1);
		let entries = covered.get(from..).unwrap_or_default().to_vec();
		let Some((before, entries)) = self.log.hash_at(from as u32).zip(entries.try_into().ok())
		else {
			return Checked::Kept;
		};
		let (receipt, head) = (receipt.clone(), head.clone());
		Checked::Broken(Box::new(Proof::Receipt {
			receipt,
			head,
			trail: Trail { before, entries },
		}))
	}

	/// Takes entries `from..` that end with `signed`, whose signature has been checked.
	pub(crate) fn extend(
		&mut self,
		from: u32,
		entries: &[LogEntry],
		signed: &SignedHead,
	) -> Extended {
		let head = &signed.head;
		let have = self.log.len();
		if self.head().is_some_and(|known| known.head.number >= head.number) {
			return Extended::Stale;
		}
		if from > have {
			return Extended::Gap;
		}
		let new = entries.get((have - from) as usize..).unwrap_or_default();
		if have as usize + new.len() < head.length as usize {
			return Extended::Gap;
		}
		// An entry at or before what was promised breaks the promise; so do falling times.
		let promised = self.head().map_or(0, |known| known.head.upto);
		let mut last = self.log.last_at();
		for entry in new {
			if entry.at <= promised || entry.at < last || entry.at > head.upto {
				return Extended::Broken;
			}
			last = entry.at;
		}
		let mut hash = self.log.hashes.last().copied().unwrap_or_default();
		for entry in new {
			hash = chain(&hash, entry);
		}
		if have as usize + new.len() != head.length as usize || hash != head.hash {
			return Extended::Broken;
		}
		new.iter().for_each(|entry| self.log.push(*entry));
		if self.heads.len() >= RECENT {
			self.heads.pop_front();
		}
		self.heads.push_back(signed.clone());
		Extended::Ok
	}
}
