"""Where a target stands: the worked numbers, what other systems get wrong, and what holds for every ledger."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.kpi_ledgers import AT, FIRST, days, ledgers, numbered, sale
from toolkit.core.dates.periods import month, quarter, week_of
from toolkit.kpi.ledger import MemoryLedger
from toolkit.kpi.metrics import METRICS, adds_up, find_metrics, metric_of, metric_text, narrowed
from toolkit.kpi.model import Line, Measure, MetricDef, Revision, Target
from toolkit.kpi.progress import counted_until, evaluate, weighted_completion
from toolkit.kpi.workweek import OwnWeek, WorkWeeks

if TYPE_CHECKING:
    from toolkit.kpi.ledger import Ledger
    from toolkit.kpi.progress import Progress

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
AS_OF = date(2026, 11, 20)
FIVE, SIX, SEVEN = (WorkWeeks([OwnWeek(week)]) for week in ("5", "6", "7"))
OWN = (
    MetricDef("diem", "feedback", "avg", "number", label="điểm"),
    MetricDef("khieu_nai", "manual", "sum", "count", label="khiếu nại", direction="down"),
    MetricDef("ton_kho", "manual", "latest", "number", label="tồn kho"),
    MetricDef("bao_hiem", "line", "sum", "count", label="bảo hiểm", kind="sale", filter={"product": "bao-hiem"}),
)


def target(
    metric: str = "revenue", amount: object = 120_000_000, period: tuple[date, date] = NOVEMBER, **more: Any
) -> Target:
    return Target(1, metric, *period, Fraction(str(amount)), **more)


def stand(ledger: Ledger, as_of: date = AS_OF, calendar: WorkWeeks = FIVE, **more: Any) -> Progress:
    return evaluate(target(**more), as_of, ledger, calendar)


def told(*values: object) -> tuple[object, ...]:
    return values


# --- the worked numbers ---


@pytest.mark.parametrize(
    ("calendar", "total", "gone", "expected", "required", "safe"),
    [
        (FIVE, 20, 15, Fraction(90_000_000), Fraction(10_800_000), -4),
        (SIX, 24, 17, Fraction(85_000_000), Fraction(54_000_000, 7), -4),
        (SEVEN, 29, 20, Fraction(2_400_000_000, 29), Fraction(6_000_000), -5),
    ],
    ids=["five days", "six days", "every day"],
)
def test_november_as_three_people_work_it(
    calendar: WorkWeeks, total: int, gone: int, expected: Fraction, required: Fraction, safe: int
) -> None:
    """The Day of Culture, November 24, is off in every week."""
    now = stand(MemoryLedger(sales=[sale(date(2026, 11, 3), 66_000_000)]), calendar=calendar)
    assert told(now.total, now.elapsed, now.remaining) == (total, gone, total - gone)
    assert (now.expected, now.required, now.safe_days) == (expected, required, safe)
    assert now.gap == 66_000_000 - expected
    assert now.pace_index == 66_000_000 / expected
    assert now.run_rate == Fraction(66_000_000, gone)
    assert now.state == "running"


# --- what other systems get wrong ---


def test_a_week_has_seven_days_and_its_last_one_counts_once() -> None:
    """Odoo's weekly goals (gamification.challenge) end seven days after their Monday, and that day counts as well:
    eight days, and what is sold on a Monday counts in two weeks."""
    first, second = week_of(date(2026, 11, 18)), week_of(date(2026, 11, 25))
    assert (first.end - first.start).days == 7
    assert first.end == second.start == date(2026, 11, 23)
    ledger = MemoryLedger(sales=[sale(second.start, 5_000_000)])
    there = [
        stand(ledger, date(2026, 12, 31), period=(week.start, week.end), amount=5_000_000).actual
        for week in (first, second)
    ]
    assert there == [0, 5_000_000]


def test_where_lower_is_better_nothing_is_reached_on_the_first_morning() -> None:
    """Odoo's "lower" goals are reached as soon as the current value isn't above the target: on the first day, at 0."""
    ledger = MemoryLedger(own_metrics=OWN)
    on_the_first = stand(ledger, NOVEMBER[0], metric="khieu_nai", amount=3)
    assert on_the_first.actual == 0
    assert on_the_first.state == "settles_at_end"
    assert (on_the_first.pace_index, on_the_first.required, on_the_first.safe_days) == (None, None, None)
    for complaints, state in ((3, "ended_reached"), (4, "ended_short")):
        told = MemoryLedger(own_metrics=OWN, measures=[_measure("khieu_nai", date(2026, 11, 9), complaints)])
        assert stand(told, AS_OF, metric="khieu_nai", amount=3).state == "settles_at_end"
        assert stand(told, NOVEMBER[1], metric="khieu_nai", amount=3).state == state


def test_a_period_that_is_over_is_over_even_if_nothing_changed() -> None:
    """Odoo leaves a goal "in progress" for good when its value is the same as at the last look: the state is stored,
    and only written with a new value."""
    ledger = MemoryLedger()
    assert stand(ledger, date(2026, 11, 30)).state == "running"
    assert stand(ledger, date(2026, 12, 1)).state == "ended_short"
    assert stand(ledger, date(2027, 5, 1)).state == "ended_short"


def test_an_average_is_one_of_orders_and_not_of_averages() -> None:
    """Odoo's grouped lists average what was averaged (or summed) before: (0 % + 33 %) / 2 for two unlike orders."""
    ledger = MemoryLedger(
        sales=[sale(date(2026, 11, 2), 1_000_000 * n, n) for n in (1, 2, 3)] + [sale(date(2026, 11, 9), 30_000_000, 4)]
    )
    now = stand(ledger, metric="average_order", amount=10_000_000)
    assert now.actual == 9_000_000  # by days it would be (2 + 30) / 2
    assert told(now.expected, now.run_rate, now.required, now.forecast) == (10_000_000, None, None, None)
    assert now.pace_index == Fraction(9, 10)
    assert stand(ledger, metric="median_order", amount=10_000_000).actual == Fraction(2_500_000)


def test_a_period_without_a_sale_stands_the_whole_target_below() -> None:
    """ERPNext's target variance reports left the variance at 0 for periods without a voucher."""
    now = stand(MemoryLedger(), NOVEMBER[1])
    assert told(now.actual, now.gap, now.completion) == (0, -120_000_000, 0)
    assert now.state == "ended_short"


def test_a_shared_sale_counts_by_the_members_share_amount_and_quantity_alike() -> None:
    """ERPNext's sales person reports counted the whole quantity: 100 % of 5 and 50 % of 10 are 10, not 15."""
    ledger = MemoryLedger(
        sales=[
            sale(date(2026, 11, 2), 5_000_000, 1, lines=(Line("bao-hiem", Fraction(5)),)),
            sale(date(2026, 11, 3), 10_000_000, 2, share=5_000, lines=(Line("bao-hiem", Fraction(10)),)),
        ],
        own_metrics=OWN,
    )
    assert stand(ledger, metric="units", amount=20).actual == 10
    assert stand(ledger, metric="bao_hiem", amount=20).actual == 10
    assert stand(ledger, metric="revenue").actual == 10_000_000
    assert stand(ledger, metric="orders", amount=20).actual == 2


# --- what counts ---


@pytest.mark.parametrize(
    ("metric", "counts"),
    [("revenue", 4), ("refunds", 3), ("net_revenue", 1), ("ordered_revenue", 12), ("orders", 1), ("ordered_orders", 2)],
)
def test_open_cancelled_returned_and_unknown_orders_count_where_they_should(metric: str, counts: int) -> None:
    some = [
        sale(AS_OF, 4), sale(AS_OF, 8, status="open"), sale(AS_OF, 16, status="cancelled"),
        sale(AS_OF, 32, status="returned"), sale(AS_OF, 64, status="unknown"), sale(AS_OF, 3, kind="refund"),
        sale(AS_OF + timedelta(days=1), 128), sale(date(2026, 10, 31), 256), sale(date(2026, 12, 1), 512),
    ]  # fmt: skip
    assert stand(MemoryLedger(sales=numbered(some)), metric=metric).actual == counts


def test_sales_of_two_jobs_mix_only_where_a_target_names_both() -> None:
    ledger = MemoryLedger(sales=numbered([sale(AS_OF, 1, engagement="a"), sale(AS_OF, 2, engagement="b")]))
    assert [stand(ledger, engagements=of).actual for of in (("a",), ("b",), ("a", "b"))] == [1, 2, 3]


def test_a_walk_in_is_no_customer_and_a_name_with_two_phones_is_two() -> None:
    some = [
        sale(AS_OF, 1, customer_name="Khách lẻ"), sale(AS_OF, 1), sale(AS_OF, 1, customer=4, customer_name="Hoa"),
        sale(AS_OF, 1, customer=5, customer_name="Hoa"), sale(AS_OF, 1, customer=5, customer_name="Hoa"),
    ]  # fmt: skip
    assert stand(MemoryLedger(sales=numbered(some)), metric="customers", amount=9).actual == 2


def test_a_figure_without_a_value_is_none_and_never_zero() -> None:
    ledger = MemoryLedger(own_metrics=OWN)
    for metric in ("average_order", "median_order", "win_rate", "repeat_share", "diem", "ton_kho", "gone_long_ago"):
        now = stand(ledger, metric=metric, amount="0.5")
        assert (now.actual, now.completion, now.expected, now.gap, now.pace_index, now.forecast) == (None,) * 6


def test_no_day_to_work_on_no_day_gone_nothing_asked() -> None:
    ledger = MemoryLedger(sales=[sale(AS_OF, 5)])
    all_off = WorkWeeks(leave=[NOVEMBER[0] + timedelta(days=n) for n in range(30)])
    away = stand(ledger, calendar=all_off)
    assert told(away.total, away.run_rate, away.required, away.safe_days) == (0, None, None, None)
    before = stand(ledger, date(2026, 10, 31))
    assert told(before.state, before.actual, before.expected, before.pace_index) == ("coming", 0, 0, None)
    assert before.required == 6_000_000
    nothing = stand(ledger, amount=0)
    assert told(nothing.completion, nothing.pace_index, nothing.safe_days, nothing.required) == (None, None, None, 0)


def test_a_revision_bends_the_line_on_its_day_and_not_before() -> None:
    ledger = MemoryLedger(sales=[sale(date(2026, 11, 3), 66_000_000)])
    lower = (Revision(date(2026, 11, 16), Fraction(100_000_000)),)
    before = stand(ledger, date(2026, 11, 15), revisions=lower)
    assert told(before.goal, before.expected) == (120_000_000, 60_000_000)
    now = stand(ledger, revisions=lower)
    assert told(now.goal, now.expected) == (100_000_000, 80_000_000)  # 60tr on day 10, then 40tr over 10 days
    assert now.required == Fraction(34_000_000, 5)


def test_what_fills_at_the_end_or_over_all_days_has_no_working_pace() -> None:
    ledger = MemoryLedger(sales=[sale(date(2026, 11, 3), 60_000_000)])
    at_end = stand(ledger, shape="end")
    assert (at_end.line, at_end.expected, at_end.pace_index) == (None, None, None)
    assert at_end.required == 12_000_000
    every_day = stand(ledger, shape="calendar_days")
    assert told(every_day.total, every_day.elapsed, every_day.expected) == (30, 20, 80_000_000)


def test_weights_count_and_nothing_counts_beyond_the_whole() -> None:
    ledger = MemoryLedger(sales=[sale(AS_OF, 60_000_000)])
    half = stand(ledger, weight=Fraction(3))
    beyond = stand(ledger, metric="orders", amount="0.5", weight=Fraction(1))
    empty = stand(ledger, metric="repeat_share", amount="0.3", weight=Fraction(50))
    assert weighted_completion([half, beyond, empty]) == Fraction(3 * 50 + 100, 400)
    assert weighted_completion([empty]) is None


# --- what holds for every ledger ---


targets = st.builds(
    Target, id=st.just(1), metric=st.sampled_from([*METRICS, *(metric.id for metric in OWN), "no_such"]),
    start=days, end=st.just(FIRST), amount=st.fractions(0, 10**9, max_denominator=4),
    engagements=st.sampled_from([(), ("own",), ("own", "shop"), ("nowhere",)]),
    shape=st.sampled_from(["working_days", "calendar_days", "end"]),
    revisions=st.lists(
        st.builds(Revision, day=days, amount=st.fractions(0, 10**9, max_denominator=2)), max_size=3,
        unique_by=lambda revision: revision.day,
    ).map(tuple),
)  # fmt: skip
calendars = st.builds(
    WorkWeeks, st.sampled_from(["5", "5.5", "6", "7"]).map(lambda week: [OwnWeek(week)]),  # type: ignore[arg-type]
    leave=st.frozensets(days, max_size=20), extra=st.frozensets(days, max_size=3),
)  # fmt: skip


@settings(max_examples=150)
@given(ledger=ledgers(OWN), aim=targets, length=st.integers(1, 100), as_of=days, calendar=calendars)
def test_there_is_an_answer_for_every_ledger(
    ledger: MemoryLedger, aim: Target, length: int, as_of: date, calendar: WorkWeeks
) -> None:
    aim = Target(**{**vars(aim), "end": aim.start + timedelta(days=length)})
    now = evaluate(aim, as_of, ledger, calendar)
    assert now.total == now.elapsed + now.remaining
    assert 0 <= now.elapsed <= now.total
    if now.gap is not None:
        assert now.actual is not None
        assert now.expected is not None
        assert now.gap == now.actual - now.expected
    if now.forecast is not None:
        assert now.forecast.low <= now.forecast.high
        assert adds_up(now.metric)
    if as_of >= aim.end and not aim.dropped:
        assert now.state in ("ended_reached", "ended_short")


@pytest.mark.parametrize("as_of", [date.min, date(2026, 11, 20), date.max])
@pytest.mark.parametrize(
    "period", [(date.min, date(1, 1, 2)), (date(9999, 12, 30), date.max), (date(2020, 1, 1), date(2031, 1, 1))]
)
def test_days_at_the_ends_of_the_calendar_have_an_answer(period: tuple[date, date], as_of: date) -> None:
    ledger = MemoryLedger(sales=numbered([sale(date.min, 1), sale(date(2026, 11, 3), 2), sale(date(9999, 12, 30), 4)]))
    now = stand(ledger, as_of, period=period)
    assert now.state in ("coming", "running", "ended_short")


def test_a_period_that_is_over_is_not_forecast() -> None:
    ledger = MemoryLedger(sales=[sale(date(2026, 11, n), 1_000_000, n) for n in range(2, 29)])
    assert stand(ledger, date(2026, 11, 30)).forecast is not None
    assert stand(ledger, date(2026, 12, 1)).forecast is None


@given(ledger=ledgers(OWN), aim=targets, as_of=days, seed=st.integers(0, 99))
def test_the_order_in_which_things_were_written_down_does_not_matter(
    ledger: MemoryLedger, aim: Target, as_of: date, seed: int
) -> None:
    aim = Target(**{**vars(aim), "end": aim.start + timedelta(days=30)})
    mixed = {
        name: random.Random(seed).sample(things, len(things))
        for name, things in vars(ledger).items()
        if name not in ("products", "own_metrics")
    }
    other = MemoryLedger(**mixed, products=ledger.products, own_metrics=ledger.own_metrics)
    assert evaluate(aim, as_of, other, FIVE) == evaluate(aim, as_of, ledger, FIVE)


@given(ledger=ledgers(OWN), which=st.sampled_from([*METRICS.values(), *OWN]))
def test_months_tile_their_quarter(ledger: MemoryLedger, which: MetricDef) -> None:
    """Nothing is counted twice and nothing falls between; customers, who count once a period, aside."""
    whole = quarter(2026, 4)
    parts = [month(2026, number) for number in (10, 11, 12)]
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    assert all(one.end == other.start for one, other in pairwise(parts))
    if adds_up(which) and which.aggregate != "distinct":
        sums = [ledger.figure(which, (), part.start, part.end) for part in parts]
        assert sum(one for one in sums if one is not None) == ledger.figure(which, (), whole.start, whole.end)


@given(ledger=ledgers(), as_of=days, later=days)
def test_what_is_sold_later_does_not_change_what_stood_before(ledger: MemoryLedger, as_of: date, later: date) -> None:
    aim = target(period=(FIRST, FIRST + timedelta(days=60)))
    after = max(as_of, later) + timedelta(days=1)
    more = MemoryLedger(sales=(*ledger.sales, sale(after, 7_000_000, 999)))
    same = MemoryLedger(sales=ledger.sales)
    assert evaluate(aim, as_of, more, FIVE) == evaluate(aim, as_of, same, FIVE)
    assert counted_until(aim, as_of) <= aim.end


# --- metrics as they are kept and named ---


@pytest.mark.parametrize("metric", [*METRICS.values(), *OWN], ids=lambda metric: metric.id)
def test_a_metric_is_kept_and_read_back(metric: MetricDef) -> None:
    assert metric_of(metric.id, metric_text(metric)) == metric


@pytest.mark.parametrize("text", ["[]", "{}", '{"object": "moon"}', "null", '"sale"', "{"])
def test_what_is_no_metric_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own is one, too
        metric_of("x", text)


def test_a_metric_of_one_product_counts_its_lines() -> None:
    one = narrowed(METRICS["revenue"], {"product": "bao-hiem"})
    assert (one.object, one.filter, one.id) == ("line", {"product": "bao-hiem"}, "revenue.product=bao-hiem")
    assert narrowed(METRICS["revenue"], {}) is METRICS["revenue"]
    assert narrowed(METRICS["orders"], {"product": "x"}).object == "sale"
    down = narrowed(METRICS["orders"], {}, "down")
    assert (down.direction, down.id) == ("down", "orders.down")


def test_a_metric_is_found_by_any_of_its_names() -> None:
    names = {"revenue": ("Doanh số", "Revenue"), "orders": ("Số đơn",)}
    assert find_metrics("doanh so", METRICS, names) == ["revenue"]
    assert find_metrics("SỐ ĐƠN", METRICS, names) == ["orders"]
    assert find_metrics("average order", METRICS, names) == ["average_order"]
    assert find_metrics("gì đó", METRICS, names) == []


def _measure(metric: str, day: date, value: object) -> Measure:
    return Measure(1, metric, day, Fraction(str(value)), 1, AT)
