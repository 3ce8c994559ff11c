//! stub
/// x
#[derive(Clone, Debug)]
pub struct Cost {
    /// x
    pub memory: u32,
    /// x
    pub iterations: u32,
}
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// x
    Good,
    /// x
    Outdated,
    /// x
    Wrong,
}
/// x
#[derive(Clone, Debug)]
pub struct Passwords;
/// x
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct PasswordError;
impl Passwords {
    /// x
    pub async fn verify(&self, _: &str, _: Option<&str>) -> Result<Verified, PasswordError> {
        todo!()
    }
    /// x
    pub async fn hash(&self, _: &str) -> Result<String, PasswordError> {
        todo!()
    }
    /// x
    pub fn check(&self, _: &str, _: &[&str]) -> Result<String, PasswordError> {
        todo!()
    }
}
