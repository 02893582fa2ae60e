"""Read a member's spreadsheet, whatever it is: the whole of it, or one row at a time."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place, Problem
from toolkit.sheets.assemble import Findings, Progress, assemble
from toolkit.sheets.charset import detect, encoding_named
from toolkit.sheets.delimited import DelimitedReader, Record
from toolkit.sheets.found import Remark
from toolkit.sheets.isolation import FoundRow, Item, read_isolated
from toolkit.sheets.kinds import recognise
from toolkit.sheets.limits import MAX_REMARKS
from toolkit.sheets.model import Decoding, Row, Sheet, SheetInfo, Workbook
from toolkit.sheets.snapshot import Snapshot, take_snapshot
from toolkit.sheets.wire import Found

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

MAX_ROWS = 200_000  # that are held at once; more is for `stream_rows`
MAX_CHARACTERS = 100_000_000  # likewise: a small file can repeat one long text in every cell


def read_workbook(
    path: Path | str,
    *,
    encoding: str | None = None,
    max_rows: int = MAX_ROWS,
    progress: Progress | None = None,
) -> Workbook:
    """All sheets of a file, as it is now.

    `encoding` overrules what the text of a csv file looks like. `progress(rows, share)` hears every thousand rows how
    many were read, and the share (0 to 1) of the file if it is known. Raises InputError if the file can't be read (the
    code says why), also when it has more than `max_rows` rows; StoreError if there is no room for the private copy.
    """
    with open_rows(path, encoding=encoding, progress=progress) as (findings, items):
        return collect(findings, items, max_rows=max_rows)


def collect(findings: Findings, items: Iterable[SheetInfo | Row], *, max_rows: int = MAX_ROWS) -> Workbook:
    """A workbook out of heads and rows. Raises InputError if it holds nothing, or more than fits at once."""
    rows: list[Row] = []
    heads: list[tuple[SheetInfo, int]] = []
    characters = 0
    for item in items:
        if isinstance(item, SheetInfo):
            heads.append((item, len(rows)))
        else:
            rows.append(item)
            characters += sum([len(cell.text) for cell in item.cells])
            if len(rows) > max_rows:
                raise InputError("sheets.too_many_rows", Place(file=findings.file), most=max_rows)
            if characters > MAX_CHARACTERS:
                raise InputError("sheets.too_big", Place(file=findings.file))
    if not rows:
        raise InputError("sheets.empty", Place(file=findings.file))
    ends = [start for _, start in heads[1:]] + [len(rows)]
    sheets = tuple(
        Sheet(head.name, tuple(rows[start:end]), head.visible, head.hidden_columns, head.merges)
        for (head, start), end in zip(heads, ends, strict=True)
    )
    return Workbook(
        findings.file,
        findings.path,
        findings.digest,
        findings.kind,
        sheets,
        tuple(findings.notes),
        tuple(findings.problems),
        findings.decoding,
    )


def stream_rows(
    path: Path | str, *, encoding: str | None = None, progress: Progress | None = None
) -> Generator[tuple[SheetInfo, Row]]:
    """Each row with its sheet, one at a time, for files of any length. Errors as in `read_workbook`.

    Bad lines and notes are not told here; `open_rows` has them.
    """
    with open_rows(path, encoding=encoding, progress=progress) as (_, items):
        sheet: SheetInfo | None = None
        for item in items:
            if isinstance(item, SheetInfo):
                sheet = item
            elif sheet is not None:
                yield sheet, item


@contextmanager
def open_rows(
    path: Path | str, *, encoding: str | None = None, progress: Progress | None = None
) -> Iterator[tuple[Findings, Iterator[SheetInfo | Row]]]:
    """What is known of a file, and an iterator over its sheets (a SheetInfo) and their rows.

    The private copy is taken at once; it goes, and so does the reading process, when the block ends. The findings'
    `notes` and `problems` grow while the rows are read.
    """
    snapshot = take_snapshot(Path(path))
    with closing(snapshot):
        kind = recognise(snapshot)
        findings = Findings(snapshot.name, snapshot.path, snapshot.digest, kind)
        if kind in ("csv", "tsv"):
            findings.decoding = _decoding(snapshot, encoding)
            _tell_decoding(findings)
        source = _from_text(snapshot, findings) if findings.decoding else read_isolated(snapshot, kind)
        with closing(source), closing(assemble(source, findings, progress)) as items:
            yield findings, items


# --- text files ----------------------------------------------------------------------------------------------------


def _decoding(snapshot: Snapshot, encoding: str | None) -> Decoding:
    if encoding is None:
        return detect(snapshot.stream)
    try:
        return Decoding(encoding_named(encoding))
    except InputError as error:
        problem = error.problem
        raise InputError(problem.code, Place(file=snapshot.name), value=problem.value, **problem.params) from None


def _tell_decoding(findings: Findings) -> None:
    decoding = findings.decoding
    assert decoding is not None
    place = Place(file=findings.file)
    if not decoding.sure:
        candidates = ", ".join(decoding.candidates)
        params = {"encoding": decoding.encoding, "candidates": candidates}
        findings.notes.append(Problem("sheets.encoding_unsure", place, params))
    elif decoding.encoding != "utf-8":
        findings.notes.append(Problem("sheets.encoding_found", place, {"encoding": decoding.encoding}))


def _from_text(snapshot: Snapshot, findings: Findings) -> Generator[Item]:
    assert findings.decoding is not None
    reader = DelimitedReader(snapshot.stream, findings.decoding.encoding, tabs=findings.kind == "tsv")
    said: dict[str, int] = {}
    try:
        yield SheetInfo("")
        for item in reader:
            if isinstance(item, Remark):
                said[item.code] = said.get(item.code, 0) + 1
                if said[item.code] <= MAX_REMARKS:
                    yield Problem(item.code, Place(findings.file, None, item.row, item.column), item.params, item.value)
            else:
                yield _text_row(item)
        for times in said.values():
            if times > MAX_REMARKS:
                yield Problem("sheets.more_alike", Place(findings.file), {"n": times - MAX_REMARKS})
    except InputError as error:
        problem = error.problem
        place = Place(findings.file, None, problem.place.row, problem.place.column)
        raise InputError(problem.code, place, value=problem.value, **problem.params) from error
    finally:
        reader.close()


def _text_row(record: Record) -> FoundRow:
    cells = [Found(field, field) if field and not field.isspace() else None for field in record.fields]
    return record.number, False, cells
