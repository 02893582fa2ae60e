"""What the house's own commands talk about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True)
class Copy:
    """A backup as a member sees it. `at` is aware, `size` in bytes; both None for a file that isn't named by us.

    `beside` is the file with what isn't in the database, None where there is none; `sites` how many are in it, where
    it has just been made.
    """

    name: str
    path: Path
    at: datetime | None
    kind: str
    size: int
    beside: Path | None = None
    sites: int | None = None


@dataclass(frozen=True)
class Copies:
    """The backups there are, newest first, and the folder in which they are."""

    folder: Path
    copies: tuple[Copy, ...]


@dataclass(frozen=True)
class Returned:
    """How a restore ended. `replaced` is the copy that was kept of what stood there before.

    `changed` is False when the database held the same already. `rows` and `lost` (tables) are of a salvage. `sites`
    were put back, too, what was there of them is kept in `sites_replaced`.
    """

    source: Path | None
    replaced: Path | None
    changed: bool
    rows: int = 0
    lost: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    sites_replaced: Path | None = None
