// SPDX-License-Identifier: Apache-2.0

//! What the node's native half leaves in the node's off-chain storage for the runtime's off-chain
//! workers, which submit it with the next block.

use crate::{
	fault::Fault,
	outcome::{Certificate, Detail},
	report::Report,
	BlockNumber, FeedId, Hash, Round,
};
use alloc::vec::Vec;

/// Key of [`Certificates`] in persistent off-chain storage.
pub const CERTIFICATES_KEY: &[u8] = b"eventum/certificates/1";
/// Key of [`Details`] in persistent off-chain storage.
pub const DETAILS_KEY: &[u8] = b"eventum/details/1";
/// Key of [`Faults`] in persistent off-chain storage.
pub const FAULTS_KEY: &[u8] = b"eventum/faults/1";
/// Key of [`DoubleAnswers`] in persistent off-chain storage.
pub const DOUBLE_ANSWERS_KEY: &[u8] = b"eventum/double-answers/1";
/// Key of [`Finalized`] in persistent off-chain storage.
pub const FINALIZED_KEY: &[u8] = b"eventum/finalized/1";
/// Entries that a list has at most; the native half fills it up as entries are done.
pub const MAX_ENTRIES: usize = 32;
/// The same of [`Faults`], which can be long.
pub const MAX_FAULTS: usize = 8;

/// Certificates that are not finalized on chain yet, SCALE.
pub type Certificates = Vec<Certificate>;
/// Details of rounds of settling feeds that are not reckoned yet, SCALE.
pub type Details = Vec<(FeedId, Round, Detail)>;
/// Proofs against members of committees, SCALE.
pub type Faults = Vec<Fault>;
/// Two signed answers of one reporter in one round each, SCALE.
pub type DoubleAnswers = Vec<(Report, Report)>;
/// The last block that the node knows to be final, SCALE.
pub type Finalized = (BlockNumber, Hash);
