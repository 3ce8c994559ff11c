//! Timers: armed on entering a state, cancelled on leaving it. One that counts from earlier than the
//! entry may be due at once.
//!
//! A deadline told as a day ends with that day, in the office's zone. Whoever has the turn is reminded before each,
//! whatever the file says besides.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, ToSpan};

use super::decision_builder::DecisionBuilder;
use crate::workflow::{
    EventKind,
    definition::{Since, State, Trigger, Wait},
    event::Timer,
};

/// Days before a deadline on which whoever has the turn is reminded of it.
const DAYS_AHEAD: [i64; REMINDERS_AHEAD] = [7, 2];

/// How many reminders there are before each deadline.
pub(in crate::workflow) const REMINDERS_AHEAD: usize = 2;

/// A timer of a state.
struct Running<'a> {
    timer: Timer,
    wait: &'a Wait,
    from: &'a Since,
    /// When that was.
    since: Timestamp,
}

impl Running<'_> {
    /// When it is due. A reminder comes at its hour; a deadline in days, or one that counts from a day, lasts until the
    /// end of its last day.
    fn due(&self, step: &DecisionBuilder<'_>) -> Option<Timestamp> {
        let calendar = step.facts.calendar;
        let over = self.wait.over(self.since, calendar)?;
        let in_days = matches!(self.wait, Wait::Length(length) if length.is_of_days());
        match (&self.timer, self.from) {
            (Timer::Transition(_), Since::Date(_)) if in_days => over.checked_sub(SignedDuration::from_secs(1)).ok(),
            (Timer::Transition(_), _) if in_days => calendar.end_of(calendar.date(over)),
            _ => Some(over),
        }
    }
}

/// Arms the timers of the state just entered.
pub(super) fn arm(step: &mut DecisionBuilder<'_>) {
    let Some(state) = step.state() else { return };
    let running = running(step, state);
    begin(step, state, &running);
}

/// Arms what only the new version of a workflow has, from now on. Timers that the item brings along run on, and those that
/// are over stay so.
pub(super) fn arm_new(step: &mut DecisionBuilder<'_>, over: &BTreeSet<Timer>) {
    let Some(state) = step.state() else { return };
    let mut running = running(step, state);
    running.retain(|running| !over.contains(&running.timer));
    for new in running.iter_mut().filter(|new| new.from.is_entry() && !step.item.timers.contains_key(&new.timer)) {
        new.since = step.facts.now;
    }
    begin(step, state, &running);
}

fn begin(step: &mut DecisionBuilder<'_>, state: &State, running: &[Running<'_>]) {
    for beginning in running.iter().filter(|running| !step.item.timers.contains_key(&running.timer)).collect::<Vec<_>>()
    {
        let timer = beginning.timer.clone();
        let happened = match beginning.due(step) {
            Some(due) => EventKind::TimerArmed { timer, due },
            None => EventKind::TimerUndated { timer, wants: beginning.wait.to_string() },
        };
        step.emit(None, None, happened);
    }
    remind_ahead(step, state, running);
}

/// Arms what had no date on entry and has one now, because the calendar was completed; what waits for a meeting that was
/// moved; and, while its author can change it, what counts from an answer. Any other deadline stays as it was promised.
pub(super) fn redate(step: &mut DecisionBuilder<'_>) {
    let Some(state) = step.state() else { return };
    let running = running(step, state);
    for running in &running {
        let Some(due) = running.due(step) else { continue };
        let armed = step.item.timers.get(&running.timer).copied();
        // One that fired for a day that is over does not begin again.
        let answered = state.is_editable() && running.from.is_answered() && (armed.is_some() || due > step.facts.now);
        let follows = matches!(running.wait, Wait::Meeting { .. }) && armed.is_some();
        if (follows || answered || step.item.undated.contains(&running.timer)) && armed != Some(due) {
            step.emit(None, None, EventKind::TimerArmed { timer: running.timer.clone(), due });
        }
    }
    remind_ahead(step, state, &running);
}

/// Arms the reminders before each deadline, but for those of a day on which the file reminds anyhow. Nobody is reminded
/// of a meeting, and while a definition is explored nobody is reminded at all.
fn remind_ahead(step: &mut DecisionBuilder<'_>, state: &State, running: &[Running<'_>]) {
    if step.facts.symbolic.is_some() {
        return;
    }
    let calendar = step.facts.calendar;
    let deadlines = running.iter().filter(|running| {
        matches!(running.timer, Timer::Transition(_)) && !matches!(running.wait, Wait::Meeting { .. })
    });
    let own = u32::try_from(state.remind.len()).unwrap_or(u32::MAX);
    let ahead = deadlines.flat_map(|deadline| DAYS_AHEAD.map(|days| (&deadline.timer, days)));
    for (number, (deadline, days)) in (own..).zip(ahead).collect::<Vec<_>>() {
        let Some(last) = step.item.timers.get(deadline).map(|due| calendar.date(*due)) else { continue };
        let Some(day) = last.checked_sub(days.days()).ok() else { continue };
        let said = |(timer, at): (&Timer, &Timestamp)| {
            matches!(timer, Timer::Reminder(other) if *other < own) && calendar.date(*at) == day
        };
        let (timer, at) = (Timer::Reminder(number), calendar.morning_of(day).filter(|at| *at > step.facts.now));
        if let Some(due) = at.filter(|at| step.item.timers.get(&timer) != Some(at))
            && !step.item.timers.iter().any(said)
        {
            step.emit(None, None, EventKind::TimerArmed { timer, due });
        }
    }
}

/// The timers of the state the item is in.
fn running<'a>(step: &DecisionBuilder<'a>, state: &'a State) -> Vec<Running<'a>> {
    let transitions = step.definition.transitions.iter().filter_map(|(name, transition)| match &transition.trigger {
        Trigger::After(wait) if transition.from.contains(&step.item.state) => {
            let from = &transition.since;
            Some(Running { timer: Timer::Transition(name.clone()), wait, from, since: step.since(from)? })
        }
        _ => None,
    });
    let since = step.item.since;
    let reminders = (0_u32..).zip(&state.remind).map(|(number, wait)| Running {
        timer: Timer::Reminder(number),
        wait,
        from: &Since::Entry,
        since,
    });
    transitions.chain(reminders).collect()
}

pub(super) fn cancel_all(step: &mut DecisionBuilder<'_>) {
    let timers: Vec<Timer> = step.item.timers.keys().cloned().collect();
    for timer in timers {
        step.emit(None, None, EventKind::TimerCancelled { timer });
    }
}
