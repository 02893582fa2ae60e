"""What comes back: rent, bills, subscriptions are found, coffee isn't; what was accepted is due until it is there."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.money_months import TODAY, entries, entry, months
from toolkit.core.dates.periods import month
from toolkit.expenses.model import Entry, Kind
from toolkit.expenses.recurring import (
    OFFERED,
    RHYTHMS,
    Every,
    Proposal,
    Recurring,
    Recurs,
    due,
    expected_in,
    first_turn,
    name_key,
    next_after,
    occurrences,
    plain_name,
    proposals,
)

EVERY = st.sampled_from(list(RHYTHMS))
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def at(*days: date, amount: int = 100_000, note: str = "mạng", category: str = "utilities") -> list[Entry]:
    return [entry(day, amount, category, note=note) for day in days]


def steps(first: date, by: int, count: int) -> list[date]:
    return [first + timedelta(days=by * n) for n in range(count)]


def only(found: tuple[Proposal, ...]) -> Proposal:
    assert len(found) == 1, found
    return found[0]


def expecting(every: Every = "month", anchor: date = date(2026, 9, 5), **more: object) -> Recurring:
    given: dict[str, object] = {
        "what": Recurs("nha", Kind.EXPENSE, "housing"), "name": "tiền nhà", "person": "", "account": "cash",
        "every": every, "anchor": anchor, "since": anchor, "amount": 3_500_000, "currency": "VND",
    }  # fmt: skip
    return Recurring(**{**given, **more})  # type: ignore[arg-type]


def paid(*days: date) -> list[Entry]:
    return at(*days, note="tiền nhà", category="housing")


@pytest.mark.parametrize(
    ("note", "name", "key"),
    [
        ("tiền nhà tháng 10", "tiền nhà", "nha"), ("đóng tiền nhà t11", "đóng tiền nhà", "nha"),
        ("Netflix", "Netflix", "netflix"), ("trả góp iPhone kỳ 3", "trả góp iPhone", "gop iphone"),
        ("lương T10/2026", "lương", "luong"),
        ("tiền tháng 10", "tiền", "tien"), ("mạng fpt", "mạng fpt", "mang fpt"), ("10", "10", ""), ("", "", ""),
        ("gửi về quê tháng này", "gửi về quê tháng này", "ve que nay"),
    ],
)  # fmt: skip
def test_a_bill_has_the_same_name_every_month(note: str, name: str, key: str) -> None:
    assert plain_name(note) == name
    assert name_key(note) == key


@given(
    st.text(max_size=600) | st.lists(st.sampled_from(["tiền", "tháng", "10", "t11", "kỳ", "nhà", "3"])).map(" ".join)
)
def test_the_name_of_a_bill_finds_the_bill_again(note: str) -> None:
    assert name_key(plain_name(note)) == name_key(note)
    assert plain_name(plain_name(note)) == plain_name(note)


def test_rent_is_found_whatever_month_its_note_names() -> None:
    found = only(proposals(months([3_500_000] * 4, note="tiền nhà", category="housing", day=5), TODAY))
    assert (found.name, found.every, found.amount, found.seen) == ("tiền nhà", "month", 3_500_000, 4)
    assert next_after(found.anchor, found.every, TODAY) == date(2026, 12, 5)


def test_a_bill_may_differ_in_amount_and_come_some_days_early_or_late() -> None:
    days = [date(2026, 7, 12), date(2026, 8, 15), date(2026, 9, 9), date(2026, 10, 12), date(2026, 11, 14)]
    written = [
        entry(day, amount, "utilities", note="tiền điện")
        for day, amount in zip(days, (431_000, 812_000, 654_000, 500_000, 577_000), strict=True)
    ]
    found = only(proposals(written, TODAY))
    assert (found.every, found.low, found.high, found.amount) == ("month", 431_000, 812_000, 577_000)


def test_the_last_day_of_every_month_is_one_rhythm() -> None:
    days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]
    found = only(proposals(at(*days), date(2026, 6, 1)))
    assert found.every == "month"
    assert next_after(found.anchor, found.every, date(2026, 6, 1)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("days", "every"),
    [
        (steps(date(2026, 10, 12), 7, 5), "week"),
        ([date(2026, 2, 3), date(2026, 5, 6), date(2026, 8, 1), date(2026, 11, 3)], "quarter"),
        ([date(2024, 11, 20), date(2025, 11, 15), date(2026, 11, 10)], "year"),
    ],
)  # fmt: skip
def test_weeks_quarters_and_years_are_found_too(days: list[date], every: str) -> None:
    assert only(proposals(at(*days), TODAY)).every == every


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, 11, d) for d in (1, 2, 4, 5, 6, 9, 11, 12, 13, 16)],  # coffee
        [date(2026, 9, 5), date(2026, 11, 5)],  # twice is no month
        [date(2026, 5, 5), date(2026, 6, 5), date(2026, 7, 5)],  # has ended
        [date(2026, 8, 2), date(2026, 9, 27), date(2026, 11, 10)],  # whenever it likes
        [date(2026, 9, 5), date(2026, 10, 5), date(2026, 10, 6), date(2026, 11, 5)],  # twice in one month
        [date(2026, 11, 5)],
        [date(2026, 10, 5), date(2026, 11, 5), date(2026, 12, 5)],  # one of them hasn't come yet
    ],
)
def test_what_comes_whenever_it_likes_is_no_proposal(days: list[date]) -> None:
    assert proposals(at(*days), TODAY) == ()


def test_amounts_that_have_nothing_in_common_are_no_bill() -> None:
    written = [entry(date(2026, n, 5), 10_000 * 5**n, "shopping", note="mua đồ") for n in (8, 9, 10, 11)]
    assert proposals(written, TODAY) == ()


def test_two_loans_of_one_name_are_told_apart_by_their_amounts() -> None:
    written = months([2_000_000] * 4, note="trả góp", category="finance", day=3)
    written += months([900_000] * 3, note="trả góp", category="finance", day=20, until=date(2026, 10, 30))
    found = only(proposals(written, TODAY))
    assert (found.amount, found.seen) == (2_000_000, 4)


def test_a_month_that_was_missed_ends_no_rhythm() -> None:
    days = [date(2026, n, 5) for n in (5, 6, 8, 9, 10, 11)]
    assert only(proposals(at(*days), TODAY)).seen == 6


def test_what_the_member_has_decided_is_not_proposed_again() -> None:
    written = months([3_500_000] * 4, note="tiền nhà", category="housing", day=5)
    assert proposals(written, TODAY, known=[Recurs("nha", Kind.EXPENSE, "housing")]) == ()


def test_transfers_between_own_accounts_are_no_proposal() -> None:
    assert (
        proposals([entry(date(2026, n, 5), 10**6, "transfer", note="tiết kiệm") for n in (8, 9, 10, 11)], TODAY) == ()
    )


@given(entries())
def test_proposals_are_made_of_what_is_there(written: list[Entry]) -> None:
    for one in proposals(written, TODAY):
        assert one.low <= one.amount <= one.high
        assert one.seen >= RHYTHMS[one.every].needed
        assert next_after(one.anchor, one.every, TODAY) > TODAY


@given(
    EVERY, st.dates(date(2020, 1, 1), date(2025, 1, 1)), st.integers(4, 12), st.integers(1, 10**8),
    st.lists(st.integers(-1, 1), min_size=12, max_size=12),
)  # fmt: skip
def test_an_even_rhythm_is_always_found(every: Every, anchor: date, count: int, amount: int, shifts: list[int]) -> None:
    turns = list(occurrences(anchor, every, anchor, anchor + timedelta(days=20 * 366)))[:count]
    days = [turn + timedelta(days=shift) for turn, shift in zip(turns, [0, *shifts], strict=False)]
    found = only(proposals(at(*days, amount=amount), days[-1]))
    assert (found.every, found.seen, found.amount) == (every, count, amount)


@given(DAYS, EVERY, DAYS, st.integers(0, 800))
def test_occurrences_lie_whole_steps_apart_and_none_is_missed(
    anchor: date, every: Every, since: date, days: int
) -> None:
    until = since + timedelta(days=days)
    found = list(occurrences(anchor, every, since, until))
    assert all(since <= day < until for day in found)
    assert found == sorted(set(found))
    rhythm = RHYTHMS[every]
    for first, second in pairwise(found):
        if rhythm.months:
            assert (second.year - first.year) * 12 + second.month - first.month == rhythm.months
            assert abs(first.day - second.day) <= 3
        else:
            assert (second - first).days == rhythm.days
    assert abs(len(found) - days / rhythm.days) < 1.2
    assert all(day.day <= anchor.day for day in found) or not rhythm.months


@given(DAYS, EVERY)
def test_an_anchor_is_an_occurrence_of_itself(anchor: date, every: Every) -> None:
    assert list(occurrences(anchor, every, anchor, anchor + timedelta(days=1))) == [anchor]


def test_what_is_due_is_due_until_it_is_recorded() -> None:
    window = (date(2026, 10, 1), date(2026, 12, 31))
    turns = [date(2026, 10, 5), date(2026, 11, 5), date(2026, 12, 5)]
    assert [one.day for one in due([expecting()], [], *window)] == turns
    assert [one.day for one in due([expecting()], paid(date(2026, 11, 9)), *window)] == [turns[0], turns[2]]
    early_and_late = paid(date(2026, 9, 28), date(2026, 11, 16), date(2026, 12, 1))
    assert due([expecting()], early_and_late, *window) == ()


def test_a_turn_that_is_passed_over_is_not_due() -> None:
    one = expecting(skipped=frozenset({date(2026, 11, 5)}))
    found = due([one], [], date(2026, 10, 20), date(2026, 12, 31))
    assert [turn.day for turn in found] == [date(2026, 12, 5)]


def test_nothing_is_due_before_it_was_accepted() -> None:
    one = expecting(since=date(2026, 11, 1))
    assert [turn.day for turn in due([one], [], date(2026, 1, 1), date(2026, 12, 1))] == [date(2026, 11, 5)]


def test_an_entry_that_was_sorted_elsewhere_settles_it_too_unless_two_share_the_name() -> None:
    window = (date(2026, 11, 1), date(2026, 12, 1))
    elsewhere = at(date(2026, 11, 5), note="đóng tiền nhà t11", category="health")
    assert due([expecting()], elsewhere, *window) == ()
    other = expecting(what=Recurs("nha", Kind.EXPENSE, "health"))
    assert [one.recurring.what.category for one in due([expecting(), other], elsewhere, *window)] == ["housing"]


def test_other_names_and_kinds_settle_nothing() -> None:
    others = [entry(date(2026, 11, 5), 10, "transfer", note="tiền nhà"), entry(date(2026, 11, 5), 10, note="nhà hàng")]
    assert len(due([expecting()], others, date(2026, 11, 1), date(2026, 12, 1))) == 1


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20))
def test_each_entry_settles_at_most_one_turn(days: list[date]) -> None:
    window = (date(2026, 1, 1), date(2027, 1, 1))
    one = expecting(anchor=date(2026, 1, 5))
    left = due([one], paid(*days), *window)
    assert len(due([one], [], *window)) - len(left) <= len(days)
    nearest = [day for day in days if all(abs(day - turn.day) > timedelta(days=15) for turn in left)]
    assert len(left) <= 12 - len(set(nearest) & {turn.day for turn in due([one], [], *window)})


def test_a_report_expects_what_is_still_to_come() -> None:
    written = paid(date(2026, 11, 5))
    other = expecting(anchor=date(2026, 9, 25), what=Recurs("mang", Kind.EXPENSE, "utilities"), name="mạng")
    found = expected_in([expecting(), other], written, month(2026, 11), TODAY)
    assert [(one.recurring.name, one.day) for one in found] == [("mạng", date(2026, 11, 25))]
    assert expected_in([other], [], month(2026, 10), TODAY) == ()


def test_a_book_of_a_hundred_thousand_notes_is_looked_through_in_one_pass() -> None:
    hostile = "tháng " * 200 + "1" * 200
    written = [entry(TODAY - timedelta(days=n % 400), 1_000 + n, note=f"{hostile}{n}") for n in range(3_000)]
    assert proposals(written, TODAY) == ()


def proposed(every: Every, anchor: date, last: date) -> Proposal:
    what = Recurs("nha", Kind.EXPENSE, "housing")
    return Proposal(what, "tiền nhà", "", "cash", every, anchor, last, 3_500_000, 3_500_000, 3_500_000, "VND", 4)


@pytest.mark.parametrize(
    ("last", "today", "first"),
    [
        (date(2026, 10, 5), date(2026, 11, 18), date(2026, 11, 5)),  # gone by, and nothing of it is recorded
        (date(2026, 10, 5), date(2026, 11, 5), date(2026, 11, 5)),
        (date(2026, 11, 8), date(2026, 11, 18), date(2026, 12, 5)),  # paid late
        (date(2026, 11, 3), date(2026, 11, 4), date(2026, 12, 5)),  # paid early
        (date(2026, 10, 5), date(2026, 11, 4), date(2026, 11, 5)),
    ],
)
def test_a_turn_that_has_gone_by_unrecorded_comes_first(last: date, today: date, first: date) -> None:
    assert first_turn(proposed("month", date(2026, 9, 5), last), today) == first


@given(EVERY, DAYS, st.integers(0, 12), st.integers(-3, 3), st.integers(0, 400))
def test_an_accepted_proposal_begins_with_what_was_missed_or_else_with_what_comes(
    every: Every, anchor: date, turns: int, beside: int, later: int
) -> None:
    paid_turn = anchor
    for _ in range(turns):
        paid_turn = next_after(anchor, every, paid_turn)
    last = paid_turn + timedelta(days=beside)
    today = last + timedelta(days=later)
    first = first_turn(proposed(every, anchor, last), today)
    assert first in occurrences(anchor, every, first, first + timedelta(days=1))
    assert first > paid_turn
    between = list(occurrences(anchor, every, paid_turn + timedelta(days=1), today + timedelta(days=1)))
    offered = [day for day in between if day >= today - OFFERED]
    assert first == (offered[-1] if offered else next_after(anchor, every, max(paid_turn, today)))
    book = expecting(every, anchor, since=first)
    assert first in [one.day for one in due([book], paid(last), first, first + timedelta(days=1))]
