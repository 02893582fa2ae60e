"""What was exported, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Line, Note, Words
from toolkit.sitestats.views.report import Bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.shell.blocks import Block
    from toolkit.sitestats.adapters.parquet import Written


def exported(made: Written) -> Iterator[Block]:
    """The folder, how much is in it, and what can be done with it."""
    folder = terminal_safe(str(made.folder))
    yield Line(Words("sitestats.exported", n=made.rows["hits"], visits=made.rows["visits"], size=Bytes(made.size),
                     folder=folder))  # fmt: skip
    yield Note(Words("sitestats.exported_next", folder=folder))


def exported_json(made: Written) -> dict[str, Any]:
    """`export --json`."""
    return {"folder": str(made.folder), "rows": made.rows, "bytes": made.size}
