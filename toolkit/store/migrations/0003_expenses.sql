-- The expenses tool: the member's book, the history behind every change of it, and what the member taught.

-- One change of the book: something added, edited, imported …, or the undoing of one. A number is never given twice.
CREATE TABLE expense_run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    note   TEXT NOT NULL,
    began  TEXT NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('done', 'undone')),
    undoes INTEGER REFERENCES expense_run (number)
) STRICT;

-- The rows that a run wrote, in order, in any table named expense_…: the row as JSON, before and after.
CREATE TABLE expense_change (
    run      INTEGER NOT NULL REFERENCES expense_run (number),
    position INTEGER NOT NULL,
    tbl      TEXT NOT NULL,
    key      TEXT NOT NULL,
    before   TEXT,
    after    TEXT,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX expense_change_by_row ON expense_change (tbl, key);

-- Entries. `amount` in đồng or minor units; `day` and `made_at` in ISO form; `doubts` is JSON; `words` and `who`
-- are what a search looks in: note, sentence and person, and the person alone, without marks, a space at both ends.
CREATE TABLE expense_entry (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    day           TEXT NOT NULL,
    kind          TEXT NOT NULL
        CHECK (kind IN ('expense', 'income', 'lend', 'borrow', 'repay', 'collect', 'transfer')),
    category      TEXT NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    currency      TEXT NOT NULL,
    account       TEXT NOT NULL,
    counter       TEXT NOT NULL,
    person        TEXT NOT NULL,
    note          TEXT NOT NULL,
    sentence      TEXT NOT NULL,
    core          TEXT NOT NULL,
    run           INTEGER NOT NULL REFERENCES expense_run (number),
    made_at       TEXT NOT NULL,
    needs_confirm INTEGER NOT NULL CHECK (needs_confirm IN (0, 1)),
    confidence    REAL NOT NULL,
    doubts        TEXT NOT NULL,
    words         TEXT NOT NULL,
    who           TEXT NOT NULL
) STRICT;

CREATE INDEX expense_entry_by_day ON expense_entry (day, id);
CREATE INDEX expense_entry_by_run ON expense_entry (run);
CREATE INDEX expense_entry_people ON expense_entry (person) WHERE person <> '';
CREATE INDEX expense_entry_unsure ON expense_entry (id) WHERE needs_confirm = 1;

-- Entries whose amount isn't certain: not in the book before the member has said which it is. `draft` is JSON.
CREATE TABLE expense_waiting (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    sentence TEXT NOT NULL,
    draft    TEXT NOT NULL,
    run      INTEGER NOT NULL REFERENCES expense_run (number),
    made_at  TEXT NOT NULL
) STRICT;

-- Lines of a text that was read from standard input, so that the same text read again adds nothing. `key` is a digest.
CREATE TABLE expense_typed (
    key TEXT PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES expense_run (number)
) STRICT, WITHOUT ROWID;

-- Own accounts. `opening` is what was in it before the first entry, in đồng or minor units of `currency`; `opened` the
-- day on which the member said what it holds.
CREATE TABLE expense_account (
    id       TEXT PRIMARY KEY,
    label    TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('cash', 'bank', 'wallet')),
    currency TEXT NOT NULL,
    opening  INTEGER NOT NULL,
    opened   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Categories that the member added, and own names of shipped ones.
CREATE TABLE expense_category (
    id     TEXT PRIMARY KEY,
    parent TEXT NOT NULL,
    kind   TEXT NOT NULL,
    label  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the member taught: this phrase is of this category. `phrase` is the key of `core`.
CREATE TABLE expense_lesson (
    phrase   TEXT PRIMARY KEY,
    core     TEXT NOT NULL,
    category TEXT NOT NULL,
    times    INTEGER NOT NULL,
    at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
