-- Objectives and key results, the member's own stages of a funnel, and the names under which a customer is known.
-- Figures are exact ("n/d"); days are ISO, '' where there is none.

-- `engagements` is JSON, [] for all; `ends` is exclusive; `closed` the day on which the member was done with it.
CREATE TABLE kpi_objective (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    title       TEXT NOT NULL,
    starts      TEXT NOT NULL,
    ends        TEXT NOT NULL,
    engagements TEXT NOT NULL,
    closed      TEXT NOT NULL,
    note        TEXT NOT NULL,
    run         INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at     TEXT NOT NULL
) STRICT;

-- Key results, from `start` to `goal`; `metric` is the figure that one follows by itself, '' where its values are typed.
CREATE TABLE kpi_result (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    objective INTEGER NOT NULL,
    title     TEXT NOT NULL,
    start     TEXT NOT NULL,
    goal      TEXT NOT NULL,
    unit      TEXT NOT NULL CHECK (unit IN ('number', 'dong', 'share')),
    metric    TEXT NOT NULL,
    dropped   INTEGER NOT NULL CHECK (dropped IN (0, 1)),
    run       INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at   TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_result_by_objective ON kpi_result (objective);

-- What a key result stood at on a day.
CREATE TABLE kpi_value (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    result  INTEGER NOT NULL,
    day     TEXT NOT NULL,
    value   TEXT NOT NULL,
    note    TEXT NOT NULL,
    run     INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_value_by_result ON kpi_value (result, day);

-- The stages of the member's own funnel, in order.
CREATE TABLE kpi_funnel (
    position INTEGER PRIMARY KEY,
    stage    TEXT NOT NULL UNIQUE
) STRICT;

-- Somebody who was kept twice and put together by hand: whoever was this one is the contact `contact`.
CREATE TABLE kpi_known_as (
    engagement TEXT NOT NULL,
    key        TEXT NOT NULL,
    phone      TEXT NOT NULL,
    account    TEXT NOT NULL,
    name       TEXT NOT NULL,
    contact    INTEGER NOT NULL,
    PRIMARY KEY (engagement, key, phone, account)
) STRICT, WITHOUT ROWID;
