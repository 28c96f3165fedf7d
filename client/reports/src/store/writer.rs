// SPDX-License-Identifier: Apache-2.0

//! The thread that writes: waiting for the disk must not keep the worker from its work.

use super::{Store, StoreError};
use crate::{io::Write, LOG};
use futures::channel::oneshot;
use std::{
	sync::{mpsc, Arc},
	time::Duration,
};

/// Commits that may wait. The worker has one under way at a time, so it never waits here.
const QUEUE: usize = 64;
/// Time without work after which forgotten feeds are dropped, a step at a time.
const IDLE: Duration = Duration::from_millis(250);

struct Commit {
	writes: Arc<Vec<Write>>,
	done: oneshot::Sender<Result<(), StoreError>>,
}

/// Commits what it is given, in order; what has queued up goes into one transaction.
#[derive(Clone)]
pub struct Writer {
	queue: mpsc::SyncSender<Commit>,
}

impl Writer {
	/// Starts the thread; it ends with the last clone of the handle.
	pub fn start(store: Arc<Store>) -> std::io::Result<Self> {
		let (queue, commits) = mpsc::sync_channel(QUEUE);
		std::thread::Builder::new()
			.name("reports-store".into())
			.spawn(move || run(&store, &commits))?;
		Ok(Self { queue })
	}

	/// Makes `writes` durable, all or none. When the answer is `Ok` they are on disk, and so is all
	/// that was committed before them.
	pub fn commit(
		&self,
		writes: Arc<Vec<Write>>,
	) -> Result<oneshot::Receiver<Result<(), StoreError>>, StoreError> {
		let (done, answer) = oneshot::channel();
		self.queue.try_send(Commit { writes, done }).map_err(|_| StoreError::Closed)?;
		Ok(answer)
	}
}

fn run(store: &Store, commits: &mpsc::Receiver<Commit>) {
	let mut forgetting = true;
	loop {
		let first = match commits.recv_timeout(IDLE) {
			Ok(commit) => commit,
			Err(mpsc::RecvTimeoutError::Disconnected) => return,
			Err(mpsc::RecvTimeoutError::Timeout) => {
				if forgetting {
					forgetting = store.forget_step().unwrap_or_else(|error| {
						log::error!(target: LOG, "Settled feeds cannot be dropped: {error}");
						false
					});
				}
				continue;
			}
		};
		let batch: Vec<Commit> = std::iter::once(first).chain(commits.try_iter()).collect();
		forgetting |= batch
			.iter()
			.any(|commit| commit.writes.iter().any(|write| matches!(write, Write::Forget(_))));
		let mut result = store.write(batch.iter().flat_map(|commit| commit.writes.iter()));
		if let Err(error) = &result {
			log::error!(target: LOG, "Nothing can be written, so nothing is promised: {error}");
		}
		for commit in batch {
			let answer = result
				.as_mut()
				.map(|_| ())
				.map_err(|error| std::mem::replace(error, StoreError::Closed));
			let _ = commit.done.send(answer);
		}
	}
}
