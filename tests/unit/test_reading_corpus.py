"""Whole files, as members make them, read from disk: exactly the events a careful person reads, and no others."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from builders.corpus import TODAY, Case, write
from builders.grid_cases import GRID_CASES
from builders.list_cases import LIST_CASES
from builders.roster_cases import ROSTER_CASES
from toolkit.calendar.reading import ReadOptions, read_events
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.calendar.reading import ReadResult


CASES = (*LIST_CASES, *GRID_CASES, *ROSTER_CASES)


def iso(moment: date | datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if isinstance(moment, datetime) else moment.isoformat()


def read(case: Case, folder: Path) -> ReadResult:
    return read_events(read_workbook(write(case, folder)), ReadOptions(TODAY, **case.options))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_members_sheet_gives_exactly_its_events(case: Case, tmp_path: Path) -> None:
    result = read(case, tmp_path)
    found = [
        (w.source.row, w.event.summary, iso(w.event.start), iso(w.event.end), "".join(w.event.recurrence))
        for w in result.wanted
    ]
    assert sorted(found) == sorted((e.row, e.summary, e.start, e.end, e.rule) for e in case.expected)
    assert {refused.row for refused in result.refused} == case.refused
    assert set(result.shapes.values()) == {case.shape}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_event_knows_its_place_in_the_file(case: Case, tmp_path: Path) -> None:
    result = read(case, tmp_path)
    for expected in case.expected:
        mine = [w for w in result.wanted if (w.source.row, w.event.summary) == (expected.row, expected.summary)]
        assert expected.location is None or expected.location in {w.event.location for w in mine}
        assert expected.sheet is None or expected.sheet in {w.source.sheet for w in mine}
    assert {w.source.file for w in result.wanted} == {f"{case.name}.{case.kind}"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_refusal_names_a_row_and_what_stands_there(case: Case, tmp_path: Path) -> None:
    result = read(case, tmp_path)
    rows = {problem.place.row for problem in result.problems}
    assert case.refused <= rows or case.shape in {"weekday_grid", "roster"}  # a column's heading may be at fault
    assert bool(rows) == bool(case.refused)
    for problem in result.problems:
        assert problem.place.file == f"{case.name}.{case.kind}"
        assert problem.place.row is not None
        assert problem.place.column is not None
