"""A09, A23, A24, A25: a sentence, a name, a search is text: no SQL, no query, no formula, no terminal command."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.expense_books import NOW, draft, memory_book
from toolkit.core.text import search_key
from toolkit.expenses.book import Filter

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

INJECTIONS = [
    "' OR 1=1 --", '" OR ""="', "'; DROP TABLE expense_entry; --", "1) UNION SELECT * FROM expense_run --", "%", "_",
    "\\", "''", "a' || (SELECT sentence FROM expense_entry) || '", "x; UPDATE expense_entry SET amount = 1", "NULL",
    ")", "(", "[", "*", "\"", "id DESC", "1; --", "/**/", "Robert'); DROP TABLE students;--", "😀'; --", "ử'ử",
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
    assert cli("expenses", "add", "ăn phở 45k").exit_code == 0
    before = schema(home)
    for arguments in (
        ("add", f"mua {words} 30k"), ("edit", 1, "--note", words, "--person", words), ("search", words),
        ("list", "--person", words), ("list", "--category", words), ("list", "--account", words),
        ("list", "--kind", words), ("list", "--month", words), ("fix", 1, "--category", words),
        ("categories", "add", words, "--under", "Ăn uống"), ("categories", "rename", "food", words),
        ("accounts", "set", words, "--label", words), ("debts", "settle", words), ("undo", words), ("delete", words),
    ):  # fmt: skip
        ran = cli("expenses", *arguments)
        assert ran.exit_code in (0, 1, 2, 3, 4), (arguments, ran)
        assert "Traceback" not in ran.stderr
    assert schema(home) == before
    assert cli("expenses", "list", "--json").json["data"]["entries"][0]["amount"] == 45_000


@settings(max_examples=500)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_no_search_raises_and_each_finds_only_what_has_its_words(words: str) -> None:
    key, text = search_key(words), search_key("ăn phở ăn phở với Lan 45k Lan")
    assert len(list(BOOK.each(Filter(words=words)))) == all(word in text for word in key.split())
    assert len(list(BOOK.each(Filter(person=words)))) == (not words or key == "lan")


BOOK = memory_book()
with BOOK.recording("add", at=NOW) as _run:
    _run.add(draft(person="Lan", note="ăn phở", sentence="ăn phở với Lan 45k"))


@pytest.mark.parametrize("escape", ESCAPES)
def test_nothing_that_was_typed_commands_the_terminal_later(escape: str, cli: Cli) -> None:
    said = [cli("expenses", "add", f"mua {escape} rau 30k"), cli("expenses", "add", f"{escape} có nên mua xe không")]
    cli("expenses", "add", "cho Nam mượn 2tr, ăn vặt 30-40k")
    cli("expenses", "edit", 2, "--person", f"Nam {escape}", "--note", f"n {escape}")
    for arguments in (
        ("list",), ("list", "--csv"), ("list", "--json"), ("search", "rau"), ("debts",), ("review", "--json"),
        ("parse", f"mua {escape} rau 30k"), ("parse", "--json", f"mua {escape} rau 30k"), ("undo", "--list"),
        ("review",), ("undo",),
        ("debts", "settle", escape), ("accounts", "set", f"ví {escape}", "--label", escape), ("accounts",),
        ("categories", "rename", "food", f"ăn {escape}"), ("categories",), ("fix", 1, "--category", escape),
    ):  # fmt: skip
        said.append(cli("expenses", *arguments))
    for ran in said:
        assert not set(ran.stdout + ran.stderr) & FORBIDDEN, ran


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_list_opened_in_a_spreadsheet_has_no_formula(formula: str, cli: Cli) -> None:
    from openpyxl import Workbook

    cli("expenses", "add", f"{formula} mua rau 30k")
    cli("expenses", "add", "cho Nam mượn 2tr")
    cli("expenses", "edit", 1, "--note", formula, "--person", formula)
    cli("expenses", "categories", "rename", "groceries", formula)
    rows = list(csv.reader(io.StringIO(cli("expenses", "list", "--csv").stdout)))
    assert len(rows) >= 2
    sheet = Workbook().active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}
    for cell in (cell for row in rows for cell in row if not cell.lstrip("-").isdigit()):
        assert cell.lstrip()[:1] not in set("=+@＝＋－＠−-"), cell
