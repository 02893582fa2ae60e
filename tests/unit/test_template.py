"""The template: what we hand out to be filled in is what we read back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from builders.grids import book, grid
from toolkit.calendar.reading import ReadOptions, ReadResult, read_events
from toolkit.calendar.reading.headings import NAMES
from toolkit.calendar.template import COLUMNS, Lang, examples, write_template
from toolkit.core.errors import ConflictError, InputError
from toolkit.core.text import fold
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.sheets.model import Value

TODAY = date(2026, 11, 22)
LANGUAGES: tuple[Lang, ...] = ("vi", "en")


def read(path: Path) -> ReadResult:
    return read_events(read_workbook(path), ReadOptions(TODAY))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_examples_that_are_left_in_make_no_event_and_are_named(lang: Lang, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"mau.{ending}"
    write_template(path, lang, TODAY)
    result = read(path)
    assert not (result.problems)
    assert not (result.refused)
    assert not (result.wanted)
    assert [(note.code, note.params["rows"]) for note in result.notes] == [("calendar.examples_left_in", "2, 3, 4, 5")]
    assert len(result.shapes) == 1


def filled_in(path: Path) -> ReadResult:
    """The template as somebody leaves it who only took the marks out of the examples."""
    found = read_workbook(path)
    rows = [[_unmarked(cell.value) for cell in row.cells] for row in found.sheets[0].rows]
    return read_events(book(grid(rows)), ReadOptions(TODAY))


def _unmarked(value: Value) -> Value:
    return value.replace("(ví dụ) ", "").replace("(example) ", "") if isinstance(value, str) else value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_kinds_of_file_say_the_same_and_without_the_marks_the_examples_are_events(
    lang: Lang, tmp_path: Path
) -> None:
    for ending in ("xlsx", "csv"):
        write_template(tmp_path / f"mau.{ending}", lang, TODAY)
    first, second = filled_in(tmp_path / "mau.xlsx"), filled_in(tmp_path / "mau.csv")
    assert [w.event for w in first.wanted] == [w.event for w in second.wanted]
    assert not first.problems
    assert {w.source.row for w in first.wanted} == {2, 3, 4, 5}
    assert {note.code for note in first.notes} == {"calendar.lunar_years"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_of_the_template_is_one_that_we_read_as_something_else(lang: Lang) -> None:
    known = {fold(name): field for field, names in NAMES.items() for name in names}
    fields = [known[fold(column.heading)] for column in COLUMNS[lang]]
    assert len(set(fields)) == len(fields)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_of_writing_that_the_guide_shows_is_understood(lang: Lang, tmp_path: Path) -> None:
    columns = COLUMNS[lang]
    headings = [column.heading for column in columns]
    row = {headings[0]: "Họp", headings[1]: "25/11/2026"}
    for column in columns:
        if column.heading in (headings[4], headings[10]):
            continue  # the last day and the cancellation are no matter of spelling
        for example in column.example.split(" · "):
            begins = {headings[2]: "8h"} if column.heading == headings[3] else {}
            filled = {**row, **begins, column.heading: example}
            result = read_events(book(grid([headings, [filled.get(h) for h in headings]])), ReadOptions(TODAY))
            assert not result.problems, (column.heading, example)
            assert result.wanted, (column.heading, example)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_spreadsheet_set_to_another_country_cannot_swap_day_and_month(lang: Lang, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(path, lang, TODAY)
    sheet = load_workbook(path).worksheets[0]
    for column in (2, 5):
        cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
        assert {cell.number_format for cell in cells} == {"@"}
        assert not [cell for cell in cells if isinstance(cell.value, date)]


def test_a_file_that_exists_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "lich.xlsx"
    path.write_text("của bạn", encoding="utf-8")
    with pytest.raises(ConflictError) as refused:
        write_template(path, "vi", TODAY)
    assert refused.value.problem.code == "calendar.template_exists"
    assert path.read_text(encoding="utf-8") == "của bạn"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        write_template(tmp_path / "lich.docx", "vi", TODAY)
    assert refused.value.problem.code == "calendar.template_kind"
    assert not list(tmp_path.iterdir())


@given(st.dates(date(2024, 1, 1), date(2090, 1, 1)))
def test_the_examples_lie_ahead_whenever_the_template_is_made(today: date) -> None:
    for lang in LANGUAGES:
        days = [row[1] for row in examples(lang, today) if isinstance(row[1], date)]
        assert all(today < day <= today + timedelta(days=14) for day in days)
