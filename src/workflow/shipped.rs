//! The workflows that come with the program: proved by its tests, so that a server need not prove them at every start.

/// Their identities.
const SHIPPED: [&str; 6] = [""; 6];

/// Whether a definition is one that came with this program and was proved then.
#[must_use]
pub fn is_shipped(hash: &str) -> bool {
    SHIPPED.contains(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::{Limits, check::tests::credits, prove};

    #[test]
    fn every_shipped_workflow_is_proved_and_known_by_its_identity() {
        let files = [
            include_str!("../../workflows/aafp-activity.yaml"),
            include_str!("../../workflows/course-accreditation.yaml"),
            include_str!("../../workflows/disclosure.yaml"),
            include_str!("../../workflows/nursing-activity.yaml"),
            include_str!("../../workflows/self-study.yaml"),
            include_str!("../../workflows/teaching.yaml"),
        ];
        let hash = |source: &&str| prove(source, &credits(), Limits::default()).map(|checked| checked.definition.hash);
        let hashes: Result<Vec<String>, _> = files.iter().map(hash).collect();
        assert_eq!(hashes.as_deref(), Ok(SHIPPED.map(str::to_owned).as_slice()), "write these into SHIPPED");
    }
}
