"""A calendar on a CalDAV server (RFC 4791) as a target: events under ids of our own, writes that can be repeated.

An insert says "only where nothing stands", an update and a delete name the version they were planned on. Whatever
happens between the server's work and its answer, asking again then meets 412 or 404, and we look at what stands there.
The marks by which a later import knows its events are `X-SOTAY-…` properties, which RFC 5545 tells others to keep.
"""

from __future__ import annotations

import base64
import hashlib
import re
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin

from toolkit.caldav.persistence import said_in
from toolkit.calendar.adapters.icalendar_text import (
    HEAD,
    components,
    event_and_marks,
    is_ours,
    kind_of,
    render,
    time_zone,
    uid_of,
)
from toolkit.calendar.identity import content_hash
from toolkit.calendar.model import Made
from toolkit.calendar.ports import Operation, Result
from toolkit.core.errors import ConflictError, RemoteError, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.caldav.server import Answer, Calendar, Item, Server
    from toolkit.calendar.model import Event

LANES = 4  # writes that are on their way at once; browsers open six connections to a server
GENERATIONS = 8
GONE = (404, 410)
FAILED_CHECK = 412
WRITTEN = (200, 201, 204)
_TAKEN = re.compile(r"no-uid-conflict|unique-scheduling-object-resource|uid already exists", re.IGNORECASE)
_READ_ONLY = re.compile(r"need-privileges", re.IGNORECASE)


class CalendarAddresses(Protocol):
    """Remembers where on the server a calendar is, by the name that the member gave it."""

    def load(self, name: str) -> str | None: ...

    def save(self, name: str, calendar_id: str) -> None: ...


@dataclass(frozen=True)
class _Standing:
    """An event of ours on the server: where it is, and its VEVENT, whose SEQUENCE an update continues."""

    made: Made
    import_name: str
    url: str
    text: str


def calendar_title(name: str) -> str:
    """What a calendar of our making is called in the member's list."""
    return f"Sổ tay – {name}"


class CaldavTarget:
    """One calendar on a server: the one at the address itself, one that has the name, or one that is made for it."""

    def __init__(
        self,
        server: Server,
        calendar: str,
        addresses: CalendarAddresses,
        now: Callable[[], datetime],
        *,
        named: bool = True,
    ) -> None:
        """`named` is False where the member gave no name, so that `calendar` is only a default; `now` stamps events."""
        self.name = f"caldav:{calendar}"
        self._server, self._calendar, self._addresses, self._now = server, calendar, addresses, now
        self._named = named
        self._url: str | None = None
        self._gone: set[str] = set()
        self._standing: dict[str, _Standing] = {}
        self._keeps_marks = False

    # --- reading ---

    def made_by(self, import_name: str) -> list[Made]:
        """Every event that imports of this name made and that still stands, in one listing."""
        items = None
        while items is None and (url := self._find()):
            items = self._server.items(url)
            if items is None:
                self._forget(url)
        found = [standing for item in items or () if (standing := _read(item))]
        self._standing = {standing.made.event_id: standing for standing in found}
        self._keeps_marks = self._keeps_marks or bool(found)
        return [standing.made for standing in found if standing.import_name == import_name]

    def get(self, event_id: str) -> Made | None:
        """One event by id; None if it doesn't exist."""
        url = self._find()
        standing = self._look(url, event_id) if url else None
        return standing.made if standing else None

    def _look(self, calendar: str, event_id: str) -> _Standing | None:
        known = self._standing.get(event_id)
        item = self._server.item(known.url if known else _address(calendar, event_id))
        standing = _read(item) if item else None
        self._remember(event_id, standing)
        return standing

    def _remember(self, event_id: str, standing: _Standing | None) -> None:
        if standing is None:
            self._standing.pop(event_id, None)
        else:
            self._standing[event_id] = standing

    # --- writing ---

    def perform(self, operations: Sequence[Operation]) -> Iterator[Result]:
        """Write a few at a time, yielding results in order: CalDAV knows no batches, but servers have several hands.

        What ends the run is raised after the results of everything that was done before it have been yielded.
        """
        waiting = list(operations)
        while waiting:
            url = self._find() or (self._make() if waiting[0].kind == "insert" else None)
            # Until the first event stands as it was written, nothing is put beside it.
            width = LANES if url is not None and self._keeps_marks else 1
            chunk, waiting = waiting[:width], waiting[width:]
            ended: ToolkitError | None = None
            for result in at_once([partial(self._write, url, operation) for operation in chunk]):
                if isinstance(result, Result):
                    yield result
                else:
                    ended = ended or result
            if ended is not None:
                raise ended

    def _write(self, url: str | None, operation: Operation) -> Result:
        if url is None:
            return Result(operation, "done" if operation.kind == "delete" else "conflict")
        write = {"insert": self._insert, "update": self._update, "delete": self._delete}[operation.kind]
        return write(url, operation)

    def _insert(self, calendar: str, operation: Operation) -> Result:
        event_id = operation.event_id
        for _ in range(GENERATIONS):
            text = self._text(event_id, operation, None)
            address = _address(calendar, event_id)
            answer = self._server.put(address, text)
            if answer.status in WRITTEN:
                return self._written(address, event_id, operation, text, answer)
            if answer.status == FAILED_CHECK or _TAKEN.search(answer.said):
                standing = self._look(calendar, event_id) or self._under_another_address(calendar, event_id)
                if standing is not None:
                    same = _marks(standing.made) == _wanted_marks(operation)
                    return Result(operation, "done" if same else "conflict", standing.made)
                event_id = next_generation(event_id)  # it lies in the server's bin, where it can't be put back from
                continue
            return self._refused(calendar, operation, answer)
        return Result(operation, "failed", None, "caldav.row_refused", "UID")

    def _update(self, calendar: str, operation: Operation) -> Result:
        known = self._standing.get(operation.event_id) or self._look(calendar, operation.event_id)
        if known is None:
            return Result(operation, "conflict")
        text = self._text(operation.event_id, operation, known.text)
        answer = self._server.put(known.url, text, etag=operation.etag or "*")  # a few servers have no version marks
        if answer.status in WRITTEN:
            return self._written(known.url, operation.event_id, operation, text, answer)
        if answer.status == FAILED_CHECK or answer.status in GONE:
            standing = self._look(calendar, operation.event_id)
            done = standing is not None and _says(standing.made, operation)
            return Result(operation, "done" if done else "conflict", standing.made if standing else None)
        return self._refused(calendar, operation, answer)

    def _delete(self, calendar: str, operation: Operation) -> Result:
        known = self._standing.get(operation.event_id)
        address = known.url if known else _address(calendar, operation.event_id)
        answer = self._server.delete(address, etag=operation.etag)
        if answer.status in (*WRITTEN, *GONE):
            self._remember(operation.event_id, None)
            return Result(operation, "done")
        if answer.status == FAILED_CHECK:
            standing = self._look(calendar, operation.event_id)
            return Result(operation, "conflict", standing.made) if standing else Result(operation, "done")
        return self._refused(calendar, operation, answer)

    def _written(self, address: str, event_id: str, operation: Operation, text: str, answer: Answer) -> Result:
        """What stands now. A server that tells no version mark may have changed what it was given; the first event of
        a calendar is looked at in any case, because without our marks a later import would find nothing."""
        assert operation.event is not None
        assert operation.marks is not None
        if answer.etag and self._keeps_marks:
            marks = operation.marks
            made = Made(event_id, marks.key, marks.content, marks.run, answer.etag, operation.event)
            self._remember(event_id, _Standing(made, marks.import_name, address, _master(components(text).parts)))
            return Result(operation, "done", made)
        item = self._server.item(address)
        standing = _read(item) if item else None
        if standing is None:
            if item is not None:
                self._server.delete(address, etag=item.etag)
            raise RemoteError("caldav.drops_marks", host=self._server.address)
        self._keeps_marks = True
        self._remember(event_id, standing)
        return Result(operation, "done", standing.made)

    def _refused(self, calendar: str, operation: Operation, answer: Answer) -> Result:
        if answer.status == 403 and _READ_ONLY.search(answer.said):
            raise RemoteError("caldav.read_only", name=self._calendar)
        if answer.status in (*GONE, 405, 409) and self._server.items(calendar) is None:
            self._forget(calendar)
            raise RemoteError("caldav.calendar_gone", name=self._calendar)
        return Result(operation, "failed", None, "caldav.row_refused", said_in(answer.said) or str(answer.status))

    def _under_another_address(self, calendar: str, event_id: str) -> _Standing | None:
        """An event whose id is taken, but not where we put it: another program has moved it."""
        for item in self._server.items(calendar) or ():
            standing = _read(item)
            if standing is not None and standing.made.event_id == event_id:
                self._remember(event_id, standing)
                return standing
        return None

    def _text(self, event_id: str, operation: Operation, after: str | None) -> str:
        assert operation.event is not None
        assert operation.marks is not None
        event: Event = operation.event
        body = render(event_id, event, operation.marks, self._now().astimezone(UTC), after=after)
        zone = "" if event.all_day else time_zone(event.timezone)
        return "".join(["BEGIN:VCALENDAR\r\n", *(f"{line}\r\n" for line in HEAD), zone, body, "END:VCALENDAR\r\n"])

    # --- the calendar itself ---

    def _find(self) -> str | None:
        """The calendar's address; None if it has yet to be made."""
        if self._url is None:
            known = self._addresses.load(self._calendar)
            self._url = known if known and known not in self._gone else None
        if self._url is None:
            found = self._search()
            if found is not None and found.url not in self._gone:
                self._keep(found)
        return self._url

    def _forget(self, url: str) -> None:
        """The member removed the whole calendar; the next insert makes a new one."""
        self._gone.add(url)
        self._url = None
        self._server.forget()

    def _search(self) -> Calendar | None:
        place = self._server.place()
        if place.calendar is not None:
            titles = (self._calendar, calendar_title(self._calendar))
            if self._named and place.calendar.name not in titles:
                raise ConflictError("caldav.address_is_a_calendar", name=place.calendar.name, value=self._calendar)
            return place.calendar
        calendars = self._server.calendars()
        for title in (calendar_title(self._calendar), self._calendar):
            for calendar in calendars:
                if calendar.name == title:
                    return calendar
        return None

    def _make(self) -> str:
        calendar = self._server.make_calendar(calendar_title(self._calendar))
        self._gone.discard(calendar.url)
        self._keep(calendar)
        return calendar.url

    def _keep(self, calendar: Calendar) -> None:
        if not calendar.writable:
            raise RemoteError("caldav.read_only", name=calendar.name)
        self._url = calendar.url
        self._addresses.save(self._calendar, calendar.url)


def at_once(work: Sequence[Callable[[], Result]]) -> Iterator[Result | ToolkitError]:
    """What each piece of work came to, in order, all of them done at the same time.

    The threads are daemons: who stops the program a second time doesn't wait for a server that doesn't answer.
    """
    if len(work) == 1:
        yield _outcome(work[0])
        return
    outcomes: list[Future[Result | ToolkitError]] = [Future() for _ in work]
    for one, outcome in zip(work, outcomes, strict=True):
        Thread(target=_settle, args=(one, outcome), daemon=True).start()
    for outcome in outcomes:
        yield outcome.result()


def _settle(work: Callable[[], Result], outcome: Future[Result | ToolkitError]) -> None:
    try:
        outcome.set_result(_outcome(work))
    except BaseException as error:  # noqa: BLE001 (it is raised again where somebody waits for it)
        outcome.set_exception(error)


def _outcome(work: Callable[[], Result]) -> Result | ToolkitError:
    try:
        return work()
    except ToolkitError as error:
        return error


def next_generation(event_id: str) -> str:
    """The id to use instead of one that a server keeps in its bin; the same everywhere."""
    return base64.b32hexencode(hashlib.sha256(f"{event_id}+".encode()).digest()[:20]).decode("ascii").lower()


def _address(calendar: str, event_id: str) -> str:
    return urljoin(calendar, f"{event_id}.ics")


def _read(item: Item) -> _Standing | None:
    """The event of ours in a calendar object; None if it is somebody else's, or no longer readable as ours."""
    try:
        parts = components(item.text).parts
    except ValueError:
        return None
    text = _master(parts)
    if not text or not is_ours(text):
        return None
    try:
        event_id, event, marks = event_and_marks(text)
    except ValueError:
        return None
    if exceptions := sorted(line for part in parts if (line := _exception(part))):
        event = replace(event, recurrence=(*event.recurrence, *exceptions))
    made = Made(event_id, marks.key, marks.content, marks.run, item.etag, event)
    return _Standing(made, marks.import_name, item.url, text)


def _master(parts: Sequence[str]) -> str:
    """The component that says what the event is; the others are single occurrences of it, and time zones."""
    return next((part for part in parts if kind_of(part) == "VEVENT" and not _exception(part)), "")


def _exception(part: str) -> str:
    """An occurrence that somebody changed by hand, in the form of the series' own EXDATE; "" for anything else."""
    if kind_of(part) != "VEVENT" or uid_of(part) is None:
        return ""
    found = re.search(r"^RECURRENCE-ID([;:][^\r\n]{1,200})", part, re.MULTILINE | re.IGNORECASE)
    return f"EXDATE{found[1]}" if found else ""


def _marks(made: Made) -> tuple[str, str, str]:
    return made.key, made.content, made.run


def _wanted_marks(operation: Operation) -> tuple[str, str, str]:
    assert operation.marks is not None
    return operation.marks.key, operation.marks.content, operation.marks.run


def _says(made: Made, operation: Operation) -> bool:
    """Whether an event is what this update would have made of it."""
    assert operation.event is not None
    return _marks(made) == _wanted_marks(operation) and content_hash(made.event) == content_hash(operation.event)
