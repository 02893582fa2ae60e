"""HTTP for the loopback Google: one handler that knows tokens, batches and how a connection can go wrong."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from toolkit.demo.google import consent
from toolkit.demo.google.contract import ApiError, Call, Contract, Json
from toolkit.demo.google.faults import WIRE, Fault, Faults
from toolkit.demo.google.measurement import ANALYTICS_PREFIX, SEARCH_PREFIX, Analytics, SearchSites
from toolkit.demo.google.spreadsheets import EXPORTS, PREFIX, Spreadsheets
from toolkit.demo.google.state import Ask, State
from toolkit.demo.google.tokens import CLIENT_ID, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

APP_CREATED = "https://www.googleapis.com/auth/calendar.app.created"
BATCH_LIMIT = 1000
BODY_LIMIT = 32 * 1024 * 1024
PORTAL = b"<!doctype html><html><body>Xin m\xe1\xbb\x9di \xc4\x91\xc4\x83ng nh\xe1\xba\xadp Wi-Fi</body></html>"


@dataclass(frozen=True)
class Seen:
    """One request as it arrived. `kind` is the method id ("events.insert"), or "batch", "token", "revoke", "consent",
    "export"; `part`: it came inside a batch; `status`: what was answered, 0 if the connection was cut instead."""

    kind: str
    verb: str
    path: str
    part: bool
    status: int


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, content: Json, status: int = 200) -> Reply:
        if content is None:
            return cls(204, {}, b"")
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        if isinstance(content, dict) and "etag" in content:
            headers["ETag"] = content["etag"]
        return cls(status, headers, json.dumps(content, ensure_ascii=False).encode())

    @classmethod
    def refusing(cls, error: ApiError) -> Reply:
        reply = cls.of(error.body(), error.status)
        extra = {} if error.retry_after is None else {"Retry-After": error.retry_after}
        return cls(reply.status, {**reply.headers, **extra}, reply.body)


class Server(ThreadingHTTPServer):
    """Answers on 127.0.0.1 only, at a free port; one thread per connection."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, contract: Contract, latency: float) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.contract, self.latency = contract, latency
        self.state, self.tokens, self.faults = State(), Tokens(), Faults()
        self.spreadsheets, self.analytics, self.search = Spreadsheets(), Analytics(), SearchSites()
        self.consent = consent.Consent(self.tokens, CLIENT_ID)
        self.stopping = threading.Event()
        self.cut: set[socket.socket] = set()
        self._seen: list[Seen] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def contract_of(self, path: str) -> Contract:
        """What Google publishes of the API that a path belongs to."""
        for prefix, api in ((PREFIX, self.spreadsheets), (ANALYTICS_PREFIX, self.analytics),
                            (SEARCH_PREFIX, self.search)):  # fmt: skip
            if path.startswith(prefix):
                return api.contract
        return self.contract

    def note(self, seen: Seen) -> None:
        with self._lock:
            self._seen.append(seen)

    def seen(self) -> list[Seen]:
        with self._lock:
            return list(self._seen)

    def forget_seen(self) -> None:
        with self._lock:
            self._seen.clear()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        if request in self.cut:  # closing without shutdown, with SO_LINGER 0, sends RST instead of FIN
            self.cut.discard(request)
            request.close()
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is nothing to talk about."""

    def stop(self) -> None:
        self.stopping.set()
        self.shutdown()
        with self._lock:
            still_open = list(self._open)
        for request in still_open:
            try:
                request.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "loopback"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet per answer: headers and body leave together

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class names it so)
        """Stay silent: stderr belongs to the command that runs beside this server."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_PATCH(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_LIMIT:
            self.close_connection = True
            return self._send(Reply.refusing(ApiError(413, "uploadTooLarge", "Request Too Large")))
        body = self.rfile.read(length)
        if self.server.latency:
            time.sleep(self.server.latency)
        url = urlsplit(self.path)
        if self.command == "POST" and url.path == self.server.contract.batch:
            return self._outermost("batch", lambda: self._batch(body))
        authorization = self.headers.get("Authorization", "")
        if self.command == "POST" and url.path in {"/token", "/revoke"}:
            answer = self.server.tokens.answer
            return self._outermost(url.path[1:], lambda: Reply.of(answer(url.path, body, authorization)))
        if self.command in {"GET", "POST"} and url.path == consent.PATH:
            return self._outermost("consent", lambda: self._consent(url.query, body))
        if self.command == "GET" and url.path.startswith(EXPORTS):
            return self._outermost("export", lambda: Reply(*self.server.spreadsheets.export(url.path)))
        try:
            call = self._call(self.command, self.path)
        except ApiError as error:
            self.server.note(Seen("unknown", self.command, url.path, part=False, status=error.status))
            return self._send(Reply.refusing(error))
        headers = {"authorization": authorization, "if-match": self.headers.get("If-Match")}
        return self._outermost(call.method.id, lambda: self._do(call, body, headers))

    def _outermost(self, kind: str, work: Callable[[], Reply]) -> None:
        """Answer one HTTP request, or let the fault that is planned for it happen."""
        fault = self.server.faults.next(kind)
        path = urlsplit(self.path).path
        if fault is None or fault.kind not in WIRE:
            reply = _faulty(fault, work)
            self.server.note(Seen(kind, self.command, path, part=False, status=reply.status))
            return self._send(reply)
        reply = _attempt(work) if fault.applied else Reply(200, {}, b"{}")
        self.server.note(Seen(kind, self.command, path, part=False, status=0))
        return self._break(fault, reply)

    def _consent(self, query: str, body: bytes) -> Reply:
        given = parse_qs(query, keep_blank_values=True, max_num_fields=50)
        form = parse_qs(body.decode("utf-8", "replace"), max_num_fields=50) if self.command == "POST" else None
        shown = self.server.consent.answer(given, form)
        headers = {"Content-Type": "text/html; charset=UTF-8"}
        if shown.location:
            headers["Location"] = shown.location
        return Reply(shown.status, headers, shown.page.encode())

    def _break(self, fault: Fault, reply: Reply) -> None:
        self.close_connection = True
        if fault.kind == "hang":
            self.server.stopping.wait()
        elif fault.kind == "slow_body":
            self._head(reply)
            for position in range(len(reply.body)):
                if self.server.stopping.wait(0.2):
                    return
                self.wfile.write(reply.body[position : position + 1])
                self.wfile.flush()
        elif fault.kind == "cut_body":
            self._head(reply)
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.wfile.flush()
        else:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.server.cut.add(self.connection)

    def _batch(self, body: bytes) -> Reply:
        content_type = self.headers.get("Content-Type", "")
        message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
        if not message.is_multipart():
            raise ApiError(400, "badRequest", "Failed to parse batch request: not multipart/mixed.")
        parts = [part for part in message.get_payload() if isinstance(part, Message)]
        if len(parts) > BATCH_LIMIT:
            raise ApiError(400, "badRequest", f"The batch has {len(parts)} calls, more than {BATCH_LIMIT}.")
        boundary = "batch_loopback"
        chunks = []
        for part in parts:
            inner_id = str(part.get("Content-ID", "<>"))
            reply = self._part(part)
            reason = HTTPStatus(reply.status).phrase
            head = [f"--{boundary}", "Content-Type: application/http", f"Content-ID: <response-{inner_id[1:]}", ""]
            head += [f"HTTP/1.1 {reply.status} {reason}"]
            head += [f"{name}: {value}" for name, value in reply.headers.items()]
            head += [f"Content-Length: {len(reply.body)}", "", ""]
            chunks.append("\r\n".join(head).encode() + reply.body + b"\r\n")
        chunks.append(f"--{boundary}--\r\n".encode())
        return Reply(200, {"Content-Type": f"multipart/mixed; boundary={boundary}"}, b"".join(chunks))

    def _part(self, part: Message) -> Reply:
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        line, _, rest = payload.partition(b"\n")
        verb, _, target = line.decode("latin-1").strip().partition(" ")
        inner = message_from_bytes(rest)
        body = inner.get_payload(decode=True)
        headers = {
            "authorization": inner.get("Authorization") or self.headers.get("Authorization", ""),
            "if-match": inner.get("If-Match"),
        }
        path = target.partition(" ")[0]
        try:
            call = self._call(verb, path)
        except ApiError as error:
            return Reply.refusing(error)
        fault = self.server.faults.next(call.method.id, part=True)
        reply = _faulty(fault, lambda: self._do(call, body if isinstance(body, bytes) else b"", headers))
        self.server.note(Seen(call.method.id, verb, urlsplit(path).path, part=True, status=reply.status))
        return reply

    def _call(self, verb: str, target: str) -> Call:
        url = urlsplit(target)
        query = parse_qs(url.query, keep_blank_values=True, max_num_fields=100)
        return self.server.contract_of(url.path).call(verb, url.path, query)

    def _do(self, call: Call, body: bytes, headers: Mapping[str, str | None]) -> Reply:
        scopes = self.server.tokens.scopes(headers["authorization"] or "")
        if call.method.id.startswith("spreadsheets."):
            return Reply.of(self.server.spreadsheets.answer(call, scopes))
        if call.method.id.startswith(("properties.", "searchanalytics.")):
            api = self.server.analytics if call.method.id.startswith("properties.") else self.server.search
            content = _read(body)
            api.contract.check_body(call.method, content)
            return Reply.of(api.answer(call, content or {}, scopes))
        if not scopes & call.method.scopes:
            message = "Request had insufficient authentication scopes."
            raise ApiError(403, "insufficientPermissions", message)
        content = _read(body)
        self.server.contract.check_body(call.method, content)
        app_only = scopes & call.method.scopes == {APP_CREATED}
        return Reply.of(self.server.state.answer(Ask(call, content or {}, headers["if-match"], app_only)))

    def _head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()

    def _send(self, reply: Reply) -> None:
        self._head(reply)
        self.wfile.write(reply.body)
        self.wfile.flush()


def _read(body: bytes) -> Json:
    try:
        return json.loads(body) if body.strip() else None
    except ValueError:
        raise ApiError(400, "parseError", "Parse Error") from None


def _attempt(work: Callable[[], Reply]) -> Reply:
    try:
        return work()
    except ApiError as error:
        return Reply.refusing(error)


def _faulty(fault: Fault | None, work: Callable[[], Reply]) -> Reply:
    """The answer to a request, bent as the fault says."""
    if fault is None:
        return _attempt(work)
    reply = _attempt(work) if fault.applied else None
    refusal = fault.refusal()
    if refusal is not None:
        return Reply.refusing(refusal)
    html = {"Content-Type": "text/html; charset=UTF-8"}
    if fault.kind == "200html":
        return Reply(200, html, PORTAL)
    if fault.kind == "502html":
        return Reply(502, html, b"<html><title>502 Bad Gateway</title></html>")
    if fault.kind == "invalid_grant":
        gone = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        return Reply.of(gone, 400)
    assert reply is not None
    if fault.kind == "wrong_id":
        return Reply.of({**json.loads(reply.body or b"{}"), "id": "0000000000wrong"}, 200)
    return Reply(200, reply.headers, reply.body[: len(reply.body) // 2])  # truncated_json
