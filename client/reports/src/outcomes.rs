// SPDX-License-Identifier: Apache-2.0

//! Listening to outcomes without missing any.
//!
//! Listeners hear of certificates by a channel of bounded length, which forgets the oldest when a
//! listener is slow, and of course everything when the node ends. So what is heard only says when to
//! look: what was missed is in the store.

use crate::{
	io::Event,
	store::{Store, StoreError},
	table::FeedTable,
	LOG,
};
use eventum_primitives::{outcome::Certificate, FeedId, Round, Sequence};
use eventum_wire::Certified;
use futures::Stream;
use std::{
	collections::{BTreeMap, VecDeque},
	sync::Arc,
};
use tokio::sync::broadcast::{error::RecvError, Receiver};

/// A push of a feed.
pub type Push = (Round, Sequence);

/// Certificates that are read from the store at once.
const PAGE: usize = 64;

fn push_of(certificate: &Certificate) -> Push {
	(certificate.outcome.round, certificate.outcome.sequence)
}

/// Certificates of a feed after the push `after`, in order, some of them.
pub(crate) fn read(
	store: &Store,
	feed: FeedId,
	after: Push,
) -> Result<VecDeque<Certificate>, StoreError> {
	store
		.certificates(feed, after, PAGE)
		.inspect_err(|error| log::error!(target: LOG, "{error}"))
		.map(Into::into)
}

/// A listener to one feed: where it is, and what it has read already.
struct Following {
	store: Arc<Store>,
	feed: FeedId,
	after: Push,
	read: VecDeque<Certificate>,
	events: Receiver<Event>,
}

/// The certificates `read`, and those of the same feed that follow them.
pub(crate) fn follow(
	store: Arc<Store>,
	feed: FeedId,
	after: Push,
	read: VecDeque<Certificate>,
	events: Receiver<Event>,
) -> impl Stream<Item = Certificate> {
	let following = Following { store, feed, after, read, events };
	futures::stream::unfold(following, |mut following| async move {
		let next = following.next().await?;
		Some((next, following))
	})
}

impl Following {
	/// None when the feed is settled, or the node ends.
	async fn next(&mut self) -> Option<Certificate> {
		loop {
			if let Some(next) = self.read.pop_front() {
				self.after = push_of(&next);
				return Some(next);
			}
			self.read = read(&self.store, self.feed, self.after).ok()?;
			if self.read.is_empty() {
				self.news().await?;
			}
		}
	}

	/// Waits until there may be something new.
	async fn news(&mut self) -> Option<()> {
		loop {
			match self.events.recv().await {
				Ok(Event::Certified(certified))
					if certified.certificate.outcome.feed == self.feed =>
				{
					return Some(())
				}
				Ok(Event::Settled(feed)) if feed == self.feed => return None,
				Ok(_) => (),
				Err(RecvError::Lagged(_)) => return Some(()),
				Err(RecvError::Closed) => return None,
			}
		}
	}
}

/// A listener to everything.
struct Everything {
	store: Arc<Store>,
	table: FeedTable,
	events: Receiver<Event>,
	/// The newest push of each feed that was given.
	given: BTreeMap<FeedId, Push>,
	next: VecDeque<Event>,
}

/// All events, and all certificates after those `given`.
pub(crate) fn everything(
	store: Arc<Store>,
	table: FeedTable,
	events: Receiver<Event>,
	given: BTreeMap<FeedId, Push>,
) -> impl Stream<Item = Event> {
	let everything = Everything { store, table, events, given, next: VecDeque::new() };
	futures::stream::unfold(everything, |mut everything| async move {
		let next = everything.next().await?;
		Some((next, everything))
	})
}

impl Everything {
	/// None when the node ends.
	async fn next(&mut self) -> Option<Event> {
		loop {
			if let Some(next) = self.next.pop_front() {
				return Some(next);
			}
			match self.events.recv().await {
				Ok(Event::Certified(certified)) => self.give(certified),
				Ok(Event::Serving(feed)) => self.catch_up(feed),
				Ok(Event::Settled(feed)) => {
					self.given.remove(&feed);
					return Some(Event::Settled(feed));
				}
				Ok(event @ Event::Delivered { .. }) => return Some(event),
				Err(RecvError::Lagged(missed)) => {
					log::warn!(target: LOG, "{missed} events were missed; what matters is read again");
					self.table.all().iter().for_each(|served| self.catch_up(served.id));
				}
				Err(RecvError::Closed) => return None,
			}
		}
	}

	/// Gives a certificate unless it has been given.
	fn give(&mut self, certified: Arc<Certified>) {
		let (feed, push) = (certified.certificate.outcome.feed, push_of(&certified.certificate));
		if self.given.get(&feed).is_none_or(|given| *given < push) {
			self.given.insert(feed, push);
			self.next.push_back(Event::Certified(certified));
		}
	}

	/// Gives what the store has of a feed.
	fn catch_up(&mut self, feed: FeedId) {
		let Some(served) = self.table.get(feed) else { return };
		loop {
			let after = self.given.get(&feed).copied().unwrap_or_default();
			let Ok(found) = read(&self.store, feed, after) else { return };
			if found.is_empty() {
				return;
			}
			for certificate in found {
				self.give(Arc::new(served.certified(certificate)));
			}
		}
	}
}
