"""The course of a target: a drawing with its legend, or the same numbers as a table."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from toolkit.kpi.views.amounts import Amount, OfGoal, Percent, PeriodName, Span, metric_name, target_name
from toolkit.kpi.views.overview import number, pace_words, progress_json, range_words
from toolkit.shell.blocks import Column, Drawing, Heading, Joined, Line, Note, Table, When, Words, said
from toolkit.shell.plot import NARROWEST, Curve, Shade, plot, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.kpi.course import Course, CourseDay
    from toolkit.shell.blocks import Block, Cell, Stroke
    from toolkit.shell.messages import Messages
    from toolkit.shell.plot import CurveKind

_WIDEST: Final = 110  # columns; wider, a line gets so flat that it says less
_USUAL: Final = 80
_TALL, _LOW = 15, 10
_ROOMY: Final = 60
_EVERY_DAY_UP_TO: Final = 45  # days of a period that a table tells one by one; of longer ones it tells weeks


def chart(
    messages: Messages, width: int | None, *, unicode: bool = True, plain: bool = False
) -> Callable[[Course], Iterator[Block]]:
    """For a screen of `width` columns; without room, or `plain`, as a table."""

    def view(found: Course) -> Iterator[Block]:
        one = found.progress
        yield Heading(
            Joined(
                [target_name(one.target, one.metric, one.as_of.year), OfGoal(one.actual, one.goal, one.metric.unit)],
                "  ",
            )
        )
        tail = Joined([pace_words(one), range_words(one)])
        if said(tail, messages):
            yield Line(tail)
        drawn = [] if plain else _drawn(found, messages, min(width or _USUAL, _WIDEST), unicode)
        if drawn:
            yield Drawing(drawn)
            yield from _legend(found, unicode)
        else:
            yield table(found, width)
        if found.earlier and (plain or not drawn):
            yield _earlier(found)
        if not found.days or one.actual is None:
            yield Line(Words("kpi.chart_nothing"))
        yield Note(Words("kpi.chart_next" if not plain and drawn else "kpi.chart_next_plain", id=one.target.id))

    return view


def _drawn(found: Course, messages: Messages, width: int, unicode: bool) -> list[list[Stroke]]:
    days = found.days
    if width < NARROWEST or len(days) < 2:
        return []
    unit = found.progress.metric.unit
    curves = [Curve("faint", [float(value) for value in one.values]) for one in found.earlier]
    curves.append(Curve("dots", [_float(day.expected) for day in days]))
    curves.append(Curve("line", _joined([_float(day.actual) for day in days])))
    shade = Shade([day.low for day in days], [day.high for day in days])
    return plot(
        curves, shade if any(day.low is not None for day in days) else None, width=width,
        height=_TALL if width >= _ROOMY else _LOW, marks=_marks(found), unicode=unicode,
        label=lambda value: said(Amount(Fraction(value).limit_denominator(1000), unit), messages),
    )  # fmt: skip


def _marks(found: Course) -> list[tuple[int, str]]:
    """Days below the drawing: the as-of day first, then the ends, then what there is room for."""
    days = [day.date for day in found.days]
    until = found.progress.as_of
    places = [days.index(until)] if until in days else []
    places += [0, len(days) - 1]
    places += [place for place, day in enumerate(days) if (day.day == 1 if len(days) > 100 else day.weekday() == 0)]
    return [(place, f"{days[place].day}/{days[place].month}") for place in dict.fromkeys(places)]


def _legend(found: Course, unicode: bool) -> Iterator[Block]:
    def entry(kind: CurveKind | Literal["shade"], words: Cell) -> Cell:
        return Joined([sample(kind, unicode=unicode), words], " ")

    one = found.progress
    entries = [entry("line", metric_name(one.metric))]
    if any(day.expected is not None for day in found.days):
        entries.append(entry("dots", Words("kpi.chart_pace")))
    if any(day.low is not None for day in found.days):
        entries.append(entry("shade", Words("kpi.chart_range", level=Percent(found.level))))
    if found.earlier:
        names = Joined([PeriodName(before.start, before.end, one.as_of.year) for before in found.earlier], ", ")
        entries.append(entry("faint", names))
    yield Line(Joined(entries, "   "))


def table(found: Course, width: int | None = None) -> Table:
    """The numbers of the drawing; of long periods the last day of each week, and the as-of day."""
    unit = found.progress.metric.unit
    roomy = width is None or width >= _ROOMY
    codes = ["day", "actual", "expected", "range"] if roomy else ["day", "both", "expected"]
    columns = [Column(Words(f"kpi.ahead_column_{code}"), "left" if code == "day" else "right") for code in codes]
    rows: list[list[Cell]] = []
    for day in _told(found):
        what: Cell = When(day.date, this_year=found.progress.as_of.year)
        if not day.working:
            what = Words("kpi.chart_day_off", day=what)
        ahead = day.actual is None and day.low is not None and day.high is not None
        span: Cell = None
        if ahead:
            same = day.low == day.high
            span = Amount(day.low, unit) if same else Span(day.low or 0, day.high or 0, unit)
        actual: Cell = Amount(day.actual, unit) if day.actual is not None else None if roomy else span
        expected: Cell = Amount(day.expected, unit) if day.expected is not None else None
        rows.append([what, actual, expected, *((span,) if roomy else ())])
    return Table(columns, rows, empty=Words("kpi.chart_nothing"))


def _told(found: Course) -> Sequence[CourseDay]:
    days = found.days
    if len(days) <= _EVERY_DAY_UP_TO:
        return days
    return [
        day
        for place, day in enumerate(days)
        if day.date.weekday() == 6 or day.date == found.progress.as_of or place == len(days) - 1
    ]


def _earlier(found: Course) -> Table:
    unit, year = found.progress.metric.unit, found.progress.as_of.year
    now = next((place for place, day in enumerate(found.days) if day.date == found.progress.as_of), None)
    rows: list[list[Cell]] = [
        [
            PeriodName(one.start, one.end, year), Amount(one.values[now], unit) if now is not None else None,
            Amount(one.total, unit),
        ]
        for one in found.earlier
    ]  # fmt: skip
    codes = ("earlier", "same_point", "total")
    return Table(
        [Column(Words(f"kpi.ahead_column_{code}"), "left" if code == "earlier" else "right") for code in codes], rows
    )


def spreadsheet(found: Course) -> Iterator[Block]:
    """Every day with plain numbers, for --csv."""
    codes = ("date", "working", "actual", "expected", "low", "mid", "high")
    rows: list[list[Cell]] = [
        [day.date, *(_plain(value) for value in (day.working, day.actual, day.expected, day.low, day.mid, day.high))]
        for day in found.days
    ]
    yield Table([Column(code) for code in codes], rows)


def chart_json(found: Course) -> dict[str, Any]:
    """The course for a program; the keys are a promise. Totals from the period's start to the end of each day."""
    return {
        "target": progress_json(found.progress),
        "level": found.level,
        "days": [
            {
                "date": day.date.isoformat(), "working": number(day.working), "actual": number(day.actual),
                "expected": number(day.expected), "low": number(day.low), "mid": number(day.mid),
                "high": number(day.high),
            }
            for day in found.days
        ],
        "earlier": [
            {
                "start": one.start.isoformat(), "end": one.end.isoformat(), "total": number(one.total),
                "values": [number(value) for value in one.values],
            }
            for one in found.earlier
        ],
    }  # fmt: skip


def _joined(values: list[float | None]) -> list[float | None]:
    """Values with the gaps between two of them closed by a straight line."""
    known = [place for place, value in enumerate(values) if value is not None]
    for first, last in pairwise(known):
        low, high = values[first] or 0.0, values[last] or 0.0
        for place in range(first + 1, last):
            values[place] = low + (high - low) * (place - first) / (last - first)
    return values


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _plain(value: Fraction | float | None) -> Cell:
    found = number(value)
    return found if found is None or isinstance(found, int) else f"{found:.2f}"
