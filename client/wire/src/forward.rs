// SPDX-License-Identifier: Apache-2.0

//! Envelopes from node to node: a request is the SCALE of a list of encoded envelopes, the response
//! that of a list with an answer for each.

use crate::{IntakeError, Receipt};
use codec::{Compact, Decode, DecodeAll};

/// Envelopes in one request.
pub const MAX_ENVELOPES: usize = 256;

/// What who hands in an envelope gets.
pub type Answer = Result<Receipt, IntakeError>;

/// Reads a request; none if it is malformed, empty, or asks too much. The count is looked at first,
/// so that a short request cannot make a long list.
pub fn read_request(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
	let count = count(bytes)?;
	if !(1..=MAX_ENVELOPES).contains(&count) {
		return None;
	}
	Vec::<Vec<u8>>::decode_all(&mut &bytes[..]).ok()
}

/// Reads the response to a request of `count` envelopes; none if it has not an answer for each.
pub fn read_response(bytes: &[u8], count: usize) -> Option<Vec<Answer>> {
	if self::count(bytes)? != count {
		return None;
	}
	Vec::<Answer>::decode_all(&mut &bytes[..]).ok()
}

/// What an encoded list says its length is.
pub(crate) fn count(mut bytes: &[u8]) -> Option<usize> {
	let Compact(count) = Compact::<u32>::decode(&mut bytes).ok()?;
	usize::try_from(count).ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn requests_and_responses_are_bounded_and_read_whole() {
		assert!(read_request(&Vec::<Vec<u8>>::new().encode()).is_none());
		assert!(read_request(&vec![vec![1u8]; MAX_ENVELOPES].encode()).is_some());
		assert!(read_request(&vec![vec![1u8]; MAX_ENVELOPES + 1].encode()).is_none());
		assert!(read_request(&[vec![vec![1u8]].encode(), vec![0]].concat()).is_none());
		assert!(read_request(&[0xff; 64]).is_none());
		let answers: Vec<Answer> = vec![Err(IntakeError::Late), Err(IntakeError::NotJoined)];
		assert_eq!(read_response(&answers.encode(), 2), Some(answers.clone()));
		assert_eq!(read_response(&answers.encode(), 3), None, "an answer for each envelope");
		assert_eq!(read_response(&[answers.encode(), vec![0]].concat(), 2), None);
	}
}
