"""Looking ahead and back: the course of a target, its forecast, the trend of months, how forecasts did before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome
from toolkit.kpi.backtest import backtest
from toolkit.kpi.book.figures import SqlLedger
from toolkit.kpi.course import course_of
from toolkit.kpi.model import Target
from toolkit.kpi.months import months_of
from toolkit.kpi.progress import LEVEL, days_to_come, evaluate, project
from toolkit.kpi.service.drafts import find_engagement, find_metric
from toolkit.kpi.service.standing import counting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from toolkit.kpi.backtest import Backtest
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.course import Course
    from toolkit.kpi.forecast import Forecast
    from toolkit.kpi.model import MetricDef
    from toolkit.kpi.months import Months
    from toolkit.kpi.progress import Progress

USUAL_METRIC: Final = "revenue"
_MOST_NAMED: Final = 8

Names: TypeAlias = "Mapping[str, Sequence[str]]"


@dataclass(frozen=True)
class Wishes:
    """What is to be supposed: so many days of rest, so much more on each day that is left."""

    rest: int = 0
    per_day: Fraction = Fraction(0)

    def __bool__(self) -> bool:
        return bool(self.rest or self.per_day)


@dataclass(frozen=True)
class Foretold:
    """How a period may end. `to_come` whole days are left; `supposed` is how it may end as was wished (`days` left
    then), None where nothing was."""

    progress: Progress
    forecast: Forecast | None
    level: float
    to_come: Fraction
    wishes: Wishes
    days: Fraction
    supposed: Forecast | None


@dataclass(frozen=True)
class Trended:
    """The months of a metric. `target` is the one that was asked about, None for a metric."""

    months: Months
    target: Target | None
    as_of: date


@dataclass(frozen=True)
class Tested:
    """How forecasts of a metric did. `target` has number 0 where a metric's months were asked about."""

    test: Backtest
    metric: MetricDef


def chart(book: KpiBook, number: int | None, as_of: date, *, level: float = LEVEL) -> Outcome[Course]:
    """A target's course. ConflictError("kpi.target_unknown"), or one of `chosen_target`."""
    target = chosen_target(book, number, as_of)
    ledger, calendar, of = SqlLedger(book.read()), book.calendar(), counting(book, target)
    found = evaluate(target, as_of, ledger, calendar, engagements=of)
    return Outcome(course_of(found, ledger, calendar, engagements=of, level=level))


def foretell(
    book: KpiBook, number: int | None, as_of: date, *, level: float = LEVEL, wishes: Wishes | None = None
) -> Outcome[Foretold]:
    """How a target's period may end, and how if something is supposed."""
    target = chosen_target(book, number, as_of)
    calendar, wished = book.calendar(), wishes or Wishes()
    ledger = SqlLedger(book.read())
    found = evaluate(target, as_of, ledger, calendar, engagements=counting(book, target))
    to_come = days_to_come(found, calendar)
    days = max(to_come - wished.rest, Fraction(0))
    supposed = None
    if wished and found.actual is not None:
        more = replace(found, actual=found.actual + wished.per_day * days)
        supposed = project(more, days, level=level)
    return Outcome(Foretold(found, project(found, to_come, level=level), level, to_come, wished, days, supposed))


def look_back(
    book: KpiBook, asked: str, as_of: date, *, names: Names, most: int, engagement: str = ""
) -> Outcome[Trended]:
    """The months of a metric or of a target's metric; of the usual one where nothing is asked."""
    ledger = SqlLedger(book.read())
    target = book.target(int(asked)) if _is_number(asked) else None
    metric = find_metric(target.metric if target else asked or _usual(book, as_of), ledger.metrics, names)
    of = _counting(book, target, metric, as_of, engagement)
    months = months_of(metric, of, ledger, book.calendar(), as_of=as_of, most=most)
    return Outcome(Trended(months, target, as_of))


def hold_against(
    book: KpiBook, asked: str, as_of: date, *, names: Names, most: int, level: float = LEVEL, engagement: str = ""
) -> Outcome[Tested]:
    """Forecasts of periods that are over, for a target, or for the months of a metric."""
    ledger = SqlLedger(book.read())
    if _is_number(asked) or not asked:
        target = chosen_target(book, int(asked) if asked else None, as_of)
    else:
        month = as_of.replace(day=1)
        target = Target(0, find_metric(asked, ledger.metrics, names).id, month, _month_after(month), Fraction(0))
    metric = find_metric(target.metric, ledger.metrics, names)
    of = _counting(book, target if target.id else None, metric, as_of, engagement)
    found = backtest(target, as_of, ledger, book.calendar(), engagements=of, level=level, most=most)
    return Outcome(Tested(found, metric))


def chosen_target(book: KpiBook, number: int | None, as_of: date) -> Target:
    """The target that is meant; without a number the one that runs. ConflictError where none does, or several."""
    if number is not None:
        return book.target(number)
    every = book.targets()
    running = [target for target in every if target.start <= as_of < target.end]
    if len(running) == 1 or len(every) == 1:
        return (running or every)[0]
    if not every:
        raise ConflictError("kpi.no_target_yet")
    known = ", ".join(str(target.id) for target in (running or every)[:_MOST_NAMED])
    raise ConflictError("kpi.which_target", numbers=known, id=(running or every)[0].id)


def _usual(book: KpiBook, as_of: date) -> str:
    """The metric of the one target that runs, else what was sold."""
    metrics = {target.metric for target in book.targets() if target.start <= as_of < target.end}
    return metrics.pop() if len(metrics) == 1 else USUAL_METRIC


def _counting(book: KpiBook, target: Target | None, metric: MetricDef, as_of: date, engagement: str) -> tuple[str, ...]:
    if engagement:
        return (find_engagement(book, engagement),)
    return counting(book, target or Target(0, metric.id, as_of, as_of, Fraction(0)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _month_after(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
