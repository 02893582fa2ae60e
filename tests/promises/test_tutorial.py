"""The tutorial followed word by word: its commands in their order, its table, the answers that it describes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

if TYPE_CHECKING:
    import pytest

    from running import Cli, Ran

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "first-import.md"
SHEET = "lich-cua-toi.xlsx"


def steps() -> list[tuple[str, list[str]]]:
    """(heading, the commands below it) of each step."""
    text = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^## \d+\. (.*?) \(.*\)$", text, flags=re.MULTILINE)[1:]
    return [(parts[n], re.findall(r"^\$ toolkit (.*)$", parts[n + 1], re.MULTILINE)) for n in range(0, len(parts), 2)]


def table() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not line.startswith("|--")]


def fill_in(path: Path, changes: dict[str, str] | None = None) -> None:
    """Write the tutorial's table over the examples of the template, as the member does in a spreadsheet program."""
    book = load_workbook(path)
    page = book.worksheets[0]
    columns = {page.cell(1, column).value: column for column in range(1, page.max_column + 1)}
    page.delete_rows(2, 4)
    headings, *rows = table()
    for number, row in enumerate(rows, start=2):
        for heading, text in zip(headings, row, strict=True):
            page.cell(number, columns[heading]).value = (changes or {}).get(text, text) or None
    book.save(path)


def test_the_tutorial_works_word_by_word(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def typed(line: str) -> Ran:
        words = line.split()
        return cli(*words, *(["--yes"] if words[1:2] in (["import"], ["undo"]) else []))

    told = iter(steps())
    _, (doctor,) = next(told)
    assert "chưa đăng nhập" in typed(doctor).stdout

    _, (template,) = next(told)
    assert typed(template).exit_code == 0
    fill_in(tmp_path / SHEET, {"12/12": "31/2"})

    _, (plan,) = next(told)
    mistaken = typed(plan)
    assert mistaken.exit_code == 1
    assert "Tháng 2 không có ngày 31" in mistaken.stderr
    typed(template)  # refuses to write over it, as it should
    (tmp_path / SHEET).unlink()
    typed(template)
    fill_in(tmp_path / SHEET)
    good = typed(plan)
    assert good.exit_code == 0
    assert good.stdout.count("Cúng ông Táo") == 5
    assert "tạo mới 7" in good.stdout

    _, (first_import, agenda) = next(told)
    assert "undo 1" in typed(first_import).stdout
    assert "Gặp chị Hoa (Cà phê 81)" in typed(agenda).stdout

    (tmp_path / SHEET).unlink()
    typed(template)
    fill_in(tmp_path / SHEET, {"Phòng 302": "Phòng 303"})
    _, (second_import,) = next(told)
    assert "sửa 1 · giữ nguyên 6" in typed(second_import).stdout
    assert "*sửa 1 · giữ nguyên 6*" in PAGE.read_text(encoding="utf-8")

    _, (runs, undo_edit, undo_import) = next(told)
    assert typed(runs).exit_code == 0
    assert typed(undo_edit).exit_code == 0
    assert typed(undo_import).exit_code == 0
    assert "không có gì trong lịch" in typed(agenda).stdout

    _, (third_import, export) = next(told)
    assert typed(third_import).exit_code == 0
    assert "7 sự kiện" in typed(export).stdout
    assert next(told, None) is None
