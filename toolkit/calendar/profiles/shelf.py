"""The profiles that a member has kept, and the examples that come with the program: shown and copied, never applied."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from toolkit.calendar.profiles.model import Profile
from toolkit.core.errors import ConflictError
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping


class Book(Protocol):
    """Where the profiles are written down: name → body."""

    def profiles(self) -> Mapping[str, str]: ...

    def keep_profile(self, name: str, body: str) -> None: ...

    def forget_profile(self, name: str) -> None: ...


class ProfileShelf:
    """A member's profiles, by name; case and marks aside."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def all(self) -> tuple[Profile, ...]:
        kept = self._book.profiles()
        return tuple(Profile.from_json(name, kept[name]) for name in sorted(kept, key=fold))

    def get(self, name: str) -> Profile:
        """The profile of this name. Raises ConflictError with the names there are."""
        found = self._find(name)
        if found is None:
            names = ", ".join(profile.name for profile in self.all()) or "—"
            raise ConflictError("calendar.profile_unknown", value=name, names=names, name=name)
        return found

    def add(self, profile: Profile) -> Profile:
        """Keep a profile; of one that is there already, its entries are added to and replaced."""
        before = self._find(profile.name)
        after = before.with_more(profile) if before else profile
        if after != before:
            self._book.keep_profile(after.name, after.to_json())
        return after

    def remove(self, name: str) -> Profile:
        """Forget a profile, and give back what it was. Raises ConflictError as `get`."""
        profile = self.get(name)
        self._book.forget_profile(profile.name)
        return profile

    def _find(self, name: str) -> Profile | None:
        kept = self.all()
        exact = (one for one in kept if clean(one.name).casefold() == clean(name).casefold())
        folded = (one for one in kept if fold(one.name) == fold(name))
        return next(chain(exact, folded), None)


@cache
def examples() -> tuple[Profile, ...]:
    """The examples that come with the program, in the order of their names. Their hours differ from house to house."""
    folder = files("toolkit.calendar.profiles") / "examples"
    return tuple(
        _from_toml(file.name.removesuffix(".toml"), file.read_text("utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    )


def example(name: str) -> Profile:
    """The example of this name. Raises ConflictError with the names there are."""
    for profile in examples():
        if fold(profile.name) == fold(name):
            return profile
    names = ", ".join(profile.name for profile in examples())
    raise ConflictError("calendar.profile_example_unknown", value=name, names=names)


def _from_toml(name: str, text: str) -> Profile:
    tables = tomllib.loads(text)
    return Profile(name, tables.get("lessons", {}), tables.get("shifts", {}), tables.get("sessions", {}))
