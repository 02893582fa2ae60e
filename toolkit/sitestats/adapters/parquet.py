"""The tables of a site as Parquet, a folder a table and a folder a day within: what other engines read.

`hits`, `visitors` and `visits` lie in folders `day=2026-11-20`; `agents` and `referrers` are one file each. Addresses
and queries are not in the tables, so they are not in the files either. What a folder holds, and of which site, stands
in its `export.json`: a later export of the same site writes the days that are new or changed, and leaves the others.
"""

from __future__ import annotations

import errno
import glob
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import real_path
from toolkit.disk.swap import beside, link_or_copy, put_in_place, recover
from toolkit.sitestats.adapters.database import MEMORY, THREADS
from toolkit.sitestats.metrics import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

CONTENTS: Final = "export.json"
_VERSION: Final = 1
_FULL: Final = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)  # DuckDB gives the words for them, not their numbers
_KINDS: Final = {"int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT", "string": "VARCHAR", "boolean": "BOOLEAN",
                 "date": "DATE", "timestamp": "TIMESTAMP"}  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """Whose tables they are. `id` is that of a site that is kept, which stays the same when it is renamed, with what
    has counted its visits behind a stroke; without one they are those of logs, which know nothing of any other reading.
    `zone` is what days and hours were cut by, `host` the site's own as far as it is known."""

    id: str = ""
    name: str = ""
    zone: str = ""
    host: str = ""


@dataclass(frozen=True)
class Written:
    """Where the tables are now, how many rows each has, and how many bytes all of them take; which days are new in the
    folder, which were there and have changed, and how many are as they were."""

    folder: Path
    rows: Mapping[str, int]
    size: int
    added: tuple[date, ...] = ()
    replaced: tuple[date, ...] = ()
    kept: int = 0


@dataclass(frozen=True)
class Contents:
    """What a folder holds: `tables` are the columns of each, `days` has for each day a word for each table that changes
    with its rows (as long as `maker`, who reckons it, stays the same), and `sizes` how many bytes they took."""

    origin: Origin
    maker: str = ""
    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)
    days: Mapping[date, str] = field(default_factory=dict)
    sizes: Mapping[date, int] = field(default_factory=dict)


def write_parquet(connection: DuckDBPyConnection, folder: Path, origin: Origin) -> Written:
    """Write the tables into a folder that is new or has been written for the same site: all of them or nothing.

    One process at a time for a folder. ConflictError("sitestats.folder_taken" | "sitestats.folder_of_logs" |
    "sitestats.folder_of_another" | "sitestats.folder_of_both" | "sitestats.folder_has_more"); StoreError("disk.…")
    where the disk refuses.
    """
    import duckdb

    folder = real_path(folder)
    if not folder.name:  # the root of the disk
        raise ConflictError("sitestats.folder_taken", value=str(folder))
    with disk_failures(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        recover(folder)
        before = _demand(folder, origin)
        days = _days(connection) if origin.id else dict.fromkeys(_just_days(connection), "")
        if missing := sorted(set(before.days) - set(days)):
            raise ConflictError(
                "sitestats.folder_has_more", value=str(folder), n=len(missing),
                day=f"{missing[0]:%d/%m/%Y}",
            )  # fmt: skip
        now = Contents(origin, duckdb.__version__, _shape(), days)
        same = _untouched(folder, before, now)
        made = beside(folder)
        made.mkdir()
        try:
            rows = {name: _write(connection, name, made, folder, same) for name in TABLES}
            crashpoint("sitestats.export.written")
            size = sum(file.stat().st_size for file in made.rglob("*.parquet"))
            _put_contents(made, now)
            if folder.exists() and not before.origin.id:
                folder.rmdir()
            put_in_place(folder)
        except BaseException:
            recover(folder)
            raise
    changed = sorted(set(days) - same)
    added = tuple(day for day in changed if day not in before.days)
    return Written(folder, rows, size, added, tuple(day for day in changed if day in before.days), len(same))


@contextmanager
def opened(folder: Path, scratch: Path) -> Iterator[DuckDBPyConnection]:
    """The tables of a folder as DuckDB has those of a site; `scratch` is a folder for what doesn't fit into memory."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY, "threads": THREADS, "temp_directory": str(scratch),
        "autoinstall_known_extensions": False, "autoload_known_extensions": False,
    }  # fmt: skip
    with duckdb.connect(config=config) as connection:
        for name, columns in TABLES.items():
            picked = ", ".join(f"CAST({column} AS {_KINDS[kind]}) AS {column}" for column, kind in columns.items())
            if any((folder / name).rglob("*.parquet")):
                files = _quoted(f"{glob.escape(str(folder / name))}/{'*/*' if 'day' in columns else '*'}.parquet")
                connection.execute(f"CREATE VIEW {name} AS SELECT {picked} FROM read_parquet({files})")  # noqa: S608
            else:
                shape = ", ".join(f"{column} {_KINDS[kind]}" for column, kind in columns.items())
                connection.execute(f"CREATE TABLE {name} ({shape})")
        yield connection


def contents_of(folder: Path) -> Contents | None:
    """What an export has written down about a folder; None where nothing of the kind can be read."""
    try:
        told = json.loads((folder / CONTENTS).read_bytes())
        if told["version"] != _VERSION:
            return None
        days = {date.fromisoformat(day): (str(mark), int(size)) for day, (mark, size) in told["days"].items()}
        return Contents(
            Origin(*(str(told[name]) for name in ("id", "site", "timezone", "host"))), str(told["maker"]),
            dict(told["tables"]),
            {day: mark for day, (mark, _) in days.items()}, {day: size for day, (_, size) in days.items()},
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def is_of_now(folder: Path) -> bool:
    """Whether the tables of a folder have the columns that figures are reckoned from; True where nobody has said."""
    found = contents_of(folder)
    return found is None or found.tables == _shape()


def _demand(folder: Path, origin: Origin) -> Contents:
    """What the folder holds already, nothing where it is new. ConflictError where it isn't this site's."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return Contents(Origin())
    found = contents_of(folder) if folder.is_dir() else None
    if found is None:
        raise ConflictError("sitestats.folder_taken", value=str(folder))
    if not found.origin.id or not origin.id:
        raise ConflictError("sitestats.folder_of_logs", value=str(folder))
    if found.origin.id.partition("/")[0] == origin.id.partition("/")[0] and found.origin.id != origin.id:
        raise ConflictError("sitestats.folder_of_both", value=str(folder), name=origin.name)
    if found.origin.id != origin.id:
        raise ConflictError("sitestats.folder_of_another", value=str(folder), name=found.origin.name, site=origin.name)
    return found


def _days(connection: DuckDBPyConnection) -> dict[date, str]:
    """Every day with a word that changes when any row of it does: how many rows each table has, and the sum of their
    hashes, which doesn't depend on their order."""
    words: dict[date, list[str]] = {}
    for name, columns in TABLES.items():
        if "day" not in columns:
            continue
        found = connection.execute(
            f"SELECT day, count(*), sum(hash({', '.join(columns)})) FROM {name} GROUP BY day"  # noqa: S608 - ours
        ).fetchall()
        for day, rows, mark in found:
            words.setdefault(day, []).append(f"{name}:{rows}:{mark:x}")
    return {day: " ".join(marks) for day, marks in words.items()}


def _just_days(connection: DuckDBPyConnection) -> list[date]:
    return [day for (day,) in connection.execute("SELECT DISTINCT day FROM visitors").fetchall()]


def _shape() -> dict[str, list[str]]:
    return {name: list(columns) for name, columns in TABLES.items()}


def _untouched(folder: Path, before: Contents, now: Contents) -> set[date]:
    """Days that stand in the folder as they are now."""
    if (before.maker, before.tables) != (now.maker, now.tables):
        return set()
    return {
        day for day, mark in before.days.items() if now.days[day] == mark and _size(folder, day) == before.sizes[day]
    }


def _size(folder: Path, day: date) -> int:
    files = (file for name in TABLES for file in (folder / name / f"day={day}").glob("*.parquet"))
    return sum(file.stat().st_size for file in files)


def _write(connection: DuckDBPyConnection, table: str, made: Path, folder: Path, same: set[date]) -> int:
    """Write a table, taking the days that are the `same` from `folder`. Gives how many rows it has."""
    import duckdb

    to = made / table
    columns = ", ".join(TABLES[table])
    by_day = "day" in TABLES[table]
    to.mkdir()
    taken = ", ".join(f"DATE '{day}'" for day in sorted(same))
    where = f" WHERE day NOT IN ({taken})" if taken and by_day else ""
    target = _quoted(str(to if by_day else to / f"{table}.parquet"))
    how = "FORMAT parquet, COMPRESSION zstd" + (", PARTITION_BY (day)" if by_day else "")
    try:
        connection.execute(
            f"COPY (SELECT {columns} FROM {table}{where}) TO {target} ({how})"  # noqa: S608 - names of ours
        )
    except duckdb.IOException as error:
        full = next((code for code in _FULL if os.strerror(code) in str(error)), errno.EIO)
        raise OSError(full, str(error)) from error
    for day in sorted(same) if by_day else ():
        for file in sorted((folder / table / f"day={day}").glob("*.parquet")):
            (to / f"day={day}").mkdir(exist_ok=True)
            link_or_copy(file, to / f"day={day}" / file.name)
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - ours
    return int(found[0]) if found else 0


def _put_contents(folder: Path, now: Contents) -> None:
    days = {f"{day}": [mark, _size(folder, day)] for day, mark in sorted(now.days.items())}
    told: dict[str, Any] = {
        "version": _VERSION, "id": now.origin.id, "site": now.origin.name, "timezone": now.origin.zone,
        "host": now.origin.host, "maker": now.maker, "tables": now.tables, "days": days,
    }  # fmt: skip
    (folder / CONTENTS).write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
