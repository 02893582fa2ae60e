"""Who is let in when the browser comes back, and what it is shown."""

from __future__ import annotations

import http.client
import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.browsing import get, pages
from toolkit.google.listener import Listener, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

STATE = "s" * 43


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener(STATE, pages()) as opened:
        yield opened


@pytest.fixture(scope="module")
def lasting() -> Iterator[Listener]:
    with Listener(STATE, pages()) as opened:
        yield opened


def ask(listener: Listener, target: str, verb: str = "GET", host: str | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", listener.port, timeout=20)
    connection.putrequest(verb, target, skip_host=True)
    if host != "":
        connection.putheader("Host", host or f"127.0.0.1:{listener.port}")
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_the_right_visit_waits_for_its_page_and_then_shows_it(listener: Listener) -> None:
    shown: list[tuple[int, str]] = []
    thread = threading.Thread(
        target=lambda: shown.append(get(f"{listener.redirect_uri}?state={STATE}&code=4/x&scope=a+b"))
    )
    thread.start()
    visit = listener.wait(20)
    assert visit is not None
    assert visit.params == {"state": STATE, "code": "4/x", "scope": "a b"}
    assert not shown
    visit.finish(Page("Xong <b>", 'a "b" & c'))
    thread.join(20)
    ((status, text),) = shown
    assert status == 200
    assert "<h1>Xong &lt;b&gt;</h1><p>a &quot;b&quot; &amp; c</p>" in text
    assert "4/x" not in text


def test_a_page_runs_nothing_loads_nothing_and_is_kept_nowhere(listener: Listener) -> None:
    answer = ask(listener, "/favicon.ico")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    _, text = get(f"{listener.redirect_uri}favicon.ico")
    assert not re.search(r"<script|https?://|//|\bsrc=|\bhref=|\bon\w+=", text)
    assert '<html lang="vi">' in text


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/", 403),
        (f"/?state={STATE[:-1]}&code=x", 403),
        (f"/?state={STATE}x&code=x", 403),
        (f"/?state={STATE}&state={STATE}&code=x", 403),
        ("/?code=x", 403),
        ("/?state=&code=x", 403),
        (f"/?state={STATE}", 400),
        (f"/?state={STATE}&code=x&error=y", 400),
        (f"/?state={STATE}&code=x&code=y", 400),
        (f"/callback?state={STATE}&code=x", 404),
        (f"//evil.test/?state={STATE}&code=x", 403),
        ("/?" + "&".join(f"a{n}=1" for n in range(100)), 400),
    ],
)
def test_whatever_is_not_the_answer_to_this_sign_in_stays_outside(listener: Listener, target: str, status: int) -> None:
    if target.startswith("//"):
        assert ask(listener, target).status in {403, 404}
    else:
        assert ask(listener, target).status == status
    assert listener.wait(0.01) is None


@pytest.mark.parametrize("host", ["", "evil.test", "localhost", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil:{}"])
def test_a_name_that_was_pointed_at_this_machine_is_not_this_machine(listener: Listener, host: str) -> None:
    assert ask(listener, f"/?state={STATE}&code=x", host=host.format(listener.port)).status == 421
    assert listener.wait(0.01) is None


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "<B>"])
def test_only_a_browser_that_asks_for_a_page_is_heard(listener: Listener, verb: str) -> None:
    assert ask(listener, f"/?state={STATE}&code=x", verb).status == 501
    assert listener.wait(0.01) is None


def test_a_second_visit_with_the_same_answer_is_too_late(listener: Listener) -> None:
    threading.Thread(target=get, args=(f"{listener.redirect_uri}?state={STATE}&code=x",), daemon=True).start()
    visit = listener.wait(20)
    assert visit is not None
    assert get(f"{listener.redirect_uri}?state={STATE}&code=x")[0] == 410
    assert get(f"{listener.redirect_uri}?state={STATE}&error=access_denied")[0] == 410
    visit.finish(Page("a", "b"))
    assert listener.wait(0.01) is None


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_no_other_state_opens_the_door(lasting: Listener, state: str) -> None:
    status, _ = get(f"{lasting.redirect_uri}?code=x&state={quote(state, errors='replace')}")
    assert status == 403
