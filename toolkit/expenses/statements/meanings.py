"""What a heading means by its words, where nobody has told: names of a field, in any language, with units and fillers.

A reading of this kind is no guess only because the running balance then has to prove every line.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from toolkit.core.text import search_key
from toolkit.expenses.accounts import KNOWN
from toolkit.expenses.statements.layouts import GENERAL, Fit, Layout, general_words, named_banks, readable
from toolkit.sheets.heading import find_heading, heading_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.expenses.statements.model import Field
    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Row, Sheet

_DATA: Final = Path(__file__).parent / "banks" / "_meanings.toml"
_FILLER: Final = ""
_LONGEST: Final = 16
"""Words of a heading; a longer one is a sentence."""
_LEAST: Final = 4
"""Fields: a day, words, and two columns of money at least."""

_BESIDE_A_DAY: Final = frozenset({"day", "booked", "time", "reference"})


@dataclass(frozen=True)
class _Meanings:
    names: Mapping[str, str]
    failed: tuple[str, ...]
    marks: Mapping[str, str]


@lru_cache(maxsize=1)
def _meanings() -> _Meanings:
    data: dict[str, Any] = tomllib.loads(_DATA.read_text("utf-8"))
    names: dict[str, str] = {}
    for field, known in (*general_words().items(), *data["names"].items()):
        for name in known:
            names.setdefault(search_key(name), field)
    for word in data["filler"]:
        names.setdefault(search_key(word), _FILLER)
    marks = {search_key(mark): bank for bank, known in data["marks"].items() for mark in known}
    return _Meanings(names, tuple(search_key(word) for word in data["failed"]["words"]), marks)


@lru_cache(maxsize=2048)
def meaning(heading: str) -> Field | None:
    """The field that a heading names: all of its words are names of it, or of what contains it, or fillers.

    "Số tiền rút ra / Withdrawal (VND)" is the debit: a wide name beside a narrow one. None where a word is unknown, or
    where two names say different things.
    """
    for key in (search_key(heading[:200]), heading_key(heading)):
        found = _parsed(tuple(key.split()))
        if found is not None:
            return cast("Field", found)
    return None


def _parsed(words: Sequence[str]) -> str | None:
    """The field of a heading's words, cut into as few known names as possible; fillers count as half."""
    if not words or len(words) > _LONGEST:
        return None
    names = _meanings().names
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ())] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(end):
            before, field = best[start], names.get(" ".join(words[start:end]))
            if before is None or field is None:
                continue
            cost = before[0] + (2 if field == _FILLER else 3)
            told = best[end]
            if told is None or cost < told[0]:
                best[end] = cost, before[1] if field == _FILLER else (*before[1], field)
    whole = best[-1]
    return _agreed(whole[1]) if whole is not None else None


def _agreed(fields: Sequence[str]) -> str | None:
    """The one field that several names leave."""
    said = list(dict.fromkeys(fields))
    if {"debit", "credit"} <= set(said):
        return "direction"
    if len(said) == 2 and "amount" in said:  # the amount of what: of the debit
        said.remove("amount")
        return said[0] if said[0] in ("debit", "credit", "fee", "tax") else None
    if len(said) == 2 and (said[0] == "ignored" or (said[0] in ("day", "booked") and said[1] in _BESIDE_A_DAY)):
        return said[0]  # "STT / No.", or a day with the number of the document in the same cell
    return said[0] if len(said) == 1 else None


def fit_by_meaning(sheet: Sheet) -> Fit | None:
    """The sheet seen through what its headings mean; None if they make no statement with a running balance."""
    aliases = {field: list(names) for field, names in general_words().items()}
    heading = find_heading(sheet, aliases, least=_LEAST, likely=meaning)
    if heading is None:
        return None
    rows = {row.number: row for row in sheet.rows}
    upper = rows[heading.row]
    lower = rows.get(heading.row + 1)
    second = lower if lower is not None and (heading.last_row > heading.row or _is_second(upper, lower)) else None
    columns: dict[str, int] = {}
    more: list[int] = []
    names = _names(upper, second)
    for column, parts in names.items():
        field = next((found for part in parts if (found := meaning(part)) is not None), None)
        if field is None:
            continue
        if field == "description" and field in columns:
            more.append(column)
        columns.setdefault(field, column)
    if "day" not in columns and "booked" in columns:
        columns["day"] = columns.pop("booked")
    if {"debit", "credit"} <= columns.keys():
        columns.pop("amount", None)
        columns.pop("direction", None)
    if not readable(columns) or "balance" not in columns:
        return None
    told = {column: " ".join(parts[0].split()) for column, parts in names.items()}
    seen = replace(heading, columns=columns, names=told, last_row=second.number if second else heading.row)
    return Fit(Layout(GENERAL, {}, source="unverified"), seen, False, (float(len(columns)),), tuple(more))


def more_words(heading: Heading) -> tuple[int, ...]:
    """Columns that no name is known for, and that describe a line all the same."""
    unknown = (one.column for one in heading.unknown if meaning(one.heading) == "description")
    return tuple(sorted({*heading.repeated.get("description", ()), *unknown}))


def repeats(row: Row, columns: Mapping[str, int]) -> bool:
    """Whether a row says the headings once more, in another language: half of its cells mean what they stand under."""
    own = [cell for cell in row.cells if not cell.blank and not cell.covered]
    named = sum(
        isinstance(cell.value, str) and meaning(cell.text) == field
        for field, column in columns.items()
        if not (cell := row.at(column)).blank
    )
    return named >= 2 and named * 2 >= len(own)


def failed(texts: Sequence[str]) -> bool:
    """Whether the words of a row say that nothing came of it."""
    said = f" {search_key(' '.join(texts)[:900])} "
    return any(f" {word} " in said for word in _meanings().failed)


def bank_named(text: str) -> Layout | None:
    """The one bank or wallet whose name stands in `text`, whether its layout is known here or not."""
    known = named_banks(text)
    if known:
        return next(iter(known.values())) if len(known) == 1 else None
    said = f" {search_key(text)} "
    found = {account.id for account in KNOWN.values() if account.label and _is_said(said, account.id, account.label)}
    found |= {bank for mark, bank in _meanings().marks.items() if f" {mark} " in said}
    if len(found) != 1:
        return None
    account = next(one for one in KNOWN.values() if one.id in found)
    return Layout(GENERAL, {}, account=account.id, label=account.label, kind=account.kind, source="unverified")


def _is_said(said: str, *names: str) -> bool:
    """By its whole name; short ones that people type may be anything."""
    return any(len(name) >= 4 and f" {search_key(name)} " in said for name in names)


def _names(upper: Row, lower: Row | None) -> dict[int, list[str]]:
    """What each column is called, the narrowest name first."""
    found: dict[int, list[str]] = {}
    wide = ""
    for column in range(1, max(len(upper.cells), len(lower.cells) if lower else 0) + 1):
        above, below = upper.at(column), lower.at(column) if lower else None
        wide = above.text if not above.blank else wide
        under = below.text if below is not None and not below.blank and below.text != above.text else ""
        own = "" if above.blank or (above.covered and not under) else above.text
        parts = [f"{wide} {under}", under, own] if under else [own]
        if any(parts):
            found[column] = [part for part in parts if part]
    return found


def _is_second(upper: Row, lower: Row) -> bool:
    """A row below that is all names: those under a wide heading, or the same in another language."""
    own = [cell for cell in lower.cells if not cell.blank and not cell.covered]
    if not own or len(own) > len(upper.cells):
        return False
    plain = all(isinstance(cell.value, str) and not any(char.isdigit() for char in cell.text) for cell in own)
    named = sum(meaning(cell.text) is not None for cell in own)
    return plain and named >= 2 and named * 2 >= len(own)
