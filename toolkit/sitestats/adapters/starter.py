"""A small website to begin with: plain pages, filled in and put into a folder, whole or not at all."""

from __future__ import annotations

import html
import os
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError
from toolkit.disk.atomic import sync_folder
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES: Final = (
    "index.html", "cam-on.html", "rieng-tu.html", "404.html", "trang.css", "trang.js", "favicon.svg", "robots.txt",
)  # fmt: skip
THANKS: Final = "/cam-on*"
"""The path of the page that is seen when somebody has asked: the goal of such a site."""


def refuse_folder_in_use(folder: Path) -> None:
    """ConflictError("sitestats.folder_in_use") for a folder with something in it, or what is no folder."""
    with disk_failures(folder):
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise ConflictError("sitestats.folder_in_use", value=str(folder))


def write_site(folder: Path, words: Mapping[str, str], markup: Mapping[str, str]) -> list[Path]:
    """Put the pages into a folder that isn't there yet, or is empty. `words` are escaped where they are filled in,
    `markup` (our own) is not. ConflictError("sitestats.folder_in_use"); StoreError("disk.…")."""
    filled = {name: html.escape(text) for name, text in words.items()} | dict(markup)
    refuse_folder_in_use(folder)
    with disk_failures(folder):
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".toolkit-", dir=folder.absolute().parent))
        try:
            for name in FILES:
                text = files("toolkit.sitestats").joinpath("starter", name).read_text("utf-8")
                page = Template(text).substitute(filled) if name.endswith(".html") else text
                (made / name).write_text(page, "utf-8", newline="\n")
                (made / name).chmod(0o644)
            made.chmod(0o755)
            crashpoint("sitestats.starter.written")
            if folder.is_dir() and os.name == "nt":
                folder.rmdir()  # Windows puts no folder in the place of another
            made.replace(folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        sync_folder(folder.absolute().parent)
    return [folder / name for name in FILES]
