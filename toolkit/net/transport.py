"""HTTP with three promises that the client libraries' own transports don't make: a deadline for the whole exchange, no
request sent twice behind one's back, and no host reached that isn't admitted.
"""

from __future__ import annotations

import http.client
import selectors
import socket
import ssl
import threading
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from toolkit.net.hosts import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    import httplib2

BODY_LIMIT = 64 * 1024 * 1024  # bytes, unpacked: a page of 2,500 events with long descriptions stays far below

CONNECT_TIMEOUT = 20.0  # seconds: a network that swallows packets shouldn't cost the whole deadline


class NotReachedError(ConnectionError):
    """No connection came about: no network, no such host, nobody listening. Nothing was sent."""


class LateError(TimeoutError):
    """The exchange took longer than its deadline. The request may or may not have been carried out."""


class Gate(Protocol):
    """Who may be talked to."""

    def admit(self, url: str) -> None:
        """Raises RemoteError if `url` leads anywhere it mustn't."""
        ...


class Transport:
    """Sends one request and reads its whole answer within `deadline` seconds. Connections are kept and reused; several
    threads may send at once, each over a connection of its own.

    Redirects aren't followed: none of the services used here redirects, and a captive portal does.
    """

    def __init__(self, gate: Gate, *, deadline: float = 60.0) -> None:
        self._gate = gate
        self._deadline = deadline
        self._open: dict[str, list[http.client.HTTPConnection]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for connection in [one for idle in self._open.values() for one in idle]:
            connection.close()
        self._open.clear()

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        deadline: float | None = None,
        **_unused: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """The answer to one request; `deadline` in the place of the usual one. Raises NotReachedError, LateError,
        ConnectionError or http.client.HTTPException when there is none, RemoteError when the host mustn't be reached.
        """
        import httplib2

        self._gate.admit(uri)
        patience = deadline or self._deadline
        parts = urlsplit(uri)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        data = body.encode() if isinstance(body, str) else body
        place = f"{parts.scheme}://{parts.netloc}"
        connection = self._kept(place) or _connection(parts.scheme, parts.hostname or "", parts.port, patience)
        with _Watch(connection, patience) as watch:
            try:
                self._connect(connection)
                connection.sock.settimeout(patience)
                watch.check()
                connection.request(method, path, data, dict(headers or {}))
                answer = connection.getresponse()
                content = _read(answer)
            except BaseException as error:
                connection.close()
                if watch.rang or isinstance(error, TimeoutError):
                    raise LateError(uri) from error
                raise
        if watch.rang:
            connection.close()
            raise LateError(uri)
        if answer.will_close:
            connection.close()
        else:
            self._open.setdefault(place, []).append(connection)
        response = httplib2.Response(answer)
        response.pop("content-encoding", None)
        return response, content

    def _kept(self, place: str) -> http.client.HTTPConnection | None:
        """A connection from before that the other side hasn't closed meanwhile: a closed one is readable."""
        idle = self._open.get(place, [])
        while idle:
            try:
                connection = idle.pop()
            except IndexError:  # another thread was quicker
                break
            with selectors.DefaultSelector() as selector:
                selector.register(connection.sock, selectors.EVENT_READ)
                if not selector.select(timeout=0):
                    return connection
            connection.close()
        return None

    def _connect(self, connection: http.client.HTTPConnection) -> None:
        sock: socket.socket | None = connection.sock  # the stubs think that there always is one
        if sock is not None:
            return
        try:
            connection.connect()
        except TimeoutError:
            raise NotReachedError(connection.host) from None
        except ssl.SSLError:
            raise
        except OSError as error:
            raise NotReachedError(connection.host) from error


class _Secure(http.client.HTTPSConnection):
    """TLS whose handshake, too, can be cut by the watch: the socket is known before the handshake begins."""

    def __init__(self, host: str, port: int | None, name: str, timeout: float) -> None:
        self._trust = _trust()
        self._name = name
        super().__init__(host, port, timeout=timeout, context=self._trust)

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        secure = self._trust.wrap_socket(self.sock, server_hostname=self._name, do_handshake_on_connect=False)
        self.sock = secure
        secure.do_handshake()


class _Watch:
    """Cuts a connection when its time is up, from another thread: a socket's own time-out starts anew with each byte,
    so a server that dribbles would be waited for without end."""

    def __init__(self, connection: http.client.HTTPConnection, deadline: float) -> None:
        self._connection = connection
        self._timer = threading.Timer(deadline, self._ring)
        self._timer.daemon = True
        self.rang = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()

    def check(self) -> None:
        """Raises TimeoutError if the time is up: there may have been no connection yet to cut."""
        if self.rang:
            raise TimeoutError

    def _ring(self) -> None:
        self.rang = True
        sock = self._connection.sock
        if sock is not None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # past TLS: no polite goodbye to one who dawdles
            except OSError:
                return


def _connection(scheme: str, host: str, port: int | None, timeout: float) -> http.client.HTTPConnection:
    # Spelled out, because a name is looked up and what it leads to isn't ours to know.
    host = "127.0.0.1" if host == "localhost" else host
    timeout = min(timeout, CONNECT_TIMEOUT)
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=timeout)
    proxy = "" if is_loopback(host) or proxy_bypass(host) else getproxies().get("https", "")
    if not proxy:
        return _Secure(host, port, host, timeout)
    through = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    connection = _Secure(through.hostname or "", through.port or 8080, host, timeout)
    login = f"{unquote(through.username)}:{unquote(through.password or '')}" if through.username else ""
    headers = {"Proxy-Authorization": f"Basic {b64encode(login.encode()).decode()}"} if login else {}
    connection.set_tunnel(host, port or 443, headers)
    return connection


def _read(answer: http.client.HTTPResponse) -> bytes:
    """The whole body, unpacked. A body that is cut short is an IncompleteRead, one without end a ConnectionError."""
    packed = answer.getheader("Content-Encoding", "").lower() in {"gzip", "x-gzip", "deflate"}
    content = (
        answer.read() if answer.length is not None and answer.length <= BODY_LIMIT else answer.read(BODY_LIMIT + 1)
    )
    if len(content) > BODY_LIMIT:
        raise ConnectionError("body too long")
    if not packed:
        return content
    unpack = zlib.decompressobj(wbits=47)  # gzip or zlib, told apart by the header
    try:
        plain = unpack.decompress(content, BODY_LIMIT)
    except zlib.error as error:
        raise ConnectionError("body can't be unpacked") from error
    if unpack.unconsumed_tail or not unpack.eof:
        raise ConnectionError("body cut short or too long")
    return plain


def _trust() -> ssl.SSLContext:
    """The machine's own certificates and Mozilla's: some Python builds come without any."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
