"""Whatever is decided about targets, undoing it puts the tables back as they were, byte for byte."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.kpi_books import memory_book
from toolkit.core.dates import FixedClock
from toolkit.core.errors import ToolkitError
from toolkit.kpi.model import Target
from toolkit.kpi.service.measures import add_metric, drop_metric, own_metric, record_measure
from toolkit.kpi.service.targets import add_target, drop_target, metrics_of, revise_target

if TYPE_CHECKING:
    from toolkit.kpi.book import KpiBook

CLOCK = FixedClock(datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=7))))
KEPT = ("kpi_target", "kpi_revision", "kpi_metric", "kpi_measure")
FEEDBACK = own_metric("điểm", "feedback", None, None, {})

days = st.integers(0, 60).map(lambda n: date(2026, 10, 20) + timedelta(days=n))
amounts = st.fractions(0, 10**9, max_denominator=3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(["revenue", "orders", "diem"]), days, amounts),
        st.tuples(st.just("revise"), st.integers(1, 4), days, amounts),
        st.tuples(st.just("drop"), st.integers(1, 4), days, amounts),
        st.tuples(st.just("metric"), st.booleans(), days, amounts),
        st.tuples(st.just("record"), st.just(0), days, amounts),
    ),
    max_size=8,
)


def rows(book: KpiBook) -> list[Any]:
    return [book.read().execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in KEPT]


def decide(book: KpiBook, step: tuple[Any, ...]) -> int | None:
    """Take one step; the run it left, None where it changed nothing or was refused."""
    what, which, day, amount = step
    with suppress(ToolkitError):
        if what == "add":
            return add_target(book, CLOCK, Target(0, which, day, day + timedelta(days=20), amount)).data.run
        if what == "revise":
            return revise_target(book, CLOCK, which, amount, since=day).data.run
        if what == "drop":
            return drop_target(book, CLOCK, which).data.run
        if what == "metric":
            change = add_metric if which else drop_metric
            return change(book, CLOCK, FEEDBACK).data.run
        return record_measure(book, CLOCK, metrics_of(book).get("diem", FEEDBACK), Fraction(amount), day).data.run
    return None


@settings(max_examples=60)
@given(taken=steps)
def test_undoing_every_decision_leaves_nothing_of_it(taken: list[tuple[Any, ...]]) -> None:
    book = memory_book()
    before: list[tuple[list[Any], int | None]] = [(rows(book), None)]
    for step in taken:
        run = decide(book, step)
        if run is None:
            assert rows(book) == before[-1][0], step  # what changed nothing changed nothing
        else:
            before.append((rows(book), run))
    while len(before) > 1:
        book.undo(before.pop()[1], at=CLOCK.now())
        assert rows(book) == before[-1][0]
