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

from toolkit.caldav.checkup import check_sign_ins as check_caldav
from toolkit.core.checkup import Check, Finding, Report, fine, known, told, wrong
from toolkit.core.errors import StoreError, ToolkitError
from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.disk.folders import close_to_others, real_path, synced_by
from toolkit.disk.keychain import keychain_name
from toolkit.google.checkup import check_sign_ins as check_google
from toolkit.shell.settings import Settings, SettingsError
from toolkit.store.backup import list_backups, verify_backup
from toolkit.store.health import look_over

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


class Doctor:
    def __init__(self, paths: Paths, clock: Clock, terminal: Terminal) -> None:
        self._paths = paths
        self._clock = clock
        self._terminal = terminal

    def look(self) -> Outcome[Report]:
        """Look at everything; a problem for each thing that needs the member. A damaged database decides the exit."""
        # These close open files themselves, and say so; afterwards those would look closed.
        google, caldav = check_google(self._paths.google, self._clock), check_caldav(self._paths.caldav)
        return told(
            [
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
                self._secrets(),
                google,
                caldav,
            ]
        )

    def _python(self) -> Finding:
        system = f"{platform.system()} {platform.release()}"
        return fine("python", "upkeep.python", version=platform.python_version(), system=system)

    def _encoding(self) -> Finding:
        encoding = self._terminal.encoding
        try:
            _VIETNAMESE.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return known("encoding", "upkeep.encoding_poor", encoding=encoding)
        return fine("encoding", "upkeep.encoding", encoding=encoding)

    def _settings(self) -> Finding:
        path = self._paths.config_file
        try:
            Settings.load(path)
        except SettingsError as error:
            return wrong("settings", "upkeep.settings_wrong", *error.problems)
        except ToolkitError as error:
            return wrong("settings", "upkeep.settings_wrong", error.problem)
        if path.exists():
            return fine("settings", "upkeep.settings", path=str(path))
        return fine("settings", "upkeep.settings_default")

    def _time(self) -> Finding:
        name = "Asia/Ho_Chi_Minh"
        with suppress(ToolkitError):
            name = Settings.load(self._paths.config_file).timezone
        try:
            now = self._clock.now().astimezone(ZoneInfo(name))
        except (LookupError, ValueError, OSError):
            return wrong("time", "upkeep.time_wrong", Problem("upkeep.no_timezone_data", params={"zone": name}))
        return fine("time", "upkeep.time", zone=name, now=f"{now:%d/%m/%Y %H:%M}")

    def _home(self) -> Finding:
        home = self._paths.home
        if not home.exists() and not home.is_symlink():
            return fine("home", "upkeep.home_new", path=str(home))
        if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
            return wrong("home", "upkeep.home_wrong", Problem("upkeep.home_read_only", params={"path": str(home)}))
        return fine("home", "upkeep.home", path=str(home))

    def _modes(self) -> Finding:
        closed = close_to_others(self._ours())
        if closed:
            return known("modes", "upkeep.modes_closed", n=len(closed), path=str(self._paths.home))
        return fine("modes", "upkeep.modes")

    def _ours(self) -> Iterator[Path]:
        """Every file and folder that we made; the home itself only if nothing else is in it."""
        paths = self._paths
        folders = [paths.backups, paths.google, paths.caldav, paths.reports, paths.expenses, paths.sites]
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

    def _cloud(self) -> Finding:
        home = self._paths.home
        service = synced_by(home)
        with suppress(StoreError):  # a link that leads nowhere is what the line about the home speaks of
            service = service or synced_by(real_path(home))
        if service:
            problem = Problem("upkeep.home_in_cloud", params={"path": str(home), "service": service})
            return wrong("cloud", "upkeep.cloud_found", problem)
        return fine("cloud", "upkeep.cloud_none")

    def _disk(self) -> Finding:
        place = self._paths.home
        while not place.exists() and place.parent != place:
            place = place.parent
        try:
            free = shutil.disk_usage(place).free
        except OSError:
            return known("disk", "upkeep.disk_unknown")
        if free < _LITTLE_SPACE:
            problem = Problem("upkeep.disk_low", params={"free": free // 2**20, "path": str(place)})
            return wrong("disk", "upkeep.disk_wrong", problem)
        return fine("disk", "upkeep.disk", free=free)

    def _database(self) -> Finding:
        try:
            health = look_over(self._paths.database, backups=self._paths.backups)
        except StoreError as error:
            check = Check("database", "attention", "upkeep.database_wrong")
            return Finding(check, (error.problem,), Exit.STORE)
        if health is None:
            return fine("database", "upkeep.database_none")
        size = health.size
        if not health.writable:
            return known("database", "upkeep.database_read_only", size=size)
        if health.version < health.newest:
            return fine("database", "upkeep.database_older", size=size, version=health.version, newest=health.newest)
        code = "upkeep.database_sealed" if health.sealed else "upkeep.database_unsealed"
        return fine("database", code, size=size, version=health.version)

    def _backups(self) -> Finding:
        try:
            backups = [backup for backup in list_backups(self._paths.backups) if backup.kind != "damaged"]
        except StoreError as error:
            return wrong("backups", "upkeep.backups_wrong", error.problem)
        problems = []
        for backup in backups:
            try:
                verify_backup(backup.path)
            except StoreError as error:
                problems.append(error.problem)
        if problems:
            return wrong("backups", "upkeep.backups_wrong", *problems)
        if not backups:
            return known("backups", "upkeep.backups_none")
        when = f"{backups[0].at.astimezone(self._clock.now().tzinfo):%d/%m/%Y %H:%M}"
        old = (self._clock.now() - backups[0].at).days > _OLD_BACKUP_DAYS
        code = "upkeep.backups_old" if old else "upkeep.backups"
        return Finding(Check("backups", "note" if old else "ok", code, {"n": len(backups), "when": when}))

    def _secrets(self) -> Finding:
        keeper = "file"
        with suppress(ToolkitError):
            keeper = Settings.load(self._paths.config_file).secrets
        if keeper == "file":
            return fine("secrets", "upkeep.secrets_in_files")
        name = keychain_name()
        if name is None:
            return wrong("secrets", "upkeep.secrets_wrong", Problem("upkeep.no_keyring_here"))
        return fine("secrets", "upkeep.secrets_in_keyring", keyring=name)


def system_terminal() -> Terminal:
    """The terminal of this process."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        return Terminal(encoding, sys.stdout.isatty())
    except ValueError:
        return Terminal(encoding, is_terminal=False)
