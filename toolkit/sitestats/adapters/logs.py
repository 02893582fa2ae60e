"""Which files a site's logs are now, and which log each of them is: one that was read, a copy of it, or a new one."""

from __future__ import annotations

import glob
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import StoreError
from toolkit.sitestats.adapters.fingerprints import Fingerprint, Looked, heads_of, looked_into, mark_at
from toolkit.sitestats.adapters.store import Cursor, look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.sitestats.adapters.sites import LogSource
    from toolkit.sitestats.adapters.store import Look
    from toolkit.sitestats.model import FormatName

_PATTERN: Final = re.compile(r"[*?\[]")
# What rotating puts behind a name, or before its ending: .1, -20261122, .2026-11-22, .old; and .gz where it packs.
_ROTATED: Final = r"(?:[.-](?:[0-9]{1,14}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T_-][0-9-]{1,9})?|old))"


@dataclass(frozen=True)
class LogFile:
    """A file of a site's logs as it is now."""

    path: Path
    look: Look
    format: FormatName | None


def files_of(sources: Iterable[LogSource]) -> tuple[list[LogFile], list[LogSource]]:
    """The files that these logs are now, the one that was written to longest ago first, and the logs that aren't there.

    A file stands for itself and its rotated parts; no file is given twice, whatever links lead to it.
    """
    found: dict[tuple[int, int], LogFile] = {}
    missing = []
    for source in sources:
        there = False
        for path in _paths(source.path):
            seen = look(path)
            if seen is not None and path.is_file():
                there = True
                found.setdefault(seen[:2], LogFile(path, seen, source.format))
        if not there:
            missing.append(source)
    return sorted(found.values(), key=lambda file: (file.look[3], str(file.path))), missing


def is_pattern(text: str) -> bool:
    """Whether what was named stands for any file that fits it."""
    return _PATTERN.search(text) is not None and not Path(text).exists()


def _paths(text: str) -> list[Path]:
    if is_pattern(text):
        return [Path(path) for path in sorted(glob.glob(text))]  # noqa: PTH207 - the pattern is absolute
    path = Path(text)
    stem, ending = (path.stem, path.suffix) if path.suffix and path.suffix != ".gz" else (path.name, "")
    part = re.compile(rf"(?:{re.escape(path.name)}{_ROTATED}?|{re.escape(stem)}{_ROTATED}{re.escape(ending)})(?:\.gz)?")
    try:
        names = [other.name for other in path.parent.iterdir()]
    except OSError:
        return [path]
    return [path, *(path.with_name(name) for name in sorted(names) if name != path.name and part.fullmatch(name))]


class MovedError(Exception):
    """A file is another one than it was when it was listed: the log was rotated since, the next update finds both."""


@dataclass
class Shelf:
    """The logs that have been read, and which file holds each of them now."""

    known: dict[int, Cursor]
    held: dict[int, Path] = field(default_factory=dict)
    listed: dict[Path, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, cursors: Sequence[Cursor]) -> Shelf:
        return cls({cursor.id: cursor for cursor in cursors})

    def hold(self, files: Sequence[LogFile], unchanged: Mapping[Path, int]) -> None:
        """Say which log each file goes on with, before any of them is read further."""
        self.listed = {file.path: file.look[:2] for file in files}
        for file in files:
            if file.path in unchanged:
                self.held[unchanged[file.path]] = file.path
        for file in files:
            if file.path not in unchanged:
                with suppress(StoreError), looked_into(file.path) as looked:  # what can't be read now is said later
                    going_on = self._going_on(looked)
                    if going_on:
                        self.held.setdefault(going_on[0].id, file.path)

    def format_before(self, path: Path) -> FormatName | None:
        """The format of the log that this file is a part of, or goes on with, by its name."""
        family = {str(other) for other in _paths(str(path))}
        found = (one.format for one in reversed(self.known.values()) if one.format and one.path in family)
        return next(found, None)

    def cursor_for(self, looked: Looked) -> tuple[Cursor, bool]:
        """The log that a file is, at the place where reading goes on, a new one where nothing of it was read before;
        and whether there may be anything new in it: a copy has nothing of its own. Raises MovedError."""
        self._demand_listed(looked)
        going_on = self._going_on(looked)
        for cursor in going_on:
            if self.held.get(cursor.id, looked.path) == looked.path:
                return self._take(cursor, looked), True
        if going_on:  # a copy, and perhaps more than the other
            return self._take(going_on[0], looked), True
        alike = self._alike(looked)
        for cursor in alike:
            other = self.held.get(cursor.id)
            if other is not None and other != looked.path and self._is_copy(looked, other):
                return cursor, False
        return self._take(self._shortened(looked, alike) or self._new(looked), looked), True

    def _is_copy(self, looked: Looked, other: Path) -> bool:
        with looked_into(other) as opened:
            self._demand_listed(opened)
            return looked.is_beginning_of(opened)

    def _demand_listed(self, looked: Looked) -> None:
        if self.listed.get(looked.path) != looked.identity:
            raise MovedError

    def _alike(self, looked: Looked) -> list[Cursor]:
        """Logs that begin with the same line."""
        first = heads_of(looked.beginning)[:1]
        return [cursor for cursor in self.known.values() if first and cursor.known.heads[:1] == first]

    def _going_on(self, looked: Looked) -> list[Cursor]:
        """Logs that this file goes on with, the one that was read furthest first."""
        found = [cursor for cursor in self._alike(looked) if looked.continues(cursor.known)]
        return sorted(found, key=lambda cursor: (-cursor.known.offset, cursor.id))

    def _take(self, cursor: Cursor, looked: Looked) -> Cursor:
        for other in self.known.values():
            if other.path == str(looked.path) and other is not cursor:
                other.path = ""
        cursor.path = str(looked.path)
        self.known[cursor.id] = cursor
        self.held[cursor.id] = looked.path
        return cursor

    def _shortened(self, looked: Looked, alike: Sequence[Cursor]) -> Cursor | None:
        """A log that was read and that nobody else holds: cut off at its end, and perhaps written on, or without its
        first lines now."""
        free = [cursor for cursor in alike if cursor.id not in self.held]
        for cursor in free:
            if end := looked.ends_within(cursor.known):
                return self._new(looked, end, cursor)
        here = [cursor for cursor in self.known.values() if cursor.path == str(looked.path)]
        for cursor in here:
            if cursor in free and (end := looked.shared(cursor.known)):
                return self._new(looked, end, cursor)
            if cursor.id not in self.held and cursor.known.marks and (end := looked.find(cursor.known.marks[-1])):
                return self._new(looked, end, cursor)
        return None

    def _new(self, looked: Looked, read: int = 0, like: Cursor | None = None) -> Cursor:
        """A new cursor; `read`: so many bytes of the file have been read as those of another log."""
        made = Cursor(max(self.known, default=0) + 1, str(looked.path), like.format if like else None)
        if read:
            start = max(read - LOOK_BACK, 0)
            before = looked.at(start, read - start)
            made.known = Fingerprint(heads_of(looked.beginning[:read]), (mark_at(read, before),))
            made.reader = dict(like.reader) if like else {}
        return made


LOOK_BACK: Final = 4096
"""Bytes before a place that are enough for its mark."""
