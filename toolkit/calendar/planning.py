"""What an import would do: the difference between what a sheet asks for and what earlier imports made of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.calendar.identity import content_hash, differing, event_id, place_of
from toolkit.calendar.model import Change, ChangeKind, Event, Keyed, Made, Plan
from toolkit.core.outcome import Place, Problem
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

KINDS: tuple[ChangeKind, ...] = ("create", "update", "delete", "unchanged", "conflict")

# calendar.md, "Identity, plan, apply": more than this share vanishing at once is taken for an accident.
VANISHED_SHARE = (1, 5)


@dataclass(frozen=True)
class Remembered:
    """What the book knows of an event that an import made and didn't take back: the row it came from.

    `removed`: an earlier import found that the member had removed the event from the calendar.
    """

    key: str
    event_id: str
    content: str
    sheet: str | None
    row: int
    title: str
    own_id: str
    day: date
    removed: bool = False


@dataclass(frozen=True)
class Refused:
    """A row that should have made an event and could not be read. `fingerprint` names its text, wherever it stands."""

    sheet: str | None
    row: int
    title: str
    own_id: str
    fingerprint: str


@dataclass(frozen=True)
class Scope:
    """Which earlier events an absence may speak about. `sheets` (folded names) is None when the whole file was read.

    `harmless` are fingerprints of rows that were refused before, at a time when no event was missing: they have none.
    """

    file: str
    refused: Sequence[Refused] = ()
    harmless: Collection[str] = ()
    sheets: Collection[str] | None = None
    overwrite: bool = False
    delete: int | None = None


@dataclass(frozen=True)
class Draft:
    """A plan and what has to be said with it. `refusal` is why it may not be applied as it is; `kept` are events whose
    row may be one that can't be read; `harmless` are refused rows that certainly have no event."""

    plan: Plan
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    refusal: Problem | None = None
    kept: tuple[Made, ...] = ()
    harmless: frozenset[str] = field(default_factory=frozenset)


def make_plan(
    keyed: Sequence[Keyed],
    made: Sequence[Made],
    memory: Mapping[str, Remembered],
    scope: Scope,
    *,
    import_name: str,
    target: str,
    digest: str,
) -> Draft:
    """Compare what is wanted with what stands; neither is touched.

    An event counts as edited by the member when it no longer says what was stored with it. Such an event, and one that
    the member removed from the calendar, is a conflict and stays as it is unless `scope.overwrite`. An event whose row
    has vanished is deleted, except where its row may be one that could not be read.
    """
    standing = _by_key(made)
    changes = [_for_row(one, standing.get(one.key), bool(standing), memory, scope.overwrite) for one in keyed]
    wanted_keys = {one.key for one in keyed}
    vanished = [one for key, one in standing.items() if key not in wanted_keys and _in_scope(memory.get(key), scope)]
    held, harmless = _held_back(vanished, memory, scope)
    problems = [_conflict_problem(change, scope.file) for change in changes if change.kind == "conflict"]
    for one in vanished:
        if one.event_id in held:
            problems.append(_kept_problem(one, held[one.event_id], scope))
            continue
        theirs = content_hash(one.event) != one.content and not scope.overwrite
        change = Change("conflict" if theirs else "delete", None, one)
        changes.append(change)
        if theirs:
            problems.append(_conflict_problem(change, scope.file))
    tally = Counter(change.kind for change in changes)
    plan = Plan(import_name, target, digest, tuple(changes), len(keyed), {kind: tally.get(kind, 0) for kind in KINDS})
    kept = tuple(one for one in vanished if one.event_id in held)
    refusal = _too_many_deletes(plan, len(standing), scope)
    return Draft(plan, tuple(problems), refusal=refusal, kept=kept, harmless=harmless)


def coinciding(contents: Collection[str], others: Mapping[str, Collection[str]]) -> str | None:
    """The import that mostly says the same as these contents, if there is one: the file was probably renamed.

    `others` maps import names to the contents that each made. "Mostly" is more than half of either side's events and
    at least two of them.
    """
    best, best_shared = None, 1
    mine = set(contents)
    for name, theirs in sorted(others.items()):
        shared = len(mine.intersection(theirs))
        if shared > best_shared and 2 * shared > min(len(mine), len(set(theirs))):
            best, best_shared = name, shared
    return best


def is_change(change: Change) -> bool:
    """Whether applying the plan writes something for this line."""
    return change.kind in {"create", "update", "delete"}


def event_of(change: Change) -> Event:
    """The event that a line of a plan speaks about: as the sheet wants it, or as it stands when it goes."""
    if change.keyed is not None:
        return change.keyed.wanted.event
    assert change.made is not None
    return change.made.event


def stands_after(change: Change) -> Event | None:
    """The event that stands in the calendar once the plan has been applied; None where none does."""
    if change.kind == "conflict":
        return change.made.event if change.made is not None else None
    return change.keyed.wanted.event if change.keyed is not None else None


def _by_key(made: Iterable[Made]) -> dict[str, Made]:
    """One event per key. A copy that the member made inside the calendar carries the same marks under another id:
    it is theirs, and is left alone."""
    standing: dict[str, Made] = {}
    for one in made:
        if one.cancelled:
            continue
        rival = standing.get(one.key)
        if rival is None or (one.event_id == event_id(one.key) and rival.event_id != one.event_id):
            standing[one.key] = one
    return standing


def _for_row(
    keyed: Keyed, made: Made | None, target_has_any: bool, memory: Mapping[str, Remembered], overwrite: bool
) -> Change:
    if made is None:
        # An emptied or removed calendar is filled again; a single event that went missing was removed by hand.
        known = memory.get(keyed.key)
        by_hand = known is not None and (known.removed or target_has_any)
        return Change("conflict" if by_hand and not overwrite else "create", keyed, None)
    stands = content_hash(made.event)
    if stands == keyed.content:
        return Change("unchanged", keyed, made)
    fields = differing(made.event, keyed.wanted.event)
    if stands != made.content and not overwrite:
        return Change("conflict", keyed, made, fields)
    return Change("update", keyed, made, fields)


def _in_scope(known: Remembered | None, scope: Scope) -> bool:
    if scope.sheets is None or known is None or known.sheet is None:
        return True
    return fold(known.sheet) in scope.sheets


def _held_back(
    vanished: Sequence[Made], memory: Mapping[str, Remembered], scope: Scope
) -> tuple[dict[str, Refused], frozenset[str]]:
    """Which vanished events may belong to a refused row, and which refused rows certainly have no event.

    A row that was refused before with the same text, when nothing was missing, never had one. Another is matched by its
    id, then by its title; where neither tells, every vanished event of its sheet may be the one, so all are kept.
    """
    by_id: defaultdict[str, list[Made]] = defaultdict(list)
    by_title: defaultdict[str, list[Made]] = defaultdict(list)
    by_sheet: defaultdict[str | None, list[Made]] = defaultdict(list)
    for one in vanished:
        known = memory.get(one.key)
        by_id[known.own_id if known else ""].append(one)
        by_title[fold(known.title if known else one.event.summary)].append(one)
        by_sheet[known.sheet if known else None].append(one)
    known_sheets = {known.sheet for known in memory.values()}
    held: dict[str, Refused] = {}
    harmless = set()
    for row in scope.refused:
        matches: list[Made] = []
        if row.fingerprint not in scope.harmless:
            same_sheet = by_sheet[row.sheet] + by_sheet[None] if row.sheet in known_sheets else list(vanished)
            named = (by_id[row.own_id] if row.own_id else []) or (by_title[fold(row.title)] if row.title else [])
            matches = named or same_sheet
        if not matches:
            harmless.add(row.fingerprint)
        for one in matches:
            held.setdefault(one.event_id, row)
    return held, frozenset(harmless)


def _too_many_deletes(plan: Plan, standing: int, scope: Scope) -> Problem | None:
    """Why the plan's deletes are too many to be meant, or None (F43).

    A row whose title, date or start was changed shows as one delete and one create; it has not vanished. But where
    nothing stays of a sheet of some length, it is another sheet, such as next month's in a file of the same name.
    """
    deletes = [event_of(change) for change in plan.changes if change.kind == "delete"]
    creates = [event_of(change) for change in plan.changes if change.kind == "create"]
    share, whole = VANISHED_SHARE
    everything = len(deletes) == standing >= whole
    vanished = len(deletes) if everything else len(deletes) - _moved(deletes, creates)
    if scope.delete is not None:
        too_many = vanished > scope.delete
    else:
        too_many = vanished * whole > standing * share or (vanished > 0 and vanished == standing)
    if not too_many:
        return None
    return Problem(
        "calendar.too_many_deletes", Place(scope.file), {"n": vanished, "count": vanished, "standing": standing}
    )


def _moved(deletes: Sequence[Event], creates: Sequence[Event]) -> int:
    """How many deletes are really moves: one create has the same title or the same start, and no other event has."""
    gone, new = _unique(deletes, _title), _unique(creates, _title)
    renamed_from = [event for event in deletes if _title(event) not in new]
    renamed_to = [event for event in creates if _title(event) not in gone]
    starts_gone, starts_new = _unique(renamed_from, _start), _unique(renamed_to, _start)
    return len(gone & new) + len(starts_gone & starts_new)


def _unique(events: Sequence[Event], trait: Callable[[Event], str]) -> set[str]:
    """The traits that exactly one of the events has."""
    return {value for value, times in Counter(trait(event) for event in events).items() if times == 1}


def _title(event: Event) -> str:
    return fold(event.summary)


def _start(event: Event) -> str:
    return event.start.isoformat()


def _conflict_problem(change: Change, file: str) -> Problem:
    title = event_of(change).summary
    if change.keyed is None:
        return Problem("calendar.vanished_but_edited", Place(file), {"title": title})
    place = place_of(change.keyed.wanted.source)
    if change.made is None:
        return Problem("calendar.removed_by_hand", place, {"title": title})
    return Problem("calendar.edited_by_hand", place, {"title": title})


def _kept_problem(made: Made, row: Refused, scope: Scope) -> Problem:
    place = Place(scope.file, row.sheet, row.row)
    return Problem("calendar.kept_for_unreadable_row", place, {"title": made.event.summary})
