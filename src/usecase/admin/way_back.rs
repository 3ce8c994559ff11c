//! A way back in for who owns the store, where no administrator can sign in any more.

use serde_json::json;

use crate::{
    clock::new_id,
    domain::{Duty, Effect, Email, Standing},
    model::{LinkPurpose, LogAct, LogKind, LogLine, Person},
    token::Opaque,
    usecase::{Context, Error, account::issue_link, enqueue},
};

/// Somebody who was let in again.
#[derive(Debug)]
pub struct LetIn {
    pub person: Person,
    /// The link to choose a password.
    pub secret: Opaque,
    /// Whether they had a second factor, which was taken away: who owns the store may have lost that too.
    pub had_second_factor: bool,
}

/// Makes somebody who is known an administrator who may sign in, and issues a link to choose a password. Their second factor
/// goes; what they may do beside stays as it is.
pub async fn way_back(context: &Context, email: &Email) -> Result<LetIn, Error> {
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let Some(mut person) = tx.person_by_email(email).await?.filter(|person| person.standing != Standing::Erased) else {
        let known: Vec<String> = tx.administrators().await?.iter().map(|person| person.email.to_string()).collect();
        return Err(Error::Conflict(format!(
            "nobody has the address {email}; administrators are {}",
            if known.is_empty() { "nobody".to_owned() } else { known.join(", ") }
        )));
    };
    let before = json!({ "standing": person.standing, "duties": person.duties });
    person.duties.insert(Duty::Administrator);
    if person.standing != Standing::Active {
        person.standing = Standing::Invited;
    }
    tx.save_person(&person).await?;
    let had_second_factor = tx.end_second_factor(person.id).await?;
    if had_second_factor {
        enqueue(&tx, &Effect::SecondFactorTakenAway { person: person.id }, now).await?;
    }
    let secret = issue_link(context, &tx, &person, LinkPurpose::SetUp).await?;
    tx.add_log(&LogLine {
        id: new_id(),
        at: now,
        kind: LogKind::Change,
        submission: None,
        actor: None,
        act: LogAct::AdministratorLetIn.to_string(),
        subject: person.email.to_string(),
        detail: json!({ "before": before, "second_factor_taken_away": had_second_factor }),
    })
    .await?;
    tx.commit().await?;
    Ok(LetIn { person, secret, had_second_factor })
}
