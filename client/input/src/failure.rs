// SPDX-License-Identifier: Apache-2.0

//! Why a command did not do what it was asked to, and what to do next.

use std::fmt;

/// A failure of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
	text: String,
	hint: Option<String>,
}

impl Failure {
	/// A failure for this reason.
	pub fn new(text: impl fmt::Display) -> Self {
		Self { text: text.to_string(), hint: None }
	}

	/// Adds the next step.
	pub fn hint(self, hint: impl fmt::Display) -> Self {
		Self { hint: Some(hint.to_string()), ..self }
	}

	/// Adds the next step if none is known.
	pub fn or_hint(self, hint: impl fmt::Display) -> Self {
		if self.hint.is_some() {
			self
		} else {
			self.hint(hint)
		}
	}

	/// Says what was being done.
	pub fn during(self, what: impl fmt::Display) -> Self {
		Self { text: format!("{what}: {}", self.text), ..self }
	}

	/// The reason.
	pub fn text(&self) -> &str {
		&self.text
	}

	/// For programs.
	pub fn to_json(&self) -> serde_json::Value {
		serde_json::json!({ "error": self.text, "next": self.hint })
	}
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.text)?;
		match &self.hint {
			Some(hint) => write!(f, "\nnext: {hint}"),
			None => Ok(()),
		}
	}
}

impl std::error::Error for Failure {}

impl From<String> for Failure {
	fn from(text: String) -> Self {
		Self::new(text)
	}
}
