"""Google Calendar as a target: a calendar of our own, events under ids of our own, writes that can be repeated.

Repeating any write is harmless. An insert carries the event's id, so Google answers a second one with 409 and we look
at what stands there; an update and a delete carry the version they were planned on, so a second one meets 412 or 410
and we look again. That is what makes a cut connection, a killed process and an impatient retry the same as none.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.calendar.adapters.google_event import (
    CONTENT,
    ID,
    IMPORT,
    KEY,
    Body,
    as_in_series,
    differs_from_series,
    fresh_body,
    from_body,
    import_filter,
    next_generation,
    to_body,
)
from toolkit.calendar.identity import content_hash
from toolkit.calendar.ports import PRIMARY, Operation, Result
from toolkit.core.errors import RemoteError, SignInError, ToolkitError
from toolkit.google.client import BATCH, PENDING, GoogleClient, Part, is_empty, is_object
from toolkit.google.retry import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.calendar.model import Made

PAGE = 2500  # the most that Google gives at once
PATCH_TOKENS = 3  # Google counts a patch as three requests
GENERATIONS = 8
GONE = (404, 410)
DEFAULT_ZONE = "Asia/Ho_Chi_Minh"
# The permissions that let us write into a calendar that isn't of our making.
WRITING_SCOPES = frozenset(
    f"https://www.googleapis.com/auth/calendar{suffix}" for suffix in ("", ".events", ".events.owned")
)
# The permissions under which Google shows the list of the member's calendars.
LISTING_SCOPES = frozenset(
    f"https://www.googleapis.com/auth/calendar{suffix}"
    for suffix in ("", ".readonly", ".calendarlist", ".calendarlist.readonly")
)


class CalendarIds(Protocol):
    """Remembers which of Google's calendars is ours, by the name that the member gave it."""

    def load(self, name: str) -> str | None: ...

    def save(self, name: str, calendar_id: str) -> None: ...


def calendar_title(name: str) -> str:
    """What our calendar is called in the member's list."""
    return f"Sổ tay – {name}"


class GoogleTarget:
    """One calendar that this application made; nothing else of the member's is read or written.

    Only who names the calendar `primary` has events put into the main calendar, beside everything else that is there.
    """

    batch_size = BATCH

    def __init__(self, client: GoogleClient, calendar: str, ids: CalendarIds, *, zone: str = DEFAULT_ZONE) -> None:
        """`calendar` is the member's own name for it; `zone` is given to a new calendar and to all-day events."""
        self.name = f"google:{calendar}"
        self._client, self._calendar, self._ids, self._zone = client, calendar, ids, zone
        self._service: Any = client.service("calendar", "v3")
        self._calendar_id: str | None = None
        self._gone: set[str] = set()
        self._google_ids: dict[str, str] = {}  # event id → the id that Google knows it by, once seen
        self._exceptions: dict[str, list[Body]] = {}  # event id → occurrences that the member changed

    # --- reading ---

    def made_by(self, import_name: str) -> list[Made]:
        """Every event that imports of this name made and that still stands: one listing, page by page."""
        calendar_id = self._find()
        if calendar_id is None:
            return []
        try:
            bodies = list(self._list(calendar_id, import_filter(import_name)))
        except RefusedError as refused:
            if refused.status not in GONE:
                raise
            self._forget(calendar_id)
            return []
        return self._standing(bodies)

    def get(self, event_id: str) -> Made | None:
        """One event by id; None if it doesn't exist or is a tombstone."""
        calendar_id = self._find()
        body = self._living(calendar_id, event_id) if calendar_id else None
        if body is None or calendar_id is None:
            return None
        if not body.get("recurrence"):
            return from_body(body, self._zone)
        marks = body.get("extendedProperties", {}).get("private", {})
        series = [body, *self._list(calendar_id, f"{KEY}={marks.get(KEY, '')}")]
        return next((made for made in self._standing(series) if made.event_id == event_id), None)

    def _standing(self, bodies: list[Body]) -> list[Made]:
        exceptions: dict[str, list[Body]] = {}
        for body in bodies:
            if "recurringEventId" in body:
                exceptions.setdefault(body["recurringEventId"], []).append(body)
        made: dict[str, Made] = {}
        for body in bodies:
            if "recurringEventId" in body or body.get("status") == "cancelled":
                continue
            edited = [one for one in exceptions.get(body["id"], ()) if differs_from_series(one, body)]
            event = from_body(body, self._zone, edited)
            made[event.event_id] = event
            self._google_ids[event.event_id] = body["id"]
            self._exceptions[event.event_id] = edited
        return list(made.values())

    def _list(self, calendar_id: str, mark: str) -> Iterator[Body]:
        token = None
        while True:
            request = self._service.events().list(
                calendarId=calendar_id,
                privateExtendedProperty=[mark],
                maxResults=PAGE,
                showDeleted=False,
                singleEvents=False,
                pageToken=token,
            )
            page = self._client.send(request, lambda reply: is_object(reply, kind="calendar#events"))
            yield from page.get("items", ())
            token = page.get("nextPageToken")
            if not token:
                return

    def _living(self, calendar_id: str, event_id: str) -> Body | None:
        """The body of an event, whichever generation of its id it lives under."""
        google_id = event_id
        for _ in range(GENERATIONS):
            body = self._look(calendar_id, google_id)
            if body is None:
                return None
            if body.get("status") != "cancelled":
                self._google_ids[event_id] = google_id
                return body
            google_id = next_generation(google_id)
        return None

    def _look(self, calendar_id: str, google_id: str) -> Body | None:
        """What stands under an id, tombstones included; None if Google has never heard of it."""
        request = self._service.events().get(calendarId=calendar_id, eventId=google_id)
        try:
            body: Body = self._client.send(request, lambda reply: is_object(reply, id=google_id))
        except RefusedError as refused:
            if refused.status in GONE:
                return None
            raise
        return body

    # --- writing ---

    def perform(self, operations: Sequence[Operation]) -> Iterator[Result]:
        """Write in batches of `batch_size`, yielding each operation's result once it is known to be durable.

        What ends the run (no network, a used-up quota, a lost sign-in) is raised after the results of everything that
        was done before it have been yielded.
        """
        rest = iter(operations)
        while chunk := list(islice(rest, self.batch_size)):
            calendar_id = self._find() or (self._create() if any(one.kind == "insert" for one in chunk) else None)
            if calendar_id is None:
                yield from (_without_calendar(operation) for operation in chunk)
            elif len(chunk) == 1:
                yield self._alone(calendar_id, chunk[0])
            else:
                yield from self._together(calendar_id, chunk)

    def _together(self, calendar_id: str, chunk: Sequence[Operation]) -> Iterator[Result]:
        batched = self._client.send_batch(self._service, [self._part(calendar_id, one) for one in chunk])
        ended = batched.ended
        for operation, found in zip(chunk, batched.found, strict=True):
            if found is PENDING and ended is not None:
                continue
            try:
                if found is PENDING:
                    result = self._alone(calendar_id, operation, tried=1)
                elif isinstance(found, RefusedError):
                    result = self._refused(calendar_id, operation, found)
                elif isinstance(found, ToolkitError):
                    raise found
                else:
                    result = self._done(calendar_id, operation, found)
            except ToolkitError as error:
                ended = ended or error
            else:
                yield result
        if ended is not None:
            raise ended

    def _alone(self, calendar_id: str, operation: Operation, *, tried: int = 0) -> Result:
        part = self._part(calendar_id, operation)
        try:
            reply = self._client.send(part.request, part.check, tokens=part.tokens, tried=tried)
        except RefusedError as refused:
            return self._refused(calendar_id, operation, refused)
        return self._done(calendar_id, operation, reply)

    def _part(self, calendar_id: str, operation: Operation) -> Part:
        events = self._service.events()
        google_id = self._google_ids.get(operation.event_id, operation.event_id)
        place = {"calendarId": calendar_id, "sendUpdates": "none"}
        if operation.kind == "insert":
            body = fresh_body(google_id, _body(operation))
            return Part(events.insert(body=body, **place), lambda reply: is_object(reply, id=google_id))
        if operation.kind == "update":
            part = Part(
                events.patch(eventId=google_id, body=_body(operation), **place),
                lambda reply: is_object(reply, id=google_id),
                PATCH_TOKENS,
            )
        else:
            part = Part(events.delete(eventId=google_id, **place), is_empty)
        if operation.etag:
            _guard(part.request, operation.etag)
        return part

    def _done(self, calendar_id: str, operation: Operation, reply: Any) -> Result:
        if operation.kind == "delete":
            return Result(operation, "done")
        self._google_ids[operation.event_id] = reply["id"]
        for occurrence in self._exceptions.pop(operation.event_id, ()):
            self._set_straight(calendar_id, occurrence, reply)
        return Result(operation, "done", from_body(reply, self._zone))

    def _set_straight(self, calendar_id: str, occurrence: Body, series: Body) -> None:
        """Make a changed occurrence say again what its series says: an update wins over every part of the event."""
        body = as_in_series(occurrence, series)
        request = self._service.events().patch(
            calendarId=calendar_id, eventId=occurrence["id"], body=body, sendUpdates="none"
        )
        try:
            self._client.send(request, lambda reply: is_object(reply, id=occurrence["id"]), tokens=PATCH_TOKENS)
        except RefusedError as refused:
            if refused.status not in (*GONE, 400):  # the changed series has no such occurrence any more
                raise

    # --- when Google says no ---

    def _refused(self, calendar_id: str, operation: Operation, refused: RefusedError) -> Result:
        if operation.kind == "insert" and refused.status == 409:
            return self._taken(calendar_id, operation)
        if operation.kind == "insert" and refused.status == 404:
            self._forget(calendar_id)
            raise RemoteError("google.calendar_gone", name=calendar_title(self._calendar)) from refused
        if operation.kind != "insert" and refused.status in (*GONE, 412):
            return self._moved_on(calendar_id, operation)
        return Result(operation, "failed", None, "google.row_refused", refused.detail or refused.reason)

    def _moved_on(self, calendar_id: str, operation: Operation) -> Result:
        """An update or delete whose event isn't what it was planned on: perhaps by our own write, its answer lost."""
        asked = self._google_ids.get(operation.event_id, operation.event_id)
        body = self._living(calendar_id, operation.event_id)
        if body is None:
            return Result(operation, "done" if operation.kind == "delete" else "conflict")
        if body["id"] != asked and body.get("etag") == operation.etag:
            return self._alone(calendar_id, operation)  # it is the one that was meant, under another generation's id
        made = from_body(body, self._zone)
        written = operation.kind == "update" and _says(made, body, operation)
        return Result(operation, "done" if written else "conflict", made)

    def _taken(self, calendar_id: str, operation: Operation) -> Result:
        """An insert whose id is taken: by the same event (an answer was lost), by another one, or by a tombstone."""
        google_id = self._google_ids.get(operation.event_id, operation.event_id)
        for _ in range(GENERATIONS):
            body = self._look(calendar_id, google_id)
            if body is not None and body.get("status") == "cancelled":
                body = self._revive(calendar_id, operation, google_id, body)
            if body is not None:
                self._google_ids[operation.event_id] = google_id
                made = from_body(body, self._zone)
                return Result(operation, "done" if _says_content(body, operation) else "conflict", made)
            google_id = next_generation(google_id)
            inserted = self._insert_as(calendar_id, operation, google_id)
            if inserted is not None:
                self._google_ids[operation.event_id] = google_id
                return Result(operation, "done", from_body(inserted, self._zone))
        return Result(operation, "failed", None, "google.id_spent", "The requested identifier already exists.")

    def _revive(self, calendar_id: str, operation: Operation, google_id: str, tombstone: Body) -> Body | None:
        """Bring a deleted event back under its own id; None if Google won't."""
        request = self._service.events().update(
            calendarId=calendar_id,
            eventId=google_id,
            body=fresh_body(google_id, _body(operation)),
            sendUpdates="none",
        )
        _guard(request, tombstone["etag"])
        revived = self._unless(request, google_id, (400, 403, 404, 409, 410, 412))
        if revived is None:  # refused, or done already by a try whose answer was lost
            standing = self._look(calendar_id, google_id)
            return standing if standing and standing.get("status") != "cancelled" else None
        return revived

    def _insert_as(self, calendar_id: str, operation: Operation, google_id: str) -> Body | None:
        request = self._service.events().insert(
            calendarId=calendar_id, body=fresh_body(google_id, _body(operation)), sendUpdates="none"
        )
        return self._unless(request, google_id, (409,))

    def _unless(self, request: Any, google_id: str, accepted: Sequence[int]) -> Body | None:
        """The reply; None if Google refuses in one of the ways that the caller knows a way around."""
        try:
            reply: Body = self._client.send(request, lambda reply: is_object(reply, id=google_id))
        except RefusedError as refused:
            if refused.status in accepted:
                return None
            raise
        return reply

    # --- the calendar itself ---

    def _find(self) -> str | None:
        if self._calendar == PRIMARY:
            if not self._client.scopes & WRITING_SCOPES:
                raise SignInError("google.primary_not_allowed")
            return PRIMARY
        if self._calendar_id is None:
            known = self._ids.load(self._calendar)
            self._calendar_id = known if known and known not in self._gone else self._search()
        return self._calendar_id

    def _forget(self, calendar_id: str) -> None:
        """The member removed the whole calendar; the next insert makes a new one."""
        self._gone.add(calendar_id)
        self._calendar_id = None

    def _search(self) -> str | None:
        """A calendar of ours that this machine doesn't know yet, where the sign-in allows to look for it."""
        if not self._client.scopes & LISTING_SCOPES:
            return None
        token = None
        while True:
            request = self._service.calendarList().list(pageToken=token, maxResults=250)
            page = self._client.send(request, lambda reply: is_object(reply, kind="calendar#calendarList"))
            for entry in page.get("items", ()):
                if entry.get("summary") == calendar_title(self._calendar) and entry.get("accessRole") == "owner":
                    self._ids.save(self._calendar, entry["id"])
                    return str(entry["id"])
            token = page.get("nextPageToken")
            if not token:
                return None

    def _create(self) -> str:
        body = {"summary": calendar_title(self._calendar), "timeZone": self._zone}
        request = self._service.calendars().insert(body=body)
        reply = self._client.send(
            request, lambda reply: is_object(reply, summary=body["summary"]) and bool(reply.get("id")), repeatable=False
        )
        calendar_id = str(reply["id"])
        self._ids.save(self._calendar, calendar_id)
        self._calendar_id = calendar_id
        self._google_ids.clear()
        return calendar_id


def _guard(request: Any, etag: str) -> None:
    """Let Google refuse the write if the event has moved on from this version."""
    request.headers["If-Match"] = etag


def _body(operation: Operation) -> Body:
    assert operation.event is not None
    assert operation.marks is not None
    return to_body(operation.event_id, operation.event, operation.marks)


def _says_content(body: Body, operation: Operation) -> bool:
    """Whether an event carries the marks that this operation writes: same import, same row, same content."""
    wanted = _body(operation)["extendedProperties"]["private"]
    marks = body.get("extendedProperties", {}).get("private", {})
    return all(marks.get(name) == wanted[name] for name in (IMPORT, KEY, CONTENT, ID))


def _says(made: Made, body: Body, operation: Operation) -> bool:
    """Whether an event is what this update would have made of it: the marks, the run, and the event itself."""
    assert operation.event is not None
    assert operation.marks is not None
    same_run = made.run == operation.marks.run
    return same_run and _says_content(body, operation) and content_hash(made.event) == content_hash(operation.event)


def _without_calendar(operation: Operation) -> Result:
    """The whole calendar is gone: so is the event."""
    return Result(operation, "done" if operation.kind == "delete" else "conflict")
