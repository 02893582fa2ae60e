"""A09, A07, A23: a bank's description or a note becomes no formula, no SQL, no word of a shared model."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from typing import TYPE_CHECKING

import openpyxl
import pytest

from builders.statements import TODAY, Moved, day, vpbank, write
from toolkit.expenses.shipped import MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

FORMULAS = (
    "=1+1", "+SUM(A1:A9)", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://evil.test","bấm")', "  =1+1", "\u200b=1+1", "'=1+1", "＋1", "−1+1",
)  # fmt: skip
INJECTIONS = (
    "'; DROP TABLE expense_entry; --", "' OR '1'='1", '" OR ""="', "1; DELETE FROM expense_line",
    "') UNION SELECT 1 --", "%' --", "\\'; --", "x' || (SELECT group_concat(name) FROM sqlite_master) || '",
    "NULL", "?1", ":a", "0x27",
)  # fmt: skip


def moved(texts: tuple[str, ...]) -> list[Moved]:
    return [Moved(day(1 + n % 28), -(10_000 + n), text, f"R{n}", name=text) for n, text in enumerate(texts)]


@pytest.fixture
def filled(tmp_path: Path, cli: Cli) -> None:
    path = write(tmp_path / "a.xlsx", vpbank(moved(tuple(text.strip("\t\r") for text in FORMULAS)), 10_000_000))
    # A formula typed into the sheet itself is a formula to openpyxl: the statement holds texts.
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=5, min_col=4, max_col=4):
        row[0].data_type = "s"
    book.save(path)
    assert cli("expenses", "import", path, "--account", "VPBank", "--yes", "--today", TODAY).exit_code == 0
    for text in FORMULAS:
        ran = cli("expenses", "add", "ăn phở 45k", "--today", TODAY, "--json")
        number = ran.json["data"]["entries"][0]["id"]
        assert cli("expenses", "edit", number, "--note", text).exit_code == 0


def test_no_cell_of_an_exported_spreadsheet_is_a_formula(filled: None, tmp_path: Path, cli: Cli) -> None:
    assert cli("expenses", "export", tmp_path / "sổ.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "sổ.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


def test_no_cell_of_an_exported_csv_begins_like_a_formula(filled: None, tmp_path: Path, cli: Cli) -> None:
    for name, command in (("a.csv", ("export", tmp_path / "a.csv")), ("b.csv", ("import", "--dry-run", "--csv"))):
        if name == "a.csv":
            assert cli("expenses", *command).exit_code == 0
            text = (tmp_path / name).read_text("utf-8-sig")
        else:
            rows = vpbank(moved(tuple(text.strip() for text in FORMULAS)), 10_000_000)
            text = cli("expenses", *command, write(tmp_path / name, rows), "--today", TODAY).stdout.lstrip("\ufeff")
        for row in csv.reader(text.splitlines()):
            for cell in row:
                bare = cell.lstrip("\u200b \t")
                plain = bare.lstrip("+-").replace(".", "").isdigit()
                assert plain or bare[:1] not in tuple("=+@＝＋"), cell


def test_hostile_texts_stay_texts_in_journals(filled: None, cli: Cli) -> None:
    for to in ("hledger", "beancount"):
        text = cli("expenses", "export", "--to", to).stdout
        assert text.count(" 45000 VND") == len(FORMULAS)


def test_sql_in_a_statement_is_only_words(tmp_path: Path, cli: Cli, home: Path) -> None:
    path = write(tmp_path / "a.csv", vpbank(moved(INJECTIONS), 10_000_000))
    assert cli("expenses", "list", "--today", TODAY).exit_code == 0
    cli("expenses", "add", "ăn phở 45k", "--today", TODAY)
    schema = _schema(home)
    ran = cli("expenses", "import", path, "--yes", "--today", TODAY, "--json")
    assert ran.json["data"]["entries"] == len(INJECTIONS)
    for text in INJECTIONS:
        for words in (
            ("import", path, "--account", text, "--dry-run"),
            ("import", path, "--day-column", text, "--dry-run"),
            ("import", path, "--sheet", text, "--dry-run"),
            ("banks", "forget", text),
            ("export", "--to", "hledger", "--account", text),
        ):
            assert cli("expenses", *words).exit_code in (0, 2, 3, 4), words
    assert _schema(home) == schema
    assert cli("expenses", "import", path, "--yes", "--today", TODAY, "--json").json["data"]["lines"] == 0


def _schema(home: Path) -> str:
    with sqlite3.connect(home / "toolkit.db") as db:
        found = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return hashlib.sha256(repr(found).encode()).hexdigest()


def test_words_of_a_statement_stay_on_the_machine_and_out_of_the_shipped_model(tmp_path: Path, cli: Cli) -> None:
    before = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    canaries = tuple(f"canary{n:02}xyz" for n in range(50))
    path = write(tmp_path / "a.csv", vpbank(moved(canaries), 10_000_000))
    assert cli("expenses", "import", path, "--yes", "--today", TODAY).exit_code == 0
    assert hashlib.sha256(MODEL.read_bytes()).hexdigest() == before
    data = MODEL.read_bytes()
    assert not any(canary.encode() in data for canary in canaries)
