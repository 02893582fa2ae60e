"""How often the forecast's range held a member's own past: the same forecast, made on days long gone.

For periods that are over the target's figure is known. On several days of each the forecast is made again from what
was known then, and the end is held against it. Days of one period say much of the same, so that the share comes with
the number of periods behind it, and its Wilson interval is that of the cuts (Wilson 1927).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.core.shares import Share, share
from toolkit.kpi.course import periods_before
from toolkit.kpi.metrics import adds_up
from toolkit.kpi.progress import LEVEL, days_to_come, each_day, evaluate, project

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from toolkit.kpi.forecast import Forecast
    from toolkit.kpi.ledger import Ledger
    from toolkit.kpi.model import Target
    from toolkit.kpi.progress import Calendar

CUTS: Final = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))
"""After these shares of a period's working days the forecast is made again."""
MOST_PERIODS: Final = 24
_WEEK: Final = timedelta(days=7)  # who began in a period's first week has nearly lived it


@dataclass(frozen=True)
class Cut:
    """A forecast that was made at the end of `day` for the period from `start` to before `end`, and what came."""

    start: date
    end: date
    day: date
    forecast: Forecast
    came: Fraction

    @property
    def held(self) -> bool:
        return self.forecast.low <= float(self.came) <= self.forecast.high


@dataclass(frozen=True)
class Backtest:
    """Every cut, newest period first, and the share of them that held, with its Wilson interval at 80 %."""

    target: Target
    level: float
    cuts: tuple[Cut, ...]
    periods: int
    share: Share


def backtest(
    target: Target, as_of: date, ledger: Ledger, calendar: Calendar, *, engagements: Collection[str],
    level: float = LEVEL, most: int = MOST_PERIODS,
) -> Backtest:  # fmt: skip
    """The forecasts of periods like the target's that were over by the end of `as_of`."""
    cuts = tuple(_cuts(target, as_of, ledger, calendar, engagements=engagements, level=level, most=most))
    held = sum(cut.held for cut in cuts)
    return Backtest(target, level, cuts, len({cut.start for cut in cuts}), share(held, len(cuts)))


def _cuts(
    target: Target, as_of: date, ledger: Ledger, calendar: Calendar, *, engagements: Collection[str], level: float,
    most: int,
) -> Iterator[Cut]:  # fmt: skip
    metric = ledger.metrics.get(target.metric)
    known = ledger.first_day(metric, engagements) if metric is not None else None
    if metric is None or known is None or not adds_up(metric):
        return
    whole = [(target.start, target.end), *periods_before(target.start, target.end, most)]
    for start, end in [(start, end) for start, end in whole if end <= as_of][:most]:
        if start + _WEEK <= known:
            return
        came = ledger.figure(metric, engagements, start, end)
        if came is None:
            continue
        past = replace(target, start=start, end=end, revisions=(), dropped=False)
        for day in _days_of(past, calendar):
            found = evaluate(past, day, ledger, calendar, engagements=engagements)
            forecast = found.forecast if level == LEVEL else project(found, days_to_come(found, calendar), level=level)
            if forecast is not None:
                yield Cut(start, end, day, forecast, came)


def _days_of(past: Target, calendar: Calendar) -> list[date]:
    """The working days after which a share of the period's working days is over, none of them its last."""
    days = [day for day, weight in each_day(past.shape, calendar, past.start, past.end) if weight]
    places = (int(len(days) * part) for part in CUTS)
    return [days[place - 1] for place in dict.fromkeys(places) if 0 < place < len(days)]
