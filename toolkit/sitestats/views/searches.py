"""What people searched when Google showed them the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Column, Line, Sayable, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.shell.blocks import Block
    from toolkit.shell.messages import Messages
    from toolkit.sitestats.adapters.google_figures import Searched, Searches


@dataclass(frozen=True)
class Place(Sayable):
    """A mean place in the results: `4,5`."""

    position: float | None

    def said(self, messages: Messages) -> str:
        if self.position is None:
            return ""
        whole, tenth = divmod(round(self.position * 10), 10)
        return f"{messages.number(whole)}{',' if messages.lang == 'vi' else '.'}{tenth}"


def searches_table(found: Searches | None, most: int, *, pages: bool) -> Iterator[Block]:
    """The search texts that led to the site, and with `pages` the pages that were found, `most` rows each."""
    if found is None:
        return
    yield Table(_columns("sitestats.panel_searches"), _rows(found.queries[:most]), Words("sitestats.no_searches"))
    if pages and found.pages:
        yield Table(_columns("sitestats.panel_found_pages"), _rows(found.pages[:most]))
    if found.hidden:
        yield Line(Words("sitestats.searches_hidden", n=found.hidden))


def searches_json(found: Searches) -> dict[str, Any]:
    """`data.search`; `ctr` is left to the reader: it is clicks over impressions."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "clicks": found.total.clicks,
        "impressions": found.total.impressions,
        "position": _tenths(found.total.position),
        "hidden_clicks": found.hidden,
        "queries": [{"query": one.key, **_figures(one)} for one in found.queries],
        "pages": [{"page": one.key, **_figures(one)} for one in found.pages],
    }


def _figures(one: Searched) -> dict[str, Any]:
    return {"clicks": one.clicks, "impressions": one.impressions, "position": _tenths(one.position)}


def _tenths(position: float | None) -> float | None:
    return None if position is None else round(position, 1)


def _columns(panel: str) -> list[Column]:
    keys = ("clicks", "impressions", "position")
    return [Column(Words(panel)), *(Column(Words(f"sitestats.column_{key}"), "right") for key in keys)]


def _rows(found: Sequence[Searched]) -> list[list[Any]]:
    return [[terminal_safe(one.key), one.clicks, one.impressions, Place(one.position)] for one in found]
