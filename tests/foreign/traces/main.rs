//! Random histories of workflow files for other engines: `cargo run --example traces -- COUNT FILE…` writes one JSON
//! object a line, with what was sent after each step and where the item stood then.

mod answers;
mod configuration;
mod office;

use std::io::Write as _;

use imprimatur::workflow::{Definition, load};
use office::Office;
use serde_json::json;

/// Attempts in one history.
const ATTEMPTS: u32 = 28;

/// Numbers that look random and are the same in every run (the generator `SplitMix64`).
pub struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of so many, from 0.
    fn below(&mut self, count: u64) -> u64 {
        if count == 0 { 0 } else { self.throw() % count }
    }

    /// One time in so many.
    fn once_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(items.len()).unwrap_or(u64::MAX));
        usize::try_from(place).ok().and_then(|place| items.get(place))
    }
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let count: u64 = args.next().ok_or_else(|| anyhow::anyhow!("say how many: traces COUNT FILE…"))?.parse()?;
    let credits = imprimatur::app::credit_types(None)?;
    let mut definitions: Vec<Definition> = Vec::new();
    for file in args {
        let source = std::fs::read_to_string(&file)?;
        definitions.push(load(&source, &credits).map_err(|faults| anyhow::anyhow!("{file}: {faults:?}"))?.0);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for seed in 0..count {
        let mut dice = Dice(seed);
        let definition = dice.pick(&definitions).ok_or_else(|| anyhow::anyhow!("name at least one file"))?.clone();
        let mut office = Office::of(&definition, &mut dice);
        let start = configuration::of(&office.item);
        let steps: Vec<_> = (0..ATTEMPTS).filter_map(|_| office.attempt(&mut dice)).collect();
        let line = json!({"seed": seed, "workflow": definition.workflow, "start": start, "steps": steps});
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}
