"""The layouts of statements that are known: those shipped as data, and those that the member has explained."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from toolkit.core.text import search_key
from toolkit.expenses.statements.model import FIELDS
from toolkit.sheets.heading import find_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.expenses.model import AccountKind
    from toolkit.expenses.statements.model import DateOrder, Field
    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Sheet

_FOLDER: Final = Path(__file__).parent / "banks"
GENERAL: Final = "general"
"""The layout of a statement whose headings are understood though its bank isn't known."""

Source = Literal["sample", "part", "unverified", "own"]
_LEAST: Final = 3  # fields; fewer are met in any table
_UNITS: Final = frozenset({"vnd", "vnđ", "dong", "usd"})
_MARK: Final = 4  # what naming the bank counts for, in headings


@dataclass(frozen=True)
class Layout:
    """How one kind of statement is laid out.

    `columns` maps headings, as they are written, to what they hold. `marks` are names that such a file bears outside of
    its table. `account` is the known account it is of. `distinct`: the headings alone say whose it is. `source` says
    where the headings are known from.
    """

    id: str
    columns: Mapping[str, Field]
    account: str = ""
    label: str = ""
    kind: AccountKind = "bank"
    marks: tuple[str, ...] = ()
    distinct: bool = False
    source: Source = "sample"
    order: DateOrder = "dmy"

    @property
    def aliases(self) -> dict[str, list[str]]:
        """The headings by field. A bilingual one is also known by either half."""
        found: dict[str, list[str]] = {}
        for heading, field in self.columns.items():
            halves = heading.split(" / ") if " / " in heading else []
            found.setdefault(field, []).extend([heading, *halves, " ".join(halves[::-1])] if halves else [heading])
        return found


@dataclass(frozen=True)
class OwnLayout:
    """A layout as the member explained it: their headings, the account, the order of days."""

    name: str
    columns: Mapping[str, Field]
    account: str
    order: DateOrder = "dmy"

    def as_layout(self) -> Layout:
        return Layout(self.name, self.columns, account=self.account, distinct=True, source="own", order=self.order)


@dataclass(frozen=True)
class Fit:
    """A sheet seen through a layout. `marked`: the file names the bank. `rank`: the higher the better. `more` are
    columns that describe a line, too."""

    layout: Layout
    heading: Heading
    marked: bool
    rank: tuple[float, ...]
    more: tuple[int, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is known whose statement it is."""
        return bool(self.layout.account) and (self.marked or self.layout.distinct)


@lru_cache(maxsize=1)
def known_layouts() -> tuple[Layout, ...]:
    """Every layout that is shipped, by bank."""
    found: list[Layout] = []
    for path in sorted(_FOLDER.glob("[!_]*.toml")):
        bank: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        for number, layout in enumerate(bank["layout"], start=1):
            found.append(
                Layout(
                    f"{path.stem}-{number}",
                    _fields(layout["columns"]),
                    bank["account"],
                    bank["label"],
                    bank["kind"],
                    tuple(bank["marks"]),
                    bank.get("distinct", False),
                    layout["source"],
                )
            )
    return tuple(found)


@lru_cache(maxsize=1)
def general_words() -> dict[str, list[str]]:
    """What columns are called, by field, in any statement."""
    words: dict[str, list[str]] = tomllib.loads((_FOLDER / "_words.toml").read_text("utf-8"))
    for layout in known_layouts():
        for field, names in layout.aliases.items():
            words.setdefault(field, []).extend(names)
    taken: dict[str, str] = {}
    return {field: [name for name in names if taken.setdefault(search_key(name), field) == field]
            for field, names in words.items()}  # fmt: skip


def fits(sheet: Sheet, text: str, own: Iterable[OwnLayout] = ()) -> list[Fit]:
    """The layouts that a sheet may have, the best first. `text` is what stands above its table and in its names.

    The member's own layouts count when all of their headings are there, and go before all others.
    """
    said = f" {search_key(text)} "
    found: list[Fit] = []
    for mine in own:
        fit = _fit(sheet, mine.as_layout(), said, mine.as_layout().aliases)
        if fit is not None and len(set(fit.heading.columns)) == len(set(mine.columns.values())):
            found.append(Fit(fit.layout, fit.heading, fit.marked, (100.0, *fit.rank)))
    for layout in known_layouts():
        fit = _fit(sheet, layout, said, layout.aliases)
        if fit is not None:
            found.append(fit)
    general = Layout(GENERAL, {}, source="unverified")
    fit = _fit(sheet, general, said, general_words())
    if fit is not None:
        found.append(Fit(fit.layout, fit.heading, False, (fit.rank[0] - 1.5,)))
    return sorted(found, key=lambda one: one.rank, reverse=True)


def named_banks(text: str) -> dict[str, Layout]:
    """The banks with a layout whose names stand in `text`, by account."""
    said = f" {search_key(text)} "
    return {layout.account: layout for layout in known_layouts() if _marked(layout, said)}


def understood(sheet: Sheet, aliases: Mapping[str, Sequence[str]], *, least: int) -> Heading | None:
    """The heading row, where a name may also be two names of the same field side by side: "Số tiền/Amount (VND)"."""
    known = {search_key(name): field for field, names in aliases.items() for name in names}

    def by_halves(key: str) -> str | None:
        words = key.split()[:12]
        for cut in range(len(words) - 1, 0, -1):
            field = known.get(" ".join(words[:cut]))
            rest = " ".join(words[cut:])
            if field is not None and (known.get(rest) == field or rest in _UNITS):
                return field
        return None

    heading = find_heading(sheet, aliases, least=least, likely=by_halves)
    if heading is None:
        return None
    columns, unknown = dict(heading.columns), []
    for one in heading.unknown:
        field = by_halves(search_key(one.heading))
        if field is not None and field not in columns:
            columns[field] = one.column
        else:
            unknown.append(one)
    return replace(heading, columns=columns, unknown=tuple(unknown))


def readable(fields: Iterable[str]) -> bool:
    """Whether these columns make a statement: a day, words, and money."""
    known = set(fields)
    money = {"debit", "credit"} <= known or "amount" in known
    return "day" in known and "description" in known and money


def _fit(sheet: Sheet, layout: Layout, said: str, aliases: Mapping[str, Sequence[str]]) -> Fit | None:
    heading = understood(sheet, aliases, least=_LEAST)
    if heading is None or not readable(heading.columns):
        return None
    if layout.columns and not readable(set(layout.columns.values())):
        return None
    wanted = len(set(layout.columns.values())) if layout.columns else len(heading.columns)
    missing = wanted - len(heading.columns)
    marked = _marked(layout, said)
    rank = len(heading.columns) - missing - len(heading.unknown) + (_MARK if marked else 0)
    if missing > 2 and not marked:
        return None
    return Fit(layout, heading, marked, (float(rank),))


def _marked(layout: Layout, said: str) -> bool:
    return any(f" {search_key(mark)} " in said for mark in layout.marks)


def _fields(columns: Mapping[str, str]) -> dict[str, Field]:
    for field in columns.values():
        if field not in FIELDS:
            raise ValueError(f"no field of a statement: {field}")
    return cast("dict[str, Field]", dict(columns))
