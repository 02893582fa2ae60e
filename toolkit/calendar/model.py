"""What the calendar tool talks about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

ChangeKind = Literal["create", "update", "delete", "unchanged", "conflict"]


@dataclass(frozen=True)
class Source:
    """The place in the member's file that an event was read from. Rows count from 1 as the spreadsheet shows them."""

    file: str
    sheet: str | None
    row: int
    column: int | None = None


@dataclass(frozen=True)
class Event:
    """An event as it should stand in a calendar.

    All-day events have `date` start and end; others have aware datetimes in `timezone` (an IANA name). `end` is
    exclusive. `reminders` are minutes before the start. `recurrence` holds RFC 5545 lines (`RRULE:…`) without DTSTART.
    """

    summary: str
    start: date | datetime
    end: date | datetime
    timezone: str
    location: str = ""
    description: str = ""
    reminders: tuple[int, ...] = ()
    attendees: tuple[str, ...] = ()
    color: str = ""
    recurrence: tuple[str, ...] = ()

    @property
    def all_day(self) -> bool:
        return not isinstance(self.start, datetime)


@dataclass(frozen=True)
class Wanted:
    """One event that a spreadsheet asks for: the event, where it was read, and what its id column says, if any."""

    event: Event
    source: Source
    own_id: str = ""


@dataclass(frozen=True)
class Keyed:
    """A wanted event with its identity (see `identity`): `key` names the row, `event_id` names the event in every
    target, `content` is the hash that a later import compares."""

    wanted: Wanted
    key: str
    event_id: str
    content: str


@dataclass(frozen=True)
class Made:
    """An event that an earlier import made, as the target holds it now.

    `content` is the hash that was stored with it when it was written; `event` is what stands there now, so a
    difference between the two means that the member edited it by hand. `etag` is the target's own version mark.
    """

    event_id: str
    key: str
    content: str
    run: str
    etag: str
    event: Event
    cancelled: bool = False


@dataclass(frozen=True)
class Change:
    """One line of a plan. `keyed` is None for a delete, `made` is None for a create."""

    kind: ChangeKind
    keyed: Keyed | None
    made: Made | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an import would do, in the order in which it would do it."""

    import_name: str
    target: str
    digest: str
    changes: tuple[Change, ...]
    wanted_rows: int = 0
    counts: Mapping[ChangeKind, int] = field(default_factory=dict)
