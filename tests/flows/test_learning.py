"""Learning from corrections: at once from memory, and for good by training; and saying which words spoke."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from toolkit.core.wording import normalise
from toolkit.expenses.classifier.coding import load
from toolkit.expenses.model import Lesson
from toolkit.expenses.shipped import DATA, MODEL
from toolkit.expenses.training.calibrate import judged
from toolkit.expenses.training.measure import accuracy, typed
from toolkit.expenses.training.personal import refit
from toolkit.expenses.training.voices import HELD_OUT, read_voices, training_lines

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli
    from toolkit.expenses.classifier.model import Model

# A member's own words: shops by their owners' names, nicknames of things, what they themselves count where.
OWN_WORDS = {
    "tâm ký": "groceries", "hai lúa": "pets", "bà béo": "food", "con ngựa sắt": "transport", "ổ chuột": "housing",
    "cục nợ": "finance", "mắt kiếng sáu": "health", "kẹo bông": "children", "chú cuội": "entertainment",
    "xưởng ông tám": "business", "lớp cô mây": "education", "tiệm chị đào": "beauty", "vườn thượng uyển": "gifts",
    "bà ngoại tư": "family", "ba gai": "shopping", "cột đèn": "utilities", "đảo ngọc": "travel",
}  # fmt: skip
TAUGHT = ("{}", "ghé {}", "trả tiền {}")
ASKED = ("qua {} chiều nay", "{} lần nữa", "tiền {} tuần này", "hết ở {} nhiều quá")
AT = datetime(2026, 11, 22, tzinfo=UTC)


def right(model: Model, frames: tuple[str, ...]) -> float:
    asked = [(normalise(frame.format(word)), label) for word, label in OWN_WORDS.items() for frame in frames]
    found = [
        max(said, key=lambda one: said[one]) == label
        for phrase, label in asked
        if (said := model.probabilities(phrase))
    ]
    return sum(found) / len(found)


@pytest.mark.slow
def test_fifty_corrections_teach_a_members_vocabulary_and_nothing_is_forgotten() -> None:
    shipped = load(MODEL)
    lessons = [Lesson(frame.format(word), label, 1, AT) for word, label in OWN_WORDS.items() for frame in TAUGHT][:50]
    own = refit(shipped, training_lines(DATA), lessons)
    assert right(own, ASKED) >= right(shipped, ASKED) + 0.5
    assert right(own, ASKED) >= 0.8
    strangers = read_voices(DATA / "voices", HELD_OUT)
    for typing in ("as_typed", "without_marks"):
        before, after = (judged(model, typed(strangers, typing)) for model in (shipped, own))
        assert accuracy(after, own.temperature) >= accuracy(before, shipped.temperature) - 0.01


@pytest.mark.slow
def test_a_correction_is_trained_into_a_model_of_the_members_own_and_can_be_forgotten(cli: Cli, home: Path) -> None:
    assert cli("expenses", "add", "bao đóng đơn 50k").exit_code in (0, 1)
    assert cli("expenses", "fix", "1", "--category", "family").exit_code == 0
    ran = cli("expenses", "train", "--personal", "--json")
    assert ran.json["data"]["corrections"] == 1
    assert ran.json["data"]["personal"] is True
    own = home / "expenses" / "model.bin"
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert stat.S_IMODE(own.parent.stat().st_mode) == 0o700
    assert cli("expenses", "evaluate", "--json").json["data"]["personal"] is True
    assert cli("expenses", "train", "--forget", "--json").json["data"] == {"removed": True}
    assert not own.exists()
    assert cli("expenses", "train", "--forget", "--json").json["data"] == {"removed": False}
    ran = cli("expenses", "add", "bao đóng đơn 30k", "--json")
    assert ran.json["data"]["entries"][0]["category"] == "family"


def test_without_a_correction_there_is_nothing_to_learn(cli: Cli) -> None:
    ran = cli("expenses", "train", "--personal", "--json")
    assert ran.exit_code == 4
    assert ran.json["problems"][0]["code"] == "expenses.nothing_to_learn"
    assert "toolkit expenses fix" in cli("expenses", "train", "--personal").stderr


def test_training_and_forgetting_at_once_is_refused(cli: Cli) -> None:
    assert cli("expenses", "train", "--personal", "--forget").exit_code == 2


def test_why_names_the_words_that_spoke(cli: Cli) -> None:
    cli("expenses", "add", "hôm qua ăn phở với Lan 45k")
    found = cli("expenses", "why", "1", "--json").json["data"]
    assert found["category"] == "food"
    assert found["by"] == "model"
    assert {one["word"] for one in found["words"]} >= {"ăn", "phở"}
    assert max(found["words"], key=lambda one: one["weight"])["word"] in {"ăn", "phở"}
    assert found["alternatives"][0][0] == "food"
    said = cli("expenses", "why", "1").stdout
    assert "phở" in said
    assert "+" in said


def test_why_says_when_a_correction_decided(cli: Cli) -> None:
    cli("expenses", "add", "bao đóng đơn 50k")
    cli("expenses", "fix", "1", "--category", "family")
    cli("expenses", "add", "bao đóng đơn 30k")
    assert cli("expenses", "why", "2", "--json").json["data"]["by"] == "memory"
    assert "Bạn đã từng sửa" in cli("expenses", "why", "2").stdout


def test_why_of_an_entry_that_is_not_there(cli: Cli) -> None:
    assert cli("expenses", "why", "9").exit_code == 4


def test_evaluate_tells_how_good_the_model_in_use_is(cli: Cli) -> None:
    found = cli("expenses", "evaluate", "--json").json["data"]
    assert found["personal"] is False
    assert found["held_out"]["leaf"] >= 0.92
    assert found["sentences"]["sentences"] > 50
    assert "%" in cli("expenses", "evaluate", "--lang", "en").stdout
