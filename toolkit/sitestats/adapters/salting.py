"""The salt that the collector hashes a day's visitors with. There is one at a time; a new day's takes its place."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date
from typing import TYPE_CHECKING

from toolkit.disk.atomic import atomic_write, remove_durably

if TYPE_CHECKING:
    from pathlib import Path


class DailySalt:
    """The salt of the day, in a file of its own, so that a collector that is started again knows the day's visitors."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._day, self._salt = _read(path)

    def turn(self, day: date) -> None:
        """Be of this day: any other day's salt is gone afterwards. Raises StoreError("disk.…")."""
        if day != self._day:
            salt = secrets.token_bytes(16)
            atomic_write(self._path, json.dumps({"day": day.isoformat(), "salt": salt.hex()}))
            self._day, self._salt = day, salt

    def visitor(self, day: date, site: str, address: str, agent: str) -> int:
        """Who asks, for this day and this site alone: 63 bits that lead back to nobody once the salt is gone."""
        self.turn(day)
        told = f"{site}\0{address}\0{agent}".encode(errors="replace")
        return int.from_bytes(hashlib.blake2b(told, key=self._salt, digest_size=8).digest(), "big") >> 1


def forget_old_salt(path: Path, today: date) -> None:
    """Remove the salt of a day that is over, where no collector runs that would."""
    day, _ = _read(path)
    if day is not None and day < today:
        remove_durably(path)


def _read(path: Path) -> tuple[date | None, bytes]:
    try:
        told = json.loads(path.read_bytes())
        return date.fromisoformat(told["day"]), bytes.fromhex(told["salt"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, b""
