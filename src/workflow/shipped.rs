//! The workflows that come with the program: proved by its tests, so that a server need not prove them at every start.

/// Their identities.
const SHIPPED: [&str; 6] = [
    "59b80aefb0dca134fc1f2dfb7c0c67df3b52b58701f5a5659a9792590878948e",
    "923b69663f5a685f28dc2a9af883bf068057d6ec351889449e6c1b6936c05338",
    "20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf",
    "3bb7965291fffc52d2ab7080f2c87aba19330f61ae0f8dd3ac96b37bed669628",
    "ea2987837ea6e6d5f95edfc4c055de84c68722a1ef5fb5bfa568ff2539bb2616",
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
