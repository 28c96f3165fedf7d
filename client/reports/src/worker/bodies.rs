// SPDX-License-Identifier: Apache-2.0

//! The bytes of reports, which no member keeps: they are on disk, or among the writes that soon will
//! be.

use crate::{
	io::Write,
	store::{Store, StoreError},
};
use eventum_primitives::{report::Report, FeedId, Hash, Round};
use std::sync::Arc;

/// Writes that are under way, and those that will be next.
pub(super) type Unwritten<'a> = [&'a [Write]; 2];

/// Reads reports that members know.
#[derive(Clone, Copy)]
pub(super) struct Bodies<'a> {
	store: &'a Store,
	unwritten: Unwritten<'a>,
}

impl<'a> Bodies<'a> {
	pub(super) fn new(store: &'a Store, unwritten: Unwritten<'a>) -> Self {
		Self { store, unwritten }
	}

	pub(super) fn get(
		&self,
		feed: FeedId,
		round: Round,
		report: &Hash,
	) -> Result<Option<Arc<Report>>, StoreError> {
		let unwritten = self.unwritten.iter().copied().flatten().find_map(|write| match write {
			Write::Report { hash, report: body, .. } if hash == report => Some(body.clone()),
			_ => None,
		});
		match unwritten {
			Some(body) => Ok(Some(body)),
			None => Ok(self.store.report(feed, round, report)?.map(Arc::new)),
		}
	}
}
