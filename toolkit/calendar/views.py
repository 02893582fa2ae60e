"""How the calendar tool's results look: blocks for a person, plain values for a program."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from toolkit.calendar.almanac import holiday, lunar_day
from toolkit.calendar.boards import (
    NARROWEST_MONTH,
    NARROWEST_WEEK,
    MonthBoard,
    WeekBoard,
    column_width,
    touches,
)
from toolkit.calendar.body import zone
from toolkit.calendar.planning import KINDS, event_of
from toolkit.calendar.ports import PRIMARY
from toolkit.calendar.targets import DEFAULT_ACCOUNT, DEFAULT_CALENDAR, target_of
from toolkit.shell.blocks import Column, Heading, Line, Sayable, Table, Verbatim, When, Words, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from toolkit.calendar.agenda import Occurrence
    from toolkit.calendar.applying import Ended
    from toolkit.calendar.model import Change, Event
    from toolkit.calendar.overlaps import Overlap, Party
    from toolkit.calendar.ports import OperationKind
    from toolkit.calendar.results import Applied, Preview, RunLine, Undone, UndoPreview
    from toolkit.calendar.targets import TargetSpec
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

MOST_CHANGES_SHOWN = 40
MOST_OVERLAPS_SHOWN = 10


@dataclass(frozen=True)
class Several(Sayable):
    """Several cells in one, those that say nothing left out."""

    cells: Sequence[Cell]
    between: str = " · "

    def said(self, messages: Messages) -> str:
        return self.between.join(text for cell in self.cells if (text := said(cell, messages)))


def plan(preview: Preview, *, most: int | None = MOST_CHANGES_SHOWN) -> Iterator[Block]:
    """The plan of an import: one line of counts, then a table of what changes."""
    yield Heading(Words("calendar.plan_title", file=preview.file, target=target_words(preview.target)))
    yield Line(counts_line(preview))
    changes = [change for change in preview.plan.changes if change.kind != "unchanged"]
    year = preview.choices.read.today.year
    if changes:
        headings = ("calendar.column_change", "calendar.column_when", "calendar.column_what", "calendar.column_where")
        rows = [_change_row(change, year) for change in changes[:most]]
        yield Table([Column(Words(code)) for code in headings], rows)
    if most is not None and len(changes) > most:
        yield Line(Words("calendar.more_changes", n=len(changes) - most))
    if most is not None:
        yield from _overlaps(preview, year)


def full_plan(preview: Preview) -> Iterator[Block]:
    """The plan with every change, for a spreadsheet."""
    return plan(preview, most=None)


def plan_json(preview: Preview) -> dict[str, Any]:
    """The plan for a program; the keys are a promise (calendar.md)."""
    return {
        "import_name": preview.plan.import_name,
        "target": preview.target.id,
        "file": preview.file,
        "counts": {kind: preview.plan.counts.get(kind, 0) for kind in KINDS},
        "events": [_event_json(change, preview) for change in preview.plan.changes],
        "overlaps": [_overlap_json(one) for one in preview.overlaps.pairs],
        "overlaps_complete": preview.overlaps.complete,
    }


def applied(done: Applied) -> Iterator[Block]:
    """What an import did, and how to take it back."""
    for number in done.resumed:
        yield Line(Words("calendar.resumed", run=number))
    if done.interrupted and done.number is not None:
        yield Line(Words("calendar.interrupted", made=_made(done.made), run=done.number))
    elif done.interrupted or done.declined:
        yield Line(Words("calendar.not_applied"))
    elif done.number is None:
        yield Line(Words("calendar.nothing_changed", target=target_words(done.target)))
    else:
        yield Line(Words("calendar.applied", made=_made(done.made), target=target_words(done.target)))
    if done.number is not None:
        yield Line(Words("calendar.how_to_undo", run=done.number))


def applied_json(done: Applied) -> dict[str, Any]:
    return {
        "run": done.number,
        "target": done.target.id,
        "file": done.file,
        **_made_json(done.made),
        "unchanged": done.unchanged,
        "kept": done.kept,
        "resumed": list(done.resumed),
        "interrupted": done.interrupted,
        "declined": done.declined,
        "overlaps": [_overlap_json(one) for one in done.overlaps],
    }


def runs(lines: Sequence[RunLine]) -> Iterator[Block]:
    """The list of runs."""
    codes = ("number", "began", "file", "target", "made", "state")
    columns = [Column(Words(f"calendar.column_{code}"), "right" if code == "number" else "left") for code in codes]
    yield Table(columns, [_run_row(line) for line in lines], empty=Words("calendar.no_runs"))


def runs_json(lines: Sequence[RunLine]) -> list[dict[str, Any]]:
    return [
        {
            "run": line.run.number,
            "kind": line.run.kind,
            "undoes": line.run.undoes,
            "file": line.run.file,
            "import_name": line.run.import_name,
            "target": line.run.target,
            "began": line.run.began.isoformat(timespec="seconds"),
            "ended": line.run.ended.isoformat(timespec="seconds") if line.run.ended else None,
            "state": line.run.state,
            **_made_json(line.made),
            "not_written": line.missing,
        }
        for line in lines
    ]


def undo_preview(preview: UndoPreview) -> Iterator[Block]:
    """What undoing would do."""
    yield Heading(Words("calendar.undo_title", run=preview.run.number, file=preview.run.file))
    yield Line(Words("calendar.undo_plan", made=_taken_back(preview.steps)))
    if preview.kept:
        yield Line(Words("calendar.undo_keeps", n=preview.kept))


def undone(done: Undone) -> Iterator[Block]:
    """What undoing did."""
    number = done.run.number
    if done.interrupted:
        yield Line(Words("calendar.undo_interrupted", run=number))
    elif done.made:
        yield Line(Words("calendar.undone", run=number, made=_taken_back(done.made)))
    if done.kept:
        yield Line(Words("calendar.undo_kept", n=done.kept))


def undone_json(done: Undone) -> dict[str, Any]:
    return {
        "run": done.run.number,
        "state": done.run.state,
        **_made_json(done.made),
        "kept": done.kept,
        "interrupted": done.interrupted,
    }


def resumed(ended: Sequence[Ended]) -> Iterator[Block]:
    """What resuming did."""
    if not ended:
        yield Line(Words("calendar.nothing_to_resume"))
    for one in ended:
        code = "calendar.interrupted" if one.interrupted else "calendar.finished"
        yield Line(Words(code, run=one.run.number, made=_made(one.made)))


def resumed_json(ended: Sequence[Ended]) -> list[dict[str, Any]]:
    return [{"run": one.run.number, "interrupted": one.interrupted, **_made_json(one.made)} for one in ended]


def agenda(since: date, until: date, *, lunar: bool) -> Callable[[Sequence[Occurrence]], Iterator[Block]]:
    """The days from `since` to before `until` that hold something, with their events; `lunar`: and their lunar day."""

    def view(found: Sequence[Occurrence]) -> Iterator[Block]:
        empty = True
        for day in _days(since, until):
            today = [one for one in found if touches(one, day)]
            if not today:
                continue
            empty = False
            yield Heading(_day_heading(day, since.year, lunar=lunar))
            for one in today:
                yield Line(Several([_hours(one, day), one.event.summary, _place(one.event)], "  "))
        last = until - timedelta(days=1)
        if empty and last == since:
            yield Line(Words("calendar.agenda_day_empty", day=When(since)))
        elif empty:
            yield Line(Words("calendar.agenda_empty", since=When(since), until=When(last)))

    return view


def week(
    first: date, until: date, *, lunar: bool, today: date, width: int | None
) -> Callable[[Sequence[Occurrence]], Iterator[Block]]:
    """The seven days from `first` in columns, or one below the other where the terminal is too narrow (or none)."""
    if width is None or column_width(width) < NARROWEST_WEEK:
        return agenda(first, until, lunar=lunar)

    def view(found: Sequence[Occurrence]) -> Iterator[Block]:
        yield Heading(Words("calendar.board_week", since=When(first), until=When(until - timedelta(days=1))))
        yield Verbatim(WeekBoard(first, found, width, lunar, today))

    return view


def month(
    first: date, until: date, *, lunar: bool, today: date, width: int | None
) -> Callable[[Sequence[Occurrence]], Iterator[Block]]:
    """A month in weeks; in a narrow terminal the numbers alone, then the days that hold something."""

    def view(found: Sequence[Occurrence]) -> Iterator[Block]:
        yield Heading(Words("calendar.board_month", month=first.month, year=f"{first.year}"))
        if width is not None:
            yield Verbatim(MonthBoard(first, found, width, lunar, today))
        if width is None or column_width(width) < NARROWEST_MONTH:
            yield from agenda(first, until, lunar=lunar)(found)

    return view


def _day_heading(day: date, year: int, *, lunar: bool) -> Several:
    """`T3 24/11 · 16/10 ÂL · Ngày Văn hóa Việt Nam`."""
    named, moon = holiday(day), lunar_day(day) if lunar else None
    code = "calendar.lunar_leap_day" if moon is not None and moon.leap else "calendar.lunar_day"
    return Several(
        [
            When(day, this_year=year),
            Words(code, day=moon.day, month=moon.month) if moon is not None else None,
            Words(named) if named is not None else None,
        ]
    )


def agenda_table(found: Sequence[Occurrence]) -> Iterator[Block]:
    """The same for a spreadsheet: one row an event, moments in ISO form."""
    headings = ("start", "end", "what", "where", "note")
    rows = [
        [_iso(one.start), _iso(one.end), one.event.summary, one.event.location, one.event.description] for one in found
    ]
    yield Table([Column(Words(f"calendar.column_{name}")) for name in headings], rows)


def agenda_json(found: Sequence[Occurrence]) -> list[dict[str, Any]]:
    return [
        {
            "summary": one.event.summary,
            "start": _iso(one.start),
            "end": _iso(one.end),
            "all_day": one.event.all_day,
            "location": one.event.location,
            "description": one.event.description,
            "lunar": _lunar_json(one.start),
        }
        for one in found
    ]


def _lunar_json(start: date | datetime) -> dict[str, Any] | None:
    """The lunar day on which an event begins."""
    moon = lunar_day(start.date() if isinstance(start, datetime) else start)
    return {"day": moon.day, "month": moon.month, "year": moon.year, "leap": moon.leap} if moon else None


def exported(path: str) -> Callable[[int], Iterable[Block]]:
    return lambda n: [Line(Words("calendar.exported", n=n, path=path))]


def template(written: Mapping[str, str]) -> Iterator[Block]:
    """Where the template is, and what to type once it is filled in."""
    yield Line(Words("calendar.template_written", path=written["file"]))
    yield Line(Words("calendar.template_next", path=written["file"]))


def target_words(target: TargetSpec) -> Words:
    """A target in the member's words."""
    if target.kind == "local" and target.calendar == DEFAULT_CALENDAR:
        return Words("calendar.target_here")
    if target.kind == "google" and target.calendar == PRIMARY:
        return Words("calendar.target_google_primary")
    if target.kind == "google" and target.account != DEFAULT_ACCOUNT:
        return Words("calendar.target_google_account", name=target.calendar, account=target.account)
    kind = "caldav_named" if target.kind == "caldav" and target.named else target.kind
    return Words(f"calendar.target_{kind}", name=target.calendar, path=target.path)


def counts_line(preview: Preview) -> Several:
    """`tạo mới 8 · giữ nguyên 3`; what would be zero is left out."""
    counts = preview.plan.counts
    cells: list[Cell] = [Words(f"calendar.count_{kind}", n=n) for kind in KINDS if (n := counts.get(kind, 0))]
    if preview.draft.kept:
        cells.append(Words("calendar.count_kept", n=len(preview.draft.kept)))
    if preview.snapshot.result.refused:
        cells.append(Words("calendar.count_refused", n=len(preview.snapshot.result.refused)))
    return Several(cells or [Words("calendar.count_nothing")])


def _change_row(change: Change, year: int) -> list[Cell]:
    event = event_of(change)
    fields: list[Cell] = [Words(f"calendar.field_{name}") for name in change.fields]
    kind: Cell = Words(f"calendar.kind_{change.kind}")
    if change.kind == "update" and fields:
        kind = Words("calendar.kind_update_of", fields=Several(fields, ", "))
    return [kind, when(event, year), event.summary, event.location]


def when(event: Event, year: int | None = None) -> Cell:
    """`T7 12/12 19:30–21:00`, with how often it repeats where it does."""
    moment = When(_local(event.start, event), _local(event.end, event), year)
    return Several([moment, Words("calendar.repeats")]) if event.recurrence else moment


def _event_json(change: Change, preview: Preview) -> dict[str, Any]:
    event = event_of(change)
    if change.keyed is not None:
        key, source = change.keyed.key, change.keyed.wanted.source
        origin: dict[str, Any] | None = {"file": source.file, "sheet": source.sheet, "row": source.row}
    else:
        assert change.made is not None
        key, known = change.made.key, preview.memory.get(change.made.key)
        origin = {"file": preview.file, "sheet": known.sheet, "row": known.row} if known else None
    return {
        "summary": event.summary,
        "start": _iso(_local(event.start, event)),
        "end": _iso(_local(event.end, event)),
        "all_day": event.all_day,
        "timezone": event.timezone,
        "location": event.location,
        "description": event.description,
        "reminders": list(event.reminders),
        "attendees": list(event.attendees),
        "color": event.color,
        "recurrence": list(event.recurrence),
        "source": origin,
        "key": key,
        "change": change.kind,
    }


def _overlaps(preview: Preview, year: int) -> Iterator[Block]:
    """Which events meet, and when: a fact to look at, nothing to mend."""
    pairs = preview.overlaps.pairs
    if not pairs:
        return
    several = len(preview.snapshot.result.shapes) > 1
    code = "calendar.overlaps" if preview.overlaps.complete else "calendar.overlaps_at_least"
    yield Heading(Words(code, n=len(pairs)))
    for one in pairs[:MOST_OVERLAPS_SHOWN]:
        met = When(_local(one.start, one.first.event), _local(one.end, one.first.event), year)
        both = [_party(party, several_sheets=several) for party in (one.first, one.second)]
        line = Words("calendar.overlap", when=met, first=both[0], second=both[1])
        more = Words("calendar.overlap_again", n=one.times - 1) if one.times > 1 else None
        yield Line(Several([line, more], ""))
    if len(pairs) > MOST_OVERLAPS_SHOWN:
        yield Line(Words("calendar.more_overlaps", n=len(pairs) - MOST_OVERLAPS_SHOWN))


def _party(party: Party, *, several_sheets: bool) -> Words:
    if party.source is not None and several_sheets:
        row, sheet = party.source.row, party.source.sheet or ""
        return Words("calendar.overlap_sheet_row", title=party.event.summary, row=row, sheet=sheet)
    if party.source is not None:
        return Words("calendar.overlap_row", title=party.event.summary, row=party.source.row)
    return Words("calendar.overlap_import", title=party.event.summary, name=party.import_name)


def _overlap_json(one: Overlap) -> dict[str, Any]:
    return {
        "start": _iso(_local(one.start, one.first.event)),
        "end": _iso(_local(one.end, one.first.event)),
        "times": one.times,
        "events": [_party_json(party) for party in (one.first, one.second)],
    }


def _party_json(party: Party) -> dict[str, Any]:
    event, source = party.event, party.source
    return {
        "summary": event.summary,
        "start": _iso(_local(event.start, event)),
        "end": _iso(_local(event.end, event)),
        "location": event.location,
        "source": {"file": source.file, "sheet": source.sheet, "row": source.row} if source else None,
        "import_name": party.import_name or None,
    }


def _local(moment: date | datetime, event: Event) -> date | datetime:
    return moment.astimezone(zone(event.timezone)) if isinstance(moment, datetime) else moment


def _iso(moment: date | datetime) -> str:
    """ISO local time, to the minute where the seconds say nothing; a date for an all-day event."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.replace(tzinfo=None).isoformat(timespec="seconds" if moment.second else "minutes")


def _made(made: Mapping[OperationKind, int]) -> Several:
    kinds: tuple[tuple[OperationKind, str], ...] = (("insert", "create"), ("update", "update"), ("delete", "delete"))
    cells = [Words(f"calendar.count_{name}", n=n) for kind, name in kinds if (n := made.get(kind, 0))]
    return Several(cells or [Words("calendar.count_nothing")])


def _taken_back(made: Mapping[OperationKind, int]) -> Several:
    kinds: tuple[OperationKind, ...] = ("delete", "update", "insert")
    cells = [Words(f"calendar.back_{kind}", n=n) for kind in kinds if (n := made.get(kind, 0))]
    return Several(cells or [Words("calendar.count_nothing")])


def _made_json(made: Mapping[OperationKind, int]) -> dict[str, int]:
    return {"created": made.get("insert", 0), "updated": made.get("update", 0), "deleted": made.get("delete", 0)}


def _run_row(line: RunLine) -> list[Cell]:
    run = line.run
    what: Cell = Words("calendar.run_undoes", run=run.undoes) if run.undoes is not None else run.file
    target = target_words(target_of(run.target))
    return [run.number, When(run.began), what, target, _made(Counter(line.made)), Words(f"calendar.state_{run.state}")]


def _days(since: date, until: date) -> Iterator[date]:
    return (since + timedelta(days=n) for n in range((until - since).days))


def _hours(one: Occurrence, day: date) -> Cell:
    """When on this day: `19:30–21:00`; an open side where the event began before or goes on after."""
    if not isinstance(one.start, datetime) or not isinstance(one.end, datetime):
        return Words("calendar.all_day")
    begins = f"{one.start:%H:%M}" if one.start.date() == day else "…"
    ends = f"{one.end:%H:%M}" if one.end.date() == day or one.end - one.start < timedelta(hours=24) else "…"
    return f"{begins}–{ends}"


def _place(event: Event) -> Cell:
    return Words("calendar.at_place", place=event.location) if event.location else None
