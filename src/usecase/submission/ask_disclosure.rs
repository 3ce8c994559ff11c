//! Asking those who are named for their disclosures: each gets a link, and needs no account.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::json;

use super::act::seen;
use crate::{
    clock::new_id,
    domain::{DisclosureState, Effect, Email, Named, PersonId, Standing},
    model::{DisclosureRequest, LinkWay, LogAct, Mail, Organisation, Person, Receipt},
    store::Tx,
    token::Opaque,
    usecase::{Call, Case, Context, Deed, Error, Target, enqueue},
};

/// Where a letter as it is kept has its link: whoever reads the database or a backup finds none that does anything.
pub const DISCLOSE_TO_COME: &str = "/disclose/made-when-sent";

/// How long somebody is left in peace who got a letter.
const PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// How long a link stands.
const LINK: SignedDuration = SignedDuration::from_hours(24 * 60);

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One of those who are named, by address, also again.
    One(String),
    /// Everybody who is named, was not asked yet, and gave none that is good.
    Everybody,
}

/// Somebody who was asked.
#[derive(Debug)]
pub struct AskedFor {
    /// As they are named.
    pub name: String,
    /// Their address.
    pub email: Email,
    /// The link, shown this once, where no letters are sent.
    pub link: Option<Opaque>,
}

/// Asks for disclosures: by letter or, where none are sent, with links to be handed on.
pub async fn ask_disclosures(call: &Call, target: &Target, whom: &Whom) -> Result<Vec<AskedFor>, Error> {
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    case.allow_asking(&call.caller)?;
    case.expect(target.version)?;
    let mut asked = Vec::new();
    let author = deed.person(case.submission.submitter).await?.map(|person| person.email);
    for named in chosen(&case, whom, author.as_ref())? {
        leave_in_peace(call, &case, &named)?;
        asked.push(ask(&deed, call, &case, &named).await?);
    }
    deed.commit(Receipt::Done).await?;
    Ok(asked)
}

/// Those who are to be asked.
fn chosen(case: &Case, whom: &Whom, author: Option<&Email>) -> Result<Vec<Named>, Error> {
    let named = case.definition.disclosing(&case.submission.answers);
    let found: Vec<Named> = match whom {
        Whom::One(email) => {
            let email = email.trim().to_lowercase();
            named.into_iter().filter(|named| named.email.as_str() == email).take(1).cloned().collect()
        }
        Whom::Everybody => {
            let new = |email: &Email| {
                let state = case.disclosures.get(email).map(|disclosed| disclosed.state);
                matches!(state, None | Some(DisclosureState::NotAsked | DisclosureState::Stale))
            };
            // What the author wrote of themselves is theirs.
            let own = |named: &Named| Some(&named.email) == author && named.disclosure.is_some();
            named.into_iter().filter(|named| new(&named.email) && !own(named)).cloned().collect()
        }
    };
    let gone = found.iter().any(|named| named.email.is_erased());
    match (found.is_empty(), gone, whom) {
        (true, _, Whom::One(_)) => Err(Error::field("email", "unknown", "choose somebody who is named in it")),
        (true, _, Whom::Everybody) => Err(Error::Conflict("everybody who is named was asked already".to_owned())),
        (false, true, Whom::One(_)) => {
            Err(Error::field("email", "erased", "nobody can be reached there; enter the address they have now"))
        }
        (false, ..) => Ok(found.into_iter().filter(|named| !named.email.is_erased()).collect()),
    }
}

/// Nobody gets one letter after the other.
fn leave_in_peace(call: &Call, case: &Case, named: &Named) -> Result<(), Error> {
    let asked = case.disclosures.get(&named.email).and_then(|one| one.asked.as_ref());
    let just_now = asked.is_some_and(|asked| call.now.duration_since(asked.asked_at) < PAUSE);
    if just_now && call.context.sends_letters() {
        return Err(Error::field("email", "too-soon", "they were sent a letter less than an hour ago: give them time"));
    }
    Ok(())
}

async fn ask(deed: &Deed<'_>, call: &Call, case: &Case, named: &Named) -> Result<AskedFor, Error> {
    let somebody = Person {
        id: PersonId(new_id()),
        email: named.email.clone(),
        name: named.name.clone(),
        credentials: String::new(),
        affiliation: String::new(),
        standing: Standing::Named,
        duties: BTreeSet::new(),
        created_at: call.now,
    };
    deed.named_person(&somebody).await?;
    let request = DisclosureRequest {
        id: new_id(),
        submission: case.submission.id,
        email: named.email.clone(),
        name: named.name.clone(),
        asked_by: call.caller.person,
        asked_at: call.now,
        replaced_at: None,
    };
    deed.add_disclosure_request(&request).await?;
    let link = if call.context.sends_letters() {
        enqueue(deed, &Effect::AskDisclosure { request: request.id }, call.now).await?;
        None
    } else {
        Some(made(deed, &call.context, &request, LinkWay::HandedOn).await?)
    };
    deed.note_of(&case.submission, LogAct::DisclosureAsked, json!({ "address": named.email })).await?;
    Ok(AskedFor { name: named.name.clone(), email: named.email.clone(), link })
}

async fn made(tx: &Tx, context: &Context, request: &DisclosureRequest, way: LinkWay) -> Result<Opaque, Error> {
    let secret = Opaque::random();
    tx.add_disclosure_link(secret.hash(), request.id, way, context.clock.now() + LINK).await?;
    Ok(secret)
}

/// Somebody who is asked by letter.
#[derive(Clone, Debug)]
pub struct AskedByLetter {
    /// The request.
    pub request: DisclosureRequest,
    /// Who is asked.
    pub person: Person,
    /// Who asks, by name: the author or a co-author, otherwise the office.
    pub by: String,
    /// Where they are named.
    pub case: Case,
    /// Until when the link stands.
    pub until: jiff::Timestamp,
    /// Whose office it is.
    pub organisation: Organisation,
}

/// Somebody who is to be written to; nobody where they were asked again or erased since.
pub async fn asked_by_letter(context: &Context, request: uuid::Uuid) -> Result<Option<AskedByLetter>, Error> {
    let now = context.clock.now();
    let view = context.store.view().await?;
    let request = view.disclosure_request(request).await?.filter(|request| request.replaced_at.is_none());
    let Some(request) = request else { return Ok(None) };
    let person = view.person_by_email(&request.email).await?.filter(|person| person.standing != Standing::Erased);
    let submission = view.submission(request.submission).await?;
    let (Some(person), Some(submission)) = (person, submission) else { return Ok(None) };
    let case = Case::of(&view, context, submission, now).await?;
    let by = super::disclose::asks(&view, &case, &request).await?;
    let organisation = case.organisation.clone();
    Ok(Some(AskedByLetter { request, person, by, case, until: now + LINK, organisation }))
}

/// A letter as it is sent: with a fresh link where the kept one has a place for it. Earlier links of the same request stand: a
/// letter that is sent again may have arrived before.
pub async fn with_disclosure(context: &Context, letter: Mail) -> Result<Mail, Error> {
    let Some(submission) = letter.about.filter(|_| letter.text.contains(DISCLOSE_TO_COME)) else { return Ok(letter) };
    let tx = context.store.begin().await?;
    let asked = tx.disclosure_requests(submission).await?;
    let path = match asked.iter().rfind(|asked| asked.email == letter.to) {
        Some(asked) => {
            let secret = made(&tx, context, asked, LinkWay::Letter).await?;
            tx.commit().await?;
            format!("/disclose/{}", secret.text())
        }
        None => "/".to_owned(),
    };
    let [text, html] = [&letter.text, &letter.html].map(|body| body.replace(DISCLOSE_TO_COME, &path));
    Ok(Mail { text, html, ..letter })
}
