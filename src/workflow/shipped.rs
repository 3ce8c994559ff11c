//! The workflows that come with the program: proved by its tests, so that a server need not prove them at every start.

/// Their identities.
const SHIPPED: [&str; 6] = [
    "7e76e1471e18e3df8faf1a8d03dc2fea224154285727bb9aaf0742c98efa0583",
    "99fa1eea51ce9403a25781623a9e673f55c6dba81c31a95b97237bd6cb4d8939",
    "20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf",
    "691bea947a86c4aed0ebf56a498f003acfef7a80e71b6e2a5485b7d188c3c655",
    "41ec931a29d328f335c37687d32647f9f1f276b96ca8755d14d79349d0a745a3",
    "0b5899d7af8fb3d046726755f44c859a4a8fa4d0f0d2f45e1f41fb9f06d0681c",
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
