"""Whose shifts of a roster are meant: a name as the member types it, among the names that the roster has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.calendar.reading.options import ReadOptions
    from toolkit.core.outcome import Place

_MOST_SHOWN = 30


def choose_people(people: Sequence[str], options: ReadOptions, place: Place) -> frozenset[str]:
    """The names whose shifts are read.

    Without a choice the only one there is. Raises InputError with the names where nobody, or more than one, is meant:
    the shifts of several people never land in one calendar unasked.
    """
    named = [name for name in dict.fromkeys(people) if name]
    if options.everyone:
        return frozenset(people)
    if options.person is None:
        if len({fold(name) for name in named}) > 1:
            raise InputError("calendar.person_needed", place, people=_shown(named), example=named[0])
        return frozenset(people)
    found = matching(named, options.person)
    if not found:
        raise InputError("calendar.person_unknown", place, value=options.person, people=_shown(named))
    if len({fold(name) for name in found}) > 1 or len({clean(name).casefold() for name in found}) > 1:
        raise InputError(
            "calendar.person_ambiguous", place, value=options.person, people=_shown(found), example=found[0]
        )
    return frozenset(found)


def matching(names: Sequence[str], typed: str) -> list[str]:
    """The names that are meant: the very name, else the same without marks, else those it is a part of, whole words."""
    exact, wanted = clean(typed).casefold(), fold(typed)
    for same in (
        [name for name in names if clean(name).casefold() == exact],
        [name for name in names if fold(name) == wanted],
    ):
        if same:
            return same
    parts = [name for name in names if wanted and f" {wanted} " in f" {fold(name)} "]
    marked = [name for name in parts if f" {exact} " in f" {clean(name).casefold()} "]
    return marked if len(marked) == 1 and exact != wanted else parts


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_SHOWN]) + (", …" if len(names) > _MOST_SHOWN else "")
