//! How long things are kept that nobody needs any more.

use std::fmt;

use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};

/// How long each kind is kept. Why each default is what it is stands in `docs/operation.md`.
#[derive(Clone, Debug)]
pub struct Retention {
    /// Letters, after they were sent.
    pub letters: Period,
    /// One-time links, after they ended.
    pub links: Period,
    /// Sessions, after they ended.
    pub sessions: Period,
    /// Failed attempts to sign in, once they count no more.
    pub attempts: Period,
    /// Jobs, after they were done.
    pub work: Period,
    /// Answers to requests that may be repeated.
    pub answers: Period,
    /// Lines of the log.
    pub log: Period,
    /// The name of an erased person, after the last thing they decided or were credited with.
    pub records: Period,
    /// Backups, as far as the program was told.
    pub backups: Option<Period>,
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// This long.
    For(SignedDuration),
    /// It never goes.
    Forever,
}

impl Period {
    /// `30d`, `7y` or `never`, if it is as long as the least number of days. A year counts 366 days, so that nothing goes
    /// before as many calendar years are over.
    pub(super) fn read(text: &str, least: i64) -> Option<Self> {
        if text == "never" {
            return Some(Self::Forever);
        }
        let years = text.strip_suffix('y').and_then(|years| years.trim().parse::<i64>().ok());
        let kept = match years {
            // Longer than this no calendar goes.
            Some(years) if years > 9_000 => return None,
            Some(years) => SignedDuration::from_hours(years * 366 * 24),
            None => duration(text)?,
        };
        (kept >= SignedDuration::from_hours(least * 24)).then_some(Self::For(kept))
    }

    /// What is older than this goes; nothing where there is none.
    #[must_use]
    pub fn end(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::For(kept) => now.checked_sub(kept).ok(),
            Self::Forever => None,
        }
    }

    /// When something of this instant goes; never where there is none.
    #[must_use]
    pub fn until(self, from: Timestamp) -> Option<Timestamp> {
        match self {
            Self::For(kept) => from.checked_add(kept).ok(),
            Self::Forever => None,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::For(kept) => write!(f, "{} days", kept.as_hours() / 24),
            Self::Forever => f.write_str("ever"),
        }
    }
}

/// `30s`, `12h`, `7d`; a day is 24 hours.
pub(super) fn duration(text: &str) -> Option<SignedDuration> {
    let span: Span = text.parse().ok()?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok().filter(SignedDuration::is_positive)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_never_shorter_than_it_says_and_nought_is_not_for_ever() {
        let days = |days: i64| Some(Period::For(SignedDuration::from_hours(days * 24)));
        assert_eq!(Period::read("never", 7), Some(Period::Forever));
        assert_eq!(Period::read("7y", 365), days(7 * 366));
        assert_eq!(Period::read("180d", 7), days(180));
        // Nought could mean at once or never; neither is guessed.
        for refused in ["0", "0d", "", "6d", "-1y", "y", "for ever", "99999999999y"] {
            assert_eq!(Period::read(refused, 7), None, "{refused}");
        }
        let now: Timestamp = "2026-11-26T00:00:00Z".parse().expect("an instant");
        let end = Period::read("7y", 365).and_then(|kept| kept.end(now)).expect("an end");
        assert!(end < "2019-11-26T00:00:00Z".parse().expect("seven calendar years back"));
        assert_eq!(Period::Forever.end(now), None);
    }
}
