"""A23, A25, A26: what is typed as a budget's or a bill's name is a name: no query, no command, no endless search."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.expense_books import CLOCK, memory_book
from builders.money_months import AT, entry, months, write_book
from toolkit.core.errors import ConflictError
from toolkit.expenses.budgets import scope_named
from toolkit.expenses.recurring import name_key, plain_name
from toolkit.expenses.service.recurring import accept, record, remove, skip
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

INJECTIONS = (
    "'", '"', "`", ";", "--", "' OR '1'='1", "'; DROP TABLE expense_budget; --", '"; DROP TABLE expense_entry; --',
    "food'; UPDATE expense_budget SET amount=1; --", "food' UNION SELECT name FROM sqlite_schema --", "%", "_",
    "\\", "\x00", "') ; ATTACH DATABASE '/tmp/x' AS x; --", "1; PRAGMA writable_schema=1", "NULL", "${7*7}",
    "{value}", "{0}", "%s", "%(id)s", "NEAR(food)", "food OR total",
)  # fmt: skip
SLOW = (
    "tháng " * 70,
    "1" * 400,
    "t1 " * 130,
    "a" * 100_000,
    " " * 100_000,
    "tháng" * 20_000,
    "-_." * 30_000,
    "ă" * 50_000,
)


def schema(home: Path) -> list[object]:
    with closing(sqlite3.connect(home / "toolkit.db")) as db:
        found = db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
        return [found, db.execute("SELECT * FROM expense_budget").fetchall()]


@pytest.fixture
def book(home: Path) -> Path:
    write_book(home, months([3_500_000] * 4, note="tiền nhà", category="housing", day=5))
    return home


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_name_is_never_a_query(cli: Cli, book: Path, text: str) -> None:
    before = schema(book)
    for words in (
        ["budget", "set", text, "3tr"], ["budget", "set", "food", text], ["budget", "remove", text],
        ["recurring", "accept", text], ["recurring", "remove", text],
        ["recurring", "record", "tiền nhà", "--amount", text],
        ["report", "--by", text], ["report", "--month", text],
    ):  # fmt: skip
        ran = cli(
            "expenses", *words[:2], *(["--"] if "--amount" not in words and words[0] != "report" else []), *words[2:]
        )
        assert ran.exit_code in (2, 3, 4), words
    assert schema(book) == before


@given(st.text(max_size=200))
def test_any_name_of_a_bill_is_refused_in_words_where_there_is_none(text: str) -> None:
    book = memory_book()
    for verb in (accept, remove, skip, record):
        with pytest.raises(ConflictError):
            verb(book, CLOCK, text)


@pytest.mark.parametrize("text", SLOW, ids=lambda text: f"{text[:6]!r}…")
def test_long_names_are_read_at_once(text: str) -> None:
    labels = {f"own{n}": f"loại {n}, tên dài hơn, thêm nữa" for n in range(300)}
    start = time.perf_counter()
    scope_named(text, labels)
    plain_name(text)
    name_key(text)
    assert time.perf_counter() - start < 1


def test_escapes_in_names_never_reach_the_terminal(cli: Cli, home: Path) -> None:
    hostile = "\x1b[31mtiền\x1b]8;;http://x\x07 nhà\u202e\r\x9b2J"
    write_book(home, [entry(date(2026, n, 5), 1_000, "housing", note=hostile) for n in (8, 9, 10, 11)])
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        from toolkit.expenses.book import ExpenseBook

        with ExpenseBook(store).recording("import", at=AT) as recording:
            recording.put("expense_category", {"id": "own", "parent": "rest", "kind": "expense", "label": hostile})
    today = "--today=2026-12-09"
    said = [
        cli("expenses", *words, today)
        for words in (
            ["budget", "set", "own", "3tr"], ["budget", "status"], ["budget", "status", "--json"],
            ["recurring", "list"],
            ["recurring", "accept", "nha"], ["recurring", "list", "--csv"], ["recurring", "list"], ["recurring", "due"],
            ["recurring", "record", "nha"], ["recurring", "accept", hostile],
        )
    ]  # fmt: skip
    assert [ran.exit_code for ran in said[:-1]] == [0] * (len(said) - 1)
    for ran in said:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.stdout + ran.stderr)
