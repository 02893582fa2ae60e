"""Who is who: the same row of a sheet is the same event, however often and on whichever machine it is imported."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, count
from pathlib import PurePath
from typing import TYPE_CHECKING

from toolkit.calendar.model import Event, Keyed, Source, Wanted
from toolkit.core.outcome import Place, Problem
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FIELDS = (
    "summary",
    "start",
    "end",
    "timezone",
    "location",
    "description",
    "reminders",
    "attendees",
    "color",
    "recurrence",
)


_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


@dataclass(frozen=True)
class Identified:
    """The wanted events with their identities, in the order of the sheet.

    `problems` are rows that repeat another and make no event; `notes` are rows that share an id column's value.
    """

    keyed: tuple[Keyed, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def import_name(name: str) -> str:
    """The name under which imports belong together, from what the member typed or from a file's path.

    Upper and lower case and Unicode forms make no difference: the same file is one import on every operating system.
    """
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def import_name_of(path: str) -> str:
    """The import name that a file gets when none is typed: its name without the extension."""
    return import_name(PurePath(path).stem) or "?"


def event_id(key: str) -> str:
    """A key's event id: 32 characters of 0–9 and a–v, which every target takes (Google asks for base32hex)."""
    return base64.b32hexencode(hashlib.sha256(key.encode()).digest()[:20]).decode("ascii").lower()


def content_hash(event: Event) -> str:
    """A fingerprint of what the event says, equal for events that no member could tell apart (see `canonical`)."""
    text = json.dumps(list(canonical(event).values()), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(event: Event) -> dict[str, object]:
    """The event's fields in a form in which only differences that matter remain.

    Not a difference: Unicode form, surrounding space, line ends, the order of reminders and attendees, an alias of the
    time zone. A single event is the instants it covers; a repeating one also its zone, which decides about later ones.
    """
    return {
        "summary": _text(event.summary),
        "start": _instant(event.start),
        "end": _instant(event.end),
        "timezone": _zone(event.timezone) if event.recurrence and not event.all_day else "",
        "location": _text(event.location),
        "description": _text(event.description),
        "reminders": sorted(set(event.reminders)),
        "attendees": sorted({person.strip().casefold() for person in event.attendees}),
        "color": event.color.strip().casefold(),
        "recurrence": sorted(_rule(line) for line in event.recurrence),
    }


def differing(one: Event, other: Event) -> tuple[str, ...]:
    """The names of the fields in which two events differ, in the order of `FIELDS`."""
    a, b = canonical(one), canonical(other)
    return tuple(name for name in FIELDS if a[name] != b[name])


def identify(name: str, wanted: Sequence[Wanted], known: Mapping[str, str] | None = None) -> Identified:
    """Give every wanted event of the import `name` its key and event id.

    A row with an id column is that id; otherwise folded title, date and start say who it is. Rows that are equal in
    this and yet say different things are told apart by an ordinal. `known` (key → content of what stands in the target)
    lets each of those keep the ordinal it had, so that sorting the sheet or deleting one of them moves none.
    A row that says exactly what another says is reported and makes no second event.
    """
    groups: dict[tuple[str, ...], list[tuple[int, Wanted, str]]] = {}
    first_rows: dict[tuple[tuple[str, ...], str], Source] = {}
    problems: list[Problem] = []
    for position, one in enumerate(wanted):
        identity, content = _identity(name, one), content_hash(one.event)
        twin = first_rows.setdefault((identity, content), one.source)
        if twin is one.source:
            groups.setdefault(identity, []).append((position, one, content))
        else:
            problems.append(_repeated(one, twin))
    notes: list[Problem] = []
    placed: list[tuple[int, Keyed]] = []
    for identity, members in groups.items():
        contents = [content for _, _, content in members]
        if identity[0] == "id":
            notes.extend(_shared_id([one for _, one, _ in members]))
        keys = _keys(identity, contents, known or {})
        placed.extend(
            (position, Keyed(one, key, event_id(key), content))
            for (position, one, content), key in zip(members, keys, strict=True)
        )
    placed.sort(key=lambda pair: pair[0])
    return Identified(tuple(keyed for _, keyed in placed), tuple(problems), tuple(notes))


def _identity(name: str, wanted: Wanted) -> tuple[str, ...]:
    if wanted.own_id:
        return ("id", name, unicodedata.normalize("NFC", wanted.own_id).strip())
    start = wanted.event.start
    if isinstance(start, datetime):
        return ("row", name, fold(wanted.event.summary), start.date().isoformat(), start.strftime("%H:%M:%S"))
    return ("row", name, fold(wanted.event.summary), start.isoformat(), "")


def _key(identity: tuple[str, ...], ordinal: int) -> str:
    text = json.dumps([*identity, ordinal], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _keys(identity: tuple[str, ...], contents: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """One key per content: those that stand in the target keep theirs, the others take the next free ones."""
    if len(contents) == 1 and known.get(first := _key(identity, 0)) == contents[0]:
        return [first]
    standing: dict[str, list[int]] = {}
    ordinals: set[int] = set()
    ordinal = misses = 0
    while misses < 2:
        content = known.get(_key(identity, ordinal))
        if content is None:
            misses += 1
        else:
            standing.setdefault(content, []).append(ordinal)
            ordinals.add(ordinal)
            misses = 0
        ordinal += 1
    chosen = [same.pop(0) if (same := standing.get(content)) else None for content in contents]
    left = sorted(ordinals.difference(chosen))
    free = chain(left, (n for n in count() if n not in ordinals))
    return [_key(identity, n if n is not None else next(free)) for n in chosen]


def _repeated(wanted: Wanted, twin: Source) -> Problem:
    return Problem("calendar.row_repeated", place_of(wanted.source), {"title": wanted.event.summary, "first": twin.row})


def _shared_id(members: Sequence[Wanted]) -> Iterable[Problem]:
    """One id column value on several rows that differ: each keeps its own event, and the member is told."""
    first = members[0].source
    for other in members[1:]:
        if (other.source.sheet, other.source.row) != (first.sheet, first.row):
            yield Problem("calendar.id_repeated", place_of(other.source), {"first": first.row}, value=other.own_id)


def place_of(source: Source) -> Place:
    return Place(source.file, source.sheet, source.row, source.column)


def plain_text(text: str) -> str:
    """`text` composed (NFC), with line feeds as line ends and without the control characters that no calendar keeps."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isprintable() else text.translate(_CONTROLS)


def _text(text: str) -> str:
    return "\n".join(line.rstrip() for line in plain_text(text).strip().split("\n"))


def _instant(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def _zone(name: str) -> str:
    aliases = {"Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Hanoi": "Asia/Ho_Chi_Minh", "Etc/UTC": "UTC"}
    return aliases.get(name, name)


def _rule(line: str) -> str:
    name, _, value = line.strip().upper().partition(":")
    return f"{name}:{';'.join(sorted(part for part in value.split(';') if part))}"
