-- What the store itself keeps. `token` names the state that the seal beside the database was made of.
CREATE TABLE store_mark (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    token TEXT NOT NULL
) STRICT;

INSERT INTO store_mark (id, token) VALUES (1, '');
