"""The evidence about a quota: held against months and stretches that are counted here by hand or in another way."""

from __future__ import annotations

import statistics
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.kpi_ledgers import ledgers, sale
from builders.kpi_pasts import even_months, working_days
from toolkit.kpi.ledger import MemoryLedger
from toolkit.kpi.metrics import METRICS
from toolkit.kpi.model import Measure, MetricDef, Target
from toolkit.kpi.progress import evaluate
from toolkit.kpi.quota import Evidence, Past, evidence_of, quantile, rhythm_of, stretches
from toolkit.kpi.workweek import OwnWeek, WorkWeeks

AS_OF = date(2026, 11, 20)
FIVE = WorkWeeks()
REVENUE = METRICS["revenue"]
QUIET_YEAR = {(2026, month): 1_000_000 * month for month in range(1, 11)}  # 1m a day in January … 10m in October


def november(amount: int | Fraction, **fields: Any) -> Target:
    usual: dict[str, Any] = {"metric": "revenue", "start": date(2026, 11, 1), "end": date(2026, 12, 1)}
    return Target(1, amount=Fraction(amount), **usual | fields)


def evidence(target: Target, ledger: MemoryLedger, as_of: date = AS_OF, calendar: WorkWeeks = FIVE) -> Evidence:
    return evidence_of(evaluate(target, as_of, ledger, calendar), ledger, calendar)


def test_a_quota_is_held_against_the_middle_month_and_the_best_stretch_of_as_many_days() -> None:
    found = evidence(november(160_000_000), MemoryLedger(sales=list(even_months(QUIET_YEAR))))
    assert found.rhythm.working == 20  # 24 November 2026 is a day off
    assert found.asked == 8_000_000
    assert found.middle == Fraction(5_500_000)
    assert [month.value for month in found.months] == [1_000_000 * n for n in range(1, 11)]
    assert found.best is not None
    assert found.best.rate == 10_000_000
    assert found.best.working == 20
    assert found.best.start >= date(2026, 10, 1)
    assert found.overlapping
    assert found.asked_to_best == Fraction(4, 5)
    assert found.asked_to_middle == Fraction(16, 11)
    assert found.reaching == 3  # August, September, October
    assert found.verdict == "upper"
    # quartiles by hand: places 2.25 and 6.75 of 1 … 10
    assert found.quarters == (Fraction(3_250_000), Fraction(7_750_000))
    assert found.proposal == (Fraction(65_000_000), Fraction(155_000_000))


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [(110_000_000, "within"), (110_000_001, "upper"), (200_000_000, "upper"), (200_000_001, "beyond")],
)
def test_each_verdict_begins_where_it_says(amount: int, verdict: str) -> None:
    ledger = MemoryLedger(sales=list(even_months(QUIET_YEAR)))
    assert evidence(november(amount), ledger).verdict == verdict


def test_of_what_should_stay_low_less_is_more() -> None:
    back = [
        sale(one.ordered, one.amount, number, kind="refund")
        for number, one in enumerate(even_months(QUIET_YEAR), start=1)
    ]
    ledger = MemoryLedger(sales=back)
    found = evidence(november(160_000_000, metric="refunds"), ledger)
    assert found.verdict == "within"
    assert found.best is not None
    assert found.best.rate == 1_000_000
    assert found.reaching == 8  # January to August had that or less
    assert found.rest is None
    assert evidence(november(60_000_000, metric="refunds"), ledger).verdict == "upper"
    assert evidence(november(19_999_999, metric="refunds"), ledger).verdict == "beyond"


def test_two_months_say_nothing() -> None:
    past = {(2026, 9): 1_000_000, (2026, 10): 1_000_000}
    found = evidence(november(900_000_000), MemoryLedger(sales=list(even_months(past))))
    assert len(found.months) == 2
    assert (found.verdict, found.proposal, found.quarters) == ("unknown", None, None)
    assert evidence(november(1), MemoryLedger()).verdict == "unknown"


def test_a_quota_for_longer_than_the_past_is_held_against_the_best_month() -> None:
    target = november(10**10, start=date(2026, 1, 1), end=date(2027, 1, 1))
    found = evidence(target, MemoryLedger(sales=list(even_months({(2026, month): 5 for month in (5, 6, 7, 8, 9)}))))
    assert found.best is not None
    assert found.best.start.day == 1
    assert not found.overlapping
    assert found.verdict == "beyond"


def test_a_level_is_compared_as_it_is() -> None:
    own = MetricDef("score", "feedback", "avg", "number", label="Điểm")
    points = [
        Measure(n, "score", date(2026, month, 3), Fraction(score), 1, None)  # type: ignore[arg-type]
        for n, (month, score) in enumerate([(6, 70), (7, 80), (8, 90), (9, 85)], start=1)
    ]
    ledger = MemoryLedger(measures=points, own_metrics=[own])
    found = evidence(november(88, metric="score"), ledger)
    assert (found.asked, found.middle, found.verdict) == (Fraction(88), Fraction(165, 2), "upper")
    assert found.best is not None
    assert (found.best.start, found.best.end, found.best.rate) == (date(2026, 8, 1), date(2026, 9, 1), Fraction(90))
    assert found.proposal == (Fraction(155, 2), Fraction(345, 4))
    assert evidence(november(91, metric="score"), ledger).verdict == "beyond"


def test_the_direction_is_that_of_the_months_that_are_shown() -> None:
    """Grown for a year, level for a year: what stands in the table is level."""
    growing = {(2024, month): 1_000_000 * month for month in range(1, 13)}
    level = {(2025, month): 12_000_000 for month in range(11, 13)} | {
        (2026, month): 12_000_000 for month in range(1, 11)
    }
    between = {(2025, month): 12_000_000 for month in range(1, 11)}
    found = evidence(november(1), MemoryLedger(sales=list(even_months(growing | between | level))))
    assert len(found.months) == 12
    assert found.direction == "steady"
    assert evidence(november(1), MemoryLedger(sales=list(even_months(QUIET_YEAR)))).direction == "rising"


def test_customers_count_once_in_a_month_however_often_they_come() -> None:
    sales = [
        sale(day, 1, number, customer_name="Hoa")
        for number, day in enumerate(working_days(date(2026, 5, 1), date(2026, 11, 1)), start=1)
    ]
    found = evidence(november(20, metric="customers"), MemoryLedger(sales=sales))
    assert found.best is not None
    assert found.best.figure == 1
    assert found.verdict == "beyond"


def test_what_is_left_is_held_against_stretches_of_as_many_days() -> None:
    sales = [*even_months(QUIET_YEAR), sale(date(2026, 6, 15), 90_000_000, 999), sale(date(2026, 11, 2), 60_000_000)]
    found = evidence(november(160_000_000), MemoryLedger(sales=sales))
    assert found.rest is not None
    assert found.rest.days == 5
    assert found.rest.amount == 100_000_000
    assert found.rest.rate == 20_000_000
    assert found.rest.best is not None
    assert found.rest.best.figure == 90_000_000 + 5 * 6_000_000
    assert found.rest_to_best == Fraction(100, 120)
    assert evidence(november(1), MemoryLedger(sales=sales)).rest is None
    assert evidence(november(160_000_000), MemoryLedger(sales=sales), date(2026, 12, 3)).rest is None


def test_the_same_days_of_earlier_years_are_told_while_they_are_known_whole() -> None:
    past = {(2024, 11): 3_000_000, (2025, 11): 4_000_000, **QUIET_YEAR}
    found = evidence(november(160_000_000), MemoryLedger(sales=list(even_months(past))))
    assert [one.start.year for one in found.same_time] == [2025, 2024]
    assert [one.rate for one in found.same_time] == [4_000_000, 3_000_000]
    leap = november(1, start=date(2024, 2, 29), end=date(2024, 3, 1))
    assert evidence(leap, MemoryLedger(sales=list(even_months(past))), date(2026, 11, 20)).same_time == ()


def test_days_lost_are_told_by_their_reason_and_sum_up() -> None:
    calendar = WorkWeeks(
        [OwnWeek("5.5")], leave=[date(2026, 2, 26), date(2026, 2, 28), date(2026, 2, 22)], extra=[date(2026, 2, 1)]
    )
    found = rhythm_of(calendar, date(2026, 2, 1), date(2026, 3, 1))
    assert (found.calendar_days, found.usual, found.extra) == (28, Fraction(22), Fraction(1))
    lost = dict(found.lost)
    # Tết 2026 is 17 February: 16–20 February are off; a Saturday of leave is half a day, a Sunday none
    assert lost["leave"] == Fraction(3, 2)
    assert lost["holiday"] == 5
    assert {day for day, _, why in found.holidays if why == "holiday"} == {date(2026, 2, n) for n in range(16, 21)}
    assert found.usual - sum(lost.values()) + found.extra == found.working


@given(st.lists(st.fractions(), min_size=1, max_size=30), st.integers(1, 3))
def test_quartiles_are_those_of_the_statistics_module(values: list[Fraction], quarter: int) -> None:
    found = quantile(values, Fraction(quarter, 4))
    if len(values) == 1:
        assert found == values[0]
    else:
        assert found == statistics.quantiles(values, n=4, method="inclusive")[quarter - 1]


@given(
    st.dictionaries(st.integers(0, 60).map(lambda n: date(2026, 2, 1) + timedelta(days=n)), st.integers(0, 50)),
    st.integers(1, 40).map(lambda halves: Fraction(halves, 2)),
)
def test_the_best_stretch_is_the_best_of_all_that_can_be_named(brought: dict[date, int], size: Fraction) -> None:
    """Against every pair of days: the shortest stretch that begins with a working day and has worked enough."""
    calendar, until = WorkWeeks([OwnWeek("5.5")]), date(2026, 4, 10)
    ledger = MemoryLedger(sales=[sale(day, amount, n) for n, (day, amount) in enumerate(brought.items(), start=1)])
    known = ledger.first_day(REVENUE, ())
    found = list(stretches(Past(ledger, calendar, REVENUE, (), known, until), size))
    if known is None:
        assert not found
        return
    days = [known + timedelta(days=n) for n in range((until - known).days + 1)]
    expected = []
    for place, day in enumerate(days):
        if not calendar.weight(day):
            continue
        for last in range(place, len(days)):
            worked = calendar.working_days(day, days[last] + timedelta(days=1))
            following = days[last] + timedelta(days=1)
            if worked >= size and (last + 1 == len(days) or calendar.weight(following)):
                total = Fraction(sum(amount for when, amount in brought.items() if day <= when < following))
                expected.append((day, following, total, worked))
                break
    assert [(one.start, one.end, one.figure, one.working) for one in found] == expected


@given(
    ledgers(),
    st.sampled_from(sorted(METRICS)),
    st.dates(date(2026, 9, 1), date(2027, 2, 1)),
    st.tuples(st.dates(date(2026, 9, 1), date(2027, 2, 1)), st.integers(1, 90)),
    st.integers(0, 10**9),
)
def test_there_is_evidence_about_every_target_of_every_ledger(
    ledger: MemoryLedger, metric: str, as_of: date, period: tuple[date, int], amount: int
) -> None:
    start, length = period
    target = Target(1, metric, start, start + timedelta(days=length), Fraction(amount))
    found = evidence(target, ledger, as_of)
    down = METRICS[metric].direction == "down"
    rhythm = found.rhythm
    assert rhythm.usual - sum((days for _, days in rhythm.lost), Fraction(0)) + rhythm.extra == rhythm.working
    if found.verdict != "unknown":
        assert found.asked is not None
        assert found.best is not None
        harder = found.asked < found.best.rate if down else found.asked > found.best.rate
        assert (found.verdict == "beyond") == harder
    if found.proposal is not None:
        assert found.proposal[0] <= found.proposal[1]
    assert 0 <= found.reaching <= len(found.months)
