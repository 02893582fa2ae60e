"""F32: a model of the member's own that another version made is used where it can be, and training is offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builders.small_training import small_model
from toolkit.expenses.classifier import coding
from toolkit.expenses.classifier.coding import encode, load
from toolkit.expenses.service.learning import Learning, digest
from toolkit.expenses.shipped import MODEL

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from running import Cli


SHIPPED = load(MODEL)


def own_model(home: Path, **origin: str) -> Path:
    path = home / "expenses" / "model.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(encode(replace(SHIPPED, origin=origin)))
    return path


def test_one_made_from_another_shipped_model_is_used_and_training_is_offered(cli: Cli, home: Path) -> None:
    own_model(home, base="of long ago", scikit_learn="1.0")
    ran = cli("expenses", "evaluate", "--json")
    assert ran.json["data"]["personal"] is True
    assert ran.json["data"]["outdated"] is True
    assert [problem["code"] for problem in ran.json["problems"]] == ["expenses.personal_model_outdated"]
    assert "toolkit expenses train --personal" in cli("expenses", "evaluate").stderr


def test_one_of_today_is_not_outdated(home: Path) -> None:
    from importlib.metadata import version

    learning = Learning(home / "expenses" / "model.bin")
    origin = {"base": digest(MODEL), "scikit_learn": version("scikit-learn")}
    assert not learning.outdated(replace(small_model(), origin=origin))
    assert learning.outdated(replace(small_model(), origin={**origin, "scikit_learn": "1.0"}))


def test_one_of_another_format_is_left_alone_and_training_is_offered(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(coding, "FORMAT", coding.FORMAT + 1)
        own = own_model(home)
    before = own.read_bytes()
    ran = cli("expenses", "evaluate")
    assert ran.exit_code == 1
    assert "toolkit expenses train --personal" in ran.stderr
    assert own.read_bytes() == before
