-- Commission plans: what the member is owed for what they sell.

-- `every` is the period that is reckoned (week, month, quarter, year), `rounding` the step in đồng of its total; `ended`
-- the first day on which the plan no longer holds, '' where it goes on.
CREATE TABLE kpi_commission_plan (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement TEXT NOT NULL,
    label      TEXT NOT NULL,
    every      TEXT NOT NULL CHECK (every IN ('week', 'month', 'quarter', 'year')),
    rounding   INTEGER NOT NULL CHECK (rounding > 0),
    ended      TEXT NOT NULL,
    dropped    INTEGER NOT NULL CHECK (dropped IN (0, 1)),
    run        INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at    TEXT NOT NULL
) STRICT;

-- The terms from the day `starts` on ('' from ever), as JSON.
CREATE TABLE kpi_commission_version (
    plan    INTEGER NOT NULL,
    starts  TEXT NOT NULL,
    terms   TEXT NOT NULL,
    run     INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at TEXT NOT NULL,
    PRIMARY KEY (plan, starts)
) STRICT, WITHOUT ROWID;
