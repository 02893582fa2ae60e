"""Reads an export of a shop system: which profile it is, its rows, its orders, and what is wrong with it."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place, Problem
from toolkit.kpi.imports.cells import looks_rounded
from toolkit.kpi.imports.days import Days, MixedDaysError
from toolkit.kpi.imports.fitting import HEAD, Fit, UnknownExportError, Ways, best, fit, open_columns
from toolkit.kpi.imports.model import Export
from toolkit.kpi.imports.orders import OrderMaker
from toolkit.kpi.imports.profile import OwnProfile, general_words, known_profiles, profile_named
from toolkit.kpi.imports.rows import RawRow, Separators, Table
from toolkit.kpi.imports.statuses import Statuses, StatusWords
from toolkit.kpi.imports.undisturbed import undisturbed
from toolkit.sheets.model import Row, Sheet, SheetInfo
from toolkit.sheets.read import open_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from toolkit.core.outcome import Param
    from toolkit.kpi.imports.orders import Reading
    from toolkit.sheets.assemble import Findings, Progress

MOST_ROWS: Final = 1_000_000
_RAGGED: Final = ("sheets.row_too_long", "sheets.row_too_short")
_OWN: Final = "own"
_MANY: Final = 20  # orders


def read_export(
    path: Path,
    *,
    own: Sequence[OwnProfile] = (),
    ways: Ways | None = None,
    encoding: str | None = None,
    contacts: bool = False,
    progress: Progress | None = None,
) -> Export:
    """The orders of a file. `own` are the layouts that the member has explained; `contacts`: addresses are read, too.

    Raises UnknownExportError where no profile fits, InputError where nothing can be relied on: rounded order numbers,
    days whose order can't be told, two money columns of one name. What is wrong with single rows stands in the result.
    """
    ways = ways or Ways()
    with undisturbed(), open_rows(path, encoding=encoding, progress=progress) as (findings, items):
        return _Reader(findings, list(own), ways, contacts=contacts).read(items)


class _Reader:
    def __init__(self, findings: Findings, own: Sequence[OwnProfile], ways: Ways, *, contacts: bool) -> None:
        self._findings = findings
        self._own = own
        self._ways = ways
        self._contacts = contacts
        self._fit: Fit | None = None
        self._days = Days()
        self._separators = Separators()
        self._raws: list[RawRow] = []
        self._places: dict[int, Place] = {}
        self._seen = 0
        self._unknown: list[Sheet] = []
        self._others: list[str] = []
        self._unlike = 0

    def read(self, items: Iterator[SheetInfo | Row]) -> Export:
        names = []
        for at, (info, rows) in enumerate(_by_sheet(items)):
            names.append(info.name)
            if self._ways.sheet and info.name.strip().casefold() != self._ways.sheet.strip().casefold():
                continue
            if info.visible or self._ways.sheet:
                self._sheet(at, info, rows)
        if self._fit is None:
            raise self._not_known(names)
        self._refuse_rounded()
        profile = self._fit.profile
        place = Place(file=self._findings.file)
        try:
            self._days.settle(self._ways.dates, profile.dates or None)
        except MixedDaysError as error:
            raise InputError(error.code, place, value=error.first, other=error.second) from error
        clash = self._separators.clash
        if clash is not None:
            raise InputError("kpi.import_separators", place, value=clash[0], other=clash[1])
        told = {word: state for one in self._own if one.name == profile.id for word, state in one.statuses.items()}
        told = {**profile.statuses.told, **told, **self._ways.statuses}
        words = StatusWords(profile.statuses.states, profile.statuses.returns, told)
        statuses = Statuses(words, general_words()["statuses"])
        by_lines = self._ways.by_lines
        reading = OrderMaker(self._fit, self._days, statuses, self._places, by_lines=by_lines).make(self._raws)
        if not by_lines and not profile.explained and _is_unlike(reading):
            self._unlike = reading.differing
            reading = OrderMaker(self._fit, self._days, statuses, self._places, by_lines=True).make(self._raws)
        if not reading.orders and not reading.problems:
            raise InputError("kpi.import_no_orders", Place(self._findings.file, None, self._fit.heading.row))
        return self._export(self._fit, reading)

    def _export(self, found: Fit, reading: Reading) -> Export:
        profile = found.profile
        return Export(
            file=self._findings.file,
            profile=profile.id if profile.explained else profile.system,
            source=profile.system,
            layout=profile.id,
            label=profile.label,
            orders=tuple(reading.orders),
            rows=self._seen,
            lines=reading.lines,
            skipped=self._seen - reading.lines,
            worth=found.worth_named,
            channel=profile.channel,
            has_units="quantity" in found.columns or profile.unit_rows,
            own=profile.own,
            unknown=reading.unknown,
            problems=(*reading.problems, *self._states(reading), *self._ragged(reading)),
            notes=(*self._remarks(reading), *self._notes(found, reading)),
        )

    def _sheet(self, at: int, info: SheetInfo, rows: Iterator[Row]) -> None:
        head = list(islice(rows, HEAD))
        if not head:
            return
        sheet = Sheet(info.name, tuple(head), info.visible, info.hidden_columns, info.merges)
        found = self._chosen(sheet)
        if found is None:
            self._unknown.append(sheet)
            return
        if self._fit is not None and found.profile.id != self._fit.profile.id:
            self._others.append(info.name)
            return
        self._fit = self._fit or found
        place = Place(self._findings.file, info.name or None)
        guarded = found.profile.own and self._findings.kind in ("csv", "tsv")
        self._places[at] = place
        table = Table(found, place, at, self._days, self._separators, guarded=guarded, contacts=self._contacts)
        for row in chain(head, rows):
            for raw in table.take(row):
                self._raws.append(raw)
            if len(self._raws) > MOST_ROWS:
                raise InputError("sheets.too_many_rows", Place(file=self._findings.file), most=MOST_ROWS)
        self._seen += table.seen
        if table.rivalry is not None:
            what, row_number = table.rivalry
            heading = found.named(what)
            raise InputError("kpi.import_two_money_columns", Place(place.file, place.sheet, row_number), value=heading)

    def _chosen(self, sheet: Sheet) -> Fit | None:
        ways = self._ways
        if ways.columns:
            return fit(sheet, OwnProfile(_OWN, ways.columns, ways.dates or "").as_profile())
        mine = {one.name.casefold(): one.as_profile() for one in self._own if one.columns}
        if ways.profile:
            wanted = mine.get(ways.profile.casefold()) or profile_named(ways.profile)
            if wanted is None:
                raise InputError("kpi.profile_unknown", value=ways.profile)
            # "misa" is whichever of MISA's programs the file comes from.
            family = [one for one in known_profiles() if f"{one.id}-".startswith(f"{wanted.id}-")]
            candidates = [wanted] if wanted.explained else family
            return best(sheet, candidates) or next((one for each in candidates if (one := fit(sheet, each))), None)
        return best(sheet, (*mine.values(), *known_profiles()))

    def _not_known(self, names: Sequence[str]) -> InputError:
        file = self._findings.file
        if self._ways.sheet and not any(
            name.strip().casefold() == self._ways.sheet.strip().casefold() for name in names
        ):
            return InputError("kpi.import_no_sheet", Place(file=file), value=self._ways.sheet, sheets=", ".join(names))
        if not self._unknown:
            return InputError("sheets.empty", Place(file=file))
        sheet = max(self._unknown, key=lambda one: len(one.rows))
        row, columns = open_columns(sheet)
        place = Place(file, sheet.name or None, row)
        if self._ways.profile:
            return UnknownExportError("kpi.import_other_profile", place, columns, profile=self._ways.profile)
        return UnknownExportError("kpi.import_unknown", place, columns)

    def _refuse_rounded(self) -> None:
        """Order numbers that a spreadsheet rounded make the whole file worthless: two orders could be one."""
        for raw in self._raws:
            if raw.bad is not None and raw.bad.code == "kpi.import_rounded":
                raise InputError(raw.bad.code, raw.bad.place, value=raw.bad.value)
        numbers = {raw.number for raw in self._raws if len(raw.number) > 15}
        rounded = [number for number in numbers if looks_rounded(number)]
        if numbers and len(rounded) * 2 > len(numbers):
            first = next(raw for raw in self._raws if raw.number in rounded)
            raise InputError("kpi.import_rounded", Place(self._findings.file, None, first.row), value=first.number)

    # --- what is told beside the orders

    def _states(self, reading: Reading) -> list[Problem]:
        place = Place(file=self._findings.file)
        told = [
            Problem(
                "kpi.import_status_unknown" if word else "kpi.import_status_blank", place, {"n": n}, word[:80] or None
            )
            for word, n in reading.unknown.items()
        ]
        told += [
            Problem("kpi.import_return_unknown", place, {"n": n}, word[:80])
            for word, n in reading.unknown_returns.items()
        ]
        return told

    def _notes(self, found: Fit, reading: Reading) -> Iterator[Problem]:
        place = Place(file=self._findings.file)
        if reading.repeated:
            yield Problem("kpi.import_repeated", place, {"n": reading.repeated})
        if reading.partly:
            yield Problem("kpi.import_partly", place, {"n": reading.partly})
        if self._unlike:
            params: dict[str, Param] = {
                "n": self._unlike,
                "of": reading.checked,
                "column": found.named(found.profile.total),
            }
            yield Problem("kpi.import_total_unlike", place, params)
        elif reading.differing and self._ways.by_lines:
            yield Problem("kpi.import_by_lines", place, {"n": reading.differing})
        if found.profile.no_status and "status" not in found.columns and not found.profile.refunds_only:
            yield Problem("kpi.import_no_status", place)
        if self._others:
            yield Problem("kpi.import_other_sheets", place, {"sheets": ", ".join(self._others)})

    def _ragged(self, reading: Reading) -> list[Problem]:
        return self._worth_telling(self._findings.problems, reading)

    def _remarks(self, reading: Reading) -> list[Problem]:
        return self._worth_telling(self._findings.notes, reading)

    def _worth_telling(self, found: Sequence[Problem], reading: Reading) -> list[Problem]:
        """What was remarked while the file was read; rows of another width only where they could have gone wrong: what
        stands around a table is narrower than it."""
        doubtful = {problem.place.row for problem in reading.problems}
        return [one for one in found if one.code not in _RAGGED or one.place.row in doubtful]


def _is_unlike(reading: Reading) -> bool:
    """Whether the column of totals sums up something else than the lines: it differs from most orders of many."""
    return reading.checked >= _MANY and reading.differing * 2 > reading.checked


def _by_sheet(items: Iterator[SheetInfo | Row]) -> Iterator[tuple[SheetInfo, Iterator[Row]]]:
    """Each sheet with its rows; what isn't taken of them is passed over."""
    waiting: list[SheetInfo] = []

    def rows() -> Iterator[Row]:
        for item in items:
            if isinstance(item, SheetInfo):
                waiting.append(item)
                return
            yield item

    first = next(items, None)
    if isinstance(first, SheetInfo):
        waiting.append(first)
    while waiting:
        own = rows()
        yield waiting.pop(), own
        for _ in own:
            pass
