CREATE TABLE "seaql_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" integer NOT NULL );
CREATE TABLE organisation (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    short TEXT NOT NULL UNIQUE,
    time_zone TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- Days off, holidays, meetings, as the office writes them. An empty one reads as Saturdays and Sundays off.
    calendar TEXT NOT NULL DEFAULT '{}',
    look_back_days INTEGER NOT NULL DEFAULT 60,
    -- A store holds one organisation: there is no second row.
    single INTEGER NOT NULL DEFAULT true UNIQUE CHECK (single)
, second_factor TEXT NOT NULL DEFAULT 'nobody') STRICT;
CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Lower case, because the databases disagree on letters beyond ASCII.
    name_key TEXT NOT NULL,
    credentials TEXT NOT NULL,
    affiliation TEXT NOT NULL,
    -- Folded by the program, so that who works where somebody else does is found however the institution is written.
    affiliation_key TEXT NOT NULL DEFAULT '',
    standing TEXT NOT NULL CHECK (standing IN ('named', 'invited', 'active', 'suspended')),
    duties TEXT NOT NULL,
    password TEXT,
    created_at INTEGER NOT NULL,
    erased_at INTEGER
) STRICT;
CREATE INDEX person_by_name ON person (name_key, id);
CREATE INDEX person_on_duty ON person (name_key, id) WHERE duties <> '[]';
CREATE TABLE person_word (
    owner BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    PRIMARY KEY (owner, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_word_beginning ON person_word (word, owner);
CREATE TABLE "group" (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL
) STRICT;
CREATE TABLE membership (
    slug TEXT NOT NULL REFERENCES "group" (slug),
    person BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (slug, person)
) STRICT;
CREATE INDEX membership_by_person ON membership (person, slug);
CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    agent TEXT NOT NULL
, address TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_end ON session (expires_at);
CREATE TABLE link (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('set-up', 'invitation', 'reset')),
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX link_by_person ON link (person);
CREATE INDEX link_by_end ON link (expires_at);
CREATE TABLE throttle (
    bucket TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    window_start INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX throttle_by_age ON throttle (window_start);
CREATE TABLE signing_key (
    kid TEXT NOT NULL PRIMARY KEY,
    pkcs8 BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'retired')),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX signing_key_one_active ON signing_key (state) WHERE state = 'active';
CREATE TABLE kept_receipt (
    person BLOB NOT NULL REFERENCES person (id),
    request_key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    receipt TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (person, request_key)
) STRICT;
CREATE INDEX kept_receipt_by_age ON kept_receipt (created_at);
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE log (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor BLOB,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    -- Under which erasure the line lost what it said of a person.
    erasure BLOB
, kind TEXT NOT NULL DEFAULT 'change', submission BLOB) STRICT;
CREATE INDEX log_by_age ON log (at, id);
CREATE TABLE definition (
    hash TEXT NOT NULL PRIMARY KEY,
    workflow TEXT NOT NULL,
    source TEXT NOT NULL,
    loaded_at INTEGER NOT NULL,
    -- Nobody: it came from a file.
    proposed_by BLOB REFERENCES person (id),
    UNIQUE (workflow, hash)
) STRICT;
CREATE INDEX definition_proposed_by ON definition (proposed_by) WHERE proposed_by IS NOT NULL;
CREATE TABLE current_definition (
    workflow TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    FOREIGN KEY (workflow, hash) REFERENCES definition (workflow, hash)
) STRICT;
CREATE INDEX current_definition_hash ON current_definition (hash);
CREATE TABLE proof (
    hash TEXT NOT NULL PRIMARY KEY REFERENCES definition (hash),
    -- The number of the checker: it rises whenever more is proved.
    checker INTEGER NOT NULL CHECK (checker > 0),
    at INTEGER NOT NULL,
    -- What is wrong with the version, as JSON; an empty list where it is proved.
    findings TEXT NOT NULL
) STRICT;
CREATE TABLE draft_definition (
    workflow TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    edited_by BLOB NOT NULL REFERENCES person (id),
    edited_at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_definition_edited_by ON draft_definition (edited_by);
CREATE TABLE activation (
    workflow TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    hash TEXT NOT NULL,
    replaced TEXT,
    proposed_by BLOB REFERENCES person (id),
    -- Nobody: it was taken over from a file.
    activated_by BLOB REFERENCES person (id),
    reason TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (workflow, number),
    CHECK (activated_by IS NULL OR activated_by <> proposed_by OR reason IS NOT NULL),
    FOREIGN KEY (workflow, hash) REFERENCES definition (workflow, hash),
    FOREIGN KEY (workflow, replaced) REFERENCES definition (workflow, hash)
) STRICT;
CREATE INDEX activation_of_hash ON activation (hash);
CREATE INDEX activation_replaced ON activation (replaced) WHERE replaced IS NOT NULL;
CREATE INDEX activation_proposed_by ON activation (proposed_by) WHERE proposed_by IS NOT NULL;
CREATE INDEX activation_activated_by ON activation (activated_by) WHERE activated_by IS NOT NULL;
CREATE TABLE migration_plan (
    id BLOB NOT NULL PRIMARY KEY,
    workflow TEXT NOT NULL,
    from_hash TEXT NOT NULL,
    to_hash TEXT NOT NULL,
    mapping TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    run_by BLOB REFERENCES person (id),
    run_at INTEGER,
    reason TEXT,
    -- How many submissions went over.
    items INTEGER,
    CHECK (from_hash <> to_hash),
    CHECK ((run_at IS NULL) = (run_by IS NULL) AND (run_at IS NULL) = (items IS NULL)),
    CHECK (run_by IS NULL OR run_by <> proposed_by OR reason IS NOT NULL),
    FOREIGN KEY (workflow, from_hash) REFERENCES definition (workflow, hash),
    FOREIGN KEY (workflow, to_hash) REFERENCES definition (workflow, hash)
) STRICT;
CREATE INDEX migration_plan_of_workflow ON migration_plan (workflow, id);
CREATE INDEX migration_plan_proposed_by ON migration_plan (proposed_by);
CREATE INDEX migration_plan_run_by ON migration_plan (run_by) WHERE run_by IS NOT NULL;
CREATE INDEX migration_plan_from ON migration_plan (from_hash);
CREATE INDEX migration_plan_to ON migration_plan (to_hash);
CREATE TABLE reference_counter (
    prefix TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (prefix, year)
) STRICT;
CREATE TABLE submission (
    id BLOB NOT NULL PRIMARY KEY,
    workflow TEXT NOT NULL,
    definition TEXT NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    -- Lower case, because the databases disagree on letters beyond ASCII.
    title_key TEXT NOT NULL,
    submitter BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    state_since INTEGER NOT NULL,
    life TEXT NOT NULL CHECK (life IN ('draft', 'open', 'closed')),
    -- Nobody but the author has to act, or nobody at all: what waits for the office comes before it in the queue.
    away INTEGER NOT NULL DEFAULT false,
    -- Open, and nobody in person has it.
    unassigned INTEGER NOT NULL DEFAULT false,
    unstaffed INTEGER NOT NULL,
    -- The earliest instant a holder has to act by; the largest integer where there is none, so that it sorts last.
    due INTEGER NOT NULL,
    -- The earliest timer.
    next_due INTEGER,
    version INTEGER NOT NULL CHECK (version > 0),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    begun_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    sent_at INTEGER, discarded_at INTEGER,
    FOREIGN KEY (workflow, definition) REFERENCES definition (workflow, hash)
) STRICT;
CREATE INDEX submission_life_newest ON submission (life, id);
CREATE INDEX submission_life_oldest ON submission (life, away, state_since, id);
CREATE INDEX submission_life_due_first ON submission (life, due, id);
CREATE INDEX submission_life_title ON submission (life, title_key, id);
CREATE INDEX submission_lane_newest ON submission (workflow, state, life, unassigned, id);
CREATE INDEX submission_lane_oldest ON submission (workflow, state, life, unassigned, away, state_since, id);
CREATE INDEX submission_lane_due_first ON submission (workflow, state, life, unassigned, due, id);
CREATE INDEX submission_lane_title ON submission (workflow, state, life, unassigned, title_key, id);
CREATE INDEX submission_submitter ON submission (submitter, id);
CREATE INDEX submission_own_of_workflow ON submission (submitter, workflow, state, id);
CREATE INDEX submission_of_definition ON submission (definition, life, id);
CREATE INDEX submission_of_version ON submission (workflow, definition, life, state);
CREATE INDEX submission_finished ON submission (workflow, id) WHERE life = 'closed' AND sent_at IS NOT NULL;
CREATE INDEX submission_unstaffed ON submission (id) WHERE unstaffed;
CREATE INDEX submission_timer ON submission (next_due) WHERE next_due IS NOT NULL;
CREATE TABLE lane (
    workflow TEXT NOT NULL,
    state TEXT NOT NULL,
    life TEXT NOT NULL,
    unassigned INTEGER NOT NULL,
    PRIMARY KEY (workflow, state, life, unassigned)
) STRICT, WITHOUT ROWID;
CREATE TABLE submission_word (
    owner BLOB NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    PRIMARY KEY (owner, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_word_beginning ON submission_word (word, owner);
CREATE TABLE submission_content (
    submission BLOB NOT NULL PRIMARY KEY REFERENCES submission (id),
    item TEXT NOT NULL,
    answers TEXT NOT NULL
) STRICT;
CREATE TABLE event (
    submission BLOB NOT NULL REFERENCES submission (id),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Under which erasure the row lost what it said of a person.
    erasure BLOB,
    PRIMARY KEY (submission, sequence)
) STRICT;
CREATE INDEX event_of_kind ON event (kind, submission, sequence);
CREATE INDEX event_by_person ON event (substr(body, instr(body, '"by":"') + 6, 36)) WHERE instr(body, '"by":"') > 0;
CREATE TABLE revision (
    submission BLOB NOT NULL REFERENCES submission (id),
    number INTEGER NOT NULL CHECK (number > 0),
    sequence INTEGER NOT NULL,
    answers TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Under which erasure the row lost what it said of a person.
    erasure BLOB,
    PRIMARY KEY (submission, number)
) STRICT;
CREATE TABLE turn (
    submission BLOB NOT NULL REFERENCES submission (id),
    position INTEGER NOT NULL,
    person BLOB REFERENCES person (id),
    slug TEXT,
    role TEXT NOT NULL,
    track TEXT,
    since INTEGER NOT NULL,
    due INTEGER, late_since INTEGER,
    PRIMARY KEY (submission, position),
    CHECK ((person IS NULL) <> (slug IS NULL))
) STRICT;
CREATE INDEX turn_of_person ON turn (person, since, submission, position) WHERE person IS NOT NULL;
CREATE INDEX turn_of_group ON turn (slug, since, submission, position) WHERE slug IS NOT NULL;
CREATE TABLE seat (
    submission BLOB NOT NULL REFERENCES submission (id),
    track TEXT NOT NULL,
    position INTEGER NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    since INTEGER NOT NULL,
    declared INTEGER NOT NULL,
    verdict TEXT,
    voided INTEGER NOT NULL,
    PRIMARY KEY (submission, track, position)
) STRICT;
CREATE INDEX seat_of_person ON seat (person, submission);
CREATE TABLE recusal (
    submission BLOB NOT NULL REFERENCES submission (id),
    person BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (submission, person)
) STRICT;
CREATE INDEX recusal_of_person ON recusal (person, submission);
CREATE TABLE named (
    submission BLOB NOT NULL REFERENCES submission (id),
    email TEXT NOT NULL,
    PRIMARY KEY (submission, email)
) STRICT;
CREATE TABLE mention (
    email TEXT NOT NULL,
    submission BLOB NOT NULL REFERENCES submission (id),
    PRIMARY KEY (email, submission)
) STRICT;
CREATE INDEX mention_of_submission ON mention (submission);
CREATE TABLE timer_failure (
    submission BLOB NOT NULL PRIMARY KEY REFERENCES submission (id),
    version INTEGER NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts > 0),
    retry_at INTEGER NOT NULL,
    given_up_at INTEGER,
    dismissed_at INTEGER,
    error TEXT NOT NULL
) STRICT;
CREATE INDEX timer_failure_retry ON timer_failure (retry_at);
CREATE INDEX timer_failure_given_up ON timer_failure (given_up_at) WHERE given_up_at IS NOT NULL;
CREATE TABLE document (
    id BLOB NOT NULL PRIMARY KEY,
    submission BLOB NOT NULL REFERENCES submission (id),
    question TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    blob_key TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('staged', 'available', 'removed')),
    uploaded_by BLOB NOT NULL REFERENCES person (id),
    uploaded_at INTEGER NOT NULL,
    -- By the database's clock: the bytes stay for a while after this.
    removed_at INTEGER,
    -- The bytes are deleted, and that is on disk.
    swept_at INTEGER,
    -- What was found wrong with the bytes, and not found right since.
    fault TEXT
) STRICT;
CREATE INDEX document_of_submission ON document (submission, id);
CREATE INDEX document_by_key ON document (blob_key);
CREATE INDEX document_staged ON document (uploaded_at, id) WHERE standing = 'staged';
CREATE INDEX document_uploaded_by ON document (uploaded_by, id);
CREATE INDEX document_to_sweep ON document (blob_key) WHERE removed_at IS NOT NULL AND swept_at IS NULL;
CREATE INDEX document_undated ON document (id) WHERE standing = 'removed' AND removed_at IS NULL;
CREATE INDEX document_faulty ON document (id) WHERE fault IS NOT NULL;
CREATE TABLE document_digest (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    digests BLOB NOT NULL
) STRICT;
CREATE TABLE staging (
    id BLOB NOT NULL PRIMARY KEY,
    -- By the database's clock.
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX staging_oldest ON staging (at, id);
CREATE TABLE sweep_hold (
    name TEXT NOT NULL PRIMARY KEY,
    -- By the database's clock.
    until INTEGER NOT NULL
) STRICT;
CREATE TABLE ledger_entry (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    credit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    earned TEXT NOT NULL CHECK (length(earned) = 10),
    submission BLOB REFERENCES submission (id),
    rule TEXT NOT NULL,
    title TEXT NOT NULL,
    reverses BLOB,
    -- The how-manieth award of its rule to the person; a line that takes one back has 1 and is not counted.
    occurrence INTEGER NOT NULL DEFAULT 1,
    recorded_at INTEGER NOT NULL,
    CHECK (amount >= 0 OR reverses IS NOT NULL),
    UNIQUE (person, id),
    FOREIGN KEY (person, reverses) REFERENCES ledger_entry (person, id)
) STRICT;
CREATE UNIQUE INDEX ledger_entry_one_award ON ledger_entry (submission, rule, person, occurrence) WHERE reverses IS NULL;
CREATE UNIQUE INDEX ledger_entry_one_reversal ON ledger_entry (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX ledger_entry_of_person ON ledger_entry (person, earned, id);
CREATE INDEX ledger_entry_of_rule ON ledger_entry (submission, rule, id);
CREATE TABLE activity (
    submission BLOB NOT NULL PRIMARY KEY REFERENCES submission (id),
    title TEXT NOT NULL,
    provider TEXT NOT NULL,
    designation TEXT NOT NULL,
    credit TEXT NOT NULL,
    maximum INTEGER NOT NULL CHECK (maximum >= 0),
    first_day TEXT NOT NULL CHECK (length(first_day) = 10),
    last_day TEXT NOT NULL CHECK (length(last_day) = 10),
    starts_on TEXT,
    listed_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- The number of the revision that was accredited.
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX activity_listed ON activity (listed_at, submission);
CREATE INDEX activity_lasting ON activity (last_day, submission) WHERE ended_at IS NULL;
CREATE TABLE activity_word (
    owner BLOB NOT NULL REFERENCES activity (submission) ON DELETE CASCADE,
    word TEXT NOT NULL,
    PRIMARY KEY (owner, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_word_beginning ON activity_word (word, owner);
CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    token BLOB,
    locked_until INTEGER,
    done_at INTEGER,
    failed_at INTEGER,
    error TEXT,
    dedupe TEXT UNIQUE,
    -- When somebody last had it tried again; its patience starts anew then.
    retried_at INTEGER
) STRICT;
CREATE INDEX job_waiting ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX job_letter ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL AND kind = 'deliver';
CREATE INDEX job_errand ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL AND kind <> 'deliver';
CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX job_failed ON job (failed_at, id) WHERE failed_at IS NOT NULL;
CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    about BLOB REFERENCES submission (id),
    queued_at INTEGER NOT NULL,
    sent_at INTEGER,
    dedupe TEXT UNIQUE,
    -- When it was written, where it is kept because mail was off.
    kept_at INTEGER,
    -- When somebody let go of it: it is not to be sent.
    dropped_at INTEGER
) STRICT;
CREATE INDEX mail_waiting ON mail (queued_at, id) WHERE sent_at IS NULL;
CREATE INDEX mail_of_person ON mail (person, id);
CREATE INDEX mail_about ON mail (about) WHERE about IS NOT NULL;
CREATE INDEX mail_kept ON mail (kept_at, id) WHERE kept_at IS NOT NULL;
CREATE INDEX mail_sent ON mail (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX mail_dropped ON mail (dropped_at) WHERE dropped_at IS NOT NULL;
CREATE TABLE channel (
    name TEXT NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL,
    -- Pauses so far, one after the other.
    failures INTEGER NOT NULL CHECK (failures >= 0),
    -- Refusals of one thing after another with nothing taken in between.
    strikes INTEGER NOT NULL CHECK (strikes >= 0),
    resume_at INTEGER NOT NULL,
    error TEXT NOT NULL
) STRICT;
CREATE TABLE machine_clock (
    boot TEXT NOT NULL PRIMARY KEY,
    -- Wall clock minus time since the start, as it was trusted.
    trusted INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    up INTEGER NOT NULL,
    -- By how much the wall clock is ahead of what was to be expected.
    ahead INTEGER NOT NULL,
    -- By how much the wall clock is ahead of the database's, now and as it was trusted.
    drift INTEGER NOT NULL,
    trusted_drift INTEGER NOT NULL,
    -- Why deadlines are held back; empty where they are not.
    held TEXT
) STRICT;
CREATE TABLE erasure (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    -- Nobody: the command line, or the end of what was kept.
    decided_by BLOB,
    depth TEXT NOT NULL CHECK (depth IN ('restricted', 'anonymised')),
    -- When what is still kept goes too; never where there is none.
    kept_until INTEGER,
    -- What was erased and what was kept, and why, as JSON.
    statement TEXT NOT NULL
, submission BLOB REFERENCES submission (id)) STRICT;
CREATE INDEX erasure_of_person ON erasure (person, id);
CREATE INDEX erasure_by_end ON erasure (kept_until, id) WHERE kept_until IS NOT NULL;
CREATE TABLE log_end (
    upto INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    -- 365 days: nobody sweeps away what is happening.
    CHECK (upto <= at - 31536000000000)
) STRICT;
CREATE TRIGGER log_no_UPDATE BEFORE UPDATE ON log WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor OR NEW.act IS NOT OLD.act OR NOT EXISTS (SELECT 1 FROM erasure WHERE id = NEW.erasure) OR NEW.erasure IS NULL OR NEW.erasure IS OLD.erasure BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER log_no_DELETE BEFORE DELETE ON log WHEN NOT (OLD.at < COALESCE((SELECT MAX(upto) FROM log_end), 0)) BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER event_no_UPDATE BEFORE UPDATE ON event WHEN NEW.submission IS NOT OLD.submission OR NEW.sequence IS NOT OLD.sequence OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind OR NOT EXISTS (SELECT 1 FROM erasure WHERE id = NEW.erasure) OR NEW.erasure IS NULL OR NEW.erasure IS OLD.erasure BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_no_DELETE BEFORE DELETE ON event WHEN NOT (false) BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER revision_no_UPDATE BEFORE UPDATE ON revision WHEN NEW.submission IS NOT OLD.submission OR NEW.number IS NOT OLD.number OR NEW.sequence IS NOT OLD.sequence OR NEW.at IS NOT OLD.at OR NOT EXISTS (SELECT 1 FROM erasure WHERE id = NEW.erasure) OR NEW.erasure IS NULL OR NEW.erasure IS OLD.erasure BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END;
CREATE TRIGGER revision_no_DELETE BEFORE DELETE ON revision WHEN NOT (false) BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END;
CREATE TRIGGER definition_no_UPDATE BEFORE UPDATE ON definition BEGIN SELECT RAISE(ABORT, 'definition is append-only'); END;
CREATE TRIGGER definition_no_DELETE BEFORE DELETE ON definition BEGIN SELECT RAISE(ABORT, 'definition is append-only'); END;
CREATE TRIGGER activation_no_UPDATE BEFORE UPDATE ON activation BEGIN SELECT RAISE(ABORT, 'activation is append-only'); END;
CREATE TRIGGER activation_no_DELETE BEFORE DELETE ON activation BEGIN SELECT RAISE(ABORT, 'activation is append-only'); END;
CREATE TRIGGER ledger_entry_no_UPDATE BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_entry_no_DELETE BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER erasure_no_UPDATE BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER erasure_no_DELETE BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER log_end_no_UPDATE BEFORE UPDATE ON log_end BEGIN SELECT RAISE(ABORT, 'log_end is append-only'); END;
CREATE TRIGGER log_end_no_DELETE BEFORE DELETE ON log_end BEGIN SELECT RAISE(ABORT, 'log_end is append-only'); END;
CREATE TABLE absence (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    first_day TEXT NOT NULL CHECK (length(first_day) = 10),
    -- That day included.
    last_day TEXT NOT NULL CHECK (length(last_day) = 10),
    entered_by BLOB NOT NULL REFERENCES person (id),
    entered_at INTEGER NOT NULL,
    CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX absence_of_person ON absence (person, last_day);
CREATE INDEX absence_entered_by ON absence (entered_by);
CREATE TABLE waiting_group (
    slug TEXT NOT NULL PRIMARY KEY REFERENCES "group" (slug)
) STRICT;
CREATE TABLE party (
    submission BLOB NOT NULL REFERENCES submission (id),
    -- An address, or somebody's id.
    who TEXT NOT NULL,
    PRIMARY KEY (submission, who)
) STRICT;
CREATE INDEX party_of ON party (who, submission);
CREATE INDEX erasure_of_submission ON erasure (submission) WHERE submission IS NOT NULL;
CREATE INDEX document_by_hash ON document (sha256);
CREATE TABLE claim (
    submission BLOB NOT NULL REFERENCES submission (id),
    words TEXT NOT NULL,
    PRIMARY KEY (submission, words)
) STRICT;
CREATE INDEX claim_of_words ON claim (words, submission);
CREATE TABLE typed (
    submission BLOB NOT NULL REFERENCES submission (id),
    person BLOB NOT NULL REFERENCES person (id),
    -- As addresses name it below the submission: form/study, act/submit, review/assess.
    form TEXT NOT NULL,
    -- Names and values, as they were posted.
    fields TEXT NOT NULL,
    -- What is wrong with them.
    faults TEXT NOT NULL,
    typed_at INTEGER NOT NULL,
    PRIMARY KEY (submission, person, form)
) STRICT;
CREATE INDEX typed_of ON typed (person);
CREATE INDEX typed_age ON typed (typed_at);
CREATE TABLE unsent (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    -- Where it was posted to.
    place TEXT NOT NULL,
    fields TEXT NOT NULL,
    posted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX unsent_of ON unsent (person, posted_at);
CREATE INDEX unsent_age ON unsent (posted_at);
CREATE TABLE browser (
    secret_hash BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    until INTEGER NOT NULL
) STRICT;
CREATE INDEX browser_of ON browser (person);
CREATE INDEX browser_age ON browser (until);
CREATE TABLE sent_name (
    submission BLOB NOT NULL REFERENCES submission (id),
    email TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (submission, email)
) STRICT;
CREATE INDEX sent_name_of ON sent_name (email, submission);
CREATE TABLE former_address (
    email TEXT NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (email, person)
) STRICT;
CREATE INDEX former_address_of ON former_address (person);
CREATE TABLE lifted_conflict (
    submission BLOB NOT NULL REFERENCES submission (id),
    person BLOB NOT NULL REFERENCES person (id),
    conflict TEXT NOT NULL,
    PRIMARY KEY (submission, person, conflict)
) STRICT;
CREATE INDEX lifted_conflict_of ON lifted_conflict (person);
CREATE TABLE decline (
    token_hash BLOB NOT NULL PRIMARY KEY,
    submission BLOB NOT NULL REFERENCES submission (id),
    person BLOB NOT NULL REFERENCES person (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX decline_of ON decline (person, submission);
CREATE INDEX decline_in ON decline (submission);
CREATE INDEX decline_by_end ON decline (expires_at);
CREATE INDEX log_of_kind ON log (kind, at, id);
CREATE INDEX log_of_actor ON log (actor, at, id);
CREATE INDEX log_of_house ON log (at, id) WHERE submission IS NULL;
CREATE TABLE second_factor (
    person BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    secret BLOB NOT NULL,
    since INTEGER NOT NULL,
    -- The step of the last code that was taken: none is taken twice, and none of before.
    last_step INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_code (
    person BLOB NOT NULL REFERENCES person (id),
    code_hash BLOB NOT NULL,
    PRIMARY KEY (person, code_hash)
) STRICT;
CREATE TABLE half_session (
    secret_hash BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX half_session_by_person ON half_session (person);
CREATE INDEX half_session_by_end ON half_session (expires_at);
CREATE TABLE address_change (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    email TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    old_confirmed_at INTEGER,
    new_confirmed_at INTEGER,
    -- Another one took its place, or it was carried out.
    ended_at INTEGER
) STRICT;
CREATE INDEX address_change_of ON address_change (person);
CREATE INDEX address_change_by_end ON address_change (expires_at);
CREATE TABLE address_link (
    token_hash BLOB NOT NULL PRIMARY KEY,
    request BLOB NOT NULL REFERENCES address_change (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('old', 'new'))
) STRICT;
CREATE INDEX address_link_of ON address_link (request);
CREATE TABLE unwanted_letter (
    person BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (person, kind)
) STRICT;
CREATE TABLE disclosure_request (
    id BLOB NOT NULL PRIMARY KEY,
    submission BLOB NOT NULL REFERENCES submission (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    asked_by BLOB NOT NULL REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    replaced_at INTEGER
) STRICT;
CREATE INDEX disclosure_request_in ON disclosure_request (submission, email);
CREATE INDEX disclosure_request_of ON disclosure_request (email);
CREATE INDEX disclosure_request_by ON disclosure_request (asked_by);
CREATE TABLE disclosure_link (
    token_hash BLOB NOT NULL PRIMARY KEY,
    request BLOB NOT NULL REFERENCES disclosure_request (id),
    way TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disclosure_link_of ON disclosure_link (request);
CREATE TABLE disclosure (
    id BLOB NOT NULL PRIMARY KEY,
    request BLOB NOT NULL UNIQUE REFERENCES disclosure_request (id),
    email TEXT NOT NULL,
    way TEXT NOT NULL,
    relationships TEXT NOT NULL,
    statement TEXT NOT NULL,
    signature TEXT NOT NULL,
    given_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disclosure_of ON disclosure (email, given_at);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0001_schema', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0003_people', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0005_typed', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0006_office', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0007_conflicts', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0008_trail', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0009_sessions', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0010_second_factor', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0011_address_and_letters', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0012_disclosures', 1795872328);
INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m0013_discarded', 1795872328);
INSERT INTO "organisation" ("id", "name", "short", "time_zone", "created_at", "calendar", "look_back_days", "single", "second_factor") VALUES (X'01A222550BA375A7B92AAB5FEE903E07', 'Academy of Tests', 'AT', 'America/Chicago', 1795872328611872, '{"weekend":["Saturday","Sunday"],"holidays":[],"meetings":["committee: first Thursday at 09:00; papers 14 days before"]}', 60, 1, 'nobody');
INSERT INTO "person" ("id", "email", "name", "name_key", "credentials", "affiliation", "affiliation_key", "standing", "duties", "password", "created_at", "erased_at") VALUES (X'01A222550BA675EFAACD62CB7B28EF9C', 'ada@academy.example', 'Ada Fell', 'ada fell', '', 'Academy of Tests', 'academy of tests', 'invited', '["administrator"]', NULL, 1795872328611872, NULL);
INSERT INTO "person" ("id", "email", "name", "name_key", "credentials", "affiliation", "affiliation_key", "standing", "duties", "password", "created_at", "erased_at") VALUES (X'01A222550BC17106ADE245E42D30E844', 'author@academy.example', 'author', 'author', '', 'Hospital of the author', 'hospital of the author', 'active', '[]', NULL, 1795872328639589, NULL);
INSERT INTO "person" ("id", "email", "name", "name_key", "credentials", "affiliation", "affiliation_key", "standing", "duties", "password", "created_at", "erased_at") VALUES (X'01A222550BC271968BA6D5C493E1709D', 'officer@academy.example', 'officer', 'officer', '', 'Hospital of the officer', 'hospital of the officer', 'active', '[]', NULL, 1795872328639589, NULL);
INSERT INTO "person" ("id", "email", "name", "name_key", "credentials", "affiliation", "affiliation_key", "standing", "duties", "password", "created_at", "erased_at") VALUES (X'01A222550BC371E38300E3F8ADB223F4', 'second-officer@academy.example', 'second-officer', 'second officer', '', 'Hospital of the second-officer', 'hospital of the second officer', 'active', '[]', NULL, 1795872328639589, NULL);
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BA675EFAACD62CB7B28EF9C', 'academy');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC17106ADE245E42D30E844', 'academy');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC271968BA6D5C493E1709D', 'academy');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC371E38300E3F8ADB223F4', 'academy');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BA675EFAACD62CB7B28EF9C', 'ada');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC17106ADE245E42D30E844', 'author');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BA675EFAACD62CB7B28EF9C', 'example');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC17106ADE245E42D30E844', 'example');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC271968BA6D5C493E1709D', 'example');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC371E38300E3F8ADB223F4', 'example');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BA675EFAACD62CB7B28EF9C', 'fell');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC271968BA6D5C493E1709D', 'officer');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC371E38300E3F8ADB223F4', 'officer');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC371E38300E3F8ADB223F4', 'second');
INSERT INTO "person_word" ("owner", "word") VALUES (X'01A222550BC371E38300E3F8ADB223F4', 'secondofficer');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E81A28803DB', 'accreditation-office', 'Accreditation office');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E822A9F3BD3', 'audit', 'Audit');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E8305D49254', 'commission', 'Commission');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E84CAC9DEDF', 'course-sponsors', 'Course sponsors');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E85674B853A', 'family-chiefs', 'Family chiefs');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E86273A0919', 'family-reviewers', 'Family reviewers');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E8770F5E7C4', 'integrity', 'Integrity');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA5727A8D7C3E881ED2A248', 'nurse-appeals', 'Nurse appeals');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA675EFAACD62C74905D7A2', 'nurse-leaders', 'Nurse leaders');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA675EFAACD62C8B4B9A12F', 'nurse-peers', 'Nurse peers');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA675EFAACD62C9D4604400', 'self-study-assessors', 'Self study assessors');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550BA675EFAACD62CA18B65298', 'self-study-leads', 'Self study leads');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550CDE73B68A90A21D46941813', 'appeals', 'Appeals');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550CDE73B68A90A21E2ABEE1E9', 'committee', 'Committee');
INSERT INTO "group" ("id", "slug", "title") VALUES (X'01A222550CDE73B68A90A21FFD77D847', 'content-reviewers', 'Content reviewers');
INSERT INTO "membership" ("slug", "person") VALUES ('integrity', X'01A222550BC271968BA6D5C493E1709D');
INSERT INTO "membership" ("slug", "person") VALUES ('integrity', X'01A222550BC371E38300E3F8ADB223F4');
INSERT INTO "link" ("id", "token_hash", "person", "purpose", "expires_at", "used_at") VALUES (X'01A222550BA77089A51FF3A53A20CC54', X'133CECA3746AC76E84A27A900D4682475B604BEC62A9ED42D01EBC5F1BDBC121', X'01A222550BA675EFAACD62CB7B28EF9C', 'set-up', 1795874128615778, NULL);
INSERT INTO "setting" ("name", "value") VALUES ('schema_floor', '"m0010_second_factor"');
INSERT INTO "setting" ("name", "value") VALUES ('folding', '4');
INSERT INTO "setting" ("name", "value") VALUES ('installation', '"01a22255-0aaa-7540-8ad6-838735457797"');
INSERT INTO "setting" ("name", "value") VALUES ('late_since', 'true');
INSERT INTO "log" ("id", "at", "actor", "act", "subject", "detail", "erasure", "kind", "submission") VALUES (X'01A222550BA77089A51FF3A4F334FD75', 1795872328611872, NULL, 'organisation-founded', 'AT', '{"administrator":"ada@academy.example","name":"Academy of Tests"}', NULL, 'change', NULL);
INSERT INTO "definition" ("hash", "workflow", "source", "loaded_at", "proposed_by") VALUES ('7e76e1471e18e3df8faf1a8d03dc2fea224154285727bb9aaf0742c98efa0583', 'aafp-activity', '# Review of an activity for AAFP credit: Prescribed where a member of the academy takes part, otherwise Elective.
# The format is explained in README.md beside this file.
#
# Where the rules come from (read on 2026-11-22):
#   Prescribed: mainly for physicians, and an active or life member directs,
#   plans or reviews it; otherwise Elective                     aafp.org, types and definitions of CME activities; eligibility requirements
#   a decision for the application and for each session,
#   information asked (on hold, or continued without it),
#   15 business days, denied: go on without credit, appeal
#   within 30 business days, or revise if it is not held yet    aafp.org, CME Credit System, FAQ on the application process, completing the
#                                                               application, completing the questions
#   the Commission on CPD has the final word                    aafp.org, about the credit system, FAQ
#   an earlier approval does not bind; about one year           aafp.org, application process FAQ; example of teachingphysician.org
#   an application up to 365 days after the event; a session
#   of a series carries at most 3.75 credits                    aafp.org, application process FAQ (another copy, read on 2026-11-26)
#   quarter steps                                               not stated by the AAFP; see credits/aafp-prescribed.yaml
format: 1
workflow: aafp-activity
title: AAFP credit for an activity
lead: An activity that you want reviewed for AAFP Prescribed or Elective credit, session by session.
subject: course
reference: FP

form:
  - section: activity
    title: The activity
    questions:
      - { id: title,       type: text,      label: Title, max: 200 }
      - { id: description, type: long-text, label: What it is about, min: 50, max: 2500 }
      - { id: format,      type: choice,    label: Format, options: { live: Live activity, series: ''Series of live sessions, as grand rounds'', enduring: Enduring material } }
      - { id: starts_on,   type: date,      label: First day }
      - { id: ends_on,     type: date,      label: Last day }
      - { id: place,       type: text,      label: Place or web address, optional: true }
      - { id: physicians,  type: yes-no,    label: Is it mainly for physicians? }
  - section: member
    title: The academy''s member
    questions:
      - { id: member_part, type: choice, label: An active or life member of the AAFP takes part as,
          options: { director: Programme director, planner: Member of the planning committee, reviewer: Reviewer of the content, none: No member takes part },
          hint: ''Without a member the activity can be approved for Elective credit, not for Prescribed.'' }
      - { id: member,      type: text,   label: Name and member number, optional: true }
  - section: need
    title: Why it is needed
    questions:
      - { id: gap,          type: long-text, label: Professional practice gap, min: 50 }
      - { id: gap_evidence, type: long-text, label: Evidence of the gap, min: 30 }
  - section: people
    title: Faculty and planners
    questions:
      - { id: faculty, type: people, label: Everybody in control of the content, min: 1, max: 60, disclosure: true,
          hint: Each discloses every financial relationship of the last 24 months with companies that make or sell healthcare products. }
  - section: sessions
    title: Sessions
    questions:
      - id: sessions
        type: table
        label: Sessions
        min: 1
        max: 100
        each:
          - { that: credit_minutes <= minutes, say: No more minutes count for credit than the session takes. }
          - { that: minutes <= ends - starts,  say: The session takes more minutes than there are between its begin and its end. }
          - { that: "format != ''series'' || credit_minutes <= 225", say: A session of a series carries at most 3.75 credits. }
        columns:
          - { id: title,          type: text,      label: Session, max: 200 }
          - { id: presenter,      type: person,    label: Presented by, of: faculty, optional: true }
          - { id: day,            type: date,      label: Day, optional: true, hint: Where it lasts more than one. }
          - { id: starts,         type: time,      label: Begins at, optional: true }
          - { id: ends,           type: time,      label: Ends at, optional: true }
          - { id: minutes,        type: integer,   label: Minutes, min: 1, max: 1440 }
          - { id: credit_minutes, type: integer,   label: Minutes that count for credit, min: 0, max: 1440, hint: 0 for a break and for a session beside another one. }
          - { id: basis,          type: choice,    label: Content, options: { evidence: Rests on evidence, guideline: Explains a guideline, alternative: Complementary or alternative practice, other: Not clinical } }
  - section: independence
    title: Independence and evaluation
    questions:
      - { id: supported,  type: yes-no,    label: Is there commercial support? }
      - { id: support,    type: long-text, label: ''Source, amount or kind, and date of the written agreement'', optional: true }
      - { id: evaluation, type: long-text, label: How you will know that it worked, min: 20 }
  - section: materials
    title: Materials
    questions:
      - { id: materials, type: files, label: ''Programme, slides, references'', min: 1, max: 50, accept: [pdf, image, office, text, media], max_size: 2GB }
      - { id: truth,     type: yes-no, label: What I have written is complete and true, must: true }

roles:
  author:     { is: submitter }
  screener:   { group: accreditation-office, at_least: 2 }
  reviewer:   { group: family-reviewers,     at_least: 3 }
  chief:      { group: family-chiefs,        at_least: 2 }
  commission: { group: commission,           at_least: 4 }   # three sit; one stands in should a conflict become known

separation:
  - { person: author,   never_acts_as: [screener, reviewer, chief, commission] }
  - { person: reviewer, never_acts_as: [chief, commission] }
  - { person: chief,    never_acts_as: [commission] }

limits: { requests: 2, re_reviews: 1, appeals: 1 }

requirements:
  within-a-year: { that: "ends_on >= today - ''P365D''", say: An application is taken up to 365 days after the activity was held. }
  complete-application:
    - { that: "ends_on >= starts_on", say: The last day is before the first day. Correct the dates. }
    - { that: "member_part == ''none'' || size(member) >= 3", say: Name the member who takes part. }
    - { that: "!supported || size(support) >= 20", say: "There is commercial support: describe its source, amount or kind, and the written agreement." }
    - { that: "sum(sessions.credit_minutes) >= 7.5", say: No minutes of the sessions count for credit. Enter them. }
  credits-carried: { that: "decided.credits * 60 <= sum(sessions.credit_minutes, decided.approved) + 7.5", say: "The approved sessions do not carry so many credits: 60 credit minutes make one, rounded to the nearest quarter, and what is at the same time counts once." }

rubrics:
  family:
    - { id: relevant, type: yes-no,    label: It serves patient care or its delivery }
    - { id: evidence, type: yes-no,    label: The content rests on evidence and is fairly balanced }
    - { id: sessions, type: rows,      label: Sessions that should count, of: sessions }
    - { id: remarks,  type: long-text, label: Remarks for the chief only, optional: true }

states:
  draft:      { kind: start, label: Draft }
  screening:  { label: Eligibility and completeness, author_label: With the office. Nothing for you to do., remind: [P5D, P10D] }
  info-asked: { label: Information asked, author_label: Information is asked. Answer and send again., clock: paused, remind: [P7D, P21D] }
  review:
    label: Being reviewed
    author_label: Being reviewed. Nothing for you to do.
    remind: [P7D, P14D]
    tracks:
      family: { role: reviewer, seats: 2, quorum: 2, verdicts: [approve, reject], rubric: family, sealed: true }
  overdue:    { label: Review overdue, author_label: The review is late. It is being taken care of., remind: [P3D, P7D] }
  decision:   { label: To be decided, author_label: About to be decided. Nothing for you to do., remind: [P5D, P10D] }
  prescribed:                   # about one year; a new edition is reviewed anew
    label: Approved for Prescribed credit
    release: decision
    designate: { credit: aafp-prescribed, maximum: decided.credits, valid: P1Y }
  elective:
    label: Approved for Elective credit
    release: decision
    designate: { credit: aafp-elective, maximum: decided.credits, valid: P1Y }
  denied:     { label: Denied, author_label: ''Denied. You can revise it, appeal, or hold it without credit.'', remind: [P14D, P35D] }
  revising:   { label: Being revised, author_label: Revise it and send it again before it is held., clock: paused, remind: [P14D, P30D] }
  appeal:
    label: Before the commission
    author_label: Your appeal is with the commission. Nothing for you to do.
    remind: [P14D, P28D]
    tracks:
      commission: { role: commission, seats: 3, quorum: 3, verdicts: [approve, reject] }
  granted:    { label: Appeal granted, author_label: Your appeal is granted. The commission enters the credit., remind: [P3D, P7D] }
  dismissed:  { kind: end, label: Appeal dismissed }
  final-no:   { kind: end, label: Denial final }
  withdrawn:  { kind: end, label: Withdrawn }
  lapsed:     { kind: end, label: Lapsed }
  expired:    { kind: end, label: Approval expired }
  revoked:    { kind: end, label: Approval revoked, stop: credit }

transitions:
  submit:
    from: [draft]
    to: screening
    by: [author]
    label: Send for review
    requires: [within-a-year, complete-application]
  withdraw:  { from: [draft, screening, info-asked, review, decision, revising], to: withdrawn, by: [author], label: Withdraw }
  ask-info:  { from: [screening], to: info-asked, by: [screener], label: Ask for information, note: required, counts: requests, when: "requests < limit.requests" }
  informed:  { from: [info-asked], to: screening, by: [author], label: Send again }
  go-on:     { from: [info-asked], to: review, by: [screener], label: Continue without it, turn: none }
  no-answer: { from: [info-asked], to: lapsed, after: P60D }
  to-review: { from: [screening], to: review, by: [screener], label: Send to review }
  not-ours:  { from: [screening], to: final-no, by: [screener], label: Not eligible, note: required }
  reviewed:  { from: [review], to: decision, auto: true, when: "complete(''family'')" }
  late:      { from: [review], to: overdue, after: { business_days: 15 }, notify: [chief] }
  extend:    { from: [overdue], to: review, by: [chief], label: Extend the review, keep_verdicts: true, unbounded: ok }
  reopen:    { from: [decision], to: review, by: [chief], label: Back to review for the missing verdict, keep_verdicts: true, unbounded: ok, when: "!complete(''family'')" }
  approve-prescribed:
    from: [decision]
    to: prescribed
    by: [chief]
    label: Approve for Prescribed credit
    when: "approvals(''family'') >= 1 && complete(''family'') && member_part != ''none'' && physicians"
    asks:
      - { id: approved, type: rows,    label: Sessions approved, of: sessions, min: 1 }
      - { id: credits,  type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25, hint: ''60 credit minutes of the approved sessions make one credit, rounded to the nearest quarter.'' }
    requires: credits-carried
  approve-elective:
    from: [decision]
    to: elective
    by: [chief]
    label: Approve for Elective credit
    when: "approvals(''family'') >= 1 && complete(''family'') && (member_part == ''none'' || !physicians)"
    asks:
      - { id: approved, type: rows,    label: Sessions approved, of: sessions, min: 1 }
      - { id: credits,  type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25, hint: ''60 credit minutes of the approved sessions make one credit, rounded to the nearest quarter.'' }
    requires: credits-carried
  deny:
    from: [decision]
    to: denied
    by: [chief]
    label: Deny
    note: required
    asks:
      - id: reasons
        type: choices
        label: Reasons
        min: 1
        options:
          evidence: The content does not rest on evidence
          balance: The content is not balanced or promotes a product
          conflict: A conflict of interest is not resolved
          support: Commercial support is not disclosed or has no agreement
          audience: It does not serve the practice of family physicians
          incomplete: Information is missing
  let-go:    { from: [denied], to: final-no, by: [author], label: Hold it without credit }
  revise:    { from: [denied], to: revising, by: [author], label: Revise it, counts: re_reviews, when: "re_reviews < limit.re_reviews",
               requires: { that: "starts_on > today", say: "It has been held, and only what is not held yet can be revised. You can appeal." } }
  revised:
    from: [revising]
    to: review
    by: [author]
    label: Send again
    requires: complete-application
  not-revised: { from: [revising], to: lapsed, after: P60D }
  appeal:    { from: [denied], to: appeal, by: [author], label: Appeal, note: required, counts: appeals, when: "appeals < limit.appeals" }
  no-appeal: { from: [denied], to: final-no, after: { business_days: 30 } }
  dismiss:   { from: [appeal], to: dismissed, auto: true, when: "complete(''commission'') && approvals(''commission'') < 2" }
  uphold:    { from: [appeal], to: granted,   auto: true, when: "complete(''commission'') && approvals(''commission'') >= 2" }
  grant-prescribed:
    from: [granted]
    to: prescribed
    by: [commission]
    label: Grant Prescribed credit
    when: "member_part != ''none'' && physicians"
    asks:
      - { id: approved, type: rows,    label: Sessions approved, of: sessions, min: 1 }
      - { id: credits,  type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25 }
    requires: credits-carried
  grant-elective:
    from: [granted]
    to: elective
    by: [commission]
    label: Grant Elective credit
    when: "member_part == ''none'' || !physicians"
    asks:
      - { id: approved, type: rows,    label: Sessions approved, of: sessions, min: 1 }
      - { id: credits,  type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25 }
    requires: credits-carried
  too-late:  { from: [granted], to: final-no, by: [commission], label: Close it without credit, note: required }
  expire:    { from: [prescribed, elective], to: expired, after: P1Y }
  revoke:    { from: [prescribed, elective], to: revoked, by: [chief], label: Revoke, note: required, turn: none }

prove:
  - { name: the author decides nothing,  never: { person: author, acts_as: [screener, reviewer, chief, commission] } }
  - { name: who reviewed does not decide, never: { person: reviewer, acts_as: [chief, commission] } }
  - { name: every application ends,      from_any: reach_end }
  - { name: one revision,                bound: { transition: revised, at_most: 1 } }
  - { name: one appeal,                  bound: { transition: appeal, at_most: 1 } }
', 1795872328391206, NULL);
INSERT INTO "definition" ("hash", "workflow", "source", "loaded_at", "proposed_by") VALUES ('99fa1eea51ce9403a25781623a9e673f55c6dba81c31a95b97237bd6cb4d8939', 'course-accreditation', '# yaml-language-server: $schema=workflow.schema.json
# Accreditation of a self-produced course by the committee of an accredited provider, for AMA PRA Category 1 Credit.
# The format is explained in README.md beside this file.
#
# The form asks what that credit needs and no more. Left out, with the reason:
#   provider activity id, joint providership      the office''s own record, not the author''s
#   ABMS and IPEC competencies, commendation tags  asked by ACCME of the provider''s programme, not of each course
#   MOC, REMS and MIPS registration                other systems'' questions; they belong to their own workflow
#   fee, budget                                    ACCME may ask the provider for statements later; not part of the decision
#   nurse planner, AAFP member, contact hours      other credit systems
#   relevance and mitigation of a disclosure       decided by the conflict-of-interest officer (rubric below)
#   promotion text                                 may not say "approved" before it is; the author attests to that
#
# Where the rules come from (read on 2026-11-22):
#   stages, two reviewers, a disjoint appeal panel   University of Illinois, Peoria and Chicago; ETSU; University of Arizona (CME office pages)
#   papers due before a meeting of the committee,
#   some months without one                     University of Illinois, Peoria: two full weeks before; ETSU: none in July and December
#   approval that is tentative until all is there,
#   else withdrawn by the office                     University of California San Diego, cme.ucsd.edu
#   never designated after the fact, quarter steps   AMA PRA booklet (bumc.bu.edu/cme) and AMA provider FAQ (ama-assn.org)
#   enduring material reviewed every three years     accme.org, ask ACCME; AMA PRA revision of 2010 (policymed.com)
#   teaching credit: 2 an hour, first time only      usuhs.mil, other learning (AMA)
#   suspension, and revocation that deletes nothing  our own: what was earned is taken back by a line of its own, never erased
format: 1
workflow: course-accreditation
title: Accreditation of a self-produced course
lead: A course you produce, accredited for AMA PRA Category 1 Credit by the committee.
subject: course
reference: CA                   # of the references, as CA-2026-0042

form:
  - section: course
    title: The course
    questions:
      - { id: title,       type: text,      label: Title of the course, max: 200 }
      - { id: description, type: long-text, label: What it is about, min: 50, max: 2500 }
      - { id: format,      type: choice,    label: Format, options: { live: Live activity, enduring: Enduring material },
          hint: A live activity takes place on given days. Enduring material can be used at any time. }
      - { id: starts_on,   type: date,      label: First day, hint: For enduring material the day of release. Credit is never given for a course that has begun. }
      - { id: ends_on,     type: date,      label: Last day, hint: For enduring material the last day it is offered. }
      - { id: place,       type: text,      label: Place or web address, optional: true }
      - { id: audience,    type: choices,   label: Who it is for, min: 1,
          options: { physicians: Physicians, nurses: Nurses, assistants: Physician assistants, pharmacists: Pharmacists, trainees: Residents and students, others: Others } }
      - { id: expected,    type: integer,   label: Participants expected, min: 1, max: 100000, optional: true }
  - section: need
    title: Why it is needed
    questions:
      - { id: gap,          type: long-text, label: Professional practice gap, min: 50,
          hint: ''What is done today, what should be done, and the difference between the two.'' }
      - { id: gap_sources,  type: choices,   label: How you know of the gap, min: 1,
          options: { guideline: New guideline, quality-data: Quality or outcome data, survey: Survey of the audience, literature: Literature, expert: Expert opinion, incident: Incident or complaint } }
      - { id: gap_evidence, type: long-text, label: Evidence of the gap, min: 30, hint: ''Figures and references, at most five years old unless historic.'' }
      - { id: need_types,   type: choices,   label: What the audience lacks, min: 1,
          options: { knowledge: Knowledge, competence: Competence (knowing how), performance: Performance (doing it) } }
  - section: design
    title: What it will change
    questions:
      - id: objectives
        type: table
        label: Objectives
        hint: Begin with a verb that can be measured, as "choose", "perform", "reduce"; not "understand".
        min: 1
        max: 12
        columns:
          - { id: objective, type: text,   label: After the course participants will, max: 300 }
          - { id: result,    type: choice, label: Changes, options: { competence: Competence, performance: Performance, outcome: Patient outcome } }
      - { id: format_reason, type: long-text, label: Why this format fits, min: 20 }
  - section: people
    title: Faculty and planners
    questions:
      - { id: faculty, type: people, label: Everybody in control of the content, min: 1, max: 60, disclosure: true,
          hint: ''Planners, speakers, authors and reviewers. Each discloses every financial relationship of the last 24 months with companies that make or sell healthcare products, of any amount.'' }
  - section: agenda
    title: Agenda
    questions:
      - id: agenda
        type: table
        label: Agenda
        min: 1
        max: 100
        each:
          - { that: credit_minutes <= minutes, say: No more minutes count for credit than the session takes. }
          - { that: minutes <= ends - starts,  say: The session takes more minutes than there are between its begin and its end. }
        columns:
          - { id: title,          type: text,    label: Session, max: 200 }
          - { id: day,            type: date,    label: Day, optional: true, hint: Where the course lasts more than one. }
          - { id: starts,         type: time,    label: Begins at, optional: true }
          - { id: ends,           type: time,    label: Ends at, optional: true }
          - { id: minutes,        type: integer, label: Minutes, min: 1, max: 1440 }
          - { id: credit_minutes, type: integer, label: Minutes that count for credit, min: 0, max: 1440,
              hint: 0 for a break or a welcome and for a session beside another one. }
          - { id: presenter,      type: person,  label: Presented by, of: faculty, optional: true }
          - { id: first_time,     type: yes-no,  label: Presented for the first time, optional: true }
  - section: independence
    title: Independence
    questions:
      - { id: supported,       type: yes-no,    label: Is there commercial support? }
      - { id: support,         type: long-text, label: ''Source, amount or kind, and date of the written agreement'', optional: true }
      - { id: content_valid,   type: yes-no,    label: Every recommendation rests on evidence and nothing promotes a product, must: true }
  - section: evaluation
    title: Evaluation
    questions:
      - { id: evaluation,  type: choices,   label: How you will know that it worked, min: 1,
          options: { questionnaire: Questionnaire, test: Test before and after, commitment: Commitment to change, observation: Observation in practice, patient-data: Patient data } }
      - { id: assessment,  type: long-text, label: Assessment and passing mark, optional: true,
          hint: Needed for enduring material. Participants are told the passing mark beforehand. }
  - section: materials
    title: Materials
    questions:
      - { id: materials, type: files, label: ''Slides, handouts, references'', min: 1, max: 50, accept: [pdf, image, office, text, media], max_size: 2GB }
  - section: attest
    title: Declarations
    questions:
      - { id: advance, type: yes-no, label: Nothing is announced as accredited before it is, must: true }
      - { id: truth,   type: yes-no, label: What I have written is complete and true, must: true }

roles:
  author:       { is: submitter }
  screener:     { group: accreditation-office, at_least: 2 }
  reviewer:     { group: content-reviewers,    at_least: 5 }
  coi-officer:  { group: integrity,            at_least: 2 }
  chair:        { group: committee,            at_least: 2 }
  appeal-panel: { group: appeals,              at_least: 4 }   # three sit; one stands in should a conflict become known

separation:
  - { person: author,   never_acts_as: [screener, reviewer, coi-officer, chair, appeal-panel] }
  - { person: reviewer, never_acts_as: [chair, appeal-panel] }
  - { person: chair,    never_acts_as: [appeal-panel] }

limits: { rounds: 2, returns: 2, appeals: 1 }

records:                        # of whom no disclosure is there: neither their own nor one that the author wrote
  undisclosed: { undisclosed: faculty }

requirements:                   # sets that several transitions name
  sound-dates:
    - { that: "ends_on >= starts_on", say: The last day is before the first day. Correct the dates. }
    - { that: "format != ''live'' || starts_on > today", say: "A course that has begun cannot be accredited any more: credit is designated in advance, never afterwards." }
  three-years-at-most: { that: "format != ''enduring'' || ends_on <= starts_on + ''P3Y''", say: Enduring material is reviewed at least every three years. Choose a last day within three years of the release. }
  complete-application:
    - { that: "!supported || size(support) >= 20", say: "There is commercial support: describe its source, amount or kind, and the written agreement." }
    - { that: "format != ''enduring'' || size(assessment) >= 20", say: Enduring material needs an assessment with a passing mark. Describe both. }
    - { that: "sum(agenda.credit_minutes) >= 7.5", say: No minutes of the agenda count for credit. Enter them in the agenda. }
  credits-carried: { that: "decided.credits * 60 <= sum(agenda.credit_minutes) + 7.5", say: "The agenda does not carry so many credits: 60 credit minutes make one, rounded to the nearest quarter, and what is at the same time counts once." }
  in-advance: { that: "format != ''live'' || starts_on > today", say: "This course has begun and cannot be accredited any more: credit is designated in advance, never afterwards." }
  change-in-advance: { that: "format != ''live'' || starts_on > today", say: "This course has begun: what was accredited stands, and a change cannot be approved any more." }
  disclosed: { that: "record.undisclosed == 0", say: "Somebody in control of the content was asked and has not disclosed yet, or a disclosure is out of date. Ask them again, or return the application." }
  conditions-day:
    - { that: "decided.conditions_due > today", say: Choose a day in the future. }
    - { that: "format != ''live'' || decided.conditions_due < starts_on", say: "Choose a day before the course begins: it cannot be accredited afterwards." }

rubrics:
  content:
    - { id: gap_shown,   type: choice, label: The practice gap is shown, options: { fully: Fully, partly: Partly, no: No } }
    - { id: measurable,  type: yes-no, label: The objectives can be measured }
    - { id: evidence,    type: yes-no, label: The content rests on evidence and is fairly balanced }
    - { id: minutes,     type: yes-no, label: The minutes counted for credit are educational }
    - { id: remarks,     type: long-text, label: Remarks for the office only, optional: true }
  interest:
    - { id: disclosed,   type: yes-no, label: Everybody in control of the content has disclosed }
    - { id: excluded,    type: yes-no, label: No owner or employee of an ineligible company controls content }
    - { id: mitigation,  type: choice, label: Relevant relationships, options: { none: There are none, mitigated: All are mitigated, open: Not mitigated yet } }
    - { id: remarks,     type: long-text, label: How each was mitigated, optional: true }

states:
  draft:      { kind: start, label: Draft }
  screening:  { label: Office screening, author_label: With the office. Nothing for you to do., remind: [P5D, P10D] }
  returned:   { label: Returned as incomplete, author_label: Returned as incomplete. Complete it and send it again., clock: paused, remind: [P14D, P45D] }
  review:
    label: Content and conflict-of-interest review
    author_label: Being reviewed. Nothing for you to do.
    remind: [P7D, P14D]
    tracks:
      content:  { label: Content review, role: reviewer,    seats: 3, quorum: 2, verdicts: [approve, revise, reject], rubric: content, sealed: true }
      interest: { label: Conflict-of-interest review, role: coi-officer, seats: 1, quorum: 1, verdicts: [approve, revise, reject], rubric: interest }
  escalated:  { label: Review overdue, author_label: The review is late. The chair is taking care of it., remind: [P3D, P7D] }
  docket:                       # nobody''s turn, and nothing decided: without `release` the author learns nothing yet; which meeting that is, and until when papers are taken, says the organisation''s calendar
    label: On the agenda of the committee
    author_label: The committee decides at its meeting or soon after. Nothing for you to do.
  decision:   { label: Committee decision, author_label: Before the committee. Nothing for you to do., remind: [P21D, P45D] }
  overdue:    { label: Committee decision overdue, author_label: The decision is late. The office is taking care of it., remind: [P7D, P14D] }
  revision:   { label: Changes requested, author_label: Changes are requested. Answer them and send again., clock: paused, remind: [P30D, P60D] }
  conditional:
    label: Approved with conditions
    author_label: Approved with conditions. Meet them by the day set and send again; until then it is not accredited.
    clock: paused
    remind: [P7D, P14D]
  conditions: { label: Conditions to check, author_label: The office checks whether the conditions are met. Nothing for you to do., remind: [P5D, P10D] }
  accredited:                   # three years, the longest AMA and ACCME allow enduring material without review; a live course ends by its report
    label: Accredited
    release: decision           # the committee''s own words; what reviewers wrote stays with the office
    author_label: Accredited. You can change it; a change counts once it is approved.
    designate: { credit: ama-pra-1, maximum: decided.credits, valid: P3Y, since: [approve, conditions-met, renew] }
  maintained:                   # accredited as before, after a change, a renewal or a suspension
    label: Accreditation maintained
    release: decision
    author_label: Accredited. You can change it; a change counts once it is approved.
    designate: { credit: ama-pra-1, maximum: decided.credits, valid: P3Y, since: [approve, conditions-met, renew] }
  expiring:   { label: Accreditation ends soon, author_label: The accreditation ends soon. Apply for renewal if it is to be offered on., remind: [P30D, P60D] }
  changing:                     # what was accredited stands, and is what the public page shows, until the change is approved
    label: Change being written
    author_label: Write your change and send it. What was accredited stands until the change is approved.
    clock: paused
    remind: [P14D, P30D]
  change:     { label: Change to look at, author_label: Your change is with the office. What was accredited stands until it is approved., remind: [P5D, P10D] }
  change-review:
    label: Review of a major change
    author_label: Your change is being reviewed. What was accredited stands until it is approved.
    remind: [P7D, P14D]
    tracks:
      changed-content:  { role: reviewer,    seats: 2, quorum: 2, verdicts: [approve, revise, reject], rubric: content, sealed: true }
      changed-interest: { role: coi-officer, seats: 1, quorum: 1, verdicts: [approve, revise, reject], rubric: interest }
  change-decision: { label: Committee decision on a change, author_label: Your change is before the committee. What was accredited stands., remind: [P21D, P45D] }
  suspended:  { label: Suspended, author_label: Suspended. It may not be offered until the committee has decided., stop: offer, release: decision, remind: [P14D, P30D] }
  to-report:  { label: To be reported, author_label: Its last day is over. Report it., remind: [P14D, P45D] }
  reported:   { label: Report to confirm, author_label: Reported. The office confirms it., remind: [P7D, P14D] }
  unclear:    { label: Report sent back, author_label: The report was sent back. Correct it and report again., remind: [P14D, P45D] }   # not paused: what was accredited is not rewritten
  held:                         # teaching credit: 2 per hour presented at a live course, the first presentation only
    label: Held
    release: decision
    award:
      credit: ama-pra-1
      amount: { per_hour: 2, minutes: agenda.minutes, person: agenda.presenter, only: agenda.first_time }
      to: people(faculty)
      earned: decided.held_on
  filed:      { label: Reported, release: decision }
  rejected:   { label: Not accredited, author_label: Not accredited. You can appeal within 30 days. }
  appeal:
    label: Appeal
    author_label: Your appeal is with a panel that took no part before. Nothing for you to do.
    remind: [P14D, P28D]
    tracks:
      panel: { label: Appeal panel, role: appeal-panel, seats: 3, quorum: 3, verdicts: [approve, reject] }
  dismissed:  { kind: end, label: Appeal dismissed }
  final-no:   { kind: end, label: Rejection final }
  withdrawn:  { kind: end, label: Withdrawn }
  lapsed:     { kind: end, label: Lapsed }
  expired:    { kind: end, label: Accreditation expired }
  revoked:    { kind: end, label: Accreditation revoked, stop: credit }

transitions:
  submit:
    from: [draft]
    to: screening
    by: [author]
    label: Send to the office
    requires: [sound-dates, three-years-at-most, complete-application]
  withdraw:    { from: [draft, screening, returned, review, docket, revision, conditional, conditions], to: withdrawn, by: [author], label: Withdraw, note: optional }
  send-back:
    from: [screening]
    to: returned
    by: [screener]
    label: Return as incomplete
    note: required
    counts: returns
    when: "returns < limit.returns"
    asks:
      - id: reasons
        type: choices
        label: Reasons
        min: 1
        options:
          incomplete: Information or a document is missing
          disclosure: A disclosure is missing or older than 24 months
          conflict: A conflict of interest is not resolved
          support: Commercial support is not disclosed or has no agreement
          balance: The content is not balanced or promotes a product
          credentials: Credentials of the faculty are missing
          objectives: The objectives do not match the content
          references: References are out of date
          citations: Figures are not cited
          evidence: The content does not rest on evidence
          late: It was sent too late
          compliance: Earlier requirements were not met
  resubmit:
    from: [returned]
    to: screening
    by: [author]
    label: Send again
    requires: [sound-dates, three-years-at-most, complete-application]
  desk-reject: { from: [screening], to: rejected, by: [screener], label: Reject without review, note: required }
  to-review:   { from: [screening], to: review, by: [screener], label: Send to review }
  reviewed:    { from: [review], to: docket, auto: true, when: "complete(''content'') && complete(''interest'')" }
  convene:     { from: [docket], to: decision, after: { meeting: committee } }
  between:     { from: [docket], to: decision, by: [chair], label: Decide between meetings, note: required, turn: none }
  late:        { from: [review], to: escalated, after: P21D, notify: [chair] }
  extend:      { from: [escalated], to: review, by: [chair], label: Extend the review, keep_verdicts: true, unbounded: ok }
  stop:        { from: [escalated], to: rejected, by: [chair], label: Reject, note: required }
  approve:
    from: [decision, overdue]
    to: accredited
    by: [chair]
    label: Accredit
    when: "approvals(''content'') >= 2 && approvals(''interest'') >= 1"
    asks:
      - { id: credits, type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25, hint: ''60 credit minutes of the agenda make one credit, rounded to the nearest quarter.'' }
    requires: [credits-carried, in-advance, disclosed]
  approve-conditionally:        # tentative, until what is missing has arrived
    from: [decision, overdue]
    to: conditional
    by: [chair]
    label: Approve with conditions
    note: required
    when: "approvals(''content'') >= 2 && approvals(''interest'') >= 1"
    asks:
      - { id: credits, type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25, hint: ''60 credit minutes of the agenda make one credit, rounded to the nearest quarter.'' }
      - { id: conditions_due, type: date, label: Conditions to be met by }
    requires: [credits-carried, in-advance, conditions-day]
  conditions-sent:
    from: [conditional]
    to: conditions
    by: [author]
    label: Send as met
    requires: [sound-dates, three-years-at-most, complete-application]
  conditions-met:
    from: [conditions]
    to: accredited
    by: [screener]
    label: Accredit, the conditions are met
    when: "approvals(''content'') >= 2 && approvals(''interest'') >= 1"
    requires: [credits-carried, in-advance, disclosed]
  conditions-open:
    from: [conditions]
    to: conditional
    by: [screener]
    label: Not met yet
    note: required
    unbounded: ok
    asks:
      - { id: conditions_due, type: date, label: Conditions to be met by }
    requires: conditions-day
  conditions-lapse: { from: [conditional], to: lapsed, after: P1D, since: decided.conditions_due, notify: [screener] }
  ask-changes: { from: [decision, overdue], to: revision, by: [chair], label: Ask for changes, note: required, when: "rounds < limit.rounds" }
  reject:      { from: [decision, overdue], to: rejected, by: [chair], label: Reject, note: required }
  reopen:                       # a conflict found later voided a verdict: somebody else reviews
    from: [docket, decision, overdue, conditions]
    to: review
    by: [chair]
    label: Back to review for the missing verdict
    keep_verdicts: true
    unbounded: ok
    when: "!complete(''content'') || !complete(''interest'')"
  silent:      { from: [decision], to: overdue, after: { business_days: 45 }, notify: [chair, screener] }
  revised:
    from: [revision]
    to: review
    by: [author]
    label: Send again
    counts: rounds
    requires: [sound-dates, three-years-at-most, complete-application]
  no-revision: { from: [revision], to: lapsed, after: P90D }
  no-answer:   { from: [returned], to: lapsed, after: P60D }
  appeal:      { from: [rejected], to: appeal, by: [author], label: Appeal, note: required, counts: appeals, when: "appeals < limit.appeals" }
  no-appeal:   { from: [rejected], to: final-no, after: P30D }
  uphold:      { from: [appeal], to: review, auto: true, when: "complete(''panel'') && approvals(''panel'') >= 2" }
  dismiss:     { from: [appeal], to: dismissed, auto: true, when: "complete(''panel'') && approvals(''panel'') < 2" }
  amend:       { from: [accredited, maintained], to: changing, by: [author], label: Change it, turn: none, unbounded: ok }
  soon:        { from: [accredited, maintained], to: expiring, after: P33M, since: [approve, conditions-met, renew], when: "format == ''enduring''", notify: [author] }
  apply-again: { from: [expiring], to: changing, by: [author], label: Apply for renewal or change it, unbounded: ok }
  change-sent:
    from: [changing]
    to: change
    by: [author]
    label: Send the change
    asks:
      - { id: change, type: long-text, label: ''What changes, and why'', min: 20 }
    requires:
      - sound-dates
      - { that: "format != ''enduring'' || ends_on <= today + ''P3Y''", say: Enduring material is reviewed at least every three years. Choose a last day within the next three years. }
      - complete-application
  change-dropped:   { from: [changing], to: maintained, by: [author], label: Leave it as it was accredited, restore: answers, turn: none }
  change-forgotten: { from: [changing], to: maintained, after: P60D, restore: answers, notify: [author] }
  change-back:      { from: [change], to: changing, by: [screener], label: Send the change back, note: required, unbounded: ok }
  accept-change:                # minor: place, times, wording; the office may accept it alone
    from: [change]
    to: maintained
    by: [screener]
    label: Accept as a minor change
    note: optional
    requires: [credits-carried, change-in-advance]
  change-to-review: { from: [change], to: change-review, by: [screener], label: Send to review as a major change }
  change-reviewed:  { from: [change-review], to: change-decision, auto: true, when: "complete(''changed-content'') && complete(''changed-interest'')" }
  change-reopen:
    from: [change-decision]
    to: change-review
    by: [chair]
    label: Back to review for the missing verdict
    keep_verdicts: true
    unbounded: ok
    when: "!complete(''changed-content'') || !complete(''changed-interest'')"
  approve-change:
    from: [change-decision]
    to: maintained
    by: [chair]
    label: Approve the change
    when: "approvals(''changed-content'') >= 2 && approvals(''changed-interest'') >= 1"
    asks:
      - { id: credits, type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25, hint: ''60 credit minutes of the agenda make one credit, rounded to the nearest quarter.'' }
    requires: [credits-carried, change-in-advance, disclosed]
  renew:
    from: [change-decision]
    to: maintained
    by: [chair]
    label: Renew for three years
    when: "format == ''enduring'' && approvals(''changed-content'') >= 2 && approvals(''changed-interest'') >= 1"
    asks:
      - { id: credits, type: decimal, label: Credits approved, min: 0.25, max: 200, step: 0.25, hint: ''60 credit minutes of the agenda make one credit, rounded to the nearest quarter.'' }
    requires: [credits-carried, disclosed]
  refuse-change:    { from: [change-decision], to: maintained, by: [chair], label: Refuse the change, note: required, restore: answers }
  suspend:     { from: [accredited, maintained, expiring], to: suspended, by: [chair], label: Suspend, note: required, turn: none, unbounded: ok }
  reinstate:   { from: [suspended], to: maintained, by: [chair], label: Reinstate, note: optional }
  took-place:  { from: [accredited, maintained, expiring], to: to-report, after: P1D, since: ends_on }
  report:
    from: [to-report, unclear]
    to: reported
    by: [author]
    label: Report that it took place
    unbounded: ok
    asks:
      - { id: held_on,      type: date,    label: Held on }
      - { id: participants, type: integer, label: Participants, min: 0, max: 100000 }
    requires:
      - { that: "decided.held_on >= starts_on && decided.held_on <= ends_on && decided.held_on <= today", say: "The day has to lie between the first and the last day of the course, and not in the future." }
  confirm:     { from: [reported], to: held, by: [screener], label: Confirm the report, when: "format == ''live''" }
  file:        { from: [reported], to: filed, by: [screener], label: Confirm the report, when: "format == ''enduring''" }
  query:       { from: [reported], to: unclear, by: [screener], label: Send the report back, note: required, unbounded: ok }
  # The office''s delay is not the author''s loss: what it has on its desk does not expire there.
  expire:      { from: [accredited, maintained, expiring, changing, suspended, to-report, unclear, held, filed], to: expired, after: P3Y, since: [approve, conditions-met, renew] }
  revoke:      { from: [accredited, maintained, expiring, suspended, to-report, held, filed], to: revoked, by: [chair], label: Revoke, note: required, turn: none }

prove:
  - { name: two reviewers besides the author,  before: accredited, distinct_approvals: { track: content, at_least: 2, excluding: [author] } }
  - { name: conflict check before credit,      before: accredited, approvals: { track: interest, at_least: 1 } }
  - { name: the author decides nothing,        never: { person: author, acts_as: [screener, reviewer, coi-officer, chair, appeal-panel] } }
  - { name: every item ends,                   from_any: reach_end }
  - { name: revisions are few,                 bound: { transition: revised, at_most: 2 } }
', 1795872328434300, NULL);
INSERT INTO "definition" ("hash", "workflow", "source", "loaded_at", "proposed_by") VALUES ('20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf', 'disclosure', '# Disclosure of financial relationships: one for each person, good for 24 months and for every activity.
# The format is explained in README.md beside this file.
#
# Where the rules come from (read on 2026-11-22): Standards for Integrity and Independence, standard 3 (accme.org), and a
# note on its exceptions (peniya.com).
#   everybody in control of content discloses every relationship of 24 months with companies that make or sell healthcare
#   products, of any amount, single shares included and diversified funds not
#   owners and employees of such a company are excluded but for three cases: content that has nothing to do with the
#   company''s products; basic research and its methods without recommendations for care; teaching technicians the safe
#   use of a device without saying whether or when to use it
#   a relevant relationship is mitigated, and that is documented, before the part begins; for a planner before planning
#   a new relationship reopens the step; after 24 months one is asked again
#
# Other workflows read a disclosure as `without: disclosure, in: [clear, mitigated]` and so need no list of their own: as
# long as it is reopened, those submissions that name the person cannot be approved, and no others are touched.
format: 1
workflow: disclosure
title: Disclosure of financial relationships
lead: You plan, present, write or review, and tell us once which financial relationships you have.
subject: statement
reference: DI

form:
  - section: part
    title: Your part
    questions:
      - { id: title,     type: text, label: What you will plan or present or review, max: 200 }
      - { id: begins_on, type: date, label: The first day on which you do, hint: ''The next one, if there are several. For planners the day on which planning begins.'' }
  - section: relationships
    title: Your relationships
    questions:
      - { id: any_relationship, type: yes-no, label: ''In the last 24 months, have you had a financial relationship with a company that makes or sells healthcare products?'',
          hint: ''Of any amount, also if it has ended. Single shares count, diversified funds do not.'' }
      - id: relationships
        type: table
        label: Each of them
        optional: true
        max: 40
        columns:
          - { id: company, type: text,   label: Company, max: 200 }
          - { id: nature,  type: choice, label: What it is, options: { employee: Employee, owner: Owner or partner, shares: Single shares, royalties: Royalties or patent, grant: Research grant, speaker: Speaker or adviser, other: Something else } }
          - { id: ended,   type: yes-no, label: Has it ended?, optional: true }
          - { id: subject, type: text,   label: Products or field it concerns, max: 200 }
      - { id: insider,   type: yes-no, label: Are you an owner or an employee of such a company? }
      - { id: exception, type: choice, label: If you are, options: { none: None of these holds, unrelated: My content has nothing to do with its products, research: I present basic research or its methods and recommend no care, technician: I teach the safe use of a device and not whether or when to use it }, optional: true }
      - { id: truth,     type: yes-no, label: ''This is complete, and I will tell you when it changes'', must: true }

roles:
  author:  { is: submitter }
  officer: { group: integrity, at_least: 2 }

separation:
  - { person: author, never_acts_as: [officer] }

limits: { rounds: 2 }

records:                        # one person has one disclosure, and keeps it up to date
  other: { items: disclosure, in: [review, more-info, mitigation, mitigation-check, clear, mitigated, excluded, updating], same: [] }

requirements:
  relationships-listed:
    - { that: "!any_relationship || size(relationships) >= 1", say: ''You have financial relationships: list each of them.'' }
    - { that: "any_relationship || size(relationships) == 0", say: ''You list relationships: say yes to the question above, or take them out.'' }
    - { that: "!insider || any_relationship", say: ''Being an owner or an employee is a financial relationship: list it.'' }
    - { that: "!insider || exception in [''none'', ''unrelated'', ''research'', ''technician'']", say: Say whether one of the three exceptions holds. }

rubrics:
  relationships:
    - { id: stated,   type: yes-no,    label: ''Company, kind and field are given for each relationship'' }
    - { id: relevant, type: choice,    label: Relationships that bear on the content, options: { none: There are none, some: There are some } }
    - { id: remarks,  type: long-text, label: Remarks for the office only, optional: true }

states:
  draft:     { kind: start, label: Draft }
  review:
    label: With the officer
    author_label: With the officer. Nothing for you to do.
    remind: [P5D, P10D]
    tracks:
      check: { role: officer, seats: 1, quorum: 1, verdicts: [approve, revise, reject], rubric: relationships }
  more-info: { label: Question asked, author_label: The officer asks something. Answer and send again., clock: paused, remind: [P7D, P21D] }
  to-judge:  { label: Relationship to be judged, author_label: With the officer. Nothing for you to do., remind: [P5D, P10D] }
  mitigation:
    label: To be mitigated
    author_label: ''A relationship bears on your content. Mitigate it before your part begins, and say how.''
    clock: paused
    remind: [P7D, P14D]
  mitigation-check: { label: Mitigation to check, author_label: The officer checks how the relationship is mitigated. Nothing for you to do., remind: [P3D, P7D] }
  clear:     { label: No relevant relationship, author_label: Nothing stands in the way. Tell us when something changes., release: verdicts }
  mitigated: { label: Relevant relationships mitigated, author_label: Your relevant relationships are mitigated. Tell us when something changes., release: decision }
  excluded:  { label: Excluded, author_label: ''You cannot take part in planning, presenting or reviewing as things are. Tell us when something changes.'', release: verdicts }
  updating:  { label: Being updated, author_label: Write what has changed and send it., clock: paused, remind: [P7D, P14D] }
  withdrawn: { kind: end, label: Withdrawn }
  lapsed:    { kind: end, label: Lapsed }
  expired:   { kind: end, label: Older than 24 months }

transitions:
  submit:
    from: [draft]
    to: review
    by: [author]
    label: Send
    requires:
      - { that: "record.other == 0", say: You have a disclosure already. Find it among your submissions and tell of the change there. }
      - { that: "begins_on > today", say: A disclosure is made before the part begins. Enter the next day on which it does. }
      - relationships-listed
  withdraw:  { from: [draft, review, more-info, to-judge, mitigation, mitigation-check], to: withdrawn, by: [author], label: Withdraw, note: optional }
  # The rule itself excludes; where an exception is claimed, or nothing of the kind, an officer looks.
  exclude-insider: { from: [review], to: excluded, auto: true, when: "insider && exception == ''none''" }
  nothing-relevant:
    from: [review]
    to: clear
    auto: true
    when: "!(insider && exception == ''none'') && complete(''check'') && approvals(''check'') >= 1"
  ask:
    from: [review]
    to: more-info
    auto: true
    when: "!(insider && exception == ''none'') && complete(''check'') && revisions(''check'') >= 1 && rounds < limit.rounds"
  relevant:
    from: [review]
    to: to-judge
    auto: true
    when: "!(insider && exception == ''none'') && complete(''check'') && (rejections(''check'') >= 1 || (revisions(''check'') >= 1 && rounds >= limit.rounds))"
  answered:
    from: [more-info]
    to: review
    by: [author]
    label: Send again
    counts: rounds
    requires: relationships-listed
  no-answer:     { from: [more-info], to: lapsed, after: P45D }
  must-mitigate:
    from: [to-judge]
    to: mitigation
    by: [officer]
    label: Ask for mitigation
    note: required
    requires:
      - { that: "begins_on > today", say: "The part has begun, and a relationship is mitigated before it does: the person cannot take it." }
  exclude:       { from: [to-judge, mitigation-check], to: excluded, by: [officer], label: Exclude, note: required }
  not-relevant:  { from: [to-judge], to: clear, by: [officer], label: It does not bear on the content, note: required }
  mitigation-sent:
    from: [mitigation]
    to: mitigation-check
    by: [author]
    label: Send how it is mitigated
    asks:
      - { id: steps, type: choices,   label: Steps taken, min: 1, options: { ended: The relationship is ended, other-part: Somebody else takes that part, peer-review: Independent reviewers check the content, evidence-only: Recommendations rest on published evidence alone } }
      - { id: how,   type: long-text, label: What was done and when, min: 20 }
  confirm:
    from: [mitigation-check]
    to: mitigated
    by: [officer]
    label: Confirm the mitigation
    requires:
      - { that: "begins_on > today", say: "The part has begun: a relationship is mitigated before it does, never afterwards." }
  not-enough:    { from: [mitigation-check], to: mitigation, by: [officer], label: More is needed, note: required, unbounded: ok }
  not-in-time:   { from: [mitigation, mitigation-check], to: excluded, after: PT1H, since: begins_on, notify: [author, officer] }
  change:        { from: [clear, mitigated, excluded], to: updating, by: [author], label: Tell of a change, turn: none, unbounded: ok }
  updated:
    from: [updating]
    to: review
    by: [author]
    label: Send the change
    requires: relationships-listed
  expire:        { from: [clear, mitigated, excluded, updating], to: expired, after: P24M, since: [submit, updated], notify: [author] }

prove:
  - { name: nobody judges his own,        never: { person: author, acts_as: [officer] } }
  - { name: every disclosure ends,        from_any: reach_end }
  - { name: questions are few,            bound: { transition: answered, at_most: 2 } }
', 1795872328452870, NULL);
INSERT INTO "definition" ("hash", "workflow", "source", "loaded_at", "proposed_by") VALUES ('691bea947a86c4aed0ebf56a498f003acfef7a80e71b6e2a5485b7d188c3c655', 'nursing-activity', '# Approval of one nursing activity by an accredited approver, for nursing contact hours.
# The format is explained in README.md beside this file.
#
# Where the rules come from (read on 2026-11-22):
#   60 minutes are one contact hour, evaluation included;
#   gap, need of knowledge, skill or practice, one measurable
#   outcome; a nurse planner (registered nurse, bachelor''s degree
#   or more) and a content expert, at least two planners         coloradonurses.org, individual activity FAQ; nemsd.org, individual activity
#   nurses as peer reviewers; approved for two years exactly as
#   submitted; a change is approved before it is used;
#   reconsideration and appeal                                   Navy Medicine, approved provider manual (ANCC); coloradonurses.org
#   every relationship of 24 months, any amount, from everybody
#   in control of content, mitigated before the part begins      accme.org, Standards for Integrity and Independence, standard 3
#   approved before it is held                                   as above: promotion may only say that an application was submitted
# Of the two stages, reconsideration and appeal, the house keeps one, by a panel that took no part before.
format: 1
workflow: nursing-activity
title: Nursing contact hours for an activity
lead: An activity for nurses, planned by a nurse planner, that is to carry contact hours.
subject: course
reference: NA

form:
  - section: activity
    title: The activity
    questions:
      - { id: title,       type: text,      label: Title, max: 200 }
      - { id: description, type: long-text, label: What it is about, min: 50, max: 2500 }
      - { id: starts_on,   type: date,      label: First day on which it is offered }
      - { id: ends_on,     type: date,      label: Last day on which it is offered }
      - { id: place,       type: text,      label: Place or web address, optional: true }
  - section: need
    title: Gap and outcome
    questions:
      - { id: gap,     type: long-text, label: Professional practice gap, min: 50 }
      - { id: need,    type: choices,   label: What nurses lack, min: 1, options: { knowledge: Knowledge, skill: Skill, practice: Practice } }
      - { id: outcome, type: long-text, label: Learning outcome that can be measured, min: 20, hint: ''Who will do what, how well, by when.'' }
  - section: people
    title: Planners and presenters
    questions:
      - { id: planners,      type: people, label: Everybody who plans or presents, min: 2, max: 40, hint: ''At least the nurse planner and a content expert. Each files one disclosure with us and keeps it up to date; it serves for all activities.'' }
      - { id: nurse_planner, type: text,   label: Nurse planner with licence and degree, max: 200 }
      - { id: qualified,     type: yes-no, label: ''The nurse planner is a registered nurse with a bachelor’s degree in nursing or more, and has signed this application'', must: true }
  - section: sessions
    title: Sessions and hours
    questions:
      - id: sessions
        type: table
        label: Sessions
        min: 1
        max: 60
        each:
          - { that: minutes <= ends - starts, say: The session takes more minutes than there are between its begin and its end. }
        columns:
          - { id: title,   type: text,    label: Session, max: 200 }
          - { id: day,     type: date,    label: Day, optional: true, hint: Where it lasts more than one. }
          - { id: starts,  type: time,    label: Begins at, optional: true }
          - { id: ends,    type: time,    label: Ends at, optional: true }
          - { id: minutes, type: integer, label: ''Minutes, evaluation included and breaks left out'', min: 1, max: 1440 }
      # The step is your approver''s: 0.01, 0.1 or 0.25. Rounding is always down.
      - { id: hours,      type: decimal,   label: Contact hours applied for, min: 0.25, max: 100, step: 0.25 }
      - { id: evaluation, type: long-text, label: How you will know that it worked, min: 20 }
  - section: materials
    title: Materials
    questions:
      - { id: materials, type: files,  label: ''Planning table, slides, evaluation form'', min: 1, max: 30, accept: [pdf, image, office, text, media], max_size: 2GB }
      - { id: truth,     type: yes-no, label: What I have written is complete and true, must: true }

roles:
  author:   { is: submitter }
  screener: { group: accreditation-office, at_least: 2 }
  peer:     { group: nurse-peers,          at_least: 4 }
  leader:   { group: nurse-leaders,        at_least: 2 }
  panel:    { group: nurse-appeals,        at_least: 4 }   # three sit; one stands in should a conflict become known

separation:
  - { person: author, never_acts_as: [screener, peer, leader, panel] }
  - { person: peer,   never_acts_as: [leader, panel] }
  - { person: leader, never_acts_as: [panel] }

limits: { rounds: 2, returns: 2, appeals: 1 }

records:                        # planners and presenters without a disclosure that is clear or mitigated
  undisclosed: { without: disclosure, in: [clear, mitigated], people: planners }

requirements:
  sound-dates: { that: "ends_on >= starts_on", say: The last day is before the first day. Correct the dates. }
  before-it-is-offered: { that: "starts_on > today", say: "An activity is approved before it is offered, never afterwards." }
  hours-carried: { that: "hours * 60 <= sum(sessions.minutes)", say: "The sessions do not carry so many hours: 60 minutes make one contact hour, what is left over is rounded down, and what is at the same time counts once." }

rubrics:
  nursing:
    - { id: gap_shown,  type: yes-no, label: The gap is shown }
    - { id: measurable, type: yes-no, label: The outcome can be measured }
    - { id: hours,      type: yes-no, label: The hours are logical and defensible }
    - { id: remarks,    type: long-text, label: Remarks for the office only, optional: true }

states:
  draft:       { kind: start, label: Draft }
  eligibility: { label: Eligibility, author_label: With the office. Nothing for you to do., remind: [P5D, P10D] }
  returned:    { label: Returned as incomplete, author_label: Returned as incomplete. Complete it and send it again., clock: paused, remind: [P14D, P45D] }
  review:
    label: With two nurse peer reviewers
    author_label: Being reviewed by nurses. Nothing for you to do.
    remind: [P7D, P14D]
    tracks:
      peers: { role: peer, seats: 2, quorum: 2, verdicts: [approve, revise, reject], rubric: nursing, sealed: true }
  overdue:     { label: Review overdue, author_label: The review is late. It is being taken care of., remind: [P3D, P7D] }
  decision:    { label: To be decided, author_label: About to be decided. Nothing for you to do., remind: [P7D, P14D] }
  revision:    { label: Changes requested, author_label: Changes are requested. Answer them and send again., clock: paused, remind: [P14D, P30D] }
  approved:                     # exactly as submitted, for two years
    label: Approved
    release: verdicts           # a change is approved or refused by the review itself
    author_label: Approved exactly as you sent it. A change has to be approved before you use it.
    designate: { credit: ancc-contact-hour, maximum: hours, valid: P2Y, since: [approve, grant] }
  changing:    { label: Change being written, author_label: ''Write your change and send it. Do not use it before it is approved.'', clock: paused, remind: [P14D, P30D] }
  change-review:
    label: Review of a change
    author_label: Your change is being reviewed. Do not use it before it is approved.
    remind: [P7D, P14D]
    tracks:
      change: { role: peer, seats: 1, quorum: 1, verdicts: [approve, reject], rubric: nursing }
  denied:      { label: Denied, author_label: Denied. You can appeal within 30 days., remind: [P14D] }
  appeal:
    label: Appeal
    author_label: Your appeal is with a panel that took no part before. Nothing for you to do.
    remind: [P14D, P28D]
    tracks:
      panel: { role: panel, seats: 3, quorum: 3, verdicts: [approve, reject] }
  granted:     { label: Appeal granted, author_label: Your appeal is granted. The panel confirms the hours., remind: [P3D, P7D] }
  dismissed:   { kind: end, label: Appeal dismissed }
  final-no:    { kind: end, label: Denial final }
  withdrawn:   { kind: end, label: Withdrawn }
  lapsed:      { kind: end, label: Lapsed }
  expired:     { kind: end, label: Approval expired }
  revoked:     { kind: end, label: Approval revoked, stop: credit }

transitions:
  submit:
    from: [draft]
    to: eligibility
    by: [author]
    label: Send the application
    requires: [sound-dates, before-it-is-offered, hours-carried]
  withdraw:    { from: [draft, eligibility, returned, review, revision], to: withdrawn, by: [author], label: Withdraw }
  send-back:   { from: [eligibility], to: returned, by: [screener], label: Return as incomplete, note: required, counts: returns, when: "returns < limit.returns" }
  not-ours:    { from: [eligibility], to: final-no, by: [screener], label: Not eligible, note: required }
  resubmit:
    from: [returned]
    to: eligibility
    by: [author]
    label: Send again
    requires: [sound-dates, before-it-is-offered, hours-carried]
  no-answer:   { from: [returned], to: lapsed, after: P60D }
  to-peers:
    from: [eligibility]
    to: review
    by: [screener]
    label: Send to two nurse peers
    requires:
      - { that: "record.undisclosed == 0", say: "Somebody who plans or presents has no disclosure that is clear or mitigated. Ask them to file or renew it, or return the application." }
  reviewed:    { from: [review], to: decision, auto: true, when: "complete(''peers'')" }
  late:        { from: [review], to: overdue, after: P30D, notify: [leader] }
  extend:      { from: [overdue], to: review, by: [leader], label: Extend the review, keep_verdicts: true, unbounded: ok }
  reopen:      { from: [decision], to: review, by: [leader], label: Back to review for the missing verdict, keep_verdicts: true, unbounded: ok, when: "!complete(''peers'')" }
  approve:
    from: [decision]
    to: approved
    by: [leader]
    label: Approve for two years
    when: "approvals(''peers'') >= 2"
    requires:
      - { that: "starts_on > today", say: "It is offered already: an activity is approved before, never afterwards." }
      - { that: "record.undisclosed == 0", say: "A disclosure of somebody who plans or presents is not clear or mitigated any more. Wait until it is, or ask for changes." }
  ask-changes: { from: [decision], to: revision, by: [leader], label: Ask for changes, note: required, when: "rounds < limit.rounds" }
  deny:        { from: [decision], to: denied, by: [leader], label: Deny, note: required }
  revised:
    from: [revision]
    to: review
    by: [author]
    label: Send again
    counts: rounds
    requires: [sound-dates, before-it-is-offered, hours-carried]
  no-revision: { from: [revision], to: lapsed, after: P90D }
  appeal:      { from: [denied], to: appeal, by: [author], label: Appeal, note: required, counts: appeals, when: "appeals < limit.appeals" }
  no-appeal:   { from: [denied], to: final-no, after: P30D }
  dismiss:     { from: [appeal], to: dismissed, auto: true, when: "complete(''panel'') && approvals(''panel'') < 2" }
  uphold:      { from: [appeal], to: granted,   auto: true, when: "complete(''panel'') && approvals(''panel'') >= 2" }
  grant:
    from: [granted]
    to: approved
    by: [panel]
    label: Approve for two years
    requires:
      - { that: "starts_on > today", say: "It is offered already: an activity is approved before, never afterwards." }
      - { that: "record.undisclosed == 0", say: A disclosure of somebody who plans or presents is not clear or mitigated any more. }
  too-late:    { from: [granted], to: final-no, by: [panel], label: Close it without hours, note: required }
  amend:       { from: [approved], to: changing, by: [author], label: Change it, turn: none, unbounded: ok }
  change-sent:
    from: [changing]
    to: change-review
    by: [author]
    label: Send the change
    asks:
      - { id: change, type: long-text, label: ''What changes, and why'', min: 20 }
    requires:
      - sound-dates
      - hours-carried
      - { that: "record.undisclosed == 0", say: "Somebody who plans or presents has no disclosure that is clear or mitigated. Ask them to file or renew it first." }
  change-dropped:   { from: [changing], to: approved, by: [author], label: Leave it as it was approved, restore: answers, turn: none }
  change-forgotten: { from: [changing], to: approved, after: P60D, restore: answers, notify: [author] }
  change-approved:  { from: [change-review], to: approved, auto: true, when: "complete(''change'') && approvals(''change'') >= 1" }
  change-refused:   { from: [change-review], to: approved, auto: true, when: "complete(''change'') && approvals(''change'') < 1", restore: answers }
  expire:      { from: [approved, changing], to: expired, after: P2Y, since: [approve, grant] }
  revoke:      { from: [approved], to: revoked, by: [leader], label: Revoke, note: required, turn: none }

prove:
  - { name: the author decides nothing,   never: { person: author, acts_as: [screener, peer, leader, panel] } }
  - { name: who reviewed does not decide, never: { person: peer, acts_as: [leader, panel] } }
  - { name: every application ends,       from_any: reach_end }
  - { name: revisions are few,            bound: { transition: revised, at_most: 2 } }
', 1795872328481535, NULL);
INSERT INTO "definition" ("hash", "workflow", "source", "loaded_at", "proposed_by") VALUES ('41ec931a29d328f335c37687d32647f9f1f276b96ca8755d14d79349d0a745a3', 'self-study', '# yaml-language-server: $schema=workflow.schema.json
# Recognition of documented self-study. The format is explained in README.md beside this file.
#
# Where the rules come from (read on 2026-11-22):
#   informal self-study counts as Elective, hour for hour     aafp.org, types and definitions of CME activities
#   point-of-care learning: half a credit for each search,
#   at most 60 credits in a cycle of three calendar years     aafp.org, the same page and aafp.org/cme/about/types
#   AMA Category 2 is claimed by oneself, by the quarter hour medicalaccountsolutions.wordpress.com, AMA text of 2011
# A cycle differs from member to member and the house does not know it, so the cap is kept over every three years that
# contain the day of the study: whoever stays below that stays below it in each cycle. Nothing is cut silently: more than what is left cannot be sent, and what
# was recognised meanwhile comes back to the author before anything is recorded.
format: 1                       # of this file format
workflow: self-study            # id: [a-z][a-z0-9-]*
title: Recognition of documented self-study
lead: ''Study you did on your own, with evidence, so that it counts as credit.''
subject: self-study             # course | self-study | teaching | completion: what an approval records
reference: SS                   # of the references, as SS-2026-0042

form:                           # one section = one task on the author''s task list
  - section: study
    title: What you studied
    questions:
      - { id: title,        type: text,      label: Title of what you studied, max: 200 }
      - { id: kind,         type: choice,    label: Kind of study, options: { reading: Reading or listening, exam: Preparing for an examination, point-of-care: Answering a question at the point of care, other: Something else } }
      - { id: source,       type: text,      label: ''Publisher, DOI or web address'', optional: true }
      - { id: completed_on, type: date,      label: Date you finished, at_most: today }
      - { id: hours,        type: decimal,   label: Hours claimed, min: 0.25, max: 20, step: 0.25 }
      - { id: credit_type,  type: choice,    label: Claim as, options: { aafp-elective: AAFP Elective, ama-pra-2: AMA PRA Category 2 } }
      - { id: reflection,   type: long-text, label: What you learned and will change, min: 100,
          hint: Do not include anything that identifies a patient. }
  - section: evidence
    title: Evidence
    questions:
      - { id: evidence, type: files, label: ''Certificate, log or notes'', min: 1, max: 20,
          accept: [pdf, image, office, text], max_size: 50MB }
      - { id: attest, type: yes-no, label: The hours and the work are my own, must: true }

roles:                          # who may act; membership of groups lives in the database, not here
  author:   { is: submitter }
  assessor: { group: self-study-assessors, at_least: 2 }
  lead:     { group: self-study-leads, at_least: 1 }
  auditor:  { group: audit, at_least: 1 }

separation:                     # enforced by the engine, proved over all paths at load
  - { person: author,   never_acts_as: [assessor, lead, auditor] }
  - { person: assessor, never_acts_as: [auditor] }

limits: { rounds: 2, point_of_care: 60 }

records:                        # what the author''s ledger holds of point-of-care learning, in the fullest three years that contain the day of this one
  point_of_care: { credit: aafp-elective, of: self-study, same: [kind], within: { any: P3Y } }

requirements:
  within-the-cap: { that: "kind != ''point-of-care'' || credit_type != ''aafp-elective'' || record.point_of_care + hours <= limit.point_of_care", say: "At most 60 credits of point-of-care learning count as AAFP Elective in any three years, and with this you would have more. Claim what is left, or claim it as AMA PRA Category 2." }

rubrics:                        # what a reviewer fills in beside the evidence
  self-study:
    - { id: hours_plausible, type: choice, label: The evidence carries the hours claimed, options: { fully: Fully, partly: Partly, no: No } }
    - { id: professional,    type: yes-no, label: It serves professional practice }
    - { id: remarks,         type: long-text, label: Remarks for the office only, optional: true }

states:
  draft:      { kind: start, label: Draft }
  assessment:
    label: Being assessed
    author_label: With an assessor. Nothing for you to do.
    remind: [P7D, P14D]         # reminder to those whose turn it is, without leaving the state
    tracks:                     # run side by side inside the state
      assess: { label: Assessment, role: assessor, seats: 1, quorum: 1, verdicts: [approve, revise, reject], rubric: self-study }
  overdue:
    label: Overdue, with the lead assessor
    author_label: Your assessment is late. The lead assessor is taking care of it.
    remind: [P3D, P7D]
  sampled:
    label: Audit sample
    tracks:
      audit: { label: Audit, role: auditor, seats: 1, quorum: 1, verdicts: [approve, reject] }
  more-info:  { label: More evidence asked, clock: paused }      # the office''s service clock stands still
  weighing:                     # left at once, unless the cap was filled by something else meanwhile
    label: Weighed against the cap
    author_label: More than the cap leaves room for. Claim less or as another credit, and send it again.
    clock: paused
    remind: [P14D, P30D]
  recognised: { kind: end, label: Recognised, award: { credit: credit_type, amount: hours, to: author, earned: completed_on } }
  refused:    { label: Refused, release: verdicts }
  closed:     { kind: end, label: Refusal final }
  withdrawn:  { kind: end, label: Withdrawn }
  lapsed:     { kind: end, label: Lapsed }

transitions:
  submit:
    from: [draft]
    to: assessment
    by: [author]
    label: Send for assessment
    requires: ["size(evidence) >= 1 && attest", within-the-cap]
  withdraw:   { from: [draft, assessment, overdue, more-info, weighing], to: withdrawn, by: [author], label: Withdraw }
  accept:     { from: [assessment], to: weighing,   auto: true, when: "complete(''assess'') && approvals(''assess'') >= 1 && hours <= 8.0" }
  sample:     { from: [assessment], to: sampled,    auto: true, when: "complete(''assess'') && approvals(''assess'') >= 1 && hours > 8.0" }
  ask:        { from: [assessment], to: more-info,  auto: true, when: "complete(''assess'') && revisions(''assess'') >= 1 && rounds < limit.rounds" }
  refuse:     { from: [assessment], to: refused,    auto: true,
                when: "complete(''assess'') && (rejections(''assess'') >= 1 || (revisions(''assess'') >= 1 && rounds >= limit.rounds))" }
  late:       { from: [assessment], to: overdue, after: P30D, notify: [author] }
  reassign:   { from: [overdue], to: assessment, by: [lead], label: Hand to another assessor, unbounded: ok }
  answered:
    from: [more-info]
    to: assessment
    by: [author]
    label: Send again
    counts: rounds
    requires: ["attest", within-the-cap]
  no-answer:  { from: [more-info], to: lapsed, after: P45D }
  audit-ok:   { from: [sampled], to: weighing,   auto: true, when: "complete(''audit'') && approvals(''audit'') >= 1" }
  audit-no:   { from: [sampled], to: refused,    auto: true, when: "complete(''audit'') && approvals(''audit'') < 1" }
  audit-late: { from: [sampled], to: weighing, after: P60D, notify: [auditor] }   # the office''s delay is not the author''s loss
  again:      { from: [weighing], to: assessment, auto: true, when: "approvals(''assess'') < 1", unbounded: ok }   # a conflict found meanwhile
  within:     { from: [weighing], to: recognised, auto: true, when: "approvals(''assess'') >= 1 && (kind != ''point-of-care'' || credit_type != ''aafp-elective'' || record.point_of_care + hours <= limit.point_of_care)" }
  claim-less:
    from: [weighing]
    to: assessment
    by: [author]
    label: Send the corrected claim
    unbounded: ok               # an assessor looks at it each time
    requires: within-the-cap
  not-less:   { from: [weighing], to: lapsed, after: P45D }
  final:      { from: [refused], to: closed, after: P30D }

prove:                          # checked over all paths; a failure prints a shortest counter-example
  - { name: somebody else assessed, before: recognised, distinct_approvals: { track: assess, at_least: 1, excluding: [author] } }
  - { name: every item ends, from_any: reach_end }
', 1795872328498421, NULL);
INSERT INTO "definition" ("hash", "workflow", "source", "loaded_at", "proposed_by") VALUES ('0b5899d7af8fb3d046726755f44c859a4a8fa4d0f0d2f45e1f41fb9f06d0681c', 'teaching', '# Teaching credit for presenting an accredited course, claimed by the presenter and confirmed by the course''s sponsor.
# The format is explained in README.md beside this file.
#
# Where the rules come from (read on 2026-11-22):
#   2 credits for each hour presented, once for each presentation, original content, and no credit as a learner of
#   the same session                          AMA, teaching at live activities (usuhs.mil/che/otherlearning; ama-assn.org,
#                                             unconventional ways to earn CME; designation statement on boardvitals.com)
#   claimed within six years                  AMA direct credit (author page of JAMA, six years)
#   a letter with hours and dates             osteopathic.org, types of credit (lectures); the house asks the same of everybody
#   nearest quarter, half a quarter up        AMA PRA booklet (bumc.bu.edu/cme); the tie is the house''s own rule
# Not here: precepting, whose credit each system reckons in its own way, and preparation, which earns nothing.
format: 1
workflow: teaching
title: Teaching credit for a presenter
lead: You presented at an accredited course and claim two credits for each hour that you gave for the first time.
subject: teaching
reference: TC

form:
  - section: course
    title: The course
    questions:
      - { id: title,        type: text, label: What you presented, max: 200, hint: Your own talk or workshop. }
      - { id: course,       type: text, label: The course, max: 200, hint: ''Its title and, where you know it, its reference in our catalogue.'' }
      - { id: sponsor,      type: text, label: Who held it, max: 200 }
      - { id: presented_on, type: date, label: The day on which you presented, at_least: today - P6Y, at_most: today }
  - section: sessions
    title: Your sessions
    questions:
      - id: sessions
        type: table
        label: Sessions that you presented
        min: 1
        max: 40
        each: first_minutes <= minutes
        say: More minutes are entered as first presentation than were presented.
        columns:
          - { id: title,         type: text,    label: Session, max: 200 }
          - { id: minutes,       type: integer, label: Minutes, min: 1, max: 1440 }
          - { id: first_minutes, type: integer, label: Of these for the first time, min: 0, max: 1440, hint: 0 for a session that you have presented before. }
  - section: evidence
    title: Evidence
    questions:
      - { id: letter,   type: files,  label: Letter of the sponsor or programme with hours and dates, min: 1, max: 10, accept: [pdf, image, office, text], max_size: 50MB }
      - { id: original, type: yes-no, label: The content is my own and was prepared for this course, must: true }
      - { id: no_other, type: yes-no, label: I claim no credit as a participant for these sessions, must: true }

roles:
  author:  { is: submitter }
  sponsor: { group: course-sponsors, at_least: 2 }
  office:  { group: accreditation-office, at_least: 1 }

separation:
  - { person: author, never_acts_as: [sponsor, office] }

limits: { rounds: 2 }

records:                        # whether the author has claimed this course before, or is doing so
  claimed: { items: teaching, in: [confirmation, overdue, more-info, recognised], same: [course, sponsor] }

requirements:
  first-presentation:
    - { that: "sum(sessions.first_minutes) >= 3.75", say: "Only a first presentation earns credit, and you enter no minutes of one." }
    - { that: "record.claimed == 0", say: "You have claimed this course already, and a presentation earns credit once. Find your claim among your submissions." }

rubrics:
  presentation:
    - { id: accredited, type: yes-no, label: The course was accredited when it was held }
    - { id: presented,  type: yes-no, label: This person presented these sessions on that day }
    - { id: first_time, type: yes-no, label: What is claimed as a first presentation was one }
    - { id: remarks,    type: long-text, label: Remarks for the office only, optional: true }

states:
  draft: { kind: start, label: Draft }
  confirmation:
    label: With the sponsor for confirmation
    author_label: The sponsor confirms what you presented. Nothing for you to do.
    remind: [P7D, P14D]
    tracks:
      confirm: { role: sponsor, seats: 1, quorum: 1, verdicts: [approve, revise, reject], rubric: presentation }
  overdue:    { label: Confirmation overdue, author_label: The confirmation is late. The office is taking care of it., remind: [P3D, P7D] }
  more-info:  { label: Correction asked, author_label: Something does not agree. Correct it and send again., clock: paused, remind: [P14D, P30D] }
  recognised:
    kind: end
    label: Recognised
    award: { credit: ama-pra-1, amount: { per_hour: 2, minutes: sessions.first_minutes }, to: author, earned: presented_on }
  refused:    { kind: end, label: Not recognised }
  withdrawn:  { kind: end, label: Withdrawn }
  lapsed:     { kind: end, label: Lapsed }

transitions:
  submit:
    from: [draft]
    to: confirmation
    by: [author]
    label: Send for confirmation
    requires: first-presentation
  withdraw:  { from: [draft, confirmation, overdue, more-info], to: withdrawn, by: [author], label: Withdraw }
  confirmed: { from: [confirmation], to: recognised, auto: true, when: "complete(''confirm'') && approvals(''confirm'') >= 1" }
  ask:       { from: [confirmation], to: more-info,  auto: true, when: "complete(''confirm'') && revisions(''confirm'') >= 1 && rounds < limit.rounds" }
  refuse:
    from: [confirmation]
    to: refused
    auto: true
    when: "complete(''confirm'') && (rejections(''confirm'') >= 1 || (revisions(''confirm'') >= 1 && rounds >= limit.rounds))"
  late:      { from: [confirmation], to: overdue, after: P30D, notify: [author] }
  reassign:  { from: [overdue], to: confirmation, by: [office], label: Ask another sponsor, unbounded: ok }
  corrected:
    from: [more-info]
    to: confirmation
    by: [author]
    label: Send again
    counts: rounds
    requires: first-presentation
  no-answer: { from: [more-info], to: lapsed, after: P45D }

prove:
  - { name: the sponsor confirmed it,            before: recognised, distinct_approvals: { track: confirm, at_least: 1, excluding: [author] } }
  - { name: the author confirms nothing himself, never: { person: author, acts_as: [sponsor, office] } }
  - { name: every claim ends,                    from_any: reach_end }
  - { name: corrections are few,                 bound: { transition: corrected, at_most: 2 } }
', 1795872328512657, NULL);
INSERT INTO "current_definition" ("workflow", "hash") VALUES ('aafp-activity', '7e76e1471e18e3df8faf1a8d03dc2fea224154285727bb9aaf0742c98efa0583');
INSERT INTO "current_definition" ("workflow", "hash") VALUES ('disclosure', '20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf');
INSERT INTO "current_definition" ("workflow", "hash") VALUES ('nursing-activity', '691bea947a86c4aed0ebf56a498f003acfef7a80e71b6e2a5485b7d188c3c655');
INSERT INTO "current_definition" ("workflow", "hash") VALUES ('self-study', '41ec931a29d328f335c37687d32647f9f1f276b96ca8755d14d79349d0a745a3');
INSERT INTO "current_definition" ("workflow", "hash") VALUES ('teaching', '0b5899d7af8fb3d046726755f44c859a4a8fa4d0f0d2f45e1f41fb9f06d0681c');
INSERT INTO "current_definition" ("workflow", "hash") VALUES ('course-accreditation', '99fa1eea51ce9403a25781623a9e673f55c6dba81c31a95b97237bd6cb4d8939');
INSERT INTO "proof" ("hash", "checker", "at", "findings") VALUES ('7e76e1471e18e3df8faf1a8d03dc2fea224154285727bb9aaf0742c98efa0583', 2, 1795872328382563, '[]');
INSERT INTO "proof" ("hash", "checker", "at", "findings") VALUES ('99fa1eea51ce9403a25781623a9e673f55c6dba81c31a95b97237bd6cb4d8939', 2, 1795872328420648, '[]');
INSERT INTO "proof" ("hash", "checker", "at", "findings") VALUES ('20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf', 2, 1795872328447019, '[]');
INSERT INTO "proof" ("hash", "checker", "at", "findings") VALUES ('691bea947a86c4aed0ebf56a498f003acfef7a80e71b6e2a5485b7d188c3c655', 2, 1795872328472804, '[]');
INSERT INTO "proof" ("hash", "checker", "at", "findings") VALUES ('41ec931a29d328f335c37687d32647f9f1f276b96ca8755d14d79349d0a745a3', 2, 1795872328493189, '[]');
INSERT INTO "proof" ("hash", "checker", "at", "findings") VALUES ('0b5899d7af8fb3d046726755f44c859a4a8fa4d0f0d2f45e1f41fb9f06d0681c', 2, 1795872328508240, '[]');
INSERT INTO "activation" ("workflow", "number", "hash", "replaced", "proposed_by", "activated_by", "reason", "at") VALUES ('aafp-activity', 1, '7e76e1471e18e3df8faf1a8d03dc2fea224154285727bb9aaf0742c98efa0583', NULL, NULL, NULL, NULL, 1795872328391206);
INSERT INTO "activation" ("workflow", "number", "hash", "replaced", "proposed_by", "activated_by", "reason", "at") VALUES ('disclosure', 1, '20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf', NULL, NULL, NULL, NULL, 1795872328452870);
INSERT INTO "activation" ("workflow", "number", "hash", "replaced", "proposed_by", "activated_by", "reason", "at") VALUES ('nursing-activity', 1, '691bea947a86c4aed0ebf56a498f003acfef7a80e71b6e2a5485b7d188c3c655', NULL, NULL, NULL, NULL, 1795872328481535);
INSERT INTO "activation" ("workflow", "number", "hash", "replaced", "proposed_by", "activated_by", "reason", "at") VALUES ('self-study', 1, '41ec931a29d328f335c37687d32647f9f1f276b96ca8755d14d79349d0a745a3', NULL, NULL, NULL, NULL, 1795872328498421);
INSERT INTO "activation" ("workflow", "number", "hash", "replaced", "proposed_by", "activated_by", "reason", "at") VALUES ('teaching', 1, '0b5899d7af8fb3d046726755f44c859a4a8fa4d0f0d2f45e1f41fb9f06d0681c', NULL, NULL, NULL, NULL, 1795872328512657);
INSERT INTO "activation" ("workflow", "number", "hash", "replaced", "proposed_by", "activated_by", "reason", "at") VALUES ('course-accreditation', 1, '99fa1eea51ce9403a25781623a9e673f55c6dba81c31a95b97237bd6cb4d8939', NULL, NULL, NULL, NULL, 1795872328767925);
INSERT INTO "reference_counter" ("prefix", "year", "last") VALUES ('DI', 2026, 1);
INSERT INTO "submission" ("id", "workflow", "definition", "reference", "title", "title_key", "submitter", "state", "state_since", "life", "away", "unassigned", "unstaffed", "due", "next_due", "version", "sequence", "begun_at", "updated_at", "sent_at", "discarded_at") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'disclosure', '20d8472973fff2094ddfdf6428a1f4177ad7e062afab2c38978d26d6de4c5ebf', 'DI-2026-0001', 'Leg ulcers in home care', 'leg ulcers in home care', X'01A222550BC17106ADE245E42D30E844', 'clear', 1795872329246329, 'open', 1, 0, 0, 9223372036854775807, 1858431600000000, 5, 13, 1795872329174378, 1795872329246329, 1795872329219164, NULL);
INSERT INTO "lane" ("workflow", "state", "life", "unassigned") VALUES ('disclosure', 'clear', 'open', 0);
INSERT INTO "lane" ("workflow", "state", "life", "unassigned") VALUES ('disclosure', 'draft', 'draft', 0);
INSERT INTO "lane" ("workflow", "state", "life", "unassigned") VALUES ('disclosure', 'review', 'open', 0);
INSERT INTO "lane" ("workflow", "state", "life", "unassigned") VALUES ('disclosure', 'review', 'open', 1);
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', '0001');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', '2026');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'care');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'di');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'di20260001');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'home');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'in');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'leg');
INSERT INTO "submission_word" ("owner", "word") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'ulcers');
INSERT INTO "submission_content" ("submission", "item", "answers") VALUES (X'01A222550DD8773F8F2606BF153388DC', '{"submitter":"01a22255-0bc1-7106-ade2-45e42d30e844","sequence":13,"state":"clear","since":"2026-11-28T13:25:29.246329Z","closed":false,"counters":{},"tracks":{"check":{"quorum":1,"seats":[{"person":"01a22255-0bc2-7196-8ba6-d5c493e1709d","since":"2026-11-28T13:25:29.233765Z","declared":true,"verdict":"approve","voided":false}]}},"acted":{"author":["01a22255-0bc1-7106-ade2-45e42d30e844"],"officer":["01a22255-0bc2-7196-8ba6-d5c493e1709d"]},"recused":[],"decided":{},"requests":[],"timers":[[{"transition":"expire"},"2028-11-29T05:59:59Z"],[{"reminder":0},"2028-11-21T15:00:00Z"],[{"reminder":1},"2028-11-26T15:00:00Z"]],"undated":[],"awarded":[],"unstaffed":[],"taken":{"nothing-relevant":"2026-11-28T13:25:29.246329Z","submit":"2026-11-28T13:25:29.219164Z"},"designated":false,"coauthors":{},"former":{},"succession":null,"redactions":[]}', '{"any_relationship":{"yes-no":false},"begins_on":{"date":"2030-01-01"},"insider":{"yes-no":false},"title":{"text":"Leg ulcers in home care"},"truth":{"yes-no":true}}');
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 1, 1795872329174378, 'begun', '{"sequence":1,"at":"2026-11-28T13:25:29.174378Z","by":"01a22255-0bc1-7106-ade2-45e42d30e844","role":"author","what":"begun","state":"draft"}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 2, 1795872329219164, 'moved', '{"sequence":2,"at":"2026-11-28T13:25:29.219164Z","by":"01a22255-0bc1-7106-ade2-45e42d30e844","role":"author","what":"moved","transition":"submit","from":"draft","to":"review","note":null,"asked":{},"closed":false}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 3, 1795872329219164, 'track-opened', '{"sequence":3,"at":"2026-11-28T13:25:29.219164Z","by":null,"role":null,"what":"track-opened","track":"check","quorum":1}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 4, 1795872329219164, 'timer-armed', '{"sequence":4,"at":"2026-11-28T13:25:29.219164Z","by":null,"role":null,"what":"timer-armed","timer":{"reminder":0},"due":"2026-12-03T13:25:29.219164Z"}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 5, 1795872329219164, 'timer-armed', '{"sequence":5,"at":"2026-11-28T13:25:29.219164Z","by":null,"role":null,"what":"timer-armed","timer":{"reminder":1},"due":"2026-12-08T13:25:29.219164Z"}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 6, 1795872329233765, 'claimed', '{"sequence":6,"at":"2026-11-28T13:25:29.233765Z","by":"01a22255-0bc2-7196-8ba6-d5c493e1709d","role":"officer","what":"claimed","track":"check","person":"01a22255-0bc2-7196-8ba6-d5c493e1709d"}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 7, 1795872329246329, 'verdict-recorded', '{"sequence":7,"at":"2026-11-28T13:25:29.246329Z","by":"01a22255-0bc2-7196-8ba6-d5c493e1709d","role":"officer","what":"verdict-recorded","track":"check","person":"01a22255-0bc2-7196-8ba6-d5c493e1709d","verdict":"approve","rubric":{"relevant":{"choice":"none"},"stated":{"yes-no":true}},"note":"Read."}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 8, 1795872329246329, 'timer-cancelled', '{"sequence":8,"at":"2026-11-28T13:25:29.246329Z","by":null,"role":null,"what":"timer-cancelled","timer":{"reminder":0}}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 9, 1795872329246329, 'timer-cancelled', '{"sequence":9,"at":"2026-11-28T13:25:29.246329Z","by":null,"role":null,"what":"timer-cancelled","timer":{"reminder":1}}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 10, 1795872329246329, 'moved', '{"sequence":10,"at":"2026-11-28T13:25:29.246329Z","by":null,"role":null,"what":"moved","transition":"nothing-relevant","from":"review","to":"clear","note":null,"asked":{},"closed":false}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 11, 1795872329246329, 'timer-armed', '{"sequence":11,"at":"2026-11-28T13:25:29.246329Z","by":null,"role":null,"what":"timer-armed","timer":{"transition":"expire"},"due":"2028-11-29T05:59:59Z"}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 12, 1795872329246329, 'timer-armed', '{"sequence":12,"at":"2026-11-28T13:25:29.246329Z","by":null,"role":null,"what":"timer-armed","timer":{"reminder":0},"due":"2028-11-21T15:00:00Z"}', NULL);
INSERT INTO "event" ("submission", "sequence", "at", "kind", "body", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 13, 1795872329246329, 'timer-armed', '{"sequence":13,"at":"2026-11-28T13:25:29.246329Z","by":null,"role":null,"what":"timer-armed","timer":{"reminder":1},"due":"2028-11-26T15:00:00Z"}', NULL);
INSERT INTO "revision" ("submission", "number", "sequence", "answers", "at", "erasure") VALUES (X'01A222550DD8773F8F2606BF153388DC', 1, 5, '{"any_relationship":{"yes-no":false},"begins_on":{"date":"2030-01-01"},"insider":{"yes-no":false},"title":{"text":"Leg ulcers in home care"},"truth":{"yes-no":true}}', 1795872329219164, NULL);
INSERT INTO "seat" ("submission", "track", "position", "person", "since", "declared", "verdict", "voided") VALUES (X'01A222550DD8773F8F2606BF153388DC', 'check', 0, X'01A222550BC271968BA6D5C493E1709D', 1795872329233765, 1, 'approve', 0);
INSERT INTO "job" ("id", "kind", "payload", "run_at", "attempts", "token", "locked_until", "done_at", "failed_at", "error", "dedupe", "retried_at") VALUES (X'01A222550E0A74C4B2802F523229BBC1', 'announce', '{"effect":"announce","first":2,"last":5,"submission":"01a22255-0dd8-773f-8f26-06bf153388dc"}', 1795872329219164, 1, X'01A222550E2276AF96717E3388961EA0', 1795872449255000, 1795872329266295, NULL, NULL, NULL, NULL);
INSERT INTO "job" ("id", "kind", "payload", "run_at", "attempts", "token", "locked_until", "done_at", "failed_at", "error", "dedupe", "retried_at") VALUES (X'01A222550E177685A0BA3AD7FAA33F11', 'announce', '{"effect":"announce","first":6,"last":6,"submission":"01a22255-0dd8-773f-8f26-06bf153388dc"}', 1795872329233765, 1, X'01A222550E2276AF96717E3388961EA0', 1795872449255000, 1795872329273236, NULL, NULL, NULL, NULL);
INSERT INTO "job" ("id", "kind", "payload", "run_at", "attempts", "token", "locked_until", "done_at", "failed_at", "error", "dedupe", "retried_at") VALUES (X'01A222550E24771DA9DBEA9B6BF49F99', 'announce', '{"effect":"announce","first":7,"last":13,"submission":"01a22255-0dd8-773f-8f26-06bf153388dc"}', 1795872329246329, 1, X'01A222550E2276AF96717E3388961EA0', 1795872449255000, 1795872329274046, NULL, NULL, NULL, NULL);
INSERT INTO "job" ("id", "kind", "payload", "run_at", "attempts", "token", "locked_until", "done_at", "failed_at", "error", "dedupe", "retried_at") VALUES (X'01A222550E3775DEA7EFA07DD73BDB4C', 'deliver', '{"effect":"deliver","mail":"01a22255-0e33-71e8-8b9d-672b8824d793"}', 1795872329271178, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "mail" ("id", "person", "recipient", "subject", "text_body", "html_body", "about", "queued_at", "sent_at", "dedupe", "kept_at", "dropped_at") VALUES (X'01A222550E3371E88B9D672B8824D793', X'01A222550BC17106ADE245E42D30E844', 'author@academy.example', 'DI-2026-0001: Leg ulcers in home care', 'Nothing for you to do.

author,

DI-2026-0001, Leg ulcers in home care:
Nothing stands in the way. Tell us when something changes.

Read.

http://127.0.0.1:35823/s/DI-2026-0001

-- 
Academy of Tests, with Imprimatur
', '<!doctype html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width"><title>DI-2026-0001: Leg ulcers in home care</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 24px;padding:0 0 12px;border-bottom:1px solid #888"><b>Nothing for you to do.</b></p>
<p>author,</p>

<p><b>DI-2026-0001</b>, Leg ulcers in home care:</p>
<p style="font-size:20px"><b>Nothing stands in the way. Tell us when something changes.</b></p>

<p style="white-space:pre-line">Read.</p>

<p style="margin:28px 0"><a href="http://127.0.0.1:35823/s/DI-2026-0001" style="font-weight:bold">Open DI-2026-0001</a></p>
<p style="margin:32px 0 0;padding:12px 0 0;border-top:1px solid #888;font-size:14px">Academy of Tests, with Imprimatur</p>
</div>
</body>
</html>
', X'01A222550DD8773F8F2606BF153388DC', 1795872329267906, NULL, '01a22255-0dd8-773f-8f26-06bf153388dc:7:01a22255-0bc1-7106-ade2-45e42d30e844', NULL, NULL);
