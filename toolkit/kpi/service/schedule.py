"""The member's working time: weeks, days off, extra days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from toolkit.core.dates import Clock
    from toolkit.core.workdays import OffReason
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.workweek import OwnWeek, WeekName, WorkWeeks

MOST_DAYS: Final = 366
"""Of one leave; more are a slip of typing."""


@dataclass(frozen=True)
class DayLine:
    """A day as it is worked: how much, why not, the holiday that it is (a code), the member's own note."""

    day: date
    weight: Fraction
    off: OffReason | None
    holiday: str = ""
    extra: bool = False
    note: str = ""


@dataclass(frozen=True)
class MonthShown:
    """A stretch of days with how many working days it has, and the weeks that the member works."""

    start: date
    end: date
    days: tuple[DayLine, ...]
    total: Fraction
    weeks: tuple[OwnWeek, ...]
    today: date


@dataclass(frozen=True)
class Settled:
    """What was changed of the working time: `run` is None where it was so already. `days` are the days in question."""

    run: int | None
    what: str
    days: tuple[date, ...] = ()
    week: OwnWeek | None = None


class Scheduler:
    """The verbs on the member's working time."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def show(self, start: date, end: date) -> Outcome[MonthShown]:
        """Every day from `start` to before `end`."""
        calendar = self._book.calendar()
        notes = {str(day): str(note) for day, note in self._book.read().execute("SELECT day, note FROM kpi_day")}
        lines = tuple(_line(calendar, day, weight, notes) for day, weight in calendar.days(start, end))
        total = calendar.working_days(start, end)
        return Outcome(MonthShown(start, end, lines, total, calendar.weeks, self._clock.today()))

    def week(self, week: WeekName, since: date | None, *, swaps: bool) -> Outcome[Settled]:
        """The member works this week from day `since` on; None: all the time, whatever weeks were set before."""
        from toolkit.kpi.workweek import OwnWeek

        own = OwnWeek(week, swaps, since)
        with self._book.recording("calendar", at=self._clock.now(), note=week) as run:
            if since is None:
                for (starts,) in self._book.read().execute("SELECT starts FROM kpi_week WHERE starts <> ''").fetchall():
                    run.drop("kpi_week", starts=starts)
            starts = since.isoformat() if since else ""
            run.put("kpi_week", {"starts": starts, "week": week, "swaps": int(swaps)})
        return Outcome(Settled(run.number if run.changes else None, "week", week=own))

    def set_days(self, kind: str, days: Sequence[date], note: str = "") -> Outcome[Settled]:
        """These days are off ("leave") or worked whatever else they are ("work"). InputError for too many."""
        if len(days) > MOST_DAYS:
            raise InputError("kpi.leave_too_long", None, n=len(days), most=MOST_DAYS)
        span = f"{days[0]:%d/%m/%Y}" if len(days) == 1 else f"{days[0]:%d/%m/%Y}–{days[-1]:%d/%m/%Y}"
        with self._book.recording(kind, at=self._clock.now(), note=span) as run:
            for day in days:
                run.put("kpi_day", {"day": day.isoformat(), "kind": kind, "note": note})
        return Outcome(Settled(run.number if run.changes else None, kind, tuple(days)))

    def forget(self, days: Sequence[date]) -> Outcome[Settled]:
        """These days are as the week and the holidays have them. ConflictError("kpi.day_not_set") if none was set."""
        gone = []
        with self._book.recording("calendar", at=self._clock.now(), note=f"{days[0]:%d/%m/%Y}") as run:
            gone = [day for day in days if run.drop("kpi_day", day=day.isoformat())]
        if not gone:
            raise ConflictError("kpi.day_not_set", value=f"{days[0]:%d/%m/%Y}")
        return Outcome(Settled(run.number, "forget", tuple(gone)))


def span(first: date, last: date) -> list[date]:
    """The days from the first to the last, both included; at most one more than may be set at once."""
    return [first + timedelta(days=n) for n in range(min((last - first).days, MOST_DAYS) + 1)]


def _line(calendar: WorkWeeks, day: date, weight: Fraction, notes: dict[str, str]) -> DayLine:
    return DayLine(
        day, weight, calendar.off_because(day), calendar.holiday(day), day in calendar.extra,
        notes.get(day.isoformat(), ""),
    )  # fmt: skip
