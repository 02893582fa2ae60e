"""The verbs of backup and restore. Nothing here prints or asks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.core.errors import ConflictError, StoreError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.disk.folders import private_folder, synced_by
from toolkit.store.backup import Backup, as_backup, list_backups, newest_good, verify_backup
from toolkit.store.health import look_over
from toolkit.store.restore import Restored, restore, salvage
from toolkit.store.store import Store
from toolkit.upkeep.model import Copies, Copy, Returned

if TYPE_CHECKING:
    from toolkit.core.dates import Clock
    from toolkit.shell.paths import Paths

LATEST = "latest"
BESIDE: Final = ".sites.zip"
"""The ending of the file beside a backup that holds what isn't in the database: the sites."""
KEPT: Final = 3
"""Of the files beside backups that a restore has made by itself."""
_REPLACED: Final = "replaced-{:%Y%m%dT%H%M%S%z}" + BESIDE


class Sites(Protocol):
    """What is kept outside the database, by another room."""

    def exist(self) -> bool:
        """Whether there is any of it."""
        ...

    def copy(self, target: Path) -> int:
        """Copy all of it into a file, checked; how many sites there were (0: no file is made). Raises StoreError."""
        ...

    def check(self, path: Path) -> None:
        """Read a copy. Raises StoreError for one that can't be used."""
        ...

    def put_back(self, source: Path, keep: Path) -> tuple[tuple[str, ...], Path | None]:
        """Put a copy back: what was changed, and where what had to give way is kept (`keep`, or None)."""
        ...


class Upkeep:
    """Backups of the member's database, and of the sites beside it."""

    def __init__(self, paths: Paths, clock: Clock, sites: Sites) -> None:
        """`clock` should be the machine's: backups are named by the real time, whatever --today says."""
        self._paths = paths
        self._clock = clock
        self._sites = sites

    def backup(self, target: Path | None = None) -> Outcome[Copy]:
        """Copy the database into the backups folder, or into a folder or file of the member's choice; checked.

        A `target` that isn't there yet is a file if its name has an ending, else a folder, which is made. A place that
        a cloud service copies is pointed out. Raises ConflictError("upkeep.nothing_to_back_up" |
        "upkeep.backup_target_exists") and what `Store.backup` raises.
        """
        if not self._paths.database.exists() and not self._sites.exist():
            raise ConflictError("upkeep.nothing_to_back_up", path=str(self._paths.database))
        if target is not None and target.exists() and not target.is_dir():
            raise ConflictError("upkeep.backup_target_exists", Place(file=str(target)))
        if target is not None and not target.suffix:
            private_folder(target)
        with Store.open(self._paths.database, backups=self._paths.backups, clock=self._clock) as store:
            made = store.backup(target=target)
        beside = beside_of(made.path)
        sites = self._sites.copy(beside)
        service = synced_by(made.path)
        seen = Problem("upkeep.backup_in_cloud", params={"path": str(made.path), "service": service or ""})
        return Outcome(replace(_copy(made), sites=sites), (seen,) if service else ())

    def backups(self) -> Outcome[Copies]:
        """The backups there are, newest first; every one is read, and a damaged one is a problem."""
        found, problems = [], []
        for backup in list_backups(self._paths.backups):
            found.append(_copy(backup))
            if backup.kind != "damaged":
                try:
                    verify_backup(backup.path)
                    if found[-1].beside is not None:
                        self._sites.check(found[-1].beside)
                except StoreError as error:
                    problems.append(error.problem)
        return Outcome(Copies(self._paths.backups, tuple(found))).with_problems(*problems)

    def find(self, wanted: str) -> Copy:
        """The backup that the member means: `latest` (the newest good one), a name in the backups folder, or a path.

        Raises ConflictError("store.no_backup" | "store.backup_missing") and StoreError("store.backup_…") if it can't be
        used.
        """
        if wanted == LATEST:
            newest = newest_good(self._paths.backups)
            if newest is None:
                raise ConflictError("store.no_backup", path=str(self._paths.backups))
            return _copy(newest)
        path = Path(wanted)
        if not path.exists() and path.name == wanted:
            path = self._paths.backups / path
        if path.name.endswith(BESIDE) and path.is_file():
            self._sites.check(path)
            return Copy(path.name, path, None, "", path.stat().st_size)
        verify_backup(path)
        known = as_backup(path)
        return _copy(known) if known else Copy(path.name, path, None, "", path.stat().st_size, _beside(path))

    def restore(self, source: Path) -> Outcome[Returned]:
        """Put a backup in the place of the database; what was there is kept. Doing it twice changes nothing.

        The sites beside it come back as well, or, where there are none on this machine, the newest ones that stand in
        the same folder (what the program backs up by itself holds none); a `source` that holds sites alone puts back
        those alone. Raises what `toolkit.store.restore.restore` and `Sites.put_back` raise.
        """
        if source.name.endswith(BESIDE):
            return self._with_sites(Outcome(Returned(source, None, changed=False)), source)
        beside = _beside(source)
        if beside is not None:
            self._sites.check(beside)  # before anything is changed
        elif not self._sites.exist():
            beside = self._newest_sites(source.parent)
        done = _returned(restore(self._paths.database, source, backups=self._paths.backups, clock=self._clock))
        return self._with_sites(done, beside) if beside is not None else done

    def _newest_sites(self, folder: Path) -> Path | None:
        for backup in list_backups(folder):
            beside = _beside(backup.path)
            if beside is not None:
                with suppress(StoreError):
                    self._sites.check(beside)
                    return beside
        return None

    def _with_sites(self, done: Outcome[Returned], copy: Path) -> Outcome[Returned]:
        keep = private_folder(self._paths.backups) / _REPLACED.format(self._clock.now())
        sites, replaced = self._sites.put_back(copy, keep)
        for old in sorted(self._paths.backups.glob(f"replaced-*{BESIDE}"))[:-KEPT]:
            old.unlink(missing_ok=True)
        changed = done.data.changed or bool(sites)
        return replace(done, data=replace(done.data, changed=changed, sites=sites, sites_replaced=replaced))

    def salvage(self) -> Outcome[Returned]:
        """Move what can be read of a damaged database into a new one; the old file is kept. Partial if rows were lost.

        A sound database stays as it is. Raises what `toolkit.store.restore.salvage` raises.
        """
        with suppress(StoreError):
            if look_over(self._paths.database, backups=self._paths.backups) is not None:
                return Outcome(Returned(None, None, changed=False))
        return _returned(salvage(self._paths.database, backups=self._paths.backups, clock=self._clock))


def beside_of(backup: Path) -> Path:
    """The file beside a backup that holds the sites."""
    return backup.with_name(f"{backup.name.removesuffix('.db')}{BESIDE}")


def _beside(backup: Path) -> Path | None:
    path = beside_of(backup)
    return path if path.is_file() else None


def _copy(backup: Backup) -> Copy:
    return Copy(backup.path.name, backup.path, backup.at, backup.kind, backup.size, _beside(backup.path))


def _returned(done: Restored) -> Outcome[Returned]:
    lost = [Problem("upkeep.rows_lost", params={"table": table}) for table in done.lost]
    replaced = done.replaced.path if done.replaced else None
    return Outcome(Returned(done.source, replaced, done.changed, done.rows, done.lost)).with_problems(*lost)
