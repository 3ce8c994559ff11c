//! The rules of a definition in words, kind by kind.

use std::collections::BTreeSet;

use crate::{
    credit::CreditType,
    http::show::{fault::sentence, word},
    view::{Fact, Rules},
    workflow::{
        Condition, Definition,
        definition::{
            Approvals, Award, AwardAmount, Beneficiary, Blind, Claim, CreditChoice, Earned, Role, Since, State, Take,
            Track, Trigger,
        },
        diagram::Picture,
    },
};

/// All rules; a kind of which there are none is left out.
pub(super) fn rules(definition: &Definition) -> Vec<Rules> {
    let kinds = [
        ("Who acts", roles(definition)),
        ("What one person may not do both of", separation(definition)),
        ("Reviews", reviews(definition)),
        ("Conditions", conditions(definition)),
        ("Deadlines", deadlines(definition)),
        ("Limits", limits(definition)),
        ("Credit", credit(definition)),
    ];
    let kinds = kinds.into_iter().filter(|(_, lines)| !lines.is_empty());
    kinds.map(|(title, lines)| Rules { title: title.to_owned(), lines: once(lines) }).collect()
}

/// Each sentence once: states may share a label, and steps what they ask.
fn once(lines: Vec<String>) -> Vec<String> {
    let mut told = BTreeSet::new();
    lines.into_iter().filter(|line| told.insert(line.clone())).collect()
}

/// What was proved, claim by claim.
pub(super) fn proofs(definition: &Definition) -> Vec<Fact> {
    let proof = |proof: &crate::workflow::definition::Proof| {
        Fact::new(word::capital(&proof.name), format!("Holds on every path: {}", claim(definition, &proof.claim)))
    };
    definition.prove.iter().map(proof).collect()
}

fn roles(definition: &Definition) -> Vec<String> {
    let told = |(role, filled): (&String, &Role)| match filled {
        Role::Submitter => format!("{}: whoever submits it.", word::words(role)),
        Role::Group { group, at_least } => {
            format!("{}: members of the group “{}”, at least {at_least}.", word::words(role), word::words(group))
        }
    };
    definition.roles.iter().map(told).collect()
}

fn separation(definition: &Definition) -> Vec<String> {
    let told = definition.separation.iter().map(|pair| {
        let closed: Vec<String> = pair.never_acts_as.iter().map(|role| word::plain(role)).collect();
        format!(
            "Whoever acts as {} never acts as {} on the same submission, nor the other way round.",
            word::plain(&pair.person),
            either(&closed)
        )
    });
    told.collect()
}

fn reviews(definition: &Definition) -> Vec<String> {
    let inside = |state: &State| -> Vec<String> {
        state.tracks.iter().map(|(name, track)| review(&state.label, name, track)).collect()
    };
    definition.states.values().flat_map(inside).collect()
}

fn review(state: &str, name: &str, track: &Track) -> String {
    let verdicts: Vec<String> = track.verdicts.iter().map(|verdict| word::verdict(*verdict).to_lowercase()).collect();
    let take = match track.take {
        Take::Claim => "Reviewers take a place themselves.",
        Take::Assign => "The office assigns reviewers.",
        Take::Either => "Reviewers take a place themselves or are assigned.",
    };
    let hidden = match track.blind {
        None => "",
        Some(Blind::Single) => " The author does not learn who reviews.",
        Some(Blind::Double) => " Author and reviewers do not learn of one another.",
    };
    let sealed = if track.sealed { " Nobody sees the verdict of another before it is complete." } else { "" };
    format!(
        "{} in “{state}”, by {}: complete with {} of at most {} ({}). {take}{hidden}{sealed}",
        track.title(name),
        word::plain(&track.role),
        word::many(count(track.quorum), "verdict"),
        word::many(count(track.seats), "reviewer"),
        either(&verdicts)
    )
}

/// What has to hold for a step, in the words that people read while it does not.
fn conditions(definition: &Definition) -> Vec<String> {
    let steps = definition.transitions.values();
    let told = steps.flat_map(|step| {
        let label = &step.label;
        let shown = step.when.iter().filter(|_| matches!(step.trigger, Trigger::By(_)));
        let shown =
            shown.map(move |when| format!("“{label}” is offered only while this holds: {}", said(definition, when)));
        let asked = step.requires.iter().map(move |asked| match &asked.reason {
            Some(reason) => format!("“{label}” is refused otherwise with: {reason}"),
            None => format!("“{label}” is refused unless this holds: {}", said(definition, &asked.condition)),
        });
        shown.chain(asked)
    });
    told.map(|line| sentence(&line)).collect()
}

fn deadlines(definition: &Definition) -> Vec<String> {
    let picture = Picture::of(definition);
    let is_timed =
        |name: &str| definition.transitions.get(name).is_some_and(|step| matches!(step.trigger, Trigger::After(_)));
    let lines = picture.lines.iter().flat_map(|line| line.passages.iter().map(|way| (&line.from, &line.to, way)));
    let exits =
        picture.places.iter().flat_map(|place| place.exits.iter().map(|exit| (&place.id, &exit.to, &exit.passage)));
    let timed = lines.chain(exits).filter(|(_, _, way)| is_timed(&way.transition));
    timed
        .map(|(from, to, way)| {
            let (from, to) = (label(definition, from), label(definition, to));
            let since = definition.transitions.get(&way.transition).map(|step| since(definition, &step.since));
            format!("“{from}” becomes “{to}” {}{}.", way.cause, since.unwrap_or_default())
        })
        .collect()
}

/// What a deadline counts from, where that is not the entry into its state.
fn since(definition: &Definition, since: &Since) -> String {
    match since {
        Since::Entry => String::new(),
        Since::Steps(steps) => {
            let label =
                |step: &String| definition.transitions.get(step).map_or(step.clone(), |step| step.label.clone());
            let labels: BTreeSet<String> = steps.iter().map(|step| format!("“{}”", label(step))).collect();
            format!(", counted from the last {}", either(&labels.into_iter().collect::<Vec<_>>()))
        }
        Since::Date(question) => format!(", counted from “{}”", asked(definition, question)),
    }
}

fn limits(definition: &Definition) -> Vec<String> {
    definition.limits.iter().map(|(name, most)| format!("{}: at most {most}.", word::words(name))).collect()
}

fn credit(definition: &Definition) -> Vec<String> {
    let told = definition.states.values().flat_map(|state| {
        let award = state.award.as_ref().map(|award| awarded(definition, state, award));
        let offered = state.designate.as_ref().map(|offered| {
            format!(
                "“{}” makes it an activity that others complete for {}; at most: {}.",
                state.label,
                credit_name(definition, &offered.credit),
                said(definition, &offered.maximum)
            )
        });
        let stops = state.stops_credit.then(|| format!("“{}” takes back what was recorded.", state.label));
        let ends = state.stops_offer.then(|| format!("“{}” ends its being offered; credit stands.", state.label));
        [award, offered, stops, ends].into_iter().flatten()
    });
    told.collect()
}

fn awarded(definition: &Definition, state: &State, award: &Award) -> String {
    let amount = match &award.amount {
        AwardAmount::Value(value) => said(definition, value),
        AwardAmount::PerHour(hourly) => {
            format!("{} for each hour of “{}”", hourly.per_hour, asked(definition, &hourly.table))
        }
    };
    let kind = match &award.credit {
        CreditChoice::Fixed(id) => credit_name(definition, id),
        CreditChoice::Asked(question) => format!("the credit chosen in “{}”", asked(definition, question)),
    };
    let whom = match &award.to {
        Beneficiary::Author => "the author".to_owned(),
        Beneficiary::People(question) => format!("everybody named in “{}”", asked(definition, question)),
    };
    let earned = match &award.earned {
        Earned::Now => "on that day".to_owned(),
        Earned::Answer(question) => format!("on the day given in “{}”", asked(definition, question)),
    };
    format!("“{}” records {kind} for {whom}: {amount}, earned {earned}.", state.label)
}

fn claim(definition: &Definition, claim: &Claim) -> String {
    let enough = |approvals: &Approvals, whose: &str| {
        let count = word::many(count(approvals.at_least), "approval");
        let but: Vec<String> = approvals.excluding.iter().map(|role| word::plain(role)).collect();
        let but = if but.is_empty() { String::new() } else { format!(", none by the {}", either(&but)) };
        format!("at least {count} of “{}”{whose}{but}", approvals.track)
    };
    match claim {
        Claim::Approvals { before, approvals } => {
            format!("before “{}” stand {}.", label(definition, before), enough(approvals, ""))
        }
        Claim::DistinctApprovals { before, distinct_approvals } => {
            let approvals = enough(distinct_approvals, " by different persons");
            format!("before “{}” stand {approvals}.", label(definition, before))
        }
        Claim::Never { never } => {
            let closed: Vec<String> = never.acts_as.iter().map(|role| word::plain(role)).collect();
            format!("whoever acts as {} never acts as {}.", word::plain(&never.person), either(&closed))
        }
        Claim::ReachEnd { .. } => "an end can be reached from everywhere.".to_owned(),
        Claim::Bound { bound } => {
            format!("“{}” happens at most {}.", bound.transition, word::many(count(bound.at_most), "time"))
        }
    }
}

fn label<'d>(definition: &'d Definition, state: &'d str) -> &'d str {
    definition.states.get(state).map_or(state, |state| state.label.as_str())
}

/// The label of a question of the form, or of one that is asked with a decision.
fn asked<'d>(definition: &'d Definition, name: &'d str) -> &'d str {
    let question = match name.strip_prefix("decided.") {
        None => definition.question(name),
        Some(name) => {
            let mut asked = definition.transitions.values().flat_map(|step| &step.asks);
            asked.find(|question| question.id == name)
        }
    };
    question.map_or(name, |question| question.label.as_str())
}

fn credit_name(definition: &Definition, id: &str) -> String {
    definition.credits.get(id).map_or_else(|| id.to_owned(), |credit: &CreditType| credit.name.clone())
}

/// A condition in words where it has some, or the question that it is; otherwise as the file has it.
fn said(definition: &Definition, condition: &Condition) -> String {
    let source = condition.source();
    match asked(definition, source) {
        label if label != source => format!("“{label}”"),
        _ => condition.in_words().unwrap_or_else(|| source.to_owned()),
    }
}

/// `a, b or c`.
fn either(items: &[String]) -> String {
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{credit::CreditTypes, workflow::load};

    fn study() -> Definition {
        let types = CreditTypes::of([
            include_str!("../../../../workflows/credits/ama-pra-2.yaml"),
            include_str!("../../../../workflows/credits/aafp-elective.yaml"),
        ]);
        let source = include_str!("../../../../workflows/self-study.yaml");
        load(source, &types.expect("credit types")).expect("a sound workflow").0
    }

    #[test]
    fn every_kind_of_rule_is_told_in_sentences_with_the_words_of_the_file() {
        let told = rules(&study());
        let titles: Vec<&str> = told.iter().map(|rules| rules.title.as_str()).collect();
        let all = [
            "Who acts",
            "What one person may not do both of",
            "Reviews",
            "Conditions",
            "Deadlines",
            "Limits",
            "Credit",
        ];
        assert_eq!(titles, all);
        let lines: Vec<&str> = told.iter().flat_map(|rules| &rules.lines).map(String::as_str).collect();
        for line in [
            "Author: whoever submits it.",
            "Assessor: members of the group “Self study assessors”, at least 2.",
            "Whoever acts as assessor never acts as auditor on the same submission, nor the other way round.",
            "“Being assessed” becomes “Overdue, with the lead assessor” after 30 days.",
            "Rounds: at most 2.",
            "“Recognised” records the credit chosen in “Claim as” for the author: “Hours claimed”, earned on the day given \
             in “Date you finished”.",
        ] {
            assert!(lines.contains(&line), "{line} is not among {lines:#?}");
        }
        assert!(lines.iter().all(|line| line.ends_with('.')), "{lines:#?}");
    }

    #[test]
    fn each_claim_is_told_by_its_name_and_what_it_says() {
        let told: Vec<(String, String)> = proofs(&study()).into_iter().map(|fact| (fact.label, fact.value)).collect();
        assert_eq!(told.first().map(|(label, _)| label.as_str()), Some("Somebody else assessed"));
        let value = "Holds on every path: before “Recognised” stand at least 1 approval of “assess” by different \
                     persons, none by the author.";
        assert_eq!(told.first().map(|(_, value)| value.as_str()), Some(value));
    }
}
