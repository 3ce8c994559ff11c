//! For how long whoever acted on a submission may look it up once it is over.

use jiff::SignedDuration;

/// Days after the end during which whoever acted on a submission keeps the sight of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookBack(u16);

impl LookBack {
    /// Most days that can be set: ten years, longer than any accreditation of the shipped workflows.
    pub const MOST: u16 = 3650;

    /// So many days, unless there are too many or fewer than none.
    #[must_use]
    pub fn of_days(days: i64) -> Option<Self> {
        u16::try_from(days).ok().filter(|days| *days <= Self::MOST).map(Self)
    }

    /// How many days.
    #[must_use]
    pub fn days(self) -> u16 {
        self.0
    }
}

impl Default for LookBack {
    /// Longer than the appeals of all shipped workflows take, and over the holidays besides.
    fn default() -> Self {
        Self(60)
    }
}

impl From<LookBack> for SignedDuration {
    fn from(look_back: LookBack) -> Self {
        Self::from_hours(i64::from(look_back.0) * 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_from_no_day_to_ten_years() {
        let days = |days| LookBack::of_days(days).map(LookBack::days);
        assert_eq!((days(0), days(3650)), (Some(0), Some(3650)));
        assert_eq!((days(-1), days(3651), days(65_596)), (None, None, None));
    }
}
