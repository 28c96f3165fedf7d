// SPDX-License-Identifier: Apache-2.0

//! Buckets for people and for programs.

use super::date::date;
use crate::chain::keys::ss58;
use eventum_input::decimal::evt_text;
use eventum_primitives::apis::{BucketView, Lock};
use serde_json::{json, Value};

/// One word for how far unlocking is.
pub fn lock_name(lock: Lock) -> &'static str {
	match lock {
		Lock::Renewing => "renewing",
		Lock::Running => "running",
		Lock::Over => "over",
		Lock::Unbonding => "unbonding",
		Lock::Withdrawable => "withdrawable",
	}
}

/// What the owner can do next on the way to get the EVT back.
pub fn way_out(bucket: &BucketView) -> String {
	let BucketView { id, .. } = bucket;
	if bucket.own {
		return "bound as the delegate's own until that resigns".into();
	}
	match bucket.lock {
		Lock::Renewing => format!("to free it: eventum stake renew {id} --off"),
		Lock::Running => "wait until its term is over".into(),
		Lock::Over => format!("to free it: eventum stake unlock {id}"),
		Lock::Unbonding => "wait until it can be withdrawn".into(),
		Lock::Withdrawable => format!("eventum stake withdraw {id}"),
	}
}

/// A bucket as lines for people; `delegate` as it is called.
pub fn bucket_lines(bucket: &BucketView, delegate: &str) -> String {
	let own = if bucket.own { ", the delegate's own" } else { "" };
	format!(
		"bucket {}: {} EVT for {} days, {}{own}\n\
		 votes for     {delegate}: {} votes, {} of them earn in this epoch\n\
		 owner         {}\n\
		 free from     {} UTC at the earliest ({})\n",
		bucket.id,
		evt_text(bucket.amount),
		bucket.days,
		lock_name(bucket.lock),
		evt_text(bucket.votes),
		evt_text(bucket.earning),
		ss58(&bucket.owner),
		date(bucket.withdrawable_at),
		way_out(bucket)
	)
}

/// The head of a list of buckets.
pub const BUCKETS_HEAD: &str =
	"bucket   EVT                    days  term          free from (UTC)   votes                  delegate\n";

/// A bucket as a line of a list.
pub fn bucket_row(bucket: &BucketView, delegate: &str) -> String {
	let own = if bucket.own { " (own)" } else { "" };
	format!(
		"{:<8} {:<22} {:<5} {:<13} {:<17} {:<22} {delegate}{own}\n",
		bucket.id,
		evt_text(bucket.amount),
		bucket.days,
		lock_name(bucket.lock),
		date(bucket.withdrawable_at),
		evt_text(bucket.votes)
	)
}

/// A bucket for programs.
pub fn bucket_json(bucket: &BucketView) -> Value {
	json!({
		"bucket": bucket.id,
		"owner": ss58(&bucket.owner),
		"delegate": ss58(&bucket.delegate),
		"amount": evt_text(bucket.amount),
		"days": bucket.days,
		"own": bucket.own,
		"lock": lock_name(bucket.lock),
		"withdrawable_at_ms": bucket.withdrawable_at,
		"votes": evt_text(bucket.votes),
		"earning": evt_text(bucket.earning),
		"pending": evt_text(bucket.pending),
	})
}
