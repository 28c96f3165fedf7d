// SPDX-License-Identifier: Apache-2.0

//! A file for each call and for each way that a feed can go.

mod certificates;
mod create_market;
mod details;
mod double_answers;
mod duties;
mod excuses;
mod fuzz;
mod history;
mod invariants;
mod join;
mod leave;
mod reading;
mod series;
mod set_fee;
mod set_report_key;
mod single;
mod void;
