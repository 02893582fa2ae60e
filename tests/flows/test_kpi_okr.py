"""Objectives and key results as a member types them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_books import TODAY, dump, sale
from builders.kpi_people import bought, keep

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran


@pytest.fixture
def kpi(cli: Cli) -> Any:
    """`kpi("okr")` types `toolkit kpi okr` on Friday 20/11/2026."""

    def run(*words: object, as_of: str = "2026-11-20") -> Ran:
        return cli("kpi", *words, "--as-of", as_of)

    return run


@pytest.fixture
def objective(kpi: Any) -> int:
    return int(kpi("okr", "add", "Khách tin mình hơn", "--period", "quý 4", "--json").json["data"]["id"])


def result(kpi: Any, number: int, *words: str) -> int:
    done = kpi("okr", "result", "add", number, *words, "--json")
    assert done.exit_code == 0, done.stderr
    return int(done.json["data"]["result_id"])


def test_the_mean_of_clamped_key_results(kpi: Any, objective: int) -> None:
    up = result(kpi, objective, "khách mới", "--to", "10")
    down = result(kpi, objective, "đơn bị trả từ 8 xuống 4")
    back = result(kpi, objective, "lời khen", "--to", "10")
    result(kpi, objective, "chưa đo", "--to", "10")
    kpi("okr", "update", up, "25")
    kpi("okr", "update", down, "7")
    kpi("okr", "update", back, "0")
    data = kpi("okr", "show", objective, "--json").json["data"]
    assert [one["progress"] for one in data["results"]] == [1, 0.25, 0, None]
    assert data["progress"] == 0.3125


def test_nothing_measured_has_no_progress(kpi: Any, objective: int) -> None:
    assert kpi("okr", "--json").json["data"][0]["progress"] is None
    result(kpi, objective, "điểm từ 8 lên 9,5")
    assert kpi("okr", "--json").json["data"][0]["progress"] is None
    assert "chưa đo" in kpi("okr").stdout


@pytest.mark.parametrize(
    ("typed", "start", "goal", "text"),
    [
        ("điểm hài lòng từ 8 lên 9,5", 8, 9.5, "điểm hài lòng"),
        ("diem hai long tu 8 len 9.5", 8, 9.5, "diem hai long"),
        ("tỉ lệ quay lại từ 20% đến 35%", 0.2, 0.35, "tỉ lệ quay lại"),
        ("doanh số từ 80 triệu lên 120tr", 80_000_000, 120_000_000, "doanh số"),
        ("đơn bị trả: từ 9 còn 4", 9, 4, "đơn bị trả"),
    ],
)
def test_from_where_to_where_stands_in_the_words(
    kpi: Any, objective: int, typed: str, start: float, goal: float, text: str
) -> None:
    number = result(kpi, objective, typed)
    (found,) = kpi("okr", "show", objective, "--json").json["data"]["results"]
    assert (found["id"], found["from"], found["to"], found["result"]) == (number, start, goal, text)


def test_a_key_result_follows_a_figure_of_the_book_within_its_period(kpi: Any, objective: int, home: Path) -> None:
    def write(run: Any) -> None:
        run.add(sale(30_000_000))
        run.add(sale(99_000_000, ordered=TODAY - timedelta(days=200)))
        run.add(sale(99_000_000, ordered=TODAY + timedelta(days=2)))
        bought(run, "anh Nam", [0, 9])

    keep(home, write)
    number = result(kpi, objective, "doanh số", "--to", "120tr", "--metric", "revenue")
    (found,) = kpi("okr", "show", objective, "--json").json["data"]["results"]
    assert (found["now"], found["progress"], found["metric"]) == (32_000_000, 0.2667, "revenue")
    assert kpi("okr", "update", number, "5").exit_code == 4
    assert kpi("okr", "link", number, "--off").exit_code == 0
    assert kpi("okr", "update", number, "60tr", "--json").json["data"]["results"][0]["progress"] == 0.5
    assert kpi("okr", "link", number, "khong-co").exit_code == 3
    assert kpi("okr", "link", number, "repeat_share").exit_code == 2
    assert kpi("okr", "link", number, "doanh so").exit_code == 0
    assert kpi("okr", "link", number).exit_code == 2
    assert kpi("okr", "show", objective, "--json", as_of="2026-09-01").json["data"]["results"][0]["now"] is None


def test_the_history_of_a_key_result_is_kept_and_looked_at_from_any_day(kpi: Any, objective: int) -> None:
    number = result(kpi, objective, "điểm từ 8 lên 10")
    kpi("okr", "update", number, "8,5", "--day", "5/11", "--note", "hỏi nhóm")
    kpi("okr", "update", number, "9")
    data = kpi("okr", "show", objective, "--json").json["data"]["results"][0]
    assert data["now"] == 9
    assert data["history"] == [
        {"date": "2026-11-05", "value": 8.5, "note": "hỏi nhóm"},
        {"date": "2026-11-20", "value": 9, "note": None},
    ]
    earlier = kpi("okr", "show", objective, "--json", as_of="2026-11-10").json["data"]["results"][0]
    assert (earlier["now"], earlier["progress"]) == (8.5, 0.25)


def test_a_closed_objective_stands_as_it_did_and_may_go_on(kpi: Any, objective: int) -> None:
    number = result(kpi, objective, "điểm từ 0 lên 10")
    kpi("okr", "update", number, "4", "--day", "10/11")
    assert kpi("okr", "close", objective, "--day", "12/11", "--note", "chuyển sang bán sỉ").exit_code == 0
    assert kpi("okr", "--json").json["data"] == []
    assert kpi("okr", "update", number, "9").exit_code == 4
    assert kpi("okr", "result", "add", objective, "x", "--to", "5").exit_code == 4
    assert kpi("okr", "close", objective).exit_code == 4
    assert kpi("okr", "list", "--all", "--json").json["data"][0]["progress"] == 0.4
    assert kpi("okr", "reopen", objective).exit_code == 0
    assert kpi("okr", "update", number, "9").exit_code == 0


def test_every_change_can_be_taken_back(kpi: Any, objective: int, home: Path) -> None:
    number = result(kpi, objective, "điểm từ 0 lên 10")
    states = [dump(home)]
    for words in (
        ("update", number, "4"), ("link", number, "orders"), ("edit", objective, "--title", "Khác"),
        ("edit", objective, "--period", "2026-12"), ("result", "drop", number), ("close", objective, "--day", "20/11"),
    ):  # fmt: skip
        done = kpi("okr", *words)
        if words[0] == "close":
            assert done.exit_code == 2  # it begins in December now
            continue
        assert done.exit_code == 0, (words, done.stderr)
        states.append(dump(home))
    for state in states[-2::-1]:
        assert kpi("undo").exit_code == 0
        assert dump(home) == state


@pytest.mark.parametrize(
    "words",
    [
        ("okr", "result", "add", 1, "điểm"),
        ("okr", "result", "add", 1, "điểm", "--from", "5", "--to", "5"),
        ("okr", "result", "add", 1, "điểm", "--from", "5", "--to", "20%"),
        ("okr", "result", "add", 1, "quay lại", "--to", "35", "--metric", "repeat_share"),
        ("okr", "result", "add", 1, "số đơn", "--to", "35tr", "--metric", "orders"),
        ("okr", "edit", 1),
    ],
)
def test_a_key_result_that_cannot_be_is_refused(kpi: Any, objective: int, words: tuple[object, ...]) -> None:
    assert kpi(*words).exit_code == 2
    assert kpi("okr", "show", objective, "--json").json["data"]["results"] == []


def test_a_share_is_told_in_percent_and_nothing_else_is_taken_for_one(kpi: Any, objective: int) -> None:
    share, count = result(kpi, objective, "quay lại từ 20% đến 40%"), result(kpi, objective, "đơn từ 0 đến 10")
    assert kpi("okr", "update", share, "30").exit_code == 2
    assert kpi("okr", "update", count, "30%").exit_code == 2
    assert kpi("okr", "update", count, "5tr").exit_code == 2
    assert kpi("okr", "update", share, "30%", "--json").json["data"]["results"][0]["progress"] == 0.5
    assert kpi("okr", "update", share, "0", "--json").json["data"]["results"][0]["now"] == 0
    money = result(kpi, objective, "doanh số", "--to", "120000000", "--metric", "revenue")
    assert kpi("okr", "show", objective, "--json").json["data"]["results"][-1]["unit"] == "dong"
    assert money == 3


def test_unreadable_figures_and_unknown_numbers_are_told(kpi: Any, objective: int) -> None:
    assert kpi("okr", "result", "add", objective, "điểm", "--to", "nhiều").exit_code == 3
    two = kpi("okr", "result", "add", objective, "điểm", "--to", "1,500")
    assert two.exit_code == 3
    assert "hai cách" in two.stderr
    for words in (("show", 99), ("update", 99, "5"), ("close", 99), ("result", "add", 99, "a", "--to", "5")):
        assert kpi("okr", *words).exit_code == 4, words


def test_a_figure_may_be_below_nothing_and_what_changes_nothing_offers_nothing_to_undo(
    kpi: Any, objective: int
) -> None:
    number = result(kpi, objective, "lãi", "--from", "-5", "--to", "5")
    assert kpi("okr", "update", number, "-5", "--json").json["data"]["results"][0]["now"] == -5
    assert kpi("okr", "update", number, "--khong-co").exit_code == 3
    same = kpi("okr", "edit", objective, "--title", "Khách tin mình hơn")
    assert "vẫn như cũ" in same.stdout
    assert "undo" not in same.stderr


def test_a_result_reads_well_on_forty_columns(kpi: Any, objective: int, monkeypatch: pytest.MonkeyPatch) -> None:
    number = result(kpi, objective, "điểm hài lòng từ 8 lên 9,5")
    kpi("okr", "update", number, "8,75")
    monkeypatch.setenv("COLUMNS", "40")
    lines = kpi("okr").stdout.splitlines()
    assert max(map(len, lines)) <= 40
    assert "  8,75 · 8 → 9,5 · 50%" in lines
    monkeypatch.setenv("COLUMNS", "100")
    assert "▓▓▓▓▓░░░░░" in kpi("okr").stdout
    assert "▓" not in kpi("okr", "--plain").stdout


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_word_presses(kpi: Any, objective: int, lang: str) -> None:
    result(kpi, objective, "điểm từ 8 lên 10")
    said = (
        kpi("okr", "--lang", lang).stdout
        + kpi("promises", "--lang", lang).stdout
        + kpi("winloss", "--lang", lang).stdout
    )
    for word in ("chậm", "tụt", "cố lên", "chỉ còn", "hụt", "thất bại", "báo động", "!", "behind", "only", "fail"):
        assert word not in said.lower()
