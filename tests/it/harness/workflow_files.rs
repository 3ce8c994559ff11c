//! Workflow files of an installation.

use imprimatur::usecase::{Context, Error, definition};

/// A folder of workflows with everything that is shipped, to be changed.
pub(crate) fn copied_workflows() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("workflows");
    std::fs::create_dir(folder.path().join("credits")).unwrap();
    for from in [shipped.clone(), shipped.join("credits")] {
        let to = folder.path().join(from.strip_prefix(&shipped).unwrap());
        for file in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            if file.file_type().unwrap().is_file() {
                std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
    }
    folder
}

/// Takes files over as a start does, with the proofs that come after it.
pub(crate) async fn take_over(context: &Context, files: &[(String, String)]) -> Result<(), Error> {
    definition::seed(context, files).await?;
    definition::seed_awaited(context).await
}
