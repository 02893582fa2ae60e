"""The Google client: where it may go, how long it waits, what it takes for an answer."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import httplib2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.oauth2.credentials import Credentials

from builders.google_side import Counted, client_of
from toolkit.core.errors import RemoteError, SignInError, UsageError
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import GoogleClient, Part, is_object, signed_in
from toolkit.google.endpoint import REAL_ROOT, Endpoint
from toolkit.net.hosts import is_loopback
from toolkit.net.transport import BODY_LIMIT, LateError, NotReachedError, Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def raw_server(answer: Callable[[socket.socket], None], *, greeting: bool = True) -> Iterator[str]:
    """A server on loopback that says exactly what a test wants, byte by byte, after it was greeted."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    if greeting:
                        connection.recv(65536)
                    answer(connection)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        done.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def http_answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def fetch(root: str, deadline: float = 5.0) -> tuple[httplib2.Response, bytes]:
    with Transport(Endpoint(root), deadline=deadline) as transport:
        return transport.request(root)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("localhost", True),
        ("0.0.0.0", False), ("10.0.0.1", False), ("localhost.evil.test", False), ("127.0.0.1.evil.test", False),
        ("2130706433", False), ("0x7f000001", False), ("", False), ("www.googleapis.com", False),
    ],
)  # fmt: skip
def test_only_this_machine_is_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize(
    "url",
    [
        "https://www.googleapis.com/calendar/v3/", "https://oauth2.googleapis.com/token", "http://example.com/",
        "http://127.0.0.1.evil.test/", "http://user@evil.test:80/", "http://127.0.0.1@evil.test/", "ftp://evil.test/",
        "//evil.test/", "", "http:///", "https://[::2]/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("endpoint", [Endpoint("http://127.0.0.1:9/"), Endpoint(REAL_ROOT, loopback_only=True)])
def test_a_client_that_stays_here_refuses_every_other_place(endpoint: Endpoint, url: str) -> None:
    with Transport(endpoint) as transport, pytest.raises(RemoteError) as caught:
        transport.request(url)
    assert caught.value.problem.code == "google.blocked_host"


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://www.googleapis.com/x", True), ("https://oauth2.googleapis.com/token", True),
        ("https://sheets.googleapis.com/v4", True), ("http://www.googleapis.com/x", False),
        ("https://googleapis.com.evil.test/", False), ("https://evilgoogleapis.com/", False),
        ("https://127.0.0.1/", False), ("https://www.googleapis.com@evil.test/", False),
    ],
)  # fmt: skip
def test_a_client_of_the_real_google_goes_to_google_only_and_over_tls(url: str, good: bool) -> None:
    endpoint = Endpoint()
    if good:
        endpoint.admit(url)
    else:
        with pytest.raises(RemoteError):
            endpoint.admit(url)


@pytest.mark.parametrize("root", ["http://www.googleapis.com/", "ftp://127.0.0.1/", "127.0.0.1:80", "/", "http://"])
def test_a_root_that_is_no_root_is_refused(root: str) -> None:
    with pytest.raises(UsageError):
        Endpoint.from_environment({"TOOLKIT_GOOGLE_ROOT": root})


def test_the_environment_decides_where_google_is() -> None:
    assert Endpoint.from_environment({}) == Endpoint(REAL_ROOT)
    assert Endpoint.from_environment({"TOOLKIT_GOOGLE_ROOT": "http://127.0.0.1:81"}).root == "http://127.0.0.1:81/"
    assert Endpoint.from_environment({"TOOLKIT_LOOPBACK_ONLY": "1"}).stays_here


def test_tests_can_never_reach_google() -> None:
    assert Endpoint.from_environment().stays_here


def test_neither_calls_nor_batches_nor_refreshes_leave_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Transport.request

    def listen(self: Transport, uri: str, *rest: Any, **more: Any) -> Any:
        asked.append(uri)
        return real(self, uri, *rest, **more)

    monkeypatch.setattr(Transport, "request", listen)
    monkeypatch.setattr(httplib2.Http, "request", lambda *_, **__: pytest.fail("a transport that isn't ours"))
    with LoopbackGoogle() as google, client_of(google) as client:
        service = client.service("calendar", "v3")
        request = service.calendars().insert(body={"summary": "Sổ tay"})
        calendar = client.send(request, lambda reply: is_object(reply, summary="Sổ tay"))
        google.tokens.expire()
        parts = [Part(service.events().list(calendarId=calendar["id"]), is_object) for _ in range(3)]
        assert all(is_object(reply, summary="Sổ tay") for reply in client.send_batch(service, parts).found)
        assert (google.count("token"), google.count("batch")) == (1, 2)
        root = google.root
    assert len(asked) > 3
    assert all(uri.startswith(root) for uri in asked)


def test_without_credentials_the_member_is_told_to_sign_in() -> None:
    with pytest.raises(SignInError) as caught:
        GoogleClient(None)
    assert caught.value.problem.code == "google.not_signed_in"


def test_a_kept_sign_in_is_used_and_a_renewed_token_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LoopbackGoogle() as google:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", google.root)
        google.sign_in(tmp_path)
        google.tokens.expire()
        for _ in range(2):
            with signed_in(tmp_path) as client:
                request = client.service("calendar", "v3").calendars().insert(body={"summary": "x"})
                client.send(request, lambda reply: is_object(reply, summary="x"))
        assert google.count("token") == 1


def test_nobody_listening_is_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotReachedError):
        fetch(f"http://127.0.0.1:{port}/")


def test_a_server_that_dribbles_is_cut_at_the_deadline() -> None:
    def dribble(connection: socket.socket) -> None:
        connection.sendall(http_answer(b"", "Content-Length: 1000"))
        for _ in range(1000):
            connection.sendall(b"x")
            time.sleep(0.05)

    with raw_server(dribble) as root, pytest.raises(LateError):
        fetch(root, deadline=0.4)  # it would dribble for fifty seconds, and then be an answer


def test_a_server_that_dribbles_its_headers_is_cut_too() -> None:
    def dribble(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(1000):
            connection.sendall(b"x")
            time.sleep(0.05)

    with raw_server(dribble) as root, pytest.raises(LateError):
        fetch(root, deadline=0.4)


def test_a_dribbled_body_without_length_is_no_answer() -> None:
    def dribble(connection: socket.socket) -> None:
        connection.sendall(http_answer(b'{"id": "half', "Connection: close"))
        time.sleep(1)

    with raw_server(dribble) as root, pytest.raises(LateError):
        fetch(root, deadline=0.3)


def test_a_handshake_that_never_comes_is_cut_too() -> None:
    with raw_server(lambda _: time.sleep(1)) as root, pytest.raises((LateError, NotReachedError)):
        fetch(root.replace("http:", "https:"), deadline=0.3)  # the watch and the socket's own limit race


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody but a test trusts, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return path


@contextmanager
def tls_server(certificate: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def answer(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(65536)
            secure.sendall(http_answer(b"{}", "Content-Length: 2"))

    with raw_server(answer, greeting=False) as root:
        yield root.replace("http:", "https:")


def test_a_server_with_a_good_certificate_is_talked_to(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(certificate))
    with tls_server(certificate) as root:
        assert fetch(root)[1] == b"{}"


def test_a_server_that_only_says_it_is_google_is_sent_nothing(certificate: Path) -> None:
    with tls_server(certificate) as root:
        client = GoogleClient(Credentials("token"), endpoint=Endpoint(root), persistence=Counted().persistence())
        with client, pytest.raises(RemoteError) as caught:
            client.send(client.service("calendar", "v3").calendars().get(calendarId="primary"), is_object)
    assert caught.value.problem.code == "google.false_certificate"


def test_redirects_are_not_followed() -> None:
    answer = http_answer(b"", "Location: https://evil.test/", "Content-Length: 0", status="302 Found")
    with raw_server(lambda connection: connection.sendall(answer)) as root:
        response, _ = fetch(root)
    assert response.status == 302


def test_a_packed_answer_is_unpacked() -> None:
    packed = gzip.compress("Sổ tay".encode())
    answer = http_answer(packed, "Content-Encoding: gzip", f"Content-Length: {len(packed)}")
    with raw_server(lambda connection: connection.sendall(answer)) as root:
        response, content = fetch(root)
    assert content.decode() == "Sổ tay"
    assert "content-encoding" not in response


@pytest.mark.parametrize("damage", ["bomb", "cut", "noise"])
def test_a_packed_answer_that_is_damaged_or_a_bomb_is_refused(damage: str) -> None:
    packed = (
        gzip.compress(b"0" * (BODY_LIMIT + 1)) if damage == "bomb" else gzip.compress(json.dumps({"a": 1}).encode())
    )
    packed = {"bomb": packed, "cut": packed[:-9], "noise": b"\x1f\x8b" + b"\xff" * 30}[damage]
    answer = http_answer(packed, "Content-Encoding: gzip", f"Content-Length: {len(packed)}")
    with raw_server(lambda connection: connection.sendall(answer)) as root, pytest.raises(ConnectionError):
        fetch(root)


def test_a_connection_that_the_server_closed_meanwhile_is_opened_anew() -> None:
    answer = http_answer(b"{}", "Content-Length: 2")  # keep-alive is promised, and the connection closed all the same
    with raw_server(lambda connection: connection.sendall(answer)) as root, Transport(Endpoint(root)) as transport:
        for _ in range(5):
            assert transport.request(root)[1] == b"{}"
            time.sleep(0.02)


def test_a_connection_is_used_again() -> None:
    with LoopbackGoogle() as google, client_of(google) as client:
        service = client.service("calendar", "v3")
        for _ in range(3):
            client.send(service.calendars().insert(body={"summary": "x"}), lambda reply: is_object(reply, summary="x"))
        assert len(client._transport._open) == 1


def test_a_reply_that_fails_its_check_is_asked_for_again_and_then_refused() -> None:
    clock = Counted()
    with LoopbackGoogle() as google, client_of(google, clock) as client:
        request = client.service("calendar", "v3").calendars().get(calendarId="primary")
        google.faults.add("calendars.get", "200html", times=99)
        with pytest.raises(RemoteError) as caught:
            client.send(request, is_object)
        assert caught.value.problem.code == "google.not_google"
        assert google.count("calendars.get") == 6


def test_no_secret_is_in_an_error() -> None:
    with LoopbackGoogle() as google:
        credentials = google.credentials()
        google.tokens.revoke()
        with GoogleClient(credentials, endpoint=Endpoint(google.root), persistence=Counted().persistence()) as client:
            request = client.service("calendar", "v3").calendars().insert(body={"summary": "x"})
            with pytest.raises(SignInError) as caught:
                client.send(request, is_object)
    told = repr(caught.value) + repr(caught.value.problem) + repr(caught.value.__cause__)
    for secret in (credentials.token, credentials.refresh_token, credentials.client_secret):
        assert str(secret) not in told
