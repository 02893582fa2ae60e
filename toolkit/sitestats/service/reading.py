"""Logs read into tables that are thrown away, for a verb that looks at files as they are."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError, StoreError
from toolkit.core.outcome import Place, Problem
from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters.database import open_database
from toolkit.sitestats.adapters.files import existing, first_lines, is_gzip
from toolkit.sitestats.adapters.ingest import Ingest
from toolkit.sitestats.adapters.piping import MOST, is_pipe, opened_pipe
from toolkit.sitestats.adapters.rollup import belongs_to_site, own_host, roll_up
from toolkit.sitestats.formats import find_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.core.errors import ToolkitError
    from toolkit.sitestats.adapters.ingest import Taken
    from toolkit.sitestats.adapters.piping import Piped
    from toolkit.sitestats.formats.found import OtherKind
    from toolkit.sitestats.model import FormatName

TOO_MANY_REJECTS: Final = 0.2
"""A file of which more than this share can't be read is no good base for figures, and the exit code says so."""

_REFUSED: Final[Mapping[OtherKind, str]] = {
    "error_log": "sitestats.error_log",
    "not_a_log": "sitestats.not_a_log",
    "empty": "sitestats.empty",
    "utf16": "sitestats.utf16_log",
}


@dataclass(frozen=True)
class Logs:
    """Logs that have been read: the tables, what was read of each file, and what is to be said about the others."""

    connection: DuckDBPyConnection
    taken: tuple[Taken, ...]
    host: str
    problems: tuple[Problem, ...]


@contextmanager
def read_logs(
    paths: Sequence[Path], *, zone: str, now: int, host: str = "", name: FormatName | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Logs]:  # fmt: skip
    """The tables of these logs while the block runs. The parameters are those of `report`. InputError where none of the
    files can be used."""
    refused: list[ToolkitError] = []
    problems: list[Problem] = []
    taken: list[Taken] = []
    with (
        scratch_folder() as folder,
        open_database(None, folder) as connection,
    ):
        ingest = Ingest(connection, zone=zone, now=now, own_hosts=(host,) if host else ())
        for path in paths:
            with ExitStack() as opened:
                try:
                    piped = opened.enter_context(opened_pipe(path)) if is_pipe(path) else None
                    known = _format_of(path, piped, name, now)
                except (InputError, StoreError) as error:
                    refused.append(error)
                    problems.append(error.problem)
                    continue
                one = ingest.file(path, name=known, progress=progress, piped=piped)
            taken.append(one)
            problems += troubles(one, path)
        if not taken:
            raise refused[0]
        host = host or own_host(connection)
        if host:
            belongs_to_site(connection, host)
        roll_up(connection, ingest.days)
        yield Logs(connection, tuple(taken), host, tuple(problems))


def _format_of(path: Path, piped: Piped | None, said: FormatName | None, now: int) -> FormatName:
    """The format that was said, or found. StoreError("disk.…") for a file that can't be read at all."""
    if said is None:
        return known_format(path, now, piped)
    if piped is None:
        is_gzip(existing(path))
    return said


def known_format(path: Path, now: int, piped: Piped | None = None) -> FormatName:
    """The format of a file, or of what is `piped`. InputError naming what it is instead: an error log, nothing, or no
    log at all."""
    found = find_format(first_lines(existing(path)) if piped is None else piped.first_lines(), now)
    if found.other == "empty" and piped is not None:
        raise InputError("sitestats.pipe_empty", value=path.name)
    if found.name is None:
        raise InputError(_REFUSED[found.other or "not_a_log"], Place(str(path)), value=path.name)
    return found.name


def troubles(taken: Taken, path: Path) -> list[Problem]:
    """What is to be said about a file that was read."""
    found = []
    place = Place(str(path))
    if taken.trouble:
        size = {"gb": MOST >> 30} if taken.trouble == "sitestats.pipe_capped" else {}
        found.append(Problem(taken.trouble, place, {"n": taken.lines, **size}, path.name))
    rejected = sum(taken.rejected.values())
    if rejected and rejected > TOO_MANY_REJECTS * max(taken.lines, 1):
        found.append(Problem("sitestats.many_rejects", place, {"n": rejected, "lines": taken.lines}, path.name))
    return found
