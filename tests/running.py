"""Running the program under test, in this process or in its own; the fixtures `cli` and `run_toolkit` give these."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, its answer and its talk."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The envelope; fails if standard output isn't exactly one JSON value."""
        return json.loads(self.stdout)


class Cli(Protocol):
    """`cli("calendar", "plan", path)` runs a command in this process, with `stdin` as what is typed or piped in."""

    def __call__(self, *arguments: object, stdin: str = "") -> Ran: ...


class RunToolkit(Protocol):
    """`run_toolkit("calendar", "plan", path)` runs a command in a process of its own.

    `env` adds variables (None takes one away); `timeout` is in seconds and generous.
    """

    def __call__(
        self,
        *arguments: object,
        stdin: str | bytes = b"",
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        timeout: float = 120,
    ) -> Ran: ...


def toolkit_command(*arguments: object) -> Sequence[str]:
    """The argument vector that starts the program under test."""
    return [sys.executable, "-m", "toolkit", *map(str, arguments)]


def unprivileged() -> None:
    """For `preexec_fn`: what is executed next obeys file permissions even when root runs the tests (Linux)."""
    if os.getuid() == 0:
        kernel = ctypes.CDLL(None, use_errno=True)
        for capability in (0, 1, 2, 3):  # CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
            kernel.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def environment(changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """This process's environment with `changes`; None takes a variable away."""
    merged: dict[str, str | None] = {**os.environ, **(changes or {})}
    return {name: value for name, value in merged.items() if value is not None}
