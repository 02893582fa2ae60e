"""The trend of months in plain words, with the months it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.kpi.trend import ENOUGH_MONTHS
from toolkit.kpi.views.amounts import Amount, Days, Percent, PeriodName, metric_name
from toolkit.kpi.views.overview import number
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Table, Words
from toolkit.shell.plot import spark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from fractions import Fraction

    from toolkit.kpi.months import Month, Months
    from toolkit.kpi.service.foreseeing import Trended
    from toolkit.shell.blocks import Block, Cell

_ROOMY: Final = 60


def trend(width: int | None, *, unicode: bool = True, plain: bool = False) -> Callable[[Trended], Iterator[Block]]:
    """For a screen of `width` columns; `plain`: without the small drawing."""

    def view(found: Trended) -> Iterator[Block]:
        months = found.months
        metric = metric_name(months.metric)
        yield Heading(Words("kpi.trend_title" if _per_day(months) else "kpi.trend_title_level", metric=metric))
        if not months.whole:
            yield Line(Words("kpi.trend_no_month"))
        else:
            yield from _verdict(months)
            if not plain and unicode and len(months.whole) > 1:
                ends = (months.whole[0].start, months.whole[-1].start)
                first, last = (f"{day.month}/{day.year}" for day in ends)
                values = [None if month.value is None else float(month.value) for month in months.whole]
                yield Line(Words("kpi.trend_spark", first=first, spark=spark(values), last=last))
        if months.whole or months.running:
            yield _table(found, width)
        for season in months.seasons:
            part = abs(season.index - 1)
            code = "kpi.season_above" if season.index > 1 else "kpi.season_below"
            yield Line(Words(code, month=str(season.month), share=Percent(part), n=season.years))
        if months.whole:
            yield Note(Words("kpi.trend_note" if _per_day(months) else "kpi.trend_note_level"))

    return view


def _verdict(months: Months) -> Iterator[Block]:
    line, unit = months.trend, months.metric.unit
    n = sum(month.value is not None for month in months.whole)
    if line is None or line.verdict is None:
        yield Line(Words("kpi.trend_too_few", n=n, more=str(ENOUGH_MONTHS - n), enough=str(ENOUGH_MONTHS)))
        return
    slope = Amount(abs(line.slope), unit, 2)
    yield Line(Words(f"kpi.trend_{line.verdict}", slope=slope, wobble=Percent(line.wobble), n=n))
    said = "kpi.trend_clear" if line.verdict in ("rising", "falling") else "kpi.trend_unclear"
    yield Line(Words(said, often=_by_chance(line.test.p)))


def _by_chance(p: float) -> Words:
    """How often mere chance would look like this, in words that can be counted."""
    if p < 0.001:
        return Words("kpi.chance_under_thousand")
    if p < 0.05:
        return Words("kpi.chance_in_thousand", times=str(max(round(p * 1000), 1)))
    return Words("kpi.chance_in_hundred", times=str(min(round(p * 100), 100)))


def _per_day(months: Months) -> bool:
    from toolkit.kpi.metrics import adds_up

    return adds_up(months.metric)


def _table(found: Trended, width: int | None) -> Table:
    months, unit, year = found.months, found.months.metric.unit, found.as_of.year
    per_day = _per_day(months)
    roomy = width is None or width >= _ROOMY
    codes = ["month", "figure", *(("working",) if per_day and roomy else ()), *(("value",) if per_day else ())]
    rows: list[list[Cell]] = []
    for month in (*months.whole, *((months.running,) if months.running else ())):
        name: Cell = PeriodName(month.start, _after(month), year)
        if month is months.running:
            name = Joined([name, Words("kpi.month_running")], " ")
        cells: dict[str, Cell] = {
            "month": name, "figure": Amount(month.figure, unit), "working": Days(month.working),
            "value": Amount(month.value, unit),
        }  # fmt: skip
        rows.append([cells[code] for code in codes])
    return Table(
        [Column(Words(f"kpi.ahead_column_{code}"), "left" if code == "month" else "right") for code in codes], rows
    )


def _after(month: Month) -> date:
    first = month.start
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def trend_json(found: Trended) -> dict[str, Any]:
    """The trend for a program; the keys are a promise. `value` is per working day for what adds up over days."""
    months, line = found.months, found.months.trend
    n = sum(month.value is not None for month in months.whole)
    return {
        "metric": months.metric.id,
        "unit": months.metric.unit,
        "per_working_day": _per_day(months),
        "target": found.target.id if found.target else None,
        "as_of": found.as_of.isoformat(),
        "months": [_month_json(month) for month in months.whole],
        "running": _month_json(months.running) if months.running else None,
        "n": n,
        "missing": max(ENOUGH_MONTHS - n, 0),
        "verdict": line.verdict if line else None,
        "slope": number(line.slope) if line else None,
        "intercept": number(line.intercept) if line else None,
        "s": line.test.s if line else None,
        "p": line.test.p if line else None,
        "wobble": line.wobble if line else None,
        "variation": line.variation if line else None,
        "seasons": [{"month": season.month, "index": season.index, "years": season.years} for season in months.seasons],
    }


def _month_json(month: Month) -> dict[str, Any]:
    return {
        "month": f"{month.start:%Y-%m}",
        "figure": number(month.figure),
        "working_days": number(month.working),
        "value": number(month.value),
    }


def spreadsheet(found: Trended) -> Iterator[Block]:
    """The whole months with plain numbers, for --csv."""
    rows: list[list[Cell]] = [
        [f"{month.start:%Y-%m}", _plain(month.figure), _plain(month.working), _plain(month.value)]
        for month in found.months.whole
    ]
    yield Table([Column(code) for code in ("month", "figure", "working_days", "value")], rows)


def _plain(value: Fraction | None) -> Cell:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else f"{float(value):.2f}"
