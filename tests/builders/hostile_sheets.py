"""Spreadsheets that nobody means well with, or that went wrong on the way; each with the exit code that it must end in
and the titles that may be read from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from builders.corpus import moment
from builders.workbooks import (
    Content,
    csv_text,
    far_cell,
    long_cell,
    with_document_type,
    write_xlsx,
    zip_bomb,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Build = Callable[[Path], object]

HEADING: list[Content] = ["Nội dung", "Ngày", "Giờ", "Địa điểm"]
GOOD: list[Content] = ["Họp", "24/11/2026", "8h", "Phòng 1"]


@dataclass(frozen=True)
class Hostile:
    """`exit` is 0, 1 (something was read) or 3 (nothing was); `titles` are the events that are made."""

    name: str
    build: Build
    exit: int
    titles: tuple[str, ...] = ()
    suffix: str = "xlsx"

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.name}.{self.suffix}"
        self.build(path)
        return path


def _sheet(*rows: Sequence[Content], merges: Sequence[str] = ()) -> Build:
    merged = [("Lịch", cells, "Nội dung") for cells in merges]
    return lambda path: write_xlsx(path, {"Lịch": rows}, merges=merged)


def _text(text: str | bytes) -> Build:
    return lambda path: path.write_bytes(text.encode() if isinstance(text, str) else text)


def _csv(*rows: Sequence[str]) -> Build:
    return _text(csv_text(rows))


def _formulas(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADING, ["Họp", "=1/0", "=NA()"], ["#N/A", "#VALUE!", "#DIV/0!", "#NAME?"], GOOD):
        sheet.append(row)
    book.save(path)


def _cut_off(path: Path) -> None:
    write_xlsx(path, {"Lịch": [HEADING, GOOD]})
    path.write_bytes(path.read_bytes()[:2000])


HOSTILE = (
    Hostile("empty", _sheet(), 3),
    Hostile("only-headings", _sheet(HEADING), 3),
    Hostile("no-headings", _sheet(GOOD, GOOD), 3),
    Hostile("headings-of-spaces", _sheet([" ", "  ", "\t", "\u00a0"], GOOD), 3),
    Hostile("300-columns", _sheet([*HEADING, *(f"Cột {n}" for n in range(296))], [*GOOD, *["x"] * 296]), 0, ("Họp",)),
    Hostile("all-merged", _sheet(HEADING, GOOD, GOOD, merges=["A1:D3"]), 3),
    Hostile("fifty-days-in-a-row", _sheet(["Ngày"] * 50, ["24/11/2026"] * 50), 3),
    Hostile("heading-far-below", _sheet(*[["x"]] * 100, HEADING, GOOD), 3),
    Hostile("formulas-with-errors", _formulas, 1, ("Họp",)),
    Hostile("numbers-for-days", _sheet(HEADING, ["A", -5, -0.5], ["B", 46350, 8.5], ["C", 99999999, 1.5]), 3),
    Hostile("huge-numbers", _sheet(HEADING, ["A", 1e300, 1e-300], ["B", 0, 0]), 3),
    Hostile(
        "years-that-are-none",
        _sheet(
            HEADING, ["A", "1/1/1900", "8h"], ["B", "31/12/9999", "8h"], ["C", moment(9999, 12, 31, 23, 30), None],
            ["D", "1/1/0001", "8h"], ["E", "1/1/10000", "8h"],
        ),
        3,
    ),
    Hostile("bare-cells", _sheet(HEADING, [True, False, True], [None, date(2026, 11, 24), time(8)]), 3),
    Hostile("long-texts", _sheet(HEADING, ["x" * 32_000, *GOOD[1:]], ["A", "9" * 30_000], ["B", GOOD[1], "8h-" * 9_000])
            , 3),
    Hostile("texts-of-100-kB", _csv(
        ["Nội dung", "Ngày", "Giờ"], ["a" * 100_000, "24/11/2026", "8h"], ["B", "1/" * 50_000, "8h"],
        ["C", "24/11/2026", "thứ " * 25_000],
    ), 3, (), "csv"),
    Hostile("pictures", _sheet(
        ["📌 Nội dung", "📅 Ngày", "⏰ Giờ"], ["🎉 Tiệc", *GOOD[1:3]], ["🎂", *GOOD[1:3]], ["⏰", "25/11/2026", "🕗"]
    ), 1, ("🎉 Tiệc", "🎂")),
    Hostile("right-to-left", _sheet(HEADING, ["\u202eegnahc\u202c", *GOOD[1:]], ["اجتماع", "٢٤/١١/٢٠٢٦", "٨"])
            , 1, ("\u202eegnahc\u202c",)),
    Hostile("full-width", _sheet(HEADING, ["Họp", "２４/１１/２０２６", "８h"]), 0, ("Họp",)),
    Hostile("formulas-as-texts", _csv(
        ["Nội dung", "Ngày"], ["=cmd|'/C calc'!A0", "24/11/2026"], ['=HYPERLINK("http://x")', "25/11/2026"],
        ["[link=http://x]a[/link]", "26/11/2026"],
    ), 0, ("=cmd|'/C calc'!A0", '=HYPERLINK("http://x")', "[link=http://x]a[/link]"), "csv"),
    Hostile("escapes", _csv(
        ["Nội dung", "Ngày"], ["\x1b[31mđỏ\x1b[0m", "24/11/2026"], ["y", "\x1b[2J"]
    ), 1, ("\x1b[31mđỏ\x1b[0m",), "csv"),
    Hostile("no-bytes", _text(b""), 3, (), "csv"),
    Hostile("zeros", _text(bytes(1000)), 3, (), "csv"),
    Hostile("noise", _text(bytes(range(256)) * 50), 3, (), "csv"),
    Hostile("line-ends", _text("\n" * 5000), 3, (), "csv"),
    Hostile("commas", _text("," * 5000), 3, (), "csv"),
    Hostile("unclosed-quote", _text('Nội dung,Ngày\n"Họp,24/11/2026\nB,25/11/2026\n'), 1, ("Họp", "B"), "csv"),
    Hostile("ragged", _text("Nội dung,Ngày\nA\nB,24/11/2026,x,y,z\n,,\n"), 1, ("B",), "csv"),
    Hostile("another-kind", _text(b"\x89PNG\r\n\x1a\n" + bytes(100)), 3, (), "xls"),
    Hostile("cut-off", _cut_off, 3),
    Hostile("five-hundred-days-in-a-cell", _sheet(HEADING, ["A", "\n".join(["24/11/2026"] * 500)]), 3),
    Hostile("two-hundred-times-in-a-cell", _sheet(HEADING, ["A", "24/11/2026", "; ".join(["8h-9h"] * 200)]), 3),
    Hostile("repeats-for-ever", _sheet(
        ["Nội dung", "Ngày", "Lặp lại", "Đến ngày"], ["A", "24/11/2026", "hằng ngày", "31/12/9999"],
        ["B", "24/11/2026", "hằng phút"], ["C", "24/11/2026", "mỗi 999999999 năm"], ["D", "24/11/2026", "10^9 lần"],
    ), 3),
    Hostile("thousands-of-guests", _sheet(
        ["Nội dung", "Ngày", "Email"], ["A", "24/11/2026", ",".join(f"a{n}@x.vn" for n in range(2500))]
    ), 3),
    Hostile("reminders", _sheet(
        ["Nội dung", "Ngày", "Nhắc trước"], ["A", "24/11/2026", "99999999999 ngày"], ["B", "24/11/2026", "-5 phút"]
    ), 1, ("A", "B")),
    Hostile("the-same-row", _sheet(HEADING, *[GOOD] * 300), 1, ("Họp",)),
    Hostile("zip-bomb", zip_bomb, 3),
    Hostile("far-cell", far_cell, 3),
    Hostile("long-cell", long_cell, 3),
    Hostile("document-type", with_document_type, 3),
)  # fmt: skip
