-- The calendar tool: its own calendar, and the journal of everything it does to any calendar.

-- Events of the local calendars. `body` is the event as JSON; `starts` sorts in time.
CREATE TABLE calendar_event (
    calendar    TEXT NOT NULL,
    id          TEXT NOT NULL,
    starts      TEXT NOT NULL,
    body        TEXT NOT NULL,
    import_name TEXT NOT NULL,
    key         TEXT NOT NULL,
    content     TEXT NOT NULL,
    run         TEXT NOT NULL,
    PRIMARY KEY (calendar, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX calendar_event_by_import ON calendar_event (calendar, import_name);

-- One import, or the undoing of one. A number is never given twice.
CREATE TABLE calendar_run (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    mark        TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('import', 'undo')),
    target      TEXT NOT NULL,
    import_name TEXT NOT NULL,
    file        TEXT NOT NULL,
    digest      TEXT NOT NULL,
    began       TEXT NOT NULL,
    ended       TEXT,
    state       TEXT NOT NULL CHECK (state IN ('open', 'done', 'stopped', 'undone', 'partly_undone')),
    undoes      INTEGER REFERENCES calendar_run (number)
) STRICT;

CREATE INDEX calendar_run_by_target ON calendar_run (target, state);

-- The journal: each write of a run, committed before it is made. `before` and `after` hold the event and its marks.
CREATE TABLE calendar_step (
    run      INTEGER NOT NULL REFERENCES calendar_run (number),
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('insert', 'update', 'delete')),
    event_id TEXT NOT NULL,
    etag     TEXT NOT NULL,
    before   TEXT,
    after    TEXT,
    row      TEXT,
    state    TEXT NOT NULL
        CHECK (state IN ('planned', 'begun', 'done', 'conflict', 'failed', 'dropped', 'undone')),
    undoes   INTEGER,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

-- The row behind each event that should now stand in a target, or that the member has removed from there.
CREATE TABLE calendar_row (
    target      TEXT NOT NULL,
    import_name TEXT NOT NULL,
    key         TEXT NOT NULL,
    event_id    TEXT NOT NULL,
    content     TEXT NOT NULL,
    sheet       TEXT,
    row         INTEGER NOT NULL,
    title       TEXT NOT NULL,
    own_id      TEXT NOT NULL,
    day         TEXT NOT NULL,
    removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
    PRIMARY KEY (target, import_name, key)
) STRICT, WITHOUT ROWID;

-- Rows that could not be read when nothing was missing: they have no event that could be deleted for that.
CREATE TABLE calendar_harmless (
    target      TEXT NOT NULL,
    import_name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (target, import_name, fingerprint)
) STRICT, WITHOUT ROWID;

-- The remote id of a calendar that we made, by account kind and name.
CREATE TABLE calendar_remote (
    target    TEXT PRIMARY KEY,
    remote_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
