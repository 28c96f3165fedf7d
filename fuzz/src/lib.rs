// SPDX-License-Identifier: Apache-2.0

//! What must hold of everything that reads foreign bytes, whatever the bytes.
//!
//! A [`Target`] is a plain function of bytes that asserts its properties: nothing panics, what is
//! read is written back as the same bytes, bounds hold, what is not properly signed is not taken,
//! errors say what they should. It tells whether the bytes were taken, so that a target whose every
//! input is refused at the door is noticed.
//!
//! | who runs it | on what |
//! |---|---|
//! | `cargo test`, and so CI | `corpus/TARGET/`, and some thousand fixed mutations of each file there |
//! | `scripts/fuzz.sh` | what libFuzzer makes of the corpus, guided by coverage |
//!
//! The files of the corpus are real inputs, made by [`seeds`]; what a fuzzer found wrong is added by
//! hand as `found-…`. A decoder that is not covered here is one that reads only what this machine has
//! written, or that upstream tests.

pub mod mutate;
mod outcomes;
mod people;
mod plane;
pub mod seeds;
mod world;

use codec::{DecodeAll, Encode};
use std::fmt::Debug;

/// Something that reads foreign bytes.
pub struct Target {
	/// Its name, which is that of its folder in the corpus.
	pub name: &'static str,
	/// Checks what must hold of these bytes; tells whether they were taken.
	pub check: fn(&[u8]) -> bool,
}

macro_rules! targets {
	($($module:ident::$name:ident),* $(,)?) => {
		/// All targets.
		pub const TARGETS: &[Target] =
			&[$(Target { name: stringify!($name), check: $module::$name }),*];
	};
}

targets![
	outcomes::certificate,
	outcomes::detail,
	outcomes::outcome,
	people::decimal,
	people::definition,
	people::json,
	people::text,
	people::votes,
	plane::answer,
	plane::answers,
	plane::batch,
	plane::beacon,
	plane::envelope,
	plane::receipt,
	plane::report,
	plane::request,
	plane::rpc,
];

/// The target of this name.
pub fn target(name: &str) -> Option<&'static Target> {
	TARGETS.iter().find(|target| target.name == name)
}

/// Reads all of the bytes. There is one form only: what is read is written back as the same bytes.
fn one_form<T: DecodeAll + Encode + Debug>(bytes: &[u8]) -> Option<T> {
	let value = T::decode_all(&mut &bytes[..]).ok()?;
	assert_eq!(value.encode(), bytes, "{value:?} has two forms");
	Some(value)
}
