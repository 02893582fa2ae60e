"""The verbs of backup and restore. Nothing here prints or asks."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

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


class Upkeep:
    """Backups of the member's database."""

    def __init__(self, paths: Paths, clock: Clock) -> None:
        """`clock` should be the machine's: backups are named by the real time, whatever --today says."""
        self._paths = paths
        self._clock = clock

    def backup(self, target: Path | None = None) -> Outcome[Copy]:
        """Copy the database into the backups folder, or into a folder or file of the member's choice; checked.

        A `target` that isn't there yet is a file if its name has an ending, else a folder, which is made. A place that
        a cloud service copies is pointed out. Raises ConflictError("upkeep.nothing_to_back_up" |
        "upkeep.backup_target_exists") and what `Store.backup` raises.
        """
        if not self._paths.database.exists():
            raise ConflictError("upkeep.nothing_to_back_up", path=str(self._paths.database))
        if target is not None and target.exists() and not target.is_dir():
            raise ConflictError("upkeep.backup_target_exists", Place(file=str(target)))
        if target is not None and not target.suffix:
            private_folder(target)
        with Store.open(self._paths.database, backups=self._paths.backups, clock=self._clock) as store:
            made = store.backup(target=target)
        service = synced_by(made.path)
        seen = Problem("upkeep.backup_in_cloud", params={"path": str(made.path), "service": service or ""})
        return Outcome(_copy(made), (seen,) if service else ())

    def backups(self) -> Outcome[Copies]:
        """The backups there are, newest first; every one is read, and a damaged one is a problem."""
        found, problems = [], []
        for backup in list_backups(self._paths.backups):
            found.append(_copy(backup))
            if backup.kind != "damaged":
                try:
                    verify_backup(backup.path)
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
        verify_backup(path)
        known = as_backup(path)
        return _copy(known) if known else Copy(path.name, path, None, "", path.stat().st_size)

    def restore(self, source: Path) -> Outcome[Returned]:
        """Put a backup in the place of the database; what was there is kept. Doing it twice changes nothing.

        Raises what `toolkit.store.restore.restore` raises.
        """
        return _returned(restore(self._paths.database, source, backups=self._paths.backups, clock=self._clock))

    def salvage(self) -> Outcome[Returned]:
        """Move what can be read of a damaged database into a new one; the old file is kept. Partial if rows were lost.

        A sound database stays as it is. Raises what `toolkit.store.restore.salvage` raises.
        """
        with suppress(StoreError):
            if look_over(self._paths.database, backups=self._paths.backups) is not None:
                return Outcome(Returned(None, None, changed=False))
        return _returned(salvage(self._paths.database, backups=self._paths.backups, clock=self._clock))


def _copy(backup: Backup) -> Copy:
    return Copy(backup.path.name, backup.path, backup.at, backup.kind, backup.size)


def _returned(done: Restored) -> Outcome[Returned]:
    lost = [Problem("upkeep.rows_lost", params={"table": table}) for table in done.lost]
    replaced = done.replaced.path if done.replaced else None
    return Outcome(Returned(done.source, replaced, done.changed, done.rows, done.lost)).with_problems(*lost)
