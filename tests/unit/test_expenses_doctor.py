"""`toolkit expenses doctor` says what is in order and what isn't, in counts, and repeats nothing that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses import sorting
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from running import Cli


def states(cli: Cli) -> dict[str, str]:
    ran = cli("expenses", "doctor", "--json")
    return {check["name"]: check["state"] for check in ran.json["data"]["checks"]}


def test_before_the_first_entry_everything_is_ready_and_nothing_is_made(cli: Cli, home: Path) -> None:
    assert set(states(cli).values()) == {"ok"}
    assert not (home / "toolkit.db").exists()


def test_counts_are_told_and_nothing_that_was_typed(cli: Cli) -> None:
    cli("expenses", "add", "ăn phở bímật 45k, ăn vặt 30-40k, cho Bímật mượn 2tr")
    cli("expenses", "fix", 1, "--category", "gifts")
    ran = cli("expenses", "doctor")
    assert ran.exit_code == 0
    assert "2 khoản; đã nhớ 1 lần" in ran.stdout
    assert "1 câu chưa rõ số tiền" in ran.stdout
    assert "mật" not in ran.stdout.lower() + ran.stderr.lower()
    assert states(cli)["queue"] == "note"


def test_a_book_that_somebody_changed_by_hand_is_found_uneven(cli: Cli, home: Path) -> None:
    cli("expenses", "add", "rút atm 3tr")
    with Store.open(home / "toolkit.db", backups=home / "backups") as store, store.transaction() as db:
        db.execute("UPDATE expense_entry SET counter = account")
    ran = cli("expenses", "doctor", "--json")
    assert ran.exit_code == 1
    assert [problem["code"] for problem in ran.json["problems"]] == ["expenses.ledger_uneven"]


def test_a_usual_account_that_is_none_is_said_with_what_to_type(cli: Cli) -> None:
    assert cli("config", "set", "expenses.account", "quy-lop").exit_code == 0
    assert states(cli)["account"] == "attention"
    assert "toolkit expenses accounts set quy-lop" in cli("expenses", "doctor").stderr
    cli("expenses", "accounts", "set", "quỹ lớp")
    assert states(cli)["account"] == "ok"
    cli("config", "set", "expenses.account", "momo")
    assert states(cli)["account"] == "ok"
    assert cli("expenses", "add", "ăn phở 45k", "--json").json["data"]["entries"][0]["account"] == "momo"


def test_a_model_that_cannot_be_read_is_pointed_out_and_sentences_are_still_recorded(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "model.bin"
    broken.write_bytes(b"no model")
    opened: Any = sorting.Sorter.open.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(
        sorting.Sorter, "open", classmethod(lambda cls, **given: opened(cls, **{**given, "shipped": broken}))
    )
    assert states(cli)["model"] == "attention"
    ran = cli("expenses", "add", "ăn phở 45k")
    assert ran.exit_code == 0
    assert "Đã ghi 1." in ran.stdout
    assert str(broken) in ran.stderr
