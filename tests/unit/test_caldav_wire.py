"""The password goes to the server in the way that it asks for, and an address is one whatever way it is written."""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.caldav.address import AddressGate, origin_of, read_address
from toolkit.caldav.persistence import said_in
from toolkit.caldav.server import strong
from toolkit.caldav.wire import Digest, Login, RefusalError, Wire, read_challenge
from toolkit.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = 'mật "khẩu"\\ 7'


@contextmanager
def digest_server(challenge: str, algorithm: str = "md5", *, stale_after: int = 99) -> Iterator[tuple[str, list[str]]]:
    """A server that admits who answers its challenge (RFC 7616, computed here on its own)."""
    heard: list[str] = []

    def h(text: str) -> str:
        return hashlib.new(algorithm, text.encode()).hexdigest()

    def admits(header: str, method: str, path: str) -> bool:
        fields = {
            name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"((?:\\.|[^"])*)"|([^,\s]+))', header)
        }
        if not header.startswith("Digest ") or fields["uri"] != path:
            return False
        who, what = h(f"lan:Lịch:{PASSWORD}"), h(f"{method}:{path}")
        between = fields["nonce"]
        if "qop" in fields:
            between += f":{fields['nc']}:{fields['cnonce']}:auth"
        return str(fields["response"]) == h(f"{who}:{between}:{what}")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PROPFIND(self) -> None:
            header = (self.headers.get("Authorization") or "").encode("latin-1").decode("utf-8")
            heard.append(header.partition(" ")[0])
            asked = challenge.replace("NONCE", "n1" if len(heard) < stale_after else "n2")
            good = admits(header, "PROPFIND", self.path) and ("n2" in asked) <= ('nonce="n2"' in header)
            if not good and len(heard) >= stale_after:
                asked += ", stale=true"
            self.send_response(207 if good else 401)
            if not good:
                self.send_header("WWW-Authenticate", asked)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()


def wire_to(address: str, password: str = PASSWORD) -> closing[Wire]:
    return closing(Wire(AddressGate(address), Login(address, "lan", password), deadline=10))


@pytest.mark.parametrize(
    ("challenge", "algorithm"),
    [
        ('Digest realm="Lịch", nonce="NONCE", qop="auth"', "md5"),
        ('Digest realm="Lịch", nonce="NONCE", qop="auth-int, auth", opaque="o p"', "md5"),
        ('Digest realm="Lịch", nonce="NONCE"', "md5"),
        ('Basic realm="x", Digest realm="Lịch", nonce="NONCE", algorithm=SHA-256, qop=auth', "sha256"),
    ],
)
def test_a_server_that_wants_a_digest_gets_one(challenge: str, algorithm: str) -> None:
    challenge = challenge.encode().decode("latin-1")
    with digest_server(challenge, algorithm) as (address, heard), wire_to(address) as wire:
        for path in ("/", "/lan/?a=1"):
            assert wire.request("PROPFIND", address + path).status_code == 207
    assert heard == ["Basic", "Digest", "Digest"]


def test_a_challenge_that_has_grown_old_is_answered_anew() -> None:
    challenge = 'Digest realm="Lịch", nonce="NONCE", qop="auth"'.encode().decode("latin-1")
    with digest_server(challenge, stale_after=4) as (address, heard), wire_to(address) as wire:
        assert [wire.request("PROPFIND", address + "/").status_code for _ in range(4)] == [207] * 4
    assert heard == ["Basic", *["Digest"] * 5]


def test_a_wrong_password_is_tried_in_each_way_once() -> None:
    challenge = 'Digest realm="Lịch", nonce="NONCE", qop="auth"'.encode().decode("latin-1")
    with digest_server(challenge) as (address, heard):
        wire = wire_to(address, "falsch")
        with wire as sent, pytest.raises(RefusalError) as refused:
            sent.request("PROPFIND", address + "/")
    assert refused.value.status == 401
    assert heard == ["Basic", "Digest"]


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Negotiate", 'Digest realm="x"', 'Digest nonce="x"', 'Digest realm="x", nonce="y", algorithm=FOO',
     'Digest realm="x", nonce="y", qop="auth-int"', "Digest " + "a," * 50_000, 'Digest realm="' + "\\" * 50_000],
)  # fmt: skip
def test_a_challenge_that_cant_be_answered_is_none(header: str) -> None:
    assert read_challenge(header) is None


@given(st.text(max_size=200))
def test_no_challenge_upsets_us(text: str) -> None:
    for header in (text, f"Digest {text}", f'Digest realm="{text}", nonce="{text}"'):
        found = read_challenge(header)
        assert found is None or isinstance(found, Digest)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("lich.example.org", "https://lich.example.org/"),
        (" https://Lich.Example.org ", "https://lich.example.org/"),
        ("https://lich.example.org:443/dav", "https://lich.example.org/dav"),
        ("https://lich.example.org:8443/dav/", "https://lich.example.org:8443/dav/"),
        ("https://lịch.vn/Của tôi/".replace(" ", "%20"), "https://xn--lch-iua.vn/C%E1%BB%A7a%20t%C3%B4i/"),
        ("https://lich.example.org/dav/?export#x", "https://lich.example.org/dav/"),
        ("http://127.0.0.1:5232/lan/", "http://127.0.0.1:5232/lan/"),
        ("http://[::1]:5232", "http://[::1]:5232/"),
        (
            "https://lich.example.org/calendars/lan@example.org/nhà/",
            "https://lich.example.org/calendars/lan@example.org/nh%C3%A0/",
        ),
    ],
)
def test_an_address_has_one_spelling(typed: str, wanted: str) -> None:
    address = read_address(typed)
    assert re.sub("xn--[a-z0-9-]+", "xn--", address) == re.sub("xn--[a-z0-9-]+", "xn--", wanted)
    assert read_address(address) == address


@given(st.one_of(st.text(max_size=80), st.text(max_size=40).map(lambda text: f"https://example.org/{text}")))
def test_whatever_is_typed_is_one_spelling_or_refused(text: str) -> None:
    try:
        address = read_address(text)
    except UsageError:
        return
    assert address.isascii()
    assert read_address(address) == address
    assert "@" not in urlsplit(address).netloc
    assert urlsplit(origin_of(address)).path == ""
    assert AddressGate(address).admits(address) or not address.startswith("http://127.")


@pytest.mark.parametrize(
    ("etag", "wanted"), [('"a"', '"a"'), ('W/"a"', '"a"'), (' "a" ', '"a"'), (None, ""), ("", ""), ("a", "a")]
)
def test_a_version_mark_that_a_proxy_weakened_still_guards(etag: str | None, wanted: str) -> None:
    assert strong(etag) == wanted


def test_an_error_document_is_told_in_its_own_words() -> None:
    assert said_in("<d:error xmlns:d='DAV:'><s:message>Không được</s:message></d:error>") == "Không được"
    assert said_in("<D:error xmlns:D='DAV:'><D:need-privileges/></D:error>") == "need-privileges"
    assert said_in("") == ""
    assert len(said_in("<" * 100_000)) <= 200
