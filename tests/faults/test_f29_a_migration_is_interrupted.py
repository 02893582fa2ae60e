"""F29: a migration killed after any statement leaves the old schema, or is complete; the next start finishes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, TAGS, add_migrations, killed_everywhere, new_place
from toolkit.store.backup import list_backups, verify_backup
from toolkit.store.schema import load_migrations

if TYPE_CHECKING:
    from pathlib import Path

RENAME = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, words TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'ghi chú') STRICT;
INSERT INTO thing (id, words) SELECT id, text FROM note;
DROP TRIGGER note_tagged;
ALTER TABLE tag RENAME TO old_tag;
CREATE TABLE tag (note INTEGER NOT NULL REFERENCES thing (id), word TEXT NOT NULL, PRIMARY KEY (note, word)) STRICT;
INSERT INTO tag SELECT * FROM old_tag;
DROP TABLE old_tag;
DROP TABLE note;
"""


def look(database: Path) -> tuple[int, list[str], list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        table, column = ("thing", "words") if version == 3 else ("note", "text")
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE sql NOT NULL ORDER BY name")]
        return version, names, db.execute(f"SELECT id, {column} FROM {table} ORDER BY id").fetchall()


def test_a_killed_migration_is_whole_or_not_there_and_is_finished_next_time(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("a", "b")
    stages = {1: look(place.database)[1]}
    for number, step in enumerate((TAGS, RENAME), 2):
        so_far = new_place(tmp_path / f"tới {number}", *(NOTES, TAGS, RENAME)[:number])
        so_far.open().close()
        stages[number] = look(so_far.database)[1]
        add_migrations(place, step)
    seen = set()
    for point, killed in killed_everywhere(place, "opened().close()", tmp_path):
        version, names, rows = look(killed.copy(tmp_path / f"xem {point}").database)
        assert names == stages[version], point
        assert rows == [(1, "a"), (2, "b")], point
        seen.add(version)
        killed.open().close()
        assert look(killed.database) == (3, stages[3], rows), point
        for backup in list_backups(killed.backups):
            verify_backup(backup.path)
    assert seen == {1, 2, 3}


def test_a_crash_point_stands_after_every_statement(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("a")
    add_migrations(place, TAGS, RENAME)
    statements = [
        statement for migration in load_migrations(place.migrations)[2:] for statement in migration.statements()
    ]
    assert place.points("opened().close()").count("store.migrate.statement") == len(statements) == 3 + 8


@pytest.mark.parametrize("point", ["store.migrate.statement:4", "store.migrate.numbered", "store.migrate.committed"])
def test_what_the_member_had_is_in_a_backup_before_the_migration_begins(tmp_path: Path, point: str) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("a")
    add_migrations(place, TAGS, RENAME)
    assert place.run("opened().close()", fault=f"kill@{point}").returncode == -9
    upgrade = next(one for one in list_backups(place.backups) if one.kind == "upgrade")
    assert verify_backup(upgrade.path) == 1
    assert look(upgrade.path)[2] == [(1, "a")]
