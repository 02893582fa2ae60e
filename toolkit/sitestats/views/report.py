"""The report on a screen: what matters first, small drawings, at most one screen unless more is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.text import terminal_safe
from toolkit.shell import layout
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Sayable, Table, When, Words, said
from toolkit.shell.plot import spark
from toolkit.sitestats.views.conversion import goals_json, goals_table
from toolkit.sitestats.views.nothing import Country, nothing
from toolkit.sitestats.views.searches import searches_json, searches_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages
    from toolkit.sitestats.service.reporting import Report

_FEW: Final = 5
_FRAME: Final = 3
"""Lines of a table besides its rows: an empty one, the heading, the rule."""
_BESIDE: Final = 20
"""Columns that the figures of a panel take beside its labels."""
_NARROW: Final = 60
_UNITS: Final = ("B", "KB", "MB", "GB", "TB")

# The keys of `data` in JSON, with the columns of each panel that are shown there.
PANELS: Final[Mapping[str, tuple[str, ...]]] = {
    "pages": ("path", "hits", "visitors"),
    "referrers": ("host", "hits", "visitors"),
    "sources": ("source", "medium", "sessions", "visitors"),
    "browsers": ("name", "hits", "visitors"),
    "systems": ("name", "hits", "visitors"),
    "countries": ("name", "hits", "visitors"),
    "not_found": ("path", "hits", "visitors"),
    "days": ("date", "requests", "visitors", "bytes"),
    "hours": ("hour", "hits", "visitors"),
    "entry_pages": ("path", "sessions"),
    "exit_pages": ("path", "sessions"),
    "campaigns": ("campaign", "source", "sessions", "visitors"),
}
TOTALS: Final = ("hits", "page_views", "visitors", "sessions", "bytes", "bots")


@dataclass(frozen=True)
class Bytes(Sayable):
    """A number of bytes as people say it: `2,7 GB`."""

    size: int

    def said(self, messages: Messages) -> str:
        value, unit = Fraction(self.size), 0
        while value >= 1000 and unit < len(_UNITS) - 1:
            value, unit = value / 1000, unit + 1
        tenths = round(value * 10)
        whole, rest = divmod(tenths, 10)
        mark = "," if messages.lang == "vi" else "."
        number = messages.number(whole) + (f"{mark}{rest}" if rest and unit and whole < 100 else "")
        return f"{number} {_UNITS[unit]}"


@dataclass(frozen=True)
class Share(Sayable):
    """A part of a whole in whole hundredths; nothing where there is no whole. What there is of it is never called 0."""

    part: int
    whole: int

    def said(self, messages: Messages) -> str:
        if not self.whole:
            return ""
        hundredths = round(100 * self.part / self.whole)
        return f"{messages.number(hundredths)} %" if hundredths or not self.part else "<1 %"


def report_json(found: Report) -> dict[str, Any]:
    """The report for a program; the keys are part of what is promised."""
    totals = found.totals
    data: dict[str, Any] = {
        "totals": {"requests": found.requests, "valid": found.valid, "rejected": found.rejected}
        | {name: totals[name] for name in TOTALS},
        "statuses": {str(row["code"]): row["n"] for row in found.panels["statuses"]},
    }
    for name, columns in PANELS.items():
        data[name] = [{column: row[column] for column in columns} for row in found.panels[name]]
    if found.goals:
        data["goals"] = goals_json(found.goals)
    if found.searches is not None:
        data["search"] = searches_json(found.searches)
    data["rejects"] = [{"reason": one.reason, "n": one.n, "sample": one.sample} for one in found.rejects]
    if found.previous:
        before = found.previous["totals"][0]
        data["previous"] = {name: int(before[name] or 0) for name in TOTALS}
    return data


@dataclass(frozen=True)
class _Short(Sayable):
    """A text of at most `room` columns; what is cut off leaves a mark."""

    text: Cell
    room: int

    def said(self, messages: Messages) -> str:
        whole = said(self.text, messages)
        if layout.cell_width(whole) <= self.room:
            return whole
        cut = whole[: self.room]
        while layout.cell_width(cut) >= self.room:
            cut = cut[:-1]
        return cut.rstrip(" ·") + "…"


def report(
    messages: Messages,
    width: int | None,
    height: int = 24,
    *,
    unicode: bool = True,
    full: bool = False,
    rows_of_full: int = 10,
) -> Callable[[Report], Iterator[Block]]:
    """For a screen of `width` columns (None: lines aren't broken) and `height` lines. `full`: every panel,
    `rows_of_full` rows each, however long that is. `messages` are what lines are measured by."""

    def view(found: Report) -> Iterator[Block]:
        if not found.totals["hits"]:
            yield _heading(found)
            if found.choices is not None:
                yield from nothing(found.filters, found.choices)
            else:
                yield Line(Words("sitestats.nothing_seen"))
            yield from _rejects(found)
            return
        top = [*_head(found), *_course(found, width, unicode=unicode)]
        yield from top
        yield from goals_table(found.goals, everyone=not found.filters.who)
        if full:
            for name in ("sources", "pages", "referrers", "campaigns", "entry_pages", "exit_pages"):
                yield from _panel(found, name, rows_of_full)
            yield from searches_table(found.searches, rows_of_full, pages=True)
            for name in ("devices", "browsers", "systems", "countries", "files", "programs", "not_found"):
                yield from _panel(found, name, rows_of_full)
            yield from _rejects(found)
            return
        more = Words("sitestats.more_panels" if found.filters.who else "sitestats.more_panels_everyone")
        texts = [*(block.text for block in top if isinstance(block, Heading | Line)), more]
        rows = _rows_that_fit(found, height - sum(len(layout.wrap(said(text, messages), width, 2)) for text in texts))
        room = width - _BESIDE if width is not None else None
        for name in ("sources", "pages"):
            yield from _panel(found, name, rows[name], room)
        yield from searches_table(found.searches, rows["searches"], pages=False)
        yield from _panel(found, "not_found", rows["not_found"], room)
        yield from _rejects(found)
        yield Note(more)

    return view


def _rows_that_fit(found: Report, room: int) -> dict[str, int]:
    """How many rows each panel has where all is to stand on one screen, the line typed next included: addresses that
    weren't found make room first, then the longest panel, down to one row. `room`: lines besides the head's."""
    rows = {name: min(len(found.panels[name]), _FEW) for name in ("sources", "pages")}
    rows["searches"] = min(max(len(found.searches.queries), 1), _FEW) if found.searches else 0
    missing = min(len(found.panels["not_found"]), 3)
    room -= 2 + bool(found.searches and found.searches.hidden)  # an empty line before the note, the line typed next
    for listed in (len(found.goals), min(len(found.rejects), 3)):
        room -= _FRAME + listed if listed else 0
    room -= 2 if found.rejected else 0

    def lines(counts: Iterable[int]) -> int:
        return sum(_FRAME + count for count in counts if count)

    if lines((*rows.values(), missing)) > room:
        missing = 0
    while lines(rows.values()) > room and max(rows.values()) > 1:
        rows[max(rows, key=lambda name: rows[name])] -= 1
    return {**rows, "not_found": missing}


def _heading(found: Report) -> Heading:
    days = When(found.first, found.last + timedelta(days=1)) if found.first and found.last else None
    only = found.files[0].file if len(found.files) == 1 else ""
    name = terminal_safe(found.host or found.name or only.removeprefix("-"))
    return Heading(Joined([name or Words("sitestats.site"), days]))


def _head(found: Report) -> Iterator[Block]:
    yield _heading(found)
    totals = found.totals
    counted = Words(
        "sitestats.totals",
        visitors=_count(totals["visitors"]),
        sessions=_count(totals["sessions"]),
        pages=_count(totals["page_views"]),
    )
    size = Words("sitestats.sent", size=Bytes(totals["bytes"])) if totals["bytes"] else None  # not every log has it
    yield Line(Joined([counted, size]))
    kinds = {row["who"]: row for row in found.panels["kinds"]}
    parts: list[Cell] = [
        Words(
            "sitestats.kind_share", kind=Words(f"sitestats.who_{who}"), share=Share(kinds[who]["hits"], totals["hits"])
        )
        for who in ("human", "search", "ai", "bot", "uncertain")
        if who in kinds
    ]
    shares = Joined(parts)
    yield Line(shares if found.filters.who or len(parts) == 1 else Words("sitestats.kinds_of_all", shares=shares))
    if found.previous:
        before = found.previous["totals"][0]
        yield Line(
            Words(
                "sitestats.previous",
                visitors=_count(int(before["visitors"] or 0)),
                sessions=_count(int(before["sessions"] or 0)),
                pages=_count(int(before["page_views"] or 0)),
            )
        )


def _course(found: Report, width: int | None, *, unicode: bool) -> Iterator[Block]:
    days = found.panels["days"]
    if unicode and len(days) > 1:
        room = max((width or 80) - 40, 10)
        yield Line(
            Words("sitestats.course", spark=_course_of([int(row["visitors"]) for row in days], room),
                  most=_count(max(int(row["visitors"]) for row in days)))
        )  # fmt: skip
    hours = {int(row["hour"]): int(row["hits"]) for row in found.panels["hours"]}
    busiest = max(hours, key=lambda hour: (hours[hour], -hour))
    room = 24 if (width or 80) >= _NARROW else 12
    drawn = _course_of([hours.get(hour, 0) for hour in range(24)], room) if unicode else ""
    yield Line(Words("sitestats.hours", spark=drawn, hour=busiest))


def _panel(found: Report, name: str, most: int, room: int | None = None) -> Iterator[Block]:
    """The first rows of a panel, `room` columns being for its labels."""
    rows = found.panels[name][:most]
    if not rows:
        return
    keys = _KEYS[name]
    columns = [Column(Words(f"sitestats.panel_{name}"))]
    columns += [Column(Words(f"sitestats.column_{key}"), "right") for key in keys[1:]]
    labels: list[Cell] = [_label(name, row) for row in rows]
    if room is not None:
        labels = [_Short(label, max(room, 10)) for label in labels]
    yield Table(columns, [[label, *(_count(int(row[key] or 0)) for key in keys[1:])]
                          for label, row in zip(labels, rows, strict=True)])  # fmt: skip


_KEYS: Final[Mapping[str, Sequence[str]]] = {
    "sources": ("source", "sessions", "visitors"),
    "pages": ("path", "hits", "visitors"),
    "referrers": ("host", "hits", "visitors"),
    "campaigns": ("campaign", "sessions", "visitors"),
    "entry_pages": ("path", "sessions"),
    "exit_pages": ("path", "sessions"),
    "devices": ("name", "hits", "visitors"),
    "browsers": ("name", "hits", "visitors"),
    "systems": ("name", "hits", "visitors"),
    "countries": ("name", "hits", "visitors"),
    "files": ("path", "hits", "visitors"),
    "programs": ("name", "hits", "visitors"),
    "not_found": ("path", "hits", "visitors"),
}


def _label(name: str, row: Mapping[str, Any]) -> Cell:
    text = terminal_safe(str(row[_KEYS[name][0]] or ""))
    if name == "sources":
        medium = Words(f"sitestats.medium_{row['medium']}")
        return Joined([text, medium]) if text else medium
    if name == "countries" and text:
        return Country(text)
    if name == "devices":
        return Words(f"sitestats.device_{text}")
    if name == "programs":
        return Joined([text or Words("sitestats.unnamed"), Words(f"sitestats.reason_{row['reason']}")])
    return text or Words("sitestats.unknown")


def _rejects(found: Report) -> Iterator[Block]:
    if not found.rejected:
        return
    yield Line(Words("sitestats.rejected", n=found.rejected, share=Share(found.rejected, found.requests)))
    rows = [[Words(f"sitestats.reject_{one.reason}"), _count(one.n), one.sample[:60]] for one in found.rejects[:3]]
    columns = [Column(Words("sitestats.column_reason")), Column(Words("sitestats.column_n"), "right")]
    yield Table([*columns, Column(Words("sitestats.column_sample"))], rows)


def _course_of(values: Sequence[int], room: int) -> str:
    """Values as small columns, at most `room` of them: neighbours are added where there are more."""
    step = max(-(-len(values) // room), 1)
    return spark([sum(values[place : place + step]) for place in range(0, len(values), step)])


@dataclass(frozen=True)
class _Count(Sayable):
    n: int

    def said(self, messages: Messages) -> str:
        return messages.number(self.n)


def _count(n: int) -> Cell:
    return _Count(n)
