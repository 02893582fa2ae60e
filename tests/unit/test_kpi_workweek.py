"""The member's working time: weeks that change, Tết, leave and extra days, exact over any stretch of days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.core.workdays import WEEKS, WorkCalendar
from toolkit.kpi.workweek import OwnWeek, WorkWeeks

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = timedelta(days=1)
days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
own_weeks = st.lists(
    st.builds(OwnWeek, st.sampled_from(("5", "5.5", "6", "7")), st.booleans(), st.none() | days), max_size=4,
    unique_by=lambda one: one.since,
)  # fmt: skip


@pytest.mark.parametrize(
    ("week", "total", "gone"),
    [("5", 20, 15), ("5.5", 22, 16), ("6", 24, 17), ("7", 29, 20)],
)  # fmt: skip
def test_november_2026_has_these_working_days_and_so_many_are_gone_on_the_20th(
    week: str, total: int, gone: int
) -> None:
    calendar = WorkWeeks([OwnWeek(week)])  # type: ignore[arg-type]
    assert calendar.working_days(date(2026, 11, 1), date(2026, 12, 1)) == total
    assert calendar.working_days(date(2026, 11, 1), date(2026, 11, 21)) == gone


def test_without_a_word_of_the_member_a_week_has_five_days() -> None:
    assert WorkWeeks().week_on(date(2026, 11, 20)) == OwnWeek("5", swaps=False, since=None)


def test_tet_of_2030_begins_on_the_2nd_of_february() -> None:
    off = [day for day, weight in WorkWeeks([OwnWeek("7")]).days(date(2030, 1, 25), date(2030, 2, 12)) if not weight]
    assert off == [date(2030, 2, 1) + n * DAY for n in range(5)]


@settings(max_examples=60)
@given(own_weeks, st.sets(days, max_size=4), st.sets(days, max_size=4), days, st.integers(0, 900))
def test_sums_lists_and_single_days_agree(
    weeks: Sequence[OwnWeek], leave: set[date], extra: set[date], start: date, length: int
) -> None:
    calendar = WorkWeeks(weeks, leave | {start}, extra)
    end = start + length * DAY
    listed = calendar.days(start, end)
    assert [day for day, _ in listed] == [start + n * DAY for n in range(length)]
    assert [weight for _, weight in listed] == [calendar.weight(day) for day, _ in listed]
    assert calendar.working_days(start, end) == sum((weight for _, weight in listed), Fraction(0))
    for day, weight in listed[:60]:
        assert (calendar.off_because(day) is not None) == (weight == 0)
        assert calendar.is_working(day) == (weight > 0)
        one = calendar.week_on(day)
        assert one.since is None or one.since <= day
        alone = WorkCalendar(WEEKS[one.week], frozenset(leave | {start}), frozenset(extra), one.swaps)
        assert weight == alone.weight(day)


@settings(max_examples=40)
@given(own_weeks, st.lists(days, min_size=3, max_size=3))
def test_stretches_that_meet_add_up(weeks: Sequence[OwnWeek], edges: list[date]) -> None:
    first, second, third = sorted(edges)
    calendar = WorkWeeks(weeks)
    parts = calendar.working_days(first, second) + calendar.working_days(second, third)
    assert parts == calendar.working_days(first, third)
    assert calendar.working_days(third, first) == 0 or first == third


def test_a_week_that_changes_bends_at_its_day() -> None:
    calendar = WorkWeeks([OwnWeek("5"), OwnWeek("7", since=date(2026, 11, 14))])
    assert [int(weight) for _, weight in calendar.days(date(2026, 11, 7), date(2026, 11, 16))] == [
        0, 0, 1, 1, 1, 1, 1, 1, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(date.min, date.max), (date(1, 1, 1), date(1, 2, 1)), (date.max, date.max)])
def test_days_far_from_today_are_reckoned_too(start: date, end: date) -> None:
    calendar = WorkWeeks([OwnWeek("6")], [date(3000, 1, 1)])
    total = calendar.working_days(start, end)
    assert 0 <= total <= (end - start).days
    assert calendar.weight(date(9999, 12, 31)) == 1
    assert calendar.holiday(date(9999, 1, 1)) == ""
    assert calendar.days(date(9999, 12, 30), date.max) == [(date(9999, 12, 30), Fraction(1))]
