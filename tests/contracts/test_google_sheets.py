"""A member's Google Sheet reads like the same sheet as a file, through the real client library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from builders.corpus import TODAY, Case, write
from builders.google_sheets import SHEET_ID, address, as_google
from builders.google_side import client_of
from builders.grid_cases import GRID_CASES
from builders.list_cases import LIST_CASES
from builders.roster_cases import ROSTER_CASES
from toolkit.calendar.reading import ReadOptions, read_events
from toolkit.core.errors import InputError, RemoteError, SignInError, UsageError
from toolkit.demo.google.contract import shipped
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import _document
from toolkit.google.endpoint import REAL_ROOT
from toolkit.google.spreadsheets import SHEETS_READONLY, SheetAddress, fetch, is_address, read_address
from toolkit.sheets.google_grid import FIELDS, sheet_of, workbook_of
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = [case for case in (*LIST_CASES, *GRID_CASES, *ROSTER_CASES) if case.kind in {"xlsx", "ods", "xls"}]


@pytest.fixture(scope="module")
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle(scopes=(SHEETS_READONLY,)) as server:
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_google_sheet_gives_the_events_of_the_same_file(case: Case, google: LoopbackGoogle, tmp_path: Path) -> None:
    file = read_workbook(write(case, tmp_path))
    google.spreadsheets.put(as_google(file, case.name))
    with client_of(google) as client:
        workbook = workbook_of(fetch(client, SheetAddress(SHEET_ID), FIELDS))
    assert [
        [[(cell.value, cell.merge, cell.struck, cell.shows) for cell in row.cells] for row in sheet.rows if row.cells]
        for sheet in workbook.sheets
    ] == [
        [[(cell.value, cell.merge, cell.struck, cell.shows) for cell in row.cells] for row in sheet.rows if row.cells]
        for sheet in file.sheets
    ]
    assert [(s.visible, s.hidden_columns) for s in workbook.sheets] == [
        (s.visible, s.hidden_columns) for s in file.sheets
    ]
    options = ReadOptions(TODAY, **case.options)
    ours, theirs = read_events(workbook, options), read_events(file, options)
    assert [one.event for one in ours.wanted] == [one.event for one in theirs.wanted]
    assert [one.source.row for one in ours.wanted] == [one.source.row for one in theirs.wanted]
    assert [one.row for one in ours.refused] == [one.row for one in theirs.refused]


def test_only_what_is_read_is_asked_for_and_it_alone_makes_the_digest(google: LoopbackGoogle, tmp_path: Path) -> None:
    document = as_google(read_workbook(write(CASES[0], tmp_path)), "Lịch")
    digests = []
    for locale, comment in (("vi_VN", ""), ("en_US", "ghi chú")):
        document["properties"]["locale"] = locale
        document["sheets"][0]["data"][0]["rowData"][0]["values"][0]["note"] = comment
        google.spreadsheets.put(document)
        with client_of(google) as client:
            digests.append(workbook_of(fetch(client, SheetAddress(SHEET_ID), FIELDS)).digest)
    assert digests[0] == digests[1]
    document["sheets"][0]["data"][0]["rowData"][0]["values"][0]["effectiveValue"] = {"stringValue": "Khác"}
    google.spreadsheets.put(document)
    with client_of(google) as client:
        assert workbook_of(fetch(client, SheetAddress(SHEET_ID), FIELDS)).digest != digests[0]


def test_the_field_mask_is_googles(google: LoopbackGoogle) -> None:
    shipped("sheets", "v4").masked("Spreadsheet", {}, FIELDS)


def test_each_real_service_stays_on_its_own_host() -> None:
    assert json.loads(_document("sheets", "v4", REAL_ROOT))["baseUrl"] == "https://sheets.googleapis.com/"
    assert json.loads(_document("calendar", "v3", REAL_ROOT))["baseUrl"] == "https://www.googleapis.com/calendar/v3/"
    assert json.loads(_document("sheets", "v4", "http://127.0.0.1:1/"))["baseUrl"] == "http://127.0.0.1:1/"


@pytest.mark.parametrize(
    ("wrong", "error", "code"),
    [
        ("missing", InputError, "google.sheet_not_found"),
        ("closed", InputError, "google.sheet_not_shared"),
        ("file", InputError, "google.sheet_is_a_file"),
        ("off", RemoteError, "google.sheets_off"),
        ("narrow", SignInError, "google.sheets_not_allowed"),
    ],
)
def test_what_keeps_a_sheet_from_being_read_is_said(wrong: str, error: type[Exception], code: str) -> None:
    scopes = ("https://www.googleapis.com/auth/calendar.app.created",) if wrong == "narrow" else (SHEETS_READONLY,)
    with LoopbackGoogle(scopes=scopes) as google, client_of(google) as client:
        google.spreadsheets.off = wrong == "off"
        (google.spreadsheets.closed if wrong == "closed" else google.spreadsheets.files).add(SHEET_ID)
        if wrong == "missing":
            google.spreadsheets.files.clear()
        with pytest.raises(error) as refused:
            fetch(client, SheetAddress(SHEET_ID), FIELDS)
    assert refused.value.problem.code == code  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (address(), SheetAddress(SHEET_ID)),
        (address(gid=0), SheetAddress(SHEET_ID, 0)),
        (address(gid=1234567890), SheetAddress(SHEET_ID, 1234567890)),
        (f" docs.google.com/spreadsheets/d/{SHEET_ID} ", SheetAddress(SHEET_ID)),
        (f"https://docs.google.com/spreadsheets/u/1/d/{SHEET_ID}/edit#gid=7", SheetAddress(SHEET_ID, 7)),
        (f"https://docs.google.com/a/truong.edu.vn/spreadsheets/d/{SHEET_ID}/view", SheetAddress(SHEET_ID)),
        (f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/export?format=csv&gid=5", SheetAddress(SHEET_ID, 5)),
        (f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit#gid=x", SheetAddress(SHEET_ID)),
    ],
)
def test_an_address_is_read_as_it_is_copied(typed: str, wanted: SheetAddress) -> None:
    assert is_address(typed)
    assert read_address(typed) == wanted


@pytest.mark.parametrize(
    "typed",
    [
        "https://docs.google.com/document/d/1AbC-dEf_0123456789abcdefghijklmnop/edit",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ0123456789abcdefghijk/pubhtml",
        "https://drive.google.com/file/d/1AbC-dEf_0123456789abcdefghijklmnop/view",
        f"https://docs.google.com.evil.example/spreadsheets/d/{SHEET_ID}/edit",
        "https://docs.google.com/spreadsheets/d/../../x/edit",
        "https://[docs.google.com/spreadsheets",
        "https://example.org/lich.xlsx",
        "https://docs.google.com/" + "spreadsheets/d/" * 20_000,
    ],
)
def test_what_is_no_sheet_is_refused(typed: str) -> None:
    assert is_address(typed)
    with pytest.raises(UsageError) as refused:
        read_address(typed)
    assert refused.value.problem.code == "google.not_a_sheet_address"


def test_a_file_is_no_address() -> None:
    for name in ("lich.xlsx", "docs.google.com.xlsx", "./https/lich.csv", "C:\\lich.xlsx"):
        assert not is_address(name)


@pytest.mark.parametrize(
    "document",
    [
        {}, [], {"properties": {}}, {"properties": {"title": "x"}, "sheets": [{}]},
        {"properties": {"title": "x"}, "sheets": [{"properties": {"title": "a"}, "data": [{"rowData": 3}]}]},
        {"properties": {"title": "x"}, "sheets": [{"properties": {"title": "a"}, "merges": [{}]}]},
        {"properties": {"title": "x"}, "sheets": [{"properties": {"title": "a"}, "data": [
            {"rowData": [{"values": [{"effectiveValue": {"numberValue": "x"}}]}]}
        ]}]},
    ],
)  # fmt: skip
def test_a_document_that_is_none_is_refused(document: object) -> None:
    with pytest.raises(InputError) as refused:
        workbook_of(document)
    assert refused.value.problem.code == "sheets.google_unreadable"


def test_sheets_that_are_no_grids_are_left_out_and_data_that_begins_elsewhere_keeps_its_place() -> None:
    value = {"values": [{"effectiveValue": {"stringValue": "Họp"}, "formattedValue": "Họp"}]}
    hidden = {"hiddenByFilter": True}
    document = {
        "properties": {"title": "Lịch/tháng 12.v2"},
        "sheets": [
            {"properties": {"title": "Biểu đồ", "sheetId": 9, "sheetType": "OBJECT"}},
            {
                "properties": {"title": "Lịch", "sheetId": 5},
                "data": [{"startRow": 2, "startColumn": 1, "rowData": [value], "rowMetadata": [hidden]}],
            },
        ],
    }
    workbook = workbook_of(document)
    [sheet] = workbook.sheets
    [row] = sheet.rows
    assert (workbook.file, sheet.name, row.number, row.hidden, row.at(2).value) == (
        "Lịch/tháng 12.v2",
        "Lịch",
        3,
        True,
        "Họp",
    )
    assert sheet_of(document, 5) == "Lịch"
    assert sheet_of(document, 6) is None
