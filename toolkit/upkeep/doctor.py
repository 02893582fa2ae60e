"""The doctor: what is set up, what isn't, and the one next step for each. It repairs file modes and nothing else."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.core.errors import StoreError, ToolkitError
from toolkit.core.outcome import Exit, Outcome, Param, Problem
from toolkit.disk.folders import close_to_others, real_path, synced_by
from toolkit.shell.settings import Settings, SettingsError
from toolkit.store.backup import list_backups, verify_backup
from toolkit.store.health import look_over
from toolkit.upkeep.model import Check, Report, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.core.dates import Clock
    from toolkit.shell.paths import Paths

_LITTLE_SPACE = 200 * 1024 * 1024  # bytes; a database, its log and a day's backup of most members fit many times
_VIETNAMESE = "Đổ xăng ₫ ỹ"
_OLD_BACKUP_DAYS = 30


@dataclass(frozen=True)
class Terminal:
    """What is known of the terminal: the encoding of standard output, and whether a person is looking at it."""

    encoding: str
    is_terminal: bool


@dataclass(frozen=True)
class _Finding:
    check: Check
    problems: tuple[Problem, ...] = ()
    exit: Exit | None = None


class Doctor:
    def __init__(self, paths: Paths, clock: Clock, terminal: Terminal) -> None:
        self._paths = paths
        self._clock = clock
        self._terminal = terminal

    def look(self) -> Outcome[Report]:
        """Look at everything; a problem for each thing that needs the member. A damaged database decides the exit."""
        sign_in = self._sign_in()  # closes an open token itself, and says so; afterwards it would look closed
        findings = [
            self._python(),
            self._encoding(),
            self._settings(),
            self._time(),
            self._home(),
            self._modes(),
            self._cloud(),
            self._disk(),
            self._database(),
            self._backups(),
            sign_in,
        ]
        outcome = Outcome(Report(tuple(finding.check for finding in findings)))
        outcome = outcome.with_problems(*(problem for finding in findings for problem in finding.problems))
        worst = next((finding.exit for finding in findings if finding.exit is not None), None)
        return Outcome(outcome.data, outcome.problems, "error", worst) if worst else outcome

    def _python(self) -> _Finding:
        system = f"{platform.system()} {platform.release()}"
        return _fine("python", "upkeep.python", version=platform.python_version(), system=system)

    def _encoding(self) -> _Finding:
        encoding = self._terminal.encoding
        try:
            _VIETNAMESE.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return _known("encoding", "upkeep.encoding_poor", encoding=encoding)
        return _fine("encoding", "upkeep.encoding", encoding=encoding)

    def _settings(self) -> _Finding:
        path = self._paths.config_file
        try:
            Settings.load(path)
        except SettingsError as error:
            return _wrong("settings", "upkeep.settings_wrong", *error.problems)
        except ToolkitError as error:
            return _wrong("settings", "upkeep.settings_wrong", error.problem)
        if path.exists():
            return _fine("settings", "upkeep.settings", path=str(path))
        return _fine("settings", "upkeep.settings_default")

    def _time(self) -> _Finding:
        name = "Asia/Ho_Chi_Minh"
        with suppress(ToolkitError):
            name = Settings.load(self._paths.config_file).timezone
        try:
            now = self._clock.now().astimezone(ZoneInfo(name))
        except (LookupError, ValueError, OSError):
            return _wrong("time", "upkeep.time_wrong", Problem("upkeep.no_timezone_data", params={"zone": name}))
        return _fine("time", "upkeep.time", zone=name, now=f"{now:%d/%m/%Y %H:%M}")

    def _home(self) -> _Finding:
        home = self._paths.home
        if not home.exists() and not home.is_symlink():
            return _fine("home", "upkeep.home_new", path=str(home))
        if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
            return _wrong("home", "upkeep.home_wrong", Problem("upkeep.home_read_only", params={"path": str(home)}))
        return _fine("home", "upkeep.home", path=str(home))

    def _modes(self) -> _Finding:
        closed = close_to_others(self._ours())
        if closed:
            return _known("modes", "upkeep.modes_closed", n=len(closed), path=str(self._paths.home))
        return _fine("modes", "upkeep.modes")

    def _ours(self) -> Iterator[Path]:
        """Every file and folder that we made; the home itself only if nothing else is in it."""
        paths = self._paths
        folders = [paths.backups, paths.google, paths.reports]
        ours = {*folders, paths.config_file}
        beside: list[Path] = []
        with suppress(OSError):
            beside = list(paths.home.iterdir())
        own = [path for path in beside if path in ours or path.name.startswith((paths.database.name, ".toolkit-"))]
        if beside and len(own) == len(beside):
            yield paths.home
        yield from own
        yield paths.config_file
        for folder in folders:
            with suppress(OSError):
                yield from folder.iterdir()

    def _cloud(self) -> _Finding:
        home = self._paths.home
        service = synced_by(home)
        with suppress(StoreError):  # a link that leads nowhere is what the line about the home speaks of
            service = service or synced_by(real_path(home))
        if service:
            problem = Problem("upkeep.home_in_cloud", params={"path": str(home), "service": service})
            return _wrong("cloud", "upkeep.cloud_found", problem)
        return _fine("cloud", "upkeep.cloud_none")

    def _disk(self) -> _Finding:
        place = self._paths.home
        while not place.exists() and place.parent != place:
            place = place.parent
        try:
            free = shutil.disk_usage(place).free
        except OSError:
            return _known("disk", "upkeep.disk_unknown")
        if free < _LITTLE_SPACE:
            problem = Problem("upkeep.disk_low", params={"free": free // 2**20, "path": str(place)})
            return _wrong("disk", "upkeep.disk_wrong", problem)
        return _fine("disk", "upkeep.disk", free=free)

    def _database(self) -> _Finding:
        try:
            health = look_over(self._paths.database, backups=self._paths.backups)
        except StoreError as error:
            check = Check("database", "attention", "upkeep.database_wrong")
            return _Finding(check, (error.problem,), Exit.STORE)
        if health is None:
            return _fine("database", "upkeep.database_none")
        size = health.size
        if not health.writable:
            return _known("database", "upkeep.database_read_only", size=size)
        if health.version < health.newest:
            return _fine("database", "upkeep.database_older", size=size, version=health.version, newest=health.newest)
        code = "upkeep.database_sealed" if health.sealed else "upkeep.database_unsealed"
        return _fine("database", code, size=size, version=health.version)

    def _backups(self) -> _Finding:
        try:
            backups = [backup for backup in list_backups(self._paths.backups) if backup.kind != "damaged"]
        except StoreError as error:
            return _wrong("backups", "upkeep.backups_wrong", error.problem)
        problems = []
        for backup in backups:
            try:
                verify_backup(backup.path)
            except StoreError as error:
                problems.append(error.problem)
        if problems:
            return _wrong("backups", "upkeep.backups_wrong", *problems)
        if not backups:
            return _known("backups", "upkeep.backups_none")
        when = f"{backups[0].at.astimezone(self._clock.now().tzinfo):%d/%m/%Y %H:%M}"
        old = (self._clock.now() - backups[0].at).days > _OLD_BACKUP_DAYS
        code = "upkeep.backups_old" if old else "upkeep.backups"
        return _Finding(Check("backups", "note" if old else "ok", code, {"n": len(backups), "when": when}))

    def _sign_in(self) -> _Finding:
        from toolkit.google.accounts import accounts, problem_of, status

        states = [status(self._paths.google, account, now=self._clock.now) for account in accounts(self._paths.google)]
        if not states:
            return _known("google", "upkeep.google_absent")
        problems = [problem.problem for state in states if (problem := problem_of(state))]
        if problems:
            return _wrong("google", "upkeep.google_wrong", *problems)
        if any(state.kind == "mode_repaired" for state in states):
            return _known("google", "upkeep.google_mode_repaired")
        ends = min((state.ends for state in states if state.ends), default=None)
        if ends is not None:
            when = f"{ends.astimezone(self._clock.now().tzinfo):%d/%m/%Y %H:%M}"
            return _known("google", "upkeep.google_testing", when=when)
        return _fine("google", "upkeep.google_ready")


def system_terminal() -> Terminal:
    """The terminal of this process."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        return Terminal(encoding, sys.stdout.isatty())
    except ValueError:
        return Terminal(encoding, is_terminal=False)


def _finding(name: str, state: State, code: str, params: dict[str, Param], problems: tuple[Problem, ...]) -> _Finding:
    return _Finding(Check(name, state, code, params), problems)


def _fine(name: str, code: str, **params: Param) -> _Finding:
    return _finding(name, "ok", code, params, ())


def _known(name: str, code: str, **params: Param) -> _Finding:
    return _finding(name, "note", code, params, ())


def _wrong(name: str, code: str, *problems: Problem, **params: Param) -> _Finding:
    return _finding(name, "attention", code, params, problems)
