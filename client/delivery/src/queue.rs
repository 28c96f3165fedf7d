// SPDX-License-Identifier: Apache-2.0

//! Which post is tried when: a state machine without clock, network or disk.

use crate::{
	entry::{Key, State},
	schedule::{backoff, LIFETIME},
};
use codec::Encode;
use eventum_primitives::{FeedId, Moment, Round, Sequence};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Posts that wait, at most.
pub(crate) const MAX_ENTRIES: usize = 100_000;
/// Attempts at once.
pub(crate) const MAX_FLYING: usize = 64;
/// Attempts at once to one host.
pub(crate) const MAX_FLYING_PER_HOST: usize = 4;
/// Posts that are looked at when a place on the way to their host is free.
const MAX_LOOKED_AT: usize = 256;
/// Rounds of which it is remembered what others delivered, and posts of which it is remembered that
/// they are done.
const MAX_REMEMBERED: usize = 100_000;

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
	/// The receiver took it.
	Taken,
	/// It may succeed later.
	Failed,
	/// It never will.
	Hopeless,
}

/// What becomes of a post after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
	/// It is done; so are the listed ones, which it stands for.
	Delivered(Vec<Key>),
	/// It is tried again.
	Again(State),
	/// It is no longer needed: a newer push or another member was faster.
	Superseded,
	/// It is given up.
	Dead(State),
}

/// What a new post takes the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Displaced {
	/// Older pushes of the round.
	pub(crate) superseded: Vec<Key>,
	/// A post that there is no room for any more.
	pub(crate) overflow: Option<(Key, State)>,
}

/// The posts that wait.
#[derive(Default)]
pub(crate) struct Queue {
	entries: BTreeMap<Key, State>,
	due: BTreeSet<(Moment, Key)>,
	/// Due, but held back for others on their way to the same host.
	held: HashMap<String, BTreeSet<Key>>,
	flying: BTreeSet<Key>,
	flying_to: HashMap<String, usize>,
	/// What goes first when there is no room: the oldest push that a newer one will follow.
	by_age: BTreeSet<(bool, Moment, Key)>,
	/// The newest push of a round that a receiver is known to have.
	delivered: BTreeMap<(FeedId, Round), Sequence>,
	/// Posts that were made or given up, so that none is made again when its certificate comes twice.
	closed: BTreeSet<Key>,
}

impl Queue {
	/// Posts that wait or are on their way.
	pub(crate) fn len(&self) -> usize {
		self.entries.len()
	}

	/// Whether a post would be new and is needed.
	pub(crate) fn wants(&self, key: &Key, regardless: bool) -> bool {
		let known = self.entries.contains_key(key) || self.closed.contains(key);
		let superseded = self.newer(key).next().is_some();
		!(known || superseded || (!regardless && self.is_delivered(key)))
	}

	/// Takes a post.
	pub(crate) fn insert(&mut self, key: Key, state: State) -> Displaced {
		let first = Key { sequence: 0, member: 0, ..key };
		let last = Key { member: 0, ..key };
		let superseded: Vec<Key> = self
			.entries
			.range(first..last)
			.map(|(other, _)| *other)
			.filter(|other| other.member == key.member && !self.flying.contains(other))
			.collect();
		superseded.iter().for_each(|other| {
			self.remove(other);
		});
		let full = self.entries.len() >= MAX_ENTRIES;
		let waiting = |other: &Key| !self.flying.contains(other);
		let oldest = self.by_age.iter().map(|(_, _, other)| *other).find(waiting);
		let overflow = oldest
			.filter(|_| full)
			.and_then(|oldest| self.remove(&oldest).map(|state| (oldest, state)));
		self.by_age.insert((state.is_final, state.since, key));
		self.due.insert((state.due, key));
		self.entries.insert(key, state);
		Displaced { superseded, overflow }
	}

	/// The next post to make now, if there is one and room for it on the way.
	pub(crate) fn start(&mut self, now: Moment) -> Option<Key> {
		while self.flying.len() < MAX_FLYING {
			let (due, key) = *self.due.first()?;
			if due > now {
				return None;
			}
			self.due.remove(&(due, key));
			// An entry that is due is in the queue.
			let Some(state) = self.entries.get(&key) else { continue };
			let host = state.host.clone();
			if self.is_blocked(&key, &host) {
				self.held.entry(host).or_default().insert(key);
				continue;
			}
			*self.flying_to.entry(host).or_default() += 1;
			self.flying.insert(key);
			return Some(key);
		}
		None
	}

	/// When the next post is due, if there is room for it on the way.
	pub(crate) fn next_due(&self) -> Option<Moment> {
		let room = self.flying.len() < MAX_FLYING;
		self.due.first().filter(|_| room).map(|(due, _)| *due)
	}

	/// Whether a post must wait for others: its host is busy, or an earlier push of the same feed by
	/// the same member is on its way there and should arrive first.
	fn is_blocked(&self, key: &Key, host: &str) -> bool {
		let first = Key { round: 0, sequence: 0, member: 0, ..*key };
		let goes_there =
			|other: &Key| self.entries.get(other).is_some_and(|state| state.host == host);
		self.flying_to.get(host).is_some_and(|count| *count >= MAX_FLYING_PER_HOST)
			|| self
				.flying
				.range(first..*key)
				.any(|other| other.member == key.member && goes_there(other))
	}

	/// Newer pushes of the round, of all members.
	fn newer(&self, key: &Key) -> impl Iterator<Item = &Key> {
		let after = Key { member: u8::MAX, ..*key };
		let last = Key { sequence: Sequence::MAX, member: u8::MAX, ..*key };
		let range = (std::ops::Bound::Excluded(after), std::ops::Bound::Included(last.max(after)));
		// An empty range that excludes and includes the same bound is a panic, hence the check.
		(after < last).then(|| self.entries.range(range)).into_iter().flatten().map(|(key, _)| key)
	}

	/// An attempt has ended.
	pub(crate) fn finish(&mut self, key: &Key, now: Moment, attempt: Attempt) -> Option<Fate> {
		self.flying.remove(key);
		let mut state = self.entries.get(key)?.clone();
		self.land(&state.host, now);
		if attempt == Attempt::Taken {
			self.close(key);
			self.remove(key);
			return Some(Fate::Delivered(self.delivered(key.feed, key.round, key.sequence)));
		}
		state.attempts = state.attempts.saturating_add(1);
		let superseded = (!state.regardless && self.is_delivered(key))
			|| self.newer(key).any(|other| other.member == key.member);
		if superseded {
			self.remove(key);
			Some(Fate::Superseded)
		} else if attempt == Attempt::Hopeless || now >= state.since.saturating_add(LIFETIME) {
			self.close(key);
			self.remove(key);
			Some(Fate::Dead(state))
		} else {
			let salt = u64::from_le_bytes(sp_crypto_hashing::blake2_64(
				&(key, state.attempts, state.since).encode(),
			));
			state.due = now.saturating_add(backoff(state.attempts, salt));
			self.due.insert((state.due, *key));
			self.entries.insert(*key, state.clone());
			Some(Fate::Again(state))
		}
	}

	/// Takes note that a receiver has a push; gives the posts that need not be made any more.
	pub(crate) fn delivered(&mut self, feed: FeedId, round: Round, sequence: Sequence) -> Vec<Key> {
		let newest = self.delivered.entry((feed, round)).or_default();
		*newest = sequence.max(*newest);
		let newest = *newest;
		if self.delivered.len() > MAX_REMEMBERED {
			self.delivered.pop_first();
		}
		let first = Key { feed, round, sequence: 0, member: 0 };
		let last = Key { feed, round, sequence: newest, member: u8::MAX };
		let dropped: Vec<Key> = self
			.entries
			.range(first..=last)
			.filter(|(key, state)| !state.regardless && !self.flying.contains(key))
			.map(|(key, _)| *key)
			.collect();
		dropped.iter().for_each(|key| {
			self.remove(key);
		});
		dropped
	}

	/// Forgets what others said of a feed that is over. Posts that wait stay: the receiver may be
	/// back before their day is over.
	pub(crate) fn settled(&mut self, feed: FeedId) {
		self.delivered.retain(|(other, _), _| *other != feed);
		self.closed.retain(|key| key.feed != feed);
	}

	/// Remembers that a post is over.
	pub(crate) fn close(&mut self, key: &Key) {
		self.closed.insert(*key);
		if self.closed.len() > MAX_REMEMBERED {
			self.closed.pop_first();
		}
	}

	fn is_delivered(&self, key: &Key) -> bool {
		self.delivered.get(&(key.feed, key.round)).is_some_and(|newest| *newest >= key.sequence)
	}

	/// Frees a place on the way to a host, and makes those due again that waited for it.
	fn land(&mut self, host: &str, now: Moment) {
		if let Some(count) = self.flying_to.get_mut(host) {
			*count = count.saturating_sub(1);
			if *count == 0 {
				self.flying_to.remove(host);
			}
		}
		let Some(waiting) = self.held.get(host) else { return };
		let busy = self.flying_to.get(host).copied().unwrap_or_default();
		let free: Vec<Key> = waiting
			.iter()
			.take(MAX_LOOKED_AT)
			.filter(|key| !self.is_blocked(key, host))
			.take(MAX_FLYING_PER_HOST.saturating_sub(busy))
			.copied()
			.collect();
		for key in free {
			self.unhold(host, &key);
			if let Some(state) = self.entries.get_mut(&key) {
				state.due = now;
				self.due.insert((now, key));
			}
		}
	}

	fn unhold(&mut self, host: &str, key: &Key) {
		if let Some(waiting) = self.held.get_mut(host) {
			waiting.remove(key);
			if waiting.is_empty() {
				self.held.remove(host);
			}
		}
	}

	fn remove(&mut self, key: &Key) -> Option<State> {
		let state = self.entries.remove(key)?;
		self.due.remove(&(state.due, *key));
		self.by_age.remove(&(state.is_final, state.since, *key));
		self.unhold(&state.host, key);
		Some(state)
	}
}

#[cfg(test)]
mod tests;
