"""Reports: whatever way a month is cut, its parts are the whole; nothing is converted, nothing counted twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random  # noqa: TC003 - hypothesis reads the annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.money_months import TODAY, entries, entry
from toolkit.core.dates.periods import Period, month, month_of, quarter, shifted, week_of, year_period
from toolkit.expenses.categories import LEAVES, Category
from toolkit.expenses.model import DEBTS, Entry, Kind
from toolkit.expenses.reports import GROUPINGS, IN_TIME, By, compared_with, make_report

NOVEMBER = month(2026, 11)
PERIODS = st.one_of(
    st.builds(month_of, st.dates(date(2025, 12, 1), date(2027, 1, 31))),
    st.builds(week_of, st.dates(date(2025, 12, 1), date(2027, 1, 31))),
    st.just(year_period(2026)),
    st.builds(
        lambda start, days: Period(start, start + timedelta(days=days)),
        st.dates(date(2026, 1, 1), date(2026, 12, 1)),
        st.integers(1, 400),
    ),
)


def inside(written: list[Entry], period: Period, kind: Kind, currency: str) -> list[Entry]:
    return [one for one in written if one.day in period and one.kind is kind and one.currency == currency]


@given(entries(), PERIODS, st.sampled_from(GROUPINGS))
def test_the_groups_of_any_grouping_sum_to_the_total(written: list[Entry], period: Period, by: By) -> None:
    made = make_report(written, period, by=by, today=TODAY)
    for sheet in made.sheets:
        expected = {kind: sum(one.amount for one in inside(written, period, kind, sheet.currency)) for kind in Kind}
        assert dict(sheet.totals.amounts) == expected
        if by == "kind":
            assert sum(group.amount for group in sheet.spent) == sum(expected.values())
            assert not sheet.earned
        else:
            assert sum(group.amount for group in sheet.spent) == expected[Kind.EXPENSE]
            assert sum(group.amount for group in sheet.earned) == expected[Kind.INCOME]
        assert sheet.totals.net == expected[Kind.INCOME] - expected[Kind.EXPENSE]


@given(entries(), PERIODS, st.sampled_from(GROUPINGS))
def test_every_entry_is_counted_once_and_only_in_its_currency(written: list[Entry], period: Period, by: By) -> None:
    made = make_report(written, period, by=by, today=TODAY)
    here = [one for one in written if one.day in period]
    assert sum(sheet.totals.entries for sheet in made.sheets) == len(here)
    assert [sheet.currency for sheet in made.sheets] == [
        "VND", *sorted({one.currency for one in here} - {"VND"}),
    ]  # fmt: skip


@given(entries(), PERIODS)
def test_the_course_has_no_gaps_and_is_the_whole_of_what_was_spent(written: list[Entry], period: Period) -> None:
    made = make_report(written, period, by="category", today=TODAY)
    for sheet in made.sheets:
        assert sum(amount for _, amount in sheet.course) == sheet.totals.spent
        days = [day for day, _ in sheet.course]
        assert days == sorted(set(days))
        if made.step == "day":
            assert len(days) == period.days
        if made.step == "week":
            assert all(second - first == timedelta(days=7) for first, second in pairwise(days))


@given(entries(), st.integers(2026, 2026), st.sampled_from([By for By in GROUPINGS if By not in IN_TIME]))
def test_the_months_of_a_year_are_the_year(written: list[Entry], year: int, by: By) -> None:
    whole = make_report(written, year_period(year), by=by, today=TODAY)
    parts = [make_report(written, month(year, number), by=by, today=TODAY) for number in range(1, 13)]
    for sheet in whole.sheets:
        sums: Counter[Kind] = Counter()
        groups: Counter[str] = Counter()
        for part in parts:
            for one in part.sheets:
                if one.currency == sheet.currency:
                    sums.update(one.totals.amounts)
                    groups.update({group.key.strip().lower(): group.amount for group in one.spent})
        assert {kind: sums[kind] for kind in Kind} == dict(sheet.totals.amounts)
        assert +groups == Counter({group.key.strip().lower(): group.amount for group in sheet.spent if group.amount})


@given(entries(), PERIODS, st.sampled_from(GROUPINGS), st.randoms())
def test_the_order_of_the_entries_does_not_matter(written: list[Entry], period: Period, by: By, chance: Random) -> None:
    mixed = list(written)
    chance.shuffle(mixed)
    first = make_report([one for one in written if one.person != "lan "], period, by=by, today=TODAY)
    second = make_report([one for one in mixed if one.person != "lan "], period, by=by, today=TODAY)
    for one, other in zip(first.sheets, second.sheets, strict=True):
        assert (one.totals, one.before, one.spent, one.earned, one.debts, one.course) == (
            other.totals, other.before, other.spent, other.earned, other.debts, other.course,
        )  # fmt: skip


@given(entries(), PERIODS)
def test_what_was_spent_before_is_the_report_of_the_stretch_before(written: list[Entry], period: Period) -> None:
    made = make_report(written, period, by="category", today=TODAY)
    past = make_report(written, made.compared, by="category", today=TODAY)
    before = {sheet.currency: sheet.totals for sheet in past.sheets}
    for sheet in made.sheets:
        if sheet.currency in before:
            assert sheet.before == before[sheet.currency]
            assert sum(group.before for group in sheet.spent) == sheet.before.spent


def test_debts_and_transfers_are_no_expenses() -> None:
    written = [
        entry(TODAY, 45_000), entry(TODAY, 500_000, "lend", person="Nam"), entry(TODAY, 2_000_000, "transfer"),
        entry(TODAY, 300_000, "borrow", person="chị Hoa"), entry(TODAY, 100_000, "repay", person="Chị  hoa"),
        entry(TODAY, 12_000_000, "salary"),
    ]  # fmt: skip
    sheet = make_report(written, NOVEMBER, by="category", today=TODAY).home
    assert (sheet.totals.spent, sheet.totals.earned, sheet.totals.net) == (45_000, 12_000_000, 11_955_000)
    assert [(line.person, {kind.value: n for kind, n in line.amounts.items() if n}) for line in sheet.debts] == [
        ("Nam", {"lend": 500_000}), ("Chị  hoa", {"borrow": 300_000, "repay": 100_000}),
    ]  # fmt: skip
    assert {kind for line in sheet.debts for kind in line.amounts} == DEBTS


def test_one_person_is_one_group_however_they_are_typed() -> None:
    written = [entry(TODAY, 10_000, person="LAN"), entry(TODAY, 20_000, person="lan"), entry(TODAY, 5_000)]
    groups = make_report(written, NOVEMBER, by="person", today=TODAY).home.spent
    assert [(group.key, group.amount, group.count) for group in groups] == [("lan", 30_000, 2), ("", 5_000, 1)]


def test_a_month_that_runs_is_held_against_the_same_days_of_the_last_one() -> None:
    compared, running = compared_with(NOVEMBER, date(2026, 11, 18))
    assert running
    assert (compared.start, compared.end) == (date(2026, 10, 1), date(2026, 10, 19))
    late = [entry(date(2026, 10, 25), 9_000_000), entry(date(2026, 10, 3), 40_000), entry(date(2026, 11, 2), 50_000)]
    sheet = make_report(late, NOVEMBER, by="category", today=date(2026, 11, 18)).home
    assert sheet.before.spent == 40_000


@pytest.mark.parametrize(
    ("period", "today", "days"),
    [
        (NOVEMBER, date(2026, 11, 30), 31),  # over tonight: the whole of October
        (NOVEMBER, date(2026, 12, 5), 31),
        (NOVEMBER, date(2026, 10, 5), 31),  # not begun
        (month(2026, 3), date(2026, 3, 30), 28),  # 30 days of March beside a February that has 28
        (year_period(2026), date(2026, 2, 9), 40),
        (quarter(2026, 4), date(2026, 10, 1), 1),
    ],
)
def test_the_stretch_compared_with_is_never_longer_than_it_was(period: Period, today: date, days: int) -> None:
    compared, _ = compared_with(period, today)
    assert compared.days == days
    assert compared.end <= period.start


@given(PERIODS, st.dates(date(2025, 6, 1), date(2027, 12, 31)))
def test_the_stretch_compared_with_lies_right_before(period: Period, today: date) -> None:
    compared, running = compared_with(period, today)
    assert compared.start == shifted(period, -1).start
    assert compared.end <= period.start
    if running:
        assert compared.days <= (today - period.start).days + 1


def test_the_average_is_of_the_days_that_have_passed() -> None:
    written = [entry(date(2026, 11, 1), 180_000)]
    assert make_report(written, NOVEMBER, by="day", today=TODAY).home.per_day == 10_000
    assert make_report(written, NOVEMBER, by="day", today=date(2026, 12, 9)).home.per_day == 6_000
    assert make_report(written, NOVEMBER, by="day", today=date(2026, 10, 9)).home.per_day is None


def test_groups_stand_biggest_first_and_days_in_their_order() -> None:
    written = [
        entry(date(2026, 11, 9), 10_000, "food"), entry(date(2026, 11, 2), 90_000, "pets"),
        entry(date(2026, 11, 5), 50_000, "food"), entry(date(2026, 10, 5), 70_000, "travel"),
    ]  # fmt: skip
    by_category = make_report(written, NOVEMBER, by="category", today=TODAY).home.spent
    assert [(group.key, group.amount, group.before) for group in by_category] == [
        ("pets", 90_000, 0), ("food", 60_000, 0), ("travel", 0, 70_000),
    ]  # fmt: skip
    by_day = make_report(written, NOVEMBER, by="day", today=TODAY).home.spent
    assert [group.key for group in by_day] == ["2026-11-02", "2026-11-05", "2026-11-09"]
    by_week = make_report(written, NOVEMBER, by="week", today=TODAY).home.spent
    assert [(group.key, group.amount) for group in by_week] == [("2026-11-02", 140_000), ("2026-11-09", 10_000)]


def test_a_category_of_the_members_own_rolls_up_and_one_that_is_gone_is_kept_among_the_rest() -> None:
    own = {**LEAVES, "plants": Category("plants", "home", Kind.EXPENSE, "cây cảnh")}
    written = [entry(TODAY, 1_000, "housing"), entry(TODAY, 2_000, "food"), entry(TODAY, 4_000, "other")]
    written += [entry(TODAY, 8_000, "plants"), entry(TODAY, 16_000, "gone")]
    groups = make_report(written, NOVEMBER, by="parent", today=TODAY, categories=own).home.spent
    assert {group.key: group.amount for group in groups} == {"home": 9_000, "rest": 20_000, "eating": 2_000}


def test_budgets_stand_beside_categories_and_parents_only() -> None:
    limits = {"food": 3_000_000, "eating": 5_000_000}.get
    written = [entry(TODAY, 45_000), entry(TODAY, 1_000, currency="USD")]
    chosen: tuple[tuple[By, int | None], ...] = (("category", 3_000_000), ("parent", 5_000_000), ("person", None))
    for by, expected in chosen:
        made = make_report(written, NOVEMBER, by=by, today=TODAY, limits=limits)
        assert made.home.spent[0].limit == expected
        assert made.sheets[1].spent[0].limit is None


def test_an_empty_month_is_a_report_too() -> None:
    made = make_report([], NOVEMBER, by="category", today=TODAY)
    assert made.is_empty
    assert made.home.per_day == 0
    assert [sheet.currency for sheet in made.sheets] == ["VND"]
