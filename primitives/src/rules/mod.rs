// SPDX-License-Identifier: Apache-2.0

//! The rules that decide over counts and money: pure functions in integer arithmetic.

pub mod agreement;
pub mod count;
pub mod fee;
pub mod quorum;
pub mod reward;
pub mod stake;
