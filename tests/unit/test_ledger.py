"""Double entry: whatever is recorded, the postings sum to zero, and balances don't depend on any order."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.expense_books import ACCOUNTS, draft, drafts
from toolkit.expenses.ledger import LedgerAccount, Root, balances, opening_postings, person_key, postings
from toolkit.expenses.model import Account, Kind

if TYPE_CHECKING:
    from toolkit.expenses.model import Draft

OPENED = st.builds(
    Account,
    id=st.sampled_from(ACCOUNTS),
    label=st.just(""),
    kind=st.just("bank"),
    currency=st.sampled_from(["VND", "USD"]),
    opening=st.integers(-(10**12), 10**12),
    opened=st.just(date(2026, 1, 1)),
)


@given(drafts())
def test_every_entry_is_two_postings_that_sum_to_zero_in_its_currency(entry: Draft) -> None:
    made = postings(entry)
    assert len(made) == 2
    assert sum(posting.amount for posting in made) == 0
    assert {posting.currency for posting in made} == {entry.currency}
    assert {abs(posting.amount) for posting in made} == {entry.amount}
    assert made[0].account != made[1].account


@given(st.lists(drafts(), max_size=25), st.lists(OPENED, max_size=4, unique_by=lambda account: account.id))
def test_all_balances_together_are_zero_in_every_currency(entries: list[Draft], accounts: list[Account]) -> None:
    sums: Counter[str] = Counter()
    for (_, currency), amount in balances(entries, accounts).items():
        sums[currency] += amount
    assert not any(sums.values())


@given(st.lists(drafts(), max_size=15), st.randoms(use_true_random=False))
def test_balances_do_not_depend_on_the_order_of_entries(entries: list[Draft], random: object) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert balances(shuffled) == balances(entries)
    half = len(entries) // 2
    parts = Counter(balances(entries[:half]))
    parts.update(balances(entries[half:]))
    assert {key: amount for key, amount in parts.items() if amount} == balances(entries)


@given(st.lists(drafts(), max_size=15))
def test_what_an_own_account_holds_is_what_came_in_less_what_went_out(entries: list[Draft]) -> None:
    """Counted here in another way than the ledger counts."""
    held: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        comes_in = entry.kind in (Kind.INCOME, Kind.BORROW, Kind.COLLECT)
        held[entry.account, entry.currency] += entry.amount if comes_in else -entry.amount
        if entry.kind is Kind.TRANSFER:
            held[entry.counter, entry.currency] += entry.amount
    own = {(a.name, c): n for (a, c), n in balances(entries).items() if a.root is Root.OWN}
    assert own == {key: n for key, n in held.items() if n}


@pytest.mark.parametrize(
    ("kind", "receives", "pays"),
    [
        (Kind.EXPENSE, LedgerAccount(Root.EXPENSES, "food"), LedgerAccount(Root.OWN, "cash")),
        (Kind.INCOME, LedgerAccount(Root.OWN, "cash"), LedgerAccount(Root.INCOME, "salary")),
        (Kind.LEND, LedgerAccount(Root.DEBTS, "chi hoa"), LedgerAccount(Root.OWN, "cash")),
        (Kind.REPAY, LedgerAccount(Root.DEBTS, "chi hoa"), LedgerAccount(Root.OWN, "cash")),
        (Kind.BORROW, LedgerAccount(Root.OWN, "cash"), LedgerAccount(Root.DEBTS, "chi hoa")),
        (Kind.COLLECT, LedgerAccount(Root.OWN, "cash"), LedgerAccount(Root.DEBTS, "chi hoa")),
        (Kind.TRANSFER, LedgerAccount(Root.OWN, "momo"), LedgerAccount(Root.OWN, "cash")),
    ],
)
def test_money_goes_where_its_direction_says(kind: Kind, receives: LedgerAccount, pays: LedgerAccount) -> None:
    counter = "momo" if kind is Kind.TRANSFER else ""
    into, out = postings(draft(kind=kind, person="Chị  HOA", counter=counter))
    assert (into.account, out.account) == (receives, pays)
    assert (into.amount, out.amount) == (45_000, -45_000)


def test_currencies_are_never_mixed() -> None:
    found = balances([draft(45_000), draft(199, currency="USD")])
    cash = LedgerAccount(Root.OWN, "cash")
    assert found[cash, "VND"] == -45_000
    assert found[cash, "USD"] == -199


def test_an_account_that_began_with_nothing_has_no_opening() -> None:
    assert opening_postings(Account("momo", "MoMo", "wallet")) == ()
    into, out = opening_postings(Account("momo", "MoMo", "wallet", opening=-500))
    assert (into.amount, out.amount) == (-500, 500)


def test_a_person_is_the_same_however_the_name_is_typed() -> None:
    assert person_key("Chị  HOA") == person_key("chị hoa") == person_key("chi hoa")
    assert person_key("Nam") != person_key("anh Nam")
