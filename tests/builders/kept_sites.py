"""Logs of a small shop, and what is kept of them."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.sites import Sites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.sitestats.adapters.sites import Site

BEGUN = datetime(2026, 11, 18, 1, tzinfo=UTC)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


def log_line(number: int, *, address: str = "", path: str = "", step: int = 60) -> str:
    """The line of request `number`: `step` seconds after the one before it, from one of seven addresses."""
    moment = (BEGUN + timedelta(seconds=step * number)).strftime("%d/%b/%Y:%H:%M:%S +0000")
    target = path or f"/p/{number}?email=lan@example.com"
    return (
        f'{address or f"203.0.113.{number % 7}"} - - [{moment}] "GET {target} HTTP/1.1" 200 {100 + number}'
        f' "https://shop.example/p/1" "{CHROME}"\n'
    )


def log_lines(first: int, last: int, *, step: int = 60) -> str:
    """The lines of requests `first` to `last`."""
    return "".join(log_line(number, step=step) for number in range(first, last + 1))


def the_site(home: Path) -> Site:
    """The only site that is kept in a home."""
    (site,) = Sites(home / "sites").all()
    return site


def kept_numbers(home: Path) -> list[int]:
    """The numbers of the requests that are kept, in their order; pages of `log_line` alone."""
    site = the_site(home)
    if not site.database.exists():
        return []
    with tempfile.TemporaryDirectory() as scratch, store.open_site(site, Path(scratch)) as connection:
        paths = connection.execute("SELECT path FROM hits").fetchall()
    return sorted(int(path.rpartition("/")[2]) for (path,) in paths)


def bytes_of(folder: Path, *, without: Iterable[str] = ()) -> bytes:
    """Every byte of every file in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in set(without))
    return b"".join(path.read_bytes() for path in files)
