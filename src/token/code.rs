//! One-time codes of an app (TOTP, RFC 6238), and recovery codes for when the app is lost.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use totp_rs::{Builder, Totp, TotpError};

use crate::clock;

/// What a server and an app both know, and codes are made of: 160 bits, as RFC 4226 recommends.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 20]);

/// A code that lets in once: 80 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; 10]);

/// What somebody typed where a code is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// Six digits, as an app shows them.
    App(String),
    /// In the place of one.
    Recovery(RecoveryCode),
}

impl Seed {
    /// A fresh one.
    #[must_use]
    pub fn random() -> Self {
        let mut seed = [0; 20];
        seed.iter_mut().zip(clock::random()).for_each(|(byte, random)| *byte = random);
        Self(seed)
    }

    /// Out of where it is kept.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads what [`Seed::text`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::of_bytes(&BASE32_NOPAD.decode(text.as_bytes()).ok()?)
    }

    /// For keeping it, and for nothing else.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As people type it into an app: 32 letters and digits.
    #[must_use]
    pub fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address that an app reads out of a drawing. A colon would part the names in it.
    pub fn address(&self, issuer: &str, account: &str) -> Result<String, TotpError> {
        let name = |text: &str| text.replace(':', " ");
        Builder::new()
            .with_secret(self.0)
            .with_issuer(Some(name(issuer)))
            .with_account_name(name(account))
            .build()?
            .to_url()
    }

    /// The step that a code is of, where it is of this one or of one beside it: clocks differ, and typing takes time.
    #[must_use]
    pub fn step(&self, code: &str, now: Timestamp) -> Option<i64> {
        let step = self.totp().check(code, u64::try_from(now.as_second()).ok()?)?;
        i64::try_from(step).ok()
    }

    fn totp(&self) -> Totp {
        // The length of the secret and everything else that could be wrong is fixed here.
        Builder::new().with_secret(self.0).build_noncompliant()
    }
}

impl RecoveryCode {
    /// A fresh one.
    #[must_use]
    pub fn random() -> Self {
        let mut code = [0; 10];
        code.iter_mut().zip(clock::random()).for_each(|(byte, random)| *byte = random);
        Self(code)
    }

    /// In groups of four, as it is shown: `abcd-efgh-ijkl-mnop`.
    #[must_use]
    pub fn text(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.0).to_lowercase();
        let groups: Vec<&str> = (0..4).filter_map(|group| letters.get(group * 4..group * 4 + 4)).collect();
        groups.join("-")
    }

    /// Its SHA-256: what is stored and looked up. Without a salt, because 80 random bits are not guessed.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, &self.0).as_ref());
        hash
    }
}

impl Code {
    /// What was typed, however it is grouped; nothing where it is no code at all.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        if typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::App(typed));
        }
        // What the alphabet leaves out is read as what it looks like.
        let typed = typed.to_uppercase().replace('0', "O").replace('1', "I");
        let bytes = BASE32_NOPAD.decode(typed.as_bytes()).ok()?;
        bytes.try_into().ok().map(|code| Self::Recovery(RecoveryCode(code)))
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(***)")
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard_and_good_for_a_step_on_either_side() {
        let seed = Seed::of_bytes(b"12345678901234567890").unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(seed.step(code, at(second)), Some(second / 30), "{second}");
            for (apart, taken) in [(-60, false), (-30, true), (30, true), (60, false)] {
                let step = seed.step(code, at(second + apart));
                assert_eq!(step.is_some_and(|step| step == second / 30), taken, "{second} {apart}");
            }
        }
        assert_eq!(seed.step("28708", at(59)), None);
    }

    #[test]
    fn what_is_shown_is_read_back_however_it_is_typed() {
        let seed = Seed::random();
        assert_eq!(Seed::read(&seed.text()), Some(seed.clone()));
        assert_eq!(seed.text().len(), 32);
        let code = RecoveryCode::random();
        let shown = code.text();
        assert_eq!(shown.len(), 19);
        for typed in [shown.clone(), shown.to_uppercase(), shown.replace('-', " "), shown.replace('-', "")] {
            assert_eq!(Code::read(&typed), Some(Code::Recovery(code.clone())), "{typed}");
        }
        assert_eq!(Code::read(" 123 456 "), Some(Code::App("123456".to_owned())));
        for typed in ["", "12345", "1234567", "abcd-efgh", "not a code at all"] {
            assert_eq!(Code::read(typed), None, "{typed}");
        }
        assert_eq!(format!("{seed:?} {code:?}"), "Seed(***) RecoveryCode(***)");
    }

    #[test]
    fn an_app_is_told_whose_it_is() {
        let seed = Seed::of_bytes(b"12345678901234567890").unwrap();
        let address = seed.address("Academy: of Tests", "ana@example.org").unwrap();
        assert!(address.starts_with("otpauth://totp/Academy%20"), "{address}");
        assert!(
            address.contains("ana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Academy"),
            "{address}"
        );
    }
}
