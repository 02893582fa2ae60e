"""The running balance as the proof of every line: what an account holds after a line is what it held before, and the
line. Pure arithmetic; nothing is adjusted, only told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.expenses.statements.model import Line


@dataclass(frozen=True)
class Proof:
    """Lines, those that the balance contradicts marked. `checked` lines could be compared, `proven` agree.

    `expected` maps the position of a contradicted line to what its change should be by the balances around it.
    """

    lines: tuple[Line, ...]
    checked: int
    proven: int
    expected: dict[int, int]

    @property
    def hopeless(self) -> bool:
        """Whether most lines disagree: then a column isn't what it was taken for."""
        return self.checked >= 2 and self.proven * 2 < self.checked


def prove(lines: Sequence[Line], opening: int | None = None) -> Proof:
    """Compare each line's change with the balances before and after it, in the order of the file or against it,
    whichever agrees more often. `opening` is what the statement says there was at first."""
    down = _checked(lines, opening)
    up = _checked(lines[::-1], opening)
    last = len(lines) - 1
    up = {last - place: change for place, change in up.items()}
    chosen = up if _agreeing(lines, up) > _agreeing(lines, down) else down
    expected = {place: change for place, change in chosen.items() if lines[place].change != change}
    marked = tuple(replace(line, unproven=True) if place in expected else line for place, line in enumerate(lines))
    return Proof(marked, len(chosen), len(chosen) - len(expected), expected)


def signed_by_balance(sizes: Sequence[int], balances: Sequence[int | None], opening: int | None) -> list[int | None]:
    """Signs for amounts that are written without: the one that the balances allow; None where they don't say.

    Both orders of the file are tried; the one that explains more lines holds.
    """
    down = _signs(sizes, balances, opening)
    up = _signs(sizes[::-1], balances[::-1], opening)[::-1]
    return up if sum(one is not None for one in up) > sum(one is not None for one in down) else down


def _signs(sizes: Sequence[int], balances: Sequence[int | None], opening: int | None) -> list[int | None]:
    before = opening
    signed: list[int | None] = []
    for size, after in zip(sizes, balances, strict=True):
        change = None if before is None or after is None else after - before
        signed.append(change if change is not None and abs(change) == abs(size) else None)
        before = after
    return signed


def _checked(lines: Sequence[Line], opening: int | None) -> dict[int, int]:
    """What each line changes by the balances around it, where both are known."""
    found: dict[int, int] = {}
    before = opening
    for place, line in enumerate(lines):
        after = line.balance
        if before is not None and after is not None:
            found[place] = after - before
        before = after
    return found


def _agreeing(lines: Sequence[Line], changes: dict[int, int]) -> int:
    return sum(lines[place].change == change for place, change in changes.items())
