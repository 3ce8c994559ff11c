//! Inviting several people from a list that was pasted: looked at line by line first, then those invited whose lines are good.

use std::collections::BTreeSet;

use super::{
    administers,
    person::{Described, Handed, Invitation, Invited, hand, invited},
};
use crate::{
    domain::{Email, Line, Standing},
    model::Receipt,
    store::ReadTx,
    usecase::{Call, Error},
};

/// The most lines of one list.
const MOST: usize = 200;

/// A line of a list, as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Somebody who can be invited.
    Good {
        /// What they are called.
        name: String,
        /// Their address.
        email: Email,
    },
    /// A line that says nobody, or somebody who is here already.
    Wrong {
        /// The line as it stands.
        line: String,
        /// What is wrong with it, and what to do.
        fault: String,
    },
}

/// What a list says, line by line: `Name <address>` or an address alone. Nobody is invited.
pub async fn look_at(call: &Call, text: &str) -> Result<Vec<Listed>, Error> {
    administers(&call.caller)?;
    read(&call.context.store.view().await?, text).await
}

/// Invites all of a list whose lines are good into some groups; gives whom, and the lines that were left.
pub async fn invite_several(
    call: &Call,
    text: &str,
    groups: &BTreeSet<String>,
) -> Result<(Vec<Invited>, Vec<Listed>), Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    let (good, wrong): (Vec<_>, Vec<_>) =
        read(&deed, text).await?.into_iter().partition(|listed| matches!(listed, Listed::Good { .. }));
    let mut all = Vec::with_capacity(good.len());
    for listed in good {
        let Listed::Good { name, email } = listed else { continue };
        let described = Described {
            name,
            credentials: String::new(),
            affiliation: String::new(),
            duties: BTreeSet::new(),
            standing: Standing::Active,
        };
        let invitation = Invitation { email: email.to_string(), described, groups: groups.clone() };
        let person = invited(&deed, call, &invitation).await?;
        let handed: Handed = hand(&deed, call, &person).await?;
        all.push(Invited { person, handed });
    }
    deed.commit(Receipt::Done).await?;
    Ok((all, wrong))
}

async fn read(view: &ReadTx, text: &str) -> Result<Vec<Listed>, Error> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Err(Error::field(
            "people",
            "missing",
            "enter somebody: a line for each, as Ana Ruiz <ana@example.org>",
        ));
    }
    if lines.len() > MOST {
        let message = format!("these are {} lines; invite at most {MOST} at a time", lines.len());
        return Err(Error::field("people", "too-many", &message));
    }
    let mut seen = BTreeSet::new();
    let mut listed = Vec::with_capacity(lines.len());
    for line in lines {
        listed.push(match understood(view, line, &mut seen).await? {
            Ok((name, email)) => Listed::Good { name, email },
            Err(fault) => Listed::Wrong { line: line.to_owned(), fault },
        });
    }
    Ok(listed)
}

type Understood = Result<(String, Email), String>;

async fn understood(view: &ReadTx, line: &str, seen: &mut BTreeSet<Email>) -> Result<Understood, Error> {
    let (name, address) = parts(line);
    let email: Email = match address.parse() {
        Ok(email) => email,
        Err(_) => return Ok(Err("this has no e-mail address; write Name <address>".to_owned())),
    };
    if email.is_erased() {
        return Ok(Err("nobody can be reached there; enter the address they have now".to_owned()));
    }
    let name = match Line::read(name) {
        Ok(name) => String::from(name),
        Err(fault) => return Ok(Err(fault.to_string())),
    };
    let name = if name.is_empty() { out_of(&email) } else { name };
    if !seen.insert(email.clone()) {
        return Ok(Err("this address is in the list already".to_owned()));
    }
    let known = view.person_by_email(&email).await?;
    Ok(match known.map(|person| person.standing) {
        Some(Standing::Active | Standing::Suspended) => {
            Err("they have an account already; it stays as it is".to_owned())
        }
        Some(Standing::Invited) => Err("they were invited already; their page sends the link again".to_owned()),
        Some(Standing::Named | Standing::Erased) | None => Ok((name, email)),
    })
}

/// Name and address of a line; without `<…>` its last word is the address.
fn parts(line: &str) -> (&str, &str) {
    let line = line.trim_end_matches([',', ';']).trim();
    let (name, address) = match line.rsplit_once('<') {
        Some((name, address)) => (name, address.trim_end_matches('>')),
        None => line.rsplit_once(char::is_whitespace).unwrap_or(("", line)),
    };
    (name.trim().trim_end_matches([',', ';']).trim_matches('"').trim(), address.trim())
}

/// What somebody is called of whom only the address is known: `ana.ruiz@…` as `Ana Ruiz`.
fn out_of(email: &Email) -> String {
    let own = email.as_str().split('@').next().unwrap_or_default();
    let words = own.split(['.', '_', '-', '+']).filter(|word| !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_name_and_an_address_or_an_address_alone() {
        for line in [
            "Ana Ruiz <ana@x.example>",
            " \"Ana Ruiz\" <ana@x.example>;",
            "Ana Ruiz, ana@x.example,",
            "Ana Ruiz\tana@x.example",
        ] {
            assert_eq!(parts(line.trim()), ("Ana Ruiz", "ana@x.example"), "{line}");
        }
        assert_eq!(parts("ana.ruiz@x.example"), ("", "ana.ruiz@x.example"));
        assert_eq!(out_of(&"ana.ruiz-lopez@x.example".parse().unwrap()), "Ana Ruiz Lopez");
    }
}
