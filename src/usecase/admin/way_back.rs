//! A way back in for who owns the store, where no administrator can sign in any more.

use serde_json::json;

use crate::{
    clock::new_id,
    domain::{Duty, Email, Standing},
    model::{LinkPurpose, LogAct, LogKind, LogLine, Person},
    token::Opaque,
    usecase::{Context, Error, account::issue_link},
};

/// Makes somebody who is known an administrator who may sign in, and issues a link to choose a password. What they may do beside
/// stays as it is.
pub async fn way_back(context: &Context, email: &Email) -> Result<(Person, Opaque), Error> {
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
    let secret = issue_link(context, &tx, &person, LinkPurpose::SetUp).await?;
    tx.add_log(&LogLine {
        id: new_id(),
        at: now,
        kind: LogKind::Change,
        submission: None,
        actor: None,
        act: LogAct::AdministratorLetIn.to_string(),
        subject: person.email.to_string(),
        detail: json!({ "before": before }),
    })
    .await?;
    tx.commit().await?;
    Ok((person, secret))
}
