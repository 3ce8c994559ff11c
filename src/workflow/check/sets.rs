//! Named sets of requirements: each is used, and none can be taken for a question.

use super::{Fault, names, shape::Sets, tree::Tree};
use crate::workflow::Definition;

pub(super) fn check(definition: &Definition, sets: &Sets, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    for (name, set) in sets {
        let path = ["requirements", name.as_str()];
        if names::questions(definition).any(|question| question.id == *name) {
            let message = format!("'{name}' is a question and a set of requirements; call one of them something else");
            faults.push(Fault::error("names", tree.place(&path), message));
        }
        // One without a sound condition leaves no trace where it is used.
        let mut spelled_out = definition.transitions.values().flat_map(|transition| &transition.requires);
        if !set.is_empty() && !spelled_out.any(|requirement| requirement.path.starts_with(&path.map(str::to_owned))) {
            let message = format!("no transition requires '{name}'");
            faults.push(Fault::warning("names", tree.place(&path), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::workflow::{
        Definition,
        check::{Fault, load, tests::credits},
    };

    /// A house that asks the same twice, and once more.
    const HOUSE: &str = "\
format: 1
workflow: house
title: A house
subject: statement
form: [{ section: all, title: All, questions: [{ id: begins, type: date, label: Begins }, { id: sworn, type: yes-no, label: Sworn }] }]
roles: { author: { is: submitter }, clerk: { group: clerks, at_least: 1 } }
requirements:
  in-time: { that: begins > today, say: It has begun. }
  sound:
    - sworn
    - { that: decided.rooms >= 1, say: Say how many rooms. }
states:
  draft: { kind: start, label: Draft }
  desk:  { label: On the desk, remind: [P7D] }
  late:  { label: Late, remind: [P7D] }
  done:  { kind: end, label: Done }
transitions:
  send:   { from: [draft], to: desk, by: [author], requires: in-time }
  accept: { from: [desk], to: done, by: [clerk], requires: [in-time, sound, { that: sworn, say: Swear. }], asks: [{ id: rooms, type: integer, label: Rooms }] }
  file:   { from: [late], to: done, by: [clerk], requires: [sound], asks: [{ id: rooms, type: integer, label: Rooms }] }
  slow:   { from: [desk], to: late, after: P9D }
";

    fn read(changes: &[(&str, &str)]) -> Result<(Definition, Vec<Fault>), Vec<Fault>> {
        let change = |source: String, (old, new): &(&str, &str)| {
            assert!(source.contains(old), "{old}");
            source.replace(old, new)
        };
        load(&changes.iter().fold(HOUSE.to_owned(), change), &credits())
    }

    fn faults(changes: &[(&str, &str)]) -> Vec<String> {
        let found = read(changes).map_or_else(|faults| faults, |(_, warnings)| warnings);
        found.iter().map(|fault| format!("{}:{} {}: {}", fault.line, fault.column, fault.rule, fault.message)).collect()
    }

    #[test]
    fn a_set_is_spelled_out_wherever_it_is_named_and_changes_nothing_else() {
        let named = read(&[]).expect("sound").0;
        let required = |name: &str| -> Vec<(&str, Option<&str>)> {
            let requires = named.transitions[name].requires.iter();
            requires.map(|asked| (asked.condition.source(), asked.reason.as_deref())).collect()
        };
        let (time, rooms) =
            (("begins > today", Some("It has begun.")), ("decided.rooms >= 1", Some("Say how many rooms.")));
        assert_eq!(required("send"), [time]);
        assert_eq!(required("accept"), [time, ("sworn", None), rooms, ("sworn", Some("Swear."))]);
        let inline = [
            ("requires: in-time", "requires: { that: begins > today, say: It has begun. }"),
            ("[in-time,", "[{ that: begins > today, say: It has begun. },"),
            ("  in-time: { that: begins > today, say: It has begun. }\n", ""),
        ];
        assert_eq!(read(&inline).expect("sound").0.hash, named.hash);
    }

    #[test]
    fn a_fault_of_a_set_is_told_once_and_where_the_set_says_it() {
        assert_eq!(
            faults(&[("begins > today", "begin > today")]),
            ["8:20 condition: there is no question or counter 'begin'; did you mean 'begins'?"]
        );
        assert_eq!(faults(&[("- sworn", "- size(sworn)")]).len(), 1, "{:?}", faults(&[("- sworn", "- size(sworn)")]));
        assert_eq!(faults(&[("- sworn", "- 'sworn &&'")])[0].split(' ').next(), Some("10:16"));
    }

    #[test]
    fn a_name_that_no_set_has_is_told_where_it_stands_with_the_nearest() {
        assert_eq!(
            faults(&[("requires: [sound]", "requires: [in-tine, sound]")]),
            ["20:61 names: there is no set of requirements 'in-tine'; did you mean 'in-time'?"]
        );
        assert_eq!(
            faults(&[("requires: [sound]", "requires: [sound, sond]")]),
            ["20:68 names: there is no set of requirements 'sond'; did you mean 'sound'?"]
        );
        // One word that is near no set is a condition.
        assert_eq!(
            faults(&[("requires: [sound]", "requires: [sound, swon]")]),
            ["20:68 condition: there is no question or counter 'swon'; did you mean 'sworn'?"]
        );
    }

    #[test]
    fn a_set_that_nothing_names_is_a_warning_and_one_in_another_or_called_as_a_question_a_fault() {
        let unused = "  lonely: sworn\n  sound:";
        assert_eq!(faults(&[("  sound:", unused)]), ["9:3 names: no transition requires 'lonely'"]);
        assert!(read(&[("  sound:", unused)]).is_ok(), "it keeps nothing from being activated");
        assert_eq!(
            faults(&[("  sound:", "  lonely: [size(sworn), swon]\n  sound:")]).len(),
            3,
            "what is in it is checked all the same"
        );
        assert_eq!(
            faults(&[("- sworn", "- in-time")]),
            ["10:7 names: a set holds conditions and no other set, so 'in-time' cannot stand in it"]
        );
        let empty = faults(&[("  sound:", "  empty: []\n  sound:")]);
        assert_eq!(empty, ["9:10 format: 'empty' holds no requirement"]);
        assert_eq!(
            faults(&[("in-time", "sworn")]).first().map(String::as_str),
            Some("8:3 names: 'sworn' is a question and a set of requirements; call one of them something else")
        );
    }

    #[test]
    fn what_was_not_asked_on_every_way_is_told_at_the_use_where_it_is_missing() {
        let asks = ", asks: [{ id: rooms, type: integer, label: Rooms }] }";
        let file = format!("requires: [sound]{asks}");
        assert_eq!(
            faults(&[(&file, "requires: [sound] }")]),
            ["20:50 since: 'decided.rooms' is required here and not asked here, and 'late' can be reached without it"]
        );
        // Asked on the only way there, it is known.
        let slow = format!("slow:   {{ from: [desk], to: late, by: [clerk]{asks}");
        assert_eq!(
            faults(&[(&file, "requires: [sound] }"), ("slow:   { from: [desk], to: late, after: P9D }", &slow)]),
            [""; 0]
        );
    }
}
