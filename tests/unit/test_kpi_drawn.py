"""The course of a target as lines: whatever the ledger holds, every point is on the drawing, where its value is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.kpi_ledgers import ledgers, sale
from toolkit.kpi.course import course_of
from toolkit.kpi.ledger import MemoryLedger
from toolkit.kpi.metrics import METRICS
from toolkit.kpi.model import Target
from toolkit.kpi.progress import evaluate
from toolkit.kpi.views.drawn import lines_of
from toolkit.kpi.workweek import WorkWeeks
from toolkit.pages.lines import drawing
from toolkit.shell.messages import Messages

if TYPE_CHECKING:
    from toolkit.pages.lines import Lines

WORDS, FIVE = Messages("vi"), WorkWeeks()


def lines(ledger: MemoryLedger, target: Target, as_of: date) -> Lines:
    return lines_of(course_of(evaluate(target, as_of, ledger, FIVE), ledger, FIVE), WORDS, "x")


@settings(max_examples=60)
@given(
    ledgers(),
    st.sampled_from(sorted(METRICS)),
    st.dates(date(2026, 9, 1), date(2027, 1, 15)),
    st.tuples(st.dates(date(2026, 9, 1), date(2026, 12, 24)), st.integers(1, 70)),
    st.integers(0, 10**9),
)
def test_every_point_of_every_course_lies_on_the_drawing(
    ledger: MemoryLedger, metric: str, as_of: date, period: tuple[date, int], amount: int
) -> None:
    start, length = period
    made = lines(ledger, Target(1, metric, start, start + timedelta(days=length), Fraction(amount)), as_of)
    for curve in made.curves:
        places = [x for x, _ in curve.points]
        assert places == sorted(places)
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in curve.points)
    if made.band is not None:
        assert all(0 <= x <= 1 and 0 <= low <= high <= 1 for x, low, high in made.band.points)
    for numbers in re.findall(r'(?:points|x1|x2)="([^"]*)"', "".join(drawing(made))):
        assert all(isfinite(float(number)) for number in re.split("[ ,]", numbers))
    assert len({len(row) for row in made.rows} | {len(made.headings)}) == 1


def test_a_day_is_where_its_value_is() -> None:
    """Four days, two sales; the line stands still over Saturday and Sunday."""
    ledger = MemoryLedger(sales=[sale(date(2026, 11, 6), 30, 1), sale(date(2026, 11, 9), 10, 2)])
    made = lines(ledger, Target(1, "revenue", date(2026, 11, 6), date(2026, 11, 10), Fraction(100)), date(2026, 11, 9))
    actual = next(curve for curve in made.curves if curve.kind == "actual")
    assert actual.points == [(0, 0), (0.25, pytest.approx(0.3)), (0.5, 0.3), (0.75, 0.3), (1, pytest.approx(0.4))]
    pace = next(curve for curve in made.curves if curve.kind == "pace")
    assert [y for _, y in pace.points] == [0, 0.5, 0.5, 0.5, 1]
    assert made.now is None  # the last day is today: there is nothing ahead to part from


def test_what_goes_below_nothing_has_room() -> None:
    ledger = MemoryLedger(sales=[sale(date(2026, 11, 6), 50, 1, kind="refund"), sale(date(2026, 11, 9), 10, 2)])
    target = Target(1, "net_revenue", date(2026, 11, 6), date(2026, 11, 10), Fraction(50))
    actual = next(curve for curve in lines(ledger, target, date(2026, 11, 9)).curves if curve.kind == "actual")
    assert actual.points == [(0, 0.5), (0.25, 0), (0.5, 0), (0.75, 0), (1, pytest.approx(0.1))]
