"""Folders that only their owner can look into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from pathlib import Path


def private_folder(path: Path) -> Path:
    """Make `path`, and every folder above it that is missing, readable by the owner alone (0700). Gives `path` back.

    A folder that exists keeps its mode. Raises StoreError("disk.…").
    """
    with disk_failures(path):
        missing = [path]
        while not missing[-1].exists() and missing[-1].parent != missing[-1]:
            missing.append(missing[-1].parent)
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
    return path
