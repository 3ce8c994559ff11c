//! What just happened, carried over one redirect: a cookie holds names, the page that follows has the words.

use super::{admin::Letters, submission::review, words};
use crate::{access::Relation, workflow::Definition};

/// What just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Answers were saved.
    Saved,
    /// Answers were saved, and what is no answer yet was kept as it was typed.
    KeptAsTyped,
    /// A draft was begun with the answers of what came to nothing.
    BegunAgain,
    /// An empty draft was thrown away.
    Discarded,
    /// A form that was not sent was dropped.
    Dropped,
    /// What was typed was put by, to go on with later.
    PutBy,
    /// It was sent; the status page then says what happens next.
    Sent,
    /// A step was taken.
    Stepped,
    /// A verdict was given.
    Judged,
    /// A place was taken, or no conflict declared.
    Opened,
    /// A place was given back.
    Released,
    /// A conflict was recorded.
    Recused,
    /// A reviewer was assigned.
    Assigned,
    /// A reminder was sent.
    Reminded,
    /// A change request was answered.
    Answered,
    /// A file was taken away.
    Removed,
    /// Somebody was erased.
    Erased,
    /// Somebody was invited.
    Invited,
    /// Time was moved on.
    MovedOn,
    /// A version was proposed.
    Proposed,
    /// A version was put into force.
    Activated,
    /// Submissions were taken over.
    Migrated,
    /// Another password is set.
    PasswordSet,
    /// Another address was asked for.
    AddressAsked,
    /// One of two addresses has confirmed it.
    AddressHalf,
    /// The address is another one.
    AddressChanged,
    /// One's own second factor is off.
    SecondFactorOff,
    /// Somebody's second factor was taken away.
    SecondFactorTaken,
    /// Signed out.
    SignedOut,
    /// Signed out in another browser.
    SignedOutElsewhere,
    /// Somebody forgot a password, and said which address is theirs.
    LinkAsked,
    /// Somebody gets a letter with a link.
    LinkSent,
    /// A letter was only tried; the page says what the server answered.
    MailTried,
    /// Something that was given up is tried again.
    TriedAgain,
    /// Something that was given up need not be done.
    LetGo,
    /// Several people were invited; how many.
    InvitedSeveral,
    /// Somebody joined a group.
    Joined,
    /// Somebody left a group.
    Left,
}

/// Name in the cookie and words on the page.
const DONE: &[(Done, &str, &str)] = &[
    (Done::Saved, "saved", "Saved."),
    (
        Done::KeptAsTyped,
        "kept-as-typed",
        "Saved, everything as you typed it. Some of it is no answer yet: the last look before sending lists what.",
    ),
    (
        Done::BegunAgain,
        "begun-again",
        "A new draft, with the answers that still fit. Files and confirmations are given anew.",
    ),
    (Done::Discarded, "discarded", "The empty draft is deleted."),
    (Done::Dropped, "dropped", "It is thrown away."),
    (Done::PutBy, "put-by", "Kept as you typed it, for you alone. Nothing was sent; go on when you like."),
    (Done::Sent, "sent", "Sent."),
    (Done::Stepped, "stepped", "Done. Everybody concerned gets a letter."),
    (Done::Judged, "judged", "Your verdict is recorded."),
    (Done::Opened, "opened", "It is open to you now."),
    (Done::Released, "released", "The place was given back."),
    (Done::Recused, "recused", "The conflict of interest is recorded. Access ended at once."),
    (Done::Assigned, "assigned", "Assigned. A letter is on its way."),
    (Done::Reminded, "reminded", "A reminder is on its way."),
    (Done::Answered, "answered", "Your answer to the request is recorded."),
    (Done::Removed, "removed", "The file was taken away."),
    (Done::Erased, "erased", "Erased. Below is what went, what stays and why."),
    (Done::Invited, "invited", "The invitation is on its way."),
    (Done::MovedOn, "moved-on", "Time has moved on."),
    (Done::Proposed, "proposed", "Proposed. Another administrator has to put it into force."),
    (Done::Activated, "activated", "It is in force. New submissions follow it."),
    (Done::Migrated, "migrated", "The submissions were taken over."),
    (Done::PasswordSet, "password-set", "Your new password is set. Everywhere else you sign in again."),
    (
        Done::AddressAsked,
        "address-asked",
        "Two letters are on their way: to the address of now and to the new one. Open the links in both.",
    ),
    (Done::AddressHalf, "address-half", "Confirmed. Open the link in the letter to the other address too."),
    (Done::AddressChanged, "address-changed", "The address is changed. Sign in with the new one from now on."),
    (Done::SecondFactorOff, "second-factor-off", "The second factor is off. Your password alone lets in."),
    (Done::SecondFactorTaken, "second-factor-taken", "It is taken away. They get a letter."),
    (Done::SignedOut, "signed-out", "You are signed out."),
    (Done::SignedOutElsewhere, "signed-out-elsewhere", "You are signed out there."),
    (
        Done::LinkAsked,
        "link-asked",
        "If there is an account with this address, a letter with a link is on its way. It works once, for an hour.",
    ),
    (Done::LinkSent, "link-sent", "A letter with a link is on its way."),
    (Done::MailTried, "mail-tried", "The mail server was tried; its answer is below."),
    (Done::TriedAgain, "tried-again", "It is tried again."),
    (Done::LetGo, "let-go", "It is let go. The log keeps why."),
    (Done::InvitedSeveral, "invited-several", "They are invited."),
    (Done::Joined, "joined", "They are a member now."),
    (Done::Left, "left", "They are no member any more."),
];

/// What is said of letters that are promised, where none are sent.
const NO_LETTERS: &str = " No letters are sent from here: tell them yourself.";
/// What is to be done then.
const TELL: &str = " Tell them yourself.";

impl Done {
    /// As the cookie carries it.
    pub(crate) fn name(self) -> &'static str {
        DONE.iter().find(|(done, ..)| *done == self).map_or("", |(_, name, _)| name)
    }

    /// From the cookie; nothing where it is none of ours.
    pub(crate) fn named(name: &str) -> Option<Self> {
        DONE.iter().find(|(_, known, _)| *known == name).map(|(done, ..)| *done)
    }

    fn text(self) -> &'static str {
        DONE.iter().find(|(done, ..)| *done == self).map_or("", |(.., text)| text)
    }
}

/// What just happened to which submission, in names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deed {
    /// What.
    pub(crate) done: Done,
    /// The submission's reference, where the page that follows is about something else.
    pub(crate) about: Option<String>,
    /// The transition that was taken, the review in which it was done, the state, the question, the verdict, or how many
    /// there were.
    what: Option<String>,
    /// The version of the workflow in which that has its name.
    version: Option<String>,
}

impl From<Done> for Deed {
    fn from(done: Done) -> Self {
        Self { done, about: None, what: None, version: None }
    }
}

impl Deed {
    /// The same, of what, as this version of the workflow names it.
    pub(crate) fn of(done: Done, what: &str, version: &str) -> Self {
        Self { what: Some(what.to_owned()), version: Some(version.to_owned()), ..Self::from(done) }
    }

    /// The same, of so many or of a verdict.
    pub(crate) fn with(done: Done, what: impl Into<String>) -> Self {
        Self { what: Some(what.into()), ..Self::from(done) }
    }

    /// The same, told where the page is not about the submission.
    pub(crate) fn about(self, reference: &str) -> Self {
        Self { about: Some(reference.to_owned()), ..self }
    }

    /// As the cookie carries it.
    pub(crate) fn cookie(&self) -> String {
        let parts = [&self.about, &self.what, &self.version].map(|part| part.as_deref().unwrap_or_default());
        [self.done.name()].into_iter().chain(parts).collect::<Vec<_>>().join(".").trim_end_matches('.').to_owned()
    }

    /// From the cookie; nothing where it is none of ours.
    pub(crate) fn read(cookie: &str) -> Option<Self> {
        let mut parts = cookie.split('.');
        let done = Done::named(parts.next()?)?;
        let mut part = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
        Some(Self { done, about: part(), what: part(), version: part() })
    }

    /// The version of the workflow that has the words for it.
    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// What happened, in words: in those of the definition, where it has some for what was taken. No letter is promised
    /// where none are sent.
    pub(crate) fn text(&self, definition: Option<&Definition>, letters: Letters) -> String {
        let text = self.particular(definition).unwrap_or_else(|| self.done.text().to_owned());
        let text = if letters == Letters::Sent { text } else { self.without_letters(&text) };
        self.about.as_ref().map_or_else(|| text.clone(), |about| format!("{about}: {text}"))
    }

    /// The same without a word of letters, and with what is to be done instead.
    fn without_letters(&self, text: &str) -> String {
        let said = match self.done {
            Done::Reminded => return format!("Nobody was reminded: no letters are sent from here.{TELL}"),
            Done::Stepped => text.strip_suffix(" Everybody concerned gets a letter."),
            Done::Assigned => text.strip_suffix(" A letter is on its way."),
            Done::SecondFactorTaken => text.strip_suffix(" They get a letter."),
            _ => None,
        };
        said.map_or_else(|| text.to_owned(), |said| format!("{said}{NO_LETTERS}"))
    }

    fn particular(&self, definition: Option<&Definition>) -> Option<String> {
        let what = self.what.as_deref()?;
        let step = || definition?.transitions.get(what);
        let review = || Some(definition?.track(what)?.title(what));
        Some(match self.done {
            Done::Stepped | Done::Sent => {
                let to = words::state::called(definition?, &step()?.to, Relation::Stranger);
                let letters = if self.done == Done::Stepped { " Everybody concerned gets a letter." } else { "" };
                format!("“{}” is done: it went to “{to}”.{letters}", step()?.label)
            }
            Done::Judged => format!("Your verdict “{}” is recorded.", review::verdict_named(what)?.in_words()),
            Done::Opened => format!("“{}” is open to you now.", review()?),
            Done::Released => format!("The place in “{}” was given back.", review()?),
            Done::Recused => {
                format!("The conflict of interest is recorded. Access to “{}” ended at once.", review()?)
            }
            Done::Reminded => {
                let state = words::state::called(definition?, what, Relation::Stranger);
                format!("A reminder of “{state}” is on its way.")
            }
            Done::Answered => {
                let question = &definition?.question(what)?.label;
                format!("Your answer to what was asked about “{question}” is recorded.")
            }
            Done::Assigned => format!("“{}” was assigned. A letter is on its way.", review()?),
            Done::InvitedSeveral => match what.parse().ok()? {
                1 => "1 person is invited.".to_owned(),
                many => format!("{many} people are invited."),
            },
            Done::Migrated => match what.parse().ok()? {
                1 => "1 submission was taken over.".to_owned(),
                many => format!("{} were taken over.", words::many(many, "submission")),
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::{check::tests::credits, load};

    #[test]
    fn what_just_happened_survives_its_cookie_and_nothing_else_does() {
        for &(done, name, _) in DONE {
            assert_eq!((done.name(), Done::named(name)), (name, Some(done)));
            for deed in [
                Deed::from(done),
                Deed::from(done).about("CA-2026-0031"),
                Deed::of(done, "to-review", "3f2a"),
                Deed::of(done, "to-review", "3f2a").about("CA-2026-0031"),
                Deed::with(done, "2"),
            ] {
                assert_eq!(Deed::read(&deed.cookie()), Some(deed));
            }
        }
        assert_eq!((Done::named("<script>"), Deed::read("<script>.x")), (None, None));
    }

    #[test]
    fn without_its_definition_it_is_told_in_general() {
        let told = |deed: &Deed| deed.text(None, Letters::Sent);
        assert_eq!(told(&Deed::of(Done::Released, "x", "y").about("CA-1")), "CA-1: The place was given back.");
        assert_eq!(told(&Deed::with(Done::Judged, "<b>")), "Your verdict is recorded.");
        assert_eq!(told(&Deed::with(Done::Migrated, "2")), "2 submissions were taken over.");
        assert_eq!(told(&Deed::of(Done::Answered, "hours", "y")), "Your answer to the request is recorded.");
    }

    #[test]
    fn with_its_definition_it_is_told_in_the_words_of_that() {
        let source = include_str!("../../workflows/self-study.yaml");
        let (definition, _) = load(source, &credits()).expect("a sound workflow");
        let told = |done, what| Deed::of(done, what, "y").text(Some(&definition), Letters::Sent);
        let asked = "Your answer to what was asked about “Hours claimed” is recorded.";
        assert_eq!(told(Done::Answered, "hours"), asked);
        let gone = "The conflict of interest is recorded. Access to “Assessment” ended at once.";
        assert_eq!(told(Done::Recused, "assess"), gone);
        assert_eq!(told(Done::Recused, "gone"), "The conflict of interest is recorded. Access ended at once.");
        assert_eq!(told(Done::Reminded, "assessment"), "A reminder of “Being assessed” is on its way.");
    }

    #[test]
    fn no_letter_is_promised_where_none_are_sent() {
        for &(done, ..) in DONE {
            let text = Deed::from(done).text(None, Letters::Kept);
            let promised = ["on its way", "gets a letter"].iter().any(|promise| text.contains(promise));
            // Nobody comes to these where no letters are sent.
            let elsewhere = matches!(done, Done::Invited | Done::LinkSent | Done::LinkAsked);
            assert_eq!(promised, elsewhere, "{done:?}: {text}");
        }
    }
}
