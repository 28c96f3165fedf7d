// SPDX-License-Identifier: Apache-2.0

//! Every target on its corpus, and on fixed mutations of each file in it.
//!
//! `EVENTUM_WRITE_CORPUS=1 cargo test -p eventum-fuzz` writes the real inputs anew, which is right
//! only after a form has changed on purpose. `EVENTUM_MUTATIONS` says how many mutations of each file
//! are tried.

use eventum_fuzz::{
	mutate::{mutation, neighbours, Dice},
	seeds::seeds,
	target, Target, TARGETS,
};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// Mutations of each file, unless the environment says otherwise.
const MUTATIONS: usize = 1_000;

fn folder(target: &Target) -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name)
}

/// All files of a target's corpus, in the order of their names.
fn corpus(target: &Target) -> Vec<(String, Vec<u8>)> {
	let files = fs::read_dir(folder(target)).expect("every target has a corpus");
	let read = |file: fs::DirEntry| {
		let name = file.file_name().into_string().expect("names are plain");
		(name, fs::read(file.path()).expect("files can be read"))
	};
	let mut files: Vec<_> = files.map(|file| read(file.expect("folders can be read"))).collect();
	files.sort();
	files
}

/// Shows the input that a check stumbled over.
struct Shown<'a>(&'a Target, &'a [u8]);

impl Drop for Shown<'_> {
	fn drop(&mut self) {
		if std::thread::panicking() {
			let Self(target, bytes) = self;
			let text = String::from_utf8_lossy(bytes);
			eprintln!("target {} failed on 0x{}\n{text}", target.name, hex::encode(bytes));
		}
	}
}

fn check(target: &Target, bytes: &[u8]) -> bool {
	let shown = Shown(target, bytes);
	(target.check)(shown.1)
}

/// Runs a target on everything; at least every real input must be taken.
fn run(name: &str) {
	let target = target(name).expect("the test is named after its target");
	let real = seeds(name);
	assert!(!real.is_empty(), "{name} has no real inputs");
	for (file, bytes) in &real {
		assert!(check(target, bytes), "{name} does not take {file}");
	}
	let corpus = corpus(target);
	let count = std::env::var("EVENTUM_MUTATIONS").ok().and_then(|text| text.parse().ok());
	for (place, (_, input)) in corpus.iter().enumerate() {
		check(target, input);
		for bytes in neighbours(input) {
			check(target, &bytes);
		}
		let mut dice = Dice::new(place as u64);
		for _ in 0..count.unwrap_or(MUTATIONS) {
			let (_, other) = &corpus[dice.below(corpus.len())];
			check(target, &mutation(&mut dice, input, other));
		}
	}
}

macro_rules! tests {
	($($name:ident)*) => {
		$(#[test] fn $name() { run(stringify!($name)) })*
		const TESTED: &[&str] = &[$(stringify!($name)),*];
	};
}

tests! {
	certificate detail outcome decimal definition json text votes answer answers batch beacon
	envelope receipt report request rpc
}

#[test]
fn every_target_is_tested() {
	let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
	assert_eq!(names, TESTED);
}

/// The corpus is what is sent today: a form that changes by mistake is noticed.
#[test]
fn the_corpus_is_of_real_inputs() {
	for target in TARGETS {
		for (name, bytes) in seeds(target.name) {
			let file = folder(target).join(&name);
			if std::env::var_os("EVENTUM_WRITE_CORPUS").is_some() {
				fs::create_dir_all(folder(target)).unwrap();
				fs::write(&file, &bytes).unwrap();
			}
			let found = fs::read(&file).unwrap_or_default();
			assert!(found == bytes, "{} is not what is sent today", file.display());
		}
	}
}
