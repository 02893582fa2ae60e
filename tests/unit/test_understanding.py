"""Between the sentence and the book: directions, accounts, doubts, and what is kept of them while it waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.expense_books import NOW, TODAY
from toolkit.core.money import Money
from toolkit.core.readings import Reading, Readings, none, one
from toolkit.expenses.accounts import BANK, CASH, ELSEWHERE
from toolkit.expenses.book import Waiting
from toolkit.expenses.categories import Category
from toolkit.expenses.model import DEBTS, Account, Doubt, Guess, Item, Kind, SentenceReading, Sorting
from toolkit.expenses.plausibility import LEAST, MOST, unusual
from toolkit.expenses.service import waiting as queue
from toolkit.expenses.service.understanding import Known, Proposal, Understanding

if TYPE_CHECKING:
    from collections.abc import Collection

OPEN = frozenset({Kind.EXPENSE, Kind.INCOME})


def item(**fields: object) -> Item:
    usual = Item("ăn phở 45k", "ăn phở", "ăn phở", one(Money(45_000)), one(TODAY), OPEN)
    return replace(usual, **fields)  # type: ignore[arg-type]


class Sorts:
    """A sorter that always says the same."""

    def __init__(self, *guesses: tuple[str, float], sure: bool = True) -> None:
        self.guesses = tuple(Guess(*guess) for guess in guesses or (("food", 0.99), ("other", 0.01)))
        self.sure = sure
        self.asked: list[tuple[str, frozenset[Kind]]] = []

    def sort(self, core: str, kinds: frozenset[Kind]) -> Sorting:
        self.asked.append((core, kinds))
        return Sorting(self.guesses, self.sure)


def understanding(*items: Item, sorts: Sorts | None = None, known: Known | None = None) -> Understanding:
    def read(text: str, *, today: date, xi: int | None = None, people: Collection[str] = ()) -> SentenceReading:
        return SentenceReading(text, "record", items)

    return Understanding(read, sorts or Sorts(), known or Known({}, {}), today=TODAY)


def proposal(one_item: Item, sorts: Sorts | None = None, known: Known | None = None) -> Proposal:
    return understanding(one_item, sorts=sorts, known=known).of("x").proposals[0]


def test_a_clear_item_has_nothing_to_ask() -> None:
    found = proposal(item())
    assert found.open == ()
    assert not found.needs_confirm
    assert (found.kind, found.account, found.counter) == (Kind.EXPENSE, CASH, "")


def test_the_direction_follows_the_category_where_the_grammar_leaves_it_open() -> None:
    assert proposal(item(), Sorts(("salary", 0.9))).kind is Kind.INCOME


@pytest.mark.parametrize("kind", [*DEBTS, Kind.TRANSFER])
def test_what_the_grammar_decides_alone_is_not_left_to_the_classifier(kind: Kind) -> None:
    sorts = Sorts(sure=False)
    found = proposal(item(kinds=frozenset({kind})), sorts)
    assert (found.kind, found.sorting.category, found.open) == (kind, kind.value, ())
    assert not sorts.asked


def test_a_members_own_category_has_its_own_direction() -> None:
    known = Known({}, {"tien-nha": Category("tien-nha", "earnings", Kind.INCOME, "Tiền nhà")})
    assert proposal(item(), Sorts(("tien-nha", 0.9)), known).kind is Kind.INCOME


@pytest.mark.parametrize(
    ("account", "counter", "expected"),
    [
        ("", "tien mat", (BANK, CASH)),
        ("atm", "tien mat", (BANK, CASH)),
        ("", "momo", (BANK, "momo")),
        ("tien mat", "momo", (CASH, "momo")),
        ("vcb", "momo", ("vietcombank", "momo")),
        ("", "", (CASH, BANK)),
        ("tien mat", "", (CASH, BANK)),
        ("momo", "", ("momo", ELSEWHERE)),
        ("momo", "momo", ("momo", ELSEWHERE)),
        ("", "tiet kiem", (CASH, "savings")),
    ],
)
def test_a_transfer_always_has_two_different_sides(account: str, counter: str, expected: tuple[str, str]) -> None:
    found = proposal(item(kinds=frozenset({Kind.TRANSFER}), account=account, counter=counter))
    assert (found.account, found.counter) == expected


def test_an_account_nobody_knows_yet_is_opened_with_the_entry() -> None:
    found = proposal(item(account="quy lop"))
    assert found.account == "quy-lop"
    assert found.opened == (Account("quy-lop", "quy lop", "bank"),)


def test_the_usual_account_pays_where_none_is_named() -> None:
    assert proposal(item(), known=Known({}, {}, usual="momo")).account == "momo"
    assert proposal(item(account="vcb"), known=Known({}, {}, usual="momo")).account == "vietcombank"


TWO = Readings((Reading(Money(20_000)), Reading(Money(200_000))), "core.money_xi", {"readings": "a / b"})
DAYS = Readings((Reading(date(2026, 11, 5)), Reading(date(2026, 5, 11))), "core.date_ambiguous")


@pytest.mark.parametrize(
    ("fields", "sorts", "question"),
    [
        ({"money": TWO}, Sorts(), "amount"),
        ({"money": none("core.money_range")}, Sorts(), "amount"),
        ({"money": one(Money(0))}, Sorts(), "amount"),
        ({"money": one(Money(10**16))}, Sorts(), "amount"),
        ({"day": DAYS}, Sorts(), "day"),
        ({"day": none("core.date_no_such_day")}, Sorts(), "day"),
        ({}, Sorts(("food", 0.5), sure=False), "category"),
        ({"money": one(Money(45_000_000))}, Sorts(), "unusual"),
        ({"doubts": (Doubt("expenses.thing_missing"),)}, Sorts(), "other"),
    ],
)
def test_what_is_not_certain_is_asked_and_says_why(fields: dict[str, object], sorts: Sorts, question: str) -> None:
    found = proposal(item(**fields), sorts)
    assert found.open == (question,)
    assert len(found.doubts) == 1
    assert found.needs_confirm


def test_an_amount_with_two_readings_is_none_until_the_member_says_which() -> None:
    found = proposal(item(money=TWO))
    assert found.money is None
    answered = found.with_money(Money(20_000))
    assert (answered.money, answered.open) == (Money(20_000), ())


def test_saying_the_amount_settles_every_doubt_about_it() -> None:
    doubts = (Doubt("core.money_slang"), Doubt("expenses.thing_missing"))
    answered = proposal(item(money=TWO, doubts=doubts)).with_money(Money(20_000))
    assert answered.open == ("other",)
    assert answered.doubts == (Doubt("expenses.thing_missing"),)


def test_a_day_that_cannot_be_read_is_the_day_it_was_typed_and_stays_in_doubt() -> None:
    found = proposal(item(day=none("core.date_no_such_day")))
    assert found.day == TODAY
    draft = found.draft("x", Money(45_000))
    assert draft.needs_confirm
    assert [doubt.code for doubt in draft.doubts] == ["core.date_no_such_day"]
    assert found.with_day(date(2026, 11, 3)).draft("x", Money(45_000)).needs_confirm is False


def test_the_members_own_word_on_the_category_is_certain() -> None:
    found = proposal(item(), Sorts(("food", 0.4), sure=False)).with_category("gifts", Kind.EXPENSE)
    assert (found.sorting.category, found.sorting.probability, found.open) == ("gifts", 1.0, ())


@pytest.mark.parametrize("category", MOST)
def test_ordinary_amounts_are_never_called_unusual(category: str) -> None:
    assert unusual(MOST[category], "VND", category) is None
    assert unusual(LEAST, "VND", category) is None
    assert unusual(MOST[category] + 1, "VND", category) is not None
    assert unusual(MOST[category] + 1, "USD", category) is None


def test_a_house_or_a_loan_may_cost_anything() -> None:
    assert unusual(9_000_000_000, "VND", "housing") is None
    assert unusual(9_000_000_000, "VND", "lend") is None
    assert unusual(20, "VND", "housing") is not None


MONEY = st.builds(Money, st.integers(1, 10**15), st.sampled_from(["VND", "USD"]))


@given(
    st.lists(MONEY, max_size=3, unique=True),
    st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=2, unique=True),
    st.text(max_size=20),
    st.sets(st.sampled_from(Kind), min_size=1),
    st.booleans(),
)
def test_what_waits_is_read_back_as_it_was(
    amounts: list[Money], days: list[date], text: str, kinds: set[Kind], sure: bool
) -> None:
    found = proposal(
        item(
            text=text,
            core=text,
            person=text,
            money=Readings(tuple(map(Reading, amounts)), "core.money_xi", {"readings": text, "n": 2}),
            day=Readings(tuple(map(Reading, days)), "core.date_ambiguous"),
            kinds=frozenset(kinds),
            account="quy lop",
            doubts=(Doubt("expenses.thing_missing", {"n": 1}),),
        ),
        Sorts(("food", 0.123456789), ("other", 0.1), sure=sure),
    )
    assert queue.from_waiting(Waiting(1, text, queue.to_text(found), 1, NOW)) == found


@given(st.text(st.characters(exclude_categories=[]), max_size=50))
def test_whatever_is_typed_can_be_kept(text: str) -> None:
    kept = understanding().of(text).text
    assert "\0" not in kept.encode().decode()
