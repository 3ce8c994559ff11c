//! The command line; `imprimatur --help` explains it.

use std::process::ExitCode;

fn main() -> ExitCode {
    imprimatur::cli::main()
}
