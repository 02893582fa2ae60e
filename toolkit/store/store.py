"""The member's own database: one SQLite file, opened with care, written under a lock, put away sealed."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, cast

from toolkit.core.errors import StoreError
from toolkit.disk.atomic import remove_durably, sync_folder
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import private_folder, real_path
from toolkit.disk.lock import FileLock, Presence
from toolkit.store.backup import Backup, Kind, copy_file, list_backups, make_backup, newest_good
from toolkit.store.checks import damage, examine, has_log, renew_mark, wal_path, writable
from toolkit.store.failures import Connection, store_failure
from toolkit.store.schema import APPLICATION_ID, MIGRATIONS, Migration, apply_migrations, load_migrations, version_of
from toolkit.store.seal import read_seal, seal_path, take_seal, write_seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

PATIENCE = 10.0  # seconds to wait for another process before giving up
_BETWEEN_BACKUPS = timedelta(hours=20)  # a day's first writing ends in a backup, also when it begins a bit earlier
_WRITER = "toolkit"
_BUSY_FOR = 0.1  # seconds that a session which ends waits for a writer before it leaves the sealing to that one
_RESTORABLE = {  # where a restore is the way out: the code that names the backup to restore
    "store.damaged": "store.damaged_restorable",
    "store.not_ours": "store.not_ours_restorable",
    "store.gone": "store.gone_restorable",
}


class Clock(Protocol):
    """Tells the time; aware."""

    def now(self) -> datetime: ...


class _ComputerClock:
    def now(self) -> datetime:
        return datetime.now().astimezone()


class Store:
    """The open database. `read()` for looking, `transaction()` for every write, `hold()` around long work.

    Made by `Store.open`; close it, or use it as a context manager. One thread.
    """

    def __init__(
        self, path: Path, backups: Path, clock: Clock, migrations: Sequence[Migration], patience: float
    ) -> None:
        """Use `Store.open`."""
        self.path = path
        self.backups = backups
        self._clock = clock
        self._migrations = migrations
        self._patience = patience
        self._db: Connection | None = None
        self._lock = FileLock(lock_path(path), _WRITER, patience)
        self._presence = Presence(presence_path(path))
        self._copy: Path | None = None
        self._refusal: StoreError | None = None
        self._wrote = False
        self._suspect = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        backups: Path,
        clock: Clock | None = None,
        migrations: Path = MIGRATIONS,
        patience: float = PATIENCE,
    ) -> Self:
        """Open the database at `path`, made first if there is none; bring its schema up to date, after a backup.

        Where the file, its folder or the disk can't be written, it is opened for reading and `read_only` is true.
        `migrations` is another folder in tests only. `patience` is in seconds. Raises StoreError: "store.damaged" (or
        "store.damaged_restorable", naming the newest good backup), the same for "store.not_ours" and "store.gone";
        "store.newer", "store.busy", "store.migration_failed", "store.old_and_read_only", "disk.…".
        """
        store = cls(real_path(path), backups, clock or _ComputerClock(), load_migrations(migrations), patience)
        try:
            store._open()
        except StoreError as error:
            store._let_go()
            raise with_backup(error, store.path, backups) from error
        except BaseException:
            store._let_go()
            raise
        return store

    @property
    def read_only(self) -> bool:
        return self._refusal is not None

    def read(self) -> sqlite3.Connection:
        """The connection, for queries; within a transaction it sees that transaction. It refuses writes otherwise."""
        if self._db is None:
            raise RuntimeError("the store is closed")
        return self._db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what the block writes, durable when the block has ended; or nothing of it, when it raises.

        Raises StoreError("store.busy", pid=, what=) when another process writes for longer than the store's patience,
        "store.read_only" and "disk.full". Transactions don't nest.
        """
        db = cast("Connection", self.read())
        if db.in_transaction:
            raise RuntimeError("transactions don't nest")
        if self._refusal is not None:
            raise self._refusal
        with self._writing():
            db.execute("PRAGMA query_only = OFF")
            try:
                db.execute("BEGIN IMMEDIATE")
                self._break_seal(db)
                yield db
                crashpoint("store.commit.before")
                db.execute("COMMIT")
                self._wrote = True
                crashpoint("store.commit.after")
            finally:
                _roll_back(db)
                db.execute("PRAGMA query_only = ON")

    @contextmanager
    def hold(self, what: str) -> Iterator[None]:
        """Long work that two processes must not do at once. `what` is shown to whoever has to wait ("toolkit …").

        Short transactions of other processes go on meanwhile. Raises StoreError("store.busy", pid=, what=).
        """
        if self._refusal is not None:
            raise self._refusal
        with _named(FileLock(hold_path(self.path), what, self._patience)):
            yield

    def backup(self, kind: Kind = "manual", *, target: Path | None = None) -> Backup:
        """Copy the database, and check the copy. `target`: a folder or file instead of the backups folder.

        Raises StoreError("store.damaged" | "store.backup_unverified" | "store.busy" | "disk.…").
        """
        if self.read().in_transaction:
            raise RuntimeError("a backup within a transaction")
        source = self._copy or self.path
        try:
            with self._writing() if self._refusal is None else nullcontext():
                return make_backup(source, self.backups, kind, self._clock.now(), target=target)
        except StoreError as error:
            raise with_backup(error, self.path, self.backups) from error

    def close(self) -> None:
        """Put the database away: sealed if nobody else is using it, with the day's backup if something was written."""
        try:
            if self._db is not None and self._refusal is None and not self._suspect:
                with suppress(StoreError, sqlite3.Error, OSError):
                    self._seal(self._db)
                with suppress(StoreError, sqlite3.Error, OSError):
                    self._daily_backup()
        finally:
            self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> None:
        if not self.path.exists():
            self._create()
        if writable(self.path):
            with suppress(OSError):  # a full disk has no room for the lock's file; reading goes on
                self._presence.enter()
        else:
            self._refusal = StoreError("store.read_only", path=str(self.path))
        newest = self._migrations[-1].number
        sealed = examine(self.path, newest)
        self._db = self._connect()
        if not sealed and (found := damage(self._db)):
            raise StoreError("store.damaged", path=str(self.path), reason=found)
        version = version_of(self._db)
        if version > newest:
            raise StoreError("store.newer", path=str(self.path), found=version, known=newest)
        if version < newest:
            self._upgrade(self._db)
        self._db.execute("PRAGMA query_only = ON")

    def _connect(self) -> Connection:
        if self._refusal is None:
            try:
                return self._connect_to(self.path, "rw")
            except StoreError as error:
                if error.problem.code not in ("disk.full", "store.cannot_open") or has_log(self.path):
                    raise
                self._refusal = StoreError("disk.full", path=str(self.path))
        if not has_log(self.path):
            return self._connect_to(self.path, "ro&immutable=1")
        # The last writer was cut off, and here its log can't be worked in: work it in elsewhere.
        self._copy = Path(tempfile.mkdtemp(prefix="toolkit-")) / self.path.name
        with disk_failures(self._copy):
            copy_file(self.path, self._copy)
            copy_file(wal_path(self.path), wal_path(self._copy))
        return self._connect_to(self._copy, "rw")

    def _connect_to(self, path: Path, mode: str) -> Connection:
        try:
            db = sqlite3.connect(
                f"{path.as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                timeout=self._patience,
                factory=Connection,
            )
        except sqlite3.Error as error:
            raise store_failure(error, self.path) or error from error
        db.explain = self._explain
        try:
            for pragma in ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF", "cell_size_check = ON"):
                db.execute(f"PRAGMA {pragma}")
            journal = db.execute("PRAGMA journal_mode").fetchone()[0]
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if journal != "wal" and mode == "rw":
                with self._writing():
                    remove_durably(seal_path(path))
                    db.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            db.close()
            raise
        return db

    def _explain(self, error: sqlite3.Error) -> StoreError | None:
        failure = store_failure(error, self.path)
        if failure is not None and failure.problem.code == "store.damaged":
            self._suspect = True
            return with_backup(failure, self.path, self.backups)
        return failure

    def _create(self) -> None:
        """Build the database under another name, whole, then give it its own: a half-made one is never seen."""
        private_folder(self.path.parent)
        with self._writing():
            if self.path.exists():
                return
            if (seal_path(self.path).exists() or has_log(self.path)) and newest_good(self.backups) is not None:
                raise StoreError("store.gone", path=str(self.path))
            crashpoint("store.create.begun")
            temporary = self.path.with_name(f".toolkit-{secrets.token_hex(8)}.tmp")
            try:
                build(temporary, self._migrations)
                put_in_place(temporary, self.path)
            except BaseException:
                with suppress(OSError):
                    temporary.unlink()
                raise

    def _upgrade(self, db: Connection) -> None:
        """Bring an older schema up to date, after a backup."""
        if self._refusal is not None:
            raise StoreError("store.old_and_read_only", path=str(self.path))
        with self._writing():
            pending = self._migrations[version_of(db) + 1 :]  # another process may have been faster
            if pending:
                make_backup(self.path, self.backups, "upgrade", self._clock.now())
                db.close()  # the copying has let go of its locks on the file (see `_seal`)
                db = self._db = self._connect()
                apply_migrations(db, pending, within=self._break_seal)
                self._wrote = True

    def _break_seal(self, db: sqlite3.Connection) -> None:
        """Within a write transaction, before anything else: from here on the seal isn't true any more."""
        if seal_path(self.path).exists():
            crashpoint("store.seal.breaking")
            remove_durably(seal_path(self.path))
            db.execute("UPDATE store_mark SET token = ?", (secrets.token_hex(16),))
            crashpoint("store.seal.broken")

    def _seal(self, db: Connection) -> None:
        """Seal the file if it isn't, unless another process is busy with it; then that one will.

        Under the store's own lock: POSIX lets go of all of a process's locks on a file when any descriptor of it is
        closed, so once the sums are taken SQLite's locks keep no writer out any more.
        """
        token = db.execute("SELECT token FROM store_mark").fetchone()[0]
        seal = read_seal(self.path)
        if seal is not None and seal.token == token:
            return
        db.execute("PRAGMA query_only = OFF")
        db.execute("PRAGMA busy_timeout = 100")
        with write_lock(self.path, _BUSY_FOR):
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            crashpoint("store.seal.checkpointed")
            db.execute("BEGIN IMMEDIATE")
            try:
                if not has_log(self.path):  # a reader that is still busy keeps the log
                    token = db.execute("SELECT token FROM store_mark").fetchone()[0]
                    write_seal(self.path, take_seal(self.path, token))
            finally:
                db.execute("ROLLBACK")

    def _daily_backup(self) -> None:
        if not self._wrote:
            return
        now = self._clock.now()
        ages = [now - one.at for one in list_backups(self.backups) if one.kind in ("manual", "daily", "upgrade")]
        # One that is dated ahead, by a clock that went wrong, must not put off the next ones.
        if not any(timedelta(0) <= age < _BETWEEN_BACKUPS for age in ages):
            self.backup("daily")

    def _let_go(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error, StoreError):
                self._db.close()
            self._db = None
        if self._copy is not None:
            shutil.rmtree(self._copy.parent, ignore_errors=True)
            self._copy = None
        self._presence.leave()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _named(self._lock):
            yield


def build(path: Path, migrations: Sequence[Migration]) -> None:
    """Make an empty database of ours at `path`, which must not exist. Raises StoreError("disk.…")."""
    with disk_failures(path):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None, factory=Connection)) as db:
        db.explain = lambda error: store_failure(error, path)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        apply_migrations(db, migrations)
        renew_mark(db)


def put_in_place(temporary: Path, database: Path) -> None:
    """Give a finished database file its name, then seal it. Raises StoreError("disk.…").

    The old file's seal stays until then: it is what accuses a damaged file, and it can't speak of the new one.
    """
    with disk_failures(database):
        with closing(sqlite3.connect(temporary, isolation_level=None, factory=Connection)) as db:
            db.explain = lambda error: store_failure(error, database)
            db.execute("PRAGMA journal_mode = WAL")
            token = db.execute("SELECT token FROM store_mark").fetchone()[0]
        seal = take_seal(temporary, token)
        descriptor = os.open(temporary, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        for leftover in (wal_path(database), shm_path(database)):
            remove_durably(leftover)  # a log must never meet a database that it doesn't belong to
        crashpoint("store.place.ready")
        temporary.replace(database)
        crashpoint("store.place.renamed")
        sync_folder(database.parent)
        write_seal(database, seal)


def with_backup(error: StoreError, path: Path, backups: Path) -> StoreError:
    """The same failure, with the newest good backup in it where a restore is the way out."""
    code = error.problem.code
    good = newest_good(backups) if code in _RESTORABLE else None
    if good is None:
        return error
    return StoreError(_RESTORABLE[code], path=str(path), backup=good.path.name, when=good.at.strftime("%d/%m/%Y %H:%M"))


@contextmanager
def locked_for_good(database: Path, what: str, patience: float) -> Iterator[None]:
    """No long work and no transaction of another process meanwhile. Raises StoreError("store.busy")."""
    with _named(FileLock(hold_path(database), what, patience)), write_lock(database, patience, what):
        yield


@contextmanager
def write_lock(database: Path, patience: float, what: str = _WRITER) -> Iterator[None]:
    """No transaction of another process meanwhile. Raises StoreError("store.busy")."""
    with _named(FileLock(lock_path(database), what, patience)):
        yield


def lock_path(database: Path) -> Path:
    return database.with_name(f"{database.name}-lock")


def hold_path(database: Path) -> Path:
    return database.with_name(f"{database.name}-hold")


def presence_path(database: Path) -> Path:
    return database.with_name(f"{database.name}-open")


def shm_path(database: Path) -> Path:
    return database.with_name(f"{database.name}-shm")


def _roll_back(db: sqlite3.Connection) -> None:
    if db.in_transaction:  # a full disk has made SQLite roll back by itself
        db.execute("ROLLBACK")


@contextmanager
def _named(lock: FileLock) -> Iterator[None]:
    """A lock whose refusal speaks of the database."""
    try:
        lock.__enter__()
    except StoreError as error:
        known = error.problem.params
        if error.problem.code == "disk.busy":
            raise StoreError("store.busy", path=known["path"], pid=known["pid"], what=known["what"]) from error
        if error.problem.code == "disk.busy_elsewhere":
            raise StoreError("store.busy_elsewhere", path=known["path"]) from error
        raise
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
