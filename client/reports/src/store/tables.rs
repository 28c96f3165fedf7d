// SPDX-License-Identifier: Apache-2.0

//! The tables: their keys, what each write puts into them, and how a feed is read out of them.

use super::{StoreError, ToStoreError};
use crate::io::Write;
use codec::{Decode, DecodeAll, Encode};
use eventum_primitives::{outcome::Certificate, FeedId, Round};
use redb::{ReadTransaction, ReadableTable, Table, TableDefinition, WriteTransaction};

pub(super) type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

/// feed, round, hash → report
pub(super) const REPORTS: Definition = TableDefinition::new("reports");
/// feed, round, hash → reporter, tag
pub(super) const INDEX: Definition = TableDefinition::new("index");
/// feed, round, member, position → entry
pub(super) const LOGS: Definition = TableDefinition::new("logs");
/// feed, round, member → head
pub(super) const HEADS: Definition = TableDefinition::new("heads");
/// feed, round, member, sequence, view → payload
pub(super) const SIGNED: Definition = TableDefinition::new("signed");
/// feed, round, sequence → certificate
pub(super) const CERTIFICATES: Definition = TableDefinition::new("certificates");
/// feed, round, sequence → detail
pub(super) const DETAILS: Definition = TableDefinition::new("details");
/// feed, round, reporter → two reports
pub(super) const DOUBLE_ANSWERS: Definition = TableDefinition::new("double-answers");
/// feed, member → proof against it
pub(super) const FAULTS: Definition = TableDefinition::new("faults");
/// feed → nothing: it is being dropped
pub(super) const FORGOTTEN: Definition = TableDefinition::new("forgotten");
/// name → number
pub(super) const META: TableDefinition<'static, &'static str, u32> = TableDefinition::new("meta");

pub(super) const PER_FEED: [Definition; 9] =
	[REPORTS, INDEX, LOGS, HEADS, SIGNED, CERTIFICATES, DETAILS, DOUBLE_ANSWERS, FAULTS];

/// The tables that writes go to, open at once.
pub(super) struct Tables<'a> {
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
	pub(super) fn open(transaction: &'a WriteTransaction) -> Result<Self, StoreError> {
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

	pub(super) fn apply(&mut self, write: &Write) -> Result<(), StoreError> {
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
pub(super) struct Scan<'a> {
	pub(super) transaction: &'a ReadTransaction,
	pub(super) feed: FeedId,
	pub(super) from: Round,
}

impl Scan<'_> {
	/// Gives `each` the round, the key after it, and the value.
	pub(super) fn each<T: Decode>(
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

pub(super) fn read<T: Decode>(name: &'static str, bytes: &[u8]) -> Result<T, StoreError> {
	T::decode_all(&mut &bytes[..]).map_err(|_| StoreError::Corrupt(name))
}

pub(super) fn keys_in(
	table: &impl ReadableTable<&'static [u8], &'static [u8]>,
	from: &[u8],
	to: &[u8],
	limit: usize,
) -> Result<Vec<Vec<u8>>, StoreError> {
	let found = table.range(from..to).db()?.take(limit);
	found.map(|entry| Ok(entry.db()?.0.value().to_vec())).collect()
}

pub(super) fn prefix(feed: FeedId) -> Vec<u8> {
	[&feed.market.to_be_bytes()[..], &feed.index.to_be_bytes()].concat()
}

pub(super) fn key(feed: FeedId, round: Round, rest: &[&[u8]]) -> Vec<u8> {
	[&prefix(feed), &round.to_be_bytes()[..], &rest.concat()].concat()
}

/// All keys that begin with `prefix` lie from the first to before the second of these: no key is so
/// long that it could reach it.
pub(super) fn range(prefix: &[u8]) -> (Vec<u8>, Vec<u8>) {
	(prefix.to_vec(), [prefix, &[0xff; 64]].concat())
}

pub(super) fn feed_of(prefix: &[u8]) -> Option<FeedId> {
	let (market, index) = prefix.split_at_checked(8)?;
	Some(FeedId {
		market: u64::from_be_bytes(market.try_into().ok()?),
		index: u16::from_be_bytes(index.try_into().ok()?),
	})
}

pub(super) fn number(bytes: &[u8]) -> Option<u32> {
	Some(u32::from_be_bytes(bytes.try_into().ok()?))
}
