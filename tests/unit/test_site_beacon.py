"""What a page may tell the collector, how it is read, and the script that tells it."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sitestats.adapters.settling import _shown
from toolkit.sitestats.beacon import script
from toolkit.sitestats.beacon.guards import (
    Limiter,
    hosts_of,
    neighbourhood,
    origins_of,
    read_address,
    read_network,
    read_origin,
    visitor_address,
)
from toolkit.sitestats.beacon.message import LARGEST, bare_referrer, lead, read_message, shown_path

TEXTS = st.text(max_size=60) | st.sampled_from(["/", "/a?b=c#d", "https://x.example/a?b#c", "view", "link", "event"])
VALUES = st.none() | st.booleans() | st.integers() | TEXTS | st.lists(TEXTS, max_size=2)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_none(raw: bytes) -> None:
    assert read_message(raw) is None or json.loads(raw)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys("skprn", VALUES)), st.sampled_from(["view", "event", "link"]))
def test_a_message_that_is_read_is_printable_and_short(told: dict[str, object], kind: str) -> None:
    read = read_message(json.dumps({"p": "/", "k": kind, **told}).encode())
    if read is None:
        return
    for text in (read.path, read.referrer, read.name):
        assert text.isprintable()
    assert len(read.path) <= 2_000
    assert len(read.referrer) <= 500
    assert len(read.name) <= 100
    assert bool(read.name) is (read.kind != "view")
    assert "?" not in read.referrer


@given(st.text(max_size=60).map(lambda text: f"/{text.replace('?', '')}"))
def test_a_page_has_the_same_name_as_in_a_report_on_logs(path: str) -> None:
    assert shown_path(path) == _shown(path)


def test_a_message_is_read_as_a_page_writes_it() -> None:
    read = read_message(
        b'{"s":"shop-1","k":"view","p":"/b%C3%A1n?utm_source=zalo&x=1","r":"https://www.google.com/search?q=ban"}'
    )
    assert read is not None
    assert (read.path, read.query, read.referrer) == ("/bán", "utm_source=zalo&x=1", "https://www.google.com/search")
    assert read_message(b'{"p":"/","k":"view"}' + b" " * LARGEST) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://zalo.me/0912?src=qr#x", "zalo.me/0912"),
        ("https://Zalo.me/", "zalo.me"),
        ("tel:+84912345678", "tel:+84912345678"),
        ("mailto:lan@shop.example?subject=a", "mailto:lan@shop.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("//[", ""),
        ("", ""),
    ],
)
def test_where_a_link_leads(typed: str, kept: str) -> None:
    assert lead(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://u:p@News.example:8443/a?b=c#d", "https://news.example:8443/a"),
        ("android-app://com.zing.zalo", "android-app://com.zing.zalo"),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
        ("https://a:99999/", ""),
        ("about:blank", ""),
    ],
)
def test_a_referrer_without_what_follows_it(typed: str, kept: str) -> None:
    assert bare_referrer(typed) == kept


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 5)), max_size=80))
def test_nobody_comes_more_often_than_the_limit_allows(steps: list[tuple[int, float]]) -> None:
    limiter, now, came = Limiter(2, 5, 100), 0.0, dict.fromkeys(range(4), 0)
    for key, passed in steps:
        now += passed
        came[key] += limiter.allows(key, now)
        assert came[key] <= 5 + 2 * now + 1e-6


def test_a_clock_that_steps_back_gives_nothing_away() -> None:
    limiter = Limiter(1, 1, 10)
    assert limiter.allows(1, 100)
    assert not limiter.allows(1, 50)


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_none(text: str) -> None:
    for read in (read_address, read_network, read_origin):
        read(text)
    assert len(visitor_address(text, [text], [])) <= 60


def test_one_customers_ipv6_addresses_are_neighbours() -> None:
    assert neighbourhood("2001:db8:1:2::1") == neighbourhood("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert neighbourhood("2001:db8:1:3::1") != neighbourhood("2001:db8:1:2::1")
    assert neighbourhood("203.0.113.7") == "203.0.113.7"


def test_origins_and_hosts_are_written_as_browsers_write_them() -> None:
    assert origins_of("www.münchen.example") == {
        f"{scheme}://{www}xn--mnchen-3ya.example" for scheme in ("http", "https") for www in ("", "www.")
    }
    assert read_origin("https://Shop.example:443/") == "https://shop.example"
    assert read_origin("http://shop.example:443") == "http://shop.example:443"
    assert not origins_of("é" * 300)
    assert origins_of("127.0.0.1:8000") == {"http://127.0.0.1:8000", "https://127.0.0.1:8000"}
    assert origins_of("[::1]:8000") == {"http://[::1]:8000", "https://[::1]:8000"}
    assert origins_of("::1") == {"http://[::1]", "https://[::1]"}
    assert origins_of("www.shop.example:8443") == {
        f"{scheme}://{www}shop.example:8443" for scheme in ("http", "https") for www in ("", "www.")
    }
    assert {"https://shop.example", "http://shop.example:443"} <= origins_of("shop.example:443")
    assert not origins_of("shop.example:99999")
    assert not origins_of("")
    for wrong in (
        "é" * 300,
        "https://" + "é" * 300,
        "shop.example",
        "ftp://shop.example",
        "https://shop.example/a",
        "https://u@shop.example",
        "https://",
    ):
        assert read_origin(wrong) is None
    assert hosts_of(["https://stats.example/t/"], "127.0.0.1", 8787) == {
        "127.0.0.1:8787", "localhost:8787", "[::1]:8787", "stats.example",
    }  # fmt: skip


def test_the_script_that_pages_hold_the_hash_of_is_this_one() -> None:
    """A script that does something else needs another name (t2.js), and this one has to stay: the pages of members hold
    its hash, and a browser runs no other script under it."""
    assert script.NAME == "t1.js"
    assert script.integrity() == "sha256-kb2BOOvXpOcNMBx0GEl8Yp3ftVhHJwUfO+DRT6pRHC8="


def test_the_script_is_small_and_reaches_for_nothing_else() -> None:
    text = script.script().decode("ascii")
    assert len(text) < 1_024
    for word in ("cookie", "localStorage", "sessionStorage", "indexedDB", "http://", "https://", "eval", "innerHTML"):
        assert word not in text
    assert "</script" not in text
    assert "\n" not in text


def test_the_script_is_its_readable_source() -> None:
    source = script.SOURCE.read_text("utf-8")
    readable = re.sub(r"(?m)^\s*//.*$", "", source)
    for kept in (
        "sendBeacon",
        "pushState",
        "replaceState",
        "popstate",
        "persisted",
        "globalPrivacyControl",
        "data-event",
    ):
        assert readable.count(kept) == script.script().decode().count(kept) > 0
    assert re.sub(r"[\w\s;]", "", readable) == re.sub(r"[\w\s;]", "", script.script().decode())


def test_hostile_texts_are_read_quickly() -> None:
    begun = time.process_time()
    for text in ("[" * 4_000, "http://" + "@" * 4_000, "/" + "%" * 4_000, "1." * 2_000, ":" * 4_000, "," * 4_000):
        read_message(json.dumps({"p": "/" + text, "k": "link", "n": text, "r": text}).encode()[:LARGEST])
        bare_referrer(text)
        lead(text)
        read_origin(text)
        read_network(text)
        visitor_address(text, [text], [])
    assert time.process_time() - begun < 1
