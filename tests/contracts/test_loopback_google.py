"""The loopback Google against Google's own discovery document, asked over plain HTTP and through the real library."""

from __future__ import annotations

import http.client
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.demo.google.contract import shipped
from toolkit.demo.google.tokens import CLIENT_ID, CLIENT_SECRET
from toolkit.demo.google.wire import APP_CREATED
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = "https://www.googleapis.com/auth/calendar"
ID = "abcde01234"
HOUR = {
    "start": {"dateTime": "2026-12-01T08:30:00+07:00"},
    "end": {"dateTime": "2026-12-01T09:30:00+07:00"},
    "summary": "Gặp chị Hoa",
}
DAY: dict[str, Any] = {"start": {"date": "2026-12-03"}, "end": {"date": "2026-12-04"}, "summary": "Giỗ ông"}
WEEKLY = {
    "start": {"dateTime": "2026-12-01T08:30:00", "timeZone": "Asia/Ho_Chi_Minh"},
    "end": {"dateTime": "2026-12-01T09:30:00", "timeZone": "Asia/Ho_Chi_Minh"},
    "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"],
    "summary": "Lớp tối",
}


class Asker:
    """Asks over bare HTTP, so that what the client library would never send can be sent too."""

    def __init__(self, google: LoopbackGoogle, scopes: list[str] | None = None) -> None:
        self.google = google
        self.token = google.credentials(scopes).token
        self.calendar = self("POST", "calendars", {"summary": "Sổ tay"})[1]["id"]

    def __call__(
        self, verb: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **query: Any
    ) -> tuple[int, Any]:
        address = urlsplit(self.google.root)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
        target = f"/calendar/v3/{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")
        text = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        try:
            connection.request(verb, target, text, {"Authorization": f"Bearer {self.token}", **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(content) if content else None

    def events(self, verb: str, path: str = "", body: Any = None, **more: Any) -> tuple[int, Any]:
        return self(verb, f"calendars/{quote(self.calendar)}/events{path}", body, **more)

    def ids(self, **query: Any) -> list[str]:
        return [event["id"] for event in self.events("GET", **query)[1]["items"]]


@pytest.fixture
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle(scopes=[FULL]) as server:
        yield server


@pytest.fixture
def ask(google: LoopbackGoogle) -> Asker:
    return Asker(google)


@pytest.fixture(scope="module")
def lasting() -> Iterator[Asker]:
    with LoopbackGoogle(scopes=[FULL]) as server:
        yield Asker(server)


def reason(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["error"]["errors"][0]["reason"]


def test_every_method_of_the_discovery_document_is_recognised() -> None:
    contract = shipped()
    assert len(contract.methods) == 38
    for method in contract.methods:
        path = method.path.pattern.replace("\\", "")
        while "(?P<" in path:
            begin = path.index("(?P<")
            path = path[:begin] + "x" + path[path.index(")", begin) + 1 :]
        assert contract.call(method.verb, path, {}).method is method


def test_what_the_library_builds_fits_the_contract(google: LoopbackGoogle) -> None:
    from googleapiclient import discovery_cache

    document = json.loads(discovery_cache.get_static_doc("calendar", "v3"))
    assert shipped().base == "/" + document["servicePath"]
    assert shipped().batch == "/batch/calendar/v3"


@pytest.mark.parametrize(
    "query",
    [
        {"showdeleted": "true"}, {"showDeleted": "yes"}, {"maxResults": "0"}, {"maxResults": "many"},
        {"maxResults": "99999999999"}, {"orderBy": "colour"}, {"timeMin": "yesterday"},
        {"timeMin": "2026-12-01T00:00:00"},
        {"pageToken": "x"}, {"iCalUID": ["a", "b"]}, {"privateExtendedProperty": "noequals"}, {"eventTypes": "party"},
    ],
)  # fmt: skip
def test_a_query_that_google_would_not_understand_is_refused(ask: Asker, query: dict[str, Any]) -> None:
    ask.events("POST", body=HOUR)
    assert ask.events("GET", **query)[0] == 400


@pytest.mark.parametrize(
    "change",
    [
        {"titel": "x"}, {"summary": 7}, {"start": "2026-12-01"}, {"start": {"datetime": "2026-12-01T08:30:00Z"}},
        {"attendees": "lan@example.com"}, {"attendees": [{"mail": "x"}]}, {"attendees": [{"email": "Lan"}]},
        {"reminders": {"useDefault": "no"}}, {"recurrence": "RRULE:FREQ=DAILY"}, {"colorId": 7}, {"colorId": "99"},
        {"start": {}}, {"end": None}, {"end": HOUR["start"]}, {"end": {"date": "2026-12-02"}},
        {"start": {"dateTime": "2026-12-01T08:30:00"}}, {"start": {"dateTime": "today"}},
        {"start": {"dateTime": "2026-12-01T08:30:00+07:00", "timeZone": "Asia/Hà_Nội"}},
        {"recurrence": ["RRULE:FREQ=WEEKLY"]}, {"recurrence": ["DTSTART:20261201T083000"]},
        {**WEEKLY, "recurrence": ["RRULE:FREQ=SOMETIMES"]},
        {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": m} for m in range(6)]}},
        {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 40_321}]}},
        {"reminders": {"useDefault": False, "overrides": [{"method": "pigeon", "minutes": 5}]}},
        {"reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]}},
        {"extendedProperties": {"private": {"k" * 45: "v"}}}, {"extendedProperties": {"private": {"k": "v" * 1025}}},
        {"extendedProperties": {"private": {"k": 1}}}, {"extendedProperties": {"secret": {}}},
        {"id": "abcd"}, {"id": "ABCDE"}, {"id": "wxyz1"}, {"id": "a" * 1025}, {"id": "abc-1"},
        {"id": "abcde", "iCalUID": "x@example.com"},
    ],
)  # fmt: skip
def test_a_body_that_google_would_refuse_is_refused(ask: Asker, change: dict[str, Any]) -> None:
    answer = ask.events("POST", body={**HOUR, **change})
    assert answer[0] == 400
    assert ask.google.events() == []


def test_a_body_that_is_no_json_is_refused(ask: Asker) -> None:
    assert reason(ask.events("POST", body=b"{half")) == (400, "parseError")
    assert ask.events("POST", body=[1])[0] == 400


def test_an_unknown_path_is_not_found(ask: Asker) -> None:
    assert ask("GET", "calendar")[0] == 404
    assert ask("PUT", "calendars")[0] == 404
    assert ask("GET", "calendars/nobody/events")[0] == 404


def test_a_method_that_the_loopback_does_not_play_says_so(ask: Asker) -> None:
    assert reason(ask("GET", "colors")) == (501, "notImplemented")


def test_an_event_is_kept_as_google_keeps_it(ask: Asker) -> None:
    status, made = ask.events("POST", body={**HOUR, "id": ID, "location": "", "created": "1999-01-01T00:00:00Z"})
    assert status == 200
    assert made["id"] == ID
    assert made["iCalUID"] == f"{ID}@google.com"
    assert (made["status"], made["sequence"], made["eventType"]) == ("confirmed", 0, "default")
    assert made["start"] == {"dateTime": "2026-12-01T08:30:00+07:00", "timeZone": "Asia/Ho_Chi_Minh"}
    assert made["reminders"] == {"useDefault": True}
    assert "location" not in made
    assert not made["created"].startswith("1999")
    assert ask.events("GET", f"/{ID}")[1] == made


def test_times_are_shown_in_the_calendars_zone(ask: Asker) -> None:
    ask.calendar = ask("POST", "calendars", {"summary": "UTC", "timeZone": "UTC"})[1]["id"]
    made = ask.events("POST", body=WEEKLY)[1]
    assert made["start"] == {"dateTime": "2026-12-01T01:30:00Z", "timeZone": "Asia/Ho_Chi_Minh"}


def test_an_id_stays_taken_after_a_delete(ask: Asker) -> None:
    ask.events("POST", body={**HOUR, "id": ID})
    assert reason(ask.events("POST", body={**HOUR, "id": ID})) == (409, "duplicate")
    assert ask.events("DELETE", f"/{ID}") == (204, None)
    assert reason(ask.events("DELETE", f"/{ID}")) == (410, "deleted")
    assert reason(ask.events("POST", body={**HOUR, "id": ID})) == (409, "duplicate")
    assert ask.events("GET", f"/{ID}")[1]["status"] == "cancelled"
    assert ask.ids() == []
    assert ask.ids(showDeleted="true") == [ID]
    assert ask.events("PUT", f"/{ID}", {**HOUR, "status": "confirmed"})[1]["status"] == "confirmed"
    assert ask.ids() == [ID]
    ask.events("DELETE", f"/{ID}")
    ask.google.state.purge_tombstones()
    assert ask.events("GET", f"/{ID}")[0] == 404
    assert ask.events("POST", body={**HOUR, "id": ID})[0] == 200


def test_an_update_replaces_and_a_patch_merges(ask: Asker) -> None:
    ask.events(
        "POST", body={**HOUR, "id": ID, "location": "A", "extendedProperties": {"private": {"a": "1", "b": "2"}}}
    )
    change = {"description": "mới", "extendedProperties": {"private": {"a": None, "c": "3"}}}
    patched = ask.events("PATCH", f"/{ID}", change)[1]
    assert (patched["location"], patched["description"]) == ("A", "mới")
    assert patched["extendedProperties"]["private"] == {"b": "2", "c": "3"}
    replaced = ask.events("PUT", f"/{ID}", HOUR)[1]
    assert not {"location", "description", "extendedProperties"} & set(replaced)
    half = {"start": {"date": "2026-12-03", "dateTime": None}, "end": {"date": "2026-12-04"}}
    assert ask.events("PATCH", f"/{ID}", half)[0] == 400  # the end would still have its hour
    moved = {what: {**when, "dateTime": None, "timeZone": None} for what, when in DAY.items() if what != "summary"}
    assert ask.events("PATCH", f"/{ID}", moved)[1]["start"] == {"date": "2026-12-03"}


def test_etags_guard_writes(ask: Asker) -> None:
    first = ask.events("POST", body={**HOUR, "id": ID})[1]["etag"]
    second = ask.events("PATCH", f"/{ID}", {"summary": "x"}, headers={"If-Match": first})[1]["etag"]
    assert second != first
    for verb in ("PATCH", "PUT", "DELETE"):
        stale = ask.events(verb, f"/{ID}", None if verb == "DELETE" else HOUR, headers={"If-Match": first})
        assert reason(stale) == (412, "conditionNotMet")
    assert ask.events("GET", f"/{ID}")[1]["summary"] == "x"
    assert ask.events("DELETE", f"/{ID}", headers={"If-Match": second})[0] == 204


def test_the_sequence_counts_moves_and_may_not_fall(ask: Asker) -> None:
    ask.events("POST", body={**HOUR, "id": ID})
    assert ask.events("PATCH", f"/{ID}", {"summary": "x"})[1]["sequence"] == 0
    assert ask.events("PATCH", f"/{ID}", {"end": {"dateTime": "2026-12-01T10:30:00+07:00"}})[1]["sequence"] == 1
    assert ask.events("PUT", f"/{ID}", {**HOUR, "sequence": 0})[0] == 400


def test_an_import_of_a_changed_event_is_a_duplicate(ask: Asker) -> None:
    body = {**HOUR, "iCalUID": "uid@example.com"}
    assert ask.events("POST", "/import", HOUR)[0] == 400
    assert ask.events("POST", "/import", body)[0] == 200
    assert ask.events("POST", "/import", body)[0] == 200
    assert reason(ask.events("POST", "/import", {**body, "summary": "khác"})) == (409, "duplicate")
    assert len(ask.google.events()) == 1


def test_pages_hold_together(ask: Asker) -> None:
    made = [ask.events("POST", body=HOUR)[1]["id"] for _ in range(7)]
    seen: list[str] = []
    token: dict[str, Any] = {}
    while True:
        page = ask.events("GET", maxResults=3, **token)[1]
        seen += [event["id"] for event in page["items"]]
        assert ("nextPageToken" in page) != ("nextSyncToken" in page)
        if "nextPageToken" not in page:
            break
        token = {"pageToken": page["nextPageToken"]}
    assert seen == made


def test_listing_by_private_properties_needs_all_of_them(ask: Asker) -> None:
    for number in range(4):
        private = {"a": str(number % 2), "b": "x=1"}
        ask.events("POST", body={**HOUR, "id": f"{ID}{number}", "extendedProperties": {"private": private}})
    assert ask.ids(privateExtendedProperty="a=1") == [f"{ID}1", f"{ID}3"]
    assert len(ask.ids(privateExtendedProperty=["a=1", "b=x=1"])) == 2
    assert ask.ids(privateExtendedProperty=["a=1", "a=0"]) == []
    assert ask.ids(sharedExtendedProperty="a=1") == []


def test_a_window_of_time_has_open_ends(ask: Asker) -> None:
    ask.events("POST", body={**HOUR, "id": ID})
    assert ask.ids(timeMin="2026-12-01T09:30:00+07:00") == []
    assert ask.ids(timeMin="2026-12-01T09:29:00+07:00", timeMax="2026-12-01T08:31:00+07:00") in ([], [ID])
    assert ask.ids(timeMax="2026-12-01T08:30:00+07:00") == []
    assert ask.ids(timeMin="2026-12-01T00:00:00Z", timeMax="2026-12-02T00:00:00Z") == [ID]


def test_words_uid_and_order(ask: Asker) -> None:
    ask.events("POST", body={**DAY, "id": ID + "2"})
    ask.events("POST", body={**HOUR, "id": ID})
    assert ask.ids(q="chị hoa") == [ID]
    assert ask.ids(iCalUID=f"{ID}2@google.com") == [ID + "2"]
    assert ask.ids(orderBy="startTime", singleEvents="true") == [ID, ID + "2"]
    assert ask.events("GET", orderBy="startTime")[0] == 400
    ask.events("PATCH", f"/{ID}2", {"summary": "x"})
    assert ask.ids(orderBy="updated") == [ID, ID + "2"]


def test_a_sync_token_gives_what_changed_and_may_expire(ask: Asker) -> None:
    for number in range(3):
        ask.events("POST", body={**HOUR, "id": f"{ID}{number}"})
    token = ask.events("GET")[1]["nextSyncToken"]
    assert ask.ids(syncToken=token) == []
    ask.events("DELETE", f"/{ID}0")
    ask.events("PATCH", f"/{ID}2", {"summary": "x"})
    changed = ask.events("GET", syncToken=token)[1]["items"]
    assert [(event["id"], event["status"]) for event in changed] == [(f"{ID}0", "cancelled"), (f"{ID}2", "confirmed")]
    assert ask.events("GET", syncToken=token, q="x")[0] == 400
    ask.google.state.expire_sync_tokens()
    assert reason(ask.events("GET", syncToken=token)) == (410, "fullSyncRequired")


def test_a_series_has_occurrences_that_can_be_changed_alone(ask: Asker) -> None:
    ask.events("POST", body={**WEEKLY, "id": ID})
    items = ask.events("GET", f"/{ID}/instances")[1]["items"]
    assert [one["start"]["dateTime"][:10] for one in items] == ["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]
    assert ask.ids() == [ID]
    assert ask.events("DELETE", f"/{items[1]['id']}")[0] == 204
    ask.events("PATCH", f"/{items[2]['id']}", {"summary": "khác"})
    assert ask.ids(singleEvents="true") == [items[0]["id"], items[2]["id"], items[3]["id"]]
    listed = {event["id"]: event for event in ask.events("GET")[1]["items"]}
    assert set(listed) == {ID, items[1]["id"], items[2]["id"]}
    assert listed[items[1]["id"]]["status"] == "cancelled"
    assert listed[items[2]["id"]]["recurringEventId"] == ID
    assert ask.events("GET", f"/{ID}_20301203T013000Z")[0] == 404
    ask.events("DELETE", f"/{ID}")
    assert ask.ids() == []


def test_a_series_is_shown_within_a_window(ask: Asker) -> None:
    ask.events("POST", body={**WEEKLY, "id": ID})
    window = {"timeMin": "2026-12-08T00:00:00+07:00", "timeMax": "2026-12-16T00:00:00+07:00"}
    assert len(ask.ids(singleEvents="true", **window)) == 2


def test_a_series_until_a_moment_ends_there(ask: Asker) -> None:
    rule = ["RRULE:FREQ=WEEKLY;UNTIL=20261215T013000Z", "EXDATE;TZID=Asia/Ho_Chi_Minh:20261208T083000"]
    ask.events("POST", body={**WEEKLY, "id": ID, "recurrence": rule})
    assert len(ask.events("GET", f"/{ID}/instances")[1]["items"]) == 2


def test_calendars_are_made_changed_and_deleted(ask: Asker) -> None:
    path = f"calendars/{quote(ask.calendar)}"
    assert ask("GET", path)[1]["summary"] == "Sổ tay"
    assert ask("PATCH", path, {"summary": "Khác"})[1]["summary"] == "Khác"
    assert ask("POST", "calendars", {"description": "x"})[0] == 400
    assert {entry["summary"] for entry in ask("GET", "users/me/calendarList")[1]["items"]} >= {"Khác"}
    assert ask("DELETE", path)[0] == 204
    assert ask("GET", path)[0] == 404
    assert ask("DELETE", "calendars/primary")[0] == 403


def test_tokens_and_scopes_are_asked_for(google: LoopbackGoogle) -> None:
    ask = Asker(google, [APP_CREATED])
    assert ask.events("GET")[0] == 200
    assert reason(ask("GET", "users/me/calendarList")) == (403, "insufficientPermissions")
    assert reason(ask("GET", "calendars/primary/events")) == (403, "insufficientPermissions")
    good, ask.token = ask.token, "guessed"
    assert reason(ask.events("GET")) == (401, "authError")
    ask.token = good
    google.tokens.expire()
    assert reason(ask.events("GET")) == (401, "authError")


def token(google: LoopbackGoogle, path: str = "token", **form: str | None) -> tuple[int, Any]:
    address = urlsplit(google.root)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    if path == "token":
        form = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **form}
    try:
        connection.request("POST", f"/{path}", urlencode({k: v for k, v in form.items() if v is not None}))
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_the_token_endpoint_refreshes_until_the_consent_is_withdrawn(google: LoopbackGoogle) -> None:
    credentials = google.credentials()
    status, fresh = token(google, grant_type="refresh_token", refresh_token=credentials.refresh_token)
    assert status == 200
    assert fresh["token_type"] == "Bearer"
    ask = Asker(google)
    ask.token = fresh["access_token"]
    assert ask.events("GET")[0] == 200
    assert token(google, grant_type="password")[1]["error"] == "unsupported_grant_type"
    assert token(google, "revoke", token=credentials.refresh_token) == (200, {})
    status, gone = token(google, grant_type="refresh_token", refresh_token=credentials.refresh_token)
    assert (status, gone["error"]) == (400, "invalid_grant")
    assert token(google, "revoke", token=credentials.refresh_token)[1]["error"] == "invalid_token"
    assert token(google, grant_type="refresh_token", client_secret="x")[1]["error"] == "invalid_client"


def batch_body(parts: list[tuple[str, str, Any]]) -> tuple[bytes, dict[str, str]]:
    lines: list[str] = []
    for number, (verb, path, body) in enumerate(parts):
        lines += ["--b", "Content-Type: application/http", f"Content-ID: <x + {number}>", "", f"{verb} {path} HTTP/1.1"]
        lines += ["Content-Type: application/json", "", "" if body is None else json.dumps(body)]
    return "\r\n".join([*lines, "--b--", ""]).encode(), {"Content-Type": 'multipart/mixed; boundary="b"'}


def test_the_parts_of_a_batch_succeed_and_fail_on_their_own(google: LoopbackGoogle) -> None:
    ask = Asker(google)
    path = f"/calendar/v3/calendars/{quote(ask.calendar)}/events"
    body, headers = batch_body(
        [
            ("POST", path, {**HOUR, "id": ID}),
            ("POST", path, {**HOUR, "id": ID}),
            ("POST", path, {**HOUR, "id": "BAD"}),
            ("DELETE", f"{path}/{ID}", None),
            ("GET", "/nowhere", None),
        ]
    )
    address = urlsplit(google.root)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    connection.request("POST", "/batch/calendar/v3", body, {"Authorization": f"Bearer {ask.token}", **headers})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    assert answer.status == 200
    assert [line.split()[1] for line in text.splitlines() if line.startswith("HTTP/1.1")] == [
        "200",
        "409",
        "400",
        "204",
        "404",
    ]
    assert [line for line in text.splitlines() if line.startswith("Content-ID")][1] == "Content-ID: <response-x + 1>"
    assert google.counts() == {"calendars.insert": 1, "events.insert": 3, "events.delete": 1, "batch": 1}
    assert google.round_trips == 2


def test_a_batch_that_is_none_or_too_long_is_refused(google: LoopbackGoogle) -> None:
    ask = Asker(google)
    address = urlsplit(google.root)
    for body, headers in ((b"{}", {}), batch_body([("GET", "/calendar/v3/colors", None)] * 1001)):
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
        connection.request("POST", "/batch/calendar/v3", body, {"Authorization": f"Bearer {ask.token}", **headers})
        assert connection.getresponse().status == 400
        connection.close()


def test_the_server_listens_on_this_machine_only(google: LoopbackGoogle) -> None:
    assert google._server.server_address[0] == "127.0.0.1"


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "start", "end", "date", "dateTime", "timeZone", "recurrence", "reminders", "overrides",
                         "minutes", "method", "useDefault", "attendees", "email", "extendedProperties", "private"]),
        inner, max_size=3,
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=60)
@given(json_values)
def test_no_body_upsets_the_server(lasting: Asker, body: Any) -> None:
    assert lasting.events("POST", body=body)[0] in {200, 400, 409}


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(["start", "end", "recurrence", "reminders", "attendees"]), json_values, max_size=3)
)
def test_no_change_of_a_good_event_upsets_the_server(lasting: Asker, change: dict[str, Any]) -> None:
    assert lasting.events("POST", body={**HOUR, **change})[0] in {200, 400}


@settings(max_examples=40)
@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_no_window_of_time_upsets_the_server(lasting: Asker, first: datetime, last: datetime) -> None:
    answer = lasting.events("GET", timeMin=first.isoformat(), timeMax=last.isoformat(), singleEvents="true")
    assert answer[0] == 200
