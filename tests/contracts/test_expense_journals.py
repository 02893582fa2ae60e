"""What we hand to hledger and beancount: their own checkers accept it, and their totals are ours."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from builders.any_book import BOOKS, filled
from toolkit.core.money import MINOR_DIGITS
from toolkit.expenses.book import ExpenseBook, Filter
from toolkit.expenses.ledger import Root, balances
from toolkit.expenses.model import Account, Draft, Kind
from toolkit.expenses.service.exporting import Exporter
from toolkit.expenses.views.exporting import labels
from toolkit.shell.messages import Messages
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

OWN = [
    Account("so-tay", "Sổ tay: ví; cũ", "wallet", "VND", 250_000, date(2025, 1, 1)),
    Account("vietcombank", "Vietcombank", "bank", "VND", -1_000, date(2025, 6, 1)),
]
needs_hledger = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger isn't installed on this machine")


@contextmanager
def a_book(folder: Path, made: Sequence[Draft]) -> Iterator[tuple[ExpenseBook, Exporter]]:
    with Store.open(folder / "toolkit.db", backups=folder / "backups") as store:
        book = filled(ExpenseBook(store), made, OWN)
        yield book, Exporter(book, labels(Messages("vi"), book.accounts(), {}))


def ours(book: ExpenseBook) -> dict[tuple[Root, str], Decimal]:
    """What each root holds, by currency."""
    sums: dict[tuple[Root, str], Decimal] = {}
    for (account, currency), amount in balances(book.entries(), book.accounts().values()).items():
        key = account.root, currency
        sums[key] = sums.get(key, Decimal(0)) + Decimal(amount).scaleb(-MINOR_DIGITS.get(currency, 2))
    return {key: amount for key, amount in sums.items() if amount}


def single(book: ExpenseBook) -> list[Decimal]:
    """Every account's balance: the multiset has to be the same, whatever the accounts are called."""
    found = balances(book.entries(), book.accounts().values())
    return sorted(Decimal(amount).scaleb(-MINOR_DIGITS.get(currency, 2)) for (_, currency), amount in found.items())


def run_hledger(path: Path, *arguments: str) -> str:
    done = subprocess.run(["hledger", "-f", str(path), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_hledger
@settings(max_examples=12)
@given(made=BOOKS)
def test_hledger_accepts_any_book_strictly_and_has_our_balances(
    made: list[Draft], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("b")
    path = folder / "so.journal"
    with a_book(folder, made) as (book, exporter):
        exporter.export("hledger", Filter(), path)
        run_hledger(path, "check", "--strict", "ordereddates")
        table = run_hledger(path, "balance", "--flat", "--no-total", "--layout=bare", "-O", "csv")
        rows = list(csv.DictReader(io.StringIO(table)))
        theirs = sorted(Decimal(row["balance"]) for row in rows if Decimal(row["balance"]))
        assert theirs == single(book)
        for root, word in ((Root.EXPENSES, "Chi"), (Root.INCOME, "Thu"), (Root.DEBTS, "Vay nợ"), (Root.OWN, "Tài sản")):
            for currency in ("VND", "USD", "JPY"):
                total = sum(
                    Decimal(row["balance"])
                    for row in rows
                    if row["account"].partition(":")[0] == word and row["commodity"] == currency
                )
                assert total == ours(book).get((root, currency), 0)


@settings(max_examples=12)
@given(made=BOOKS)
def test_beancount_accepts_any_book_and_has_our_balances(
    made: list[Draft], tmp_path_factory: pytest.TempPathFactory
) -> None:
    pytest.importorskip("beancount", reason="beancount isn't installed on this machine")
    from beancount import loader
    from beancount.core import data, realization

    folder = tmp_path_factory.mktemp("b")
    path = folder / "so.beancount"
    with a_book(folder, made) as (book, exporter):
        exporter.export("beancount", Filter(), path)
        entries, errors, _ = loader.load_file(str(path))
        assert errors == [], path.read_text("utf-8")
        assert sum(isinstance(entry, data.Transaction) for entry in entries) == len(made) + len(OWN)
        theirs = [
            position.units.number
            for leaf in realization.iter_children(realization.realize(entries), leaf_only=False)  # type: ignore[no-untyped-call]
            for position in leaf.balance
            if position.units.number
        ]
        assert sorted(theirs) == single(book)


def test_two_names_that_look_alike_stay_two_accounts(tmp_path: Path) -> None:
    alike = [Account("a", "Ví: đỏ", "wallet"), Account("b", "Ví đỏ", "wallet"), Account("c", "ví  ĐỎ", "wallet")]
    made = [Draft(date(2026, 11, 1), Kind.EXPENSE, "food", 100_000, one.id, note="phở") for one in alike]
    with Store.open(tmp_path / "toolkit.db", backups=tmp_path / "backups") as store:
        book = filled(ExpenseBook(store), made, alike)
        exporter = Exporter(book, labels(Messages("vi"), book.accounts(), {}))
        lines = exporter.export("beancount", Filter(), None).data.text.splitlines()
        opened = {line.rpartition(" ")[2] for line in lines if " open Assets:" in line}
        assert opened == {"Assets:Ví-đỏ", "Assets:Ví-đỏ-2", "Assets:Ví-ĐỎ-3"}
        assert exporter.export("hledger", Filter(), None).data.text.count("account Tài sản:") == 3


def test_a_debt_stands_under_the_person(tmp_path: Path) -> None:
    lent = [
        Draft(date(2026, 11, 1), Kind.LEND, "lend", 100_000, "cash", person="Chị Hoa", note="cho mượn"),
        Draft(date(2026, 11, 2), Kind.LEND, "lend", 50_000, "cash", note="cho mượn"),
    ]
    with a_book(tmp_path, lent) as (_, exporter):
        text = exporter.export("beancount", Filter(), None).data.text
        assert "Assets:Vay-nợ:Chị-Hoa  1" in text
        assert "Assets:Vay-nợ:Chưa-rõ-ai  50000 VND" in text


def test_a_period_is_that_period_alone_and_states_no_beginnings(tmp_path: Path) -> None:
    made = [
        Draft(date(2026, month, 5), Kind.EXPENSE, "food", 45_000, "cash", note=f"phở {month}") for month in (9, 10, 11)
    ]
    with a_book(tmp_path, made) as (_, exporter):
        done = exporter.export("hledger", Filter(date(2026, 10, 1), date(2026, 11, 1)), None).data
        assert done.entries == 1
        assert "phở 10" in done.text
        assert "Số dư đầu" not in done.text


@needs_hledger
def test_a_book_without_entries_is_a_journal_too(tmp_path: Path) -> None:
    with Store.open(tmp_path / "toolkit.db", backups=tmp_path / "backups") as store:
        exporter = Exporter(ExpenseBook(store), labels(Messages("en"), {}, {}))
        exporter.export("hledger", Filter(), tmp_path / "a.journal")
        assert exporter.export("beancount", Filter(), None).data.entries == 0
    run_hledger(tmp_path / "a.journal", "check", "--strict")
