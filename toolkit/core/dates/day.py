"""What a date phrase means: a day, and how it was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from toolkit.core.dates.lunar import Lunar, Note

Look = Literal["back", "forward"]
Session = Literal["morning", "noon", "afternoon", "evening", "night"]


@dataclass(frozen=True)
class Day:
    """One day as someone wrote it.

    `start` and `end` (exclusive) are set where the phrase names a stretch of days rather than one ("cuối tháng");
    `date` is then the stretch's conventional day. `session` is the part of the day that was named with it ("tối qua").
    `lunar` is the lunar day that was written, in the lunar year it was placed in; `notes` say how it had to be moved
    there. `year_given` is False where the year came from the context or from today. `weekday` is the weekday that was
    written (Monday = 0).
    """

    date: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    session: Session | None = None
    lunar: Lunar | None = None
    notes: tuple[Note, ...] = ()
    year_given: bool = True
    weekday: int | None = None

    def __str__(self) -> str:
        """The day as a message shows it, the same in every language."""
        text = spoken(self.date)
        if self.start is not None and self.end is not None:
            text += f" ({spoken(self.start)}–{spoken(self.end - dt.timedelta(days=1))})"
        if self.lunar is None:
            return text
        return f"{text} ({self.lunar.day}/{self.lunar.month}{'N' if self.lunar.leap else ''} ÂL)"


def spoken(day: dt.date) -> str:
    """A day as messages show it, day first."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


@dataclass(frozen=True)
class Context:
    """What is known beside the phrase itself.

    `look` decides for a phrase without a year (or month): the nearest such day before today or after it, today
    included. `year` and `month` are those of a sheet's title and come first; `within` (start, exclusive end) are the
    days that a plan covers (a term), where a date without a year takes the year that lies inside. `month_first` reads
    11/03 as November 3 (Google's own CSV). `lunar` is the calendar of the column, where a heading says so.
    """

    today: dt.date
    look: Look
    year: int | None = None
    month: int | None = None
    within: tuple[dt.date, dt.date] | None = None
    month_first: bool = False
    lunar: bool | None = None
    sentence: bool = False
