//! Giving a disclosure by the link that somebody was sent, without an account.

use jiff::Timestamp;
use serde_json::json;

use crate::{
    access::Relation,
    clock::new_id,
    domain::{Line, Nature, Relationship, YearMonth},
    model::{DisclosureRequest, GivenDisclosure, LinkWay, LogAct, LogKind, LogLine},
    store::{self, ReadTx},
    token::Opaque,
    usecase::{Case, Context, Error},
    workflow::FieldFault,
};

/// What is signed.
pub const STATEMENT: &str = "I have named every financial relationship that I have had in the last 24 months with companies that make, market, \
     sell or distribute healthcare products, of any amount, those that have ended too; or I have had none. I will tell \
     when there is a new one.";

/// Most relationships that one person states.
pub const MOST: usize = 40;

/// What a link asks, and what was answered to it.
#[derive(Clone, Debug)]
pub struct Disclosing {
    /// Where they are named.
    pub case: Case,
    /// The request.
    pub request: DisclosureRequest,
    /// Who asks, by name.
    pub by: String,
    /// What was given, once it was.
    pub given: Option<GivenDisclosure>,
    /// Until when the link stands.
    pub until: Timestamp,
    way: LinkWay,
}

/// A financial relationship as it was entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedRelationship {
    /// With which company.
    pub company: String,
    /// What it is, by its word.
    pub nature: String,
    /// Since when.
    pub from: String,
    /// Until when; empty where it goes on.
    pub until: String,
}

/// A disclosure as it was entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Each relationship.
    pub relationships: Vec<StatedRelationship>,
    /// What they say of all of them.
    pub rest: Rest,
    /// Whether the statement is confirmed.
    pub confirmed: Confirmed,
    /// Their name, as a signature.
    pub signature: String,
}

/// What is said beside the relationships that are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// Nothing.
    #[default]
    Unsaid,
    /// That there is none.
    None,
}

/// Whether something is confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confirmed {
    /// Not.
    #[default]
    No,
    /// It is.
    Yes,
}

/// What a link is about, as long as it stands. Looking changes nothing.
pub async fn disclosing(context: &Context, text: &str) -> Result<Disclosing, Error> {
    found(&context.store.view().await?, context, text).await
}

/// Gives a disclosure.
pub async fn disclose(context: &Context, text: &str, stated: &Stated) -> Result<Disclosing, Error> {
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let found = found(&tx, context, text).await?;
    if found.given.is_some() {
        return Err(Error::Conflict("your disclosure was given already; it stands below as you signed it".to_owned()));
    }
    let today = found.case.calendar.date(now);
    let (relationships, signature) = read(stated, |month| month.first().is_some_and(|first| first > today))?;
    let Disclosing { case, request, way, .. } = &found;
    let given = GivenDisclosure {
        id: new_id(),
        request: request.id,
        submission: case.submission.id,
        email: request.email.clone(),
        way: *way,
        relationships,
        statement: STATEMENT.to_owned(),
        signature,
        given_at: now,
    };
    match tx.add_disclosure(&given).await {
        Err(store::Error::Duplicate(_)) => {
            return Err(Error::Conflict("your disclosure was given just now; open the link again".to_owned()));
        }
        added => added?,
    }
    let known = tx.person_by_email(&request.email).await?;
    tx.add_log(&LogLine {
        id: new_id(),
        at: now,
        kind: LogKind::Change,
        submission: Some(case.submission.id),
        actor: known.map(|person| person.id),
        act: LogAct::DisclosureGiven.to_string(),
        subject: case.submission.reference.clone(),
        detail: json!({ "address": request.email }),
    })
    .await?;
    tx.commit().await?;
    Ok(Disclosing { given: Some(given), ..found })
}

/// Who asks, as the person who is asked reads it: the author or who writes along, by name; otherwise the office.
pub(super) async fn asks(view: &ReadTx, case: &Case, request: &DisclosureRequest) -> Result<String, Error> {
    let theirs = request.asked_by == case.submission.submitter
        || matches!(case.parties.get(&request.asked_by), Some(Relation::Writer | Relation::FormerOwner));
    let person = if theirs { view.person(request.asked_by).await? } else { None };
    Ok(person.map_or_else(|| case.organisation.name.clone(), |person| person.name))
}

async fn found(view: &ReadTx, context: &Context, text: &str) -> Result<Disclosing, Error> {
    let now = context.clock.now();
    let secret = Opaque::read(text).ok_or(Error::NotFound)?;
    let link = view.disclosure_link(&secret.hash()).await?.ok_or(Error::NotFound)?;
    let request = link.request;
    let given = view.disclosure_for(&request).await?;
    if link.expires_at <= now {
        return Err(Error::Gone(match given {
            Some(_) => "this link has expired; your disclosure was given and stays with the office".to_owned(),
            None => "this link has expired: ask whoever sent it to ask you again".to_owned(),
        }));
    }
    let submission = view.submission(request.submission).await?.ok_or(Error::NotFound)?;
    let case = Case::of(view, context, submission, now).await?;
    if given.is_none() {
        if request.replaced_at.is_some() {
            return Err(Error::Gone(
                "another link took the place of this one: open the latest you were sent".to_owned(),
            ));
        }
        let named = case.definition.disclosing(&case.submission.answers);
        if case.submission.item.closed || !named.iter().any(|named| named.email == request.email) {
            return Err(Error::Gone(
                "nothing is asked of you any more: this is over, or you are not named in it".to_owned(),
            ));
        }
    }
    let by = asks(view, &case, &request).await?;
    Ok(Disclosing { case, request, by, given, until: link.expires_at, way: link.way })
}

/// Relationships and signature, or all that is wrong with what was entered.
fn read(stated: &Stated, lies_ahead: impl Fn(YearMonth) -> bool) -> Result<(Vec<Relationship>, String), Error> {
    let mut faults: Vec<FieldFault> = Vec::new();
    let mut wrong = |field: &str, code: &str, message: &str| {
        faults.push(FieldFault { field: field.to_owned(), code: code.to_owned(), message: message.to_owned() });
    };
    let mut relationships = Vec::new();
    for (row, entered) in stated.relationships.iter().enumerate() {
        let at = |column: &str| format!("relationships/{row}/{column}");
        let company = Line::within(&entered.company, 200).map(String::from);
        match &company {
            Ok(company) if company.is_empty() => wrong(&at("company"), "missing", "enter the company"),
            Ok(_) => {}
            Err(fault) => wrong(&at("company"), fault.code(), &fault.to_string()),
        }
        let nature: Option<Nature> = entered.nature.parse().ok();
        if nature.is_none() {
            wrong(&at("nature"), "option", "choose what it is");
        }
        let from = entered.from.parse::<YearMonth>();
        let until =
            Some(entered.until.trim()).filter(|until| !until.is_empty()).map(str::parse::<YearMonth>).transpose();
        match (&from, &until) {
            (Err(fault), _) => wrong(&at("from"), "month", &fault.to_string()),
            (Ok(from), _) if lies_ahead(*from) => wrong(&at("from"), "too-late", "choose one that has begun"),
            (_, Err(fault)) => wrong(&at("until"), "month", &fault.to_string()),
            (Ok(from), Ok(Some(until))) if until.last() < from.first() => {
                wrong(&at("until"), "too-early", "it ends before it begins");
            }
            (Ok(_), Ok(Some(until))) if lies_ahead(*until) => {
                wrong(&at("until"), "too-late", "leave it empty where it goes on");
            }
            (Ok(_), Ok(_)) => {}
        }
        if let (Ok(company), Some(nature), Ok(from), Ok(until)) = (company, nature, from, until) {
            relationships.push(Relationship { company, nature, from, until });
        }
    }
    match (stated.relationships.len(), stated.rest) {
        (0, Rest::Unsaid) => wrong("none", "missing", "name each relationship, or confirm that there is none"),
        (1.., Rest::None) => {
            wrong("none", "contradiction", "you say that there is none and name some: take one of the two out");
        }
        (many, _) if many > MOST => wrong("relationships", "too-many", &format!("enter at most {MOST}")),
        _ => {}
    }
    if stated.confirmed == Confirmed::No {
        wrong("complete", "must", "this has to be confirmed");
    }
    let signature = Line::within(&stated.signature, 200).map(String::from);
    match &signature {
        Ok(signature) if signature.is_empty() => wrong("signature", "missing", "sign with your full name"),
        Ok(_) => {}
        Err(fault) => wrong("signature", fault.code(), &fault.to_string()),
    }
    match signature {
        Ok(signature) if faults.is_empty() => Ok((relationships, signature)),
        _ => Err(Error::Invalid(faults)),
    }
}
