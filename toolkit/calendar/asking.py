"""What a spreadsheet leaves open is asked where somebody can answer: whose shifts are meant, what hours they have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.calendar.profiles.model import Profile
from toolkit.core.errors import InputError, UsageError
from toolkit.shell.blocks import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.calendar.profiles.shelf import ProfileShelf
    from toolkit.calendar.results import Choices, Preview
    from toolkit.core.outcome import Outcome
    from toolkit.shell.ask import Ask

    Read = Callable[[Choices], Outcome[Preview]]

_MOST_SHIFTS = 10
_FLAG = "--profile"


def read_asking(ask: Ask, shelf: ProfileShelf, choices: Choices, read: Read) -> Outcome[Preview]:
    """What `read` gives for the choices, once its open questions are answered. An empty answer leaves one open."""
    try:
        outcome = read(choices)
    except InputError as refused:
        if refused.problem.code != "calendar.person_needed" or not _may(ask):
            raise
        typed = ask.text(Words("calendar.ask_person", people=refused.problem.params["people"]), flag="--person")
        if not typed:
            raise
        choices = replace(choices, read=replace(choices.read, person=typed))
        outcome = read(choices)
    unknown = [p.params["shift"] for p in outcome.problems if p.code == "calendar.shift_without_hours"]
    if not unknown or not _may(ask):
        return outcome
    told = _hours_of(ask, list(dict.fromkeys(map(str, unknown)))[:_MOST_SHIFTS])
    if not told.size:
        return outcome
    outcome = read(replace(choices, read=replace(choices.read, hours=told.hours().with_more(choices.read.hours))))
    name = ask.text(Words("calendar.ask_keep_hours"), flag=_FLAG)
    if name:
        shelf.add(replace(told, name=name[:60]))
    return outcome


def _may(ask: Ask) -> bool:
    return ask.is_possible and not ask.yes


def _hours_of(ask: Ask, shifts: Sequence[str]) -> Profile:
    """The hours of these shifts as the member types them; an answer that is none is asked for once more."""
    told = Profile("")
    for shift in shifts:
        for code in ("calendar.ask_shift_hours", "calendar.ask_shift_hours_again"):
            typed = ask.text(Words(code, shift=shift), flag=_FLAG)
            if not typed:
                break
            try:
                told = told.with_more(Profile.of("", shifts=[f"{shift}={typed}"]))
            except UsageError:
                continue
            break
    return told
