"""A command at a terminal, typed at by a test."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING, Self

from running import environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

PATIENCE = 30.0  # seconds until something that should be said is missed


class Terminal:
    """`toolkit WORDS…` in a pseudo-terminal: `enter` sends a line, `until` waits for words and gives what came."""

    def __init__(self, *words: str, env: Mapping[str, str | None] | None = None, columns: int = 100) -> None:
        surroundings = environment({"TERM": "xterm", "LC_ALL": "C.UTF-8", **(env or {})})
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.execve(sys.executable, [sys.executable, "-m", "toolkit", *words], surroundings)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self._unread = b""

    def enter(self, line: str) -> None:
        os.write(self._terminal, f"{line}\n".encode())

    def interrupt(self) -> None:
        """Ctrl-C by a person: not in the very instant in which the line editor goes back to waiting for a key, where
        the interpreter would see the signal only with the next key."""
        time.sleep(0.5)
        self.press("\x03")

    def press(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def until(self, words: str) -> str:
        """Everything that came up to and with `words`; AssertionError if they don't come."""
        wanted, ends = words.encode(), time.monotonic() + PATIENCE
        while wanted not in self._unread:
            ready, _, _ = select.select([self._terminal], [], [], max(ends - time.monotonic(), 0))
            block = self._read() if ready else b""
            assert block, f"{words!r} didn't come, but {self._unread.decode(errors='replace')!r}"
            self._unread += block
        end = self._unread.index(wanted) + len(wanted)
        said, self._unread = self._unread[:end], self._unread[end:]
        return said.decode(errors="replace")

    def ended(self) -> tuple[int, str]:
        """The exit code and the rest of what was said, once the command has ended."""
        while block := self._read():
            self._unread += block
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        return os.waitstatus_to_exitcode(status), self._unread.decode(errors="replace")

    def hang_up(self) -> int:
        """Close the terminal's window; the exit code of the command, whose reader and writer are gone."""
        os.close(self._terminal)
        self._terminal = -1
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        return os.waitstatus_to_exitcode(status)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal >= 0:
            os.close(self._terminal)
        if self._child:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, 9)
            os.waitpid(self._child, 0)

    def _read(self) -> bytes:
        try:
            return os.read(self._terminal, 65_536)
        except OSError:  # how Linux says that nobody is at the other end any more
            return b""
