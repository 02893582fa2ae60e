"""Where everything lives on the member's machine. No other module decides a path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import StoreError
from toolkit.disk.folders import private_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

APPLICATION: Final = "sotay-toolkit"
HOME_VARIABLE: Final = "TOOLKIT_HOME"


@dataclass(frozen=True)
class Paths:
    """Absolute paths; nothing is created until `ready` is called.

    `data` holds what the member made, `config_file` what the member chose. With TOOLKIT_HOME both are in that folder.
    """

    data: Path
    config_file: Path

    @classmethod
    def find(cls, environment: Mapping[str, str] | None = None) -> Paths:
        """The member's paths. StoreError("shell.no_home") if the machine doesn't say where the member is at home."""
        chosen = (os.environ if environment is None else environment).get(HOME_VARIABLE, "")
        if chosen.strip():
            home = _absolute(_expanded(chosen))
            return cls(home, home / "config.toml")
        import platformdirs

        try:
            data = platformdirs.user_data_path(APPLICATION, appauthor=False)
            config = platformdirs.user_config_path(APPLICATION, appauthor=False)
        except RuntimeError as error:
            raise StoreError("shell.no_home") from error
        if not data.is_absolute() or not config.is_absolute():
            raise StoreError("shell.no_home")
        return cls(data, config / "config.toml")

    @property
    def home(self) -> Path:
        """The folder a member would copy to keep everything they made."""
        return self.data

    @property
    def database(self) -> Path:
        return self.data / "toolkit.db"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def reports(self) -> Path:
        """Reports of our own failures, for the member to look at and to send if they like."""
        return self.data / "reports"

    @property
    def google(self) -> Path:
        """The sign-in to Google."""
        return self.data / "google"

    @property
    def expenses(self) -> Path:
        """What the expenses tool keeps beside the database."""
        return self.data / "expenses"

    @property
    def personal_model(self) -> Path:
        """The model that has learned the member's own words."""
        return self.expenses / "model.bin"

    @property
    def expenses_history(self) -> Path:
        """The lines typed at the prompt of the expenses tool."""
        return self.expenses / "history"

    @property
    def caldav(self) -> Path:
        """The sign-ins to CalDAV servers."""
        return self.data / "caldav"

    @property
    def sites(self) -> Path:
        """The sites whose visits are kept, a folder each."""
        return self.data / "sites"

    @property
    def locks(self) -> Path:
        """What keeps two processes from writing at once to a place that is the member's, not ours."""
        return self.data / "locks"

    def ready(self, folder: Path | None = None) -> Path:
        """Make `folder` (the home if not given) for the member's eyes only, and return it.

        StoreError("disk.…") naming the folder if that can't be done.
        """
        return private_folder(folder or self.data)


def _expanded(chosen: str) -> Path:
    try:
        return Path(chosen).expanduser()
    except RuntimeError as error:
        raise StoreError("shell.no_home") from error


def _absolute(path: Path) -> Path:
    try:
        return path.absolute()
    except OSError as error:  # the current folder has been deleted
        raise StoreError("shell.no_current_folder", path=str(path)) from error
