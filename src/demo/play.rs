//! Playing stories: every deed through the use case that a click would call, on the day it happened.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use anyhow::Context as _;
use bytes::Bytes;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde_json::Value;

use super::{evidence::Evidence, people, unplayed};
use crate::{
    app::App,
    domain::PersonId,
    jobs::Worker,
    usecase::{
        Call, Target, account,
        document::{Upload, upload},
        submission::{Changes, act, answer, begin, read},
    },
    workflow::{
        About, ChangeAsked, Command, Resolution,
        definition::{Question, Verdict},
    },
};

/// A submission's life: its workflow, its author, and what happened on which day before today.
#[derive(Clone, Debug)]
pub(super) struct Story {
    /// The workflow.
    pub(super) workflow: &'static str,
    /// Its author's key.
    pub(super) author: &'static str,
    /// Days before today and the deed, in order.
    pub(super) deeds: Vec<(i64, Deed)>,
}

/// Something somebody did.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// The author answered; a text `@-20` stands for the date 20 days before today.
    Answer(Value),
    /// The author uploaded a file for a question.
    Attach(&'static str, &'static str, Evidence),
    /// Somebody took a step.
    Fire { who: &'static str, step: &'static str, note: Option<&'static str>, asked: Value, requests: Asked },
    /// Somebody took a seat.
    Claim(&'static str, &'static str),
    /// The coordinator gave a seat of a track to somebody.
    Assign(&'static str, &'static str),
    /// Somebody declared no conflict for a seat.
    Declare(&'static str, &'static str),
    /// Somebody judged.
    Judge {
        who: &'static str,
        track: &'static str,
        verdict: Verdict,
        rubric: Value,
        note: &'static str,
        requests: Asked,
    },
    /// Somebody found a conflict of interest.
    Recuse(&'static str, &'static str),
    /// The author answered a change request.
    Resolve(u32, &'static str),
}

/// Changes asked: the question and the change.
pub(super) type Asked = &'static [(&'static str, &'static str)];

/// Who coordinates in the demo.
const COORDINATOR: &str = "ruth";

/// Microseconds from one deed of a day to the next: eleven minutes.
const PAUSE: i64 = 11 * 60 * 1_000_000;

struct Stage<'a> {
    app: &'a App,
    worker: Worker,
    ahead: &'a Arc<AtomicI64>,
    people: &'a BTreeMap<&'static str, PersonId>,
    today: Date,
    zone: TimeZone,
}

/// Plays all stories at once, in the order of time, and lets deadlines and letters happen in between.
pub(super) async fn perform(
    app: &App,
    ahead: &Arc<AtomicI64>,
    people: &BTreeMap<&'static str, PersonId>,
    stories: Vec<Story>,
) -> anyhow::Result<()> {
    let zone = TimeZone::get(people::OFFICE.2)?;
    let today = app.context.clock.now().to_zoned(zone.clone()).date();
    let stage = Stage { app, worker: app.worker("http://demo.example"), ahead, people, today, zone };
    let mut scenes: Vec<(i64, usize, Option<&Deed>)> = Vec::new();
    for (index, story) in stories.iter().enumerate() {
        let first = story.deeds.iter().map(|(days, _)| *days).max().unwrap_or(0);
        scenes.push((first, index, None));
        scenes.extend(story.deeds.iter().map(|(days, deed)| (*days, index, Some(deed))));
    }
    scenes.sort_by_key(|(days, _, _)| -days);
    let mut references: BTreeMap<usize, Target> = BTreeMap::new();
    let mut day = scenes.first().map_or(0, |(days, _, _)| *days + 1);
    for (days, index, deed) in scenes {
        while day > days {
            day -= 1;
            stage.pass(day).await?;
        }
        if days > 0 {
            stage.wait();
        }
        let Some(story) = stories.get(index) else { continue };
        if let (Some(deed), Some(target)) = (deed, references.get(&index)) {
            let played = stage.play(story.author, target, deed).await;
            played.with_context(|| format!("{}, {days} days ago: {deed:?}", story.workflow))?;
        } else {
            let author = stage.call(story.author).await?;
            let begun = begin(&author, story.workflow).await.map_err(unplayed)?;
            references.insert(index, Target::current(&begun.reference));
        }
    }
    while day > 0 {
        day -= 1;
        stage.pass(day).await?;
    }
    stage.pass(0).await
}

impl Stage<'_> {
    /// Moves to the morning of a day, on the last one to now, and lets happen what is due.
    async fn pass(&self, days: i64) -> anyhow::Result<()> {
        let ahead = if days == 0 { 0 } else { self.until(days)? };
        self.ahead.store(ahead, Ordering::Release);
        while self.worker.round().await? > 0 {}
        Ok(())
    }

    /// Microseconds from the real time to nine o'clock of a day.
    fn until(&self, days: i64) -> anyhow::Result<i64> {
        let real = self.app.context.clock.now().as_microsecond() - self.ahead.load(Ordering::Acquire);
        let morning = self.today.checked_sub(days.days())?.at(9, 0, 0, 0).to_zoned(self.zone.clone())?;
        Ok(morning.timestamp().as_microsecond() - real)
    }

    /// A while passes between two deeds of a day.
    fn wait(&self) {
        self.ahead.fetch_add(PAUSE, Ordering::AcqRel);
    }

    async fn call(&self, key: &str) -> anyhow::Result<Call> {
        let person = self.people.get(key).with_context(|| format!("nobody is called {key}"))?;
        let signed = account::by_id(&self.app.context, *person).await.map_err(unplayed)?;
        Ok(Call::new(self.app.context.clone(), signed.caller))
    }

    async fn play(&self, author: &str, target: &Target, deed: &Deed) -> anyhow::Result<()> {
        match deed {
            Deed::Answer(answers) => self.answer(author, target, answers).await,
            Deed::Attach(question, name, evidence) => self.attach(author, target, (question, name), *evidence).await,
            _ => {
                let (who, command) = self.command(author, target, deed).await?;
                let call = self.call(who).await?;
                act(&call, target, &command).await.map_err(unplayed)?;
                Ok(())
            }
        }
    }

    async fn answer(&self, author: &str, target: &Target, answers: &Value) -> anyhow::Result<()> {
        let call = self.call(author).await?;
        let mut changes: Changes = serde_json::from_value(answers.clone())?;
        for value in changes.values_mut() {
            self.date(value);
        }
        answer(&call, target, |_| Ok(changes)).await.map_err(unplayed)?;
        Ok(())
    }

    async fn attach(&self, author: &str, target: &Target, of: (&str, &str), evidence: Evidence) -> anyhow::Result<()> {
        let call = self.call(author).await?;
        let name = people::PEOPLE.iter().find(|part| part.key == author).map_or(author, |part| part.name);
        let bytes = evidence.bytes(name)?;
        let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from(bytes))]);
        let what = Upload { question: of.0.to_owned(), name: of.1.to_owned() };
        upload(&call, &target.reference, &what, stream).await.map_err(unplayed)?;
        Ok(())
    }

    /// Who does a deed, and the command it is.
    async fn command<'a>(
        &self,
        author: &'a str,
        target: &Target,
        deed: &'a Deed,
    ) -> anyhow::Result<(&'a str, Command)> {
        let id = |key: &str| self.people.get(key).copied().with_context(|| format!("nobody is called {key}"));
        Ok(match deed {
            Deed::Fire { who, step, note, asked, requests } => {
                // Stories leave the name out where the author acts.
                let who = if who.is_empty() { author } else { who };
                let call = self.call(who).await?;
                let definition = read(&call, &target.reference).await.map_err(unplayed)?.case.definition;
                let questions = definition.transitions.get(*step).map(|step| step.asks.as_slice()).unwrap_or_default();
                let command = Command::Fire {
                    transition: (*step).to_owned(),
                    note: note.map(str::to_owned),
                    asked: self.answers(questions, asked)?,
                    requests: changes(requests),
                };
                (who, command)
            }
            Deed::Claim(who, track) => (who, Command::Claim { track: (*track).to_owned() }),
            Deed::Assign(who, track) => (COORDINATOR, Command::Assign { track: (*track).to_owned(), person: id(who)? }),
            Deed::Declare(who, track) => (who, Command::Declare { track: (*track).to_owned() }),
            Deed::Judge { who, track, verdict, rubric, note, requests } => {
                let call = self.call(who).await?;
                let definition = read(&call, &target.reference).await.map_err(unplayed)?.case.definition;
                let questions = definition
                    .track(track)
                    .and_then(|track| definition.rubrics.get(track.rubric.as_ref()?))
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                let command = Command::Judge {
                    track: (*track).to_owned(),
                    verdict: *verdict,
                    rubric: self.answers(questions, rubric)?,
                    note: Some((*note).to_owned()),
                    requests: changes(requests),
                };
                (who, command)
            }
            Deed::Recuse(who, reason) => (who, Command::Recuse { person: id(who)?, reason: (*reason).to_owned() }),
            Deed::Resolve(number, text) => {
                let resolution = Resolution::Done(Some((*text).to_owned()));
                (author, Command::Resolve { request: *number, resolution })
            }
            Deed::Answer(_) | Deed::Attach(..) => anyhow::bail!("this is no command"),
        })
    }

    fn answers(&self, questions: &[Question], given: &Value) -> anyhow::Result<crate::domain::Answers> {
        let mut answers = crate::domain::Answers::default();
        for question in questions {
            if let Some(value) = given.get(&question.id) {
                let mut value = value.clone();
                self.date(&mut value);
                let read = question.read(&value).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
                answers.0.insert(question.id.clone(), read);
            }
        }
        Ok(answers)
    }

    /// Puts real dates for `@-20` and the like.
    fn date(&self, value: &mut Value) {
        if let Some(days) =
            value.as_str().and_then(|text| text.strip_prefix('@')).and_then(|days| days.parse::<i64>().ok())
        {
            *value = Value::String(self.today.saturating_add(days.days()).to_string());
        }
    }
}

fn changes(requests: Asked) -> Vec<ChangeAsked> {
    requests
        .iter()
        .map(|(question, text)| ChangeAsked {
            about: About::Question((*question).to_owned()),
            text: (*text).to_owned(),
        })
        .collect()
}
