//! A condition as a person reads it: with the labels of questions, options and reviews, and all of it.

use crate::workflow::{
    Condition, Definition, Verdict,
    condition::{Expr, Node, Operator},
    definition::{Kind, Length, Question},
};

impl Condition {
    /// What has to hold, without a full stop: `“Last day” is not before “First day”`.
    #[must_use]
    pub fn told(&self, definition: &Definition) -> String {
        Sentence(definition, &[]).holds(&self.root)
    }

    /// The same of a condition on each row of a table with these columns.
    #[must_use]
    pub fn told_of_rows(&self, definition: &Definition, columns: &[Question]) -> String {
        Sentence(definition, columns).holds(&self.root)
    }

    /// The value of an expression: `“Hours claimed” times 2`.
    #[must_use]
    pub fn value_told(&self, definition: &Definition) -> String {
        Sentence(definition, &[]).value(&self.root)
    }
}

/// Tells conditions with the words of a definition, and of the columns where it is about rows.
struct Sentence<'d>(&'d Definition, &'d [Question]);

impl Sentence<'_> {
    fn holds(&self, node: &Node) -> String {
        match &node.expr {
            Expr::Yes(true) => "always".to_owned(),
            Expr::Yes(false) => "never".to_owned(),
            Expr::Complete(track) => format!("{} is complete", self.track(track)),
            Expr::Not(inner) => match &inner.expr {
                Expr::Complete(track) => format!("{} is not complete", self.track(track)),
                Expr::Name(_) | Expr::Decided(_) => format!("{} is not answered with yes", self.value(inner)),
                _ => format!("it is not so that {}", self.inner(inner)),
            },
            Expr::Binary(Operator::And, left, right) => format!("{} and {}", self.inner(left), self.inner(right)),
            Expr::Binary(Operator::Or, left, right) => match self.denied(left) {
                Some(condition) if !matches!(right.expr, Expr::Not(_)) => {
                    format!("where {condition}, {}", self.inner(right))
                }
                _ => format!("{} or {}", self.alternative(left), self.alternative(right)),
            },
            Expr::Binary(operator, left, right) => self.compared(*operator, left, right),
            Expr::In(inner, list) => {
                let options: Vec<String> = list.iter().map(|option| self.option(inner, option)).collect();
                format!("{} is {}", self.value(inner), options.join(" or "))
            }
            _ => format!("{} is answered with yes", self.value(node)),
        }
    }

    /// One of several: in parentheses where it is several itself.
    fn inner(&self, node: &Node) -> String {
        match &node.expr {
            Expr::Binary(Operator::Or, ..) => format!("({})", self.holds(node)),
            _ => self.holds(node),
        }
    }

    /// One of several of which one is enough.
    fn alternative(&self, node: &Node) -> String {
        match &node.expr {
            Expr::Binary(Operator::And, ..) => format!("({})", self.holds(node)),
            _ => self.holds(node),
        }
    }

    /// What denies a part, where that is simple to say: "not this, or that" reads better as "where this, that".
    fn denied(&self, node: &Node) -> Option<String> {
        match &node.expr {
            Expr::Not(inner) => Some(self.inner(inner)),
            Expr::Binary(Operator::Unequal, left, right) => Some(self.compared(Operator::Equal, left, right)),
            Expr::Binary(Operator::Or, left, right) => {
                Some(format!("{} and {}", self.denied(left)?, self.denied(right)?))
            }
            _ => None,
        }
    }

    fn compared(&self, operator: Operator, left: &Node, right: &Node) -> String {
        let words = match (operator, self.is_date(left) || self.is_date(right)) {
            (Operator::Less, true) => "is before",
            (Operator::AtMost, true) => "is not after",
            (Operator::More, true) => "is after",
            (Operator::AtLeast, true) => "is not before",
            (Operator::Less, false) => "is less than",
            (Operator::AtMost, false) => "is at most",
            (Operator::More, false) => "is more than",
            (Operator::AtLeast, false) => "is at least",
            (Operator::Unequal, _) => "is not",
            _ => "is",
        };
        format!("{} {words} {}", self.value(left), self.option(left, right))
    }

    fn value(&self, node: &Node) -> String {
        match &node.expr {
            Expr::Number(number) => number.normalize().to_string(),
            Expr::Text(text) => Length(text.clone()).in_words(),
            Expr::Name(name) => self.label(name),
            Expr::Decided(name) => self.label(&format!("decided.{name}")),
            Expr::Counter(name) => format!("the count of {}", plain(name)),
            Expr::Limit(name) => self.0.limits.get(name).map_or_else(|| plain(name), ToString::to_string),
            Expr::Today => "today".to_owned(),
            Expr::Date(day) => day.strftime("%-d %B %Y").to_string(),
            Expr::Size(name) => format!("the number of {} in {}", self.parts(name), self.label(name)),
            Expr::Sum { table, column, rows } => self.sum(table, column, rows.as_deref()),
            Expr::Record(name) => format!("the record “{}”", plain(name)),
            Expr::Count(verdict, track) => {
                let noun = match verdict {
                    Verdict::Approve => "approvals",
                    Verdict::Revise => "requests for changes",
                    Verdict::Reject => "rejections",
                };
                format!("the number of {noun} in {}", self.track(track))
            }
            Expr::Minus(inner) => format!("minus {}", self.value(inner)),
            Expr::Binary(Operator::Plus, left, right) => format!("{} plus {}", self.value(left), self.value(right)),
            Expr::Binary(Operator::Minus, left, right) if self.is_date(right) => {
                format!("the minutes from {} to {}", self.value(right), self.value(left))
            }
            Expr::Binary(Operator::Minus, left, right) => format!("{} less {}", self.value(left), self.value(right)),
            Expr::Binary(Operator::Times, left, right) => format!("{} times {}", self.value(left), self.value(right)),
            _ => self.holds(node),
        }
    }

    /// What something is compared with; an option of its question by its label.
    fn option(&self, asked: &Node, node: &Node) -> String {
        let Expr::Text(id) = &node.expr else { return self.value(node) };
        let Some(Kind::Choice { options } | Kind::Choices { options, .. }) =
            self.question(asked).map(|question| &question.kind)
        else {
            return format!("“{id}”");
        };
        format!("“{}”", options.get(id).unwrap_or(id))
    }

    fn sum(&self, table: &str, column: &str, rows: Option<&str>) -> String {
        let columns = match self.named(table).map(|question| &question.kind) {
            Some(Kind::Table { columns, .. }) => columns.as_slice(),
            _ => &[],
        };
        let found = columns.iter().find(|question| question.id == column);
        let label = found.map_or_else(|| plain(column), |question| format!("“{}”", question.label));
        let chosen = rows.map(|rows| format!(" over the rows of {}", self.label(&format!("decided.{rows}"))));
        format!("the sum of {label} in {}{}", self.label(table), chosen.unwrap_or_default())
    }

    fn parts(&self, name: &str) -> &'static str {
        match self.named(name).map(|question| &question.kind) {
            Some(Kind::Files { .. }) => "files",
            Some(Kind::People { .. }) => "people",
            Some(Kind::Table { .. }) => "rows",
            Some(Kind::Choices { .. }) => "choices",
            _ => "characters",
        }
    }

    fn is_date(&self, node: &Node) -> bool {
        match &node.expr {
            Expr::Today | Expr::Date(_) => true,
            // From one time of day to another it is a number.
            Expr::Binary(Operator::Minus, _, right) if self.is_date(right) => false,
            Expr::Binary(Operator::Plus | Operator::Minus, left, _) => self.is_date(left),
            _ => self.question(node).is_some_and(|question| matches!(question.kind, Kind::Date { .. } | Kind::Time)),
        }
    }

    fn question(&self, node: &Node) -> Option<&Question> {
        match &node.expr {
            Expr::Name(name) => self.named(name),
            Expr::Decided(name) => self.named(&format!("decided.{name}")),
            _ => None,
        }
    }

    /// A column, or a question of the form or of a decision.
    fn named(&self, name: &str) -> Option<&Question> {
        self.1.iter().find(|column| column.id == name).or_else(|| self.0.asked(name))
    }

    fn label(&self, name: &str) -> String {
        self.named(name).map_or_else(|| plain(name), |question| format!("“{}”", question.label))
    }

    fn track(&self, name: &str) -> String {
        format!("“{}”", self.0.track(name).map_or_else(|| plain(name), |track| track.title(name)))
    }
}

fn plain(name: &str) -> String {
    name.replace(['-', '_'], " ")
}
