"""The sites that are kept: a folder each, with what the member has said of it (`site.json`), its database, its salts.

What the member has said lives in a small file beside the database, so that it survives a damaged one, and so that a
list of sites opens none of them. Folders bear random endings: a rename changes what stands in the file, nothing else.
"""

from __future__ import annotations

import json
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError, StoreError, UsageError
from toolkit.core.text import fold, search_key
from toolkit.disk.atomic import atomic_write, remove_durably, sync_folder
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import private_folder
from toolkit.disk.lock import FileLock
from toolkit.disk.names import safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from toolkit.sitestats.model import FormatName

PATIENCE: Final = 10.0
"""Seconds that one waits for another process."""
_VERSION: Final = 1
GONE: Final = ".gone-"
"""A site that is being removed."""
NEW: Final = ".new-"
"""A site that is being put back from a copy; whole once its `site.json` is there."""


@dataclass(frozen=True)
class LogSource:
    """Where logs of a site are: a file, which stands for itself and its rotated parts, or a pattern with `*`. `format`
    None: found by itself for each file."""

    path: str
    format: FormatName | None = None


@dataclass(frozen=True)
class Site:
    """A site that is kept. `zone` cuts its days; `host` "" means: found by itself. `more` is what other parts of the
    tool keep of it, by their own names (plain values as in JSON), and survives a damaged database as well."""

    folder: Path
    name: str
    zone: str
    host: str = ""
    logs: tuple[LogSource, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "visits.duckdb"

    @property
    def salts(self) -> Path:
        return self.folder / "salts.json"

    @property
    def seen(self) -> Path:
        """What the files looked like when all of them had been read."""
        return self.folder / "seen.json"

    def lock(self, what: str) -> FileLock:
        """One process writes at a time; `what` says in the member's words what is being done."""
        return FileLock(self.folder / "lock", what, PATIENCE)


class Sites:
    """The sites in a folder. Names are one whatever their case, marks and spaces."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Site]:
        """Every site, by name. StoreError("sitestats.site_unreadable") for one whose file can't be understood."""
        return sorted(self._read(), key=lambda site: search_key(site.name))

    def find(self, name: str) -> Site:
        """The site of this name. ConflictError("sitestats.no_such_site" | "sitestats.no_sites")."""
        site = self.get(name)
        if site is None:
            known = [one.name for one in self.all()]
            if not known:
                raise ConflictError("sitestats.no_sites", value=name)
            raise ConflictError("sitestats.no_such_site", value=name, known=", ".join(known))
        return site

    def get(self, name: str) -> Site | None:
        """The site of this name, if there is one."""
        key = search_key(name)
        return next((site for site in self._read() if search_key(site.name) == key), None)

    def add(self, name: str, *, zone: str, host: str = "") -> Site:
        """A new site, or the one that bears the name already. UsageError("sitestats.nameless")."""
        if not search_key(name):
            raise UsageError("sitestats.nameless", value=name)
        private_folder(self._folder)
        with self.lock():
            known = self.get(name)
            if known is not None:
                return known
            slug = safe_name(fold(name).replace(" ", "-"), limit=40)
            site = Site(private_folder(self._folder / f"{slug}-{secrets.token_hex(4)}"), name, zone, host)
            crashpoint("sitestats.site.folder")
            self.save(site)
            return site

    def save(self, site: Site) -> None:
        """Keep what is said of a site; the old or the new, nothing in between."""
        told = {
            "version": _VERSION,
            "name": site.name,
            "zone": site.zone,
            "host": site.host,
            "logs": [asdict(log) for log in site.logs],
            "more": dict(site.more),
        }
        atomic_write(site.folder / "site.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")

    def rename(self, site: Site, name: str) -> Site:
        """Give a site another name. ConflictError("sitestats.name_taken")."""
        if not search_key(name):
            raise UsageError("sitestats.nameless", value=name)
        with self.lock():
            other = self.get(name)
            if other is not None and other.folder != site.folder:
                raise ConflictError("sitestats.name_taken", value=name)
            return self._changed(site, lambda standing: replace(standing, name=name))

    def change(self, site: Site, how: Callable[[Site], Site]) -> Site:
        """Change what is said of a site: `how` is given what stands now, whoever has changed it since `site` was read.
        What it raises leaves all as it was. An update that is running is not waited for.

        ConflictError("sitestats.no_such_site") where the site has been forgotten; StoreError("disk.busy").
        """
        with self.lock():
            return self._changed(site, how)

    def _changed(self, site: Site, how: Callable[[Site], Site]) -> Site:
        told = site.folder / "site.json"
        if not told.is_file():
            self.find(site.name)
            raise ConflictError("sitestats.no_such_site", value=site.name, known="")  # made anew at this moment
        standing = _site(site.folder, told)
        changed = how(standing)
        if changed != standing:
            self.save(changed)
        return changed

    def forget(self, site: Site) -> None:
        """Remove a site with everything that is kept of it. The logs themselves stay where they are."""
        with self.lock(), site.lock("sites forget"), disk_failures(site.folder):
            gone = site.folder.with_name(f"{GONE}{site.folder.name}")
            site.folder.rename(gone)  # from here on it isn't there
            sync_folder(self._folder)
        crashpoint("sitestats.site.gone")
        shutil.rmtree(gone, ignore_errors=True)

    def lock(self) -> FileLock:
        """One process changes the list of sites at a time."""
        return FileLock(self._folder / "lock", "sites", PATIENCE)

    def _read(self) -> Iterator[Site]:
        with disk_failures(self._folder):
            folders = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        for folder in folders:
            told = folder / "site.json"
            if folder.name.startswith(GONE):  # a `forget` was killed
                if not (self._folder / f"{NEW}{folder.name.removeprefix(GONE)}").exists():
                    shutil.rmtree(folder, ignore_errors=True)
            elif folder.name.startswith(NEW):
                yield from self._put_back(folder)
            elif told.is_file():
                yield _site(folder, told)

    def _put_back(self, new: Path) -> Iterator[Site]:
        """A site that a restore was killed at: the old one had gone, the new one is whole."""
        place = self._folder / new.name.removeprefix(NEW)
        if not place.exists() and (new / "site.json").is_file():
            with suppress(FileNotFoundError, FileExistsError):  # the restore is still at it
                new.rename(place)
            if (place / "site.json").is_file():
                yield _site(place, place / "site.json")


def _site(folder: Path, told: Path) -> Site:
    with disk_failures(told):
        raw = told.read_bytes()
    try:
        found = json.loads(raw)
        if found["version"] > _VERSION:
            raise StoreError("sitestats.site_newer", path=str(told))
        return Site(
            folder,
            str(found["name"]),
            str(found["zone"]),
            str(found["host"]),
            tuple(LogSource(str(log["path"]), log["format"]) for log in found["logs"]),
            dict(found["more"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError("sitestats.site_unreadable", path=str(told)) from error


def drop_database(site: Site) -> None:
    """Put a site's database aside, so that it is made anew from the logs: it is kept once, beside the new one."""
    with disk_failures(site.database):
        for path in (site.seen, site.salts):
            remove_durably(path)
        crashpoint("sitestats.again.seen")
        wal = site.database.with_name(f"{site.database.name}.wal")
        for path in (wal, site.database):  # the log first: it belongs to no other database
            if path.exists():
                path.replace(path.with_name(f"before-{path.name}"))
                crashpoint("sitestats.again.aside")
        sync_folder(site.folder)
