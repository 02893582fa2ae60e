"""From a workbook to what it asks for: which sheets, of which shape, and everything that is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.calendar.reading import grid_shape, legend, list_shape, roster_shape
from toolkit.calendar.reading.desk import Desk
from toolkit.calendar.reading.grid_reader import GridReader
from toolkit.calendar.reading.headings import ALIASES, GUIDE_SHEETS
from toolkit.calendar.reading.options import ReadOptions, ReadResult
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

_MOST_FOUND = 12  # headings or names that a refusal lists


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
    recognised = _without_legends([found for sheet in chosen if (found := recognise(sheet)) is not None])
    if not recognised:
        raise _not_understood(workbook, chosen)
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


def recognise(sheet: Sheet) -> Recognised | None:
    """The shape of a sheet; None if it is none that we know."""
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
    listed = list_shape.recognise(sheet)
    if listed is not None:
        return Recognised(
            sheet,
            list_shape.NAME,
            listed.heading.title,
            lambda desk: list_shape.ListReader(desk, listed).read(),
            list_shape.is_google_csv(listed),
        )
    return None


def _without_legends(recognised: list[Recognised]) -> list[Recognised]:
    """Beside a roster, a list of codes with their hours is its legend."""
    if all(found.shape != roster_shape.NAME for found in recognised):
        return recognised
    return [
        found
        for found in recognised
        if found.shape != list_shape.NAME or len(read_codes(found.sheet.rows)) * 2 < len(found.sheet.rows)
    ]


def _people(workbook: Workbook, recognised: list[Recognised], options: ReadOptions) -> frozenset[str]:
    """Whose shifts are meant, of all the rosters of the file."""
    rosters = [found for found in recognised if found.shape == roster_shape.NAME]
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


def _not_understood(workbook: Workbook, sheets: list[Sheet]) -> InputError:
    """What we looked for and what we found instead."""
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        return InputError("calendar.nothing_in_file", workbook.place())
    fullest = max(filled[0].rows[:20], key=lambda row: sum(not c.blank and not c.covered for c in row.cells))
    found = [" ".join(c.text.split())[:40] for c in fullest.cells if not c.blank and not c.covered]
    known = ", ".join(names[0] for names in ALIASES.values() if names[0])
    return InputError(
        "calendar.headings_unknown",
        workbook.place(filled[0], fullest.number),
        found=", ".join(found[:_MOST_FOUND]),
        known=known,
    )
