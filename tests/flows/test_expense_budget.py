"""A month's budgets as a member types them: set, changed, taken away, taken back, and what a receipt says of them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.money_months import entry, write_book

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran

TODAY = "--today=2026-11-18"


@pytest.fixture
def book(home: Path) -> Path:
    """Eating out for 1.250.000đ this month, 900.000đ last month; a fare, a subscription in dollars, a loan."""
    write_book(
        home,
        [
            entry(date(2026, 11, 3), 1_000_000, note="liên hoan"), entry(date(2026, 11, 17), 250_000, note="lẩu"),
            entry(date(2026, 10, 9), 900_000), entry(date(2026, 11, 5), 60_000, "transport"),
            entry(date(2026, 11, 6), 1_099, "entertainment", currency="USD"),
            entry(date(2026, 11, 7), 5_000_000, "lend", person="Nam"), entry(date(2026, 11, 8), 9_000_000, "transfer"),
        ],
    )  # fmt: skip
    return home


def budget(cli: Cli, *words: object) -> Ran:
    return cli("expenses", "budget", *words, TODAY)


def data(cli: Cli, *words: object) -> Any:
    ran = budget(cli, *words, "--json")
    assert ran.exit_code == 0, ran.stdout
    return ran.json["data"]


def state(cli: Cli, *words: object) -> dict[str, tuple[int, int, int]]:
    found = data(cli, "status", *words)["budgets"]
    return {one["scope"]: (one["available"], one["spent"], one["left"]) for one in found}


def test_a_budget_is_set_in_words_and_says_where_it_stands(cli: Cli, book: Path) -> None:
    ran = budget(cli, "set", "ăn", "ngoài", "3", "triệu")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        "Ăn ngoài: 3.000.000đ mỗi tháng, từ tháng 11/2026.",
        "Ăn ngoài tháng này: 1.250.000đ / 3.000.000đ, còn 1.750.000đ cho 12 ngày",
    ]
    assert "toolkit expenses undo" in ran.stderr


def test_only_expenses_in_dong_count(cli: Cli, book: Path) -> None:
    for scope in ("total", "eating", "food"):
        budget(cli, "set", scope, "3tr")
    assert state(cli) == {
        "total": (3_000_000, 1_310_000, 1_690_000),
        "eating": (3_000_000, 1_250_000, 1_750_000),
        "food": (3_000_000, 1_250_000, 1_750_000),
    }
    assert "USD" in budget(cli, "status").stderr


def test_setting_it_again_changes_it_from_now_on_and_keeps_the_past(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "1tr", "--from", "2026-09")
    ran = budget(cli, "set", "food", "2tr")
    assert "Trước đó: 1.000.000đ." in ran.stdout
    assert state(cli, "--month", "10") == {"food": (1_000_000, 900_000, 100_000)}
    assert state(cli) == {"food": (2_000_000, 1_250_000, 750_000)}
    assert state(cli, "--month", "2027-01") == {"food": (2_000_000, 0, 2_000_000)}
    assert state(cli, "--month", "2026-08") == {}


def test_lowering_is_as_easy_as_raising(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "2tr")
    higher, lower = budget(cli, "set", "food", "3tr"), budget(cli, "set", "food", "2tr")
    assert re.sub("[0-9.]+đ", "…", higher.stdout) == re.sub("[0-9.]+đ", "…", lower.stdout)
    assert (higher.exit_code, lower.exit_code) == (0, 0)


def test_one_month_may_be_different(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "2tr")
    budget(cli, "set", "food", "5tr", "--month", "2026-12")
    assert [state(cli, "--month", f"2026-{n}")["food"][0] for n in (11, 12)] == [2_000_000, 5_000_000]
    assert state(cli, "--month", "2027-01")["food"][0] == 2_000_000
    budget(cli, "remove", "food", "--month", "2026-12")
    assert state(cli, "--month", "2026-12") == {}
    assert state(cli, "--month", "2027-01")["food"][0] == 2_000_000


def test_saying_the_same_again_changes_nothing(cli: Cli, book: Path) -> None:
    assert data(cli, "set", "food", "2tr")["run"] is not None
    assert data(cli, "set", "food", "2tr")["run"] is None
    assert "Vốn đã như vậy" in budget(cli, "set", "food", "2tr").stderr
    assert data(cli, "set", "food", "2tr", "--from", "2026-12")["run"] is None


def test_a_new_budget_from_now_on_replaces_what_was_planned_for_later(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "9tr", "--from", "2027-03")
    budget(cli, "set", "food", "4tr", "--month", "2026-11")
    budget(cli, "set", "food", "2tr")
    for month in ("2026-11", "2027-03"):
        assert state(cli, "--month", month)["food"][0] == 2_000_000


def test_every_change_of_a_budget_can_be_undone(cli: Cli, book: Path) -> None:
    states = [state(cli)]
    for words in (
        ("set", "food", "2tr"),
        ("set", "food", "1tr", "--month", "11"),
        ("set", "food", "3tr"),
        ("remove", "food"),
    ):
        budget(cli, *words)
        states.append(state(cli))
    for before in reversed(states[:-1]):
        assert cli("expenses", "undo", TODAY, "--json").exit_code == 0
        assert state(cli) == before


def test_what_is_left_goes_over_to_the_next_month_where_the_member_wants_it(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "1tr", "--from", "2026-10", "--rollover", "left")
    assert state(cli, "--month", "10")["food"] == (1_000_000, 900_000, 100_000)
    assert state(cli)["food"] == (1_100_000, 1_250_000, -150_000)
    assert state(cli, "--month", "2026-12")["food"][0] == 1_000_000
    ran = budget(cli, "set", "food", "1tr", "--from", "2026-10", "--rollover", "both")
    assert "chi quá" in ran.stdout
    assert state(cli, "--month", "2026-12")["food"][0] == 850_000


def test_a_receipt_adds_one_calm_line(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "2tr")
    ran = cli("expenses", "add", "ăn phở 50k", TODAY)
    assert "Ăn ngoài tháng này: 1.300.000đ / 2.000.000đ, còn 700.000đ cho 12 ngày" in ran.stdout + ran.stderr
    ran = cli("expenses", "add", "đổ xăng 60k", TODAY)
    assert "tháng này" not in ran.stdout + ran.stderr


def test_a_budget_that_is_spent_is_told_like_any_other(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "1250k")
    assert "1.250.000đ / 1.250.000đ, đã dùng vừa hết" in budget(cli, "set", "food", "1250k").stdout
    assert "nhiều hơn dự định 250.000đ" in budget(cli, "set", "food", "1tr").stdout
    assert budget(cli, "status").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["set", "food"], "expenses.budget_needs_both"), (["set", "foood", "3tr"], "expenses.scope_mistyped"),
        (["set", "xyzt", "3tr"], "expenses.scope_unknown"), (["set", "nhà", "ở", "3tr"], "expenses.scope_ambiguous"),
        (["set", "food", "30usd"], "expenses.budget_amount"), (["set", "food", "30-40k"], "core.money_range"),
        (["set", "lương", "3tr"], "expenses.scope_not_spent"), (["remove", "food"], "expenses.budget_none"),
        (["set", "food", "3tr", "--month", "11", "--from", "11"], "expenses.budget_two_months"),
        (["set", "food", "3tr", "--month", "quý 4"], "expenses.not_a_month"),
        (["status", "--month", "hôm qua"], "expenses.not_a_month"),
        (["status", "--month", "2100-06", "--workweek", "5"], "expenses.no_holidays_known"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_budget_is_said_with_what_to_type(cli: Cli, words: list[str], code: str) -> None:
    ran = budget(cli, *words, "--json")
    (problem,) = ran.json["problems"]
    assert problem["code"] == code
    assert problem["suggestion"]
    assert ran.exit_code in (2, 3, 4)


def test_the_table_fits_the_screen_and_has_bars_unless_they_are_not_wanted(
    cli: Cli, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget(cli, "set", "total", "12tr")
    budget(cli, "set", "food", "1tr")
    for width in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        drawn, plain = budget(cli, "status").stdout, budget(cli, "status", "--plain").stdout
        assert max(map(len, (drawn + plain).splitlines())) <= width
        assert "█" in drawn
        assert "│" in drawn
        assert not set("█▌·│") & set(plain)
        assert "125 %" in plain


def test_a_spreadsheet_gets_plain_numbers(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "3tr")
    assert budget(cli, "status", "--csv").stdout.splitlines() == [
        "Loại,Tháng,Dự định,Chuyển sang,Đã chi,Còn", "Ăn ngoài,2026-11,3000000,0,1250000,1750000",
    ]  # fmt: skip


def test_a_program_gets_the_same_keys_always(cli: Cli, book: Path) -> None:
    budget(cli, "set", "food", "3tr")
    found = data(cli, "status", "--workweek", "5.5")
    assert set(found) >= {"month", "today", "working_days", "budgets"}
    assert found["working_days"] is True
    assert set(found["budgets"][0]) == {
        "scope", "month", "standing", "limit", "carried", "available", "spent", "left", "used", "passed", "days_left",
        "per_day", "rollover", "state",
    }  # fmt: skip


def test_english_names_and_vietnamese_names_are_both_understood(cli: Cli, book: Path) -> None:
    assert data(cli, "set", "eating", "out", "3tr", "--lang", "en")["scope"] == "food"
    assert data(cli, "set", "eating", "out", "3tr")["scope"] == "food"
    assert data(cli, "set", "đi lại", "3tr", "--lang", "en")["scope"] == "transport"


def test_a_month_that_is_planned_lies_ahead(cli: Cli, book: Path) -> None:
    assert data(cli, "set", "food", "2tr", "--month", "tháng 12")["month"] == "2026-12"
    assert data(cli, "set", "food", "2tr", "--from", "1")["month"] == "2027-01"
    assert data(cli, "set", "food", "2tr", "--month", "11")["month"] == "2026-11"


def test_what_is_removed_is_looked_for_among_the_budgets_that_there_are(cli: Cli, book: Path) -> None:
    assert budget(cli, "remove", "mua sắm", "--json").json["problems"][0]["code"] == "expenses.scope_ambiguous"
    budget(cli, "set", "buying", "2tr")
    assert data(cli, "remove", "mua sắm")["scope"] == "buying"


def test_of_two_scopes_of_one_name_it_is_told_what_each_holds(cli: Cli, book: Path) -> None:
    said = budget(cli, "set", "nhà ở", "3tr").stderr
    assert "“nhà ở” có thể là home (nhà ở; điện nước, mạng) / housing (nhà ở)." in said
