// SPDX-License-Identifier: Apache-2.0

//! A certified outcome with what it is delivered by: what the report plane hands to delivery and to
//! subscribers.

use eventum_primitives::{
	apis::FeedView,
	committee::{Committee, MemberIndex},
	outcome::Certificate,
	vald,
};
use std::sync::Arc;

/// A certified outcome, with the feed and the committee at the block that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certified {
	/// The outcome and its signatures.
	pub certificate: Certificate,
	/// The feed at the named block.
	pub feed: Arc<FeedView>,
	/// The committee at the named block.
	pub committee: Committee,
	/// The members of the committee whose keys this node holds.
	pub local: Vec<(MemberIndex, vald::Public)>,
}
