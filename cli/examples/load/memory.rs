// SPDX-License-Identifier: Apache-2.0

//! What nodes take of the machine's memory (Linux).

use eventum_cli::Failure;
use std::{
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};

/// What a process holds itself. Pages of databases that are mapped are left out: they grow with what is on
/// disk, and the kernel drops them when it needs room.
const HELD: &str = "RssAnon:";
/// Time between looks.
const LOOK: Duration = Duration::from_secs(5);

/// MiB that each process holds, at some time.
type Sample = (Duration, Vec<u64>);

/// Looks at processes from time to time.
pub(crate) struct Watch {
	pids: Vec<u32>,
	samples: Arc<Mutex<Vec<Sample>>>,
}

/// MiB that processes held at most.
pub(crate) struct Peaks(Vec<u64>);

fn megabytes(pid: u32, what: &str) -> u64 {
	let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
	let line = status.lines().find_map(|line| line.strip_prefix(what));
	let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
	kilobytes.unwrap_or_default() / 1024
}

impl Watch {
	pub(crate) fn start(pids: Vec<u32>) -> Self {
		let samples = Arc::new(Mutex::new(Vec::new()));
		let (shared, watched, started) = (Arc::clone(&samples), pids.clone(), Instant::now());
		std::thread::spawn(move || loop {
			let held = watched.iter().map(|pid| megabytes(*pid, HELD)).collect();
			if let Ok(mut samples) = shared.lock() {
				samples.push((started.elapsed(), held));
			}
			std::thread::sleep(LOOK);
		});
		Self { pids, samples }
	}

	/// The newest look.
	pub(crate) fn now(&self) -> Vec<u64> {
		self.pids.iter().map(|pid| megabytes(*pid, HELD)).collect()
	}

	/// The most that each process held since it runs.
	pub(crate) fn peaks(&self) -> Peaks {
		Peaks(self.pids.iter().map(|pid| megabytes(*pid, "VmHWM:")).collect())
	}

	/// Fails if a process holds more in the last quarter than `growth` MiB above what it held at most
	/// in the second; the first is for caches to fill.
	pub(crate) fn ensure_flat(&self, growth: u64) -> Result<(), Failure> {
		let samples = self.samples.lock().map(|samples| samples.clone()).unwrap_or_default();
		let Some(end) = samples.last().map(|(at, _)| *at) else { return Ok(()) };
		let most = |from: Duration, to: Duration, place: usize| {
			let within = samples.iter().filter(|(at, _)| (from..=to).contains(at));
			within.filter_map(|(_, held)| held.get(place).copied()).max().unwrap_or_default()
		};
		for place in 0..self.pids.len() {
			let (early, late) = (most(end / 4, end / 2, place), most(end * 3 / 4, end, place));
			println!("node {place}: {early} MiB at most in the second quarter, {late} in the last");
			if late > early + growth {
				return Err(Failure::new(format!(
					"the memory of node {place} grew by {} MiB; {growth} are allowed",
					late - early
				)));
			}
		}
		Ok(())
	}
}

impl Peaks {
	pub(crate) fn print(&self) {
		for (place, peak) in self.0.iter().enumerate() {
			println!("node {place}: {peak} MiB at most");
		}
	}

	/// Fails if a process held more than `limit` MiB.
	pub(crate) fn ensure_within(&self, limit: u64) -> Result<(), Failure> {
		match self.0.iter().max() {
			Some(peak) if *peak > limit => {
				Err(Failure::new(format!("a node held {peak} MiB; {limit} are allowed")))
			}
			_ => Ok(()),
		}
	}
}
