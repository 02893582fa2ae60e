-- Statements of banks and wallets: the lines that are in the book, the member's own layouts and account numbers.

-- A line of a statement, as the bank printed it, and the entry that it stands for (0 where there is none any more).
-- `amount` is what the account gained (above zero) or lost, `fee` what the bank took beside it, both in minor units;
-- `words` are the description's letters and digits alone, to find it again in another export.
CREATE TABLE expense_line (
    identity    TEXT PRIMARY KEY,
    account     TEXT NOT NULL,
    day         TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    fee         INTEGER NOT NULL,
    currency    TEXT NOT NULL,
    balance     INTEGER,
    reference   TEXT NOT NULL,
    words       TEXT NOT NULL,
    description TEXT NOT NULL,
    name        TEXT NOT NULL,
    number      TEXT NOT NULL,
    bank        TEXT NOT NULL,
    entry       INTEGER NOT NULL,
    file        TEXT NOT NULL,
    line        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX expense_line_by_day ON expense_line (account, day);
CREATE INDEX expense_line_by_entry ON expense_line (entry);

-- Layouts that the member explained: `columns` is JSON, headings to what they hold.
CREATE TABLE expense_layout (
    name    TEXT PRIMARY KEY,
    columns TEXT NOT NULL,
    account TEXT NOT NULL,
    dates   TEXT NOT NULL CHECK (dates IN ('dmy', 'mdy'))
) STRICT, WITHOUT ROWID;

-- Numbers of the member's own accounts, as statements print them, with the owner's name.
CREATE TABLE expense_number (
    number  TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    holder  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A typed entry and one of a statement that the member has said are two different things.
CREATE TABLE expense_apart (
    typed  INTEGER NOT NULL,
    proven INTEGER NOT NULL,
    PRIMARY KEY (typed, proven)
) STRICT, WITHOUT ROWID;
