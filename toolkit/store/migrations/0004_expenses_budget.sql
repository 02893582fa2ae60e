-- Budgets and what comes back by itself. Rows are written and undone through the history of the book.

-- One decision about a budget. `scope` is a category, a parent or 'total'; `month` its first month, as 2026-11; a
-- standing one holds from then on, another one for that month alone. No amount: no budget.
CREATE TABLE expense_budget (
    scope    TEXT NOT NULL,
    month    TEXT NOT NULL,
    standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
    amount   INTEGER CHECK (amount > 0),
    rollover TEXT NOT NULL CHECK (rollover IN ('none', 'left', 'both')),
    PRIMARY KEY (scope, month, standing)
) STRICT, WITHOUT ROWID;

-- What the member expects again and again, and what they don't want proposed any more. `name_key` is what the notes of
-- its entries have in common; `anchor` one day on which it is due; `since` the day from which it is expected.
CREATE TABLE expense_recurring (
    name_key TEXT NOT NULL,
    kind     TEXT NOT NULL,
    category TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('accepted', 'declined')),
    name     TEXT NOT NULL,
    person   TEXT NOT NULL,
    account  TEXT NOT NULL,
    every    TEXT NOT NULL CHECK (every IN ('week', 'month', 'quarter', 'year')),
    anchor   TEXT NOT NULL,
    since    TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    PRIMARY KEY (name_key, kind, category)
) STRICT, WITHOUT ROWID;

-- Days on which it was due and that the member passed over.
CREATE TABLE expense_recurring_skip (
    name_key TEXT NOT NULL,
    kind     TEXT NOT NULL,
    category TEXT NOT NULL,
    day      TEXT NOT NULL,
    PRIMARY KEY (name_key, kind, category, day)
) STRICT, WITHOUT ROWID;
