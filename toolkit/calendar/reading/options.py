"""What may be said about how a spreadsheet is to be read, and what a reading gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

    from toolkit.calendar.model import Wanted
    from toolkit.calendar.reading.own_headings import OwnHeading
    from toolkit.calendar.reading.shifts import Shift
    from toolkit.core.outcome import Problem

TIMEZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Hours:
    """When lessons, shifts and sessions take place, from a profile or from a legend in the sheet.

    `lessons` maps a lesson's number (tiết) to its start and end, `shifts` and `sessions` map folded names ("ca sang",
    "sang") to theirs. An end before its start lies on the next day. `codes` maps the codes of rosters (see
    `shifts.code_key`) to their shifts, which may have several ranges, or be time off.
    """

    lessons: Mapping[int, tuple[time, time]] = field(default_factory=dict)
    shifts: Mapping[str, tuple[time, time]] = field(default_factory=dict)
    sessions: Mapping[str, tuple[time, time]] = field(default_factory=dict)
    codes: Mapping[str, Shift] = field(default_factory=dict)

    def with_more(self, other: Hours) -> Hours:
        """These hours and the other's; where both know a name, these win."""
        return Hours(
            {**other.lessons, **self.lessons},
            {**other.shifts, **self.shifts},
            {**other.sessions, **self.sessions},
            {**other.codes, **self.codes},
        )


@dataclass(frozen=True)
class ReadOptions:
    """The choices of one reading.

    `duration` (minutes) is the length of an event that states no end; `reminders` (minutes before the start) go to
    rows without a reminder of their own. `sheet` reads that sheet alone. `years` is how many lunar years a lunar
    anniversary is written out for. `since` and `until` (both included) bound weekly rows that state no period.
    `person` (marks and case aside, a part of the name will do) or `everyone` says whose shifts of a roster are meant.

    `headings` are names of columns that the member has explained; they go before those that we know.

    `remembered` keeps a re-import steady: folded title → the days on which earlier imports of the same name placed
    events of that title. A date without a year stays in its remembered year instead of moving to the nearest future,
    and lunar anniversaries that have passed are still wanted.
    """

    today: date
    timezone: str = TIMEZONE
    duration: int = 60
    reminders: tuple[int, ...] = ()
    sheet: str | None = None
    visible_only: bool = False
    years: int = 5
    since: date | None = None
    until: date | None = None
    hours: Hours = Hours()
    person: str | None = None
    everyone: bool = False
    headings: tuple[OwnHeading, ...] = ()
    remembered: Mapping[str, frozenset[date]] = field(default_factory=dict)


@dataclass(frozen=True)
class RefusedRow:
    """A row that should have made an event but could not be read. Its earlier event must not be deleted for that.

    `fingerprint` names what the row says, wherever in the sheet it stands.
    """

    sheet: str | None
    row: int
    title: str = ""
    own_id: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class ReadResult:
    """Everything that one workbook says.

    `problems` are what the member has to mend: most refuse their row (then it is in `refused` too), some only leave
    a detail out (an unreadable reminder). `cancelled` are rows marked HỦY or struck through: told one by one, and
    nothing to mend. `notes` are what the member should know: rows that are no events (totals), readings that moved a
    date (a missing leap month), columns that went into the description. `shapes` names the shape of each sheet that was
    read, `part` the person whose part of a roster was asked for (folded; empty: the whole file was read).
    """

    wanted: tuple[Wanted, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    shapes: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    cancelled: tuple[Problem, ...] = ()
