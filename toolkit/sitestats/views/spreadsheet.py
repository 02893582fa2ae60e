"""The report for a spreadsheet: every table one below the other, with plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.shell.blocks import Column, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.shell.blocks import Block, Cell
    from toolkit.sitestats.service.reporting import Report

# The name and the remark of a row in each panel. Numbers that a panel doesn't have stay empty.
_PANELS: Final[Mapping[str, tuple[str, str]]] = {
    "days": ("date", ""), "hours": ("hour", ""), "kinds": ("who", ""), "sources": ("source", "medium"),
    "campaigns": ("campaign", "source"), "pages": ("path", ""), "entry_pages": ("path", ""), "exit_pages": ("path", ""),
    "referrers": ("host", "medium"), "countries": ("name", ""), "devices": ("name", ""), "browsers": ("name", ""),
    "systems": ("name", ""), "programs": ("name", "reason"), "not_found": ("path", ""), "files": ("path", ""),
    "statuses": ("code", ""),
}  # fmt: skip
_NUMBERS: Final = ("hits", "visitors", "sessions", "bytes")
_SAME: Final = {"requests": "hits", "n": "hits"}


def spreadsheet(found: Report) -> Iterator[Block]:
    """Every panel, for --csv."""
    rows: list[list[Cell]] = []
    for panel, (name, remark) in _PANELS.items():
        title = Words(f"sitestats.panel_{panel}")
        for row in found.panels[panel]:
            numbers = {_SAME.get(key, key): value for key, value in row.items()}
            rows.append([title, _cell(row[name]), _remark(remark, row), *(_number(numbers, one) for one in _NUMBERS)])
    columns = ("table", "name", "remark", *_NUMBERS)
    yield Table([Column(Words(f"sitestats.column_{one}")) for one in columns], rows)


def _cell(value: object) -> Cell:
    return str(value) if isinstance(value, str) else value  # type: ignore[return-value]


def _remark(key: str, row: Mapping[str, object]) -> Cell:
    if key in ("medium", "reason"):
        return Words(f"sitestats.{key}_{row[key]}")
    return str(row[key]) if key else ""


def _number(row: Mapping[str, object], name: str) -> Cell:
    value = row.get(name)
    return "" if value is None else int(str(value))
