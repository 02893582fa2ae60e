"""The verb of `toolkit completion`: the script that makes a shell suggest what can be typed."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.core.outcome import Outcome
from toolkit.shell.completion import SHELLS, source

__all__ = ["SHELLS", "Script", "completion_script"]


@dataclass(frozen=True)
class Script:
    """A completion script for a shell; its first lines say how to install it."""

    shell: str
    script: str


def completion_script(shell: str) -> Outcome[Script]:
    """The script for one of SHELLS."""
    return Outcome(Script(shell, source(shell)))
