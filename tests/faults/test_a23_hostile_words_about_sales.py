"""A09, A23, A24, A25, A26: a line, a name, a search is text: no SQL, no query, no formula, no terminal command, and
nothing that keeps a parser busy."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.kpi_books import NOW, memory_book, sale
from toolkit.core.errors import ToolkitError
from toolkit.core.text import search_key
from toolkit.kpi.book.records import sale_words
from toolkit.kpi.cli.options import amount_given, quantity_given, share_given, splits_given
from toolkit.kpi.service.looking import Wanted, each

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Cli

INJECTIONS = [
    "' OR 1=1 --", '" OR ""="', "'; DROP TABLE kpi_sale; --", "1) UNION SELECT * FROM kpi_run --", "%", "_", "\\", "''",
    "a' || (SELECT sentence FROM kpi_sale) || '", "x; UPDATE kpi_sale SET amount = 1", "NULL", ")", "(", "[", "*", '"',
    "id DESC", "1; --", "/**/", "Robert'); DROP TABLE students;--", "😀'; --", "ử'ử",
]  # fmt: skip
ESCAPES = [
    "\x1b[2J", "\x1b]0;tên\x07", "\x1b]52;c;cm0gLXJm\x07", "\x9b31m", "an toàn\rnguy hiểm", "abc\x08\x08xyz",
    "\u202egnp.exe", "\u2066abc\u2069", "a\u200bb", "\x7f", "\x85dòng", "\u2028",
]  # fmt: skip
FORMULAS = ["=1+1", "+cmd|'/C calc'!A0", "@SUM(A1)", "\t=1+1", "＝1+1", '=HYPERLINK("http://evil.test","x")', "-2+3"]
FORBIDDEN = {chr(code) for code in [*range(10), *range(11, 32), *range(127, 160)]} | set(
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def schema(home: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "toolkit.db")) as db:
        return db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


@pytest.mark.parametrize("words", INJECTIONS)
def test_sql_in_any_free_text_is_text(words: str, cli: Cli, home: Path) -> None:
    assert cli("kpi", "log", "bán son cho Lan 450k").exit_code == 0
    before = schema(home)
    for arguments in (
        ("log", f"bán {words} cho Mai 300k"), ("log", "bán kem 1tr", "--customer", words, "--product", words),
        ("edit", 1, "--note", words, "--referrer", words, "--channel", words), ("search", words),
        ("list", "--customer", words), ("list", "--product", words), ("list", "--channel", words),
        ("list", "--engagement", words), ("list", "--month", words), ("show", words), ("delete", words),
        ("product", "alias", "son", words), ("product", "add", words, "--category", words, "--alias", words + "2"),
        ("calendar", "leave", words), ("calendar", "week", "6", "--from", words), ("engagement", "add", words),
        ("engagement", "edit", words, "--label", words), ("log", "bán áo 1tr", "--splits", words),
    ):  # fmt: skip
        ran = cli("kpi", *arguments)
        assert ran.exit_code in (0, 1, 2, 3, 4), (arguments, ran)
        assert "Traceback" not in ran.stderr
    assert schema(home) == before
    assert cli("kpi", "show", 1, "--json").json["data"]["entry"]["amount"] == 450_000


BOOK = memory_book()
with BOOK.recording("log", at=NOW) as _run:
    SALE = _run.add(sale())


@settings(max_examples=500)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_no_search_raises_and_each_finds_only_what_has_its_words(words: str) -> None:
    text = sale_words(SALE)
    assert len(list(BOOK.sales(words=words))) == all(word in text for word in search_key(words).split())
    found = list(each(BOOK, Wanted(customer=words)))
    assert len(found) == (not search_key(words) or f" {search_key(words)} " in " chi hoa ")


@pytest.mark.parametrize("escape", ESCAPES)
def test_nothing_that_was_typed_commands_the_terminal_later(escape: str, cli: Cli) -> None:
    said = [cli("kpi", "log", f"bán {escape} kem cho Mai 300k"), cli("kpi", "log", f"{escape} trời đẹp quá")]
    said.append(cli("kpi", "log", "bán son 1tr", "--customer", f"Lan {escape}", "--note", escape, "--channel", escape))
    for arguments in (
        ("list",), ("list", "--csv"), ("list", "--json"), ("search", "kem"), ("show", 1), ("show", 2, "--json"),
        ("edit", 1, "--product", f"áo {escape}"), ("log", "--dry-run", f"bán {escape} mũ cho Vy 90k"),
        ("log", "--dry-run", "--json", f"bán {escape} mũ cho Vy 90k"), ("log", "-", "--dry-run", "--json"),
        ("product", "list"), ("product", "rename", "son", f"son {escape}"), ("engagement", "add", f"nơi {escape}"),
        ("engagement", "list"), ("calendar", "leave", "24/12", "--note", escape), ("calendar", "show", "2026-12"),
        ("calendar", "leave", escape), ("undo", "--list"), ("undo",), ("delete", 1), ("contacts", "list"),
    ):  # fmt: skip
        said.append(cli("kpi", *arguments, stdin=f"bán {escape} mũ cho Vy 90k\nbán áo {escape} 1tr\n"))
    for ran in said:
        assert not set(ran.stdout + ran.stderr) & FORBIDDEN, ran


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_list_opened_in_a_spreadsheet_has_no_formula(formula: str, cli: Cli) -> None:
    from openpyxl import Workbook

    cli("kpi", "log", "bán son cho Lan 450k", "--customer", formula, "--note", formula, "--channel", formula)
    cli("kpi", "log", f"{formula} bán kem cho Mai 300k")
    cli("kpi", "edit", 1, "--product", formula, "--referrer", formula)
    cli("kpi", "log", "chị Hoa trả hàng, hoàn 450k")
    for arguments in (("list", "--all", "--csv"), ("product", "list", "--csv"), ("undo", "--list", "--csv")):
        rows = list(csv.reader(io.StringIO(cli("kpi", *arguments).stdout)))
        assert len(rows) >= 2
        sheet = Workbook().active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}
        for cell in (cell for row in rows for cell in row if not cell.lstrip("+-").isdigit()):  # no number
            assert cell.lstrip()[:1] not in set("=+@＝＋－＠−-"), cell


@pytest.mark.parametrize("read", [amount_given, quantity_given, share_given, splits_given])
@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1." * 50_000,
        "1 " * 50_000,
        "Lan " * 50_000,
        "Lan 1%, " * 20_000,
        "=" * 100_000,
        "a" * 90 + "1" * 90,
    ],
)
def test_no_option_keeps_a_reader_busy(read: Callable[[str], object], text: str) -> None:
    began = time.process_time()
    with suppress(ToolkitError):
        read(text)
    assert time.process_time() - began < 1


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_an_option_is_read_or_refused_in_words(text: str) -> None:
    for read in (amount_given, quantity_given, share_given, splits_given):
        with suppress(ToolkitError):
            read(text)
