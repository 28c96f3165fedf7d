// SPDX-License-Identifier: Apache-2.0

//! subxt as a judge of compatibility: a program that knows the chain by its metadata alone and uses
//! none of Eventum's own code. `scripts/clients.sh` runs it beside clients in other languages.
//!
//! ```text
//! eventum-judge act URL OUT              creates a market, joins, reports, and sees everyone paid
//! eventum-judge read URL LAST STEP OUT   decodes all blocks up to LAST, and the state at every STEPth
//! ```

mod act;
mod keys;
mod read;
mod report;

use serde_json::{json, Value as Json};
use std::{error::Error, time::Instant};

/// What can go wrong in a judge.
type Failure = Box<dyn Error + Send + Sync>;

const NAME: &str = "subxt 0.51";

/// Fails unless something holds.
fn ensure(holds: bool, what: &str) -> Result<(), Failure> {
	if holds {
		Ok(())
	} else {
		Err(format!("it does not hold that {what}").into())
	}
}

fn say(text: &str) {
	println!("{NAME}: {text}");
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
	let arguments: Vec<String> = std::env::args().skip(1).collect();
	let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
	let started = Instant::now();
	let (mut found, out): (Json, &str) = match arguments[..] {
		["act", url, out] => (act::judge(url).await?, out),
		["read", url, last, step, out] => {
			(read::judge(url, last.parse()?, step.parse()?).await?, out)
		}
		_ => {
			return Err(
				"usage: eventum-judge act URL OUT | eventum-judge read URL LAST STEP OUT".into()
			)
		}
	};
	let seconds = started.elapsed().as_secs_f64();
	found["client"] = json!(NAME);
	found["seconds"] = json!(seconds);
	std::fs::write(out, serde_json::to_string_pretty(&found)?)?;
	say(&format!("done in {seconds:.1} s"));
	Ok(())
}
