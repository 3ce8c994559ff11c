//! The workflows that come with the program: proved by its tests, so that a server need not prove them at every start.

/// Their identities.
const SHIPPED: [&str; 6] = [
    "b584dae1cc56fe1f813ad91256f160cd52db24eba4559e448d13886599d390ef",
    "ae9d3d2405faf8d11daf3d42510206cd5fead618cfa303c5d1e97bdf606354c7",
    "20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf",
    "38c6949d0e16dd7bcc163a5f299e0a22803a8f6a655789906b84302a83733a85",
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
