// SPDX-License-Identifier: Apache-2.0

//! The `eventum` command.

use clap::Parser;
use eventum_cli::{args::Cli, commands};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
	let cli = Cli::parse();
	let json = cli.json;
	match commands::run(cli).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(failure) if json => {
			println!("{}", failure.to_json());
			ExitCode::FAILURE
		}
		Err(failure) => {
			eprintln!("error: {failure}");
			ExitCode::FAILURE
		}
	}
}
