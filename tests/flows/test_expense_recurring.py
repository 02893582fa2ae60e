"""Rent, bills, subscriptions as a member meets them: proposed, accepted, offered when due, recorded by nobody else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.money_months import entry, months, write_book
from builders.terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = "2026-11-18"


@pytest.fixture
def book(home: Path) -> Path:
    """Rent on the 5th, electricity on the 12th, the internet on the 25th, a loan of the same name as another."""
    write_book(
        home,
        [
            *months([3_500_000] * 4, note="tiền nhà", category="housing", day=5),
            *months([431_000, 650_000, 512_000, 480_000], note="tiền điện", category="utilities", day=12),
            *months([220_000] * 4, note="mạng fpt", category="utilities", day=25, until=date(2026, 10, 30)),
            *[entry(date(2026, 11, n), 30_000, note="cà phê") for n in (1, 2, 4, 5, 9, 12, 13, 17)],
        ],
    )
    return home


def recurring(cli: Cli, *words: object, today: str = TODAY, code: int = 0) -> Any:
    ran = cli("expenses", "recurring", *words, f"--today={today}", "--json")
    assert ran.exit_code == code, ran.stdout
    return ran.json["data"] if code == 0 else ran.json["problems"][0]["code"]


def names(cli: Cli, what: str, today: str = TODAY) -> list[str]:
    return [one["name"] for one in recurring(cli, "list", today=today)[what]]


def entries(cli: Cli, today: str = TODAY) -> int:
    found: int = cli("expenses", "report", "--year", "2026", f"--today={today}", "--json").json["data"]["currencies"][
        0
    ]["entries"]
    return found


def test_what_comes_back_is_proposed_and_coffee_is_not(cli: Cli, book: Path) -> None:
    found = recurring(cli, "list")
    assert [(one["name"], one["every"], one["amount"]) for one in found["proposed"]] == [
        ("mạng fpt", "month", 220_000), ("tiền nhà", "month", 3_500_000), ("tiền điện", "month", 480_000),
    ]  # fmt: skip
    assert (found["accepted"], found["due"]) == ([], [])
    said = cli("expenses", "recurring", "list", f"--today={TODAY}")
    assert "431.000đ – 650.000đ" in said.stdout
    assert "toolkit expenses recurring accept mạng fpt" in said.stderr


def test_what_is_expected_first_stands_first(cli: Cli, book: Path) -> None:
    for name in ("nha", "dien", "fpt"):
        recurring(cli, "accept", name)
    found = recurring(cli, "list")["accepted"]
    assert [one["name"] for one in found] == ["mạng fpt", "tiền nhà", "tiền điện"]


def test_looking_records_and_accepts_nothing(cli: Cli, book: Path) -> None:
    before = entries(cli)
    for _ in range(2):
        recurring(cli, "list", today="2027-03-01")
    recurring(cli, "accept", "nha")
    recurring(cli, "list", today="2026-12-30")
    assert entries(cli) == before


def test_what_is_accepted_is_expected_and_due_when_its_day_comes(cli: Cli, book: Path) -> None:
    done = recurring(cli, "accept", "tien", "nha")
    assert (done["name"], done["date"]) == ("tiền nhà", "2026-12-05")
    assert "tiền nhà" not in names(cli, "proposed")
    assert recurring(cli, "list", today="2026-12-04")["due"] == []
    (due,) = recurring(cli, "list", today="2026-12-05")["due"]
    assert (due["name"], due["amount"], due["date"]) == ("tiền nhà", 3_500_000, "2026-12-05")
    assert "recurring record tiền nhà" in cli("expenses", "recurring", "list", "--today=2026-12-06").stderr


def test_a_turn_that_went_by_unrecorded_is_offered_first(cli: Cli, home: Path) -> None:
    write_book(home, months([3_500_000] * 4, note="tiền nhà", category="housing", day=5, until=date(2026, 10, 30)))
    said = cli("expenses", "recurring", "accept", "tiền nhà", f"--today={TODAY}")
    assert "05/11" in said.stdout
    assert "chưa ghi" in said.stdout
    assert "recurring record tiền nhà" in said.stderr
    found = recurring(cli, "list")
    assert [one["date"] for one in found["due"]] == ["2026-11-05"]
    assert found["accepted"][0]["next"] == "2026-12-05"
    assert recurring(cli, "record", "nhà")["date"] == "2026-11-05"
    assert recurring(cli, "list")["due"] == []


def test_recording_writes_one_entry_on_the_day_it_was_due(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "tiền nhà")
    before = entries(cli)
    done = recurring(cli, "record", "tiền", "nhà", today="2026-12-07")
    assert (done["date"], entries(cli, "2026-12-31")) == ("2026-12-05", before + 1)
    listed = cli("expenses", "list", "--month", "2026-12", "--json", "--today=2026-12-07").json["data"]["entries"]
    assert [(one["note"], one["amount"], one["date"], one["category"]) for one in listed] == [
        ("tiền nhà", 3_500_000, "2026-12-05", "housing")
    ]
    found = recurring(cli, "list", today="2026-12-07")
    assert found["due"] == []
    assert found["accepted"][0]["next"] == "2027-01-05"


def test_another_amount_is_what_is_expected_the_next_time(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "điện")
    recurring(cli, "record", "điện", "--amount", "555k", "--date", "14/12", today="2026-12-15")
    (one,) = recurring(cli, "list", today="2026-12-15")["accepted"]
    assert (one["amount"], one["next"]) == (555_000, "2027-01-12")


def test_an_entry_that_the_member_typed_settles_it_too(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "tiền nhà")
    write_book(book, [entry(date(2026, 12, 3), 3_600_000, "housing", note="đóng tiền nhà t12")])
    assert recurring(cli, "list", today="2026-12-08")["due"] == []


def test_a_turn_can_be_passed_over(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "mạng")
    done = recurring(cli, "skip", "mạng", today="2026-11-26")
    assert done["date"] == "2026-11-25"
    found = recurring(cli, "list", today="2026-11-26")
    assert (found["due"], found["accepted"][0]["next"]) == ([], "2026-12-25")


def test_what_is_removed_is_neither_expected_nor_proposed(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "mạng")
    recurring(cli, "remove", "mạng")
    recurring(cli, "remove", "tiền điện")
    assert (names(cli, "accepted"), names(cli, "proposed")) == ([], ["tiền nhà"])


def test_what_was_not_recorded_is_let_go_after_a_month_without_a_word(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "tiền nhà")
    assert [one["date"] for one in recurring(cli, "list", today="2027-01-04")["due"]] == ["2026-12-05"]
    assert [one["date"] for one in recurring(cli, "list", today="2027-01-06")["due"]] == ["2027-01-05"]


def test_every_decision_can_be_undone(cli: Cli, book: Path) -> None:
    states = [recurring(cli, "list", today="2026-12-07")]
    for words in (("accept", "tiền nhà"), ("skip", "tiền nhà"), ("record", "tiền nhà"), ("remove", "tiền nhà")):
        recurring(cli, *words, today="2026-12-07")
        states.append(recurring(cli, "list", today="2026-12-07"))
    for before in reversed(states[:-1]):
        assert cli("expenses", "undo", "--today=2026-12-07", "--json").exit_code == 0
        assert recurring(cli, "list", today="2026-12-07") == before


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["accept", "netflix"], "expenses.recurring_unknown"), (["accept", "tiền"], "expenses.recurring_ambiguous"),
        (["record", "mạng"], "expenses.recurring_unknown"), (["accept", "%"], "expenses.recurring_unknown"),
        (["skip", "mạng"], "expenses.recurring_unknown"), (["remove", "'; DROP TABLE"], "expenses.recurring_unknown"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_or_is_two_is_refused(cli: Cli, book: Path, words: list[str], problem: str) -> None:
    assert recurring(cli, *words, code=4) == problem


def test_an_amount_in_another_currency_is_refused(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "mạng")
    assert recurring(cli, "record", "mạng", "--amount", "9usd", code=3) == "expenses.recurring_currency"
    assert recurring(cli, "record", "mạng", "--amount", "vài đồng", code=3).startswith("core.money")


def test_a_spreadsheet_gets_a_row_each(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "mạng")
    rows = cli("expenses", "recurring", "list", f"--today={TODAY}", "--csv").stdout.splitlines()
    assert rows[0] == "Tình trạng,Khoản,Số tiền,Tiền,Bao lâu,Kỳ tới,Loại"
    assert rows[1] == "đang chờ,mạng fpt,220000,VND,month,2026-11-25,utilities"
    assert len(rows) == 4


def test_a_new_book_says_how_long_it_takes(cli: Cli, home: Path) -> None:
    assert "ba tháng" in cli("expenses", "recurring", "list").stdout


def test_what_is_due_is_asked_one_by_one_at_a_terminal(cli: Cli, book: Path) -> None:
    for name in ("tiền nhà", "tiền điện", "mạng fpt"):
        recurring(cli, "accept", name)
    before = entries(cli)
    with Terminal("expenses", "recurring", "due", "--today=2026-12-13") as terminal:
        terminal.until("mạng fpt, 220.000đ, đến kỳ T4 25/11/2026.")
        terminal.until("Chọn một số")
        terminal.enter("3")
        terminal.until("Bỏ qua mạng fpt")
        terminal.until("tiền nhà, 3.500.000đ, đến kỳ T7 05/12/2026.")
        terminal.enter("1")
        terminal.until("tiền nhà · chi 3.500.000đ")
        terminal.until("tiền điện, 480.000đ, đến kỳ T7 12/12/2026.")
        terminal.enter("2")
        terminal.until("Kỳ này bao nhiêu?")
        terminal.enter("555k")
        terminal.until("tiền điện · chi 555.000đ")
        assert terminal.ended()[0] == 0
    assert entries(cli, "2026-12-31") == before + 2
    found = recurring(cli, "list", today="2026-12-13")
    assert found["due"] == []
    assert {one["name"]: one["amount"] for one in found["accepted"]}["tiền điện"] == 555_000


def test_nothing_is_recorded_when_the_member_only_presses_enter(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "tiền nhà")
    before = entries(cli)
    with Terminal("expenses", "recurring", "due", "--today=2026-12-13") as terminal:
        terminal.until("tiền nhà, 3.500.000đ")
        terminal.enter("")
        assert terminal.ended()[0] == 0
    assert entries(cli, "2026-12-31") == before


def test_in_a_script_what_is_due_is_listed(cli: Cli, book: Path) -> None:
    recurring(cli, "accept", "tiền nhà")
    ran = cli("expenses", "recurring", "due", "--today=2026-12-13")
    assert ran.exit_code == 0
    assert "tiền nhà  3.500.000đ" in ran.stdout
    assert "không có khoản nào đến kỳ" in cli("expenses", "recurring", "due", f"--today={TODAY}").stdout


@pytest.mark.parametrize(("width", "told"), [(80, True), (60, False), (40, False)])
def test_a_narrow_list_leaves_out_the_category_and_keeps_its_lines_whole(
    cli: Cli, book: Path, monkeypatch: pytest.MonkeyPatch, width: int, told: bool
) -> None:
    recurring(cli, "accept", "nha")
    monkeypatch.setenv("COLUMNS", str(width))
    said = cli("expenses", "recurring", "list", f"--today={TODAY}").stdout
    assert max(map(len, said.splitlines())) <= width
    assert ("Loại" in said) is told
    assert any("tiền nhà" in line and "3.500.000đ" in line for line in said.splitlines())
