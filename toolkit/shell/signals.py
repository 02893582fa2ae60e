"""Being asked to stop: Ctrl-C, a shutdown, a closed terminal. A verb that writes finishes what it has in hand first."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS: Final = [
    number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
]


class Stopped(KeyboardInterrupt):
    """A signal asked us to stop. The exit code is the shell's convention, 128 + the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Stop:
    """What a long verb asks between two steps: `if stop: break`. True once a signal has come."""

    def __init__(self, number: int | None = None) -> None:
        self.number = number

    def __bool__(self) -> bool:
        return self.number is not None

    def __call__(self) -> bool:
        return self.number is not None


class Signals:
    """The handlers while one command runs. Outside `held` a signal raises Stopped at once."""

    def __init__(self) -> None:
        self._stop: Stop | None = None
        self.raised: Stopped | None = None
        """What a signal has raised. A library at work may answer it with an error of its own, and this one is gone."""

    @contextlib.contextmanager
    def caught(self) -> Iterator[None]:
        """Catch the signals, and give them back to whoever had them. Does nothing outside the main thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before: dict[int, Any] = {number: signal.signal(number, self._arrived) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextlib.contextmanager
    def held(self) -> Iterator[Stop]:
        """Inside, the first signal only makes the Stop true; a second one raises Stopped."""
        self._stop = Stop()
        try:
            yield self._stop
        finally:
            self._stop = None

    @contextlib.contextmanager
    def released(self) -> Iterator[None]:
        """Inside, a signal raises Stopped even within `held`: nothing is in hand while a question waits.

        So does one that came just before.
        """
        held, self._stop = self._stop, None
        try:
            if held is not None and held.number is not None:
                raise Stopped(held.number)
            yield
        finally:
            self._stop = held

    def wait_for(self, file: TextIO) -> None:
        """Wait until `file` has something to read; a signal ends the wait with Stopped.

        So does one that comes just before the wait: a plain read would then sit there until a line is typed, for the
        interpreter looks at signals only before and after a system call. The wake-up descriptor closes that gap.
        Windows wakes a read by itself.
        """
        if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            return
        try:
            typed = file.fileno()
        except (OSError, ValueError):  # answers that come out of memory
            return
        woken, waker = os.pipe()
        os.set_blocking(waker, False)
        before = signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        try:
            select.select([typed, woken], [], [])
        finally:
            signal.set_wakeup_fd(before)
            os.close(woken)
            os.close(waker)

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self._stop is None or self._stop:
            self.raised = Stopped(number)
            raise self.raised
        self._stop.number = number
