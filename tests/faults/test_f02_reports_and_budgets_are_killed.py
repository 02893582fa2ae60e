"""F02, F04: killed while a report is written or a budget decided, the old state is there or the new one, whole."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.money_months import AT, entry, months, write_book
from running import environment, toolkit_command
from toolkit.expenses.book import ExpenseBook
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "--today=2026-12-07"


@pytest.fixture
def book(home: Path) -> Path:
    rent = months([3_500_000] * 4, note="tiền nhà", category="housing", day=5)
    write_book(home, [*rent, entry(date(2026, 12, 3), 45_000)])
    return home


def run(*words: object, fault: str = "", count: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    env = environment({"TOOLKIT_FAULT": fault or None, "TOOLKIT_FAULT_COUNT": str(count) if count else None})
    return subprocess.run(
        toolkit_command("expenses", *words, TODAY), env=env, capture_output=True, timeout=60, check=False
    )


def points(folder: Path, *words: object) -> int:
    counted = folder / "points"
    assert run(*words, fault="count", count=counted).returncode == 0
    return int(counted.read_text("utf-8").split("\n")[0])


def decided(home: Path) -> Any:
    """Every budget, every expectation, every entry: what the member sees."""
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        book = ExpenseBook(store)
        rules = {scope: book.limits().at(scope, date(2026, 12, 1)) for scope in ("food", "total")}
        return rules, book.recurring(), [(one.note, one.amount) for one in book.entries()]


def undo(home: Path) -> None:
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        ExpenseBook(store).undo(at=AT)


def test_a_killed_report_leaves_the_page_of_before_or_the_new_one(book: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    assert run("report", "--month", "2026-11", "--html", page).returncode == 0
    old = page.read_bytes()
    steps = points(tmp_path, "report", "--html", page)
    new = page.read_bytes()
    assert steps >= 4
    assert old != new
    for n in range(1, steps + 1):
        page.write_bytes(old)
        assert run("report", "--html", page, fault=f"kill@{n}").returncode == -9
        assert page.read_bytes() in (old, new)
    assert run("report", "--html", page).returncode == 0
    assert page.read_bytes() == new


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (["budget", "set", "food", "9tr", "--from", "2027-03"], ["budget", "set", "food", "3tr"]),
        (["recurring", "accept", "tiền nhà"], ["recurring", "record", "tiền nhà", "--amount", "4tr"]),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_killed_decision_was_made_whole_or_not_at_all(
    book: Path, tmp_path: Path, before: list[str], words: list[str]
) -> None:
    assert run(*before).returncode == 0
    old = decided(book)
    steps = points(tmp_path, *words)
    new = decided(book)
    assert steps >= 4
    assert old != new
    undo(book)
    for n in range(1, steps + 1):
        assert run(*words, fault=f"kill@{n}").returncode == -9
        found = decided(book)
        assert found in (old, new)
        if found == new:
            undo(book)
        assert decided(book) == old


def test_two_budgets_set_at_once_are_both_there(book: Path) -> None:
    commands = [
        toolkit_command("expenses", "budget", "set", scope, "3tr", TODAY) for scope in ("food", "total", "pets")
    ]
    running = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) for command in commands]
    assert [(process.communicate(timeout=60)[1], process.returncode)[1] for process in running] == [0, 0, 0]
    with Store.open(book / "toolkit.db", backups=book / "backups") as store:
        assert set(ExpenseBook(store).limits().scopes(date(2026, 12, 1))) == {"food", "total", "pets"}
