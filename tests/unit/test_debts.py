"""Who owes whom: sums by person that agree with the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from builders.expense_books import NOW, TODAY, draft, drafts
from toolkit.expenses.debts import debts
from toolkit.expenses.ledger import Root, balances, person_key
from toolkit.expenses.model import Draft, Entry, Kind

if TYPE_CHECKING:
    from datetime import date


def entry(number: int, one: Draft) -> Entry:
    return Entry(**vars(one), id=number, run=1, made_at=NOW)


def made(*ones: tuple[Kind, str, int], day: date = TODAY) -> list[Entry]:
    return [
        entry(n, draft(amount, kind=kind, person=person, day=day + timedelta(days=n)))
        for n, (kind, person, amount) in enumerate(ones)
    ]


@given(st.lists(drafts(), max_size=30))
def test_debts_are_what_the_ledger_says_of_each_person(ones: list[Draft]) -> None:
    found = debts((entry(n, one) for n, one in enumerate(ones)), settled=True)
    ledger = {(a.name, c): n for (a, c), n in balances(ones).items() if a.root is Root.DEBTS}
    standing = {(person_key(one.person), one.currency): one.amount + one.earlier for one in found}
    assert {key: amount for key, amount in standing.items() if amount} == ledger


@given(st.lists(drafts(), max_size=12), st.randoms(use_true_random=False))
def test_debts_do_not_depend_on_the_order_in_which_entries_come(ones: list[Draft], random: object) -> None:
    entries = [entry(n, one) for n, one in enumerate(ones)]
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert debts(shuffled, settled=True) == debts(entries, settled=True)


def test_lending_and_getting_it_back_in_parts_leaves_the_rest() -> None:
    found = debts(made((Kind.LEND, "Nam", 2_000_000), (Kind.COLLECT, "nam", 500_000)))
    assert [(debt.person, debt.amount, debt.entries) for debt in found] == [("nam", 1_500_000, 2)]
    assert found[0].since == TODAY
    assert found[0].last == TODAY + timedelta(days=1)


def test_who_is_even_is_not_listed_unless_asked_for() -> None:
    entries = made((Kind.BORROW, "chị Hoa", 300_000), (Kind.REPAY, "chị Hoa", 300_000))
    assert debts(entries) == []
    assert [debt.amount for debt in debts(entries, settled=True)] == [0]


def test_a_debt_that_turns_round_began_when_it_turned() -> None:
    found = debts(made((Kind.LEND, "Nam", 100), (Kind.BORROW, "Nam", 250)))
    assert [(debt.amount, debt.since) for debt in found] == [(-150, TODAY + timedelta(days=1))]


def test_paying_back_a_debt_from_before_the_book_makes_nobody_owe_anything() -> None:
    found = debts(made((Kind.REPAY, "chị Hoa", 200), (Kind.COLLECT, "Nam", 300)), settled=True)
    assert [(debt.person, debt.amount, debt.earlier) for debt in found] == [("chị Hoa", 0, 200), ("Nam", 0, -300)]
    more = debts(made((Kind.LEND, "Nam", 100), (Kind.COLLECT, "Nam", 250), (Kind.LEND, "Nam", 40)))
    assert [(debt.amount, debt.earlier, debt.since) for debt in more] == [(40, -150, TODAY + timedelta(days=2))]


def test_those_who_owe_the_member_come_first_and_other_currencies_stand_apart() -> None:
    entries = made((Kind.BORROW, "A", 900), (Kind.LEND, "B", 100), (Kind.LEND, "C", 700))
    entries.append(entry(9, draft(199, kind=Kind.LEND, person="A", currency="USD")))
    assert [(debt.person, debt.amount, debt.currency) for debt in debts(entries)] == [
        ("C", 700, "VND"), ("B", 100, "VND"), ("A", -900, "VND"), ("A", 199, "USD"),
    ]  # fmt: skip


def test_eating_with_somebody_is_no_debt() -> None:
    assert debts(made((Kind.EXPENSE, "Lan", 45_000), (Kind.INCOME, "mẹ", 1_000_000)), settled=True) == []
