//! Inviting somebody.

use super::{Letters, chosen, person::described};
use crate::{
    present::{
        form::{
            Entered, Form,
            field::{Control, Field, Input},
        },
        part::Link,
        words,
    },
    usecase::{account::INVITATION, admin::Membership},
};

pub(crate) fn of(groups: &[Membership], letters: Letters, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let email = Control::Text { value: typed.text("email"), input: Input::Email, autocomplete: "off" };
    let email = Field { fault: faults.on("email"), ..Field::new("email", "E-mail address", email) };
    let options = groups.iter().map(|found| (found.group.slug.as_str(), found.group.title.as_str()));
    let options = Control::Choices { options: chosen(typed, "groups", options) };
    let joins = Field { fault: faults.on("groups"), ..Field::new("groups", "Groups to join", options).optional() };
    let fields = std::iter::once(email).chain(described(typed, faults)).chain([joins]).collect();
    Form {
        heading: "Invite somebody".to_owned(),
        lead: Some(match letters {
            Letters::Sent => format!("A letter with a link goes out; it works once, for {}.", words::days(INVITATION)),
            Letters::Kept => {
                "No letters are sent from here: on the person's page you get a link to hand over.".to_owned()
            }
        }),
        ..Form::plain(
            fields,
            faults,
            "/people/invite".to_owned(),
            "Send the invitation",
            Link::new("People", "/people"),
        )
    }
}
