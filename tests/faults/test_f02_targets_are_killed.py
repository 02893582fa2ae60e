"""F02, F04: killed while a target is set or revised, the state is the one before or the one after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.killing import killed_at_every_point
from builders.kpi_ledgers import sale, write_sales
from toolkit.kpi.book import KpiBook
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

AS_OF = "--as-of=2026-11-20"
BEGUN = ("target", "add", "--metric", "revenue", "--amount", "120tr", "--period", "2026-11")
WRITES: tuple[tuple[str, ...], ...] = (
    ("target", "add", "--metric", "orders", "--amount", "40", "--period", "2026-11", "--weight", "2"),
    ("target", "revise", "1", "--amount", "100tr", "--from", "2026-11-16"),
)


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
def test_killed_anywhere_a_target_is_as_before_or_as_after(
    home: Path, cli: Cli, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sales(home, [sale(date(2026, 11, 3), 66_000_000)])
    assert cli("kpi", *BEGUN, AS_OF).exit_code == 0
    before = _comparable(seen(home))
    copies = tmp_path / "copies"
    names = killed_at_every_point(home, copies, ("kpi", *words, AS_OF))
    after = _comparable(seen(copies / "whole"))
    assert after != before
    first = next(n for n, name in enumerate(names, 1) if name.startswith("kpi."))
    last = max(n for n, name in enumerate(names, 1) if name in ("store.commit.after", "store.commit.before"))
    for n in range(first, last + 1):  # what lies around is the store's, and is killed in its own tests
        copy = copies / str(n)
        left = _comparable(seen(copy))
        assert left in (before, after), names[n - 1]
        monkeypatch.setenv("TOOLKIT_HOME", str(copy))
        again = cli("kpi", *words, AS_OF)
        assert again.exit_code == 0, again.stderr
        assert _comparable(seen(copy)) == after, names[n - 1]


def _comparable(found: Any) -> Any:
    """Without the moments at which things were written down."""
    targets, sales = found
    return [
        (one.id, one.metric, one.amount, [(two.day, two.amount) for two in one.revisions]) for one in targets
    ], sales
