"""From lines to rows: a chunk at a time, each distinct text classified once, addresses turned into visitors.

Memory is flat: chunks are read into a temporary table and settled when it is large enough.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from toolkit.sitestats.adapters.fast import CHUNK_TABLE, has_quick_way, pieces_of, read_quickly
from toolkit.sitestats.adapters.files import Trouble, ahead, chunks_of, first_lines, read_chunks
from toolkit.sitestats.adapters.masking import sample_of
from toolkit.sitestats.adapters.settling import Settling
from toolkit.sitestats.formats import LineReader, find_format
from toolkit.sitestats.model import Reject, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.files import Chunk
    from toolkit.sitestats.adapters.piping import Piped
    from toolkit.sitestats.model import FormatName

BATCH: Final = 64 << 20
"""Characters that are handed to the database at once: a table is quicker to fill once than again and again."""
SETTLED_AT: Final = 800_000
"""Lines that wait in memory before they are settled: what is done once for each visitor of so many lines is done less
often the more they are."""
AT_ONCE: Final = 20_000
"""Lines that are read the exact way before they are handed over: what Python makes of them is large."""
KEPT_REJECTS: Final = 1_000
"""Lines that couldn't be read and are kept as samples; all are counted."""
_A_DAY: Final = 86_400


@dataclass
class Taken:
    """What was read of one file."""

    file: str
    format: FormatName | None = None
    lines: int = 0
    directives: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    size: int = 0
    trouble: str = ""


class Ingest:
    """Reads files into a site's tables. Use within one transaction where the tables are kept."""

    def __init__(
        self, connection: DuckDBPyConnection, *, zone: str, now: int, own_hosts: Iterable[str] = (),
        salts: dict[date, str] | None = None,
    ) -> None:  # fmt: skip
        """`zone` cuts the days; `now` is seconds since 1970; `own_hosts` are the site's; `salts` live by the day."""
        self._db = connection
        self._now = now
        self.salts = salts if salts is not None else {}
        own = frozenset(host.lower().removeprefix("www.") for host in own_hosts)
        self._settling = Settling(connection, ZoneInfo(zone), own, self.salts)
        self.days: set[date] = set()
        found = connection.execute(
            "SELECT (SELECT coalesce(max(place), 0) FROM hits), (SELECT count(*) FROM rejects)"
        ).fetchone()
        self._place, self._kept = found or (0, 0)
        connection.execute(CHUNK_TABLE)
        connection.execute("DELETE FROM chunk")

    def file(
        self, path: Path, *, name: FormatName | None = None, progress: Callable[[int], None] | None = None,
        piped: Piped | None = None,
    ) -> Taken:  # fmt: skip
        """Read a whole file, or what is `piped` instead. `progress` is told the bytes that have been read (unpacked).

        The caller has found the format to be known, or says it. Raises StoreError("disk.…").
        """
        taken = Taken(path.name, name)
        found = name or find_format(first_lines(path) if piped is None else piped.first_lines(), self._now).name
        if found is None:
            return taken
        taken.format = found
        trouble = Trouble()
        reader = LineReader(found, self._now)
        chunks = read_chunks(path, trouble) if piped is None else chunks_of(piped, trouble)
        batches = _batches(chunks, BATCH if has_quick_way(found) else 0)
        # a pipe may keep a thread waiting that nobody could call back
        for pieces, done in ahead(batches) if piped is None else batches:
            self._read(pieces, reader, taken)
            if self.is_full:
                self.settle()
            taken.size = done
            if progress is not None:
                progress(done)
        taken.trouble = trouble.code or ("sitestats.pipe_capped" if piped is not None and piped.was_cut else "")
        self.settle()
        return taken

    def take(self, chunk: Chunk, reader: LineReader, taken: Taken) -> None:
        """Read the lines of a chunk; they wait to be settled. Counts them in `taken`."""
        self._read(pieces_of(chunk.text), reader, taken)
        taken.size = chunk.size

    def _read(self, pieces: Sequence[str], reader: LineReader, taken: Taken) -> None:
        if not pieces:
            return
        before = self._waiting()
        if has_quick_way(reader.name):
            odd = read_quickly(self._db, reader.name, pieces, place=self._place, latest=self._now + _A_DAY)
            self._place += sum(len(piece) + 1 for piece in pieces)
            if odd:
                self._read_exactly(odd, reader, taken)
        else:
            for piece in pieces:
                lines = piece.split("\n")
                self._read_exactly(enumerate(lines, self._place + 1), reader, taken)
                self._place += len(lines)
        taken.lines += self._waiting() - before

    @property
    def is_full(self) -> bool:
        """Whether so many lines wait that they should be settled."""
        return self._waiting() >= SETTLED_AT

    def _waiting(self) -> int:
        found = self._db.execute("SELECT count(*) FROM chunk").fetchone()
        return int(found[0]) if found else 0

    def _read_exactly(self, lines: Iterable[tuple[int, str]], reader: LineReader, taken: Taken) -> None:
        waiting = iter(lines)
        while some := list(islice(waiting, AT_ONCE)):
            self._read_some(some, reader, taken)

    def _read_some(self, lines: Iterable[tuple[int, str]], reader: LineReader, taken: Taken) -> None:
        good: list[tuple[Any, ...]] = []
        bad: list[Reject] = []
        for place, line in lines:
            found = reader.read(line)
            if isinstance(found, Request):
                good.append((*found, place))
            elif found is None:
                taken.directives += 1
            else:
                taken.rejected[found.reason] += 1
                taken.lines += 1
                if self._kept < KEPT_REJECTS:
                    self._kept += 1
                    bad.append(found)
        if good:
            self._insert("chunk", good)
        if bad:
            self._insert("rejects", [(None, taken.file, one.reason, sample_of(one.line)) for one in bad])

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        columns = list(zip(*rows, strict=True))
        kinds = [
            row[0].removesuffix("[]")
            for row in self._db.execute(
                "SELECT data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
            ).fetchall()
        ]
        picked = ", ".join(f"unnest(${place}::{kind}[])" for place, kind in enumerate(kinds, start=1))
        self._db.execute(f"INSERT INTO {table} SELECT {picked}", [list(column) for column in columns])

    def settle(self) -> None:
        """Turn the lines that wait into rows of `hits`, and forget them with the addresses in them."""
        self.days |= self._settling.settle()


def _batches(chunks: Iterable[Chunk], most: int) -> Iterator[tuple[list[str], int]]:
    """The lines of chunks in pieces, of at least `most` characters where there are so many, each time with the bytes
    that have been read."""
    held: list[str] = []
    size = done = 0
    for chunk in chunks:
        held += pieces_of(chunk.text)
        size, done = size + len(chunk.text), chunk.size
        if size >= most:
            yield held, done
            held, size = [], 0
    if held:
        yield held, done
