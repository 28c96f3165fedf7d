// SPDX-License-Identifier: Apache-2.0

//! The queue on disk: what a certificate was posted for must survive a restart, for its receiver may
//! be away for hours.
//!
//! A thread of its own writes, all changes since its last transaction in the next one. No attempt
//! waits for it, and a push that is taken before its turn comes costs no disk.

use crate::entry::{Content, DeadLetter, Key, RawKey, State};
use codec::{Decode, DecodeAll, Encode};
use eventum_primitives::{FeedId, Hash, Round, Sequence};
use parking_lot::{Condvar, Mutex};
use redb::{
	Database, Durability, ReadableDatabase, ReadableTable, TableDefinition, TableError,
	WriteTransaction,
};
use std::{
	collections::BTreeMap,
	path::Path,
	sync::Arc,
	thread,
	time::{Duration, Instant},
};
use thiserror::Error;

/// Round and sequence.
pub(crate) type Push = (Round, Sequence);

type Table = TableDefinition<'static, RawKey, &'static [u8]>;

/// Hash of the chain that the rest is about.
const CHAIN: TableDefinition<'static, (), &[u8]> = TableDefinition::new("chain");
const CONTENTS: Table = Table::new("contents/1");
const STATES: Table = Table::new("states/1");
const DEAD: Table = Table::new("dead/1");
/// Feed → the newest push of it that was taken up.
const TAKEN: TableDefinition<'static, (u64, u16), (u32, u32)> = TableDefinition::new("taken/1");

/// Bytes of the database that are kept in memory.
const CACHE: usize = 16 * 1024 * 1024;
/// How long changes are collected: what is posted at once comes and goes in one write. What a crash
/// takes with it is taken up again, for what was taken up is in the same write.
const COLLECT: Duration = Duration::from_millis(100);
/// How long to wait after a write that failed.
const PAUSE: Duration = Duration::from_secs(1);

/// Why the queue cannot be opened.
#[derive(Debug, Error)]
pub enum StoreError {
	/// The database or its file.
	#[error("the delivery queue cannot be opened: {0}")]
	Database(#[from] redb::Error),
	/// Its directory.
	#[error("the directory of the delivery queue cannot be made: {0}")]
	Directory(#[from] std::io::Error),
}

/// Changes by table; `None` removes.
#[derive(Clone, Default)]
struct Changes {
	contents: BTreeMap<Key, Option<Arc<Content>>>,
	states: BTreeMap<Key, Option<State>>,
	dead: BTreeMap<Key, Option<DeadLetter>>,
	taken: BTreeMap<FeedId, Option<Push>>,
}

impl Changes {
	fn is_empty(&self) -> bool {
		let Self { contents, states, dead, taken } = self;
		contents.is_empty() && states.is_empty() && dead.is_empty() && taken.is_empty()
	}
}

#[derive(Default)]
struct Pending {
	/// Not begun to be written.
	next: Changes,
	/// Being written.
	now: Arc<Changes>,
	closed: bool,
}

struct Shared {
	database: Database,
	pending: Mutex<Pending>,
	wake: Condvar,
}

/// What was found on disk.
pub(crate) struct Found {
	pub(crate) states: BTreeMap<Key, State>,
	pub(crate) dead: BTreeMap<Key, DeadLetter>,
	pub(crate) taken: BTreeMap<FeedId, Push>,
}

/// The queue on disk.
pub(crate) struct Store {
	shared: Arc<Shared>,
	writer: Option<thread::JoinHandle<()>>,
}

impl Store {
	/// Opens the queue in a directory and reads it. What is of another chain is thrown away.
	pub(crate) fn open(directory: &Path, genesis: &Hash) -> Result<(Self, Found), StoreError> {
		std::fs::create_dir_all(directory)?;
		let (database, found) = open(&directory.join("delivery.redb"), genesis)?;
		let shared = Arc::new(Shared { database, pending: Mutex::default(), wake: Condvar::new() });
		let writer = thread::Builder::new().name("delivery-store".into()).spawn({
			let shared = shared.clone();
			move || shared.write_all()
		})?;
		Ok((Self { shared, writer: Some(writer) }, found))
	}

	/// Keeps a new post.
	pub(crate) fn put(&self, key: Key, content: Arc<Content>, state: State) {
		self.change(|changes| {
			changes.contents.insert(key, Some(content));
			changes.states.insert(key, Some(state));
		});
	}

	/// Keeps what changed of a post.
	pub(crate) fn update(&self, key: Key, state: State) {
		self.change(|changes| {
			changes.states.insert(key, Some(state));
		});
	}

	/// Forgets posts.
	pub(crate) fn remove(&self, keys: impl IntoIterator<Item = Key>) {
		self.change(|changes| {
			for key in keys {
				changes.contents.insert(key, None);
				changes.states.insert(key, None);
			}
		});
	}

	/// Keeps a post that was given up.
	pub(crate) fn bury(&self, key: Key, letter: DeadLetter) {
		self.change(|changes| {
			changes.dead.insert(key, Some(letter));
		});
	}

	/// Forgets a post that was given up.
	pub(crate) fn unbury(&self, key: Key) {
		self.change(|changes| {
			changes.dead.insert(key, None);
		});
	}

	/// Notes that all pushes of a feed up to this one are in the queue, or were.
	pub(crate) fn take(&self, feed: FeedId, push: Push) {
		self.change(|changes| {
			changes.taken.insert(feed, Some(push));
		});
	}

	/// Forgets what was taken of a feed that is over.
	pub(crate) fn forget(&self, feed: FeedId) {
		self.change(|changes| {
			changes.taken.insert(feed, None);
		});
	}

	/// What is to be posted.
	pub(crate) fn content(&self, key: &Key) -> Option<Arc<Content>> {
		{
			let pending = self.shared.pending.lock();
			let unwritten =
				pending.next.contents.get(key).or_else(|| pending.now.contents.get(key));
			if let Some(content) = unwritten {
				return content.clone();
			}
		}
		let read = || -> Result<Option<Content>, redb::Error> {
			let table = self.shared.database.begin_read()?.open_table(CONTENTS)?;
			let bytes = table.get(RawKey::from(*key))?;
			Ok(bytes.and_then(|bytes| Content::decode_all(&mut bytes.value()).ok()))
		};
		read()
			.inspect_err(|error| log::warn!(target: crate::LOG_TARGET, "cannot read: {error}"))
			.ok()
			.flatten()
			.map(Arc::new)
	}

	fn change(&self, change: impl FnOnce(&mut Changes)) {
		change(&mut self.shared.pending.lock().next);
		self.shared.wake.notify_one();
	}
}

impl Drop for Store {
	fn drop(&mut self) {
		self.shared.pending.lock().closed = true;
		self.shared.wake.notify_one();
		if let Some(writer) = self.writer.take() {
			let _ = writer.join();
		}
	}
}

impl Shared {
	/// Writes until the store is dropped and everything is written.
	fn write_all(&self) {
		loop {
			let changes = {
				let mut pending = self.pending.lock();
				while pending.next.is_empty() && !pending.closed {
					self.wake.wait(&mut pending);
				}
				if pending.next.is_empty() {
					return;
				}
				let until = Instant::now() + COLLECT;
				while !pending.closed && !self.wake.wait_until(&mut pending, until).timed_out() {}
				pending.now = Arc::new(std::mem::take(&mut pending.next));
				pending.now.clone()
			};
			while let Err(error) = self.write(&changes) {
				log::error!(target: crate::LOG_TARGET, "the delivery queue cannot be written: {error}");
				if self.pending.lock().closed {
					return;
				}
				thread::sleep(PAUSE);
			}
			self.pending.lock().now = Arc::default();
		}
	}

	fn write(&self, changes: &Changes) -> Result<(), redb::Error> {
		let mut transaction = self.database.begin_write()?;
		transaction.set_durability(Durability::Immediate)?;
		apply(&transaction, CONTENTS, &changes.contents)?;
		apply(&transaction, STATES, &changes.states)?;
		apply(&transaction, DEAD, &changes.dead)?;
		{
			let mut taken = transaction.open_table(TAKEN)?;
			for (feed, push) in &changes.taken {
				let feed = (feed.market, feed.index);
				match push {
					Some(push) => taken.insert(feed, *push)?,
					None => taken.remove(feed)?,
				};
			}
		}
		Ok(transaction.commit()?)
	}
}

fn apply<T: Encode>(
	transaction: &WriteTransaction,
	table: Table,
	changes: &BTreeMap<Key, Option<T>>,
) -> Result<(), redb::Error> {
	let mut table = transaction.open_table(table)?;
	for (key, value) in changes {
		match value {
			Some(value) => table.insert(RawKey::from(*key), &value.encode()[..])?,
			None => table.remove(RawKey::from(*key))?,
		};
	}
	Ok(())
}

fn open(path: &Path, genesis: &Hash) -> Result<(Database, Found), redb::Error> {
	let database = Database::builder().set_cache_size(CACHE).create(path)?;
	let transaction = database.begin_write()?;
	let same_chain = {
		let mut chain = transaction.open_table(CHAIN)?;
		let before = chain.get(())?.map(|bytes| bytes.value().to_vec());
		chain.insert((), genesis.as_bytes())?;
		before.is_none_or(|before| before == genesis.as_bytes())
	};
	if !same_chain {
		for table in [CONTENTS, STATES, DEAD] {
			transaction.delete_table(table)?;
		}
		transaction.delete_table(TAKEN)?;
	}
	let taken = transaction
		.open_table(TAKEN)?
		.iter()?
		.map(|entry| {
			let (feed, push) = entry?;
			let (market, index) = feed.value();
			Ok((FeedId { market, index }, push.value()))
		})
		.collect::<Result<_, redb::Error>>()?;
	transaction.commit()?;
	let found = Found { states: load(&database, STATES)?, dead: load(&database, DEAD)?, taken };
	Ok((database, found))
}

fn load<T: Decode>(database: &Database, table: Table) -> Result<BTreeMap<Key, T>, redb::Error> {
	let table = match database.begin_read()?.open_table(table) {
		Ok(table) => table,
		Err(TableError::TableDoesNotExist(_)) => return Ok(BTreeMap::new()),
		Err(error) => return Err(error.into()),
	};
	let mut found = BTreeMap::new();
	for entry in table.iter()? {
		let (key, value) = entry?;
		if let Ok(value) = T::decode_all(&mut value.value()) {
			found.insert(key.value().into(), value);
		}
	}
	Ok(found)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::testing;

	fn other_feed() -> FeedId {
		FeedId { market: 99, index: 0 }
	}

	#[test]
	fn what_is_kept_is_found_again() {
		let directory = tempfile::tempdir().unwrap();
		let genesis = Hash::repeat_byte(1);
		let (key, content, state) = testing::entry(1);
		{
			let (store, found) = Store::open(directory.path(), &genesis).unwrap();
			assert!(found.states.is_empty() && found.dead.is_empty() && found.taken.is_empty());
			store.take(key.feed, (3, 1));
			store.take(key.feed, (3, 2));
			store.take(other_feed(), (9, 9));
			store.forget(other_feed());
			store.put(key, content.clone(), state.clone());
			assert_eq!(store.content(&key), Some(content.clone()), "readable before it is written");
			let (other, content, state) = testing::entry(2);
			store.put(other, content, state);
			store.remove([other]);
		}
		let (store, found) = Store::open(directory.path(), &genesis).unwrap();
		assert_eq!(found.states, BTreeMap::from([(key, state)]));
		assert_eq!(found.taken, BTreeMap::from([(key.feed, (3, 2))]));
		assert_eq!(store.content(&key), Some(content));
	}

	#[test]
	fn the_queue_of_another_chain_is_thrown_away() {
		let directory = tempfile::tempdir().unwrap();
		let (key, content, state) = testing::entry(1);
		let (store, _) = Store::open(directory.path(), &Hash::repeat_byte(1)).unwrap();
		store.put(key, content, state);
		store.take(key.feed, (3, 1));
		drop(store);
		let (store, found) = Store::open(directory.path(), &Hash::repeat_byte(2)).unwrap();
		assert!(found.states.is_empty() && found.taken.is_empty());
		assert_eq!(store.content(&key), None);
	}
}
