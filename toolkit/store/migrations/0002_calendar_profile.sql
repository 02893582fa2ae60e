-- Hours that a member keeps for lessons, shifts and sessions, by the name of the profile. `body` is JSON.
CREATE TABLE calendar_profile (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
