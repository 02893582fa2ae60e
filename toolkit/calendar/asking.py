"""What a spreadsheet leaves open is asked where somebody can answer: what its columns are, whose shifts are meant, in
which weeks its weekdays take place, what hours lessons and shifts have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.calendar.profiles.model import Profile
from toolkit.calendar.reading import HeadingsUnknownError
from toolkit.calendar.reading.compose import lesson_numbers
from toolkit.core.dates import parse_date
from toolkit.core.errors import InputError, UsageError
from toolkit.shell.blocks import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

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
    asked: set[str] = set()
    while True:
        try:
            outcome = read(choices)
        except InputError as refused:
            if refused.problem.code in asked or not _may(ask):
                raise
            asked.add(refused.problem.code)
            answered = _answered(ask, choices.read, refused)
            if answered is None:
                raise
            options, more = answered
            choices, told = replace(choices, read=options), told.with_more(more)
        else:
            break
    if _may(ask):
        options = _weeks_of_rows(ask, choices.read, outcome)
        hours = _hours_asked(ask, outcome)
        if options != choices.read or hours.size:
            outcome = read(replace(choices, read=_with(options, hours)))
        told = told.with_more(hours)
    if told.size:
        code = "calendar.ask_keep_headings" if told.headings else "calendar.ask_keep_hours"
        name = ask.text(Words(code), flag=_FLAG)
        if name:
            shelf.add(replace(told, name=name[:60]))
    return outcome


def _answered(ask: Ask, options: ReadOptions, refused: InputError) -> tuple[ReadOptions, Profile] | None:
    """The options with the answer to what stopped a reading, and what of it may be kept; None where none was given."""
    if isinstance(refused, HeadingsUnknownError):
        told = _headings_of(ask, refused.columns)
        return (_with(options, told), told) if told.size else None
    code, params = refused.problem.code, refused.problem.params
    if code == "calendar.person_needed":
        typed = ask.text(Words("calendar.ask_person", people=params["people"]), flag="--person")
        return (replace(options, person=typed), Profile("")) if typed else None
    if code == "calendar.grid_without_weeks":
        weeks = _weeks_asked(ask, options)
        return (weeks, Profile("")) if weeks != options else None
    return None


def _weeks_of_rows(ask: Ask, options: ReadOptions, outcome: Outcome[Preview]) -> ReadOptions:
    """The options with the weeks of rows that name a weekday and no day to begin on."""
    open_ended = {"calendar.weekday_without_weeks", "calendar.repeat_without_start"}
    if options.since is not None or not any(problem.code in open_ended for problem in outcome.problems):
        return options
    return _weeks_asked(ask, options)


def _weeks_asked(ask: Ask, options: ReadOptions) -> ReadOptions:
    """From which day until which day repetitions take place; what isn't answered stays open."""
    since = options.since or _day_asked(ask, "calendar.ask_since", "--from", options)
    if since is None:
        return options
    until = options.until or _day_asked(ask, "calendar.ask_until", "--until", options)
    return replace(options, since=since, until=until)


def _day_asked(ask: Ask, code: str, flag: str, options: ReadOptions) -> date | None:
    """A day as people say it; asked once more where it isn't clear."""
    for asked in (code, "calendar.ask_day_again"):
        typed = ask.text(Words(asked), flag=flag)
        if not typed:
            return None
        found = parse_date(typed[:100], today=options.today, look="forward").value
        if found is not None and found.end is None:
            return found.date
    return None


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
