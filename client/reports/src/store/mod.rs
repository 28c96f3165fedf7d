// SPDX-License-Identifier: Apache-2.0

//! What must survive a crash: reports, logs, promised heads, signed outcomes, certificates.
//!
//! A transaction is on disk when it is committed; there is one per iteration of the worker, made by
//! the [`Writer`]'s thread. All keys begin with the feed, big-endian, so that a feed is a range.
//! What is kept is needed until the feed is settled, for disputes; then it is forgotten in small
//! steps.

mod writer;

#[cfg(test)]
mod tests;

pub use writer::Writer;

use crate::io::{Stored, StoredReport, StoredRound, Write};
use codec::{Decode, DecodeAll, Encode};
use eventum_primitives::{
	committee::{MemberIndex, MAX_MEMBERS},
	fault::Fault,
	log::{LogEntry, SignedHead},
	outcome::{Certificate, Detail},
	report::{Report, Tag},
	FeedId, Hash, JoinIndex, Round, Sequence,
};
use redb::{
	Database, Durability, ReadTransaction, ReadableDatabase, ReadableTable, Table, TableDefinition,
	WriteTransaction,
};
use std::{collections::BTreeSet, ops::Bound, path::Path};
use thiserror::Error;

/// Version of the tables.
const VERSION: u32 = 1;
/// Bytes of pages that are kept in memory.
pub const CACHE: usize = 16 * 1024 * 1024;
/// Entries of a forgotten feed that are dropped in one transaction, per table.
const FORGET_STEP: usize = 2_048;

/// Which report: its feed, its round, and its name.
pub type ReportName = (FeedId, Round, Hash);

type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

/// feed, round, hash → report
const REPORTS: Definition = TableDefinition::new("reports");
/// feed, round, hash → reporter, tag
const INDEX: Definition = TableDefinition::new("index");
/// feed, round, member, position → entry
const LOGS: Definition = TableDefinition::new("logs");
/// feed, round, member → head
const HEADS: Definition = TableDefinition::new("heads");
/// feed, round, member, sequence, view → payload
const SIGNED: Definition = TableDefinition::new("signed");
/// feed, round, sequence → certificate
const CERTIFICATES: Definition = TableDefinition::new("certificates");
/// feed, round, sequence → detail
const DETAILS: Definition = TableDefinition::new("details");
/// feed, round, reporter → two reports
const DOUBLE_ANSWERS: Definition = TableDefinition::new("double-answers");
/// feed, member → proof against it
const FAULTS: Definition = TableDefinition::new("faults");
/// feed → nothing: it is being dropped
const FORGOTTEN: Definition = TableDefinition::new("forgotten");
/// name → number
const META: TableDefinition<'static, &'static str, u32> = TableDefinition::new("meta");

const PER_FEED: [Definition; 9] =
	[REPORTS, INDEX, LOGS, HEADS, SIGNED, CERTIFICATES, DETAILS, DOUBLE_ANSWERS, FAULTS];

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
	pub(crate) fn hold(&self) -> WriteTransaction {
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

/// The tables that writes go to, open at once.
struct Tables<'a> {
	reports: Table<'a, &'static [u8], &'static [u8]>,
	index: Table<'a, &'static [u8], &'static [u8]>,
	logs: Table<'a, &'static [u8], &'static [u8]>,
	heads: Table<'a, &'static [u8], &'static [u8]>,
	signed: Table<'a, &'static [u8], &'static [u8]>,
	certificates: Table<'a, &'static [u8], &'static [u8]>,
	details: Table<'a, &'static [u8], &'static [u8]>,
	double_answers: Table<'a, &'static [u8], &'static [u8]>,
	faults: Table<'a, &'static [u8], &'static [u8]>,
	forgotten: Table<'a, &'static [u8], &'static [u8]>,
}

impl<'a> Tables<'a> {
	fn open(transaction: &'a WriteTransaction) -> Result<Self, StoreError> {
		Ok(Self {
			reports: transaction.open_table(REPORTS).db()?,
			index: transaction.open_table(INDEX).db()?,
			logs: transaction.open_table(LOGS).db()?,
			heads: transaction.open_table(HEADS).db()?,
			signed: transaction.open_table(SIGNED).db()?,
			certificates: transaction.open_table(CERTIFICATES).db()?,
			details: transaction.open_table(DETAILS).db()?,
			double_answers: transaction.open_table(DOUBLE_ANSWERS).db()?,
			faults: transaction.open_table(FAULTS).db()?,
			forgotten: transaction.open_table(FORGOTTEN).db()?,
		})
	}

	fn apply(&mut self, write: &Write) -> Result<(), StoreError> {
		match write {
			Write::Report { hash, reporter, report } => {
				let body = &report.body;
				let key = key(body.feed, body.round, &[&hash.0]);
				put(&mut self.reports, &key, report)?;
				put(&mut self.index, &key, &(reporter, body.tag))
			}
			Write::Append { feed, round, member, position, entry } => {
				let key = key(*feed, *round, &[&[*member], &position.to_be_bytes()]);
				put(&mut self.logs, &key, entry)
			}
			Write::Head(signed) => {
				let head = &signed.head;
				put(&mut self.heads, &key(head.feed, head.round, &[&[signed.member]]), signed)
			}
			Write::Signed { feed, round, sequence, view, member, payload } => {
				let place = [&[*member][..], &sequence.to_be_bytes(), &view.to_be_bytes()];
				put(&mut self.signed, &key(*feed, *round, &place), payload)
			}
			Write::Certificate(certificate) => {
				let outcome = &certificate.outcome;
				let sequence = outcome.sequence.to_be_bytes();
				let key = key(outcome.feed, outcome.round, &[&sequence]);
				let held = self.certificates.get(key.as_slice()).db()?;
				let held = held.map(|held| read("certificates", held.value())).transpose()?;
				let stays = |held: &Certificate| {
					held.outcome != *outcome
						|| held.signatures.len() >= certificate.signatures.len()
				};
				if held.as_ref().is_some_and(stays) {
					return Ok(());
				}
				put(&mut self.certificates, &key, certificate)
			}
			Write::Detail { feed, round, sequence, detail } => {
				put(&mut self.details, &key(*feed, *round, &[&sequence.to_be_bytes()]), detail)
			}
			Write::DoubleAnswer { reporter, first, second } => {
				let body = &first.body;
				let key = key(body.feed, body.round, &[&reporter.to_be_bytes()]);
				put(&mut self.double_answers, &key, &(first, second))
			}
			Write::Fault(fault) => {
				let key = [&prefix(fault.feed)[..], &[fault.member]].concat();
				put(&mut self.faults, &key, fault)
			}
			Write::Forget(feed) => {
				self.forgotten.insert(prefix(*feed).as_slice(), &[][..]).db()?;
				Ok(())
			}
		}
	}
}

/// Reads all entries of a feed in one table.
struct Scan<'a> {
	transaction: &'a ReadTransaction,
	feed: FeedId,
	from: Round,
}

impl Scan<'_> {
	/// Gives `each` the round, the key after it, and the value.
	fn each<T: Decode>(
		&self,
		name: &'static str,
		definition: Definition,
		mut each: impl FnMut(Round, &[u8], T) -> Option<()>,
	) -> Result<(), StoreError> {
		let table = self.transaction.open_table(definition).db()?;
		let from = key(self.feed, self.from, &[]);
		let (_, to) = range(&prefix(self.feed));
		for entry in table.range(from.as_slice()..to.as_slice()).db()? {
			let (key, value) = entry.db()?;
			let value = read(name, value.value())?;
			let place = || {
				let (round, rest) = key.value().get(10..)?.split_at_checked(4)?;
				each(number(round)?, rest, value)
			};
			place().ok_or(StoreError::Corrupt(name))?;
		}
		Ok(())
	}
}

fn put(
	table: &mut Table<'_, &'static [u8], &'static [u8]>,
	key: &[u8],
	value: &impl Encode,
) -> Result<(), StoreError> {
	value.using_encoded(|value| table.insert(key, value).map(drop)).db()
}

fn read<T: Decode>(name: &'static str, bytes: &[u8]) -> Result<T, StoreError> {
	T::decode_all(&mut &bytes[..]).map_err(|_| StoreError::Corrupt(name))
}

fn entry(stored: &mut Stored, round: Round) -> &mut StoredRound {
	stored.entry(round).or_default()
}

fn keys_in(
	table: &impl ReadableTable<&'static [u8], &'static [u8]>,
	from: &[u8],
	to: &[u8],
	limit: usize,
) -> Result<Vec<Vec<u8>>, StoreError> {
	let found = table.range(from..to).db()?.take(limit);
	found.map(|entry| Ok(entry.db()?.0.value().to_vec())).collect()
}

fn prefix(feed: FeedId) -> Vec<u8> {
	[&feed.market.to_be_bytes()[..], &feed.index.to_be_bytes()].concat()
}

fn key(feed: FeedId, round: Round, rest: &[&[u8]]) -> Vec<u8> {
	[&prefix(feed), &round.to_be_bytes()[..], &rest.concat()].concat()
}

/// All keys that begin with `prefix` lie from the first to before the second of these: no key is so
/// long that it could reach it.
fn range(prefix: &[u8]) -> (Vec<u8>, Vec<u8>) {
	(prefix.to_vec(), [prefix, &[0xff; 64]].concat())
}

fn feed_of(prefix: &[u8]) -> Option<FeedId> {
	let (market, index) = prefix.split_at_checked(8)?;
	Some(FeedId {
		market: u64::from_be_bytes(market.try_into().ok()?),
		index: u16::from_be_bytes(index.try_into().ok()?),
	})
}

fn number(bytes: &[u8]) -> Option<u32> {
	Some(u32::from_be_bytes(bytes.try_into().ok()?))
}
