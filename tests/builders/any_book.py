"""Books of every shape for property tests: drafts over all kinds, categories, accounts, people and currencies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from toolkit.core.dates.clock import FixedClock
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.model import DEBTS, Account, Draft, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.expenses.book import ExpenseBook

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CLOCK = FixedClock(NOW)
ACCOUNTS = ("cash", "vietcombank", "momo", "bank", "savings", "so-tay")
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), max_size=40)
HOSTILE = st.sampled_from(
    ["=1+1", "+84", "-5", "@SUM(A1)", "a;b", 'say "hi"', "back\\slash", "tiền: nhà", "a|b", "(12) phở", "* ! ;", "  ",
     "'=x", "''", "'", "1.5", "2026-11-01", "TRUE", "00123", "1e5", "%", "Phở #1", "{}", "x  y", "Đặng", "１２"],
)  # fmt: skip
NOTES = st.one_of(WORDS, HOSTILE)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """One entry that a book can hold."""
    kind = draw(st.sampled_from(Kind))
    category = draw(st.sampled_from([leaf for leaf, one in LEAVES.items() if one.kind is kind]))
    account = draw(st.sampled_from(ACCOUNTS))
    counter = draw(st.sampled_from([one for one in ACCOUNTS if one != account])) if kind is Kind.TRANSFER else ""
    sure = draw(st.booleans())
    return Draft(
        day=draw(st.dates(date(2025, 1, 1), date(2026, 12, 31))),
        kind=kind,
        category=category,
        amount=draw(st.integers(1, 10**12)),
        currency=draw(st.sampled_from(["VND", "VND", "VND", "USD", "JPY"])),
        account=account,
        counter=counter,
        person=draw(NOTES).strip() if kind in DEBTS or draw(st.booleans()) else "",
        note=draw(NOTES),
        sentence=draw(NOTES),
        core=draw(NOTES),
        needs_confirm=not sure,
        confidence=1.0 if sure else draw(st.floats(0, 1)),
    )


BOOKS = st.lists(drafts(), min_size=1, max_size=12)


def filled(book: ExpenseBook, made: Sequence[Draft], accounts: Sequence[Account] = ()) -> ExpenseBook:
    """The book with these entries in it."""
    from toolkit.expenses.book import account_row

    with book.recording("add", at=NOW) as run:
        for account in accounts:
            run.put("expense_account", account_row(account))
        for draft in made:
            run.add(draft)
    return book
