// SPDX-License-Identifier: Apache-2.0

//! What goes with finalized blocks: feeds come and go, certificates and details are handed in until
//! they are final on chain.

use super::{book::read, serving::Served, DueDetail, Worker};
use crate::{
	chain::Finalized,
	committee::{feed::Restored, Counted},
	io::{Event, StoredReport, StoredRound, Write},
	keys::Identity,
	store::StoreError,
	table::{LocalMember, ServedFeed},
};
use eventum_primitives::{
	apis::{FeedView, Stage},
	committee::MemberIndex,
	duties::MAX_ENTRIES,
	outcome::{Certificate, Push},
	FeedId, Hash, Round,
};
use std::sync::Arc;

/// Rounds whose outcomes are read at once.
const OUTCOMES: u32 = 256;

impl Worker {
	/// Looks at the newest finalized block.
	pub(super) fn follow_chain(&mut self) {
		if let Err(error) = self.parts.keys.refresh() {
			log::warn!(target: crate::LOG, "An intake secret cannot be read or made: {error}");
		}
		let Some(block) = read(self.parts.chain.finalized()) else { return };
		let at = block.hash;
		let keys = self.parts.keys.keys();
		let Some(named) = read(self.parts.chain.served_feeds(at, &keys)) else { return };
		for feed in &named {
			if let Some(view) = read(self.parts.chain.feed(at, *feed)).flatten() {
				if let Err(error) = self.follow_feed(block, *feed, view) {
					log::error!(target: crate::LOG, "Feed {feed} cannot be served: {error}");
				}
			}
		}
		let gone: Vec<FeedId> =
			self.feeds.keys().filter(|feed| !named.contains(feed)).copied().collect();
		for feed in gone {
			let Some(view) = read(self.parts.chain.feed(at, feed)) else { continue };
			let stage = view.map(|view| view.stage);
			if matches!(stage, None | Some(Stage::Settled | Stage::Void | Stage::Voiding)) {
				self.feeds.remove(&feed);
				self.parts.table.remove(feed);
				self.pending.forget(feed);
				self.waiting.retain(|(other, _, _), _| *other != feed);
				self.outbox.writes.push(Write::Forget(feed));
				self.outbox.events.push(Event::Settled(feed));
			}
		}
		let peers = self.feeds.values().flat_map(Served::other_peers).collect();
		self.parts.network.set_members(peers);
		self.evidence.hand_over(&mut self.parts);
	}

	fn follow_feed(
		&mut self,
		block: Finalized,
		feed: FeedId,
		view: FeedView,
	) -> Result<(), StoreError> {
		let (at, stage) = (block.hash, view.stage);
		if self.feeds.contains_key(&feed) {
			self.follow_keys(block, feed, view);
		} else {
			if !matches!(stage, Stage::Reporting | Stage::Concluded | Stage::Settling) {
				return Ok(());
			}
			match self.open_feed(at, feed, view)? {
				Some(served) => {
					served.entry.set_seen(block.number);
					self.feeds.insert(feed, served);
				}
				None => return Ok(()),
			}
		}
		match stage {
			Stage::Settling => self.owe_details(at, feed),
			_ => self.follow_outcomes(at, feed),
		}
		Ok(())
	}

	/// Reads the reporters' keys again if any has changed.
	fn follow_keys(&mut self, block: Finalized, feed: FeedId, view: FeedView) {
		let Some(served) = self.feeds.get_mut(&feed) else { return };
		if view.stage == Stage::Reporting && view.rekeyed > served.entry.view.rekeyed {
			let Some(reporters) = read(self.parts.chain.reporters(block.hash, feed)) else {
				return;
			};
			let ServedFeed { committee, local, .. } = &*served.entry;
			let (committee, local) = (committee.clone(), local.clone());
			let newer =
				ServedFeed::new(feed, Arc::new(view), committee, local, &reporters, served.round());
			served.entry = self.parts.table.insert(newer);
		}
		served.entry.set_seen(block.number);
	}

	/// Starts to serve a feed, or goes on with it after a restart.
	fn open_feed(
		&mut self,
		at: Hash,
		feed: FeedId,
		view: FeedView,
	) -> Result<Option<Served>, StoreError> {
		let Some(committee) = view.committee.clone() else { return Ok(None) };
		let local: Vec<LocalMember> = self
			.parts
			.keys
			.all()
			.into_iter()
			.filter_map(|Identity { vald: key, intake }| {
				Some(LocalMember { index: committee.index_of(&key)?, key, intake })
			})
			.collect();
		let Some(reporters) = read(self.parts.chain.reporters(at, feed)) else { return Ok(None) };
		if local.is_empty() {
			return Ok(None);
		}
		let finals = self.stored_finals(feed)?;
		let (round, ended) = match finals.last().map(|certificate| &certificate.outcome) {
			None => (0, false),
			Some(outcome) => match outcome.push {
				Push::Final { ends_feed: true, .. } => (outcome.round, true),
				_ => (outcome.round.saturating_add(1), false),
			},
		};
		log::info!(
			target: crate::LOG,
			"Serving feed {feed} as {} of {} members, {} reporters, round {round}",
			local.len(),
			committee.members.len(),
			view.joined,
		);
		let entry = self.parts.table.insert(ServedFeed::new(
			feed,
			Arc::new(view),
			Arc::new(committee.clone()),
			local.clone(),
			&reporters,
			round,
		));
		let mut members = Vec::new();
		for LocalMember { index, key, .. } in local {
			let last = finals.last().cloned();
			let restored = self.restore(&entry, index, (round, ended), last)?;
			members.push((index, key, restored));
		}
		let served = Served::new(self.genesis, entry, committee, members);
		served.show();
		self.outbox.events.push(Event::Serving(feed));
		finals.into_iter().for_each(|certificate| self.pending.add(certificate));
		Ok(Some(served))
	}

	/// All final certificates of a feed on this node's disk, in order.
	fn stored_finals(&self, feed: FeedId) -> Result<Vec<Certificate>, StoreError> {
		let (mut finals, mut after) = (Vec::new(), (0, 0));
		loop {
			let found = self.parts.store.certificates(feed, after, OUTCOMES as usize)?;
			let Some(last) = found.last() else { return Ok(finals) };
			after = (last.outcome.round, last.outcome.sequence);
			finals.extend(found.into_iter().filter(|c| c.outcome.push.is_final()));
		}
	}

	/// What a member knew of its open round.
	fn restore(
		&self,
		entry: &ServedFeed,
		member: MemberIndex,
		(round, ended): (Round, bool),
		last_final: Option<Certificate>,
	) -> Result<Restored, StoreError> {
		let feed = entry.id;
		let stored = self.parts.store.load(feed, member, round)?.unwrap_or_default();
		let StoredRound { reports, log, head, signed, certificates, .. } =
			stored.get(&round).cloned().unwrap_or_default();
		let known = reports.into_iter().map(|StoredReport { hash, reporter, tag }| {
			entry.note(round, reporter, hash, tag);
			Counted { round, hash, reporter, tag }
		});
		let signed = signed.into_iter().map(|((sequence, view), what)| (sequence, view, what));
		Ok(Restored {
			round,
			reports: known.collect(),
			entries: log,
			head,
			signed: signed.collect(),
			certificate: certificates.into_values().next_back(),
			last_final,
			ended,
			excluded: self.parts.store.proven_false(feed)?,
		})
	}

	/// Strikes out what is final on chain.
	fn follow_outcomes(&mut self, at: Hash, feed: FeedId) {
		let Some(from) = self.pending.first_of(feed) else { return };
		let on_chain = read(self.parts.chain.outcomes(at, feed, from, OUTCOMES));
		for outcome in on_chain.unwrap_or_default() {
			self.pending.on_chain(feed, &outcome);
		}
	}

	/// Lists the details of rounds that the chain has not reckoned yet.
	fn owe_details(&mut self, at: Hash, feed: FeedId) {
		let rounds = self.feeds.get(&feed).map_or(0, Served::round).saturating_add(1);
		let mut due: Vec<DueDetail> = Vec::new();
		let mut from = 0;
		while from < rounds && due.len() < MAX_ENTRIES {
			let outcomes = read(self.parts.chain.outcomes(at, feed, from, OUTCOMES));
			for outcome in outcomes.unwrap_or_default() {
				if outcome.reckoned || outcome.total == 0 || due.len() >= MAX_ENTRIES {
					continue;
				}
				let (round, sequence) = (outcome.round, outcome.sequence);
				match self.parts.store.detail(feed, round, sequence) {
					Ok(Some(detail)) if detail.hash() == outcome.detail => {
						due.push((feed, round, detail));
					}
					Ok(_) => {}
					Err(error) => log::warn!(target: crate::LOG, "Cannot read a detail: {error}"),
				}
			}
			from = from.saturating_add(OUTCOMES);
		}
		self.pending.forget_certificates(feed);
		self.pending.set_details(feed, due);
	}
}
