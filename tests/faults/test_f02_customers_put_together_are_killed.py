"""F01, F02, F04: killed while people are put together, a deal is decided, a result told or contacts are written: the
old state is there or the new one, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.killing import killed_at_every_point
from builders.kpi_books import dump, sale
from builders.kpi_people import bought, keep
from toolkit.kpi.model import Contact, Opportunity

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli
    from toolkit.kpi.book import Recording

AS_OF = ("--as-of", "2026-11-20")


@pytest.fixture
def book(home: Path, cli: Cli) -> Path:
    def write(run: Recording) -> None:
        bought(run, "chị Hoa", [0, 9], phone="0903123456")
        bought(run, "chị Hoa", [1], phone="0903999888")
        template = sale()
        run.add(Opportunity(0, "own", "open", template.ordered, 0, template.made_at, customer_name="anh Nam"))

    keep(home, write)
    for words in (["okr", "add", "Khách tin mình hơn"], ["okr", "result", "add", "1", "điểm từ 8 lên 10"]):
        assert cli("kpi", *words, *AS_OF).exit_code == 0
    return home


@pytest.mark.parametrize(
    "words",
    [
        ["customers", "merge", "2", "1"],
        ["contacts", "delete", "1"],
        ["deal", "lost", "4", "--reason", "giá"],
        ["okr", "update", "1", "9"],
        ["funnel", "--stages", "gặp,won", "--keep"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_killed_change_was_made_whole_or_not_at_all(book: Path, tmp_path: Path, words: list[str]) -> None:
    before = dump(book)
    points = killed_at_every_point(book, tmp_path / "killed", ["kpi", *words, *AS_OF])
    assert "kpi.record.row" in points
    after = dump(tmp_path / "killed" / "whole")
    assert after != before
    found = [dump(tmp_path / "killed" / str(n)) for n in range(1, len(points) + 1)]
    assert all(_without_times(one) in (_without_times(before), _without_times(after)) for one in found)
    assert _without_times(found[0]) == _without_times(before)


def _without_times(tables: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Each run has a clock of its own."""
    return {
        name: [tuple(value for value in row if not (isinstance(value, str) and "+" in value)) for row in rows]
        for name, rows in tables.items()
    }


def test_a_killed_export_leaves_the_file_of_before_or_the_new_one(book: Path, tmp_path: Path, cli: Cli) -> None:
    file = tmp_path / "danh-ba.vcf"
    assert cli("kpi", "contacts", "export", file, *AS_OF).exit_code == 0
    old = file.read_bytes()
    keep(book, lambda run: run.add(Contact(0, "own", "Lan")))
    points = killed_at_every_point(book, tmp_path / "killed", ["kpi", "contacts", "export", str(file), *AS_OF])
    assert len(points) >= 3
    new = file.read_bytes()
    assert new != old
    assert new.count(b"BEGIN:VCARD") == 3


@pytest.mark.parametrize(
    "words", [["customers"], ["repeat"], ["winloss"], ["funnel"], ["promises"], ["okr"], ["contacts"]]
)
def test_looking_writes_nothing(book: Path, cli: Cli, words: list[str]) -> None:
    before = dump(book)
    assert cli("kpi", *words, *AS_OF).exit_code == 0
    assert dump(book) == before
