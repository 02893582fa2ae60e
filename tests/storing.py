"""A small store of its own for tests: two migrations, a folder a test, and programs that are killed on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.store.schema import MIGRATIONS
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NOTES = """
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE INDEX note_text ON note (text);
"""
TAGS = """
CREATE TABLE tag (note INTEGER NOT NULL REFERENCES note (id), word TEXT NOT NULL, PRIMARY KEY (note, word))
STRICT, WITHOUT ROWID;
-- A trigger's body holds semicolons of its own.
CREATE TRIGGER note_tagged AFTER INSERT ON note BEGIN
    INSERT INTO tag VALUES (new.id, 'mới');
    INSERT INTO tag VALUES (new.id, 'chưa xem');
END;
INSERT INTO tag SELECT id, 'cũ' FROM note;
"""

PROGRAM = """
import os, sys
from datetime import datetime, timezone
from pathlib import Path
from toolkit.core.dates.clock import FixedClock
from toolkit.core.errors import StoreError
from toolkit.disk.atomic import atomic_write
from toolkit.store.restore import restore, salvage
from toolkit.store.store import Store

here = Path(sys.argv[1])
clock = FixedClock(datetime(2026, 11, 22, 8, 0, tzinfo=timezone.utc))
where = dict(backups=here / "backups", clock=clock, migrations=here / "migrations")
database = here / "home" / "toolkit.db"

def opened(**more):
    return Store.open(database, **where, **more)

def write(*texts):
    with opened() as store, store.transaction() as db:
        db.executemany("INSERT INTO note (text) VALUES (?)", [(text,) for text in texts])

"""


@dataclass(frozen=True)
class Place:
    """A folder with a home, backups and migrations of its own."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "home" / "toolkit.db"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations"

    def open(self, *, patience: float = 5.0) -> Store:
        return Store.open(self.database, backups=self.backups, migrations=self.migrations, patience=patience)

    def write(self, *texts: str) -> None:
        """One session that adds notes in one transaction."""
        with self.open() as store, store.transaction() as db:
            db.executemany("INSERT INTO note (text) VALUES (?)", [(text,) for text in texts])

    def notes(self) -> list[str]:
        with self.open() as store:
            return [str(row[0]) for row in store.read().execute("SELECT text FROM note ORDER BY id")]

    def copy(self, folder: Path) -> Place:
        """The same in another folder, byte for byte."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Place(folder)

    def run(self, program: str, *, fault: str = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a program that may use `opened()`, `write(…)`, `restore`, `salvage`, `where` and `database`."""
        environment = {**os.environ, "TOOLKIT_FAULT": fault, "TOOLKIT_FAULT_COUNT": str(self.folder / "points")}
        return subprocess.run(
            [sys.executable, "-c", PROGRAM + program, str(self.folder)],
            env=environment, capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip

    def start(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        """The same, not waiting for its end."""
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM + program, str(self.folder), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def points(self, program: str) -> list[str]:
        """The names of the crash points that a program meets, in order. Leaves the place as the program leaves it."""
        done = self.run(program, fault="count")
        assert done.returncode == 0, done.stderr
        return (self.folder / "points").read_text("utf-8").split("\n")[1:]


def new_place(folder: Path, *migrations: str) -> Place:
    """A place whose schema has the store's own table and then `migrations`; nothing is opened yet."""
    place = Place(folder)
    place.migrations.mkdir(parents=True)
    shutil.copy(MIGRATIONS / "0000_store.sql", place.migrations)
    add_migrations(place, *migrations)
    return place


def add_migrations(place: Place, *migrations: str) -> None:
    """The program's next version comes with these."""
    first = len(list(place.migrations.glob("*.sql")))
    for number, sql in enumerate(migrations, first):
        (place.migrations / f"{number:04}_step.sql").write_text(sql, "utf-8")


def killed_everywhere(place: Place, program: str, scratch: Path) -> Iterator[tuple[str, Place]]:
    """`program` run on a copy of `place` again and again, killed at its first crash point, its second, … and its last.

    Gives the name of the point and the place as the killed program left it.
    """
    names: Sequence[str] = place.copy(scratch / "counted").points(program)
    assert names
    for n, name in enumerate(names, 1):
        copy = place.copy(scratch / f"killed-{n}")
        done = copy.run(program, fault=f"kill@{n}")
        assert done.returncode == -9, (name, done.stderr)
        yield f"{n} {name}", copy


def flip(path: Path, position: int, mask: int = 1) -> None:
    """Change bits of one byte of a file."""
    with path.open("r+b") as file:
        file.seek(position)
        byte = file.read(1)[0]
        file.seek(position)
        file.write(bytes([byte ^ mask]))
