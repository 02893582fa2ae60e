"""The course of a target: days that add up, a line that is flat over holidays, a range that opens, earlier periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.kpi_ledgers import sale
from builders.kpi_ledgers import sales as ledger_sales
from toolkit.kpi.backtest import backtest
from toolkit.kpi.course import Course, course_of, periods_before
from toolkit.kpi.ledger import MemoryLedger
from toolkit.kpi.model import Sale, Target
from toolkit.kpi.months import months_of
from toolkit.kpi.progress import days_to_come, evaluate, project
from toolkit.kpi.workweek import OwnWeek, WorkWeeks

DAY = timedelta(days=1)
TARGET = Target(1, "revenue", date(2026, 11, 1), date(2026, 12, 1), Fraction(120_000_000))
FIVE = WorkWeeks()


def every_working_day(first: date, last: date, amount: int = 3_000_000, calendar: WorkWeeks = FIVE) -> MemoryLedger:
    """The same amount for each whole working day."""
    return MemoryLedger(
        sales=tuple(
            sale(day, int(amount * weight), number)
            for number, (day, weight) in enumerate(calendar.days(first, last + DAY), 1)
            if weight
        )
    )


def course(ledger: MemoryLedger, as_of: date, target: Target = TARGET, calendar: WorkWeeks = FIVE) -> Course:
    return course_of(evaluate(target, as_of, ledger, calendar), ledger, calendar)


def test_a_course_has_every_day_of_the_period_and_ends_where_status_stands() -> None:
    found = course(every_working_day(date(2026, 8, 3), date(2026, 11, 20)), date(2026, 11, 20))
    assert [day.date for day in found.days] == [date(2026, 11, n) for n in range(1, 31)]
    assert found.days[19].actual == found.progress.actual == 45_000_000
    assert found.days[19].expected == found.progress.expected
    assert [day.actual for day in found.days[20:]] == [None] * 10
    assert found.days[-1].expected == 120_000_000


def test_the_pace_line_is_flat_over_holidays_and_leave() -> None:
    tet = Target(1, "revenue", date(2026, 2, 1), date(2026, 3, 1), Fraction(60_000_000))
    calendar = WorkWeeks(leave=[date(2026, 2, 25)])
    days = course(MemoryLedger(), date(2026, 2, 28), tet, calendar).days
    flat = {after.date for before, after in pairwise(days) if before.expected == after.expected}
    assert {date(2026, 2, 16) + n * DAY for n in range(5)} <= flat  # Tết 2026: 16–20 February
    assert date(2026, 2, 25) in flat
    assert date(2026, 2, 26) not in flat


def test_the_range_opens_from_what_stands_and_ends_at_the_forecast() -> None:
    ledger = MemoryLedger(
        sales=tuple(sale(date(2026, 9, 1) + n * DAY, 1_000_000 * (1 + n % 4), n + 1) for n in range(81))
    )
    found = course(ledger, date(2026, 11, 20))
    today = found.days[19]
    assert today.low == today.mid == today.high == float(found.progress.actual or 0)
    assert found.progress.forecast is not None
    last = found.days[-1]
    assert (last.low, last.mid, last.high) == pytest.approx(
        (found.progress.forecast.low, found.progress.forecast.mid, found.progress.forecast.high)
    )
    fan = [day for day in found.days if day.low is not None and day.high is not None]
    assert [day.date for day in fan] == [date(2026, 11, n) for n in range(20, 31)]
    widths = [(day.high or 0) - (day.low or 0) for day in fan]
    assert widths == sorted(widths)
    weekend = [day for day in fan if not day.working]
    assert all(found.days[day.date.day - 2].high == day.high for day in weekend)  # nothing comes in on days off


def test_earlier_periods_stand_beside_the_same_share_of_their_own_working_days() -> None:
    found = course(every_working_day(date(2026, 8, 3), date(2026, 11, 20)), date(2026, 11, 20))
    assert [(one.start, one.end) for one in found.earlier] == [
        (date(2026, 10, 1), date(2026, 11, 1)), (date(2026, 9, 1), date(2026, 10, 1)),
        (date(2026, 8, 1), date(2026, 9, 1)),
    ]  # fmt: skip
    october = found.earlier[0]
    assert october.total == 66_000_000
    assert october.values[-1] == october.total
    assert october.values[19] == 16 * 3_000_000  # 15 of 20 days gone here, ⌊16.5⌋ of 22 there


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        (date(2026, 3, 1), date(2026, 4, 1), (date(2026, 2, 1), date(2026, 3, 1))),
        (date(2026, 1, 1), date(2026, 4, 1), (date(2025, 10, 1), date(2026, 1, 1))),
        (date(2026, 1, 1), date(2027, 1, 1), (date(2025, 1, 1), date(2026, 1, 1))),
        (date(2026, 11, 16), date(2026, 11, 23), (date(2026, 11, 9), date(2026, 11, 16))),
    ],
)
def test_before_a_month_lies_a_month_and_before_a_week_a_week_of_seven_days(
    start: date, end: date, before: tuple[date, date]
) -> None:
    assert next(periods_before(start, end, 1)) == before


@given(
    start=st.dates(date(1, 1, 1), date(9998, 1, 1)), days=st.integers(1, 800), most=st.integers(0, 30),
)  # fmt: skip
def test_periods_before_tile_without_gap_or_overlap(start: date, days: int, most: int) -> None:
    end = start + days * DAY if start < date.max - days * DAY else date.max
    found = list(periods_before(start, end, most))
    assert len(found) <= most
    for (later, _), (earlier, before) in pairwise([(start, end), *found]):
        assert before == later
        assert earlier < before


WEEKS = st.sampled_from(["5", "5.5", "6", "7"])
LEAVE = st.lists(st.integers(0, 600).map(lambda n: date(2025, 6, 1) + n * DAY), max_size=25)


@settings(max_examples=25)
@given(week=WEEKS, leave=LEAVE, begin=st.integers(0, 250), amount=st.integers(2, 10_000_000).map(lambda n: n * 2))
def test_the_same_on_every_working_day_is_no_trend_and_no_wave_whatever_the_calendar(
    week: str, leave: list[date], begin: int, amount: int
) -> None:
    """Tết, short months, half Saturdays and own leave make no wave of their own."""
    calendar = WorkWeeks([OwnWeek(week)], leave=leave)  # type: ignore[arg-type]
    ledger = every_working_day(date(2025, 6, 2) + begin * DAY, date(2026, 11, 20), amount, calendar)
    found = months_of(ledger.metrics["revenue"], (), ledger, calendar, as_of=date(2026, 11, 20), most=24)
    values = {month.value for month in found.whole if month.value is not None}
    assert values <= {Fraction(amount)}
    if found.trend is not None:
        assert found.trend.slope == 0
        assert found.trend.wobble == 0
        assert found.trend.verdict in (None, "steady")
        assert found.trend.test.p == 1


def test_the_running_month_stands_apart_until_its_last_day_is_over() -> None:
    ledger = every_working_day(date(2026, 6, 1), date(2026, 11, 30))
    metric = ledger.metrics["revenue"]
    found = months_of(metric, (), ledger, FIVE, as_of=date(2026, 11, 20))
    assert found.whole[-1].start == date(2026, 10, 1)
    assert found.running is not None
    assert found.running.figure == 45_000_000
    assert found.running.working == 15
    assert found.running.value == 3_000_000
    over = months_of(metric, (), ledger, FIVE, as_of=date(2026, 11, 30))
    assert over.running is None
    assert over.whole[-1].start == date(2026, 11, 1)


def test_a_first_month_that_is_known_from_its_middle_only_makes_no_trend() -> None:
    ledger = every_working_day(date(2026, 6, 15), date(2026, 11, 20))
    found = months_of(ledger.metrics["revenue"], (), ledger, FIVE, as_of=date(2026, 11, 20))
    assert found.whole[0].start == date(2026, 7, 1)
    assert found.trend is not None
    assert found.trend.verdict is None  # four months


def test_a_busy_december_is_a_season_once_two_years_are_known_and_not_before() -> None:
    days = [
        (day, weight) for day, weight in FIVE.days(date(2024, 9, 2), date(2026, 11, 1)) if weight
    ]  # fmt: skip
    sales = tuple(sale(day, 4_500_000 if day.month == 12 else 3_000_000, n) for n, (day, _) in enumerate(days, 1))
    ledger = MemoryLedger(sales=sales)
    metric = ledger.metrics["revenue"]
    found = months_of(metric, (), ledger, FIVE, as_of=date(2026, 11, 1), most=26)
    assert [(season.month, season.years) for season in found.seasons] == [(12, 2)]
    assert found.seasons[0].index == pytest.approx(1.5)
    assert months_of(metric, (), ledger, FIVE, as_of=date(2026, 11, 1), most=23).seasons == ()


def test_a_backtest_uses_nothing_that_was_not_known_on_its_day() -> None:
    """What is sold after a cut's day changes what came, never the forecast."""
    ledger = every_working_day(date(2026, 5, 4), date(2026, 10, 30))
    later = replace(ledger, sales=(*ledger.sales, sale(date(2026, 10, 30), 500_000_000, 9_999)))
    plain, changed = (backtest(TARGET, date(2026, 11, 20), one, FIVE, engagements=()) for one in (ledger, later))
    assert [cut.forecast for cut in plain.cuts] == [cut.forecast for cut in changed.cuts]
    assert plain.cuts[0].came + 500_000_000 == changed.cuts[0].came
    assert plain.share.part > changed.share.part


def test_a_backtest_leaves_out_the_running_period_and_counts_three_cuts_a_period() -> None:
    ledger = every_working_day(date(2026, 5, 4), date(2026, 11, 20))
    found = backtest(TARGET, date(2026, 11, 20), ledger, FIVE, engagements=())
    assert {cut.end for cut in found.cuts} == {date(2026, n, 1) for n in range(6, 12)}
    assert (found.periods, found.share.whole) == (6, 18)
    assert all(cut.start <= cut.day < cut.end for cut in found.cuts)
    assert found.share.part == 18  # the same every day
    assert found.share.low is not None
    assert found.share.low < 1  # and even so not certain


def test_what_does_not_add_up_has_a_course_of_its_value_and_no_range() -> None:
    target = replace(TARGET, metric="average_order", amount=Fraction(2_000_000))
    ledger = MemoryLedger(sales=(sale(date(2026, 11, 3), 1_000_000, 1), sale(date(2026, 11, 5), 4_000_000, 2)))
    found = course(ledger, date(2026, 11, 20), target)
    assert [found.days[n].actual for n in (0, 2, 4, 19)] == [None, 1_000_000, 2_500_000, 2_500_000]
    assert {day.expected for day in found.days} == {2_000_000}
    assert {day.low for day in found.days} == {None}
    assert found.earlier == ()


def test_a_target_that_is_coming_is_forecast_from_days_that_were_lived_only() -> None:
    ledger = every_working_day(date(2026, 8, 3), date(2026, 10, 20))
    found = evaluate(TARGET, date(2026, 10, 20), ledger, FIVE)
    assert set(found.daily) == {3_000_000}
    assert found.forecast is not None
    assert found.forecast.mid == pytest.approx(60_000_000)


def test_rest_and_more_a_day_are_supposed_on_the_same_own_days() -> None:
    ledger = MemoryLedger(
        sales=tuple(sale(date(2026, 9, 1) + n * DAY, 1_000_000 * (1 + n % 4), n + 1) for n in range(81))
    )
    found = evaluate(TARGET, date(2026, 11, 20), ledger, FIVE)
    left = days_to_come(found, FIVE)
    assert left == 5
    usual, rested = project(found, left), project(found, left - 3)
    assert usual is not None
    assert rested is not None
    assert rested.mid < usual.mid
    assert rested.high - rested.low < usual.high - usual.low
    nothing_left = project(found, Fraction(0))
    assert nothing_left is not None
    assert nothing_left.low == nothing_left.high == float(found.actual or 0)


@settings(max_examples=60)
@given(
    st.lists(ledger_sales(), max_size=25),
    st.sampled_from(["average_order", "repeat_share", "referral_share", "median_order"]),
)
def test_the_value_of_each_day_is_the_figure_up_to_it(sales: list[Sale], metric: str) -> None:
    ledger = MemoryLedger(sales=tuple(replace(one, id=n) for n, one in enumerate(sales, 1)))
    target = replace(TARGET, metric=metric, amount=Fraction(1))
    for day in course(ledger, date(2026, 11, 20), target).days[:20]:
        figure = ledger.figure(ledger.metrics[metric], (), TARGET.start, day.date + DAY)
        assert day.actual == figure


AMOUNTS = st.lists(
    st.tuples(st.integers(-500, 40), st.integers(0, 10**9), st.sampled_from(["sale", "sale", "refund"])), max_size=40
)


@settings(max_examples=60)
@given(
    AMOUNTS, st.sampled_from(["revenue", "net_revenue", "orders", "average_order", "win_rate", "refunds", "gone"]),
    st.integers(-60, 60), st.integers(1, 120), st.sampled_from(["working_days", "calendar_days", "end"]), WEEKS,
)  # fmt: skip
def test_every_ledger_and_target_has_a_course_and_a_backtest(
    amounts: list[tuple[int, int, str]], metric: str, when: int, days: int, shape: str, week: str
) -> None:
    ledger = MemoryLedger(
        sales=tuple(
            sale(TARGET.start + away * DAY, amount, n, kind=kind) for n, (away, amount, kind) in enumerate(amounts, 1)
        )
    )
    calendar = WorkWeeks([OwnWeek(week)])  # type: ignore[arg-type]
    target = replace(TARGET, metric=metric, end=TARGET.start + days * DAY, shape=shape)  # type: ignore[arg-type]
    as_of = TARGET.start + when * DAY
    found = course(ledger, as_of, target, calendar)
    assert len(found.days) == days
    for day in found.days:
        assert (day.low is None) == (day.high is None)
        if day.low is not None and day.mid is not None and day.high is not None:
            assert day.low <= day.mid + 1e-6 * abs(day.mid)
            assert day.mid <= day.high + 1e-6 * abs(day.high)
    backtest(target, as_of, ledger, calendar, engagements=(), most=3)
