"""The tables of a site as Parquet, a folder a table and a folder a day within: what other engines read.

`hits`, `visitors` and `visits` lie in folders `day=2026-11-20`; `agents` and `referrers` are one file each. Addresses
and queries are not in the tables, so they are not in the files either.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Place
from toolkit.disk.failures import disk_failures
from toolkit.sitestats.metrics import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Written:
    """Where the tables are now, how many rows each has, and how many bytes all of them take."""

    folder: Path
    rows: dict[str, int]
    size: int


def write_parquet(connection: DuckDBPyConnection, folder: Path) -> Written:
    """Write the tables into a new folder: all of them or nothing.

    ConflictError("sitestats.folder_taken") where there is something of that name; StoreError("disk.…") where the disk
    refuses.
    """
    import duckdb

    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ConflictError("sitestats.folder_taken", Place(str(folder)), value=str(folder))
    with disk_failures(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name[:40]}-") as scratch:
            made = folder.parent / scratch / "tables"
            made.mkdir()
            try:
                rows = {name: _write(connection, name, made / name) for name in TABLES}
            except duckdb.IOException as error:  # what DuckDB says of a full disk
                raise OSError(str(error)) from error
            size = sum(file.stat().st_size for file in made.rglob("*.parquet"))
            if folder.exists():
                folder.rmdir()
            shutil.move(made, folder)
    return Written(folder, rows, size)


def _write(connection: DuckDBPyConnection, table: str, folder: Path) -> int:
    columns = ", ".join(TABLES[table])
    by_day = "day" in TABLES[table]
    if not by_day:
        folder.mkdir()
    to = str(folder if by_day else folder / f"{table}.parquet").replace("'", "''")
    how = "FORMAT parquet, COMPRESSION zstd" + (", PARTITION_BY (day)" if by_day else "")
    found = connection.execute(f"COPY (SELECT {columns} FROM {table}) TO '{to}' ({how})").fetchone()  # noqa: S608
    folder.mkdir(exist_ok=True)  # a table without a row has no day to write
    return int(found[0]) if found else 0
