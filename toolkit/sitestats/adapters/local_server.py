"""A folder of pages served to this machine alone, with an access log as a real server writes it."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from toolkit.core.errors import ConflictError
from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST: Final = "127.0.0.1"
_NAMES: Final = frozenset({"127.0.0.1", "localhost"})
_MORE_PORTS: Final = 20
_PATIENCE: Final = 20.0  # seconds for a browser to say what it wants
_LOOK: Final = 0.25  # seconds between two looks at whether to stop
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TYPES: Final = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
    ".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml", ".json": "application/json", ".pdf": "application/pdf", ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json", ".mp4": "video/mp4", ".mp3": "audio/mpeg",
}  # fmt: skip


class LocalServer(ThreadingHTTPServer):
    """Serves a folder on 127.0.0.1. `log` is opened by `serving` and gets one line a request."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers have one port

    def __init__(self, folder: Path, port: int, log: Any, zone: str) -> None:
        self.folder = folder.resolve()
        self.zone = ZoneInfo(zone)
        self._log = log
        self._writing = threading.Lock()
        self.timeout = _LOOK
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/"

    def write(self, line: str) -> None:
        """One whole line of the access log."""
        with self._writing:
            self._log.write(f"{line}\n".encode("ascii", "replace"))

    def until(self, stop: Callable[[], bool]) -> None:
        """Serve until `stop`."""
        while not stop():
            self.handle_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle is nothing to tell of."""


@contextmanager
def serving(folder: Path, log: Path, *, port: int, zone: str) -> Iterator[LocalServer]:
    """A server that listens on `port`, or where it is taken on one of the next; lines are added to `log`.

    ConflictError("sitestats.ports_taken"); StoreError("disk.…").
    """
    with disk_failures(log):
        lines = log.open("ab", buffering=0)
    with lines:
        server = _bound(folder, port, lines, zone)
        try:
            yield server
        finally:
            server.server_close()


def _bound(folder: Path, port: int, lines: Any, zone: str) -> LocalServer:
    for one in range(port, min(port + _MORE_PORTS, 65_536)) if port else (0,):
        try:
            return LocalServer(folder, one, lines, zone)
        except OSError:
            continue
    raise ConflictError("sitestats.ports_taken", value=str(port), last=min(port + _MORE_PORTS, 65_536) - 1)


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD of files within the folder; nothing hidden, nothing outside, no listing."""

    server: LocalServer
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host.lower() not in _NAMES:  # a page elsewhere that has pointed its name at this machine
            self._end(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = unquote(urlsplit(self.path).path, errors="replace") if self.path.startswith("/") else ""
        try:
            found = self._file(path)
        except (OSError, ValueError):  # a name that no file can have
            found = None
        if found is None:
            self._file_sent(self.server.folder / "404.html", HTTPStatus.NOT_FOUND, body=body)
        elif found.is_dir():
            self._end(HTTPStatus.MOVED_PERMANENTLY, location=quote(f"/{path.strip('/')}/"))
        else:
            self._file_sent(found, HTTPStatus.OK, body=body)

    def _file(self, path: str) -> Path | None:
        """The file, or the folder to be sent on to, that a path names within ours; None for everything else."""
        parts = PurePosixPath(path).parts[1:]
        if not path.startswith("/") or any(part.startswith(".") or set(part) & set("\\:\0") for part in parts):
            return None
        found = self.server.folder.joinpath(*parts)
        if found.is_dir() and path.endswith("/"):
            found /= "index.html"
        elif not found.exists() and not found.suffix:  # as most hosts of plain pages do
            found = found.with_name(f"{found.name}.html")
        is_ours = found.resolve().is_relative_to(self.server.folder)
        return found if is_ours and found.exists() else None

    def _file_sent(self, path: Path, status: HTTPStatus, *, body: bool) -> None:
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                self._begin(status, size, _TYPES.get(path.suffix.lower(), "application/octet-stream"))
                if body:
                    shutil.copyfileobj(file, self.wfile)
        except FileNotFoundError:
            self._end(status)
        except OSError:
            self.close_connection = True

    def _begin(self, status: HTTPStatus, size: int, kind: str, location: str = "") -> None:
        self._note(status, size)
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def _end(self, status: HTTPStatus, location: str = "") -> None:
        text = f"{status.value} {status.phrase}\n".encode()
        self._begin(status, len(text), "text/plain; charset=utf-8", location)
        if self.command != "HEAD":
            self.wfile.write(text)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What http.server refuses by itself: other methods, what isn't HTTP."""
        del message, explain
        self.close_connection = True
        self.headers = getattr(self, "headers", None) or self.MessageClass()
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._end(status)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing goes to the terminal."""

    def _note(self, status: HTTPStatus, size: int) -> None:
        """The request as a line of the combined format, as nginx writes it."""
        now = datetime.now(self.server.zone)
        at = f"{now:%d}/{_MONTHS[now.month - 1]}/{now:%Y:%H:%M:%S %z}"
        asked = _quoted(getattr(self, "requestline", ""))
        referrer, agent = (_quoted(self.headers.get(name, "-")) for name in ("Referer", "User-Agent"))
        sent = 0 if self.command == "HEAD" else size
        self.server.write(f'{self.client_address[0]} - - [{at}] "{asked}" {int(status)} {sent} "{referrer}" "{agent}"')


def _quoted(text: str) -> str:
    """What stands between quotes in a log: a quote, a backslash and whatever isn't printable ASCII as `\\xNN`."""
    raw = text[:8_000].encode("latin-1", "replace")
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}" for byte in raw)
