//! What lines of the log say, in words.

use serde_json::Value;

use crate::model::LogAct;

/// What was done, as it follows who did it.
pub(crate) fn act(act: LogAct) -> &'static str {
    match act {
        LogAct::AbsenceEnded => "ended an absence",
        LogAct::AbsenceEntered => "entered an absence",
        LogAct::AddressAsked => "asked for another address as",
        LogAct::AddressChanged => "changed the address of",
        LogAct::AdministratorLetIn => "made somebody administrator from the command line",
        LogAct::ClockTrusted => "said that the clock is right",
        LogAct::CodeRefused => "a code was wrong at",
        LogAct::DeadlineDismissed => "let go of a deadline that was given up",
        LogAct::DeadlineRetried => "had a deadline tried again",
        LogAct::DisclosureAsked => "asked somebody for their disclosure in",
        LogAct::DisclosureGiven => "gave a disclosure, by a link, in",
        LogAct::EverythingRetried => "had everything tried again that was given up",
        LogAct::FileOpened => "opened a file",
        LogAct::GroupJoined => "put somebody into a group",
        LogAct::GroupLeft => "took somebody out of a group",
        LogAct::GroupRemoved => "removed a group",
        LogAct::GroupRenamed => "renamed a group",
        LogAct::GroupWhileAway => "changed what a group's places do while somebody is away",
        LogAct::HandedOver => "handed a submission over",
        LogAct::JobDismissed => "let go of work that was given up",
        LogAct::JobRetried => "had work tried again that was given up",
        LogAct::LettersDismissed => "let go of letters that were kept",
        LogAct::LettersOffered => "had letters sent that were kept",
        LogAct::LinkAccepted => "came in by a link",
        LogAct::LinkMade => "made a new link",
        LogAct::LogSwept => "old lines of the log were swept away",
        LogAct::MailTried => "tried the mail server",
        LogAct::MigrationProposed => "proposed a migration",
        LogAct::MigrationRun => "ran a migration",
        LogAct::OrganisationChanged => "changed the organisation",
        LogAct::OrganisationFounded => "the organisation was set up",
        LogAct::PasswordChanged => "chose another password as",
        LogAct::PersonChanged => "changed somebody's account",
        LogAct::PersonErased => "erased a person",
        LogAct::PersonInvited => "invited somebody",
        LogAct::RecoveryCodeUsed => "used a recovery code as",
        LogAct::RecoveryCodesMade => "made new recovery codes as",
        LogAct::Redacted => "redacted something",
        LogAct::Refused => "was turned away from",
        LogAct::SecondFactorTakenAway => "took a second factor away from",
        LogAct::SecondFactorTurnedOff => "turned the second factor off as",
        LogAct::SecondFactorTurnedOn => "turned a second factor on as",
        LogAct::SessionsEnded => "signed out elsewhere as",
        LogAct::SetupHidden => "hid or showed what is left to set up",
        LogAct::SignInRefused => "somebody could not sign in as",
        LogAct::SignedIn => "signed in",
        LogAct::SignedOut => "signed out",
        LogAct::TokenIssued => "got an access token",
        LogAct::WorkflowActivated => "put a workflow into force",
        LogAct::WorkflowProposed => "proposed a workflow",
    }
}

/// What is told of a line beside that: what changed, as `name: before → after`, or what there is.
pub(crate) fn facts(detail: &Value) -> Vec<String> {
    let Some(facts) = detail.as_object() else { return Vec::new() };
    match (facts.get("before").and_then(Value::as_object), facts.get("after").and_then(Value::as_object)) {
        (Some(before), Some(after)) => {
            let changed = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
            changed
                .map(|(name, value)| {
                    let was = before.get(name).map_or_else(|| "nothing".to_owned(), plain);
                    format!("{}: {was} → {}", spaced(name), plain(value))
                })
                .collect()
        }
        _ => facts.iter().map(|(name, value)| format!("{}: {}", spaced(name), plain(value))).collect(),
    }
}

fn spaced(name: &str) -> String {
    name.replace(['_', '-'], " ")
}

/// A value without the signs of JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) if text.is_empty() => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => "nothing".to_owned(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(values) => values
            .iter()
            .map(|(name, value)| format!("{} {}", spaced(name), plain(value)))
            .collect::<Vec<_>>()
            .join(", "),
        number @ Value::Number(_) => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_changed_is_told_of_a_change() {
        let detail = json!({
            "before": { "name": "Ana Ruiz", "duties": [], "credentials": "MD" },
            "after": { "name": "Ana Ruiz", "duties": ["coordinator", "auditor"], "credentials": "" },
        });
        assert_eq!(facts(&detail), ["credentials: MD → nothing", "duties: nothing → coordinator, auditor"]);
        assert_eq!(facts(&json!({ "first_day": "2026-11-02", "ok": true })), ["first day: 2026-11-02", "ok: yes"]);
        assert_eq!(facts(&json!(null)), Vec::<String>::new());
    }
}
