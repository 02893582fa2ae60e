"""The reading process: one hostile file may bring it down, and nothing else.

Started by `isolation`; the file is its standard input, rows leave as JSON lines on its standard output.
"""

from __future__ import annotations

import gc
import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from toolkit.core.errors import InputError
from toolkit.sheets.found import FormatReader, Head, RawRow, Remark
from toolkit.sheets.limits import MAX_REMARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.wire import Packed

_BATCH = 256  # rows in one line
_BATCH_TEXT = 2_000_000  # characters after which a line ends sooner


def main(kind: str, memory: int, cpu_seconds: int) -> None:
    """Read standard input as `kind`; `memory` in bytes and `cpu_seconds` are this process's limits."""
    _limit(memory, cpu_seconds)
    gc.disable()  # rows have no cycles, and looking for some takes a third of the time
    with open(0, "rb", closefd=False) as stream:
        out = sys.stdout.buffer
        try:
            for message in _messages(kind, stream):
                out.write(json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
                out.flush()
        except InputError as error:
            place = error.problem.place
            failure = {"code": error.problem.code, "params": dict(error.problem.params),
                       "sheet": place.sheet, "row": place.row, "column": place.column}  # fmt: skip
            out.write(json.dumps({"failure": failure}).encode("ascii") + b"\n")
        except MemoryError:
            out.write(b'{"failure":{"code":"sheets.too_big","params":{},"sheet":null,"row":null,"column":null}}\n')
        with suppress(BrokenPipeError):
            out.flush()


def _limit(memory: int, cpu_seconds: int) -> None:
    """Where the platform can: Windows has no such limits, there the waiting time alone ends a bad reading."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a lower limit may be in force already
            resource.setrlimit(what, (most, most))


def _reader(kind: str, stream: BinaryIO) -> FormatReader:
    from toolkit.sheets.archive import open_archive

    if kind == "xlsx":
        from toolkit.sheets.xlsx import XlsxReader

        return XlsxReader(open_archive(stream))
    if kind == "ods":
        from toolkit.sheets.ods import OdsReader

        return OdsReader(open_archive(stream))
    if kind == "html":
        from toolkit.sheets.html_table import HtmlReader

        return HtmlReader(stream)
    from toolkit.sheets.binary import BinaryReader

    if kind == "xlsb":
        open_archive(stream)
        stream.seek(0)
    return BinaryReader(stream)


def _messages(kind: str, stream: BinaryIO) -> Iterator[dict[str, object]]:
    reader = _reader(kind, stream)
    rows: list[tuple[int, bool, list[Packed]]] = []
    length = 0
    said: dict[str, int] = {}
    for item in reader:
        if isinstance(item, RawRow):
            rows.append(item)
            length += sum([len(cell) for cell in item.cells if type(cell) is str])
            if len(rows) >= _BATCH or length >= _BATCH_TEXT:
                yield {"rows": rows, "share": reader.share}
                rows, length = [], 0
            continue
        if rows:
            yield {"rows": rows, "share": reader.share}
            rows, length = [], 0
        if isinstance(item, Head):
            yield {"sheet": item.name, "visible": item.visible, "hidden": sorted(item.hidden_columns),
                   "merges": item.merges}  # fmt: skip
        else:
            said[item.code] = said.get(item.code, 0) + 1
            if said[item.code] <= MAX_REMARKS:
                yield _remark(item)
    if rows:
        yield {"rows": rows, "share": 1.0}
    for code, times in said.items():
        if times > MAX_REMARKS:
            yield {"more": code, "times": times - MAX_REMARKS}
    yield {"end": True}


def _remark(remark: Remark) -> dict[str, object]:
    return {"remark": remark.code, "row": remark.row, "column": remark.column, "value": remark.value,
            "params": remark.params}  # fmt: skip
