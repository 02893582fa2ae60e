"""The evidence about a target: what the book knows, put before `quota.evidence_of` and the forecast's own past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.outcome import Outcome
from toolkit.kpi.backtest import backtest
from toolkit.kpi.book.figures import SqlLedger
from toolkit.kpi.course import course_of
from toolkit.kpi.progress import counted_until, evaluate
from toolkit.kpi.quota import evidence_of
from toolkit.kpi.service.foreseeing import chosen_target
from toolkit.kpi.service.standing import counting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from toolkit.kpi.backtest import Backtest
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.course import Course
    from toolkit.kpi.model import Engagement, Target
    from toolkit.kpi.quota import Evidence


@dataclass(frozen=True)
class Argued:
    """A target's evidence, its course, how forecasts of its kind did before, and how many orders of its period have a
    status that isn't known. No customer is named in any of it."""

    evidence: Evidence
    course: Course
    test: Backtest
    unclear: int
    engagements: Mapping[str, Engagement]


def argue(book: KpiBook, number: int | None, as_of: date) -> Outcome[Argued]:
    """The evidence about a target at the end of the day `as_of`. ConflictError as `chosen_target`."""
    target = chosen_target(book, number, as_of)
    ledger, calendar, of = SqlLedger(book.read()), book.calendar(), counting(book, target)
    found = evaluate(target, as_of, ledger, calendar, engagements=of)
    return Outcome(
        Argued(
            evidence_of(found, ledger, calendar, engagements=of),
            course_of(found, ledger, calendar, engagements=of),
            backtest(target, as_of, ledger, calendar, engagements=of),
            _unclear(book, target, as_of, of),
            book.engagements(),
        )
    )


def _unclear(book: KpiBook, target: Target, as_of: date, of: Collection[str]) -> int:
    sales = book.sales(target.start, counted_until(target, as_of), engagements=tuple(of), statuses=["unknown"])
    return sum(1 for _ in sales)
