// SPDX-License-Identifier: Apache-2.0

//! The rules that decide over counts and money: pure functions in integer arithmetic.

pub mod agreement;
pub mod blame;
pub mod count;
pub mod draw;
pub mod election;
pub mod fee;
pub mod probation;
pub mod quorum;
pub mod reserve;
pub mod reward;
pub mod shares;
pub mod slash;
pub mod stake;
pub mod vote;
