"""A member brings the statement of a bank that the program has no layout of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.statements import TODAY, write
from toolkit.expenses.model import Guess, Kind, Sorting
from toolkit.expenses.service.drafting import Drafter
from toolkit.expenses.service.understanding import Known
from toolkit.expenses.statements import Line
from toolkit.expenses.statements.descriptions import understand
from toolkit.expenses.statements.moves import Owns

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

ROWS: list[list[Any]] = [
    ["Thời điểm", "Lý do", "Số tiền rút ra", "Số tiền gửi vào", "Số dư TK"],
    ["01/11/2026", "an trua", "45,000", "", "955,000"],
    ["02/11/2026", "CTY ABC CHI LUONG T10/2026", "", "9,300,000", "10,255,000"],
    ["03/11/2026", "thu phi SMS", "55,000", "", "10,200,000"],
]


def test_its_lines_are_recorded_without_a_question_and_a_note_says_how_they_were_read(tmp_path: Path, cli: Cli) -> None:
    path = write(tmp_path / "a.csv", [["BIDV"], [], *ROWS])
    ran = cli("expenses", "import", path, "--yes", "--today", TODAY, "--json")
    assert ran.exit_code == 0, ran
    assert ran.json["data"]["statements"][0]["account"] == "bidv"
    assert ran.json["data"]["lines"] == 3
    assert [note["code"] for note in ran.json["data"]["notes"]] == ["expenses.statement_by_meaning"]
    again = cli("expenses", "import", path, "--yes", "--today", TODAY, "--json")
    assert again.json["data"]["lines"] == 0
    cli("expenses", "undo", ran.json["data"]["run"])
    found = cli("expenses", "list", "--month", "2026-11", "--today", TODAY, "--json")
    assert found.json["data"]["entries"] == []


def test_without_a_name_it_is_asked_whose_it_is_and_its_number_is_known_from_then_on(tmp_path: Path, cli: Cli) -> None:
    first = write(tmp_path / "a.csv", [["Số tài khoản:", "9988776655"], [], *ROWS])
    refused = cli("expenses", "import", first, "--yes", "--today", TODAY, "--json")
    assert refused.json["problems"][0]["code"] == "expenses.statement_whose"
    cli("expenses", "import", first, "--account", "Quỹ chung", "--yes", "--today", TODAY, "--json")
    later = [*ROWS[:1], *([f"2{row[0][1:]}", *row[1:]] for row in ROWS[1:])]
    named = write(tmp_path / "SaoKe_9988776655_20261130.csv", later)
    ran = cli("expenses", "import", named, "--yes", "--today", TODAY, "--json")
    assert ran.exit_code == 0, ran
    assert ran.json["data"]["statements"][0]["account"] == "quy-chung"
    other = write(tmp_path / "SaoKe_1122334455_20261130.csv", later)
    refused = cli("expenses", "import", other, "--yes", "--today", TODAY, "--json")
    assert refused.json["problems"][0]["code"] == "expenses.statement_whose"


class _Sorter:
    def __init__(self, sorting: Sorting) -> None:
        self._sorting = sorting

    def sort(self, core: str, kinds: frozenset[Kind]) -> Sorting:
        return self._sorting


@pytest.mark.parametrize(("by", "category"), [("memory", "business"), ("near", "business"), ("model", "finance")])
def test_the_words_of_a_bank_stand_back_only_behind_what_the_member_has_taught(by: Any, category: str) -> None:
    sorter = _Sorter(Sorting((Guess("business", 0.9),), sure=True, by=by))
    drafter = Drafter(sorter, Known({}, {}), Owns(), {})
    draft, _ = drafter.draft("bidv", Line(date(2026, 11, 3), -11_000, "THU PHI DICH VU SMS T10/2026"), None)
    assert draft is not None
    assert (draft.kind, draft.category, draft.needs_confirm) == (Kind.EXPENSE, category, False)


@pytest.mark.parametrize(
    ("text", "incoming", "note", "name"),
    [
        ("CT DI:806009221100 tien nha thang 8", False, "Tien nha thang 8", ""),
        ("Giao dich thanh toan/Purchase - So The/Card No:422149XXXX8812 tai QUAN BA LAN", False, "Quan ba lan", ""),
        ("Nhận tiền từ Lâm Khải Hoàn - tiền vé", True, "Tiền vé", "Lâm Khải Hoàn"),
    ],
)
def test_what_the_bank_puts_before_the_words_is_taken_away(text: str, incoming: bool, note: str, name: str) -> None:
    said = understand(text, incoming=incoming)
    assert (said.note, said.name) == (note, name)
