"""The book out of the program and back in: nothing is lost, nothing hidden leaves, nothing becomes a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings

from builders.any_book import BOOKS, CLOCK, NOW, filled
from builders.statements import MOVES, TODAY, tables, vietcombank, write
from toolkit.core.hidden import shown
from toolkit.core.text import nfc
from toolkit.expenses.book import ExpenseBook, Filter
from toolkit.expenses.model import Account, Doubt
from toolkit.expenses.service.exporting import Exporter
from toolkit.expenses.service.restoring import Restorer
from toolkit.expenses.views.exporting import labels
from toolkit.sheets.read import read_workbook
from toolkit.shell.messages import Messages
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli
    from toolkit.expenses.model import Draft, Entry

OWN = [Account("so-tay", "Sổ tay cũ", "wallet")]
SENTENCES = ("hôm qua ăn phở với Lan 45k, đổ xăng 60k", "lương tháng 11 15tr", "cho Nam mượn 500k", "rút atm 2tr")


def content(entry: Entry) -> Entry:
    """An entry as any file keeps it: composed letters, blank is empty."""

    def plain(text: str) -> str:
        return nfc(text) if text.strip() else ""

    texts = {name: plain(getattr(entry, name)) for name in ("person", "note", "sentence", "core")}
    return replace(entry, id=0, run=0, **texts)  # type: ignore[arg-type]


@settings(max_examples=10)
@given(made=BOOKS)
@pytest.mark.parametrize(("ending", "lang"), [("csv", "vi"), ("xlsx", "en")])
def test_any_book_comes_back_into_an_empty_home_as_it_was(
    made: list[Draft], ending: str, lang: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("b")
    file = folder / f"so.{ending}"
    made = [
        replace(draft, doubts=(Doubt("expenses.category_unsure"),) if draft.needs_confirm else ()) for draft in made
    ]
    with Store.open(folder / "a" / "toolkit.db", backups=folder / "backups") as store:
        book = filled(ExpenseBook(store), made, OWN)
        Exporter(book, labels(Messages(lang), book.accounts(), {})).export(
            "csv" if ending == "csv" else "xlsx", Filter(), file
        )
        before = [content(entry) for entry in book.entries()]
        assert Restorer(book, CLOCK).plan([read_workbook(file)]).data.new == 0
    with Store.open(folder / "b" / "toolkit.db", backups=folder / "backups") as store:
        book = ExpenseBook(store)
        restorer = Restorer(book, CLOCK)
        planned = restorer.plan([read_workbook(file)])
        assert planned.problems == ()
        restorer.apply(planned)
        assert sorted(map(repr, map(content, book.entries()))) == sorted(map(repr, before))
        again = restorer.plan([read_workbook(file)])
        assert (again.data.new, again.data.known) == (0, len(made))
        assert all(entry.made_at == NOW for entry in book.entries())


def test_the_whole_way_as_a_member_types_it(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for sentence in SENTENCES:
        cli("expenses", "add", sentence, "--today", TODAY)
    file = tmp_path / "sổ.csv"
    assert cli("expenses", "export", file).exit_code == 0
    before = _listed(cli)
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "máy mới"))
    assert cli("expenses", "import", file, "--dry-run").exit_code == 0
    assert _listed(cli) == []
    ran = cli("expenses", "import", file, "--yes", "--json")
    assert (ran.exit_code, ran.json["data"]["new"]) == (0, len(before))
    assert _listed(cli) == before
    assert cli("expenses", "import", file, "--yes", "--json").json["data"] == {
        "run": None,
        "new": 0,
        "known": len(before),
    }
    assert cli("expenses", "undo", ran.json["data"]["run"]).exit_code == 0
    assert _listed(cli) == []


def test_own_categories_and_accounts_come_along(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("expenses", "categories", "add", "Cây cảnh", "--under", "Nhà ở").exit_code == 0
    cli("expenses", "add", "mua chậu lan 250k", "--today", TODAY)
    number = _listed(cli)[0]["id"]
    assert cli("expenses", "fix", number, "--category", "Cây cảnh").exit_code == 0
    file = tmp_path / "sổ.xlsx"
    cli("expenses", "export", file)
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "máy mới"))
    assert cli("expenses", "import", file, "--yes").exit_code == 0
    assert "Cây cảnh" in cli("expenses", "list", "--month", "2026-11", "--today", TODAY).stdout


def test_rows_that_somebody_changed_are_told_and_the_rest_comes_back(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sentence in SENTENCES:
        cli("expenses", "add", sentence, "--today", TODAY)
    file = tmp_path / "sổ.xlsx"
    cli("expenses", "export", file)
    book = openpyxl.load_workbook(file)
    sheet = book.active
    assert sheet is not None
    columns = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
    sheet.cell(2, columns["Số tiền"]).value = "nhiều"
    sheet.cell(3, columns["Ngày"]).value = "hôm kia"
    sheet.cell(4, columns["Mã chiều"]).value = "tặng"
    book.save(file)
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "máy mới"))
    ran = cli("expenses", "import", file, "--yes", "--json")
    assert ran.exit_code == 1
    assert [(one["row"], one["column"]) for one in ran.json["problems"]] == [
        (2, columns["Số tiền"]), (3, columns["Ngày"]), (4, columns["Mã chiều"]),
    ]  # fmt: skip
    assert ran.json["data"]["new"] == 2


def test_an_own_table_and_a_statement_are_not_imported_together(tmp_path: Path, cli: Cli) -> None:
    cli("expenses", "add", SENTENCES[0], "--today", TODAY)
    cli("expenses", "export", tmp_path / "sổ.csv")
    bank = write(tmp_path / "vcb.xlsx", vietcombank(MOVES, 1_000_000))
    assert cli("expenses", "import", tmp_path / "sổ.csv", bank, "--yes").exit_code == 2


@pytest.mark.parametrize("to", ["hledger", "beancount", "csv", "xlsx"])
def test_what_is_hidden_in_a_note_never_leaves(to: str, tmp_path: Path, cli: Cli, home: Path) -> None:
    cli("expenses", "add", "quà cho Mai %%bí mật canary-1%% 450k", "--today", TODAY)
    cli("expenses", "add", "ăn trưa 45k", "--today", TODAY)
    number = _listed(cli)[-1]["id"]
    cli("expenses", "edit", number, "--note", "ăn trưa %%với canary-2%% ở quán %% canary-3")
    file = tmp_path / f"sổ.{'txt' if to in ('hledger', 'beancount') else to}"
    assert cli("expenses", "export", file, "--to", to).exit_code == 0
    if to == "xlsx":
        sheet = openpyxl.load_workbook(file).active
        assert sheet is not None
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    else:
        text = file.read_text("utf-8-sig")
    assert "canary" not in text
    assert "ăn trưa ở quán" in text
    assert "canary-2" in str(tables(home)["expense_entry"])


def test_hidden_parts_are_cut_out_and_an_open_one_hides_the_rest() -> None:
    assert shown("a %%b%% c") == "a c"
    assert shown("a %%b") == "a"
    assert shown("%%a%%") == ""
    assert shown("giảm 5%") == "giảm 5%"
    assert shown("a%%b%%c%%d%%e") == "a c e"


def test_the_kind_follows_the_files_name_and_periods_are_kept_to(tmp_path: Path, cli: Cli) -> None:
    cli("expenses", "add", "5/10 ăn phở 45k", "--today", TODAY)
    cli("expenses", "add", "5/11 ăn bún 40k", "--today", TODAY)
    cli("expenses", "export", tmp_path / "a.csv", "--month", "10", "--today", TODAY)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert len(rows) == 2
    assert "2026-10-05" in rows[1]
    for name, begins in (("a.journal", "; UTF-8"), ("a.beancount", ";; -*-")):
        cli("expenses", "export", tmp_path / name, "--from", "1/11", "--until", "30/11", "--today", TODAY)
        text_ = (tmp_path / name).read_text("utf-8")
        assert text_.startswith(begins)
        assert text_.count("ăn bún") == 1
        assert "phở" not in text_
    assert cli("expenses", "export").exit_code == 2
    assert cli("expenses", "export", "--to", "xlsx").exit_code == 2
    assert cli("expenses", "export", tmp_path / "a.doc").exit_code == 2
    assert (
        cli("expenses", "export", tmp_path / "b.csv", "--month", "10", "--from", "1/10", "--today", TODAY).exit_code
        == 2
    )


@pytest.mark.parametrize("name", ["so.csv", "so.xlsx", "so.journal", "so.beancount"])
def test_an_export_is_written_again_and_another_file_of_that_name_stays(name: str, tmp_path: Path, cli: Cli) -> None:
    cli("expenses", "add", SENTENCES[0])
    file = tmp_path / name
    assert cli("expenses", "export", file).exit_code == 0
    cli("expenses", "add", SENTENCES[1])
    assert cli("expenses", "export", file).exit_code == 0, "our own, of an earlier day"
    assert cli("--lang", "en", "expenses", "export", file).exit_code == 0, "in either language"
    assert cli("expenses", "export", file).exit_code == 0
    for others in (b"Ng\xc3\xa0y,S\xe1\xbb\x91 ti\xe1\xbb\x81n\n3/11,45000\n", b"\x00\xff" * 99):
        file.write_bytes(others)
        refused = cli("expenses", "export", file)
        assert refused.exit_code == 4
        assert f"“{name}”" in refused.stderr
        assert file.read_bytes() == others
    file.write_bytes(b"")
    assert cli("expenses", "export", file).exit_code == 0


def test_without_a_file_the_journal_itself_is_the_answer(cli: Cli) -> None:
    cli("expenses", "add", "5/11 ăn bún 40k", "--today", TODAY)
    ran = cli("expenses", "export", "--to", "hledger", "--lang", "en")
    assert "Expenses:Eating" in ran.stdout
    assert "account " in cli("expenses", "export", "--to", "hledger", "--json").json["data"]["text"]


def _listed(cli: Cli) -> list[dict[str, Any]]:
    found = cli("expenses", "list", "--month", "2026-11", "--today", TODAY, "--json").json["data"]["entries"]
    return [{name: value for name, value in one.items() if name != "run"} for one in found]
