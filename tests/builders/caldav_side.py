"""A real Radicale on this machine, with something in front of it that counts, and that fails as it is told."""

from __future__ import annotations

import io
import socket
import struct
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import unquote

from builders.google_side import Counted, Ids
from toolkit.caldav.persistence import DavPersistence
from toolkit.caldav.server import Server
from toolkit.caldav.wire import Login
from toolkit.calendar.adapters.caldav import CaldavTarget, calendar_title
from toolkit.calendar.adapters.icalendar_text import HEAD, render, time_zone
from toolkit.net.persistence import Pace, Patience

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from toolkit.calendar.ports import Operation

# reset: before Radicale hears of it; reset_after: when it has done it; html: a login page with 200; hang: no answer.
Kind = Literal["reset", "reset_after", "html", "hang", "slow_body", "cut_body", "status"]
USER, PASSWORD = "lan", "mật khẩu: 0912-bí-mật"


@dataclass
class Fault:
    """`method` requests fail, from the `after`-th on, `times` times; `path` narrows it down to some addresses."""

    method: str
    kind: Kind
    after: int = 0
    times: int = 1
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    applied: bool = False
    path: str = ""


@dataclass(frozen=True)
class Seen:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Radicale:
    """The server: `url` is its root, `home` is where the user's calendars are, `calendar(name)` makes one."""

    def __init__(self, folder: Path, *, latency: float = 0.0, user: str = USER, password: str = PASSWORD) -> None:
        from radicale import config
        from radicale.app import Application

        passwords = folder / "passwords"
        folder.mkdir(parents=True, exist_ok=True)
        passwords.write_text(f"{user}:{password}\n", encoding="utf-8")
        settings = config.load()
        settings.update(
            {
                "auth": {"type": "htpasswd", "htpasswd_filename": str(passwords), "htpasswd_encryption": "plain",
                         "delay": "0"},
                "storage": {"filesystem_folder": str(folder / "store"), "_filesystem_fsync": "False"},
                "logging": {"level": "critical"},
            },
            "a test", privileged=True,
        )  # fmt: skip
        self.user, self.password = user, password
        self.seen: list[Seen] = []
        self.faults: list[Fault] = []
        self.latency = latency
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        self._application: Any = Application(settings)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.radicale = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

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
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    @property
    def home(self) -> str:
        return f"{self.url}{self.user}/"

    @property
    def login(self) -> Login:
        return Login(self.url.rstrip("/"), self.user, self.password)

    def counts(self) -> Counter[str]:
        """How often each method was asked for; what was refused for want of a password isn't counted."""
        with self._lock:
            return Counter(one.method for one in self.seen)

    @property
    def writes(self) -> int:
        counts = self.counts()
        return sum(counts[method] for method in ("PUT", "DELETE", "MKCALENDAR", "PROPPATCH"))

    def forget(self) -> None:
        with self._lock:
            self.seen.clear()

    def fail(self, method: str, kind: Kind, **how: Any) -> None:
        self.faults.append(Fault(method, kind, **how))

    def sign_in(self, directory: Path) -> None:
        """Leave a sign-in to this server where commands look for one."""
        from toolkit.caldav.sign_ins import keep

        keep(directory, self.login, self.url)

    @contextmanager
    def server(self, address: str = "", *, clock: Counted | None = None, deadline: float = 20.0) -> Iterator[Server]:
        address = address or self.url
        clock = clock or Counted()
        persistence = DavPersistence(
            address,
            patience=Patience(),
            pace=Pace(None),
            sleep=clock.sleep,
            chance=lambda low, _high: low,
            now=clock.now,
        )
        with Server(address, self.login, deadline=deadline, persistence=persistence) as server:
            yield server

    @contextmanager
    def target(
        self,
        address: str = "",
        calendar: str = "Học",
        *,
        ids: Ids | None = None,
        clock: Counted | None = None,
        deadline: float = 20.0,
    ) -> Iterator[CaldavTarget]:
        clock = clock or Counted()
        with self.server(address, clock=clock, deadline=deadline) as server:
            yield CaldavTarget(server, calendar, Ids() if ids is None else ids, clock.now)

    def holds(self, inserts: Sequence[Operation], ids: Ids, calendar: str = "Học") -> None:
        """Let a calendar hold what these inserts would make, in one request: each of them alone costs Radicale a look
        at all that is there already."""
        events = []
        for one in inserts:
            assert one.event is not None
            assert one.marks is not None
            events.append(render(one.event_id, one.event, one.marks, Counted().now()))
        text = "BEGIN:VCALENDAR\r\n" + "".join(f"{line}\r\n" for line in HEAD) + time_zone("Asia/Ho_Chi_Minh")
        with self.server() as server:
            made = server.make_calendar(calendar_title(calendar))
            assert server.delete(made.url, etag="").status == 200
            assert server.put(made.url, text + "".join(events) + "END:VCALENDAR\r\n").status == 201
        ids.save(calendar, made.url)
        self.forget()

    def texts(self) -> list[str]:
        """Every event that stands in every calendar, as a calendar program would get it."""
        with self.server() as server:
            return [item.text for calendar in server.calendars() for item in server.items(calendar.url) or ()]

    def edit(self, contains: str, old: str, new: str) -> None:
        """The member changes an event in another calendar program."""
        with self.server() as server:
            for calendar in server.calendars():
                for item in server.items(calendar.url) or ():
                    if contains in item.text:
                        assert old in item.text
                        assert server.put(item.url, item.text.replace(old, new), etag=item.etag).status < 300
                        return
        raise KeyError(contains)

    def remove(self, contains: str) -> None:
        """The member removes an event in another calendar program."""
        with self.server() as server:
            for calendar in server.calendars():
                for item in server.items(calendar.url) or ():
                    if contains in item.text:
                        assert server.delete(item.url, etag=item.etag).status < 300
                        return
        raise KeyError(contains)

    def note(self, seen: Seen) -> Fault | None:
        """Count a request; the fault that it meets, if any."""
        with self._lock:
            self.seen.append(seen)
            for fault in self.faults:
                if fault.method in {seen.method, "*"} and fault.path in seen.path and fault.times:
                    if fault.after:
                        fault.after -= 1
                        continue
                    fault.times -= 1
                    return fault
        return None

    def answer(self, seen: Seen) -> tuple[str, list[tuple[str, str]], bytes]:
        """What Radicale itself says."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": seen.method, "PATH_INFO": unquote(seen.path), "SCRIPT_NAME": "",
            "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "0", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "REMOTE_HOST": "127.0.0.1", "REMOTE_PORT": "1",
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(seen.body), "wsgi.errors": io.StringIO(),
            "CONTENT_LENGTH": str(len(seen.body)),
        }  # fmt: skip
        for name, value in seen.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        said: list[Any] = []
        content = b"".join(self._application(environ, lambda status, headers, *_: said.extend((status, headers))))
        return said[0], said[1], content


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    radicale: Radicale

    def handle_error(self, *_: object) -> None:
        """Connections that we cut ourselves are no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._do
        raise AttributeError(name)

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        seen = Seen(self.command, self.path, dict(self.headers.items()), body)
        radicale = self.server.radicale
        radicale.at_once += 1
        radicale.most_at_once = max(radicale.most_at_once, radicale.at_once)
        time.sleep(radicale.latency)
        radicale.at_once -= 1
        fault = radicale.note(seen)
        if fault is None:
            self._say(*radicale.answer(seen))
            return
        if fault.applied or fault.kind in {"reset_after", "slow_body", "cut_body"}:
            answer = radicale.answer(seen)
        if fault.kind in {"reset", "reset_after"}:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif fault.kind == "hang":
            time.sleep(30)
        elif fault.kind == "html":
            self._say("200 OK", [("Content-Type", "text/html")], b"<html><body>Wi-Fi</body></html>")
        elif fault.kind == "status":
            self._say(f"{fault.status} x", list(fault.headers.items()), fault.body.encode())
        else:
            self._spoil(fault, *answer)

    def _spoil(self, fault: Fault, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response(int(status.split(maxsplit=1)[0]))
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) + 10))
        self.end_headers()
        for letter in content if fault.kind == "slow_body" else b"":
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            time.sleep(0.2)
        self.close_connection = True

    def _say(self, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
