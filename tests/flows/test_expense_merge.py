"""What was typed and came by a statement too is proposed, and becomes one entry or stays two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.statements import MOVES, TODAY, tables, vietcombank, write
from toolkit.shell.ask import Ask

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TYPED = ("3/11 ăn trưa với Nam 45k", "4/11 tiền điện 1tr250", "9/11 mua áo shopee 350k", "9/11 cà phê 35k")


@pytest.fixture
def file(tmp_path: Path, cli: Cli) -> Path:
    for sentence in TYPED:
        assert cli("expenses", "add", sentence, "--today", TODAY).exit_code in (0, 1)
    return write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000))


def proposals(cli: Cli) -> list[dict[str, Any]]:
    found = cli("expenses", "merge", "--today", TODAY, "--json").json["data"]["twins"]
    assert isinstance(found, list)
    return found


def entries(cli: Cli) -> list[dict[str, Any]]:
    found = cli("expenses", "list", "--month", "2026-11", "--today", TODAY, "--json").json["data"]["entries"]
    assert isinstance(found, list)
    return found


def imported(cli: Cli, file: Path) -> dict[str, Any]:
    ran = cli("expenses", "import", file, "--yes", "--today", TODAY, "--json")
    assert ran.exit_code == 0, ran
    data: dict[str, Any] = ran.json["data"]
    return data


def test_likely_twins_are_proposed_and_nothing_is_merged_by_itself(cli: Cli, file: Path) -> None:
    assert imported(cli, file)["twins"] == 3
    found = proposals(cli)
    assert [(one["typed"]["amount"], one["bank"]["amount"]) for one in found] == [
        (45_000, 45_000), (1_250_000, 1_250_000), (350_000, 350_000),
    ]  # fmt: skip
    assert len(entries(cli)) == len(TYPED) + len(MOVES)


def test_merging_keeps_the_typed_words_and_the_banks_proof(cli: Cli, file: Path, home: Path) -> None:
    imported(cli, file)
    number = proposals(cli)[0]["typed"]["id"]
    before = tables(home)
    ran = cli("expenses", "merge", "--accept", number, "--today", TODAY, "--json")
    assert ran.exit_code == 0
    (merged,) = ran.json["data"]["entries"]
    assert merged["id"] == number
    assert merged["text"] == TYPED[0]
    assert merged["account"] == "vietcombank"
    assert len(entries(cli)) == len(TYPED) + len(MOVES) - 1
    line = next(row for row in tables(home)["expense_line"] if row[3] == -45_000)
    assert number in line
    # The statement again brings nothing back, and neither does the proposal.
    assert imported(cli, file)["lines"] == 0
    assert number not in [one["typed"]["id"] for one in proposals(cli)]
    assert cli("expenses", "undo", ran.json["data"]["run"]).exit_code == 0
    assert tables(home) == before


def test_what_is_said_to_be_different_is_not_asked_again(cli: Cli, file: Path) -> None:
    imported(cli, file)
    number = proposals(cli)[1]["typed"]["id"]
    assert cli("expenses", "merge", "--skip", number, "--today", TODAY).exit_code == 0
    assert number not in [one["typed"]["id"] for one in proposals(cli)]
    assert len(entries(cli)) == len(TYPED) + len(MOVES)


def test_all_of_them_at_once(cli: Cli, file: Path) -> None:
    imported(cli, file)
    assert cli("expenses", "merge", "--all", "--today", TODAY).exit_code == 0
    assert len(entries(cli)) == len(TYPED) + len(MOVES) - 3
    assert proposals(cli) == []


def test_in_a_terminal_each_pair_is_asked_about(cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(cli, file)
    with monkeypatch.context() as somebody:
        somebody.setattr(Ask, "is_possible", property(lambda _: True))
        ran = cli("expenses", "merge", "--today", TODAY, stdin="1\n2\n\n")
    assert ran.exit_code == 0
    assert "Đã gộp 1 cặp" in ran.stdout
    assert "1 cặp để riêng" in ran.stdout
    assert len(proposals(cli)) == 1


def test_a_number_that_is_not_proposed_is_refused(cli: Cli, file: Path, home: Path) -> None:
    imported(cli, file)
    state = tables(home)
    ran = cli("expenses", "merge", "--accept", "999", "--today", TODAY, "--json")
    assert ran.exit_code == 4
    assert ran.json["problems"][0]["code"] == "expenses.merge_unknown"
    assert tables(home) == state


def test_a_typed_transfer_is_merged_with_the_banks(cli: Cli, tmp_path: Path) -> None:
    cli("expenses", "add", "5/11 rút atm 2tr", "--today", TODAY)
    imported(cli, write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000)))
    assert cli("expenses", "merge", "--all", "--today", TODAY).exit_code == 0
    (moved,) = [one for one in entries(cli) if one["amount"] == 2_000_000]
    assert (moved["kind"], moved["account"], moved["counter"]) == ("transfer", "vietcombank", "cash")
    assert moved["text"] == "5/11 rút atm 2tr"
