"""From a workbook to what it asks for: which sheets, of which shape, and everything that is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.calendar.reading import grid_shape, legend, list_shape, positions_shape, roster_shape
from toolkit.calendar.reading.desk import Desk
from toolkit.calendar.reading.grid_reader import GridReader
from toolkit.calendar.reading.headings import GUIDE_SHEETS
from toolkit.calendar.reading.list_reader import ListReader
from toolkit.calendar.reading.options import ReadOptions, ReadResult
from toolkit.calendar.reading.own_headings import headings_in, not_understood, stands_in
from toolkit.calendar.reading.positions_reader import PositionsReader
from toolkit.calendar.reading.roster_people import choose_people
from toolkit.calendar.reading.roster_reader import RosterReader
from toolkit.calendar.reading.shifts import read_codes
from toolkit.calendar.reading.title import TitleContext, read_title
from toolkit.core.errors import InputError
from toolkit.core.outcome import Problem
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.sheets.model import Sheet, Workbook

_OF_PEOPLE = (roster_shape.NAME, positions_shape.NAME)
_MOST_FOUND = 12  # names that a refusal lists


@dataclass(frozen=True)
class Recognised:
    """A sheet whose shape is known: how to read it."""

    sheet: Sheet
    shape: str
    title_lines: tuple[str, ...]
    read: Callable[[Desk], None]
    month_first: bool = False
    people: tuple[str, ...] = ()


def read_events(workbook: Workbook, options: ReadOptions) -> ReadResult:
    """Everything that the workbook's sheets ask for; what was noticed while the file was read stays with the workbook.

    Raises InputError where the workbook as a whole can't be understood: no sheet has headings we know, the sheets have
    different shapes, or the sheet that was asked for doesn't exist.
    """
    chosen, notes = _chosen_sheets(workbook, options)
    _demand_headings(workbook, chosen, options)
    recognised = _without_legends([found for sheet in chosen if (found := recognise(sheet, options)) is not None])
    if not recognised:
        raise _not_understood(workbook, chosen, options)
    shapes = {found.sheet.name: found.shape for found in recognised}
    if len(set(shapes.values())) > 1:
        names = ", ".join(shapes)
        raise InputError("calendar.sheets_differ", workbook.place(), sheets=names, example=recognised[0].sheet.name)
    people = _people(workbook, recognised, options)
    for sheet in chosen:
        explains = fold(sheet.name) in GUIDE_SHEETS or bool(people and read_codes(sheet.rows))
        if sheet.name not in shapes and sheet.rows and not explains:
            notes.append(Problem("calendar.sheet_not_read", workbook.place(sheet)))
    desks = [_read(workbook, found, options, people) for found in recognised]
    return ReadResult(
        wanted=tuple(w for desk in desks for w in desk.wanted),
        problems=tuple(p for desk in desks for p in desk.problems),
        notes=(*notes, *(n for desk in desks for n in desk.notes)),
        refused=tuple(r for desk in desks for r in desk.refused),
        cancelled=tuple(c for desk in desks for c in desk.cancelled),
        shapes=shapes,
        part=fold(min(people)) if options.person is not None else "",
    )


def recognise(sheet: Sheet, options: ReadOptions) -> Recognised | None:
    """The shape of a sheet; None if it is none that we know. Columns that the member has explained are those of a
    list."""
    if stands_in(sheet, options.headings):
        own = _listed(sheet, options)
        if own is not None:
            return own
    asked = options.person is not None or options.everyone
    duties = positions_shape.recognise(sheet, asked=asked)
    if duties is not None:
        return Recognised(
            sheet,
            positions_shape.NAME,
            duties.title,
            lambda desk: PositionsReader(desk, duties).read(),
            people=duties.people,
        )
    grid = grid_shape.recognise(sheet)
    if grid is not None:
        return Recognised(sheet, grid.shape, grid.title, lambda desk: GridReader(desk, grid).read())
    roster = roster_shape.recognise(sheet)
    if roster is not None:
        return Recognised(
            sheet,
            roster_shape.NAME,
            roster.title,
            lambda desk: RosterReader(desk, roster).read(),
            people=roster.people,
        )
    return _listed(sheet, options)


def _listed(sheet: Sheet, options: ReadOptions) -> Recognised | None:
    listed = list_shape.recognise(sheet, options.headings)
    if listed is not None:
        return Recognised(
            sheet,
            list_shape.NAME,
            listed.heading.title,
            lambda desk: ListReader(desk, listed).read(),
            list_shape.is_google_csv(listed),
        )
    return None


def _demand_headings(workbook: Workbook, sheets: list[Sheet], options: ReadOptions) -> None:
    """A heading that was explained for this very file has to stand in it: a slip of typing would go unnoticed."""
    there = {key for sheet in sheets for key in stands_in(sheet, options.headings)}
    for heading in options.headings:
        if heading.required and heading.key not in there:
            names = next((names for sheet in sheets if (names := headings_in(sheet))), [])
            found = ", ".join(name[:40] for name in names[:_MOST_FOUND]) or "—"
            raise InputError("calendar.heading_not_there", workbook.place(), value=heading.name, found=found)


def _without_legends(recognised: list[Recognised]) -> list[Recognised]:
    """Beside a roster, a list of codes with their hours is its legend."""
    if all(found.shape not in _OF_PEOPLE for found in recognised):
        return recognised
    return [
        found
        for found in recognised
        if found.shape != list_shape.NAME or len(read_codes(found.sheet.rows)) * 2 < len(found.sheet.rows)
    ]


def _people(workbook: Workbook, recognised: list[Recognised], options: ReadOptions) -> frozenset[str]:
    """Whose shifts are meant, of all the rosters of the file."""
    rosters = [found for found in recognised if found.shape in _OF_PEOPLE]
    if rosters:
        people = [name for found in rosters for name in found.people]
        return choose_people(people, options, workbook.place(rosters[0].sheet))
    if options.person is not None or options.everyone:
        raise InputError("calendar.person_without_roster", workbook.place(recognised[0].sheet), value=options.person)
    return frozenset()


def _read(workbook: Workbook, found: Recognised, options: ReadOptions, people: frozenset[str]) -> Desk:
    title: TitleContext = read_title(found.title_lines, found.sheet.name, options.today)
    hours = options.hours.with_more(legend.read_legend(found.sheet))
    desk = Desk(workbook, found.sheet, options, title, hours, found.month_first, people=people)
    found.read(desk)
    return desk


def _chosen_sheets(workbook: Workbook, options: ReadOptions) -> tuple[list[Sheet], list[Problem]]:
    """The sheet that was asked for, else every visible one."""
    if options.sheet is not None:
        sheet = workbook.sheet(options.sheet)
        if sheet is None:
            names = ", ".join(s.name for s in workbook.sheets[:_MOST_FOUND] if s.name)
            if not names:
                raise InputError("calendar.sheet_has_no_name", workbook.place(), value=options.sheet)
            raise InputError("calendar.sheet_unknown", workbook.place(), value=options.sheet, sheets=names)
        return [sheet], []
    hidden = [s for s in workbook.sheets if not s.visible and s.rows]
    notes = [Problem("calendar.sheet_hidden", workbook.place(sheet)) for sheet in hidden]
    visible = [s for s in workbook.sheets if s.visible]
    return (visible, notes) if visible else (hidden, [])


def _not_understood(workbook: Workbook, sheets: list[Sheet], options: ReadOptions) -> InputError:
    """What we looked for and what we found instead, in the first sheet that has something."""
    filled = [sheet for sheet in sheets if sheet.rows and fold(sheet.name) not in GUIDE_SHEETS] or [
        sheet for sheet in sheets if sheet.rows
    ]
    if not filled:
        return InputError("calendar.nothing_in_file", workbook.place())
    return not_understood(filled[0], options.headings, workbook.place(filled[0]))
