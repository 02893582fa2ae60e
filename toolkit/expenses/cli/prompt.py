"""The prompt: `toolkit expenses` alone. A line is an entry; a handful of words do the rest."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ToolkitError
from toolkit.core.text import search_key
from toolkit.expenses.cli.adding import add_sentence, budget_lines
from toolkit.expenses.cli.opening import open_desk
from toolkit.shell.signals import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from toolkit.expenses.sorting import Sorter
    from toolkit.shell.app import App

MOST_REMEMBERED: Final = 500
"""Lines of the history file."""
_PROMPT: Final = "› "
_PLAIN_PROMPT: Final = "> "
_LEAVE: Final = frozenset({"thoat", "quit", "exit", "q", "bye", "xong"})
_UNDO: Final = frozenset({"undo", "hoan tac", "u"})
_LIST: Final = frozenset({"list", "xem", "danh sach", "ls"})
_DELETE: Final = frozenset({"xoa", "delete", "remove"})
_TAKE_BACK: Final = _DELETE | {"bo", "huy", "cancel"}
_THING: Final = frozenset({"khoan", "dong", "muc", "cau", "entry"})
_WHICH: Final = _THING | {
    "so", "cai", "vua", "roi", "nay", "do", "cuoi", "cung", "moi", "ghi", "nhat", "truoc", "giup", "di", "nhe", "last",
    "the",
}  # fmt: skip
_LONGEST_WISH: Final = 60
_BIGGEST_NUMBER: Final = 999_999_999
_HELP: Final = frozenset({"help", "giup", "tro giup"})


class Prompt:
    """One sitting at the prompt."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._sorter: Sorter | None = None

    def run(self) -> None:
        """Read lines until the member leaves. Raises Stopped where a signal ends it."""
        self._app.say.note("expenses.prompt_greeting")
        with _history(self._app):
            while (line := self._read()) is not None:
                if line.strip() and not self._does(line.strip()):
                    return

    def _read(self) -> str | None:
        """A line; None at the end of input. Ctrl-C takes back what is typed, and leaves where nothing is."""
        prompt = _PROMPT if self._app.say.out.is_unicode else _PLAIN_PROMPT
        while True:
            try:
                return input(prompt)
            except EOFError:
                self._app.say.end_line()
                return None
            except Stopped as stopped:
                self._app.say.end_line()
                if stopped.number != signal.SIGINT or not _typed():
                    raise

    def _does(self, line: str) -> bool:
        """Do what a line says; False to leave. What goes wrong is said, and the sitting goes on."""
        word = search_key(line)
        if word in _LEAVE:
            return False
        try:
            if line == "?" or word in _HELP:
                self._app.say.note("expenses.prompt_help")
            elif word in _UNDO:
                self._undo()
            elif word in _LIST:
                self._list()
            elif command := command_in(line):
                self._app.say.note("expenses.prompt_command", command=command)
            elif (number := taken_back(line)) is not None:
                code = "expenses.prompt_delete" if number else "expenses.prompt_take_back"
                self._app.say.note(code, number=number)
            else:
                self._add(line)
        except ToolkitError as error:
            self._app.say(error.outcome())
        except Stopped as stopped:
            if stopped.number != signal.SIGINT:
                raise
            self._app.say.note("expenses.prompt_cancelled")
        return True

    def _add(self, line: str) -> None:
        from toolkit.expenses.views import receipt as views

        with open_desk(self._app, self._sorter) as desk:
            self._sorter = desk.sorter
            outcome = add_sentence(self._app, desk, line)
            notes = budget_lines(self._app, desk, outcome)
        self._app.say(outcome, views.receipt)
        self._app.say.talk(*notes)

    def _undo(self) -> None:
        from toolkit.expenses.views import receipt as views

        with open_desk(self._app, self._sorter) as desk:
            self._sorter = desk.sorter
            outcome = desk.recorder.undo()
        self._app.say(outcome, views.undone)

    def _list(self) -> None:
        from toolkit.expenses.book import Filter
        from toolkit.expenses.service.looking import listing
        from toolkit.expenses.views import entries as views

        with open_desk(self._app, self._sorter) as desk:
            self._sorter = desk.sorter
            outcome = listing(desk.book, desk.clock, Filter(), 10)
        self._app.say(outcome, views.listing(self._app.say.out.width))


def command_in(line: str) -> str:
    """The whole command that somebody types here by habit ("report", "delete 3", "toolkit expenses debts"); empty for
    a sentence."""
    from toolkit.expenses.cli import CHILDREN

    first, *more = line.split()
    if first == "toolkit":
        return line
    is_one = first in CHILDREN and (not more or more[0].startswith("-") or more[0].isdecimal())
    return f"toolkit expenses {line}" if is_one else ""


def taken_back(line: str) -> str | None:
    """Which entry somebody wants gone who types it in words: "3" for "xóa khoản 3", "" for the newest one ("bỏ khoản
    vừa rồi", "hủy"); None for a sentence."""
    first, *more = search_key(line[:_LONGEST_WISH]).split() or [""]
    numbers = [word for word in more if word.isdecimal()]
    others = {word for word in more if not word.isdecimal()}
    if first not in _TAKE_BACK or len(line) > _LONGEST_WISH or len(numbers) > 1 or not others <= _WHICH:
        return None
    if not numbers:
        return ""
    # "bò 2", "Huy 50": without its marks the word may be a dish or somebody's name.
    is_one = 0 < int(numbers[0]) <= _BIGGEST_NUMBER and (first in _DELETE or others & _THING)
    return str(int(numbers[0])) if is_one else None


@contextmanager
def _history(app: App) -> Iterator[None]:
    """Lines of earlier sittings with the arrow keys; private, and kept for the next one."""
    module = _readline()
    if module is None:
        yield
        return
    from toolkit.disk.atomic import atomic_write

    path = app.paths.expenses_history
    module.clear_history()
    with suppress(OSError, UnicodeDecodeError):
        for line in path.read_text("utf-8").splitlines()[-MOST_REMEMBERED:]:
            module.add_history(line)
    try:
        yield
    finally:
        count = module.get_current_history_length()
        first = max(1, count - MOST_REMEMBERED + 1)
        lines = [module.get_history_item(n) or "" for n in range(first, count + 1)]
        if lines:
            with suppress(ToolkitError, OSError):  # a history that can't be kept is no reason to fail
                app.paths.ready(path.parent)
                atomic_write(path, "".join(f"{line}\n" for line in lines))


def _readline() -> Any:
    """The module that edits lines; None on a machine without it, where lines are typed plainly."""
    try:
        import readline
    except ImportError:
        return None
    module: ModuleType = readline
    return module


def _typed() -> str:
    """What stands on the line that is being edited."""
    module = _readline()
    return str(module.get_line_buffer()) if module is not None else ""
