//! What a store of a million submissions needs: an index for every list, every reference and every word.

use crate::step::{Change, Step};

// A program that does not write the words of a row would have it found by nobody.
pub(crate) const STEP: Step =
    Step { name: "m0012_scale", change: Change::Breaking, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
-- Open, and nobody in person has it.
ALTER TABLE submission ADD COLUMN unassigned {bool} NOT NULL DEFAULT false;
UPDATE submission SET unassigned = true WHERE life = 'open' AND (unstaffed OR EXISTS (
    SELECT 1 FROM turn WHERE turn.submission = submission.id AND turn.slug IS NOT NULL
));

-- Where submissions have ever stood. A list that is narrowed is read lane by lane, each along an index of its order.
CREATE TABLE lane (
    organisation {uuid} NOT NULL REFERENCES organisation (id),
    workflow {text} NOT NULL,
    state {text} NOT NULL,
    life {text} NOT NULL,
    unassigned {bool} NOT NULL,
    PRIMARY KEY (organisation, workflow, state, life, unassigned)
) {keyed};
INSERT INTO lane (organisation, workflow, state, life, unassigned)
SELECT DISTINCT organisation, workflow, state, life, unassigned FROM submission;
CREATE INDEX submission_lane_newest ON submission (organisation, workflow, state, life, unassigned, id);
CREATE INDEX submission_lane_oldest ON submission (organisation, workflow, state, life, unassigned, away, state_since, id);
CREATE INDEX submission_lane_due_first ON submission (organisation, workflow, state, life, unassigned, due, id);
CREATE INDEX submission_lane_title ON submission (organisation, workflow, state, life, unassigned, title_key, id);
-- Without a filter the three lives are read side by side.
DROP INDEX submission_oldest;
DROP INDEX submission_due_first;
DROP INDEX submission_title;
DROP INDEX submission_of_workflow;
CREATE INDEX submission_of_version ON submission (workflow, definition, life, organisation, state);
CREATE INDEX submission_unstaffed ON submission (organisation, id) WHERE unstaffed;

-- The words that a search finds a row by; the program writes them, and those of older rows as soon as this step is done.
CREATE TABLE submission_word (
    owner {uuid} NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
    word {text} NOT NULL,
    PRIMARY KEY (owner, word)
) {keyed};
CREATE INDEX submission_word_beginning ON submission_word (word, owner);
CREATE TABLE person_word (
    owner {uuid} NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    word {text} NOT NULL,
    PRIMARY KEY (owner, word)
) {keyed};
CREATE INDEX person_word_beginning ON person_word (word, owner);
CREATE TABLE activity_word (
    owner {uuid} NOT NULL REFERENCES activity (submission) ON DELETE CASCADE,
    word {text} NOT NULL,
    PRIMARY KEY (owner, word)
) {keyed};
CREATE INDEX activity_word_beginning ON activity_word (word, owner);
ALTER TABLE activity DROP COLUMN search_key;
CREATE INDEX activity_lasting ON activity (organisation, last_day, submission) WHERE ended_at IS NULL;

CREATE INDEX person_on_duty ON person (organisation, name_key, id) WHERE duties <> '[]';

-- What refers to a row is found from the row.
CREATE INDEX ledger_entry_of_rule ON ledger_entry (organisation, submission, rule, id);
CREATE INDEX mail_of_person ON mail (organisation, person, id);
CREATE INDEX mail_about ON mail (organisation, about) WHERE about IS NOT NULL;
DROP INDEX membership_by_person;
CREATE INDEX membership_by_person ON membership (organisation, person, slug);
CREATE INDEX recusal_of_person ON recusal (person, submission);
CREATE INDEX document_uploaded_by ON document (uploaded_by, id);
CREATE INDEX definition_proposed_by ON definition (proposed_by) WHERE proposed_by IS NOT NULL;
CREATE INDEX draft_definition_edited_by ON draft_definition (edited_by);
CREATE INDEX current_definition_hash ON current_definition (hash);
CREATE INDEX activation_replaced ON activation (replaced) WHERE replaced IS NOT NULL;
CREATE INDEX activation_proposed_by ON activation (proposed_by) WHERE proposed_by IS NOT NULL;
CREATE INDEX activation_activated_by ON activation (activated_by) WHERE activated_by IS NOT NULL;
CREATE INDEX migration_plan_proposed_by ON migration_plan (proposed_by);
CREATE INDEX migration_plan_run_by ON migration_plan (run_by) WHERE run_by IS NOT NULL;
CREATE INDEX migration_plan_from ON migration_plan (from_hash);
CREATE INDEX migration_plan_to ON migration_plan (to_hash);
";
