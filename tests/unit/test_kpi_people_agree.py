"""What is told of customers and deals agrees with the figures that targets are held against, and with itself however
people are put together, taken apart, and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.kpi_books import CLOCK, NOW, TODAY, contents, memory_book, sale
from builders.kpi_ledgers import ledgers
from toolkit.core.errors import ConflictError, UsageError
from toolkit.kpi.book.buying import glances
from toolkit.kpi.metrics import METRICS
from toolkit.kpi.model import Contact
from toolkit.kpi.people.customers import Bought, customers
from toolkit.kpi.people.deals import counted, decisions
from toolkit.kpi.people.returning import returning
from toolkit.kpi.people.stages import LONGEST, stage_of
from toolkit.kpi.service import customers as service
from toolkit.kpi.service.finding import someone

if TYPE_CHECKING:
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.ledger import MemoryLedger

END = TODAY + timedelta(days=1)


@settings(max_examples=60)
@given(ledgers(), st.integers(1, 80))
def test_shares_are_the_ones_that_targets_are_held_against(ledger: MemoryLedger, back: int) -> None:
    of = {one.id: one.engagement for one in ledger.sales}
    # A deal never becomes a sale of another job.
    tied = tuple(one if of.get(one.sale) == one.engagement else replace(one, sale=0) for one in ledger.opportunities)
    ledger = replace(ledger, opportunities=tied)
    dates = [one.ordered for one in ledger.sales] or [TODAY]
    end = max(dates) + timedelta(days=1)
    start = end - timedelta(days=back)
    known = {one.engagement for one in ledger.sales} | {one.engagement for one in ledger.opportunities}
    for engagement in known:
        chosen = [one for one in ledger.sales if one.engagement == engagement]
        found = returning(chosen, start, end)
        assert ledger.figure(METRICS["repeat_share"], [engagement], start, end) == found.repeat.value
        assert ledger.figure(METRICS["referral_share"], [engagement], start, end) == found.referred.value
        assert ledger.figure(METRICS["customers"], [engagement], start, end) == found.repeat.whole
        deals = [one for one in ledger.opportunities if one.engagement == engagement]
        rate = counted(decisions(deals, chosen, start, end)).rate
        assert ledger.figure(METRICS["win_rate"], [engagement], start, end) == rate.value


BOUGHT = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 10**9), st.sampled_from([10_000, 3_333])),
    max_size=8,
)


def filled(bought: list[tuple[int, int, int, int]]) -> KpiBook:
    book = memory_book()
    with book.recording("log", at=NOW) as run:
        people = [run.add(Contact(0, "own", f"chị Hoa {n}", account=f"hoa_{n}")) for n in range(4)]
        for who, back, amount, share in bought:
            person = people[who]
            run.add(
                sale(
                    amount,
                    ordered=TODAY - timedelta(days=back),
                    customer=person.id,
                    customer_name=person.name,
                    share=share,
                )
            )
    return book


def figures(book: KpiBook) -> dict[int, Bought]:
    found = customers(glances(book.read(), None, END), None, END)
    return {number: bought for (_, number, _), bought in found.known.items()}


def same(one: Bought, other: Bought) -> bool:
    return (one.purchases, one.amount, one.days) == (other.purchases, other.amount, other.days)


@settings(max_examples=25)
@given(BOUGHT, st.permutations(["1", "2", "3"]))
def test_people_put_together_in_any_order_are_one_person_and_come_apart_again(
    bought: list[tuple[int, int, int, int]], order: list[str]
) -> None:
    book = filled(bought)
    whole = sum(figures(book).values(), Bought())
    states = [contents(book.read())]
    for one in order:
        service.merge(book, CLOCK, f"hoa_{one}", "hoa_0")
        states.append(contents(book.read()))
    kept = next(iter(book.contacts()))
    assert [one.id for one in book.contacts()] == [kept.id]
    assert same(figures(book).get(kept.id, Bought()), whole)
    for n in range(1, 4):
        found = book.find_contact("own", "", account=f"hoa_{n}")
        assert found is not None
        assert found.id == kept.id
    for state in states[-2::-1]:
        book.undo(at=NOW)
        assert contents(book.read()) == state


def test_a_purchase_taken_apart_and_put_together_leaves_the_figures() -> None:
    book = filled([(0, 1, 1000, 10_000), (0, 5, 2000, 10_000)])
    (first, _) = [one.id for one in book.sales()]
    service.split(book, CLOCK, "1", [first], "chị Hoa quận 7")
    assert sorted(bought.amount for bought in figures(book).values()) == [1000, 2000]
    service.merge(book, CLOCK, "chị Hoa quận 7", "1")
    assert figures(book)[1].amount == 3000
    with pytest.raises(UsageError):
        service.split(book, CLOCK, "1", [])
    with pytest.raises(ConflictError):
        service.merge(book, CLOCK, "1", "1")


def test_glances_see_what_the_book_has() -> None:
    book = filled([(n % 4, n, n * 100, 10_000) for n in range(8)])
    seen = sorted(glances(book.read(), TODAY - timedelta(days=5), END))
    told = list(book.sales(TODAY - timedelta(days=5), END))
    assert [(one.id, one.ordered, one.amount) for one in seen] == [
        (one.id, one.ordered, one.amount) for one in sorted(told, key=lambda one: one.id)
    ]
    assert list(glances(book.read(), None, END, engagements=["x"])) == []
    assert sum(Fraction(one.amount) for one in seen) == sum(one.credited for one in told)


def test_somebody_is_found_by_number_name_account_and_phone() -> None:
    people = [
        Contact(1, "own", "chị Hoa", phone="+84 903 123 456"), Contact(2, "own", "anh Hòa"),
        Contact(3, "own", "Hoà Bình"), Contact(4, "own", "Lan", account="lan_99"), Contact(5, "own", "2"),
    ]  # fmt: skip
    for text, number in (
        ("1", 1), ("#1", 1), ("0903123456", 1), ("84903123456", 1), ("CHI HOA", 1), ("anh hòa", 2), ("bình", 3),
        ("lan_99", 4), ("2", 2),
    ):  # fmt: skip
        assert someone(people, text).id == number, text
    for text in ("", "0903999999", "Tú", "99", "???"):
        with pytest.raises(ConflictError) as refused:
            someone(people, text)
        assert refused.value.problem.code == "kpi.person_unknown"
    with pytest.raises(ConflictError) as refused:
        someone(people, "hoa")
    assert refused.value.problem.code == "kpi.person_several"
    assert "456" in str(refused.value.problem.params["people"])
    assert "0903" not in str(refused.value.problem.params["people"])


@given(st.text(max_size=80))
def test_any_text_is_a_stage_or_none(text: str) -> None:
    stage = stage_of(text)
    assert len(stage) <= LONGEST
    assert stage_of(stage) == stage


@pytest.mark.parametrize(
    ("typed", "stage"),
    [("Báo giá", "quote"), ("bao gia", "quote"), ("QUOTE", "quote"), ("gặp", "meeting"), ("Chốt", "won"),
     ("follow up", "follow_up"), ("Ký nháp", "ký nháp"), ("đơn hàng", "orders"), ("", ""), ("!!!", ""), ("x" * 41, "")],
)  # fmt: skip
def test_stages_are_known_by_any_of_their_names(typed: str, stage: str) -> None:
    assert stage_of(typed) == stage
