//! The workflows that come with the program: proved by its tests, so that a server need not prove them at every start.

/// Their identities.
const SHIPPED: [&str; 6] = [
    "e6e96ca31dc4be757cac4d2653c61b2ca3cc0db40039964ee065ae8b393d9be9",
    "79b39c4c1b8a201a5661b9f371363e07a290e63130cf84c838917a7eb5b78fda",
    "1584184b652388b1abab57aaee0168d89401056b553f0430323341f78e099626",
    "71a5cd0b7356bbec91fa609707e4f331b85cb7e2a25b334988908a4caf2bf996",
    "20cd4ff5f5507598ade35e1bd85389b6651aff711e94bc2c26a598d136be5324",
    "dec74450baee98e3e35b6ef59a6b9156fa93583acafb0ac3b132ff43c7b617f2",
];

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
