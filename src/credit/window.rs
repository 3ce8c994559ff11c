//! How much was earned within any stretch of a length: a cap that holds however the years are counted.

use jiff::{Span, civil::Date};

use crate::domain::Amount;

/// The most that was earned in any stretch of `length` that contains `day`.
///
/// A stretch has its first day and ends before the same day one length later. It is fullest where it begins on a day on
/// which something was earned, or on `day` itself: beginning later loses nothing until then.
#[must_use]
pub fn fullest(length: Span, day: Date, earned: &[(Date, Amount)]) -> Amount {
    let contains = |first: Date, day: Date| first <= day && first.checked_add(length).is_ok_and(|end| day < end);
    let firsts = earned.iter().map(|(on, _)| *on).chain([day]).filter(|first| contains(*first, day));
    let within = |first| earned.iter().filter(move |(on, _)| contains(first, *on)).map(|(_, amount)| *amount).sum();
    firsts.map(within).max().unwrap_or(Amount::ZERO)
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    fn earned(days: &[(Date, i64)]) -> Vec<(Date, Amount)> {
        days.iter().map(|(on, hundredths)| (*on, Amount::from_hundredths(*hundredths))).collect()
    }

    #[test]
    fn every_stretch_counts_be_it_before_the_day_after_it_or_around_it() {
        let ledger = earned(&[(date(2024, 1, 1), 3_000), (date(2026, 6, 1), 2_000), (date(2029, 5, 31), 1_000)]);
        let most = |day| fullest(3.years(), day, &ledger).hundredths();
        assert_eq!(most(date(2026, 12, 31)), 5_000, "2024 to 2026 is one stretch");
        assert_eq!(most(date(2027, 1, 1)), 3_000, "2024 is three years away, 2026 and 2029 are within three");
        assert_eq!(most(date(2023, 1, 1)), 3_000, "what was earned later counts too");
        assert_eq!(most(date(2032, 5, 31)), 0);
        assert_eq!(fullest(3.years(), date(2026, 1, 1), &[]), Amount::ZERO);
    }

    #[test]
    fn a_month_is_a_month_of_the_calendar() {
        let ledger = earned(&[(date(2027, 2, 1), 100)]);
        assert_eq!(fullest(1.month(), date(2027, 2, 28), &ledger).hundredths(), 100);
        assert_eq!(fullest(1.month(), date(2027, 3, 1), &ledger).hundredths(), 0, "28 days later, and a month");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_stretch_holds_more(days in proptest::collection::vec((0_i32..120, 1_i64..9), 0..8), day in 0_i32..120) {
            let origin = date(2026, 1, 1);
            let on = |days: i32| origin.checked_add(days.days()).expect("a day");
            let ledger: Vec<_> = days.iter().map(|(at, amount)| (on(*at), Amount::from_hundredths(*amount))).collect();
            let most = (day - 29..=day)
                .map(|first| days.iter().filter(|(at, _)| (first..first + 30).contains(at)).map(|(_, amount)| amount).sum())
                .max()
                .unwrap_or(0_i64);
            prop_assert_eq!(fullest(30.days(), on(day), &ledger).hundredths(), most);
        }
    }
}
