"""What the readers of the single formats give, row by row, inside the reading process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.model import MergeRange
    from toolkit.sheets.wire import Packed


@dataclass(frozen=True, slots=True)
class Head:
    """A sheet begins."""

    name: str
    visible: bool = True
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[MergeRange, ...] = ()


class RawRow(NamedTuple):
    """A row with at least one value; `cells` run from column 1."""

    number: int
    hidden: bool
    cells: list[Packed]


@dataclass(frozen=True, slots=True)
class Remark:
    """A cell or a line of which something must be said."""

    code: str
    row: int
    column: int | None = None
    value: str | None = None
    params: dict[str, str | int] = field(default_factory=dict)


Item = Head | RawRow | Remark


class FormatReader(Protocol):
    """Reads one file. `share` (0 to 1) grows while it is iterated."""

    share: float

    def __iter__(self) -> Iterator[Item]: ...
