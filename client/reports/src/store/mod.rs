// SPDX-License-Identifier: Apache-2.0

//! What must survive a crash: reports, logs, promised heads, signed outcomes, certificates.
//!
//! A transaction is on disk when it is committed; there is one per iteration of the worker, made by
//! the [`Writer`]'s thread. All keys begin with the feed, big-endian, so that a feed is a range.
//! What is kept is needed until the feed is settled, for disputes; then it is forgotten in small
//! steps.

mod tables;
mod writer;

#[cfg(test)]
mod tests;

pub use writer::Writer;

use crate::io::{Stored, StoredReport, StoredRound, Write};
use codec::Decode;
use eventum_primitives::{
	committee::{MemberIndex, MAX_MEMBERS},
	fault::Fault,
	log::{LogEntry, SignedHead},
	outcome::{Certificate, Detail},
	report::{Report, Tag},
	FeedId, Hash, JoinIndex, Round, Sequence,
};
use redb::{Database, Durability, ReadTransaction, ReadableDatabase, ReadableTable};
use std::{collections::BTreeSet, ops::Bound, path::Path};
use tables::*;
use thiserror::Error;

/// Version of the tables.
const VERSION: u32 = 1;
/// Bytes of pages that are kept in memory.
pub const CACHE: usize = 16 * 1024 * 1024;
/// Entries of a forgotten feed that are dropped in one transaction, per table.
const FORGET_STEP: usize = 2_048;

/// Which report: its feed, its round, and its name.
pub type ReportName = (FeedId, Round, Hash);

/// Part of a table: entries with their keys, in order.
pub(crate) type Page<T> = Vec<(Vec<u8>, T)>;

/// Why the store cannot do what it is asked.
#[derive(Debug, Error)]
pub enum StoreError {
	/// The database or the disk fails.
	#[error("the database of reports fails: {0}")]
	Database(#[from] redb::Error),
	/// Made by another version of the node.
	#[error("the database of reports is of version {0}; this node reads version {VERSION}")]
	Version(u32),
	/// An entry is not what it should be.
	#[error("the database of reports is corrupt: an entry of `{0}` cannot be read")]
	Corrupt(&'static str),
	/// The thread that writes has ended.
	#[error("the database of reports is closed")]
	Closed,
}

/// What redb's many errors become; the plain `?` would need a step for each of them.
trait ToStoreError {
	type Value;
	fn db(self) -> Result<Self::Value, StoreError>;
}

impl<T, E: Into<redb::Error>> ToStoreError for Result<T, E> {
	type Value = T;
	fn db(self) -> Result<T, StoreError> {
		self.map_err(|error| StoreError::Database(error.into()))
	}
}

/// The database of the report plane.
pub struct Store {
	database: Database,
}

impl Store {
	/// Opens the database at `path`, or makes it.
	pub fn open(path: &Path) -> Result<Self, StoreError> {
		let database = Database::builder().set_cache_size(CACHE).create(path).db()?;
		let transaction = database.begin_write().db()?;
		{
			let mut meta = transaction.open_table(META).db()?;
			let version = meta.get("version").db()?.map(|version| version.value());
			match version {
				None => drop(meta.insert("version", VERSION).db()?),
				Some(VERSION) => (),
				Some(other) => return Err(StoreError::Version(other)),
			}
			for table in PER_FEED.into_iter().chain([FORGOTTEN]) {
				transaction.open_table(table).db()?;
			}
		}
		transaction.commit().db()?;
		Ok(Self { database })
	}

	/// Makes all of `writes` durable, or none of them. Returns when they are on disk.
	pub fn write<'a>(&self, writes: impl IntoIterator<Item = &'a Write>) -> Result<(), StoreError> {
		let mut transaction = self.database.begin_write().db()?;
		transaction.set_durability(Durability::Immediate).db()?;
		{
			let mut tables = Tables::open(&transaction)?;
			for write in writes {
				tables.apply(write)?;
			}
		}
		transaction.commit().db()
	}

	/// Keeps the disk busy: nothing is written while what this gives is held.
	#[cfg(test)]
	pub(crate) fn hold(&self) -> redb::WriteTransaction {
		self.database.begin_write().unwrap()
	}

	/// Drops a part of what is to be forgotten; tells whether there is more.
	pub fn forget_step(&self) -> Result<bool, StoreError> {
		let Some(prefix) = self.first_forgotten()? else { return Ok(false) };
		let transaction = self.database.begin_write().db()?;
		let mut done = true;
		{
			let (from, to) = range(&prefix);
			for definition in PER_FEED {
				let mut table = transaction.open_table(definition).db()?;
				let keys = keys_in(&table, &from, &to, FORGET_STEP)?;
				done &= keys.len() < FORGET_STEP;
				for key in keys {
					table.remove(key.as_slice()).db()?;
				}
			}
			if done {
				transaction.open_table(FORGOTTEN).db()?.remove(prefix.as_slice()).db()?;
			}
		}
		transaction.commit().db()?;
		Ok(!done || self.first_forgotten()?.is_some())
	}

	/// Feeds of which anything is held.
	pub fn feeds(&self) -> Result<BTreeSet<FeedId>, StoreError> {
		let transaction = self.database.begin_read().db()?;
		let mut feeds = BTreeSet::new();
		for definition in PER_FEED {
			let table = transaction.open_table(definition).db()?;
			let mut from = Vec::new();
			while let Some(entry) = table.range(from.as_slice()..).db()?.next() {
				let prefix = entry.db()?.0.value().get(..10).map(<[u8]>::to_vec);
				let prefix = prefix.ok_or(StoreError::Corrupt("feeds"))?;
				feeds.insert(feed_of(&prefix).ok_or(StoreError::Corrupt("feeds"))?);
				from = range(&prefix).1;
			}
		}
		for feed in self.forgotten(&transaction)? {
			feeds.remove(&feed);
		}
		Ok(feeds)
	}

	/// What is held of a feed for one local member, rounds from `from` on; none if nothing is.
	pub fn load(
		&self,
		feed: FeedId,
		member: MemberIndex,
		from: Round,
	) -> Result<Option<Stored>, StoreError> {
		let transaction = self.database.begin_read().db()?;
		if self.forgotten(&transaction)?.contains(&feed) {
			return Ok(None);
		}
		let mut stored = Stored::new();
		let scan = Scan { transaction: &transaction, feed, from };
		scan.each("index", INDEX, |round, key, value: (JoinIndex, Tag)| {
			let hash = Hash::from_slice(key.get(..32)?);
			let report = StoredReport { hash, reporter: value.0, tag: value.1 };
			entry(&mut stored, round).reports.push(report);
			Some(())
		})?;
		scan.each("logs", LOGS, |round, key, value: LogEntry| {
			if *key.first()? == member {
				entry(&mut stored, round).log.push(value);
			}
			Some(())
		})?;
		scan.each("heads", HEADS, |round, key, value: SignedHead| {
			if *key.first()? == member {
				entry(&mut stored, round).head = Some(value);
			}
			Some(())
		})?;
		scan.each("signed", SIGNED, |round, key, value: [u8; 32]| {
			if *key.first()? == member {
				let place = (number(key.get(1..5)?)?, number(key.get(5..9)?)?);
				entry(&mut stored, round).signed.insert(place, value);
			}
			Some(())
		})?;
		scan.each("certificates", CERTIFICATES, |round, key, value: Certificate| {
			entry(&mut stored, round).certificates.insert(number(key)?, value);
			Some(())
		})?;
		scan.each("details", DETAILS, |round, key, value: Detail| {
			entry(&mut stored, round).details.insert(number(key)?, value);
			Some(())
		})?;
		Ok((!stored.is_empty()).then_some(stored))
	}

	/// A report by its name.
	pub fn report(
		&self,
		feed: FeedId,
		round: Round,
		hash: &Hash,
	) -> Result<Option<Report>, StoreError> {
		self.get("reports", REPORTS, &key(feed, round, &[&hash.0]))
	}

	/// Those of these reports that are here.
	pub fn reports<'a>(
		&self,
		names: impl IntoIterator<Item = &'a ReportName>,
	) -> Result<Vec<Report>, StoreError> {
		let table = self.database.begin_read().db()?.open_table(REPORTS).db()?;
		let mut found = Vec::new();
		for (feed, round, hash) in names {
			if let Some(bytes) = table.get(key(*feed, *round, &[&hash.0]).as_slice()).db()? {
				found.push(read("reports", bytes.value())?);
			}
		}
		Ok(found)
	}

	/// The detail of a push.
	pub fn detail(
		&self,
		feed: FeedId,
		round: Round,
		sequence: Sequence,
	) -> Result<Option<Detail>, StoreError> {
		self.get("details", DETAILS, &key(feed, round, &[&sequence.to_be_bytes()]))
	}

	/// Certificates of a feed after the push `after`, in order, at most `limit`.
	pub fn certificates(
		&self,
		feed: FeedId,
		after: (Round, Sequence),
		limit: usize,
	) -> Result<Vec<Certificate>, StoreError> {
		let transaction = self.database.begin_read().db()?;
		let table = transaction.open_table(CERTIFICATES).db()?;
		let next = after.1.saturating_add(1);
		let from = key(feed, after.0, &[&next.to_be_bytes()]);
		let (_, to) = range(&prefix(feed));
		let found = table.range(from.as_slice()..to.as_slice()).db()?.take(limit);
		found.map(|found| read("certificates", found.db()?.1.value())).collect()
	}

	/// Pairs of different answers of one reporter in one round, after the key `after`, at most `limit`.
	pub(crate) fn double_answers(
		&self,
		after: &[u8],
		limit: usize,
	) -> Result<Page<(Report, Report)>, StoreError> {
		self.page("double-answers", DOUBLE_ANSWERS, after, limit)
	}

	/// Proofs against members of committees, after the key `after`, at most `limit`.
	pub(crate) fn faults(&self, after: &[u8], limit: usize) -> Result<Page<Fault>, StoreError> {
		self.page("faults", FAULTS, after, limit)
	}

	/// Members of a feed's committee that are proven false.
	pub(crate) fn proven_false(&self, feed: FeedId) -> Result<BTreeSet<MemberIndex>, StoreError> {
		let transaction = self.database.begin_read().db()?;
		let table = transaction.open_table(FAULTS).db()?;
		let (from, to) = range(&prefix(feed));
		let keys = keys_in(&table, &from, &to, MAX_MEMBERS as usize)?;
		keys.iter().map(|key| key.get(10).copied().ok_or(StoreError::Corrupt("faults"))).collect()
	}

	fn page<T: Decode>(
		&self,
		name: &'static str,
		definition: Definition,
		after: &[u8],
		limit: usize,
	) -> Result<Page<T>, StoreError> {
		let transaction = self.database.begin_read().db()?;
		let table = transaction.open_table(definition).db()?;
		let range = (Bound::Excluded(after), Bound::Unbounded);
		let found = table.range::<&[u8]>(range).db()?.take(limit);
		found
			.map(|entry| {
				let (key, value) = entry.db()?;
				Ok((key.value().to_vec(), read(name, value.value())?))
			})
			.collect()
	}

	fn get<T: Decode>(
		&self,
		name: &'static str,
		definition: Definition,
		key: &[u8],
	) -> Result<Option<T>, StoreError> {
		let table = self.database.begin_read().db()?.open_table(definition).db()?;
		let found = table.get(key).db()?;
		found.map(|bytes| read(name, bytes.value())).transpose()
	}

	fn first_forgotten(&self) -> Result<Option<Vec<u8>>, StoreError> {
		let table = self.database.begin_read().db()?.open_table(FORGOTTEN).db()?;
		let first = table.first().db()?;
		Ok(first.map(|(prefix, _)| prefix.value().to_vec()))
	}

	fn forgotten(&self, transaction: &ReadTransaction) -> Result<Vec<FeedId>, StoreError> {
		let table = transaction.open_table(FORGOTTEN).db()?;
		let mut feeds = Vec::new();
		for entry in table.iter().db()? {
			feeds.extend(feed_of(entry.db()?.0.value()));
		}
		Ok(feeds)
	}
}

fn entry(stored: &mut Stored, round: Round) -> &mut StoredRound {
	stored.entry(round).or_default()
}
