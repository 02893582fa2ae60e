"""F33, F34, F38, F43, F44, A25, A28: exports in old encodings, damaged, hostile, or not the file they were."""

from __future__ import annotations

import contextlib
import time
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.shops import FEW, TODAY, Rows, kiotviet_details, lazada, many, misa, shopee, tiktok, write
from builders.workbooks import far_cell, long_cell, with_document_type, zip_bomb
from toolkit.core.errors import InputError
from toolkit.kpi.imports.cells import RoundedIdError, looks_rounded, order_number, plain_text
from toolkit.kpi.imports.days import DayError, Days
from toolkit.kpi.imports.reading import read_export
from toolkit.kpi.imports.statuses import Statuses, StatusWords
from toolkit.sheets.amounts import NoAmountError, read_decimal
from toolkit.sheets.model import Cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Cli

DONE = FEW[:2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_same_file_in_every_encoding(encoding: str, form: Literal["NFC", "NFD"], tmp_path: Path) -> None:
    rows = [
        [unicodedata.normalize(form, cell) if isinstance(cell, str) else cell for cell in row] for row in misa(DONE)
    ]
    if encoding == "cp1258":
        rows = [[_cp1258(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    path = write(tmp_path / "a.csv", rows, encoding=encoding)
    export = read_export(path, encoding="utf-16-be" if encoding == "utf-16-be" else None)
    assert (export.profile, export.revenue) == ("misa", 450_000)
    assert export.orders[0].buyer.name == "Nguyễn Thị Lan"


def _cp1258(text: str) -> str:
    """Tones apart from their letters, as that code page has them."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in "\u0300\u0309\u0303\u0301\u0323")
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(letter + tones if letter.encode("cp1258", "ignore") else char)
    return "".join(out)


def test_damaged_rows_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", shopee(FEW))
    lines = path.read_bytes().split(b"\r\n")
    lines[3] = lines[3].replace(b",180000,", b',"180000,', 1)  # a quote that never closes
    lines.insert(2, b"2611010001ZZZZ,2026")
    lines[-2] = lines[-2].replace(b"Tr", b"\x00Tr", 1)
    path.write_bytes(b"\n".join(lines[:5]) + b"\r" + b"\r\n".join(lines[5:]))
    export = read_export(path)
    assert export.problems
    assert all(problem.place.row for problem in export.problems)
    assert {order.number for order in export.orders} <= {one.number for one in FEW}
    assert export.lines + export.skipped == export.rows


@pytest.mark.parametrize("build", [far_cell, long_cell, zip_bomb, with_document_type], ids=lambda build: build.__name__)
def test_a_hostile_workbook_is_refused(build: Callable[[Path], Path], tmp_path: Path, cli: Cli) -> None:
    ran = cli("kpi", "import", build(tmp_path / "a.xlsx"), "--yes", "--json")
    assert ran.exit_code == 3
    assert ran.json["problems"][0]["code"].startswith("sheets.")


def test_half_of_a_file_gone_takes_nothing_out_of_the_book(tmp_path: Path, cli: Cli) -> None:
    cli("kpi", "import", write(tmp_path / "a.csv", shopee(FEW)), "--yes", "--today", TODAY)
    ran = cli("kpi", "import", write(tmp_path / "a.csv", shopee(FEW[:1])), "--yes", "--today", TODAY, "--json")
    assert ran.json["data"]["orders"] == {"new": 0, "updated": 0, "unchanged": 1}
    assert len(cli("kpi", "export").stdout.splitlines()) == 1 + 7
    empty = cli("kpi", "import", write(tmp_path / "a.csv", shopee([])), "--yes", "--today", TODAY, "--json")
    assert empty.exit_code == 3
    assert len(cli("kpi", "export").stdout.splitlines()) == 1 + 7


def test_a_file_that_is_exchanged_while_it_is_read_gives_what_it_had(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", lazada(many(3_000)))
    wanted = read_export(path).revenue

    def exchange(*_: object) -> None:
        write(tmp_path / "b.csv", lazada(DONE)).replace(path)

    assert read_export(path, progress=exchange).revenue == wanted


ESCAPES = "\x1b[2J\x1b]52;c;cm0\x07\u202eabc\u2066\x9b31m\rx\x08"


def test_nothing_in_a_file_commands_the_terminal(tmp_path: Path, cli: Cli) -> None:
    orders = [replace(FEW[0], number=f"A1{ESCAPES}", buyer=f"Lan{ESCAPES}"), FEW[1]]
    rows = kiotviet_details(orders)
    rows[3][rows[0].index("Trạng thái")] = f"lạ{ESCAPES}"
    path = write(tmp_path / "a.xlsx", [[_xml(cell) for cell in row] for row in rows])
    ran = cli("kpi", "import", path, "--dry-run", "--today", TODAY)
    for text in (ran.stdout, ran.stderr):
        assert not set(text) & set("\x1b\u202e\u2066\x9b\r\x08\x07")
    rows[3][rows[0].index("Trạng thái")] = "Hoàn thành"
    ran = cli("kpi", "import", write(tmp_path / "b.csv", rows), "--yes", "--today", TODAY)
    out = cli("kpi", "export").stdout
    assert not set(out) & set("\x1b\u202e\u2066\x9b\x08\x07")


def _xml(cell: object) -> object:
    return "".join(c for c in cell if c >= " ") if isinstance(cell, str) else cell


# --- any cell at all


def cell(value: object, text: str | None = None) -> Cell:
    return Cell(value, str(value) if text is None else text, 1, 1)  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_number_of_an_order_or_is_refused(text: str) -> None:
    try:
        number = order_number(cell(text))
    except RoundedIdError:
        return
    assert len(number) <= 80
    assert number == number.strip()
    assert not set(number) & set("\t\r\n\x1b")
    assert order_number(cell(number)) == number or number[:1] in ("'", "=")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_day_an_amount_a_state_or_none(text: str) -> None:
    days = Days()
    days.see(text)
    days.settle(None, "dmy")
    try:
        day = days.read(text)
    except DayError:
        day = None
    assert day is None or 1990 <= day.year <= 2100
    try:
        amount = read_decimal(text, text)
    except NoAmountError:
        amount = None
    assert amount is None or amount.number.is_finite()
    assert Statuses(StatusWords(), {"done": ["xong"]}).meaning(text) in ("done", "unknown")
    assert "\n" not in plain_text(text)


@pytest.mark.parametrize(
    "text",
    ["9" * 5_000, "1." * 5_000, "1/" * 5_000, "5.7" + "7" * 5_000 + "E+17", " " * 100_000, "2026-" * 5_000,
     "((((" * 5_000, "\t" * 50_000 + "1", "1e" * 5_000],
)  # fmt: skip
def test_outsized_cells_are_dealt_with_at_once(text: str) -> None:
    began = time.monotonic()
    days = Days()
    days.see(text)
    days.settle(None, "dmy")
    for attempt in (lambda: days.read(text), lambda: read_decimal(text, text), lambda: order_number(cell(text))):
        with contextlib.suppress(DayError, NoAmountError, RoundedIdError):
            attempt()
    plain_text(text)
    looks_rounded(text[:80])
    Statuses(StatusWords({"done": ("xong*",)}), {}).meaning(text)
    assert time.monotonic() - began < 1


GRID = st.lists(
    st.lists(st.sampled_from(["", "Mã đơn hàng", "Ngày đặt hàng", "Trạng Thái Đơn Hàng", "Giá ưu đãi", "Số lượng",
                              "Người Mua", "Hoàn thành", "Đã hủy", "2026-11-05", "25/11/2026", "90.000", "-5", "A1",
                              "Tổng cộng", "5.77E+17", "%%x%%", "=1+1"]), min_size=1, max_size=8),
    min_size=1, max_size=10,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(GRID)
def test_any_grid_is_read_or_refused_with_a_reason(grid: Rows) -> None:
    import tempfile
    from pathlib import Path

    names = "Mã đơn hàng,Ngày đặt hàng,Trạng Thái Đơn Hàng,Giá ưu đãi,Số lượng,Người Mua,SKU phân loại hàng"
    heading = names.split(",")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (grid, [heading, *grid]):
            path = write(Path(folder) / "a.csv", rows)
            try:
                export = read_export(path)
            except InputError:
                continue
            assert export.rows == export.lines + export.skipped
            assert export.revenue >= 0
            assert len({order.number for order in export.orders}) == len(export.orders)


def test_descriptions_alone_are_no_orders(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_export(write(tmp_path / "a.csv", tiktok([])))
    assert caught.value.problem.code == "kpi.import_no_orders"
