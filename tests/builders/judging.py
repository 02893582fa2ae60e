"""Judging what was read from a spreadsheet: every single occurrence in the plan against what a person would enter.

A weekly class may be one repeating event or its instances; both are compared as instances, so an answer is judged by
what would stand in the calendar and not by how it is stored.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rruleset, rrulestr

from builders.corpus import Case, Expected, write
from builders.workbooks import csv_text, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

MOST = 3_000
HORIZON = datetime.combine(date(2029, 1, 1), time())
Occurrence = tuple[str, str, str]  # title, start, end
Spot = tuple[str | None, int | None]  # sheet, row


@dataclass(frozen=True)
class Entry(Expected):
    """What a careful person would type into the calendar for one row.

    Place, reminders (minutes) and guests are compared when they are given; `note` must be found in the description.
    """

    reminders: tuple[int, ...] | None = None
    attendees: tuple[str, ...] | None = None
    note: str = ""


@dataclass(frozen=True)
class Sheet(Case):
    """A case by another author. `silent` are rows that are no rows of the list (footers, totals): no event may come
    from them; whether they are mentioned is left open. `command` are further options of the command line."""

    silent: frozenset[int] = frozenset()
    command: tuple[str, ...] = ()


@dataclass
class Verdict:
    """The differences between a plan and a person's entries, one line each."""

    name: str
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    rows: int = 0
    right: int = 0


def weekly(row: int, summary: str, days: str, first: str, last: str, times: str, **more: Any) -> tuple[Entry, ...]:
    """A class on weekdays (0 = Monday) from the first to the last day, both included; times as 08:00-09:30."""
    begin, end = times.split("-")
    day, until, found = date.fromisoformat(first), date.fromisoformat(last), []
    while day <= until:
        if str(day.weekday()) in days:
            found.append(Entry(row, summary, f"{day}T{begin}", f"{day}T{end}", **more))
        day += timedelta(days=1)
    return tuple(found)


def judge(sheet: Sheet, envelope: Mapping[str, Any]) -> Verdict:
    """Compare the envelope of `calendar plan --json` with what the sheet's author expects."""
    verdict = Verdict(sheet.name)
    made: dict[Spot, dict[Occurrence, Any]] = defaultdict(dict)
    for event in (envelope["data"] or {}).get("events", ()):
        spot = _spot(sheet, event["source"])
        made[spot].update(dict.fromkeys(occurrences(event), event))
    wanted: dict[Spot, dict[Occurrence, Expected]] = defaultdict(dict)
    for entry in sheet.expected:
        wanted[entry.sheet, entry.row][entry.summary, entry.start, entry.end] = entry
    said: dict[Spot, list[str]] = defaultdict(list)
    for problem in envelope["problems"]:
        said[_spot(sheet, problem)].append(f"{problem['code']} {problem['value']!r}")

    verdict.rows = len(wanted)
    for spot, entries in wanted.items():
        _judge_row(verdict, spot, entries, made.get(spot, {}), said)
    for spot, events in made.items():
        extra = sorted(set(events) - set(wanted.get(spot, {})))
        if extra:
            verdict.wrong.append(f"row {spot[1]}: {extra[:3]}; wanted {sorted(wanted.get(spot, {}))[:3]}")
    named = {row for _, row in said}
    verdict.unsaid += [f"row {row} should have been reported" for row in sorted(sheet.refused - named)]
    for spot, codes in said.items():
        if spot[1] is not None and spot[1] not in sheet.refused | sheet.silent and spot not in wanted:
            verdict.unsaid.append(f"row {spot[1]} was reported without need: {codes[0]}")
    return verdict


def _spot(sheet: Sheet, place: Mapping[str, Any]) -> Spot:
    return (place["sheet"] if len(sheet.pages) > 1 else None, place["row"])


def _judge_row(
    verdict: Verdict,
    spot: Spot,
    entries: Mapping[Occurrence, Expected],
    got: Mapping[Occurrence, Any],
    said: Mapping[Spot, Sequence[str]],
) -> None:
    gone = sorted(set(entries) - set(got))
    where = f"row {spot[1]}" + (f" of {spot[0]}" if spot[0] else "")
    codes = [*said.get(spot, ()), *said.get((None, None), ())]
    if gone and not got and codes:
        verdict.refused.append(f"{where}: {entries[gone[0]].summary}: {'; '.join(codes)}")
    elif gone and set(got) <= set(entries):
        verdict.missing.append(f"{where}: {len(gone)} of {len(entries)}, e.g. {gone[0]}")
    elif set(got) == set(entries):
        differences = [d for key, entry in entries.items() for d in _fields(entry, got[key])]
        verdict.fields.extend(f"{where}: {d}" for d in dict.fromkeys(differences))
        verdict.right += not differences


def _fields(entry: Expected, event: Mapping[str, Any]) -> Iterable[str]:
    if event["all_day"] != ("T" not in entry.start):
        yield f"all_day is {event['all_day']}"
    if entry.location is not None and event["location"] != entry.location:
        yield f"location {event['location']!r}, not {entry.location!r}"
    if isinstance(entry, Entry):
        if entry.reminders is not None and sorted(event["reminders"]) != sorted(entry.reminders):
            yield f"reminders {event['reminders']}, not {entry.reminders}"
        if entry.attendees is not None and sorted(event["attendees"]) != sorted(entry.attendees):
            yield f"attendees {event['attendees']}, not {entry.attendees}"
        if entry.note not in event["description"]:
            yield f"description {event['description']!r} without {entry.note!r}"


def occurrences(event: Mapping[str, Any]) -> Sequence[Occurrence]:
    """Every time that an event of a plan takes place, up to the horizon."""
    start, end, title = event["start"], event["end"], event["summary"]
    if not event["recurrence"]:
        return [(title, start, end)]
    begin = datetime.fromisoformat(start)
    length = datetime.fromisoformat(end) - begin
    rules = rrulestr("\n".join(map(_floating, event["recurrence"])), dtstart=begin, forceset=True)
    assert isinstance(rules, rruleset)
    moments = takewhile(lambda moment: moment < HORIZON, islice(rules, MOST))
    all_day = event["all_day"]
    return [(title, _spelled(m, all_day=all_day), _spelled(m + length, all_day=all_day)) for m in moments]


def _spelled(moment: datetime, *, all_day: bool) -> str:
    return moment.date().isoformat() if all_day else moment.isoformat(timespec="minutes")


def _floating(line: str) -> str:
    """A rule whose UNTIL is given in UTC or as a day, as the local time that `dateutil` compares with."""
    return ";".join(map(_local_until, line.split(";")))


def _local_until(part: str) -> str:
    name, _, value = part.partition("=")
    if name.endswith("UNTIL") and value.endswith("Z"):
        local = datetime.fromisoformat(value[:-1]) + timedelta(hours=7)
        return f"{name}={local:%Y%m%dT%H%M%S}"
    return f"{part}T235959" if name.endswith("UNTIL") and len(value) == 8 else part


def write_sheet(sheet: Sheet, folder: Path) -> Path:
    """Make the real file of a case; csv in whatever encoding its author's program saves."""
    if sheet.kind not in ("csv", "tsv"):
        return write(sheet, folder)
    rows = [["" if value is None else str(value) for value in row] for row in sheet.pages[0].rows]
    text = csv_text(rows, "\t" if sheet.kind == "tsv" else sheet.delimiter)
    path = folder / f"{sheet.name}.{sheet.kind}"
    path.write_bytes(encode(unicodedata.normalize(sheet.form, text), sheet.encoding))
    return path
