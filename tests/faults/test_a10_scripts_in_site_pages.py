"""A10, A11, A12, A16: whatever stands in a log, the page of a site shows it as text, also while it is filtered.

Looked at in a real browser with scripts allowed: the page has one of its own, and what it says of itself keeps out all
others.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.browser import Browser, chromium
from builders.markup_attacks import ATTACKS
from toolkit.pages.page import Live, Page, embedded, policy, render
from toolkit.pages.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

DESK: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ELEMENTS: Final = {
    *("html", "head", "meta", "title", "style", "script", "body", "main", "header", "footer", "h1", "h2", "p", "div"),
    *(
        "section",
        "form",
        "fieldset",
        "legend",
        "label",
        "span",
        "input",
        "select",
        "option",
        "button",
        "dl",
        "dt",
        "dd",
    ),
    *("figure", "svg", "rect", "line", "details", "summary", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {
    *("lang", "charset", "http-equiv", "content", "name", "id", "class", "type", "value", "checked", "min", "max"),
    *(
        "required",
        "selected",
        "disabled",
        "autocomplete",
        "spellcheck",
        "aria-label",
        "aria-labelledby",
        "aria-describedby",
    ),
    *("aria-live", "aria-sort", "aria-hidden", "aria-expanded", "role", "scope", "viewBox", "preserveAspectRatio"),
    *("focusable", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "data-panel", "title", "style"),
}
# Attributes with a text in them: none may hold a text of the log. The style is the widest a drawing may be.
TELLING: Final = """() => [...document.querySelectorAll('body *')].flatMap(e => [...e.attributes].map(a => a.value))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def logged(text: str) -> str:
    """A text as nginx writes it between quotes."""
    return "".join(
        "".join(f"\\x{byte:02X}" for byte in sign.encode()) if sign in '"\\\\' or not sign.isprintable() else sign
        for sign in text
    )


def line(number: int, target: str, *, status: int = 200, referrer: str = "-", agent: str = DESK) -> str:
    when = f"05/Nov/2026:08:{number // 60:02d}:{number % 60:02d} +0700"
    return (
        f'203.0.{number // 250}.{number % 250} - - [{when}] "GET {target} HTTP/1.1" {status} 10 "{referrer}" "{agent}"'
    )


def placements() -> list[str]:
    """Every attack as a path (found, not found, of a file), in a query, as source, campaign, referrer, its host, agent,
    and as a line that is no request."""
    lines: list[str] = []
    for attack in ATTACKS:
        said, typed = logged(attack), quote(attack)
        lines += [
            line(len(lines), f"/{typed}"),
            line(len(lines) + 1, f"/{typed}", status=404),
            line(len(lines) + 2, f"/{typed}.css"),
            line(len(lines) + 3, f"/?q={typed}&utm_source={typed}&utm_campaign={typed}"),
            line(len(lines) + 4, "/a", referrer=said),
            line(len(lines) + 5, "/a", referrer=f"https://{said}.example/{said}"),
            line(len(lines) + 6, "/a", referrer=f"javascript://{typed}.example/%0aalert(1)"),
            line(len(lines) + 7, "/a", agent=said),
            f"{said} [{said}] {said}",
        ]
    return lines


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attacked") / "access.log"
    path.write_text("".join(f"{one}\n" for one in placements()), "utf-8")
    return path


def harmless(browser: Browser, path: Path) -> str:
    """The text that a page shows, after it was used, and seen to be of our elements and attributes alone."""
    with browser.open(path, width=360) as opened:
        page = opened.page
        page.evaluate(
            "() => { for (const more of document.querySelectorAll('.more[aria-expanded=false]')) more.click() }"
        )
        for source in page.locator("select[name=source] option").all()[:30]:
            page.select_option("select[name=source]", value=source.get_attribute("value"))
        page.select_option("select[name=source]", value="-1")
        page.fill("input[name=words]", "<script>alert(1)</script>*onerror=")
        page.fill("input[name=words]", "")
        page.wait_for_timeout(50)
        assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
        for element in opened.outline:
            tag, _, attributes = element.partition(" ")
            assert tag in ELEMENTS
            assert {name for name in attributes.split(",") if name} <= ATTRIBUTES, element
        values = " ".join(page.evaluate(TELLING))
        assert not re.search(r"alert|javascript|127\.0\.0\.1|vbscript|constructor", values)
        assert page.evaluate("() => document.scripts.length") == 2
        assert opened.overflow <= 0
        shown: str = page.inner_text("#live")
        return shown


def test_attacks_everywhere_in_a_log_stay_text(cli: Cli, browser: Browser, log: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    ran = cli("sitestats", "report", log, "--html", path, "--site", "<script>alert(1)</script>", "--today=2026-11-22")
    assert path.is_file(), ran.stderr
    assert len(ATTACKS) * 9 >= 320
    shown = harmless(browser, path)
    for attack in ATTACKS:
        if attack.isascii() and attack.isprintable():
            assert f"/{attack.partition('#')[0]}"[:60] in shown


def test_the_page_says_what_may_run_in_it_and_loads_nothing(cli: Cli, log: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    cli("sitestats", "report", log, "--html", path, "--today=2026-11-22")
    text = path.read_text("utf-8")
    head, _, rest = text.partition("</head>")
    style = head.partition("<style>")[2].partition("</style>")[0]
    script = rest.rpartition("<script>")[2].partition("</script>")[0]
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', head)
    assert found is not None
    asked = policy(Live(script, style.removeprefix(STYLE), None))
    assert found[1] == asked
    assert asked.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in asked
    assert text.count("<script") == text.count("</script") == 2
    assert not re.search(r"<(?:link|img|a|iframe|base|object|embed)\b|<!--", text.partition("<!doctype html>")[2])
    assert not re.search(
        r"<[^>]*\s(?:href|src|action|on\w+)=", re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    )
    assert not re.search("[\u2028\u2029\u202a-\u202e\x00]", text)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_data_in_a_page_is_read_back_as_it_was_and_can_not_end_its_element(data: object) -> None:
    text = embedded(data)
    assert json.loads(text) == data
    assert not re.search("[<>&\u2028\u2029]", text)


def test_a_page_without_choices_has_no_script_and_lets_none_run() -> None:
    page = Page("vi", "a", "b", [], [])
    assert "<script" not in render(page)
    assert "script-src" not in policy()
