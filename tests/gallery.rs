//! Writes every sample page and what it refers to into a folder: `cargo run --example gallery -- OUTDIR`.

use std::{env, fs, path::PathBuf};

use imprimatur::view::{Views, gallery};

fn main() -> anyhow::Result<()> {
    let out = PathBuf::from(env::args().nth(1).ok_or_else(|| anyhow::anyhow!("say where to write: gallery OUTDIR"))?);
    fs::create_dir_all(out.join("static"))?;
    for entry in fs::read_dir("templates/static")? {
        let entry = entry?;
        fs::copy(entry.path(), out.join("static").join(entry.file_name()))?;
    }
    let views = Views::load(|name| format!("static/{name}"))?;
    for page in gallery(&views)? {
        fs::write(out.join(format!("{}.html", page.name)), page.html)?;
    }
    Ok(())
}
