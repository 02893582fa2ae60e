"""csv and tsv as members' programs write them: any delimiter, any line end, quotes that were never closed.

Python's csv module swallows the rest of a file after an unclosed quote; here each bad line is told with its number and
all others are read. A row's number is the one that a spreadsheet program shows (a record may span several lines).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from toolkit.core.cells import cell_name
from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.sheets.charset import open_text, settle
from toolkit.sheets.found import Remark
from toolkit.sheets.limits import MAX_COLUMN, MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.model import Encoding

DELIMITERS = "\t;|,"  # in this order when they fit equally well: a comma is also a decimal point
_SAMPLE_LINES = 200
_LONGEST_LINE = 4_000_000  # characters
_MOST_LINES = 200  # of one quoted text; more is an unclosed quote
_QUOTED = re.compile(r'"[^"\r\n]*"')


class Record(NamedTuple):
    """One row of the file: its number, the line (from 1) on which it begins, its fields."""

    number: int
    line: int
    fields: list[str]


class DelimitedReader:
    """Reads records and remarks. `delimiter` and `width` (fields of a typical row) are found out at the start."""

    def __init__(self, stream: BinaryIO, encoding: Encoding, *, tabs: bool = False) -> None:
        self._encoding = encoding
        self._text = open_text(stream, encoding)
        self._ahead: deque[str] = deque()
        self._line = 0  # lines handed out so far
        head = self._peek(_SAMPLE_LINES)
        hint = _declared(head[0]) if head else None
        if hint:
            self._next_line()
        body = head[1:] if hint else head
        self.delimiter = hint or guess_delimiter(body, tabs=tabs)
        self.width = _typical_width(body, self.delimiter)

    def close(self) -> None:
        """Let go of the stream without closing it."""
        self._text.detach()

    def __iter__(self) -> Iterator[Record | Remark]:
        number = 0
        settled = False  # a row of full width has been seen: from here on, a row of another width is worth a word
        while (line := self._next_line()) is not None:
            number += 1
            start = self._line
            fields, remarks = self._record(line, number)
            if not any(field and not field.isspace() for field in fields):
                yield from remarks
                continue
            while len(fields) > self.width and not fields[-1].strip():
                fields.pop()
            # one field alone is a line beside the table: a total, a signature, the hours of a shift
            if settled and len(fields) not in (1, self.width) and not remarks:
                code = "sheets.row_too_long" if len(fields) > self.width else "sheets.row_too_short"
                remarks.append(Remark(code, number, params={"line": start, "found": len(fields), "wanted": self.width}))
            settled = settled or len(fields) == self.width
            if len(fields) > MAX_COLUMN:
                place = Place(row=number, column=len(fields))
                raise InputError("sheets.far_cell", place, cell=cell_name(number, len(fields)))
            yield from remarks
            yield Record(number, start, [_field(field) for field in fields])

    # --- lines

    def _peek(self, count: int) -> list[str]:
        while len(self._ahead) < count and (line := self._read_line()) is not None:
            self._ahead.append(line)
        return list(self._ahead)[:count]

    def _next_line(self) -> str | None:
        line = self._ahead.popleft() if self._ahead else self._read_line()
        if line is not None:
            self._line += 1
        return line

    def _read_line(self) -> str | None:
        try:
            line = self._text.readline(_LONGEST_LINE)
        except UnicodeError as error:  # half a UTF-16 character
            raise InputError("sheets.damaged") from error
        if len(line) >= _LONGEST_LINE:
            raise InputError("sheets.long_line", Place(row=self._line + 1), most=_LONGEST_LINE)
        return settle(line, self._encoding) if line else None

    # --- records

    def _record(self, line: str, number: int) -> tuple[list[str], list[Remark]]:
        start = self._line
        remarks: list[Remark] = []
        if "\x00" in line:
            remarks.append(Remark("sheets.nul", number, params={"line": start}))
            line = line.replace("\x00", "")
        if "\ufffd" in line:
            remarks.append(Remark("sheets.bad_bytes", number, value=_excerpt(line), params={"line": start}))
        if '"' not in line:
            return _bare(line).split(self.delimiter), remarks
        fields = split_quoted(line, self.delimiter)
        if fields is None:
            fields = self._several_lines(line)
        if fields is None:
            remarks.append(Remark("sheets.unclosed_quote", number, value=_excerpt(line), params={"line": start}))
            fields = [field.lstrip(' "') for field in _bare(line).split(self.delimiter)]
        return fields, remarks

    def _several_lines(self, line: str) -> list[str] | None:
        """The fields of a record that goes on over the next lines; None, no line used up, if its quote never closes."""
        parts = [line]
        fields: list[str] | None = None
        while fields is None and len(parts) < _MOST_LINES:
            ahead = self._peek(len(parts))
            if len(ahead) < len(parts):
                return None
            parts.append(ahead[-1].replace("\x00", ""))
            if sum(map(len, parts)) > MAX_TEXT:
                return None
            if '"' in parts[-1]:
                try:
                    fields = split_quoted("".join(parts), self.delimiter)
                except _Unclosed:
                    return None
        whole = self.width > 1 and all(part.count(self.delimiter) == self.width - 1 for part in parts)
        if fields is None or whole:  # each line alone is a full row: the quote was a slip, the rows are real
            return None
        for _ in parts[1:]:
            self._next_line()
        return fields


class _Unclosed(Exception):  # noqa: N818  (a finding, not a failure)
    """A quote that began on an earlier line does not close where it should."""


def split_quoted(text: str, delimiter: str) -> list[str] | None:
    """The fields of one record; None if its last quote is not closed.

    A quote closes its field only before a delimiter or the end; inside a line any other one is text, since people type
    "Nhà hàng "Sen"" without doubling. Across lines it is a sign that the field was never closed: raises _Unclosed.
    """
    fields: list[str] = []
    text = _bare(text)
    at = 0
    while True:
        start = at
        while text[start : start + 1] == " ":
            start += 1
        if text[start : start + 1] == '"':
            closed, stop = _closing(text, start + 1, delimiter)
            if closed < 0:
                return None
            fields.append(text[start + 1 : closed].replace('""', '"'))
        else:
            stop = text.find(delimiter, at)
            stop = len(text) if stop < 0 else stop
            fields.append(text[at:stop])
        if stop >= len(text):
            return fields
        at = stop + 1


def _closing(text: str, at: int, delimiter: str) -> tuple[int, int]:
    """Where the quoted field beginning at `at` closes, and where the next delimiter (or the end) is; -1 if open."""
    start = at
    while (quote := text.find('"', at)) >= 0:
        after = quote + 1
        while text[after : after + 1] == " ":
            after += 1
        if after >= len(text) or text[after] == delimiter:
            return quote, after
        if text[quote + 1] == '"':
            at = quote + 2
            continue
        if "\n" in text[start:quote] or "\r" in text[start:quote]:
            raise _Unclosed
        at = quote + 1
    return -1, -1


def guess_delimiter(lines: list[str], *, tabs: bool = False) -> str:
    """The delimiter that cuts most lines into the same number of fields. `tabs`: the file's name says tabs."""
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    best, best_share = ("\t" if tabs else ","), 0.0
    for delimiter in DELIMITERS:
        counts = Counter(count for line in bare if (count := line.count(delimiter)))
        share = counts.most_common(1)[0][1] / len(bare) if counts else 0.0
        if share > best_share + 1e-9:
            best, best_share = delimiter, share
    return best


def _typical_width(lines: list[str], delimiter: str) -> int:
    """Fields of a typical row: as many as at least half of the lines have, blank ones at the end included; else as
    many as most lines have without those."""
    bare = [_QUOTED.sub("", _bare(line)) for line in lines if line.strip()]
    with_blanks = Counter(line.count(delimiter) + 1 for line in bare)
    width, times = max(with_blanks.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    if width > 1 and 2 * times >= len(bare):
        return width
    several = Counter(count for line in bare if (count := line.rstrip(delimiter).count(delimiter) + 1) > 1)
    return max(several, key=lambda count: (several[count], count)) if several else 1


def _declared(line: str) -> str | None:
    """The delimiter that a first line `sep=;` names, as Excel writes it for itself."""
    match = re.fullmatch(r"\ufeff?sep=(.)\s*", line, re.IGNORECASE)
    return match[1] if match else None


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _field(field: str) -> str:
    if "\r" in field:
        field = field.replace("\r\n", "\n").replace("\r", "\n")
    return field if field.isascii() else unicodedata.normalize("NFC", field)


def _excerpt(line: str) -> str:
    return _bare(line)[:60]
