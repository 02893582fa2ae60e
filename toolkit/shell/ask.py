"""Questions to a person at a terminal. Without one they are refused, naming the option that answers beforehand."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, TextIO

from toolkit.core.errors import UsageError
from toolkit.core.text import clean, fold
from toolkit.shell.blocks import Cell, Line, Words, said
from toolkit.shell.signals import Signals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.shell.say import Say

YES: Final = frozenset({"co", "c", "y", "yes", "ok", "dong y", "u"})
NO: Final = frozenset({"khong", "k", "ko", "n", "no", "thoi"})
_TRIES: Final = 3


class Ask:
    """Asks on standard error, reads from standard input. `yes` (from --yes) answers every confirmation."""

    def __init__(self, say: Say, answers: TextIO | None, signals: Signals | None = None) -> None:
        self._say = say
        self._signals = signals or Signals()
        self._answers = answers
        self.yes = False

    @property
    def is_possible(self) -> bool:
        """Whether somebody is there to answer."""
        try:
            listening = self._answers is not None and self._answers.isatty()
        except ValueError:  # closed
            return False
        return listening and self._say.err.is_terminal and self._say.format != "json"

    def confirm(self, question: Cell, *, flag: str = "--yes") -> bool:
        """Yes or no. Anything that isn't a clear yes is a no: an empty line, the end of input, three unclear answers.

        UsageError naming `flag` if nobody can be asked.
        """
        if self.yes:
            return True
        self._demand_somebody(question, flag)
        text = said(Words("shell.ask_yes_no", question=said(question, self._say.messages)), self._say.messages)
        for _ in range(_TRIES):
            answer = fold(self._answer(text) or "")
            if answer in YES:
                return True
            if not answer or answer in NO:
                return False
            self._say.note("shell.ask_yes_no_unclear")
        return False

    def choose(self, question: Cell, choices: Sequence[Cell], *, flag: str, default: int | None = None) -> int | None:
        """The index of one of the numbered `choices`; `default` for an empty line; None if nothing was chosen.

        With --yes the default, if there is one. UsageError naming `flag` if nobody can be asked.
        """
        if self.yes and default is not None:
            return default
        self._demand_somebody(question, flag)
        messages = self._say.messages
        self._say.talk(
            Line(question), *(Line(f"  {n}. {said(choice, messages)}") for n, choice in enumerate(choices, 1))
        )
        for _ in range(_TRIES):
            answer = self._answer(messages.text("shell.ask_number", last=len(choices)))
            if not answer:
                return default
            if answer.isascii() and answer.isdigit() and len(answer) < 5 and 1 <= int(answer) <= len(choices):
                return int(answer) - 1
            self._say.note("shell.ask_number_unclear", last=len(choices))
        return None

    def text(self, question: Cell, *, flag: str) -> str:
        """What the member types, cleaned; empty for an empty line or the end of input. UsageError as above."""
        self._demand_somebody(question, flag)
        return self._answer(said(question, self._say.messages)) or ""

    def secret(self, question: Cell, *, flag: str) -> str:
        """What the member types unseen, to the letter; empty for an empty line or the end of input. UsageError as
        above."""
        self._demand_somebody(question, flag)
        assert self._answers is not None
        with unseen(self._answers):
            typed = self._typed(said(question, self._say.messages))
        self._say.end_line()
        return typed.rstrip("\r\n")

    def _demand_somebody(self, question: Cell, flag: str) -> None:
        if not self.is_possible:
            raise UsageError("shell.nobody_to_ask", question=said(question, self._say.messages), flag=flag)

    def _answer(self, prompt: str) -> str | None:
        line = self._typed(prompt)
        if not line.endswith("\n"):
            self._say.end_line()
        return clean(line) if line else None

    def _typed(self, prompt: str) -> str:
        """The line as it was typed, with its end; empty at the end of input."""
        assert self._answers is not None
        with self._signals.released():
            self._say.prompt(prompt)
            try:
                self._signals.wait_for(self._answers)
                return self._answers.readline(10_000)
            except KeyboardInterrupt:
                self._say.end_line()
                raise


@contextmanager
def unseen(answers: TextIO) -> Iterator[None]:
    """Within, what is typed doesn't appear on the terminal."""
    try:
        import termios
    except ImportError:  # Windows, whose consoles have a switch of their own
        with _unseen_on_windows():
            yield
        return
    try:
        descriptor = answers.fileno()
        usual = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):  # no terminal: nothing would appear
        yield
        return
    quiet = [*usual[:3], usual[3] & ~termios.ECHO, *usual[4:]]
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        with suppress(OSError, termios.error):
            termios.tcsetattr(descriptor, termios.TCSADRAIN, usual)


@contextmanager
def _unseen_on_windows() -> Iterator[None]:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (other systems' stubs don't know it)
    handle, mode = kernel.GetStdHandle(-10), ctypes.c_uint32()  # STD_INPUT_HANDLE
    known = bool(kernel.GetConsoleMode(handle, ctypes.byref(mode)))
    if known:
        kernel.SetConsoleMode(handle, mode.value & ~0x0004)  # ENABLE_ECHO_INPUT
    try:
        yield
    finally:
        if known:
            kernel.SetConsoleMode(handle, mode.value)
