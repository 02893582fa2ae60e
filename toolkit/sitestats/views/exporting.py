"""What was exported, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Joined, Line, Note, Words
from toolkit.sitestats.views.report import Bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.shell.blocks import Block
    from toolkit.sitestats.adapters.parquet import Written

_FEW = 7


def exported(made: Written) -> Iterator[Block]:
    """The folder, how much is in it, and what can be done with it."""
    folder = terminal_safe(str(made.folder))
    if made.kept and not made.added and not made.replaced:
        yield Line(Words("sitestats.exported_same", folder=folder, n=made.kept))
    else:
        visits = Joined([made.rows["visits"]])  # with its separators, as `n` has them
        size = Bytes(made.size)
        yield Line(Words("sitestats.exported", n=made.rows["hits"], visits=visits, size=size, folder=folder))
    if made.replaced or (made.kept and made.added):
        counted = {"added": len(made.added), "replaced": len(made.replaced), "kept": made.kept}
        yield Line(Words("sitestats.exported_more", **counted))
    if made.replaced:
        more = ["…"] if len(made.replaced) > _FEW else []
        days = Joined([*(f"{day:%d/%m/%Y}" for day in made.replaced[-_FEW:]), *more], ", ")
        yield Line(Words("sitestats.exported_days", days=days))
    yield Note(Words("sitestats.exported_next", folder=folder))


def exported_json(made: Written) -> dict[str, Any]:
    """`export --json`: `rows` and `bytes` of all, the days that were `added` and `replaced`, how many were `kept`."""
    days = {name: [f"{day}" for day in getattr(made, name)] for name in ("added", "replaced")}
    return {"folder": str(made.folder), "rows": dict(made.rows), "bytes": made.size, **days, "kept": made.kept}
