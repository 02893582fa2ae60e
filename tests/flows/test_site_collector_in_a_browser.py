"""The script in a real browser: pages, moves without loading, events, links away, wishes, strict pages, leaving."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from builders.browser import Browser, chromium
from builders.collecting import HOST, PHONE, ZONE, Collector, collecting
from toolkit.sitestats.adapters.sites import Sites
from toolkit.sitestats.service.collecting import Snippet, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = """
<p><a id="inside" href="/hai">trang hai</a> <a id="outside" href="https://elsewhere.example/x/?t=1#y">ra ngoài</a>
<a id="phone" href="tel:+84912345678" data-event="goi">gọi</a>
<button id="order" data-event="dat-hang"><b id="within">Đặt</b></button>
<form id="form" data-event="dang-ky"><input name="email"><button id="submit">Gửi</button></form>
<iframe name="nowhere"></iframe>
"""


class Pages(ThreadingHTTPServer):
    """The member's site: the same page at every address. `csp` is its policy, `head` what stands in its head."""

    daemon_threads = True
    csp = ""
    head = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


class Page(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        raw = f"<!doctype html><html lang=vi><meta charset=utf-8><title>x</title>{self.server.head}{BODY}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.server.csp:
            self.send_header("Content-Security-Policy", self.server.csp)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: object) -> None:
        pass


class Site:
    """A site in a browser, with what the collector was told of it."""

    def __init__(self, pages: Pages, collector: Collector, line: Snippet, browser: Browser) -> None:
        self.pages, self.collector, self.line, self._browser = pages, collector, line, browser

    @contextmanager
    def visit(self, path: str = "/", script: str = "") -> Iterator[Any]:
        """A page of the site, opened by a visitor. `script` runs before the page's own."""
        context = self._browser.chromium.new_context(user_agent=PHONE)
        try:
            page = context.new_page()
            page.route("https://elsewhere.example/**", lambda route: route.fulfill(body="khác"))
            page.said = []
            page.on("console", lambda message: page.said.append(message.text))
            page.on("pageerror", lambda error: page.said.append(str(error)))
            if script:
                page.add_init_script(script)
            page.goto(f"{self.pages.origin}{path}")
            yield page
            assert context.cookies() == []
        finally:
            context.close()

    def arrived(self, n: int) -> None:
        """Wait until `n` have come: what a browser sends at once comes in any order."""
        until = time.monotonic() + 10
        while len(self.collector.told()) < n and time.monotonic() < until:
            time.sleep(0.01)

    def told(self, n: int) -> list[tuple[str, str, str]]:
        """(kind, path, name) of what was told, once `n` have come and a moment has shown that there are no more."""
        self.arrived(n)
        time.sleep(0.15)
        return [(told.kind, told.path, told.name) for told in self.collector.told()]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def site(tmp_path: Path, browser: Browser) -> Iterator[Site]:
    with Pages() as pages:
        thread = threading.Thread(target=pages.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        with collecting(tmp_path, origins=[pages.origin]) as collector:
            sites = Sites(tmp_path / "sites")
            url = f"http://127.0.0.1:{collector.port}"
            line = snippet(sites, collector.site.name, url, zone=ZONE, host=HOST).data
            pages.head = line.tag
            yield Site(pages, collector, line, browser)
        pages.shutdown()
        thread.join()


def test_pages_are_counted_also_those_that_change_without_loading(site: Site) -> None:
    with site.visit("/b%C3%A1n?utm_source=zalo&utm_campaign=tet") as page:
        site.arrived(1)
        page.evaluate("history.pushState({}, '', '/mot')")
        page.evaluate("history.replaceState({a: 1}, '', '/mot')")  # the same page
        site.arrived(2)
        page.evaluate("history.pushState({}, '', '/mot?trang=2')")
        site.arrived(3)
        page.evaluate("history.replaceState({}, '', '/ba')")
        site.arrived(4)
        page.evaluate("history.back()")
        page.wait_for_function("location.pathname == '/mot'")
        site.arrived(5)
        page.click("#inside")
        page.wait_for_load_state()
        told = site.told(6)
        assert page.said == []
    assert told == [("view", path, "") for path in ("/bán", "/mot", "/mot", "/ba", "/mot", "/hai")]
    rows = site.collector.told()
    assert json.loads(rows[0].marks)[:3] == ["Zalo", "", "tet"]
    assert [row.referrer.removeprefix(site.pages.origin) for row in rows] == [
        "", "/b%C3%A1n", "/mot", "/mot", "/ba", "/mot",
    ]  # fmt: skip
    assert len({row.visitor for row in rows}) == 1
    assert rows[0].agent == PHONE


def test_what_is_done_is_counted_by_its_name(site: Site) -> None:
    with site.visit() as page:
        page.click("#within")
        page.evaluate("toolkit('event', 'xem-video')")
        page.evaluate("document.querySelector('#form').addEventListener('submit', e => e.preventDefault())")
        page.fill("[name=email]", "lan@shop.example")
        page.click("#submit")
        told = site.told(4)
    names = ("dang-ky", "dat-hang", "xem-video")
    assert sorted(told) == [*(("event", "/", name) for name in names), ("view", "/", "")]


def test_links_that_lead_away_are_counted_and_still_lead_away(site: Site) -> None:
    with site.visit() as page:
        # no program takes a call here, and an attempt to find one would stop the next click
        page.evaluate("document.querySelector('#phone').addEventListener('click', e => e.preventDefault())")
        page.click("#phone")
        page.click("#outside")
        page.wait_for_url("https://elsewhere.example/**")
        told = site.told(4)
    assert sorted(told) == [
        ("event", "/", "goi"),
        ("link", "/", "elsewhere.example/x"),
        ("link", "/", "tel:+84912345678"),
        ("view", "/", ""),
    ]


def test_what_is_told_while_leaving_arrives(site: Site) -> None:
    with site.visit() as page:
        page.evaluate("addEventListener('pagehide', () => toolkit('event', 'roi-trang'))")
        page.goto("about:blank")
        assert ("event", "/", "roi-trang") in site.told(2)


def test_a_page_that_is_come_back_to_is_counted_again(site: Site) -> None:
    with site.visit("/mot") as page:
        site.arrived(1)
        page.click("#inside")
        page.wait_for_url("**/hai")
        site.arrived(2)
        page.go_back()
        page.wait_for_url("**/mot")
        assert [path for _, path, _ in site.told(3)] == ["/mot", "/hai", "/mot"]


@pytest.mark.parametrize(
    "wish",
    [
        "Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'})",
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})",
        "delete Navigator.prototype.sendBeacon",
    ],
    ids=["DNT", "GPC", "an old browser"],
)
def test_whoever_does_not_want_to_be_counted_or_can_not_be_sends_nothing_and_the_page_works(
    site: Site, wish: str
) -> None:
    with site.visit(script=wish) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.click("#order")
        page.evaluate("toolkit('event', 'x')")
        page.evaluate("history.pushState({}, '', '/mot')")
        assert site.told(0) == []
        assert asked == []
        assert page.said == []


def test_nothing_is_kept_in_the_browser(site: Site) -> None:
    with site.visit() as page:
        site.told(1)
        kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert kept == [0, 0, ""]
        assert page.evaluate("Object.keys(window).filter(name => name == 'toolkit' || /^[a-z]$/i.test(name))") == [
            "toolkit"
        ]


def test_a_strict_page_that_allows_what_it_was_told_to_allow(site: Site) -> None:
    site.pages.csp = f"default-src 'none'; form-action 'self'; {site.line.policy}"
    with site.visit() as page:
        site.arrived(1)
        page.click("#order")
        assert site.told(2) == [("view", "/", ""), ("event", "/", "dat-hang")]
        assert page.said == []


def test_a_strict_page_that_has_the_script_within(site: Site) -> None:
    site.pages.csp = f"default-src 'none'; {site.line.inline_policy}"
    site.pages.head = site.line.inline
    with site.visit() as page:
        site.arrived(1)
        page.click("#order")
        assert site.told(2) == [("view", "/", ""), ("event", "/", "dat-hang")]
        assert page.said == []


def test_another_script_at_its_address_is_not_run(site: Site) -> None:
    with site.visit("/mot") as page:
        assert site.told(1)
        page.route("**/t1.js", lambda route: route.fulfill(body="document.title = 'forged'", headers={
            "Content-Type": "text/javascript", "Access-Control-Allow-Origin": "*",
        }))  # fmt: skip
        page.goto(f"{site.pages.origin}/hai")
        assert page.title() == "x"
        assert any("integrity" in said for said in page.said)
    assert len(site.told(1)) == 1


def test_a_page_of_somebody_else_that_has_copied_the_line_tells_nothing(site: Site) -> None:
    with Pages() as other:
        thread = threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        other.head = site.line.tag
        with site.visit() as page:
            page.goto(f"{other.origin}/")
            assert site.told(1) == [("view", "/", "")]
        other.shutdown()
        thread.join()
    assert site.collector.site.host == HOST
