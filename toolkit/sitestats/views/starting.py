"""A site that was begun, and where it is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.text import as_argument
from toolkit.shell.blocks import Line, Note, Verbatim, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.shell.blocks import Block
    from toolkit.sitestats.service.starting import Served, Started


def started(found: Started) -> Iterator[Block]:
    """What was written, and what comes next."""
    yield Line(Words("sitestats.starter_made", n=len(found.files), folder=found.folder))
    yield Line(Words("sitestats.site_goal", goal=found.goal))
    if found.site:
        yield Note(Words("sitestats.site_collector", name=as_argument(found.site)))
    yield Note(Words("sitestats.site_next"))
    yield Verbatim(f'toolkit sitestats site serve "{found.folder}"')


def served(found: Served) -> Iterator[Block]:
    """After the server has stopped: what its log can tell."""
    yield Line(Words("sitestats.served", log=found.log))
    yield Verbatim(f'toolkit sitestats report "{found.log}"')
