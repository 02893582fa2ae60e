"""How far a long verb has come: one line that is written over on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import StoreError
from toolkit.core.text import terminal_safe
from toolkit.shell import layout
from toolkit.shell.screen import OutputGone, Screen

if TYPE_CHECKING:
    from toolkit.shell.messages import Messages

_EVERY_ON_A_TERMINAL: Final = 0.1
_EVERY_IN_A_LOG: Final = 5.0
_BEFORE_A_FORECAST: Final = 2.0


class Progress:
    """A running count. It never fails: a broken standard error only silences it."""

    def __init__(self, screen: Screen, messages: Messages, total: int | None, what: str, *, silent: bool) -> None:
        """`total` None: the end isn't known. `what` says what is being done, in the member's words."""
        self._screen = screen
        self._messages = messages
        self._total = total
        self._what = terminal_safe(what)
        self._live = screen.is_terminal
        self._silent = silent
        self._begun = time.monotonic()
        self._shown = self._begun if not self._live else 0.0
        self._drawn = 0
        self.done = 0

    def advance(self, steps: int = 1) -> None:
        """`steps` more are done."""
        self.done += steps
        now = time.monotonic()
        if now - self._shown >= (_EVERY_ON_A_TERMINAL if self._live else _EVERY_IN_A_LOG):
            self._shown = now
            self._write(now)

    def close(self) -> None:
        """Take the line away again: what was done is said in the answer."""
        if self._drawn:
            self._put("\r" + " " * self._drawn + "\r")
            self._drawn = 0

    def _write(self, now: float) -> None:
        text = " · ".join(part for part in (self._what, self._count(), self._remaining(now)) if part)
        if not self._live:
            self._put(f"{text}\n")
            return
        line = layout.wrap(text, max((self._screen.width or 80) - 1, 1))[0]
        width = layout.cell_width(line)
        self._put("\r" + line + " " * (self._drawn - width))
        self._drawn = width

    def _count(self) -> str:
        if self._total is None:
            return self._messages.number(self.done)
        return f"{self._messages.number(self.done)}/{self._messages.number(self._total)}"

    def _remaining(self, now: float) -> str:
        """A forecast from the pace so far, and only once there is enough of it to be worth saying."""
        spent = now - self._begun
        if self._total is None or not 0 < self.done < self._total or spent < _BEFORE_A_FORECAST:
            return ""
        seconds = spent * (self._total - self.done) / self.done
        if seconds < 60:
            return self._messages.text("shell.remaining_seconds", n=max(5, round(seconds / 5) * 5))
        return self._messages.text("shell.remaining_minutes", n=round(seconds / 60))

    def _put(self, text: str) -> None:
        if not self._silent:
            with contextlib.suppress(StoreError, OutputGone):
                self._screen.write(text)
