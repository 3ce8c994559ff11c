//! What conditions read while nobody has answered yet: each way an answer can turn out, taken in turn.
//!
//! A comparison of one answer with constants splits what can be answered into cells in which every condition comes to
//! the same; one value stands for each cell, so the split is exact. A comparison that mixes answers, or reads the day,
//! is taken either way. Which way is asked for only when a condition is really evaluated: whoever explores runs the
//! same step again with the [next choices](SymbolicAnswers::next) until there are no more.

mod partition;
mod survey;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use indexmap::IndexMap;
pub(in crate::workflow) use partition::{Domain, Range};
use survey::Survey;

use super::{
    Condition, Missing, Value,
    syntax::{Expr, Node},
};
use crate::domain::Answers;

/// No cell chosen yet.
pub(in crate::workflow) const OPEN: u8 = u8::MAX;

/// Something that people answer and that conditions compare with constants.
#[derive(Clone, Debug)]
pub(in crate::workflow) struct Variable {
    /// As conditions write it: `hours`, `decided.credits`, `size(files)`, `sum(agenda.minutes)`.
    pub(in crate::workflow) name: String,
    /// Whether it is answered with a transition, and not in the form.
    pub(in crate::workflow) decided: bool,
    /// One value for each cell; none where the question may stay unanswered.
    cells: Vec<Option<Value>>,
}

/// Stands for answers while a definition is explored.
#[derive(Debug)]
pub struct SymbolicAnswers {
    variables: Vec<Variable>,
    either: Vec<String>,
    /// What a part of a condition is, by its place in memory: parts are looked up at every evaluation.
    parts: HashMap<usize, Part>,
    /// Never contended: one exploration has one symbolic. A lock, so that facts can be held across a wait.
    run: Mutex<Run>,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Variable(usize),
    Either(usize),
}

/// One way through the choices.
#[derive(Debug, Default)]
struct Run {
    cells: Vec<u8>,
    either: Vec<Option<bool>>,
    script: Vec<u8>,
    /// What was chosen, of how many.
    taken: Vec<(u8, u8)>,
}

impl Run {
    fn choose(&mut self, of: usize) -> u8 {
        let chosen = self.script.get(self.taken.len()).copied().unwrap_or(0);
        self.taken.push((chosen, u8::try_from(of).unwrap_or(u8::MAX)));
        chosen
    }
}

impl SymbolicAnswers {
    /// Of all conditions that decide what happens, which must stay where they are in memory; `domain` says what can be
    /// answered to a question of the form, or with `decided.` before it to one of a transition.
    pub(in crate::workflow) fn of<'c>(
        conditions: impl Iterator<Item = &'c Condition>,
        limits: &IndexMap<String, u32>,
        domain: &dyn Fn(&str) -> Domain,
    ) -> Self {
        let mut survey = Survey::new(limits, domain);
        for condition in conditions {
            survey.visit(&condition.root);
        }
        survey.finish()
    }

    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a part of a condition comes to, where it reads answers.
    pub(super) fn see(&self, node: &Node, decided: &Answers) -> Option<Result<Value, Missing>> {
        let part = *self.parts.get(&std::ptr::from_ref(node).addr())?;
        let mut run = self.run();
        match part {
            Part::Variable(at) => {
                let variable = self.variables.get(at)?;
                if let Expr::Decided(name) = &node.expr
                    && decided.get(name).is_none()
                {
                    return Some(Err(Missing(variable.name.clone())));
                }
                let mut chosen = run.cells.get(at).copied().unwrap_or(OPEN);
                if chosen == OPEN {
                    chosen = run.choose(variable.cells.len());
                    if let Some(cell) = run.cells.get_mut(at) {
                        *cell = chosen;
                    }
                }
                let value = variable.cells.get(usize::from(chosen)).cloned().flatten();
                Some(value.ok_or_else(|| Missing(variable.name.clone())))
            }
            Part::Either(at) => {
                let known = run.either.get(at).copied().flatten();
                let holds = known.unwrap_or_else(|| run.choose(2) == 0);
                if let Some(slot) = run.either.get_mut(at) {
                    *slot = Some(holds);
                }
                Some(Ok(Value::YesNo(holds)))
            }
        }
    }

    /// Begins a run in which these cells are known already and the first choices are these.
    pub(in crate::workflow) fn begin(&self, cells: &[u8], script: Vec<u8>) {
        let either = vec![None; self.either.len()];
        *self.run() = Run { cells: cells.to_vec(), either, script, taken: Vec::new() };
    }

    /// The form is not what it was: its answers went back to earlier ones.
    pub(in crate::workflow) fn forget_the_form(&self) {
        for (variable, cell) in self.variables.iter().zip(&mut self.run().cells) {
            if !variable.decided {
                *cell = OPEN;
            }
        }
    }

    /// The cells known at the end of the run.
    pub(in crate::workflow) fn cells(&self) -> Vec<u8> {
        self.run().cells.clone()
    }

    /// The choices of the next run; none where all were taken.
    pub(in crate::workflow) fn next(&self) -> Option<Vec<u8>> {
        let run = self.run();
        let last = run.taken.iter().rposition(|(chosen, of)| chosen.saturating_add(1) < *of)?;
        let mut script: Vec<u8> = run.taken.iter().take(last.saturating_add(1)).map(|(chosen, _)| *chosen).collect();
        if let Some(chosen) = script.last_mut() {
            *chosen = chosen.saturating_add(1);
        }
        Some(script)
    }

    /// What was assumed in the run beyond what was known before it, as people read it.
    pub(in crate::workflow) fn assumed(&self, known: &[u8]) -> Vec<String> {
        let run = self.run();
        let cells = self.variables.iter().zip(&run.cells).zip(known).filter_map(|((variable, cell), known)| {
            let value = variable.cells.get(usize::from(*cell)).filter(|_| *known == OPEN)?;
            let value = value.as_ref().map_or_else(|| "not answered".to_owned(), ToString::to_string);
            Some(format!("{} is {value}", variable.name))
        });
        let either = self.either.iter().zip(&run.either).filter_map(|(text, holds)| match holds {
            Some(true) => Some(text.clone()),
            Some(false) => Some(format!("not {text}")),
            None => None,
        });
        cells.chain(either).collect()
    }

    /// What is taken apart into cells.
    pub(in crate::workflow) fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// Comparisons that are taken either way.
    pub(in crate::workflow) fn either_way(&self) -> &[String] {
        &self.either
    }

    /// The variables that a condition reads.
    pub(in crate::workflow) fn read_by(&self, condition: &Condition) -> Vec<usize> {
        let mut read = Vec::new();
        condition.root.each_node(&mut |node| {
            if let Some(Part::Variable(at)) = self.parts.get(&std::ptr::from_ref(node).addr()) {
                read.push(*at);
            }
        });
        read
    }
}
