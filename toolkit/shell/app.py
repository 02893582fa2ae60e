"""One run of a command: what it is given, and the one place where every ending becomes words and an exit code."""

from __future__ import annotations

import contextlib
import gettext
import os
import sys
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

import click

from toolkit.core.errors import StoreError, ToolkitError, UsageError
from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.shell.ask import Ask
from toolkit.shell.messages import DEFAULT_LANGUAGE, LANGUAGES, LOCALE, Messages
from toolkit.shell.misuse import problem_of
from toolkit.shell.paths import Paths
from toolkit.shell.say import Say
from toolkit.shell.screen import OutputGone, Screen, open_standard_streams, prepare_input
from toolkit.shell.settings import Settings
from toolkit.shell.signals import Signals, Stop, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.core.dates.clock import Clock

R = TypeVar("R")

PROGRAM: Final = "toolkit"
COMPLETION_VARIABLE: Final = "_TOOLKIT_COMPLETE"
READER_GONE: Final = 141  # 128 + SIGPIPE: what a program that doesn't catch the signal ends with


class App:
    """What every command needs. Commands receive it through `pass_app`."""

    def __init__(self, arguments: Sequence[str] = (), signals: Signals | None = None) -> None:
        """`arguments` are looked at for --lang, --json and --debug: help pages and errors need them before parsing."""
        self.arguments = tuple(arguments)
        self.debug = "--debug" in arguments
        self.today: date | None = None
        self.signals = signals or Signals()
        self.messages = Messages()
        self.say = Say(self.messages, Screen(sys.stdout), Screen(sys.stderr))
        prepare_input(sys.stdin)
        self.ask = Ask(self.say, sys.stdin, self.signals)
        self.stopped: Stop | None = None
        before_the_end = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
        if "--json" in before_the_end:
            self.say.format = "json"
        self.use_language(_language_in(before_the_end) or self._usual_language())

    def use_language(self, lang: str) -> None:
        """Speak `lang` from now on; UsageError if there is no catalogue for it."""
        if lang not in LANGUAGES:
            raise UsageError("shell.unknown_language", value=lang, known=", ".join(LANGUAGES))
        self.messages.lang = lang
        gettext.bindtextdomain("click", str(LOCALE))
        gettext.textdomain("click")
        os.environ["LANGUAGE"] = lang  # click asks gettext, and gettext asks the environment

    @cached_property
    def paths(self) -> Paths:
        return Paths.find()

    @cached_property
    def settings(self) -> Settings:
        """The member's settings. Raises SettingsError naming every line that can't be used."""
        return Settings.load(self.paths.config_file)

    @property
    def clock(self) -> Clock:
        """The time in the member's zone; with --today, the same time of that day, standing still."""
        from toolkit.core.dates.clock import FixedClock, SystemClock

        clock = SystemClock(self.settings.timezone)
        if self.today is None:
            return clock
        now = clock.now()
        return FixedClock(datetime.combine(self.today, now.timetz()))

    @contextlib.contextmanager
    def stopping(self) -> Iterator[Stop]:
        """Around a verb that writes: a signal makes the Stop true, the verb ends by itself and says what it has done.

        The command then ends with 128 + the signal's number. A second signal doesn't wait.
        """
        with self.signals.held() as stop:
            self.stopped = stop
            yield stop

    @property
    def exit_code(self) -> int:
        if self.stopped is not None and self.stopped.number is not None:
            return 128 + self.stopped.number
        return self.say.exit_code

    def ready(self) -> None:
        """Read the settings, before a command that depends on them begins."""
        self.say.colour = self.settings.color == "auto"

    def _usual_language(self) -> str:
        try:
            return self.settings.lang
        except Exception:  # noqa: BLE001 (whatever it is, the command itself meets it again, where it can be said)
            return DEFAULT_LANGUAGE


def pass_app(command: Callable[..., R]) -> Callable[..., R]:
    """Give `command` the App as its first argument."""
    return click.make_pass_decorator(App, ensure=True)(command)


def run(root: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run `root` with `arguments` (those of the process if None) and return the exit code. Never raises."""
    open_standard_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = os.environ.get("LANGUAGE")
    signals = Signals()
    try:
        with signals.caught():
            return _run(root, App(given, signals), given)
    except Stopped as stopped:  # while starting, or while saying how it ended
        return 128 + stopped.number
    finally:
        if language is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = language


def _run(root: click.Command, app: App, arguments: list[str]) -> int:
    try:
        _invoke(root, arguments, app)
    except click.exceptions.Exit as done:
        return done.exit_code
    except OutputGone:
        return READER_GONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 (whatever went wrong ends in words, not in a traceback)
        return _say_failure(app, error, arguments)
    return app.exit_code


def _invoke(root: click.Command, arguments: list[str], app: App) -> None:
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from toolkit.shell.completion import complete

        raise click.exceptions.Exit(complete(root, instruction, app))
    with root.make_context(PROGRAM, arguments, obj=app) as context:
        root.invoke(context)


def _say_failure(app: App, error: BaseException, arguments: Sequence[str]) -> int:
    if app.signals.raised is not None and not isinstance(error, ToolkitError | click.ClickException):
        error = app.signals.raised  # DuckDB, for one, says of it that the query was interrupted
    if isinstance(error, Stopped):
        app.stopped = Stop(error.number)
    try:
        app.say(_outcome_of(error, app, arguments))
    except StoreError as unsaid:  # standard output refuses; standard error may not
        app.say(unsaid.outcome())
    except OutputGone:
        return READER_GONE
    return app.exit_code


def _outcome_of(error: BaseException, app: App, arguments: Sequence[str]) -> Outcome[None]:
    if isinstance(error, ToolkitError):
        return error.outcome()
    if isinstance(error, click.ClickException):
        return Outcome(None, (problem_of(error, app.messages),), "error", Exit.USAGE)
    if isinstance(error, KeyboardInterrupt):
        return Outcome(None, (Problem("shell.stopped"),), "error", Exit.INTERRUPTED)
    return Outcome(None, (_bug(error, app, arguments),), "error", Exit.BUG)


def _bug(error: BaseException, app: App, arguments: Sequence[str]) -> Problem:
    from toolkit.shell.report import traceback_of, write_report

    if app.debug:
        app.say.aside(traceback_of(error))
    try:
        return Problem("shell.bug", params={"path": str(write_report(error, arguments, app.paths))})
    except ToolkitError:
        return Problem("shell.bug_unreported")


def _language_in(arguments: Sequence[str]) -> str | None:
    """The language that --lang asks for, if it is one we speak; the parser refuses the others."""
    for position, argument in enumerate(arguments):
        option, given, value = argument.partition("=")
        if option == "--lang":
            asked = value if given else next(iter(arguments[position + 1 :]), "")
            return asked if asked in LANGUAGES else None
    return None
