"""An iCalendar file (RFC 5545) as a target. What others put into the file stays as it is, byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.calendar.adapters.icalendar_text import (
    HEAD,
    ZONE_MARK,
    components,
    event_and_marks,
    is_ours,
    render,
    time_zone,
)
from toolkit.calendar.identity import content_hash
from toolkit.calendar.model import Event, Made
from toolkit.calendar.ports import Marks, Operation, Result
from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.disk.atomic import atomic_write, remove_durably
from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_OURS = "X-SOTAY-FILE:1"
_MODE = 0o600


@dataclass(frozen=True)
class _Part:
    """One component of the file, verbatim. `made` and `marks` are set for an event that we wrote."""

    text: str
    made: Made | None = None
    import_name: str = ""


@dataclass
class _File:
    """A calendar file in pieces: the lines before the first component, the components, and whatever follows."""

    head: list[str] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    tail: str = ""

    @property
    def is_ours(self) -> bool:
        return any(line.upper() == _OURS for line in self.head)

    @property
    def our_zones(self) -> list[str]:
        """The time zones that an earlier writing added for our events."""
        zones = [part.text for part in self.parts if ZONE_MARK in part.text]
        return [
            line.removeprefix("TZID:").strip() for text in zones for line in text.split("\n") if line[:5] == "TZID:"
        ]


class IcsTarget:
    """The events of one .ics file. A sequence of operations is one replacement of the file: all of it or nothing."""

    def __init__(self, path: Path, calendar: str, now: Callable[[], datetime]) -> None:
        """`calendar` names the calendar when the file is new; `now` stamps what is written."""
        self.name = calendar
        self._path = path
        self._now = now

    def made_by(self, import_name: str) -> list[Made]:
        return [part.made for part in self._read().parts if part.made and part.import_name == import_name]

    def get(self, event_id: str) -> Made | None:
        return next((part.made for part in self._read().parts if part.made and part.made.event_id == event_id), None)

    def perform(self, operations: Sequence[Operation]) -> Iterator[Result]:
        file = self._read()
        at = {part.made.event_id: index for index, part in enumerate(file.parts) if part.made}
        gone: set[int] = set()
        results = []
        for operation in operations:
            result = self._apply(operation, file, at)
            if result.kind == "done" and operation.kind == "delete" and operation.event_id in at:
                gone.add(at.pop(operation.event_id))
            results.append(result)
        file.parts = [part for index, part in enumerate(file.parts) if index not in gone]
        self._write(file)
        yield from results

    def replace_all(self, events: Sequence[tuple[Made, str]]) -> None:
        """Let the file hold exactly these events of ours (each with its import's name); what others put there stays."""
        file = self._read()
        before = {part.made.event_id: part for part in file.parts if part.made}
        file.parts = [part for part in file.parts if part.made is None]
        for made, import_name in events:
            old = before.get(made.event_id)
            if old is not None and old.made is not None and content_hash(old.made.event) == content_hash(made.event):
                file.parts.append(old)
            else:
                marks = Marks(import_name, made.key, made.content, made.run)
                file.parts.append(self._part(made.event_id, made.event, marks, old))
        self._write(file)

    def _apply(self, operation: Operation, file: _File, at: dict[str, int]) -> Result:
        index = at.get(operation.event_id)
        standing = file.parts[index].made if index is not None else None
        if operation.kind == "delete":
            theirs = standing is not None and standing.etag != operation.etag
            return Result(operation, "conflict", standing) if theirs else Result(operation, "done")
        assert operation.event is not None
        assert operation.marks is not None
        if operation.kind == "insert" and standing is not None:
            same = (standing.content, standing.run) == (operation.marks.content, operation.marks.run)
            return Result(operation, "done" if same else "conflict", standing)
        if operation.kind == "update" and (standing is None or standing.etag != operation.etag):
            return Result(operation, "conflict", standing)
        old = file.parts[index] if index is not None else None
        part = self._part(operation.event_id, operation.event, operation.marks, old)
        if index is None:
            at[operation.event_id] = len(file.parts)
            file.parts.append(part)
        else:
            file.parts[index] = part
        return Result(operation, "done", part.made)

    def _part(self, event_id: str, event: Event, marks: Marks, old: _Part | None) -> _Part:
        return _our_part(render(event_id, event, marks, self._now().astimezone(UTC), after=old.text if old else None))

    def _read(self) -> _File:
        with disk_failures(self._path):
            try:
                data = self._path.read_bytes()
            except FileNotFoundError:
                return _File(_new_head(self.name))
        try:
            pieces = components(data.decode("utf-8-sig"))
            parts = [_our_part(text) if is_ours(text) else _Part(text) for text in pieces.parts]
            file = _File(pieces.head, parts, pieces.tail)
        except ValueError as error:
            raise InputError("calendar.ics_unreadable", Place(str(self._path))) from error
        return file

    def _write(self, file: _File) -> None:
        ours = [part.made for part in file.parts if part.made]
        theirs = "".join(part.text for part in file.parts if part.made is None and ZONE_MARK not in part.text)
        if file.is_ours and not ours and not theirs:
            remove_durably(self._path)
            return
        used = {made.event.timezone for made in ours if not made.event.all_day}
        used.update(zone for zone in file.our_zones if f"TZID={zone}" in theirs)
        zones = [time_zone(zone) for zone in sorted(used) if f"\nTZID:{zone}\r" not in theirs]
        components = (part.text for part in file.parts if ZONE_MARK not in part.text)
        pieces = [*(f"{line}\r\n" for line in file.head), *zones, *components]
        text = "BEGIN:VCALENDAR\r\n" + "".join(pieces) + "END:VCALENDAR\r\n" + file.tail
        with disk_failures(self._path):
            mode = self._path.stat().st_mode & 0o777 if self._path.exists() else _MODE
        atomic_write(self._path, text, mode=mode)


def _new_head(calendar: str) -> list[str]:
    name = calendar.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return [*HEAD, f"X-WR-CALNAME:{name}", _OURS]


@lru_cache(maxsize=32_768)
def _our_part(text: str) -> _Part:
    """One event of ours. A run reads its file to compare and again to write: what stands there is parsed once."""
    event_id, event, marks = event_and_marks(text)
    etag = hashlib.sha256(text.encode()).hexdigest()[:16]
    return _Part(text, Made(event_id, marks.key, marks.content, marks.run, etag, event), marks.import_name)
