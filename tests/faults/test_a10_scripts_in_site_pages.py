"""A10, A11, A12, A16: whatever stands in a log, the page of a site shows it as text, also while it is filtered.

Looked at in a real browser with scripts allowed: the page has one of its own, and what it says of itself keeps out all
others.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.browser import Browser, Opened, chromium
from builders.google_figures import SCOPES, URL
from builders.markup_attacks import ATTACKS
from toolkit.core.text import nfc, terminal_safe
from toolkit.demo.google.measurement import Searched
from toolkit.demo.google_calendar import LoopbackGoogle
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
    *("bdi", "figure", "svg", "rect", "line", "details", "summary", "table", "thead", "tbody", "tr", "th", "td"),
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
    *("data-key", "dir", "hidden"),
}
# Attributes with a text in them: none may hold a text of the log. The style is the widest a drawing may be.
TELLING: Final = """() => [...document.querySelectorAll('body *')].flatMap(e => [...e.attributes].map(a => a.value))"""

# The texts of each place: what a table's rows are called, what stands beside it, what can be chosen.
PLACES: Final = """() => {
    const texts = (selector) => [...document.querySelectorAll(selector)].map(e => e.textContent);
    const found = {};
    for (const section of document.querySelectorAll('#live section')) {
        const name = section.dataset.panel;
        found[name] = texts(`[data-panel=${name}] tbody th > bdi, [data-panel=${name}] tbody th > .pick`);
        found[`${name} beside`] = texts(`[data-panel=${name}] tbody .aside`);
    }
    found['choice of source'] = texts('select[name=source] option');
    found['choice of goal'] = texts('[data-panel=goal_sources] select option');
    found['footer'] = texts('footer p');
    return found;
}"""


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


def harmless(opened: Opened) -> None:
    """Nothing has run, been asked for or been complained of, and all of it is made of our elements and attributes."""
    page = opened.page
    page.wait_for_timeout(50)
    assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
    for element in set(opened.outline):
        tag, _, attributes = element.partition(" ")
        assert tag in ELEMENTS
        assert {name for name in attributes.split(",") if name} <= ATTRIBUTES, element
    values = " ".join(page.evaluate(TELLING))
    assert not re.search(r"alert|javascript|127\.0\.0\.1|vbscript|constructor", values)
    assert page.evaluate("() => document.scripts.length") == 2
    assert opened.overflow <= 0


def used(opened: Opened) -> dict[str, list[str]]:
    """Everything on the page is unfolded, chosen, sorted and searched; what then stands in each place of it."""
    page = opened.page
    found: dict[str, list[str]] = {}
    for what in ("name", "number"):  # sorted by both, from the heading
        page.evaluate(
            f"() => document.querySelectorAll('.sort').forEach((e, n) => n % 2 == {what == 'name':d} && e.click())"
        )
    page.evaluate("() => { for (const more of document.querySelectorAll('.more[aria-expanded=false]')) more.click() }")
    found = page.evaluate(PLACES)
    for name in ("source", "country", "device"):
        for option in page.locator(f"select[name={name}] option").all()[:30]:
            page.select_option(f"select[name={name}]", value=option.get_attribute("value"))
            found.setdefault("summary", []).append(page.text_content(".summary"))
        page.select_option(f"select[name={name}]", value="-1")
    page.fill("input[name=words]", "<script>alert(1)</script>*onerror=")
    page.fill("input[name=words]", "")
    return found


def stands(attack: str, texts: list[str]) -> bool:
    """Whether an attack stands among the texts, as far as its field takes it: a path ends at ? and #, a host has no
    large letters; control signs and what can't be seen are never shown."""
    whole = terminal_safe(nfc(attack))
    forms = {whole, whole.lower(), re.split(r"[?#]", whole)[0], f"/{re.split('[?#]', whole)[0]}"}
    return any(form.strip() and form.strip() in text for form in forms for text in texts)


def test_attacks_everywhere_in_a_log_stay_text(cli: Cli, browser: Browser, log: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    ran = cli("sitestats", "report", log, "--html", path, "--site", "<script>alert(1)</script>", "--today=2026-11-22")
    assert path.is_file(), ran.stderr
    with browser.open(path, width=360) as opened:
        found = used(opened)
        harmless(opened)
        assert "<script>alert(1)</script>" in opened.page.inner_text("h1")
    placed = {(attack, place) for place, texts in found.items() for attack in ATTACKS if stands(attack, texts)}
    assert {place for _, place in placed} >= {
        "pages", "entry_pages", "exit_pages", "not_found", "files", "sources", "campaigns", "campaigns beside",
        "referrers", "programs", "choice of source", "summary",
    }  # fmt: skip
    assert len(placed) >= 400, sorted(Counter(place for _, place in placed).items())


@pytest.mark.parametrize("part", range(5))
def test_attacks_stay_text_where_no_script_is_allowed(part: int, cli: Cli, browser: Browser, tmp_path: Path) -> None:
    """Tables that are read without a script have ten rows, so a few attacks at a time; scripts of others may run."""
    path, log = tmp_path / "p.html", tmp_path / "a.log"
    attacks = ATTACKS[part::5][:9]
    lines = [
        line(n, f"/{quote(one)}?utm_source={quote(one)}&utm_campaign={quote(one)}") for n, one in enumerate(attacks)
    ]
    lines += [line(90 + n, f"/{quote(one)}", status=404) for n, one in enumerate(attacks)]
    log.write_text("\n".join([*lines, f"{attacks[0]} is no request"]) + "\n", "utf-8")
    cli("sitestats", "report", log, "--html", path, "--site", attacks[0], "--today=2026-11-22")
    text = path.read_text("utf-8")
    # the page as it stands without our script, in a browser that would run any other
    bare = re.sub(r"<meta http-equiv[^>]*>", "", text.rpartition("<script>")[0] + "</body></html>")
    path.write_text(bare, "utf-8")
    with browser.open(path, width=360) as opened:
        opened.page.wait_for_timeout(50)
        assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
        assert {element.partition(" ")[0] for element in opened.outline} <= ELEMENTS
        shown = [opened.text]
        assert all(stands(attack, shown) for attack in attacks)


def test_attacks_in_what_is_chosen_in_goals_and_in_searches_stay_text(
    cli: Cli, home: Path, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, log, day = tmp_path / "p.html", tmp_path / "a.log", date(2026, 11, 5)
    chosen = "<img src=x onerror=alert(1)>"
    log.write_text(f"{line(1, '/')}\n{line(2, f'/?utm_source={quote(chosen)}')}\n", "utf-8")
    with LoopbackGoogle() as google:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", google.root)
        google.sign_in(home / "google", SCOPES)
        google.search.sites[URL] = [
            Searched(day, attack, f"https://shop.example/{attack}", 1, 5, 2.0) for attack in ATTACKS
        ]
        for words in (
            ("add-log", "shop", log, "--host", "shop.example"), ("update", "shop", "--today=2026-11-22"),
            ("gsc", "pull", "shop", "--url", URL, "--from", "2026-11-05", "--to", "2026-11-05", "--today=2026-11-22"),
        ):  # fmt: skip
            assert cli("sitestats", *words).exit_code in {0, 1}
    goals = [word for attack in ATTACKS[::4] for word in ("--goal", f"event:{attack}")]
    assert cli("sitestats", "report", "shop", "--html", path, "--today=2026-11-22", *goals).exit_code in {0, 1}
    with browser.open(path, width=360) as opened:
        found = used(opened)
        harmless(opened)
    placed = {(attack, place) for place, texts in found.items() for attack in ATTACKS if stands(attack, texts)}
    counts = Counter(place for _, place in placed)
    assert min(counts["searches"], counts["found_pages"]) >= len(ATTACKS) - 3
    assert min(counts["goals"], counts["choice of goal"]) >= len(ATTACKS[::4])
    ran = cli("sitestats", "report", log, "--html", path, "--today=2026-11-22", "--source", chosen)
    assert ran.exit_code in {0, 1}
    with browser.open(path) as opened:
        harmless(opened)
        assert chosen in opened.page.inner_text("header p")


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
