"""What a spreadsheet leaves open is asked where somebody can answer: what its columns are, whose shifts are meant, what
hours lessons and shifts have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.calendar.profiles.model import Profile
from toolkit.calendar.reading import HeadingsUnknownError
from toolkit.calendar.reading.compose import lesson_numbers
from toolkit.core.errors import InputError, UsageError
from toolkit.shell.blocks import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.calendar.profiles.shelf import ProfileShelf
    from toolkit.calendar.reading import OpenColumn, ReadOptions
    from toolkit.calendar.reading.headings import Field
    from toolkit.calendar.results import Choices, Preview
    from toolkit.core.outcome import Outcome
    from toolkit.shell.ask import Ask

    Read = Callable[[Choices], Outcome[Preview]]

_MOST_SHIFTS = 10
_MOST_COLUMNS = 16
_MAY_REPEAT: frozenset[Field] = frozenset({"note", "people", "place"})
_FLAG = "--profile"


def read_asking(ask: Ask, shelf: ProfileShelf, choices: Choices, read: Read) -> Outcome[Preview]:
    """What `read` gives for the choices, once its open questions are answered. An empty answer leaves one open."""
    told = Profile("")
    try:
        outcome = read(choices)
    except HeadingsUnknownError as refused:
        if not refused.columns or not _may(ask):
            raise
        told = _headings_of(ask, refused.columns)
        if not told.size:
            raise
        choices = replace(choices, read=_with(choices.read, told))
        try:
            outcome = read(choices)
        except InputError as still:
            outcome, choices = _read_of_person(ask, choices, read, still)
    except InputError as refused:
        outcome, choices = _read_of_person(ask, choices, read, refused)
    hours = _hours_asked(ask, outcome)
    if hours.size:
        outcome = read(replace(choices, read=_with(choices.read, hours)))
    told = told.with_more(hours)
    if told.size:
        code = "calendar.ask_keep_headings" if told.headings else "calendar.ask_keep_hours"
        name = ask.text(Words(code), flag=_FLAG)
        if name:
            shelf.add(replace(told, name=name[:60]))
    return outcome


def _read_of_person(ask: Ask, choices: Choices, read: Read, refused: InputError) -> tuple[Outcome[Preview], Choices]:
    """What is read, and the choices it was read with, once it is said whose shifts of a roster are meant."""
    if refused.problem.code != "calendar.person_needed" or not _may(ask):
        raise refused
    typed = ask.text(Words("calendar.ask_person", people=refused.problem.params["people"]), flag="--person")
    if not typed:
        raise refused
    choices = replace(choices, read=replace(choices.read, person=typed))
    return read(choices), choices


def _with(options: ReadOptions, told: Profile) -> ReadOptions:
    """The options with what was told just now, which goes before what a profile says."""
    headings = (*told.own_headings(), *options.headings)
    return replace(options, hours=told.hours().with_more(options.hours), headings=headings)


def _headings_of(ask: Ask, columns: Sequence[OpenColumn]) -> Profile:
    """What the columns are, one question each; a column that is passed over goes into the notes of the events."""
    headings: dict[str, str] = {}
    taken: set[Field] = set()
    for column in columns[:_MOST_COLUMNS]:
        offered = [field for field in column.offered if field not in taken]
        if not offered:
            continue
        shown = " · ".join(column.samples) or "—"
        question = Words("calendar.ask_column", heading=column.heading, samples=shown)
        chosen = ask.choose(question, [Words(f"calendar.meaning_{field}") for field in offered], flag="--heading")
        if chosen is not None:
            headings[column.heading] = offered[chosen]
            taken.update({offered[chosen]} - _MAY_REPEAT)
    return Profile("", headings=headings)


def _hours_asked(ask: Ask, outcome: Outcome[Preview]) -> Profile:
    """The hours of the shifts and lessons that nothing in the sheet explains."""
    if not _may(ask):
        return Profile("")
    unknown = [p.params["shift"] for p in outcome.problems if p.code == "calendar.shift_without_hours"]
    told = _hours_of(ask, list(dict.fromkeys(map(str, unknown)))[:_MOST_SHIFTS])
    return told.with_more(_lessons_asked(ask, outcome))


def _lessons_asked(ask: Ask, outcome: Outcome[Preview]) -> Profile:
    """The clock of the lessons (tiết), asked once for all that the sheet names without their hours."""
    numbers = sorted(
        {
            number
            for note in outcome.notes
            if note.code == "calendar.without_hours"
            for number in lesson_numbers(str(note.params["label"]))
        }
    )
    told = Profile("")
    for number in numbers:
        for code in ("calendar.ask_lesson_hours", "calendar.ask_lesson_hours_again"):
            typed = ask.text(Words(code, number=number), flag=_FLAG)
            if not typed:
                return told  # who has no clock at hand isn't asked about ten more lessons
            try:
                told = told.with_more(Profile.of("", lessons=[f"{number}={typed}"]))
            except UsageError:
                continue
            break
    return told


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
