//! Passwords: what is accepted as one, and Argon2id over it.
//!
//! NIST SP 800-63B-4 asks for 15 characters where a password is the only factor, no rules of composition and a list of
//! known ones; OWASP's password storage cheat sheet gives the parameters.

mod policy;

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

pub use policy::{Password, Weakness};

use crate::clock;

/// How many sign-ins may wait for their turn; more are turned away, so that a flood cannot pile up.
const WAITING: usize = 64;

/// What hashing costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Rounds.
    pub iterations: u32,
}

/// Hashes and verifies; clones share one bound on memory.
#[derive(Clone, Debug)]
pub struct Hasher {
    argon2: Argon2<'static>,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

/// Whether a password was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was not, or there is no such account.
    Wrong,
    /// It was.
    Right {
        /// The hash to store from now on, where the old one was made at another cost.
        rehashed: Option<String>,
    },
}

/// Why a password could not be hashed or verified.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many at once; try again shortly.
    #[error("too many sign-ins at once")]
    Busy,
    /// The stored hash, or the cost, is not one.
    #[error("password hashing failed")]
    Hash(#[from] argon2::password_hash::Error),
    /// The cost is outside what Argon2 knows.
    #[error("this cost of password hashing is not possible")]
    Cost(#[from] argon2::Error),
    /// The stored text is no hash.
    #[error("a stored password hash is damaged")]
    Damaged(#[from] argon2::password_hash::phc::Error),
    /// The work was stopped.
    #[error("password hashing was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

impl Hasher {
    /// Hashes at this cost, on half of the processors: the others are for those who are signed in.
    pub fn new(cost: Cost) -> Result<Self, Error> {
        let params = Params::new(cost.memory, cost.iterations, 1, None)?;
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            running: Arc::new(Semaphore::new((processors / 2).max(1))),
            waiting: Arc::new(Semaphore::new(WAITING)),
        })
    }

    /// The hash to store, a PHC string.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        self.run(move |argon2| make(argon2, password.as_str())).await
    }

    /// Whether `typed` is the password behind `stored`; where there is no account it takes as long and is wrong.
    pub async fn verify(&self, typed: &str, stored: Option<&str>) -> Result<Verdict, Error> {
        let (typed, stored) = (policy::normal(typed), stored.map(str::to_owned));
        self.run(move |argon2| match stored {
            Some(stored) => check(argon2, &typed, &stored),
            None => make(argon2, &typed).map(|_| Verdict::Wrong),
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let waiting = Arc::clone(&self.waiting).try_acquire_owned().or(Err(Error::Busy))?;
        let running = Arc::clone(&self.running).acquire_owned().await.or(Err(Error::Busy))?;
        let argon2 = self.argon2.clone();
        // Both permits go along: a caller that hangs up does not stop the work, so it must not free its place either.
        tokio::task::spawn_blocking(move || {
            let _permits = (waiting, running);
            work(&argon2)
        })
        .await?
    }
}

fn make(argon2: &Argon2<'_>, password: &str) -> Result<String, Error> {
    let random = clock::random();
    let salt = random.first_chunk::<16>().unwrap_or(&[0; 16]);
    Ok(argon2.hash_password_with_salt(password.as_bytes(), salt)?.to_string())
}

fn check(argon2: &Argon2<'_>, typed: &str, stored: &str) -> Result<Verdict, Error> {
    let hash = PasswordHash::new(stored)?;
    match argon2.verify_password(typed.as_bytes(), &hash) {
        Ok(()) => {}
        Err(argon2::password_hash::Error::PasswordInvalid) => return Ok(Verdict::Wrong),
        Err(error) => return Err(error.into()),
    }
    let cost = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    let current = Params::try_from(&hash).is_ok_and(|params| cost(&params) == cost(argon2.params()));
    let rehashed = if current { None } else { Some(make(argon2, typed)?) };
    Ok(Verdict::Right { rehashed })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOW: Cost = Cost { memory: 64, iterations: 1 };

    fn password(text: &str) -> Password {
        Password::new(text, &[]).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_verified_however_its_accents_are_written() {
        let hasher = Hasher::new(LOW).unwrap();
        let hash = hasher.hash(password("caf\u{e9} trompette violon")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        let right = Verdict::Right { rehashed: None };
        assert_eq!(hasher.verify("cafe\u{301} trompette violon", Some(&hash)).await.unwrap(), right);
        assert_eq!(hasher.verify("cafe trompette violon", Some(&hash)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn the_end_of_a_long_password_counts() {
        let hasher = Hasher::new(LOW).unwrap();
        let long = "viola da gamba ".repeat(13);
        let hash = hasher.hash(password(&format!("{long}A"))).await.unwrap();
        assert_eq!(hasher.verify(&format!("{long}B"), Some(&hash)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_hash_made_at_another_cost_is_replaced() {
        let old = Hasher::new(LOW).unwrap().hash(password("trombone and violin")).await.unwrap();
        let hasher = Hasher::new(Cost { memory: 128, iterations: 1 }).unwrap();
        let Verdict::Right { rehashed: Some(new) } = hasher.verify("trombone and violin", Some(&old)).await.unwrap()
        else {
            panic!("the old hash was kept")
        };
        assert!(new.contains("m=128,t=1"));
        assert_eq!(hasher.verify("trombone and violin", Some(&new)).await.unwrap(), Verdict::Right { rehashed: None });
    }

    #[tokio::test]
    async fn an_unknown_account_is_wrong_and_a_damaged_hash_is_an_error() {
        let hasher = Hasher::new(LOW).unwrap();
        assert_eq!(hasher.verify("trombone and violin", None).await.unwrap(), Verdict::Wrong);
        assert!(hasher.verify("trombone and violin", Some("plain")).await.is_err());
    }

    #[tokio::test]
    async fn a_flood_is_turned_away() {
        let hasher = Hasher::new(LOW).unwrap();
        let _all = hasher.waiting.clone().acquire_many_owned(64).await.unwrap();
        assert!(matches!(hasher.verify("trombone and violin", None).await, Err(Error::Busy)));
    }
}
