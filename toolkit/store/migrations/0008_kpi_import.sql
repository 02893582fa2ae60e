-- Layouts of exports that the member explained: `definition` is JSON with the headings and what they hold, how days are
-- written, what states mean.
CREATE TABLE kpi_profile (
    name       TEXT PRIMARY KEY,
    definition TEXT NOT NULL
) STRICT, WITHOUT ROWID;
