//! From text to a tree.

use jiff::civil::Date;
use rust_decimal::Decimal;
use winnow::{
    ModalResult, Parser,
    ascii::multispace0,
    combinator::{alt, cut_err, delimited, not, opt, peek, preceded, repeat, separated, terminated},
    error::{StrContext, StrContextValue},
    stream::{LocatingSlice, Location},
    token::{one_of, take_while},
};

use super::{ConditionFault, MOST_BYTES, MOST_LEVELS};
use crate::workflow::Verdict;

/// A part of a condition, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: usize,
    pub(crate) expr: Expr,
}

/// What a part says.
#[derive(Clone, Debug)]
pub(crate) enum Expr {
    Yes(bool),
    Number(Decimal),
    Text(String),
    /// A written day, `date('2026-11-30')`.
    Date(Date),
    /// A question; typing turns it into [`Expr::Counter`] where it names one.
    Name(String),
    Counter(String),
    Today,
    Limit(String),
    Decided(String),
    Size(String),
    /// Over all rows of the table, or over those that an answer at a decision chose.
    Sum {
        table: String,
        column: String,
        rows: Option<String>,
    },
    Record(String),
    Complete(String),
    Count(Verdict, String),
    Not(Box<Node>),
    Minus(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    And,
    Or,
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    Plus,
    Minus,
    Times,
}

type Input<'i> = LocatingSlice<&'i str>;

/// Words that no question may be called.
pub(crate) const RESERVED: [&str; 13] = [
    "true",
    "false",
    "in",
    "today",
    "limit",
    "decided",
    "record",
    "size",
    "sum",
    "complete",
    "approvals",
    "rejections",
    "revisions",
];

pub(crate) fn parse(source: &str) -> Result<Node, ConditionFault> {
    let fault = |at, message: String| ConditionFault { at, message };
    if source.len() > MOST_BYTES {
        return Err(fault(
            0,
            format!(
                "a condition has at most {MOST_BYTES} bytes and this one has {}: move part of it to another step",
                source.len()
            ),
        ));
    }
    // Counted before parsing, so that the parser's recursion is bounded.
    if let Some(at) = too_deep(source) {
        return Err(fault(at, format!("parentheses nest deeper than {MOST_LEVELS} levels")));
    }
    terminated(either, multispace0).parse(LocatingSlice::new(source)).map_err(|error| {
        // The first context is the innermost.
        let expected = error.inner().context().find_map(|context| match context {
            StrContext::Expected(what) => Some(what.to_string()),
            _ => None,
        });
        let expected = expected.unwrap_or_else(|| "an operator or the end of the condition".to_owned());
        let found = source.get(error.offset()..).and_then(|rest| rest.chars().next());
        let found = found.map_or_else(|| "the end".to_owned(), |found| format!("'{found}'"));
        fault(error.offset(), format!("expected {expected}, found {found}"))
    })
}

fn too_deep(source: &str) -> Option<usize> {
    let (mut level, mut quoted) = (0_usize, false);
    source.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'\'' => quoted = !quoted,
            b'(' if !quoted => level += 1,
            b')' if !quoted => level = level.saturating_sub(1),
            _ => {}
        }
        (level > MOST_LEVELS).then_some(at)
    })
}

fn expected(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn either(input: &mut Input<'_>) -> ModalResult<Node> {
    chain(input, both, &[("||", Operator::Or)])
}

fn both(input: &mut Input<'_>) -> ModalResult<Node> {
    chain(input, relation, &[("&&", Operator::And)])
}

fn relation(input: &mut Input<'_>) -> ModalResult<Node> {
    let mut left = chain(
        input,
        addition,
        &[
            ("==", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("<", Operator::Less),
            (">", Operator::More),
        ],
    )?;
    multispace0.parse_next(input)?;
    let at = input.current_token_start();
    if opt(keyword("in")).parse_next(input)?.is_some() {
        let list = cut_err(delimited(
            (multispace0, '['),
            separated(1.., preceded(multispace0, literal), (multispace0, ',')),
            (multispace0, ']'),
        ))
        .context(expected("a list of numbers or 'texts' in [ … ]"))
        .parse_next(input)?;
        left = Node { at, expr: Expr::In(Box::new(left), list) };
    }
    Ok(left)
}

fn addition(input: &mut Input<'_>) -> ModalResult<Node> {
    chain(input, product, &[("+", Operator::Plus), ("-", Operator::Minus)])
}

fn product(input: &mut Input<'_>) -> ModalResult<Node> {
    chain(input, unary, &[("*", Operator::Times)])
}

/// Operands of one precedence, grouped from the left.
fn chain<'i>(
    input: &mut Input<'i>,
    mut operand: impl FnMut(&mut Input<'i>) -> ModalResult<Node>,
    operators: &[(&'static str, Operator)],
) -> ModalResult<Node> {
    let mut left = operand(input)?;
    loop {
        multispace0.parse_next(input)?;
        let at = input.current_token_start();
        let mut found = None;
        for (sign, operator) in operators {
            if opt(*sign).parse_next(input)?.is_some() {
                found = Some(*operator);
                break;
            }
        }
        let Some(operator) = found else { return Ok(left) };
        let right = cut_err(&mut operand).parse_next(input)?;
        left = Node { at, expr: Expr::Binary(operator, Box::new(left), Box::new(right)) };
    }
}

fn unary(input: &mut Input<'_>) -> ModalResult<Node> {
    multispace0.parse_next(input)?;
    let at = input.current_token_start();
    let nots: usize = repeat(0.., ('!', multispace0)).parse_next(input)?;
    if nots > 0 {
        // Two of them cancel out, but the operand must still be yes or no.
        let times = if nots.is_multiple_of(2) { 2 } else { 1 };
        let operand = cut_err(primary).parse_next(input)?;
        return Ok((0..times).fold(operand, |node, _| Node { at, expr: Expr::Not(Box::new(node)) }));
    }
    if opt('-').parse_next(input)?.is_some() {
        let operand = cut_err(preceded(multispace0, primary)).parse_next(input)?;
        return Ok(Node { at, expr: Expr::Minus(Box::new(operand)) });
    }
    primary(input)
}

fn primary(input: &mut Input<'_>) -> ModalResult<Node> {
    alt((literal, group, call_or_name))
        .context(expected("a question, a counter, a number, a 'text' or a parenthesis"))
        .parse_next(input)
}

fn group(input: &mut Input<'_>) -> ModalResult<Node> {
    delimited('(', cut_err(either), cut_err((multispace0, ')')).context(expected("a closing parenthesis")))
        .parse_next(input)
}

fn literal(input: &mut Input<'_>) -> ModalResult<Node> {
    let at = input.current_token_start();
    let expr = alt((
        number.map(Expr::Number),
        text.map(Expr::Text),
        keyword("true").value(Expr::Yes(true)),
        keyword("false").value(Expr::Yes(false)),
    ))
    .parse_next(input)?;
    Ok(Node { at, expr })
}

fn number(input: &mut Input<'_>) -> ModalResult<Decimal> {
    let digits = || take_while(1.., '0'..='9');
    terminated((digits(), opt(('.', digits()))).take(), not(word_character))
        .verify_map(|text: &str| text.parse().ok())
        .parse_next(input)
}

/// In single quotes and without a backslash: CEL would read that as an escape.
fn text(input: &mut Input<'_>) -> ModalResult<String> {
    delimited(
        '\'',
        take_while(0.., |c: char| c != '\'' && c != '\\' && !c.is_control()).map(str::to_owned),
        cut_err('\'').context(expected("a closing quote (no backslash before it)")),
    )
    .parse_next(input)
}

fn word_character(input: &mut Input<'_>) -> ModalResult<char> {
    one_of(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.').parse_next(input)
}

fn keyword<'i>(
    word: &'static str,
) -> impl Parser<Input<'i>, &'i str, winnow::error::ErrMode<winnow::error::ContextError>> {
    terminated(word, not(word_character))
}

fn name(input: &mut Input<'_>) -> ModalResult<String> {
    (one_of('a'..='z'), take_while(0.., |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
        .take()
        .map(str::to_owned)
        .parse_next(input)
}

fn call_or_name(input: &mut Input<'_>) -> ModalResult<Node> {
    let at = input.current_token_start();
    let word = name(input)?;
    let expr = match word.as_str() {
        "today" => Expr::Today,
        "limit" => Expr::Limit(member(input)?),
        "decided" => Expr::Decided(member(input)?),
        "record" => Expr::Record(member(input)?),
        "date" if peek(opt((multispace0, '('))).parse_next(input)?.is_some() => {
            let day = text.verify_map(|day| day.parse().ok());
            Expr::Date(argument(input, day, "a day, as ('2026-11-30')")?)
        }
        "size" => Expr::Size(argument(input, name, "a question in parentheses")?),
        "sum" => {
            let chosen = opt(preceded((multispace0, ',', multispace0, "decided."), name));
            let (table, column, rows) = argument(
                input,
                (terminated(name, '.'), name, chosen),
                "a table and its number column, as (agenda.minutes), and after a comma the rows chosen, as decided.rows",
            )?;
            Expr::Sum { table, column, rows }
        }
        "complete" => Expr::Complete(track(input)?),
        "approvals" => Expr::Count(Verdict::Approve, track(input)?),
        "revisions" => Expr::Count(Verdict::Revise, track(input)?),
        "rejections" => Expr::Count(Verdict::Reject, track(input)?),
        _ => {
            let plain = not(alt((('.'.void()), (multispace0, '(').void())));
            cut_err(plain)
                .context(expected("a known function (date, size, sum, complete, approvals, revisions, rejections), limit.NAME, record.NAME or decided.NAME"))
                .parse_next(input)?;
            Expr::Name(word)
        }
    };
    Ok(Node { at, expr })
}

fn member(input: &mut Input<'_>) -> ModalResult<String> {
    cut_err(preceded('.', name)).context(expected("a point and a name")).parse_next(input)
}

fn track(input: &mut Input<'_>) -> ModalResult<String> {
    argument(input, text, "the name of a track in parentheses and quotes")
}

fn argument<'i, T>(
    input: &mut Input<'i>,
    inner: impl Parser<Input<'i>, T, winnow::error::ErrMode<winnow::error::ContextError>>,
    what: &'static str,
) -> ModalResult<T> {
    cut_err(delimited((multispace0, '(', multispace0), inner, (multispace0, ')')))
        .context(expected(what))
        .parse_next(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(source: &str) -> (usize, String) {
        let fault = parse(source).expect_err(source);
        (fault.at, fault.message)
    }

    #[test]
    fn every_form_of_the_language_parses() {
        for source in [
            "size(evidence) >= 1 && attest",
            "complete('assess') && approvals('assess') >= 1 && hours <= 8.0",
            "decided.credits * 60 <= sum(agenda.credit_minutes) + 7.5",
            "!(a || !!b) && c != 'x' && -1 < n - -2",
            "format in ['live', 'enduring'] && n in [1, 2.5]",
            "starts_on - 'P60D' > today && rounds < limit.rounds",
            " true ",
        ] {
            assert!(parse(source).is_ok(), "{source}: {:?}", parse(source));
        }
    }

    #[test]
    fn a_fault_says_where_it_is_and_what_was_expected() {
        assert_eq!(
            fault("a &&"),
            (4, "expected a question, a counter, a number, a 'text' or a parenthesis, found the end".into())
        );
        assert_eq!(fault("a b"), (2, "expected an operator or the end of the condition, found 'b'".into()));
        assert_eq!(fault("(a"), (2, "expected a closing parenthesis, found the end".into()));
        assert_eq!(fault("approvals(x)").0, 10);
        assert_eq!(fault("agenda.minutes > 3").0, 6);
        assert_eq!(fault("exec('x')").0, 4);
        assert_eq!(fault("'abc").0, 4);
        assert_eq!(fault("a > \"b\"").0, 4);
        assert_eq!(fault("a in []").0, 6);
        assert_eq!(fault("").0, 0);
    }

    #[test]
    fn depth_and_length_are_bounded_before_parsing() {
        let nested = |levels: usize| format!("{}a{}", "(".repeat(levels), ")".repeat(levels));
        assert!(parse(&nested(16)).is_ok());
        assert_eq!(fault(&nested(17)), (16, "parentheses nest deeper than 16 levels".into()));
        assert!(fault(&"(".repeat(50_000)).1.contains("400 bytes"));
        assert!(parse(&"!".repeat(300)).is_err());
        assert!(parse(&format!("{}a", "!".repeat(300))).is_ok());
        assert!(parse(&format!("a{}", "&&a".repeat(130))).is_ok());
    }
}
