// SPDX-License-Identifier: Apache-2.0

//! Reports, made ahead on threads of their own.

use crate::feed::{self, Feed};
use codec::Encode;
use eventum_cli::{commands::now, Failure};
use eventum_primitives::{committee::MemberIndex, Hash, Round};
use eventum_wire::client::{envelopes, make_report, pick_members};
use std::sync::{mpsc, Arc};

/// An envelope, ready to be sent.
#[derive(Clone)]
pub(crate) struct Sealed {
	pub(crate) round: Round,
	pub(crate) member: MemberIndex,
	pub(crate) bytes: Vec<u8>,
}

/// The rounds of a feed, in order, at most `ahead` of them made before they are asked for.
pub(crate) fn make(
	genesis: Hash,
	feed: &Feed,
	rounds: Round,
	members: usize,
	ahead: usize,
) -> mpsc::Receiver<Result<Vec<Sealed>, Failure>> {
	let (made, rounds_made) = mpsc::sync_channel(ahead);
	let (id, definition) = (feed.id, feed.view.definition.clone());
	let (committee, workers) = (feed.committee.clone(), Arc::clone(&feed.workers));
	std::thread::spawn(move || {
		let threads = std::thread::available_parallelism().map_or(1, usize::from);
		for round in 0..rounds {
			let one = |place: usize| -> Result<Vec<Sealed>, Failure> {
				let worker = &workers[place];
				let answer = feed::answer(place, round);
				let sign = |message: &[u8]| worker.key.sign_report(message);
				let account = &worker.account;
				let report =
					make_report(&genesis, id, round, account, &definition, &answer, now(), sign)
						.map_err(Failure::new)?;
				let members = pick_members(&committee, &report.hash(), members);
				let sealed = envelopes(&report, &committee, &members).into_iter();
				let sealed = sealed.map(|envelope| Sealed {
					round,
					member: envelope.member,
					bytes: envelope.encode(),
				});
				Ok(sealed.collect())
			};
			let part = workers.len().div_ceil(threads);
			let parts: Vec<Result<Vec<Sealed>, Failure>> = std::thread::scope(|scope| {
				let places: Vec<usize> = (0..workers.len()).collect();
				let handles: Vec<_> = places
					.chunks(part)
					.map(|places| {
						let (places, one) = (places.to_vec(), &one);
						scope.spawn(move || {
							let made: Result<Vec<_>, _> = places.into_iter().map(one).collect();
							made.map(|made| made.concat())
						})
					})
					.collect();
				let joined = handles.into_iter().map(|handle| {
					handle.join().unwrap_or_else(|_| Err(Failure::new("a thread panicked")))
				});
				joined.collect()
			});
			let all = parts.into_iter().collect::<Result<Vec<_>, _>>().map(|parts| parts.concat());
			if made.send(all).is_err() {
				return;
			}
		}
	});
	rounds_made
}
