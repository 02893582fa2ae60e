"""However a statement is cut into files, in whatever order they come: every line once, every balance the bank's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.statements import BANKS, Moved, running, write
from toolkit.core.dates.clock import FixedClock
from toolkit.expenses.book import ExpenseBook
from toolkit.expenses.book.proofs import Proofs
from toolkit.expenses.ledger import LedgerAccount, Root, balances
from toolkit.expenses.service.importing import Importer
from toolkit.expenses.service.understanding import Known
from toolkit.expenses.sorting import Sorter
from toolkit.sheets.read import read_workbook
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CLOCK = FixedClock(datetime(2026, 11, 30, 8, tzinfo=UTC))
SORTER = Sorter.open()
OPENING = 500_000_000


def importer_of(store: Store) -> Importer:
    book = ExpenseBook(store)
    return Importer(book, Proofs(store), CLOCK, Known(book.accounts(), {}), SORTER)


def bring_in(store: Store, *files: Path) -> int:
    importer = importer_of(store)
    found = [importer.statement(read_workbook(file)) for file in files]
    return importer.apply(importer.plan(found).data).data.entries


def held(store: Store, account: str) -> int:
    book = ExpenseBook(store)
    found = balances(book.entries(), book.accounts().values())
    return found.get((LedgerAccount(Root.OWN, account), "VND"), 0)


@st.composite
def histories(draw: st.DrawFn) -> list[Moved]:
    """A history by day, with repetitions on purpose: the same amount and words may come twice a day."""
    count = draw(st.integers(2, 14))
    start = date(2026, 10, 1)
    days = sorted(draw(st.lists(st.integers(0, 20), min_size=count, max_size=count)))
    texts = st.sampled_from(["CA PHE", "an trua", "TRAN VAN NAM chuyen tien", "RUT TIEN ATM", "GRAB* A-1XK2"])
    return [
        Moved(
            start + timedelta(days=when),
            draw(st.sampled_from([-35_000, -50_000, 35_000, 1_000_000])),
            draw(texts),
            f"R{n:06}",
        )
        for n, when in enumerate(days)
    ]


@settings(max_examples=15)
@given(
    moves=histories(),
    bank=st.sampled_from(["techcombank", "mbbank", "vpbank", "tpbank"]),
    cuts=st.lists(st.tuples(st.integers(0, 13), st.integers(1, 14)), min_size=1, max_size=4),
    endings=st.lists(st.sampled_from(["csv", "xlsx"]), min_size=5, max_size=5),
)
def test_overlapping_files_in_any_order(
    moves: list[Moved],
    bank: str,
    cuts: list[tuple[int, int]],
    endings: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("s")
    before = [OPENING, *(one.balance for one in running(moves, OPENING))]
    parts = [(start, min(start + length, len(moves))) for start, length in cuts if start < len(moves)]
    with Store.open(folder / "toolkit.db", backups=folder / "backups") as store:
        for number, (start, end) in enumerate([*parts, (0, len(moves))]):
            file = folder / f"{number}.{endings[number]}"
            bring_in(store, write(file, BANKS[bank](moves[start:end], before[start])))
        found = ExpenseBook(store).entries()
        assert sorted((entry.day, entry.amount) for entry in found) == sorted(
            (one.day, abs(one.amount)) for one in moves
        )
        assert held(store, bank) == before[-1]
        for number in range(len(parts) + 1):
            assert bring_in(store, folder / f"{number}.{endings[number]}") == 0


@settings(max_examples=15)
@given(
    transfers=st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 3), st.sampled_from([200_000, 500_000]), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    wallet_first=st.booleans(),
    together=st.booleans(),
)
def test_transfers_between_two_accounts_are_neither_spent_nor_earned(
    transfers: list[tuple[int, int, int, bool]],
    wallet_first: bool,
    together: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("s")
    start = date(2026, 10, 1)
    bank, wallet = [], []
    for number, (when, later, amount, out) in enumerate(sorted(transfers)):
        sign = -1 if out else 1
        words = "NAP TIEN VI MOMO" if out else "MOMO RUT TIEN"
        bank.append(Moved(start + timedelta(days=when + (0 if out else later)), sign * amount, words, f"B{number:06}"))
        said = "Nạp tiền từ ngân hàng liên kết" if out else "Rút tiền về ngân hàng"
        wallet.append(
            Moved(start + timedelta(days=when + (later if out else 0)), -sign * amount, said, f"W{number:06}")
        )
    bank.sort(key=lambda one: one.day)
    wallet.sort(key=lambda one: one.day)
    files = [
        write(folder / "tcb.xlsx", BANKS["techcombank"](bank, OPENING)),
        write(folder / "momo.csv", BANKS["momo"](wallet, OPENING)),
    ]
    if wallet_first:
        files.reverse()
    with Store.open(folder / "toolkit.db", backups=folder / "backups") as store:
        for group in [files] if together else [[one] for one in files]:
            bring_in(store, *group)
        found = ExpenseBook(store).entries()
        assert {entry.kind.value for entry in found} == {"transfer"}
        assert len(found) == len(transfers)
        assert held(store, "techcombank") == OPENING + sum(one.amount for one in bank)
        assert held(store, "momo") == OPENING + sum(one.amount for one in wallet)
