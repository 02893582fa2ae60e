"""The ledger of one's word, as a member keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_books import dump

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran


@pytest.fixture
def kpi(cli: Cli) -> Any:
    """`kpi("promises")` types `toolkit kpi promises` on Friday 20/11/2026."""

    def run(*words: object, as_of: str = "2026-11-20") -> Ran:
        return cli("kpi", *words, "--as-of", as_of)

    return run


def promised(kpi: Any, *words: str, as_of: str = "2026-11-02") -> int:
    return int(kpi("promises", "add", *words, "--json", as_of=as_of).json["data"]["id"])


def test_the_day_may_stand_in_the_words_of_a_promise(kpi: Any) -> None:
    data = kpi("promises", "add", "gọi lại cho chị Vy ngày 25/11", "--json").json["data"]
    assert (data["due"], data["text"]) == ("2026-11-25", "gọi lại cho chị Vy ngày 25/11")
    assert kpi("promises", "add", "gửi", "báo", "giá", "--json").json["data"]["due"] is None
    assert kpi("promises", "add", "gọi giữa 25/11 và 28/11", "--json").json["data"]["due"] is None


def test_a_day_that_went_by_is_told_without_a_word_of_blame(kpi: Any) -> None:
    promised(kpi, "gửi báo giá", "--to", "anh Nam", "--due", "5/11")
    said = kpi("promises").stdout
    assert "chưa đánh dấu" in said
    assert "T5 05/11" in said
    for word in ("trễ", "quá hạn", "quên", "!"):
        assert word not in said


def test_ones_word_is_what_was_kept_of_what_was_marked(kpi: Any) -> None:
    numbers = [promised(kpi, f"việc {n}") for n in range(6)]
    for number in numbers[:3]:
        assert kpi("promises", "keep", number).exit_code == 0
    assert kpi("promises", "miss", numbers[3]).exit_code == 0
    assert kpi("promises", "release", numbers[4]).exit_code == 0
    data = kpi("promises", "--json").json["data"]
    assert (data["kept"], data["broken"], data["released"], data["open"]) == (3, 1, 1, 1)
    assert data["kept_share"]["value"] == 0.75
    assert [one["id"] for one in data["promises"]] == [numbers[5]]
    assert len(kpi("promises", "list", "--all", "--json").json["data"]["promises"]) == 6
    assert "3/4 = 75%" in kpi("promises").stdout


def test_the_word_given_to_one_person_or_to_one_group(kpi: Any) -> None:
    kpi("contacts", "add", "cô Tư", "--group", "reputation")
    kept = promised(kpi, "ghé thăm", "--to", "cô Tư")
    promised(kpi, "gửi báo giá", "--to", "anh Nam")
    kpi("promises", "keep", kept)
    for chosen in (("--to", "cô Tư"), ("--group", "uy tín")):
        data = kpi("promises", "list", "--all", *chosen, "--json").json["data"]
        assert [one["to"] for one in data["promises"]] == ["cô Tư"]
        assert data["kept_share"]["part"] == data["kept_share"]["whole"] == 1
    assert kpi("promises", "list", "--to", "Không Có").exit_code == 4


def test_nothing_marked_has_no_share(kpi: Any) -> None:
    promised(kpi, "gửi báo giá")
    assert kpi("promises", "--json").json["data"]["kept_share"]["value"] is None


def test_marks_can_be_changed_and_taken_back(kpi: Any, home: Path) -> None:
    number = promised(kpi, "gửi báo giá")
    before = dump(home)
    assert kpi("promises", "reopen", number).exit_code == 4
    kpi("promises", "miss", number)
    assert kpi("promises", "miss", number).exit_code == 4
    kpi("promises", "keep", number)
    assert kpi("promises", "show", number, "--json").json["data"]["standing"] == "kept"
    kpi("promises", "reopen", number)
    for _ in range(3):
        assert kpi("undo").exit_code == 0
    assert dump(home) == before


def test_a_promise_stands_as_it_did_on_the_day_that_is_looked_at(kpi: Any) -> None:
    number = promised(kpi, "gửi báo giá", "--due", "10/11")
    kpi("promises", "keep", number, as_of="2026-11-12")
    standings = [
        kpi("promises", "list", "--all", "--json", as_of=day).json["data"]["promises"][0]["standing"]
        for day in ("2026-11-05", "2026-11-10", "2026-11-11", "2026-11-12")
    ]
    assert standings == ["open", "today", "unmarked", "kept"]


def test_days_that_cannot_be_are_refused(kpi: Any) -> None:
    number = promised(kpi, "gửi báo giá", as_of="2026-11-10")
    assert kpi("promises", "keep", number, "--day", "5/11").exit_code == 2
    assert kpi("promises", "add", "gửi", "--due", "2026-11-01").exit_code == 2
    assert kpi("promises", "keep", 999).exit_code == 4
