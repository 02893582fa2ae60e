"""The verbs of `toolkit config`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.outcome import Outcome, Problem
from toolkit.shell.settings import KEYS, Settings, SettingsError, Value, change, forget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.shell.paths import Paths


@dataclass(frozen=True)
class Choice:
    """One setting. `value` is None where nothing is chosen and there is no default."""

    key: str
    value: Value | None
    is_default: bool


@dataclass(frozen=True)
class Choices:
    """Every setting, and the file in which they are kept."""

    file: str
    settings: tuple[Choice, ...]


class Configuration:
    def __init__(self, paths: Paths) -> None:
        self._file = paths.config_file

    def show(self) -> Outcome[Choices]:
        """Every setting as it counts now. Lines that can't be used are problems, and their defaults are shown."""
        problems: Iterable[Problem] = ()
        try:
            settings = Settings.load(self._file)
        except SettingsError as error:
            settings, problems = Settings(), error.problems
        usual = Settings()
        choices = tuple(Choice(key, settings.value(key), settings.value(key) == usual.value(key)) for key in KEYS)
        return Outcome(Choices(str(self._file), choices)).with_problems(*problems)

    def set(self, key: str, typed: str) -> Outcome[Choice]:
        """Choose a value. Raises InputError if the key is unknown or the value isn't one of its own."""
        value = change(self._file, key, typed)
        return Outcome(Choice(key, value, value == Settings().value(key)))

    def unset(self, key: str) -> Outcome[Choice]:
        """Back to the default; doing it twice changes nothing. Raises InputError if the key is unknown."""
        forget(self._file, key)
        return Outcome(Choice(key, Settings().value(key), is_default=True))
