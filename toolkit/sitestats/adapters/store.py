"""What is kept of a site: its database with the places up to which its logs have been read, and the salts of its days.

Rows and the place they came from are written in one transaction. Salts stand in a file of their own, which is replaced
as a whole: a database would keep the bytes of a deleted row for a while.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from toolkit.core.errors import StoreError
from toolkit.core.text import as_argument
from toolkit.disk.atomic import atomic_write, sync_folder
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import private_folder
from toolkit.disk.lock import holder
from toolkit.sitestats.adapters import daily
from toolkit.sitestats.adapters.database import open_database
from toolkit.sitestats.adapters.fingerprints import Fingerprint, Mark
from toolkit.sitestats.adapters.sites import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.model import FormatName

VERSION: Final = 1
"""The shape of a site's database. A newer one is refused; an older one is brought up to date after a copy was made."""
SALTS_STAY: Final = timedelta(days=2)
"""How long before the newest day lines of a day may still come and are counted with the visitors that are known."""
_NEARLY_FULL: Final = 1 << 20
_TICK: Final = 2_000_000_000  # ns; the coarsest clock of a file system that is in use (FAT)

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS state (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS cursors (
    id INTEGER PRIMARY KEY, path VARCHAR NOT NULL, format VARCHAR NOT NULL, lines BIGINT NOT NULL,
    directives BIGINT NOT NULL, rejected VARCHAR NOT NULL, known VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS unsettled (day DATE NOT NULL);
"""


@dataclass
class Cursor:
    """A log, wherever it is now, and how far it has been read. `path`: where it was last seen; `format` is None until
    it is found; `within`: in the middle of a line that was cut; `reader`: the directives that hold there (W3C)."""

    id: int
    path: str
    format: FormatName | None
    known: Fingerprint = field(default_factory=Fingerprint)
    within: bool = False
    reader: dict[str, str] = field(default_factory=dict)
    lines: int = 0
    directives: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


@contextmanager
def open_site(
    site: Site, scratch: Path, *, write: bool = False, wait: float = PATIENCE
) -> Iterator[DuckDBPyConnection]:
    """A site's database, with its tables. To write, hold `site.lock` first.

    Raises StoreError("sitestats.site_newer" | "sitestats.site_damaged" | "disk.full" | "disk.busy" | …).
    """
    before = os.umask(0o077)  # whatever DuckDB makes beside the file is the member's alone
    try:
        with _told(site), ExitStack() as stack:
            if write and not site.database.exists():
                _make(site, scratch)
            connection = _opened(site, scratch, stack, write=write, wait=wait)
            _demand_version(connection, site)
            yield connection
    finally:
        os.umask(before)


def _make(site: Site, scratch: Path) -> None:
    """A site's database, whole or not at all."""
    half = site.folder / "half-made.duckdb"
    with disk_failures(half):
        for left in (half, half.with_name(f"{half.name}.wal")):
            left.unlink(missing_ok=True)
    with open_database(half, scratch) as connection:
        connection.execute(_SCHEMA)
        connection.execute(daily.SCHEMA)
        connection.execute("INSERT INTO state VALUES ('version', ?)", [str(VERSION)])
    crashpoint("sitestats.site.half_made")
    with disk_failures(half):
        half.replace(site.database)
        sync_folder(site.folder)


def _opened(site: Site, scratch: Path, stack: ExitStack, *, write: bool, wait: float) -> DuckDBPyConnection:
    """The database as soon as nobody else has it open."""
    import duckdb

    until = time.monotonic() + wait
    while True:
        try:
            return stack.enter_context(open_database(site.database, scratch, read_only=not write))
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error):
                raise
            if time.monotonic() >= until:
                pid, what = holder(site.folder / "lock")
                if pid:
                    raise StoreError("disk.busy", path=str(site.database), pid=pid, what=what) from None
                raise StoreError("disk.busy_elsewhere", path=str(site.database)) from None
        time.sleep(0.02)


@contextmanager
def _told(site: Site) -> Iterator[None]:
    """Turn what DuckDB refuses into what the member can do about it."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        found = _failure(error, site)
        if found is None:
            raise
        raise found from error


def _failure(error: Exception, site: Site) -> StoreError | None:
    import duckdb

    text, path = str(error), str(site.database)
    if any(os.strerror(code) in text for code in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)) or _is_full(site.folder):
        return StoreError("disk.full", path=path)
    if "Permission denied" in text or "Read-only file system" in text:
        return StoreError("disk.no_permission", path=path)
    damaged = (duckdb.InternalException, duckdb.FatalException, duckdb.SerializationException, duckdb.IOException,
               duckdb.InvalidInputException, duckdb.CatalogException)  # fmt: skip
    if isinstance(error, damaged) or "Corrupt database" in text:
        return StoreError("sitestats.site_damaged", path=path, name=as_argument(site.name))
    return None


def _is_full(folder: Path) -> bool:
    try:
        import resource

        if resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY:
            return True
    except ImportError:  # Windows has no such limit
        pass
    try:
        return shutil.disk_usage(folder).free < _NEARLY_FULL
    except OSError:
        return False


def _demand_version(connection: DuckDBPyConnection, site: Site) -> None:
    found = connection.execute("SELECT value FROM state WHERE name = 'version'").fetchone()
    if found and int(found[0]) > VERSION:
        raise StoreError("sitestats.site_newer", path=str(site.database))


def state(connection: DuckDBPyConnection, name: str) -> str:
    """A fact about the database, "" where it isn't known."""
    found = connection.execute("SELECT value FROM state WHERE name = ?", [name]).fetchone()
    return str(found[0]) if found else ""


def set_state(connection: DuckDBPyConnection, name: str, value: str) -> None:
    """Keep a fact about the database."""
    connection.execute(
        "INSERT INTO state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value]
    )


def cursors(connection: DuckDBPyConnection) -> list[Cursor]:
    """Every log that has been read."""
    rows = connection.execute(
        "SELECT id, path, format, lines, directives, rejected, known FROM cursors ORDER BY id"
    ).fetchall()
    return [_cursor(row) for row in rows]


def _cursor(row: tuple[Any, ...]) -> Cursor:
    number, path, name, lines, directives, rejected, known = row
    told: dict[str, Any] = json.loads(known)
    heads, marks = (tuple(Mark(*mark) for mark in told[part]) for part in ("heads", "marks"))
    counted = Counter({str(reason): int(n) for reason, n in json.loads(rejected).items()})
    return Cursor(
        number, path, name, Fingerprint(heads, marks), told["within"], told["reader"], lines, directives, counted
    )


def put_cursor(connection: DuckDBPyConnection, cursor: Cursor) -> None:
    """Keep how far a log has been read, in the transaction of its rows."""
    known = {
        "heads": cursor.known.heads,
        "marks": cursor.known.marks,
        "within": cursor.within,
        "reader": cursor.reader,
    }
    connection.execute(
        "INSERT OR REPLACE INTO cursors VALUES (?, ?, ?, ?, ?, ?, ?)",
        [cursor.id, cursor.path, cursor.format, cursor.lines, cursor.directives, json.dumps(cursor.rejected),
         json.dumps(known)],
    )  # fmt: skip


def unsettled(connection: DuckDBPyConnection) -> list[date]:
    """Days whose visitors and visits have to be made again."""
    return [day for (day,) in connection.execute("SELECT DISTINCT day FROM unsettled ORDER BY day").fetchall()]


def unsettle(connection: DuckDBPyConnection, days: Iterable[date]) -> None:
    """These days have new lines, in the transaction of the rows."""
    connection.execute("INSERT INTO unsettled SELECT unnest($1::DATE[])", [sorted(days)])


class Salts:
    """The salts that visitors of a day are hashed with, for as long as lines of that day may still come."""

    def __init__(self, site: Site) -> None:
        self._path = site.salts
        self.by_day: dict[date, str] = {}
        self._kept: dict[date, str] = {}
        if self._path.is_file():
            try:
                told = json.loads(self._path.read_bytes())
                self._kept = {date.fromisoformat(day): str(salt) for day, salt in told.items()}
            except (ValueError, AttributeError, OSError):
                self._kept = {}  # visitors of the last days are counted anew; nothing else hangs on it
        self.by_day.update(self._kept)

    def keep(self) -> None:
        """Make new salts last, before rows that were made with them do."""
        if self.by_day != self._kept:
            self._write(self.by_day)

    def forget(self, newest: date | None) -> None:
        """Throw away those of days that no lines are expected for any more."""
        if newest is not None:
            oldest = newest - SALTS_STAY
            for day in [day for day in self.by_day if day < oldest]:
                del self.by_day[day]
        self.keep()

    def _write(self, salts: dict[date, str]) -> None:
        private_folder(self._path.parent)
        atomic_write(self._path, json.dumps({day.isoformat(): salts[day] for day in sorted(salts)}, indent=1))
        self._kept = dict(salts)
        crashpoint("sitestats.salts.kept")


Look = tuple[int, int, int, int]
"""A file from outside: device, number, size, last change (ns)."""


@dataclass(frozen=True)
class Seen:
    """What the files looked like when everything in them had been read, each with the number of its cursor, and what
    the database was then; the site's host, as far as it is known, its first and its last day, so that a list of sites
    opens no database."""

    revision: str = ""
    is_newest: bool = False
    files: Mapping[str, tuple[Look, int]] = field(default_factory=dict)
    host: str = ""
    first: date | None = None
    last: date | None = None


def look(path: Path) -> Look | None:
    """A file from outside; None where it isn't there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def seen(site: Site) -> Seen:
    """What `keep_seen` has kept; `is_newest` where the database has not been changed since."""
    try:
        told = json.loads(site.seen.read_bytes())
        files = {
            str(path): (cast("Look", tuple(map(int, file[:4]))), int(file[4])) for path, file in told["files"].items()
        }
        now = look(site.database)
        is_newest = now is not None and list(now[2:]) == told["database"]
        first, last = (date.fromisoformat(day) if day else None for day in told.get("days", ("", "")))
        return Seen(str(told["revision"]), is_newest, files, str(told.get("host", "")), first, last)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Seen()


def keep_seen(
    site: Site, revision: str, files: Mapping[str, tuple[Look, int]], host: str = "",
    days: tuple[date | None, date | None] = (None, None),
) -> None:  # fmt: skip
    """Remember what the files looked like when they were opened, after each of them was read to its end. A file that
    was written to a moment before may be written to again within the same tick of its clock: it isn't remembered."""
    now = look(site.database)
    if now is None:
        return
    young = time.time_ns() - _TICK
    kept = {path: [*file, cursor] for path, (file, cursor) in files.items() if file[3] < young}
    told = {"revision": revision, "database": now[2:], "files": kept, "host": host,
            "days": [day.isoformat() if day else "" for day in days]}  # fmt: skip
    atomic_write(site.seen, json.dumps(told))
