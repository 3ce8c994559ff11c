//! Where somebody stands: what is on record, what only lies about, and what has to be done first.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    Decider,
    statement::{Kept, Part, Statement},
};
use crate::{
    domain::{Depth, Duty, Email, MailId, Redaction, Standing, SubmissionId},
    model::{Life, LogLine, Person, Stand},
    store::ReadTx,
    usecase::{Context, Error},
};

/// How many references a sentence names.
const NAMED: usize = 10;
/// Why records of credit are kept.
const WHY: &str = "a licensing board may ask who decided and what was credited; the AMA has providers keep records of \
                   credit for at least six years after the activity";

/// What is known of somebody before they are erased.
#[derive(Debug)]
pub(super) struct Plan {
    /// Who.
    pub(super) person: Person,
    /// How they are taken out.
    pub(super) redaction: Redaction,
    /// What has to be done first.
    pub(super) obstacles: Vec<String>,
    /// Every submission in which they stand.
    pub(super) stands: BTreeMap<SubmissionId, Stand>,
    /// When the name goes too, where it stays for a time.
    pub(super) kept_until: Option<Timestamp>,
    /// Letters to them.
    pub(super) letters: Vec<MailId>,
    /// Letters to others that name them.
    pub(super) mentions: Vec<MailId>,
    /// Lines of the log that name them.
    pub(super) lines: Vec<LogLine>,
    /// Groups they are in.
    pub(super) groups: usize,
    /// Where they are named.
    pub(super) named: BTreeSet<SubmissionId>,
    /// Where they took a step.
    pub(super) acted: BTreeSet<SubmissionId>,
    /// Lines of credit.
    pub(super) credit: usize,
    /// Disclosures they gave by a link.
    pub(super) disclosures: usize,
    /// Versions proposed or put into force.
    pub(super) rules: usize,
}

impl Plan {
    /// Looks everywhere, also into every letter and every line of the log.
    pub(super) async fn of(
        context: &Context,
        view: &ReadTx,
        decider: Decider<'_>,
        person: Person,
    ) -> Result<Self, Error> {
        let plan = Self::of_rows(context, view, decider, person).await?;
        let addresses = plan.redaction.addresses().map(Email::as_str);
        let words: Vec<&str> = addresses.chain([plan.person.name.as_str()]).collect();
        let mentions = view.letters_with(plan.person.id, &words).await?;
        let lines = view.log_with(&words).await?;
        Ok(Self { mentions, lines, ..plan })
    }

    /// Looks where an index leads.
    pub(super) async fn of_rows(
        context: &Context,
        view: &ReadTx,
        decider: Decider<'_>,
        person: Person,
    ) -> Result<Self, Error> {
        let id = person.id;
        let now = context.clock.now();
        let begun = view.begun_by(id).await?;
        let mut former = view.addresses_of(std::slice::from_ref(&person)).await?.remove(&id).unwrap_or_default();
        former.remove(&person.email);
        let mut naming = view.naming(&person.email).await?;
        for email in &former {
            naming.extend(view.naming(email).await?);
        }
        let acted = view.acted_in(id).await?;
        let credited = view.credited(id).await?;
        let ruled = view.ruled(id).await?;
        let unsent: BTreeSet<SubmissionId> = begun.iter().filter(|stand| !stand.sent).map(|stand| stand.id).collect();

        // An open submission is a record that is still being written.
        let last = |stand: &Stand| if stand.life == Life::Open { now } else { stand.updated_at };
        let on_record = begun.iter().chain(&naming).filter(|stand| stand.sent).map(last);
        let steps = acted.iter().filter(|(submission, _)| !unsent.contains(submission)).map(|(_, at)| *at);
        let on_record = on_record.chain(steps).chain(credited.iter().map(|(_, at)| *at)).chain(ruled.iter().copied());
        let until = on_record.max().map(|last| context.config.retention.records.until(last));
        let (depth, kept_until) = match until {
            Some(Some(until)) if until > now => (Depth::Restricted, Some(until)),
            Some(None) => (Depth::Restricted, None),
            Some(Some(_)) | None => (Depth::Anonymised, None),
        };
        let obstacles = obstacles(view, decider, &person, &begun).await?;

        let named: BTreeSet<SubmissionId> = naming.iter().map(|stand| stand.id).collect();
        let acted: BTreeSet<SubmissionId> = acted.into_iter().map(|(submission, _)| submission).collect();
        let mut stands: BTreeMap<SubmissionId, Stand> =
            begun.into_iter().chain(naming).map(|stand| (stand.id, stand)).collect();
        let earned = credited.iter().filter_map(|(submission, _)| *submission);
        let elsewhere: BTreeSet<SubmissionId> =
            acted.iter().copied().chain(earned).filter(|id| !stands.contains_key(id)).collect();
        stands.extend(view.standing_in(&elsewhere).await?.into_iter().map(|stand| (stand.id, stand)));
        Ok(Self {
            redaction: Redaction {
                person: id,
                email: person.email.clone(),
                former: former.into_iter().collect(),
                name: person.name.clone(),
                depth,
            },
            obstacles,
            stands,
            kept_until,
            letters: view.letters_to(id).await?,
            mentions: Vec::new(),
            lines: Vec::new(),
            groups: view.groups_of(id).await?.len(),
            named,
            acted,
            credit: credited.len(),
            disclosures: view.disclosures_of(&BTreeSet::from([person.email.clone()])).await?.len(),
            rules: ruled.len(),
            person,
        })
    }

    /// What is said of it.
    pub(super) fn statement(&self, context: &Context, decider: Decider<'_>, reason: &str) -> Statement {
        let at = context.clock.now();
        let backups = context.config.retention.backups;
        Statement {
            person: self.person.id,
            depth: self.redaction.depth,
            at,
            by: decider.person(),
            reason: self.redaction.notice(reason),
            erased: self.erased(),
            kept: self.kept(),
            kept_until: self.kept_until,
            backups_until: backups.and_then(|kept| kept.until(at)),
        }
    }

    /// Whether a submission is emptied: it was never sent, or nobody may ask for it any more.
    pub(super) fn empties(&self, stand: &Stand) -> bool {
        stand.submitter == self.person.id && (!stand.sent || self.redaction.depth == Depth::Anonymised)
    }

    fn own(&self, sent: bool) -> usize {
        self.stands.values().filter(|stand| stand.submitter == self.person.id && stand.sent == sent).count()
    }

    /// Others' submissions among some.
    fn of_others(&self, some: &BTreeSet<SubmissionId>) -> usize {
        let theirs = |id: &&SubmissionId| self.stands.get(*id).is_some_and(|stand| stand.submitter != self.person.id);
        some.iter().filter(theirs).count()
    }

    fn erased(&self) -> Vec<Part> {
        let anonymised = self.redaction.depth == Depth::Anonymised;
        let sent = if anonymised { self.own(true) } else { 0 };
        let parts = [
            ("Name and credentials", usize::from(anonymised)),
            ("E-mail address, institution, password and duties", 1),
            ("Sessions, second factor, one-time links, counted attempts to sign in and kept answers: all of them", 1),
            ("Memberships of groups", self.groups),
            ("Letters to them", self.letters.len()),
            ("Letters to others that named them: the name in them", self.mentions.len()),
            ("Submissions that were never sent: title, answers and files", self.own(false)),
            ("Submissions that were kept long enough: title, answers, files and words", sent),
            ("Submissions of others that named them: the address in them", self.of_others(&self.named)),
            ("Disclosures they gave: the address, and where nothing is kept of them all else", self.disclosures),
            ("Lines of the log about them: name, address, credentials and institution", self.lines.len()),
        ];
        let some = parts.into_iter().filter(|(_, count)| *count > 0);
        some.map(|(what, count)| Part { what: what.to_owned(), count: whole(count) }).collect()
    }

    fn kept(&self) -> Vec<Kept> {
        let restricted = self.redaction.depth == Depth::Restricted;
        let sent = if restricted { self.own(true) } else { 0 };
        let number = "the history is only ever added to; it names them by a number";
        let parts = [
            ("Name and credentials, where they are on record", usize::from(restricted), WHY),
            ("Submissions they sent: answers, files and what was decided", sent, WHY),
            ("Submissions of others in which they took part", self.of_others(&self.acted), number),
            ("Submissions of others in which they are named", self.of_others(&self.named), WHY),
            ("Disclosures they signed: what they stated", if restricted { self.disclosures } else { 0 }, WHY),
            ("Lines of credit", self.credit, "what was credited is never changed; a line has a number and no name"),
            ("Versions of workflows they proposed or put into force", self.rules, number),
        ];
        let some = parts.into_iter().filter(|(_, count, _)| *count > 0);
        let counted =
            some.map(|(what, count, why)| Kept { what: what.to_owned(), count: whole(count), why: why.to_owned() });
        let words = Kept {
            what: "What others wrote in their own words, or uploaded".to_owned(),
            count: 0,
            why: "it is theirs, and prose and pictures are not searched for names; only the address is".to_owned(),
        };
        counted.chain([words]).collect()
    }
}

/// What has to be done first, in sentences.
async fn obstacles(
    view: &ReadTx,
    decider: Decider<'_>,
    person: &Person,
    begun: &[Stand],
) -> Result<Vec<String>, Error> {
    let mut obstacles = Vec::new();
    if decider.person() == Some(person.id) {
        obstacles.push("Nobody erases themselves: another administrator has to.".to_owned());
    }
    let administers = person.standing == Standing::Active && person.duties.contains(&Duty::Administrator);
    if administers && view.administrators_beside(person.id).await? == 0 {
        obstacles.push("They are the last administrator: trust somebody else with it first.".to_owned());
    }
    let open: Vec<&str> = begun
        .iter()
        .filter(|stand| stand.sent && stand.life == Life::Open && stand.pending)
        .map(|stand| stand.reference.as_str())
        .collect();
    if !open.is_empty() {
        obstacles.push(format!("Somebody has to act on what they sent: {}. Withdraw or decide it first.", list(&open)));
    }
    let waiting = view.waiting_for(person.id).await?;
    let waiting: Vec<&str> = waiting.iter().map(|stand| stand.reference.as_str()).collect();
    if !waiting.is_empty() {
        let waiting = list(&waiting);
        obstacles.push(format!("Work of others waits for them: {waiting}. Give their places to somebody else first."));
    }
    Ok(obstacles)
}

fn list(references: &[&str]) -> String {
    let named: Vec<&str> = references.iter().take(NAMED).copied().collect();
    match references.len().saturating_sub(named.len()) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
