"""Which profile a sheet is laid out by, and which of its columns holds what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError
from toolkit.core.text import nfc, search_key
from toolkit.kpi.imports.model import MONEY
from toolkit.kpi.imports.worth import parts, usable
from toolkit.sheets.heading import find_heading, heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.core.outcome import Place
    from toolkit.kpi.imports.model import DateOrder, Field
    from toolkit.kpi.imports.profile import Profile
    from toolkit.kpi.model import Status
    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Row, Sheet

HEAD: Final = 80
"""Rows that are looked through for the headings."""

_LEAST: Final = 3
_SAMPLES: Final = 3
_SHOWN: Final = 24
_TITLES: Final = 40


@dataclass(frozen=True)
class OpenColumn:
    """A column of an unknown export: its heading and what some of its cells say."""

    heading: str
    samples: tuple[str, ...]


class UnknownExportError(InputError):
    """A file whose columns can't be told. `columns` are those that could be asked about."""

    def __init__(self, code: str, place: Place, columns: Sequence[OpenColumn], **params: str) -> None:
        headings = ", ".join(column.heading for column in columns[:12]) or "—"
        super().__init__(code, place, headings=headings, **params)
        self.columns = tuple(columns)


@dataclass(frozen=True)
class Ways:
    """How the member wants a file to be read: which profile, what some headings hold, the order of days, which sheet,
    what states mean. `by_lines`: where lines and an order's total differ, the lines count."""

    profile: str = ""
    columns: Mapping[str, Field] = field(default_factory=dict)
    dates: DateOrder | None = None
    sheet: str = ""
    statuses: Mapping[str, Status] = field(default_factory=dict)
    by_lines: bool = False


@dataclass(frozen=True)
class Fit:
    """A sheet seen through a profile. `columns` maps fields to columns, `rivals` money fields to further columns of
    the same name; `rank`: the higher the better."""

    profile: Profile
    heading: Heading
    columns: Mapping[str, int]
    rank: tuple[int, ...]
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    worth: str = ""
    order_worth: str = ""

    def named(self, what: str) -> str:
        """The heading of a field as it is written."""
        return self.heading.names.get(self.columns.get(what, 0), "")

    @property
    def worth_named(self) -> str:
        """The headings that goods' worth comes from, with their signs."""
        said = self.worth or self.order_worth
        sign = " × " if "*" in said else " − "
        named = [self.named(part) or (self.named("some_discount") if part == "order_discount" else "")
                 for part in parts(said)]  # fmt: skip
        return sign.join(name for name in named if name)


def fit(sheet: Sheet, profile: Profile) -> Fit | None:
    """The sheet seen through a profile; None where it lacks what the profile can't do without."""
    aliases = {what: list(names) for what, names in profile.headings.items()}
    heading = find_heading(sheet, aliases, least=_LEAST)
    if heading is None:
        return None
    columns, rivals = _columns(heading, profile)
    if "day" not in columns or "order" not in columns:
        return None
    worth = next((one for one in profile.worth if usable(one, columns)), "")
    order_worth = next((one for one in profile.order_worth if usable(one, columns)), "")
    if not worth and not order_worth:
        return None
    if "status" not in columns and not profile.no_status:
        return None
    written = {search_key(name) for name in heading.names.values()}
    written |= {heading_key(name) for name in heading.names.values()}
    marks = sum(search_key(mark) in written or heading_key(mark) in written for mark in profile.marks)
    exact = {nfc(name) for name in heading.names.values()}
    sharp = sum(nfc(mark) in exact for mark in profile.marks)
    rank = (100 if profile.explained else 0, marks, sharp, len(columns), -len(heading.unknown))
    return Fit(profile, heading, columns, rank, rivals, worth, order_worth)


def best(sheet: Sheet, profiles: Iterable[Profile]) -> Fit | None:
    """The profile that fits a sheet best. A member's own one counts only where all of its headings are there."""
    found: list[Fit] = []
    for profile in profiles:
        one = fit(sheet, profile)
        if one is None:
            continue
        if profile.explained and not set(profile.headings) <= set(one.columns):
            continue
        if not profile.explained and one.rank[1] < min(_LEAST, len(profile.marks)):
            continue
        found.append(one)
    return max(found, key=lambda one: one.rank, default=None)


def open_columns(sheet: Sheet) -> tuple[int, list[OpenColumn]]:
    """The row that most likely holds the headings of an unknown sheet, and its columns with samples."""
    row = _fullest(sheet.rows)
    if row is None:
        return 1, []
    below = [one for one in sheet.rows if one.number > row.number][:_TITLES]
    columns = []
    for cell in row.cells:
        if cell.blank or cell.covered:
            continue
        texts = (one.at(cell.column).text for one in below if not one.at(cell.column).blank)
        samples = tuple(dict.fromkeys(" ".join(text.split())[:_SHOWN] for text in texts))[:_SAMPLES]
        columns.append(OpenColumn(" ".join(cell.text.split())[:80], samples))
    return row.number, columns


def _columns(heading: Heading, profile: Profile) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Which column holds which field. A heading that is written exactly as the profile has it goes before one that
    differs in case, marks or brackets; an earlier name of a field before a later one."""
    exact: dict[str, list[int]] = {}
    folded: dict[str, list[int]] = {}
    bare: dict[str, list[int]] = {}
    for column, name in heading.names.items():
        exact.setdefault(_exact(name), []).append(column)
        folded.setdefault(search_key(name), []).append(column)
        bare.setdefault(heading_key(name), []).append(column)
    columns: dict[str, int] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for what, names in profile.headings.items():
        for name in names:
            found = exact.get(_exact(name)) or folded.get(search_key(name)) or bare.get(search_key(name))
            free = [column for column in found or () if column not in taken]
            if free:
                columns[what] = free[0]
                taken.add(free[0])
                if len(free) > 1 and what in MONEY:
                    rivals[what] = tuple(free[1:])
                break
    return columns, rivals


def _exact(name: str) -> str:
    return nfc(" ".join(name.split()))


def _fullest(rows: Sequence[Row]) -> Row | None:
    """The first of the rows with the most texts."""

    def texts(row: Row) -> int:
        return sum(isinstance(cell.value, str) and not cell.covered and not cell.blank for cell in row.cells)

    return max(rows[:_TITLES], key=texts, default=None)
