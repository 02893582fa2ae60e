"""HTML tables saved under the name of an Excel file, as many web systems export them."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING, BinaryIO

from toolkit.core.errors import InputError
from toolkit.sheets.charset import decode, detect, encoding_named
from toolkit.sheets.found import Head, Item, RawRow
from toolkit.sheets.limits import MAX_COLUMN, check_text
from toolkit.sheets.model import MergeRange
from toolkit.sheets.wire import STRUCK, pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.model import Encoding

_MAX_BYTES = 20_000_000
_MAX_SPAN = 10_000
_MAX_COVERED = 1_000_000
_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{2,20})")
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_STRIKES = frozenset({"s", "strike", "del"})
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


class HtmlReader:
    """Reads every table of a page that holds texts of its own; a table used for layout has none."""

    def __init__(self, stream: BinaryIO) -> None:
        self.share = 0.0
        self._stream = stream

    def __iter__(self) -> Iterator[Item]:
        data = self._stream.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise InputError("sheets.too_big")
        parser = _Tables()
        parser.feed(decode(data, _encoding(data, self._stream)).replace("\x00", "").removeprefix("\ufeff"))
        parser.close()
        tables = [table for table in parser.tables if any(row.texts for row in table.rows)]
        if not tables:
            raise InputError("sheets.html_without_table")
        self.share = 1.0
        for number, table in enumerate(tables, start=1):
            yield Head("" if len(tables) == 1 else str(number), merges=tuple(sorted(table.merges)))
            for row_number, row in enumerate(table.rows, start=1):
                if row.texts:
                    width = max(row.texts)
                    cells = [row.texts.get(column, ("", 0)) for column in range(1, width + 1)]
                    yield RawRow(row_number, row.hidden, [pack(t, t, "", flags) if t else None for t, flags in cells])


def _encoding(data: bytes, stream: BinaryIO) -> Encoding:
    declared = _CHARSET.search(data[:4096])
    found = detect(stream)
    if declared is None or found.encoding.startswith("utf-"):
        return found.encoding
    try:
        return encoding_named(declared[1].decode("ascii"))
    except InputError:
        return found.encoding


class _Row:
    def __init__(self, *, hidden: bool) -> None:
        self.texts: dict[int, tuple[str, int]] = {}
        self.hidden = hidden


class _Table:
    def __init__(self) -> None:
        self.rows: list[_Row] = []
        self.merges: list[MergeRange] = []
        self.taken: set[tuple[int, int]] = set()
        self.cell: _Cell | None = None


class _Cell:
    def __init__(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        self.parts: list[str] = []
        self.struck: bool | None = None


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = 0
        self._strikes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _STRIKES:
            self._strikes += 1
        elif tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif self._open:
            self._in_table(tag, {name: value or "" for name, value in attrs})

    def _in_table(self, tag: str, attributes: dict[str, str]) -> None:
        table = self._open[-1]
        if tag == "tr":
            self._end_cell(table)
            style = attributes.get("style", "").replace(" ", "").lower()
            table.rows.append(_Row(hidden="hidden" in attributes or "display:none" in style))
        elif tag in ("td", "th"):
            self._end_cell(table)
            self._begin_cell(table, attributes)
        elif tag in _BREAKS and table.cell is not None and table.cell.parts:
            table.cell.parts.append("\ue000")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _STRIKES:
            self._strikes = max(self._strikes - 1, 0)
        elif self._open and tag in ("td", "th", "tr"):
            self._end_cell(self._open[-1])
        elif self._open and tag == "table":
            self._end_cell(self._open[-1])
            self._open.pop()

    def handle_data(self, data: str) -> None:
        cell = self._open[-1].cell if self._open else None
        if cell is None or self._silent:
            return
        cell.parts.append(data.replace("\ue000", ""))
        if data.strip():
            cell.struck = bool(self._strikes) and cell.struck is not False

    def _begin_cell(self, table: _Table, attributes: dict[str, str]) -> None:
        if not table.rows:
            table.rows.append(_Row(hidden=False))
        row, column = len(table.rows), 1
        while (row, column) in table.taken:
            column += 1
        down, across = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
        across = min(across, MAX_COLUMN - column + 1)
        if across < 1 or len(table.taken) + down * across > _MAX_COVERED:
            raise InputError("sheets.too_big")
        table.taken.update((row + r, column + c) for r in range(down) for c in range(across))
        if down > 1 or across > 1:
            table.merges.append(MergeRange(row, column, row + down - 1, column + across - 1))
        table.cell = _Cell(row, column)

    def _end_cell(self, table: _Table) -> None:
        cell, table.cell = table.cell, None
        if cell is None:
            return
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(cell.parts).split("\ue000"))
        text = unicodedata.normalize("NFC", "\n".join(lines).strip())
        check_text("", cell.row, cell.column, len(text))
        if text:
            table.rows[cell.row - 1].texts[cell.column] = (text, STRUCK if cell.struck else 0)


def _span(raw: str | None) -> int:
    return min(max(int(raw), 1), _MAX_SPAN) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 9 else 1
