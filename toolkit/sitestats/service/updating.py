"""Reading what is new in a site's logs, nothing twice: rows and the place they came from in one transaction."""

from __future__ import annotations

import secrets
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, InputError, StoreError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.core.text import as_argument
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failure
from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.collected import collected_of, take_collected
from toolkit.sitestats.adapters.files import Trouble, chunks_of
from toolkit.sitestats.adapters.fingerprints import looked_into, mark_at, read_further
from toolkit.sitestats.adapters.ingest import Ingest, Taken
from toolkit.sitestats.adapters.logs import LOOK_BACK, MovedError, Shelf, files_of
from toolkit.sitestats.adapters.rollup import belongs_to_site, own_host, roll_up
from toolkit.sitestats.adapters.sites import drop_database
from toolkit.sitestats.formats import LineReader
from toolkit.sitestats.service.reading import known_format, troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.fingerprints import Looked
    from toolkit.sitestats.adapters.logs import LogFile
    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.adapters.store import Cursor
    from toolkit.sitestats.model import FormatName

AT_ONCE: Final = 32 << 20
"""Bytes of a log that are read at once; an update can be stopped in between."""


@dataclass(frozen=True)
class Updated:
    """What an update has read. `files`: how many were looked at; `lines` new ones, `rejected` of them not understood;
    `waiting`: files whose last line has no end yet; `days` that have changed; `collected`: what pages have told the
    collector, which is kept apart; `collects`: they have told it something before; `stopped` before all was read: the
    next update goes on there."""

    site: Site
    files: int
    lines: int = 0
    rejected: int = 0
    waiting: int = 0
    days: tuple[date, ...] = ()
    collected: int = 0
    stopped: bool = False
    collects: bool = False


def bytes_to_read(sites: Sequence[Site]) -> int | None:
    """How much an update of these sites will go through, in bytes, files that haven't changed left out; None where that
    can't be known beforehand, because some of it is packed."""
    size = 0
    for site in sites:
        kept = store.seen(site).files
        for file in files_of(site.logs)[0]:
            if kept.get(str(file.path), (None, 0))[0] == file.look:
                continue
            if file.path.suffix == ".gz":
                return None
            size += file.look[2]
    return size


def update(
    site: Site, *, now: int, stop: Callable[[], bool] = bool, progress: Callable[[int], None] | None = None
) -> Outcome[Updated]:
    """Read what is new in a site's logs. `now` is seconds since 1970; `stop` is asked between two chunks; `progress` is
    told how many bytes more have been read (packed ones as they are when unpacked).

    What can't be read is a problem; the others are read all the same. StoreError as in `store.open_site`, and
    "disk.busy" where another update takes too long.
    """
    files, missing = files_of(site.logs)
    problems = [_missing(log.path, site) for log in missing]
    collected = 0
    try:
        collected = take_collected(site, now=now).rows
    except StoreError as error:  # the logs are read all the same
        problems.append(error.problem)
    if _nothing_new(site, files) or not (files or site.database.exists()):
        made = Updated(site, len(files), collected=collected, collects=collected_of(site).database.exists())
        return Outcome(made).with_problems(*problems)
    with scratch_folder() as folder, site.lock("sitestats update"):
        with store.open_site(site, folder, write=True) as connection:
            run = _Run(site, connection, now, stop, progress)
            run.read(files)
            run.settle()
            host, days = site.host or store.state(connection, "host"), _days(connection)
        if not stop():
            store.keep_seen(site, run.revision, run.done, host, days)
    total = sum((one.rejected for one in run.taken), Counter[str]())
    made = Updated(
        site,
        len(files),
        sum(one.lines for one in run.taken),
        total.total(),
        run.waiting,
        tuple(sorted(run.days)),
        collected,
        run.stopped,
    )
    return Outcome(made).with_problems(*problems, *run.problems)


def _missing(path: str, site: Site) -> Problem:
    """A log that isn't where it was: what was read of it stays, and it can be let go of."""
    code = "sitestats.log_is_folder" if Path(path).is_dir() else "sitestats.log_gone"
    return Problem(code, Place(path), {"name": as_argument(site.name), "path": as_argument(path)}, path)


def _days(connection: DuckDBPyConnection) -> tuple[date | None, date | None]:
    return connection.execute("SELECT min(day), max(day) FROM visitors").fetchone() or (None, None)


def start_again(site: Site) -> None:
    """Put what is kept of a site aside, so that the next update reads every log that is still there from its first
    line. The database is kept once under another name, even where it is damaged."""
    with site.lock("sitestats update"):
        drop_database(site)


@contextmanager
def open_settled(site: Site) -> Iterator[DuckDBPyConnection]:
    """What has been read of a site, to look at. Visitors and visits of days that an update has read and was ended
    before it could make them are made now.

    ConflictError("sitestats.nothing_read") before the first update; StoreError as in `store.open_site`.
    """
    if not site.database.exists():
        raise ConflictError("sitestats.nothing_read", value=site.name, name=as_argument(site.name))
    with scratch_folder() as folder:
        with store.open_site(site, folder) as connection:
            is_settled = not store.unsettled(connection)
        if not is_settled:
            with site.lock("sitestats update"), store.open_site(site, folder, write=True) as connection:
                _roll_up(connection, site)
        with store.open_site(site, folder) as connection:
            yield connection


def _nothing_new(site: Site, files: list[LogFile]) -> bool:
    kept = store.seen(site)
    return kept.is_newest and {str(file.path): file.look for file in files} == {
        path: seen for path, (seen, _) in kept.files.items()
    }


@dataclass
class _Run:
    """One update, while it reads."""

    site: Site
    connection: DuckDBPyConnection
    now: int
    stop: Callable[[], bool]
    progress: Callable[[int], None] | None
    taken: list[Taken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    done: dict[str, tuple[store.Look, int]] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    waiting: int = 0
    stopped: bool = False

    def __post_init__(self) -> None:
        host = self.site.host or store.state(self.connection, "host")
        self.salts = store.Salts(self.site)
        self.ingest = Ingest(
            self.connection, zone=self.site.zone, now=self.now, own_hosts=(host,) if host else (),
            salts=self.salts.by_day,
        )  # fmt: skip
        self.shelf = Shelf.of(store.cursors(self.connection))
        self.revision = store.state(self.connection, "revision")
        self._changed: dict[int, Cursor] = {}

    def read(self, files: list[LogFile]) -> None:
        """Read every file from where it was left."""
        kept = store.seen(self.site)
        unchanged = {}
        for file in files:
            look, cursor = kept.files.get(str(file.path), (None, 0))
            if kept.revision == self.revision and look == file.look and cursor in self.shelf.known:
                unchanged[file.path] = cursor
                self.done[str(file.path)] = (file.look, cursor)
        readable = [file for file in files if self._can_be_read(file)]
        self.shelf.hold(readable, unchanged)
        self.connection.execute("BEGIN")
        for file in readable:
            if file.path in unchanged:
                continue
            if self.stop():
                self.stopped = True
                break
            self._file(file)
        self._commit()

    def settle(self) -> None:
        """Make what follows from the lines: visitors, visits; and let go of salts that are not needed any more."""
        _roll_up(self.connection, self.site)
        if not self.stop():
            found = self.connection.execute("SELECT max(day) FROM visitors").fetchone()
            self.salts.forget(found[0] if found else None)

    def _can_be_read(self, file: LogFile) -> bool:
        try:
            with file.path.open("rb"):
                return True
        except FileNotFoundError:  # rotated since: the next update finds it
            return False
        except OSError as error:
            self.problems.append(disk_failure(error, file.path).problem)
            return False

    def _file(self, file: LogFile) -> None:
        try:
            with looked_into(file.path) as looked:
                if looked.has_no_line:
                    self.waiting += bool(looked.beginning)
                    self.done[str(file.path)] = (file.look, 0)
                    return
                cursor, is_new = self.shelf.cursor_for(looked)
                if is_new and cursor.format is None:
                    cursor.format = self._format_of(file)
                if is_new:
                    self._lines(looked, cursor, file)
                else:  # a copy
                    self.done[str(file.path)] = (file.look, cursor.id)
        except MovedError:
            return
        except (InputError, StoreError) as error:
            if not isinstance(error.__cause__, FileNotFoundError):  # that is: rotated since
                self.problems.append(error.problem)

    def _format_of(self, file: LogFile) -> FormatName:
        """The format of a log that is new: what the member has said, what its lines look like, or that of the log
        whose rotated part it is. Raises MovedError."""
        try:
            return file.format or known_format(file.path, self.now)
        except InputError as error:
            if error.problem.code == "sitestats.empty":  # it had lines a moment ago
                raise MovedError from error
            before = self.shelf.format_before(file.path)
            if before is None or error.problem.code != "sitestats.not_a_log":
                raise
            return before

    def _lines(self, looked: Looked, cursor: Cursor, file: LogFile) -> None:
        begin = cursor.known.offset
        start = max(begin - LOOK_BACK, 0)
        before, beginning = looked.at(start, begin - start), looked.beginning[:begin]
        assert cursor.format is not None
        reader, trouble, taken = LineReader(cursor.format, self.now), Trouble(), Taken(file.path.name, cursor.format)
        reader.resume(cursor.reader.values())
        self.taken.append(taken)
        done = begin
        if self.progress is not None and begin:
            self.progress(begin)  # read before
        for chunk in chunks_of(looked.stream, trouble, begin=begin, within=cursor.within, size=AT_ONCE):
            if not chunk.whole and (not looked.packed or trouble.code):
                self.waiting += 1
                break
            counted = taken.lines, taken.directives, Counter(taken.rejected)
            self.ingest.take(chunk, reader, taken)
            before = (before + chunk.raw[-LOOK_BACK:])[-LOOK_BACK:]
            beginning += chunk.raw[: max(LOOK_BACK - len(beginning), 0)]
            cursor.known = read_further(cursor.known, beginning, mark_at(chunk.size, before))
            cursor.within = chunk.within or not chunk.whole
            cursor.reader = dict(reader.directives)
            cursor.lines += taken.lines - counted[0]
            cursor.directives += taken.directives - counted[1]
            cursor.rejected += taken.rejected - counted[2]
            self._changed[cursor.id] = cursor
            if self.ingest.is_full:
                self._commit()
                self.connection.execute("BEGIN")
            if self.progress is not None:
                self.progress(chunk.size - done)
            done = chunk.size
            if self.stop():
                self.stopped = self.stopped or looked.packed or chunk.size < file.look[2]
                return
        taken.trouble = trouble.code
        self.problems += troubles(taken, file.path)
        if not trouble.code:
            self.done[str(file.path)] = (file.look, cursor.id)

    def _commit(self) -> None:
        self.ingest.settle()
        new = self.ingest.days - self.days
        self.days |= self.ingest.days
        self.ingest.days.clear()
        store.unsettle(self.connection, new)
        for cursor in self._changed.values():
            store.put_cursor(self.connection, cursor)
        if self._changed:
            self.revision = secrets.token_hex(8)
            store.set_state(self.connection, "revision", self.revision)
        self._changed.clear()
        self.salts.keep()
        crashpoint("sitestats.update.before_commit")
        self.connection.execute("COMMIT")
        crashpoint("sitestats.update.committed")


def _roll_up(connection: DuckDBPyConnection, site: Site) -> None:
    """Make visitors and visits of the days that have changed; of all days, where what all of them depend on has."""
    connection.execute("BEGIN")
    days = store.unsettled(connection)
    if days:
        whole = _host_is_new(connection, site) | _assets_are_new(connection)
        if whole:
            days = [day for (day,) in connection.execute("SELECT DISTINCT day FROM hits").fetchall()]
        roll_up(connection, days)
        connection.execute("DELETE FROM unsettled")
    crashpoint("sitestats.update.before_visits")
    connection.execute("COMMIT")
    crashpoint("sitestats.update.visits")


def _host_is_new(connection: DuckDBPyConnection, site: Site) -> bool:
    """Whether the site's own host has become known only now, so that visits from it were no visits from elsewhere."""
    known = store.state(connection, "host")
    host = site.host or known or own_host(connection)
    if not host or host == known:
        return False
    store.set_state(connection, "host", host)
    belongs_to_site(connection, host)
    return True


def _assets_are_new(connection: DuckDBPyConnection) -> bool:
    """Whether this log shows only now that images and scripts are logged at all."""
    if store.state(connection, "assets"):
        return False
    found = connection.execute("SELECT 1 FROM hits WHERE is_asset LIMIT 1").fetchone()
    if found:
        store.set_state(connection, "assets", "1")
    return found is not None
