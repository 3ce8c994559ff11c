//! What one item has with it, and what of that has no place in the new version.

use std::collections::{BTreeMap, BTreeSet};

use super::{Migration, alike, is_deadline, track};
use crate::workflow::{
    Facts, Item,
    definition::{State, Track},
    engine::{CarriedState, REMINDERS_AHEAD},
    event::{About, CarriedTrack, Timer},
    item::Progress,
};

impl Migration<'_> {
    /// Everything that an item brings along; or what is in the way.
    pub(super) fn pack(&self, item: &Item, facts: &Facts<'_>) -> Result<CarriedState, Vec<String>> {
        let mut obstacles = Vec::new();
        let name = self.mapping.states.get(&item.state).unwrap_or(&item.state);
        let Some(state) = self.to.states.get(name) else {
            return Err(vec![format!("the state '{}' is not mapped", item.state)]);
        };
        obstacles.extend(self.state_fault(&item.state, name));
        let roles = self.roles(item, &mut obstacles);
        let tracks = self.tracks(item, state, &mut obstacles);
        let timers = self.timers(item, name, state, &mut obstacles);
        let over = self.over(item, name, state);
        self.credit(item, &mut obstacles);
        self.answers(item, state, facts, &mut obstacles);
        if obstacles.is_empty() {
            Ok(CarriedState { from: self.from.hash.clone(), state: name.clone(), roles, tracks, timers, over })
        } else {
            Err(obstacles)
        }
    }

    pub(super) fn role<'r>(&'r self, old: &'r String) -> &'r String {
        self.mapping.roles.get(old).unwrap_or(old)
    }

    /// Separation holds over a migration only if nobody's part is forgotten.
    fn roles(&self, item: &Item, obstacles: &mut Vec<String>) -> BTreeMap<String, String> {
        let mut renamed = BTreeMap::new();
        for old in item.acted.keys().chain(&item.unstaffed) {
            let new = self.role(old);
            match (self.from.roles.get(old), self.to.roles.get(new)) {
                (_, None) => obstacles.push(format!("somebody acted as {old}, and this role is not mapped")),
                (Some(before), Some(after)) if !alike(before, after) => {
                    obstacles.push(format!("'{old}' and '{new}' are not filled alike: one of them is the submitter"));
                }
                _ if old != new => {
                    renamed.insert(old.clone(), new.clone());
                }
                _ => {}
            }
        }
        renamed
    }

    fn tracks(&self, item: &Item, state: &State, obstacles: &mut Vec<String>) -> BTreeMap<String, CarriedTrack> {
        let mut carried = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (old, progress) in &item.tracks {
            let open = self.from.states.get(&item.state).is_some_and(|state| state.tracks.contains_key(old));
            let new = match self.mapping.tracks.get(old) {
                Some(Some(new)) => new,
                Some(None) if open => {
                    obstacles.push(format!("the review '{old}' is open and cannot be let go"));
                    continue;
                }
                Some(None) => continue,
                None => old,
            };
            match track(self.to, new) {
                None => obstacles.push(format!("the review '{old}' is not mapped")),
                Some(there) => {
                    obstacles.extend(self.misplaced(old, progress, new, there));
                    if open != state.tracks.contains_key(new) {
                        let (is, is_not) = if open { ("open", "over") } else { ("over", "open") };
                        obstacles.push(format!("the review '{old}' is {is}, and '{new}' would be {is_not}"));
                    }
                    // What was judged in a state that was left was complete or not by the rules of then.
                    let quorum = if open { there.quorum } else { progress.quorum };
                    carried.insert(old.clone(), CarriedTrack { to: new.clone(), quorum });
                    if !taken.insert(new) {
                        obstacles.push(format!("two reviews would become '{new}'"));
                    }
                }
            }
        }
        carried
    }

    /// Places and verdicts stay only where the same role reviews.
    fn misplaced(&self, old: &str, progress: &Progress, new: &str, there: &Track) -> Option<String> {
        let before = track(self.from, old)?;
        (!progress.seats.is_empty() && *self.role(&before.role) != there.role).then(|| {
            format!(
                "the review '{old}' is by {} and '{new}' by {}: map the role, or another review",
                before.role, there.role
            )
        })
    }

    fn timers(&self, item: &Item, name: &String, state: &State, obstacles: &mut Vec<String>) -> Vec<(Timer, Timer)> {
        let mut carried: Vec<(Timer, Timer)> = Vec::new();
        for timer in item.timers.keys() {
            let old = match timer {
                Timer::Reminder(number) => {
                    // A reminder that the new version does not have ends; nobody's deadline hangs on it.
                    carried.extend(self.reminder(*number, item, name, state).map(|new| (timer.clone(), new)));
                    continue;
                }
                Timer::Transition(old) => old,
            };
            let new = match self.mapping.timers.get(old) {
                Some(None) => continue,
                Some(Some(new)) => new,
                None => old,
            };
            let here = self.to.transitions.get(new).is_some_and(|transition| transition.from.contains(name));
            if !(is_deadline(self.to, new) && here) {
                obstacles.push(format!("the deadline '{old}' runs, and in '{name}' it is not mapped"));
            } else if carried.iter().any(|(_, taken)| *taken == Timer::Transition(new.clone())) {
                obstacles.push(format!("two deadlines would become '{new}'"));
            } else {
                carried.push((timer.clone(), Timer::Transition(new.clone())));
            }
        }
        carried
    }

    /// What the timers that fired in the state, and do not run any more, are in the new version.
    fn over(&self, item: &Item, name: &String, state: &State) -> BTreeSet<Timer> {
        let Some(before) = self.from.states.get(&item.state) else { return BTreeSet::new() };
        let deadlines =
            self.from.transitions.iter().filter(|(id, it)| is_deadline(self.from, id) && it.from.contains(&item.state));
        let deadlines: Vec<&String> = deadlines.map(|(id, _)| id).collect();
        let reminders = before.remind.len().saturating_add(deadlines.len().saturating_mul(REMINDERS_AHEAD));
        let fired = |timer: &Timer| !item.timers.contains_key(timer) && !item.undated.contains(timer);
        let reminders = (0..u32::try_from(reminders).unwrap_or(u32::MAX))
            .filter(|number| fired(&Timer::Reminder(*number)))
            .filter_map(|number| self.reminder(number, item, name, state));
        let deadlines = deadlines.into_iter().filter(|id| fired(&Timer::Transition((*id).clone()))).filter_map(|id| {
            let new = self.mapping.timers.get(id).map_or(Some(id), Option::as_ref)?;
            Some(Timer::Transition(new.clone()))
        });
        deadlines.chain(reminders).collect()
    }

    /// The reminder that one becomes: of the file by its number, and before a deadline behind those of the file.
    fn reminder(&self, number: u32, item: &Item, name: &String, state: &State) -> Option<Timer> {
        let own = |state: &State| u32::try_from(state.remind.len()).unwrap_or(u32::MAX);
        let before = self.from.states.get(&item.state).map_or(0, own);
        let Some(ahead) = number.checked_sub(before) else {
            return (number < own(state)).then_some(Timer::Reminder(number));
        };
        let here = self.to.transitions.iter().filter(|(id, step)| is_deadline(self.to, id) && step.from.contains(name));
        let most = here.count().saturating_mul(REMINDERS_AHEAD);
        let there = usize::try_from(ahead).is_ok_and(|ahead| ahead < most);
        there.then(|| Timer::Reminder(own(state).saturating_add(ahead)))
    }

    /// A line of the ledger is known by the state that awarded it: called otherwise, it would be awarded again.
    fn credit(&self, item: &Item, obstacles: &mut Vec<String>) {
        let awards = |rule: &String| self.to.states.get(rule).is_some_and(|state| state.award.is_some());
        for rule in item.awarded.iter().filter(|rule| !awards(rule)) {
            obstacles.push(format!(
                "credit stands that the state '{rule}' awarded: keep a state of this name with its award"
            ));
        }
    }

    /// While the author has it they can put right what the new form asks; once they sent it nobody can.
    fn answers(&self, item: &Item, state: &State, facts: &Facts<'_>, obstacles: &mut Vec<String>) {
        if !state.waits_for_author() {
            let faults = self.to.missing(facts.answers, facts.today(), facts.disclosing);
            obstacles.extend(faults.into_iter().map(|fault| format!("the new form wants more: {}", fault.message)));
        }
        for request in item.open_requests() {
            if let About::Question(id) = &request.asked.about
                && self.to.question(id).is_none()
            {
                obstacles.push(format!("a change of '{id}' is asked, which the new form does not have"));
            }
        }
    }
}
