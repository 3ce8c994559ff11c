//! What holds for every file and every history.

use proptest::prelude::*;

use super::{
    super::{Book, Counted, Facts, Measure, Standing, credit::Credit, evaluate, standing::Status},
    catalogue,
    random::{self, AS_OF, credential},
    requirement, standing,
};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() }
}

/// What somebody has for each rule, and whether it is met.
fn counted(standing: &Standing) -> Vec<(String, Measure, bool)> {
    let met = |status| matches!(status, Status::Met | Status::NotOwed);
    standing.rules.iter().map(|(id, rule)| (id.clone(), rule.counted.least(), met(rule.status))).collect()
}

fn reversal(of: &str) -> Credit {
    Credit {
        id: "back".to_owned(),
        kind: String::new(),
        amount: crate::domain::Amount::ZERO,
        earned: super::super::Earned::On(AS_OF),
        topics: super::super::Topics::Whole(Vec::new()),
        marks: Vec::new(),
        live: false,
        activity: None,
        reverses: Some(of.to_owned()),
        provenance: super::super::Provenance::default(),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn one_more_credit_never_lowers_a_rule(
        file in random::file(), history in random::history(), more in random::credit(), facts in random::facts(), at in 0_usize..14,
    ) {
        let requirement = requirement(&file.text);
        let before = standing(&requirement, &credential(), &facts, &history, AS_OF);
        let mut with = history.clone();
        with.insert(at.min(history.len()), Credit { id: "more".to_owned(), ..more });
        let after = standing(&requirement, &credential(), &facts, &with, AS_OF);
        for ((id, was, met), (_, is, still)) in counted(&before).into_iter().zip(counted(&after)) {
            // Another reading may be the strictest now, with numbers of its own.
            let same = before.rules.get(&id).map(|rule| rule.reading) == after.rules.get(&id).map(|rule| rule.reading);
            prop_assert!(!same || is >= was, "{id}: {was} became {is}\n{}", file.text);
            prop_assert!(still || !met, "{id} was met\n{}", file.text);
        }
        prop_assert!(after.overall <= before.overall);
    }

    #[test]
    fn taking_a_credit_back_restores_what_was(
        file in random::file(), history in random::history(), more in random::credit(), facts in random::facts(),
    ) {
        let requirement = requirement(&file.text);
        let before = standing(&requirement, &credential(), &facts, &history, AS_OF);
        let mut with = history;
        with.push(Credit { id: "more".to_owned(), ..more });
        with.push(reversal("more"));
        prop_assert_eq!(before, standing(&requirement, &credential(), &facts, &with, AS_OF));
    }

    #[test]
    fn the_order_of_entry_does_not_matter(
        file in random::file(), (history, shuffled) in random::history().prop_flat_map(|credits| (Just(credits.clone()), Just(credits).prop_shuffle())),
        facts in random::facts(),
    ) {
        let requirement = requirement(&file.text);
        let one = standing(&requirement, &credential(), &facts, &history, AS_OF);
        let other = standing(&requirement, &credential(), &facts, &shuffled, AS_OF);
        prop_assert_eq!(counted(&one), counted(&other));
        prop_assert_eq!(one.overall, other.overall);
    }

    #[test]
    fn met_stays_met_and_not_met_stays_not_met_whatever_the_unknown_facts_turn_out_to_be(
        file in random::file(), history in random::history(),
    ) {
        let requirement = requirement(&file.text);
        let unknown = standing(&requirement, &credential(), &Facts::default(), &history, AS_OF);
        let catalogue = catalogue();
        let mut seen: Vec<(String, Vec<Status>)> = unknown.rules.keys().map(|id| (id.clone(), Vec::new())).collect();
        for told in random::answers() {
            let facts = Facts::read(&catalogue.facts, told.iter().copied()).expect("facts");
            let known = standing(&requirement, &credential(), &facts, &history, AS_OF);
            for ((_, statuses), rule) in seen.iter_mut().zip(known.rules.values()) {
                statuses.push(rule.status);
                prop_assert!(rule.status != Status::NeedFact, "everything is known");
            }
        }
        let granting = file.text.contains("grants");
        for ((id, statuses), rule) in seen.iter().zip(unknown.rules.values()) {
            let all = |wanted: &[Status]| statuses.iter().all(|status| wanted.contains(status));
            match rule.status {
                Status::Met => prop_assert!(all(&[Status::Met, Status::NotOwed]), "{id}: {statuses:?}\n{}", file.text),
                Status::NotOwed => prop_assert!(all(&[Status::NotOwed]), "{id}"),
                // Hours that an examination would grant are not there before its day is told.
                Status::NotMet if granting => {}
                Status::NotMet => prop_assert!(all(&[Status::NotMet]), "{id}: {statuses:?}\n{}", file.text),
                Status::NeedFact => prop_assert!(statuses.windows(2).any(|pair| pair[0] != pair[1]), "{id}: asked for nothing\n{}", file.text),
                Status::Disputed => {}
            }
        }
    }

    #[test]
    fn no_more_counts_than_credits_print_and_every_hour_that_counts_is_somebodys(
        file in random::file(), history in random::history(), facts in random::facts(),
    ) {
        let requirement = requirement(&file.text);
        let credential = credential();
        let book = Book::of(&history);
        let evaluation = evaluate(&requirement, &credential, &facts, &book, AS_OF);
        for (id, rule) in &evaluation.standing.rules {
            let uses = evaluation.uses(id);
            for used in &uses {
                let printed = book.credit(used.credit).expect("a credit").printed();
                prop_assert!(used.amount <= printed + printed, "{id}");
            }
            if rule.status == Status::NotOwed || matches!(rule.counted, Counted::Each(_)) {
                continue;
            }
            let items = id == "thing";
            let granted = rule.granted.as_ref().map_or(Measure::ZERO, |(_, hours)| *hours);
            let sum: Measure = uses.iter().map(|used| used.amount).sum();
            if items {
                let number = uses.iter().filter(|used| used.amount > Measure::ZERO).count();
                let number = i64::try_from(number).expect("few");
                prop_assert_eq!(rule.counted.whole(), Measure::from_thousandths(number * 1_000));
            } else {
                prop_assert_eq!(rule.counted.whole(), sum + granted, "{}\n{}", id, file.text);
            }
        }
    }
}
