"""Where the demo happens: a throw-away home, real commands in processes of their own, a word before each."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.errors import ToolkitError
from toolkit.core.outcome import Exit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.core.outcome import Param
    from toolkit.shell.app import App

_WIDEST = 80
_DONE = (Exit.OK, Exit.PARTIAL)


class DemoFailedError(ToolkitError):
    """A command of the demo ended otherwise than it must: a bug of ours, on sample data of ours."""

    exit = Exit.BUG


class Stage:
    """Tells and does. Commands run as a member would run them, with their own settings, data and backups."""

    def __init__(self, app: App, folder: Path) -> None:
        """`folder` takes everything that the demo makes; the member's own home isn't touched."""
        self._app = app
        self.folder = folder
        self.home = folder / "home"
        self._environment: dict[str, str] = {}
        self._silent = app.say.format == "json"  # a program wants to know where the files are, not to be shown around

    def heading(self, code: str, **params: Param) -> None:
        """Begin an act."""
        text = self._app.messages.text(code, **params)
        width = min(self._app.say.out.width or _WIDEST, _WIDEST)
        self._show(f"\n━━ {text} {'━' * max(3, width - len(text) - 4)}")

    def tell(self, code: str, **params: Param) -> None:
        """One sentence about what comes or what was seen."""
        self._show(f"\n» {self._app.messages.text(code, **params)}")

    def surround(self, variables: Mapping[str, str]) -> None:
        """Give the commands from here on these environment variables too."""
        self._environment.update(variables)

    def run(self, *words: str, source: Path | None = None) -> int:
        """Type `toolkit WORDS…` in the demo's folder, show the command and what it says, give its exit code.

        `source` is a file of that folder that the command reads as its standard input.

        Problems with rows (exit 1) belong to the show; any other failure ends it: DemoFailedError.
        """
        self._show(f"$ toolkit {shlex.join(words)}{f' < {source.name}' if source else ''}")
        language = [] if self._app.messages.lang == "vi" else ["--lang", self._app.messages.lang]
        with (source or Path(os.devnull)).open("rb") as typed:
            done = subprocess.run(  # noqa: S603 (our own interpreter, our own words)
                [sys.executable, "-m", "toolkit", *language, *words],
                cwd=self.folder,
                env={**os.environ, **self._environment, "TOOLKIT_HOME": str(self.home)},
                stdin=typed,
                stdout=subprocess.DEVNULL if self._silent else None,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode not in _DONE:
            raise DemoFailedError("demo.step_failed", command=shlex.join(words), status=done.returncode)
        return done.returncode

    def _show(self, text: str) -> None:
        if not self._silent:
            self._app.say.raw(text)
