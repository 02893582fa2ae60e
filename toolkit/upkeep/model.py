"""What the house's own commands talk about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from toolkit.core.outcome import Param

# ok: as it should be; note: worth knowing, nothing to do; attention: there is a problem with a next step.
State = Literal["ok", "note", "attention"]


@dataclass(frozen=True)
class Check:
    """One line of the doctor. `name` is stable, for programs; `code` and `params` are the sentence."""

    name: str
    state: State
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What the doctor found, in the order in which it looked."""

    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Copy:
    """A backup as a member sees it. `at` is aware, `size` in bytes; both None for a file that isn't named by us."""

    name: str
    path: Path
    at: datetime | None
    kind: str
    size: int


@dataclass(frozen=True)
class Copies:
    """The backups there are, newest first, and the folder in which they are."""

    folder: Path
    copies: tuple[Copy, ...]


@dataclass(frozen=True)
class Returned:
    """How a restore ended. `replaced` is the copy that was kept of what stood there before.

    `changed` is False when the database held the same already. `rows` and `lost` (tables) are of a salvage.
    """

    source: Path | None
    replaced: Path | None
    changed: bool
    rows: int = 0
    lost: tuple[str, ...] = ()
