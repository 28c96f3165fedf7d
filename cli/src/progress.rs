// SPDX-License-Identifier: Apache-2.0

//! What is going on, for whoever waits: one changing line on a terminal, a line now and then
//! elsewhere. It goes to standard error, so that results can be piped.

use std::{
	fmt::Display,
	future::Future,
	io::{IsTerminal, Write},
	sync::Mutex,
	time::{Duration, Instant},
};

/// What takes less time needs no line.
const PATIENCE: Duration = Duration::from_secs(2);
/// Time between lines that are not on a terminal.
const INTERVAL: Duration = Duration::from_secs(5);

/// The line.
pub struct Progress {
	terminal: bool,
	started: Instant,
	last: Mutex<Option<Instant>>,
}

impl Default for Progress {
	fn default() -> Self {
		let terminal = std::io::stderr().is_terminal();
		Self { terminal, started: Instant::now(), last: Mutex::new(None) }
	}
}

impl Progress {
	/// Says what is going on, if it is time for that.
	pub fn at(&self, what: impl Display) {
		let Ok(mut last) = self.last.lock() else { return };
		let since = last.unwrap_or(self.started);
		let wait = match (self.terminal, *last) {
			(true, Some(_)) => Duration::from_millis(100),
			(false, Some(_)) => INTERVAL,
			(_, None) => PATIENCE,
		};
		if since.elapsed() < wait {
			return;
		}
		*last = Some(Instant::now());
		let seconds = self.started.elapsed().as_secs();
		let mut out = std::io::stderr();
		// Nobody is helped by a failure to tell that one is busy.
		let _ = if self.terminal {
			write!(out, "\r\x1b[2K{what} ({seconds} s)").and_then(|()| out.flush())
		} else {
			writeln!(out, "{what} ({seconds} s)")
		};
	}

	/// Takes the line away.
	pub fn done(&self) {
		let Ok(mut last) = self.last.lock() else { return };
		if last.take().is_some() && self.terminal {
			let mut out = std::io::stderr();
			let _ = write!(out, "\r\x1b[2K").and_then(|()| out.flush());
		}
	}

	/// Waits for something and says so while it does.
	pub async fn during<T>(&self, what: impl Display, task: impl Future<Output = T>) -> T {
		tokio::pin!(task);
		loop {
			tokio::select! {
				result = &mut task => {
					self.done();
					return result;
				}
				() = tokio::time::sleep(Duration::from_millis(250)) => self.at(&what),
			}
		}
	}
}
