"""ods (LibreOffice), read as a stream: values, the text that was seen, merged blocks, hidden rows, struck-through text.

Source: OpenDocument 1.3 part 3, chapters 9 (tables) and 19 (attributes). Rows and cells that repeat are written once
with a count; the counts are not believed beyond what a member could have typed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.sheets.archive import open_member
from toolkit.sheets.fonts import font_flags
from toolkit.sheets.found import Head, Item, RawRow, Remark
from toolkit.sheets.limits import MAX_COLUMN, check_reach, check_text
from toolkit.sheets.model import MergeRange, Shows, Value
from toolkit.sheets.numbers import general
from toolkit.sheets.stored import iso_moment, plain_float
from toolkit.sheets.wire import STRUCK, Packed, pack
from toolkit.sheets.xmlstream import Attributes, listen, listening

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_MAX_MERGES = 20_000
_MAX_REPEATED = 1_000_000  # cells that counts may add to a file
_MAX_ROW = 1_048_576
_DURATION = re.compile(r"PT?(?:(\d{1,6})D)?T?(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d{1,12})?S)?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?")
_DAY_ZERO = date(1899, 12, 30)


class OdsReader:
    """Reads a workbook from its (already checked) archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.share = 0.0
        self._archive = archive

    def __iter__(self) -> Iterator[Item]:
        manifest = open_member(self._archive, "META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in manifest.read(1_000_000):
            raise InputError("sheets.password")
        styles = _Styles()
        self._hear("styles.xml", styles)
        outline = _Outline(styles)
        if not self._hear("content.xml", outline) or not outline.heads:
            raise InputError("sheets.damaged")
        size = self._archive.getinfo("content.xml").file_size or 1
        rows = _Rows(styles, outline.heads)
        with self._archive.open("content.xml") as stream:
            for read in listening(stream, rows):
                self.share = min(read / size, 1.0)
                yield from rows.drain()

    def _hear(self, member: str, listener: _Styles | _Outline) -> bool:
        stream = open_member(self._archive, member)
        if stream is None:
            return False
        with stream:
            listen(stream, listener)
        return True


class _Styles:
    """What a style's name stands for: flags of the text, and whether a sheet in this style is hidden."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self._flags: dict[str, int] = {}
        self._parents: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(attributes)
        if name == "style":
            self._name = local.get("name", "")
            self._parents[self._name] = local.get("parent-style-name", "")
        elif name == "text-properties":
            line = local.get("text-line-through-style") or local.get("text-line-through-type") or "none"
            flags = font_flags(local.get("font-name") or local.get("font-family", ""))
            self._flags[self._name] = flags | (STRUCK if line != "none" else 0)
        elif name == "table-properties" and local.get("display") == "false":
            self.hidden.add(self._name)

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass

    def flags(self, name: str) -> int:
        """The flags of a style; a style without text properties of its own has its parent's."""
        for _ in range(8):
            if name in self._flags or not name:
                break
            name = self._parents.get(name, "")
        return self._flags.get(name, 0)


class _Tables:
    """Counts sheets, rows and columns through all repetitions; what is done with a cell is the subclass's business."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.in_table = False
        self.row = 0
        self.row_count = 1
        self.row_hidden = False
        self.column = 0
        self.column_count = 1
        self.cell: Attributes | None = None
        self.depth = 0  # of elements inside the cell; a cell may hold a drawing, a note, even a table
        self._foreign = 0  # depth inside what is no cell of ours: links' caches, drawings

    def start(self, name: str, attributes: Attributes) -> None:
        if self._foreign or name in ("dde-links", "shapes", "tracked-changes"):
            self._foreign += 1
        elif self.cell is not None:
            self.depth += 1
            self.inside_cell(name, attributes)
        elif name == "table":
            local = _local(attributes)
            if local.get("name", "").startswith("'file:"):  # what LibreOffice remembers of another file
                self._foreign += 1
                return
            self.in_table = True
            self.row, self.row_count = 0, 1
            self.begin_table(local)
        elif name == "table-row":
            local = _local(attributes)
            self.row += 1
            self.row_count = _count(local.get("number-rows-repeated"))
            self.row_hidden = local.get("visibility", "visible") != "visible"
            self.column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self.cell = _local(attributes)
            self.depth = 0
            self.column += 1
            self.column_count = _count(self.cell.get("number-columns-repeated"))
            self.begin_cell(self.cell)
        elif name in ("table-column", "style", "text-properties", "table-properties"):
            self.around(name, attributes)

    def end(self, name: str) -> None:
        if self._foreign:
            self._foreign -= 1
        elif self.cell is not None and self.depth:
            self.depth -= 1
        elif self.cell is not None:
            self.end_cell(self.cell)
            self.column += self.column_count - 1
            self.cell = None
        elif name == "table-row":
            self.end_row()
            self.row += self.row_count - 1
        elif name == "table":
            self.in_table = False

    def text(self, data: str) -> None:
        pass

    def begin_table(self, table: Attributes) -> None: ...

    def begin_cell(self, cell: Attributes) -> None: ...

    def inside_cell(self, name: str, attributes: Attributes) -> None: ...

    def end_cell(self, cell: Attributes) -> None: ...

    def end_row(self) -> None: ...

    def around(self, name: str, attributes: Attributes) -> None: ...


class _Outline(_Tables):
    """The first pass: styles, sheets, merged blocks, hidden columns. They are needed before the rows."""

    def __init__(self, styles: _Styles) -> None:
        super().__init__(styles)
        self.heads: list[Head] = []
        self._merges: list[MergeRange] = []
        self._hidden: set[int] = set()
        self._next_column = 1
        self._about: Attributes = {}

    def begin_table(self, table: Attributes) -> None:
        self._merges, self._hidden, self._next_column, self._about = [], set(), 1, table

    def around(self, name: str, attributes: Attributes) -> None:
        if name != "table-column":
            self.styles.start(name, attributes)
            return
        local = _local(attributes)
        count = _count(local.get("number-columns-repeated"))
        if local.get("visibility", "visible") != "visible":
            last = min(self._next_column + count - 1, MAX_COLUMN)
            self._hidden.update(range(self._next_column, last + 1))
        self._next_column += count

    def begin_cell(self, cell: Attributes) -> None:
        rows, columns = _count(cell.get("number-rows-spanned")), _count(cell.get("number-columns-spanned"))
        if rows > 1 or columns > 1:
            last = min(self.column + columns - 1, MAX_COLUMN)
            self._merges.append(MergeRange(self.row, self.column, self.row + rows - 1, last))
            if len(self._merges) > _MAX_MERGES:
                raise InputError("sheets.damaged")

    def end(self, name: str) -> None:
        if name == "table" and self.in_table and self.cell is None and not self._foreign:
            title = unicodedata.normalize("NFC", self._about.get("name", ""))
            visible = self._about.get("style-name", "") not in self.styles.hidden
            merges = tuple(sorted(merge for merge in self._merges if merge.first_column <= MAX_COLUMN))
            self.heads.append(Head(title, visible, frozenset(self._hidden), merges))
        super().end(name)


class _Rows(_Tables):
    """The second pass: the rows."""

    def __init__(self, styles: _Styles, heads: list[Head]) -> None:
        super().__init__(styles)
        self._heads = iter(heads)
        self._ready: list[Item] = []
        self._sheet = ""
        self._cells: list[Packed] = []
        self._last_row = 0
        self._repeated = 0
        self._parts: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._in_text = False

    def drain(self) -> list[Item]:
        """The rows that are complete since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def begin_table(self, table: Attributes) -> None:  # noqa: ARG002  (the outline knows it by now)
        head = next(self._heads)
        self._sheet, self._last_row, self._cells = head.name, 0, []
        self._ready.append(head)

    def begin_cell(self, cell: Attributes) -> None:  # noqa: ARG002  (looked at when it ends)
        self._parts, self._length, self._paragraphs, self._in_text = [], 0, 0, False

    def inside_cell(self, name: str, attributes: Attributes) -> None:
        if self.depth == 1:
            self._in_text = name == "p"  # notes and drawings in a cell have texts too, deeper down
            if self._in_text:
                self._paragraphs += 1
                if self._paragraphs > 1:
                    self._parts.append("\n")
        elif self._in_text and name in ("s", "tab", "line-break"):
            spaces = min(_count(_local(attributes).get("c")), 1000)
            self.text(" " * spaces if name == "s" else "\t" if name == "tab" else "\n")

    def text(self, data: str) -> None:
        if self._in_text and self.depth:
            self._parts.append(data)
            self._length += len(data)
            check_text(self._sheet, self.row, self.column, self._length)

    def end_cell(self, cell: Attributes) -> None:
        packed = self._content(cell, unicodedata.normalize("NFC", "".join(self._parts)))
        if packed is None or packed == "":
            return
        last = self.column + self.column_count - 1
        check_reach(self._sheet, self.row, last, self._last_row)
        self._cells.extend([None] * (self.column - 1 - len(self._cells)))
        self._cells.extend([packed] * self.column_count)
        self._budget(self.column_count - 1)

    def end_row(self) -> None:
        cells, self._cells = self._cells, []
        if not cells:
            return
        if self.row + self.row_count - 1 > _MAX_ROW:
            raise InputError("sheets.damaged", Place(sheet=self._sheet, row=self.row))
        self._budget(len(cells) * (self.row_count - 1))
        for number in range(self.row, self.row + self.row_count):
            self._ready.append(RawRow(number, self.row_hidden, cells))
        self._last_row = self.row + self.row_count - 1

    def _budget(self, cells: int) -> None:
        self._repeated += cells
        if self._repeated > _MAX_REPEATED:
            raise InputError("sheets.too_big", Place(sheet=self._sheet, row=self.row))

    def _content(self, cell: Attributes, text: str) -> Packed:
        kind = cell.get("value-type", "")
        flags = self.styles.flags(cell.get("style-name", ""))
        if kind == "error" or (text.startswith("#") and "formula" in cell and kind in ("", "string")):
            self._ready.append(Remark("sheets.cell_error", self.row, self.column, text[:50]))
            return pack(None, text[:20], "", flags)
        if kind in ("float", "percentage", "currency"):
            number = plain_float(cell.get("value", ""))
            if number is None:
                return pack(text, text, "", flags) if text else None
            whole = number.is_integer() and abs(number) < 1e15
            return pack(int(number) if whole else number, text or general(number), "", flags & STRUCK)
        if kind == "boolean":
            yes = cell.get("boolean-value") == "true"
            return pack(yes, text or ("TRUE" if yes else "FALSE"), "", flags & STRUCK)
        if kind in ("date", "time"):
            value = _moment(cell.get("date-value", ""), cell.get("time-value", ""))
            if value is not None:
                return pack(value, text or str(value), _shows(value, text), flags & STRUCK)
        text = text or unicodedata.normalize("NFC", cell.get("string-value", ""))
        return pack(text, text, "", flags) if text else None


def _local(attributes: Attributes) -> Attributes:
    """Attributes by their local names. LibreOffice gives a value's type twice and names an error in its own only."""
    local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
    if attributes.get("calcext:value-type") == "error":
        local["value-type"] = "error"
    return local


def _count(raw: str | None) -> int:
    return max(int(raw), 1) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else 1


def _moment(date_value: str, time_value: str) -> Value:
    if date_value:
        moment = iso_moment(date_value)
        if isinstance(moment, datetime) and moment.date() == _DAY_ZERO:
            return moment.time()
        return None if isinstance(moment, str) else moment
    match = _DURATION.fullmatch(time_value)
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if total >= timedelta(days=1):
        return total
    return time(total.seconds // 3600, total.seconds // 60 % 60, total.seconds % 60)


def _shows(value: Value, text: str) -> Shows:
    if not isinstance(value, datetime) or not text:
        return ""
    if _CLOCK.fullmatch(text.strip()):
        return "time"
    return "" if ":" in text else "date"
