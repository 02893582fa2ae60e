"""The database's shape: numbered SQL files, each applied once, forward only."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.errors import StoreError
from toolkit.disk.crash import crashpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

APPLICATION_ID = 0x536F5461  # "SoTa", in the header of every database of ours
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Migration:
    """One step from the schema `number - 1` to the schema `number`, which is then the database's user_version."""

    number: int
    name: str
    sql: str

    def statements(self) -> Iterator[str]:
        """The statements one by one; a trigger's body and a text with semicolons stay in one piece."""
        *parts, end = self.sql.split(";")
        pending = ""
        for part in parts:
            pending += f"{part};"
            if sqlite3.complete_statement(pending):
                yield pending.strip()
                pending = ""
        if pending or any(line.strip() and not line.lstrip().startswith("--") for line in end.splitlines()):
            raise ValueError(f"migration {self.number:04}_{self.name}: the last statement has no end")


def load_migrations(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """The migrations of a folder of `0000_name.sql`, `0001_name.sql`, … in order; a gap raises ValueError."""
    found = []
    for file in sorted(folder.glob("*.sql")):
        number, _, name = file.stem.partition("_")
        found.append(Migration(int(number), name, file.read_text("utf-8")))
    if [migration.number for migration in found] != list(range(len(found))) or not found:
        raise ValueError(f"migrations must be numbered 0000, 0001, … without a gap: {[m.number for m in found]}")
    return tuple(found)


def version_of(db: sqlite3.Connection) -> int:
    """The number of the last migration that `db` has been through."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def apply_migrations(
    db: sqlite3.Connection,
    migrations: Sequence[Migration],
    *,
    within: Callable[[sqlite3.Connection], None] = lambda _: None,
) -> None:
    """Apply what is missing, each migration in a transaction of its own: all of it or nothing.

    `db` is in autocommit mode. `within` runs first in each transaction. A statement that fails raises
    StoreError("store.migration_failed"), and the database stays at the last complete migration; a disk that is full
    and the like pass through as the connection reports them.
    """
    for migration in migrations:
        db.execute("PRAGMA foreign_keys = OFF")  # so that a table can be rebuilt; the check below replaces it
        try:
            db.execute("BEGIN IMMEDIATE")
            within(db)
            for statement in migration.statements():
                db.execute(statement)
                crashpoint("store.migrate.statement")
            if broken := db.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreError("store.migration_failed", number=migration.number, reason=f"foreign key: {broken[0]}")
            db.execute(f"PRAGMA user_version = {migration.number}")
            crashpoint("store.migrate.numbered")
            db.execute("COMMIT")
            crashpoint("store.migrate.committed")
        except sqlite3.Error as error:
            raise StoreError("store.migration_failed", number=migration.number, reason=str(error)) from error
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
            db.execute("PRAGMA foreign_keys = ON")
