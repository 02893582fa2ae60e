"""A forecast in plain words: the range, the chance where it can be said, what both rest on, what they don't know."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any, Final

from toolkit.kpi.forecast import SPOKEN_FROM
from toolkit.kpi.metrics import adds_up
from toolkit.kpi.views.amounts import Amount, Days, OfGoal, Percent, PeriodName, Span, metric_name, target_name
from toolkit.kpi.views.overview import number, progress_json, state_words
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from toolkit.kpi.backtest import Cut
    from toolkit.kpi.forecast import Forecast
    from toolkit.kpi.model import Unit
    from toolkit.kpi.service.foreseeing import Foretold, Tested
    from toolkit.shell.blocks import Block, Cell

_OVER: Final = ("ended_reached", "ended_short")
_ROOMY: Final = 60
ENOUGH_CUTS: Final = 12
"""Forecasts made again, below which their share says little; it is said with that."""


def forecast(found: Foretold) -> Iterator[Block]:
    one, ahead = found.progress, found.forecast
    unit = one.metric.unit
    name = target_name(one.target, one.metric, one.as_of.year)
    yield Heading(Joined([name, OfGoal(one.actual, one.goal, unit)], "  "))
    if one.state in _OVER or one.state == "dropped":
        yield Line(state_words(one))
        return
    if not adds_up(one.metric):
        yield Line(Words("kpi.forecast_level_only", metric=metric_name(one.metric)))
        return
    if ahead is None:
        yield Line(Words("kpi.forecast_nothing_yet"))
        return
    if not found.to_come:
        yield Line(Words("kpi.forecast_no_day_left", actual=Amount(one.actual, unit)))
        return
    yield Line(Words("kpi.forecast_days_left", days=Days(found.to_come), day=When(one.as_of, this_year=one.as_of.year)))
    yield Line(
        Words(
            "kpi.forecast_range",
            often=Words("kpi.so_often_about", often=_often(ahead.level)),
            span=Span(ahead.low, ahead.high, unit, one.actual),
        )
    )
    yield Line(Words("kpi.forecast_mid", mid=_middle(ahead, unit)))
    yield Line(_chance(found, ahead))
    if found.supposed is not None:
        yield from _supposed(found, found.supposed)
    yield Pairs(
        [
            (Words("kpi.forecast_how"), _method(ahead)),
            (Words("kpi.forecast_unknown"), Words("kpi.forecast_unknown_things")),
        ]
    )
    yield Note(Words("kpi.forecast_next", id=one.target.id))


def _method(ahead: Forecast) -> Cell:
    weekdays = Words("kpi.method_by_weekday") if ahead.by_weekday else None
    month_end = Words("kpi.method_by_month_end") if ahead.by_month_end else None
    return Joined([Words(f"kpi.method_{ahead.method}", n=ahead.days), weekdays, month_end], "; ")


def _middle(ahead: Forecast, unit: Unit) -> Amount:
    return Amount(round(ahead.mid) if unit == "count" else ahead.mid, unit, 2)


def _often(share: float) -> Words:
    """A share in ten or twenty, as people count: `8 lần trong 10`."""
    twentieths = round(share * 20)
    whole = 20 // gcd(gcd(twentieths, 20), 2)
    return Words("kpi.so_often", n=twentieths * whole // 20, of=str(whole))


def _chance(found: Foretold, ahead: Forecast) -> Words:
    """How often the target would be reached; the reason where that can't be said."""
    one = found.progress
    goal = Amount(one.goal, one.metric.unit)
    if one.state == "reached":
        return Words("kpi.chance_reached", goal=goal)
    if ahead.spoken is None:
        return Words("kpi.chance_unspoken", n=ahead.days, enough=str(SPOKEN_FROM))
    code = "kpi.chance_down" if one.metric.direction == "down" else "kpi.chance_up"
    return Words(code, goal=goal, often=_as_often(ahead, ahead.spoken))


def _as_often(ahead: Forecast, spoken: float) -> Words:
    """The chance as it is said; at either end of what can be said, that it is at most or at least so much."""
    computed = ahead.probability or 0.0
    if spoken <= ahead.step and computed < spoken:
        return Words("kpi.so_often_most", often=_often(spoken))
    at_the_top = spoken >= 1 - ahead.step - 1e-9 and computed > spoken
    return Words("kpi.so_often_least" if at_the_top else "kpi.so_often_about", often=_often(spoken))


def _supposed(found: Foretold, ahead: Forecast) -> Iterator[Block]:
    unit = found.progress.metric.unit
    parts: list[Cell] = []
    if found.wishes.rest:
        parts.append(Words("kpi.suppose_rest", days=Days(found.to_come - found.days), left=Days(found.days)))
    if found.wishes.per_day:
        parts.append(Words("kpi.suppose_more", amount=Amount(found.wishes.per_day, unit)))
    span = Span(ahead.low, ahead.high, unit)
    yield Line(Words("kpi.suppose", what=Joined(parts, ", "), span=span, mid=_middle(ahead, unit)))
    if ahead.spoken is not None and found.progress.state != "reached":
        yield Line(Words("kpi.suppose_chance", chance=_chance(found, ahead)))


def forecast_json(found: Foretold) -> dict[str, Any]:
    """A forecast for a program; the keys are a promise. `supposed` is null where nothing was supposed."""
    supposed = {
        "rest": found.wishes.rest,
        "per_day": number(found.wishes.per_day),
        "days": number(found.days),
        "forecast": one_json(found.supposed),
    }
    return {
        "target": progress_json(found.progress),
        "to_come": number(found.to_come),
        "forecast": one_json(found.forecast),
        "supposed": supposed if found.wishes else None,
    }


def one_json(ahead: Forecast | None) -> dict[str, Any] | None:
    if ahead is None:
        return None
    return {
        "low": number(ahead.low), "mid": number(ahead.mid), "high": number(ahead.high), "level": ahead.level,
        "probability": ahead.spoken, "computed": ahead.probability, "n": ahead.days, "method": ahead.method,
        "by_weekday": ahead.by_weekday, "by_month_end": ahead.by_month_end,
    }  # fmt: skip


def backtest(width: int | None) -> Callable[[Tested], Iterator[Block]]:
    """How the forecasts of periods that are over did."""

    def view(found: Tested) -> Iterator[Block]:
        test, unit = found.test, found.metric.unit
        yield Heading(Words("kpi.backtest_title", metric=metric_name(found.metric)))
        if not test.cuts:
            yield Line(Words("kpi.backtest_level" if not adds_up(found.metric) else "kpi.backtest_nothing"))
            return
        share, often = test.share, Words("kpi.so_often_about", often=_often(test.level))
        yield Line(Words("kpi.backtest_share", n=share.whole, periods=str(test.periods), held=str(share.part)))
        if share.whole < ENOUGH_CUTS:
            yield Line(Words("kpi.backtest_few", often=often))
        else:
            interval = {"low": Percent(share.low), "high": Percent(share.high)}
            yield Line(Words("kpi.backtest_sure", share=Percent(share.value), often=often, **interval))
        yield _cuts(test.cuts, unit, width)
        yield Note(Words("kpi.backtest_note"))

    return view


def _cuts(cuts: tuple[Cut, ...], unit: Unit, width: int | None) -> Table:
    codes = ("period", "made", "range", "came", "held")
    rows: list[list[Cell]] = [
        [
            PeriodName(cut.start, cut.end), f"{cut.day:%d/%m}", Span(cut.forecast.low, cut.forecast.high, unit),
            Amount(cut.came, unit), Words("kpi.held_yes" if cut.held else "kpi.held_no"),
        ]
        for cut in cuts
    ]  # fmt: skip
    shown = [code for code in codes if width is None or width >= _ROOMY or code != "made"]
    right = ("range", "came")
    columns = [Column(Words(f"kpi.ahead_column_{code}"), "right" if code in right else "left") for code in shown]
    return Table(columns, [[cell for code, cell in zip(codes, row, strict=True) if code in shown] for row in rows])


def backtest_json(found: Tested) -> dict[str, Any]:
    """The same for a program; the keys are a promise. Shares are parts of 1, null where nothing could be tried."""
    test = found.test
    return {
        "metric": found.metric.id,
        "target": test.target.id or None,
        "level": test.level,
        "n": test.share.whole,
        "held": test.share.part,
        "periods": test.periods,
        "share": number(test.share.value),
        "low": test.share.low,
        "high": test.share.high,
        "enough": test.share.whole >= ENOUGH_CUTS,
        "cuts": [
            {
                "start": cut.start.isoformat(), "end": cut.end.isoformat(), "day": cut.day.isoformat(),
                "low": number(cut.forecast.low), "mid": number(cut.forecast.mid), "high": number(cut.forecast.high),
                "n": cut.forecast.days, "method": cut.forecast.method, "came": number(cut.came), "held": cut.held,
            }
            for cut in test.cuts
        ],
    }  # fmt: skip


def spreadsheet(found: Tested) -> Iterator[Block]:
    """Every cut with plain numbers, for --csv."""
    codes = ("start", "end", "day", "low", "high", "came", "held")
    rows: list[list[Cell]] = [
        [
            cut.start,
            cut.end,
            cut.day,
            round(cut.forecast.low),
            round(cut.forecast.high),
            _plain(cut.came),
            int(cut.held),
        ]
        for cut in found.test.cuts
    ]
    yield Table([Column(code) for code in codes], rows)


def _plain(value: Fraction) -> Cell:
    return int(value) if value.denominator == 1 else f"{float(value):.2f}"
