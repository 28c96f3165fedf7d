// SPDX-License-Identifier: Apache-2.0

//! Errors as JSON-RPC tells them.

use eventum_wire::IntakeError;
use jsonrpsee::types::{error::ErrorCode, ErrorObjectOwned};
use serde::Serialize;

/// Code of the first reason to refuse a report; each has its own, in the order of [`IntakeError`].
pub const FIRST_CODE: i32 = 7_100;

/// Why a report was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
	/// Stable code.
	pub code: i32,
	/// What is wrong and what would be right.
	pub message: String,
}

impl From<IntakeError> for Refusal {
	fn from(error: IntakeError) -> Self {
		Self { code: FIRST_CODE + error as i32, message: error.to_string() }
	}
}

impl From<Refusal> for ErrorObjectOwned {
	fn from(refusal: Refusal) -> Self {
		Self::owned(refusal.code, refusal.message, None::<()>)
	}
}

/// A parameter that is not what it should be.
pub(crate) fn invalid(message: impl Into<String>) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(ErrorCode::InvalidParams.code(), message.into(), None::<()>)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn codes_are_stable() {
		let code = |error| Refusal::from(error).code;
		assert_eq!(code(IntakeError::MalformedEnvelope), 7_100);
		assert_eq!(code(IntakeError::UnknownFeed), 7_101);
		assert_eq!(code(IntakeError::UnknownMember), 7_102);
		assert_eq!(code(IntakeError::MemberUnreachable), 7_103);
		assert_eq!(code(IntakeError::WrongIntakeKey), 7_104);
		assert_eq!(code(IntakeError::MalformedReport), 7_105);
		assert_eq!(code(IntakeError::ForeignGenesis), 7_106);
		assert_eq!(code(IntakeError::WrongFeed), 7_107);
		assert_eq!(code(IntakeError::NotJoined), 7_108);
		assert_eq!(code(IntakeError::BadSignature), 7_109);
		assert_eq!(code(IntakeError::Late), 7_110);
		assert_eq!(code(IntakeError::WrongRound), 7_111);
		assert_eq!(code(IntakeError::TooEarly), 7_112);
		assert_eq!(code(IntakeError::DoubleAnswer), 7_113);
		assert_eq!(code(IntakeError::TagMismatch), 7_114);
		assert_eq!(code(IntakeError::WrongType), 7_115);
		assert_eq!(code(IntakeError::Overloaded), 7_116);
		assert_eq!(code(IntakeError::Excused), 7_117);
		assert_eq!(code(IntakeError::LateExcuse), 7_118);
	}
}
