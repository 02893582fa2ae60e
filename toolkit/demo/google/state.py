"""What the loopback Google remembers: calendars, events, tombstones, version marks. It behaves as Google documents and
as its users report: ids stay taken after a delete, etags guard writes, deleted events remain as cancelled ones.
"""

from __future__ import annotations

import re
import secrets
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.demo.google.contract import ApiError, Call, Json
from toolkit.demo.google.listing import PAGE_DEFAULT, PAGE_LIMIT, bound, flag, matches, one, page_of, put_in_order
from toolkit.demo.google.rules import READ_ONLY, check_event, merged, now, shown, without_none, written, zone_of
from toolkit.demo.google.series import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OWNER = "thanhvien@example.com"
EVENT_ID = re.compile(r"[a-v0-9]{5,1024}")
INSTANCE_ID = re.compile(r"([a-v0-9]{5,1024})_([0-9]{8}(?:T[0-9]{6}Z)?)")
NOT_WITH_SYNC_TOKEN = ("iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin",
                       "timeMax", "updatedMin")  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One request, recognised and well-formed. `app_only`: its access token may only touch calendars that the
    application itself made."""

    call: Call
    body: Json
    if_match: str | None
    app_only: bool

    @property
    def event_id(self) -> str:
        return self.call.path["eventId"]


@dataclass
class Calendar:
    """One calendar: its resource, its events by id (tombstones included), and when each last changed."""

    resource: Json
    by_app: bool
    events: dict[str, Json] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.resource["timeZone"])

    def live(self) -> list[Json]:
        """The events that stand in the calendar now, cancelled ones left out."""
        return [event for event in self.events.values() if event["status"] != "cancelled"]


class State:
    """Every calendar of one account, and the verbs of the API on them. One lock: requests are answered one by one."""

    def __init__(self, zone: str = "Asia/Ho_Chi_Minh") -> None:
        self.lock = threading.RLock()
        self.calendars: dict[str, Calendar] = {}
        self._zone = zone
        self._mark = 0
        self._oldest_sync = 0
        self._add_calendar({"summary": OWNER, "timeZone": zone}, OWNER, by_app=False)

    # --- what a test or a lesson does behind the API's back ---

    def purge_tombstones(self) -> None:
        """Forget deleted events for good, as Google does after a while."""
        with self.lock:
            for calendar in self.calendars.values():
                gone = [key for key, event in calendar.events.items() if event["status"] == "cancelled"]
                for key in gone:
                    del calendar.events[key]

    def edit(self, calendar: Calendar, event_id: str, fields: Json) -> None:
        """The member changes fields of an event by hand; None clears one, status="cancelled" deletes the event."""
        with self.lock:
            event = self._event(calendar, event_id)
            if fields.get("status") == "cancelled":
                event["status"] = "cancelled"
                self._touch(calendar, event)
            else:
                self._replace(calendar, event, merged(event, fields))

    def expire_sync_tokens(self) -> None:
        self._oldest_sync = self._mark + 1

    # --- the API ---

    def answer(self, ask: Ask) -> Json:
        """Do what the request asks and give back the resource (None for an empty answer). ApiError says why not."""
        verbs: Mapping[str, Callable[[Ask], Json]] = {
            "calendars.insert": self._calendars_insert,
            "calendars.get": self._calendars_get,
            "calendars.update": self._calendars_change,
            "calendars.patch": self._calendars_change,
            "calendars.delete": self._calendars_delete,
            "calendarList.list": self._calendar_list,
            "calendarList.get": self._calendar_list_get,
            "events.list": self._events_list,
            "events.get": self._events_get,
            "events.insert": self._events_insert,
            "events.import": self._events_import,
            "events.update": self._events_update,
            "events.patch": self._events_patch,
            "events.delete": self._events_delete,
            "events.instances": self._events_instances,
        }
        verb = verbs.get(ask.call.method.id)
        if verb is None:
            raise ApiError(501, "notImplemented", f"{ask.call.method.id} is not part of the loopback calendar")
        with self.lock:
            return verb(ask)

    def _calendars_insert(self, ask: Ask) -> Json:
        if not ask.body.get("summary"):
            raise ApiError(400, "required", "Missing title.")
        zone_of(ask.body.get("timeZone") or self._zone)
        calendar_id = f"{secrets.token_hex(16)}@group.calendar.google.com"
        return self._add_calendar(ask.body, calendar_id, by_app=True)

    def _calendars_get(self, ask: Ask) -> Json:
        return self._calendar(ask).resource

    def _calendars_change(self, ask: Ask) -> Json:
        resource = self._calendar(ask).resource
        _guard(resource, ask.if_match)
        zone_of(ask.body.get("timeZone") or self._zone)
        resource.update({name: value for name, value in ask.body.items() if name not in {"id", "kind", "etag"}})
        resource["etag"] = self._etag()
        return resource

    def _calendars_delete(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        if not calendar.by_app:
            raise ApiError(403, "cannotDeletePrimaryCalendar", "The primary calendar can't be deleted.")
        del self.calendars[calendar.resource["id"]]

    def _calendar_list(self, ask: Ask) -> Json:
        entries = [_entry(calendar) for calendar in self.calendars.values()]
        page, token = page_of(ask.call, entries, default=100, limit=250)
        return without_none({"kind": "calendar#calendarList", "items": page, "nextPageToken": token})

    def _calendar_list_get(self, ask: Ask) -> Json:
        return _entry(self._calendar(ask))

    def _events_get(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        return shown(calendar.zone, self._event(calendar, ask.event_id))

    def _events_list(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        since = self._since(ask.call)
        deleted = flag(ask.call, "showDeleted") or since is not None
        events = [event for event in calendar.events.values() if calendar.changed[event["id"]] > (since or 0)]
        events = [
            event for event in events if matches(calendar.zone, calendar.events, event, ask.call, deleted=deleted)
        ]
        if flag(ask.call, "singleEvents"):
            events = expand(
                calendar.zone, events, calendar.events, bound(ask.call, "timeMin"), bound(ask.call, "timeMax")
            )
        put_in_order(ask.call, calendar.zone, calendar.changed, events)
        page, token = page_of(ask.call, events, default=PAGE_DEFAULT, limit=PAGE_LIMIT)
        return without_none(
            {
                "kind": "calendar#events",
                "etag": f'"p{self._mark}"',
                "summary": calendar.resource["summary"],
                "timeZone": calendar.resource["timeZone"],
                "updated": now(),
                "accessRole": "owner",
                "defaultReminders": [],
                "items": [shown(calendar.zone, event) for event in page],
                "nextPageToken": token,
                "nextSyncToken": None if token else f"sync-{self._mark}",
            }
        )

    def _events_instances(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        master = self._event(calendar, ask.event_id)
        if not master.get("recurrence"):
            raise ApiError(400, "badRequest", "The event isn't a recurring event.")
        events = expand(
            calendar.zone, [master], calendar.events, bound(ask.call, "timeMin"), bound(ask.call, "timeMax")
        )
        page, token = page_of(ask.call, events, default=PAGE_DEFAULT, limit=PAGE_LIMIT)
        items = [shown(calendar.zone, event) for event in page]
        return without_none({"kind": "calendar#events", "items": items, "nextPageToken": token})

    def _events_insert(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        event_id = ask.body.get("id") or secrets.token_hex(13)
        if not EVENT_ID.fullmatch(event_id):
            raise ApiError(400, "invalid", "Invalid resource id value.")
        if event_id in calendar.events:
            raise ApiError(409, "duplicate", "The requested identifier already exists.")
        if ask.body.get("iCalUID") and ask.body.get("id"):
            raise ApiError(400, "invalid", "Only one of id and iCalUID may be supplied.")
        return shown(calendar.zone, self._store_new(calendar, event_id, ask.body))

    def _events_import(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        uid = ask.body.get("iCalUID")
        if not uid:
            raise ApiError(400, "required", "Missing iCalUID.")
        for event in calendar.events.values():
            if event["iCalUID"] == uid and "recurringEventId" not in event:
                if ask.body.get("sequence", 0) <= event["sequence"] and not _same_content(event, ask.body):
                    raise ApiError(409, "duplicate", "The requested identifier already exists.")
                return shown(calendar.zone, self._replace(calendar, event, ask.body))
        return shown(calendar.zone, self._store_new(calendar, secrets.token_hex(13), ask.body))

    def _events_update(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        event = self._event(calendar, ask.event_id)
        _guard(event, ask.if_match)
        return shown(calendar.zone, self._replace(calendar, event, ask.body))

    def _events_patch(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        event = self._event(calendar, ask.event_id)
        _guard(event, ask.if_match)
        return shown(calendar.zone, self._replace(calendar, event, merged(event, ask.body)))

    def _events_delete(self, ask: Ask) -> Json:
        calendar = self._calendar(ask)
        event = self._event(calendar, ask.event_id)
        if event["status"] == "cancelled":
            raise ApiError(410, "deleted", "Resource has been deleted")
        _guard(event, ask.if_match)
        event["status"] = "cancelled"
        self._touch(calendar, event)
        for other in calendar.events.values():
            if other.get("recurringEventId") == event["id"]:
                other["status"] = "cancelled"
                self._touch(calendar, other)

    # --- the pieces ---

    def _add_calendar(self, body: Json, calendar_id: str, *, by_app: bool) -> Json:
        resource = {
            "kind": "calendar#calendar",
            "etag": self._etag(),
            "id": calendar_id,
            "summary": body["summary"],
            "timeZone": body.get("timeZone") or self._zone,
        }
        resource.update({name: body[name] for name in ("description", "location") if body.get(name)})
        self.calendars[calendar_id] = Calendar(resource, by_app)
        return resource

    def _calendar(self, ask: Ask) -> Calendar:
        wanted = ask.call.path["calendarId"]
        calendar = self.calendars.get(OWNER if wanted == "primary" else wanted)
        if calendar is None:
            raise ApiError(404, "notFound", "Not Found")
        if ask.app_only and not calendar.by_app:
            # Google documents that the scope gives no access, not with which status it says so.
            raise ApiError(403, "insufficientPermissions", "The calendar wasn't made by this application.")
        return calendar

    def _event(self, calendar: Calendar, event_id: str) -> Json:
        event = calendar.events.get(event_id)
        if event is not None:
            return event
        instance = INSTANCE_ID.fullmatch(event_id)
        master = calendar.events.get(instance[1]) if instance else None
        if instance and master and master.get("recurrence"):
            for virtual in expand(calendar.zone, [master], calendar.events, None, None):
                if virtual["id"] == event_id:
                    return virtual
        raise ApiError(404, "notFound", "Not Found")

    def _store_new(self, calendar: Calendar, event_id: str, body: Json) -> Json:
        created = now()
        event: Json = {
            "kind": "calendar#event",
            "id": event_id,
            "status": "confirmed",
            "htmlLink": f"https://www.google.com/calendar/event?eid={event_id[:12]}",
            "created": created,
            "creator": {"email": OWNER},
            "organizer": {"email": calendar.resource["id"], "displayName": calendar.resource["summary"], "self": True},
            "iCalUID": body.get("iCalUID") or f"{event_id}@google.com",
            "sequence": 0,
            "eventType": "default",
            **written(body),
        }
        check_event(calendar.zone, event)
        self._touch(calendar, event)
        return event

    def _replace(self, calendar: Calendar, event: Json, body: Json) -> Json:
        if body.get("sequence") is not None and body["sequence"] < event["sequence"]:
            raise ApiError(400, "invalid", "Invalid sequence value.")
        keep = {"id", "iCalUID", "recurringEventId", "originalStartTime", *READ_ONLY}
        fresh = {name: value for name, value in event.items() if name in keep}
        fresh |= {"status": "confirmed", **written(body)}
        moved = any(event.get(name) != fresh.get(name) for name in ("start", "end", "recurrence"))
        fresh["sequence"] = max(event["sequence"], body.get("sequence") or 0) + (1 if moved else 0)
        check_event(calendar.zone, fresh)
        event.clear()
        event.update(fresh)
        self._touch(calendar, event)
        return event

    def _touch(self, calendar: Calendar, event: Json) -> None:
        event["etag"] = self._etag()
        event["updated"] = now()
        calendar.events[event["id"]] = event  # an occurrence of a series comes to stand on its own here
        calendar.changed[event["id"]] = self._mark

    def _etag(self) -> str:
        self._mark += 1
        return f'"{self._mark:016d}"'

    def _since(self, call: Call) -> int | None:
        token = one(call, "syncToken")
        if token is None:
            return None
        clash = [name for name in NOT_WITH_SYNC_TOKEN if name in call.query]
        if clash or call.query.get("showDeleted") == ["false"]:
            raise ApiError(400, "badRequest", f"syncToken can't be combined with {', '.join(clash) or 'showDeleted'}.")
        number = token.removeprefix("sync-")
        if not number.isdecimal() or int(number) < self._oldest_sync:
            raise ApiError(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.")
        return int(number)


def _entry(calendar: Calendar) -> Json:
    return {
        **calendar.resource,
        "kind": "calendar#calendarListEntry",
        "accessRole": "owner",
        "defaultReminders": [],
        "primary": not calendar.by_app,
    }


def _guard(resource: Json, if_match: str | None) -> None:
    if if_match not in (None, "*", resource.get("etag")):
        raise ApiError(412, "conditionNotMet", "Precondition Failed")


def _same_content(event: Json, body: Json) -> bool:
    return all(event.get(name) == value for name, value in written(body).items())
