"""One CalDAV server as one of its users sees it (RFC 4791): what stands at an address, calendars, events as text.

Addresses that are given back are whole. Everything raises RemoteError or SignInError in the words of `caldav.po`.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote, unquote, urljoin
from xml.sax.saxutils import escape

from toolkit.caldav.address import AddressGate, origin_of
from toolkit.caldav.persistence import DavPersistence, NotDavError, RefusedError
from toolkit.caldav.wire import Wire
from toolkit.core.errors import RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from caldav.davclient import DAVClient
    from caldav.response import DAVResponse

    from toolkit.caldav.wire import Login
    from toolkit.net.persistence import Persistence

_NAMES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_DAV, _CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_DESCRIBE = (
    f"<D:propfind {_NAMES}><D:prop><D:resourcetype/><D:displayname/><D:current-user-principal/>"
    "<D:current-user-privilege-set/><C:calendar-home-set/><C:supported-calendar-component-set/></D:prop></D:propfind>"
)
_EVENTS = (
    f"<C:calendar-query {_NAMES}><D:prop><D:getetag/><C:calendar-data/></D:prop>"
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>'
    "</C:calendar-query>"
)
_WRITING = frozenset({f"{_DAV}{name}" for name in ("all", "write", "write-content", "bind")})
T = TypeVar("T")

_GONE = (404, 410)
_MOVED = frozenset({301, 302, 307, 308})
_MOST_MOVES = 5
_SAME_NAME = 5  # calendars that may lie in a server's bin under the address that a new one would get
_KEPT = "%/@:?!$&'()*+,;=~"  # what stands in an address as it is
_AGENT = "toolkit (sotay-toolkit)"


@dataclass(frozen=True)
class Calendar:
    """A calendar on the server. `writable` is False only where the server says so."""

    url: str
    name: str
    writable: bool = True


@dataclass(frozen=True)
class Item:
    """One calendar object: its address, its version mark (a strong etag; "" if the server gave none), its text."""

    url: str
    etag: str
    text: str


@dataclass(frozen=True)
class Answer:
    """How a write ended: an HTTP status, the new version mark if the server told it, what it said when refusing."""

    status: int
    etag: str = ""
    said: str = ""


@dataclass(frozen=True)
class Place:
    """What stands at an address."""

    url: str
    calendar: Calendar | None = None
    principal: str = ""
    home: str = ""


class Server:
    """Close it, or use it as a context. Events may be written by several threads at once."""

    def __init__(
        self, address: str, login: Login, *, deadline: float = 45.0, persistence: Persistence | None = None
    ) -> None:
        """`address` is one that `read_address` gave; `deadline` is in seconds, for one exchange as a whole;
        a listing may take longer."""
        self.address = address
        self._gate = AddressGate(address)
        self._wire = Wire(self._gate, login, deadline=deadline)
        self._client = _client(address, self._wire)
        self._persistence = persistence or DavPersistence(address)
        self._place: Place | None = None
        self._calendars: tuple[Calendar, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._wire.close()

    # --- what there is ---

    def place(self) -> Place:
        """What stands at the address, or where the server sends those who know only its name (RFC 6764, 5).

        RemoteError("caldav.not_found") if no CalDAV server answers at either.
        """
        if self._place is None:
            found = self._allowed(self.address) or self._describe(f"{origin_of(self.address)}/.well-known/caldav")
            if found is None:
                raise RemoteError("caldav.not_found", address=self.address)
            if not (found.calendar or found.home) and found.principal:
                principal = self._describe(found.principal)
                found = Place(found.url, None, found.principal, principal.home if principal else "")
            self._place = found
        return self._place

    def calendars(self) -> tuple[Calendar, ...]:
        """The user's calendars that hold events, in the server's order."""
        if self._calendars is None:
            home = self.place().home or self.address

            def read(response: DAVResponse) -> tuple[Calendar, ...]:
                _expect_multistatus(response)
                places = [_place(_whole(home, one.href), one.properties) for one in response.parse_propfind()]
                return tuple(place.calendar for place in places if place.calendar)

            self._calendars = self._ask("PROPFIND", home, read, _DESCRIBE, {"Depth": "1"})
        return self._calendars

    def forget(self) -> None:
        """Ask the server again for what has been asked before: somebody has changed its calendars."""
        self._place = self._calendars = None

    def make_calendar(self, name: str) -> Calendar:
        """Make a calendar of this name; making it twice makes one. RemoteError("caldav.cannot_make_calendar")."""
        home = self.place().home or self.address
        stem = "sotay-" + hashlib.sha256(name.encode()).hexdigest()[:12]
        body = (
            f"<C:mkcalendar {_NAMES}><D:set><D:prop><D:displayname>{escape(name)}</D:displayname>"
            '<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>'
            "</D:prop></D:set></C:mkcalendar>"
        )
        for attempt in range(_SAME_NAME):
            url = urljoin(_folder(home), f"{stem}-{attempt}/" if attempt else f"{stem}/")
            answer = self._write("MKCALENDAR", url, body, {})
            standing = self._allowed(url)
            if standing is not None and standing.calendar is not None:
                self.forget()
                return Calendar(url, name)
            if answer.status == 403:
                break
        known = ", ".join(calendar.name for calendar in self.calendars() if calendar.writable)
        raise RemoteError("caldav.cannot_make_calendar", name=name, known=known)

    # --- events ---

    def items(self, calendar: str) -> list[Item] | None:
        """Every event of a calendar, in one listing; None if there is no such calendar."""

        def read(response: DAVResponse) -> list[Item] | None:
            if response.status in _GONE:
                return None
            _expect_multistatus(response)
            return [
                Item(_whole(calendar, one.href), strong(one.etag), one.calendar_data)
                for one in response.parse_calendar_query()
                if one.calendar_data
            ]

        return self._ask("REPORT", calendar, read, _EVENTS, {"Depth": "1", "Accept-Encoding": "gzip"})

    def item(self, url: str) -> Item | None:
        """One event; None if there is none at this address."""

        def read(response: DAVResponse) -> Item | None:
            if response.status in _GONE:
                return None
            text = response.raw
            if response.status != 200 or not text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCALENDAR"):
                raise NotDavError
            return Item(url, strong(response.headers.get("Etag")), text)

        return self._ask("GET", url, read)

    def put(self, url: str, text: str, *, etag: str = "") -> Answer:
        """Write an event: over the version `etag`, or where nothing stands if that is "" (412: it isn't so)."""
        guard = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        return self._write("PUT", url, text, {"Content-Type": "text/calendar; charset=utf-8", **guard})

    def delete(self, url: str, *, etag: str) -> Answer:
        """Remove this version of an event."""
        return self._write("DELETE", url, "", {"If-Match": etag} if etag else {})

    # --- requests ---

    def _write(self, method: str, url: str, body: str, headers: dict[str, str]) -> Answer:
        def read(response: DAVResponse) -> Answer:
            if response.status == 200 and "html" in response.headers.get("Content-Type", ""):
                raise NotDavError
            said = response.raw[:2_000] if response.status >= 400 else ""
            return Answer(response.status, strong(response.headers.get("Etag")), said)

        try:
            return self._ask(method, url, read, body, headers)
        except RefusedError as refused:
            return Answer(403, said=refused.said)

    def _ask(
        self,
        method: str,
        url: str,
        read: Callable[[DAVResponse], T],
        body: str = "",
        headers: dict[str, str] | None = None,
    ) -> T:
        """What `read` makes of the answer, with all patience. Raises RefusedError for a 403."""
        own = {"Content-Type": "application/xml; charset=utf-8", "User-Agent": _AGENT, **(headers or {})}

        def attempt() -> T:
            response = self._client.request(url, method, body, own)
            if response.status in _MOVED and method != "PROPFIND":
                raise RemoteError("caldav.leads_elsewhere", address=_target(url, response))
            return read(response)

        result: T = self._persistence.run(attempt)
        return result

    def _describe(self, url: str) -> Place | None:
        """What stands there, after the redirects that stay on this server; None if it doesn't speak CalDAV."""
        for _ in range(_MOST_MOVES):
            found = self._ask("PROPFIND", url, partial(_read_place, url), _DESCRIBE, {"Depth": "0"})
            if not isinstance(found, str):
                return found
            if origin_of(found) != origin_of(url):
                raise RemoteError("caldav.leads_elsewhere", address=found)
            url = found
        return None

    def _allowed(self, url: str) -> Place | None:
        """What stands there, None also if we may not see it."""
        try:
            return self._describe(url)
        except RefusedError:
            return None


def _read_place(url: str, response: DAVResponse) -> Place | str | None:
    """What a PROPFIND tells of an address, the address to ask instead, or None if this isn't CalDAV."""
    if response.status in _MOVED:
        return _target(url, response)
    if response.status != 207:
        return None
    _expect_multistatus(response)
    for one in response.parse_propfind():
        return _place(_whole(url, one.href), one.properties)
    return None


def _place(url: str, props: dict[str, Any]) -> Place:
    kinds = props.get(f"{_DAV}resourcetype") or ()
    holds = props.get(f"{_CAL}supported-calendar-component-set")
    calendar = None
    if f"{_CAL}calendar" in kinds and (not holds or "VEVENT" in holds):
        rights = props.get(f"{_DAV}current-user-privilege-set")
        name = props.get(f"{_DAV}displayname") or unquote(url.rstrip("/").rpartition("/")[2])
        calendar = Calendar(_folder(url), str(name), not rights or not _WRITING.isdisjoint(rights))
    home = props.get(f"{_CAL}calendar-home-set") or ""
    home = home[0] if isinstance(home, list) else home
    principal = props.get(f"{_DAV}current-user-principal") or ""
    return Place(url, calendar, *(urljoin(url, href) if href else "" for href in (principal, home)))


def _whole(url: str, href: str) -> str:
    """The address of a href that the library has unquoted."""
    return urljoin(url, quote(unquote(href), safe=_KEPT.replace("%", "")))


def strong(etag: str | None) -> str:
    """A version mark as If-Match needs it: proxies that compress weaken it, the event is the same all the same."""
    text = (etag or "").strip()
    return text.removeprefix("W/")


def _client(address: str, wire: Wire) -> DAVClient:
    from caldav.davclient import DAVClient
    from caldav.lib import error

    for name in ("caldav", "niquests", "urllib3"):
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    error.debug_dump_communication = False  # whatever the environment says: no letters of the member's in /tmp
    client = DAVClient(url=address, enable_rfc6764=False, rate_limit_handle=False)
    client.session.close()
    client.session = wire  # type: ignore[assignment]  # all that the library asks of a session
    return client


def _expect_multistatus(response: DAVResponse) -> None:
    """RemoteError unless this is the kind of answer that WebDAV gives (RFC 4918, 13)."""
    tree = response.tree
    if response.status != 207 or tree is None or tree.tag != f"{_DAV}multistatus":
        raise NotDavError


def _target(url: str, response: DAVResponse) -> str:
    return urljoin(url, quote(str(response.headers.get("Location", "")), safe=_KEPT))


def _folder(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"
