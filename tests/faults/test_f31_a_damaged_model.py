"""F31: a model file with one wrong byte is never believed: the next best sorts, and the member is told."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from builders.small_training import small_model
from toolkit.expenses.classifier.coding import encode
from toolkit.expenses.model import Kind
from toolkit.expenses.shipped import MODEL
from toolkit.expenses.sorting import Sorter

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

EXPENSE = frozenset({Kind.EXPENSE})


def damaged(data: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]


def test_sixty_flips_of_the_shipped_model_are_all_noticed(tmp_path: Path) -> None:
    path, draw, whole = tmp_path / "model.bin", Random(31), MODEL.read_bytes()
    for _ in range(60):
        path.write_bytes(damaged(whole, draw))
        sorter = Sorter.open(shipped=path)
        assert [notice.code for notice in sorter.notices] == ["expenses.model_unusable"]
        sorting = sorter.sort("đổ xăng", EXPENSE)
        assert (sorting.category, sorting.by, sorting.sure) == ("transport", "rule", False)


def test_sixty_flips_of_the_members_own_model_fall_back_to_the_shipped_one(tmp_path: Path) -> None:
    path, draw, whole = tmp_path / "model.bin", Random(32), encode(small_model())
    for _ in range(60):
        path.write_bytes(damaged(whole, draw))
        sorter = Sorter.open(personal=path)
        assert [notice.code for notice in sorter.notices] == ["expenses.personal_model_unusable"]
        assert sorter.sort("đổ xăng", EXPENSE).by == "model"


def test_a_model_cut_off_anywhere_is_noticed(tmp_path: Path) -> None:
    path, whole = tmp_path / "model.bin", encode(small_model())
    for size in (0, 1, 11, 12, 43, 44, 48, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert Sorter.open(personal=path).notices, size


def test_the_commands_go_on_with_a_damaged_model_and_say_so(cli: Cli, home: Path) -> None:
    own = home / "expenses" / "model.bin"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"sotay-model\x00 but not really")
    ran = cli("expenses", "evaluate", "--json")
    assert ran.json["status"] == "partial"
    assert [problem["code"] for problem in ran.json["problems"]] == ["expenses.personal_model_unusable"]
    assert ran.json["data"]["personal"] is False
