//! People: how they are addressed and what they are trusted with.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use unicode_normalization::UnicodeNormalization;

use super::{PersonId, text::is_unseen};

/// An e-mail address in its canonical form: trimmed, lower case, without what is not seen.
///
/// Not the whole of RFC 5322: one `@`, a dot in the domain, no white space or control characters, at most
/// 254 bytes. Whether it works is proved by a letter that arrives, not by a grammar.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("enter an e-mail address like name@example.org")]
pub struct EmailError;

/// Where erased addresses are.
const ERASED: &str = "@erased.invalid";

impl Email {
    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands in the place of an erased person's address: no letter can reach it (RFC 2606), and it is theirs alone.
    #[must_use]
    pub fn of_erased(person: PersonId) -> Self {
        Self(format!("erased-{}{ERASED}", person.0.simple()))
    }

    /// Whether it stands in the place of one that was erased.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.0.ends_with(ERASED)
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text: String = text.chars().filter(|c| !is_unseen(*c)).nfc().collect();
        let text = text.trim().to_lowercase();
        let (local, domain) = text.split_once('@').ok_or(EmailError)?;
        let sound = !local.is_empty()
            && text.len() <= 254
            && !domain.contains('@')
            && domain.split('.').count() >= 2
            && domain.split('.').all(|label| !label.is_empty())
            && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';'));
        sound.then_some(Self(text)).ok_or(EmailError)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the house trusts somebody with, beside the roles that workflows give to groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// Runs the queue: assigns, replaces, reminds.
    Coordinator,
    /// Reads everything of the organisation and changes nothing.
    Auditor,
    /// Manages people, groups and the organisation.
    Administrator,
}

/// Whether somebody may use the system.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Standing {
    /// Only named in somebody's form: can hold credit, cannot sign in.
    Named,
    /// Invited and not yet confirmed: no rights at all.
    Invited,
    /// May sign in.
    Active,
    /// May not, for now.
    Suspended,
    /// Wanted to be forgotten: nobody writes to them, and nothing brings them back.
    Erased,
}
