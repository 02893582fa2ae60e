"""The address on this machine to which the browser comes back after the member has answered Google.

Anything may knock here while it is open: a browser asking for an icon, another program, a page that guesses. Only the
one visit that carries this sign-in's own `state` counts, and only once (RFC 8252, 8.1 and 8.9).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import queue
import socket
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from toolkit.core.errors import SignInError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

# The second is for machines that have no IPv4 at all.
HOSTS = ("127.0.0.1", "::1")

_READ_TIMEOUT = 10.0  # seconds for a visitor to say what it wants
_WORK_TIMEOUT = 180.0  # seconds that the browser waits for its page while the code is redeemed
_LAST_PAGE_TIMEOUT = 5.0  # seconds for that page to reach the browser before the door closes
_SLICE = 0.5  # seconds between two looks at the clock: Windows lets Ctrl-C through only between waits
_STYLE = (
    "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;"
    "color:#222;background:#fafaf7}h1{font-size:1.5rem}"
)


@dataclass(frozen=True)
class Page:
    """What the browser shows: a heading and a sentence."""

    title: str
    text: str


@dataclass(frozen=True)
class Pages:
    """The pages of a sign-in in the member's language: it worked, they said no, it failed, that wasn't for us."""

    lang: str
    done: Page
    denied: Page
    failed: Page
    stray: Page


@dataclass
class Visit:
    """The browser came back. It waits for its page until `finish` is called."""

    params: Mapping[str, str] = field(repr=False)
    _page: Page | None = field(default=None, repr=False)
    _decided: threading.Event = field(default_factory=threading.Event, repr=False)
    _sent: threading.Event = field(default_factory=threading.Event, repr=False)

    def finish(self, page: Page) -> None:
        """Show `page`, and give it a moment to arrive."""
        self._page = page
        self._decided.set()
        self._sent.wait(_LAST_PAGE_TIMEOUT)

    def page(self, otherwise: Page) -> Page:
        """For the listener: the page once it is decided."""
        self._decided.wait(_WORK_TIMEOUT)
        return self._page or otherwise

    def sent(self) -> None:
        """For the listener: the page has left."""
        self._sent.set()


class Listener:
    """Listens on this machine alone, at a free port, from `with` on. Raises SignInError("google.no_listener")."""

    def __init__(self, state: str, pages: Pages, *, port: int = 0, hosts: Iterable[str] = HOSTS) -> None:
        """`state` is what the right visit carries; `port` is used if it is free, 0 takes any."""
        self._server = _open(port, hosts)
        self._server.door = _Door(state, pages, self._server.netloc)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def redirect_uri(self) -> str:
        """Where Google is to send the browser."""
        return f"http://{self._server.netloc}/"

    def wait(self, seconds: float) -> Visit | None:
        """The visit; None if nobody came in time."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            try:
                return self._server.door.came.get(timeout=min(left, _SLICE))
            except queue.Empty:
                continue
        return None


class _Door:
    """Decides who is let in."""

    def __init__(self, state: str, pages: Pages, netloc: str) -> None:
        self.pages, self.netloc = pages, netloc
        self.came: queue.SimpleQueue[Visit] = queue.SimpleQueue()
        self._state = state.encode()
        self._taken = False
        self._lock = threading.Lock()

    def admit(self, host: str, target: str) -> Visit | HTTPStatus:
        """The visit that was waited for, or why this isn't it."""
        if host != self.netloc:
            return HTTPStatus.MISDIRECTED_REQUEST  # a name that somebody pointed at this machine
        try:
            parts = urlsplit(target)
            query = parse_qs(parts.query, keep_blank_values=True, max_num_fields=30)
        except ValueError:
            return HTTPStatus.BAD_REQUEST
        if parts.path != "/":
            return HTTPStatus.NOT_FOUND
        params = {name: values[0] for name, values in query.items() if len(values) == 1}
        if not hmac.compare_digest(params.get("state", "").encode(), self._state):
            return HTTPStatus.FORBIDDEN
        if ("code" in params) == ("error" in params):
            return HTTPStatus.BAD_REQUEST
        with self._lock:
            if self._taken:
                return HTTPStatus.GONE
            self._taken = True
        visit = Visit(params)
        self.came.put(visit)
        return visit


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # with the usual 5, a rush of strays holds the right visit up for seconds
    allow_reuse_address = False  # on Windows it would let another program in on our port
    door: _Door

    def __init__(self, host: str, port: int) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)
        self.netloc = f"[{host}]:{self.server_address[1]}" if ":" in host else f"{host}:{self.server_address[1]}"

    def server_bind(self) -> None:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        TCPServer.server_bind(self)  # HTTPServer's own asks the name service what this machine is called
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor that goes away in the middle is nothing to talk about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "toolkit"
    sys_version = ""
    timeout = _READ_TIMEOUT

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class names it so)
        """Stay silent: what is asked here carries the code."""

    def do_GET(self) -> None:
        door = self.server.door
        came = door.admit(self.headers.get("Host", ""), self.path)
        if isinstance(came, HTTPStatus):
            self._send(came, door.pages.stray)
            return
        try:
            self._send(HTTPStatus.OK, came.page(door.pages.failed))
        finally:
            came.sent()

    def _send(self, status: HTTPStatus, page: Page) -> None:
        self.close_connection = True
        body = _html(page, self.server.door.pages.lang).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", _policy())
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


def _open(port: int, hosts: Iterable[str]) -> _Server:
    """A server at the wanted port, else at any free one; on the first of `hosts` that this machine has."""
    refused: OSError | None = None
    for host in hosts:
        for wanted in dict.fromkeys((port, 0)):
            try:
                return _Server(host, wanted)
            except OSError as error:
                refused = error
    raise SignInError("google.no_listener") from refused


def _html(page: Page, lang: str) -> str:
    title, text = html.escape(page.title), html.escape(page.text)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    )


def _policy() -> str:
    """Nothing is loaded, nothing runs, nobody frames this page; only its own style counts."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
