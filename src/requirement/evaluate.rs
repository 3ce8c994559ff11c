//! From a requirement, a credential, facts and credits to a standing: no clock, nobody is asked, nothing is rounded.

mod apart;
mod carry;
mod fill;
mod flow;
mod overlap;
mod owed;
mod required;
mod rule;
mod select;
mod uses;
mod window;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use indexmap::IndexMap;
use jiff::civil::Date;

use super::{
    Book, Credential, Credit, Facts, Measure, Overall, Requirement, Standing,
    book::Entry,
    definition::{Status as FileStatus, Window},
    known::Names,
    standing::{RuleStanding, Status, Use},
};
use crate::workflow::condition::Value;

/// A standing, and what became of each credit.
#[derive(Debug)]
pub struct Evaluation<'a> {
    context: Context<'a>,
    /// How the person stands.
    pub standing: Standing,
}

/// Everything that is read, and what was already spent.
#[derive(Debug)]
struct Context<'a> {
    requirement: &'a Requirement,
    credential: &'a Credential,
    facts: &'a Facts,
    as_of: Date,
    book: &'a Book<'a>,
    entries: Cow<'a, [Entry]>,
    /// The requirement's own categories, by kind of credit; none where it takes no such credit.
    accepted: Vec<Vec<&'a str>>,
    /// A fact that decides whether a kind of credit is taken.
    acceptance_asks: Option<String>,
    /// The window, or the fact that it hangs on.
    window: Result<Window, String>,
    spent: Spent,
    carried: carry::Carried,
    /// What rules that are apart get, by id.
    apart: BTreeMap<String, apart::Share>,
}

/// What does not count any more for the period.
#[derive(Debug, Default)]
struct Spent {
    /// By an earlier period, with its last day.
    earlier: BTreeMap<u32, Date>,
    /// By a rule of its own, with how much of it in thousandths of an hour.
    serves: BTreeMap<u32, (String, Measure)>,
}

/// How somebody stands with a requirement on a day.
#[must_use]
pub fn evaluate<'a>(
    requirement: &'a Requirement,
    credential: &'a Credential,
    facts: &'a Facts,
    book: &'a Book<'a>,
    as_of: Date,
) -> Evaluation<'a> {
    let mut context = Context {
        requirement,
        credential,
        facts,
        as_of,
        book,
        entries: book.entries(&requirement.zone),
        accepted: Vec::new(),
        acceptance_asks: None,
        window: Err(String::new()),
        spent: Spent::default(),
        carried: carry::Carried::default(),
        apart: BTreeMap::new(),
    };
    context.window = context.window_of(credential);
    context.accept();
    context.overlap();
    context.set_aside();
    context.carry_in();
    context.divide();
    let rules: IndexMap<String, RuleStanding> =
        requirement.rules.iter().map(|(id, rule)| (id.clone(), context.rule(id, rule))).collect();
    let earlier = context.spent.earlier.keys().filter_map(|number| book.credit(*number));
    let standing = Standing {
        period: context.window.as_ref().ok().copied(),
        overall: context.overall(&rules),
        earlier: earlier.map(|credit| credit.id.clone()).collect(),
        rules,
    };
    Evaluation { context, standing }
}

impl Evaluation<'_> {
    /// What became of each credit for a rule, in the order of their days; those that have nothing to do with it are left
    /// out.
    #[must_use]
    pub fn uses(&self, rule: &str) -> Vec<Use> {
        match (self.context.requirement.rules.get(rule), self.standing.rules.get(rule)) {
            (Some(found), Some(standing)) => self.context.uses(rule, found, standing),
            _ => Vec::new(),
        }
    }

    /// What was read.
    #[must_use]
    pub fn requirement(&self) -> &Requirement {
        self.context.requirement
    }

    /// A credit by its number.
    #[must_use]
    pub fn credit(&self, number: u32) -> Option<&Credit> {
        self.context.book.credit(number)
    }

    /// The credits that were read.
    #[must_use]
    pub(super) fn book(&self) -> &Book<'_> {
        self.context.book
    }

    /// The facts that would change something, each once, in the order in which they are asked.
    #[must_use]
    pub fn asks(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let all = self.standing.rules.values().flat_map(|rule| rule.asks.iter().map(String::as_str));
        all.filter(|fact| seen.insert(*fact)).collect()
    }
}

impl Context<'_> {
    /// All rules that are due in the period together. One that is due later leaves it complete; one whose day is not
    /// known counts.
    fn overall(&self, rules: &IndexMap<String, RuleStanding>) -> Overall {
        let end = self.window.as_ref().ok().map(|window| window.end);
        let due = rules.values().filter(|rule| match (rule.due, end) {
            (Some(due), Some(end)) => due <= end,
            _ => true,
        });
        let worst = due.map(|rule| rule.status).max().unwrap_or(Status::NotOwed);
        let found = match worst {
            Status::NotOwed | Status::Met => Overall::Complete,
            Status::Disputed => Overall::Disputed,
            Status::NeedFact => Overall::NeedFact,
            Status::NotMet => Overall::NotComplete,
        };
        match self.requirement.status {
            // Nobody read the text, or the sources do not agree on it: never complete.
            FileStatus::Unread | FileStatus::Disputed => found.max(Overall::Disputed),
            FileStatus::Settled | FileStatus::Upcoming => found,
        }
    }
}

impl Names for Context<'_> {
    fn value(&self, name: &str) -> Option<Value> {
        match name {
            "today" => Some(Value::Date(self.as_of)),
            "issued" => self.credential.issued.map(Value::Date),
            "renewal" => self.credential.renewal.map(|renewal| Value::Number(renewal.into())),
            _ => self.facts.get(name).cloned(),
        }
    }
}
