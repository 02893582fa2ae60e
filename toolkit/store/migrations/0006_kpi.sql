-- The kpi tool: what was sold and done, the member's own targets, and the history behind every change.
-- Money is in đồng, shares in hundredths of a percent, quantities in thousandths, exact figures as "n/d"; days are ISO,
-- '' where there is none.

-- One change of the book: something logged, imported, edited …, or the undoing of one. A number is never given twice.
CREATE TABLE kpi_run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    note   TEXT NOT NULL,
    began  TEXT NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('done', 'undone')),
    undoes INTEGER REFERENCES kpi_run (number)
) STRICT;

-- The rows that a run wrote, in order, in any table named kpi_…: the row as JSON, before and after.
CREATE TABLE kpi_change (
    run      INTEGER NOT NULL REFERENCES kpi_run (number),
    position INTEGER NOT NULL,
    tbl      TEXT NOT NULL,
    key      TEXT NOT NULL,
    before   TEXT,
    after    TEXT,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_change_by_row ON kpi_change (tbl, key);

-- Many rows of one table that a run put in, or took out where `gone`, in one piece: `columns` is a JSON list, `packed`
-- the rows as JSON lists, deflated; `low` and `high` are the least and greatest first part of their primary keys.
CREATE TABLE kpi_batch (
    run      INTEGER NOT NULL REFERENCES kpi_run (number),
    position INTEGER NOT NULL,
    tbl      TEXT NOT NULL,
    gone     INTEGER NOT NULL CHECK (gone IN (0, 1)),
    low      ANY NOT NULL,
    high     ANY NOT NULL,
    size     INTEGER NOT NULL,
    columns  TEXT NOT NULL,
    packed   BLOB NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_batch_by_row ON kpi_batch (tbl, low, high);

-- Whom the member sells for.
CREATE TABLE kpi_engagement (
    id           TEXT PRIMARY KEY,
    label        TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('employee', 'agent', 'ctv', 'freelance', 'broker')),
    own_contacts INTEGER NOT NULL CHECK (own_contacts IN (0, 1)),
    started      TEXT NOT NULL,
    ended        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Products, `aliases` as JSON.
CREATE TABLE kpi_product (
    id       TEXT PRIMARY KEY,
    label    TEXT NOT NULL,
    category TEXT NOT NULL,
    aliases  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `words` is what a search looks in: the name without marks. `key` is that of the name, with which people are looked up.
CREATE TABLE kpi_contact (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement TEXT NOT NULL,
    name       TEXT NOT NULL,
    grp        TEXT NOT NULL,
    role       TEXT NOT NULL,
    own        INTEGER NOT NULL CHECK (own IN (0, 1)),
    phone      TEXT NOT NULL,
    address    TEXT NOT NULL,
    email      TEXT NOT NULL,
    account    TEXT NOT NULL,
    referrer   TEXT NOT NULL,
    note       TEXT NOT NULL,
    words      TEXT NOT NULL,
    key        TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_contact_by_key ON kpi_contact (engagement, key);

-- Sales and refunds. Their numbers, and those of payments, opportunities, activities and promises, are of one sequence.
-- `order_id` is the number in the export ('' for what was typed); `quantity` and `product` sum its lines up ('' where
-- they are of several products); `words` is what a search looks in.
CREATE TABLE kpi_sale (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement    TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('sale', 'refund')),
    status        TEXT NOT NULL CHECK (status IN ('open', 'done', 'cancelled', 'returned', 'unknown')),
    ordered       TEXT NOT NULL,
    completed     TEXT NOT NULL,
    paid          TEXT NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount >= 0),
    share         INTEGER NOT NULL CHECK (share BETWEEN 0 AND 10000),
    quantity      INTEGER NOT NULL,
    source        TEXT NOT NULL,
    order_id      TEXT NOT NULL,
    customer      INTEGER NOT NULL,
    customer_name TEXT NOT NULL,
    referral      INTEGER NOT NULL CHECK (referral IN (0, 1)),
    referrer      TEXT NOT NULL,
    repeat        INTEGER NOT NULL CHECK (repeat IN (0, 1)),
    channel       TEXT NOT NULL,
    product       TEXT NOT NULL,
    note          TEXT NOT NULL,
    sentence      TEXT NOT NULL,
    refunds       INTEGER NOT NULL,
    needs_confirm INTEGER NOT NULL CHECK (needs_confirm IN (0, 1)),
    words         TEXT NOT NULL,
    run           INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_sale_by_day ON kpi_sale (engagement, ordered, kind, status, amount, share, quantity);
CREATE INDEX kpi_sale_by_customer ON kpi_sale (customer, ordered, kind, status) WHERE customer <> 0;
CREATE INDEX kpi_sale_by_run ON kpi_sale (run);
CREATE UNIQUE INDEX kpi_sale_by_order ON kpi_sale (engagement, source, kind, order_id) WHERE order_id <> '';

-- The lines of a sale; `amount` NULL where only the sale's total is known, `status` '' where it is the sale's.
CREATE TABLE kpi_line (
    sale     INTEGER NOT NULL,
    position INTEGER NOT NULL,
    product  TEXT NOT NULL,
    sku      TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    amount   INTEGER,
    status   TEXT NOT NULL,
    PRIMARY KEY (sale, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_line_by_product ON kpi_line (product, sale);

-- The others' parts of a sale.
CREATE TABLE kpi_split (
    sale   INTEGER NOT NULL,
    person TEXT NOT NULL,
    share  INTEGER NOT NULL CHECK (share BETWEEN 1 AND 10000),
    PRIMARY KEY (sale, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE kpi_payment (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement    TEXT NOT NULL,
    day           TEXT NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    sale          INTEGER NOT NULL,
    customer      INTEGER NOT NULL,
    customer_name TEXT NOT NULL,
    note          TEXT NOT NULL,
    sentence      TEXT NOT NULL,
    run           INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_payment_by_day ON kpi_payment (engagement, day, amount);

CREATE TABLE kpi_opportunity (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement    TEXT NOT NULL,
    outcome       TEXT NOT NULL CHECK (outcome IN ('open', 'won', 'lost')),
    opened        TEXT NOT NULL,
    closed        TEXT NOT NULL,
    amount        INTEGER,
    product       TEXT NOT NULL,
    customer      INTEGER NOT NULL,
    customer_name TEXT NOT NULL,
    source        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    reason_kind   TEXT NOT NULL,
    sale          INTEGER NOT NULL,
    sentence      TEXT NOT NULL,
    run           INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_opportunity_by_day ON kpi_opportunity (engagement, closed, outcome);

CREATE TABLE kpi_stage (
    opportunity INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    stage       TEXT NOT NULL,
    day         TEXT NOT NULL,
    PRIMARY KEY (opportunity, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE kpi_activity (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement    TEXT NOT NULL,
    day           TEXT NOT NULL,
    kind          TEXT NOT NULL,
    count         INTEGER NOT NULL CHECK (count > 0),
    customer      INTEGER NOT NULL,
    customer_name TEXT NOT NULL,
    note          TEXT NOT NULL,
    sentence      TEXT NOT NULL,
    run           INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_activity_by_day ON kpi_activity (engagement, kind, day, count);

CREATE TABLE kpi_promise (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement    TEXT NOT NULL,
    text          TEXT NOT NULL,
    made          TEXT NOT NULL,
    due           TEXT NOT NULL,
    outcome       TEXT NOT NULL CHECK (outcome IN ('open', 'kept', 'broken', 'released')),
    closed        TEXT NOT NULL,
    customer      INTEGER NOT NULL,
    customer_name TEXT NOT NULL,
    sentence      TEXT NOT NULL,
    run           INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at       TEXT NOT NULL
) STRICT;

-- Figures that the member enters themself; `value` is exact ("9/2").
CREATE TABLE kpi_measure (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement TEXT NOT NULL,
    metric     TEXT NOT NULL,
    day        TEXT NOT NULL,
    value      TEXT NOT NULL,
    note       TEXT NOT NULL,
    run        INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at    TEXT NOT NULL
) STRICT;

CREATE INDEX kpi_measure_by_day ON kpi_measure (metric, day);

-- Metrics that the member defined; `definition` is JSON.
CREATE TABLE kpi_metric (
    id         TEXT PRIMARY KEY,
    definition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Targets. `engagements` is JSON, [] for all; `amount` and `weight` are exact; `ends` is exclusive.
CREATE TABLE kpi_target (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    metric      TEXT NOT NULL,
    starts      TEXT NOT NULL,
    ends        TEXT NOT NULL,
    amount      TEXT NOT NULL,
    label       TEXT NOT NULL,
    engagements TEXT NOT NULL,
    imposed_by  TEXT NOT NULL,
    weight      TEXT NOT NULL,
    shape       TEXT NOT NULL,
    dropped     INTEGER NOT NULL CHECK (dropped IN (0, 1)),
    run         INTEGER NOT NULL REFERENCES kpi_run (number),
    made_at     TEXT NOT NULL
) STRICT;

-- From `day` on the target is `amount`.
CREATE TABLE kpi_revision (
    target  INTEGER NOT NULL,
    day     TEXT NOT NULL,
    amount  TEXT NOT NULL,
    note    TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (target, day)
) STRICT, WITHOUT ROWID;

-- From `starts` on ('' from ever) the member works this week: 5, 5.5, 6 or 7 days; `swaps`: with the state's swap days.
CREATE TABLE kpi_week (
    starts TEXT PRIMARY KEY,
    week   TEXT NOT NULL,
    swaps  INTEGER NOT NULL CHECK (swaps IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Own days off and extra working days.
CREATE TABLE kpi_day (
    day  TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('leave', 'work')),
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Lines of a text that was read from standard input, so that the same text read again adds nothing. `key` is a digest.
CREATE TABLE kpi_typed (
    key TEXT PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES kpi_run (number)
) STRICT, WITHOUT ROWID;
