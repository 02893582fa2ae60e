"""The course of a target as lines of a page: what came in, the pace, where it may end, own periods before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.kpi.views.amounts import Amount, Percent, PeriodName, Span
from toolkit.kpi.views.courses import table
from toolkit.kpi.views.overview import pace_words
from toolkit.pages.lines import Band, Curve, Lines
from toolkit.shell.blocks import Joined, Words, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from toolkit.kpi.course import Course
    from toolkit.pages.lines import Point
    from toolkit.shell.messages import Messages


def lines_of(found: Course, messages: Messages, title: str) -> Lines:
    """A course as lines, each day's value at its end; the scale begins at 0, or below where something does."""
    one, days = found.progress, found.days
    top, bottom = _scale(found)
    size = len(days)

    def points(values: Sequence[Fraction | float | None]) -> list[Point]:
        start = [(0.0, _part(0, bottom, top))]
        after = [((n + 1) / size, _part(value, bottom, top)) for n, value in enumerate(values) if value is not None]
        return start + after

    curves = [Curve(said(PeriodName(past.start, past.end, one.as_of.year), messages), "earlier", points(past.values))
              for past in found.earlier]  # fmt: skip
    if curves:  # one entry of the legend for all of them
        names = Joined([PeriodName(past.start, past.end, one.as_of.year) for past in found.earlier], ", ")
        curves[0] = Curve(said(names, messages), "earlier", curves[0].points)
        curves[1:] = [Curve("", "earlier", curve.points) for curve in curves[1:]]
    if any(day.expected is not None for day in days):
        curves.append(Curve(said(Words("kpi.chart_pace"), messages), "pace", points([day.expected for day in days])))
    curves.append(Curve(said(Words("kpi.page_actual"), messages), "actual", points([day.actual for day in days])))
    ahead = [((n + 1) / size, _part(day.mid, bottom, top)) for n, day in enumerate(days) if day.mid is not None]
    if len(ahead) > 1:
        curves.append(Curve(said(Words("kpi.page_middle"), messages), "ahead", ahead))
    band = [
        ((n + 1) / size, _part(day.low, bottom, top), _part(day.high, bottom, top))
        for n, day in enumerate(days)
        if day.low is not None and day.high is not None
    ]
    shown = table(found)
    text = [[said(cell, messages) for cell in row] for row in shown.rows]
    last = next((n for n, day in enumerate(days) if day.date == one.as_of), None)
    return Lines(
        title=title,
        description=said(description(found), messages),
        curves=curves,
        band=Band(said(Words("kpi.chart_range", level=Percent(found.level)), messages), band) if band else None,
        ends=(f"{days[0].date:%d/%m/%Y}", f"{days[-1].date:%d/%m/%Y}"),
        highest=said(Words("kpi.page_highest", amount=Amount(top, one.metric.unit)), messages),
        show=said(Words("kpi.page_show_table"), messages),
        headings=[said(column.heading, messages) for column in shown.columns],
        rows=text,
        now=(last + 1) / size if last is not None and last + 1 < size else None,
    )


def description(found: Course) -> Joined:
    """The drawing in a sentence."""
    one = found.progress
    unit = one.metric.unit
    ahead = one.forecast
    span = None
    if ahead is not None and found.days and found.days[-1].low is not None:
        words = Words("kpi.range", span=Span(ahead.low, ahead.high, unit, one.actual), level=Percent(ahead.level))
        span = Words("kpi.page_drawn_range", range=words)
    expected = Words("kpi.page_drawn_expected", amount=Amount(one.expected, unit)) if one.expected is not None else None
    had = Words(
        "kpi.page_drawn", actual=Amount(one.actual, unit), goal=Amount(one.goal, unit), day=f"{one.as_of:%d/%m/%Y}"
    )
    return Joined([had, expected, pace_words(one), span], "; ")


def _scale(found: Course) -> tuple[Fraction | float, Fraction | float]:
    values: list[Fraction | float] = [found.progress.goal, 0]
    for day in found.days:
        values += [one for one in (day.actual, day.expected, day.low, day.high) if one is not None]
    for past in found.earlier:
        values += past.values
    return max(values), min(values)


def _part(value: Fraction | float | None, bottom: Fraction | float, top: Fraction | float) -> float:
    return float((value or 0) - bottom) / float(top - bottom) if top > bottom else 0.0
