"""A10, A16: whatever targets, products, jobs, plans and reasons are called, pages of the kpi tool show it as text.

Looked at in a real browser with scripts allowed: what keeps them out is the page.
"""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from builders.browser import Browser, chromium
from builders.kpi_books import CLOCK, NOW, sale
from builders.markup_attacks import ATTACKS
from toolkit.kpi.book import KpiBook
from toolkit.kpi.metrics import metric_text
from toolkit.kpi.model import Activity, Engagement, Line, MetricDef, Opportunity, StageEvent
from toolkit.pages.page import policy
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

AS_OF = "--as-of=2026-11-20"
FORBIDDEN = {"script", "img", "iframe", "a", "form", "input", "object", "embed", "image", "template", "base", "link"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def attacked(home: Path, cli: Cli) -> Cli:
    """Every attack as a target's label and who asks for it, a metric, a product, a job, a stage, a reason, a plan."""
    with (
        Store.open(home / "toolkit.db", backups=home / "backups", clock=CLOCK) as store,
        KpiBook(store).recording("import", at=NOW) as run,
    ):
        for number, attack in enumerate(ATTACKS):
            job = f"job{number}"
            run.put_engagement(Engagement(job, attack, "ctv"))
            metric = MetricDef(f"own{number}", "manual", "sum", "number", label=attack)
            run.put("kpi_metric", {"id": metric.id, "definition": metric_text(metric)})
            product = run.product(attack)
            day = date(2026, 11, 3)
            run.add(
                sale(900_000, engagement=job, customer_name=attack, lines=(Line(product.id, Fraction(1), 900_000),))
            )
            run.add(Activity(0, job, day, attack[:40] or "call", 2, 0, NOW))
            run.add(
                Opportunity(
                    0, job, "lost", day, 0, NOW, closed=day, customer_name=attack, product=product.id, source=attack,
                    reason=attack, reason_kind="price", stages=(StageEvent(attack[:40] or "lead", day),),
                )
            )  # fmt: skip
            run.insert(
                "kpi_target",
                {
                    "metric": metric.id if number % 3 == 0 else "revenue", "starts": "2026-11-01", "ends": "2026-12-01",
                    "amount": "5000000", "label": attack if number % 2 else "", "engagements": json.dumps([job]),
                    "imposed_by": attack, "weight": "1", "shape": "working_days", "dropped": 0, "run": run.number,
                    "made_at": NOW.isoformat(),
                },
            )  # fmt: skip
    return cli


def looked_at(browser: Browser, path: Path) -> str:
    """The text of a page, after it was seen to be text and nothing else."""
    with browser.open(path, width=360) as opened:
        opened.page.wait_for_timeout(100)
        assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
        assert not {line.split(" ")[0] for line in opened.outline} & FORBIDDEN
        assert not [line for line in opened.outline if re.search(r"[ ,](on\w+|href|src|srcdoc|style)\b", line)]
        assert opened.overflow <= 0
        found = opened.page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
        assert found == policy()
        return opened.text


def test_attacks_in_every_name_stay_text_on_the_page(attacked: Cli, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    ran = attacked("kpi", "page", path, *range(1, len(ATTACKS) + 1), AS_OF)
    assert ran.exit_code == 0, ran.stderr
    shown = looked_at(browser, path)
    for number, attack in enumerate(ATTACKS):
        if attack.isascii() and attack.isprintable() and (number % 2 or number % 3 == 0):
            assert attack in shown


@pytest.mark.parametrize("number", [1, 19, 40])
def test_attacks_in_every_name_stay_text_in_the_note(
    number: int, attacked: Cli, browser: Browser, tmp_path: Path
) -> None:
    html, text = tmp_path / "n.html", tmp_path / "n.md"
    assert attacked("kpi", "note", number, "--html", html, "--md", text, AS_OF).exit_code == 0
    attack = ATTACKS[number - 1]
    if attack.isascii() and attack.isprintable():
        assert attack in looked_at(browser, html)
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text.read_text("utf-8"))
    assert [token.content for token in tokens if token.type == "html_block"] == ["<!-- toolkit kpi note -->\n"]
    inline = {child.type for token in tokens for child in token.children or ()}
    assert inline <= {"text", "text_special", "strong_open", "strong_close", "softbreak"}


def test_an_attack_on_the_terminal_is_shown_and_not_obeyed(home: Path, cli: Cli, tmp_path: Path) -> None:
    hostile = "\x1b]8;;http://evil\x1b\\x\x1b[31m\x9b2J\u202e\x08\răn"
    ran = cli("kpi", "target", "add", "--metric", "revenue", "--amount", "9tr", "--period", "2026-11",
              "--label", hostile, "--imposed-by", hostile, AS_OF)  # fmt: skip
    assert ran.exit_code == 0
    for more in ((), ("--plain",), ("--json",), ("--md", tmp_path / "n.md")):
        ran = cli("kpi", "note", "1", *more, AS_OF)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.stdout + ran.stderr)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", (tmp_path / "n.md").read_text("utf-8"))
