"""A02: a hundred stray requests knock before the right one; the sign-in still succeeds."""

from __future__ import annotations

import random
import socket
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from builders.browsing import Member, browse
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Callable

STRAY: list[Callable[[int], bytes]] = [
    lambda port: f"GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode(),
    lambda port: f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode(),
    lambda port: f"GET /?state=x&code=y HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode(),
    lambda port: f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 9\r\n\r\nstate=x&c".encode(),
    lambda port: f"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode(),
    lambda port: b"GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    lambda port: b"GET / HTTP/1.1\r\n\r\n",
    lambda port: b"GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    lambda port: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40,  # TLS, on a port that has none
    lambda port: b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    lambda port: b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    lambda port: b"\x00\xff" * 50 + b"\r\n\r\n",
    lambda port: b"\r\n\r\n",
    lambda port: b"GET / HTTP/9.9\r\n\r\n",
    lambda port: b"GE",  # and then nothing more
    lambda port: b"",
]


def test_a_hundred_stray_requests_are_answered_or_dropped_and_the_right_one_counts() -> None:
    left_open: list[socket.socket] = []

    def act(url: str) -> tuple[int, str]:
        port = urlsplit(parse_qs(urlsplit(url).query)["redirect_uri"][0]).port or 0
        order = [STRAY[n % len(STRAY)] for n in range(100)]
        random.Random(20_261_122).shuffle(order)
        for number, stray in enumerate(order):
            knock = socket.create_connection(("127.0.0.1", port), timeout=10)
            knock.sendall(stray(port))
            if number % 2:
                knock.close()
            else:
                left_open.append(knock)  # this one doesn't go away by itself
        assert google.count("token") == 0
        return browse(url)

    with LoopbackGoogle() as google:
        member = Member(google, act)
        try:
            member.sign_in()
        finally:
            for knock in left_open:
                knock.close()
        assert len(left_open) == 50
        assert google.count("token") == 1
    assert member.seen[0][0] == 200


def test_a_stray_request_is_told_nothing() -> None:
    answers: list[bytes] = []

    def act(url: str) -> tuple[int, str]:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        port = urlsplit(query["redirect_uri"]).port or 0
        for stray in STRAY[:8]:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as knock:
                knock.sendall(stray(port))
                while chunk := knock.recv(65_536):
                    answers.append(chunk)
        text = b"".join(answers).decode()
        for secret in (query["state"], query["code_challenge"], query["client_id"]):
            assert secret not in text
        assert "evil.test" not in text
        assert "Python" not in text
        return browse(url)

    with LoopbackGoogle() as google:
        member = Member(google, act)
        member.sign_in()
    assert answers
    assert member.seen[0][0] == 200
