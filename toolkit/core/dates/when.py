"""A date and its times in one cell: "8h30 thứ 7 12/12", "19h30 – 21h, 12/12", "12/12 8h - 13/12 17h"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toolkit.core.dates.dates import read_date
from toolkit.core.dates.day import Context, Day, Look, spoken
from toolkit.core.dates.periods import parse_stretch
from toolkit.core.dates.times import CAREFUL_TIME_PHRASE, TIME_PHRASE, AllDay, PartOfDay, Slot, TimeRange, parse_times
from toolkit.core.dates.view import CELL_LIMIT, cell, compiled, forms
from toolkit.core.readings import Reading, Readings, none, one, several

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class When:
    """A day with its slots (none: no time was written).

    `last` is set where several days were written: without slots they are whole days, with one slot it starts on `day`
    at its start and ends on `last` at its end.
    """

    day: Day
    slots: tuple[Slot, ...] = ()
    last: Day | None = None

    def __str__(self) -> str:
        return " ".join(map(str, (self.day, *self.slots, *(("–", self.last) if self.last else ()))))


def parse_when(
    text: str,
    *,
    today: date,
    look: Look,
    year: int | None = None,
    month: int | None = None,
    within: tuple[date, date] | None = None,
    month_first: bool = False,
    lunar: bool | None = None,
    ask_bare_hours: bool = False,
) -> Readings[When]:
    """Read a cell that holds a date, perhaps with times. The parameters are `parse_date`'s. Never raises."""
    if len(text) > CELL_LIMIT:
        return none("core.date_too_long", limit=CELL_LIMIT)
    context = Context(today, look, year, month, within, month_first, lunar)
    written = cell(text).strip(" -")
    written = re.sub(r" 0?0:00:00(?:\.0{1,6})?$", "", written)  # a date cell that was saved with a time
    written = re.sub(r"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})t(?=[0-9])", r"\1 ", written)
    if not written:
        return none("core.date_empty")
    refused: Readings[When] | None = None
    for form in forms(written):
        for attempt in (_one_day(form, context, ask_bare_hours), _days(form, context), _two_moments(form, context)):
            if attempt:
                return attempt
            if refused is None or refused.code == "core.date_unknown":
                refused = attempt
    return refused if refused is not None else none("core.date_unknown")


_WHOLE_DAY = "(?:cả|nguyên|suốt|trọn) ngày|all[- ]?day"


@cache
def _time_phrases() -> tuple[re.Pattern[str], ...]:
    end = r"(?!\w)(?![/.:-][0-9])"
    return (
        compiled(rf"(?<!\w)(?<![0-9][/.:-])(?:{TIME_PHRASE}|{_WHOLE_DAY}){end}"),
        compiled(rf"(?<!\w)(?<![0-9][/.:])(?:{CAREFUL_TIME_PHRASE}|{_WHOLE_DAY}){end}"),
    )


def _one_day(text: str, context: Context, ask_bare_hours: bool) -> Readings[When]:
    """Cut the times out; what is left is the date."""
    refused: Readings[When] = none("core.date_unknown")
    for pattern in _time_phrases():
        times = [found.group() for found in pattern.finditer(text)]
        rest = " ".join(re.sub(r"\( ?\)", " ", pattern.sub(" ", text)).split()).strip(" .,;:-()|")
        if not rest:
            return none("core.date_empty")
        days = read_date(rest, context)
        if days:
            return _combined(days, times, ask_bare_hours)
        if refused.code == "core.date_unknown":
            refused = Readings((), days.code, days.params)
    return refused


def _combined(days: Readings[Day], times: list[str], ask_bare_hours: bool) -> Readings[When]:
    options: list[Reading[When]] = []
    for day in days.options:
        if not times:
            slots: tuple[Slot, ...] = (PartOfDay(day.value.session),) if day.value.session else ()
            options.append(Reading(When(day.value, slots), day.reason))
            continue
        read = parse_times(";".join(times), ask_bare_hours=ask_bare_hours, session=day.value.session)
        if not read:
            return none(read.code, **read.params)
        options += [Reading(When(day.value, each.value), each.reason or day.reason) for each in read.options]
    code = days.code if days.ambiguous else "core.time_ambiguous"
    return several(code, options[:8])


def _days(text: str, context: Context) -> Readings[When]:
    """Several whole days: "12/12 - 14/12"."""
    bare = compiled(rf"[ ,]*(?:{_WHOLE_DAY})[ ,]*").sub(" ", text).strip()
    stretch = parse_stretch(bare, today=context.today, look=context.look, year=context.year, month=context.month)
    if not stretch:
        return none("core.date_unknown" if stretch.code == "core.period_unknown" else stretch.code, **stretch.params)
    slots: tuple[Slot, ...] = () if bare == text else (AllDay(),)
    return stretch.map(
        lambda period: When(
            Day(period.start, year_given=period.year_given), slots, Day(period.last, year_given=period.year_given)
        )
    )


def _two_moments(text: str, context: Context) -> Readings[When]:
    """From a time of one day to a time of a later one: "12/12 8h - 13/12 17h"."""
    for between in compiled(r" ?(?:->|-|>| đến | tới ) ?").finditer(text):
        first = _one_day(text[: between.start()].strip(), context, ask_bare_hours=False).value
        last = _one_day(text[between.end() :].strip(), context, ask_bare_hours=False).value
        if first is None or last is None or len(first.slots) != 1 or len(last.slots) != 1:
            continue
        start, end = first.slots[0], last.slots[0]
        if not (isinstance(start, TimeRange) and isinstance(end, TimeRange)) or start.end or end.end:
            continue
        if last.day.date <= first.day.date:
            return none(
                "core.period_backwards",
                start=spoken(first.day.date),
                end=spoken(last.day.date),
            )
        return one(When(first.day, (TimeRange(start.start, end.start),), last.day))
    return none("core.date_unknown")
