"""Lines that other commands hand over on standard input: as they come, however many, none of them endless."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES: Final = 100_000
"""More come from something that never ends."""
LONGEST_LINE: Final = 10_000
"""Characters of one line; the rest of it is read past."""


def is_typed() -> bool:
    """Whether a person sits at standard input."""
    try:
        return sys.stdin is None or sys.stdin.isatty()
    except ValueError:  # closed
        return True


def lines_of_input() -> Iterator[str]:
    """The lines of standard input as they come. UsageError("shell.input_too_long") where they don't end."""
    stdin = sys.stdin
    for _ in range(MOST_LINES):
        line = stdin.readline(LONGEST_LINE)
        if not line:
            return
        yield line.rstrip("\r\n")
        while not line.endswith("\n") and line:
            line = stdin.readline(LONGEST_LINE)
    if stdin.readline(1):
        raise UsageError("shell.input_too_long", n=MOST_LINES)
