"""What the collector's commands show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.text import as_argument, terminal_safe
from toolkit.shell.blocks import Column, Heading, Line, Note, Table, Verbatim, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.shell.blocks import Block, Cell
    from toolkit.sitestats.service.collecting import Collected, Snippet


def snippet(found: Snippet) -> Iterator[Block]:
    """The line for a page, and what a strict page has to allow."""
    yield Heading(Words("sitestats.snippet_for", name=terminal_safe(found.site)))
    yield Line(Words("sitestats.snippet_put"))
    yield Verbatim(found.tag)
    yield Line(Words("sitestats.snippet_event"))
    yield Verbatim('<button data-event="dat-hang">')
    yield Note(Words("sitestats.snippet_heard", host=terminal_safe(found.host)))
    yield Note(Words("sitestats.snippet_policy", policy=found.policy))
    yield Note(Words("sitestats.snippet_serve", name=as_argument(found.site)))


def inline(found: Snippet) -> Iterator[Block]:
    """The script itself, for pages that load nothing from elsewhere."""
    yield Heading(Words("sitestats.snippet_for", name=terminal_safe(found.site)))
    yield Line(Words("sitestats.snippet_put"))
    yield Verbatim(found.inline)
    yield Note(Words("sitestats.snippet_heard", host=terminal_safe(found.host)))
    yield Note(Words("sitestats.snippet_policy", policy=found.inline_policy))


def snippet_json(found: Snippet) -> dict[str, Any]:
    return {
        "site": found.site,
        "host": found.host,
        "key": found.key,
        "url": found.url,
        "tag": found.tag,
        "inline": found.inline,
        "policy": found.policy,
        "inline_policy": found.inline_policy,
    }


def collected(found: Collected) -> Iterator[Block]:
    """How it went, once it was stopped."""
    yield Line(Words("sitestats.collected", n=found.kept))
    rows: list[list[Cell]] = [
        [Words(f"sitestats.refused_{reason}"), n]
        for reason, n in sorted(found.refused.items(), key=lambda one: (-one[1], one[0]))
    ]
    if rows:
        yield Table(
            [Column(Words("sitestats.column_refused")), Column(Words("sitestats.column_messages"), "right")], rows
        )
    if found.kept:
        name = f" {as_argument(found.sites[0])}" if len(found.sites) == 1 else ""
        yield Note(Words("sitestats.collected_next", name=name))


def collected_json(found: Collected) -> dict[str, Any]:
    return {"sites": list(found.sites), "address": found.address, "kept": found.kept, "refused": dict(found.refused)}
