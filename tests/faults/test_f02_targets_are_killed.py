"""F02, F04: killed while a target is set or revised, the state is the one before or the one after."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_ledgers import sale, write_sales
from running import environment, toolkit_command
from toolkit.kpi.book import KpiBook
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "--as-of=2026-11-20"
BEGUN = ("target", "add", "--metric", "revenue", "--amount", "120tr", "--period", "2026-11")
WRITES: tuple[tuple[str, ...], ...] = (
    ("target", "add", "--metric", "orders", "--amount", "40", "--period", "2026-11", "--weight", "2"),
    ("target", "revise", "1", "--amount", "100tr", "--from", "2026-11-16"),
)


def run(home: Path, *words: str, fault: str = "") -> subprocess.CompletedProcess[bytes]:
    env = environment(
        {
            "TOOLKIT_HOME": str(home),
            "TOOLKIT_FAULT": fault or None,
            "TOOLKIT_FAULT_COUNT": str(home.with_suffix(".points")),
        }
    )
    return subprocess.run(toolkit_command("kpi", *words, AS_OF), env=env, capture_output=True, timeout=60, check=False)


def seen(home: Path) -> Any:
    """What a member sees of their targets, and that nothing is half there."""
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        book = KpiBook(store)
        whole = store.read().execute(
            "SELECT count(*) FROM kpi_revision WHERE target NOT IN (SELECT id FROM kpi_target)"
        )
        assert whole.fetchone()[0] == 0
        return book.targets(dropped=True), len(list(book.sales()))


@pytest.mark.parametrize("words", WRITES, ids=" ".join)
def test_killed_anywhere_a_target_is_as_before_or_as_after(home: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    write_sales(home, [sale(date(2026, 11, 3), 66_000_000)])
    assert run(home, *BEGUN).returncode == 0
    before = seen(home)
    done = tmp_path / "done"
    shutil.copytree(home, done)
    assert run(done, *words, fault="count").returncode == 0
    names = done.with_suffix(".points").read_text("utf-8").split("\n")[1:]
    after = _comparable(seen(done))
    first = next(n for n, name in enumerate(names, 1) if name.startswith("kpi."))
    last = max(n for n, name in enumerate(names, 1) if name in ("store.commit.after", "store.commit.before"))
    for n in range(first, last + 1):  # what lies around is the store's, and is killed in its own tests
        copy = tmp_path / f"killed-{n}"
        shutil.copytree(home, copy)
        assert run(copy, *words, fault=f"kill@{n}").returncode == -9, names[n - 1]
        left = _comparable(seen(copy))
        assert left in (_comparable(before), after), names[n - 1]
        again = run(copy, *words)
        assert again.returncode == 0, again.stderr.decode()
        assert _comparable(seen(copy)) == after, names[n - 1]
        shutil.rmtree(copy)


def _comparable(found: Any) -> Any:
    """Without the moments at which things were written down."""
    targets, sales = found
    return [
        (one.id, one.metric, one.amount, [(two.day, two.amount) for two in one.revisions]) for one in targets
    ], sales
